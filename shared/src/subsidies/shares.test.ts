import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitShares, sumOfTiers, tiers } from './shares.ts'

/** Six parts of 100 per cent in thousandths, some of them nothing. */
const someShares = fc
  .array(fc.integer({ min: 0, max: 100_000 }), { minLength: 5, maxLength: 5 })
  .map((cuts) => {
    const at = [0, ...cuts.sort((a, b) => a - b), 100_000]
    return Object.fromEntries(tiers.map((tier, i) => [tier, (at[i + 1]! - at[i]!) / 1000]))
  })

describe('splitting an amount between the tiers', () => {
  test.each([
    ['2:8 of 900,000 yuan', 90_000_000, { CITY: 20, COUNTY: 80 }, { CITY: 18_000_000, COUNTY: 72_000_000 }],
    ['halves of one fen', 1, { CENTRAL: 50, COUNTY: 50 }, { COUNTY: 1 }],
    ['thirds', 100, { CENTRAL: 33.333, CITY: 33.333, COUNTY: 33.334 }, { CENTRAL: 33, CITY: 33, COUNTY: 34 }],
    ['the larger remainder first', 3, { CENTRAL: 60, COUNTY: 40 }, { CENTRAL: 2, COUNTY: 1 }],
    ['nothing', 0, { COUNTY: 100 }, {}],
  ])('%s', (_, amount, shares, expected) => {
    expect(splitShares(amount, shares)).toEqual({
      ...{ CENTRAL: 0, PROVINCE: 0, CITY: 0, COUNTY: 0, TOWNSHIP: 0, OTHER: 0 },
      ...expected,
    })
  })

  test('always sums to the amount, and no part is further than a fen from its per cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), someShares, (amount, shares) => {
        const parts = splitShares(amount, shares)

        expect(sumOfTiers(parts)).toBe(amount)
        for (const tier of tiers)
          expect(Math.abs(parts[tier] - (amount * (shares[tier] ?? 0)) / 100)).toBeLessThan(1.001)
      }),
      { numRuns: 50 },
    )
  })

  test('refuses shares that are not whole', () => {
    expect(() => splitShares(1, { COUNTY: 99.9 })).toThrow(RangeError)
  })
})
