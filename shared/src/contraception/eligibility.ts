import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { MecMethod } from './methods.ts'

export const EditionCode = z.string().regex(/^[A-Z0-9][A-Z0-9.-]{2,39}$/)
export const ConditionCode = z.string().regex(/^[A-Z][A-Z0-9_]{1,48}$/)

/** 1 no restriction … 4 unacceptable risk; 3 and 4 stop until a senior clinician overrides. */
export const MecCategory = z.int().min(1).max(4)
export type MecCategory = 1 | 2 | 3 | 4
export const categoryNames = {
  1: ['无限制', 'No restriction'],
  2: ['益处一般大于风险', 'Benefits generally outweigh the risks'],
  3: ['风险一般大于益处', 'Risks usually outweigh the benefits'],
  4: ['风险不可接受', 'An unacceptable health risk'],
} as const satisfies Record<MecCategory, readonly [string, string]>

export const mecPhases = {
  INITIATION: ['开始使用', 'Starting'],
  CONTINUATION: ['继续使用', 'Going on'],
} as const satisfies Record<string, readonly [string, string]>
export const MecPhase = z.enum(['INITIATION', 'CONTINUATION'])
export type MecPhase = z.infer<typeof MecPhase>

/** Findings are asked by topic, in this order. */
export const mecTopics = {
  CIRCUMSTANCES: ['年龄与生育情况', 'Age and births'],
  HABITS: ['吸烟与体重', 'Smoking and weight'],
  HEART: ['血压、心脏与血管', 'Blood pressure, heart and vessels'],
  NERVES: ['头痛与神经系统', 'Headache and nerves'],
  WOMB: ['妇科', 'Gynaecology'],
  INFECTION: ['感染', 'Infections'],
  METABOLISM: ['代谢与肝胆', 'Metabolism, liver and gallbladder'],
  BLOOD: ['血液与免疫', 'Blood and immunity'],
  MEDICINES: ['正在使用的药物', 'Medicines taken'],
} as const satisfies Record<string, readonly [string, string]>
export const MecTopic = z.enum(
  Object.keys(mecTopics) as [keyof typeof mecTopics, ...(keyof typeof mecTopics)[]],
)
export type MecTopic = z.infer<typeof MecTopic>

/** SPEC: stated by the platform's specification; ADDED: from general knowledge of the edition. Either is to be verified by clinicians. */
export const CellBasis = z.enum(['SPEC', 'ADDED', 'COUNTY'])

export const MecCell = z.object({
  condition: ConditionCode,
  method: MecMethod,
  initiation: MecCategory,
  continuation: MecCategory,
  basis: CellBasis,
})
export type MecCell = z.infer<typeof MecCell>

/** What is asked, and what follows by age or by the days since a birth. */
export const MecCondition = z.object({
  code: ConditionCode,
  /** The question whose yes leads here; null where it is derived. */
  finding: ConditionCode.nullable(),
  /** Findings of one family exclude each other. */
  family: z.string().nullable(),
  topic: MecTopic,
  nameZh: z.string(),
  nameEn: z.string(),
  questionZh: z.string().nullable(),
  questionEn: z.string().nullable(),
  /** A stable answer holds for good; a transient one for so many days. */
  validDays: z.int().nullable(),
  fromAge: z.int().nullable(),
  toAge: z.int().nullable(),
  /** From the circumstances instead of a question. */
  derivation: z.enum(['AGE', 'PARITY', 'POSTPARTUM', 'POSTABORTION']).nullable(),
  /** Since the birth or abortion, inclusive. */
  fromDays: z.int().nullable(),
  toDays: z.int().nullable(),
  breastfeeding: z.boolean().nullable(),
  withFinding: ConditionCode.nullable(),
  withoutFinding: ConditionCode.nullable(),
  reasonZh: z.string(),
  reasonEn: z.string(),
  source: z.string(),
  position: z.int(),
})
export type MecCondition = z.infer<typeof MecCondition>

export const MecEditionRow = z.object({
  code: EditionCode,
  nameZh: z.string(),
  nameEn: z.string(),
  /** The edition of one county; null for everybody's. */
  county: z.int().nullable(),
  effectiveFrom: CivilDate,
  /** The edition that it corrects. */
  basedOn: EditionCode.nullable(),
  source: z.string(),
  /** Who of the clinicians has checked it; null while nobody has. */
  reviewer: z.string().nullable(),
  reviewedOn: CivilDate.nullable(),
  reason: z.string().nullable(),
  isInForce: z.boolean(),
  withdrawnOn: CivilDate.nullable(),
  recordedAt: Instant,
})
export type MecEditionRow = z.infer<typeof MecEditionRow>

export const MecEdition = MecEditionRow.extend({
  conditions: z.array(MecCondition),
  cells: z.array(MecCell),
})
export type MecEdition = z.infer<typeof MecEdition>

const editionParams = z.strictObject({ edition: EditionCode })

export const listMecEditions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/mec-editions',
  schema: {
    summary: 'Editions of the eligibility table, the newest first',
    tags: ['eligibility'],
    response: { 200: z.object({ items: z.array(MecEditionRow) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

export const getMecEditionInForce = defineEndpoint({
  method: 'GET',
  url: '/api/v1/mec-editions/in-force',
  schema: {
    summary: 'The edition in force on a day, with its questions and categories',
    tags: ['eligibility'],
    querystring: z.strictObject({ on: CivilDate.optional() }),
    response: { 200: MecEdition },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

export const getMecEdition = defineEndpoint({
  method: 'GET',
  url: '/api/v1/mec-editions/:edition',
  schema: {
    summary: 'One edition with every condition and category',
    tags: ['eligibility'],
    params: editionParams,
    response: { 200: MecEdition },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

export const CellChange = z.strictObject({
  condition: ConditionCode,
  method: MecMethod,
  /** Both null: the condition says nothing of the method any more. */
  initiation: MecCategory.nullable(),
  continuation: MecCategory.nullable(),
})

/** A copy of an edition with changed categories; everything else stays. */
export const NewMecEdition = z.strictObject({
  code: EditionCode,
  nameZh: Text(100),
  nameEn: Text(100),
  basedOn: EditionCode,
  /** Today or later. */
  effectiveFrom: CivilDate,
  source: Text(300),
  reviewer: Text(50),
  reviewedOn: CivilDate,
  reason: Text(300),
  cells: z.array(CellChange).max(2000),
})
export type NewMecEdition = z.infer<typeof NewMecEdition>

export const MecEditionChange = z.object({
  condition: ConditionCode,
  method: MecMethod,
  before: z.object({ initiation: MecCategory, continuation: MecCategory }).nullable(),
  after: z.object({ initiation: MecCategory, continuation: MecCategory }).nullable(),
})
export type MecEditionChange = z.infer<typeof MecEditionChange>

export const publishMecEdition = defineEndpoint({
  method: 'POST',
  url: '/api/v1/mec-editions',
  schema: {
    summary: 'A reviewed correction of an edition, for the county, from a day on',
    tags: ['eligibility'],
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: NewMecEdition,
    response: { 200: z.object({ changes: z.array(MecEditionChange) }), 201: MecEditionRow },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true },
})

export const withdrawMecEdition = defineEndpoint({
  method: 'POST',
  url: '/api/v1/mec-editions/:edition/withdrawal',
  schema: {
    summary: 'Take back an edition before it comes into force',
    tags: ['eligibility'],
    params: editionParams,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: MecEditionRow },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true },
})

/** STOP needs an override like category 3; ADVICE is told and recorded. */
export const LocalRule = z.object({
  code: ConditionCode,
  methods: z.array(MecMethod),
  measure: z.enum(['CAVITY_DEPTH_MM', 'DAYS_SINCE_MENSES', 'DAYS_SINCE_DELIVERY', 'DAYS_SINCE_ABORTION']),
  /** Inclusive; null is open. */
  least: z.int().nullable(),
  most: z.int().nullable(),
  /** Not within 42 days of a birth or an abortion. */
  isIntervalOnly: z.boolean(),
  effect: z.enum(['STOP', 'ADVICE']),
  nameZh: z.string(),
  nameEn: z.string(),
  source: z.string(),
  validFrom: CivilDate,
  validTo: CivilDate.nullable(),
})
export type LocalRule = z.infer<typeof LocalRule>

export const listLocalRules = defineEndpoint({
  method: 'GET',
  url: '/api/v1/local-eligibility-rules',
  schema: {
    summary: 'Chinese clinical rules beside the eligibility table',
    tags: ['eligibility'],
    querystring: z.strictObject({ on: CivilDate.optional() }),
    response: { 200: z.object({ items: z.array(LocalRule) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

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
