import { describe, expect, it, test } from 'vitest'
import { keysOf, numberKeyOf } from './keys.ts'
import { columnsOf, listRow } from './rules.ts'

const salt = Buffer.from('a national salt')

describe('the keys of a claimant', () => {
  const one = {
    idNumber: '99100019600201002x',
    namePinyin: 'wu shuang',
    birthDate: '1960-02-01',
    sex: '2',
    kinNumber: null,
  }

  it('are the same for the same person however it is written, and others under another salt', () => {
    const keys = keysOf(one, salt)

    expect(keysOf({ ...one, idNumber: one.idNumber.toUpperCase(), namePinyin: 'WuShuang' }, salt)).toEqual(
      keys,
    )
    expect(keysOf(one, Buffer.from('another')).name.equals(keys.name)).toBe(false)
    expect(keysOf({ ...one, birthDate: '1960-02-02' }, salt).name.equals(keys.name)).toBe(false)
  })

  const columns = columnsOf(['key', '项目', '县代码', 'from'])!
  const key = 'ab'.repeat(32)
  test.each([
    ['a hash', [key, 'p01', '130424', '2025-01'], true],
    ['no hash', ['991121196002010021', 'P01', '130424', ''], false],
    ['no programme', [key, '奖扶', '130424', ''], false],
    ['no county', [key, 'P01', '', ''], false],
    ['no month', [key, 'P01', '130424', '2025-13'], false],
  ])('a row with %s: %o → %s', (_, cells, isUsable) => {
    expect(listRow(cells, columns, (number) => numberKeyOf(number, salt)) !== null).toBe(isUsable)
  })
})
