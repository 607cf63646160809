import type pg from 'pg'
import type { Access } from '../access/access.ts'
import { Refused } from '../refused.ts'
import type { Asking, NamedStatement, Transaction } from './connect.ts'
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
const claimingWith = (
  answer: string,
) => `insert into idempotency_keys (county_code, actor_id, key, request_hash, body, created_at)
    select $1, $2, $3, $4, answer, now() from (${answer}) as given`
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
  return await earlierAnswer(tx.client, access)
}

type KeptAnswer = { request_hash: Buffer; body: string | null }

/** What the same request was answered before; undefined where the key is new. */
async function findAnswer(
  client: Asking['client'],
  access: Access,
): Promise<{ answer: unknown } | undefined> {
  const { rows } = await client.query({ ...find, values: keyOf(access) })
  const [kept] = rows as KeptAnswer[]
  if (!kept) return undefined
  if (!kept.request_hash.equals(access.idempotency!.requestHash)) throw new Refused('idempotency-mismatch')
  return { answer: JSON.parse(kept.body ?? 'null') as unknown }
}

async function earlierAnswer(client: Asking['client'], access: Access): Promise<{ answer: unknown }> {
  const earlier = await findAnswer(client, access)
  if (!earlier) throw new Refused('idempotency-mismatch')
  return earlier
}

const claimingFirst = (claim: NamedStatement): NamedStatement[] => [
  { name: 'claim_patiently', text: claimPatience, values: [] },
  claim,
  { name: 'wait_again', text: 'set local lock_timeout = 0', values: [] },
]

/** Claims the key and keeps the answer at once, where it is known before the first write; a key in use ends the frame. */
export function claimAnswered(access: Access, answer: unknown): NamedStatement[] {
  const values = [...keyOf(access), access.idempotency!.requestHash, JSON.stringify(answer ?? null)]
  const text = claimingWith(`select $${KEY_PARAMETERS + 1}::text as answer`)
  return claimingFirst({ name: 'claim_answered', text, values })
}

/** How many parameters stand before those of a foretold answer. */
export const KEY_PARAMETERS = 4

/**
 * The same where the database completes the answer: a SELECT of one text `answer`, its parameters numbered after
 * `KEY_PARAMETERS`; where it finds no row, nothing is kept.
 */
export function claimForetold(access: Access, { name, text, values }: NamedStatement): NamedStatement[] {
  const claimed = [...keyOf(access), access.idempotency!.requestHash, ...values]
  return claimingFirst({ name: `claim_${name}`, text: claimingWith(text), values: claimed })
}

/**
 * The answer under a key whose claim has failed, or whose holder did between two of our questions what we were refused
 * for; undefined when something else has failed. The transaction is rolled back.
 */
export async function answerAfter(
  client: pg.PoolClient,
  access: Access,
  error: unknown,
): Promise<{ answer: unknown } | undefined> {
  const { code, constraint } = serverErrorIn(error) ?? {}
  if (!access.idempotency) return undefined
  if (code === '55P03') throw new Refused('idempotency-in-flight')
  const isRefused = error instanceof Refused
  if (!isRefused && (code !== '23505' || constraint !== 'idempotency_keys_pk')) return undefined
  await client.query('rollback')
  if (isRefused) return await findAnswer(client, access)
  return await earlierAnswer(client, access)
}

export async function storeAnswer(tx: Transaction, access: Access, answer: unknown): Promise<void> {
  await tx.client.query({ ...store, values: [...keyOf(access), JSON.stringify(answer ?? null)] })
}

function keyOf({ county, actorId, idempotency }: Access): unknown[] {
  return [county, actorId, idempotency!.key]
}
