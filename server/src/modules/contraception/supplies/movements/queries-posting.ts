import type { MovementKind, SupplyAccount } from '@youyu/shared/contraception/supplies-movements'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

/** A store with its place, or one of the accounts beside the stores. */
type Side = { id: string; divisionCode: string } | Exclude<SupplyAccount, 'STORE'>

export type Movement = {
  id: string
  kind: MovementKind
  itemCode: string
  lotId: string
  quantity: number
  from: Side
  to: Side
  occurredOn: string
  dispensingId?: string
  shipmentId?: string
  stockTakeId?: string
  recallId?: string
  document?: string | undefined
  reason?: string | undefined
  reverses?: string
}

function row({ from, to, ...movement }: Movement): object {
  const [giver, taker] = [from, to].map((side) =>
    typeof side === 'string'
      ? { account: side, store: null, division: null }
      : { account: 'STORE', store: side.id, division: side.divisionCode },
  )
  return { ...movement, giver, taker }
}

// Stock that leaves is an update, so that a lot which the store does not hold is missed; what arrives may be a lot new to it.
const text = `with entry as materialized (
    select e.*, giver ->> 'account' as from_account, (giver ->> 'store')::uuid as from_store, giver ->> 'division' as from_division,
      taker ->> 'account' as to_account, (taker ->> 'store')::uuid as to_store, taker ->> 'division' as to_division
    from jsonb_to_recordset($2::jsonb) as e (id uuid, kind text, "itemCode" text, "lotId" uuid, quantity integer, giver jsonb, taker jsonb,
      "occurredOn" date, "dispensingId" uuid, "shipmentId" uuid, "stockTakeId" uuid, "recallId" uuid, document text, reason text, reverses uuid)
  ),
  written as (
    insert into supply_movements (county_code, id, kind, item_code, lot_id, quantity, from_account, from_store_id, from_division,
      to_account, to_store_id, to_division, occurred_on, dispensing_id, shipment_id, stock_take_id, recall_id, document, reason, reverses,
      recorded_at, recorded_by, source)
    select $1, id, kind, "itemCode", "lotId", quantity, from_account, from_store, from_division, to_account, to_store, to_division,
      "occurredOn", "dispensingId", "shipmentId", "stockTakeId", "recallId", document, reason, reverses, $3, $4, 'MANUAL' from entry
  ),
  flow as (
    select from_store as store_id, from_division as division, "lotId" as lot_id, "itemCode" as item, kind, "occurredOn" as day, -quantity as q
    from entry where from_store is not null
    union all
    select to_store, to_division, "lotId", "itemCode", kind, "occurredOn", quantity from entry where to_store is not null
  ),
  delta as (
    select store_id, division, lot_id, item, sum(q)::integer as q from flow group by 1, 2, 3, 4 having sum(q) <> 0
  ),
  held as materialized (
    select s.store_id, s.lot_id, d.q from supply_stocks s join delta d on d.store_id = s.store_id and d.lot_id = s.lot_id
    where s.county_code = $1 and d.q < 0 order by s.store_id, s.lot_id for no key update of s
  ),
  taken as (
    update supply_stocks s set on_hand = s.on_hand + h.q, updated_at = $3 from held h
    where s.county_code = $1 and s.store_id = h.store_id and s.lot_id = h.lot_id returning 1
  ),
  lot as materialized (
    select l.id, l.expires_on, l.recalled_on from supply_lots l
    where l.county_code = $1 and l.id = any(select lot_id from delta where q > 0) order by l.id for share of l
  ),
  given as (
    insert into supply_stocks (county_code, store_id, lot_id, item_code, division_code, expires_on, on_hand, is_quarantined, updated_at)
    select $1, d.store_id, d.lot_id, d.item, d.division, l.expires_on, d.q, l.recalled_on is not null, $3
    from delta d join lot l on l.id = d.lot_id where d.q > 0 order by d.store_id, d.lot_id
    on conflict (county_code, store_id, lot_id) do update set on_hand = supply_stocks.on_hand + excluded.on_hand,
      is_quarantined = excluded.is_quarantined, updated_at = excluded.updated_at
  ),
  month as (
    insert into supply_months (county_code, store_id, item_code, month, lot_id, division_code, received, dispensed, shipped, wasted, adjusted)
    select $1, store_id, item, date_trunc('month', day)::date, lot_id, division,
      coalesce(sum(q) filter (where kind in ('IN_PURCHASE', 'IN_TRANSFER')), 0),
      coalesce(-sum(q) filter (where kind in ('DISPENSE', 'RETURN')), 0),
      coalesce(-sum(q) filter (where kind = 'OUT_TRANSFER'), 0),
      coalesce(-sum(q) filter (where kind in ('EXPIRED', 'DAMAGED', 'LOST', 'RECALLED')), 0),
      coalesce(sum(q) filter (where kind = 'ADJUST'), 0)
    from flow group by store_id, item, date_trunc('month', day), lot_id, division order by store_id, lot_id, 4
    on conflict (county_code, store_id, item_code, month, lot_id) do update set received = supply_months.received + excluded.received,
      dispensed = supply_months.dispensed + excluded.dispensed, shipped = supply_months.shipped + excluded.shipped,
      wasted = supply_months.wasted + excluded.wasted, adjusted = supply_months.adjusted + excluded.adjusted
  )
  select (select count(*) from taken) = (select count(*) from delta where q < 0) as complete`

/** Writes movements with everything that follows from them; whether every store held the lots that it gives. */
export async function insertMovements(
  tx: Transaction,
  access: Access,
  movements: readonly Movement[],
  at: Date,
): Promise<boolean> {
  const entries = JSON.stringify(movements.map(row))
  const [done] = await ask<{ complete: boolean }>(tx, text, [access.county, entries, at, access.actorId])
  return done!.complete
}

/** Days without stock at a store, found anew from its movements. */
export async function recountStockOuts(
  tx: Transaction,
  access: Access,
  pairs: readonly { storeId: string; itemCode: string }[],
  today: string,
): Promise<void> {
  await ask(tx, 'select app.recount_stock_outs($1, $2, $3, $4)', [
    access.county,
    pairs.map((pair) => pair.storeId),
    pairs.map((pair) => pair.itemCode),
    today,
  ])
}
