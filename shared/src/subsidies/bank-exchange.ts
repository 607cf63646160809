import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Fen, Instant, Text } from '../values.ts'
import { ReturnFile } from './bank-returns.ts'

const tags = ['bank-exchange'] as [string]
const params = z.strictObject({ number: z.string().regex(/^[A-Z0-9-]{4,40}$/) })

export const BankInstruction = z.object({
  number: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  rows: z.int(),
  totalFen: Fen,
  payOn: CivilDate,
  createdAt: Instant,
  acceptedAt: Instant.nullable(),
})
export type BankInstruction = z.infer<typeof BankInstruction>

const exchanging = { permission: 'bank.exchange', dataClass: 'L2' } as const

export const listInstructions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/bank/instructions',
  schema: {
    summary: 'Files that wait for the bank, and those it has not answered yet',
    tags,
    response: { 200: z.object({ items: z.array(BankInstruction) }) },
  },
  config: exchanging,
})

export const fetchInstruction = defineEndpoint({
  method: 'GET',
  url: '/api/v1/bank/instructions/:number/file',
  schema: { summary: 'The file of one batch', tags, params, response: { 200: z.string() } },
  config: { permission: 'bank.exchange', dataClass: 'L3', raw: true },
})

export const acceptInstruction = defineEndpoint({
  method: 'POST',
  url: '/api/v1/bank/instructions/:number/acceptance',
  schema: {
    summary: 'The bank has the file, whole: the same hash; a second time is no news',
    tags,
    params,
    body: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), reference: Text(60).optional() }),
    response: { 200: BankInstruction },
  },
  config: { ...exchanging, idempotent: true },
})

/** multipart: `file`. */
export const deliverReturn = defineEndpoint({
  method: 'POST',
  url: '/api/v1/bank/instructions/:number/returns',
  schema: {
    summary: 'The bank’s return file',
    tags,
    params,
    consumes: ['multipart/form-data'],
    response: { 201: ReturnFile },
  },
  config: { ...exchanging, multipart: true, idempotent: true },
})
