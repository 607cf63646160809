import type { BankInstruction } from '@youyu/shared/subsidies/bank-exchange'
import type { Id } from '@youyu/shared/values'
import type { Readable } from 'node:stream'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { fileStream } from '../bank-files/index.ts'
import { batchAt, findBatch, findSubmission, type SubmissionRecord } from '../payment-batches/index.ts'
import * as queries from './queries.ts'

async function preparedOf(tx: Transaction, access: Access, batchId: Id): Promise<SubmissionRecord> {
  const submission = await findSubmission(tx, access, batchId)
  if (!submission || !['WAITING', 'DELIVERED', 'ACCEPTED'].includes(submission.state))
    throw new Refused('bank-file-not-ready')
  return submission
}

export type FileSent = { name: string; sha256: string; stream: Readable }

/** The file as it was made; full account numbers leave the house, so it is recorded first. */
export async function openFile(
  office: Office,
  access: Access,
  which: { id: Id } | { number: string },
): Promise<FileSent> {
  const at = office.now()
  const submission = await transaction(office.db, access, async (tx) => {
    const batch = await findBatch(tx, access, which)
    if (!batch) throw new Refused('not-found')
    const prepared = await preparedOf(tx, access, batch.id)
    const deed = {
      action: 'export',
      entity: 'payment-batch',
      entityId: batch.id,
      fields: ['bank-file'],
    } as const
    await record(tx, access, { ...deed, purpose: 'PAYMENT', rows: prepared.rows ?? 0 }, at)
    return prepared
  })
  return {
    name: submission.fileName!,
    sha256: submission.sha256!.toString('hex'),
    stream: fileStream(office, access, submission.id),
  }
}

export async function instructions(office: Office, access: Access): Promise<{ items: BankInstruction[] }> {
  const rows = await reading(office.db, access, async (tx) => await queries.selectWaiting(tx, access))
  return {
    items: rows.map((row) => ({
      ...row,
      sha256: row.sha256.toString('hex'),
      createdAt: row.createdAt.toISOString(),
      acceptedAt: row.acceptedAt?.toISOString() ?? null,
    })),
  }
}

/** The bank names the hash of what it has: of another file it has nothing of ours. */
export async function acceptFile(
  office: Office,
  access: Access,
  number: string,
  { sha256, reference = null }: { sha256: string; reference?: string | null | undefined },
): Promise<BankInstruction> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const batch = await batchAt(tx, access, { number })
    const prepared = await preparedOf(tx, access, batch.id)
    if (prepared.sha256!.toString('hex') !== sha256) throw new Refused('bank-file-differs')
    await queries.accepted(tx, access, batch.id, reference, at)
    const deed = {
      action: 'change',
      entity: 'payment-batch',
      entityId: batch.id,
      fields: ['accepted'],
    } as const
    await record(tx, access, deed, at)
    return {
      ...{ number, fileName: prepared.fileName!, sha256, bytes: prepared.bytes!, rows: prepared.rows! },
      ...{ totalFen: prepared.fen!, payOn: batch.payOn, createdAt: prepared.createdAt.toISOString() },
      acceptedAt: (prepared.acceptedAt ?? at).toISOString(),
    }
  })
}
