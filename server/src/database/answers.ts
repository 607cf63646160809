import { and, eq, sql } from 'drizzle-orm'
import type { Access } from '../access/access.ts'
import { Refused } from '../refused.ts'
import { idempotencyKeys } from '../jobs/tables.ts'
import type { Transaction } from './connect.ts'
import { serverErrorIn } from './failures.ts'

/**
 * Claims the idempotency key inside the business transaction. Answers the stored result of an earlier request, or
 * undefined when the key is new. Another body under the same key, or a request still under way, is refused.
 */
export async function claimKey(tx: Transaction, access: Access): Promise<{ answer: unknown } | undefined> {
  const { key, requestHash } = access.idempotency!
  try {
    const [, claimed] = await Promise.all([
      tx.execute(sql`set local lock_timeout = '150ms'`),
      tx
        .insert(idempotencyKeys)
        .values({
          countyCode: access.county,
          actorId: access.actorId,
          key,
          requestHash,
          createdAt: new Date(),
        })
        .onConflictDoNothing()
        .returning({ key: idempotencyKeys.key }),
      tx.execute(sql`set local lock_timeout = 0`),
    ])
    if (claimed.length > 0) return undefined
  } catch (error) {
    if (serverErrorIn(error)?.code === '55P03') throw new Refused('idempotency-in-flight')
    throw error
  }
  const [stored] = await tx
    .select({ requestHash: idempotencyKeys.requestHash, body: idempotencyKeys.body })
    .from(idempotencyKeys)
    .where(keyOf(access))
  if (!stored?.requestHash.equals(requestHash)) throw new Refused('idempotency-mismatch')
  return { answer: JSON.parse(stored.body ?? 'null') as unknown }
}

export async function storeAnswer(tx: Transaction, access: Access, answer: unknown): Promise<void> {
  await tx
    .update(idempotencyKeys)
    .set({ body: JSON.stringify(answer ?? null) })
    .where(keyOf(access))
}

function keyOf(access: Access) {
  return and(
    eq(idempotencyKeys.countyCode, access.county),
    eq(idempotencyKeys.actorId, access.actorId),
    eq(idempotencyKeys.key, access.idempotency!.key),
  )
}
