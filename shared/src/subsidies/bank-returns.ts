import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Fen, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { Channel, CountAndFen, ReturnCode } from './payment-values.ts'

const tags = ['payment-batches'] as [string]
const params = z.strictObject({ id: Id })
const making = { permission: 'payment.make', dataClass: 'L2' } as const
const reading = { permission: 'payment.read', dataClass: 'L2' } as const

export const ReturnFile = z.object({
  /** Files of a batch in their order. */
  fileNo: z.int(),
  name: z.string(),
  sha256: z.string(),
  receivedAt: Instant,
  receivedBy: z.string(),
  channel: Channel,
  lines: z.int(),
  paid: CountAndFen,
  failed: CountAndFen,
  /** Said before, and the same. */
  repeated: z.int(),
  unmatched: z.int(),
  unresolved: z.int(),
})
export type ReturnFile = z.infer<typeof ReturnFile>

/** multipart: `file`. */
export const uploadReturn = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches/:id/returns',
  schema: {
    summary: 'Load the bank’s return file: all of it or, where a line is malformed, nothing',
    tags,
    params,
    consumes: ['multipart/form-data'],
    response: { 201: ReturnFile },
  },
  config: { ...making, multipart: true, idempotent: true },
})

export const listReturns = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-batches/:id/returns',
  schema: {
    summary: 'Return files of a batch',
    tags,
    params,
    response: { 200: z.object({ items: z.array(ReturnFile) }) },
  },
  config: reading,
})

export const UnmatchedReason = z.enum([
  'UNKNOWN_SEQ',
  'AMOUNT_DIFFERS',
  'ACCOUNT_DIFFERS',
  'REPEATED_IN_FILE',
  'ALREADY_SETTLED',
  'NOT_SENT',
])
export type UnmatchedReason = z.infer<typeof UnmatchedReason>
export const unmatchedReasons: Record<UnmatchedReason, readonly [string, string]> = {
  UNKNOWN_SEQ: ['批次中没有此序号', 'The batch has no such number'],
  AMOUNT_DIFFERS: ['金额与名册不符', 'The amount is not the one sent'],
  ACCOUNT_DIFFERS: ['账号与名册不符', 'The account is not the one sent'],
  REPEATED_IN_FILE: ['文件内序号重复', 'The number occurs twice in the file'],
  ALREADY_SETTLED: ['此前已有不同结果', 'Another outcome stands already'],
  NOT_SENT: ['该笔未送银行', 'This item was not sent'],
}

export const UnmatchedLine = z.object({
  fileNo: z.int(),
  line: z.int(),
  seq: z.int(),
  amountFen: Fen,
  accountMask: z.string(),
  code: ReturnCode,
  reason: UnmatchedReason,
  resolution: z.string().nullable(),
  resolvedBy: z.string().nullable(),
})
export type UnmatchedLine = z.infer<typeof UnmatchedLine>

export const listUnmatched = defineEndpoint({
  method: 'GET',
  url: '/api/v1/payment-batches/:id/unmatched-lines',
  schema: {
    summary: 'Lines of return files that fit no item',
    tags,
    params,
    querystring: z.strictObject({ ...PageQuery }),
    response: { 200: Page(UnmatchedLine) },
  },
  config: reading,
})

export const resolveUnmatched = defineEndpoint({
  method: 'POST',
  url: '/api/v1/payment-batches/:id/unmatched-lines/resolutions',
  schema: {
    summary: 'What the bank said of a line that fits nothing',
    tags,
    params,
    body: z.strictObject({ fileNo: z.int().min(1), line: z.int().min(1), resolution: Text(300) }),
    response: { 201: UnmatchedLine },
  },
  config: { ...making, idempotent: true },
})
