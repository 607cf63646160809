import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import {
  GoldenCase,
  LegalBasis,
  Level,
  ProgrammeCode,
  ProgrammeStatus,
  ProgrammeTerms,
  RateInput,
  ShareSet,
  StackingInput,
} from './programmes.ts'

const tags = ['programmes'] as [string]

/** How a golden case came out. */
export const GoldenResult = z.object({
  name: z.string(),
  passed: z.boolean(),
  met: z.boolean(),
  level: z.string().nullable(),
  expectedMet: z.boolean(),
  expectedLevel: z.string().nullable(),
})
export type GoldenResult = z.infer<typeof GoldenResult>

/** TERMS a version with its golden cases · RATES and SHARES and STACKING all of them, as they are to be · PROGRAMME its name and notes, or a new one. */
export const ChangePayload = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('TERMS'),
    terms: ProgrammeTerms,
    golden: z.array(GoldenCase).min(2).max(60),
  }),
  z.strictObject({ kind: z.literal('RATES'), rates: z.array(RateInput).min(1).max(200) }),
  z.strictObject({ kind: z.literal('SHARES'), shareSets: z.array(ShareSet).min(1).max(20) }),
  z.strictObject({ kind: z.literal('STACKING'), stacking: z.array(StackingInput).max(100) }),
  z.strictObject({
    kind: z.literal('PROGRAMME'),
    nameZh: Text(60),
    nameEn: Text(120),
    noteZh: Text(600),
    noteEn: Text(900),
    scope: z.enum(['NATIONAL', 'PROVINCIAL', 'CITY', 'COUNTY']),
    status: ProgrammeStatus,
    legalBasis: z.array(LegalBasis).max(10),
    levels: z.array(z.strictObject({ level: Level, zh: Text(40), en: Text(60) })).max(12),
  }),
])
export type ChangePayload = z.infer<typeof ChangePayload>
export type ChangeKind = ChangePayload['kind']

export const ChangeState = z.enum(['DRAFT', 'PROPOSED', 'APPROVED', 'REFUSED', 'WITHDRAWN'])
export type ChangeState = z.infer<typeof ChangeState>

/** As it was taken in: kept as it is, and not taken apart again on its way out. */
const KeptPayload = z.record(z.string(), z.json()) as unknown as z.ZodType<ChangePayload>

export const ProgrammeChange = z.object({
  id: Id,
  programme: ProgrammeCode,
  payload: KeptPayload,
  effectiveOn: CivilDate,
  reason: z.string(),
  document: z.string(),
  state: ChangeState,
  golden: z.array(GoldenResult),
  proposedAt: Instant,
  proposedBy: z.string().nullable(),
  isOwn: z.boolean(),
  decidedAt: Instant.nullable(),
  decidedBy: z.string().nullable(),
  decisionReason: z.string().nullable(),
  version: z.int(),
})
export type ProgrammeChange = z.infer<typeof ProgrammeChange>

const reading = { permission: 'programme.read', dataClass: 'L0' } as const
const managing = { permission: 'programme.manage', dataClass: 'L0' } as const
const params = z.strictObject({ id: Id })
const CountyQuery = { county: z.coerce.number().int().min(110000).max(999999).optional() }

export const listProgrammeChanges = defineEndpoint({
  method: 'GET',
  url: '/api/v1/programme-changes',
  schema: {
    summary: 'Changes proposed for the programmes of the county, newest first',
    tags,
    querystring: z.strictObject({
      programme: ProgrammeCode.optional(),
      state: ChangeState.optional(),
      ...PageQuery,
      ...CountyQuery,
    }),
    response: { 200: Page(ProgrammeChange) },
  },
  config: reading,
})
export const getProgrammeChange = defineEndpoint({
  method: 'GET',
  url: '/api/v1/programme-changes/:id',
  schema: {
    summary: 'A proposed change',
    tags,
    params,
    querystring: z.strictObject(CountyQuery),
    response: { 200: ProgrammeChange },
  },
  config: reading,
})

export const NewProgrammeChange = z.strictObject({
  programme: ProgrammeCode,
  payload: ChangePayload,
  /** From this day on. Rates carry their own days and may reach back; all else begins today at the earliest. */
  effectiveOn: CivilDate,
  reason: Text(300),
  document: Text(200),
  /** PROPOSED is shown to the one who decides; a DRAFT waits for its maker. */
  state: z.enum(['DRAFT', 'PROPOSED']).default('PROPOSED'),
})
export type NewProgrammeChange = z.output<typeof NewProgrammeChange>

export const proposeProgrammeChange = defineEndpoint({
  method: 'POST',
  url: '/api/v1/programme-changes',
  schema: {
    summary: 'Propose or draft a change; its golden cases are run at once',
    tags,
    body: NewProgrammeChange,
    response: { 201: ProgrammeChange },
  },
  config: { ...managing, idempotent: true },
})
export const reviseProgrammeChange = defineEndpoint({
  method: 'PUT',
  url: '/api/v1/programme-changes/:id',
  schema: {
    summary: 'Change a draft or proposal of one’s own before it is decided',
    tags,
    params,
    body: NewProgrammeChange,
    response: { 200: ProgrammeChange },
  },
  config: { ...managing, conditional: true },
})
export const decideProgrammeChange = defineEndpoint({
  method: 'POST',
  url: '/api/v1/programme-changes/:id/decisions',
  schema: {
    summary: 'Put a proposal in force or refuse it, by another person than its maker; or withdraw one’s own',
    tags,
    params,
    body: z.strictObject({
      decision: z.enum(['APPROVE', 'REFUSE', 'WITHDRAW']),
      reason: Text(300).optional(),
    }),
    response: { 201: ProgrammeChange },
  },
  config: { ...managing, idempotent: true },
})
/** Nothing is kept: what a rule would say of made-up people. */
export const tryProgrammeRule = defineEndpoint({
  method: 'POST',
  url: '/api/v1/programme-rule-trials',
  schema: {
    summary: 'Run golden cases against terms, and read the rule in sentences; keeps nothing',
    tags,
    body: z.strictObject({ terms: ProgrammeTerms, golden: z.array(GoldenCase).max(60) }),
    response: {
      200: z.object({
        golden: z.array(GoldenResult),
        sentenceZh: z.string(),
        sentenceEn: z.string(),
      }),
    },
  },
  config: managing,
})
