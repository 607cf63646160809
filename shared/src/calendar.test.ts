import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMonths } from './calendar.ts'

test.each([
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2026-12-31', 6, '2027-06-30'],
  ['2027-08-31', 6, '2028-02-29'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2024-03-31', 120, '2034-03-31'],
  ['2024-02-29', -12, '2023-02-28'],
  ['2026-03-31', -13, '2025-02-28'],
])('%s and %i months is %s', (day, months, later) => expect(addMonths(day, months)).toBe(later))

test('the month is so many months on, at the same day or at its last', () => {
  const day = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, fc.integer({ min: -84, max: 84 }), (from, months) => {
      const to = addMonths(from, months)
      const count = (each: string) => Number(each.slice(0, 4)) * 12 + Number(each.slice(5, 7))
      expect(count(to) - count(from)).toBe(months)
      const isLast = new Date(Date.parse(to) + 86_400_000).getUTCDate() === 1
      expect(to.slice(8) === from.slice(8) || (isLast && to.slice(8) < from.slice(8))).toBe(true)
    }),
  )
})
