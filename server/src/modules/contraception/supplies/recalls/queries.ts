import type { RecallStatus } from '@youyu/shared/contraception/supplies-recalls'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { within } from '../../../population/index.ts'

export type KeptRecall = {
  id: string
  itemCode: string
  lot: { id: string; lotNumber: string; expiresOn: string }
  recalledOn: string
  reason: string
  document: string | null
  stores: number
  settled: number
  onTheWay: number
}

/** That a lot is recalled concerns the whole county; which stores hold it, each area its own. */
function columns(bound: Bound, access: Access): string {
  const inArea = within(bound, 's.division_code', access.prefixes)
  const stores = `from lot_recall_stores s where s.county_code = r.county_code and s.recall_id = r.id and ${inArea}`
  return `r.id, r.item_code as "itemCode", json_build_object('id', l.id, 'lotNumber', l.lot_number, 'expiresOn', l.expires_on) as lot,
    r.recalled_on as "recalledOn", r.reason, r.document, (select count(*)::integer ${stores}) as stores,
    (select count(*)::integer ${stores} and (s.status in ('RETURNED', 'DESTROYED') or s.found = 0)) as settled,
    (select coalesce(sum(n.shipped - n.received - n.lost), 0)::integer from supply_shipment_lines n where n.county_code = r.county_code and n.lot_id = r.lot_id) as "onTheWay"`
}
const recalls = 'lot_recalls r join supply_lots l on l.county_code = r.county_code and l.id = r.lot_id'

type ListQuestion = {
  itemCode?: string | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectRecalls(
  tx: Transaction,
  access: Access,
  { itemCode, after, limit }: ListQuestion,
): Promise<KeptRecall[]> {
  const bound = new Bound()
  const shown = columns(bound, access)
  const conditions = [`r.county_code = ${bound.bind(access.county)}`, 'r.voided_at is null']
  if (itemCode) conditions.push(`r.item_code = ${bound.bind(itemCode)}`)
  if (after)
    conditions.push(`(r.recalled_on, r.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${shown} from ${recalls} where ${conditions.join(' and ')}
    order by r.recalled_on desc, r.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findRecall(
  tx: Transaction,
  access: Access,
  id: string,
  lock: '' | 'for no key update of r' = '',
): Promise<KeptRecall | undefined> {
  const bound = new Bound()
  const shown = columns(bound, access)
  const text = `select ${shown} from ${recalls} where r.county_code = ${bound.bind(access.county)} and r.id = ${bound.bind(id)} and r.voided_at is null ${lock}`
  const [recall] = await ask<KeptRecall>(tx, text, bound.values)
  return recall
}

/** From this statement on the lot is set aside at every store of the county. */
export async function markRecalled(
  tx: Transaction,
  access: Access,
  recall: {
    id: string
    lotId: string
    itemCode: string
    recalledOn: string
    reason: string
    document: string | null
  },
  at: Date,
): Promise<void> {
  const { id, lotId, itemCode, recalledOn, reason, document } = recall
  await ask(tx, 'update supply_lots set recalled_on = $3 where county_code = $1 and id = $2', [
    access.county,
    lotId,
    recalledOn,
  ])
  await ask(
    tx,
    `insert into lot_recalls (county_code, id, lot_id, item_code, recalled_on, reason, document, recorded_at, recorded_by, source)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'MANUAL')`,
    [access.county, id, lotId, itemCode, recalledOn, reason, document, at, access.actorId],
  )
  // A dispensing under way holds the row; the next one sees the quarantine.
  await ask(
    tx,
    `update supply_stocks set is_quarantined = true, updated_at = $3 where county_code = $1 and lot_id = $2`,
    [access.county, lotId, at],
  )
  await ask(
    tx,
    `insert into lot_recall_stores (county_code, recall_id, store_id, division_code, status, found, returned, destroyed)
     select $1, $2, store_id, division_code, 'LOT_RECALLED', on_hand, 0, 0 from supply_stocks where county_code = $1 and lot_id = $3`,
    [access.county, id, lotId],
  )
}

/** Stores and items whose usable stock a recall changes. */
export async function storesHolding(
  tx: Transaction,
  access: Access,
  lotId: string,
): Promise<{ storeId: string; itemCode: string }[]> {
  return await ask(
    tx,
    'select store_id as "storeId", item_code as "itemCode" from supply_stocks where county_code = $1 and lot_id = $2',
    [access.county, lotId],
  )
}

export async function unmarkRecalled(
  tx: Transaction,
  access: Access,
  recall: { id: string; lotId: string; reason: string },
  at: Date,
): Promise<boolean> {
  const { id, lotId, reason } = recall
  const voided = await ask(
    tx,
    `update lot_recalls r set voided_at = $3, voided_by = $4, void_reason = $5 where r.county_code = $1 and r.id = $2
       and not exists (select from lot_recall_stores s where s.county_code = $1 and s.recall_id = $2 and s.returned + s.destroyed > 0) returning r.id`,
    [access.county, id, at, access.actorId, reason],
  )
  if (voided.length === 0) return false
  await ask(tx, 'update supply_lots set recalled_on = null where county_code = $1 and id = $2', [
    access.county,
    lotId,
  ])
  await ask(
    tx,
    'update supply_stocks set is_quarantined = false, updated_at = $3 where county_code = $1 and lot_id = $2',
    [access.county, lotId, at],
  )
  return true
}

/** A recalled lot that arrives after the recall is one more thing to set aside. */
export async function noteArrival(
  tx: Transaction,
  access: Access,
  store: { id: string; divisionCode: string },
): Promise<void> {
  const text = `insert into lot_recall_stores as kept (county_code, recall_id, store_id, division_code, status, found, returned, destroyed)
    select $1, r.id, $2, $3, 'LOT_RECALLED', s.on_hand, 0, 0
    from supply_stocks s join lot_recalls r on r.county_code = $1 and r.lot_id = s.lot_id and r.voided_at is null
    where s.county_code = $1 and s.store_id = $2 and s.is_quarantined and s.on_hand > 0
    on conflict (county_code, recall_id, store_id) do update set found = excluded.found + kept.returned + kept.destroyed, status = 'LOT_RECALLED'
      where kept.found <> excluded.found + kept.returned + kept.destroyed`
  await ask(tx, text, [access.county, store.id, store.divisionCode])
}

export type KeptRecallStore = { storeId: string; divisionCode: string; status: RecallStatus; onHand: number }

export async function findRecallStore(
  tx: Transaction,
  access: Access,
  recall: { id: string; lot: { id: string } },
  storeId: string,
): Promise<KeptRecallStore | undefined> {
  const bound = new Bound()
  const text = `select c.store_id as "storeId", c.division_code as "divisionCode", c.status,
      coalesce((select s.on_hand from supply_stocks s where s.county_code = c.county_code and s.store_id = c.store_id and s.lot_id = ${bound.bind(recall.lot.id)}), 0) as "onHand"
    from lot_recall_stores c where c.county_code = ${bound.bind(access.county)} and c.recall_id = ${bound.bind(recall.id)} and c.store_id = ${bound.bind(storeId)}
      and ${within(bound, 'c.division_code', access.prefixes)} for no key update of c`
  const [found] = await ask<KeptRecallStore>(tx, text, bound.values)
  return found
}

export async function updateRecallStore(
  tx: Transaction,
  access: Access,
  { id, storeId }: { id: string; storeId: string },
  to: { status: RecallStatus; quantity: number; document: string | null },
  at: Date,
): Promise<void> {
  const key = [access.county, id, storeId]
  if (to.status === 'QUARANTINED') {
    const text = `update lot_recall_stores set status = 'QUARANTINED', quarantined_at = $4, quarantined_by = $5 where county_code = $1 and recall_id = $2 and store_id = $3`
    return void (await ask(tx, text, [...key, at, access.actorId]))
  }
  const column = to.status === 'RETURNED' ? 'returned' : 'destroyed'
  const text = `update lot_recall_stores set status = $4, ${column} = ${column} + $5, document = $6, disposed_at = $7, disposed_by = $8
    where county_code = $1 and recall_id = $2 and store_id = $3`
  await ask(tx, text, [...key, to.status, to.quantity, to.document, at, access.actorId])
}
