import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { ConditionCode, EditionCode, MecCategory, MecPhase } from './mec-editions.ts'
import { MecMethod } from './methods.ts'

/** What is not a yes or no: from the register where known to the facility, else as entered. */
const circumstances = {
  deliveredOn: CivilDate.nullable(),
  isBreastfeeding: z.boolean().nullable(),
  abortedOn: CivilDate.nullable(),
  /** Births so far. */
  parity: z.int().min(0).max(20).nullable(),
  /** Bleeding of the last period ended. */
  mensesEndedOn: CivilDate.nullable(),
  cavityDepthMillimetres: z.int().min(10).max(200).nullable(),
}
export const Circumstances = z.object(circumstances)
export type Circumstances = z.infer<typeof Circumstances>

export const FindingAnswer = z.strictObject({ finding: ConditionCode, isPresent: z.boolean() })

export const NewScreen = z.strictObject({
  clientId: Id,
  occurredOn: CivilDate,
  /** Answers given today; what was answered before and still holds is added. */
  answers: z.array(FindingAnswer).max(120),
  /** Left out: taken from the register or from what was said before. */
  circumstances: z.strictObject(circumstances).partial().default({}),
  /** Only what is given here counts. */
  withoutEarlier: z.boolean().default(false),
  note: Text(1000).nullable().optional(),
})
export type NewScreen = z.input<typeof NewScreen>

export const KeptAnswer = z.object({
  finding: ConditionCode,
  isPresent: z.boolean(),
  answeredOn: CivilDate,
  /** Answered at an earlier screening. */
  isReused: z.boolean(),
})
export type KeptAnswer = z.infer<typeof KeptAnswer>

const Reason = z.object({
  condition: ConditionCode,
  nameZh: z.string(),
  nameEn: z.string(),
  initiation: MecCategory,
  continuation: MecCategory,
  reasonZh: z.string(),
  reasonEn: z.string(),
})

export const MethodEligibility = z.object({
  method: MecMethod,
  /** The worst of all conditions; 1 where none speaks of the method. */
  initiation: MecCategory,
  continuation: MecCategory,
  reasons: z.array(Reason),
  /** Local rules that are not met. */
  local: z.array(
    z.object({
      code: ConditionCode,
      effect: z.enum(['STOP', 'ADVICE']),
      nameZh: z.string(),
      nameEn: z.string(),
    }),
  ),
  /** Starting needs a senior clinician's override. */
  isStopped: z.boolean(),
})
export type MethodEligibility = z.infer<typeof MethodEligibility>

export const Evaluation = z.object({
  edition: EditionCode,
  age: z.int(),
  conditions: z.array(ConditionCode),
  /** Questions of the edition that nobody has answered yet. */
  unanswered: z.array(ConditionCode),
  answers: z.array(KeptAnswer),
  circumstances: Circumstances,
  methods: z.array(MethodEligibility),
  /** Never anything else: what is found never blocks a removal. */
  removal: z.literal('OPEN'),
})
export type Evaluation = z.infer<typeof Evaluation>

export const Override = z.object({
  id: Id,
  screenId: Id,
  method: MecMethod,
  phase: MecPhase,
  category: MecCategory,
  reason: z.string(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
})
export type Override = z.infer<typeof Override>

export const ScreenRow = z.object({
  id: Id,
  clientId: Id,
  clientName: z.string().nullable(),
  facilityId: Id,
  occurredOn: CivilDate,
  edition: EditionCode,
  conditions: z.array(ConditionCode),
  stopped: z.array(MecMethod),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
})
export type ScreenRow = z.infer<typeof ScreenRow>

export const Screen = ScreenRow.extend({
  evaluation: Evaluation,
  overrides: z.array(Override),
  note: z.string().nullable(),
  recordedBy: z.string().nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Screen = z.infer<typeof Screen>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })
const read = { permission: 'care.read', dataClass: 'L4' } as const
const keep = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const

export const listScreens = defineEndpoint({
  method: 'GET',
  url: '/api/v1/eligibility-screens',
  schema: {
    summary: 'Screenings of my facility’s clients, the newest first',
    tags: ['eligibility'],
    querystring: z.strictObject({ ...PageQuery, clientId: Id.optional(), voided: QueryFlag.optional() }),
    response: { 200: Page(ScreenRow) },
  },
  config: read,
})

export const getScreenPrefill = defineEndpoint({
  method: 'GET',
  url: '/api/v1/eligibility-screens/prefill',
  schema: {
    summary: 'What is known of a client before she is asked: answers that still hold, age, births',
    tags: ['eligibility'],
    querystring: z.strictObject({ clientId: Id, on: CivilDate.optional() }),
    response: { 200: Evaluation },
  },
  config: read,
})

export const recordScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/eligibility-screens',
  schema: {
    summary: 'Screen a client for every method at once',
    tags: ['eligibility'],
    querystring: dryRun,
    body: NewScreen,
    response: { 200: Evaluation, 201: Screen },
  },
  config: keep,
})

export const getScreen = defineEndpoint({
  method: 'GET',
  url: '/api/v1/eligibility-screens/:id',
  schema: { summary: 'One screening', tags: ['eligibility'], params, response: { 200: Screen } },
  config: read,
})

/** The same facts under the edition then in force and under another (today's where left out). */
export const Reevaluation = z.object({
  then: Evaluation,
  now: Evaluation,
  /** As recorded at the screening; false shows that a table was changed behind its back. */
  isThenAsRecorded: z.boolean(),
  changes: z.array(
    z.object({
      method: MecMethod,
      phase: MecPhase,
      then: MecCategory,
      now: MecCategory,
    }),
  ),
})
export type Reevaluation = z.infer<typeof Reevaluation>

export const reevaluateScreen = defineEndpoint({
  method: 'GET',
  url: '/api/v1/eligibility-screens/:id/reevaluation',
  schema: {
    summary: 'A stored screening under the edition then in force and under today’s or another',
    tags: ['eligibility'],
    params,
    querystring: z.strictObject({ edition: EditionCode.optional() }),
    response: { 200: Reevaluation },
  },
  config: read,
})

export const NewOverride = z.strictObject({
  method: MecMethod,
  phase: MecPhase.default('INITIATION'),
  reason: Text(500),
})
export type NewOverride = z.input<typeof NewOverride>

export const overrideScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/eligibility-screens/:id/overrides',
  schema: {
    summary: 'A senior clinician takes it upon herself, with a reason',
    tags: ['eligibility'],
    params,
    body: NewOverride,
    response: { 201: Override },
  },
  config: { permission: 'care.override', dataClass: 'L4', idempotent: true },
})

export const ScreenCorrection = z.strictObject({
  set: z
    .strictObject({
      occurredOn: CivilDate,
      answers: z.array(FindingAnswer).max(120),
      circumstances: z.strictObject(circumstances).partial(),
      withoutEarlier: z.boolean(),
      note: Text(1000).nullable(),
    })
    .partial()
    .refine((fields) => Object.keys(fields).length > 0),
  reason: Text(200),
})
export type ScreenCorrection = z.infer<typeof ScreenCorrection>

export const correctScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/eligibility-screens/:id/corrections',
  schema: {
    summary: 'Replace a screening that was recorded wrongly',
    tags: ['eligibility'],
    params,
    querystring: dryRun,
    body: ScreenCorrection,
    response: { 200: Evaluation, 201: Screen },
  },
  config: keep,
})

export const voidScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/eligibility-screens/:id/void',
  schema: {
    summary: 'Take back a screening entered by mistake',
    tags: ['eligibility'],
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: Screen },
  },
  config: keep,
})
