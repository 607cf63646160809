import { unknown, Z95, type Estimate } from '../rules-estimate.ts'

export type TwoSources = { first: number; second: number; both: number }

export type Coverage = { total: Estimate & { variance: number | null }; completenessOfFirst: Estimate }

/**
 * Chapman's estimate from two independent sources with its normal 95 % interval (Chapman 1951; Seber 1970). The lower
 * bound may lie below the number actually seen.
 */
export function chapman({ first, second, both }: TwoSources): Coverage {
  const method = 'Chapman, normal 95 %'
  if (both > Math.min(first, second))
    return { total: { ...unknown(method), variance: null }, completenessOfFirst: unknown(method) }
  const value = ((first + 1) * (second + 1)) / (both + 1) - 1
  const variance =
    ((first + 1) * (second + 1) * (first - both) * (second - both)) / ((both + 1) ** 2 * (both + 2))
  const half = Z95 * Math.sqrt(variance)
  const total = { value, low: Math.max(0, value - half), high: value + half, method, variance }
  const share = (of: number) => (of > 0 ? first / of : null)
  return {
    total,
    completenessOfFirst: { value: share(value), low: share(total.high), high: share(total.low), method },
  }
}

/** POP-26 未登记出生: N̂ − R with the bounds of N̂. */
export function unregistered(sources: TwoSources, registered: number): Estimate {
  const { value, low, high, method } = chapman(sources).total
  const beyond = (number: number | null) => (number === null ? null : Math.max(0, number - registered))
  return { value: beyond(value), low: beyond(low), high: beyond(high), method }
}
