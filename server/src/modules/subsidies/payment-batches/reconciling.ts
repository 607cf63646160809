import type { PaymentBatch, Reconciliation } from '@youyu/shared/subsidies/payment-batches'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand, reading } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { batchAt, deedOf } from './batch-at.ts'
import { findBatch, moveBatch, type BatchRecord } from './queries.ts'
import * as queries from './queries-reconciling.ts'
import { hindrancesOf } from './rules.ts'
import { tell } from './telling.ts'

async function reconciled(tx: Transaction, access: Access, batch: BatchRecord): Promise<Reconciliation> {
  const sums = await queries.recountItems(tx, access, batch.id)
  const unresolvedLines = await queries.countUnresolved(tx, access, batch.id)
  const ledgerDifferenceFen = (await queries.ledgerPaid(tx, access, batch.id)) - sums.paid.fen
  const sent = {
    count: batch.itemCount - sums.stopped.count,
    fen: batch.totalFen - sums.stopped.fen,
  }
  const isAsKept =
    sums.paid.fen === batch.paidFen &&
    sums.paid.count === batch.paidCount &&
    sums.failed.fen === batch.failedFen &&
    sums.returned.fen === batch.returnedFen &&
    sums.stopped.fen === batch.stoppedFen
  const hindrances = hindrancesOf(
    batch.state,
    { sent, ...sums },
    { unresolvedLines, ledgerDifferenceFen, isAsKept },
  )
  return {
    sent,
    ...sums,
    unresolvedLines,
    ledgerDifferenceFen,
    mayClose: hindrances.length === 0,
    hindrances,
  }
}

export async function reconcile(office: Office, access: Access, id: Id): Promise<Reconciliation> {
  return await reading(office.db, access, async (tx) => {
    const batch = await findBatch(tx, access, { id })
    if (!batch) throw new Refused('not-found')
    return await reconciled(tx, access, batch)
  })
}

/** 结清: only what reconciles, by the checker. */
export async function closeBatch(
  office: Office,
  access: Access,
  id: Id,
  version: number,
): Promise<PaymentBatch> {
  const at = office.now()
  return await longCommand(office.db, access, async (tx) => {
    const batch = await batchAt(tx, access, { id }, { version, step: 'close' })
    if (batch.madeBy === access.actorId) throw new Refused('maker-is-checker')
    const { hindrances } = await reconciled(tx, access, batch)
    if (hindrances.length > 0) throw new Refused('not-reconciled', { detail: hindrances.join(', ') })
    await moveBatch(tx, access, id, 'CLOSED', at)
    await record(tx, access, deedOf(id, 'CLOSED'), at)
    return await tell(tx, office, access, id)
  })
}
