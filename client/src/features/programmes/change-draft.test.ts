import { describe, expect, it, test } from 'vitest'
import { factShown, factTyped, ruleFaultsIn } from './change-draft.ts'
import { linesCompared } from './line-diff.ts'

describe('a change of a programme', () => {
  it('tells the faults of a rule where they stand in its tree', () => {
    const faults = ruleFaultsIn({
      'payload.terms.rule.and.0.fact': 'forbidden-fact',
      'payload.terms.rule': 'rule-too-deep',
      'payload.terms.acceptDays': 'invalid-value',
    })

    expect(faults).toEqual({ 'and/0/fact': 'forbidden-fact', '': 'rule-too-deep' })
  })

  test.each([
    ['age_years', '60', 60],
    ['age_years', '', null],
    ['only_child_cert', 'false', false],
    ['child_sexes_living', '2, 2', ['2', '2']],
    ['child_sexes_living', '', []],
    ['birth_date', '1960-01-01', '1960-01-01'],
  ] as const)('reads %s typed as “%s”', (fact, typed, value) => {
    expect(factTyped(fact, typed)).toEqual(value)
    expect(factShown(factTyped(fact, typed))).toBe(typed)
  })

  it('is shown line by line beside what stands', () => {
    expect(linesCompared(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual([
      { kind: 'same', text: 'a' },
      { kind: 'gone', text: 'b' },
      { kind: 'new', text: 'x' },
      { kind: 'same', text: 'c' },
      { kind: 'new', text: 'd' },
    ])
  })
})
