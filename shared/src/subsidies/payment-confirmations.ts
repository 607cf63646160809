import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { DivisionCode, Fen, Id, Instant, Text } from '../values.ts'

const tags = ['payment-batches'] as [string]
const params = z.strictObject({ id: Id })
const making = { permission: 'payment.make', dataClass: 'L2' } as const
const reading = { permission: 'payment.read', dataClass: 'L2' } as const

export const ConfirmationResult = z.enum(['RECEIVED', 'NOT_RECEIVED', 'OTHER_AMOUNT', 'NOT_REACHED'])
export type ConfirmationResult = z.infer<typeof ConfirmationResult>
export const confirmationResults: Record<ConfirmationResult, readonly [string, string]> = {
  RECEIVED: ['已收到', 'Received'],
  NOT_RECEIVED: ['未收到', 'Not received'],
  OTHER_AMOUNT: ['金额不符', 'Another amount'],
  NOT_REACHED: ['未联系上', 'Not reached'],
}

/** 抽样复核: whether she is entitled to what was paid, and once. */
export const RecheckResult = z.enum(['ENTITLED', 'NOT_ENTITLED', 'DUPLICATE'])
export type RecheckResult = z.infer<typeof RecheckResult>
export const recheckResults: Record<RecheckResult, readonly [string, string]> = {
  ENTITLED: ['符合条件', 'Entitled'],
  NOT_ENTITLED: ['不符合条件', 'Not entitled'],
  DUPLICATE: ['重复发放', 'Paid twice'],
}

export const Confirmation = z.object({
  id: Id,
  itemId: Id,
  seq: z.int(),
  payeeName: z.string(),
  divisionCode: DivisionCode,
  amountFen: Fen,
  drawnAt: Instant,
  result: ConfirmationResult.nullable(),
  recheck: RecheckResult.nullable(),
  note: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: Instant.nullable(),
})
export type Confirmation = z.infer<typeof Confirmation>

export const drawConfirmations = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches/:id/confirmation-samples',
  schema: {
    summary: 'Draw beneficiaries by chance, over all townships, to be asked whether the money came',
    tags,
    params,
    body: z.strictObject({ size: z.int().min(1).max(500) }),
    response: { 201: z.object({ items: z.array(Confirmation) }) },
  },
  config: { ...making, idempotent: true },
})

export const listConfirmations = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-batches/:id/confirmations',
  schema: {
    summary: 'The sample and its answers',
    tags,
    params,
    response: { 200: z.object({ items: z.array(Confirmation) }) },
  },
  config: reading,
})

export const answerConfirmation = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-confirmations/:id/answer',
  schema: {
    summary: 'What the beneficiary said, and what a look at her papers showed',
    tags,
    params,
    body: z.strictObject({
      result: ConfirmationResult,
      recheck: RecheckResult.optional(),
      note: Text(200).optional(),
    }),
    response: { 201: Confirmation },
  },
  config: { ...making, idempotent: true },
})
