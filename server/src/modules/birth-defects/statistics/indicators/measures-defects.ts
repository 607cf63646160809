import { SurveillanceWindow } from '@youyu/shared/birth-defects/defect-card-values'
import type { DefectCategory } from '@youyu/shared/birth-defects/defect-categories'
import { nationalCategories } from '@youyu/shared/birth-defects/surveillance'
import { prevalence } from '../../../statistics/index.ts'
import { countOf, type Component, type Measure, type Release, type Tally } from '../../../population/index.ts'
import { alone, counted, ofCountyOnly, share } from './sharing.ts'

const ofFacilities = (measure: string, item: string) => counted(measure, item, 'facilities')

type Window = SurveillanceWindow

const perinatals = (window: Window) =>
  ofFacilities('perinatal', window === 'HOSPITAL_28W_7D' ? 'HOSPITAL' : 'RESIDENT')
const cases = (window: Window, category: string) => ofFacilities('case', `${window}:${category}`)

/** Cases of any gestation are not among the perinatals they are told per. */
const isOfBirths = (window: Window) => window !== 'EXTENDED'

function prevalenceOf(key: string | null, upper: Tally, window: Window, per: number): Component {
  const lower = perinatals(window)
  return {
    key,
    numerator: [upper],
    denominator: [lower],
    variant: window,
    judge: (seen) => {
      const [events, births] = [seen.sum([upper]), seen.sum([lower])]
      return {
        numerator: events,
        denominator: births,
        estimate: prevalence(events, births, per, isOfBirths(window)),
        basis: { kind: 'rate', events, denominator: births },
        comparable: { kind: 'proportion', events, denominator: births },
      }
    },
  }
}

/**
 * Cases are no part of the perinatals of where they are told: a children's hospital has cases and no births. Those of the
 * population to day 42 are a part of all that are found in the first year, and what is left of these could be worked out.
 */
function ofAll(window: Window): Release[] {
  const births = alone(perinatals(window), ofCountyOnly)
  if (window === 'HOSPITAL_28W_7D') return [births, alone(cases(window, 'ANY'), ofCountyOnly)]
  const [toDay42, firstYear] = [cases('POPULATION_28W_42D', 'ANY'), cases('EXTENDED', 'ANY')]
  const family = { total: firstYear, cells: [toDay42] }
  return [births, { family, cells: window === 'EXTENDED' ? [] : [0], ...ofCountyOnly }]
}

/** Defects are told of whole counties only: a township's year holds too few not to point at somebody. */
export const prevalenceOfAll: Measure = ({ isParted }) =>
  isParted
    ? []
    : [
        ...[
          [null, 10_000],
          ['per-mille', 1000],
        ].map(([key, per]) => ({
          ...prevalenceOf(
            key as string | null,
            cases('HOSPITAL_28W_7D', 'ANY'),
            'HOSPITAL_28W_7D',
            per as number,
          ),
          ...(key !== null && { unit: '‰' }),
          release: ofAll('HOSPITAL_28W_7D'),
        })),
        ...SurveillanceWindow.options.slice(1).map((window) => ({
          ...prevalenceOf(window, cases(window, 'ANY'), window, 10_000),
          release: ofAll(window),
        })),
      ]

const watched: Window = 'HOSPITAL_28W_7D'
const mentions: Tally = {
  relation: 'facilities',
  where: `f.measure = 'case' and f.item ~ '^${watched}:[0-9]{2}$'`,
  sum: 'f.tally',
}
/** The categories of all cases: one that is withheld takes another with it. */
const byCategory = {
  total: mentions,
  cells: nationalCategories.slice(0, -1).map((each) => cases(watched, each)),
}
const ofCategories = (categories: readonly DefectCategory[]): Release[] => [
  {
    family: byCategory,
    cells: categories.map((each) => nationalCategories.indexOf(each)),
    ...ofCountyOnly,
  },
]

export const prevalenceByCategory: Measure = ({ isParted }) =>
  isParted
    ? []
    : [
        {
          ...prevalenceOf(null, cases(watched, 'NTD'), watched, 10_000),
          release: ofCategories(['01', '02', '03']),
        },
        ...nationalCategories.map((category) => ({
          ...prevalenceOf(category, cases(watched, category), watched, 10_000),
          release: ofCategories([category]),
        })),
      ]

const submitted = ofFacilities('card', 'SUBMITTED')

export const cards: Measure = ({ isParted }) =>
  isParted
    ? []
    : [
        share(null, ofFacilities('card', 'TIMELY'), submitted, ofCountyOnly),
        share('complete', ofFacilities('card', 'COMPLETE'), submitted, ofCountyOnly),
      ]

const missedCases = ofFacilities('audit', 'MISSED')
const known: Tally = { relation: 'facilities', where: `f.measure = 'audit'`, sum: 'f.tally' }

export const missed: Measure = ({ isParted }) =>
  isParted ? [] : [share(null, missedCases, known, ofCountyOnly)]

const due = counted('follow-up', 'DUE')
const declined = counted('follow-up', 'DECLINED')

export const followUp: Measure = ({ isParted }) =>
  isParted
    ? []
    : [
        share(null, counted('follow-up', 'DONE'), due, ofCountyOnly),
        {
          ...countOf('declined', declined),
          unit: '人次',
          release: [{ family: { total: declined, cells: [] }, cells: [], ...ofCountyOnly }],
        },
      ]

const families = (item: string): Tally => ({
  relation: 'families',
  where: `f.item = '${item}'`,
  sum: 'f.families',
})

export const files: Measure = ({ isParted }) =>
  isParted
    ? []
    : [share(null, families('FILED'), families('KNOWN'), { ...ofCountyOnly, isOfYearsOnly: true })]
