export type EwmaPoint = {
  value: number
  /** From the months before this one; null until a year of them exists. */
  expected: { value: number; low: number; high: number; z: number } | null
  isUnusual: boolean
}

const SPAN = 24
const FEWEST_BEFORE = 12
const WEIGHT = 2 / (SPAN + 1)

/**
 * Rule A1 of domain §7.5: a month against the exponentially weighted mean of up to 24 months before it, unusual beyond
 * 3 SD. The SD is weighted alike and never below that of a Poisson count, so that quiet series do not alarm.
 */
export function ewmaChart(values: readonly number[]): EwmaPoint[] {
  return values.map((value, index) => {
    const before = values.slice(Math.max(0, index - SPAN), index)
    if (before.length < FEWEST_BEFORE) return { value, expected: null, isUnusual: false }
    const weights = before.map((_, age) => (1 - WEIGHT) ** (before.length - 1 - age))
    const mean = weighted(before, weights)
    const variance = weighted(
      before.map((earlier) => (earlier - mean) ** 2),
      weights,
    )
    const deviation = Math.sqrt(Math.max(variance, mean, 1))
    const z = (value - mean) / deviation
    const [low, high] = [Math.max(0, mean - 3 * deviation), mean + 3 * deviation]
    return { value, expected: { value: mean, low, high, z }, isUnusual: Math.abs(z) > 3 }
  })
}

function weighted(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0) / total
}
