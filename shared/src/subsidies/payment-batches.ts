import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Fen, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import {
  BatchState,
  Channel,
  CountAndFen,
  ExclusionReason,
  MonthStart,
  ProgrammeCode,
  TierAmounts,
} from './payment-values.ts'

const tags = ['payment-batches'] as [string]
const params = z.strictObject({ id: Id })
const making = { permission: 'payment.make', dataClass: 'L2' } as const
const checking = { permission: 'payment.approve', dataClass: 'L2' } as const
const reading = { permission: 'payment.read', dataClass: 'L2' } as const
const deed = { idempotent: true, conditional: true } as const

export const BatchKind = z.enum(['ROSTER', 'REISSUE'])
export type BatchKind = z.infer<typeof BatchKind>

export const BatchRow = z.object({
  id: Id,
  /** Also the bank’s name of it. */
  number: z.string(),
  programme: z.string(),
  kind: BatchKind,
  /** The batch whose failed items are issued again. */
  ofBatchId: Id.nullable(),
  /** Months up to this one are paid; what was left before comes with it. */
  throughMonth: MonthStart,
  payOn: CivilDate,
  state: BatchState,
  items: CountAndFen,
  paid: CountAndFen,
  failed: CountAndFen,
  stopped: CountAndFen,
  excluded: CountAndFen,
  madeAt: Instant,
})
export type BatchRow = z.infer<typeof BatchRow>

export const BatchDeed = z.enum(['MADE', 'LOCKED', 'APPROVED', 'SENT', 'CLOSED', 'VOIDED'])
export type BatchDeed = z.infer<typeof BatchDeed>

export const Submission = z.object({
  id: Id,
  channel: Channel,
  state: z.enum(['PREPARING', 'WAITING', 'DELIVERED', 'ACCEPTED', 'REFUSED']),
  fileName: z.string().nullable(),
  sha256: z.string().nullable(),
  rows: z.int().nullable(),
  fen: Fen.nullable(),
  bytes: z.int().nullable(),
  attempts: z.int(),
  bankReference: z.string().nullable(),
  failure: z.string().nullable(),
  createdAt: Instant,
  deliveredAt: Instant.nullable(),
})
export type Submission = z.infer<typeof Submission>

export const PaymentBatch = BatchRow.extend({
  /** For If-Match. */
  version: z.int(),
  byTier: TierAmounts,
  layout: z.string().nullable(),
  rosterHash: z.string().nullable(),
  deeds: z.array(
    z.object({
      deed: BatchDeed,
      by: z.string(),
      at: Instant,
      isMine: z.boolean(),
      reason: z.string().nullable(),
    }),
  ),
  submission: Submission.nullable(),
  exclusionsByReason: z.array(z.object({ reason: ExclusionReason, count: z.int(), fen: Fen })),
  reissues: z.array(z.object({ id: Id, number: z.string(), state: BatchState })),
  /** Whether the checker is asked for the code of her authenticator. */
  asksForCode: z.boolean(),
})
export type PaymentBatch = z.infer<typeof PaymentBatch>

export const listBatches = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-batches',
  schema: {
    summary: 'Payment batches, newest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      programme: ProgrammeCode.optional(),
      state: BatchState.optional(),
    }),
    response: { 200: Page(BatchRow) },
  },
  config: reading,
})

export const NewBatch = z.strictObject({
  programme: ProgrammeCode,
  throughMonth: MonthStart,
  payOn: CivilDate,
  layout: z.string().max(40).optional(),
})
export type NewBatch = z.infer<typeof NewBatch>

export const makeBatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches',
  schema: { summary: 'Begin a batch of a programme', tags, body: NewBatch, response: { 201: PaymentBatch } },
  config: { ...making, idempotent: true },
})

export const getBatch = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-batches/:id',
  schema: { summary: 'One batch', tags, params, response: { 200: PaymentBatch } },
  config: reading,
})

export const lockBatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches/:id/lock',
  schema: { summary: 'Freeze the roster', tags, params, response: { 201: PaymentBatch } },
  config: { ...making, ...deed },
})

export const approveBatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches/:id/approval',
  schema: {
    summary: 'Approve a locked batch: another officer than its maker, second factor, funds checked',
    tags,
    params,
    body: z.strictObject({ code: z.string().trim().min(6).max(20).optional() }),
    response: { 201: PaymentBatch },
  },
  config: { ...checking, ...deed },
})

export const refuseBatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches/:id/refusal',
  schema: {
    summary: 'The checker sends a locked batch back: it is void, its months are free again',
    tags,
    params,
    body: z.strictObject({ reason: Text(300) }),
    response: { 201: PaymentBatch },
  },
  config: { ...checking, ...deed },
})

export const voidBatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches/:id/voiding',
  schema: {
    summary: 'Void a batch that was not sent',
    tags,
    params,
    body: z.strictObject({ reason: Text(300) }),
    response: { 201: PaymentBatch },
  },
  config: { ...making, ...deed },
})

export const sendBatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches/:id/submissions',
  schema: {
    summary: 'Send an approved batch to the bank; items whose account changed since are stopped',
    tags,
    params,
    body: z.strictObject({ channel: Channel }),
    response: { 201: PaymentBatch },
  },
  config: { ...making, ...deed },
})

export const downloadBankFile = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-batches/:id/bank-file',
  schema: {
    summary: 'The file for the bank, as it was made; recorded',
    tags,
    params,
    response: { 200: z.string() },
  },
  config: { permission: 'payment.make', dataClass: 'L3', raw: true },
})

export const reissueBatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches/:id/reissues',
  schema: {
    summary:
      'A batch of what failed and whose account has been verified anew since; it goes the same way as any',
    tags,
    params,
    body: z.strictObject({ payOn: CivilDate }),
    response: { 201: PaymentBatch },
  },
  config: { ...making, idempotent: true },
})

export const Reconciliation = z.object({
  sent: CountAndFen,
  paid: CountAndFen,
  failed: CountAndFen,
  returned: CountAndFen,
  stopped: CountAndFen,
  open: CountAndFen,
  unresolvedLines: z.int(),
  /** What the ledger has as paid for this batch, less what the items say; 0 when it closes. */
  ledgerDifferenceFen: Fen,
  mayClose: z.boolean(),
  hindrances: z.array(
    z.enum(['OPEN_ITEMS', 'UNRESOLVED_LINES', 'LEDGER_DIFFERS', 'NOT_SENT', 'SUMS_DIFFER']),
  ),
})
export type Reconciliation = z.infer<typeof Reconciliation>

export const reconcileBatch = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-batches/:id/reconciliation',
  schema: {
    summary: 'Sent = paid + failed + returned + open, against the ledger',
    tags,
    params,
    response: { 200: Reconciliation },
  },
  config: reading,
})

export const closeBatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches/:id/closing',
  schema: {
    summary: 'Close a batch that reconciles; by the checker',
    tags,
    params,
    response: { 201: PaymentBatch },
  },
  config: { ...checking, ...deed },
})
