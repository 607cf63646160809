import { proportion } from '../intervals/rules-proportions.ts'
import { scaled, sumOf, type Estimate } from '../rules-estimate.ts'

export type PersonsByAge = ReadonlyMap<number, number>

export type QualityIndex = { value: number | null; isUnusual: boolean; method: string }

function personsAt(persons: PersonsByAge, ages: readonly number[]): number {
  return sumOf(ages.map((age) => persons.get(age) ?? 0))
}

const from = (first: number, last: number, step: number) =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step)

/** Rule A3, Whipple's index over ages 23–62: 100 no heaping on 0 and 5, 500 nothing else; a question above 105. */
export function whippleIndex(persons: PersonsByAge): QualityIndex {
  const all = personsAt(persons, from(23, 62, 1))
  const value = all === 0 ? null : (500 * personsAt(persons, from(25, 60, 5))) / all
  return { value, isUnusual: value !== null && value > 105, method: 'Whipple, ages 23–62' }
}

/** Myers' blended index over ages 10–99, the share of persons reported at a wrong digit: 0 none, 90 all on one. */
export function myersIndex(persons: PersonsByAge): QualityIndex & { percentByDigit: number[] } {
  const blended = from(0, 9, 1).map(
    (digit) =>
      (digit + 1) * personsAt(persons, from(10 + digit, 80 + digit, 10)) +
      (9 - digit) * personsAt(persons, from(20 + digit, 90 + digit, 10)),
  )
  const all = sumOf(blended)
  const method = 'Myers, blended, ages 10–99'
  if (all === 0) return { value: null, isUnusual: false, method, percentByDigit: [] }
  const percentByDigit = blended.map((weight) => (100 * weight) / all)
  const value = sumOf(percentByDigit.map((percent) => Math.abs(percent - 10))) / 2
  return { value, isUnusual: value > 10, method, percentByDigit }
}

export type DigitPreference = { percent: Estimate; expected: number; isUnusual: boolean }

/**
 * Rule A4: birth weights in grams that end in 00. Scales that show 10 g let one in ten end so; unusual where the Wilson
 * interval lies above twice the expected share.
 */
export function weightDigitPreference(
  weights: { endingIn00: number; all: number },
  expectedShare = 0.1,
): DigitPreference {
  const percent = scaled(proportion(weights.endingIn00, weights.all), 100)
  const expected = 100 * expectedShare
  return { percent, expected, isUnusual: percent.low !== null && percent.low > 2 * expected }
}
