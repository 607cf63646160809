import { describe, expect, test } from 'vitest'
import { fenOf, rowsOf } from './table-file.ts'

describe('a table in a file', () => {
  test.each([
    ['a,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['\uFEFFa,b\r\n"x, ""y""",2\r\n\r\n', [{ a: 'x, "y"', b: '2' }]],
    ['a,b\n1', [{ a: '1', b: '' }]],
    ['', []],
  ])('is read by the names of its first line: %j', (file, expected) => {
    expect(rowsOf(file)).toEqual(expected)
  })

  test.each([
    ['12.34', 1234],
    ['1,226,900', 122_690_000],
    ['0.1', 10],
  ])('%s yuan are so many fen', (text, fen) => {
    expect(fenOf(text)).toBe(fen)
  })
})
