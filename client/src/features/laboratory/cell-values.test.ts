import { describe, expect, it } from 'vitest'
import { readCell } from './cell-values.ts'

const serology = ['NEG', 'POS', 'GREY']

describe('a cell of the batch table', () => {
  it.each([
    ['', serology, true, null],
    ['+', serology, true, { flag: 'POS' }],
    ['－', serology, true, { flag: 'NEG' }],
    ['±', serology, true, { flag: 'GREY' }],
    ['阳性', serology, false, { flag: 'POS' }],
    ['negative', serology, false, { flag: 'NEG' }],
    ['21.4', serology, true, { number: 21.4 }],
    ['２１', serology, true, { number: 21 }],
    ['21.4', serology, false, { wrong: true }],
    ['<3', serology, true, { wrong: true }],
    ['-', ['NORMAL', 'ABNORMAL'], false, { flag: 'NORMAL' }],
    ['h', ['LOW', 'HIGH'], true, { flag: 'HIGH' }],
    ['unsat_sample', ['NEG', 'UNSAT_SAMPLE'], true, { flag: 'UNSAT_SAMPLE' }],
    ['高', serology, true, { wrong: true }],
  ])('reads “%s”', (typed, allowed, hasNumber, value) => {
    expect(readCell(typed, allowed, hasNumber)).toEqual(value)
  })
})
