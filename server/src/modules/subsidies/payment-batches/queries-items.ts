import type { FenByTier } from '@youyu/shared/subsidies/shares'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import { byTierOf } from './rules.ts'

/** Counts and sums by tier of what was ended. */
export type Ended = { count: number; fen: number; byTier: FenByTier }
const endedOf = (parts: readonly (number | string)[]): Ended => {
  const [count, fen, ...tiers] = parts.map(Number)
  return { count: count!, fen: fen!, byTier: byTierOf(tiers) }
}

export async function stopItems(
  tx: Transaction,
  access: Access,
  batchId: Id,
  { items = null, ended, why }: { items?: readonly Id[] | null; ended: 'STOPPED' | 'VOID'; why: string },
  at: Date,
): Promise<Ended> {
  const [row] = await ask<{ parts: number[] }>(
    tx,
    'select app.stop_items($1, $2, $3::uuid[], $4, $5, $6)::float8[] as parts',
    [access.county, batchId, items, ended, why, at],
  )
  return endedOf(row!.parts)
}

/** Takes out what must not be paid any more: accounts changed since the roster was frozen, payees who have died. */
export async function stopChanged(
  tx: Transaction,
  access: Access,
  batchId: Id,
  today: CivilDate,
  at: Date,
): Promise<Ended> {
  const [row] = await ask<{ parts: number[] }>(
    tx,
    'select app.stop_changed_items($1, $2, $3, $4)::float8[] as parts',
    [access.county, batchId, today, at],
  )
  return endedOf(row!.parts)
}

/** What is still to be paid of a batch, by tier. */
export async function sumOpen(tx: Transaction, access: Access, batchId: Id): Promise<Ended> {
  const [row] = await ask<{ parts: number[] }>(
    tx,
    `select array[count(*), coalesce(sum(amount_fen), 0), coalesce(sum(central_fen), 0), coalesce(sum(province_fen), 0), coalesce(sum(city_fen), 0),
       coalesce(sum(county_fen), 0), coalesce(sum(township_fen), 0), coalesce(sum(other_fen), 0)]::float8[] as parts
     from payment_items where county_code = $1 and batch_id = $2 and state = 'OPEN'`,
    [access.county, batchId],
  )
  return endedOf(row!.parts)
}
