import type { ShelfLine } from '@youyu/shared/contraception/supplies'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

export type KeptLot = {
  id: string
  itemCode: string
  lotNumber: string
  expiresOn: string
  recalledOn: string | null
}

const columns = `l.id, l.item_code as "itemCode", l.lot_number as "lotNumber", l.expires_on as "expiresOn", l.recalled_on as "recalledOn"`

/** The lots of these lines, in their order; a lot that the county does not know yet is entered. */
export async function ensureLots(
  tx: Transaction,
  access: Access,
  lines: readonly { itemCode: string; lotNumber: string; expiresOn: string }[],
  at: Date,
): Promise<KeptLot[]> {
  const named = JSON.stringify(lines)
  const line = `jsonb_to_recordset($2::jsonb) as e ("itemCode" text, "lotNumber" text, "expiresOn" date)`
  await ask(
    tx,
    `insert into supply_lots (county_code, id, item_code, lot_number, expires_on, recorded_at, recorded_by)
     select distinct on ("itemCode", "lotNumber") $1::integer, app.derived_id('lot ' || $1::integer || ' ' || "itemCode" || ' ' || "lotNumber"), "itemCode", "lotNumber", "expiresOn", $3::timestamptz, $4::uuid
     from ${line} order by "itemCode", "lotNumber" on conflict do nothing`,
    [access.county, named, at, access.actorId],
  )
  const text = `select ${columns} from rows from (${line.replace(' as e (', ' as (')}) with ordinality as e ("itemCode", "lotNumber", "expiresOn", place)
    join supply_lots l on l.county_code = $1 and l.item_code = e."itemCode" and l.lot_number = e."lotNumber" order by e.place`
  return await ask(tx, text, [access.county, named])
}

export async function findLot(tx: Transaction, access: Access, id: string): Promise<KeptLot | undefined> {
  const [lot] = await ask<KeptLot>(
    tx,
    `select ${columns} from supply_lots l where l.county_code = $1 and l.id = $2`,
    [access.county, id],
  )
  return lot
}

export async function findLotByNumber(
  tx: Transaction,
  access: Access,
  itemCode: string,
  lotNumber: string,
): Promise<KeptLot | undefined> {
  const text = `select ${columns} from supply_lots l where l.county_code = $1 and l.item_code = $2 and l.lot_number = $3 for no key update`
  const [lot] = await ask<KeptLot>(tx, text, [access.county, itemCode, lotNumber])
  return lot
}

export type Stock = ShelfLine['lots'][number] & { itemCode: string; recalledOn: string | null }

/** Every lot on the shelf of a store, in the order in which lots are handed out. */
export async function selectStocks(
  tx: Transaction,
  access: Access,
  storeId: string,
  today: string,
): Promise<Stock[]> {
  const text = `select s.lot_id as "lotId", l.lot_number as "lotNumber", s.expires_on as "expiresOn", s.on_hand as "onHand", s.is_quarantined as "isQuarantined",
      s.expires_on < $3 as "isExpired", s.item_code as "itemCode", l.recalled_on as "recalledOn"
    from supply_stocks s join supply_lots l on l.county_code = s.county_code and l.id = s.lot_id
    where s.county_code = $1 and s.store_id = $2 and s.on_hand > 0 order by s.item_code, s.expires_on, s.lot_id`
  return await ask(tx, text, [access.county, storeId, today])
}

/** Lots that had expired on a day and are still on the shelf. */
export async function selectExpired(
  tx: Transaction,
  access: Access,
  storeId: string,
  on: string,
): Promise<{ lotId: string; itemCode: string; onHand: number }[]> {
  const text = `select lot_id as "lotId", item_code as "itemCode", on_hand as "onHand" from supply_stocks
    where county_code = $1 and store_id = $2 and on_hand > 0 and not is_quarantined and expires_on < $3 order by lot_id for no key update`
  return await ask(tx, text, [access.county, storeId, on])
}

export type Allocation = { line: number; lotId: string; itemCode: string; quantity: number; usable: number }

/**
 * Of what a store holds, the lots for each line: those that expire first, as far as they reach. The rows stay locked, so that what is
 * allocated is there when it is moved.
 */
export async function allocateLots(
  tx: Transaction,
  access: Access,
  storeId: string,
  lines: readonly { itemCode: string; quantity: number; lotId?: string | undefined }[],
  on: string,
): Promise<Allocation[]> {
  const text = `with line as (
      select ordinality::integer - 1 as line, e ->> 'itemCode' as item, (e ->> 'quantity')::integer as wanted, (e ->> 'lotId')::uuid as lot
      from jsonb_array_elements($3::jsonb) with ordinality as x (e)
    ),
    held as materialized (
      select s.lot_id, s.item_code, s.expires_on, s.on_hand from supply_stocks s
      where s.county_code = $1 and s.store_id = $2 and s.item_code = any(select item from line) and s.on_hand > 0
        and not s.is_quarantined and s.expires_on >= $4
      order by s.item_code, s.expires_on, s.lot_id for no key update of s
    ),
    share as (
      select n.line, n.wanted, h.lot_id, h.item_code, h.on_hand, h.expires_on,
        coalesce(sum(h.on_hand) over (partition by n.line order by h.expires_on, h.lot_id rows between unbounded preceding and 1 preceding), 0) as before,
        sum(h.on_hand) over (partition by n.line) as usable
      from line n join held h on h.item_code = n.item and (n.lot is null or h.lot_id = n.lot)
    )
    select line, lot_id as "lotId", item_code as "itemCode", least(on_hand, wanted - before)::integer as quantity, usable::integer as usable
    from share where before < wanted order by line, expires_on, lot_id`
  return await ask(tx, text, [access.county, storeId, JSON.stringify(lines), on])
}
