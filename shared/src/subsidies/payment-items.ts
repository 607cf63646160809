import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { BatchRow } from './payment-batches.ts'
import { PaymentItem } from './payment-rosters.ts'
import { ItemState, MonthStart, ReturnCode } from './payment-values.ts'

const tags = ['payment-items'] as [string]
const params = z.strictObject({ id: Id })

/** One amount on its way: from the rule and the application to the bank’s reference. */
export const PaymentTrace = z.object({
  item: PaymentItem,
  batch: BatchRow,
  months: z.array(z.object({ month: MonthStart, amountFen: Fen, reason: z.string().nullable() })),
  event: z.object({ id: Id, occurredOn: CivilDate, groundType: z.string() }).nullable(),
  beneficiary: z
    .object({ id: Id, level: z.string(), fromMonth: MonthStart, versionId: Id.nullable() })
    .nullable(),
  application: z
    .object({
      id: Id,
      number: z.string(),
      state: z.string(),
      filedOn: CivilDate.nullable(),
      decidedOn: CivilDate.nullable(),
      versionId: Id.nullable(),
    })
    .nullable(),
  notices: z.array(z.object({ id: Id, step: z.string(), from: CivilDate, to: CivilDate.nullable() })),
  outcomes: z.array(
    z.object({
      code: ReturnCode,
      bankCode: z.string(),
      bankReference: z.string().nullable(),
      valueDate: CivilDate.nullable(),
      message: z.string().nullable(),
      fileNo: z.int(),
      fileName: z.string().nullable(),
      receivedAt: Instant,
    }),
  ),
  /** The item this one repeats, and the one that repeats it. */
  reissueOf: Id.nullable(),
  reissuedBy: Id.nullable(),
})
export type PaymentTrace = z.infer<typeof PaymentTrace>

export const tracePayment = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-items/:id/trace',
  schema: {
    summary: 'Follow one amount to its rule, application, notice and bank reference',
    tags,
    params,
    response: { 200: PaymentTrace },
  },
  config: { permission: 'payment.read', dataClass: 'L2' },
})

export const PersonPayment = z.object({
  id: Id,
  batchNumber: z.string(),
  programme: z.string(),
  payOn: CivilDate,
  fromMonth: MonthStart.nullable(),
  toMonth: MonthStart.nullable(),
  amountFen: Fen,
  accountMask: z.string(),
  divisionCode: DivisionCode,
  state: ItemState,
  code: ReturnCode.nullable(),
  valueDate: CivilDate.nullable(),
})
export type PersonPayment = z.infer<typeof PersonPayment>

export const listPaymentsOfPerson = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/:id/payments',
  schema: {
    summary: 'What a person was paid, newest first',
    tags,
    params,
    querystring: z.strictObject({ ...PageQuery }),
    response: { 200: Page(PersonPayment) },
  },
  config: { permission: 'beneficiary.read', dataClass: 'L2' },
})

export const stopItem = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-items/:id/stop',
  schema: {
    summary: 'Take one item out of a batch that was not sent; its months are free again',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: PaymentItem },
  },
  config: { permission: 'payment.make', dataClass: 'L2', idempotent: true },
})

export const reverseItem = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-items/:id/reversals',
  schema: {
    summary: 'The bank sent a paid amount back',
    tags,
    params,
    body: z.strictObject({ bankReference: Text(60), valueDate: CivilDate, reason: Text(200) }),
    response: { 201: PaymentItem },
  },
  config: { permission: 'payment.make', dataClass: 'L2', idempotent: true },
})
