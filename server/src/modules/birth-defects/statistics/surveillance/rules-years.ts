import type { Month } from '@youyu/shared/population/book'
import type { CivilDate } from '@youyu/shared/values'
import { differenceOfProportions, rateTrend, trendOfProportions } from '../../../statistics/index.ts'
import type { MonthCases } from './rules-counts.ts'

export type Year = {
  key: string
  from: CivilDate
  to: CivilDate
  isWhole: boolean
  months: MonthCases[]
}

/** The year that a month is of: the calendar's, or the statistical one that ends in September. */
function yearOf(month: Month, basis: 'CALENDAR_YEAR' | 'STAT_YEAR'): number {
  const year = Number(month.slice(0, 4))
  return basis === 'STAT_YEAR' && Number(month.slice(5, 7)) >= 10 ? year + 1 : year
}

const lastDayOf = (month: Month) =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10)

/** Months gathered into years; whole is a year with twelve months that are over. */
export function yearsOf(
  months: readonly MonthCases[],
  basis: 'CALENDAR_YEAR' | 'STAT_YEAR',
  today: CivilDate,
): Year[] {
  return [...Map.groupBy(months, ({ month }) => yearOf(month, basis))].map(([year, ofYear]) => {
    const to = lastDayOf(ofYear.at(-1)!.month)
    return {
      key: String(year),
      from: ofYear[0]!.month,
      to,
      isWhole: ofYear.length === 12 && to < today,
      months: ofYear,
    }
  })
}

const FEWEST_YEARS = 3

const sumsOf = ({ months }: Year) => ({
  events: months.reduce((sum, { cases }) => sum + cases, 0),
  denominator: months.reduce((sum, { births }) => sum + births, 0),
})

/** Cochran–Armitage over whole years, and the yearly change of the rate; null where there are too few years. */
export function trendOver(years: readonly Year[]) {
  const whole = years.filter(({ isWhole }) => isWhole)
  if (whole.length < FEWEST_YEARS) return null
  const steps = whole.map((year) => ({ at: Number(year.key), ...sumsOf(year) }))
  const test = trendOfProportions(steps)
  // Years counted from the first one: the ratio is the same, and the sums stay small.
  const fitted = rateTrend(steps.map((step) => ({ ...step, at: step.at - steps[0]!.at })))
  return {
    test,
    yearly: fitted && {
      ratio: fitted.ratio,
      low: fitted.low,
      high: fitted.high,
      method: fitted.method,
    },
    from: whole[0]!.key,
    to: whole.at(-1)!.key,
  }
}

/** The last whole year against the one before it. */
export function lastTwo(years: readonly Year[]) {
  const whole = years.filter(({ isWhole }) => isWhole)
  const [before, now] = whole.slice(-2)
  if (!before || !now) return null
  const sums = { now: sumsOf(now), before: sumsOf(before) }
  if (sums.now.denominator === 0 || sums.before.denominator === 0) return null
  return { now, before, ...differenceOfProportions(sums.now, sums.before) }
}
