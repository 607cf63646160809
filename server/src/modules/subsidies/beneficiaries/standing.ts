import type { StopReason, SuspendReason } from '@youyu/shared/subsidies/beneficiaries'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Asking } from '../../../database/connect.ts'
import { todayOf } from '../../../office.ts'
import { recompute } from '../entitlements/index.ts'
import * as queries from './queries-standing.ts'

/**
 * Confirmed applications become beneficiaries with their months, or events with their amount, and a claim of a further
 * year is added to the beneficiary there is; set-based, for one or for fifty thousand. The applications' state is the
 * caller's.
 */
export async function activateBeneficiaries(
  tx: Asking,
  access: Access,
  applicationIds: readonly Id[],
  on: CivilDate,
  at: Date,
): Promise<queries.Activated> {
  const run = { runId: newId(at.getTime()), on, today: todayOf(at), at }
  return await queries.activate(tx, access, applicationIds, run)
}

type Ground = { type: string; id: Id } | null

/** From a month on nothing is due; what is due for the time before stays so. For the deadline of a verification, an objection … */
export async function suspendBeneficiaries(
  tx: Asking,
  access: Access,
  ids: readonly Id[],
  told: {
    fromMonth: CivilDate
    reason: SuspendReason
    document?: string | null | undefined
    note?: string | null | undefined
    ground?: Ground | undefined
  },
  at: Date,
): Promise<number> {
  const suspended = await queries.suspend(tx, access, ids, told, at)
  await recomputed(tx, access, suspended, '暂停', at)
  return suspended.length
}

/** The months of the suspension become due again: arrears. */
export async function resumeBeneficiaries(
  tx: Asking,
  access: Access,
  ids: readonly Id[],
  told: {
    document?: string | null | undefined
    note?: string | null | undefined
    ground?: Ground | undefined
    nextVerificationOn?: CivilDate | null | undefined
    /** Only those suspended for this. */
    reason?: SuspendReason | undefined
  },
  at: Date,
): Promise<number> {
  const resumed = await queries.resume(tx, access, ids, told, at)
  await recomputed(tx, access, resumed, '恢复', at)
  return resumed.length
}

/** After a last month nothing is due; what was paid beyond it is an overpayment. */
export async function stopBeneficiaries(
  tx: Asking,
  access: Access,
  ids: readonly Id[],
  told: {
    lastMonth: CivilDate
    reason: StopReason
    document?: string | null | undefined
    note?: string | null | undefined
    ground?: Ground | undefined
  },
  at: Date,
): Promise<number> {
  const stopped = await queries.stop(tx, access, ids, told, at)
  await recomputed(tx, access, stopped, '终止', at)
  return stopped.length
}

/** A verification was done: until when the next is due. */
export async function noteVerified(
  tx: Asking,
  access: Access,
  ids: readonly Id[],
  nextVerificationOn: CivilDate | null,
  at: Date,
): Promise<void> {
  await queries.verified(tx, access, ids, nextVerificationOn, at)
}

async function recomputed(
  tx: Asking,
  access: Access,
  ids: readonly Id[],
  cause: string,
  at: Date,
): Promise<void> {
  if (ids.length > 0) await recompute(tx, access, { kind: 'DECISION', cause, ids }, at)
}
