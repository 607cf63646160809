import { z } from 'zod'
import { Icd10 } from '../contraception/check-codes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'

const codes = <const Table extends Record<string, readonly [string, string]>>(table: Table) =>
  z.enum(Object.keys(table) as [keyof Table & string, ...(keyof Table & string)[]])
const params = z.strictObject({ id: Id })
const read = { permission: 'care.read', dataClass: 'L4' } as const
const keep = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const
const tags = ['newborn-screening'] as [string]
const voiding = z.strictObject({ reason: Text(200) })

export const spotItems = {
  PKU: ['苯丙酮尿症（PKU）', 'Phenylketonuria (PKU)'],
  CH: ['先天性甲状腺功能减低症（CH）', 'Congenital hypothyroidism (CH)'],
  G6PD: ['G6PD 缺乏症', 'G6PD deficiency'],
  CAH: ['先天性肾上腺皮质增生症（CAH）', 'Congenital adrenal hyperplasia (CAH)'],
} as const
export const SpotItem = codes(spotItems)
export const spotFlags = {
  NEG: ['阴性', 'Negative'],
  SUSPECT: ['可疑', 'Suspect'],
  POS: ['阳性', 'Positive'],
  UNSAT_SAMPLE: ['标本不合格', 'Unsatisfactory sample'],
} as const
export const SpotFlag = codes(spotFlags)

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
export const SpotState = codes(spotStates)
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
export const NoSampleReason = codes(noSampleReasons)
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
export const voidBloodSpot = defineEndpoint({
  method: 'POST',
  url: '/api/v1/blood-spots/:id/void',
  schema: {
    summary: 'Void a blood spot entered by mistake',
    tags,
    params,
    body: voiding,
    response: { 201: BloodSpot },
  },
  config: keep,
})

export const hearingStages = {
  FIRST: ['初筛', 'First screen'],
  RESCREEN: ['复筛', 'Rescreen'],
  DIAGNOSIS: ['听力诊断', 'Diagnosis'],
  INTERVENTION: ['干预', 'Intervention'],
} as const
export const HearingStage = codes(hearingStages)
export type HearingStage = z.infer<typeof HearingStage>
export const hearingMethods = {
  OAE: ['耳声发射（OAE）', 'Otoacoustic emissions (OAE)'],
  AABR: ['自动听性脑干反应（AABR）', 'Automated brainstem response (AABR)'],
  OAE_AABR: ['OAE + AABR', 'OAE and AABR'],
  ABR: ['诊断型 ABR', 'Diagnostic ABR'],
  OTHER: ['其他', 'Other'],
} as const
export const HearingMethod = codes(hearingMethods)
export const earResults = {
  PASS: ['通过', 'Pass'],
  REFER: ['未通过', 'Refer'],
  NOT_TESTED: ['未查', 'Not tested'],
} as const
export const EarResult = codes(earResults)
export const hearingOutcomes = {
  PASS: ['通过', 'Pass'],
  REFER: ['未通过', 'Refer'],
  NORMAL: ['诊断正常', 'Normal hearing'],
  LOSS: ['听力损失', 'Hearing loss'],
  UNCERTAIN: ['待定', 'Uncertain'],
  STARTED: ['已开始干预', 'Intervention begun'],
} as const
export const HearingOutcome = codes(hearingOutcomes)
export type HearingOutcome = z.infer<typeof HearingOutcome>

const hearing = {
  stage: HearingStage,
  occurredOn: CivilDate,
  method: HearingMethod,
  left: EarResult.nullable().optional(),
  right: EarResult.nullable().optional(),
  /** Of a diagnosis. */
  finding: z.enum(['NORMAL', 'LOSS', 'UNCERTAIN']).nullable().optional(),
  diagnosisCodes: z
    .array(z.string().regex(/^H90(\.[0-9])?$/))
    .max(3)
    .optional(),
  note: Text(500).nullable().optional(),
}
export const NewHearingScreen = z.strictObject({ childId: Id, ...hearing })
export type NewHearingScreen = z.output<typeof NewHearingScreen>
export const HearingScreen = z.object({
  id: Id,
  child: Child,
  chainId: Id.nullable(),
  stage: HearingStage,
  occurredOn: CivilDate,
  ageDays: z.int(),
  method: HearingMethod,
  left: EarResult.nullable(),
  right: EarResult.nullable(),
  outcome: HearingOutcome,
  /** By when the next stage is due. */
  dueBy: CivilDate.nullable(),
  diagnosisCodes: z.array(z.string()),
  note: z.string().nullable(),
  isOurs: z.boolean(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
})
export type HearingScreen = z.infer<typeof HearingScreen>

export const listHearingScreens = defineEndpoint({
  method: 'GET',
  url: '/api/v1/hearing-screens',
  schema: {
    summary: 'Hearing screens of my facility, the latest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      childId: Id.optional(),
      stage: HearingStage.optional(),
      outcome: HearingOutcome.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(HearingScreen) },
  },
  config: read,
})
export const getHearingScreen = defineEndpoint({
  method: 'GET',
  url: '/api/v1/hearing-screens/:id',
  schema: { summary: 'One hearing screen', tags, params, response: { 200: HearingScreen } },
  config: read,
})
export const recordHearingScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/hearing-screens',
  schema: {
    summary: 'Record a hearing screen, a rescreen, the diagnosis or the intervention',
    tags,
    body: NewHearingScreen,
    response: { 201: HearingScreen },
  },
  config: keep,
})
export const correctHearingScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/hearing-screens/:id/corrections',
  schema: {
    summary: 'Correct a hearing screen: voids it with the reason and appends its replacement',
    tags,
    params,
    body: z.strictObject({ set: z.strictObject(hearing).partial(), reason: Text(200) }),
    response: { 201: HearingScreen },
  },
  config: keep,
})
export const voidHearingScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/hearing-screens/:id/void',
  schema: { summary: 'Void a hearing screen', tags, params, body: voiding, response: { 201: HearingScreen } },
  config: keep,
})

export const cchdOutcomes = {
  NEGATIVE: ['阴性', 'Negative'],
  REPEAT: ['2–4 小时后复测', 'Measure again in 2–4 hours'],
  POSITIVE: ['阳性，7 日内心脏超声', 'Positive: echocardiogram within 7 days'],
} as const
export const CchdOutcome = codes(cchdOutcomes)
export const cchdReasons = {
  MURMUR: ['心脏杂音 2 级及以上', 'Murmur of grade 2 or more'],
  LOW_SATURATION: ['血氧饱和度低于 90%', 'Saturation below 90 %'],
  TWICE_BELOW_NORMAL: ['两次均低于 95%', 'Below 95 % twice'],
  DIFFERENCE: ['右手与足相差大于 3%', 'Hand and foot differ by more than 3 %'],
  BELOW_NORMAL: ['90%–94%，需复测', '90–94 %: to be measured again'],
  NORMAL: ['均在正常范围', 'All in the normal range'],
} as const
export const CchdReason = codes(cchdReasons)
export const echoResults = {
  NORMAL: ['未见异常', 'Normal'],
  MINOR: ['轻微，待复查', 'Minor, to be seen again'],
  DEFECT: ['先天性心脏病', 'Congenital heart disease'],
} as const
export const EchoResult = codes(echoResults)

const Saturation = z.int().min(0).max(100)
const cchd = {
  occurredOn: CivilDate,
  hoursAfterBirth: z.int().min(0).max(2000),
  murmurGrade: z.int().min(0).max(6),
  hand: Saturation,
  foot: Saturation,
  repeat: z
    .strictObject({ minutes: z.int().min(1).max(1440), hand: Saturation, foot: Saturation })
    .nullable()
    .optional(),
  note: Text(500).nullable().optional(),
}
export const NewCchdScreen = z.strictObject({ childId: Id, ...cchd })
export type NewCchdScreen = z.output<typeof NewCchdScreen>
export const CchdProgress = z.strictObject({
  repeat: cchd.repeat,
  echo: z
    .strictObject({ on: CivilDate, result: EchoResult, diagnosisCodes: z.array(Icd10).max(4).default([]) })
    .optional(),
})
export type CchdProgress = z.output<typeof CchdProgress>
export const CchdScreen = z.object({
  id: Id,
  child: Child,
  chainId: Id.nullable(),
  occurredOn: CivilDate,
  hoursAfterBirth: z.int(),
  murmurGrade: z.int(),
  hand: z.int(),
  foot: z.int(),
  repeat: z.object({ minutes: z.int(), hand: z.int(), foot: z.int() }).nullable(),
  outcome: CchdOutcome,
  reasons: z.array(CchdReason),
  findings: z.array(z.string()),
  echoBy: CivilDate.nullable(),
  echoOn: CivilDate.nullable(),
  echoResult: EchoResult.nullable(),
  diagnosisCodes: z.array(z.string()),
  note: z.string().nullable(),
  isOurs: z.boolean(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  version: z.int(),
})
export type CchdScreen = z.infer<typeof CchdScreen>

export const listCchdScreens = defineEndpoint({
  method: 'GET',
  url: '/api/v1/cchd-screens',
  schema: {
    summary: 'Heart defect screens of my facility, the latest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      childId: Id.optional(),
      outcome: CchdOutcome.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(CchdScreen) },
  },
  config: read,
})
export const getCchdScreen = defineEndpoint({
  method: 'GET',
  url: '/api/v1/cchd-screens/:id',
  schema: { summary: 'One heart defect screen', tags, params, response: { 200: CchdScreen } },
  config: read,
})
export const recordCchdScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/cchd-screens',
  schema: {
    summary: 'Record murmur and saturations of a newborn; the answer comes with its reasons',
    tags,
    body: NewCchdScreen,
    response: { 201: CchdScreen },
  },
  config: keep,
})
export const continueCchdScreen = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/cchd-screens/:id',
  schema: {
    summary: 'Add the second measurement, or the echocardiogram',
    tags,
    params,
    body: CchdProgress,
    response: { 200: CchdScreen },
  },
  config: { permission: 'care.record', dataClass: 'L4', conditional: true },
})
export const correctCchdScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/cchd-screens/:id/corrections',
  schema: {
    summary: 'Correct a heart defect screen: voids it with the reason and appends its replacement',
    tags,
    params,
    body: z.strictObject({ set: z.strictObject(cchd).partial(), reason: Text(200) }),
    response: { 201: CchdScreen },
  },
  config: keep,
})
export const voidCchdScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/cchd-screens/:id/void',
  schema: {
    summary: 'Void a heart defect screen',
    tags,
    params,
    body: voiding,
    response: { 201: CchdScreen },
  },
  config: keep,
})

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
  kind: codes(recallKinds),
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
