import { unknown, Z95, type Estimate } from '../rules-estimate.ts'
import { differenceOf, type Difference } from './rules-proportions.ts'

export type Sexes = { male: number; female: number }

/** SE of ln(male ÷ female) = √(1/M + 1/F); null where one sex is missing. */
export function logErrorOf({ male, female }: Sexes): number | null {
  return male > 0 && female > 0 ? Math.sqrt(1 / male + 1 / female) : null
}

/** POP-05 出生人口性别比: males per 100 females with the log 95 % interval. */
export function sexRatio(sexes: Sexes): Estimate {
  const method = 'log-normal 95 %'
  const error = logErrorOf(sexes)
  if (error === null) return unknown(method)
  const value = (100 * sexes.male) / sexes.female
  return { value, low: value * Math.exp(-Z95 * error), high: value * Math.exp(Z95 * error), method }
}

/** Difference of two sex ratios on logs: positive where `a` is the higher. */
export function differenceOfSexRatios(a: Sexes, b: Sexes): Difference {
  const method = 'sex ratio z on logs'
  const [errorA, errorB] = [logErrorOf(a), logErrorOf(b)]
  if (errorA === null || errorB === null) return { z: null, isSignificant: false, method }
  return differenceOf(Math.log(a.male / a.female / (b.male / b.female)), Math.hypot(errorA, errorB), method)
}

/** Births by sex as implied by a printed ratio (per 100 females) of n births; fractions are kept. */
export function sexesOf(ratio: number, births: number): Sexes {
  const male = (births * ratio) / (100 + ratio)
  return { male, female: births - male }
}

/** Above this a swing is a question to the reporting (POP-07, rule A2), never blame. */
export const SWING_LIMIT = 2

/** POP-07 月度波动: |ln SRB_t − ln SRB_{t−1}| in standard errors; null for the first month and one-sex months. */
export function monthlySwings(months: readonly Sexes[]): (number | null)[] {
  return months.map((month, index) => {
    const before = months[index - 1]
    const z = before ? differenceOfSexRatios(month, before).z : null
    return z === null ? null : Math.abs(z)
  })
}
