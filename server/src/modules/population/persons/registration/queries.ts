import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { householdsOfCounty, peopleOfCounty } from '../../area.ts'
import { ask, Bound } from '../../statements.ts'

export type RelativeKnown = { id: string; name: string; sex: string; birthDate: CivilDate }
export type HouseholdKnown = {
  id: string
  number: string
  headPersonId: string | null
  headBirthDate: CivilDate | null
  version: number
}

/** Mother and father, as far as the reader may see them. */
export async function findRelatives(
  tx: Transaction,
  access: Access,
  ids: readonly (string | null)[],
): Promise<Map<string, RelativeKnown>> {
  const asked = ids.filter((id) => id !== null)
  if (asked.length === 0) return new Map()
  const bound = new Bound()
  const text = `select p.id, p.name, p.sex, p.birth_date as "birthDate" from persons p
  where ${peopleOfCounty(bound, access, 'p')} and p.status <> 'MERGED' and p.id = any(${bound.bind(asked)}::uuid[])`
  const relatives = await ask<RelativeKnown>(tx, text, bound.values)
  return new Map(relatives.map((relative) => [relative.id, relative]))
}

/** A household and the birth date of its head; locked where somebody is to join it. */
export async function lockHousehold(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<HouseholdKnown | undefined> {
  const bound = new Bound()
  const text = `select h.id, h.number, h.head_person_id as "headPersonId", h.version, (select p.birth_date from persons p
    where p.county_code = h.county_code and p.id = h.head_person_id) as "headBirthDate"
  from households h where ${householdsOfCounty(bound, access, 'h')} and h.id = ${bound.bind(id)} for no key update of h`
  const [household] = await ask<HouseholdKnown>(tx, text, bound.values)
  return household
}

export async function setHead(
  tx: Transaction,
  access: Access,
  householdId: string,
  personId: string | null,
  at: Date,
): Promise<void> {
  const text =
    'update households set head_person_id = $3, version = version + 1, updated_at = $4 where county_code = $1 and id = $2'
  await ask(tx, text, [access.county, householdId, personId, at])
}

const personColumns = [
  ...[
    'county_code',
    'id',
    'name',
    'name_pinyin',
    'name_initials',
    'sex',
    'birth_date',
    'birth_date_precision',
    'id_type',
  ],
  ...[
    'id_number_cipher',
    'id_number_hash',
    'id_number_mask',
    'ethnicity',
    'education',
    'marital_status',
    'hukou_division',
    'hukou_type',
  ],
  ...[
    'residence_division',
    'residence_status',
    'residence_since',
    'household_id',
    'relation_to_head',
    'phone_cipher',
    'phone_hash',
  ],
  ...[
    'phone_mask',
    'address',
    'mother_id',
    'father_id',
    'status',
    'findings',
    'source',
    'recorded_at',
    'recorded_by',
    'updated_at',
    'version',
  ],
] as const
export type PersonColumns = Record<(typeof personColumns)[number], unknown>

const insertBoth = `with person as (
  insert into persons (${personColumns.join(', ')}) values (${personColumns.map((_, index) => `$${index + 1}`).join(', ')})
  returning county_code, id, residence_division, residence_since, residence_status, household_id, relation_to_head, recorded_at, recorded_by, source
), member as (
  insert into household_members (county_code, id, household_id, person_id, relation, from_on, recorded_at, recorded_by, source)
  select county_code, $${personColumns.length + 2}, household_id, id, relation_to_head, residence_since, recorded_at, recorded_by, source
  from person where household_id is not null
)
insert into residence_episodes (county_code, id, person_id, division_code, from_on, status, recorded_at, recorded_by, source)
select county_code, $${personColumns.length + 1}, id, residence_division, residence_since, residence_status, recorded_at, recorded_by, source from person`

/** The person, where she lives and the household she belongs to: one statement. */
export async function insertPerson(
  tx: Transaction,
  person: PersonColumns,
  episodeId: string,
  membershipId: string,
): Promise<void> {
  await ask(tx, insertBoth, [...personColumns.map((column) => person[column]), episodeId, membershipId])
}
