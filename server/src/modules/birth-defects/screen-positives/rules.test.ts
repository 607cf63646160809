import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PositiveState, positiveWays } from '@youyu/shared/birth-defects/prenatal-values'
import { ScreenReport } from '@youyu/shared/birth-defects/prenatal'
import type { Parameters } from '@youyu/shared/birth-defects/screening-parameters'
import { gestationOn, judge, reportFaults } from '../prenatal-screens/rules.ts'
import { resultOf } from '../prenatal-screens/laboratory.ts'
import { mayFollow, workingDaysAfter } from './rules.ts'

const of = (value: number, critical: number | null = null) => ({ value, critical })
const set = {
  ...{ T21_RISK: of(270, 1000), T18_RISK: of(350, 1000), AFP_MOM: of(2.5), NT_MILLIMETRES: of(3) },
  ...{ GLUCOSE_0H: of(5.1), GLUCOSE_1H: of(10), GLUCOSE_2H: of(8.5) },
} as Parameters
const report = (given: object) => ScreenReport.parse({ reportedOn: '2026-08-01', ...given })

describe('a result', () => {
  test.each([
    ['1/270', { t21OneIn: 270 }, 'HIGH', ['T21']],
    ['1/271', { t21OneIn: 271 }, 'CRITICAL', ['T21']],
    ['1/1000', { t21OneIn: 1000 }, 'CRITICAL', ['T21']],
    ['1/1001', { t21OneIn: 1001 }, 'LOW', []],
    ['18: 1/350', { t18OneIn: 350 }, 'HIGH', ['T18']],
    ['18: 1/351', { t18OneIn: 351 }, 'CRITICAL', ['T18']],
    ['AFP 2.49', { afpMom: 2.49 }, 'LOW', []],
    ['AFP 2.5', { afpMom: 2.5 }, 'HIGH', ['NTD']],
    ['NT 2.9', { nuchalMillimetres: 2.9 }, 'LOW', []],
    ['NT 3.0', { nuchalMillimetres: 3 }, 'HIGH', ['NT']],
    ['grey and high', { t21OneIn: 500, afpMom: 3 }, 'HIGH', ['T21', 'NTD']],
    ['one call missing', { t21Call: 'LOW', t18Call: 'NO_CALL' }, 'NO_CALL', []],
    ['one call high', { t21Call: 'HIGH', t18Call: 'NO_CALL' }, 'HIGH', ['T21']],
    ['a soft marker', { scan: 'MARKER' }, 'CRITICAL', ['MARKER']],
    ['a structural anomaly', { scan: 'STRUCTURAL' }, 'HIGH', ['STRUCTURAL']],
    ['glucose 5.09', { glucose0h: 5.09 }, 'LOW', []],
    ['glucose 5.1', { glucose0h: 5.1 }, 'HIGH', ['GLUCOSE']],
  ])('of %s', (_, values, result, flagged) => {
    expect(judge(report({ values }), set)).toMatchObject({ result, flagged })
  })

  test.each([
    ['NT', { afpMom: 1 }, ['/report/values/afpMom']],
    ['SERUM', {}, ['/report/values']],
    ['OGTT', { glucose0h: 5 }, []],
  ] as const)('of %s with %j is at fault at %j', (kind, values, pointers) => {
    expect(reportFaults(kind, report({ values })).map(({ pointer }) => pointer)).toEqual(pointers)
  })

  test.each([
    [
      'SERUM',
      [
        { analyte: 'T21', flag: 'HIGH' },
        { analyte: 'NTD', flag: 'CRITICAL' },
      ],
      'HIGH',
      ['T21', 'NTD'],
    ],
    ['NIPT', [{ analyte: 'T13', flag: 'NO_CALL' }], 'NO_CALL', []],
    ['OGTT', [{ analyte: 'GLU_1H', flag: 'ABNORMAL' }], 'HIGH', ['GLUCOSE']],
    ['SERUM', [{ analyte: 'T21', flag: 'LOW' }], 'LOW', []],
  ] as const)('that a laboratory sent of %s: %j', (kind, answers, result, flagged) => {
    expect(resultOf(kind, answers)).toEqual({ result, flagged })
  })
})

test.each([
  ['2026-10-08', '2026-07-16', 196],
  ['2026-10-08', '2026-07-15', 195],
  ['2026-10-08', '2026-10-08', 280],
])('expected on %s, %s is day %i', (expectedOn, day, days) => expect(gestationOn(expectedOn, day)).toBe(days))

describe('three working days', () => {
  const holidays = new Map([
    ['2026-10-01', false],
    ['2026-10-02', false],
    ['2026-10-10', true],
  ])
  test.each([
    ['over a weekend', '2026-08-07', '2026-08-12'],
    ['over holidays', '2026-09-30', '2026-10-07'],
    ['with a Saturday that is worked', '2026-10-08', '2026-10-12'],
  ])('%s', (_, from, to) => expect(workingDaysAfter(from, 3, holidays)).toBe(to))
})

test('a case goes only the ways that there are, never back, and always to its end', () => {
  const states = PositiveState.options
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...states), { minLength: 1, maxLength: 30 }), (asked) => {
      let state: PositiveState = 'RESULT_HIGH'
      for (const to of asked)
        if (mayFollow(state, to)) {
          expect(positiveWays[state]).toContain(to)
          expect(states.indexOf(to)).toBeGreaterThan(states.indexOf(state))
          state = to
        }
    }),
  )
  for (const state of states) {
    let at = state
    for (let steps = 0; positiveWays[at].length > 0 && steps < 12; steps += 1) at = positiveWays[at][0]!
    expect(at).toBe('OUTCOME_RECORDED')
  }
})
