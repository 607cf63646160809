import type { Access } from '../access/access.ts'
import { Refused } from '../refused.ts'
import type { Transaction } from './connect.ts'
import { serverErrorIn } from './failures.ts'

const claim = {
  name: 'claim_key',
  text: `insert into idempotency_keys (county_code, actor_id, key, request_hash, created_at)
    values ($1, $2, $3, $4, now()) on conflict do nothing`,
}
const find = {
  name: 'find_answer',
  text: 'select request_hash, body from idempotency_keys where county_code = $1 and actor_id = $2 and key = $3',
}
const store = {
  name: 'store_answer',
  text: 'update idempotency_keys set body = $4 where county_code = $1 and actor_id = $2 and key = $3',
}

/** How long a second request under the same key waits for the first before it is told that one is under way. */
export const claimPatience = `set local lock_timeout = '150ms'`

/**
 * Claims the idempotency key inside the business transaction, which began with `claimPatience`. Answers the stored
 * result of an earlier request, or undefined when the key is new. Another body under the same key, or a request still
 * under way, is refused.
 */
export async function claimKey(tx: Transaction, access: Access): Promise<{ answer: unknown } | undefined> {
  const { requestHash } = access.idempotency!
  try {
    const [claimed] = await Promise.all([
      tx.client.query({ ...claim, values: [...keyOf(access), requestHash] }),
      tx.client.query('set local lock_timeout = 0'),
    ])
    if (claimed.rowCount === 1) return undefined
  } catch (error) {
    if (serverErrorIn(error)?.code === '55P03') throw new Refused('idempotency-in-flight')
    throw error
  }
  const { rows } = await tx.client.query<{ request_hash: Buffer; body: string | null }>({
    ...find,
    values: keyOf(access),
  })
  if (!rows[0]?.request_hash.equals(requestHash)) throw new Refused('idempotency-mismatch')
  return { answer: JSON.parse(rows[0].body ?? 'null') as unknown }
}

export async function storeAnswer(tx: Transaction, access: Access, answer: unknown): Promise<void> {
  await tx.client.query({ ...store, values: [...keyOf(access), JSON.stringify(answer ?? null)] })
}

function keyOf({ county, actorId, idempotency }: Access): unknown[] {
  return [county, actorId, idempotency!.key]
}
