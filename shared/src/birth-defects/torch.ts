import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CareText } from './fetal-sex.ts'
import { voidingOf } from './record-corrections.ts'

const params = z.strictObject({ id: Id })
const tags = ['torch'] as [string]
const reading = { permission: 'care.read', dataClass: 'L4' } as const
const recording = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const

/** 优生四项 */
export const TorchAgent = z.enum(['TOX', 'RUB', 'CMV', 'HSV'])
export type TorchAgent = z.infer<typeof TorchAgent>
export const torchAgents = {
  TOX: ['弓形虫', 'Toxoplasma'],
  RUB: ['风疹病毒', 'Rubella'],
  CMV: ['巨细胞病毒', 'Cytomegalovirus'],
  HSV: ['单纯疱疹病毒', 'Herpes simplex'],
} as const

export const Serology = z.enum(['POS', 'NEG', 'GREY'])
export type Serology = z.infer<typeof Serology>
export const serologies = {
  POS: ['阳性', 'Positive'],
  NEG: ['阴性', 'Negative'],
  GREY: ['灰区', 'Grey zone'],
} as const
export const Avidity = z.enum(['LOW', 'GREY', 'HIGH'])
export type Avidity = z.infer<typeof Avidity>
export const avidities = {
  LOW: ['低亲和力', 'Low'],
  GREY: ['灰区', 'Grey zone'],
  HIGH: ['高亲和力', 'High'],
} as const

export const TorchMeaning = z.enum([
  'SUSCEPTIBLE',
  'IMMUNE',
  'NO_ACUTE_SIGN',
  'PAST_LIKELY',
  'POSSIBLE_RECENT',
  'RECENT_LIKELY',
  'POSSIBLE_ACUTE',
  'UNCLEAR',
])
export type TorchMeaning = z.infer<typeof TorchMeaning>
export const torchMeanings = {
  SUSCEPTIBLE: ['易感，未感染过', 'Susceptible'],
  IMMUNE: ['既往感染或已免疫', 'Past infection or immune'],
  NO_ACUTE_SIGN: ['未见急性感染（IgG 未测）', 'No sign of an acute infection (IgG not tested)'],
  PAST_LIKELY: ['高亲和力，提示较早的感染', 'High avidity: rather an older infection'],
  POSSIBLE_RECENT: ['可能近期感染，或再激活', 'Possible recent infection, or reactivation'],
  RECENT_LIKELY: ['低亲和力，提示近期感染', 'Low avidity: rather a recent infection'],
  POSSIBLE_ACUTE: ['可能急性感染，或假阳性', 'Possible acute infection, or false positive'],
  UNCLEAR: ['灰区，不能判断', 'Grey zone: cannot be told'],
} as const

/** One cell of the interpretation matrix; null: not tested. Without an avidity of its own a cell stands for all. */
export const TorchCell = z.object({
  agent: TorchAgent,
  igg: Serology.nullable(),
  igm: Serology.nullable(),
  avidity: Avidity.nullable(),
  isPregnant: z.boolean(),
  meaning: TorchMeaning,
  /** To be followed up as a positive case. */
  isActionable: z.boolean(),
  retestFromDays: z.int().nullable(),
  retestToDays: z.int().nullable(),
  adviceZh: z.string(),
  adviceEn: z.string(),
})
export type TorchCell = z.infer<typeof TorchCell>
export const TorchMatrix = z.object({
  edition: z.string(),
  effectiveFrom: CivilDate,
  source: z.string(),
  cells: z.array(TorchCell),
})
export type TorchMatrix = z.infer<typeof TorchMatrix>

export const getTorchMatrix = defineEndpoint({
  method: 'GET',
  url: '/api/v1/torch-matrix',
  schema: {
    summary:
      'How results are read: every combination of IgG and IgM, pregnant or not, with edition and source',
    tags,
    response: { 200: TorchMatrix },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

type Question = Pick<TorchCell, 'agent' | 'igg' | 'igm' | 'avidity' | 'isPregnant'>

/** The cell of the very avidity, else the one that stands for all. Nothing tested has no cell. */
export function cellOf(cells: readonly TorchCell[], asked: Question): TorchCell | undefined {
  const fit = cells.filter(
    ({ agent, igg, igm, isPregnant }) =>
      agent === asked.agent && igg === asked.igg && igm === asked.igm && isPregnant === asked.isPregnant,
  )
  return (
    (asked.avidity && fit.find(({ avidity }) => avidity === asked.avidity)) ||
    fit.find(({ avidity }) => avidity === null)
  )
}

export const TorchStage = z.enum(['PRECONCEPTION', 'EARLY_PREGNANCY', 'LATER_PREGNANCY'])
export type TorchStage = z.infer<typeof TorchStage>
export const torchStages = {
  PRECONCEPTION: ['孕前', 'Before pregnancy'],
  EARLY_PREGNANCY: ['孕早期（＜13 周）', 'Early pregnancy (< 13 weeks)'],
  LATER_PREGNANCY: ['孕中晚期', 'Later in pregnancy'],
} as const

const Titre = z
  .string()
  .trim()
  .regex(/^[<>≤≥]?\s?\d{1,6}([.:]\d{1,6})?( ?[A-Za-z/%]{1,10})?$/)
export const GivenTorchResult = z
  .strictObject({
    agent: TorchAgent,
    igg: Serology.nullable(),
    igm: Serology.nullable(),
    avidity: Avidity.nullable().default(null),
    iggTitre: Titre.nullable().default(null),
    igmTitre: Titre.nullable().default(null),
  })
  .refine(({ igg, igm }) => igg !== null || igm !== null, { path: ['igm'], params: { code: 'required' } })
  .refine(({ igg, avidity }) => avidity === null || (igg !== null && igg !== 'NEG'), {
    path: ['avidity'],
    params: { code: 'invalid-value' },
  })
export type GivenTorchResult = z.infer<typeof GivenTorchResult>

const given = {
  clientId: Id,
  occurredOn: CivilDate,
  stage: TorchStage,
  laboratory: Text(100).nullable(),
  results: z
    .array(GivenTorchResult)
    .min(1)
    .max(4)
    .refine((results) => new Set(results.map(({ agent }) => agent)).size === results.length, {
      params: { code: 'already-exists' },
    }),
  note: CareText(1000).nullable(),
}
export const GivenTorchTest = z.strictObject(given).partial({ laboratory: true, note: true })
export type GivenTorchTest = z.infer<typeof GivenTorchTest>

export const TorchResult = z.object({
  id: Id,
  agent: TorchAgent,
  igg: Serology.nullable(),
  igm: Serology.nullable(),
  avidity: Avidity.nullable(),
  iggTitre: z.string().nullable(),
  igmTitre: z.string().nullable(),
  meaning: TorchMeaning,
  isActionable: z.boolean(),
  /** What the matrix proposes, or what the clinician made of it. */
  adviceZh: z.string(),
  adviceEn: z.string(),
  caseId: Id.nullable(),
})
export type TorchResult = z.infer<typeof TorchResult>

export const TorchTestRow = z.object({
  id: Id,
  client: z.object({ id: Id, name: z.string(), birthDate: CivilDate }),
  chainId: Id.nullable(),
  occurredOn: CivilDate,
  stage: TorchStage,
  isRetest: z.boolean(),
  actionable: z.array(TorchAgent),
  confirmedOn: CivilDate.nullable(),
  facilityId: Id,
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  version: z.int(),
})
export type TorchTestRow = z.infer<typeof TorchTestRow>
export const TorchTest = TorchTestRow.extend({
  edition: z.string(),
  laboratory: z.string().nullable(),
  checkId: Id.nullable(),
  results: z.array(TorchResult),
  confirmedBy: z.string().nullable(),
  note: z.string().nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
})
export type TorchTest = z.infer<typeof TorchTest>
export const TorchTestPreview = z.object({ before: TorchTest.nullable(), after: TorchTest })
export type TorchTestPreview = z.infer<typeof TorchTestPreview>

export const listTorchTests = defineEndpoint({
  method: 'GET',
  url: '/api/v1/torch-tests',
  schema: {
    summary: 'Tests of my facility, the latest first; one row is one sample of one woman',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      unconfirmed: QueryFlag.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(TorchTestRow) },
  },
  config: reading,
})
export const getTorchTest = defineEndpoint({
  method: 'GET',
  url: '/api/v1/torch-tests/:id',
  schema: { summary: 'One test with its results', tags, params, response: { 200: TorchTest } },
  config: reading,
})
export const recordTorchTest = defineEndpoint({
  method: 'POST',
  url: '/api/v1/torch-tests',
  schema: {
    summary: 'Record a test; what the matrix calls for becomes a case, a retest is led to its case',
    tags,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: GivenTorchTest,
    response: { 200: TorchTestPreview, 201: TorchTest },
  },
  config: recording,
})
export const TorchConfirmation = z.strictObject({
  confirmedOn: CivilDate,
  /** Words of the clinician in place of the proposed ones. */
  advice: z.array(z.strictObject({ agent: TorchAgent, words: CareText(500) })).max(4),
})
export type TorchConfirmation = z.infer<typeof TorchConfirmation>
export const confirmTorchTest = defineEndpoint({
  method: 'POST',
  url: '/api/v1/torch-tests/:id/confirmation',
  schema: {
    summary: 'A clinician confirms the reading and the advice',
    tags,
    params,
    body: TorchConfirmation,
    response: { 201: TorchTest },
  },
  config: recording,
})
export const TorchTestCorrection = z.strictObject({
  set: z.strictObject(given).omit({ clientId: true }).partial(),
  reason: Text(200),
})
export type TorchTestCorrection = z.infer<typeof TorchTestCorrection>
export const correctTorchTest = defineEndpoint({
  method: 'POST',
  url: '/api/v1/torch-tests/:id/corrections',
  schema: {
    summary: 'Void a test with the reason and append what it should have said; its cases follow',
    tags,
    params,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: TorchTestCorrection,
    response: { 200: TorchTestPreview, 201: TorchTest },
  },
  config: recording,
})
export const voidTorchTest = voidingOf(
  { url: '/api/v1/torch-tests', tag: 'torch', shown: TorchTest, reason: Text(200) },
  'Void a test that was entered by mistake, and the cases that rest on it',
)

export const TorchCaseState = z.enum([
  'FOUND',
  'NOTIFIED',
  'COUNSELLED',
  'RETESTED',
  'TREATED',
  'REFERRED',
  'CLOSED',
])
export type TorchCaseState = z.infer<typeof TorchCaseState>
export const torchCaseStates = {
  FOUND: ['已发现', 'Found'],
  NOTIFIED: ['已告知', 'Told'],
  COUNSELLED: ['已咨询', 'Counselled'],
  RETESTED: ['已复查', 'Retested'],
  TREATED: ['已治疗', 'Treated'],
  REFERRED: ['已转诊', 'Referred'],
  CLOSED: ['已结案', 'Closed'],
} as const
export const TorchClosing = z.enum([
  'CLEARED',
  'PREGNANCY_POSTPONED',
  'PREGNANT_FOLLOWED',
  'DECLINED',
  'LOST',
])
export type TorchClosing = z.infer<typeof TorchClosing>
export const torchClosings = {
  CLEARED: ['排除或转归正常', 'Cleared'],
  PREGNANCY_POSTPONED: ['推迟怀孕，继续观察', 'Pregnancy postponed'],
  PREGNANT_FOLLOWED: ['已孕，转入孕期管理', 'Pregnant, followed there'],
  DECLINED: ['本人不需要', 'Declined'],
  LOST: ['失访', 'Lost to follow-up'],
} as const

/** What may come next; forwards only. Whoever declines, or cannot be reached, may at any time. */
const nextStates: Record<TorchCaseState, readonly TorchCaseState[]> = {
  FOUND: ['NOTIFIED', 'CLOSED'],
  NOTIFIED: ['COUNSELLED', 'CLOSED'],
  COUNSELLED: ['RETESTED', 'REFERRED', 'CLOSED'],
  RETESTED: ['RETESTED', 'TREATED', 'REFERRED', 'CLOSED'],
  TREATED: ['RETESTED', 'REFERRED', 'CLOSED'],
  REFERRED: ['RETESTED', 'TREATED', 'CLOSED'],
  CLOSED: [],
}
export const nextTorchStates = (state: TorchCaseState): readonly TorchCaseState[] => nextStates[state]

const after = {
  CLEARED: ['RETESTED', 'TREATED', 'REFERRED'],
  PREGNANCY_POSTPONED: ['COUNSELLED', 'RETESTED', 'TREATED', 'REFERRED'],
  PREGNANT_FOLLOWED: ['COUNSELLED', 'RETESTED', 'TREATED', 'REFERRED'],
} as const satisfies Partial<Record<TorchClosing, readonly TorchCaseState[]>>

/** Which ways out are open: cleared only after a retest or treatment, postponed or followed only after counselling. */
export function closingsOf(state: TorchCaseState, isPregnant: boolean): TorchClosing[] {
  if (state === 'CLOSED') return []
  const open = (closing: keyof typeof after) => (after[closing] as readonly TorchCaseState[]).includes(state)
  return TorchClosing.options.filter((closing) => {
    if (closing === 'DECLINED' || closing === 'LOST') return true
    if (closing === 'PREGNANCY_POSTPONED' && isPregnant) return false
    return open(closing)
  })
}

export const TorchCaseStep = z.object({
  id: Id,
  state: TorchCaseState,
  occurredOn: CivilDate,
  testId: Id.nullable(),
  closing: TorchClosing.nullable(),
  referredTo: z.string().nullable(),
  note: z.string().nullable(),
  recordedBy: z.string().nullable(),
})
export const TorchCaseRow = z.object({
  id: Id,
  client: z.object({ id: Id, name: z.string(), birthDate: CivilDate }),
  chainId: Id.nullable(),
  agent: TorchAgent,
  meaning: TorchMeaning,
  isPregnant: z.boolean(),
  foundOn: CivilDate,
  testId: Id,
  state: TorchCaseState,
  stateOn: CivilDate,
  retestFrom: CivilDate.nullable(),
  retestTo: CivilDate.nullable(),
  retestedOn: CivilDate.nullable(),
  closedOn: CivilDate.nullable(),
  closing: TorchClosing.nullable(),
  /** Days from finding to closing, or to today. */
  days: z.int(),
  isOverdue: z.boolean(),
  version: z.int(),
})
export type TorchCaseRow = z.infer<typeof TorchCaseRow>
export const TorchCase = TorchCaseRow.extend({ steps: z.array(TorchCaseStep) })
export type TorchCase = z.infer<typeof TorchCase>

export const listTorchCases = defineEndpoint({
  method: 'GET',
  url: '/api/v1/torch-cases',
  schema: {
    summary: 'Positive cases of my facility, the oldest first; open ones with their next step',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      isOpen: QueryFlag.optional(),
      state: TorchCaseState.optional(),
      /** The retest is due, or the 60 days are over. */
      isOverdue: QueryFlag.optional(),
    }),
    response: { 200: Page(TorchCaseRow) },
  },
  config: reading,
})
export const getTorchCase = defineEndpoint({
  method: 'GET',
  url: '/api/v1/torch-cases/:id',
  schema: { summary: 'One positive case with its steps', tags, params, response: { 200: TorchCase } },
  config: reading,
})
export const NewTorchStep = z.strictObject({
  state: TorchCaseState.exclude(['FOUND', 'RETESTED']),
  occurredOn: CivilDate,
  closing: TorchClosing.nullable().default(null),
  referredTo: Text(100).nullable().default(null),
  note: CareText(500).nullable().default(null),
})
export type NewTorchStep = z.infer<typeof NewTorchStep>
export const stepTorchCase = defineEndpoint({
  method: 'POST',
  url: '/api/v1/torch-cases/:id/steps',
  schema: {
    summary:
      'The next step of a case: told, counselled, treated, referred, closed. A retest comes with its test',
    tags,
    params,
    body: NewTorchStep,
    response: { 201: TorchCase },
  },
  config: { ...recording },
})
export const voidTorchStep = defineEndpoint({
  method: 'POST',
  url: '/api/v1/torch-cases/:id/steps/void',
  schema: {
    summary: 'Take back the last step, entered by mistake',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: TorchCase },
  },
  config: { ...recording },
})
