import type { Month } from '@youyu/shared/population/book'
import type { PeriodBasis } from '@youyu/shared/population/indicators'
import { Refused } from '../../../../refused.ts'

const MOST_MONTHS = 36

export type Period = { periodBasis: PeriodBasis; from: Month; to: Month }

/** A calendar year, a statistical year (October to September), or months as asked; births may still be expected. */
export function periodAsked(asked: {
  periodBasis: PeriodBasis
  year?: number | undefined
  from?: Month | undefined
  to?: Month | undefined
}): Period {
  const { periodBasis, year } = asked
  if (periodBasis !== 'MONTH_RANGE') {
    if (year === undefined) throw Refused.field('?year', 'required')
    return periodBasis === 'CALENDAR_YEAR'
      ? { periodBasis, from: `${year}-01-01`, to: `${year}-12-01` }
      : { periodBasis, from: `${year - 1}-10-01`, to: `${year}-09-01` }
  }
  if (!asked.from) throw Refused.field('?from', 'required')
  const to = asked.to ?? asked.from
  const months =
    Number(to.slice(0, 4)) * 12 +
    Number(to.slice(5, 7)) -
    Number(asked.from.slice(0, 4)) * 12 -
    Number(asked.from.slice(5, 7))
  if (months < 0 || months >= MOST_MONTHS) throw Refused.field('?to', 'invalid-date')
  return { periodBasis, from: asked.from, to }
}
