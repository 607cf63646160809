import type {
  listShipments,
  NewArrival,
  NewShipment,
  SupplyShipment,
} from '@youyu/shared/contraception/supplies-movements'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import type { Office } from '../../../../office.ts'
import { Refused, type WrongField } from '../../../../refused.ts'
import { itemsNamed } from '../items/service.ts'
import { allocateLots, type Allocation } from '../lots/queries.ts'
import { post, type NewMovement } from '../movements/posting.ts'
import { notInFuture } from '../movements/service.ts'
import { noteArrival } from '../recalls/queries.ts'
import { addArrived } from '../requisitions/queries-lines.ts'
import { findStore, findStoreOfCounty, type KeptStore } from '../stores/queries.ts'
import { storeNamed } from '../stores/service.ts'
import { findShipment, insertShipment, selectShipments, updateArrived, type KeptShipment } from './queries.ts'

type Asked = z.output<(typeof listShipments)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<SupplyShipment>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectShipments(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shownShipment, (row) => [row.shippedOn, row.id])
}

export async function readOne({ db }: Office, access: Access, id: string): Promise<SupplyShipment> {
  return await reading(db, access, async (tx) => shownShipment(await shipmentAsked(tx, access, id)))
}

async function shipmentAsked(tx: Transaction, access: Access, id: string): Promise<KeptShipment> {
  const shipment = await findShipment(tx, access, id)
  if (!shipment) throw new Refused('not-found')
  return shipment
}

export async function ship(office: Office, access: Access, body: NewShipment): Promise<SupplyShipment> {
  const at = office.now()
  notInFuture('/shippedOn', body.shippedOn, at)
  return await transaction(office.db, access, async (tx) => {
    const [from, to] = await Promise.all([
      storeNamed(tx, access, body.fromStoreId, '/fromStoreId'),
      findStoreOfCounty(tx, access, body.toStoreId),
      itemsNamed(tx, body.lines),
    ])
    if (!to || to.id === from.id) throw Refused.field('/toStoreId', 'not-found')
    if (to.closedOn !== null) throw Refused.field('/toStoreId', 'store-closed')
    const lots = await allocateLots(tx, access, from.id, body.lines, body.shippedOn)
    refuseShort(body.lines, lots)
    const id = await send(tx, access, { from, to, requisitionId: null, shippedOn: body.shippedOn, lots }, at)
    return shownShipment(await shipmentAsked(tx, access, id))
  })
}

function refuseShort(lines: readonly { quantity: number }[], lots: readonly Allocation[]): void {
  const errors = lines.flatMap(({ quantity }, line): WrongField[] => {
    const there = lots.filter((lot) => lot.line === line).reduce((sum, lot) => sum + lot.quantity, 0)
    if (there >= quantity) return []
    return [{ pointer: `/lines/${line}/quantity`, code: 'out-of-stock', detail: `${there} usable` }]
  })
  if (errors.length > 0) throw new Refused('out-of-stock', { errors })
}

type Sending = {
  from: KeptStore
  to: KeptStore
  requisitionId: string | null
  shippedOn: string
  lots: readonly Allocation[]
}

/** Out of one store and on the way. */
export async function send(
  tx: Transaction,
  access: Access,
  { from, to, requisitionId, shippedOn, lots }: Sending,
  at: Date,
): Promise<string> {
  const id = newId(at.getTime())
  const lines = lots.map(({ lotId, itemCode, quantity }) => ({
    ...{ id: newId(at.getTime()), lotId, itemCode, quantity },
  }))
  await insertShipment(tx, access, { id, from, to, requisitionId, shippedOn, lines }, at)
  const movements = lines.map(({ lotId, itemCode, quantity }): NewMovement => ({
    ...{ kind: 'OUT_TRANSFER', itemCode, lotId, quantity, from, to: 'TRANSIT' },
    ...{ occurredOn: shippedOn, shipmentId: id },
  }))
  const deed = { entityId: id, division: from.divisionCode, rows: lines.length }
  await Promise.all([
    post(tx, access, movements, at),
    record(tx, access, { action: 'create', entity: 'supply-shipment', ...deed }, at),
  ])
  return id
}

export async function arrive(
  office: Office,
  access: Access,
  id: string,
  body: NewArrival,
): Promise<SupplyShipment> {
  const at = office.now()
  notInFuture('/occurredOn', body.occurredOn, at)
  return await transaction(office.db, access, async (tx) => {
    const shipment = await findShipment(tx, access, id, 'for no key update of h')
    if (!shipment) throw new Refused('not-found')
    const to = await findStore(tx, access, shipment.to.id)
    if (!to) throw new Refused('out-of-area')
    if (body.occurredOn < shipment.shippedOn) throw Refused.field('/occurredOn', 'invalid-date')
    refuseWrongLines(shipment, body)
    await updateArrived(tx, access, id, body.lines, body.occurredOn)
    const movements = arriving(shipment, to, body)
    const deed = { entityId: id, division: to.divisionCode, rows: body.lines.length }
    await Promise.all([
      post(tx, access, movements, at),
      addArrived(tx, access, shipment.requisitionId, arrivedByItem(shipment, body), at),
      noteArrival(tx, access, to),
      record(tx, access, { action: 'change', entity: 'supply-shipment', ...deed }, at),
    ])
    return shownShipment(await shipmentAsked(tx, access, id))
  })
}

function refuseWrongLines({ lines }: KeptShipment, body: NewArrival): void {
  const seen = new Set<string>()
  const errors = body.lines.flatMap(({ lineId, received, lost, lossReason }, index): WrongField[] => {
    const line = lines.find((one) => one.id === lineId)
    if (!line || seen.has(lineId)) return [{ pointer: `/lines/${index}/lineId`, code: 'not-found' }]
    seen.add(lineId)
    if (received + lost > line.shipped - line.received - line.lost || received + lost === 0)
      return [{ pointer: `/lines/${index}/received`, code: 'invalid-value' }]
    if (lost > 0 && !lossReason) return [{ pointer: `/lines/${index}/lossReason`, code: 'required' }]
    return []
  })
  if (errors.length > 0) throw new Refused('invalid-request', { errors })
}

function arriving(
  { id, lines }: KeptShipment,
  { id: storeId, divisionCode }: KeptStore,
  { lines: arrived, occurredOn }: NewArrival,
): NewMovement[] {
  return arrived.flatMap(({ lineId, received, lost = 0, lossReason }): NewMovement[] => {
    const line = lines.find((one) => one.id === lineId)!
    const common = { itemCode: line.itemCode, lotId: line.lot.id, occurredOn, shipmentId: id }
    const to = { id: storeId, divisionCode }
    return [
      ...(received > 0
        ? [{ ...common, kind: 'IN_TRANSFER' as const, quantity: received, from: 'TRANSIT' as const, to }]
        : []),
      ...(lost > 0
        ? [
            {
              ...{ ...common, kind: 'LOST' as const, quantity: lost, reason: lossReason },
              ...{ from: 'TRANSIT' as const, to: 'WASTE' as const },
            },
          ]
        : []),
    ]
  })
}

function arrivedByItem({ lines }: KeptShipment, { lines: arrived }: NewArrival) {
  return arrived.map(({ lineId, received, lost = 0 }) => {
    const { itemCode } = lines.find((one) => one.id === lineId)!
    return { itemCode, received, lost }
  })
}

export function shownShipment({
  fromDivision: _,
  toDivision: __,
  recordedAt,
  ...shipment
}: KeptShipment): SupplyShipment {
  return { ...shipment, recordedAt: recordedAt.toISOString() }
}
