import { meanAgeAtChildbearing, totalFertility } from '../../../../statistics/index.ts'
import { motherGroups, motherYears } from '../../catalogue/rules-definition.ts'
import { overGroups, rateOf } from '../rules-judging.ts'
import type { Component, Family, Histogram, Measure, People, Situation, Window } from '../rules-measure.ts'
import { live, liveBirths } from './births.ts'

const women = (from: number, to: number, window?: Window): People => ({
  sex: '2',
  from,
  to,
  ...(window && { window }),
})

const byAge: Family = {
  total: liveBirths,
  cells: motherGroups.map(({ from, to }) => live(`f.mother_age between ${from} and ${to}`)),
}

export const generalFertility: Measure = () => [
  {
    ...rateOf(null, liveBirths, women(15, 49)),
    release: [{ family: { total: liveBirths, cells: [] }, cells: [] }],
  },
]

export const adolescentFertility: Measure = () => [
  {
    ...rateOf(null, live('f.mother_age between 15 and 19'), women(15, 19)),
    release: [{ family: byAge, cells: [0] }],
  },
]

/** Single years carry meaning for a whole county only. */
const agesFor = ({ level, isParted }: Situation) => (level === 3 && !isParted ? motherYears : motherGroups)

export const fertilityByAge: Measure = (situation) => [
  ...motherGroups.map(({ key, from, to }, cell) => ({
    ...rateOf(key, live(`f.mother_age between ${from} and ${to}`), women(from, to)),
    release: [{ family: byAge, cells: [cell] }],
  })),
  ...(agesFor(situation) === motherYears ? motherYears : []).map(({ key, from }) =>
    rateOf(key, live(`f.mother_age = ${from}`), women(from, from)),
  ),
]

const ofReproductiveAge = live('f.mother_age between 15 and 49')

/** A value that is a sum over ages: with the births and the women of all of them beside it. */
function overAges(
  situation: Situation,
  window: Window | undefined,
  estimated: typeof totalFertility,
): Component {
  const groups = agesFor(situation)
  const tally = { ...ofReproductiveAge, ...(window && { window }) }
  const births: Histogram = { ...tally, by: 'f.mother_age' }
  return {
    key: null,
    numerator: [tally],
    denominator: women(15, 49, window),
    also: { histograms: [births], people: groups.map(({ from, to }) => women(from, to, window)) },
    ...(window && { window }),
    release: 'value',
    judge: (counted) => {
      const ofGroups = overGroups(counted, groups, births, (from, to) => women(from, to, window))
      const estimate = estimated(ofGroups)
      const events = counted.sum([tally])
      const population = counted.people(women(15, 49, window))
      return {
        numerator: events,
        denominator: population,
        estimate: population ? estimate : { ...estimate, value: null, low: null, high: null },
        basis: { kind: 'rate', events, denominator: population ?? 0 },
        comparable: { kind: 'estimate', estimate },
      }
    },
  }
}

/** Below the county three years are pooled (domain §4.2). */
export const totalFertilityRate: Measure = (situation) => [
  overAges(situation, situation.level > 3 || situation.isParted ? 'three-years' : undefined, totalFertility),
]

export const ageAtChildbearing: Measure = (situation) => [
  overAges(situation, undefined, meanAgeAtChildbearing),
]
