import { z } from 'zod'
import { codesOf } from '../code-tables.ts'
import { defineEndpoint } from '../endpoint.ts'
import { conceptions, RiskColour, urineProteins } from '../population/value-sets.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag } from '../values.ts'
import { Sign } from './decision-facts.ts'
import { Finding, RowCode, TableCode, Urgency } from './decision-support.ts'
import { CareText } from './fetal-sex.ts'
import { NewReferralPart, ReferralRow } from './referrals.ts'
import { ColourPoint } from './risk.ts'

/** The antenatal visits among the items of the chain. */
export const AntenatalStep = z.enum(['ANC_FIRST', 'ANC_16', 'ANC_21', 'ANC_28', 'ANC_37'])
export type AntenatalStep = z.infer<typeof AntenatalStep>

export const counsellingTopics = {
  NUTRITION: ['营养与体重', 'Food and weight'],
  FOLIC_ACID: ['叶酸与铁钙补充', 'Folic acid, iron, calcium'],
  DANGER_SIGNS: ['危险征象与就医时机', 'Danger signs and when to come'],
  SCREENING: ['产前筛查与诊断', 'Prenatal screening and diagnosis'],
  INFECTION: ['艾滋病、梅毒、乙肝母婴阻断', 'HIV, syphilis and hepatitis B'],
  MOVEMENTS: ['胎动计数', 'Counting movements'],
  BIRTH_PLAN: ['分娩计划与住院分娩', 'Plan for the birth'],
  BREASTFEEDING: ['母乳喂养', 'Breastfeeding'],
  MIND: ['心理保健', 'Mood and mind'],
  NEWBORN: ['新生儿护理与筛查', 'Care and screening of the newborn'],
  CONTRACEPTION: ['产后避孕', 'Contraception after birth'],
} as const
export const CounsellingTopic = z.enum(
  Object.keys(counsellingTopics) as [keyof typeof counsellingTopics, ...(keyof typeof counsellingTopics)[]],
)
export type CounsellingTopic = z.infer<typeof CounsellingTopic>

const tested = z.enum(['NEGATIVE', 'POSITIVE'])
const tenth = (least: number, most: number) => z.number().min(least).max(most).multipleOf(0.1)
const hundredth = (least: number, most: number) => z.number().min(least).max(most).multipleOf(0.01)

/** What was measured, tested or asked; nothing of it is required, and nothing is a bar. */
export const ContactValues = z
  .strictObject({
    parity: z.int().min(0).max(15),
    gravida: z.int().min(1).max(20),
    plurality: z.int().min(1).max(5),
    heightCentimetres: tenth(100, 220),
    weightBeforeKilograms: tenth(25, 250),
    caesareans: z.int().min(0).max(10),
    losses: z.int().min(0).max(20),
    abortions: z.int().min(0).max(20),
    conception: codesOf(conceptions),
    systolic: z.int().min(40).max(260),
    diastolic: z.int().min(20).max(200),
    weightKilograms: tenth(25, 250),
    fundalHeightCentimetres: tenth(5, 60),
    fetalHeartRate: z.int().min(60).max(220),
    temperature: tenth(33, 43),
    pulse: z.int().min(30).max(220),
    oxygenSaturation: z.int().min(50).max(100),
    haemoglobin: z.int().min(30).max(250),
    platelets: z.int().min(1).max(1500),
    alanineAminotransferase: z.int().min(1).max(10_000),
    bileAcid: tenth(0, 1000),
    creatinine: z.int().min(5).max(2000),
    thyrotropin: hundredth(0, 200),
    fastingGlucose: hundredth(1, 40),
    ogttFasting: hundredth(1, 40),
    ogttOneHour: hundredth(1, 50),
    ogttTwoHours: hundredth(1, 50),
    urineProtein: codesOf(urineProteins),
    urineNitrite: tested,
    urineCulture: tested,
    syphilis: tested,
    hiv: z.enum(['NEGATIVE', 'POSITIVE', 'PENDING']),
    hepatitisB: tested,
    hepatitisBe: tested,
    rhesus: tested,
    depressionScore: z.int().min(0).max(30),
  })
  .partial()
export type ContactValues = z.infer<typeof ContactValues>

export const contactPlaces = {
  FACILITY: ['机构内', 'At the facility'],
  HOME: ['入户', 'At home'],
  PHONE: ['电话', 'By phone'],
} as const
export const ContactPlace = z.enum(['FACILITY', 'HOME', 'PHONE'])
export type ContactPlace = z.infer<typeof ContactPlace>

const fields = {
  occurredOn: CivilDate,
  place: ContactPlace,
  values: ContactValues,
  signs: z.array(Sign).max(30),
  counselling: z.array(CounsellingTopic).max(12),
  /** Days' supply handed out. */
  ironDays: z.int().min(0).max(200).nullable(),
  medications: CareText(500).nullable(),
  note: CareText(2000).nullable(),
}
const written = {
  occurredOn: fields.occurredOn,
  place: fields.place.default('FACILITY'),
  values: fields.values.default({}),
  signs: fields.signs.default([]),
  counselling: fields.counselling.default([]),
  ironDays: fields.ironDays.default(null),
  medications: fields.medications.default(null),
  note: fields.note.default(null),
}
/** All risk items that hold now; left out, those of the last contact still do. */
const items = z.array(RowCode).max(120)

export const NewAntenatalContact = z.strictObject({
  pregnancyId: Id,
  ...written,
  items: items.optional(),
  /** Left out, the schedule says when. */
  nextOn: CivilDate.nullable().optional(),
  referral: NewReferralPart.optional(),
})
export type NewAntenatalContact = z.output<typeof NewAntenatalContact>

const Woman = z.object({ id: Id, name: z.string(), birthDate: CivilDate })

/** What the rules make of a contact. */
export const ContactAssessment = z.object({
  gestationDays: z.int(),
  /** The item of the schedule that it settles; null between two of them. */
  step: AntenatalStep.nullable(),
  colour: RiskColour,
  isPurple: z.boolean(),
  reasons: z.array(Finding),
  advice: z.array(Finding),
  urgency: Urgency.nullable(),
  /** Orange, red, purple: a plan of her own is due. */
  needsPlan: z.boolean(),
  /** From yellow on: a hospital of the second level or above is advised. */
  needsHospital: z.boolean(),
  nextOn: CivilDate.nullable(),
})
export type ContactAssessment = z.infer<typeof ContactAssessment>

export const ContactPreview = ContactAssessment.extend({
  before: z.object({ colour: RiskColour, isPurple: z.boolean() }).nullable(),
  /** V4 gestation outside 4–44 weeks. */
  findings: z.array(z.string()),
})
export type ContactPreview = z.infer<typeof ContactPreview>

export const AntenatalContactRow = z.object({
  id: Id,
  pregnancyId: Id,
  woman: Woman,
  occurredOn: CivilDate,
  place: ContactPlace,
  gestationDays: z.int(),
  step: AntenatalStep.nullable(),
  colour: RiskColour,
  isPurple: z.boolean(),
  urgency: Urgency.nullable(),
  nextOn: CivilDate.nullable(),
  isMine: z.boolean(),
  voidedAt: Instant.nullable(),
})
export type AntenatalContactRow = z.infer<typeof AntenatalContactRow>

export const KnownValue = z.object({
  fact: z.string(),
  value: z.union([z.number(), z.string()]),
  /** The day it was taken. */
  on: CivilDate,
})
export type KnownValue = z.infer<typeof KnownValue>

export const AntenatalContact = AntenatalContactRow.extend({
  visitId: Id,
  reasons: z.array(Finding),
  advice: z.array(Finding),
  needsPlan: z.boolean(),
  needsHospital: z.boolean(),
  values: ContactValues,
  /** From earlier contacts, still holding on the day. */
  known: z.array(KnownValue),
  signs: z.array(Sign),
  items: z.array(RowCode),
  counselling: z.array(CounsellingTopic),
  ironDays: z.int().nullable(),
  medications: z.string().nullable(),
  note: z.string().nullable(),
  riskTable: TableCode,
  adviceTable: TableCode,
  /** The stored versions, asked again, answer what was told on the day. */
  isReproduced: z.boolean(),
  recordedAt: Instant,
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
})
export type AntenatalContact = z.infer<typeof AntenatalContact>

/** One line of the schedule that follows from the expected day. */
export const ScheduleStep = z.object({
  item: AntenatalStep,
  fromDays: z.int(),
  toDays: z.int(),
  from: CivilDate,
  to: CivilDate,
  state: z.enum(['NOT_DUE', 'DUE', 'DONE', 'PASSED']),
  doneOn: CivilDate.nullable(),
})
export type ScheduleStep = z.infer<typeof ScheduleStep>

export const needsOfCare = {
  PLAN: ['待建专案', 'Plan to be made'],
  LATE: ['已过预约日', 'Past the day agreed'],
  HIGH: ['橙、红、紫色', 'Orange, red, purple'],
  POSTNATAL: ['待产后访视', 'Postnatal visit due'],
} as const
export const CareNeed = z.enum(['PLAN', 'LATE', 'HIGH', 'POSTNATAL'])
export type CareNeed = z.infer<typeof CareNeed>

export const AntenatalCareRow = z.object({
  /** The pregnancy. */
  id: Id,
  woman: Woman,
  expectedOn: CivilDate,
  gestationDays: z.int().nullable(),
  endedOn: CivilDate.nullable(),
  colour: RiskColour,
  isPurple: z.boolean(),
  firstOn: CivilDate,
  lastOn: CivilDate,
  nextOn: CivilDate.nullable(),
  contacts: z.int(),
  planDueSince: CivilDate.nullable(),
  planId: Id.nullable(),
})
export type AntenatalCareRow = z.infer<typeof AntenatalCareRow>

export const listAntenatalCare = defineEndpoint({
  method: 'GET',
  url: '/api/v1/antenatal-care',
  schema: {
    summary: 'Women in antenatal care of my facility, with what each needs, the next day first',
    tags: ['antenatal-care'],
    querystring: z.strictObject({
      ...PageQuery,
      need: CareNeed.optional(),
      colour: RiskColour.optional(),
      /** Pregnancies that have ended are left out otherwise. */
      ended: QueryFlag.optional(),
    }),
    response: { 200: Page(AntenatalCareRow) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

export const postnatalKinds = {
  VISIT: ['产后访视', 'Postnatal visit'],
  CHECK_42D: ['产后42天检查', 'Check at 42 days'],
} as const
export const PostnatalKind = z.enum(['VISIT', 'CHECK_42D'])
export type PostnatalKind = z.infer<typeof PostnatalKind>

export const breastfeedings = {
  EXCLUSIVE: ['纯母乳', 'Breast milk only'],
  MIXED: ['混合喂养', 'Mixed'],
  FORMULA: ['人工喂养', 'Formula'],
} as const

export const PostnatalContact = z.object({
  id: Id,
  pregnancyId: Id,
  woman: Woman,
  kind: PostnatalKind,
  bornOn: CivilDate,
  occurredOn: CivilDate,
  daysAfterBirth: z.int(),
  place: ContactPlace,
  values: ContactValues,
  signs: z.array(Sign),
  breastfeeding: codesOf(breastfeedings).nullable(),
  counselling: z.array(CounsellingTopic),
  advice: z.array(Finding),
  urgency: Urgency.nullable(),
  medications: z.string().nullable(),
  note: z.string().nullable(),
  adviceTable: TableCode,
  isMine: z.boolean(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
})
export type PostnatalContact = z.infer<typeof PostnatalContact>

export const AntenatalCare = z.object({
  pregnancy: z.object({
    id: Id,
    woman: Woman.extend({ idNumberMask: z.string().nullable(), phoneMask: z.string().nullable() }),
    status: z.string(),
    expectedOn: CivilDate,
    gestationDays: z.int().nullable(),
    endedOn: CivilDate.nullable(),
    bornOn: CivilDate.nullable(),
    registeredOn: CivilDate,
    colour: RiskColour,
  }),
  chainId: Id.nullable(),
  isPurple: z.boolean(),
  schedule: z.array(ScheduleStep),
  /** The first item that is due and not done. */
  next: ScheduleStep.nullable(),
  nextOn: CivilDate.nullable(),
  /** What still holds today, for the form to go on from. */
  known: z.array(KnownValue),
  items: z.array(RowCode),
  colours: z.array(ColourPoint),
  /** The latest first; values of contacts that the facility may read. */
  contacts: z.array(AntenatalContactRow.extend({ values: ContactValues })),
  planDueSince: CivilDate.nullable(),
  planId: Id.nullable(),
  referrals: z.array(ReferralRow),
  postnatal: z.array(PostnatalContact),
})
export type AntenatalCare = z.infer<typeof AntenatalCare>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })
const reading = { permission: 'care.read', dataClass: 'L4' } as const
const recording = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const

export const getAntenatalCare = defineEndpoint({
  method: 'GET',
  url: '/api/v1/antenatal-care/:id',
  schema: {
    summary: 'The care of one pregnancy: schedule, contacts, colours, plan, referrals',
    tags: ['antenatal-care'],
    params,
    response: { 200: AntenatalCare },
  },
  config: reading,
})

export const WomanPregnancy = z.object({
  id: Id,
  status: z.string(),
  expectedOn: CivilDate,
  gestationDays: z.int().nullable(),
  endedOn: CivilDate.nullable(),
  bornOn: CivilDate.nullable(),
  isMine: z.boolean(),
})
export type WomanPregnancy = z.infer<typeof WomanPregnancy>

export const listPregnanciesOfClient = defineEndpoint({
  method: 'GET',
  url: '/api/v1/clients/:id/pregnancies',
  schema: {
    summary: 'The pregnancies of a client, the latest first: where antenatal care begins',
    tags: ['antenatal-care'],
    params,
    response: { 200: z.object({ items: z.array(WomanPregnancy) }) },
  },
  config: reading,
})

export const getAntenatalContact = defineEndpoint({
  method: 'GET',
  url: '/api/v1/antenatal-contacts/:id',
  schema: {
    summary: 'One antenatal contact, with what the rules made of it then and make of it now',
    tags: ['antenatal-care'],
    params,
    response: { 200: AntenatalContact },
  },
  config: reading,
})

export const recordAntenatalContact = defineEndpoint({
  method: 'POST',
  url: '/api/v1/antenatal-contacts',
  schema: {
    summary:
      'An antenatal contact as a whole: visit, assessment, advice, referral; a dry run shows colour and advice',
    tags: ['antenatal-care'],
    querystring: dryRun,
    body: NewAntenatalContact,
    response: { 200: ContactPreview, 201: AntenatalContact },
  },
  config: recording,
})

export const ContactCorrection = z.strictObject({
  /** Without defaults: what is left out stays as it was. */
  set: z.strictObject({ ...fields, items, nextOn: CivilDate.nullable() }).partial(),
  reason: CareText(200),
})

export const correctAntenatalContact = defineEndpoint({
  method: 'POST',
  url: '/api/v1/antenatal-contacts/:id/corrections',
  schema: {
    summary: 'Correct a contact: the wrong one is voided, the right one appended and judged anew',
    tags: ['antenatal-care'],
    params,
    querystring: dryRun,
    body: ContactCorrection,
    response: { 200: ContactPreview, 201: AntenatalContact },
  },
  config: recording,
})

export const voidAntenatalContact = defineEndpoint({
  method: 'POST',
  url: '/api/v1/antenatal-contacts/:id/void',
  schema: {
    summary: 'Void a contact that did not take place',
    tags: ['antenatal-care'],
    params,
    body: z.strictObject({ reason: CareText(200) }),
    response: { 200: AntenatalContact },
  },
  config: recording,
})

export const NewPostnatalContact = z.strictObject({
  pregnancyId: Id,
  kind: PostnatalKind.default('VISIT'),
  ...written,
  /** Where the register does not know the birth yet. */
  bornOn: CivilDate.optional(),
  breastfeeding: codesOf(breastfeedings).nullable().default(null),
})
export type NewPostnatalContact = z.output<typeof NewPostnatalContact>

export const PostnatalPreview = z.object({
  daysAfterBirth: z.int(),
  advice: z.array(Finding),
  urgency: Urgency.nullable(),
})
export type PostnatalPreview = z.infer<typeof PostnatalPreview>

export const recordPostnatalContact = defineEndpoint({
  method: 'POST',
  url: '/api/v1/postnatal-contacts',
  schema: {
    summary: 'A postnatal visit of the mother, or her check at 42 days',
    tags: ['antenatal-care'],
    querystring: dryRun,
    body: NewPostnatalContact,
    response: { 200: PostnatalPreview, 201: PostnatalContact },
  },
  config: recording,
})

export const getPostnatalContact = defineEndpoint({
  method: 'GET',
  url: '/api/v1/postnatal-contacts/:id',
  schema: {
    summary: 'One postnatal contact',
    tags: ['antenatal-care'],
    params,
    response: { 200: PostnatalContact },
  },
  config: reading,
})

const { ironDays: _, ...ofVisit } = fields
export const PostnatalCorrection = z.strictObject({
  /** Without defaults: what is left out stays as it was. */
  set: z
    .strictObject({
      ...ofVisit,
      kind: PostnatalKind,
      bornOn: CivilDate,
      breastfeeding: codesOf(breastfeedings).nullable(),
    })
    .partial(),
  reason: CareText(200),
})

export const correctPostnatalContact = defineEndpoint({
  method: 'POST',
  url: '/api/v1/postnatal-contacts/:id/corrections',
  schema: {
    summary: 'Correct a postnatal contact: the wrong one is voided, the right one appended and judged anew',
    tags: ['antenatal-care'],
    params,
    querystring: dryRun,
    body: PostnatalCorrection,
    response: { 200: PostnatalPreview, 201: PostnatalContact },
  },
  config: recording,
})

export const voidPostnatalContact = defineEndpoint({
  method: 'POST',
  url: '/api/v1/postnatal-contacts/:id/void',
  schema: {
    summary: 'Void a postnatal contact that did not take place',
    tags: ['antenatal-care'],
    params,
    body: z.strictObject({ reason: CareText(200) }),
    response: { 200: PostnatalContact },
  },
  config: recording,
})
