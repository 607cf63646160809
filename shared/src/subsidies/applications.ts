import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Purpose, QueryFlag, Text } from '../values.ts'
import { ApplicationEvent, ApplicationState, ApplicationStep } from './application-states.ts'
import { FactName } from './facts.ts'
import { EvidenceType, ProgrammeCode } from './programmes.ts'
import { Rule } from './rules.ts'

const tags = ['applications'] as [string]
const params = z.strictObject({ id: Id })
const reading = { permission: 'application.read', dataClass: 'L2' } as const

/** Where the area is not inside one county (city approval), the county is named. */
export const CountyQuery = { county: z.coerce.number().int().min(110000).max(999999).optional() }

export const ApplicationChannel = z.enum(['ONLINE', 'ONE_THING', 'VILLAGE_AGENT', 'WINDOW', 'AUTO_PROPOSED'])
export type ApplicationChannel = z.infer<typeof ApplicationChannel>
export const applicationChannels: Record<ApplicationChannel, readonly [string, string]> = {
  ONLINE: ['本人网上申请', 'Online, by herself'],
  ONE_THING: ['出生一件事联办', 'With the birth, in one go'],
  VILLAGE_AGENT: ['村级代办', 'Village agent'],
  WINDOW: ['窗口申请', 'At the counter'],
  AUTO_PROPOSED: ['应享尽享提示', 'Proposed by the system'],
}

const Place = z.object({ code: DivisionCode, name: z.string().nullable() })
const Named = z.object({ id: Id, name: z.string(), birth: z.string().nullable() })

export const ApplicationRow = z.object({
  id: Id,
  number: z.string(),
  programme: z.object({ code: ProgrammeCode, zh: z.string(), en: z.string() }),
  /** Masked, as of the reader's clearance; of somebody outside her area not even that. */
  subject: Named.nullable(),
  applicant: Named.nullable(),
  claimYear: z.int().nullable(),
  channel: ApplicationChannel,
  division: Place,
  state: ApplicationState,
  stateSince: CivilDate,
  dueOn: CivilDate.nullable(),
  isOverdue: z.boolean(),
  filedOn: CivilDate,
  decidedOn: CivilDate.nullable(),
  isMet: z.boolean().nullable(),
  missing: z.array(EvidenceType),
  /** What the reader may do with it now. */
  deeds: z.array(ApplicationEvent),
  version: z.int(),
})
export type ApplicationRow = z.infer<typeof ApplicationRow>

/** One look at a part of the rule. The value is shown to those alone who decide on it. */
export const EvaluatedLeaf = z.object({
  path: z.string(),
  met: z.boolean(),
  facts: z.array(FactName),
  zh: z.string(),
  en: z.string(),
  value: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** Its own reason, or the nearest above it: what she is told where it is not met. */
  reason: z.object({ zh: z.string(), en: z.string() }),
  /** The value is not known: nobody has said. */
  isUnknown: z.boolean(),
})
export const Evaluation = z.object({
  isMet: z.boolean(),
  asOf: CivilDate,
  versionId: Id,
  level: z.string(),
  leaves: z.array(EvaluatedLeaf),
  /** The rule from above: what stands under what, each part met or not. */
  lines: z.array(
    z.object({
      path: z.string(),
      depth: z.int(),
      isLeaf: z.boolean(),
      met: z.boolean(),
      /** Another way has been met already: it does not matter that this one is not. */
      isSpare: z.boolean(),
      zh: z.string(),
      en: z.string(),
    }),
  ),
  /** The nearest way to be entitled; null where she is, or none is near. */
  nearest: z.object({ zh: z.string(), en: z.string() }).nullable(),
})
export type Evaluation = z.infer<typeof Evaluation>

export const EvidenceItem = z.object({
  type: EvidenceType,
  isRequired: z.boolean(),
  /** Held by the register, shown at the counter, attached as a file; null where it is missing. */
  held: z.enum(['REGISTER', 'SEEN', 'FILE', 'FEED']).nullable(),
  document: z.string().nullable(),
  seenOn: CivilDate.nullable(),
})
export type EvidenceItem = z.infer<typeof EvidenceItem>

/** A benefit that one of these people receives or asks for elsewhere. */
export const ApplicationConflict = z.object({
  /**
   * STACKING excluded by another benefit that stands · STACKING_ASKED by one applied for as well, if that is confirmed first ·
   * STACKING_NEEDED the other has to stand before · STACKING_ENDS the other ends when this one begins.
   */
  kind: z.enum([
    'SAME_PROGRAMME',
    'OTHER_APPLICANT',
    'CLAIM_ELSEWHERE',
    'POSSIBLE_MATCH',
    'STACKING',
    'STACKING_ASKED',
    'STACKING_NEEDED',
    'STACKING_ENDS',
  ]),
  programme: z.string(),
  county: z.int().nullable(),
})
export type ApplicationConflict = z.infer<typeof ApplicationConflict>

export const ApplicationReview = z.object({
  id: Id,
  round: z.int(),
  event: ApplicationEvent,
  step: ApplicationStep.nullable(),
  toState: ApplicationState,
  items: z.array(z.string()),
  /** The words of the case worker; the applicant is told them. */
  reason: z.string().nullable(),
  dueOn: CivilDate.nullable(),
  doneOn: CivilDate,
  by: z.object({ id: Id, name: z.string() }).nullable(),
  isTogether: z.boolean(),
})
export const ApplicationDecision = z.object({
  id: Id,
  round: z.int(),
  step: z.string(),
  event: ApplicationEvent,
  versionId: Id,
  asOf: CivilDate,
  isMet: z.boolean(),
  level: z.string(),
  failing: z.array(z.string()),
  decidedOn: CivilDate,
})
export const ApplicationAppeal = z.object({
  id: Id,
  filedOn: CivilDate,
  dueOn: CivilDate,
  result: z.enum(['UPHELD', 'REVERSED']).nullable(),
  reply: z.string().nullable(),
  decidedOn: CivilDate.nullable(),
})

/** 一案一屏: the whole case. */
export const Application = ApplicationRow.extend({
  payee: Named.nullable(),
  steps: z.array(ApplicationStep),
  passed: z.array(ApplicationStep),
  round: z.int(),
  level: z.string(),
  versionId: Id,
  overallDueOn: CivilDate.nullable(),
  acceptedOn: CivilDate.nullable(),
  appealUntil: CivilDate.nullable(),
  agent: z
    .object({
      id: Id,
      name: z.string(),
      authorisation: z.string().nullable(),
      authorisedOn: CivilDate.nullable(),
    })
    .nullable(),
  accountMask: z.string().nullable(),
  hasDeclaration: z.boolean(),
  evidence: z.array(EvidenceItem),
  evaluation: Evaluation.nullable(),
  conflicts: z.array(ApplicationConflict),
  reviews: z.array(ApplicationReview),
  decisions: z.array(ApplicationDecision),
  appeals: z.array(ApplicationAppeal),
})
export type Application = z.infer<typeof Application>

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

/** 一次性告知: what an application would be, and everything that is missing. */
export const ApplicationPreview = z.object({
  programme: z.object({ code: ProgrammeCode, zh: z.string(), en: z.string() }),
  subject: Named,
  payee: Named,
  division: Place,
  claimYear: z.int().nullable(),
  claimYears: z.array(z.int()),
  steps: z.array(ApplicationStep),
  dueOn: CivilDate.nullable(),
  overallDueOn: CivilDate.nullable(),
  isInWindow: z.boolean(),
  window: z.object({ from: z.string(), to: z.string() }).nullable(),
  evaluation: Evaluation,
  evidence: z.array(EvidenceItem),
  missing: z.array(EvidenceType),
  /** Facts nobody has said yet, which the rule reads. */
  unknown: z.array(FactName),
  conflicts: z.array(ApplicationConflict),
})
export type ApplicationPreview = z.infer<typeof ApplicationPreview>

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

/** 通知书: what the applicant is told in writing. */
export const ApplicationLetter = z.object({
  kind: z.enum(['MISSING', 'RETURNED', 'CONFIRMED', 'REFUSED', 'UPHELD', 'RECEIVED']),
  number: z.string(),
  on: CivilDate,
  countyName: z.string(),
  office: z.string(),
  programme: z.object({ code: ProgrammeCode, zh: z.string(), en: z.string() }),
  basis: z.array(z.string()),
  applicantName: z.string(),
  subjectName: z.string(),
  place: z.string(),
  filedOn: CivilDate,
  claimYear: z.int().nullable(),
  level: z.string(),
  items: z.array(z.string()),
  reason: z.string().nullable(),
  failing: z.array(
    z.object({
      zh: z.string(),
      en: z.string(),
      value: z.object({ zh: z.string(), en: z.string() }).nullable(),
    }),
  ),
  nearest: z.object({ zh: z.string(), en: z.string() }).nullable(),
  appealUntil: CivilDate.nullable(),
  reconsiderationDays: z.int(),
})
export type ApplicationLetter = z.infer<typeof ApplicationLetter>

export const getApplicationLetter = defineEndpoint({
  method: 'GET',
  url: '/api/v1/applications/:id/letter',
  schema: {
    summary: 'The letter that the applicant is handed, with her name; the look is recorded',
    tags,
    params,
    response: { 200: ApplicationLetter },
  },
  config: { permission: 'application.file', dataClass: 'L3' },
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
