import type { Person } from '@youyu/shared/population/persons'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { recording, type Deed } from '../../../../audit/index.ts'
import { KEY_PARAMETERS } from '../../../../database/answers.ts'
import type { NamedStatement, Transaction } from '../../../../database/connect.ts'
import { householdsOfCounty, peopleOfCounty } from '../../area.ts'
import { postingNewcomer, type Posted } from '../../book/index.ts'
import { adjustingCounts } from '../../overview/queries.ts'
import type { VillageDelta } from '../../overview/rules.ts'
import { ask, Bound, named } from '../../../../database/statements.ts'

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
type PersonColumns = Record<(typeof personColumns)[number], unknown>

const episodeColumns =
  'county_code, id, person_id, division_code, from_on, status, recorded_at, recorded_by, source'
const memberColumns =
  'county_code, id, household_id, person_id, relation, from_on, recorded_at, recorded_by, source'

export type Newcomer = {
  person: PersonColumns
  episodeId: string
  membershipId: string
  /** How else her name sounds. */
  readings: readonly { pinyin: string; initials: string }[]
  deltas: readonly VillageDelta[]
  /** The birth that registers her, if one does. */
  birthId: string | null
  deed: Deed
  /** What else is written with her: texts for a WITH that take their rows `from` a place that is open. */
  along?: (bound: Bound, from: string) => string[]
  at: Date
}
export type PlaceNames = { residenceName: string; hukouName: string }
export type Registered = PlaceNames & { posted: Posted[] }

/** Both places, if both are open today. */
function openPlaces(residence: string, hukou: string): string {
  return `select r.name as "residenceName", h.name as "hukouName" from divisions r, divisions h
    where r.code = ${residence} and r.valid_to is null and h.code = ${hukou} and h.valid_to is null`
}

/**
 * The person, where she lives, her household, the counts of her villages, the book and the log, in one statement: all
 * of it, or no row where a place is not open. It answers the names of her places and what was posted.
 */
export function registering(access: Access, newcomer: Newcomer): NamedStatement {
  const { person, episodeId, membershipId, readings, deltas, birthId, deed, along, at } = newcomer
  const bound = new Bound()
  const cells = new Map(personColumns.map((column) => [column, bound.bind(person[column])]))
  const cell = (column: keyof PersonColumns) => cells.get(column)!
  const [county, id, since] = [cell('county_code'), cell('id'), cell('residence_since')]
  const episode = bound.bind(episodeId)
  const recorded = `${cell('recorded_at')}, ${cell('recorded_by')}, ${cell('source')}`
  // Joined in the end, so that all of it is written before the counts and the book, which others wait for, are touched.
  const written = new Map([
    [
      'person',
      `insert into persons (${personColumns.join(', ')}) select ${personColumns.map(cell).join(', ')} from place`,
    ],
    [
      'episode',
      `insert into residence_episodes (${episodeColumns})
      select ${county}, ${episode}, ${id}, ${cell('residence_division')}, ${since}, ${cell('residence_status')}, ${recorded}
      from place`,
    ],
    ['entry', recording(bound, access, deed, { at, from: 'place' })],
  ])
  if (person.household_id !== null) {
    const [household, relation] = [cell('household_id'), cell('relation_to_head')]
    written.set(
      'member',
      `insert into household_members (${memberColumns})
      select ${county}, ${bound.bind(membershipId)}, ${household}, ${id}, ${relation}, ${since}, ${recorded} from place`,
    )
    if (person.relation_to_head === '0')
      written.set(
        'headed',
        `update households set head_person_id = ${id}, version = version + 1, updated_at = ${cell('recorded_at')}
        from place where county_code = ${county} and id = ${household}`,
      )
  }
  for (const [index, text] of (along?.(bound, 'place') ?? []).entries()) written.set(`along_${index}`, text)
  const parts = [
    `place as (${openPlaces(cell('residence_division'), cell('hukou_division'))})`,
    ...[...written].map(([name, text]) => `${name} as (${text} returning 1)`),
  ]
  if (readings.length > 0) {
    const sounds = bound.bind(readings.map(({ pinyin }) => pinyin))
    const initials = bound.bind(readings.map((reading) => reading.initials))
    parts.push(`sounds as (insert into name_readings (county_code, person_id, pinyin, initials)
      select ${county}, ${id}, reading.* from place, unnest(${sounds}::text[], ${initials}::text[]) as reading)`)
  }
  const adjusting = adjustingCounts(bound, access.county, deltas, at) ?? 'null'
  const posted = postingNewcomer({
    ...{ county, id, sex: cell('sex'), born: cell('birth_date'), hukou: cell('hukou_division') },
    ...{ home: cell('residence_division'), status: cell('residence_status'), since, episode },
    ...{ birth: bound.bind(birthId), at: cell('recorded_at'), by: cell('recorded_by') },
  })
  return named(
    `with ${parts.join(',\n')} select place.*, ${adjusting} as adjusted, ${posted} as posted from ${['place', ...written.keys()].join(', ')}`,
    bound.values,
  )
}

/** What a registration answers once the names of the places are known (see `claimForetold`). */
export function registered(person: Person): NamedStatement {
  const [answer, residence, hukou] = [1, 2, 3].map((place) => `$${KEY_PARAMETERS + place}`)
  const text = `select (${answer}::jsonb || jsonb_build_object(
      'residence', jsonb_build_object('code', ${residence}::text, 'name', "residenceName"),
      'hukou', jsonb_build_object('code', ${hukou}::text, 'name', "hukouName")))::text as answer
    from (${openPlaces(residence!, hukou!)}) as place`
  return named(text, [JSON.stringify(person), person.residence.code, person.hukou.code])
}
