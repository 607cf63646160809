import { roles, type Role } from '@youyu/shared/permissions'
import type { Pending } from '@youyu/shared/accounts'
import type { z } from 'zod'

const MINUTE = 60_000
const DAY = 86_400_000
const LONGEST_LOCK = DAY

type LockoutPolicy = { LOCKOUT_ATTEMPTS: number; LOCKOUT_MINUTES: number }

/** Each failure after the allowed number doubles the time for which the account stays locked; 0 attempts never locks. */
export function lockedAfter(
  failures: number,
  { LOCKOUT_ATTEMPTS, LOCKOUT_MINUTES }: LockoutPolicy,
  now: Date,
): Date | null {
  if (LOCKOUT_ATTEMPTS === 0 || failures < LOCKOUT_ATTEMPTS) return null
  const doublings = Math.min(failures - LOCKOUT_ATTEMPTS, 20)
  return new Date(now.getTime() + Math.min(LOCKOUT_MINUTES * MINUTE * 2 ** doublings, LONGEST_LOCK))
}

/** How long a wrong answer is held back, in milliseconds. */
export function delayAfter(failures: number): number {
  return failures < 2 ? 0 : Math.min(100 * 2 ** (failures - 2), 2000)
}

type Standing = {
  mustChangePassword: boolean
  passwordChangedAt: Date
  secondFactor: boolean
  roles: readonly Role[]
}
type PendingPolicy = { PASSWORD_MAX_AGE_DAYS: number; SECOND_FACTOR_POLICY: 'off' | 'roles' }

/** What has to be done before anything else. */
export function pendingOf(standing: Standing, policy: PendingPolicy, now: Date): z.infer<typeof Pending>[] {
  const age = now.getTime() - standing.passwordChangedAt.getTime()
  const tooOld = policy.PASSWORD_MAX_AGE_DAYS > 0 && age > policy.PASSWORD_MAX_AGE_DAYS * DAY
  const demanded =
    policy.SECOND_FACTOR_POLICY === 'roles' && standing.roles.some((role) => roles[role].secondFactor)
  return [
    ...(standing.mustChangePassword || tooOld ? (['password-change'] as const) : []),
    ...(demanded && !standing.secondFactor ? (['second-factor-enrolment'] as const) : []),
  ]
}

/** The widest of some prefixes: the area a person works in. */
export function widestOf(prefixes: readonly string[]): string | null {
  return prefixes.reduce<string | null>(
    (widest, prefix) => (widest === null || prefix.length < widest.length ? prefix : widest),
    null,
  )
}

export type RefreshOutcome = 'rotate' | 'racing' | 'theft'

/** A former token within these milliseconds is another tab that asked at the same moment; later it was stolen. */
const GRACE = 10_000

export function judgeRefresh(
  match: 'current' | 'former' | 'none',
  rotatedAt: Date,
  now: Date,
): RefreshOutcome {
  if (match === 'current') return 'rotate'
  return match === 'former' && now.getTime() - rotatedAt.getTime() <= GRACE ? 'racing' : 'theft'
}
