import type { Month } from '@youyu/shared/population/book'
import type { CivilDate } from '@youyu/shared/values'
import type { AgeGroupAtRisk } from '../../../statistics/index.ts'
import { daysIn, monthsIn, shifted, type Period } from '../values/rules-periods.ts'

/** Deaths and person-years by single year of age, 100 and over last. */
export type Exposure = { deaths: number; population: number }[]

const abridgedAges = [0, 1, ...Array.from({ length: 20 }, (_, index) => 5 * (index + 1))]
const singleAges = Array.from({ length: 101 }, (_, age) => age)

/** The open group of a published abridged table; older ones rest on too few people. */
const OPEN_ABRIDGED = 85

/** Month ends between which person-years are reckoned: the day before the period, each year of it, its end. */
export function momentsOf(period: Period): Month[] {
  const months = monthsIn(period)
  const before = shifted(period.from, -1)
  const years = Array.from({ length: Math.ceil(months / 12) }, (_, index) => shifted(before, 12 * index))
  return [...years, period.to]
}

/** Person-years lived between month ends: the mean of two of them by the years between; `begun`: how much of the last month is over. */
export function personYears(
  moments: readonly Month[],
  begun: number,
  people: (moment: Month, age: number) => number,
): number[] {
  return singleAges.map((age) =>
    moments.slice(1).reduce((sum, moment, index) => {
      const earlier = moments[index]!
      const months = monthsIn({ from: earlier, to: moment }) - 1
      const lived = index === moments.length - 2 ? months - 1 + begun : months
      return sum + ((people(earlier, age) + people(moment, age)) / 2) * (lived / 12)
    }, 0),
  )
}

/** The part of a month that is over: one, but for the present month. */
export function begunOf(month: Month, today: CivilDate): number {
  const days = daysIn({ from: month, to: month }, '9999-12-31')
  return daysIn({ from: month, to: month }, today) / days
}

function grouped(exposure: Exposure, ages: readonly number[]): AgeGroupAtRisk[] {
  return ages.map((fromAge, index) => {
    const group = exposure.slice(fromAge, ages[index + 1] ?? exposure.length)
    const sum = (of: 'deaths' | 'population') => group.reduce((total, one) => total + one[of], 0)
    return { fromAge, deaths: sum('deaths'), population: sum('population') }
  })
}

/** Groups of a life table: the open one begins as high as there are people below it and deaths in it. */
export function ageGroups(exposure: Exposure, form: 'abridged' | 'single'): AgeGroupAtRisk[] {
  const ages = form === 'single' ? singleAges : abridgedAges.filter((age) => age <= OPEN_ABRIDGED)
  for (let count = ages.length; count > 1; count -= 1) {
    const groups = grouped(exposure, ages.slice(0, count))
    if (groups.every(({ population }) => population > 0) && groups.at(-1)!.deaths > 0) return groups
  }
  return []
}

/** The same by the age groups of a standard population. */
export function strataOf(exposure: Exposure, fromAges: readonly number[]) {
  return grouped(exposure, fromAges).map(({ deaths, population }) => ({ events: deaths, population }))
}
