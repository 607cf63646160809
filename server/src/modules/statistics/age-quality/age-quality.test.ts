import { describe, expect, it } from 'vitest'
import { myersIndex, weightDigitPreference, whippleIndex } from '../index.ts'

const ages = (persons: (age: number) => number) =>
  new Map(Array.from({ length: 100 }, (_, age) => [age, persons(age)]))

describe('age heaping', () => {
  it('is 100 where every age is equally frequent, 500 where all end in 0 or 5', () => {
    expect(whippleIndex(ages(() => 10)).value).toBe(100)
    expect(whippleIndex(ages((age) => (age % 5 === 0 ? 10 : 0))).value).toBe(500)
    expect(whippleIndex(new Map())).toMatchObject({ value: null, isUnusual: false })
  })

  it('is a question above 105', () => {
    const heaped = (extra: number) => whippleIndex(ages((age) => (age % 5 === 0 ? 100 + extra : 100)))

    expect(heaped(6).isUnusual).toBe(false)
    expect(heaped(8).isUnusual).toBe(true)
  })

  it('by Myers is 0 for an even spread and 90 for a single digit', () => {
    expect(myersIndex(ages(() => 10)).value).toBeCloseTo(0, 10)
    expect(myersIndex(ages((age) => (age % 10 === 0 ? 10 : 0)))).toMatchObject({ value: 90, isUnusual: true })
    expect(myersIndex(new Map()).value).toBeNull()
  })
})

describe('birth weights that end in 00', () => {
  it('are usual at one in ten and a question where half of them do', () => {
    expect(weightDigitPreference({ endingIn00: 100, all: 1000 }).isUnusual).toBe(false)
    expect(weightDigitPreference({ endingIn00: 500, all: 1000 })).toMatchObject({
      isUnusual: true,
      expected: 10,
    })
    expect(weightDigitPreference({ endingIn00: 3, all: 5 }).percent.low).toBeGreaterThan(0)
  })
})
