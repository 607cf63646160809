import type { Transaction } from '../../../../database/connect.ts'
import type { ImportRow } from '../queries.ts'

const unionColumns = {
  event: 'text',
  occurred_on: 'date',
  party_a: 'uuid',
  party_b: 'uuid',
  party_b_name: 'text',
  order_a: 'text',
  order_b: 'text',
  age_a: 'smallint',
  age_b: 'smallint',
  sex_a: 'text',
  sex_b: 'text',
  certificate_number: 'text collate "C"',
  division_a: 'text collate "C"',
  division_b: 'text collate "C"',
  findings: 'text[]',
} as const
const facts = Object.keys(unionColumns).join(', ')

export async function openMarriageStaging(tx: Transaction): Promise<void> {
  const columns = Object.entries(unionColumns).map(([name, type]) => `${name} ${type}`)
  await tx.client.query(`
    set local work_mem = '64MB';
    create temp table unions (id uuid, ${columns.join(', ')}) on commit drop`)
}

export const unionCopy = `unions (id, ${facts})`

export async function insertMarriages(
  tx: Transaction,
  { countyCode, id, createdBy }: ImportRow,
  now: Date,
): Promise<void> {
  await tx.client.query(
    `insert into marriage_events (county_code, id, ${facts}, recorded_at, recorded_by, source, source_ref)
     select $1, id, ${facts}, $3, $4, 'IMPORT', $2 from unions`,
    [countyCode, id, now, createdBy],
  )
}

/** Marital status before any event, and since when the register knows each. */
export async function registeredStatuses(
  tx: Transaction,
  county: number,
  people: readonly string[],
): Promise<Map<string, { status: string | null; asOf: string }>> {
  const { rows } = await tx.client.query<{ id: string; status: string | null; asOf: string }>(
    `select p.id, case when f.before is null then p.marital_status else f.before ->> 'maritalStatus' end as status,
       (p.recorded_at at time zone 'Asia/Shanghai')::date as "asOf"
     from unnest($2::uuid[]) as x (id)
     join persons p on p.county_code = $1 and p.id = x.id
     left join lateral (select f.before from person_facts f where f.county_code = $1 and f.person_id = p.id
       and f.kind = 'married' and f.before ? 'maritalStatus' order by f.recorded_at, f.id limit 1) f on true`,
    [county, people],
  )
  return new Map(rows.map(({ id, ...known }) => [id, known]))
}

type Restated = { id: string; orderA: string | null; orderB: string | null; findings: readonly string[] }

/** Events recorded before of which a new one changes what follows. */
export async function restateMarriages(
  tx: Transaction,
  county: number,
  events: readonly Restated[],
): Promise<void> {
  if (events.length === 0) return
  await tx.client.query(
    `update marriage_events e set order_a = x.order_a, order_b = x.order_b, findings = string_to_array(x.findings, ',')
     from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as x (id, order_a, order_b, findings)
     where e.county_code = $1 and e.id = x.id`,
    [
      county,
      events.map(({ id }) => id),
      events.map(({ orderA }) => orderA),
      events.map(({ orderB }) => orderB),
      events.map(({ findings }) => findings.join(',')),
    ],
  )
}
