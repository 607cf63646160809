import { describe, expect, test } from 'vitest'
import { stateOf, windowOf, windowsFrom, type Step } from './rules.ts'

const step = (item: Step['item'], months: number, days = 0): Step => ({
  ...{ item, months, days, daysBefore: 7, daysAfter: 14 },
})

describe('a visit falls due', () => {
  test.each([
    ['at 42 days', '2026-01-01', step('CHILD_42D', 0, 42), '2026-02-12', '2026-02-05', '2026-02-26'],
    ['at 3 months', '2026-01-15', step('CHILD_3M', 3), '2026-04-15', '2026-04-08', '2026-04-29'],
    [
      'at the last day of a short month',
      '2025-11-30',
      step('CHILD_3M', 3),
      '2026-02-28',
      '2026-02-21',
      '2026-03-14',
    ],
    [
      'on 29 February only in leap years',
      '2024-02-29',
      step('CHILD_12M', 12),
      '2025-02-28',
      '2025-02-21',
      '2025-03-14',
    ],
    ['on 29 February again', '2024-02-29', step('CHILD_4Y', 48), '2028-02-29', '2028-02-22', '2028-03-14'],
  ])('%s', (_, bornOn, given, dueOn, dueFrom, dueTo) => {
    expect(windowOf(bornOn, given)).toEqual({ item: given.item, dueOn, dueFrom, dueTo })
  })

  test.each([
    ['the day before its window', '2026-02-04', 'NOT_DUE'],
    ['the first day', '2026-02-05', 'DUE'],
    ['day 41', '2026-02-11', 'DUE'],
    ['day 42', '2026-02-12', 'DUE'],
    ['the last day', '2026-02-26', 'DUE'],
    ['the day after', '2026-02-27', 'OVERDUE'],
  ])('on %s', (_, today, state) => {
    const window = windowOf('2026-01-01', step('CHILD_42D', 0, 42))

    expect(stateOf({ state: 'PLANNED', ...window }, today)).toBe(state)
    expect(stateOf({ state: 'DECLINED', ...window }, today)).toBe('DECLINED')
  })

  test('never before the family agreed: what is over is not asked about again', () => {
    const steps = [step('CHILD_42D', 0, 42), step('CHILD_3M', 3), step('CHILD_6M', 6)]

    expect(windowsFrom('2026-01-01', steps, '2026-02-26')).toHaveLength(3)
    expect(windowsFrom('2026-01-01', steps, '2026-02-27').map(({ item }) => item)).toEqual([
      'CHILD_3M',
      'CHILD_6M',
    ])
    expect(windowsFrom('2019-01-01', steps, '2026-01-01')).toEqual([])
  })
})
