import type { Month } from '@youyu/shared/population/book'
import type { PeriodBasis } from '@youyu/shared/population/indicators'
import type { CivilDate } from '@youyu/shared/values'
import type { Window } from './rules-measure.ts'

/** Whole months, the last of which may not be over yet. */
export type Period = { from: Month; to: Month }

export type By = 'none' | 'part' | 'month' | 'year'

/** Months since year 0, to reckon with. */
const ordinal = (month: Month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

const monthOf = (number: number): Month =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}-01`

export function shifted(month: Month, months: number): Month {
  return monthOf(ordinal(month) + months)
}

export function monthsIn({ from, to }: Period): number {
  return ordinal(to) - ordinal(from) + 1
}

export function monthsOf({ from, to }: Period): Month[] {
  return Array.from({ length: monthsIn({ from, to }) }, (_, index) => shifted(from, index))
}

/** First month of the calendar year or of the statistical year (1 October – 30 September) that holds a month. */
export function yearStart(month: Month, basis: PeriodBasis): Month {
  if (basis !== 'STAT_YEAR') return `${month.slice(0, 4)}-01-01`
  return month.slice(5, 7) >= '10' ? `${month.slice(0, 4)}-10-01` : shifted(`${month.slice(0, 4)}-10-01`, -12)
}

/** The period asked for: with a year's basis the whole years that hold its ends, never past the present month. */
export function periodAsked(
  { from, to, periodBasis }: { from: Month; to: Month; periodBasis: PeriodBasis },
  today: CivilDate,
): Period {
  const present = `${today.slice(0, 7)}-01`
  const first = periodBasis === 'MONTH_RANGE' ? from : yearStart(from, periodBasis)
  const last = periodBasis === 'MONTH_RANGE' ? to : shifted(yearStart(to, periodBasis), 11)
  return { from: first, to: last < present ? last : present }
}

/** The period cut into months or years; years of a month range are calendar years. */
export function partsOf(period: Period, by: By, basis: PeriodBasis): Period[] {
  if (by === 'month') return monthsOf(period).map((month) => ({ from: month, to: month }))
  if (by !== 'year') return [period]
  return [...new Set(monthsOf(period).map((month) => yearStart(month, basis)))].map((start) => {
    const end = shifted(start, 11)
    return { from: start < period.from ? period.from : start, to: end > period.to ? period.to : end }
  })
}

export function yearEarlier({ from, to }: Period): Period {
  return { from: shifted(from, -12), to: shifted(to, -12) }
}

export function windowed(period: Period, window: Window = 'period'): Period {
  if (window === 'last-month') return { from: period.to, to: period.to }
  if (window === 'month-before') return { from: shifted(period.to, -1), to: shifted(period.to, -1) }
  if (window === 'three-years') return { from: shifted(period.to, -35), to: period.to }
  return period
}

/** The last day of a period, today at the latest. */
export function lastDay({ to }: Period, today: CivilDate): CivilDate {
  const next = Date.parse(shifted(to, 1))
  const last = new Date(next - 86_400_000).toISOString().slice(0, 10)
  return last < today ? last : today
}

export function daysIn(period: Period, today: CivilDate): number {
  return Math.round((Date.parse(lastDay(period, today)) - Date.parse(period.from)) / 86_400_000) + 1
}

/** Whether a period is one calendar year or one statistical year, as far as it is over. */
export function isWholeYear(period: Period, today: CivilDate): boolean {
  const startsYear = /-(01|10)-01$/.test(period.from)
  const end = shifted(period.from, 11)
  const present = `${today.slice(0, 7)}-01`
  return startsYear && period.to === (end < present ? end : present)
}
