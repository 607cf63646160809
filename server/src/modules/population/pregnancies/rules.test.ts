import { describe, expect, test } from 'vitest'
import { CareReason } from '@youyu/shared/population/pregnancies'
import {
  dateFaults,
  findingsOf,
  gestationOn,
  mayBecome,
  withExpectedDay,
  womanFaults,
  type Dates,
} from './rules.ts'
import { withheld } from './monthly/rules.ts'
import { trimesterOf, visitFaults, visitFindings } from './visits/rules.ts'

const dates = (given: Partial<Dates> = {}): Dates => ({
  lastMenstruationOn: '2026-01-01',
  expectedOn: null,
  expectedBasis: null,
  registeredOn: '2026-03-01',
  endedOn: null,
  ...given,
})

describe('the expected day', () => {
  test.each([
    ['280 days after the last menstruation', dates(), ['2026-10-08', 'LMP']],
    ['by ultrasound', dates({ expectedOn: '2026-10-15' }), ['2026-10-15', 'ULTRASOUND']],
    [
      'by assisted reproduction',
      dates({ expectedOn: '2026-10-15', expectedBasis: 'ART' }),
      ['2026-10-15', 'ART'],
    ],
    [
      'the same stated twice',
      dates({ expectedOn: '2026-10-08', expectedBasis: 'LMP' }),
      ['2026-10-08', 'LMP'],
    ],
  ])('is %s', (_, given, [day, basis]) => {
    expect(withExpectedDay(given)).toMatchObject({ expectedOn: day, expectedBasis: basis })
  })

  test.each([
    ['neither day is known', dates({ lastMenstruationOn: null }), '/lastMenstruationOn', 'required'],
    ['ultrasound is named without a day', dates({ expectedBasis: 'ULTRASOUND' }), '/expectedOn', 'required'],
    [
      'the two disagree',
      dates({ expectedOn: '2026-10-09', expectedBasis: 'LMP' }),
      '/expectedOn',
      'invalid-value',
    ],
  ])('is asked for when %s', (_, given, pointer, code) => {
    expect(withExpectedDay(given)).toEqual([{ pointer, code }])
  })
})

describe('a day of a pregnancy', () => {
  test.each([
    ['registered on the first day', { registeredOn: '2026-01-01' }, []],
    ['registered before it began', { registeredOn: '2025-12-31' }, ['/registeredOn']],
    ['registered tomorrow', { registeredOn: '2026-11-02' }, ['/registeredOn']],
    ['ended at 45 weeks', { endedOn: '2026-10-30' }, []],
    ['ended before it began', { endedOn: '2025-12-30' }, ['/endedOn']],
    ['begun tomorrow', { lastMenstruationOn: '2026-11-02' }, ['/lastMenstruationOn', '/expectedOn']],
  ])('may be: %s', (_, given, pointers) => {
    const dated = { ...dates(), expectedOn: '2026-10-08', expectedBasis: 'LMP' as const, ...given }

    expect(dateFaults(dated, '2026-11-01').map(({ pointer }) => pointer)).toEqual(pointers)
  })

  test('is counted back from the expected day', () => {
    expect([gestationOn('2026-10-08', '2026-01-01'), gestationOn('2026-10-08', '2026-10-08')]).toEqual([
      0, 280,
    ])
  })
})

describe('a woman', () => {
  test.each([
    ['unmarried at twenty', { sex: '2', birthDate: '2006-01-01', status: 'ACTIVE' }, null],
    ['eleven years old', { sex: '2', birthDate: '2015-01-01', status: 'ACTIVE' }, 'mother-age-impossible'],
    ['a man', { sex: '1', birthDate: '1990-01-01', status: 'ACTIVE' }, 'invalid-value'],
    ['a merged record', { sex: '2', birthDate: '1990-01-01', status: 'MERGED' }, 'not-found'],
  ])('is judged by what is possible only: %s', (_, woman, code) => {
    expect(womanFaults(woman, '2026-10-08')[0]?.code ?? null).toBe(code)
  })

  test.each([
    ['2014-01-01', 'ONGOING', 0, ['F1']],
    ['1990-01-01', 'ONGOING', 0, []],
    ['1990-01-01', 'DELIVERED', 0, ['B07']],
    ['1990-01-01', 'DELIVERED', 1, []],
  ] as const)('born %s, %s with %i births, raises %j', (birthDate, status, births, findings) => {
    expect(findingsOf({ birthDate }, { expectedOn: '2026-10-08', status }, births)).toEqual(findings)
  })
})

test.each([
  ['REGISTERED', 'DELIVERED', true],
  ['LOST', 'DELIVERED', true],
  ['DELIVERED', 'TRANSFERRED_OUT', false],
  ['ENDED_LOSS', 'LOST', false],
] as const)('from %s to %s: %s', (from, to, may) => expect(mayBecome(from, to)).toBe(may))

test.each([
  [0, 0],
  [1, null],
  [4, null],
  [5, 5],
])('a count of %i is told as %s', (count, told) => expect(withheld(count)).toBe(told))

test.each([
  ['误录', true],
  ['重复建册，另一份为准', true],
  ['男胎', false],
  ['医生说是女孩', false],
  ['胎儿性别已告知', false],
  ['fetal sex told', false],
])('the reason “%s” may be written: %s', (reason, may) => {
  expect(CareReason.safeParse(reason).success).toBe(may)
})

describe('an antenatal visit', () => {
  const visit = { occurredOn: '2026-04-01', systolic: 120, diastolic: 80, nextOn: null }
  const pregnancy = { expectedOn: '2026-10-08', endedOn: null }

  test.each([
    ['as usual', visit, pregnancy, []],
    ['tomorrow', { ...visit, occurredOn: '2026-05-02' }, pregnancy, ['/occurredOn']],
    ['after the end', visit, { ...pregnancy, endedOn: '2026-03-01' }, ['/occurredOn']],
    ['before the beginning', { ...visit, occurredOn: '2025-12-01' }, pregnancy, ['/occurredOn']],
    ['with pressures the wrong way round', { ...visit, diastolic: 130 }, pregnancy, ['/diastolic']],
    ['followed by one before it', { ...visit, nextOn: '2026-04-01' }, pregnancy, ['/nextOn']],
  ])('%s', (_, given, of, pointers) => {
    expect(visitFaults(given, of, '2026-05-01').map(({ pointer }) => pointer)).toEqual(pointers)
  })

  test.each([
    [27, 1, ['V4']],
    [90, 1, []],
    [91, 2, []],
    [196, 3, []],
    [309, 3, ['V4']],
  ])('at %i days is of trimester %i', (days, trimester, findings) => {
    expect([trimesterOf(days), visitFindings(days)]).toEqual([trimester, findings])
  })
})
