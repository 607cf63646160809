import { expect, test } from 'vitest'
import { confusedSpellings, nameReadings, typedPinyin } from './names.ts'

test.each([
  ['张三', 'zhangsan', 'zs', []],
  ['曾国藩', 'zengguofan', 'zgf', ['cengguofan']],
  ['单田芳', 'shantianfang', 'stf', ['dantianfang', 'chantianfang']],
  ['欧阳修', 'ouyangxiu', 'oyx', []],
  ['吕布', 'lvbu', 'lb', []],
  ['万俟卨', 'moqixie', 'mqx', ['wanqixie', 'mosixie', 'wansixie']],
  ['阿凡提·买买提', 'afantimaimaiti', 'aftmmt', undefined],
  ['John', 'john', 'john', []],
  ['·', '', '', []],
])('%s sounds %s', (name, pinyin, initials, others) => {
  const readings = nameReadings(name)

  expect([readings.pinyin, readings.initials]).toEqual([pinyin, initials])
  if (others) expect(readings.others.map((other) => other.pinyin)).toEqual(others)
})

test('a name of many sounds keeps a handful of readings', () => {
  expect(nameReadings('乐单曾仇解查').others.length).toBeLessThan(8)
})

test.each([
  ['Zhāng San', 'zhangsan'],
  ['lü', 'lv'],
  ["xi'an", 'xian'],
  ['LYU bu', 'lvbu'],
])('%s is typed for %s', (typed, pinyin) => {
  expect(typedPinyin(typed)).toBe(pinyin)
})

test.each([
  ['zangsan', 'zhangsan'],
  ['linhong', 'linghong'],
  ['zenguofan', 'zengguofan'],
  ['liu', 'niu'],
  ['hujian', 'fujian'],
])('%s may be meant for %s', (typed, meant) => {
  expect(confusedSpellings(typed)).toContain(meant)
})
