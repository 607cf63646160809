import { villageDeltas } from '../queries-deltas.ts'
import { rangeOf } from '@youyu/shared/values'
import type { Transaction } from '../../../../database/connect.ts'
import { correctPlanner } from '../posting.ts'
import type { ImportRow } from '../queries.ts'

/** Columns of the staging table in the order of COPY. */
const stagedColumns = [
  'row int',
  'id uuid',
  'name text',
  'name_pinyin text',
  'name_initials text',
  'readings text',
  'sex text',
  'birth_date date',
  'birth_date_precision text',
  'id_type text',
  'id_number_cipher bytea',
  'id_number_hash bytea',
  'id_number_mask text',
  'ethnicity text',
  'education text',
  'marital_status text',
  'hukou_division text collate "C"',
  'hukou_type text',
  'residence_division text collate "C"',
  'residence_status text',
  'residence_since date',
  'household_number text collate "C"',
  'household_id uuid',
  'relation text',
  'phone_cipher bytea',
  'phone_hash bytea',
  'phone_mask text',
  'address text',
  'findings text[]',
] as const

/** Temporary tables of the import's own transaction: nothing of them outlives it, whatever happens. */
export async function openStaging(tx: Transaction): Promise<void> {
  await tx.client.query(`
    set local work_mem = '64MB';
    create temp table incoming (${stagedColumns.join(', ')}) on commit drop;
    create temp table fresh (id uuid, row int) on commit drop;
    create temp table met (person_id uuid primary key) on commit drop;
    ${villageDeltas}`)
}

export async function clearStaging(tx: Transaction): Promise<void> {
  await tx.client.query('truncate incoming, fresh')
}

/**
 * Registers every staged row whose number nobody has, the first of several in the file; with it where she lives. A
 * number held by somebody the importer may not see counts as held too.
 */
export async function insertFresh(
  tx: Transaction,
  { countyCode, id, createdBy }: ImportRow,
  now: Date,
): Promise<number> {
  const { rows } = await tx.client.query<{ count: number }>(
    `with added as (
      insert into persons (
        county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, id_number_cipher,
        id_number_hash, id_number_mask, ethnicity, education, marital_status, hukou_division, hukou_type, residence_division,
        residence_status, residence_since, household_id, relation_to_head, phone_cipher, phone_hash, phone_mask, address,
        status, findings, source, source_ref, recorded_at, recorded_by, updated_at, version)
      select $1, i.id, i.name, i.name_pinyin, i.name_initials, i.sex, i.birth_date, i.birth_date_precision, i.id_type, i.id_number_cipher,
        i.id_number_hash, i.id_number_mask, i.ethnicity, i.education, i.marital_status, i.hukou_division, i.hukou_type, i.residence_division,
        i.residence_status, i.residence_since, coalesce(h.id, i.household_id), i.relation, i.phone_cipher, i.phone_hash, i.phone_mask, i.address,
        'ACTIVE', i.findings, 'IMPORT', $2, $3, $4, $3, 1
      from incoming i
      left join lateral (select id from households h where h.county_code = $1 and h.number = i.household_number limit 1) as h on true
      order by i.row
      on conflict (county_code, id_number_hash) where status <> 'MERGED' and id_number_hash is not null do nothing
      returning id, residence_division, residence_since, residence_status
    ), lives as (
      insert into residence_episodes (county_code, id, person_id, division_code, from_on, status, recorded_at, recorded_by, source, source_ref)
      select $1, id, id, residence_division, residence_since, residence_status, $3, $4, 'IMPORT', $2 from added
    ), noted as (
      insert into fresh (id) select id from added returning id
    )
    select count(*) as count from noted`,
    [countyCode, id, now, createdBy],
  )
  return rows[0]?.count ?? 0
}

export async function insertReadings(tx: Transaction, { countyCode }: ImportRow): Promise<void> {
  await tx.client.query(
    `insert into name_readings (county_code, person_id, pinyin, initials)
     select distinct on (i.id, sound) $1::int, i.id, split_part(reading, ':', 1) as sound, split_part(reading, ':', 2)
     from incoming i join fresh using (id), unnest(string_to_array(i.readings, ' ')) as reading
     where i.readings is not null`,
    [countyCode],
  )
}

/** Opens the households that are not there yet, where the head lives (or is registered, if she is away), and joins their people. */
export async function joinHouseholds(
  tx: Transaction,
  { countyCode, id, createdBy }: ImportRow,
  now: Date,
): Promise<void> {
  await tx.client.query(
    `with opened as (
      insert into households (county_code, id, number, type, division_code, address, head_person_id, source, source_ref, recorded_at, recorded_by, updated_at, version)
      select distinct on (i.household_number) $1::int, i.household_id, i.household_number,
        case when i.hukou_type = '4' then 'COLLECTIVE' else 'FAMILY' end,
        case when (select app.area()) @> place.first then place.first else place.second end,
        i.address, case when i.relation = '0' then i.id end, 'IMPORT', $2::text, $3::timestamptz, $4::uuid, $3, 1
      from incoming i join fresh using (id),
        lateral (select
          case when i.residence_status = '2' then i.hukou_division else i.residence_division end as first,
          case when i.residence_status = '2' then i.residence_division else i.hukou_division end as second) as place
      where i.household_number is not null
        and not exists (select from households h where h.county_code = $1 and h.number = i.household_number)
      order by i.household_number, (i.relation = '0') desc, i.row
      on conflict (county_code, number) do nothing
      returning division_code
    )
    insert into village_deltas (village, residents, registered, inflow, away, households, male, female)
    select division_code, 0, 0, 0, 0, count(*), 0, 0 from opened group by division_code`,
    [countyCode, id, now, createdBy],
  )
  await correctPlanner(tx)
  const { rowCount: joined } = await tx.client.query(
    `insert into household_members (county_code, id, household_id, person_id, relation, recorded_at, recorded_by, source, source_ref)
     select $1, i.id, h.id, i.id, i.relation, $3, $4, 'IMPORT', $2
     from incoming i join fresh using (id),
       lateral (select id from households h where h.county_code = $1 and h.number = i.household_number limit 1) as h`,
    [countyCode, id, now, createdBy],
  )
  const { rows } = await tx.client.query<{ count: number }>(
    'select count(*) as count from incoming join fresh using (id) where household_number is not null',
  )
  if (rows[0]!.count !== joined) await partFromUnseen(tx, countyCode)
  await tx.client.query(
    `update households h set head_person_id = i.id, updated_at = $2, version = h.version + 1
     from incoming i join fresh using (id)
     where h.county_code = $1 and h.number = i.household_number and i.relation = '0' and h.head_person_id is null`,
    [countyCode, now],
  )
}

/** A household number of another area's household: the person is registered without it, and a finding says so. */
async function partFromUnseen(tx: Transaction, countyCode: number): Promise<void> {
  await tx.client.query(
    `update persons p set household_id = null, relation_to_head = null, findings = p.findings || '{F8}'::text[]
     from incoming i join fresh using (id)
     where p.county_code = $1 and p.id = i.id and i.household_number is not null
       and not exists (select from households h where h.county_code = $1 and h.number = i.household_number)`,
    [countyCode],
  )
}

/** What the new people add to the counts of villages; kept aside until the end, so that nobody waits for the import. */
export async function noteFreshDeltas(tx: Transaction): Promise<void> {
  await tx.client.query(noteDeltas('incoming i join fresh using (id)', 'i', 1))
}

/** Residents are statuses 1, 3, 4 living here; registered is hukou here and not cancelled. */
export function noteDeltas(from: string, alias: string, sign: 1 | -1): string {
  const status = `${alias}.residence_status`
  return `insert into village_deltas
    select ${alias}.residence_division, ${sign} * count(*) filter (where ${status} in ('1', '3', '4')), 0,
      ${sign} * count(*) filter (where ${status} in ('3', '4')), 0, 0,
      ${sign} * count(*) filter (where ${status} in ('1', '3', '4') and ${alias}.sex = '1'),
      ${sign} * count(*) filter (where ${status} in ('1', '3', '4') and ${alias}.sex = '2')
    from ${from} group by ${alias}.residence_division
    union all
    select ${alias}.hukou_division, 0, ${sign} * count(*) filter (where ${status} <> '9'), 0,
      ${sign} * count(*) filter (where ${status} = '2'), 0, 0, 0
    from ${from} group by ${alias}.hukou_division`
}

/** Brings the noted deltas into the kept counts, once. */
export async function settleVillageCounts(tx: Transaction, countyCode: number, now: Date): Promise<void> {
  const { lo, hi } = rangeOf(String(countyCode).padStart(6, '0'))
  await tx.client.query(
    `select app.adjust_village_counts($1::int, array_agg(village), array_agg(residents), array_agg(registered), array_agg(inflow),
       array_agg(away), array_agg(households), array_agg(male), array_agg(female), $2::timestamptz)
     from (
       select village, sum(residents)::int as residents, sum(registered)::int as registered, sum(inflow)::int as inflow, sum(away)::int as away,
         sum(households)::int as households, sum(male)::int as male, sum(female)::int as female
       from village_deltas where village >= $3 and village < $4 group by village) as summed
     having count(*) > 0`,
    [countyCode, now, lo, hi],
  )
}

export async function countFindings(tx: Transaction): Promise<Record<string, number>> {
  const { rows } = await tx.client.query<{ finding: string; count: number }>(
    'select finding, count(*) as count from incoming join fresh using (id), unnest(findings) as finding group by finding',
  )
  return Object.fromEntries(rows.map(({ finding, count }) => [finding, count]))
}

/**
 * `met`: she is registered already. `again`: the file named her before. `other`: the number is somebody else's, in
 * the register under another name and birth date, or out of sight.
 */
export type NotFresh = { row: number; personId: string | null; kind: 'met' | 'again' | 'other' }

export async function listNotFresh(tx: Transaction, { countyCode, id }: ImportRow): Promise<NotFresh[]> {
  const { rows } = await tx.client.query<NotFresh>(
    `with left_over as materialized (
       select row, id_number_hash, name, birth_date from incoming i where not exists (select from fresh f where f.id = i.id)
     ), known as (
       select i.row, p.id, p.source_ref is not distinct from $2 as here, p.status in ('ACTIVE', 'SUSPECT_DUP') and (p.name = i.name or p.birth_date = i.birth_date) as same
       from left_over i left join lateral (
         select * from persons p where p.county_code = $1 and p.id_number_hash = i.id_number_hash and p.status <> 'MERGED' limit 1) as p on true
     ), first as (
       insert into met select distinct id from known where same and not here on conflict do nothing returning person_id
     )
     select row, id as "personId",
       case when id is null or not (same or here) then 'other'
         when here or not exists (select from first where person_id = id) or row <> min(row) over (partition by id) then 'again' else 'met' end as kind
     from known order by row`,
    [countyCode, id],
  )
  return rows
}
