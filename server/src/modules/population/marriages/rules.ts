import type { MarriageEvent, MarriageOrder, MaritalStatus } from '@youyu/shared/population/value-sets'
import type { CivilDate } from '@youyu/shared/values'

/** A marriage event as one of its two parties lived it. */
export type LivedEvent = {
  id: string
  event: MarriageEvent
  occurredOn: CivilDate
  recordedAt: Date
  /** The other party: an id, or a name for one from elsewhere; null where nobody knows. */
  partner: string | null
}

/** What the register said of a person before any of her events was recorded. */
export type Registered = { status: string | null; asOf: CivilDate }

export type Course = {
  /** Null where nothing is known. */
  status: string | null
  orders: Map<string, MarriageOrder>
  findings: Map<string, string[]>
  /** With whom she is married after the last event. */
  spouse: string | null
}

type Marriage = {
  partner: string | null
  occurredOn: CivilDate
  status: MaritalStatus
  end: 'DIVORCE' | 'WIDOWED' | null
}

const EVER_MARRIED = ['20', '21', '22', '23', '30', '40']
const isMarriage = (event: MarriageEvent) => event === 'MARRY' || event === 'REMARRY'

/** By day; of one day what ends a marriage comes before what begins one. */
function inOrder<Event extends LivedEvent>(events: readonly Event[]): Event[] {
  const keyOf = ({ occurredOn, event, recordedAt, id }: Event) =>
    `${occurredOn} ${isMarriage(event) ? 1 : 0} ${recordedAt.toISOString()} ${id}`
  return [...events].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/**
 * What a person's marriage events come to, in the order of their days whatever the order of recording: her marital
 * status, which of her marriages was the first, and what does not fit together.
 */
export function courseOf(events: readonly LivedEvent[], registered: Registered): Course {
  const orders = new Map<string, MarriageOrder>()
  const findings = new Map<string, string[]>()
  const ordered = inOrder(events)
  const lastMarriage = ordered.findLast(({ event }) => isMarriage(event))
  const marriages: Marriage[] = []
  let ended: MaritalStatus | null = null

  for (const lived of ordered) {
    if (isMarriage(lived.event)) begin(lived)
    else end(lived)
  }

  const present = marriages.findLast((marriage) => marriage.end === null)
  const isOvertaken =
    present !== undefined &&
    (registered.status === '30' || registered.status === '40') &&
    present.occurredOn < registered.asOf
  const status = isOvertaken ? registered.status : (present?.status ?? ended ?? registered.status)
  return { status, orders, findings, spouse: present?.partner ?? null }

  function begin({ id, event, partner, occurredOn }: LivedEvent): void {
    const isKnownEarlier = wasMarriedBefore(occurredOn, id === lastMarriage?.id)
    const hadBefore = marriages.length > 0 || isKnownEarlier || event === 'REMARRY'
    const isFormer = marriages.some(
      (marriage) => partner !== null && marriage.partner === partner && marriage.end === 'DIVORCE',
    )
    if (marriages.some((marriage) => marriage.end === null)) find(id, 'F9')
    if (hadBefore && marriages.length === 0) find(id, 'C4')
    orders.set(id, hadBefore ? 'RE' : 'FIRST')
    marriages.push({
      partner,
      occurredOn,
      status: isFormer ? '23' : hadBefore ? '22' : '21',
      end: null,
    })
  }

  function end({ id, event, partner }: LivedEvent): void {
    const place = marriages.findLastIndex(
      (marriage) => marriage.end === null && (partner === null || marriage.partner === partner),
    )
    const marriage = marriages[place]
    if (!marriage) find(id, 'C5')
    if (event === 'ANNUL') {
      if (marriage) marriages.splice(place, 1)
      return
    }
    const by = event === 'DIVORCE' ? 'DIVORCE' : 'WIDOWED'
    if (marriage) marriage.end = by
    ended = by === 'DIVORCE' ? '40' : '30'
  }

  /** Whether the register knows of a marriage before this one that no event tells. */
  function wasMarriedBefore(day: CivilDate, isLast: boolean): boolean {
    const status = registered.status ?? ''
    if (day > registered.asOf) return EVER_MARRIED.includes(status)
    return isLast && (status === '22' || status === '23')
  }

  function find(id: string, code: string): void {
    findings.set(id, [...(findings.get(id) ?? []), code])
  }
}

/** Marriage Law 1950, art. 4: 20 for men, 18 for women; of 1980, in force on 1 January 1981 (now Civil Code, art. 1047): 22 and 20. */
function legalAge(sex: string, day: CivilDate): number {
  return (sex === '1' ? 22 : 20) - (day < '1981-01-01' ? 2 : 0)
}

export type Spouse = { sex: string | null; age: number | null }

/** F3 under the legal age of the day, F5 of one sex: errors of entry more often than not, never a refusal. */
export function spouseFindings(
  event: MarriageEvent,
  occurredOn: CivilDate,
  spouses: readonly [Spouse, Spouse],
): string[] {
  const findings: string[] = []
  const isEarly = ({ sex, age }: Spouse) =>
    (sex === '1' || sex === '2') && age !== null && age < legalAge(sex, occurredOn)
  if (isMarriage(event) && spouses.some(isEarly)) findings.push('F3')
  const [a, b] = spouses
  if (a.sex === b.sex && (a.sex === '1' || a.sex === '2')) findings.push('F5')
  return findings
}
