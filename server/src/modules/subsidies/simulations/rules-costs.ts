import type { RateUnit } from '@youyu/shared/subsidies/programmes'
import type { CivilDate, Fen } from '@youyu/shared/values'

export type Rate = { level: string; unit: RateUnit; amountFen: Fen; from: CivilDate; to: CivilDate | null }

/** The rates of a side: as they are, and from the day of the change as they would be. */
export function changedRates(
  rates: readonly Rate[],
  changes: readonly Pick<Rate, 'level' | 'unit' | 'amountFen'>[],
  from: CivilDate,
): Rate[] {
  const isReplaced = (rate: Rate) => changes.some(({ level }) => level === rate.level)
  const before = rates
    .filter((rate) => !isReplaced(rate) || rate.from < from)
    .map((rate) =>
      isReplaced(rate) && (rate.to === null || rate.to >= from) ? { ...rate, to: dayBefore(from) } : rate,
    )
  return [...before, ...changes.map((change) => ({ ...change, from, to: null }))]
}

/** The rate of a level on a day; one without a level holds for every level that has none of its own. */
export function rateOn(rates: readonly Rate[], level: string, on: CivilDate): Rate | undefined {
  const inForce = rates.filter((rate) => rate.from <= on && (rate.to === null || rate.to >= on))
  const latest = (found: Rate[]) => found.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
  return (
    latest(inForce.filter((rate) => rate.level === level)) ??
    latest(inForce.filter((rate) => rate.level === ''))
  )
}

const monthsOf = (year: number): CivilDate[] =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}-01`)

/**
 * What somebody costs in a calendar year, month by month at the rate in force on the month’s first day; of a year’s amount
 * the months together make it without loss of a fen. `months` limits it to some of the year (a child who turns three).
 */
export function yearCost(
  rates: readonly Rate[],
  level: string,
  year: number,
  { units = 1, from = 0, until = 12 }: { units?: number; from?: number; until?: number } = {},
): Fen {
  return monthsOf(year).reduce((sum, month, index) => {
    if (index < from || index >= until) return sum
    const rate = rateOn(rates, level, month)
    return rate ? sum + monthCost(rate, index, units) : sum
  }, 0)
}

function monthCost({ unit, amountFen }: Rate, index: number, units: number): Fen {
  if (unit === 'PER_MONTH') return amountFen
  if (unit === 'PER_YEAR') return twelfth(amountFen, index)
  if (unit === 'PER_QUARTER') return index % 3 === 2 ? amountFen : 0
  if (unit === 'PER_DAY') return twelfth(Math.round(amountFen * units), index)
  return 0
}

/** The part of a year’s amount that falls to one of its months. */
function twelfth(amountFen: Fen, index: number): Fen {
  return Math.floor((amountFen * (index + 1)) / 12) - Math.floor((amountFen * index) / 12)
}

/** What is paid once is paid in the year in which somebody first meets the rule, at the rate of that day. */
export function onceCost(rates: readonly Rate[], level: string, on: CivilDate): Fen {
  const rate = rateOn(rates, level, on)
  return rate?.unit === 'ONE_OFF' ? rate.amountFen : 0
}

function dayBefore(day: CivilDate): CivilDate {
  const moment = new Date(`${day}T00:00:00Z`)
  moment.setUTCDate(moment.getUTCDate() - 1)
  return moment.toISOString().slice(0, 10)
}
