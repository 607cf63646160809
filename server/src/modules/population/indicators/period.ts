import type { Month } from '@youyu/shared/population/book'
import type { CivilDate } from '@youyu/shared/values'
import { Refused } from '../../../refused.ts'
import { monthsIn, type Period } from './values/rules-periods.ts'

/** A range of months that has begun, cut off at the present one. */
export function monthsAsked(asked: { from: Month; to: Month }, today: CivilDate, most: number): Period {
  const present = `${today.slice(0, 7)}-01`
  if (asked.from > today) throw Refused.field('?from', 'invalid-date')
  const period = { from: asked.from, to: asked.to < present ? asked.to : present }
  if (period.to < period.from || monthsIn(period) > most) throw Refused.field('?to', 'invalid-date')
  return period
}
