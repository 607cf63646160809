import type { MovementKind, SupplyMovement } from '@youyu/shared/contraception/supplies-movements'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { betweenInArea } from '../area.ts'

export type KeptMovement = {
  id: string
  kind: MovementKind
  itemCode: string
  lot: { id: string; lotNumber: string; expiresOn: string }
  quantity: number
  from: SupplyMovement['from'] & { divisionCode: string | null }
  to: SupplyMovement['to'] & { divisionCode: string | null }
  occurredOn: string
  dispensingId: string | null
  shipmentId: string | null
  stockTakeId: string | null
  recallId: string | null
  document: string | null
  reason: string | null
  reverses: string | null
  isReversed: boolean
  recordedAt: Date
  recordedBy: string | null
}

const side = (name: 'from' | 'to', store: string) =>
  `json_build_object('account', m.${name}_account, 'store', case when ${store}.id is not null then json_build_object('id', ${store}.id, 'name', ${store}.name) end,
    'divisionCode', m.${name}_division) as "${name}"`

const columns = `m.id, m.kind, m.item_code as "itemCode", json_build_object('id', l.id, 'lotNumber', l.lot_number, 'expiresOn', l.expires_on) as lot,
  m.quantity, ${side('from', 'f')}, ${side('to', 't')}, m.occurred_on as "occurredOn", m.dispensing_id as "dispensingId",
  m.shipment_id as "shipmentId", m.stock_take_id as "stockTakeId", m.recall_id as "recallId", m.document, m.reason, m.reverses,
  exists (select from supply_movements r where r.county_code = m.county_code and r.reverses = m.id) as "isReversed",
  m.recorded_at as "recordedAt", u.display_name as "recordedBy"`
const movements = `supply_movements m join supply_lots l on l.county_code = m.county_code and l.id = m.lot_id
  left join supply_stores f on f.county_code = m.county_code and f.id = m.from_store_id
  left join supply_stores t on t.county_code = m.county_code and t.id = m.to_store_id
  left join users u on u.id = m.recorded_by`

type ListQuestion = {
  storeId?: string | undefined
  itemCode?: string | undefined
  lotId?: string | undefined
  kind?: MovementKind | undefined
  from?: string | undefined
  to?: string | undefined
  after: readonly [string, string] | null
  limit: number
}

function ofArea(bound: Bound, access: Access): string {
  return betweenInArea(bound, access, 'm', ['from_division', 'to_division'])
}

export async function selectMovements(
  tx: Transaction,
  access: Access,
  { storeId, itemCode, lotId, kind, from, to, after, limit }: ListQuestion,
): Promise<KeptMovement[]> {
  const bound = new Bound()
  const conditions = [ofArea(bound, access)]
  if (storeId) {
    const store = bound.bind(storeId)
    conditions.push(`(m.from_store_id = ${store} or m.to_store_id = ${store})`)
  }
  if (itemCode) conditions.push(`m.item_code = ${bound.bind(itemCode)}`)
  if (lotId) conditions.push(`m.lot_id = ${bound.bind(lotId)}`)
  if (kind) conditions.push(`m.kind = ${bound.bind(kind)}`)
  if (from) conditions.push(`m.occurred_on >= ${bound.bind(from)}`)
  if (to) conditions.push(`m.occurred_on <= ${bound.bind(to)}`)
  if (after)
    conditions.push(`(m.occurred_on, m.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const page = `(select * from supply_movements m where ${conditions.join(' and ')}
    order by m.occurred_on desc, m.id desc limit ${pageLimit(limit)}) m`
  const text = `select ${columns} from ${movements.replace('supply_movements m', page)} order by m.occurred_on desc, m.id desc`
  return await ask(tx, text, bound.values)
}

export async function findMovements(
  tx: Transaction,
  access: Access,
  ids: readonly string[],
): Promise<KeptMovement[]> {
  const bound = new Bound()
  const text = `select ${columns} from ${movements} where ${ofArea(bound, access)} and m.id = any(${bound.bind(ids)}::uuid[]) order by m.id`
  return await ask(tx, text, bound.values)
}

/** Two reversals of one movement wait for each other at what it rests on: its lot. */
export async function lockLot(tx: Transaction, access: Access, lotId: string): Promise<void> {
  await ask(tx, 'select from supply_lots where county_code = $1 and id = $2 for no key update', [
    access.county,
    lotId,
  ])
}
