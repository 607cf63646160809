import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { ItemCode, StoreName } from './supplies.ts'
import { SupplyShipment } from './supplies-movements.ts'

export const RequisitionStatus = z.enum([
  'DRAFT',
  'SUBMITTED',
  'APPROVED',
  'SHIPPED',
  'RECEIVED',
  'CLOSED',
  'REFUSED',
  'CANCELLED',
])
export type RequisitionStatus = z.infer<typeof RequisitionStatus>
export const requisitionStatusNames: Record<RequisitionStatus, readonly [string, string]> = {
  DRAFT: ['草稿', 'Draft'],
  SUBMITTED: ['已提交', 'Submitted'],
  APPROVED: ['已核准', 'Approved'],
  SHIPPED: ['已发货', 'Shipped'],
  RECEIVED: ['已收货', 'Received'],
  CLOSED: ['已办结', 'Closed'],
  REFUSED: ['未核准', 'Not approved'],
  CANCELLED: ['已撤回', 'Withdrawn'],
}

/**
 * order-up-to = monthly use × (lead + review) + safety; proposed = order-up-to − usable − on the way, in whole packs.
 * A month is 30.4375 days.
 */
export const ProposalArithmetic = z.object({
  from: CivilDate,
  to: CivilDate,
  /** Handed out and sent on in the period. */
  issued: z.int(),
  /** From the start of the sixth calendar month back, or from the day the store first held the item. */
  days: z.int(),
  stockOutDays: z.int(),
  monthlyUse: z.number(),
  monthsOfStock: z.number().nullable(),
  leadDays: z.int(),
  reviewDays: z.int(),
  safetyDays: z.int(),
  safetyStock: z.number(),
  orderUpTo: z.int(),
  usable: z.int(),
  onTheWay: z.int(),
  packSize: z.int(),
})
export type ProposalArithmetic = z.infer<typeof ProposalArithmetic>

export const ProposalLine = z.object({
  itemCode: z.string(),
  arithmetic: ProposalArithmetic,
  proposed: z.int(),
})
export type ProposalLine = z.infer<typeof ProposalLine>

const params = z.strictObject({ id: Id })

export const getProposal = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-stores/:id/proposal',
  schema: {
    summary: 'What a store should ask for by its use, with the arithmetic',
    tags: ['supplies'],
    params,
    response: {
      200: z.object({ store: StoreName, supplier: StoreName.nullable(), lines: z.array(ProposalLine) }),
    },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})

export const RequisitionLine = ProposalLine.extend({
  asked: z.int(),
  approved: z.int().nullable(),
  shipped: z.int(),
  received: z.int(),
  lost: z.int(),
})
const Signature = z.object({ at: Instant, by: z.string().nullable() })
export const RequisitionRow = z.object({
  id: Id,
  store: StoreName,
  division: z.object({ code: DivisionCode, name: z.string() }),
  supplier: StoreName,
  status: RequisitionStatus,
  openedOn: CivilDate,
  items: z.int(),
  submitted: Signature.nullable(),
  decided: Signature.nullable(),
  version: z.int(),
})
export type RequisitionRow = z.infer<typeof RequisitionRow>
export const Requisition = RequisitionRow.extend({
  note: z.string().nullable(),
  decisionReason: z.string().nullable(),
  closeReason: z.string().nullable(),
  lines: z.array(RequisitionLine),
  shipments: z.array(SupplyShipment),
})
export type Requisition = z.infer<typeof Requisition>

export const listRequisitions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-requisitions',
  schema: {
    summary: 'Requisitions of my area and those addressed to it, the latest first',
    tags: ['supplies'],
    querystring: z.strictObject({
      ...PageQuery,
      storeId: Id.optional(),
      supplierId: Id.optional(),
      status: RequisitionStatus.optional(),
    }),
    response: { 200: Page(RequisitionRow) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})
export const getRequisition = defineEndpoint({
  method: 'GET',
  url: '/api/v1/supply-requisitions/:id',
  schema: {
    summary: 'One requisition with its lines and shipments',
    tags: ['supplies'],
    params,
    response: { 200: Requisition },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})

const askedLines = z
  .array(z.strictObject({ itemCode: ItemCode, asked: z.int().min(1).max(10_000_000) }))
  .min(1)
  .max(50)
export const NewRequisition = z.strictObject({
  storeId: Id,
  note: Text(200).optional(),
  lines: askedLines,
  /** Submits it at once. */
  submit: z.boolean().default(false),
})
export type NewRequisition = z.infer<typeof NewRequisition>
export const openRequisition = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-requisitions',
  schema: {
    summary: 'Ask the supplying store; the first of two steps',
    tags: ['supplies'],
    body: NewRequisition,
    response: { 201: Requisition },
  },
  config: { permission: 'supply.keep', dataClass: 'L0', idempotent: true },
})
export const ChangedRequisition = z.strictObject({
  note: Text(200).nullable().optional(),
  lines: askedLines.optional(),
})
export type ChangedRequisition = z.infer<typeof ChangedRequisition>
export const changeRequisition = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/supply-requisitions/:id',
  schema: {
    summary: 'Change a draft',
    tags: ['supplies'],
    params,
    body: ChangedRequisition,
    response: { 200: Requisition },
  },
  config: { permission: 'supply.keep', dataClass: 'L0', conditional: true },
})
export const submitRequisition = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-requisitions/:id/submission',
  schema: {
    summary: 'Submit a draft',
    tags: ['supplies'],
    params,
    response: { 200: Requisition },
  },
  config: { permission: 'supply.keep', dataClass: 'L0', conditional: true },
})
export const RequisitionDecision = z.strictObject({
  approve: z.boolean(),
  /** Approved quantities that differ from those asked for. */
  lines: z
    .array(z.strictObject({ itemCode: ItemCode, approved: z.int().min(0).max(10_000_000) }))
    .max(50)
    .optional(),
  reason: Text(200).optional(),
})
export type RequisitionDecision = z.infer<typeof RequisitionDecision>
export const decideRequisition = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-requisitions/:id/decision',
  schema: {
    summary: 'Approve or not; the second step, never by whoever submitted it',
    tags: ['supplies'],
    params,
    body: RequisitionDecision,
    response: { 200: Requisition },
  },
  config: { permission: 'supply.approve', dataClass: 'L0', conditional: true },
})
export const shipRequisition = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-requisitions/:id/shipments',
  schema: {
    summary: 'Send what was approved and is there, first expiring first; the rest may follow',
    tags: ['supplies'],
    params,
    body: z.strictObject({ shippedOn: CivilDate }),
    response: { 201: Requisition },
  },
  config: { permission: 'supply.keep', dataClass: 'L0', idempotent: true },
})
export const closeRequisition = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-requisitions/:id/closing',
  schema: {
    summary: 'Close it; nothing more will be sent',
    tags: ['supplies'],
    params,
    body: z.strictObject({ reason: Text(200).optional() }),
    response: { 200: Requisition },
  },
  config: { permission: 'supply.keep', dataClass: 'L0', conditional: true },
})
export const cancelRequisition = defineEndpoint({
  method: 'POST',
  url: '/api/v1/supply-requisitions/:id/cancellation',
  schema: {
    summary: 'Withdraw it before it is decided',
    tags: ['supplies'],
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: Requisition },
  },
  config: { permission: 'supply.keep', dataClass: 'L0', conditional: true },
})
