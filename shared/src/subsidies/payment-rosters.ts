import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Page, PageQuery } from '../values.ts'
import {
  CountAndFen,
  ExclusionReason,
  ItemState,
  MonthStart,
  ReturnCode,
  TierAmounts,
} from './payment-values.ts'

const tags = ['payment-batches'] as [string]
const params = z.strictObject({ id: Id })
const making = { permission: 'payment.make', dataClass: 'L2' } as const
const reading = { permission: 'payment.read', dataClass: 'L2' } as const

export const PaymentItem = z.object({
  id: Id,
  batchId: Id,
  seq: z.int(),
  payeeId: Id,
  /** As the reader’s class allows. */
  payeeName: z.string(),
  personId: Id,
  personName: z.string(),
  divisionCode: DivisionCode,
  accountMask: z.string(),
  bankName: z.string(),
  amountFen: Fen,
  byTier: TierAmounts,
  fromMonth: MonthStart.nullable(),
  toMonth: MonthStart.nullable(),
  months: z.int(),
  state: ItemState,
  code: ReturnCode.nullable(),
  bankReference: z.string().nullable(),
  valueDate: CivilDate.nullable(),
  message: z.string().nullable(),
  reissueId: Id.nullable(),
})
export type PaymentItem = z.infer<typeof PaymentItem>

export const Exclusion = z.object({
  beneficiaryId: Id.nullable(),
  eventId: Id.nullable(),
  personId: Id,
  personName: z.string(),
  payeeId: Id,
  payeeName: z.string(),
  divisionCode: DivisionCode,
  reason: ExclusionReason,
  amountFen: Fen,
})
export type Exclusion = z.infer<typeof Exclusion>

/** What a roster would be, or is. */
export const RosterPreview = z.object({
  items: CountAndFen,
  byTier: TierAmounts,
  exclusions: z.array(z.object({ reason: ExclusionReason, count: z.int(), fen: Fen })),
  arrears: CountAndFen,
  townships: z.array(z.object({ divisionCode: DivisionCode, name: z.string(), count: z.int(), fen: Fen })),
})
export type RosterPreview = z.infer<typeof RosterPreview>

/** Dry run: by freezing the roster and taking it back. */
export const previewRoster = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-batches/:id/roster-preview',
  schema: {
    summary: 'Who would be paid what, who would not and why; nothing is kept',
    tags,
    params,
    response: { 200: RosterPreview },
  },
  config: making,
})

export const listItems = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-batches/:id/items',
  schema: {
    summary: 'Items of a batch by number',
    tags,
    params,
    querystring: z.strictObject({
      ...PageQuery,
      state: ItemState.optional(),
      division: DivisionCode.optional(),
      personId: Id.optional(),
    }),
    response: { 200: Page(PaymentItem) },
  },
  config: reading,
})

export const listExclusions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-batches/:id/exclusions',
  schema: {
    summary: 'Who is entitled and not in the roster, and why',
    tags,
    params,
    querystring: z.strictObject({ ...PageQuery, reason: ExclusionReason.optional() }),
    response: { 200: Page(Exclusion) },
  },
  config: reading,
})
