import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Instant, QueryFlag, Text } from '../values.ts'
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
