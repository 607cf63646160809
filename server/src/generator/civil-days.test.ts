import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf, formatDay, parseDay, partsOf } from './civil-days.ts'

describe('a civil day', () => {
  test('agrees with the calendar of the platform', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40000, max: 60000 }), (day) => {
        const { year, month, day: dayOfMonth } = partsOf(day)

        expect(formatDay(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10))
        expect(dayOf(year, month, dayOfMonth)).toBe(day)
      }),
    )
  })

  test.each(['2023-02-30', '2026-13-01', '2026-1-1', ''])('does not exist as %s', (text) => {
    expect(parseDay(text)).toBeUndefined()
  })
})
