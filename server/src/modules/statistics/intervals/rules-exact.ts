import { binomialCdf } from '../distributions/rules-counts.ts'
import { scaled, unknown, type Estimate } from '../rules-estimate.ts'
import { exactCount, rate } from './rules-rates.ts'

const TAIL = 0.025

/** Clopper–Pearson exact 95 % interval of a proportion (Clopper & Pearson 1934), as a share 0–1. */
export function exactProportion(events: number, denominator: number): Estimate {
  const method = 'Clopper–Pearson exact 95 %'
  if (denominator <= 0) return unknown(method)
  const solved = (isBelow: (share: number) => boolean) => {
    let [low, high] = [0, 1]
    for (let step = 0; step < 200 && high - low > high * 1e-14; step += 1) {
      const middle = (low + high) / 2
      if (isBelow(middle)) low = middle
      else high = middle
    }
    return (low + high) / 2
  }
  return {
    value: events / denominator,
    low: events === 0 ? 0 : solved((share) => 1 - binomialCdf(events - 1, denominator, share) < TAIL),
    high: events >= denominator ? 1 : solved((share) => binomialCdf(events, denominator, share) > TAIL),
    method,
  }
}

/** Events per `per` of the population at risk, exact Poisson 95 % (Garwood 1936). */
export function exactRate(events: number, population: number, per = 1000): Estimate {
  if (population <= 0) return unknown('exact Poisson 95 %')
  return scaled(exactCount(events), per / population)
}

const FEW = 100

/**
 * Cases over births. Cases that are births themselves are a proportion of them; those counted at any gestation are not,
 * and their rate is Poisson: exact below a hundred, Byar from there on, where both agree to three digits.
 */
export function prevalence(cases: number, births: number, per: number, isOfBirths: boolean): Estimate {
  if (isOfBirths && cases <= births) return scaled(exactProportion(cases, births), per)
  return cases < FEW ? exactRate(cases, births, per) : rate(cases, births, per)
}
