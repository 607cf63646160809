import type { SupplyShipment } from '@youyu/shared/contraception/supplies-movements'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { betweenInArea } from '../area.ts'

export type KeptShipment = Omit<SupplyShipment, 'recordedAt'> & {
  recordedAt: Date
  fromDivision: string
  toDivision: string
}

const columns = `h.id, json_build_object('id', f.id, 'name', f.name) as "from", json_build_object('id', t.id, 'name', t.name) as "to",
  h.requisition_id as "requisitionId", h.shipped_on as "shippedOn", h.completed_on as "completedOn", h.from_division as "fromDivision", h.to_division as "toDivision",
  (select json_agg(json_build_object('id', n.id, 'itemCode', n.item_code, 'lot', json_build_object('id', l.id, 'lotNumber', l.lot_number, 'expiresOn', l.expires_on),
      'shipped', n.shipped, 'received', n.received, 'lost', n.lost, 'lossReason', n.loss_reason, 'isRecalled', l.recalled_on is not null)
      order by n.item_code, l.expires_on, l.id)
    from supply_shipment_lines n join supply_lots l on l.county_code = n.county_code and l.id = n.lot_id
    where n.county_code = h.county_code and n.shipment_id = h.id) as lines,
  h.recorded_at as "recordedAt", u.display_name as "recordedBy", h.version`
const shipments = `supply_shipments h join supply_stores f on f.county_code = h.county_code and f.id = h.from_store_id
  join supply_stores t on t.county_code = h.county_code and t.id = h.to_store_id
  left join users u on u.id = h.recorded_by`

function ofArea(bound: Bound, access: Access): string {
  return betweenInArea(bound, access, 'h', ['from_division', 'to_division'])
}

type ListQuestion = {
  storeId?: string | undefined
  direction?: 'IN' | 'OUT' | undefined
  state?: 'ON_THE_WAY' | 'COMPLETED' | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectShipments(
  tx: Transaction,
  access: Access,
  { storeId, direction, state, after, limit }: ListQuestion,
): Promise<KeptShipment[]> {
  const bound = new Bound()
  const conditions = [ofArea(bound, access)]
  if (storeId) {
    const store = bound.bind(storeId)
    const ends = { IN: [`h.to_store_id = ${store}`], OUT: [`h.from_store_id = ${store}`] }
    conditions.push(`(${(direction ? ends[direction] : [...ends.IN, ...ends.OUT]).join(' or ')})`)
  }
  if (state) conditions.push(`h.completed_on is ${state === 'COMPLETED' ? 'not null' : 'null'}`)
  if (after)
    conditions.push(`(h.shipped_on, h.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from ${shipments} where ${conditions.join(' and ')}
    order by h.shipped_on desc, h.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findShipment(
  tx: Transaction,
  access: Access,
  id: string,
  lock: '' | 'for no key update of h' = '',
): Promise<KeptShipment | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from ${shipments} where ${ofArea(bound, access)} and h.id = ${bound.bind(id)} ${lock}`
  const [shipment] = await ask<KeptShipment>(tx, text, bound.values)
  return shipment
}

export async function shipmentsOf(
  tx: Transaction,
  access: Access,
  requisitionId: string,
): Promise<KeptShipment[]> {
  const bound = new Bound()
  const text = `select ${columns} from ${shipments} where ${ofArea(bound, access)} and h.requisition_id = ${bound.bind(requisitionId)} order by h.id`
  return await ask(tx, text, bound.values)
}

type End = { id: string; divisionCode: string }
export type NewLine = { id: string; lotId: string; itemCode: string; quantity: number }

export async function insertShipment(
  tx: Transaction,
  access: Access,
  shipment: {
    id: string
    from: End
    to: End
    requisitionId: string | null
    shippedOn: string
    lines: NewLine[]
  },
  at: Date,
): Promise<void> {
  const { id, from, to, requisitionId, shippedOn, lines } = shipment
  await ask(
    tx,
    `insert into supply_shipments (county_code, id, from_store_id, from_division, to_store_id, to_division, requisition_id, shipped_on,
      recorded_at, recorded_by, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`,
    [
      ...[access.county, id, from.id, from.divisionCode, to.id, to.divisionCode],
      ...[requisitionId, shippedOn, at, access.actorId],
    ],
  )
  await ask(
    tx,
    `insert into supply_shipment_lines (county_code, id, shipment_id, lot_id, item_code, shipped, received, lost)
     select $1, e.id, $2, e."lotId", e."itemCode", e.quantity, 0, 0
     from jsonb_to_recordset($3::jsonb) as e (id uuid, "lotId" uuid, "itemCode" text, quantity integer)`,
    [access.county, id, JSON.stringify(lines)],
  )
}

export type ArrivedLine = {
  lineId: string
  received: number
  lost: number
  lossReason?: string | undefined
}

/** Adds what arrived; the shipment is complete when nothing is on its way any more. */
export async function updateArrived(
  tx: Transaction,
  access: Access,
  id: string,
  lines: readonly ArrivedLine[],
  occurredOn: string,
): Promise<void> {
  await ask(
    tx,
    `update supply_shipment_lines n set received = n.received + e.received, lost = n.lost + e.lost,
      loss_reason = coalesce(e."lossReason", n.loss_reason)
     from jsonb_to_recordset($3::jsonb) as e ("lineId" uuid, received integer, lost integer, "lossReason" text)
     where n.county_code = $1 and n.shipment_id = $2 and n.id = e."lineId"`,
    [access.county, id, JSON.stringify(lines)],
  )
  await ask(
    tx,
    `update supply_shipments h set version = h.version + 1, completed_on = case when not exists (select from supply_shipment_lines n
       where n.county_code = $1 and n.shipment_id = $2 and n.received + n.lost < n.shipped) then $3::date end
     where h.county_code = $1 and h.id = $2`,
    [access.county, id, occurredOn],
  )
}
