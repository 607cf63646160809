import { describe, expect, test } from 'vitest'
import { averageRunLength, cusumChart, cusumDesign, falseAlarmChance, referenceValue } from '../index.ts'

/**
 * Lucas 1985 (Technometrics 27:129), tables 2 and 3, as they are repeated by the R packages spc (pois.cusum.arl) and
 * IAcsSPCR (arl).
 */
const published: [string, number, { steps: number; reference: number; limit: number }, number, number][] = [
  ['k 0.25, h 10 at a mean of 0.25', 0.25, { steps: 4, reference: 1, limit: 40 }, 0, 438],
  ['the same with a head start of h ÷ 2', 0.25, { steps: 4, reference: 1, limit: 40 }, 20, 333],
  ['k 2, h 6 at a mean of 1.88', 1.88, { steps: 1, reference: 2, limit: 6 }, 0, 37.2],
  ['the same with a head start', 1.88, { steps: 1, reference: 2, limit: 6 }, 3, 29.19],
  ['k 2, h 6 at a mean of 3.2', 3.2, { steps: 1, reference: 2, limit: 6 }, 0, 5.49],
  ['the same with a head start at 3.2', 3.2, { steps: 1, reference: 2, limit: 6 }, 3, 3.33],
]

describe('the run length of a Poisson CUSUM', () => {
  test.each(published)('of %s is the published one', (_, mean, lattice, start, expected) => {
    const decimals = String(expected).split('.')[1]?.length ?? 0

    expect(Number(averageRunLength(mean, lattice, start).toFixed(decimals))).toBe(expected)
  })

  test.each([0.03, 0.2, 1, 2.2, 10, 40])('is kept to at least the one asked for at a mean of %d', (mean) => {
    const design = cusumDesign(mean, 2, 100)

    expect(design.inControl).toBeGreaterThanOrEqual(100)
    expect(design.outOfControl).toBeLessThan(design.inControl)
    expect(Math.abs(design.reference / referenceValue(mean, 2) - 1)).toBeLessThan(0.15)
  })

  test('says how likely a false alarm is in so many months', () => {
    const months = Array.from({ length: 36 }, () => ({ expected: 1.88, reference: 2 }))

    const chance = falseAlarmChance(months, { steps: 1, limit: 6 })

    // Run lengths are nearly geometric: 1 − (1 − 1/37.2)^36 = 0.63, a little less for the empty start.
    expect(chance).toBeGreaterThan(0.55)
    expect(chance).toBeLessThan(0.64)
  })
})

describe('a CUSUM of months', () => {
  const expected = 2
  const months = (events: readonly number[]) => events.map((each) => ({ events: each, expected }))

  test('stays quiet while cases come as they did', () => {
    const chart = cusumChart(months([2, 1, 3, 2, 2, 1, 3, 2, 2, 1, 3, 2]))!

    expect(chart.points.some(({ isAlarm }) => isAlarm)).toBe(false)
  })

  test('alarms once the rate has doubled, and begins anew', () => {
    const chart = cusumChart(months([2, 1, 3, 2, 5, 6, 4, 5, 2, 1]))!
    const alarm = chart.points.findIndex(({ isAlarm }) => isAlarm)

    expect(alarm).toBeGreaterThanOrEqual(4)
    expect(alarm).toBeLessThanOrEqual(7)
    expect(chart.points[alarm]!.sum).toBeGreaterThanOrEqual(chart.design.limit)
  })

  test('expects more where more are born', () => {
    const busy = [2, 2, 2, 8, 8, 8, 2, 2].map((events) => ({ events, expected: events }))

    expect(cusumChart(busy)!.points.some(({ isAlarm }) => isAlarm)).toBe(false)
  })

  test('has nothing to say where nothing is expected', () => {
    expect(cusumChart([{ events: 1, expected: 0 }])).toBeNull()
  })
})
