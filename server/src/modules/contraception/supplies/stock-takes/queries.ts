import type { StockTake, StockTakeStatus } from '@youyu/shared/contraception/supplies-stock-takes'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { keptInArea } from '../area.ts'

export type KeptStockTake = {
  id: string
  storeId: string
  storeName: string
  divisionCode: string
  divisionName: string | null
  status: StockTakeStatus
  openedOn: string
  openedBy: string | null
  countedAt: Date | null
  countedBy: string | null
  countedName: string | null
  adjustedAt: Date | null
  adjustedName: string | null
  differences: number
  cancelReason: string | null
  version: number
}

const columns = `t.id, t.store_id as "storeId", s.name as "storeName", t.division_code as "divisionCode", d.name as "divisionName", t.status,
  t.opened_on as "openedOn", o.display_name as "openedBy", t.counted_at as "countedAt", t.counted_by as "countedBy", c.display_name as "countedName",
  t.adjusted_at as "adjustedAt", a.display_name as "adjustedName",
  (select count(*)::integer from stock_take_lines l where l.county_code = t.county_code and l.stock_take_id = t.id and l.counted <> l.book) as differences,
  t.cancel_reason as "cancelReason", t.version`
const takes = `stock_takes t join supply_stores s on s.county_code = t.county_code and s.id = t.store_id
  left join divisions d on d.code = t.division_code and d.valid_to is null
  left join users o on o.id = t.opened_by left join users c on c.id = t.counted_by left join users a on a.id = t.adjusted_by`

type ListQuestion = {
  storeId?: string | undefined
  status?: StockTakeStatus | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectStockTakes(
  tx: Transaction,
  access: Access,
  { storeId, status, after, limit }: ListQuestion,
): Promise<KeptStockTake[]> {
  const bound = new Bound()
  const conditions = [keptInArea(bound, access, 't')]
  if (storeId) conditions.push(`t.store_id = ${bound.bind(storeId)}`)
  if (status) conditions.push(`t.status = ${bound.bind(status)}`)
  if (after)
    conditions.push(`(t.opened_on, t.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from ${takes} where ${conditions.join(' and ')}
    order by t.opened_on desc, t.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findStockTake(
  tx: Transaction,
  access: Access,
  id: string,
  lock: '' | 'for no key update of t' = '',
): Promise<KeptStockTake | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from ${takes} where ${keptInArea(bound, access, 't')} and t.id = ${bound.bind(id)} ${lock}`
  const [take] = await ask<KeptStockTake>(tx, text, bound.values)
  return take
}

/** The lots that the book shows at the store, and those found beside it, with the count as far as there is one. */
export async function selectLines(
  tx: Transaction,
  access: Access,
  take: { id: string; storeId: string; isOpen: boolean },
): Promise<StockTake['lines']> {
  const counted = `select lot_id, item_code, book, counted, reason from stock_take_lines where county_code = $1 and stock_take_id = $2`
  const shelf = `select lot_id, item_code, on_hand, null::integer, null::text from supply_stocks where county_code = $1 and store_id = $2 and on_hand > 0`
  const text = `select x.lot_id as "lotId", l.lot_number as "lotNumber", l.expires_on as "expiresOn", x.item_code as "itemCode", x.book, x.counted,
      x.counted - x.book as difference, x.reason
    from (${take.isOpen ? shelf : counted}) x (lot_id, item_code, book, counted, reason)
    join supply_lots l on l.county_code = $1 and l.id = x.lot_id order by x.item_code, l.expires_on, l.id`
  return await ask(tx, text, [access.county, take.isOpen ? take.storeId : take.id])
}

export async function insertStockTake(
  tx: Transaction,
  access: Access,
  take: { id: string; store: { id: string; divisionCode: string }; openedOn: string },
  at: Date,
): Promise<void> {
  const text = `insert into stock_takes (county_code, id, store_id, division_code, status, opened_on, opened_by, recorded_at, version)
    values ($1, $2, $3, $4, 'OPEN', $5, $6, $7, 1)`
  const { id, store, openedOn } = take
  await ask(tx, text, [access.county, id, store.id, store.divisionCode, openedOn, access.actorId, at])
}

/** What the book shows at the store now; locked, so that it stands still while the count is signed. */
export async function lockShelf(
  tx: Transaction,
  access: Access,
  storeId: string,
): Promise<{ lotId: string; itemCode: string; onHand: number }[]> {
  const text = `select lot_id as "lotId", item_code as "itemCode", on_hand as "onHand" from supply_stocks
    where county_code = $1 and store_id = $2 order by lot_id for no key update`
  return await ask(tx, text, [access.county, storeId])
}

export type CountedLine = {
  lotId: string
  itemCode: string
  book: number
  counted: number
  reason: string | null
}

export async function replaceCount(
  tx: Transaction,
  access: Access,
  id: string,
  lines: readonly CountedLine[],
  at: Date,
): Promise<void> {
  await ask(tx, 'delete from stock_take_lines where county_code = $1 and stock_take_id = $2', [
    access.county,
    id,
  ])
  await ask(
    tx,
    `insert into stock_take_lines (county_code, stock_take_id, lot_id, item_code, book, counted, reason)
     select $1, $2, e."lotId", e."itemCode", e.book, e.counted, e.reason
     from jsonb_to_recordset($3::jsonb) as e ("lotId" uuid, "itemCode" text, book integer, counted integer, reason text)`,
    [access.county, id, JSON.stringify(lines)],
  )
  await ask(
    tx,
    `update stock_takes set status = 'COUNTED', counted_at = $3, counted_by = $4, version = version + 1 where county_code = $1 and id = $2`,
    [access.county, id, at, access.actorId],
  )
}

export async function signAdjustment(tx: Transaction, access: Access, id: string, at: Date): Promise<void> {
  const text = `update stock_takes set status = 'ADJUSTED', adjusted_at = $3, adjusted_by = $4, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, at, access.actorId])
}

export async function giveUp(tx: Transaction, access: Access, id: string, reason: string): Promise<void> {
  const text = `update stock_takes set status = 'CANCELLED', cancel_reason = $3, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, reason])
}
