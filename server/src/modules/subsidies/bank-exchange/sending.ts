import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import type { Channel } from '@youyu/shared/subsidies/payment-values'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { longCommand } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { assertAsFrozen, batchAt, moveBatch, release, stopChanged, tell } from '../payment-batches/index.ts'
import { insertSubmission } from './queries.ts'
import { wakeBankWork } from './worker.ts'

/**
 * 送盘: from here on the batch cannot be void, for the bank may have it. What changed since approval is stopped first; the file
 * is made and delivered by whichever process holds the lease.
 */
export async function sendBatch(
  office: Office,
  access: Access,
  id: Id,
  { version, channel }: { version: number; channel: Channel },
): Promise<PaymentBatch> {
  const at = office.now()
  const { BANK_FOLDER, BANK_URL } = office.config
  if ((channel === 'FOLDER' && !BANK_FOLDER) || (channel === 'HTTP' && !BANK_URL))
    throw new Refused('channel-not-set-up')
  const sent = await longCommand(office.db, access, async (tx) => {
    const batch = await batchAt(tx, access, { id }, { version, step: 'send' })
    await assertAsFrozen(tx, access, id)
    const stopped = await stopChanged(tx, access, id, todayOf(at), at)
    if (batch.itemCount - batch.stoppedCount - stopped.count === 0) throw new Refused('empty-roster')
    await moveBatch(tx, access, id, 'SENT', at)
    await insertSubmission(tx, {
      ...{ countyCode: access.county, id: newId(at.getTime()), batchId: id, channel, state: 'PREPARING' },
      ...{ attempts: 0, nextAt: at, createdBy: access.actorId, createdAt: at },
    })
    const deed = {
      action: 'export',
      entity: 'payment-batch',
      entityId: id,
      fields: ['SENT', channel],
    } as const
    await record(tx, access, deed, at)
    const told = await tell(tx, office, access, id)
    if (stopped.fen > 0)
      await release(tx, access, batch, { refType: 'PAYMENT_STOPS', refId: id }, stopped, at)
    return told
  })
  wakeBankWork(office)
  return sent
}
