import { nationalCategories } from '@youyu/shared/birth-defects/surveillance'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { furnishChain } from '../../../../../test/chain-facts.ts'
import type { Place } from '../../../../../test/county.ts'
import { Knowledge } from '../../../../../test/knowledge.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'

let office: TestOffice
let place: Place
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishChain(office)
  bureau = await office.officer('county_mch', place.county)
}, 60_000)
afterAll(() => office.close())

const FIRST = 2023 * 12
const MONTHS = 44
const monthOf = (index: number) =>
  `${Math.floor((FIRST + index) / 12)}-${String(((FIRST + index) % 12) + 1).padStart(2, '0')}-01`
const indexOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - FIRST

async function ask(code: string, query: Record<string, string>): Promise<IndicatorValue[]> {
  const search = new URLSearchParams({ division: place.county, publication: 'true', ...query })
  const answer = await bureau.get(`/api/v1/birth-defect-indicators/${code}?${search.toString()}`)
  const { values, earlier } = bodyOf<{
    values: IndicatorValue[]
    earlier: { values: IndicatorValue[] } | null
  }>(answer, 200)
  return [...values, ...(earlier?.values ?? [])]
}

/** What somebody with patience would ask for: ranges that begin and end everywhere, years of both kinds, parts. */
function questions(): Record<string, string>[] {
  const all = { from: monthOf(0), to: monthOf(MONTHS - 1) }
  const ranges = [12, 19].flatMap((start) =>
    Array.from({ length: start === 12 ? 12 : 6 }, (_, index) => ({
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
    all,
  ]
}

type Cells = { numerator: number[] | null; denominator: number[] | null }
type Family = {
  codes: string[]
  width: number
  /** How many counts go out at least: nothing is told by saying nothing. */
  fewest: number
  /** Month, township and cell of what is counted. */
  facts: string
  reading: (value: IndicatorValue) => Cells
}

const isPartOf = ({ component }: IndicatorValue): Cells =>
  component === null ? { numerator: [0], denominator: [0, 1] } : { numerator: null, denominator: null }
const ofPair = (measure: string, part: string, whole: string) =>
  `select k.month, k.division_code, c.cell, case when c.cell = 0 then coalesce(p.tally, 0) else k.tally - coalesce(p.tally, 0) end as n
   from birth_defect_tallies k left join birth_defect_tallies p on p.measure = k.measure and p.month = k.month and p.division_code = k.division_code and p.item = '${part}'
   cross join (values (0), (1)) as c (cell) where k.measure = '${measure}' and k.item = '${whole}'`

const families: [string, Family][] = [
  [
    'of women due, by whether they were tested',
    { codes: ['BDI-04'], width: 2, fewest: 10, facts: ofPair('torch-due', 'DONE', 'DUE'), reading: isPartOf },
  ],
  [
    'of prenatal screening',
    {
      codes: ['BDI-15'],
      width: 2,
      fewest: 10,
      facts: ofPair('screening', 'SCREENED', 'REACHED'),
      reading: isPartOf,
    },
  ],
  [
    'of tests, by result',
    {
      codes: ['BDI-05'],
      width: 2,
      fewest: 0,
      facts: ofPair('torch', 'POSITIVE', 'TESTED'),
      reading: isPartOf,
    },
  ],
  [
    'of cases, by category',
    {
      codes: ['BDI-21'],
      width: 24,
      fewest: 4,
      facts: `select month, division_code, right(item, 2)::int - 1 as cell, tally as n from birth_defect_tallies
        where measure = 'case' and item ~ '^HOSPITAL_28W_7D:[0-9]{2}$'`,
      reading: ({ component }) => ({
        numerator:
          component === null
            ? [0, 1, 2]
            : [nationalCategories.findIndex((category) => category === component)],
        denominator: null,
      }),
    },
  ],
]

describe('published counts of the chain', () => {
  test.each(families)(
    '(%s) tell no small number, however they are subtracted',
    async (_, { codes, facts, width, fewest, reading }) => {
      const parts = [place.township, place.otherTownship]
      const rows = await office.sql<{ part: number; month: number; cell: number; n: number }>(
        `select (left(division_code, 9) = '${place.otherTownship.slice(0, 9)}')::int as part,
          (extract(year from month) * 12 + extract(month from month) - 1 - ${FIRST})::int as month, cell, sum(n)::int as n
         from (${facts}) f group by 1, 2, 3`,
      )
      const truth = new Float64Array(2 * MONTHS * width)
      const at = (part: number, month: number, cell: number) => (part * MONTHS + month) * width + cell
      for (const { part, month, cell, n } of rows)
        if (month >= 0 && month < MONTHS) truth[at(part, month, cell)] = n
      const rowOf = (code: string, from: number, until: number, of: readonly number[]) => {
        const row = new Float64Array(truth.length)
        for (const part of [0, 1])
          if (code === place.county || parts[part] === code)
            for (let month = from; month < until; month += 1)
              for (const cell of of) row[at(part, month, cell)] = 1
        return row
      }
      const valueOf = (row: Float64Array) => row.reduce((sum, entry, index) => sum + entry * truth[index]!, 0)
      const knowledge = new Knowledge()
      const learn = (row: Float64Array, value: number) => {
        expect(valueOf(row)).toBe(value)
        if (value !== 0) return knowledge.learn(row)
        row.forEach((entry, index) => {
          if (entry !== 0)
            knowledge.learn(Float64Array.from(truth, (_each, column) => (column === index ? 1 : 0)))
        })
      }

      let released = 0
      for (const code of codes)
        for (const question of questions())
          for (const value of await ask(code, question)) {
            const [from, until] = [indexOf(value.periodFrom), indexOf(value.periodTo) + 1]
            if (from < 0) continue
            const { numerator, denominator } = reading(value)
            for (const [of, count] of [
              [numerator, value.numerator],
              [denominator, value.denominator],
            ] as const) {
              if (of === null || count === null) continue
              released += 1
              learn(rowOf(value.division.code, from, until, of), count)
            }
          }

      const told: string[] = []
      let small = 0
      const sums = [
        ...Array.from({ length: width }, (_each, index) => [index]),
        Array.from({ length: width }, (_each, index) => index),
      ]
      for (const code of [place.county, ...parts])
        for (let from = 0; from < MONTHS; from += 1)
          for (const length of [1, 3, 12])
            for (const of of sums) {
              if (from + length > MONTHS) continue
              const row = rowOf(code, from, from + length, of)
              const value = valueOf(row)
              if (value < 1 || value > 4) continue
              small += 1
              if (knowledge.derives(row))
                told.push(`${code} ${monthOf(from)}+${length} [${of.join()}] = ${value}`)
            }
      expect(told).toEqual([])
      expect(small).toBeGreaterThan(20)
      expect(released).toBeGreaterThanOrEqual(fewest)
    },
    60_000,
  )
})
