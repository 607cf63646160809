import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { StoreName } from './supplies.ts'

export const StockTakeStatus = z.enum(['OPEN', 'COUNTED', 'ADJUSTED', 'CANCELLED'])
export type StockTakeStatus = z.infer<typeof StockTakeStatus>
export const stockTakeStatusNames: Record<StockTakeStatus, readonly [string, string]> = {
  OPEN: ['待清点', 'To be counted'],
  COUNTED: ['已清点', 'Counted'],
  ADJUSTED: ['已调整', 'Adjusted'],
  CANCELLED: ['已取消', 'Cancelled'],
}

const Signature = z.object({ at: Instant, by: z.string().nullable() })
export const StockTakeRow = z.object({
  id: Id,
  store: StoreName,
  division: z.object({ code: DivisionCode, name: z.string() }),
  status: StockTakeStatus,
  openedOn: CivilDate,
  openedBy: z.string().nullable(),
  counted: Signature.nullable(),
  adjusted: Signature.nullable(),
  /** Lots whose count differs from the book. */
  differences: z.int(),
  version: z.int(),
})
export type StockTakeRow = z.infer<typeof StockTakeRow>
export const StockTake = StockTakeRow.extend({
  cancelReason: z.string().nullable(),
  lines: z.array(
    z.object({
      lotId: Id,
      lotNumber: z.string(),
      expiresOn: CivilDate,
      itemCode: z.string(),
      /** The book at the moment of counting; now, while it is open. */
      book: z.int(),
      counted: z.int().nullable(),
      difference: z.int().nullable(),
      reason: z.string().nullable(),
    }),
  ),
})
export type StockTake = z.infer<typeof StockTake>

const params = z.strictObject({ id: Id })
const keeping = { permission: 'supply.keep', dataClass: 'L0' } as const

export const listStockTakes = defineEndpoint({
  method: 'GET',
  url: '/api/v1/stock-takes',
  schema: {
    summary: 'Stock-takes, the latest first',
    tags: ['supplies'],
    querystring: z.strictObject({
      ...PageQuery,
      storeId: Id.optional(),
      status: StockTakeStatus.optional(),
    }),
    response: { 200: Page(StockTakeRow) },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})
export const getStockTake = defineEndpoint({
  method: 'GET',
  url: '/api/v1/stock-takes/:id',
  schema: {
    summary: 'One stock-take, lot by lot',
    tags: ['supplies'],
    params,
    response: { 200: StockTake },
  },
  config: { permission: 'supply.read', dataClass: 'L0' },
})
export const openStockTake = defineEndpoint({
  method: 'POST',
  url: '/api/v1/stock-takes',
  schema: {
    summary: 'Begin to count a store',
    tags: ['supplies'],
    body: z.strictObject({ storeId: Id }),
    response: { 201: StockTake },
  },
  config: { ...keeping, idempotent: true },
})
export const NewCount = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        lotId: Id,
        counted: z.int().min(0).max(10_000_000),
        reason: Text(200).optional(),
      }),
    )
    .min(1)
    .max(500),
})
export type NewCount = z.infer<typeof NewCount>
export const countStockTake = defineEndpoint({
  method: 'POST',
  url: '/api/v1/stock-takes/:id/counts',
  schema: {
    summary: 'Sign the count: every lot that the book shows; may be signed anew until it is adjusted',
    tags: ['supplies'],
    params,
    body: NewCount,
    response: { 200: StockTake },
  },
  config: { ...keeping, conditional: true },
})
export const adjustStockTake = defineEndpoint({
  method: 'POST',
  url: '/api/v1/stock-takes/:id/adjustment',
  schema: {
    summary: 'Sign the adjustment: the second signature, by another person',
    tags: ['supplies'],
    params,
    response: { 200: StockTake },
  },
  config: { ...keeping, conditional: true },
})
export const cancelStockTake = defineEndpoint({
  method: 'POST',
  url: '/api/v1/stock-takes/:id/cancellation',
  schema: {
    summary: 'Give up a stock-take without adjusting anything',
    tags: ['supplies'],
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: StockTake },
  },
  config: { ...keeping, conditional: true },
})
