import type { Transaction } from '../../../../database/connect.ts'
import type { Sibling } from '../../births/index.ts'
import type { ImportRow } from '../queries.ts'
import { noteDeltas } from '../persons/queries.ts'
import { notePeople } from '../posting.ts'

const bornColumns = {
  child_id: 'uuid',
  mother_id: 'uuid',
  father_id: 'uuid',
  occurred_on: 'date',
  occurred_at: 'text',
  outcome: 'text',
  sex: 'text',
  order_of_mother: 'smallint',
  mother_age: 'smallint',
  plurality: 'smallint',
  sequence: 'smallint',
  gestation_days: 'smallint',
  weight_grams: 'smallint',
  length_millimetres: 'smallint',
  apgar_1: 'smallint',
  apgar_5: 'smallint',
  apgar_10: 'smallint',
  delivery: 'text',
  place: 'text',
  facility_id: 'uuid',
  certificate_number: 'text collate "C"',
  certificate_issued_on: 'date',
  certificate_type: 'text',
  hukou_registered_on: 'date',
  hepatitis_b_on: 'date',
  division_code: 'text collate "C"',
  hukou_division: 'text collate "C"',
  registers: 'text[]',
  findings: 'text[]',
} as const

/** What a newborn's own record needs beside her birth; null where she is registered already. */
const childColumns = {
  is_new: 'boolean',
  name: 'text',
  name_pinyin: 'text',
  name_initials: 'text',
  readings: 'text',
  ethnicity: 'text',
  id_number_cipher: 'bytea',
  id_number_hash: 'bytea',
  id_number_mask: 'text',
  household_id: 'uuid',
  relation: 'text',
  residence_status: 'text',
} as const

/** What the file says otherwise of a child who is registered, where it is to be believed. */
const overwriteColumns = { overwrites: 'boolean', is_other_than_number: 'boolean' } as const

/** In the order of COPY. */
const stagedColumns = { row: 'int', id: 'uuid', ...bornColumns, ...childColumns, ...overwriteColumns }
const facts = Object.keys(bornColumns)

export async function openBirthStaging(tx: Transaction): Promise<void> {
  const columns = Object.entries(stagedColumns).map(([name, type]) => `${name} ${type}`)
  await tx.client.query(`
    set local work_mem = '64MB';
    create temp table born (${columns.join(', ')}, refused boolean not null default false) on commit drop`)
}

export const bornCopy = `born (${Object.keys(stagedColumns).join(', ')})`

export async function clearBirthStaging(tx: Transaction): Promise<void> {
  await tx.client.query('truncate born')
}

export type SiblingOf = Sibling & { motherId: string; childId: string | null; birthId: string | null }

/** Other children of the mothers of a chunk: births, and children whom the register knows without one. */
export async function findSiblingsOf(
  tx: Transaction,
  county: number,
  mothers: readonly string[],
): Promise<SiblingOf[]> {
  if (mothers.length === 0) return []
  const { rows } = await tx.client.query<SiblingOf>(
    `select b.mother_id as "motherId", b.id as "birthId", b.child_id as "childId", b.occurred_on as "occurredOn", b.sequence,
       b.plurality, b.order_of_mother as "order", b.outcome = 'LIVE' as "isLive"
     from unnest($2::uuid[]) as m (id) join births b on b.county_code = $1 and b.mother_id = m.id and b.voided_at is null
     union all
     select p.mother_id, null, p.id, p.birth_date, 1, null, null, true
     from unnest($2::uuid[]) as m (id)
     join persons p on p.county_code = $1 and p.mother_id = m.id and p.status <> 'MERGED' and p.status <> 'ARCHIVED'
     where not exists (select from births b where b.county_code = $1 and b.child_id = p.id and b.voided_at is null)`,
    [county, mothers],
  )
  return rows
}

export type Unnumbered = {
  row: number
  householdId: string
  occurredOn: string
  sex: string
  name: string | null
}

/** Newborns of a household who are registered without a number yet. */
export async function findUnnumbered(
  tx: Transaction,
  county: number,
  asked: readonly Unnumbered[],
): Promise<Map<number, { id: string; motherId: string | null; birthId: string | null }>> {
  if (asked.length === 0) return new Map()
  const { rows } = await tx.client.query<{
    row: number
    id: string
    motherId: string | null
    birthId: string | null
  }>(
    `select distinct on (a.row) a.row, p.id, p.mother_id as "motherId", b.id as "birthId"
     from unnest($2::int[], $3::uuid[], $4::date[], $5::text[], $6::text[]) as a (row, household_id, occurred_on, sex, name)
     join persons p on p.county_code = $1 and p.household_id = a.household_id and p.birth_date = a.occurred_on and p.sex = a.sex
       and p.id_number_hash is null and p.status <> 'MERGED' and p.status <> 'ARCHIVED' and (a.name is null or p.name = a.name)
     left join births b on b.county_code = $1 and b.child_id = p.id and b.voided_at is null
     order by a.row, p.id`,
    [
      county,
      asked.map(({ row }) => row),
      asked.map(({ householdId }) => householdId),
      asked.map(({ occurredOn }) => occurredOn),
      asked.map(({ sex }) => sex),
      asked.map(({ name }) => name),
    ],
  )
  return new Map(rows.map((each) => [each.row, each]))
}

export async function usedCertificates(
  tx: Transaction,
  county: number,
  numbers: readonly string[],
): Promise<Set<string>> {
  const { rows } = await tx.client.query<{ number: string }>(
    `select certificate_number as number from births
     where county_code = $1 and certificate_number = any ($2::text[]) and voided_at is null`,
    [county, numbers],
  )
  return new Set(rows.map(({ number }) => number))
}

export async function facilitiesByCode(tx: Transaction): Promise<Map<string, string>> {
  const { rows } = await tx.client.query<{ code: string; id: string }>('select code, id from organisations')
  return new Map(rows.map(({ code, id }) => [code, id]))
}

/** Registers the staged newborns, then their births; answers the rows of newborns whose number is somebody else's. */
export async function insertBirths(
  tx: Transaction,
  { countyCode, id, createdBy, fileName, onMatch }: ImportRow,
  now: Date,
): Promise<{ accepted: number; refused: number[] }> {
  const values = [countyCode, id, now, createdBy]
  await tx.client.query(
    `with added as (
      insert into persons (
        county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, id_number_cipher,
        id_number_hash, id_number_mask, ethnicity, hukou_division, residence_division, residence_status, residence_since,
        household_id, relation_to_head, mother_id, father_id, status, source, source_ref, recorded_at, recorded_by, updated_at, version)
      select $1, i.child_id, i.name, i.name_pinyin, i.name_initials, i.sex, i.occurred_on, 'DAY', '01', i.id_number_cipher,
        i.id_number_hash, i.id_number_mask, i.ethnicity, i.hukou_division, i.division_code, i.residence_status, i.occurred_on,
        i.household_id, i.relation, i.mother_id, i.father_id, 'ACTIVE', 'IMPORT', $2, $3, $4, $3, 1
      from born i where i.is_new order by i.row
      on conflict (county_code, id_number_hash) where status <> 'MERGED' and id_number_hash is not null do nothing
      returning id, residence_division, residence_since, residence_status, household_id, relation_to_head
    ), lives as (
      insert into residence_episodes (county_code, id, person_id, division_code, from_on, status, recorded_at, recorded_by, source, source_ref)
      select $1, id, id, residence_division, residence_since, residence_status, $3, $4, 'IMPORT', $2 from added
    ), joined as (
      insert into household_members (county_code, id, household_id, person_id, relation, from_on, recorded_at, recorded_by, source, source_ref)
      select $1, id, household_id, id, relation_to_head, residence_since, $3, $4, 'IMPORT', $2 from added where household_id is not null
    )
    update born i set refused = true where i.is_new and not exists (select from added where added.id = i.child_id)`,
    values,
  )
  await tx.client.query(
    `insert into name_readings (county_code, person_id, pinyin, initials)
     select distinct on (i.child_id, sound) $1::int, i.child_id, split_part(reading, ':', 1) as sound, split_part(reading, ':', 2)
     from born i, unnest(string_to_array(i.readings, ' ')) as reading
     where i.is_new and not i.refused and i.readings is not null`,
    [countyCode],
  )
  const { rowCount } = await tx.client.query(
    `insert into births (county_code, id, ${facts.join(', ')}, recorded_at, recorded_by, source, source_ref)
     select $1, i.id, ${facts.map((fact) => `i.${fact}`).join(', ')}, $3, $4, 'IMPORT', $2 from born i where not i.refused`,
    values,
  )
  await linkChildren(tx, values)
  if (onMatch === 'overwrite') await correctChildren(tx, values, `导入 ${fileName}`)
  await tx.client.query(
    noteDeltas(
      `(select division_code as residence_division, hukou_division, residence_status, sex from born where is_new and not refused) i`,
      'i',
      1,
    ),
  )
  await notePeople(tx, 'select child_id from born where child_id is not null and not refused')
  const { rows } = await tx.client.query<{ row: number }>('select row from born where refused')
  return { accepted: rowCount ?? 0, refused: rows.map(({ row }) => row) }
}

/**
 * Somebody whom these births name may have been merged away since she was found: the import begins again. Whoever is
 * merged later waits for it.
 */
export async function refuseMerged(
  tx: Transaction,
  { countyCode }: Pick<ImportRow, 'countyCode'>,
  now: Date,
): Promise<void> {
  const { rowCount } = await tx.client.query(
    `select from person_merges g where g.county_code = $1 and g.undone_at is null and g.recorded_at > $2::timestamptz - interval '1 day'
       and exists (select from born i where g.merged_id in (i.mother_id, i.father_id, i.child_id)) limit 1`,
    [countyCode, now],
  )
  if (rowCount === 0) return
  await tx.client.query(
    `do $$ begin raise serialization_failure using message = 'a record was merged meanwhile'; end $$`,
  )
}

/** Children who were registered before learn who their parents are. */
async function linkChildren(tx: Transaction, values: unknown[]): Promise<void> {
  const changed = `select p.id, i.id as birth_id, i.occurred_on, p.mother_id as old_mother, p.father_id as old_father,
      coalesce(i.mother_id, p.mother_id) as mother, coalesce(i.father_id, p.father_id) as father
    from born i join persons p on p.county_code = $1 and p.id = i.child_id
    where not i.is_new and (coalesce(i.mother_id, p.mother_id) is distinct from p.mother_id
      or coalesce(i.father_id, p.father_id) is distinct from p.father_id)`
  await tx.client.query(
    `with changed as materialized (${changed}), told as (
       insert into person_facts (county_code, id, person_id, kind, occurred_on, before, after, recorded_at, recorded_by, source, source_ref)
       select $1, app.derived_id(birth_id || ':parents'), id, 'born', occurred_on,
         jsonb_build_object('motherId', old_mother, 'fatherId', old_father), jsonb_build_object('motherId', mother, 'fatherId', father),
         $3, $4, 'IMPORT', $2 from changed
     )
     update persons p set mother_id = c.mother, father_id = c.father, updated_at = $3, version = p.version + 1
     from changed c where p.county_code = $1 and p.id = c.id`,
    values,
  )
}

/** Children who were registered before with another day or sex become what the file says; nobody else's record does. */
async function correctChildren(tx: Transaction, values: unknown[], reason: string): Promise<void> {
  const [county] = values
  const counted = `persons p join born o on p.id = o.child_id and o.overwrites and p.county_code = ${String(county)}
    and p.status in ('ACTIVE', 'SUSPECT_DUP')`
  await tx.client.query(`select from ${counted} order by p.id for no key update of p`)
  await tx.client.query(noteDeltas(counted, 'p', -1))
  await tx.client.query(
    `with changed as materialized (
       select p.id, i.id as birth_id, i.occurred_on, p.birth_date as old_day, p.birth_date_precision as old_precision, p.sex as old_sex,
         case when i.sex in ('1', '2') then i.sex else p.sex end as sex, p.findings as old_findings,
         array_remove(p.findings, 'I2') || case when i.is_other_than_number then '{I2}'::text[] else '{}' end as findings
       from born i join persons p on p.county_code = $1 and p.id = i.child_id where i.overwrites
     ), told as (
       insert into person_facts (county_code, id, person_id, kind, occurred_on, before, after, reason, recorded_at, recorded_by, source, source_ref)
       select $1, app.derived_id(birth_id || ':corrected'), id, 'corrected', occurred_on,
         jsonb_build_object('birthDate', old_day, 'birthDatePrecision', old_precision, 'sex', old_sex, 'findings', array_to_string(old_findings, ',')),
         jsonb_build_object('birthDate', occurred_on, 'birthDatePrecision', 'DAY', 'sex', sex, 'findings', array_to_string(findings, ',')),
         $5, $3, $4, 'IMPORT', $2 from changed
     )
     update persons p set birth_date = c.occurred_on, birth_date_precision = 'DAY', sex = c.sex, findings = c.findings,
       updated_at = $3, version = p.version + 1
     from changed c where p.county_code = $1 and p.id = c.id`,
    [...values, reason],
  )
  await tx.client.query(noteDeltas(counted, 'p', 1))
}
