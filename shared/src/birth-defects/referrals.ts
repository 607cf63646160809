import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CareText } from './fetal-sex.ts'

/** What one facility sends people to another for (优生监测网络). */
export const referralPurposes = {
  PRECONCEPTION: ['孕前优生检查', 'Preconception check'],
  HIGH_RISK: ['高危妊娠管理', 'High-risk pregnancy'],
  EMERGENCY: ['危急重症救治', 'Emergency'],
  INFECTION: ['感染性疾病诊治', 'Infectious disease'],
  PRENATAL_SCREENING: ['产前筛查', 'Prenatal screening'],
  PRENATAL_DIAGNOSIS: ['产前诊断', 'Prenatal diagnosis'],
  DELIVERY: ['住院分娩', 'Delivery'],
  NEWBORN_SCREENING: ['新生儿筛查与确诊', 'Newborn screening'],
  CHILD_TREATMENT: ['患儿诊治与康复', 'Treatment of the child'],
  GENETIC_COUNSELLING: ['遗传咨询', 'Genetic counselling'],
} as const
export const ReferralPurpose = z.enum(
  Object.keys(referralPurposes) as [keyof typeof referralPurposes, ...(keyof typeof referralPurposes)[]],
)
export type ReferralPurpose = z.infer<typeof ReferralPurpose>

const Facility = z.object({ id: Id, name: z.string() })

export const ReferralLink = z.object({
  id: Id,
  from: Facility,
  to: Facility,
  purposes: z.array(ReferralPurpose),
  /** Within how many days an answer is expected. */
  answerDays: z.int(),
  phone: z.string().nullable(),
  validFrom: CivilDate,
  validTo: CivilDate.nullable(),
  version: z.int(),
})
export type ReferralLink = z.infer<typeof ReferralLink>

export const listReferralLinks = defineEndpoint({
  method: 'GET',
  url: '/api/v1/referral-links',
  schema: {
    summary: 'The network of the county: who refers to whom for what',
    tags: ['referrals'],
    querystring: z.strictObject({
      fromId: Id.optional(),
      purpose: ReferralPurpose.optional(),
      on: CivilDate.optional(),
      /** Links that have ended, too. */
      all: QueryFlag.optional(),
    }),
    response: { 200: z.object({ items: z.array(ReferralLink) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

export const NewReferralLink = z.strictObject({
  fromId: Id,
  toId: Id,
  purposes: z.array(ReferralPurpose).min(1).max(10),
  answerDays: z.int().min(0).max(90).default(14),
  phone: Text(40).nullable().default(null),
  validFrom: CivilDate,
})
export type NewReferralLink = z.output<typeof NewReferralLink>

export const addReferralLink = defineEndpoint({
  method: 'POST',
  url: '/api/v1/referral-links',
  schema: {
    summary: 'A new link of the network',
    tags: ['referrals'],
    body: NewReferralLink,
    response: { 201: ReferralLink },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true },
})

const params = z.strictObject({ id: Id })

export const changeReferralLink = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/referral-links/:id',
  schema: {
    summary: 'Change or end a link',
    tags: ['referrals'],
    params,
    body: z
      .strictObject({
        purposes: z.array(ReferralPurpose).min(1).max(10),
        answerDays: z.int().min(0).max(90),
        phone: Text(40).nullable(),
        validTo: CivilDate.nullable(),
      })
      .partial(),
    response: { 200: ReferralLink },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', conditional: true },
})

/** SENT → RECEIVED → ANSWERED → CLOSED; NOT_COME and CANCELLED are closed without an answer. */
export const referralStatuses = {
  SENT: ['已转出', 'Sent'],
  RECEIVED: ['已接收', 'Received'],
  ANSWERED: ['已反馈', 'Answered'],
  CLOSED: ['已闭环', 'Closed'],
  NOT_COME: ['未到诊', 'Did not come'],
  CANCELLED: ['已撤回', 'Taken back'],
} as const
export const ReferralStatus = z.enum(
  Object.keys(referralStatuses) as [keyof typeof referralStatuses, ...(keyof typeof referralStatuses)[]],
)
export type ReferralStatus = z.infer<typeof ReferralStatus>

export const referralUrgencies = {
  EMERGENCY: ['立即', 'At once'],
  SOON: ['三日内', 'Within three days'],
  ROUTINE: ['常规', 'Routine'],
} as const
export const ReferralUrgency = z.enum(['EMERGENCY', 'SOON', 'ROUTINE'])

export const referralResults = {
  TREATED_HERE: ['本机构继续管理', 'Care goes on here'],
  SENT_BACK: ['转回原机构管理', 'Back to who sent her'],
  ADMITTED: ['收住院', 'Admitted'],
  REFERRED_ON: ['继续上转', 'Referred further'],
  NOTHING_FOUND: ['未见异常', 'Nothing found'],
} as const
export const ReferralResult = z.enum(
  Object.keys(referralResults) as [keyof typeof referralResults, ...(keyof typeof referralResults)[]],
)

/** She agrees, or there is no referral; what she is told with it goes with the letter. */
export const NewReferralPart = z.strictObject({
  purpose: ReferralPurpose,
  urgency: ReferralUrgency.default('ROUTINE'),
  /** A facility of the platform, or the name of another. */
  toId: Id.optional(),
  toName: Text(100).optional(),
  agreed: z.boolean(),
  letter: CareText(2000),
})
export type NewReferralPart = z.output<typeof NewReferralPart>

export const NewReferral = NewReferralPart.extend({
  womanId: Id,
  pregnancyId: Id.optional(),
  childId: Id.optional(),
  occurredOn: CivilDate,
})
export type NewReferral = z.output<typeof NewReferral>

const Person = z.object({ id: Id, name: z.string(), birthDate: CivilDate })

export const ReferralRow = z.object({
  id: Id,
  woman: Person,
  pregnancyId: Id.nullable(),
  childId: Id.nullable(),
  purpose: ReferralPurpose,
  urgency: ReferralUrgency,
  from: Facility,
  to: z.object({ id: Id.nullable(), name: z.string() }),
  /** Sent by my facility, or to it. */
  box: z.enum(['OUT', 'IN', 'CHAIN']),
  status: ReferralStatus,
  occurredOn: CivilDate,
  answerDueOn: CivilDate,
  receivedOn: CivilDate.nullable(),
  answeredOn: CivilDate.nullable(),
  closedOn: CivilDate.nullable(),
  isOverdue: z.boolean(),
  version: z.int(),
})
export type ReferralRow = z.infer<typeof ReferralRow>

export const Referral = ReferralRow.extend({
  letter: z.string(),
  result: ReferralResult.nullable(),
  answer: z.string().nullable(),
  closing: z.string().nullable(),
  recordedAt: Instant,
})
export type Referral = z.infer<typeof Referral>

export const listReferrals = defineEndpoint({
  method: 'GET',
  url: '/api/v1/referrals',
  schema: {
    summary: 'Referrals sent by my facility or to it; the loops that are open, the longest waiting first',
    tags: ['referrals'],
    querystring: z.strictObject({
      ...PageQuery,
      box: z.enum(['IN', 'OUT']).default('OUT'),
      status: ReferralStatus.optional(),
      open: QueryFlag.optional(),
      overdue: QueryFlag.optional(),
    }),
    response: { 200: Page(ReferralRow) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

export const getReferral = defineEndpoint({
  method: 'GET',
  url: '/api/v1/referrals/:id',
  schema: {
    summary: 'One referral with its letter and answer',
    tags: ['referrals'],
    params,
    response: { 200: Referral },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

export const sendReferral = defineEndpoint({
  method: 'POST',
  url: '/api/v1/referrals',
  schema: {
    summary: 'Refer her to another facility, with her agreement',
    tags: ['referrals'],
    body: NewReferral,
    response: { 201: Referral },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

/** Received, answered and not come are said by who received (or by the sender of one outside the platform); the rest by the sender. */
export const ReferralMove = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('RECEIVED'), on: CivilDate }),
  z.strictObject({
    to: z.literal('ANSWERED'),
    on: CivilDate,
    result: ReferralResult,
    answer: CareText(2000),
  }),
  z.strictObject({ to: z.literal('NOT_COME'), on: CivilDate, note: CareText(500).optional() }),
  z.strictObject({ to: z.literal('CLOSED'), on: CivilDate, note: CareText(500).optional() }),
  z.strictObject({ to: z.literal('CANCELLED'), on: CivilDate, note: CareText(500) }),
])
export type ReferralMove = z.output<typeof ReferralMove>

export const moveReferral = defineEndpoint({
  method: 'POST',
  url: '/api/v1/referrals/:id/moves',
  schema: {
    summary: 'Receive, answer, close or take back a referral',
    tags: ['referrals'],
    params,
    body: ReferralMove,
    response: { 200: Referral },
  },
  config: { permission: 'care.record', dataClass: 'L4', conditional: true },
})
