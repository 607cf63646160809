import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Fen, Id, Page, PageQuery, QueryFlag, Text } from '../values.ts'

const tags = ['child-follow-up'] as [string]
const params = z.strictObject({ id: Id })
const reading = { permission: 'care.read', dataClass: 'L4' } as const
const recording = { permission: 'care.record', dataClass: 'L4' } as const

export const followUpConsents = {
  NOT_ASKED: ['尚未征询', 'Not asked yet'],
  GIVEN: ['同意随访', 'Agreed'],
  REFUSED: ['不同意随访', 'Declined'],
  WITHDRAWN: ['已撤回', 'Withdrawn'],
} as const
export const FollowUpConsent = z.enum(['NOT_ASKED', 'GIVEN', 'REFUSED', 'WITHDRAWN'])
export type FollowUpConsent = z.infer<typeof FollowUpConsent>

export const childVisitItems = {
  CHILD_42D: ['42天', '42 days'],
  CHILD_3M: ['3月龄', '3 months'],
  CHILD_6M: ['6月龄', '6 months'],
  CHILD_12M: ['12月龄', '12 months'],
  CHILD_2Y: ['2岁', '2 years'],
  CHILD_3Y: ['3岁', '3 years'],
  CHILD_4Y: ['4岁', '4 years'],
  CHILD_5Y: ['5岁', '5 years'],
  CHILD_6Y: ['6岁', '6 years'],
  CHILD_7Y: ['7岁', '7 years'],
} as const
export const ChildVisitItem = z.enum(
  Object.keys(childVisitItems) as [keyof typeof childVisitItems, ...(keyof typeof childVisitItems)[]],
)
export type ChildVisitItem = z.infer<typeof ChildVisitItem>

export const childVisitStates = {
  NOT_DUE: ['未到期', 'Not due'],
  DUE: ['应随访', 'Due'],
  OVERDUE: ['已逾期', 'Overdue'],
  DONE: ['已随访', 'Done'],
  DECLINED: ['家长不需要', 'Declined'],
  LOST: ['未联系上', 'Not reached'],
  DECEASED: ['已故', 'Deceased'],
  CANCELLED: ['已取消', 'Cancelled'],
} as const
export const ChildVisitState = z.enum(
  Object.keys(childVisitStates) as [keyof typeof childVisitStates, ...(keyof typeof childVisitStates)[]],
)
export type ChildVisitState = z.infer<typeof ChildVisitState>

export const childOutcomes = {
  CURED: ['治愈', 'Cured'],
  IMPROVED: ['好转', 'Improved'],
  STABLE: ['稳定', 'Unchanged'],
  WORSE: ['加重', 'Worse'],
  DIED: ['死亡', 'Died'],
} as const
export const ChildOutcome = z.enum(['CURED', 'IMPROVED', 'STABLE', 'WORSE', 'DIED'])

export const childSupportKinds = {
  TREATMENT: ['治疗', 'Treatment'],
  SURGERY: ['手术', 'Surgery'],
  REHABILITATION: ['康复', 'Rehabilitation'],
  FUND: ['救助基金申请', 'Rescue fund application'],
  DISABILITY_CERTIFICATE: ['残疾人证', 'Disability certificate'],
} as const
export const ChildSupportKind = z.enum([
  'TREATMENT',
  'SURGERY',
  'REHABILITATION',
  'FUND',
  'DISABILITY_CERTIFICATE',
])
export type ChildSupportKind = z.infer<typeof ChildSupportKind>
export const childSupportResults = {
  PLANNED: ['计划中', 'Planned'],
  UNDER_WAY: ['进行中', 'Under way'],
  DONE: ['已完成', 'Done'],
  APPLIED: ['已申请', 'Applied'],
  GRANTED: ['已获批', 'Granted'],
  NOT_GRANTED: ['未获批', 'Not granted'],
  ISSUED: ['已发证', 'Issued'],
} as const
export const ChildSupportResult = z.enum([
  'PLANNED',
  'UNDER_WAY',
  'DONE',
  'APPLIED',
  'GRANTED',
  'NOT_GRANTED',
  'ISSUED',
])
export const supportResultsOf: Record<ChildSupportKind, readonly z.infer<typeof ChildSupportResult>[]> = {
  TREATMENT: ['PLANNED', 'UNDER_WAY', 'DONE'],
  SURGERY: ['PLANNED', 'DONE'],
  REHABILITATION: ['PLANNED', 'UNDER_WAY', 'DONE'],
  FUND: ['APPLIED', 'GRANTED', 'NOT_GRANTED'],
  DISABILITY_CERTIFICATE: ['APPLIED', 'ISSUED', 'NOT_GRANTED'],
}

export const childCloseReasons = {
  COMPLETED: ['随访期满', 'Completed'],
  DECLINED: ['家长不再需要', 'Ended by the family'],
  LOST: ['失访', 'Lost'],
  DECEASED: ['已故', 'Deceased'],
  MOVED: ['迁出', 'Moved away'],
} as const
export const ChildCloseReason = z.enum(['COMPLETED', 'DECLINED', 'LOST', 'DECEASED', 'MOVED'])

export const contactModes = {
  VISIT: ['到院', 'At the facility'],
  PHONE: ['电话', 'By phone'],
  HOME: ['上门', 'At home'],
  ONLINE: ['线上', 'Online'],
} as const
export const ContactMode = z.enum(['VISIT', 'PHONE', 'HOME', 'ONLINE'])
export const consentGivers = {
  MOTHER: ['母亲', 'Mother'],
  FATHER: ['父亲', 'Father'],
  GUARDIAN: ['其他监护人', 'Other guardian'],
} as const
export const ConsentGiver = z.enum(['MOTHER', 'FATHER', 'GUARDIAN'])

const Child = z.object({ id: Id, name: z.string(), sex: z.string(), birthDate: CivilDate })
const visitFields = {
  id: Id,
  item: ChildVisitItem,
  dueFrom: CivilDate,
  dueOn: CivilDate,
  dueTo: CivilDate,
  state: ChildVisitState,
  settledOn: CivilDate.nullable(),
  mode: ContactMode.nullable(),
  outcome: ChildOutcome.nullable(),
  isOnTreatment: z.boolean().nullable(),
  isOnRehabilitation: z.boolean().nullable(),
  reason: z.string().nullable(),
  version: z.int(),
}
/** 随访节点 */
export const ChildVisit = z.object({ ...visitFields, note: z.string().nullable() })
export type ChildVisit = z.infer<typeof ChildVisit>
export const ChildSupport = z.object({
  id: Id,
  kind: ChildSupportKind,
  occurredOn: CivilDate,
  result: ChildSupportResult.nullable(),
  amountFen: Fen.nullable(),
  note: z.string().nullable(),
  voidedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
})
export type ChildSupport = z.infer<typeof ChildSupport>

/** 出生缺陷儿随访 */
export const ChildFollowUpRow = z.object({
  id: Id,
  child: Child,
  openedOn: CivilDate,
  consent: FollowUpConsent,
  closedOn: CivilDate.nullable(),
  closeReason: ChildCloseReason.nullable(),
  next: z
    .object({ id: Id, item: ChildVisitItem, dueOn: CivilDate, dueTo: CivilDate, state: ChildVisitState })
    .nullable(),
  version: z.int(),
})
export type ChildFollowUpRow = z.infer<typeof ChildFollowUpRow>
export const ChildFollowUp = ChildFollowUpRow.extend({
  chainId: Id.nullable(),
  caseId: Id.nullable(),
  consentOn: CivilDate.nullable(),
  consentBy: ConsentGiver.nullable(),
  isOurs: z.boolean(),
  visits: z.array(ChildVisit),
  supports: z.array(ChildSupport),
})
export type ChildFollowUp = z.infer<typeof ChildFollowUp>

export const listChildFollowUps = defineEndpoint({
  method: 'GET',
  url: '/api/v1/child-follow-ups',
  schema: {
    summary: 'Children in follow-up at my facility; `isDue` those whose next visit is due or overdue',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      childId: Id.optional(),
      consent: FollowUpConsent.optional(),
      isDue: QueryFlag.optional(),
      isOpen: QueryFlag.optional(),
    }),
    response: { 200: Page(ChildFollowUpRow) },
  },
  config: reading,
})
export const getChildFollowUp = defineEndpoint({
  method: 'GET',
  url: '/api/v1/child-follow-ups/:id',
  schema: {
    summary: 'One child: visits, treatment and support',
    tags,
    params,
    response: { 200: ChildFollowUp },
  },
  config: reading,
})
const consentFields = { consent: z.enum(['GIVEN', 'REFUSED', 'WITHDRAWN']), on: CivilDate, by: ConsentGiver }
export const NewChildFollowUp = z.strictObject({
  childId: Id,
  on: CivilDate,
  chainId: Id.optional(),
  caseId: Id.optional(),
  consent: z.strictObject({ ...consentFields, consent: z.enum(['GIVEN', 'REFUSED']) }).optional(),
})
export type NewChildFollowUp = z.infer<typeof NewChildFollowUp>
export const startChildFollowUp = defineEndpoint({
  method: 'POST',
  url: '/api/v1/child-follow-ups',
  schema: {
    summary: 'Open the follow-up of a child; without consent nothing is planned',
    tags,
    body: NewChildFollowUp,
    response: { 201: ChildFollowUp },
  },
  config: { ...recording, idempotent: true },
})
export const GivenConsent = z.strictObject(consentFields)
export type GivenConsent = z.infer<typeof GivenConsent>
export const giveFollowUpConsent = defineEndpoint({
  method: 'PUT',
  url: '/api/v1/child-follow-ups/:id/consent',
  schema: {
    summary: 'What the family says: agreed plans, declined or withdrawn ends all contact',
    tags,
    params,
    body: GivenConsent,
    response: { 200: ChildFollowUp },
  },
  config: { ...recording, conditional: true },
})
export const closeChildFollowUp = defineEndpoint({
  method: 'PUT',
  url: '/api/v1/child-follow-ups/:id/closing',
  schema: {
    summary: 'Close a follow-up',
    tags,
    params,
    body: z.strictObject({ reason: ChildCloseReason, on: CivilDate }),
    response: { 200: ChildFollowUp },
  },
  config: { ...recording, conditional: true },
})
export const SettledVisit = z.strictObject({
  state: z.enum(['DONE', 'DECLINED', 'LOST', 'DECEASED']),
  on: CivilDate,
  mode: ContactMode.optional(),
  outcome: ChildOutcome.optional(),
  isOnTreatment: z.boolean().optional(),
  isOnRehabilitation: z.boolean().optional(),
  reason: z.string().max(30).optional(),
  note: Text(1000).optional(),
  /** The family wants no further contact. */
  endsContact: z.boolean().optional(),
})
export type SettledVisit = z.infer<typeof SettledVisit>
export const settleChildVisit = defineEndpoint({
  method: 'PUT',
  url: '/api/v1/child-visits/:id/outcome',
  schema: {
    summary: 'What became of a follow-up visit',
    tags,
    params,
    body: SettledVisit,
    response: { 200: ChildFollowUp },
  },
  config: { ...recording, conditional: true },
})
export const NewChildSupport = z.strictObject({
  kind: ChildSupportKind,
  occurredOn: CivilDate,
  result: ChildSupportResult.optional(),
  amountFen: Fen.min(0).max(1_000_000_000).optional(),
  note: Text(500).optional(),
})
export type NewChildSupport = z.infer<typeof NewChildSupport>
export const recordChildSupport = defineEndpoint({
  method: 'POST',
  url: '/api/v1/child-follow-ups/:id/supports',
  schema: {
    summary: 'Treatment, surgery, rehabilitation, fund application or disability certificate',
    tags,
    params,
    body: NewChildSupport,
    response: { 201: ChildFollowUp },
  },
  config: { ...recording, idempotent: true },
})
export const voidChildSupport = defineEndpoint({
  method: 'POST',
  url: '/api/v1/child-supports/:id/void',
  schema: {
    summary: 'Void what was entered by mistake',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: ChildFollowUp },
  },
  config: { ...recording, idempotent: true },
})
