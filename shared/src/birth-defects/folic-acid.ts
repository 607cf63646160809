import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CareText } from './fetal-sex.ts'
import { voidingOf } from './record-corrections.ts'

const params = z.strictObject({ id: Id })
const tags = ['folic-acid'] as [string]
const reading = { permission: 'care.read', dataClass: 'L4' } as const
const recording = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const

/** 叶酸产品: what a box holds; the stock itself is kept with the other supplies. */
export const FolicAcidProduct = z.object({
  itemCode: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  unitZh: z.string(),
  unitEn: z.string(),
  microgramsPerTablet: z.int(),
  tabletsPerBox: z.int(),
  isHighDose: z.boolean(),
  source: z.string(),
})
export type FolicAcidProduct = z.infer<typeof FolicAcidProduct>

/** 大剂量指征 */
export const HighDoseIndication = z.enum([
  'PREVIOUS_NTD',
  'OWN_NTD',
  'FAMILY_NTD',
  'EPILEPSY_DRUG',
  'DIABETES',
  'OBESITY',
  'MALABSORPTION',
  'OTHER',
])
export type HighDoseIndication = z.infer<typeof HighDoseIndication>
export const highDoseIndications = {
  PREVIOUS_NTD: ['曾生育神经管缺陷儿', 'Earlier child with a neural tube defect'],
  OWN_NTD: ['夫妻一方患神经管缺陷', 'Either of them has a neural tube defect'],
  FAMILY_NTD: ['家族中有神经管缺陷', 'Neural tube defect in the family'],
  EPILEPSY_DRUG: ['服用抗癫痫药', 'Antiepileptic drugs'],
  DIABETES: ['糖尿病', 'Diabetes'],
  OBESITY: ['肥胖（BMI ≥ 30）', 'Obesity (BMI ≥ 30)'],
  MALABSORPTION: ['胃肠道吸收不良', 'Malabsorption'],
  OTHER: ['其他（处方注明）', 'Other (in the prescription)'],
} as const

export const Prescription = z.strictObject({
  prescriber: Text(40),
  prescribedOn: CivilDate,
  indication: HighDoseIndication,
  number: Text(40).nullable().default(null),
})
export type Prescription = z.infer<typeof Prescription>

/** 每人不超过 6 瓶 (F18): more is given all the same, with a word to whoever gives it. */
export const FolicAcidWarning = z.enum([
  'BEYOND_SIX_BOXES',
  'LAST_OF_STOCK',
  'STOCK_AT_HOME',
  'AFTER_FIRST_TRIMESTER',
])
export type FolicAcidWarning = z.infer<typeof FolicAcidWarning>
export const folicAcidWarnings = {
  BEYOND_SIX_BOXES: ['累计超过 6 瓶', 'More than six boxes in all'],
  LAST_OF_STOCK: ['本库已发完', 'The last of the stock'],
  STOCK_AT_HOME: ['手中应还有余量', 'She should still have tablets'],
  AFTER_FIRST_TRIMESTER: ['已过孕早期', 'The first trimester is over'],
} as const

const given = {
  clientId: Id,
  occurredOn: CivilDate,
  storeId: Id,
  itemCode: z.string().regex(/^[A-Z]{2}\d{3}$/),
  boxes: z.int().min(1).max(12),
  tabletsPerDay: z.int().min(1).max(12),
  /** First day she takes from these boxes. */
  startsOn: CivilDate,
  /** 末次月经, where she is pregnant. */
  lastMenstruationOn: CivilDate.nullable(),
  prescription: Prescription.nullable(),
}
export const GivenFolicAcid = z
  .strictObject(given)
  .partial({ tabletsPerDay: true, startsOn: true, lastMenstruationOn: true, prescription: true })
export type GivenFolicAcid = z.infer<typeof GivenFolicAcid>

export const FolicAcidIssue = z.object({
  id: Id,
  courseId: Id,
  occurredOn: CivilDate,
  itemCode: z.string(),
  boxes: z.int(),
  tablets: z.int(),
  tabletsPerDay: z.int(),
  microgramsPerDay: z.int(),
  isHighDose: z.boolean(),
  startsOn: CivilDate,
  coversUntil: CivilDate,
  dispensingId: Id.nullable(),
  prescription: Prescription.nullable(),
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
})
export type FolicAcidIssue = z.infer<typeof FolicAcidIssue>

export const FolicAcidFollowUp = z.object({
  id: Id,
  occurredOn: CivilDate,
  fromDay: CivilDate,
  toDay: CivilDate,
  daysTaken: z.int(),
  sideEffects: z.boolean(),
  note: z.string().nullable(),
  voidedAt: Instant.nullable(),
})
export type FolicAcidFollowUp = z.infer<typeof FolicAcidFollowUp>

export const CourseEnd = z.enum([
  'FIRST_TRIMESTER_OVER',
  'SIDE_EFFECTS',
  'NOT_PREGNANT',
  'DECLINED',
  'MOVED',
  'LOST',
  'OTHER',
])
export type CourseEnd = z.infer<typeof CourseEnd>
export const courseEnds = {
  FIRST_TRIMESTER_OVER: ['服至孕早期结束', 'Until the end of the first trimester'],
  SIDE_EFFECTS: ['不良反应', 'Side effects'],
  NOT_PREGNANT: ['不再备孕', 'No longer plans a pregnancy'],
  DECLINED: ['本人不需要', 'Declined'],
  MOVED: ['迁出', 'Moved'],
  LOST: ['失访', 'Lost to follow-up'],
  OTHER: ['其他', 'Other'],
} as const

export const Adherence = z.enum(['ADHERENT', 'NOT_ADHERENT', 'NOT_YET', 'UNKNOWN'])
export type Adherence = z.infer<typeof Adherence>
export const adherences = {
  ADHERENT: ['依从（≥ 80 %）', 'Adherent (≥ 80 %)'],
  NOT_ADHERENT: ['未达 80 %', 'Below 80 %'],
  NOT_YET: ['未到孕中期', 'Not yet in mid-pregnancy'],
  UNKNOWN: ['无服用记录', 'Nothing told'],
} as const

export const FolicAcidCourseRow = z.object({
  id: Id,
  client: z.object({ id: Id, name: z.string(), birthDate: CivilDate }),
  chainId: Id.nullable(),
  startedOn: CivilDate,
  endedOn: CivilDate.nullable(),
  endReason: CourseEnd.nullable(),
  isHighDose: z.boolean(),
  boxes: z.int(),
  coversUntil: CivilDate,
  /** A week before the tablets run out; null when the course is over. */
  refillDueOn: CivilDate.nullable(),
  lastMenstruationOn: CivilDate.nullable(),
  adherence: Adherence,
  version: z.int(),
})
export type FolicAcidCourseRow = z.infer<typeof FolicAcidCourseRow>
export const FolicAcidCourse = FolicAcidCourseRow.extend({
  issues: z.array(FolicAcidIssue),
  followUps: z.array(FolicAcidFollowUp),
  /** Days taken of the days from the start to the end of the first trimester. */
  daysTaken: z.int(),
  daysAsked: z.int().nullable(),
})
export type FolicAcidCourse = z.infer<typeof FolicAcidCourse>
export const FolicAcidGiven = FolicAcidCourse.extend({
  issueId: Id,
  warnings: z.array(FolicAcidWarning),
  left: z.int(),
})
export type FolicAcidGiven = z.infer<typeof FolicAcidGiven>

export const listFolicAcidProducts = defineEndpoint({
  method: 'GET',
  url: '/api/v1/folic-acid-products',
  schema: {
    summary: 'Products, with what a box holds and the source',
    tags,
    response: { 200: z.object({ items: z.array(FolicAcidProduct) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})
export const listFolicAcidCourses = defineEndpoint({
  method: 'GET',
  url: '/api/v1/folic-acid-courses',
  schema: {
    summary: 'Who takes folic acid from my facility; those who need a refill first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      isOpen: QueryFlag.optional(),
      /** The refill is due by this day. */
      refillBy: CivilDate.optional(),
    }),
    response: { 200: Page(FolicAcidCourseRow) },
  },
  config: reading,
})
export const getFolicAcidCourse = defineEndpoint({
  method: 'GET',
  url: '/api/v1/folic-acid-courses/:id',
  schema: {
    summary: 'One course: boxes, contacts, adherence',
    tags,
    params,
    response: { 200: FolicAcidCourse },
  },
  config: reading,
})
export const issueFolicAcid = defineEndpoint({
  method: 'POST',
  url: '/api/v1/folic-acid-issues',
  schema: {
    summary: 'Hand out folic acid: the record and the stock in one go; above 0.4 mg only by prescription',
    tags,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: GivenFolicAcid,
    response: { 200: FolicAcidGiven, 201: FolicAcidGiven },
  },
  config: recording,
})
export const voidFolicAcidIssue = voidingOf(
  {
    url: '/api/v1/folic-acid-issues',
    tag: 'folic-acid',
    shown: FolicAcidCourse,
    reason: Text(200),
  },
  'Void an issue entered by mistake: the boxes go back to the stock',
)
export const FolicAcidCorrection = z.strictObject({
  set: z.strictObject(given).omit({ clientId: true }).partial(),
  reason: Text(200),
})
export type FolicAcidCorrection = z.infer<typeof FolicAcidCorrection>
export const correctFolicAcidIssue = defineEndpoint({
  method: 'POST',
  url: '/api/v1/folic-acid-issues/:id/corrections',
  schema: {
    summary: 'Void an issue with the reason and append what it should have said; the stock follows',
    tags,
    params,
    body: FolicAcidCorrection,
    response: { 201: FolicAcidGiven },
  },
  config: recording,
})
export const NewFolicAcidFollowUp = z.strictObject({
  occurredOn: CivilDate,
  fromDay: CivilDate,
  toDay: CivilDate,
  daysTaken: z.int().min(0).max(400),
  sideEffects: z.boolean(),
  lastMenstruationOn: CivilDate.nullable().default(null),
  ended: z.strictObject({ endedOn: CivilDate, reason: CourseEnd }).nullable().default(null),
  note: CareText(500).nullable().default(null),
})
export type NewFolicAcidFollowUp = z.infer<typeof NewFolicAcidFollowUp>
export const followFolicAcid = defineEndpoint({
  method: 'POST',
  url: '/api/v1/folic-acid-courses/:id/follow-ups',
  schema: {
    summary: 'What she says of the days since: taken, stopped, pregnant since',
    tags,
    params,
    body: NewFolicAcidFollowUp,
    response: { 201: FolicAcidCourse },
  },
  config: recording,
})
export const voidFolicAcidFollowUp = defineEndpoint({
  method: 'POST',
  url: '/api/v1/folic-acid-courses/:id/follow-ups/void',
  schema: {
    summary: 'Void a contact entered by mistake',
    tags,
    params,
    body: z.strictObject({ followUpId: Id, reason: Text(200) }),
    response: { 201: FolicAcidCourse },
  },
  config: recording,
})

/** 叶酸知晓率调查: counts only, nobody's answer. */
export const FolicAcidSurvey = z.object({
  id: Id,
  occurredOn: CivilDate,
  division: z.object({ code: DivisionCode, name: z.string() }),
  mothers: z.int(),
  surveyed: z.int(),
  aware: z.int(),
  /** Less than a tenth of the mothers were asked (F18). */
  isTooSmall: z.boolean(),
  voidedAt: Instant.nullable(),
})
export type FolicAcidSurvey = z.infer<typeof FolicAcidSurvey>
export const NewFolicAcidSurvey = z
  .strictObject({
    occurredOn: CivilDate,
    divisionCode: DivisionCode,
    mothers: z.int().min(1).max(1_000_000),
    surveyed: z.int().min(1).max(1_000_000),
    aware: z.int().min(0).max(1_000_000),
  })
  .refine(({ aware, surveyed }) => aware <= surveyed, { path: ['aware'], params: { code: 'invalid-value' } })
  .refine(({ surveyed, mothers }) => surveyed <= mothers, {
    path: ['surveyed'],
    params: { code: 'invalid-value' },
  })
export type NewFolicAcidSurvey = z.infer<typeof NewFolicAcidSurvey>
export const listFolicAcidSurveys = defineEndpoint({
  method: 'GET',
  url: '/api/v1/folic-acid-surveys',
  schema: {
    summary: 'Surveys on who knows of folic acid',
    tags,
    querystring: z.strictObject({ ...PageQuery }),
    response: { 200: Page(FolicAcidSurvey) },
  },
  config: { permission: 'care.read', dataClass: 'L1' },
})
export const recordFolicAcidSurvey = defineEndpoint({
  method: 'POST',
  url: '/api/v1/folic-acid-surveys',
  schema: {
    summary: 'Enter the counts of a survey',
    tags,
    body: NewFolicAcidSurvey,
    response: { 201: FolicAcidSurvey },
  },
  config: { permission: 'care.record', dataClass: 'L1', idempotent: true },
})
export const voidFolicAcidSurvey = defineEndpoint({
  method: 'POST',
  url: '/api/v1/folic-acid-surveys/:id/void',
  schema: {
    summary: 'Void a survey entered by mistake',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: FolicAcidSurvey },
  },
  config: { permission: 'care.record', dataClass: 'L1', idempotent: true },
})
