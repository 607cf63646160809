import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { ItemCode, StoreName } from './supplies.ts'
import { LotNumber } from './supplies-movements.ts'

export const RecallStatus = z.enum(['LOT_RECALLED', 'QUARANTINED', 'RETURNED', 'DESTROYED'])
export type RecallStatus = z.infer<typeof RecallStatus>
export const recallStatusNames: Record<RecallStatus, readonly [string, string]> = {
  LOT_RECALLED: ['已通知', 'Told'],
  QUARANTINED: ['已封存', 'In quarantine'],
  RETURNED: ['已退回', 'Sent back'],
  DESTROYED: ['已销毁', 'Destroyed'],
}

export const RecallStore = z.object({
  store: StoreName,
  division: z.object({ code: DivisionCode, name: z.string() }),
  status: RecallStatus,
  /** Ever came to the store. */
  arrived: z.int(),
  /** Given to clients and not given back. */
  dispensed: z.int(),
  /** Sent on to other stores. */
  sentOn: z.int(),
  onHand: z.int(),
  returned: z.int(),
  destroyed: z.int(),
  quarantinedAt: Instant.nullable(),
  disposedAt: Instant.nullable(),
})
export type RecallStore = z.infer<typeof RecallStore>

export const RecallRow = z.object({
  id: Id,
  itemCode: z.string(),
  lot: z.object({ id: Id, lotNumber: z.string(), expiresOn: CivilDate }),
  recalledOn: CivilDate,
  reason: z.string(),
  document: z.string().nullable(),
  /** Stores of my area that held it, and those that have nothing left to do. */
  stores: z.int(),
  settled: z.int(),
})
export type RecallRow = z.infer<typeof RecallRow>
export const Recall = RecallRow.extend({
  onTheWay: z.int(),
  trace: z.array(RecallStore),
})
export type Recall = z.infer<typeof Recall>

const params = z.strictObject({ id: Id })
const ofStore = z.strictObject({ id: Id, storeId: Id })

export const listRecalls = defineEndpoint({
  method: 'GET',
  url: '/api/v1/lot-recalls',
  schema: {
    summary: 'Recalled lots, the latest first',
    tags: ['supplies'],
    querystring: z.strictObject({ ...PageQuery, itemCode: ItemCode.optional() }),
    response: { 200: Page(RecallRow) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})
export const getRecall = defineEndpoint({
  method: 'GET',
  url: '/api/v1/lot-recalls/:id',
  schema: {
    summary: 'Where a recalled lot went, down to the last outlet',
    tags: ['supplies'],
    params,
    response: { 200: Recall },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})
export const NewRecall = z.strictObject({
  itemCode: ItemCode,
  lotNumber: LotNumber,
  recalledOn: CivilDate,
  reason: Text(200),
  document: Text(100).optional(),
})
export type NewRecall = z.infer<typeof NewRecall>
export const recallLot = defineEndpoint({
  method: 'POST',
  url: '/api/v1/lot-recalls',
  schema: {
    summary: 'Recall a lot: from this moment no store hands it out',
    tags: ['supplies'],
    body: NewRecall,
    response: { 201: Recall },
  },
  config: { permission: 'supply.approve', dataClass: 'L0', idempotent: true },
})
export const voidRecall = defineEndpoint({
  method: 'POST',
  url: '/api/v1/lot-recalls/:id/void',
  schema: {
    summary: 'Take back a recall made by mistake, as long as nothing was sent back or destroyed',
    tags: ['supplies'],
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: Recall },
  },
  config: { permission: 'supply.approve', dataClass: 'L0', idempotent: true },
})
export const quarantineRecalled = defineEndpoint({
  method: 'POST',
  url: '/api/v1/lot-recalls/:id/stores/:storeId/quarantine',
  schema: {
    summary: 'Say that the lot has been set aside',
    tags: ['supplies'],
    params: ofStore,
    response: { 201: Recall },
  },
  config: { permission: 'supply.keep', dataClass: 'L0', idempotent: true },
})
export const RecallDisposal = z.strictObject({
  disposition: z.enum(['RETURNED', 'DESTROYED']),
  occurredOn: CivilDate,
  /** Return note or protocol of destruction. */
  document: Text(100),
})
export type RecallDisposal = z.infer<typeof RecallDisposal>
export const disposeRecalled = defineEndpoint({
  method: 'POST',
  url: '/api/v1/lot-recalls/:id/stores/:storeId/disposal',
  schema: {
    summary: 'Send what is left back to the supplier, or destroy it',
    tags: ['supplies'],
    params: ofStore,
    body: RecallDisposal,
    response: { 201: Recall },
  },
  config: { permission: 'supply.keep', dataClass: 'L0', idempotent: true },
})

export const RecallClient = z.object({
  clientId: Id,
  name: z.string(),
  occurredOn: CivilDate,
  quantity: z.int(),
})
export const listRecallClients = defineEndpoint({
  method: 'GET',
  url: '/api/v1/lot-recalls/:id/clients',
  schema: {
    summary: 'Own clients to whom a clinician gave the lot, to tell them',
    tags: ['supplies'],
    params,
    querystring: z.strictObject(PageQuery),
    response: { 200: Page(RecallClient) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})
