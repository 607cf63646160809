import { describe, expect, test } from 'vitest'
import { continuationAt, continuationTable, womanYears, type Ended } from './rules.ts'

const uses = (...told: [monthsUsed: number, reason: string | null, n: number][]): Ended[] =>
  told.map(([monthsUsed, reason, n]) => ({ monthsUsed, reason, n }))

describe('a life table of continuation', () => {
  test('is the product of monthly chances, lost ones counting half their month', () => {
    const rows = continuationTable(
      uses([0, 'SIDE_EFFECT', 10], [1, 'MOVED', 20], [2, 'EXPULSION', 7], [60, null, 63]),
      4,
    )

    expect(rows.map(({ atRisk, ended, censored }) => [atRisk, ended, censored])).toEqual([
      [100, 10, 0],
      [80, 0, 20],
      [70, 7, 0],
      [63, 0, 0],
    ])
    expect(rows.map(({ survival }) => Math.round(survival * 1e6) / 1e6)).toEqual([0.9, 0.9, 0.81, 0.81])
  })

  test('has Greenwood’s interval on the log(−log) scale', () => {
    const [first] = continuationTable(uses([0, 'SIDE_EFFECT', 10], [60, null, 90]))

    // Kalbfleisch & Prentice: S^exp(±1.96·√(d/(n(n−d)))/|ln S|), reckoned by hand.
    const error = Math.sqrt(10 / (100 * 90)) / Math.abs(Math.log(0.9))
    expect(first!.low).toBeCloseTo(0.9 ** Math.exp(1.959964 * error), 6)
    expect(first!.high).toBeCloseTo(0.9 ** Math.exp(-1.959964 * error), 6)
    expect([first!.low! > 0.82, first!.high! < 0.95]).toEqual([true, true])
  })

  test.each([
    ['everybody goes on', uses([60, null, 30]), 100, null],
    ['nobody was seen that long', uses([3, null, 30]), null, null],
    ['everybody stops', uses([2, 'PREFERENCE', 30]), null, null],
  ])('where %s', (_, told, value, low) => {
    const estimate = continuationAt(continuationTable(told), 12)

    expect([estimate.value, estimate.low]).toEqual([value, low])
  })

  test('gives the woman-years that the Pearl index is over', () => {
    const rows = continuationTable(uses([6, 'METHOD_FAILURE', 12], [60, null, 88]))

    expect(womanYears(rows)).toBeCloseTo((100 * 6 + 88 * 6 + 6) / 12, 6)
  })
})
