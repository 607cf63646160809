import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import { furnishCare } from '../../../../../test/care-facts.ts'
import type { Place } from '../../../../../test/county.ts'
import { Knowledge } from '../../../../../test/knowledge.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'

let office: TestOffice
let place: Place
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishCare(office)
  bureau = await office.officer('county_mch', place.county)
}, 60_000)
afterAll(() => office.close())

const FIRST = 2024 * 12
const MONTHS = 32
const monthOf = (index: number) =>
  `${Math.floor((FIRST + index) / 12)}-${String(((FIRST + index) % 12) + 1).padStart(2, '0')}-01`
const indexOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - FIRST

async function ask(code: string, query: Record<string, string>): Promise<IndicatorValue[]> {
  const search = new URLSearchParams({ division: place.county, publication: 'true', ...query })
  const answer = await bureau.get(`/api/v1/care-indicators/${code}?${search.toString()}`)
  const { values, earlier } = bodyOf<{
    values: IndicatorValue[]
    earlier: { values: IndicatorValue[] } | null
  }>(answer, 200)
  return [...values, ...(earlier?.values ?? [])]
}

/** Everything that somebody with patience would ask for. */
function questions(): Record<string, string>[] {
  const all = { from: monthOf(0), to: monthOf(MONTHS - 1) }
  const ranges = [0, 7, 12].flatMap((start) =>
    Array.from({ length: 13 }, (_, index) => ({ from: monthOf(start), to: monthOf(start + index) })),
  )
  const years = [2024, 2025, 2026].flatMap((year) =>
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
  ]
}

type Family = {
  codes: string[]
  /** Month, township and cell of every record. */
  facts: string
  width: number
  /** How many counts go out at least: nothing is told by saying nothing. */
  fewest: number
  /** Which cells a count is the sum of; null where it is of others. */
  reading: (value: IndicatorValue) => { numerator: number[] | null; denominator: number[] | null }
}

const types = ['P01', 'P02', 'P04', 'P05', 'P10', 'P12']
const cellsOf = (component: string | null) =>
  component === null ? [0, 1, 2, 3] : component === 'abortion' ? [4, 5] : [types.indexOf(component)]

const families: [string, Family][] = [
  [
    'follow-ups, by whether they were done',
    {
      codes: ['CON-11'],
      width: 2,
      fewest: 10,
      facts: `select due_to as day, division_code, (status <> 'DONE')::int as cell from follow_up_tasks
        where status in ('DONE', 'PLANNED') and (status = 'DONE' or due_to < date '2026-08-15') and due_to < date '2026-08-16'`,
      reading: ({ component }) =>
        component === null ? { numerator: [0], denominator: [0, 1] } : { numerator: null, denominator: null },
    },
  ],
  [
    'methods begun, by choice and kind',
    {
      codes: ['CON-09'],
      width: 4,
      fewest: 0,
      facts: `select started_on as day, division_code, (case when method in ('M10', 'M30', 'M42') then 0 else 2 end) + (choice_id is null)::int as cell
        from method_episodes where not is_dual`,
      reading: ({ component }) => {
        const kind = component === 'long-acting' ? [0, 1] : component === 'other' ? [2, 3] : [0, 1, 2, 3]
        return { numerator: kind.filter((cell) => cell % 2 === 0), denominator: kind }
      },
    },
  ],
  [
    'procedures, by type',
    {
      codes: ['CON-14', 'CON-15', 'CON-13'],
      width: types.length,
      fewest: 10,
      facts: `select performed_on as day, division_code, array_position('{${types.join(',')}}'::text[], type) - 1 as cell
        from procedures where performed_on is not null`,
      reading: ({ code, component }) => {
        if (code === 'CON-15') return { numerator: [4, 5], denominator: null }
        if (code === 'CON-13') return { numerator: null, denominator: cellsOf(component) }
        return { numerator: cellsOf(component), denominator: null }
      },
    },
  ],
]

describe('published counts of care', () => {
  test.each(families)(
    '(%s) tell no small number, however they are subtracted',
    async (_, { codes, facts, width, fewest, reading }) => {
      const parts = [place.township, place.otherTownship]
      const rows = await office.sql<{ part: number; month: number; cell: number; n: number }>(
        `select (left(division_code, 9) = '${place.otherTownship.slice(0, 9)}')::int as part,
          (extract(year from day) * 12 + extract(month from day) - 1 - ${FIRST})::int as month, cell, count(*)::int as n
         from (${facts}) f group by 1, 2, 3`,
      )
      const truth = new Float64Array(2 * MONTHS * width)
      const at = (part: number, month: number, cell: number) => (part * MONTHS + month) * width + cell
      for (const { part, month, cell, n } of rows) truth[at(part, month, cell)] = n
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
            const { numerator, denominator } = reading(value)
            if (from < 0 || numerator?.includes(-1) || denominator?.includes(-1)) continue
            const known = (of: number[] | null, count: number | null) => {
              if (of === null || count === null) return
              released += 1
              learn(rowOf(value.division.code, from, until, of), count)
            }
            known(numerator, value.numerator)
            known(denominator, value.denominator)
          }

      const told: string[] = []
      let small = 0
      const sums = [
        ...Array.from({ length: width }, (_each, index) => [index]),
        Array.from({ length: width }, (_each, index) => index),
      ]
      for (const code of [place.county, ...parts])
        for (let from = 0; from < MONTHS; from += 1)
          for (const length of [1, 2, 3, 9, 12])
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
      expect(small).toBeGreaterThan(50)
      expect(released).toBeGreaterThanOrEqual(fewest)
    },
    90_000,
  )

  test('are whole years where they tell what stands at an end', async () => {
    const [within] = await ask('CON-04', { from: '2025-01-01', to: '2025-06-01' })
    const [end] = await ask('CON-04', { from: '2025-01-01', to: '2025-12-01' })

    expect(within).toMatchObject({ value: null, suppressed: 'complementary' })
    expect(
      end!.suppressed === null || end!.suppressed === 'small' || end!.suppressed === 'complementary',
    ).toBe(true)
  })

  test('hold no failure, no abortion of a township and nobody’s unmet need', async () => {
    for (const code of ['CON-05', 'CON-08'])
      for (const value of await ask(code, { from: '2025-01-01', to: '2025-12-01' }))
        expect([value.value, value.numerator]).toEqual([null, null])
    for (const code of ['CON-06', 'CON-14', 'CON-15'])
      for (const value of await ask(code, { from: '2025-01-01', to: '2025-12-01', by: 'part' }))
        if (value.division.code !== place.county) expect(String(value.component)).not.toMatch(/abortion/)
  })
})
