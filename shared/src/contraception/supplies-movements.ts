import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { ItemCode, StoreName } from './supplies.ts'

/** Where a quantity can be: in a store, or in one of the accounts beside them. */
export const SupplyAccount = z.enum(['STORE', 'SUPPLIER', 'TRANSIT', 'CLIENT', 'WASTE', 'ADJUSTMENT'])
export type SupplyAccount = z.infer<typeof SupplyAccount>
export const accountNames: Record<SupplyAccount, readonly [string, string]> = {
  STORE: ['库', 'Store'],
  SUPPLIER: ['供应单位', 'Supplier'],
  TRANSIT: ['在途', 'On the way'],
  CLIENT: ['服务对象', 'Clients'],
  WASTE: ['报损', 'Waste'],
  ADJUSTMENT: ['盘点调整', 'Adjustment'],
}

export const MovementKind = z.enum([
  'IN_PURCHASE',
  'IN_TRANSFER',
  'OUT_TRANSFER',
  'DISPENSE',
  'EXPIRED',
  'DAMAGED',
  'LOST',
  'RETURN',
  'ADJUST',
  'RECALLED',
])
export type MovementKind = z.infer<typeof MovementKind>
export const movementKindNames: Record<MovementKind, readonly [string, string]> = {
  IN_PURCHASE: ['入库', 'Receipt from supplier'],
  IN_TRANSFER: ['调入', 'Transfer in'],
  OUT_TRANSFER: ['调出', 'Transfer out'],
  DISPENSE: ['发放', 'Dispensing'],
  EXPIRED: ['过期报废', 'Expired'],
  DAMAGED: ['破损', 'Damaged'],
  LOST: ['丢失', 'Lost'],
  RETURN: ['退回', 'Given back'],
  ADJUST: ['盘点调整', 'Stock-take'],
  RECALLED: ['召回', 'Recalled'],
}

const LotName = z.object({ id: Id, lotNumber: z.string(), expiresOn: CivilDate })

export const SupplyMovement = z.object({
  id: Id,
  kind: MovementKind,
  itemCode: z.string(),
  lot: LotName,
  quantity: z.int(),
  from: z.object({ account: SupplyAccount, store: StoreName.nullable() }),
  to: z.object({ account: SupplyAccount, store: StoreName.nullable() }),
  occurredOn: CivilDate,
  dispensingId: Id.nullable(),
  shipmentId: Id.nullable(),
  stockTakeId: Id.nullable(),
  recallId: Id.nullable(),
  document: z.string().nullable(),
  reason: z.string().nullable(),
  /** The movement that this one takes back. */
  reverses: Id.nullable(),
  isReversed: z.boolean(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
})
export type SupplyMovement = z.infer<typeof SupplyMovement>

const params = z.strictObject({ id: Id })
const keeping = { permission: 'supply.keep', dataClass: 'L0', idempotent: true } as const
const Moved = z.object({ movements: z.array(SupplyMovement) })

export const listSupplyMovements = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-movements',
  schema: {
    summary: 'The ledger of supplies, the latest first',
    tags: ['supplies'],
    querystring: z.strictObject({
      ...PageQuery,
      storeId: Id.optional(),
      itemCode: ItemCode.optional(),
      lotId: Id.optional(),
      kind: MovementKind.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
    }),
    response: { 200: Page(SupplyMovement) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})

const quantity = z.int().min(1).max(10_000_000)
export const LotNumber = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9-]{2,30}$/)

export const NewReceipt = z.strictObject({
  storeId: Id,
  occurredOn: CivilDate,
  /** Delivery note. */
  document: Text(60).optional(),
  lines: z
    .array(z.strictObject({ itemCode: ItemCode, lotNumber: LotNumber, expiresOn: CivilDate, quantity }))
    .min(1)
    .max(50),
})
export type NewReceipt = z.infer<typeof NewReceipt>
export const receiveSupplies = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-receipts',
  schema: {
    summary: 'Take supplies in from a supplier',
    tags: ['supplies'],
    body: NewReceipt,
    response: { 201: Moved },
  },
  config: keeping,
})

export const NewLoss = z.strictObject({
  storeId: Id,
  lotId: Id,
  quantity,
  cause: z.enum(['DAMAGED', 'LOST', 'EXPIRED']),
  occurredOn: CivilDate,
  reason: Text(200),
  document: Text(60).optional(),
})
export type NewLoss = z.infer<typeof NewLoss>
export const recordLoss = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-losses',
  schema: {
    summary: 'Write off what was damaged or lost, or has expired',
    tags: ['supplies'],
    body: NewLoss,
    response: { 201: Moved },
  },
  config: keeping,
})

export const writeOffExpired = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-stores/:id/expired-write-offs',
  schema: {
    summary: 'Write off every expired lot of a store',
    tags: ['supplies'],
    params,
    body: z.strictObject({ occurredOn: CivilDate, document: Text(60).optional() }),
    response: { 201: Moved },
  },
  config: keeping,
})

export const reverseMovement = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-movements/:id/reversal',
  schema: {
    summary: 'Move back what was entered by mistake: a receipt or a loss',
    tags: ['supplies'],
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: Moved },
  },
  config: keeping,
})

/** 调拨 */
export const ShipmentLine = z.object({
  id: Id,
  itemCode: z.string(),
  lot: LotName,
  shipped: z.int(),
  received: z.int(),
  lost: z.int(),
  lossReason: z.string().nullable(),
  /** Recalled while on its way: it arrives in quarantine. */
  isRecalled: z.boolean(),
})
export const SupplyShipment = z.object({
  id: Id,
  from: StoreName,
  to: StoreName,
  requisitionId: Id.nullable(),
  shippedOn: CivilDate,
  completedOn: CivilDate.nullable(),
  lines: z.array(ShipmentLine),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  version: z.int(),
})
export type SupplyShipment = z.infer<typeof SupplyShipment>

export const listShipments = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-shipments',
  schema: {
    summary: 'Goods on their way and arrived, the latest first',
    tags: ['supplies'],
    querystring: z.strictObject({
      ...PageQuery,
      storeId: Id.optional(),
      /** On its way to the store, or sent from it. */
      direction: z.enum(['IN', 'OUT']).optional(),
      state: z.enum(['ON_THE_WAY', 'COMPLETED']).optional(),
    }),
    response: { 200: Page(SupplyShipment) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})
export const getShipment = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-shipments/:id',
  schema: {
    summary: 'One shipment',
    tags: ['supplies'],
    params,
    response: { 200: SupplyShipment },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})
export const NewShipment = z.strictObject({
  fromStoreId: Id,
  toStoreId: Id,
  shippedOn: CivilDate,
  lines: z
    .array(
      z.strictObject({
        itemCode: ItemCode,
        quantity,
        /** Chosen by first expiry where left out. */
        lotId: Id.optional(),
      }),
    )
    .min(1)
    .max(50),
})
export type NewShipment = z.infer<typeof NewShipment>
export const shipSupplies = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-shipments',
  schema: {
    summary: 'Send supplies from one store to another',
    tags: ['supplies'],
    body: NewShipment,
    response: { 201: SupplyShipment },
  },
  config: keeping,
})
export const NewArrival = z.strictObject({
  occurredOn: CivilDate,
  /** Every line that arrived, or is known not to; the others stay on the way. */
  lines: z
    .array(
      z.strictObject({
        lineId: Id,
        received: z.int().min(0),
        lost: z.int().min(0).default(0),
        lossReason: Text(200).optional(),
      }),
    )
    .min(1)
    .max(200),
})
export type NewArrival = z.infer<typeof NewArrival>
export const receiveShipment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-shipments/:id/arrivals',
  schema: {
    summary: 'Take in what arrived of a shipment, wholly or in part',
    tags: ['supplies'],
    params,
    body: NewArrival,
    response: { 201: SupplyShipment },
  },
  config: keeping,
})
