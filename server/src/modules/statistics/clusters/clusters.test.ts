import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { temporalScan } from '../index.ts'
import { seededRandom } from './rules-random.ts'

/**
 * Thirty-five births with oesophageal atresia or tracheo-oesophageal fistula in a Birmingham hospital, by days from 1
 * January 1950 to 31 December 1955 (Knox 1959, Br J Prev Soc Med 13:222; the days as used by Nagarwalla 1996 and Cucala
 * 2008, Biom J 50:299).
 */
const knox = [
  ...[170, 316, 445, 468, 938, 1034, 1128, 1233, 1248, 1249, 1252, 1259, 1267, 1305, 1385, 1388, 1390, 1446],
  ...[1454, 1458, 1461, 1491, 1583, 1699, 1702, 1787, 1924, 1974, 2049, 2051, 2067, 2075, 2108, 2151, 2174],
]
const days = Array.from({ length: 2191 }, (_, index) => ({
  events: knox.filter((day) => day === index + 1).length,
  exposure: 1,
}))

describe('the temporal scan', () => {
  test('finds the published cluster of oesophageal atresia: fifteen births from day 1233 to day 1491', () => {
    const { cluster } = temporalScan(days)

    expect(cluster).toMatchObject({ from: 1232, to: 1490, events: 15 })
    expect(cluster!.expected).toBeCloseTo((35 * 259) / 2191, 10)
    // 15 ln(15 ÷ 4.137) + 20 ln(20 ÷ 30.863)
    expect(cluster!.logLikelihood).toBeCloseTo(10.6435, 4)
    expect(cluster!.p).toBeLessThan(0.05)
    expect(cluster!.p).toBeGreaterThan(0.005)
  })

  test('answers the same to the same seed, and nearly the same to another', () => {
    const p = (seed: number) => temporalScan(days, { seed }).cluster!.p

    expect(p(7)).toBe(p(7))
    expect(Math.abs(p(7) - p(8))).toBeLessThan(0.02)
  })

  test('does not take many births for many cases', () => {
    const months = [100, 100, 100, 1000, 1000, 100, 100, 100].map((exposure) => ({
      events: exposure / 50,
      exposure,
    }))

    expect(temporalScan(months).cluster).toBeNull()
  })

  test('cries cluster in about one of twenty series without one', () => {
    const random = seededRandom(20260101)
    let alarms = 0
    const series = 300
    for (let index = 0; index < series; index += 1) {
      const months = Array.from({ length: 24 }, () => ({ events: 0, exposure: 1 }))
      for (let thrown = 0; thrown < 30; thrown += 1) months[Math.floor(random() * 24)]!.events += 1
      const { cluster } = temporalScan(months, { seed: index, replicates: 99 })
      if ((cluster?.p ?? 1) <= 0.05) alarms += 1
    }

    expect(alarms / series).toBeGreaterThan(0.02)
    expect(alarms / series).toBeLessThan(0.08)
  })

  test('never names a window longer than half of the time, or one that has no more than its share', () => {
    const month = fc.record({
      events: fc.integer({ min: 0, max: 5 }),
      exposure: fc.integer({ min: 1, max: 500 }),
    })
    fc.assert(
      fc.property(fc.array(month, { minLength: 2, maxLength: 40 }), (months) => {
        const { cluster, longest } = temporalScan(months, { replicates: 9 })
        if (!cluster) return
        expect(cluster.to - cluster.from + 1).toBeLessThanOrEqual(longest)
        expect(cluster.events).toBeGreaterThan(cluster.expected)
        expect(cluster.p).toBeGreaterThanOrEqual(0.1)
      }),
      { numRuns: 50 },
    )
  })
})
