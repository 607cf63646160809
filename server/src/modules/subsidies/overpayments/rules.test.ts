import { tiers, type FenByTier } from '@youyu/shared/subsidies/shares'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { borneBy, mayDecide, mayTake, offsetsOf, openAfter, partOf } from './rules.ts'

const sum = (byTier: FenByTier) => tiers.reduce((total, tier) => total + byTier[tier], 0)

describe('the way of an overpayment', () => {
  test.each([
    ['notify', 'IDENTIFIED', true],
    ['decide', 'IDENTIFIED', false],
    ['settle', 'IDENTIFIED', false],
    ['return', 'NOTIFIED', false],
    ['decide', 'NOTIFIED', true],
    ['return', 'CONFIRMED', true],
    ['write-off', 'NOTIFIED', false],
    ['return', 'WITHDRAWN', false],
    ['return', 'CLOSED', false],
  ] as const)('%s at %s: %s', (step, state, may) => {
    expect(mayTake(step, state)).toBe(may)
  })

  test.each([
    ['answered', '2026-03-20', '2026-03-03', '2026-03-04', true],
    ['silent, on the last day', '2026-03-20', null, '2026-03-20', false],
    ['silent, the day after', '2026-03-20', null, '2026-03-21', true],
    ['never told', null, null, '2026-03-21', false],
  ])('may be decided: %s', (_, replyDueOn, repliedOn, on, may) => {
    expect(mayDecide({ replyDueOn, repliedOn }, on)).toBe(may)
  })
})

describe('an offset with consent', () => {
  const months = ['2026-04-01', '2026-05-01', '2026-06-01'].map((month) => ({ month, amountFen: 59000 }))

  test.each([
    [100000, 40000, [40000, 40000, 20000]],
    [100000, 80000, [59000, 41000]],
    [1000000, 59000, [59000, 59000, 59000]],
  ])('of %i by %i a month', (open, monthly, parts) => {
    expect(offsetsOf(open, monthly, months).map(({ amountFen }) => amountFen)).toEqual(parts)
  })
})

describe('what comes back', () => {
  const shares = { CENTRAL: 50, PROVINCE: 20.5, CITY: 9.5, COUNTY: 20 }

  test('goes to the tiers that bore it, in any parts, to the last fen', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 8 }),
        (amounts) => {
          const borne = borneBy(
            amounts.reduce((total, amount) => total + amount, 0),
            shares,
          )
          const open = openAfter(borne, amounts)

          expect(sum(open)).toBe(0)
          expect(tiers.every((tier) => open[tier] === 0)).toBe(true)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('is never more of a tier than that has open', () => {
    expect(partOf(2, { CENTRAL: 1, PROVINCE: 0, CITY: 0, COUNTY: 1, TOWNSHIP: 0, OTHER: 0 })).toMatchObject({
      ...{ CENTRAL: 1, COUNTY: 1 },
    })
  })

  test('is the county’s where nobody said who bears it', () => {
    expect(borneBy(500, {})).toMatchObject({ COUNTY: 500, CENTRAL: 0 })
  })
})
