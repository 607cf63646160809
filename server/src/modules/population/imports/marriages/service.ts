import { newId } from '../../../../crypto/ids.ts'
import { coursesOf, derivedOf } from '../../marriages/courses.ts'
import { findCircle, type KeptMarriage } from '../../marriages/queries.ts'
import type { Course } from '../../marriages/rules.ts'
import { ageOn } from '../../persons/rules.ts'
import { loadEvents, type EventKind, type Staged } from '../events/loading.ts'
import type { People, PersonThen } from '../events/people.ts'
import { project, type Projection } from '../events/projection.ts'
import { copyLine } from '../files/copy-text.ts'
import type { FileRow } from '../files/records.ts'
import { addFindings, type Fault, type Loading, type Rejection } from '../loading.ts'
import { copyInto } from '../queries-copy.ts'
import {
  insertMarriages,
  openMarriageStaging,
  registeredStatuses,
  restateMarriages,
  unionCopy,
} from './queries.ts'
import { readMarriage, type MarriageCandidate } from './rules.ts'

export async function loadMarriages(loading: Loading, rows: AsyncIterable<FileRow>): Promise<void> {
  const kind: EventKind<MarriageCandidate> = {
    read: readMarriage,
    people: ({ partyA, partyB, occurredOn: on }) =>
      [partyA, partyB].flatMap((idNumber) => (idNumber === null ? [] : [{ idNumber, on }])),
    divisions: () => [],
    holds: true,
    open: ({ register }) => openMarriageStaging(register),
    settle,
  }
  await loadEvents(loading, rows, kind)
}

type Parties = { a: PersonThen; b: PersonThen | undefined }

function faultsOf(said: MarriageCandidate, a: PersonThen | undefined, b: PersonThen | undefined): Fault[] {
  if (!a) return [{ key: 'partyAIdNumber', code: 'not-found' }]
  if (said.partyB !== null && !b && said.partyBName === null)
    return [{ key: 'partyBIdNumber', code: 'not-found' }]
  const isOut = (person: PersonThen | undefined, mayBeDead: boolean) =>
    person !== undefined &&
    (said.occurredOn < person.birthDate ||
      (!mayBeDead && person.diedOn !== null && person.diedOn < said.occurredOn))
  return isOut(a, false) || isOut(b, said.event === 'WIDOWED') ? [{ key: 'date', code: 'invalid-date' }] : []
}

/** A party whose number nobody has here is known by her name alone. */
function eventOf(said: MarriageCandidate, { a, b }: Parties, now: Date): KeptMarriage {
  const { event, occurredOn, certificateNumber, partyBName } = said
  return {
    ...{ event, occurredOn, certificateNumber },
    id: newId(),
    recordedAt: now,
    voidedAt: null,
    partyA: a.id,
    partyB: b?.id ?? null,
    partyBName: b ? null : partyBName,
    orderA: null,
    orderB: null,
    registryId: null,
    ageA: ageOn(a.birthDate, occurredOn),
    ageB: b ? ageOn(b.birthDate, occurredOn) : null,
    sexA: a.sex,
    sexB: b?.sex ?? null,
    divisionA: a.residence,
    divisionB: b?.residence ?? null,
    findings: [],
  }
}

const keyOf = ({
  event,
  occurredOn,
  partyA,
  partyB,
}: Pick<KeptMarriage, 'event' | 'occurredOn' | 'partyA' | 'partyB'>) =>
  [event, occurredOn, ...[partyA, partyB ?? ''].sort()].join(' ')

async function settle(
  loading: Loading,
  chunk: Staged<MarriageCandidate>[],
  people: People,
): Promise<Rejection[]> {
  const { register, row: kept, now, tally } = loading
  const rejections: Rejection[] = []
  const found = new Map<string, PersonThen>()
  const partiesOf = ({ partyA, partyB, occurredOn }: MarriageCandidate) => ({
    a: people.of(partyA, occurredOn),
    b: people.of(partyB, occurredOn),
  })
  for (const { candidate } of chunk)
    for (const person of Object.values(partiesOf(candidate))) if (person) found.set(person.id, person)
  const circle = await findCircle(register, kept.countyCode, [...found.keys()])
  const known = new Set(circle.map(keyOf))
  const added: KeptMarriage[] = []
  for (const { row, candidate } of chunk) {
    const { a, b } = partiesOf(candidate)
    const faults = faultsOf(candidate, a, b)
    if (!a || faults.length > 0) {
      rejections.push({ row, faults })
      continue
    }
    const event = eventOf(candidate, { a, b }, now)
    if (known.has(keyOf(event))) tally.rowsMatched += 1
    else {
      known.add(keyOf(event))
      added.push(event)
    }
  }
  loading.isStopping()
  await follow(loading, circle, added, found)
  tally.rowsAccepted += added.length
  return rejections
}

/** Orders, findings and marital status follow from all events of each person in the order of their days. */
async function follow(
  loading: Loading,
  circle: readonly KeptMarriage[],
  added: readonly KeptMarriage[],
  found: ReadonlyMap<string, PersonThen>,
): Promise<void> {
  const { register, row: kept, now, tally } = loading
  const all = [...circle, ...added]
  const registered = await registeredStatuses(register, kept.countyCode, [
    ...new Set(all.flatMap(({ partyA, partyB }) => (partyB ? [partyA, partyB] : [partyA]))),
  ])
  const [before, after] = [coursesIn(circle, registered), coursesIn(all, registered)]
  const restated = circle.flatMap((event) => {
    const derived = derivedOf(event, after)
    const isSame =
      derived.orderA === event.orderA &&
      derived.orderB === event.orderB &&
      derived.findings.join() === event.findings.join()
    return isSame ? [] : [{ id: event.id, ...derived }]
  })
  const lines = added.map((event) => {
    const derived = derivedOf(event, after)
    addFindings(tally, Object.fromEntries(derived.findings.map((finding) => [finding, 1])))
    return lineOf({ ...event, ...derived })
  })
  await register.client.query('truncate unions')
  await copyInto(register, unionCopy, lines.length === 0 ? [] : [Buffer.from(lines.join(''))])
  await insertMarriages(register, kept, now)
  await restateMarriages(register, kept.countyCode, restated)
  await project(loading, statusChanges(added, { before, after, found }))
}

type Courses = ReadonlyMap<string, Course>

function statusChanges(
  added: readonly KeptMarriage[],
  { before, after, found }: { before: Courses; after: Courses; found: ReadonlyMap<string, PersonThen> },
): Projection[] {
  const told = new Set<string>()
  return added.flatMap(({ id: eventId, occurredOn, partyA, partyB }) =>
    [partyA, partyB].flatMap((personId): Projection[] => {
      const person = personId === null ? undefined : found.get(personId)
      if (!person || told.has(person.id)) return []
      told.add(person.id)
      const [was, is] = [before.get(person.id)?.status ?? null, after.get(person.id)?.status ?? null]
      if (was === is || person.maritalStatus === is) return []
      const values = { before: { maritalStatus: person.maritalStatus }, after: { maritalStatus: is } }
      return [{ personId: person.id, eventId, kind: 'married', occurredOn, ...values }]
    }),
  )
}

function coursesIn(
  events: readonly KeptMarriage[],
  registered: ReadonlyMap<string, { status: string | null; asOf: string }>,
): Courses {
  const own = new Map<string, KeptMarriage[]>([...registered.keys()].map((id) => [id, []]))
  for (const event of events)
    for (const id of [event.partyA, event.partyB]) if (id !== null) own.get(id)?.push(event)
  return new Map(
    [...own].map(([id, lived]) => [id, coursesOf(lived, new Map([[id, registered.get(id)!]])).get(id)!]),
  )
}

function lineOf(event: KeptMarriage): string {
  return copyLine([
    event.id,
    event.event,
    event.occurredOn,
    event.partyA,
    event.partyB,
    event.partyBName,
    event.orderA,
    event.orderB,
    String(event.ageA),
    event.ageB === null ? null : String(event.ageB),
    event.sexA,
    event.sexB,
    event.certificateNumber,
    event.divisionA,
    event.divisionB,
    `{${event.findings.join(',')}}`,
  ])
}
