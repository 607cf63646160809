import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ageSpecificFertility,
  generalFertilityRate,
  meanAge,
  meanAgeAtChildbearing,
  parityDistribution,
  singulateMeanAge,
  totalFertility,
} from '../index.ts'

/** ASFR of the reference test of domain §8.3, ‰. */
const groups = [6, 60, 85, 55, 20, 4, 0.5].map((perThousand, index) => ({
  fromAge: 15 + 5 * index,
  width: 5,
  births: perThousand * 10,
  women: 10_000,
}))

describe('fertility', () => {
  it('sums to the reference total, with an interval', () => {
    const { value, low, high } = totalFertility(groups)

    expect(value).toBeCloseTo(1.1525, 10)
    expect(low).toBeLessThan(1.1525)
    expect(high).toBeGreaterThan(1.1525)
  })

  it('is the same total by single years of even fertility', () => {
    const single = groups.flatMap(({ fromAge, births, women }) =>
      [0, 1, 2, 3, 4].map((year) => ({
        fromAge: fromAge + year,
        width: 1,
        births: births / 5,
        women: women / 5,
      })),
    )

    expect(totalFertility(single).value).toBeCloseTo(1.1525, 10)
    expect(meanAgeAtChildbearing(single).value).toBeCloseTo(meanAgeAtChildbearing(groups).value ?? 0, 10)
  })

  it('is unknown where a group with births has no women', () => {
    expect(totalFertility([{ fromAge: 15, width: 5, births: 1, women: 0 }]).value).toBeNull()
  })

  it('by age and in general is per thousand women', () => {
    expect(ageSpecificFertility(groups).map(({ rate }) => rate.value)).toEqual([6, 60, 85, 55, 20, 4, 0.5])
    expect(generalFertilityRate(2305, 70_000).value).toBeCloseTo(32.93, 2)
  })

  it('has its mean age inside the ages of mothers', () => {
    const { value, low, high } = meanAgeAtChildbearing(groups)

    expect(value).toBeCloseTo(28.3026, 4)
    expect(low).toBeGreaterThan(27.5)
    expect(high).toBeLessThan(29)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 7, maxLength: 7 }), (births) => {
        const mean = meanAgeAtChildbearing(
          births.map((n, index) => ({ fromAge: 15 + 5 * index, width: 5, births: n, women: 1000 })),
        )
        expect(mean.value).toBeGreaterThan(15)
        expect(mean.value).toBeLessThan(50)
      }),
    )
  })

  it('by order shows the unknown apart', () => {
    const { shares, known, unknown } = parityDistribution([
      { order: 1, births: 60 },
      { order: 2, births: 30 },
      { order: 3, births: 10 },
      { order: null, births: 7 },
    ])

    expect(shares.map(({ order, percent }) => [order, percent.value])).toEqual([
      [1, 60],
      [2, 30],
      [3, 10],
    ])
    expect([known, unknown]).toEqual([100, 7])
  })
})

describe('the age at first marriage', () => {
  const single = [0.98, 0.7, 0.25, 0.08, 0.04, 0.03, 0.025, 0.02]
  const marital = single.map((share) => ({ single: share * 1000, persons: 1000 }))

  it('from proportions single is 24.96', () => {
    expect(singulateMeanAge(marital).value?.toFixed(2)).toBe('24.96')
  })

  it('is unknown where a group is missing or empty, or nobody ever marries', () => {
    expect(singulateMeanAge(marital.slice(1)).value).toBeNull()
    expect(singulateMeanAge(marital.map((group) => ({ ...group, persons: 0 }))).value).toBeNull()
    expect(singulateMeanAge(marital.map(() => ({ single: 5, persons: 5 }))).value).toBeNull()
  })

  it('adds half a year to completed years', () => {
    const completed = meanAge([
      { age: 22, persons: 10 },
      { age: 26, persons: 10 },
    ])

    expect(completed.value).toBe(24.5)
    expect(completed.low).toBeCloseTo(24.5 - (1.96 * (2 * Math.sqrt(20 / 19))) / Math.sqrt(20), 3)
    expect(meanAge([{ age: 24.2, persons: 1 }], 0)).toMatchObject({ value: 24.2, low: null })
    expect(meanAge([]).value).toBeNull()
  })
})
