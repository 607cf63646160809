import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Fen, Id, Page, PageQuery, Text } from '../values.ts'

const tags = ['fee-waivers'] as [string]

/** 两免两减半 */
export const FeeWaiver = z.object({
  id: Id,
  person: z.object({ id: Id, name: z.string() }),
  hospital: z.object({ id: Id, name: z.string() }),
  item: z.string(),
  usedOn: CivilDate,
  normalFen: Fen,
  waivedFen: Fen,
  receipt: z.string(),
  settlementId: Id.nullable(),
})
export type FeeWaiver = z.infer<typeof FeeWaiver>
export const listFeeWaivers = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fee-waivers',
  schema: {
    summary: 'Fees waived at designated hospitals, latest first; names masked',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      month: z
        .string()
        .regex(/^\d{4}-\d{2}-01$/)
        .optional(),
      organisationId: Id.optional(),
    }),
    response: { 200: Page(FeeWaiver) },
  },
  config: { permission: 'family.read', dataClass: 'L3' },
})
export const WaiverUse = z.strictObject({
  /** As on the list that was handed out: family number and place in it. */
  entitlement: Text(40),
  item: Text(40),
  usedOn: CivilDate,
  normalFen: z.int().min(1).max(100_000_000),
  receipt: Text(60),
})
export type WaiverUse = z.infer<typeof WaiverUse>
export const RowProblem = z.object({ row: z.int(), field: z.string(), code: z.string() })
export const importWaivers = defineEndpoint({
  method: 'POST',
  url: '/api/v1/fee-waivers',
  schema: {
    summary: 'Load a hospital’s list of waived fees: all of it, or none with the rows that are wrong',
    tags,
    body: z.strictObject({ organisationId: Id, rows: z.array(WaiverUse).min(1).max(2000) }),
    response: { 201: z.object({ loaded: z.int(), waivedFen: Fen }) },
  },
  config: { permission: 'beneficiary.manage', dataClass: 'L3', idempotent: true },
})
export const downloadWaiverEntitlements = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fee-waiver-entitlements.csv',
  schema: {
    summary: 'Who is entitled today, for the designated hospitals: masked, by a number of the list; recorded',
    tags,
    response: { 200: z.any() },
  },
  config: { permission: 'payment.make', dataClass: 'L3', raw: true },
})
