import { describe, expect, test } from 'vitest'
import { factsOn, stillHolding } from '@youyu/shared/birth-defects/risk-facts'
import { contactFaults, nextContactOn, scheduleOf, stepAt, type StepWindow } from './rules.ts'

const schedule: StepWindow[] = [
  { item: 'ANC_FIRST', fromDays: 35, toDays: 90 },
  { item: 'ANC_16', fromDays: 112, toDays: 146 },
  { item: 'ANC_21', fromDays: 147, toDays: 174 },
  { item: 'ANC_28', fromDays: 196, toDays: 258 },
  { item: 'ANC_37', fromDays: 259, toDays: 286 },
]
const week = (weeks: number, days = 0) => weeks * 7 + days

describe('a visit settles the item of its gestation', () => {
  test.each([
    [week(12, 6), 'ANC_FIRST'],
    [week(13), null],
    [week(15, 6), null],
    [week(16), 'ANC_16'],
    [week(20, 6), 'ANC_16'],
    [week(21), 'ANC_21'],
    [week(24, 6), 'ANC_21'],
    [week(25), null],
    [week(27, 6), null],
    [week(28), 'ANC_28'],
    [week(36, 6), 'ANC_28'],
    [week(37), 'ANC_37'],
    [week(41), null],
  ])('%i days: %s', (days, item) => {
    expect(stepAt(schedule, days)).toBe(item)
  })
})

describe('the next day', () => {
  // Expected on 2026-12-31: day 0 is 2026-03-26.
  test.each([
    ['2026-05-20', '2026-07-16'],
    ['2026-07-16', '2026-08-20'],
    ['2026-10-08', '2026-10-22'],
    ['2026-12-01', '2026-12-10'],
    ['2026-12-10', '2026-12-17'],
    ['2027-01-14', null],
  ])('after %s is %s', (on, next) => {
    expect(nextContactOn(schedule, '2026-12-31', on)).toBe(next)
  })
})

describe('the schedule of a pregnancy', () => {
  test('follows from the expected day, and from what was done', () => {
    const done = [{ step: 'ANC_FIRST' as const, occurredOn: '2026-05-20' }]

    expect(
      scheduleOf(schedule, '2026-12-31', done, '2026-08-20').map(({ item, from, to, state }) => [
        item,
        from,
        to,
        state,
      ]),
    ).toEqual([
      ['ANC_FIRST', '2026-04-30', '2026-06-24', 'DONE'],
      ['ANC_16', '2026-07-16', '2026-08-19', 'PASSED'],
      ['ANC_21', '2026-08-20', '2026-09-16', 'DUE'],
      ['ANC_28', '2026-10-08', '2026-12-09', 'NOT_DUE'],
      ['ANC_37', '2026-12-10', '2027-01-06', 'NOT_DUE'],
    ])
  })
})

describe('what is known on a day', () => {
  const taken = [
    {
      occurredOn: '2026-05-01',
      values: { haemoglobin: 118, hepatitisB: 'POSITIVE' as const, systolic: 150 },
    },
    { occurredOn: '2026-07-01', values: { haemoglobin: 104 } },
  ]

  test.each([
    ['2026-05-01', ['haemoglobin 118', 'hepatitisB POSITIVE', 'systolic 150']],
    ['2026-06-12', ['haemoglobin 118', 'hepatitisB POSITIVE']],
    ['2026-06-13', ['hepatitisB POSITIVE']],
    ['2026-08-12', ['haemoglobin 104', 'hepatitisB POSITIVE']],
    ['2026-08-13', ['hepatitisB POSITIVE']],
  ])('on %s', (on, facts) => {
    expect(
      stillHolding(taken, on)
        .map(({ fact, value }) => `${fact} ${value}`)
        .sort(),
    ).toEqual(facts)
  })

  test('joins the register, what holds and what was found, and derives', () => {
    const pregnant = {
      ...{ birthDate: '1991-12-31', expectedOn: '2026-12-31', parityBefore: 1, gravida: null },
      ...{ plurality: 2, conception: 'ART' },
    }
    const values = { heightCentimetres: 160, weightBeforeKilograms: 64, losses: 2, abortions: 1 }

    expect(
      factsOn(pregnant, [{ fact: 'hiv', value: 'NEGATIVE', on: '2026-05-01' }], values, '2026-12-30'),
    ).toEqual({
      ...{ age: 34, ageAtTerm: 35, gestationDays: 279, parity: 1, plurality: 2, conception: 'ART' },
      ...{ hiv: 'NEGATIVE', ...values, bmi: 25, allLosses: 3 },
    })
  })
})

describe('what cannot be', () => {
  const pregnancy = { expectedOn: '2026-12-31', endedOn: null }
  const contact = { occurredOn: '2026-08-20', values: {}, nextOn: null }

  test.each([
    [{}, null],
    [{ occurredOn: '2026-08-21' }, '/occurredOn'],
    [{ occurredOn: '2026-03-25' }, '/occurredOn'],
    [{ values: { systolic: 90, diastolic: 90 } }, '/values/diastolic'],
    [{ nextOn: '2026-08-20' }, '/nextOn'],
  ])('%j: %s', (given, pointer) => {
    expect(contactFaults({ ...contact, ...given }, pregnancy, '2026-08-20')[0]?.pointer ?? null).toBe(pointer)
  })
})
