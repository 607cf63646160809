import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countChart, ewmaChart, sexRatioChart } from '../index.ts'

const even = (months: number) => Array.from({ length: months }, () => ({ male: 105, female: 100 }))

describe('the chart of the sex ratio', () => {
  it('has wider limits for months with fewer births', () => {
    const chart = sexRatioChart([...even(3), { male: 21, female: 20 }])

    expect(chart?.centre).toBeCloseTo(105, 10)
    const [usual, small] = [chart?.points[0], chart?.points[3]]
    expect(usual?.low).toBeCloseTo(105 * Math.exp(-3 * Math.sqrt(1 / 105 + 1 / 100)), 10)
    expect(small?.high).toBeGreaterThan(usual?.high ?? Infinity)
    expect(chart?.points.flatMap(({ signals }) => signals)).toEqual([])
  })

  it('signals a month beyond three standard errors of the baseline, and skips one with a single sex', () => {
    const chart = sexRatioChart(
      [
        { male: 170, female: 100 },
        { male: 4, female: 0 },
      ],
      even(12),
    )

    expect(chart?.points.map(({ signals }) => signals)).toEqual([['beyond-limits'], []])
    expect(chart?.points[1]?.value).toBeNull()
    expect(sexRatioChart([{ male: 1, female: 0 }])).toBeNull()
  })
})

describe('the chart of counts', () => {
  it('has Poisson limits that never fall below none', () => {
    const chart = countChart([{ events: 4 }, { events: 5 }, { events: 3 }])

    expect(chart?.points[0]).toMatchObject({ centre: 4, low: 0, high: 10 })
    expect(countChart([{ events: 0 }])).toBeNull()
  })

  it('follows the exposure', () => {
    const chart = countChart([
      { events: 31, exposure: 31 },
      { events: 28, exposure: 28 },
    ])

    expect(chart?.points.map(({ z }) => z)).toEqual([0, 0])
  })

  it('signals the eighth month in a row on one side, and starts anew after a change of side', () => {
    const months = [...Array.from({ length: 9 }, () => 102), 98, ...Array.from({ length: 7 }, () => 102)]

    const chart = countChart(
      months.map((events) => ({ events })),
      [{ events: 100 }],
    )

    const signalled = chart?.points.flatMap(({ signals }, index) => (signals.length > 0 ? [index] : []))
    expect(signalled).toEqual([7, 8])
  })
})

describe('the weighted mean of two years', () => {
  it('says nothing before a year has passed', () => {
    expect(ewmaChart(Array.from({ length: 12 }, () => 50)).every(({ expected }) => expected === null)).toBe(
      true,
    )
  })

  it('finds the month that jumps, in both directions', () => {
    const steady = Array.from({ length: 24 }, (_, month) => 100 + (month % 3))

    expect(ewmaChart([...steady, 160]).at(-1)).toMatchObject({ isUnusual: true })
    expect(ewmaChart([...steady, 55]).at(-1)).toMatchObject({ isUnusual: true })
    expect(ewmaChart([...steady, 125]).at(-1)).toMatchObject({ isUnusual: false })
  })

  it('stays inside the values it has seen', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { minLength: 13, maxLength: 40 }), (values) => {
        const last = ewmaChart(values).at(-1)
        const before = values.slice(-25, -1)
        expect(last?.expected?.value).toBeGreaterThanOrEqual(Math.min(...before) - 1e-9)
        expect(last?.expected?.value).toBeLessThanOrEqual(Math.max(...before) + 1e-9)
      }),
    )
  })
})
