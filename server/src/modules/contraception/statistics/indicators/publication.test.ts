import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { furnishCare } from '../../../../../test/care-facts.ts'
import type { Place } from '../../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import {
  askPublished,
  findSmallNumbers,
  MonthsFrom,
  type CountsFamily,
} from '../../../../../test/published-counts.ts'

let office: TestOffice
let place: Place
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishCare(office)
  bureau = await office.officer('county_mch', place.county)
}, 60_000)
afterAll(() => office.close())

const months = new MonthsFrom(2024, 32)
const ask = (code: string, question: Record<string, string>) =>
  askPublished(bureau, `/api/v1/care-indicators/${code}`, place.county, question)

/** Everything that somebody with patience would ask for. */
function questions(): Record<string, string>[] {
  const { all, years } = months.whole()
  const ranges = [0, 7, 12].flatMap((start) => months.rangesFrom(start, 13))
  return [...ranges, ...years, { ...all, by: 'month' }, { ...all, by: 'year' }]
}

const types = ['P01', 'P02', 'P04', 'P05', 'P10', 'P12']
const cellsOf = (component: string | null) =>
  component === null ? [0, 1, 2, 3] : component === 'abortion' ? [4, 5] : [types.indexOf(component)]

const families: [string, CountsFamily][] = [
  [
    'follow-ups, by whether they were done',
    {
      codes: ['CON-11'],
      width: 2,
      fewest: 10,
      facts: `select due_to as month, 1 as n, division_code, (status <> 'DONE')::int as cell from follow_up_tasks
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
      facts: `select started_on as month, 1 as n, division_code, (case when method in ('M10', 'M30', 'M42') then 0 else 2 end) + (choice_id is null)::int as cell
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
      facts: `select performed_on as month, 1 as n, division_code, array_position('{${types.join(',')}}'::text[], type) - 1 as cell
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
    async (_, family) => {
      const trial = { office, place, months, questions: questions(), lengths: [1, 2, 3, 9, 12], ask }

      expect(await findSmallNumbers(trial, family)).toBeGreaterThan(50)
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
