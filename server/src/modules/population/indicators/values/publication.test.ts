import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import type { Place } from '../../../../../test/county.ts'
import { furnishEvents } from '../../../../../test/furnished-county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import {
  askPublished,
  findSmallNumbers,
  MonthsFrom,
  type CountsFamily,
} from '../../../../../test/published-counts.ts'

let office: TestOffice
let place: Place
let county: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishEvents(office)
  county = await office.officer('county_population', place.county)
}, 60_000)
afterAll(() => office.close())

const months = new MonthsFrom(2023, 44)
const ask = (code: string, query: Record<string, string>, officer = county) =>
  askPublished(officer, `/api/v1/indicators/${code}`, place.county, query)

/** Everything that somebody with patience would ask for. */
function questions(): Record<string, string>[] {
  const { all, years } = months.whole()
  return [
    ...[0, 9, 21].flatMap((start) => months.rangesFrom(start, 13)),
    ...years,
    { ...all, by: 'month' },
    { ...all, by: 'year' },
    ...[place.township, place.otherTownship].flatMap((division) => [
      { ...all, by: 'month', division },
      { ...all, by: 'year', division },
      { ...all, by: 'year', periodBasis: 'STAT_YEAR', division },
      { from: '2025-01-01', to: '2025-03-01', division },
    ]),
  ]
}

const ofOthers = { numerator: null, denominator: null }
/** Has no cells here and must not be published at all. */
function neverTold({ value }: IndicatorValue): typeof ofOthers {
  expect(value).toBeNull()
  return ofOthers
}
const birthsBy = (cells: readonly string[]) =>
  `select date_trunc('month', occurred_on) as month, division_code,
     case ${cells.map((cell, index) => `when ${cell} then ${index}`).join(' ')} end as cell, 1 as n
   from births b where voided_at is null and outcome = 'LIVE'`

const all = (cells: readonly string[]) => cells.map((_, index) => index)
const orders = [
  'b.order_of_mother = 1 and b.mother_age >= 24',
  'b.order_of_mother = 1 and b.mother_age < 24',
  'b.order_of_mother = 1 and b.mother_age is null',
  'b.order_of_mother = 2',
  'b.order_of_mother = 3',
  'b.order_of_mother >= 4',
  'b.order_of_mother is null',
]
const groups = ['15-19', '20-24', '25-29', '30-34', '35-39', '40-44', '45-49']
const ages = [
  ...groups.map((group) => `b.mother_age between ${group.replace('-', ' and ')}`),
  'b.mother_age is null or b.mother_age not between 15 and 49',
]
const sexes = [`b.sex = '1'`, `b.sex = '2'`]

const families: [string, CountsFamily][] = [
  [
    'sex',
    {
      codes: ['POP-01', 'POP-05', 'POP-02'],
      width: sexes.length,
      fewest: 50,
      facts: birthsBy(sexes),
      reading: (value) => {
        const { code, component } = value
        if (component?.startsWith('order-')) return code === 'POP-05' ? neverTold(value) : ofOthers
        return {
          numerator: component === 'male' || code === 'POP-05' ? [0] : component === 'female' ? [1] : [0, 1],
          denominator: code === 'POP-05' ? [1] : null,
        }
      },
    },
  ],
  [
    'order',
    {
      codes: ['POP-11', 'POP-15', 'POP-01'],
      width: orders.length,
      fewest: 50,
      facts: birthsBy(orders),
      reading: ({ code, component }) => {
        if (code === 'POP-01')
          return component === null ? { numerator: all(orders), denominator: null } : ofOthers
        if (code === 'POP-15') return { numerator: [0], denominator: [0, 1] }
        if (component === 'unknown') return { numerator: [6], denominator: all(orders) }
        const numerator = component === 'order-1' ? [0, 1, 2] : [Number(component!.slice(-1)) + 1]
        return { numerator, denominator: all(orders).slice(0, 6) }
      },
    },
  ],
  [
    'age of the mother',
    {
      codes: ['POP-09', 'POP-12', 'POP-08'],
      width: ages.length,
      fewest: 50,
      facts: birthsBy(ages),
      reading: (value) => {
        const { code, component } = value
        if (code === 'POP-12') return { numerator: [0], denominator: null }
        if (code === 'POP-08') return { numerator: all(ages), denominator: null }
        const group = groups.indexOf(component!)
        return group < 0 ? neverTold(value) : { numerator: [group], denominator: null }
      },
    },
  ],
]

describe('published values', () => {
  test.each(families)(
    'by %s tell no small number, however they are subtracted',
    async (_, family) => {
      let withheld = 0
      const asking = async (code: string, question: Record<string, string>) => {
        const values = await ask(code, question)
        expect(values.filter(({ value, numerator }) => value !== null && numerator === null)).toEqual([])
        withheld += values.filter(({ suppressed }) => suppressed === 'small').length
        return values
      }
      const trial = { office, place, months, questions: questions(), lengths: [1, 2, 3, 9, 12], ask: asking }

      expect(await findSmallNumbers(trial, family)).toBeGreaterThan(50)
      expect(withheld).toBeGreaterThan(0)
    },
    60_000,
  )

  test('never hold the sex ratio of a month below the county', async () => {
    const values = await ask('POP-05', {
      from: '2025-01-01',
      to: '2025-12-01',
      by: 'month',
      division: place.township,
    })

    expect(
      values.every(({ value, numerator, suppressed }) => value === null && numerator === null && suppressed),
    ).toBe(true)
  })

  test('never hold a village', async () => {
    const values = await ask('POP-01', { from: '2025-01-01', to: '2025-12-01', division: place.village })

    expect(values.every(({ value, numerator }) => value === null && numerator === null)).toBe(true)
  })

  test('are the same for an officer of a part', async () => {
    const township = await office.officer('township_worker', place.township)
    const query = { from: '2025-01-01', to: '2025-12-01', division: place.township }

    const [own, ofCounty] = await Promise.all([ask('POP-09', query, township), ask('POP-09', query)])
    expect(own.map(({ numerator, suppressed }) => [numerator, suppressed])).toEqual(
      ofCounty.map(({ numerator, suppressed }) => [numerator, suppressed]),
    )
  })

  test('withhold few deaths of small children, and tell places as they are', async () => {
    const query = { from: '2025-01-01', to: '2025-12-01' }
    const [deaths, places] = await Promise.all([ask('POP-23', query), ask('POP-27', query)])

    expect(deaths.find(({ component }) => component === 'neonatal')).toMatchObject({
      numerator: null,
      value: null,
    })
    expect(places[0]?.suppressed).toBeNull()
  })
})
