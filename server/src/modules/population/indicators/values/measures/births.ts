import { crudeRates, monthlySwings } from '../../../../statistics/index.ts'
import { countOf, exactly, rateOf, sexRatioOf, shareOf } from '../rules-judging.ts'
import type { Family, Measure, Release, Tally, Window } from '../rules-measure.ts'

/** Live births where more holds of them. */
export function live(where = '', relation: 'births' | 'deliveries' = 'births'): Tally {
  return { relation, where: where ? `f.outcome = 'LIVE' and ${where}` : `f.outcome = 'LIVE'` }
}

export const liveBirths = live()
const deaths: Tally = { relation: 'deaths', where: 'true' }
const male = live(`f.sex = '1'`)
const female = live(`f.sex = '2'`)

const bySex: Family = { total: liveBirths, cells: [male, female] }
const ofBirths: Release = { family: { total: liveBirths, cells: [] }, cells: [] }
const ofDeaths: Release = { family: { total: deaths, cells: [] }, cells: [] }

export const births: Measure = () => [
  { ...countOf(null, liveBirths), release: [ofBirths] },
  { ...countOf('male', male), release: [{ family: bySex, cells: [0] }] },
  { ...countOf('female', female), release: [{ family: bySex, cells: [1] }] },
]

export const birthRate: Measure = () => [{ ...rateOf(null, liveBirths, {}), release: [ofBirths] }]

export const deathRate: Measure = () => [{ ...rateOf(null, deaths, {}), release: [ofDeaths] }]

export const naturalGrowth: Measure = () => [
  {
    key: null,
    numerator: [liveBirths],
    denominator: {},
    also: { tallies: [deaths] },
    release: [ofBirths, ofDeaths],
    judge: (counted) => {
      const [born, died] = [counted.sum([liveBirths]), counted.sum([deaths])]
      const population = counted.people({}) ?? 0
      const estimate =
        population > 0
          ? crudeRates(born, died, population).naturalGrowth
          : exactly(null, 'difference of Poisson counts, normal 95 %')
      return {
        numerator: born - died,
        denominator: counted.people({}),
        estimate,
        basis: { kind: 'rate', events: Math.min(born, died), denominator: population },
        comparable: { kind: 'estimate', estimate },
      }
    },
  },
]

const orders = [
  ['order-1', 'f.order_of_mother = 1'],
  ['order-2', 'f.order_of_mother = 2'],
  ['order-3', 'f.order_of_mother >= 3'],
] as const

export const sexRatioAtBirth: Measure = () => [
  { ...sexRatioOf(null, male, female), release: [{ family: bySex, cells: [0, 1] }] },
  ...orders.map(([key, order]) =>
    sexRatioOf(key, live(`f.sex = '1' and ${order}`), live(`f.sex = '2' and ${order}`)),
  ),
]

const inInstitutions = (where = '') => live(where, 'deliveries')
const ofInstitutions: Release = {
  family: { total: inInstitutions(), cells: [inInstitutions(`f.sex = '1'`), inInstitutions(`f.sex = '2'`)] },
  cells: [0, 1],
  isOfCountyOnly: true,
}

export const sexRatioInInstitutions: Measure = () => [
  {
    ...sexRatioOf(null, inInstitutions(`f.sex = '1'`), inInstitutions(`f.sex = '2'`)),
    release: [ofInstitutions],
  },
]

const during = (tally: Tally, window: Window): Tally => ({ ...tally, window })

export const monthlySwing: Measure = () => [
  {
    key: null,
    numerator: [during(liveBirths, 'last-month')],
    denominator: [during(liveBirths, 'month-before')],
    release: [{ family: bySex, cells: [0, 1], isOfCountyOnly: true }],
    also: {
      tallies: [male, female].flatMap((tally) => [
        during(tally, 'last-month'),
        during(tally, 'month-before'),
      ]),
    },
    judge: (counted) => {
      const sexes = (window: Window) => ({
        male: counted.sum([during(male, window)]),
        female: counted.sum([during(female, window)]),
      })
      const swing = monthlySwings([sexes('month-before'), sexes('last-month')])[1] ?? null
      const [now, before] = [
        counted.sum([during(liveBirths, 'last-month')]),
        counted.sum([during(liveBirths, 'month-before')]),
      ]
      const estimate = exactly(swing, 'sex ratio z on logs')
      return {
        numerator: now,
        denominator: before,
        estimate,
        basis: { kind: 'sex-ratio', births: Math.min(now, before) },
        comparable: { kind: 'estimate', estimate },
      }
    },
  },
]

const known = live('f.order_of_mother is not null')
const parities = [
  ['order-1', 'f.order_of_mother = 1', [0, 1, 2]],
  ['order-2', 'f.order_of_mother = 2', [3]],
  ['order-3', 'f.order_of_mother = 3', [4]],
  ['order-4', 'f.order_of_mother >= 4', [5]],
] as const

const UNKNOWN_ORDER = 6

/** Births by order, the first by the mother's age as well; the last cell is the order not known. */
export const byOrder: Family = {
  total: liveBirths,
  cells: [
    live('f.order_of_mother = 1 and f.mother_age >= 24'),
    live('f.order_of_mother = 1 and f.mother_age < 24'),
    live('f.order_of_mother = 1 and f.mother_age is null'),
    ...parities.slice(1).map(([, where]) => live(where)),
  ],
}

/** Wilson shares, as `parityDistribution` gives them; one at a time, so that each has its records. */
export const birthsByOrder: Measure = () => [
  ...parities.map(([key, where, cells]) => ({
    ...shareOf(key, live(where), known),
    release: [{ family: byOrder, cells: [...cells, UNKNOWN_ORDER] }],
  })),
  {
    ...shareOf('unknown', live('f.order_of_mother is null'), liveBirths),
    release: [{ family: byOrder, cells: [UNKNOWN_ORDER] }],
  },
]
