import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Purpose, QueryFlag, Text } from '../values.ts'
import {
  Application,
  ApplicationChannel,
  ApplicationPreview,
  ApplicationRow,
  Evaluation,
} from './application-case.ts'
import { ApplicationState } from './application-states.ts'
import { FactName } from './facts.ts'
import { EvidenceType, ProgrammeCode } from './programmes.ts'
import { Rule } from './rules.ts'

const tags = ['applications'] as [string]
const params = z.strictObject({ id: Id })
const reading = { permission: 'application.read', dataClass: 'L2' } as const

/** Where the area is not inside one county (city approval), the county is named. */
export const CountyQuery = { county: z.coerce.number().int().min(110000).max(999999).optional() }

const filter = {
  ...CountyQuery,
  division: DivisionCode.optional(),
  programme: ProgrammeCode.optional(),
  state: ApplicationState.optional(),
  channel: ApplicationChannel.optional(),
}

export const listApplications = defineEndpoint({
  method: 'GET',
  url: '/api/v1/applications',
  schema: {
    summary: 'Applications of my area, the latest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      ...filter,
      /** Subject, applicant or payee. */
      personId: Id.optional(),
      number: z.string().trim().min(1).max(40).optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
    }),
    response: { 200: Page(ApplicationRow) },
  },
  config: reading,
})

export const listApplicationQueue = defineEndpoint({
  method: 'GET',
  url: '/api/v1/application-queue',
  schema: {
    summary: 'What waits for my decision, by deadline',
    tags,
    querystring: z.strictObject({ ...PageQuery, ...filter, isOverdue: QueryFlag.optional() }),
    response: { 200: Page(ApplicationRow) },
  },
  config: reading,
})

export const countApplications = defineEndpoint({
  method: 'GET',
  url: '/api/v1/application-counts',
  schema: {
    summary: 'Open applications of my area by state and programme',
    tags,
    querystring: z.strictObject({ ...CountyQuery, division: DivisionCode.optional() }),
    response: {
      200: z.object({
        items: z.array(
          z.object({
            state: ApplicationState,
            programme: ProgrammeCode,
            count: z.int(),
            overdue: z.int(),
            dueSoon: z.int(),
            /** Whether the reader's role decides it. */
            isMine: z.boolean(),
          }),
        ),
      }),
    },
  },
  config: reading,
})

export const getApplication = defineEndpoint({
  method: 'GET',
  url: '/api/v1/applications/:id',
  schema: {
    summary: 'One case on one page',
    tags,
    params,
    querystring: z.strictObject({ ...CountyQuery }),
    response: { 200: Application },
  },
  config: { ...reading, dataClass: 'L3' },
})

const SeenEvidence = z.strictObject({
  type: EvidenceType,
  document: Text(80).optional(),
  issuer: Text(80).optional(),
})

const given = {
  /** Papers whose originals were seen at the counter. */
  seen: z.array(SeenEvidence).max(20).optional(),
  /** What the applicant declares (L3, enciphered). */
  declaration: Text(1000).optional(),
  accountId: Id.optional(),
  /** By what the applicant authorised the agent. */
  authorisation: Text(200).optional(),
  authorisedOn: CivilDate.optional(),
}

export const NewApplication = z.strictObject({
  programme: ProgrammeCode,
  /** For whom: the person, the child, one of the couple. */
  subjectId: Id,
  /** Who applies: herself, or the child's parent or guardian. */
  applicantId: Id.optional(),
  channel: ApplicationChannel,
  claimYear: z.int().min(2000).max(2200).optional(),
  isDraft: z.boolean().optional(),
  ...given,
})
export type NewApplication = z.infer<typeof NewApplication>

const filing = { permission: 'application.file', dataClass: 'L3' } as const

export const fileApplication = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications',
  schema: {
    summary: 'Apply, for somebody of the area or for her child; the dry run tells at once what is missing',
    tags,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: NewApplication,
    response: { 200: ApplicationPreview, 201: Application },
  },
  config: { ...filing, idempotent: true },
})

export const ApplicationCompletion = z.strictObject(given)
export type ApplicationCompletion = z.infer<typeof ApplicationCompletion>
export const completeApplication = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/completions',
  schema: {
    summary: 'Add what was missing; a draft or a returned application is submitted (again)',
    tags,
    params,
    body: ApplicationCompletion.extend({ submit: z.boolean() }),
    response: { 201: Application },
  },
  config: { ...filing, idempotent: true, conditional: true },
})

export const withdrawApplication = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/withdrawals',
  schema: {
    summary: 'The applicant takes it back; she need not say why',
    tags,
    params,
    body: z.strictObject({ reason: Text(300).optional() }),
    response: { 201: Application },
  },
  config: { ...filing, idempotent: true, conditional: true },
})

export const appealApplication = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/appeals',
  schema: {
    summary: 'Ask for a refusal to be reconsidered',
    tags,
    params,
    body: z.strictObject({ grounds: Text(1000) }),
    response: { 201: Application },
  },
  config: { ...filing, idempotent: true, conditional: true },
})

export const revealApplication = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/reveals',
  schema: {
    summary: 'What the applicant declared in words; the look is recorded',
    tags,
    params,
    body: z.strictObject({ purpose: Purpose, reason: Text(200) }),
    response: { 200: z.object({ declaration: z.string().nullable(), grounds: z.array(z.string()) }) },
  },
  config: { permission: 'person.reveal', dataClass: 'L3' },
})

/** 再评估: the stored facts under the stored version, evaluated again. */
export const reevaluateDecision = defineEndpoint({
  method: 'GET',
  url: '/api/v1/applications/:id/decisions/:decisionId/reevaluation',
  schema: {
    summary: 'A decision evaluated again with the facts and the rule it stood on',
    tags,
    params: z.strictObject({ id: Id, decisionId: Id }),
    response: {
      200: z.object({
        isSame: z.boolean(),
        decided: z.object({ isMet: z.boolean(), level: z.string(), on: CivilDate }),
        evaluation: Evaluation,
        rule: Rule,
        facts: z.array(
          z.object({
            fact: FactName,
            zh: z.string(),
            en: z.string(),
            source: z.string(),
            at: Instant.nullable(),
          }),
        ),
      }),
    },
  },
  config: { permission: 'circumstance.read', dataClass: 'L3' },
})
