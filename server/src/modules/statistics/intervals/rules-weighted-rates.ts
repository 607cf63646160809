import { gammaQuantile } from '../distributions/rules-gamma.ts'
import { sumOf, unknown, type Estimate } from '../rules-estimate.ts'

export type WeightedStratum = { events: number; population: number; weight: number }

/**
 * Σ weight × events ÷ population with the gamma 95 % interval of Fay & Feuer (1997), which holds for few events.
 * Unknown where a stratum that carries weight has no population.
 */
export function weightedRate(strata: readonly WeightedStratum[]): Estimate {
  const method = 'Fay–Feuer gamma 95 %'
  const used = strata.filter(({ weight }) => weight > 0)
  if (used.length === 0 || used.some(({ population }) => population <= 0)) return unknown(method)
  const terms = used.map(({ events, population, weight }) => ({ events, unit: weight / population }))
  const value = sumOf(terms.map(({ events, unit }) => events * unit))
  const variance = sumOf(terms.map(({ events, unit }) => events * unit ** 2))
  const largest = Math.max(...terms.map(({ unit }) => unit))
  const [meanAbove, varianceAbove] = [value + largest, variance + largest ** 2]
  return {
    value,
    low: value === 0 ? 0 : (variance / value) * gammaQuantile(value ** 2 / variance, 0.025),
    high: (varianceAbove / meanAbove) * gammaQuantile(meanAbove ** 2 / varianceAbove, 0.975),
    method,
  }
}
