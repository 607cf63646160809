import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CareText } from './fetal-sex.ts'

const tags = ['family-files'] as [string]
const params = z.strictObject({ id: Id })
const reading = { permission: 'care.read', dataClass: 'L4' } as const
const recording = { permission: 'care.record', dataClass: 'L4' } as const

export const familyKnownBy = {
  CASE: ['出生缺陷登记', 'Defect case'],
  SURVEY: ['儿童遗传病调查', 'Survey of children'],
  FAMILY: ['家庭提出', 'The family itself'],
} as const
export const FamilyKnownBy = z.enum(['CASE', 'SURVEY', 'FAMILY'])
export const familyContacts = {
  NOT_ASKED: ['尚未征询', 'Not asked yet'],
  AGREED: ['同意联系', 'Wants to be contacted'],
  DECLINED: ['不希望联系', 'Wants no contact'],
} as const
export const FamilyContact = z.enum(['NOT_ASKED', 'AGREED', 'DECLINED'])
/** What the family wants of us; a plan for another child asks nobody's leave. */
export const familyWishes = {
  ANOTHER_CHILD: ['考虑再生育，需要优生咨询', 'Thinks of another child and wants counselling'],
  COUNSELLING: ['遗传咨询', 'Genetic counselling'],
  TREATMENT_SUPPORT: ['治疗与救助', 'Treatment and support'],
  NOTHING_NOW: ['暂无需要', 'Nothing for now'],
} as const
export const FamilyWish = z.enum(['ANOTHER_CHILD', 'COUNSELLING', 'TREATMENT_SUPPORT', 'NOTHING_NOW'])
export const inheritances = {
  CHROMOSOMAL: ['染色体病', 'Chromosomal'],
  AUTOSOMAL_DOMINANT: ['常染色体显性', 'Autosomal dominant'],
  AUTOSOMAL_RECESSIVE: ['常染色体隐性', 'Autosomal recessive'],
  X_LINKED: ['X连锁', 'X-linked'],
  MITOCHONDRIAL: ['线粒体', 'Mitochondrial'],
  MULTIFACTORIAL: ['多因素', 'Multifactorial'],
  NOT_GENETIC: ['非遗传性', 'Not genetic'],
  UNKNOWN: ['未明', 'Unknown'],
} as const
export const Inheritance = z.enum(
  Object.keys(inheritances) as [keyof typeof inheritances, ...(keyof typeof inheritances)[]],
)
export const recurrences = {
  LOW: ['低', 'Low'],
  MODERATE: ['中', 'Moderate'],
  HIGH: ['高', 'High'],
  UNKNOWN: ['未明', 'Unknown'],
} as const
export const Recurrence = z.enum(['LOW', 'MODERATE', 'HIGH', 'UNKNOWN'])
export const familyHistories = {
  NONE: ['无', 'None'],
  PRESENT: ['有', 'Present'],
  UNKNOWN: ['不详', 'Unknown'],
} as const
export const FamilyHistory = z.enum(['NONE', 'PRESENT', 'UNKNOWN'])

const Person = z.object({ id: Id, name: z.string(), birthDate: CivilDate })
const Child = Person.extend({ sex: z.string() })

/** 遗传咨询记录 */
export const GeneticCounselling = z.object({
  id: Id,
  occurredOn: CivilDate,
  inheritance: Inheritance,
  recurrence: Recurrence,
  pedigree: z.string().nullable(),
  explained: z.string().nullable(),
  voidedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
})
/** 0—7岁儿童先天性遗传疾病调查 */
export const ChildSurvey = z.object({
  id: Id,
  child: Child,
  surveyedOn: CivilDate,
  icd10: z.string().nullable(),
  condition: z.string().nullable(),
  familyHistory: FamilyHistory,
  relatives: z.string().nullable(),
  fileId: Id.nullable(),
  voidedAt: z.string().nullable(),
})
export type ChildSurvey = z.infer<typeof ChildSurvey>

/** 病残儿家庭档案 */
export const FamilyFileRow = z.object({
  id: Id,
  child: Child,
  knownBy: FamilyKnownBy,
  knownOn: CivilDate,
  openedOn: CivilDate.nullable(),
  contact: FamilyContact,
  wish: FamilyWish.nullable(),
  closedOn: CivilDate.nullable(),
  version: z.int(),
})
export type FamilyFileRow = z.infer<typeof FamilyFileRow>
export const FamilyFile = FamilyFileRow.extend({
  mother: Person.nullable(),
  father: Person.nullable(),
  note: z.string().nullable(),
  followUpId: Id.nullable(),
  counsellings: z.array(GeneticCounselling),
  surveys: z.array(ChildSurvey.omit({ child: true })),
})
export type FamilyFile = z.infer<typeof FamilyFile>

export const listFamilyFiles = defineEndpoint({
  method: 'GET',
  url: '/api/v1/family-files',
  schema: {
    summary: 'Families known to my facility, with and without a file',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      childId: Id.optional(),
      hasFile: QueryFlag.optional(),
      wish: FamilyWish.optional(),
    }),
    response: { 200: Page(FamilyFileRow) },
  },
  config: reading,
})
export const getFamilyFile = defineEndpoint({
  method: 'GET',
  url: '/api/v1/family-files/:id',
  schema: { summary: 'One family file', tags, params, response: { 200: FamilyFile } },
  config: reading,
})
const fileFields = {
  openedOn: CivilDate.nullable(),
  contact: FamilyContact,
  wish: FamilyWish.nullable(),
  motherId: Id.nullable(),
  fatherId: Id.nullable(),
  note: CareText(2000).nullable(),
}
export const NewFamilyFile = z
  .strictObject({ childId: Id, knownBy: FamilyKnownBy, knownOn: CivilDate, ...fileFields })
  .partial({ openedOn: true, contact: true, wish: true, motherId: true, fatherId: true, note: true })
export type NewFamilyFile = z.infer<typeof NewFamilyFile>
export const openFamilyFile = defineEndpoint({
  method: 'POST',
  url: '/api/v1/family-files',
  schema: {
    summary: 'Know a family, and open its file where it agrees',
    tags,
    body: NewFamilyFile,
    response: { 201: FamilyFile },
  },
  config: { ...recording, idempotent: true },
})
export const ChangedFamilyFile = z.strictObject({ ...fileFields, closedOn: CivilDate.nullable() }).partial()
export type ChangedFamilyFile = z.infer<typeof ChangedFamilyFile>
export const changeFamilyFile = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/family-files/:id',
  schema: {
    summary: 'Open, complete or close a family file',
    tags,
    params,
    body: ChangedFamilyFile,
    response: { 200: FamilyFile },
  },
  config: { ...recording, conditional: true },
})
export const NewCounselling = z.strictObject({
  occurredOn: CivilDate,
  inheritance: Inheritance,
  recurrence: Recurrence,
  pedigree: CareText(4000).optional(),
  explained: CareText(2000).optional(),
})
export type NewCounselling = z.infer<typeof NewCounselling>
export const recordCounselling = defineEndpoint({
  method: 'POST',
  url: '/api/v1/family-files/:id/counsellings',
  schema: {
    summary: 'Record a genetic counselling',
    tags,
    params,
    body: NewCounselling,
    response: { 201: FamilyFile },
  },
  config: { ...recording, idempotent: true },
})
const voiding = z.strictObject({ reason: Text(200) })
export const voidCounselling = defineEndpoint({
  method: 'POST',
  url: '/api/v1/genetic-counsellings/:id/void',
  schema: {
    summary: 'Void a counselling entered by mistake',
    tags,
    params,
    body: voiding,
    response: { 200: FamilyFile },
  },
  config: { ...recording, idempotent: true },
})

export const listChildSurveys = defineEndpoint({
  method: 'GET',
  url: '/api/v1/child-surveys',
  schema: {
    summary: 'Survey of children of 0 to 7 years, newest first',
    tags,
    querystring: z.strictObject({ ...PageQuery, childId: Id.optional(), isPositive: QueryFlag.optional() }),
    response: { 200: Page(ChildSurvey) },
  },
  config: reading,
})
export const NewChildSurvey = z.strictObject({
  childId: Id,
  surveyedOn: CivilDate,
  icd10: z
    .string()
    .regex(/^[A-Z]\d{2}(\.\d{1,3})?$/)
    .optional(),
  condition: Text(300).optional(),
  familyHistory: FamilyHistory,
  relatives: Text(500).optional(),
})
export type NewChildSurvey = z.infer<typeof NewChildSurvey>
export const recordChildSurvey = defineEndpoint({
  method: 'POST',
  url: '/api/v1/child-surveys',
  schema: {
    summary: 'Record a survey; a condition makes the family known',
    tags,
    body: NewChildSurvey,
    response: { 201: ChildSurvey },
  },
  config: { ...recording, idempotent: true },
})
export const voidChildSurvey = defineEndpoint({
  method: 'POST',
  url: '/api/v1/child-surveys/:id/void',
  schema: {
    summary: 'Void a survey entered by mistake',
    tags,
    params,
    body: voiding,
    response: { 200: ChildSurvey },
  },
  config: { ...recording, idempotent: true },
})

/** 培训与宣教签到 */
export const EducationAttendance = z.object({
  id: Id,
  sessionId: Id,
  client: Person,
  occurredOn: CivilDate,
  chainId: Id.nullable(),
})
export type EducationAttendance = z.infer<typeof EducationAttendance>
export const listEducationAttendances = defineEndpoint({
  method: 'GET',
  url: '/api/v1/education-attendances',
  schema: {
    summary: 'Clients of mine who came to a session',
    tags,
    querystring: z.strictObject({ ...PageQuery, sessionId: Id }),
    response: { 200: Page(EducationAttendance) },
  },
  config: reading,
})
export const attendEducation = defineEndpoint({
  method: 'POST',
  url: '/api/v1/education-attendances',
  schema: {
    summary: 'A client came to a session of education; her chain knows it',
    tags,
    body: z.strictObject({ sessionId: Id, clientId: Id }),
    response: { 201: EducationAttendance },
  },
  config: { ...recording, idempotent: true },
})
/** S2-22: 364 sessions, 15,000 person-times. */
export const EducationCounter = z.object({
  kind: z.string(),
  sessions: z.int(),
  audience: z.int(),
})
export const countEducation = defineEndpoint({
  method: 'GET',
  url: '/api/v1/education-counters',
  schema: {
    summary: 'Sessions and person-times of education and training in a period',
    tags,
    querystring: z.strictObject({ from: CivilDate, to: CivilDate }),
    response: { 200: z.object({ items: z.array(EducationCounter) }) },
  },
  config: { permission: 'outreach.read', dataClass: 'L0' },
})
