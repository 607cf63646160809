import { count } from '../intervals/rules-rates.ts'
import { weightedRate } from '../intervals/rules-weighted-rates.ts'
import { scaled, sumOf, unknown, type Estimate } from '../rules-estimate.ts'
import type { StandardPopulation } from './rules-standard-populations.ts'

/** Events and population by the standard's age groups, in its order. */
export type Stratum = { events: number; population: number }

export type Standardised = { crude: Estimate; standardised: Estimate; standard: string }

/** Direct standardisation per `per`, interval by Fay & Feuer's gamma method. */
export function directlyStandardised(
  strata: readonly Stratum[],
  standard: StandardPopulation,
  per = 1000,
): Standardised {
  if (strata.length !== standard.weights.length)
    throw new RangeError(`${standard.name} has ${standard.weights.length} age groups, not ${strata.length}`)
  const all = sumOf(standard.weights)
  const events = sumOf(strata.map((stratum) => stratum.events))
  const population = sumOf(strata.map((stratum) => stratum.population))
  const weighted = strata.map((stratum, index) => ({
    ...stratum,
    weight: (standard.weights[index] ?? 0) / all,
  }))
  return {
    crude: population > 0 ? scaled(count(events), per / population) : unknown('Byar 95 %'),
    standardised: scaled(weightedRate(weighted), per),
    standard: standard.name,
  }
}

export type IndirectlyStandardised = { ratio: Estimate; observed: number; expected: number }

/** Indirect standardisation: SMR = observed ÷ Σ population × reference rate (per person), Byar. */
export function indirectlyStandardised(
  observed: number,
  strata: readonly { population: number; referenceRate: number }[],
): IndirectlyStandardised {
  const expected = sumOf(strata.map(({ population, referenceRate }) => population * referenceRate))
  const ratio = expected > 0 ? scaled(count(observed), 1 / expected) : unknown('Byar 95 %')
  return { ratio, observed, expected }
}
