import type { Person } from '@youyu/shared/population/persons'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { recording, type Deed } from '../../../../audit/index.ts'
import { KEY_PARAMETERS } from '../../../../database/answers.ts'
import type { NamedStatement, Transaction } from '../../../../database/connect.ts'
import { householdsOfCounty, peopleOfCounty } from '../../area.ts'
import { enteringNewcomer, type Posted } from '../../book/index.ts'
import { ask, Bound, named, shaped } from '../../../../database/statements.ts'

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
  /** The birth that registers her, if one does. */
  birthId: string | null
  deed: Deed
  /**
   * What else is written with her: texts for a WITH, always the same; more columns of the answer, asked when all of it
   * is written and before the book; and more for the log.
   */
  along?: {
    name: string
    texts: (bound: Bound) => string[]
    columns: (bound: Bound) => string[]
    deeds: readonly Deed[]
  }
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
  const { person, readings, along } = newcomer
  const joins = person.household_id === null ? 'alone' : person.relation_to_head === '0' ? 'head' : 'member'
  const shape = ['register', joins, readings.length > 0 ? 'readings' : '', along?.name ?? ''].join(' ')
  return shaped(shape, (bound) => registeringText(bound, access, newcomer))
}

function registeringText(bound: Bound, access: Access, newcomer: Newcomer): string {
  const { person, episodeId, membershipId, readings, birthId, deed, along, at } = newcomer
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
  for (const [index, text] of (along?.texts(bound) ?? []).entries()) written.set(`along_${index}`, text)
  const parts = [
    `place as (${openPlaces(cell('residence_division'), cell('hukou_division'))})`,
    ...[...written].map(([name, text]) => `${name} as (${text} returning 1)`),
    `entry as (${recording(bound, access, [deed, ...(along?.deeds ?? [])], { at, from: 'place' })} returning 1)`,
  ]
  if (readings.length > 0) {
    const sounds = bound.bind(readings.map(({ pinyin }) => pinyin))
    const initials = bound.bind(readings.map((reading) => reading.initials))
    parts.push(`sounds as (insert into name_readings (county_code, person_id, pinyin, initials)
      select ${county}, ${id}, reading.* from place, unnest(${sounds}::text[], ${initials}::text[]) as reading)`)
  }
  const posted = enteringNewcomer({
    ...{ county, id, sex: cell('sex'), born: cell('birth_date'), hukou: cell('hukou_division') },
    ...{ home: cell('residence_division'), status: cell('residence_status'), since, episode },
    ...{ birth: bound.bind(birthId), at: cell('recorded_at'), by: cell('recorded_by') },
  })
  const columns = ['place.*', ...(along?.columns(bound) ?? []), `${posted} as posted`]
  return `with ${parts.join(',\n')} select ${columns.join(', ')}
    from ${['place', ...written.keys()].join(', ')}, (select count(*) from entry) as logged`
}

/** What a registration answers once the names of the places are known (see `claimForetold`). */
export function registered(person: Person): NamedStatement {
  const { residence, hukou } = person
  const [codeOfResidence, codeOfHukou] = [1, 2].map((place) => `$${KEY_PARAMETERS + place}`)
  // The answer around the two names, which the database puts in.
  const open = { residence: { ...residence, name: NAME }, hukou: { ...hukou, name: NAME } }
  const pieces = JSON.stringify({ ...person, ...open }).split(JSON.stringify(NAME))
  const [before, between, after] = [3, 4, 5].map((place) => `$${KEY_PARAMETERS + place}::text`)
  const names = Object.keys(person).filter((field) => field in open)
  const [first, second] = names.map((field) => `to_json("${field}Name")::text`)
  const text = `select ${before} || ${first} || ${between} || ${second} || ${after} as answer
    from (${openPlaces(codeOfResidence!, codeOfHukou!)}) as place`
  return named(text, [residence.code, hukou.code, ...pieces])
}

/** Nobody types it: a name is text without control characters. */
const NAME = '\u0000'
