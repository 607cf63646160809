import type {
  EstateClaim,
  LevelChange,
  PayeeChange,
  Reinstatement,
  Resumption,
  Stop,
  Suspension,
  TransferAnswer,
  TransferOut,
} from '@youyu/shared/subsidies/beneficiaries'
import type { Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { monthOf, recompute, settleFacts } from '../entitlements/index.ts'
import * as queries from './queries-deeds.ts'
import type { Standing } from './queries.ts'
import { resumeBeneficiaries, stopBeneficiaries, suspendBeneficiaries } from './standing.ts'

/** What is decided about a beneficiary. */
export type Deed =
  | { suspend: z.output<typeof Suspension> }
  | { resume: z.output<typeof Resumption> }
  | { stop: z.output<typeof Stop> }
  | { reinstate: z.output<typeof Reinstatement> }
  | { level: z.output<typeof LevelChange> }
  | { estate: z.output<typeof EstateClaim> }
  | { payee: z.output<typeof PayeeChange> }
  | { transfer: z.output<typeof TransferOut> }
  | { answer: z.output<typeof TransferAnswer> }

export async function carryOut(
  tx: Transaction,
  access: Access,
  standing: Standing,
  deed: Deed,
  at: Date,
): Promise<void> {
  const { id, state } = standing
  const isStanding = state === 'ACTIVE' || state === 'SUSPENDED'
  if ('suspend' in deed) {
    if (state !== 'ACTIVE') throw new Refused('beneficiary-not-standing')
    await suspendBeneficiaries(tx, access, [id], deed.suspend, at)
  } else if ('resume' in deed) {
    if (state !== 'SUSPENDED') throw new Refused('beneficiary-not-standing')
    const { note, document, nextVerificationOn } = deed.resume
    await resumeBeneficiaries(
      tx,
      access,
      [id],
      { note: note ?? null, document: document ?? null, nextVerificationOn: nextVerificationOn ?? null },
      at,
    )
  } else if ('stop' in deed) {
    if (!isStanding) throw new Refused('beneficiary-not-standing')
    await stopBeneficiaries(tx, access, [id], deed.stop, at)
  } else if ('reinstate' in deed) {
    if (state !== 'STOPPED' || standing.decidedTo === null) throw new Refused('beneficiary-not-standing')
    await queries.takeBackStop(tx, access, id, deed.reinstate, at)
    await settledAnew(tx, access, standing, '撤销终止', at)
  } else if ('level' in deed) {
    if (!isStanding) throw new Refused('beneficiary-not-standing')
    await queries.putLevel(tx, access, id, deed.level, at)
    await settledAnew(tx, access, standing, '档次变更', at)
  } else if ('transfer' in deed || 'answer' in deed) {
    await transferring(tx, access, standing, deed, at)
  } else await paidTo(tx, access, standing, deed, at)
}

/** §6.7: her unpaid months go to the estate, once, with evidence; a living person's payee changes with a ground. */
async function paidTo(
  tx: Transaction,
  access: Access,
  { id, personId, payeeId, stopReason }: Standing,
  deed: { estate: z.output<typeof EstateClaim> } | { payee: z.output<typeof PayeeChange> },
  at: Date,
): Promise<void> {
  const told = 'estate' in deed ? deed.estate : deed.payee
  if (told.payeeId === payeeId) throw Refused.field('/payeeId', 'invalid-value')
  const payee = await queries.findPayee(tx, access, told.payeeId)
  if (!payee || payee.status === 'DECEASED') throw Refused.field('/payeeId', 'not-found')
  if ('estate' in deed) {
    if (stopReason !== 'DEATH') throw new Refused('beneficiary-not-standing')
    if (told.payeeId === personId) throw Refused.field('/payeeId', 'invalid-value')
    if (await queries.hasEvent(tx, access, id, 'ESTATE')) throw new Refused('already-decided')
    const { relation: reason, document } = deed.estate
    await queries.putPayee(tx, access, id, { kind: 'ESTATE', payeeId: told.payeeId, reason, document }, at)
  } else {
    const { ground: reason, document } = deed.payee
    await queries.putPayee(tx, access, id, { kind: 'PAYEE', payeeId: told.payeeId, reason, document }, at)
  }
}

async function transferring(
  tx: Transaction,
  access: Access,
  standing: Standing,
  deed: { transfer: z.output<typeof TransferOut> } | { answer: z.output<typeof TransferAnswer> },
  at: Date,
): Promise<void> {
  const { id, state, fromMonth } = standing
  if (state !== 'ACTIVE' && state !== 'SUSPENDED') throw new Refused('beneficiary-not-standing')
  if ('transfer' in deed) {
    if (deed.transfer.toCounty === access.county) throw Refused.field('/toCounty', 'invalid-value')
    if (deed.transfer.lastMonth < fromMonth) throw Refused.field('/lastMonth', 'invalid-date')
    await queries.sendTransfer(tx, access, standing, deed.transfer, at)
    return
  }
  const transfer = await queries.answerTransfer(tx, access, id, deed.answer, at)
  if (!transfer) throw new Refused('not-found')
  if (!deed.answer.accept) return
  await recompute(tx, access, { kind: 'DECISION', cause: '转移至其他县', ids: [id] }, at)
}

/** What the register says stays so beside the decision. */
async function settledAnew(
  tx: Transaction,
  access: Access,
  { id, personId }: { id: Id; personId: Id },
  cause: string,
  at: Date,
): Promise<void> {
  await queries.followLevel(tx, access, id, monthOf(todayOf(at)), at)
  await settleFacts(tx, access, [personId], at, 'DECISION')
  await recompute(tx, access, { kind: 'DECISION', cause, ids: [id] }, at)
}
