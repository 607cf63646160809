import { describe, expect, test } from 'vitest'
import type { Episode } from '../persons/residence/rules.ts'
import {
  birthFaults,
  birthFindings,
  customaryName,
  expectedOrder,
  intervalFindings,
  isLate,
  isOrderJump,
  relationOfChild,
  statusOfChild,
  weightScore,
  type Sibling,
} from './rules.ts'
import { fitToBirth } from './rules-stay.ts'

const sibling = (occurredOn: string, given: Partial<Sibling> = {}): Sibling => ({
  ...{ occurredOn, sequence: 1, plurality: 1, order: null, isLive: true },
  ...given,
})
const birth = { occurredOn: '2026-08-01', sequence: 1, plurality: 1 }
const person = (birthDate: string, sex: string, diedOn: string | null = null) => ({ birthDate, sex, diedOn })
const judged = {
  ...birth,
  ...{ outcome: 'LIVE' as const, order: null, sex: '1', gestationDays: null, weightGrams: null },
  ...{ mother: null, father: null, siblings: [], child: null, motherId: 'm', today: '2026-08-20' },
}
const stated = {
  ...birth,
  ...{ outcome: 'LIVE' as const, occurredAt: null, certificateNumber: null, certificateIssuedOn: null },
  ...{ hukouRegisteredOn: null, hepatitisBOn: null, mother: null, father: null, childDiedOn: null },
  today: '2026-08-20',
}

describe('a birth', () => {
  test.each([
    ['on the thirtieth day', '2026-07-21', '2026-08-20', false],
    ['on the thirty-first day', '2026-07-20', '2026-08-20', true],
  ])('is late or not %s', (_, occurredOn, knownOn, expected) => {
    expect(isLate(occurredOn, knownOn)).toBe(expected)
  })

  test.each([
    ['seven months after another', [sibling('2026-01-01')], []],
    ['a day less than seven months after', [sibling('2026-01-02')], ['F2']],
    ['199 days before another', [sibling('2027-02-16')], ['F2', 'B10']],
    ['on the same day as a twin', [sibling('2026-08-01', { plurality: 2 })], []],
    ['on the same day as a child entered as a single birth', [sibling('2026-08-01')], ['F2', 'B10']],
    ['a year after another', [sibling('2025-08-01')], []],
  ])('%s', (_, siblings, expected) => {
    expect(intervalFindings(birth, siblings)).toEqual(expected)
  })

  test.each([
    ['a first child', 1, [], false],
    ['a second said to be first', 1, [sibling('2020-01-01')], true],
    ['a second', 2, [sibling('2020-01-01', { order: 1 })], false],
    ['a third after one known child', 3, [sibling('2020-01-01', { order: 1 })], true],
    [
      'an elder child entered late, its younger one counted first',
      1,
      [sibling('2028-01-01', { order: 1 })],
      true,
    ],
    ['a child after a stillbirth', 1, [sibling('2020-01-01', { isLive: false })], false],
  ])('jumps in order or not: %s', (_, order, siblings, expected) => {
    expect(isOrderJump({ ...birth, order }, siblings)).toBe(expected)
  })

  test('follows its elder twin in order', () => {
    const twin = sibling('2026-08-01', { plurality: 2, order: 1 })

    expect(expectedOrder({ ...birth, plurality: 2, sequence: 2 }, [twin])).toBe(2)
  })

  test.each([
    ['usual at term', 3400, 280, '1', 0],
    ['usual at 30 weeks', 1400, 210, '2', 0],
    ['a kilogram at term', 1000, 280, '1', -6],
    ['four kilograms at 30 weeks', 4000, 210, '2', 14],
  ])('weighs what is %s', (_, grams, days, sex, expected) => {
    expect(Math.abs(weightScore(grams, days, sex) - expected)).toBeLessThan(2)
  })

  test.each([
    ['a mother of twelve', { mother: person('2014-01-01', '2') }, ['F1']],
    ['a mother of fifty-six', { mother: person('1970-01-01', '2') }, ['F1']],
    [
      'another mother than the register has',
      { child: { ...person('2026-08-01', '1'), motherId: 'n' } },
      ['F4'],
    ],
    ['a father dead for a year', { father: person('1990-01-01', '1', '2025-07-01') }, ['V2']],
    [
      'another sex than the register has',
      { child: { ...person('2026-08-01', '2'), motherId: null } },
      ['B09'],
    ],
    [
      'nothing odd',
      { mother: person('1996-01-01', '2'), father: person('1990-01-01', '1', '2026-03-01') },
      [],
    ],
  ])('with %s', (_, given, expected) => {
    expect(birthFindings({ ...judged, ...given })).toEqual(expected)
  })

  test.each([
    ['a day to come', { occurredOn: '2026-08-21' }, ['/occurredOn']],
    ['a mother of eleven', { mother: person('2015-01-01', '2') }, ['/motherId']],
    ['a mother of sixty-one', { mother: person('1965-01-01', '2') }, ['/motherId']],
    ['a mother dead the day before', { mother: person('1995-01-01', '2', '2026-07-31') }, ['/motherId']],
    ['a father of eleven', { father: person('2015-01-01', '1') }, ['/fatherId']],
    ['a child dead before', { childDiedOn: '2026-07-31' }, ['/occurredOn']],
    ['a vaccination before', { hepatitisBOn: '2026-07-31' }, ['/hepatitisBOn']],
    [
      'a certificate for a stillbirth',
      { outcome: 'STILLBIRTH' as const, certificateNumber: 'X320101001' },
      ['/certificateNumber'],
    ],
    ['nothing impossible', { mother: person('1995-01-01', '2', '2026-08-01') }, []],
  ])('cannot have %s', (_, given, pointers) => {
    expect(birthFaults({ ...stated, ...given }).map(({ pointer }) => pointer)).toEqual(pointers)
  })
})

describe('a newborn', () => {
  test.each([
    ['of the head', '1', ['0', null], '2'],
    ['of the head’s wife', '2', ['1', null], '3'],
    ['of the head’s daughter-in-law and son', '1', ['8', '2'], '4'],
    ['of somebody else in the household', '1', ['8', null], '8'],
    ['of a sex not known', '0', ['0', null], '8'],
  ])('%s', (_, sex, parents, expected) => {
    expect(relationOfChild(sex, parents)).toBe(expected)
  })

  test.each([
    ['1', '王芳', '王芳之子'],
    ['2', '王芳', '王芳之女'],
    ['0', '王芳', '王芳之子女'],
    ['1', undefined, '未命名'],
  ])('without a name is called after her mother', (sex, mother, expected) => {
    expect(customaryName(mother, sex)).toBe(expected)
  })

  const [here, there, capital] = ['371121001001', '371121102201', '110000000000']
  test.each([
    ['at home', here, here, null, '1'],
    [
      'with a mother who came from elsewhere',
      here,
      there,
      { residence: here, hukou: there, status: '4' },
      '4',
    ],
    ['in another village than the hukou', here, there, null, '3'],
    ['away with the hukou here', capital, here, null, '2'],
  ])('lives %s', (_, residence, hukou, mother, expected) => {
    expect(statusOfChild({ residence, hukou }, mother, '371121')).toBe(expected)
  })

  const stay = (
    id: string,
    divisionCode: string,
    from: string | null,
    to: string | null = null,
  ): Episode => ({
    ...{ id, divisionCode, from, to, status: '1', evidence: null, expectedReturn: null },
  })
  const home = { divisionCode: here, status: '1' }
  test.each([
    ['has always lived there', [stay('a', here, null)], [], []],
    ['was entered elsewhere', [stay('a', there, '2026-08-01')], ['a'], [[here, '2026-08-01', null]]],
    ['was born earlier than entered', [stay('a', here, '2026-08-05')], ['a'], [[here, '2026-08-01', null]]],
    ['came from elsewhere later', [stay('a', there, '2026-09-05')], [], [[here, '2026-08-01', '2026-09-05']]],
    [
      'was born later than entered, and had moved before',
      [stay('a', here, '2026-06-01', '2026-07-01'), stay('b', there, '2026-07-01')],
      ['a', 'b'],
      [[there, '2026-08-01', null]],
    ],
    ['lived nowhere yet', [], [], [[here, '2026-08-01', null]]],
  ])('who %s', (_, episodes, voided, added) => {
    const fitting = fitToBirth(episodes, '2026-08-01', '2026-08-01', home)

    expect(fitting.voided.map(({ id }) => id)).toEqual(voided)
    expect(fitting.added.map(({ divisionCode, from, to }) => [divisionCode, from, to])).toEqual(added)
  })
})
