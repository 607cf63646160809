import { describe, expect, test } from 'vitest'
import { changesBetween, conditionIn, typedCondition, withoutPart, withPart } from './set-changes.ts'
import type { SetParts } from './set-changes.ts'

const set: SetParts = {
  items: [
    { code: 'EXAM', nameZh: '体检', nameEn: 'Examination', parties: ['HER', 'HIM'] },
    { code: 'BLOOD', nameZh: '血常规', nameEn: 'Blood count', parties: ['HER'] },
  ],
  elements: [
    {
      code: 'HB',
      item: 'BLOOD',
      parties: ['HER'],
      nameZh: '血红蛋白',
      nameEn: 'Haemoglobin',
      kind: 'NUMBER',
    },
    { code: 'RH', item: 'BLOOD', parties: ['HER'], nameZh: 'Rh', nameEn: 'Rh', kind: 'CODE' },
  ],
  rules: [
    {
      ...{ code: 'ANAEMIA', reasonZh: '贫血', reasonEn: 'Anaemia', adviceZh: '补铁', adviceEn: 'Iron' },
      conditions: [{ party: 'HER', element: 'HB', test: 'BELOW', value: 110 }],
      source: '规范',
    },
  ],
}

describe('a new version of an item set', () => {
  test('changes nothing where nothing was touched', () => {
    expect(changesBetween(set, withPart(set, 'items', { ...set.items[0]! }))).toEqual([])
  })

  test('names what is added, changed and removed, and what goes with it', () => {
    const hb = { ...set.elements[0]!, normalFrom: 115 }
    const changed = withPart(withPart(set, 'elements', hb), 'elements', { ...hb, code: 'HCT' })

    expect(changesBetween(set, changed).map(({ what, code }) => [what, code])).toEqual([
      ['CHANGED', 'HB'],
      ['ADDED', 'HCT'],
    ])
    const without = changesBetween(set, withoutPart(set, 'items', 'BLOOD'))
    expect(without.map(({ what, code }) => `${what} ${code}`)).toEqual([
      'REMOVED BLOOD',
      'REMOVED HB',
      'REMOVED RH',
      'REMOVED ANAEMIA',
    ])
  })

  test.each([
    [{ element: 'HB', test: 'BELOW', value: '110' }, 110],
    [{ element: 'AGE', test: 'AT_LEAST', value: '35' }, 35],
    [{ element: 'RH', test: 'IS', value: 'NEG' }, 'NEG'],
    [{ element: 'RH', test: 'IN', value: 'NEG，UNKNOWN' }, ['NEG', 'UNKNOWN']],
  ] as const)('reads the value of a condition in its kind: %j', (typed, value) => {
    const condition = conditionIn(set.elements, { party: 'HER', ...typed })

    expect(condition.value).toEqual(value)
    expect(conditionIn(set.elements, typedCondition(condition))).toEqual(condition)
  })
})
