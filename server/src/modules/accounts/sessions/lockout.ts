import { setTimeout as sleep } from 'node:timers/promises'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { countFailure, lockUntil } from './queries.ts'
import { delayAfter, lockedAfter } from './rules.ts'

export function assertNotLocked(lockedUntil: Date | null, now: Date): void {
  if (!lockedUntil || lockedUntil <= now) return
  const seconds = Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000)
  throw new Refused('account-locked', { headers: { 'retry-after': String(seconds) } })
}

/** Counts a wrong password or code of a known account, locks it where the policy says so, and holds the answer back. */
export async function failedAgain({ db, config, now }: Office, userId: string): Promise<void> {
  const failures = await countFailure(db.statements, userId, now())
  const until = lockedAfter(failures, config, now())
  if (until) await lockUntil(db.statements, userId, until)
  await sleep(delayAfter(failures))
}
