import { gammaCdf, logGamma } from './rules-gamma.ts'

const TINY = 1e-300

/** Regularised incomplete beta I_x(a, b), continued fraction (Lentz). */
function betaCdf(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(b, a, 1 - x)
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a),
  )
  const kept = (value: number) => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 100_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / kept(1 + even * d)
    c = kept(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / kept(1 + odd * d)
    c = kept(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return front * fraction
}

/** P(events ≤ count) of a Poisson variable. */
export function poissonCdf(count: number, mean: number): number {
  if (count < 0) return 0
  return 1 - gammaCdf(Math.floor(count) + 1, mean)
}

/** P(events ≤ count) of a binomial variable. */
export function binomialCdf(count: number, trials: number, probability: number): number {
  const events = Math.floor(count)
  if (events < 0) return 0
  if (events >= trials) return 1
  return betaCdf(trials - events, events + 1, 1 - probability)
}

/**
 * The quantile of a discrete variable, interpolated between its steps so that limits run smoothly over denominators
 * (Spiegelhalter 2005, appendix A.1.1).
 */
export function smoothQuantile(cdf: (count: number) => number, probability: number, start: number): number {
  let low = -1
  let high = Math.max(1, Math.ceil(start))
  while (cdf(high) < probability) {
    low = high
    high *= 2
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (cdf(middle) < probability) low = middle
    else high = middle
  }
  const reached = cdf(high)
  const before = cdf(high - 1)
  return Math.max(0, high - (reached - probability) / (reached - before))
}
