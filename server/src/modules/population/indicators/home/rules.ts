import type { Month } from '@youyu/shared/population/book'
import type { DivisionCode } from '@youyu/shared/values'
import {
  funnel,
  monthlySwings,
  rate,
  sexRatio,
  sexRatioChart,
  smallNumber,
  Z95,
  type Estimate,
} from '../../../statistics/index.ts'

type Interval = {
  numerator: number
  denominator: number
  value: number | null
  low: number | null
  high: number | null
  method: string
  stability: 'STABLE' | 'UNSTABLE'
}

/** The months that end with one, oldest first. */
export function monthsUpTo(last: Month, count: number): Month[] {
  const [year, month] = last.split('-').map(Number) as [number, number]
  return Array.from({ length: count }, (_, index) => {
    const at = year * 12 + month - 1 - (count - 1 - index)
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
  })
}

/** Events per 1,000 of a population with Byar's interval. */
function rateInterval(events: number, population: number): Interval {
  return {
    numerator: events,
    denominator: population,
    ...rate(events, population),
    stability: smallNumber({ kind: 'rate', events, denominator: population }).flag ?? 'STABLE',
  }
}

/** Males per 100 females; 500 births are the least that can be read. */
function ratioInterval(male: number, female: number): Interval {
  return {
    numerator: male,
    denominator: female,
    ...sexRatio({ male, female }),
    stability: smallNumber({ kind: 'sex-ratio', births: male + female }).flag ?? 'STABLE',
  }
}

/** (births − deaths) per 1,000, with the variance of two Poisson counts. */
function growthInterval(births: number, deaths: number, population: number): Interval {
  const value = population > 0 ? (1000 * (births - deaths)) / population : null
  const error = population > 0 ? (1000 * Math.sqrt(births + deaths)) / population : 0
  const estimate: Estimate = {
    value,
    low: value === null ? null : value - Z95 * error,
    high: value === null ? null : value + Z95 * error,
    method: 'difference of Poisson counts 95 %',
  }
  const { flag } = smallNumber({ kind: 'rate', events: Math.min(births, deaths), denominator: population })
  return { numerator: births - deaths, denominator: population, ...estimate, stability: flag ?? 'STABLE' }
}

type MonthLike = {
  month: Month
  births: number
  birthsMale: number
  birthsFemale: number
  deaths: number
  change: number
  closing: number
}

/** The last twelve full months: rates over the mean of the populations at their start and end. */
export function yearOf(series: readonly MonthLike[]) {
  const full = series.slice(-13, -1)
  const [first, last] = [full[0]!, full.at(-1)!]
  const sum = (of: (month: MonthLike) => number) => full.reduce((total, month) => total + of(month), 0)
  const population = (first.closing - first.change + last.closing) / 2
  const [births, deaths] = [sum((month) => month.births), sum((month) => month.deaths)]
  return {
    from: first.month,
    to: last.month,
    birthRate: rateInterval(births, population),
    deathRate: rateInterval(deaths, population),
    naturalGrowth: growthInterval(births, deaths, population),
    sexRatioAtBirth: ratioInterval(
      sum((month) => month.birthsMale),
      sum((month) => month.birthsFemale),
    ),
  }
}

/** Months of the sex ratio at birth with limits and swing; below a county no month is shown (domain §9.5). */
export function sexRatioSeries(series: readonly MonthLike[], level: number) {
  if (level !== 3) return []
  const sexes = series.map(({ birthsMale, birthsFemale }) => ({ male: birthsMale, female: birthsFemale }))
  const chart = sexRatioChart(sexes, sexes.slice(0, -1))
  const swings = monthlySwings(sexes)
  return series.map(({ month, birthsMale, birthsFemale }, index) => {
    const point = chart?.points[index]
    return {
      month,
      ratio: ratioInterval(birthsMale, birthsFemale),
      lowLimit: point?.low ?? null,
      highLimit: point?.high ?? null,
      swing: swings[index] ?? null,
      isOutOfControl: (point?.signals.length ?? 0) > 0,
    }
  })
}

type PartMonth = MonthLike extends infer Each ? Omit<Each & { part: DivisionCode }, 'closing'> : never
type Comparison = { from: Month; to: Month; months: readonly Month[]; birthRate: number | null }

/** Parts beside each other around the whole: a funnel instead of a ranking. */
export function comparedParts(
  standing: readonly { code: DivisionCode; name: string; now: number }[],
  flows: readonly PartMonth[],
  { from, to, months, birthRate }: Comparison,
) {
  const byPart = Map.groupBy(flows, ({ part }) => part)
  const parts = standing.map(({ code, name, now }) => {
    const all = byPart.get(code) ?? []
    const year = all.filter(({ month }) => month >= from && month <= to)
    const sum = (of: (flow: PartMonth) => number, rows = year) =>
      rows.reduce((total, row) => total + of(row), 0)
    const later = sum(
      (flow) => flow.change,
      all.filter(({ month }) => month > to),
    )
    const end = now - later
    const population = (end - sum((flow) => flow.change) + end) / 2
    const [births, deaths] = [sum((flow) => flow.births), sum((flow) => flow.deaths)]
    const byMonth = new Map(all.map((flow) => [flow.month, flow.births]))
    return {
      code,
      name,
      now,
      births,
      deaths,
      birthRate: rateInterval(births, population),
      sexRatioAtBirth: ratioInterval(
        sum((flow) => flow.birthsMale),
        sum((flow) => flow.birthsFemale),
      ),
      series: months.map((month) => ({ month, births: byMonth.get(month) ?? 0 })),
    }
  })
  const compared = funnel(
    'rate',
    birthRate ?? 0,
    parts.map((part) => ({
      key: part.code,
      events: part.births,
      denominator: Math.round(part.birthRate.denominator),
    })),
  )
  const positions = new Map(
    compared.points.map(({ key, band, smallNumber: { mayRank } }) => [key, mayRank ? band : null]),
  )
  return {
    parts: parts.map((part) => ({ ...part, position: positions.get(part.code) ?? null })),
    funnel: birthRate === null ? [] : compared.limits,
  }
}
