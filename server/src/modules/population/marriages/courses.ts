import type { Id } from '@youyu/shared/values'
import type { KeptMarriage, KnownParty, MarriageFacts } from './queries.ts'
import { courseOf, spouseFindings, type Course, type LivedEvent } from './rules.ts'

/** The course of every person who is named in these events. */
export function coursesOf(
  events: readonly KeptMarriage[],
  known: ReadonlyMap<Id, Pick<KnownParty, 'status' | 'asOf'>>,
): Map<Id, Course> {
  const people = new Set([
    ...known.keys(),
    ...events.flatMap(({ partyA, partyB }) => (partyB ? [partyA, partyB] : [partyA])),
  ])
  return new Map(
    [...people].map((person) => [
      person,
      courseOf(livedBy(events, person), known.get(person) ?? { status: null, asOf: '9999-12-31' }),
    ]),
  )
}

/** Nobody is widowed by her own death. */
function livedBy(events: readonly KeptMarriage[], person: Id): LivedEvent[] {
  return events
    .filter(({ partyA, partyB, event }) => partyA === person || (partyB === person && event !== 'WIDOWED'))
    .map(({ id, event, occurredOn, recordedAt, partyA, partyB, partyBName }) => ({
      ...{ id, event, occurredOn, recordedAt },
      partner: partyA === person ? (partyB ?? partyBName) : partyA,
    }))
}

/** What an event says by the courses of its parties. */
export function derivedOf(
  event: KeptMarriage,
  courses: ReadonlyMap<Id, Course>,
): Pick<MarriageFacts, 'orderA' | 'orderB' | 'findings'> {
  const a = courses.get(event.partyA)
  const b = event.partyB === null ? undefined : courses.get(event.partyB)
  const findings = [
    ...spouseFindings(event.event, event.occurredOn, [
      { sex: event.sexA, age: event.ageA },
      { sex: event.sexB, age: event.ageB },
    ]),
    ...(a?.findings.get(event.id) ?? []),
    ...(b?.findings.get(event.id) ?? []),
  ]
  return {
    orderA: a?.orders.get(event.id) ?? null,
    orderB: b?.orders.get(event.id) ?? null,
    findings: [...new Set(findings)].sort(),
  }
}
