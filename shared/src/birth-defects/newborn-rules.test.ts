import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spotWays, type SpotState } from './newborn.ts'
import {
  assessCchd,
  hearingOutcome,
  readSpot,
  spotFindings,
  spotResult,
  type CchdQuestion,
} from './newborn-rules.ts'
import type { Parameters } from './screening-parameters.ts'

const of = (value: number) => ({ value, critical: null })
const set = {
  ...{ CCHD_LOW: of(90), CCHD_NORMAL: of(95), CCHD_DIFFERENCE: of(3), CCHD_MURMUR: of(2) },
  ...{ CCHD_REPEAT_FROM: of(120), CCHD_REPEAT_TO: of(240) },
  ...{ SPOT_HOURS: of(72), SPOT_FEEDS: of(8), SPOT_DAY_TO: of(7), SPOT_LATEST_DAY: of(20) },
  ...{ PKU: of(120), CH: of(10), G6PD: of(2.6), CAH: of(14), CAH_PRETERM: of(36) },
} as Parameters

describe('the heart screen', () => {
  test.each([
    ['all well', 0, [98, 98], null, 'NEGATIVE', ['NORMAL']],
    ['at the lower bound of normal', 0, [95, 95], null, 'NEGATIVE', ['NORMAL']],
    ['just below it', 0, [94, 95], null, 'REPEAT', ['BELOW_NORMAL']],
    ['at the upper bound of low', 0, [90, 90], null, 'REPEAT', ['BELOW_NORMAL']],
    ['below 90 in the foot alone', 0, [92, 89], null, 'POSITIVE', ['LOW_SATURATION']],
    ['a difference of three', 0, [98, 95], null, 'NEGATIVE', ['NORMAL']],
    ['a difference of four', 0, [99, 95], null, 'POSITIVE', ['DIFFERENCE']],
    ['a murmur of grade one', 1, [98, 98], null, 'NEGATIVE', ['NORMAL']],
    ['a murmur of grade two', 2, [98, 98], null, 'POSITIVE', ['MURMUR']],
    ['in between, then well', 0, [93, 93], [180, 97, 97], 'NEGATIVE', ['NORMAL']],
    ['in between twice', 0, [93, 93], [180, 94, 94], 'POSITIVE', ['TWICE_BELOW_NORMAL']],
    [
      'in between, then low',
      0,
      [93, 93],
      [180, 89, 91],
      'POSITIVE',
      ['LOW_SATURATION', 'TWICE_BELOW_NORMAL'],
    ],
  ] as const)('with %s', (_, murmurGrade, [hand, foot], again, outcome, reasons) => {
    const repeat = again ? { minutes: again[0], hand: again[1], foot: again[2] } : undefined

    expect(assessCchd({ murmurGrade, first: { hand, foot }, repeat }, set)).toMatchObject({
      outcome,
      reasons,
    })
  })

  test.each([
    [119, ['REPEAT_TIME']],
    [120, []],
    [240, []],
    [241, ['REPEAT_TIME']],
  ])('measured again after %i minutes says %j', (minutes, findings) => {
    const question = {
      murmurGrade: 0,
      first: { hand: 93, foot: 93 },
      repeat: { minutes, hand: 97, foot: 97 },
    }

    expect(assessCchd(question, set).findings).toEqual(findings)
  })

  test('always answers, never asks for a third measurement, and gives a reason', () => {
    const reading = fc.record({
      hand: fc.integer({ min: 60, max: 100 }),
      foot: fc.integer({ min: 60, max: 100 }),
    })
    const question = fc.record({
      murmurGrade: fc.integer({ min: 0, max: 6 }),
      first: reading,
      repeat: fc.option(
        fc.record({
          ...{ hand: fc.integer({ min: 60, max: 100 }) },
          foot: fc.integer({ min: 60, max: 100 }),
          minutes: fc.integer({ min: 1, max: 600 }),
        }),
        { nil: undefined },
      ),
    })
    fc.assert(
      fc.property(question, (asked: CchdQuestion) => {
        const { outcome, reasons } = assessCchd(asked, set)

        expect(reasons.length).toBeGreaterThan(0)
        expect(outcome === 'REPEAT' && asked.repeat !== undefined).toBe(false)
        if (Math.min(asked.first.hand, asked.first.foot) < 90) expect(outcome).toBe('POSITIVE')
      }),
      { numRuns: 100 },
    )
  })
})

test.each([
  ['PASS', 'PASS', 'PASS'],
  ['PASS', 'REFER', 'REFER'],
  ['NOT_TESTED', 'PASS', 'REFER'],
] as const)('ears %s and %s: %s', (left, right, outcome) => expect(hearingOutcome(left, right)).toBe(outcome))

describe('a blood spot', () => {
  test.each([
    ['at 71 hours', 71, 2, 8, ['EARLY']],
    ['at 72 hours', 72, 3, 8, []],
    ['after seven feeds', 80, 3, 7, ['FEW_FEEDS']],
    ['on day 7', null, 7, null, []],
    ['on day 8', null, 8, null, ['AFTER_WINDOW']],
    ['on day 20', null, 20, null, ['AFTER_WINDOW']],
    ['on day 21', null, 21, null, ['LATE']],
    ['on day 2 without an hour', null, 2, null, ['EARLY']],
  ])('taken %s', (_, hoursAfterBirth, ageDays, feeds, findings) => {
    expect(spotFindings({ hoursAfterBirth, ageDays, feeds }, set)).toEqual(findings)
  })

  test.each([
    ['PKU', 120, false, 'NEG'],
    ['PKU', 120.1, false, 'SUSPECT'],
    ['CH', 10, false, 'NEG'],
    ['CH', 10.1, false, 'SUSPECT'],
    ['G6PD', 2.6, false, 'NEG'],
    ['G6PD', 2.5, false, 'SUSPECT'],
    ['CAH', 20, false, 'SUSPECT'],
    ['CAH', 20, true, 'NEG'],
    ['CAH', 37, true, 'SUSPECT'],
  ] as const)('%s of %d, preterm %s: %s', (item, value, preterm, flag) => {
    expect(readSpot(item, value, preterm, set)).toBe(flag)
  })

  test.each([
    [['NEG', 'NEG'], 'NEG'],
    [['NEG', 'POS'], 'SUSPECT'],
    [['SUSPECT', 'UNSAT_SAMPLE'], 'UNSAT'],
  ] as const)('%j together: %s', (flags, result) => expect(spotResult(flags)).toBe(result))

  test('goes forward only', () => {
    const order = Object.keys(spotWays) as SpotState[]
    for (const [from, ways] of Object.entries(spotWays))
      for (const to of ways) expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(from as SpotState))
  })
})
