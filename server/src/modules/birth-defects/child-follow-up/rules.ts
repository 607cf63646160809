import { addMonths } from '@youyu/shared/calendar'
import type { ChildVisitItem, ChildVisitState } from '@youyu/shared/birth-defects/child-follow-up'
import type { CivilDate } from '@youyu/shared/values'

export type Step = {
  item: ChildVisitItem
  months: number
  days: number
  daysBefore: number
  daysAfter: number
}
export type Window = { item: ChildVisitItem; dueFrom: CivilDate; dueOn: CivilDate; dueTo: CivilDate }

const dayMs = 86_400_000
const at = (day: CivilDate) => new Date(`${day}T00:00:00Z`)
const civil = (moment: Date | number) => new Date(moment).toISOString().slice(0, 10)

function addDays(day: CivilDate, days: number): CivilDate {
  return civil(at(day).getTime() + days * dayMs)
}

export function windowOf(bornOn: CivilDate, { item, months, days, daysBefore, daysAfter }: Step): Window {
  const dueOn = addDays(addMonths(bornOn, months), days)
  return { item, dueOn, dueFrom: addDays(dueOn, -daysBefore), dueTo: addDays(dueOn, daysAfter) }
}

/** What is still ahead on the day the family agrees; what is over is not asked about again. */
export function windowsFrom(bornOn: CivilDate, steps: readonly Step[], on: CivilDate): Window[] {
  return steps.map((step) => windowOf(bornOn, step)).filter(({ dueTo }) => dueTo >= on)
}

export function stateOf(
  { state, dueFrom, dueTo }: { state: string; dueFrom: CivilDate; dueTo: CivilDate },
  today: CivilDate,
): ChildVisitState {
  if (state !== 'PLANNED') return state as ChildVisitState
  if (today < dueFrom) return 'NOT_DUE'
  return today > dueTo ? 'OVERDUE' : 'DUE'
}
