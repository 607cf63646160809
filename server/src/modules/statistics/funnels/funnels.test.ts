import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { funnel, funnelLimits } from '../index.ts'

describe('funnel limits', () => {
  it('lie between the counts that bound the exact Poisson tails', () => {
    const { low95, high95, low998, high998 } = funnelLimits('rate', 10, 1000, 1000)

    // Mean 10: P(≤ 3) = 0.0103, P(≤ 4) = 0.0293; P(≤ 16) = 0.9730, P(≤ 17) = 0.9857.
    expect(low95).toBeGreaterThan(3)
    expect(low95).toBeLessThan(4)
    expect(high95).toBeGreaterThan(16)
    expect(high95).toBeLessThan(17)
    expect(low998).toBeLessThan(low95)
    expect(high998).toBeGreaterThan(high95)
  })

  it('lie between the counts that bound the exact binomial tails', () => {
    const { low95, high95 } = funnelLimits('proportion', 50, 20, 100)

    // 20 tosses: P(≤ 5) = 0.0207, P(≤ 6) = 0.0577; P(≤ 13) = 0.9423, P(≤ 14) = 0.9793.
    expect(low95).toBeCloseTo((100 * (6 - (0.0577 - 0.025) / (0.0577 - 0.0207))) / 20, 1)
    expect(high95).toBeCloseTo((100 * (14 - (0.9793 - 0.975) / (0.9793 - 0.9423))) / 20, 1)
  })

  it('enclose the comparison, in order, at any size', () => {
    const kinds = fc.constantFrom('rate' as const, 'proportion' as const)
    fc.assert(
      fc.property(
        kinds,
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 20, max: 300_000 }),
        (kind, share, n) => {
          const { low95, high95, low998, high998 } = funnelLimits(kind, share, n, 100)
          expect(low998).toBeLessThanOrEqual(low95)
          expect(low95).toBeLessThanOrEqual(share)
          expect(high95).toBeGreaterThanOrEqual(share * (1 - 1e-9))
          expect(high998).toBeGreaterThanOrEqual(high95)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a funnel', () => {
  const plot = funnel('rate', 10, [
    { key: 'usual', events: 102, denominator: 10_000 },
    { key: 'high', events: 125, denominator: 10_000 },
    { key: 'very high', events: 160, denominator: 10_000 },
    { key: 'low', events: 78, denominator: 10_000 },
    { key: 'very low', events: 50, denominator: 10_000 },
    { key: 'tiny', events: 9, denominator: 100 },
    { key: 'empty', events: 0, denominator: 0 },
  ])

  test.each([
    ['usual', 'inside', null],
    ['high', 'above95', 2],
    ['very high', 'above998', 1],
    ['low', 'below95', 3],
    ['very low', 'below998', 4],
    ['tiny', 'above998', null],
    ['empty', null, null],
  ])('places the %s unit %s with rank %s', (key, band, rank) => {
    expect(plot.points.find((point) => point.key === key)).toMatchObject({ band, rank })
  })

  it('draws its limits from the smallest to the largest unit', () => {
    expect(plot.limits[0]?.denominator).toBe(100)
    expect(plot.limits.at(-1)?.denominator).toBe(10_000)
  })
})
