import { describe, expect, test } from 'vitest'
import {
  adherenceOf,
  amountOf,
  endOfFirstTrimester,
  followUpFaults,
  isSurveyTooSmall,
  refillDue,
  warningsOf,
} from './rules.ts'

const lmp = '2026-05-01'
const end = '2026-07-30'
const taken = (daysTaken: number, fromDay = '2026-04-22', toDay = end) => [{ fromDay, toDay, daysTaken }]

describe('adherence', () => {
  test('is asked for until 12 weeks and 6 days', () => {
    expect(endOfFirstTrimester(lmp)).toBe(end)
  })

  test.each([
    ['80 of 100 days, to the day', 80, '2026-04-22', 'ADHERENT'],
    ['79 of 100 days', 79, '2026-04-22', 'NOT_ADHERENT'],
    ['all days, begun on the day before conception', 78, '2026-05-14', 'ADHERENT'],
    ['all days, begun at conception', 77, '2026-05-15', 'NOT_ADHERENT'],
    ['begun after the first trimester', 10, '2026-07-31', 'NOT_ADHERENT'],
  ])('%s', (_, days, startedOn, adherence) => {
    const course = { startedOn, lastMenstruationOn: lmp }
    const until = startedOn > end ? '2026-08-20' : end

    expect(adherenceOf(course, taken(days, startedOn, until), '2026-08-30').adherence).toBe(adherence)
  })

  test.each([
    ['on the last day of the first trimester', end, 'NOT_YET'],
    ['on the first day of mid-pregnancy', '2026-07-31', 'ADHERENT'],
  ])('is told %s', (_, today, adherence) => {
    const course = { startedOn: '2026-04-22', lastMenstruationOn: lmp }

    expect(adherenceOf(course, taken(100), today).adherence).toBe(adherence)
  })

  test('is not told of a woman who is not pregnant, nor where nothing was said', () => {
    const course = { startedOn: '2026-04-22', lastMenstruationOn: null }

    expect(adherenceOf(course, taken(50), '2027-01-01')).toMatchObject({
      adherence: 'NOT_YET',
      daysAsked: null,
    })
    expect(adherenceOf({ ...course, lastMenstruationOn: lmp }, [], '2027-01-01').adherence).toBe('UNKNOWN')
  })

  test('counts of a contact no more days than lie within the span', () => {
    const course = { startedOn: '2026-07-21', lastMenstruationOn: lmp }

    expect(adherenceOf(course, taken(40, '2026-07-21', '2026-08-29'), '2026-08-30')).toMatchObject({
      daysTaken: 10,
      daysAsked: 10,
    })
  })
})

describe('boxes', () => {
  test.each([
    ['three boxes of 0.4 mg, one a day', 400, 31, 3, 1, 93, 400, false, '2026-04-03'],
    ['ten of 0.4 mg a day', 400, 31, 3, 10, 93, 4000, true, '2026-01-09'],
    ['5 mg, one a day', 5000, 100, 1, 1, 100, 5000, true, '2026-04-10'],
    ['fewer tablets than a day asks', 400, 5, 1, 10, 5, 4000, true, '2026-01-01'],
  ])(
    '%s',
    (
      _,
      microgramsPerTablet,
      tabletsPerBox,
      boxes,
      tabletsPerDay,
      tablets,
      microgramsPerDay,
      isHighDose,
      coversUntil,
    ) => {
      const amount = amountOf(
        { microgramsPerTablet, tabletsPerBox },
        { boxes, tabletsPerDay, startsOn: '2026-01-01' },
      )

      expect(amount).toEqual({ tablets, microgramsPerDay, isHighDose, coversUntil })
    },
  )

  test.each([
    ['a week before they run out', '2026-07-01', null, null, '2026-06-24'],
    ['none where they last to the end', end, lmp, null, null],
    ['one day short of it', '2026-07-29', lmp, null, '2026-07-22'],
    ['none when the course is over', '2026-07-01', null, '2026-06-01', null],
  ])('are refilled: %s', (_, coversUntil, lastMenstruationOn, endedOn, due) => {
    expect(refillDue(coversUntil, lastMenstruationOn, endedOn)).toBe(due)
  })

  const plain = {
    ...{ boxes: 6, isHighDose: false, startsOn: '2026-06-01', occurredOn: '2026-06-01' },
    ...{ coveredUntil: null, lastMenstruationOn: null },
  }
  test.each([
    ['six boxes', {}, []],
    ['seven boxes', { boxes: 7 }, ['BEYOND_SIX_BOXES']],
    ['seven boxes by prescription', { boxes: 7, isHighDose: true }, []],
    ['a month at home', { coveredUntil: '2026-07-02' }, []],
    ['more than a month at home', { coveredUntil: '2026-07-03' }, ['STOCK_AT_HOME']],
    ['on the last day of the first trimester', { lastMenstruationOn: '2026-03-03' }, []],
    ['after it', { lastMenstruationOn: '2026-03-02' }, ['AFTER_FIRST_TRIMESTER']],
  ])('are given with a word: %s', (_, given, warnings) => {
    expect(warningsOf({ ...plain, ...given })).toEqual(warnings)
  })
})

test('a contact tells of days that were, once', () => {
  const body = {
    ...{ occurredOn: '2026-06-10', fromDay: '2026-06-01', toDay: '2026-06-10', daysTaken: 10 },
    ...{ sideEffects: false, lastMenstruationOn: null, ended: null, note: null },
  }
  const faults = (given: object, earlier = [{ fromDay: '2026-05-01', toDay: '2026-05-31', daysTaken: 31 }]) =>
    followUpFaults({ ...body, ...given }, '2026-05-01', earlier, '2026-06-10').map(({ pointer }) => pointer)

  expect(faults({})).toEqual([])
  expect(faults({ daysTaken: 11 })).toEqual(['/daysTaken'])
  expect(faults({ fromDay: '2026-05-31' })).toEqual(['/fromDay'])
  expect(faults({ fromDay: '2026-04-30' }, [])).toEqual(['/fromDay'])
  expect(faults({ toDay: '2026-06-11' })).toEqual(['/toDay'])
})

test.each([
  [1000, 100, false],
  [1001, 100, true],
])('of %i mothers %i are asked', (mothers, surveyed, isTooSmall) => {
  expect(isSurveyTooSmall({ mothers, surveyed })).toBe(isTooSmall)
})
