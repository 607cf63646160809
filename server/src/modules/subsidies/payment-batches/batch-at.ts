import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { Refused } from '../../../refused.ts'
import { findBatch, type BatchRecord } from './queries.ts'
import { mayTake, type Step } from './rules.ts'

/** Whoever works on batches answers for a whole county. */
export async function batchAt(
  tx: Transaction,
  access: Access,
  which: { id: Id } | { number: string },
  { version = null, step = null }: { version?: number | null; step?: Step | null } = {},
): Promise<BatchRecord> {
  const batch = await findBatch(tx, access, which, { lock: true })
  if (!batch) throw new Refused('not-found')
  if (version !== null) assertVersion(version, batch.version)
  if (step !== null && !mayTake(step, batch.state)) throw new Refused('batch-not-at-this-step')
  return batch
}

export const deedOf = (id: Id, ...fields: string[]) =>
  ({ action: 'change', entity: 'payment-batch', entityId: id, fields }) as const
