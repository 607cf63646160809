import { rate } from '../intervals/rules-rates.ts'
import { proportion } from '../intervals/rules-proportions.ts'
import { weightedRate } from '../intervals/rules-weighted-rates.ts'
import { scaled, sumOf, unknown, Z95, type Estimate } from '../rules-estimate.ts'

/** Births to women of an age group and the mean number of those women; `width` 1 or 5 years. */
export type AgeGroupOfMothers = { fromAge: number; width: number; births: number; women: number }

/** POP-08 一般生育率: births ÷ mean women 15–49, ‰, Byar. */
export function generalFertilityRate(births: number, womenOf15To49: number): Estimate {
  return rate(births, womenOf15To49)
}

/** POP-09 年龄别生育率, ‰, Byar; POP-12 is its group 15–19. */
export function ageSpecificFertility(
  groups: readonly AgeGroupOfMothers[],
): (AgeGroupOfMothers & { rate: Estimate })[] {
  return groups.map((group) => ({ ...group, rate: rate(group.births, group.women) }))
}

/** POP-10 总和生育率: Σ width × ASFR, children per woman, Fay–Feuer gamma interval. */
export function totalFertility(groups: readonly AgeGroupOfMothers[]): Estimate {
  return weightedRate(
    groups
      .filter(({ births, women }) => births > 0 || women > 0)
      .map(({ births, women, width }) => ({ events: births, population: women, weight: width })),
  )
}

/** POP-18 MAC: Σ (x + width/2) × ASFR ÷ Σ ASFR, years; interval by the delta method over Poisson births. */
export function meanAgeAtChildbearing(groups: readonly AgeGroupOfMothers[]): Estimate {
  const method = 'delta method, normal 95 %'
  const rates = groups
    .filter(({ women }) => women > 0)
    .map(({ fromAge, width, births, women }) => ({
      middle: fromAge + width / 2,
      weight: (width * births) / women,
      variance: (width ** 2 * births) / women ** 2,
    }))
  const total = sumOf(rates.map(({ weight }) => weight))
  if (total === 0) return unknown(method)
  const value = sumOf(rates.map(({ middle, weight }) => middle * weight)) / total
  const spread = sumOf(rates.map(({ middle, variance }) => (middle - value) ** 2 * variance))
  const half = (Z95 * Math.sqrt(spread)) / total
  return { value, low: value - half, high: value + half, method }
}

type ParityShare = { order: number; births: number; percent: Estimate }
export type ParityDistribution = { shares: ParityShare[]; known: number; unknown: number }

/** POP-11 孩次构成: births of order k ÷ births of known order, %, Wilson; the unknown stay visible. */
export function parityDistribution(
  orders: readonly { order: number | null; births: number }[],
): ParityDistribution {
  const known = orders.filter((group): group is { order: number; births: number } => group.order !== null)
  const births = sumOf(known.map((group) => group.births))
  return {
    shares: known.map((group) => ({ ...group, percent: scaled(proportion(group.births, births), 100) })),
    known: births,
    unknown: sumOf(orders.map((group) => group.births)) - births,
  }
}
