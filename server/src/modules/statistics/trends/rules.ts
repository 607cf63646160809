import { twoSided } from '../distributions/rules-normal.ts'
import { sumOf, Z95 } from '../rules-estimate.ts'

/** Cases of a year (or another step in time) over those at risk. */
export type Step = { at: number; events: number; denominator: number }

export type Trend = { z: number | null; p: number | null; isSignificant: boolean; method: string }

/** Cochran–Armitage test for a linear trend in proportions (Armitage 1955); z is positive where they rise. */
export function trendOfProportions(steps: readonly Step[]): Trend {
  const method = 'Cochran–Armitage'
  const total = sumOf(steps.map(({ denominator }) => denominator))
  const events = sumOf(steps.map((step) => step.events))
  if (total <= 0) return { z: null, p: null, isSignificant: false, method }
  const share = events / total
  const mean = sumOf(steps.map(({ at, denominator }) => at * denominator)) / total
  const gap = sumOf(steps.map((step) => (step.at - mean) * (step.events - step.denominator * share)))
  const spread = sumOf(steps.map(({ at, denominator }) => denominator * (at - mean) ** 2))
  const z = gap / Math.sqrt(share * (1 - share) * spread)
  if (!Number.isFinite(z)) return { z: null, p: null, isSignificant: false, method }
  return { z, p: twoSided(z), isSignificant: Math.abs(z) >= Z95, method }
}

export type RateTrend = {
  /** The rate of a step over that of the step before. */
  ratio: number
  low: number
  high: number
  intercept: number
  slope: number
  error: number
  z: number
  p: number
  method: string
}

const MOST_ROUNDS = 100
const NEAR = 1e-12

/**
 * Poisson regression of counts on time with a log link and the exposure as offset, by iteratively reweighted least
 * squares (Nelder & Wedderburn 1972). Null where there is nothing to fit a line through.
 */
export function rateTrend(steps: readonly Step[]): RateTrend | null {
  const known = steps.filter(({ denominator }) => denominator > 0)
  const events = sumOf(known.map((step) => step.events))
  if (events === 0 || new Set(known.map(({ at }) => at)).size < 2) return null
  let intercept = Math.log(events / sumOf(known.map(({ denominator }) => denominator)))
  let slope = 0
  let error = 0
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let [w, wx, wxx, wr, wxr] = [0, 0, 0, 0, 0]
    for (const { at, events: seen, denominator } of known) {
      const mean = denominator * Math.exp(intercept + slope * at)
      w += mean
      wx += mean * at
      wxx += mean * at ** 2
      wr += seen - mean
      wxr += at * (seen - mean)
    }
    const determinant = w * wxx - wx ** 2
    const [up, tilt] = [(wxx * wr - wx * wxr) / determinant, (w * wxr - wx * wr) / determinant]
    // All cases in the first or the last step: no finite line fits best.
    if (!Number.isFinite(tilt) || Math.abs(slope + tilt) > 50) return null
    intercept += up
    slope += tilt
    error = Math.sqrt(w / determinant)
    if (Math.abs(up) + Math.abs(tilt) < NEAR) break
  }
  const z = slope / error
  return {
    ratio: Math.exp(slope),
    low: Math.exp(slope - Z95 * error),
    high: Math.exp(slope + Z95 * error),
    ...{ intercept, slope, error, z, p: twoSided(z) },
    method: 'Poisson regression, log link, Wald 95 %',
  }
}
