import { describe, expect, test } from 'vitest'
import {
  differenceOfProportions,
  exactProportion,
  exactRate,
  prevalence,
  rateTrend,
  trendOfProportions,
} from '../index.ts'

const steps = (rows: readonly (readonly [number, number])[]) =>
  rows.map(([events, denominator], index) => ({ at: index + 1, events, denominator }))

describe('a trend', () => {
  test('of smokers (Fleiss 1981, p. 139; prop.trend.test of R) is χ² = 8.2249, p = 0.004132', () => {
    const { z, p } = trendOfProportions(
      steps([
        [83, 86],
        [90, 93],
        [129, 136],
        [70, 82],
      ]),
    )

    expect((z! ** 2).toFixed(4)).toBe('8.2249')
    expect(p!.toFixed(6)).toBe('0.004132')
  })

  test('of quarterly deaths (Whyte et al. 1987, in Dobson 1990) has slope 0.2565 ± 0.0220 and intercept 0.3396', () => {
    const deaths = [0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45]

    const trend = rateTrend(steps(deaths.map((events) => [events, 1] as const)))!

    expect(trend.slope.toFixed(5)).toBe('0.25652')
    expect(trend.error.toFixed(5)).toBe('0.02204')
    expect(trend.intercept.toFixed(5)).toBe('0.33963')
    expect(trend.ratio).toBeCloseTo(Math.exp(trend.slope), 12)
  })

  test('that is none is none', () => {
    const flat = steps([
      [20, 4000],
      [22, 4400],
      [18, 3600],
    ])

    expect(trendOfProportions(flat)).toMatchObject({ isSignificant: false })
    expect(rateTrend(flat)!.ratio).toBeCloseTo(1, 10)
  })

  test.each([
    [
      'no case',
      [
        [0, 100],
        [0, 100],
      ],
    ],
    [
      'nobody at risk',
      [
        [0, 0],
        [0, 0],
      ],
    ],
    ['one year', [[3, 100]]],
  ] as const)('of %s is unknown', (_, rows) => {
    expect(trendOfProportions(steps(rows)).z).toBeNull()
    expect(rateTrend(steps(rows))).toBeNull()
  })
})

describe('an exact interval', () => {
  const share = exactProportion
  test.each([
    ['Mendel’s 682 of 925 peas (binom.test of R)', share(682, 925), 0.7076683, 0.7654066],
    ['3 of 10', share(3, 10), 0.0667395, 0.6524529],
    ['none of 10', share(0, 10), 0, 0.3084971],
    ['all of 10', share(10, 10), 0.6915029, 1],
    ['137 in 24.19893 (poisson.test of R)', exactRate(137, 24.19893, 1), 4.753125, 6.692709],
  ])('of %s is the published one', (_, { low, high }, from, to) => {
    expect(low).toBeCloseTo(from, 6)
    expect(high).toBeCloseTo(to, 6)
  })

  test('is named, and is Byar’s from a hundred cases on where cases are not births', () => {
    expect(prevalence(20, 4658, 10_000, true).method).toContain('Clopper–Pearson')
    expect(prevalence(20, 4658, 10_000, false).method).toContain('Poisson')
    expect(prevalence(100, 20_000, 10_000, false).method).toContain('Byar')
  })
})

describe('the defect rate of seed 2', () => {
  test('5.70 → 4.28 ‰ over 4,658 births each is z = 0.97: no significant change', () => {
    const now = { events: (4.28 * 4658) / 1000, denominator: 4658 }
    const before = { events: (5.7 * 4658) / 1000, denominator: 4658 }

    const { z, isSignificant } = differenceOfProportions(before, now)

    expect([z!.toFixed(2), isSignificant]).toEqual(['0.97', false])
  })
})
