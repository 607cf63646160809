import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'

export const insuranceCovers = {
  ACCIDENT: ['意外伤害', 'Accident'],
  NURSING: ['住院护理', 'Nursing in hospital'],
} as const
export const InsuranceCover = z.enum(['ACCIDENT', 'NURSING'])

const tags = ['family-insurance'] as [string]
const params = z.strictObject({ id: Id })

/** 投保批次 */
export const InsurancePolicy = z.object({
  id: Id,
  number: z.string(),
  insurer: z.object({ id: Id, name: z.string() }),
  year: z.int(),
  fromOn: CivilDate,
  toOn: CivilDate,
  covers: z.array(InsuranceCover),
  insured: z.int(),
  premiumFen: Fen,
  /** The premium over the heads, to the fen below; the persons' own shares sum to the premium. */
  perHeadFen: Fen,
  daysPerStay: z.int().nullable(),
  daysPerYear: z.int().nullable(),
  document: z.string(),
  settlement: z.object({ id: Id, state: z.string() }).nullable(),
  madeAt: Instant,
  voidedAt: Instant.nullable(),
  version: z.int(),
})
export type InsurancePolicy = z.infer<typeof InsurancePolicy>

export const listInsurancePolicies = defineEndpoint({
  method: 'GET',
  url: '/api/v1/insurance-policies',
  schema: {
    summary: 'Policies for members of special families, newest first',
    tags,
    querystring: z.strictObject({ ...PageQuery }),
    response: { 200: Page(InsurancePolicy) },
  },
  config: { permission: 'family.read', dataClass: 'L0' },
})
export const getInsurancePolicy = defineEndpoint({
  method: 'GET',
  url: '/api/v1/insurance-policies/:id',
  schema: { summary: 'One policy', tags, params, response: { 200: InsurancePolicy } },
  config: { permission: 'family.read', dataClass: 'L0' },
})
export const NewInsurancePolicy = z.strictObject({
  number: Text(60),
  insurerId: Id,
  fromOn: CivilDate,
  toOn: CivilDate,
  covers: z.array(InsuranceCover).min(1).max(2),
  premiumFen: z.int().min(1).max(100_000_000_00),
  daysPerStay: z.int().min(1).max(366).nullable().optional(),
  daysPerYear: z.int().min(1).max(366).nullable().optional(),
  document: Text(120),
  /** Kinds of families whose members are insured; all if left out. */
  kinds: z
    .array(z.enum(['DEATH', 'DISABILITY', 'COMPLICATION']))
    .min(1)
    .max(3)
    .optional(),
})
export type NewInsurancePolicy = z.infer<typeof NewInsurancePolicy>
export const InsurancePreview = z.object({ preview: z.literal(true), insured: z.int(), perHeadFen: Fen })
export const insureFamilies = defineEndpoint({
  method: 'POST',
  url: '/api/v1/insurance-policies',
  schema: {
    summary: 'Insure the members of the special families of the day in one lot',
    tags,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: NewInsurancePolicy,
    response: { 200: InsurancePreview, 201: InsurancePolicy },
  },
  config: { permission: 'payment.make', dataClass: 'L0', idempotent: true },
})
export const voidInsurancePolicy = defineEndpoint({
  method: 'POST',
  url: '/api/v1/insurance-policies/:id/void',
  schema: {
    summary: 'Void a policy that was never paid for',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: InsurancePolicy },
  },
  config: { permission: 'payment.make', dataClass: 'L0', idempotent: true },
})
export const InsuredPerson = z.object({
  seq: z.int(),
  personId: Id,
  name: z.string(),
  place: z.object({ code: DivisionCode, name: z.string() }),
  premiumFen: Fen,
})
export type InsuredPerson = z.infer<typeof InsuredPerson>
export const listInsuredPersons = defineEndpoint({
  method: 'GET',
  url: '/api/v1/insurance-policies/:id/insured',
  schema: {
    summary: 'Who is insured, names masked',
    tags,
    params,
    querystring: z.strictObject({ ...PageQuery }),
    response: { 200: Page(InsuredPerson) },
  },
  config: { permission: 'family.read', dataClass: 'L3' },
})
export const downloadInsuredList = defineEndpoint({
  method: 'GET',
  url: '/api/v1/insurance-policies/:id/insured.csv',
  schema: {
    summary: 'The list for the insurer, identified; handing it out is recorded',
    tags,
    params,
    response: { 200: z.any() },
  },
  config: { permission: 'payment.make', dataClass: 'L3', raw: true },
})

/** What the insurer sees of a stay that it pays: how long, how much, whose it is in masks. */
export const InsuredStay = z.object({
  id: Id,
  policyNumber: z.string(),
  seq: z.int(),
  name: z.string(),
  hospital: z.string(),
  admittedOn: CivilDate,
  dischargedOn: CivilDate,
  receipt: z.string(),
  paidDays: z.int(),
  amountFen: Fen,
  state: z.enum(['PASSED', 'SETTLED']),
  settledFen: Fen.nullable(),
  settledOn: CivilDate.nullable(),
})
export type InsuredStay = z.infer<typeof InsuredStay>
export const listInsuredStays = defineEndpoint({
  method: 'GET',
  url: '/api/v1/insured-stays',
  schema: {
    summary: 'Stays of people insured with my company that await or had their settlement',
    tags,
    querystring: z.strictObject({ ...PageQuery, state: z.enum(['PASSED', 'SETTLED']).optional() }),
    response: { 200: Page(InsuredStay) },
  },
  config: { permission: 'insurance.claim', dataClass: 'L3' },
})
export const settleInsuredStay = defineEndpoint({
  method: 'POST',
  url: '/api/v1/insured-stays/:id/settlements',
  schema: {
    summary: 'The insurer paid: how much, when, under which reference',
    tags,
    params,
    body: z.strictObject({
      settledFen: z.int().min(0).max(100_000_000),
      settledOn: CivilDate,
      reference: Text(60),
    }),
    response: { 201: InsuredStay },
  },
  config: { permission: 'insurance.claim', dataClass: 'L3', idempotent: true },
})
