import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import type { Place } from '../../../../../test/county.ts'
import { furnishEvents } from '../../../../../test/furnished-county.ts'
import { Knowledge } from '../../../../../test/knowledge.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import type { IndicatorAnswer } from './service.ts'

let office: TestOffice
let place: Place
let county: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishEvents(office)
  county = await office.officer('county_population', place.county)
}, 60_000)
afterAll(() => office.close())

type Query = Record<string, string>
type Released = IndicatorValue & { from: number; until: number }

const FIRST = 2023 * 12
const MONTHS = 44
const monthOf = (index: number) =>
  `${Math.floor((FIRST + index) / 12)}-${String(((FIRST + index) % 12) + 1).padStart(2, '0')}-01`
const indexOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - FIRST

async function ask(code: string, query: Query, officer = county): Promise<IndicatorValue[]> {
  const search = new URLSearchParams({ division: place.county, publication: 'true', ...query })
  const answer = await officer.get(`/api/v1/indicators/${code}?${search.toString()}`)
  const { values, earlier } = bodyOf<IndicatorAnswer>(answer, 200)
  return [...values, ...(earlier?.values ?? [])]
}

/** Everything that somebody with patience would ask for. */
function questions(): Query[] {
  const all: Query = { from: monthOf(0), to: monthOf(MONTHS - 1) }
  const ranges = [0, 9, 21].flatMap((start) =>
    Array.from({ length: Math.min(13, MONTHS - start) }, (_, index) => ({
      from: monthOf(start),
      to: monthOf(start + index),
    })),
  )
  const years = [2023, 2024, 2025, 2026].flatMap((year) =>
    ['CALENDAR_YEAR', 'STAT_YEAR'].map((periodBasis) => ({
      from: `${year}-01-01`,
      to: `${year}-01-01`,
      periodBasis,
    })),
  )
  return [
    ...ranges,
    ...years,
    ...years.map((year) => ({ ...year, by: 'part' })),
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

async function releasesOf(codes: readonly string[]): Promise<Released[]> {
  const released: Released[] = []
  for (const code of codes)
    for (const question of questions())
      for (const value of await ask(code, question)) {
        const [from, until] = [indexOf(value.periodFrom), indexOf(value.periodTo) + 1]
        if (from >= 0) released.push({ ...value, from, until })
      }
  return released
}

/** Which cells of a family a count is the sum of. */
type Reading = (value: Released) => { numerator: number[]; denominator: number[] | null }
type Family = { codes: string[]; cells: string[]; reading: Reading }

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

const families: [string, Family][] = [
  [
    'sex',
    {
      codes: ['POP-01', 'POP-05', 'POP-02'],
      cells: sexes,
      reading: ({ code, component }) => ({
        numerator: component === 'male' || code === 'POP-05' ? [0] : component === 'female' ? [1] : [0, 1],
        denominator: code === 'POP-05' ? [1] : null,
      }),
    },
  ],
  [
    'order',
    {
      codes: ['POP-11', 'POP-15', 'POP-01'],
      cells: orders,
      reading: ({ code, component }) => {
        if (code === 'POP-01') return { numerator: component === null ? all(orders) : [], denominator: null }
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
      cells: ages,
      reading: ({ code, component }) => ({
        numerator: code === 'POP-12' ? [0] : code === 'POP-08' ? all(ages) : [groups.indexOf(component!)],
        denominator: null,
      }),
    },
  ],
]

describe('published values', () => {
  test.each(families)(
    'by %s tell no small number, however they are subtracted',
    async (_, family) => {
      const { cells, codes, reading } = family
      const parts = [place.township, place.otherTownship]
      const width = cells.length
      const facts = await office.sql<{ part: number; month: number; cell: number; n: number }>(
        `select (left(division_code, 9) = '371121102')::int as part, ((extract(year from occurred_on) * 12 + extract(month from occurred_on) - 1) - ${FIRST})::int as month,
        case ${cells.map((cell, index) => `when ${cell} then ${index}`).join(' ')} end as cell, count(*)::int as n
       from births b where voided_at is null and outcome = 'LIVE' group by 1, 2, 3`,
      )
      const truth = new Float64Array(2 * MONTHS * width)
      const at = (part: number, month: number, cell: number) => (part * MONTHS + month) * width + cell
      for (const { part, month, cell, n } of facts) truth[at(part, month, cell)] = n
      const rowOf = (code: string, from: number, until: number, of: readonly number[]) => {
        const row = new Float64Array(truth.length)
        for (const part of [0, 1])
          if (code === place.county || parts[part] === code)
            for (let month = from; month < until; month += 1)
              for (const cell of of) row[at(part, month, cell)] = 1
        return row
      }
      const valueOf = (row: Float64Array) => row.reduce((sum, entry, index) => sum + entry * truth[index]!, 0)

      const released = await releasesOf(codes)
      const knowledge = new Knowledge()
      const learned = new Set<string>()
      const learn = (code: string, from: number, until: number, of: readonly number[], value: number) => {
        const statement = [code, from, until, ...of].join()
        if (learned.has(statement)) return
        learned.add(statement)
        const row = rowOf(code, from, until, of)
        expect(valueOf(row)).toBe(value)
        if (value !== 0) return knowledge.learn(row)
        row.forEach((entry, index) => {
          if (entry !== 0)
            knowledge.learn(Float64Array.from(truth, (_each, column) => (column === index ? 1 : 0)))
        })
      }
      for (const value of released) {
        const { numerator, denominator } = reading(value)
        if (
          numerator.length === 0 ||
          numerator.includes(-1) ||
          (/^order-/.test(value.component ?? '') && value.code === 'POP-05')
        ) {
          if (value.code !== 'POP-01') expect(value.value).toBeNull()
          continue
        }
        if (value.value !== null) expect(value.numerator).not.toBeNull()
        if (value.numerator !== null)
          learn(value.division.code, value.from, value.until, numerator, value.numerator)
        if (denominator && value.denominator !== null)
          learn(value.division.code, value.from, value.until, denominator, value.denominator)
      }

      const told: string[] = []
      let small = 0
      const sums = [...cells.map((_cell, index) => [index]), all(cells)]
      for (const code of [place.county, ...parts])
        for (let from = 0; from < MONTHS; from += 1)
          for (const length of [1, 2, 3, 9, 12])
            for (const of of sums) {
              const until = from + length
              if (until > MONTHS) continue
              const row = rowOf(code, from, until, of)
              const value = valueOf(row)
              if (value < 1 || value > 4) continue
              small += 1
              if (knowledge.derives(row))
                told.push(`${code} ${monthOf(from)}+${until - from} [${of.join()}] = ${value}`)
            }
      expect(told).toEqual([])
      expect(small).toBeGreaterThan(50)
      expect(released.filter(({ numerator }) => numerator !== null).length).toBeGreaterThan(50)
      expect(released.filter(({ suppressed }) => suppressed === 'small').length).toBeGreaterThan(0)
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
