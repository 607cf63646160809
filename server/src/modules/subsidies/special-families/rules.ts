import type { FamilyKind } from '@youyu/shared/subsidies/family-values'
import type { NewFamilyVisit } from '@youyu/shared/subsidies/my-families'
import type { ErrorCode } from '@youyu/shared/errors'
import type { CivilDate } from '@youyu/shared/values'

const DAY = 86_400_000

export function daysAfter(day: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

type Known = {
  kind: FamilyKind
  identifiedOn: CivilDate
  firstVisitOn: CivilDate | null
  lastVisitOn: CivilDate | null
  consentOn: CivilDate | null
  openedOn: CivilDate | null
  closedOn: CivilDate | null
}

/** A family is met within 30 days of being found, and from then on at least once a month. */
export function nextVisitBy({ identifiedOn, lastVisitOn, closedOn }: Known): CivilDate | null {
  if (closedOn !== null) return null
  return lastVisitOn === null ? daysAfter(identifiedOn, 30) : daysAfter(lastVisitOn, 31)
}

type Visit = Pick<NewFamilyVisit, 'visitedOn' | 'manner' | 'occasion' | 'outcome' | 'forms'>

/**
 * 首访不填表 (§6.11): the first contact is the village contact's, in person, and nobody fills anything in; what needs a
 * form comes on a later day.
 */
export function griefRuleOn(
  { firstVisitOn }: Pick<Known, 'firstVisitOn'>,
  visit: Visit,
  tier: 'TOWNSHIP' | 'VILLAGE',
): ErrorCode | null {
  const forms = visit.forms?.length ?? 0
  if (visit.occasion === 'FIRST') {
    if (firstVisitOn !== null) return 'already-exists'
    return tier === 'VILLAGE' && visit.manner === 'IN_PERSON' && forms === 0 ? null : 'grief-rule'
  }
  if (firstVisitOn === null || visit.visitedOn < firstVisitOn) return 'grief-rule'
  return forms > 0 && visit.visitedOn === firstVisitOn ? 'grief-rule' : null
}

/** What asks a family for anything happens after the day of the first visit. */
export function mayAskOn({ firstVisitOn }: Pick<Known, 'firstVisitOn'>, day: CivilDate): boolean {
  return firstVisitOn !== null && day > firstVisitOn
}

/** Which benefits a family of a kind is told of. */
export const offersTo: Record<FamilyKind, readonly string[]> = {
  DEATH: ['P02', 'P07', 'P08', 'P01'],
  DISABILITY: ['P02', 'P07', 'P01'],
  COMPLICATION: ['P02', 'P01'],
}
