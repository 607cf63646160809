import type { Transaction } from '../../../../database/connect.ts'
import type { ImportRow } from '../queries.ts'

const deadColumns = {
  person_id: 'uuid',
  occurred_on: 'date',
  place: 'text',
  cause_cipher: 'bytea',
  certificate_number: 'text collate "C"',
  maternal: 'text',
  reporter: 'text',
  sex: 'text',
  birth_date: 'date',
  age_days: 'int',
  division_code: 'text collate "C"',
  hukou_division: 'text collate "C"',
  findings: 'text[]',
} as const
const facts = Object.keys(deadColumns).join(', ')

export async function openDeathStaging(tx: Transaction): Promise<void> {
  const columns = Object.entries(deadColumns).map(([name, type]) => `${name} ${type}`)
  await tx.client.query(`
    set local work_mem = '64MB';
    create temp table dead (id uuid, ${columns.join(', ')}) on commit drop`)
}

export const deadCopy = `dead (id, ${facts})`

export async function insertDeaths(
  tx: Transaction,
  { countyCode, id, createdBy }: ImportRow,
  now: Date,
): Promise<void> {
  await tx.client.query(
    `insert into deaths (county_code, id, ${facts}, recorded_at, recorded_by, source, source_ref)
     select $1, id, ${facts}, $3, $4, 'IMPORT', $2 from dead`,
    [countyCode, id, now, createdBy],
  )
}

export type Circumstances = {
  personId: string
  status: string
  lastSeenOn: string | null
  hasLivingSpouse: boolean
}

/** When each was last seen alive by another event, and whether she leaves a spouse. */
export async function circumstancesOf(
  tx: Transaction,
  county: number,
  people: readonly string[],
): Promise<Map<string, Circumstances>> {
  const own = (alias: string) => `${alias}.county_code = $1 and ${alias}.voided_at is null`
  const { rows } = await tx.client.query<Circumstances>(
    `select p.id as "personId", p.status, greatest(
       (select max(e.from_on) from residence_episodes e where ${own('e')} and e.person_id = p.id),
       (select max(m.occurred_on) from migration_events m where ${own('m')} and m.person_id = p.id),
       (select max(b.occurred_on) from births b where ${own('b')} and b.mother_id = p.id),
       (select max(w.occurred_on) from marriage_events w where ${own('w')} and w.party_a = p.id and w.event <> 'WIDOWED'),
       (select max(w.occurred_on) from marriage_events w where ${own('w')} and w.party_b = p.id and w.event <> 'WIDOWED')
     ) as "lastSeenOn",
     coalesce((select w.event in ('MARRY', 'REMARRY') and exists (select from persons s where s.county_code = $1
         and s.id = case when w.party_a = p.id then w.party_b else w.party_a end and s.status in ('ACTIVE', 'SUSPECT_DUP', 'MOVED_OUT'))
       from (select * from marriage_events a where ${own('a')} and a.party_a = p.id
         union all select * from marriage_events b where ${own('b')} and b.party_b = p.id) w
       order by w.occurred_on desc, w.recorded_at desc limit 1), false) as "hasLivingSpouse"
     from unnest($2::uuid[]) as x (id) join persons p on p.county_code = $1 and p.id = x.id`,
    [county, people],
  )
  return new Map(rows.map((row) => [row.personId, row]))
}
