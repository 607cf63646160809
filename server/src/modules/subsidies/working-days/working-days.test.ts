import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { addWorkingDays, findHolidays, isWorkingDay, workingDaysBetween } from './index.ts'

/** The National Day holiday of 2026 as an example: free 1 to 7 October, worked on Saturday 10 October. */
const holidays = new Map([
  ...[1, 2, 5, 6, 7].map((day) => [`2026-10-0${day}`, false] as const),
  ['2026-10-10', true] as const,
])

describe('working days', () => {
  test.each([
    ['the next day of the week', '2026-11-02', 1, '2026-11-03'],
    ['over a weekend', '2026-11-06', 1, '2026-11-09'],
    ['nothing to add', '2026-11-07', 0, '2026-11-07'],
    ['from a free day', '2026-11-07', 1, '2026-11-09'],
    ['over a holiday', '2026-09-30', 1, '2026-10-08'],
    ['a Saturday worked in exchange', '2026-10-09', 1, '2026-10-10'],
    ['seven, as a village notice', '2026-11-02', 7, '2026-11-11'],
  ])('%s: %s + %i = %s', (_, from, count, day) => {
    expect(addWorkingDays(from, count, holidays)).toBe(day)
    expect(workingDaysBetween(from, day, holidays)).toBe(count)
  })
})

describe('the working days of the database', () => {
  let office: TestOffice
  beforeAll(async () => {
    office = await openOffice()
  })
  afterAll(() => office.close())

  it('are the same as those of the rules', async () => {
    const known = await findHolidays({ client: office.db.pool }, '2026-06-01')
    const saturday = [2, 0]
    const random = fc.sample(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 60 })), 60)

    const rows = await office.sql<{ day: string; count: number; to: string }>(
      `select to_char(day, 'YYYY-MM-DD') as day, count, to_char(app.add_working_days(day, count), 'YYYY-MM-DD') as to
       from (select date '2026-01-01' + (c->>0)::int as day, (c->>1)::int as count from jsonb_array_elements($1::jsonb) c) q`,
      [JSON.stringify([saturday, ...random])],
    )

    for (const { day, count, to } of rows) expect(addWorkingDays(day, count, known)).toBe(to)
    expect(rows.some(({ to }) => !isWorkingDay(to, new Map()))).toBe(true)
  })
})
