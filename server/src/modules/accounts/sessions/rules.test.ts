import { describe, expect, test } from 'vitest'
import type { Role } from '@youyu/shared/permissions'
import { delayAfter, judgeRefresh, lockedAfter, pendingOf, widestOf } from './rules.ts'

const now = new Date('2026-03-02T08:00:00Z')
const policy = { LOCKOUT_ATTEMPTS: 5, LOCKOUT_MINUTES: 15 }

describe('an account', () => {
  test.each([
    ['before the last attempt', 4, null],
    ['at the last attempt', 5, 15],
    ['once more', 6, 30],
    ['twice more', 7, 60],
    ['for a day at most', 60, 24 * 60],
  ])('is locked %s', (_when, failures, minutes) => {
    const until = lockedAfter(failures, policy, now)

    expect(until && (until.getTime() - now.getTime()) / 60_000).toBe(minutes)
  })

  test('is never locked where the policy says so', () => {
    expect(lockedAfter(1000, { ...policy, LOCKOUT_ATTEMPTS: 0 }, now)).toBeNull()
  })

  test('is answered later with every failure, and never too late', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map(delayAfter)).toEqual([0, 100, 200, 400, 800, 1600, 2000, 2000])
  })
})

describe('what is pending', () => {
  const standing = {
    mustChangePassword: false,
    passwordChangedAt: new Date('2026-01-01T00:00:00Z'),
    secondFactor: false,
    roles: ['county_finance'] as Role[],
  }
  const off = { PASSWORD_MAX_AGE_DAYS: 0, SECOND_FACTOR_POLICY: 'off' as const }

  test.each([
    ['nothing', {}, {}, []],
    ['a first password', { mustChangePassword: true }, {}, ['password-change']],
    ['an old password', {}, { PASSWORD_MAX_AGE_DAYS: 30 }, ['password-change']],
    ['no younger password', {}, { PASSWORD_MAX_AGE_DAYS: 90 }, []],
    [
      'a payment role without second factor',
      {},
      { SECOND_FACTOR_POLICY: 'roles' as const },
      ['second-factor-enrolment'],
    ],
    ['no enrolled second factor', { secondFactor: true }, { SECOND_FACTOR_POLICY: 'roles' as const }, []],
    [
      'no role that needs none',
      { roles: ['village_worker'] as Role[] },
      { SECOND_FACTOR_POLICY: 'roles' as const },
      [],
    ],
    [
      'both',
      { mustChangePassword: true },
      { SECOND_FACTOR_POLICY: 'roles' as const },
      ['password-change', 'second-factor-enrolment'],
    ],
  ])('is %s', (_what, hers, ours, pending) => {
    expect(pendingOf({ ...standing, ...hers }, { ...off, ...ours }, now)).toEqual(pending)
  })
})

test.each([
  ['current', 3600, 'rotate'],
  ['former', 5, 'racing'],
  ['former', 11, 'theft'],
  ['none', 0, 'theft'],
] as const)('a %s refresh token %i s after the last exchange is %s', (match, seconds, outcome) => {
  expect(judgeRefresh(match, new Date(now.getTime() - seconds * 1000), now)).toBe(outcome)
})

test.each([
  [['371121001', '371121', '370321'], '371121'],
  [['371121', ''], ''],
  [[], null],
])('the widest of %j is %j', (prefixes, widest) => {
  expect(widestOf(prefixes)).toBe(widest)
})
