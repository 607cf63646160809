import { daysAfter } from '@youyu/shared/birth-defects/newborn-rules'
import { positiveWays, type PositiveState } from '@youyu/shared/birth-defects/prenatal-values'
import type { Parameters } from '@youyu/shared/birth-defects/screening-parameters'
import type { CivilDate } from '@youyu/shared/values'

export const mayFollow = (from: PositiveState, to: PositiveState): boolean => positiveWays[from].includes(to)

/** Monday to Friday, as the calendar of holidays changes it. */
function isWorked(day: CivilDate, holidays: ReadonlyMap<CivilDate, boolean>): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return holidays.get(day) ?? (weekday !== 0 && weekday !== 6)
}

/** The last of so many working days after a day. */
export function workingDaysAfter(
  day: CivilDate,
  count: number,
  holidays: ReadonlyMap<CivilDate, boolean>,
): CivilDate {
  let on = day
  for (let left = count; left > 0;) {
    on = daysAfter(on, 1)
    if (isWorked(on, holidays)) left -= 1
  }
  return on
}

type Standing = {
  state: PositiveState
  stateOn: CivilDate
  expectedOn: CivilDate | null
  bornOn: CivilDate | null
}

/** By when the next step is due; null where nothing is, or no day can be said. */
export function dueBy(
  { state, stateOn, expectedOn, bornOn }: Standing,
  set: Parameters,
  holidays: ReadonlyMap<CivilDate, boolean>,
): CivilDate | null {
  switch (state) {
    case 'RESULT_HIGH':
      return workingDaysAfter(stateOn, set.CONTACT_WORKING_DAYS.value, holidays)
    case 'CONTACTED':
      return daysAfter(stateOn, set.COUNSEL_DAYS.value)
    case 'COUNSELLED':
      return daysAfter(stateOn, set.DX_OFFER_DAYS.value)
    case 'DX_OFFERED':
      return daysAfter(stateOn, set.DX_DAYS.value)
    case 'DX_DONE':
      return daysAfter(stateOn, set.RESULT_DAYS.value)
    case 'CONTINUE':
    case 'REFERRED': {
      const born = bornOn ?? expectedOn
      return born && daysAfter(born, set.OUTCOME_DAYS.value)
    }
    case 'TERMINATED_MEDICAL':
      return daysAfter(stateOn, set.OUTCOME_DAYS.value)
    // What she decides next has no day by which she must.
    case 'DX_DECLINED':
    case 'NORMAL':
    case 'ABNORMAL':
    case 'OUTCOME_RECORDED':
      return null
  }
}

/** Before this day no outcome is recorded (domain §6.4: at 42 days or later). */
export function outcomeFrom(
  { state, stateOn, expectedOn, bornOn }: Standing,
  outcome: string,
  set: Parameters,
): CivilDate {
  const days = set.OUTCOME_DAYS.value
  if (state === 'TERMINATED_MEDICAL' || outcome === 'LOSS' || outcome === 'TERMINATED')
    return daysAfter(stateOn, days)
  return daysAfter(bornOn ?? expectedOn ?? stateOn, days)
}
