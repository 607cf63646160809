import { expect, test } from 'vitest'
import { isSound, monthAfter, stopReasonOf, yearAfter } from './rules.ts'

const good = { alive: 'YES', hukou: 'YES', children: 'YES', disability: 'YES', account: 'YES' } as const

test.each([
  ['all holds', {}, 'CONTINUE', true],
  ['not alive', { alive: 'NO' }, 'CONTINUE', false],
  ['nobody knows whether alive', { alive: 'UNKNOWN' }, 'CONTINUE', false],
  ['account unknown', { account: 'UNKNOWN' }, 'CONTINUE', true],
  ['a grade changed', { disability: 'NO' }, 'ADJUST', true],
  ['a grade changed', { disability: 'NO' }, 'CONTINUE', false],
  ['all holds', {}, 'STOP', false],
  ['all holds', {}, 'SUSPEND', false],
  ['not met at home', { alive: 'UNKNOWN' }, 'SUSPEND', true],
  ['hukou elsewhere', { hukou: 'NO' }, 'STOP', true],
] as const)('%s %o → %s: %s', (_, found, result, sound) => {
  expect(isSound({ ...good, ...found }, result)).toBe(sound)
})

test.each([
  [{ alive: 'NO', hukou: 'NO' }, 'DEATH'],
  [{ hukou: 'NO' }, 'HUKOU_OUT'],
  [{ children: 'NO' }, 'CHILD_CONDITION_LOST'],
  [{ disability: 'NO' }, 'GRADE_ABOVE_3'],
  [{ account: 'NO' }, 'OTHER'],
] as const)('%o stops for %s', (found, reason) => {
  expect(stopReasonOf({ ...good, ...found })).toBe(reason)
})

test('a year and a month later', () => {
  expect([yearAfter('2028-02-29'), yearAfter('2026-05-31'), monthAfter('2026-12-31')]).toEqual([
    '2029-02-28',
    '2027-05-31',
    '2027-01-01',
  ])
})
