import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Fen, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { FundYear } from './ledger.ts'
import { Tier } from './shares.ts'

export const settlementKinds = {
  CLAIM: ['服务机构结算', 'Claim of a provider'],
  WAIVER: ['减免费用结算', 'Waived fees'],
  PREMIUM: ['保险费', 'Premium'],
  ROSTER: ['部门代发', 'Paid by a department'],
} as const
export const SettlementKind = z.enum(['CLAIM', 'WAIVER', 'PREMIUM', 'ROSTER'])
export type SettlementKind = z.infer<typeof SettlementKind>
export const settlementStates = {
  LOCKED: ['待审批', 'To be approved'],
  APPROVED: ['已审批待付', 'Approved'],
  PAID: ['已支付', 'Paid'],
  VOID: ['已作废', 'Void'],
} as const
export const SettlementState = z.enum(['LOCKED', 'APPROVED', 'PAID', 'VOID'])
export type SettlementState = z.infer<typeof SettlementState>
/** Programmes that are settled with institutions. */
export const SettledProgramme = z.enum(['P06', 'P09', 'P10', 'P11', 'P12', 'P13'])

const tags = ['benefit-settlements'] as [string]
const params = z.strictObject({ id: Id })

export const SettlementRow = z.object({
  id: Id,
  number: z.string(),
  programme: z.string(),
  kind: SettlementKind,
  year: z.int(),
  period: CivilDate,
  payee: z.string(),
  claimedFen: Fen,
  /** What is accepted of it. */
  amountFen: Fen,
  state: SettlementState,
  madeAt: Instant,
  isMine: z.boolean(),
  paidOn: CivilDate.nullable(),
  bankReference: z.string().nullable(),
  voidReason: z.string().nullable(),
  version: z.int(),
})
export type SettlementRow = z.infer<typeof SettlementRow>
export const SettlementLine = z.object({
  item: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  unitFen: Fen.nullable(),
  claimed: z.int(),
  accepted: z.int(),
  claimedFen: Fen,
  amountFen: Fen,
  /** Whether the facility's own records bear out all that it claims. */
  isCovered: z.boolean(),
})
export type SettlementLine = z.infer<typeof SettlementLine>
export const Settlement = SettlementRow.extend({
  lines: z.array(SettlementLine),
  /** Who bears it: as it would be split today, and from the approval on as it was. */
  byTier: z.array(z.object({ tier: Tier, amountFen: Fen })),
})
export type Settlement = z.infer<typeof Settlement>

export const listSettlements = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-settlements',
  schema: {
    summary: 'What institutions are owed and were paid, newest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      year: FundYear.optional(),
      programme: SettledProgramme.optional(),
      state: SettlementState.optional(),
    }),
    response: { 200: Page(SettlementRow) },
  },
  config: { permission: 'payment.read', dataClass: 'L0' },
})
export const getSettlement = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-settlements/:id',
  schema: {
    summary: 'One settlement with its lines and shares',
    tags,
    params,
    response: { 200: Settlement },
  },
  config: { permission: 'payment.read', dataClass: 'L0' },
})
/** Exactly one of: a provider's claim, a hospital's waived fees, a policy's premium, a roster another department paid. */
export const NewSettlement = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('CLAIM'),
    programme: z.enum(['P09', 'P13']),
    organisationId: Id,
    month: CivilDate,
    lines: z
      .array(z.strictObject({ item: Text(40), claimed: z.int().min(1).max(100_000) }))
      .min(1)
      .max(40),
  }),
  z.strictObject({ kind: z.literal('WAIVER'), organisationId: Id, month: CivilDate }),
  z.strictObject({ kind: z.literal('PREMIUM'), policyId: Id }),
  z.strictObject({ kind: z.literal('ROSTER'), rosterId: Id }),
])
export type NewSettlement = z.infer<typeof NewSettlement>
export const makeSettlement = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-settlements',
  schema: {
    summary:
      'Draw up a settlement; a provider’s claim is held against its own records, and a month is settled once',
    tags,
    body: NewSettlement,
    response: { 201: Settlement },
  },
  config: { permission: 'payment.make', dataClass: 'L0', idempotent: true },
})
export const approveSettlement = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-settlements/:id/approvals',
  schema: {
    summary: 'Approve a settlement that somebody else drew up: the funds are checked and bound',
    tags,
    params,
    response: { 201: Settlement },
  },
  config: { permission: 'payment.approve', dataClass: 'L0', idempotent: true },
})
export const paySettlement = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-settlements/:id/payments',
  schema: {
    summary: 'The bank paid an approved settlement: when, under which reference',
    tags,
    params,
    body: z.strictObject({ paidOn: CivilDate, bankReference: Text(60) }),
    response: { 201: Settlement },
  },
  config: { permission: 'payment.approve', dataClass: 'L0', idempotent: true },
})
export const voidSettlement = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-settlements/:id/void',
  schema: {
    summary: 'Void a settlement that was not approved yet',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: Settlement },
  },
  config: { permission: 'payment.make', dataClass: 'L0', idempotent: true },
})

/** 结算标准 */
export const ServiceTariff = z.object({
  programme: z.enum(['P09', 'P11', 'P13']),
  item: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  fromOn: CivilDate,
  toOn: CivilDate.nullable(),
  priceFen: Fen.nullable(),
  waivedPercent: z.number().nullable(),
  document: z.string(),
  confidence: z.string(),
  isStandard: z.boolean(),
})
export type ServiceTariff = z.infer<typeof ServiceTariff>
export const listServiceTariffs = defineEndpoint({
  method: 'GET',
  url: '/api/v1/service-tariffs',
  schema: {
    summary: 'Prices of reimbursed services and shares of waived fees in force on a day',
    tags,
    querystring: z.strictObject({ on: CivilDate.optional(), county: z.coerce.number().int().optional() }),
    response: { 200: z.object({ items: z.array(ServiceTariff) }) },
  },
  config: { permission: 'programme.read', dataClass: 'L0' },
})
export const NewServiceTariff = z.strictObject({
  programme: z.enum(['P09', 'P11', 'P13']),
  item: z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/),
  fromOn: CivilDate,
  priceFen: z.int().min(1).max(100_000_00).nullable().optional(),
  waivedPercent: z.number().min(0.001).max(100).nullable().optional(),
  document: Text(120),
})
export type NewServiceTariff = z.infer<typeof NewServiceTariff>
export const setServiceTariff = defineEndpoint({
  method: 'POST',
  url: '/api/v1/service-tariffs',
  schema: {
    summary: 'The county’s own price or share of a known item, from a day that has not come yet or is today',
    tags,
    body: NewServiceTariff,
    response: { 201: ServiceTariff },
  },
  config: { permission: 'programme.manage', dataClass: 'L0', idempotent: true },
})
