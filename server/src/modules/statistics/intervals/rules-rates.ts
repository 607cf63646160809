import { gammaQuantile } from '../distributions/rules-gamma.ts'
import { scaled, unknown, Z95, type Estimate } from '../rules-estimate.ts'
import { differenceOf, type Difference } from './rules-proportions.ts'

/** Byar's 95 % interval of a Poisson count (Breslow & Day 1987, eq. 2.11), in events. */
export function count(events: number, z = Z95): Estimate {
  const bound = (n: number, sign: number) =>
    n === 0 ? 0 : n * (1 - 1 / (9 * n) + (sign * z) / (3 * Math.sqrt(n))) ** 3
  return {
    value: events,
    low: Math.max(0, bound(events, -1)),
    high: bound(events + 1, 1),
    method: 'Byar 95 %',
  }
}

/** Exact Poisson 95 % interval (Garwood 1936), in events; for n = 0 and small counts. */
export function exactCount(events: number): Estimate {
  return {
    value: events,
    low: events === 0 ? 0 : gammaQuantile(events, 0.025),
    high: gammaQuantile(events + 1, 0.975),
    method: 'exact Poisson 95 %',
  }
}

/** Events per `per` of the population at risk, Byar 95 %. */
export function rate(events: number, population: number, per = 1000): Estimate {
  if (population <= 0) return unknown('Byar 95 %')
  return scaled(count(events), per / population)
}

export type EventRate = { events: number; population: number }

/** Ratio a ÷ b of two rates with a log-normal 95 % interval, SE(ln) = √(1/a + 1/b). */
export function rateRatio(a: EventRate, b: EventRate): Estimate & Difference {
  const method = 'rate ratio, log-normal 95 %'
  if (a.events <= 0 || b.events <= 0 || a.population <= 0 || b.population <= 0)
    return { ...unknown(method), z: null, isSignificant: false }
  const value = a.events / a.population / (b.events / b.population)
  const error = Math.sqrt(1 / a.events + 1 / b.events)
  return {
    value,
    low: value * Math.exp(-Z95 * error),
    high: value * Math.exp(Z95 * error),
    ...differenceOf(Math.log(value), error, method),
  }
}
