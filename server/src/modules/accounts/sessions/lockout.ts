import { setTimeout as sleep } from 'node:timers/promises'
import type { Statements } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { countFailure, lockUntil } from './queries.ts'
import { delayAfter, lockedAfter } from './rules.ts'

export function assertNotLocked(lockedUntil: Date | null, now: Date): void {
  if (!lockedUntil || lockedUntil <= now) return
  const seconds = Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000)
  throw new Refused('account-locked', { headers: { 'retry-after': String(seconds) } })
}

/** Counts a wrong password or code, and locks the account where the policy says so. Answers how many there were. */
export async function noteFailure(
  db: Statements,
  { config, now }: Pick<Office, 'config' | 'now'>,
  userId: string,
): Promise<number> {
  const failures = await countFailure(db, userId, now())
  const until = lockedAfter(failures, config, now())
  if (until) await lockUntil(db, userId, until)
  return failures
}

/** Somebody signed in proved her password or code wrongly: counted as at the door, and the answer held back. */
export async function failedAgain(office: Office, userId: string): Promise<void> {
  await sleep(delayAfter(await noteFailure(office.db.statements, office, userId)))
}
