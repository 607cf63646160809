import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  chapman,
  count,
  differenceOfProportions,
  differenceOfSexRatios,
  exactCount,
  monthlySwings,
  proportion,
  rate,
  rateRatio,
  scaled,
  sexesOf,
  sexRatio,
  unregistered,
  weightedRate,
  type Estimate,
} from '../index.ts'

const digits = (value: number | null) => value?.toPrecision(4)
const bounds = (estimate: Estimate, per = 1) => {
  const { low, high } = scaled(estimate, per)
  return [digits(low), digits(high)]
}

describe('an interval', () => {
  test.each([
    ['Wilson 521/11000', proportion(521, 11_000), 100, ['4.355', '5.149']],
    ['Wilson 962/1000', proportion(962, 1000), 100, ['94.83', '97.22']],
    ['Wilson 3/10', proportion(3, 10), 100, ['10.78', '60.32']],
    ['Byar 20', count(20), 1, ['12.21', '30.89']],
    ['Byar 5', count(5), 1, ['1.611', '11.67']],
    ['Byar 0', count(0), 1, ['0.000', '3.668']],
    ['SRB 574 : 532', sexRatio({ male: 574, female: 532 }), 1, ['95.89', '121.4']],
    ['exact Poisson 0', exactCount(0), 1, ['0.000', '3.689']],
    ['exact Poisson 5', exactCount(5), 1, ['1.623', '11.67']],
    ['exact Poisson 20', exactCount(20), 1, ['12.22', '30.89']],
    [
      'Chapman 1100, 1085, 1062',
      chapman({ first: 1100, second: 1085, both: 1062 }).total,
      1,
      ['1122', '1126'],
    ],
  ] as [string, Estimate, number, string[]][])('%s is exact to four digits', (_, estimate, per, expected) => {
    expect(bounds(estimate, per)).toEqual(expected)
  })

  it('of the sex ratio stands around 107.89', () => {
    expect(sexRatio({ male: 574, female: 532 }).value?.toFixed(2)).toBe('107.89')
  })

  it('is unknown rather than wrong where there is nothing to divide by', () => {
    const unknown = [
      proportion(0, 0),
      rate(0, 0),
      sexRatio({ male: 3, female: 0 }),
      rateRatio({ events: 0, population: 10 }, { events: 1, population: 10 }),
      weightedRate([{ events: 0, population: 0, weight: 1 }]),
      chapman({ first: 2, second: 2, both: 3 }).total,
    ]

    for (const estimate of unknown) expect(estimate).toMatchObject({ value: null, low: null, high: null })
  })

  it('contains its value and narrows as numbers grow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 500 }), (events, more) => {
        const [few, many] = [proportion(events, events + more), proportion(events * 10, (events + more) * 10)]
        for (const { value, low, high } of [few, many, count(events), exactCount(events)]) {
          expect(low).toBeLessThanOrEqual((value ?? NaN) + 1e-12)
          expect(high).toBeGreaterThanOrEqual((value ?? NaN) - 1e-12)
        }
        expect((many.high ?? 0) - (many.low ?? 0)).toBeLessThan((few.high ?? 0) - (few.low ?? 0))
      }),
    )
  })

  it('of one weighted stratum is the exact Poisson one', () => {
    const single = weightedRate([{ events: 7, population: 1000, weight: 1000 }])

    expect(bounds(single)).toEqual(bounds(exactCount(7)))
  })
})

describe('Chapman’s estimate', () => {
  const { total, completenessOfFirst } = chapman({ first: 1100, second: 1085, both: 1062 })

  it('gives the published total, variance and completeness', () => {
    expect(total.value?.toFixed(2)).toBe('1123.82')
    expect(total.variance?.toFixed(4)).toBe('0.8692')
    expect(total.low?.toFixed(1)).toBe('1122.0')
    expect(Math.abs((total.high ?? 0) - 1125.7)).toBeLessThan(0.06)
    expect(((completenessOfFirst.value ?? 0) * 100).toFixed(1)).toBe('97.9')
  })

  it('counts the unregistered, never below none', () => {
    expect(unregistered({ first: 1100, second: 1085, both: 1062 }, 1100).value?.toFixed(2)).toBe('23.82')
    expect(unregistered({ first: 10, second: 10, both: 10 }, 12).value).toBe(0)
  })
})

describe('a difference', () => {
  test.each([
    [
      'of the sex ratio 107.9 after 109.9 is none',
      differenceOfSexRatios(sexesOf(107.9, 1106), sexesOf(109.9, 1372)),
      '-0.23',
      false,
    ],
    [
      'of defects 5.70 ‰ before 4.28 ‰ is none',
      differenceOfProportions(
        { events: 0.0057 * 4658, denominator: 4658 },
        { events: 0.00428 * 4658, denominator: 4658 },
      ),
      '0.97',
      false,
    ],
    [
      'of late marriage 72.5 % after 88.0 % is one',
      differenceOfProportions(
        { events: 0.725 * 2455, denominator: 2455 },
        { events: 0.88 * 2455, denominator: 2455 },
      ),
      '-13.64',
      true,
    ],
  ])('%s', (_, difference, z, isSignificant) => {
    expect(difference.z?.toFixed(2)).toBe(z)
    expect(difference.isSignificant).toBe(isSignificant)
  })

  it('of two rates has a ratio with its interval', () => {
    const ratio = rateRatio({ events: 40, population: 10_000 }, { events: 20, population: 10_000 })

    expect(ratio.value).toBe(2)
    expect(bounds(ratio)).toEqual(['1.169', '3.421'])
    expect(ratio.z?.toFixed(3)).toBe('2.531')
  })

  it('between months swings without a sign, and says nothing of the first or of a month with one sex', () => {
    const swings = monthlySwings([
      { male: 60, female: 50 },
      { male: 50, female: 60 },
      { male: 5, female: 0 },
      { male: 50, female: 60 },
    ])

    expect(swings.map((z) => z?.toFixed(2) ?? null)).toEqual([null, '1.35', null, null])
  })
})
