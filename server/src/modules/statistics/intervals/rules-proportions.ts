import { unknown, Z95, type Estimate } from '../rules-estimate.ts'

/** Wilson score 95 % interval of a proportion (Wilson 1927), as a share 0–1. */
export function proportion(events: number, denominator: number, z = Z95): Estimate {
  const method = 'Wilson 95 %'
  if (denominator <= 0) return unknown(method)
  const share = events / denominator
  const weight = 1 + z ** 2 / denominator
  const centre = (share + z ** 2 / (2 * denominator)) / weight
  const half =
    (z / weight) * Math.sqrt(Math.max(0, share * (1 - share)) / denominator + z ** 2 / (4 * denominator ** 2))
  return {
    value: share,
    low: events === 0 ? 0 : Math.max(0, centre - half),
    high: events === denominator ? 1 : Math.min(1, centre + half),
    method,
  }
}

export type Share = { events: number; denominator: number }

/** A difference in standard errors; `isSignificant` at 5 % two-sided. */
export type Difference = { z: number | null; isSignificant: boolean; method: string }

export function differenceOf(gap: number, standardError: number, method: string): Difference {
  const z = gap / standardError
  if (!Number.isFinite(z)) return { z: null, isSignificant: false, method }
  return { z, isSignificant: Math.abs(z) >= Z95, method }
}

/** Pooled two-proportion z: positive where `a` is the higher. */
export function differenceOfProportions(a: Share, b: Share): Difference {
  const pooled = (a.events + b.events) / (a.denominator + b.denominator)
  const variance = pooled * (1 - pooled) * (1 / a.denominator + 1 / b.denominator)
  const gap = a.events / a.denominator - b.events / b.denominator
  return differenceOf(gap, Math.sqrt(variance), 'two-proportion z (pooled)')
}
