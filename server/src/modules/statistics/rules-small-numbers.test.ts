import { expect, test } from 'vitest'
import { smallNumber, type Basis } from './index.ts'

test.each([
  ['twenty events', { kind: 'rate', events: 20, denominator: 50 }, []],
  ['nineteen events', { kind: 'rate', events: 19, denominator: 5000 }, ['few-events']],
  ['a denominator of 49', { kind: 'rate', events: 20, denominator: 49 }, ['small-denominator']],
  ['a count of nineteen', { kind: 'count', events: 19 }, ['few-events']],
  ['500 births', { kind: 'sex-ratio', births: 500 }, []],
  ['499 births', { kind: 'sex-ratio', births: 499 }, ['few-births']],
] as [string, Basis, string[]][])('a value over %s', (_, basis, reasons) => {
  expect(smallNumber(basis)).toEqual({
    flag: reasons.length > 0 ? 'UNSTABLE' : null,
    reasons,
    mayRank: reasons.length === 0,
  })
})
