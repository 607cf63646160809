import type { PersonFact } from '@youyu/shared/population/persons'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import { peopleOfCounty } from '../area.ts'
import { adjustCounts } from '../overview/queries.ts'
import { deltasBetween } from '../overview/rules.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { nameReadings } from './names.ts'
import {
  binaryFields,
  countedOf,
  trackedColumns,
  type Changes,
  type PersonState,
  type TrackedField,
} from './state.ts'

const fields = Object.keys(trackedColumns) as TrackedField[]

function readingOf(field: TrackedField): string {
  const column = `p.${trackedColumns[field]}`
  if (binaryFields.includes(field)) return `encode(${column}, 'base64')`
  return field === 'findings' ? `array_to_string(${column}, ',')` : column
}

function writingOf(field: TrackedField, parameter: string): string {
  if (binaryFields.includes(field)) return `decode(${parameter}::text, 'base64')`
  return field === 'findings' ? `string_to_array(${parameter}::text, ',')` : parameter
}

const stateColumns = fields.map((field) => `${readingOf(field)} as "${field}"`).join(', ')

/** People of the area, locked in the order of their ids so that two officers never wait for each other. */
export async function lockPersons(
  tx: Transaction,
  access: Access,
  ids: readonly string[],
): Promise<Map<string, PersonState>> {
  return await statesOf(tx, access, ids, 'for no key update of p')
}

/** The same of people whose records will be one: whoever records something that only names them waits, too. */
export async function lockPersonsAlone(
  tx: Transaction,
  access: Access,
  ids: readonly string[],
): Promise<Map<string, PersonState>> {
  return await statesOf(tx, access, ids, 'for update of p')
}

/** The same without a lock, for previews. */
export async function findStates(
  tx: Transaction,
  access: Access,
  ids: readonly string[],
): Promise<Map<string, PersonState>> {
  return await statesOf(tx, access, ids, '')
}

async function statesOf(
  tx: Transaction,
  access: Access,
  ids: readonly string[],
  lock: string,
): Promise<Map<string, PersonState>> {
  const bound = new Bound()
  const text = `select p.id, p.version, ${stateColumns} from persons p
  where ${peopleOfCounty(bound, access, 'p')} and p.id = any(${bound.bind([...ids].sort())}::uuid[]) order by p.id ${lock}`
  const states = await ask<PersonState>(tx, text, bound.values)
  return new Map(states.map((state) => [state.id, state]))
}

export type Change = {
  person: PersonState
  changes: Changes
  kind: PersonFact['kind']
  occurredOn?: CivilDate | null
  reason?: string | null
  replaces?: string | null
  at: Date
}

/**
 * Makes a person what a fact says and appends the fact, the readings of a new name and the counts of the villages:
 * statements that travel together.
 */
export async function applyChange(tx: Transaction, access: Access, change: Change): Promise<void> {
  const { person, changes, at } = change
  await Promise.all([
    updatePerson(tx, access, person, changes, at),
    insertFact(tx, access, change),
    changes.name === undefined || changes.name === null
      ? undefined
      : replaceReadings(tx, access, person.id, changes.name),
    adjustCounts(
      tx,
      access.county,
      deltasBetween(access.county, countedOf(person), countedOf(person, changes)),
      at,
    ),
  ])
}

async function updatePerson(
  tx: Transaction,
  access: Access,
  person: PersonState,
  changes: Changes,
  at: Date,
): Promise<void> {
  const bound = new Bound()
  const changed = Object.keys(changes) as TrackedField[]
  const sets = changed.map(
    (field) => `${trackedColumns[field]} = ${writingOf(field, bound.bind(changes[field]))}`,
  )
  if (changes.name) {
    const { pinyin, initials } = nameReadings(changes.name)
    sets.push(`name_pinyin = ${bound.bind(pinyin)}`, `name_initials = ${bound.bind(initials)}`)
  }
  const text = `update persons set ${[...sets, `updated_at = ${bound.bind(at)}`, 'version = version + 1'].join(', ')}
  where county_code = ${bound.bind(access.county)} and id = ${bound.bind(person.id)} and version = ${bound.bind(person.version)} returning id`
  const updated = await ask(tx, text, bound.values)
  if (updated.length === 0) throw new Refused('precondition-failed')
}

async function insertFact(
  tx: Transaction,
  access: Access,
  { person, changes, kind, occurredOn, reason, replaces, at }: Change,
): Promise<void> {
  const before = Object.fromEntries(
    (Object.keys(changes) as TrackedField[]).map((field) => [field, person[field]]),
  )
  const text = `insert into person_facts (county_code, id, person_id, kind, occurred_on, before, after, reason, recorded_at, recorded_by, source, replaces)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
  await ask(tx, text, [
    access.county,
    newId(at.getTime()),
    person.id,
    kind,
    occurredOn ?? null,
    JSON.stringify(before),
    JSON.stringify(changes),
    reason ?? null,
    at,
    access.actorId,
    sourceOf(access),
    replaces ?? null,
  ])
}

export function sourceOf(access: Access): 'API' | 'MANUAL' {
  return access.actorKind === 'client' ? 'API' : 'MANUAL'
}

async function replaceReadings(
  tx: Transaction,
  access: Access,
  personId: string,
  name: string,
): Promise<void> {
  await Promise.all([
    ask(tx, 'delete from name_readings where county_code = $1 and person_id = $2', [access.county, personId]),
    insertReadings(tx, access.county, personId, name),
  ])
}

export async function insertReadings(
  tx: Transaction,
  county: number,
  personId: string,
  name: string,
): Promise<void> {
  const { others } = nameReadings(name)
  if (others.length === 0) return
  const text = `insert into name_readings (county_code, person_id, pinyin, initials) select $1, $2, * from unnest($3::text[], $4::text[])`
  await ask(tx, text, [
    county,
    personId,
    others.map(({ pinyin }) => pinyin),
    others.map(({ initials }) => initials),
  ])
}
