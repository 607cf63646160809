import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Fen, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { BeneficiaryState, StopReason, stopReasons, SuspendReason, Sums } from './beneficiaries.ts'

/** Why a month is what it is: entitled, or why there is nothing. */
export const MonthReason = z.enum([
  'ENTITLED',
  'OFFSET_WITH_CONSENT',
  'SUSPENDED',
  'NO_RATE',
  'NOT_CLAIMED',
  'BEFORE_START',
  ...StopReason.options,
])
export type MonthReason = z.infer<typeof MonthReason>
export const monthReasons = {
  ENTITLED: ['应享', 'Entitled'],
  OFFSET_WITH_CONSENT: ['经本人同意抵扣后应享', 'Entitled, less what she agreed to offset'],
  SUSPENDED: ['暂停期间', 'Suspended'],
  NO_RATE: ['当月无标准', 'No rate for the month'],
  NOT_CLAIMED: ['当年未申领', 'Not claimed for the year'],
  BEFORE_START: ['尚未起享', 'Before the start'],
  ...stopReasons,
} as const

export const RunKind = z.enum(['NIGHT', 'ACTIVATION', 'FACTS', 'RATE', 'DECISION', 'ASKED'])
export type RunKind = z.infer<typeof RunKind>
export const runKinds = {
  NIGHT: ['每日重算', 'Nightly'],
  ACTIVATION: ['确认生成', 'On confirmation'],
  FACTS: ['事实变更', 'Late facts'],
  RATE: ['标准变更', 'Change of rates'],
  DECISION: ['人工决定', 'A decision'],
  ASKED: ['手动重算', 'Asked for'],
} as const

export const MonthChange = z.object({
  at: Instant,
  beforeFen: Fen,
  afterFen: Fen,
  beforeReason: MonthReason,
  afterReason: MonthReason,
  cause: z.string(),
})

/** A month with its reason, its rate and where the money is. */
export const EntitlementMonth = z.object({
  month: CivilDate,
  amountFen: Fen,
  level: z.string(),
  reason: MonthReason,
  rate: z
    .object({ id: Id, unit: z.string(), amountFen: Fen, fromOn: CivilDate, document: z.string().nullable() })
    .nullable(),
  allocatedFen: Fen,
  paidFen: Fen,
  changes: z.array(MonthChange),
})
export type EntitlementMonth = z.infer<typeof EntitlementMonth>

const tags = ['entitlements'] as [string]
const params = z.strictObject({ id: Id })

export const listEntitlementMonths = defineEndpoint({
  method: 'GET',
  url: '/api/v1/beneficiaries/:id/months',
  schema: {
    summary: 'Month by month: what is due, why, what changed it and what was paid',
    tags,
    params,
    querystring: z.strictObject({ year: z.coerce.number().int().min(1990).max(2100).optional() }),
    response: { 200: z.object({ items: z.array(EntitlementMonth), years: z.array(z.int()) }) },
  },
  config: { permission: 'beneficiary.read', dataClass: 'L3' },
})

export const EventEntitlement = z.object({
  id: Id,
  programme: z.string(),
  person: z.object({ id: Id, name: z.string() }),
  amountFen: Fen,
  occurredOn: CivilDate,
  groundType: z.string(),
  level: z.string(),
  basis: z.record(z.string(), z.json()) as unknown as z.ZodType<Record<string, unknown>>,
  allocatedFen: Fen,
  paidFen: Fen,
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
})
export type EventEntitlement = z.infer<typeof EventEntitlement>

export const listEventEntitlements = defineEndpoint({
  method: 'GET',
  url: '/api/v1/event-entitlements',
  schema: {
    summary: 'One-off and per-event benefits of my area, newest first, names masked',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      programme: Text(20).optional(),
      personId: Id.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(EventEntitlement) },
  },
  config: { permission: 'beneficiary.read', dataClass: 'L3' },
})

export const voidEventEntitlement = defineEndpoint({
  method: 'POST',
  url: '/api/v1/event-entitlements/:id/void',
  schema: {
    summary: 'Take back a benefit that rests on what was not so; what was paid becomes an overpayment',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: EventEntitlement },
  },
  config: { permission: 'beneficiary.manage', dataClass: 'L3', idempotent: true },
})

export const PersonBenefit = z.object({
  beneficiaryId: Id.nullable(),
  eventId: Id.nullable(),
  programme: z.string(),
  programmeName: z.object({ zh: z.string(), en: z.string() }),
  state: BeneficiaryState.nullable(),
  level: z.string(),
  fromMonth: CivilDate,
  toMonth: CivilDate.nullable(),
  stopReason: StopReason.nullable(),
  suspendReason: SuspendReason.nullable(),
  /** Entitled for the present month, or the whole of an event. */
  amountFen: Fen,
  sums: Sums,
  payee: z.object({ id: Id, name: z.string() }),
  applicationId: Id.nullable(),
  nextVerificationOn: CivilDate.nullable(),
  /** Sentences that say why, in both languages. */
  why: z.array(z.object({ zh: z.string(), en: z.string() })),
})
export type PersonBenefit = z.infer<typeof PersonBenefit>

export const getPersonBenefits = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/:id/benefits',
  schema: {
    summary: 'What a person receives and why',
    tags,
    params,
    response: { 200: z.object({ items: z.array(PersonBenefit) }) },
  },
  config: { permission: 'beneficiary.read', dataClass: 'L3' },
})

/** A recomputation and what came of it. */
export const EntitlementRun = z.object({
  id: Id,
  kind: RunKind,
  programme: z.string().nullable(),
  cause: z.string(),
  beneficiaries: z.int(),
  monthsAdded: z.int(),
  monthsChanged: z.int(),
  risenFen: Fen,
  fallenFen: Fen,
  overpayments: z.int(),
  startedAt: Instant,
  startedBy: z.string().nullable(),
})
export type EntitlementRun = z.infer<typeof EntitlementRun>

export const RunPreview = z.object({
  preview: z.literal(true),
  beneficiaries: z.int(),
  monthsAdded: z.int(),
  monthsChanged: z.int(),
  risenFen: Fen,
  fallenFen: Fen,
  overpayments: z.int(),
  /** The largest changes, person by person. */
  largest: z.array(
    z.object({ beneficiaryId: Id, name: z.string(), programme: z.string(), months: z.int(), changeFen: Fen }),
  ),
})
export type RunPreview = z.infer<typeof RunPreview>

export const listEntitlementRuns = defineEndpoint({
  method: 'GET',
  url: '/api/v1/entitlement-runs',
  schema: {
    summary: 'Recomputations of the county, newest first',
    tags,
    querystring: z.strictObject({ ...PageQuery }),
    response: { 200: Page(EntitlementRun) },
  },
  config: { permission: 'beneficiary.read', dataClass: 'L2' },
})

export const runEntitlements = defineEndpoint({
  method: 'POST',
  url: '/api/v1/entitlement-runs',
  schema: {
    summary:
      'Recompute the months of a programme, or of all, from facts and rates; with dryRun=true what it would change',
    tags,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: z.strictObject({ programme: Text(20).optional(), cause: Text(100) }),
    response: { 200: RunPreview, 201: EntitlementRun },
  },
  config: { permission: 'beneficiary.manage', dataClass: 'L3', idempotent: true },
})
