import { describe, expect, test } from 'vitest'
import { yearsBefore } from './filter.ts'
import { ageOn, documentNumber, findingsOf, parentFaults, phoneDigits, type Judged } from './rules.ts'

test.each([
  ['on the birthday', '1990-05-17', '2026-05-17', 36],
  ['the day before', '1990-05-17', '2026-05-16', 35],
  ['born on 29 February, on the 28th', '2000-02-29', '2025-02-28', 24],
  ['born on 29 February, on 1 March', '2000-02-29', '2025-03-01', 25],
])('age %s', (_, birthDate, day, age) => {
  expect(ageOn(birthDate, day)).toBe(age)
})

test.each([
  ['2026-03-01', 60, '1966-03-01'],
  ['2024-02-29', 1, '2023-02-28'],
  ['2024-02-29', 4, '2020-02-29'],
])('%s less %i years is %s', (day, years, expected) => {
  expect(yearsBefore(day, years)).toBe(expected)
})

test.each([
  ['01', '11010519491231002x', '11010519491231002X'],
  ['01', '110105491231002', '11010519491231002X'],
  ['01', '１１０１０５ 19491231 002X', '11010519491231002X'],
  ['03', 'e1234 5678', 'E12345678'],
  ['02', '110105491231002', '110105491231002'],
] as const)('a document of type %s, %s, is kept as %s', (idType, raw, kept) => {
  expect(documentNumber(idType, raw)).toBe(kept)
})

test('a phone is its digits', () => {
  expect(phoneDigits('(0633) 521-1234')).toBe('06335211234')
})

describe('a parent', () => {
  test.each([
    ['mother of 12', '1978-01-01', '2', []],
    ['mother of 11', '1978-06-01', '2', ['mother-age-impossible']],
    ['mother of 60', '1929-06-01', '2', []],
    ['mother of 61', '1928-06-01', '2', ['mother-age-impossible']],
    ['mother who is a man', '1960-01-01', '1', ['invalid-value']],
  ])('%s', (_, birthDate, sex, codes) => {
    expect(parentFaults('1990-05-17', { birthDate, sex }, null).map(({ code }) => code)).toEqual(codes)
  })

  test.each([
    ['father of 11', '1978-06-01', ['father-age-impossible']],
    ['father of 75', '1915-01-01', []],
  ])('%s', (_, birthDate, codes) => {
    expect(parentFaults('1990-05-17', null, { birthDate, sex: '1' }).map(({ code }) => code)).toEqual(codes)
  })
})

describe('a finding', () => {
  const plain: Judged = {
    ...{
      idType: '01',
      idNumber: '991521199001010025',
      sex: '2',
      birthDate: '1990-01-01',
      birthDatePrecision: 'DAY',
    },
    ...{ mother: null, headBirthDate: null, relationToHead: null, today: '2026-01-01' },
  }

  test.each([
    ['none', {}, []],
    ['another birth date', { birthDate: '1990-01-02' }, ['I2']],
    [
      'another day where only the month is known',
      { birthDate: '1990-01-15', birthDatePrecision: 'MONTH' },
      [],
    ],
    ['another sex', { sex: '1' }, ['I2']],
    ['a sex not stated', { sex: '9' }, []],
    ['a passport', { idType: '03', birthDate: '1950-01-01' }, []],
    ['older than 110', { idNumber: null, birthDate: '1915-01-01' }, ['I5']],
    ['a mother of 12', { mother: { sex: '2', birthDate: '1977-06-01' } }, ['F1']],
    ['a mother of 13', { mother: { sex: '2', birthDate: '1976-06-01' } }, []],
    ['a mother of 56', { mother: { sex: '2', birthDate: '1933-06-01' } }, ['F1']],
    ['a child as old as the head', { relationToHead: '2', headBirthDate: '1990-01-01' }, ['F7']],
    ['a grandchild a generation away', { relationToHead: '4', headBirthDate: '1970-01-01' }, ['F7']],
    ['a parent who is younger', { relationToHead: '5', headBirthDate: '1980-01-01' }, ['F7']],
    ['a parent', { relationToHead: '5', headBirthDate: '2010-01-01' }, []],
    ['a spouse of any age', { relationToHead: '1', headBirthDate: '1930-01-01' }, []],
  ] as [string, Partial<Judged>, string[]][])('%s', (_, given, findings) => {
    expect(findingsOf({ ...plain, ...given })).toEqual(findings)
  })
})
