import type { BatchRow, PaymentBatch, Submission } from '@youyu/shared/subsidies/payment-batches'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { hasSecondFactor } from '../../accounts/index.ts'
import { findLayout } from '../bank-layouts/index.ts'
import * as queries from './queries.ts'
import { exclusionsByReason } from './queries-rosters.ts'
import { byTierOf } from './rules.ts'

export function rowOf(batch: queries.BatchRecord): BatchRow {
  const { id, number, programme, kind, ofBatchId, throughMonth, payOn, state } = batch
  return {
    ...{ id, number, programme, kind, ofBatchId, throughMonth, payOn, state },
    items: { count: batch.itemCount, fen: batch.totalFen },
    paid: { count: batch.paidCount, fen: batch.paidFen },
    failed: { count: batch.failedCount + batch.returnedCount, fen: batch.failedFen + batch.returnedFen },
    stopped: { count: batch.stoppedCount, fen: batch.stoppedFen },
    excluded: { count: batch.excludedCount, fen: batch.excludedFen },
    madeAt: batch.madeAt.toISOString(),
  }
}

function submissionOf({
  batchId: _,
  leaseOwner: __,
  acceptedAt: ___,
  ...each
}: queries.SubmissionRecord): Submission {
  return {
    ...each,
    sha256: each.sha256?.toString('hex') ?? null,
    createdAt: each.createdAt.toISOString(),
    deliveredAt: each.deliveredAt?.toISOString() ?? null,
  }
}

const deedsOf = (batch: queries.BatchRecord) =>
  (
    [
      ['MADE', batch.madeBy, batch.madeAt],
      ['LOCKED', batch.lockedBy, batch.lockedAt],
      ['APPROVED', batch.approvedBy, batch.approvedAt],
      ['SENT', batch.sentBy, batch.sentAt],
      ['CLOSED', batch.closedBy, batch.closedAt],
      ['VOIDED', batch.voidedBy, batch.voidedAt],
    ] as const
  ).flatMap(([deed, by, at]) => (by && at ? [{ deed, by, at }] : []))

/** A batch with all that is known of it. */
export async function tell(tx: Transaction, office: Office, access: Access, id: Id): Promise<PaymentBatch> {
  const batch = await queries.findBatch(tx, access, { id })
  if (!batch) throw new Refused('not-found')
  const deeds = deedsOf(batch)
  const names = await queries.selectNames(tx, [...new Set(deeds.map(({ by }) => by))])
  const submission = await queries.findSubmission(tx, access, id)

  const reissues = await queries.selectBatches(tx, access, { ofBatchId: id }, null, 50)
  const layout = await findLayout(tx, access, batch.layoutId)
  return {
    ...rowOf(batch),
    version: batch.version,
    byTier: byTierOf(batch.tiers),
    layout: layout?.code ?? null,
    rosterHash: batch.rosterHash?.toString('hex') || null,
    deeds: deeds.map(({ deed, by, at }) => ({
      ...{ deed, by: names.get(by) ?? '', at: at.toISOString(), isMine: by === access.actorId },
      reason: deed === 'VOIDED' ? batch.voidReason : null,
    })),
    submission: submission ? submissionOf(submission) : null,
    exclusionsByReason: await exclusionsByReason(tx, access, id),
    reissues: reissues.map(({ id: reissue, number, state }) => ({ id: reissue, number, state })),
    asksForCode: await hasSecondFactor(office.db.statements, access.actorId),
  }
}
