import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysByRate, monthPart, monthsAfter, sumsOf, whyOf } from './rules.ts'

describe('an amount for a longer period', () => {
  test.each([
    ['PER_YEAR', 96000, '2026-05-01', 8000],
    ['PER_YEAR', 60000, '2004-12-01', 5000],
    ['PER_YEAR', 100, '2026-01-01', 8],
    ['PER_YEAR', 100, '2026-02-01', 9],
    ['PER_QUARTER', 50000, '2026-01-01', 16667],
    ['PER_QUARTER', 50000, '2026-02-01', 16666],
    ['PER_QUARTER', 50000, '2026-03-01', 16667],
    ['PER_MONTH', 59000, '2026-03-01', 59000],
  ] as const)('%s of %i is in %s %i', (unit, amount, month, fen) => {
    expect(monthPart(unit, amount, month)).toBe(fen)
  })

  test('is given out whole by any twelve months in a row', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000_00 }),
        fc.integer({ min: 0, max: 40 }),
        (amount, start) => {
          const months = Array.from({ length: 12 }, (_, index) => monthsAfter('2024-01-01', start + index))
          const parts = months.map((month) => monthPart('PER_YEAR', amount, month))

          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount)
          expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('a stay that spans a change of the rate', () => {
  const rates = [
    { fen: 15000, fromOn: '2010-01-01', toOn: '2015-06-30' },
    { fen: 20000, fromOn: '2015-07-01', toOn: null },
  ]

  test.each([
    ['2015-06-25', '2015-07-05', [6, 4]],
    ['2015-06-20', '2015-06-30', [10]],
    ['2015-06-30', '2015-07-01', [1]],
    ['2015-07-01', '2015-07-11', [10]],
    ['2015-07-01', '2015-07-01', []],
  ])('from %s to %s is split by day: %j', (from, until, days) => {
    expect(daysByRate(rates, from, until).map((part) => part.days)).toEqual(days)
  })
})

describe('what months come to', () => {
  const month = (amountFen: number, allocatedFen: number, paidFen = allocatedFen, reason = 'ENTITLED') => ({
    ...{ month: '2026-01-01', amountFen, allocatedFen, paidFen, reason },
  })

  test('never sets an overpaid month against another that is due (E10)', () => {
    expect(sumsOf([month(0, 500, 500, 'DEATH'), month(500, 0)], '2026-06-15')).toMatchObject({
      ...{ dueFen: 500, overFen: 500, paidFen: 500 },
    })
  })

  test('holds a suspended month without calling it overpaid', () => {
    expect(sumsOf([month(0, 500, 500, 'SUSPENDED')], '2026-06-15')).toMatchObject({ dueFen: 0, overFen: 0 })
  })

  test('owes nothing for months to come', () => {
    expect(sumsOf([{ ...month(500, 0), month: '2026-07-01' }], '2026-06-15')).toMatchObject({
      ...{ dueFen: 0, entitledFen: 0 },
    })
  })
})

describe('why somebody receives something', () => {
  test('is said in sentences: the application, the years, the rate, the end', () => {
    const why = whyOf({
      ...{ state: 'ACTIVE', confirmedOn: '2026-03-10', fromMonth: '2025-01-01', toMonth: '2026-07-01' },
      ...{
        stopReason: 'AGE_36M',
        suspendReason: null,
        suspendedFrom: null,
        applicationNumber: 'P04-2026-00001',
      },
      ...{
        monthFen: 30000,
        rateDocument: '国家育儿补贴方案',
        rateFrom: '2025-01-01',
        claimedYears: [2025, 2026],
      },
      ...{ dueFen: 30000, overFen: 0 },
    })

    expect(why.map(({ zh }) => zh)).toEqual([
      '申请 P04-2026-00001 于 2026-03-10 确认，自2025年1月起享受',
      '已申领年度：2025、2026（每年申领一次）',
      '本月应享 300.00 元，标准依据：国家育儿补贴方案（自 2025-01-01 起）',
      '将享受至2026年7月：年满三周岁',
      '尚有 300.00 元待发放，列入下一批名册',
    ])
  })
})
