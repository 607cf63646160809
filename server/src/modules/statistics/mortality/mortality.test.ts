import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  crudeRates,
  expectation,
  directlyStandardised,
  earlyMortality,
  indirectlyStandardised,
  lifeTable,
  whoWorldStandard,
} from '../index.ts'

/** Males of Austria 1992: ages, mid-year population, deaths (Preston, Heuveline & Guillot 2001, box 3.1; e0 72.889). */
const austria = (
  [
    [0, 47925, 419],
    [1, 189127, 70],
    [5, 234793, 36],
    [10, 238790, 46],
    [15, 254996, 249],
    [20, 326831, 420],
    [25, 355086, 403],
    [30, 324222, 441],
    [35, 269963, 508],
    [40, 261971, 769],
    [45, 238011, 1154],
    [50, 261612, 1866],
    [55, 181385, 2043],
    [60, 187962, 3496],
    [65, 153832, 4366],
    [70, 105169, 4337],
    [75, 73694, 5279],
    [80, 57512, 6460],
    [85, 32435, 6146],
  ] as [fromAge: number, population: number, deaths: number][]
).map(([fromAge, population, deaths]) => ({ fromAge, population, deaths }))

describe('a life table', () => {
  it('comes within a tenth of a year of the published one, whose ages at death are graduated', () => {
    const table = lifeTable(austria, 'male')

    expect(Math.abs((table?.expectancyAtBirth.value ?? 0) - 72.889)).toBeLessThan(0.1)
    expect(table?.rows[0]?.a).toBeCloseTo(0.045 + 2.684 * (419 / 47925), 10)
    expect(table?.rows[1]?.a).toBeCloseTo(1.651 - 2.816 * (419 / 47925), 10)
    expect(table?.rows.at(-1)?.e).toBeCloseTo(32435 / 6146, 10)
    expect(table?.expectancyAtBirth.high).toBeLessThan(73.2)
    const at65 = table?.rows.find(({ fromAge }) => fromAge === 65)
    expect(at65 && expectation(at65).value).toBeCloseTo(14.7, 0)
  })

  it('by single years of a constant rate expects its inverse', () => {
    const ages = Array.from({ length: 101 }, (_, fromAge) => ({ fromAge, population: 10_000, deaths: 200 }))

    const table = lifeTable(ages, 'both')

    expect(table?.rows[20]?.e).toBeCloseTo(50, 2)
  })

  it('closes: all die, years add up, an interval widens for fewer people', () => {
    const share = fc.integer({ min: 1, max: 400 })
    fc.assert(
      fc.property(fc.array(share, { minLength: 19, maxLength: 19 }), (deaths) => {
        const groups = austria.map(({ fromAge }, index) => ({
          fromAge,
          population: 2000,
          deaths: deaths[index] ?? 1,
        }))
        const table = lifeTable(groups, 'female')
        const rows = table?.rows ?? []
        expect(rows.reduce((sum, { d }) => sum + d, 0)).toBeCloseTo(100_000, 4)
        expect(rows[0]?.T).toBeCloseTo(
          rows.reduce((sum, { L }) => sum + L, 0),
          3,
        )
        const larger = lifeTable(
          groups.map((group) => ({ ...group, population: 20_000, deaths: group.deaths * 10 })),
          'female',
        )
        expect(larger?.expectancyAtBirth.value).toBeCloseTo(table?.expectancyAtBirth.value ?? 0, 6)
        expect(larger?.rows[0]?.variance).toBeCloseTo((rows[0]?.variance ?? 0) / 10, 6)
      }),
    )
  })

  it('is not made without population everywhere and deaths in the open group', () => {
    expect(lifeTable([], 'both')).toBeNull()
    expect(lifeTable(austria.slice(1), 'male')).toBeNull()
    expect(lifeTable(austria.with(3, { fromAge: 10, population: 0, deaths: 0 }), 'male')).toBeNull()
    expect(lifeTable(austria.with(18, { fromAge: 85, population: 10, deaths: 0 }), 'male')).toBeNull()
  })
})

describe('standardisation', () => {
  it('by age leaves a rate alone that is the same at every age', () => {
    const strata = whoWorldStandard.weights.map((_, index) => ({
      events: 10 * (index + 1),
      population: 1000 * (index + 1),
    }))

    const { crude, standardised } = directlyStandardised(strata, whoWorldStandard)

    expect(standardised.value).toBeCloseTo(10, 10)
    expect(crude.value).toBeCloseTo(10, 10)
    expect(standardised.low).toBeLessThan(10)
    expect(standardised.high).toBeGreaterThan(10)
  })

  it('knows eighteen age groups of the world standard, and refuses others', () => {
    expect(whoWorldStandard.fromAges).toHaveLength(whoWorldStandard.weights.length)
    expect(whoWorldStandard.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(100.035, 10)
    expect(() => directlyStandardised([], whoWorldStandard)).toThrow(RangeError)
  })

  it('against a reference gives observed over expected with Byar’s bounds', () => {
    const { ratio, expected } = indirectlyStandardised(20, [
      { population: 1000, referenceRate: 0.004 },
      { population: 2000, referenceRate: 0.003 },
    ])

    expect(expected).toBe(10)
    expect(ratio.value).toBe(2)
    expect(ratio.low).toBeCloseTo(1.221, 3)
    expect(ratio.high).toBeCloseTo(3.089, 3)
  })
})

describe('mortality', () => {
  it('of infants and mothers keeps to the definitions', () => {
    const rates = earlyMortality({
      liveBirths: 1000,
      infant: 6,
      neonatal: 4,
      earlyNeonatal: 3,
      underFive: 8,
      fetal: 5,
      maternal: 1,
    })

    expect(rates.infant.value).toBe(6)
    expect(rates.neonatal.value).toBe(4)
    expect(rates.underFive.value).toBe(8)
    expect(rates.perinatal.value).toBeCloseTo(8000 / 1005, 10)
    expect(rates.maternal.value).toBe(100)
    expect(rates.maternal.high).toBeCloseTo(557.2, 1)
  })

  it('and births make natural growth', () => {
    const { birth, death, naturalGrowth } = crudeRates(1106, 1015, 504_000)

    expect(birth.value?.toFixed(2)).toBe('2.19')
    expect(death.value?.toFixed(2)).toBe('2.01')
    expect(naturalGrowth.value).toBeCloseTo((birth.value ?? 0) - (death.value ?? 0), 12)
    expect(naturalGrowth.value?.toFixed(2)).toBe('0.18')
    expect(crudeRates(1, 1, 0).naturalGrowth.value).toBeNull()
  })
})
