import type { CheckCategory } from '@youyu/shared/contraception/check-codes'
import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import { dayNumber, dayOf, positionOf } from './rules-days.ts'
import type { Need } from './rules-county.ts'

export type CategoryCycle = {
  category: CheckCategory
  /** The shortest cycle among its programmes: a village gets its day in each. */
  cycleMonths: number
  season: readonly [string, string] | null
}

export type Demand = { divisionCode: DivisionCode; category: CheckCategory; expected: number }
export type LastHeld = ReadonlyMap<string, CivilDate>

export const keyOfNeed = ({ divisionCode, category }: Pick<Demand, 'divisionCode' | 'category'>) =>
  `${divisionCode} ${category}`

/** Each cycle a village comes a quarter of a year later than in the last one (循环式). */
const STEP = 0.25

/** Which villages are due for which category in a year, and at what time of it they would best come. */
export function needsOf(
  year: number,
  cycles: readonly CategoryCycle[],
  demands: readonly Demand[],
  lastHeld: LastHeld,
): Need[] {
  return cycles.flatMap((cycle, turn) => {
    const years = Math.max(1, Math.round(cycle.cycleMonths / 12))
    const own = demands
      .filter((demand) => demand.category === cycle.category && demand.expected > 0)
      .sort((a, b) => (a.divisionCode < b.divisionCode ? -1 : 1))
    return own.flatMap((demand, rank): Need[] => {
      const lastOn = lastHeld.get(keyOfNeed(demand)) ?? null
      const isDue = lastOn ? Number(lastOn.slice(0, 4)) + years <= year : rank % years === year % years
      if (!isDue) return []
      const notBefore = lastOn && dayOf(dayNumber(lastOn) + Math.round((cycle.cycleMonths * 30.4) / 2))
      const wantedAt = lastOn
        ? nextPosition(lastOn, notBefore!, year)
        : (rank / own.length + turn / cycles.length) % 1
      return [{ ...demand, season: cycle.season, lastOn, notBefore, wantedAt }]
    })
  })
}

/** A quarter later than last time, and further on while that would be too soon after it. */
function nextPosition(lastOn: CivilDate, notBefore: CivilDate, year: number): number {
  for (let steps = 1; steps <= 3; steps += 1) {
    const position = (positionOf(lastOn) + steps * STEP) % 1
    if (dayOf(dayNumber(`${year}-01-01`) + Math.floor(position * 365)) >= notBefore) return position
  }
  return positionOf(notBefore)
}
