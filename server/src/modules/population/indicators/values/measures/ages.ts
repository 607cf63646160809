import { singulateMeanAge } from '../../../../statistics/index.ts'
import { countOf, meanAgeOf, shareOf } from '../rules-judging.ts'
import type { Component, Histogram, Measure, Situation, Tally } from '../rules-measure.ts'
import { byOrder, live } from './births.ts'

const brides: Tally = { relation: 'brides', where: 'true' }

const lateBrides: Tally = { relation: 'brides', where: 'w.age >= 23' }

export const firstMarriages: Measure = () => [
  { ...countOf(null, brides), release: [{ family: { total: brides, cells: [] }, cells: [] }] },
]

export const lateMarriages: Measure = () => [
  {
    ...shareOf(null, lateBrides, brides),
    release: [{ family: { total: brides, cells: [lateBrides] }, cells: [0, 1] }],
  },
]

const firstBirths = live('f.order_of_mother = 1 and f.mother_age is not null')

export const lateBirths: Measure = () => [
  {
    ...shareOf(null, live('f.order_of_mother = 1 and f.mother_age >= 24'), firstBirths),
    release: [{ family: byOrder, cells: [0, 1, 2] }],
  },
]

/** Who lives here (or is registered here) now. */
function livingHere({ population }: Situation, where: string, within?: string): Tally {
  const isHere =
    population === 'residence' ? `f.residence_status in ('1', '3', '4')` : `f.residence_status <> '9'`
  return { relation: 'persons', where: `${isHere} and ${where}`, ...(within && { within }) }
}

const groups = [15, 20, 25, 30, 35, 40, 45, 50]
const ageNow = `extract(year from age(p.today, f.birth_date))::int`
/** Bounds of the birth date, so that an index leaves out who is too young or too old. */
const womenOf = (from: number, to: number) =>
  `f.sex = '2' and f.birth_date > p.today - interval '${to + 1} years' and f.birth_date <= p.today - interval '${from} years'`

/** SMAM as Hajnal: from who is single now, by age. */
function singulate(situation: Situation): Component {
  const known = livingHere(
    situation,
    `f.marital_status is not null and f.marital_status <> '90'`,
    womenOf(15, 54),
  )
  const single = { ...known, where: `${known.where} and f.marital_status = '10'` }
  const all: Histogram = { ...known, by: ageNow }
  const never: Histogram = { ...single, by: ageNow }
  return {
    key: 'smam',
    numerator: [single],
    denominator: [known],
    unit: '岁',
    release: 'value',
    also: { histograms: [all, never] },
    judge: (counted) => {
      const within = (histogram: Histogram, from: number) =>
        counted
          .histogram(histogram)
          .reduce((sum, { key, n }) => (key >= from && key < from + 5 ? sum + n : sum), 0)
      const estimate = singulateMeanAge(
        groups.map((from) => ({ single: within(never, from), persons: within(all, from) })),
      )
      const [events, denominator] = [counted.sum([single]), counted.sum([known])]
      return {
        numerator: events,
        denominator,
        estimate,
        basis: { kind: 'rate', events, denominator },
        comparable: { kind: 'estimate', estimate },
      }
    },
  }
}

export const ageAtFirstMarriage: Measure = (situation) => [
  { ...meanAgeOf(null, { ...brides, by: 'w.age' }), release: 'value' },
  singulate(situation),
]

export const ageAtFirstBirth: Measure = () => [
  { ...meanAgeOf(null, { ...firstBirths, by: 'f.mother_age' }), release: 'value' },
]

/** Everybody here now, from the counts kept of villages. */
export function everybodyNow(situation: Situation): Tally {
  const sum = situation.population === 'residence' ? 'f.residents' : 'f.registered'
  return { relation: 'counts', where: 'true', sum, listed: livingHere(situation, 'true') }
}

export const marriedWomen: Measure = (situation) => {
  const married = livingHere(situation, `f.marital_status in ('20', '21', '22', '23')`, womenOf(15, 49))
  const release = [{ family: { total: everybodyNow(situation), cells: [married] }, cells: [0, 1] }]
  return [
    { ...shareOf(null, married, everybodyNow(situation)), release },
    { ...countOf('count', married), release },
  ]
}
