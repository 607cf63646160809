import { sumOf, unknown, Z95, type Estimate } from '../rules-estimate.ts'

/**
 * POP-16 平均初婚年龄, POP-17 初育年龄: the mean of ages in completed years plus half a year (the mean exact age), normal
 * 95 % interval. Pass `shift: 0` for ages that are exact already.
 */
export function meanAge(ages: readonly { age: number; persons: number }[], shift = 0.5): Estimate {
  const method = 'mean, normal 95 %'
  const n = sumOf(ages.map(({ persons }) => persons))
  if (n === 0) return unknown(method)
  const value = sumOf(ages.map(({ age, persons }) => age * persons)) / n + shift
  if (n === 1) return { value, low: null, high: null, method }
  const squares = sumOf(ages.map(({ age, persons }) => persons * (age + shift - value) ** 2))
  const half = Z95 * Math.sqrt(squares / (n - 1) / n)
  return { value, low: value - half, high: value + half, method }
}

/** Never-married persons among all of a five-year age group. */
export type MaritalGroup = { single: number; persons: number }

/**
 * POP-16 SMAM, years (Hajnal 1953): single among the groups 15–19 … 45–49 and 50–54, eight groups in this order.
 * A = 15 + 5·ΣS; B = (S45–49 + S50–54)/2; SMAM = (A − 50·B)/(1 − B).
 */
export function singulateMeanAge(groups: readonly MaritalGroup[]): Estimate {
  const method = 'Hajnal, no interval'
  if (groups.length !== 8 || groups.some(({ persons }) => persons <= 0)) return unknown(method)
  const shares = groups.map(({ single, persons }) => single / persons)
  const lived = 15 + 5 * sumOf(shares.slice(0, 7))
  const never = sumOf(shares.slice(6)) / 2
  if (never >= 1) return unknown(method)
  return { value: (lived - 50 * never) / (1 - never), low: null, high: null, method }
}
