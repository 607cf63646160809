import { z } from 'zod'
import { codesOf } from '../code-tables.ts'
import { Icd10 } from '../contraception/check-codes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { correctionOf, voidingOf } from './record-corrections.ts'

const params = z.strictObject({ id: Id })
const read = { permission: 'care.read', dataClass: 'L4' } as const
const keep = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const
const tags = ['newborn-screening'] as [string]

export const spotItems = {
  PKU: ['苯丙酮尿症（PKU）', 'Phenylketonuria (PKU)'],
  CH: ['先天性甲状腺功能减低症（CH）', 'Congenital hypothyroidism (CH)'],
  G6PD: ['G6PD 缺乏症', 'G6PD deficiency'],
  CAH: ['先天性肾上腺皮质增生症（CAH）', 'Congenital adrenal hyperplasia (CAH)'],
} as const
export const SpotItem = codesOf(spotItems)
export const spotFlags = {
  NEG: ['阴性', 'Negative'],
  SUSPECT: ['可疑', 'Suspect'],
  POS: ['阳性', 'Positive'],
  UNSAT_SAMPLE: ['标本不合格', 'Unsatisfactory sample'],
} as const
export const SpotFlag = codesOf(spotFlags)

/** Domain §6.4. */
export const spotStates = {
  NO_SAMPLE: ['未采血', 'No sample'],
  SAMPLED: ['已采血', 'Sampled'],
  SATISFACTORY: ['标本合格', 'Satisfactory'],
  UNSAT: ['标本不合格', 'Unsatisfactory'],
  RECALL_SAMPLE: ['已重采', 'Sampled again'],
  NEG: ['阴性', 'Negative'],
  SUSPECT: ['可疑，待召回', 'Suspect, to be recalled'],
  RECALL: ['已召回', 'Recalled'],
  CONFIRMED_NEG: ['确诊阴性', 'Confirmed negative'],
  CONFIRMED_POS: ['确诊阳性', 'Confirmed positive'],
  TREATED: ['已治疗', 'Treated'],
  FOLLOWED: ['已随访', 'Followed'],
} as const
export const SpotState = codesOf(spotStates)
export type SpotState = z.infer<typeof SpotState>
export const spotWays: Record<SpotState, readonly SpotState[]> = {
  NO_SAMPLE: [],
  SAMPLED: ['SATISFACTORY', 'UNSAT'],
  SATISFACTORY: ['NEG', 'SUSPECT'],
  UNSAT: ['RECALL_SAMPLE'],
  RECALL_SAMPLE: [],
  NEG: [],
  SUSPECT: ['RECALL'],
  RECALL: ['CONFIRMED_NEG', 'CONFIRMED_POS'],
  CONFIRMED_NEG: [],
  CONFIRMED_POS: ['TREATED'],
  TREATED: ['FOLLOWED'],
  FOLLOWED: [],
}
export const noSampleReasons = {
  REFUSED: ['监护人谢绝', 'The parents declined'],
  DIED: ['死亡', 'Died'],
  TRANSFERRED: ['转院', 'Transferred'],
  LEFT_EARLY: ['提前出院', 'Left early'],
} as const
export const NoSampleReason = codesOf(noSampleReasons)
export type NoSampleReason = z.infer<typeof NoSampleReason>
export const spotFindingNames = {
  EARLY: ['采血过早', 'Taken too early'],
  FEW_FEEDS: ['哺乳次数不足', 'Too few feeds'],
  AFTER_WINDOW: ['超过 7 天', 'After the window'],
  LATE: ['超过最晚日', 'Later than the last day'],
} as const

export const Child = z.object({ id: Id, name: z.string(), birthDate: CivilDate })

export const BloodSpot = z.object({
  id: Id,
  child: Child,
  chainId: Id.nullable(),
  bornOn: CivilDate,
  sequence: z.int(),
  state: SpotState,
  stateOn: CivilDate,
  dueBy: CivilDate.nullable(),
  isOverdue: z.boolean(),
  next: z.array(SpotState),
  sampledOn: CivilDate.nullable(),
  hoursAfterBirth: z.int().nullable(),
  feeds: z.int().nullable(),
  sampleNumber: z.string().nullable(),
  findings: z.array(z.string()),
  flags: z.partialRecord(SpotItem, SpotFlag.nullable()),
  values: z.record(z.string(), z.number()).nullable(),
  reportedOn: CivilDate.nullable(),
  recalledOn: CivilDate.nullable(),
  confirmedOn: CivilDate.nullable(),
  diagnosisCodes: z.array(z.string()),
  treatedOn: CivilDate.nullable(),
  followedOn: CivilDate.nullable(),
  noSampleReason: NoSampleReason.nullable(),
  remindedOn: z.array(CivilDate),
  note: z.string().nullable(),
  isOurs: z.boolean(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  version: z.int(),
})
export type BloodSpot = z.infer<typeof BloodSpot>

const sampling = {
  sampledOn: CivilDate,
  hoursAfterBirth: z.int().min(0).max(2000).nullable().optional(),
  feeds: z.int().min(0).max(200).nullable().optional(),
  sampleNumber: Text(30).nullable().optional(),
  laboratoryId: Id.nullable().optional(),
  note: Text(500).nullable().optional(),
}
/** Either a sample, or why there is none, and since when. */
export const NewBloodSpot = z
  .strictObject({
    childId: Id,
    ...sampling,
    sampledOn: CivilDate.optional(),
    noSampleReason: NoSampleReason.optional(),
    on: CivilDate.optional(),
  })
  .refine(({ sampledOn, noSampleReason }) => sampledOn !== undefined || noSampleReason !== undefined, {
    path: ['sampledOn'],
    params: { code: 'required' },
  })
  .refine(({ sampledOn, noSampleReason }) => sampledOn === undefined || noSampleReason === undefined, {
    path: ['noSampleReason'],
    params: { code: 'conflict' },
  })
  .refine(({ noSampleReason, on }) => noSampleReason === undefined || on !== undefined, {
    path: ['on'],
    params: { code: 'required' },
  })
export type NewBloodSpot = z.output<typeof NewBloodSpot>

export const NewSpotStep = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('UNSAT'), on: CivilDate }),
  /** The laboratory's answers: flags, or numbers that its cut-offs read. */
  z.strictObject({
    to: z.literal('RESULT'),
    on: CivilDate,
    flags: z.partialRecord(SpotItem, SpotFlag).default({}),
    values: z.partialRecord(SpotItem, z.number().min(0).max(100000)).default({}),
  }),
  z.strictObject({ to: z.literal('RECALL'), on: CivilDate }),
  z.strictObject({ to: z.literal('CONFIRMED_NEG'), on: CivilDate }),
  z.strictObject({
    to: z.literal('CONFIRMED_POS'),
    on: CivilDate,
    diagnosisCodes: z.array(Icd10).min(1).max(4),
  }),
  z.strictObject({ to: z.literal('TREATED'), on: CivilDate }),
  z.strictObject({ to: z.literal('FOLLOWED'), on: CivilDate }),
])
export type NewSpotStep = z.output<typeof NewSpotStep>

export const listBloodSpots = defineEndpoint({
  method: 'GET',
  url: '/api/v1/blood-spots',
  schema: {
    summary: 'Blood spots of my facility, the youngest children first; those with something due by that day',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      childId: Id.optional(),
      state: SpotState.optional(),
      due: QueryFlag.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(BloodSpot) },
  },
  config: read,
})
export const getBloodSpot = defineEndpoint({
  method: 'GET',
  url: '/api/v1/blood-spots/:id',
  schema: { summary: 'One blood spot', tags, params, response: { 200: BloodSpot } },
  config: read,
})
export const recordBloodSpot = defineEndpoint({
  method: 'POST',
  url: '/api/v1/blood-spots',
  schema: {
    summary: 'Record a blood spot, a repeated one, or why none was taken',
    tags,
    body: NewBloodSpot,
    response: { 201: BloodSpot },
  },
  config: keep,
})
export const stepBloodSpot = defineEndpoint({
  method: 'POST',
  url: '/api/v1/blood-spots/:id/steps',
  schema: {
    summary: 'The next step: unsatisfactory, results, recall, confirmation, treatment, follow-up',
    tags,
    params,
    body: NewSpotStep,
    response: { 201: BloodSpot },
  },
  config: { ...keep, conditional: true },
})
export const remindBloodSpot = defineEndpoint({
  method: 'POST',
  url: '/api/v1/blood-spots/:id/reminders',
  schema: {
    summary: 'Remind the parents of a sample not taken: twice at most',
    tags,
    params,
    body: z.strictObject({ on: CivilDate }),
    response: { 201: BloodSpot },
  },
  config: { ...keep, conditional: true },
})
const spotRecord = {
  url: '/api/v1/blood-spots',
  tag: 'newborn-screening',
  shown: BloodSpot,
  reason: Text(200),
} as const
export const correctBloodSpot = correctionOf(
  spotRecord,
  'Correct what was said of a sample: voids it with the reason and appends its replacement, with what was answered since',
  z.strictObject(sampling).partial(),
)
export const voidBloodSpot = voidingOf(spotRecord, 'Void a blood spot entered by mistake')

const Task = z.object({
  id: Id,
  state: z.string(),
  dueBy: CivilDate.nullable(),
})
/** A newborn of the ward with what was done and what is due. */
export const WardChild = z.object({
  child: Child,
  motherId: Id.nullable(),
  motherName: z.string().nullable(),
  bornOn: CivilDate,
  bornAt: z.string().nullable(),
  /** 0 on the day of birth. */
  ageDays: z.int(),
  isPreterm: z.boolean(),
  bloodSpot: Task.nullable(),
  hearing: Task.nullable(),
  cchd: Task.nullable(),
})
export type WardChild = z.infer<typeof WardChild>
export const listWard = defineEndpoint({
  method: 'GET',
  url: '/api/v1/ward-newborns',
  schema: {
    summary: 'Children born in my facility, with their three screens; the latest birth first',
    tags,
    querystring: z.strictObject({ ...PageQuery, from: CivilDate, to: CivilDate }),
    response: { 200: Page(WardChild) },
  },
  config: read,
})

export const recallKinds = {
  SAMPLE: ['重新采血', 'Sample again'],
  RECALL: ['召回确诊', 'Recall'],
  TREATMENT: ['开始治疗', 'Begin treatment'],
  FOLLOW_UP: ['治疗后随访', 'Follow up'],
  RESCREEN: ['听力复筛', 'Hearing rescreen'],
  HEARING_DIAGNOSIS: ['听力诊断', 'Hearing diagnosis'],
  INTERVENTION: ['听力干预', 'Hearing intervention'],
  ECHO: ['心脏超声', 'Echocardiogram'],
} as const
export const NewbornRecall = z.object({
  id: Id,
  child: Child,
  kind: codesOf(recallKinds),
  dueBy: CivilDate,
  isOverdue: z.boolean(),
})
export type NewbornRecall = z.infer<typeof NewbornRecall>
export const listNewbornRecalls = defineEndpoint({
  method: 'GET',
  url: '/api/v1/newborn-recalls',
  schema: {
    summary: 'Children of my facility to be called back, the earliest day first',
    tags,
    querystring: z.strictObject({ ...PageQuery }),
    response: { 200: Page(NewbornRecall) },
  },
  config: read,
})
