import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { daysOf, daysPaid, partsOf } from './rules.ts'

const rates = [
  { fenPerDay: 15_000, from: '2015-01-01', to: '2025-06-30' },
  { fenPerDay: 20_000, from: '2025-07-01', to: null },
]

describe('a stay in hospital', () => {
  test.each([
    ['before the change', '2025-06-01', '2025-06-11', 10, [10], 150_000],
    ['after it', '2025-07-01', '2025-07-11', 10, [10], 200_000],
    ['across it: five days at 150, five at 200', '2025-06-26', '2025-07-06', 10, [5, 5], 175_000],
    ['up to its eve', '2025-06-30', '2025-07-01', 1, [1], 15_000],
    ['left the day she came', '2025-07-01', '2025-07-01', 1, [1], 20_000],
  ])('is paid by the rate of each day: %s', (_, admittedOn, dischargedOn, days, byPart, fen) => {
    expect(daysOf(admittedOn, dischargedOn)).toBe(days)
    const parts = partsOf(admittedOn, days, rates)!
    expect(parts.map((part) => part.days)).toEqual(byPart)
    expect(parts.reduce((sum, part) => sum + part.amountFen, 0)).toBe(fen)
  })

  it('has no amount where a day has no rate', () => {
    expect(partsOf('2014-12-30', 5, rates)).toBeNull()
  })

  test.each([
    [10, { perStay: null, perYear: null, usedThisYear: 300 }, 10],
    [200, { perStay: 90, perYear: null, usedThisYear: 0 }, 90],
    [40, { perStay: 90, perYear: 180, usedThisYear: 160 }, 20],
    [5, { perStay: null, perYear: 180, usedThisYear: 180 }, 0],
  ])('of %i days pays what limits leave', (days, limits, expected) => {
    expect(daysPaid(days, limits)).toBe(expected)
  })

  it('has parts that follow each other day by day, and sum to its days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 200 }), (offset, days) => {
        const admittedOn = new Date(Date.UTC(2024, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10)
        const parts = partsOf(admittedOn, days, rates)!
        expect(parts[0]!.from).toBe(admittedOn)
        expect(parts.reduce((sum, part) => sum + part.days, 0)).toBe(days)
        for (const [index, part] of parts.entries()) {
          expect(daysOf(part.from, part.to) + (part.from === part.to ? 0 : 1)).toBe(part.days)
          if (index > 0) expect(daysOf(parts[index - 1]!.to, part.from)).toBe(1)
        }
      }),
      { numRuns: 50 },
    )
  })
})
