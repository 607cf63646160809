import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { RiskColour } from '../population/value-sets.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CareText } from './fetal-sex.ts'

export const planContactModes = {
  CLINIC: ['门诊', 'At the clinic'],
  HOME: ['入户', 'At home'],
  PHONE: ['电话', 'By phone'],
  HOSPITAL: ['上级医院', 'At the hospital'],
} as const
export const PlanContactMode = z.enum(['CLINIC', 'HOME', 'PHONE', 'HOSPITAL'])

export const planContactStates = {
  PLANNED: ['待随访', 'Planned'],
  DONE: ['已随访', 'Done'],
  DECLINED: ['本人拒绝', 'Declined'],
  UNREACHABLE: ['未联系上', 'Not reached'],
  CANCELLED: ['取消', 'Cancelled'],
} as const
export const PlanContactState = z.enum(['PLANNED', 'DONE', 'DECLINED', 'UNREACHABLE', 'CANCELLED'])

export const planOutcomes = {
  DELIVERED: ['已分娩', 'Delivered'],
  RISK_LOWERED: ['风险降低，转常规管理', 'The risk is lower: usual care'],
  REFERRED: ['转上级机构管理', 'Cared for elsewhere'],
  PREGNANCY_ENDED: ['妊娠终止', 'The pregnancy ended'],
  DECLINED: ['本人不愿继续', 'She does not wish it'],
  MOVED: ['迁出', 'Moved away'],
  LOST: ['失访', 'Lost'],
} as const
export const PlanOutcome = z.enum(
  Object.keys(planOutcomes) as [keyof typeof planOutcomes, ...(keyof typeof planOutcomes)[]],
)
export type PlanOutcome = z.infer<typeof PlanOutcome>

const Woman = z.object({ id: Id, name: z.string(), birthDate: CivilDate })

export const PlanGoal = z.strictObject({ text: CareText(200), reachedOn: CivilDate.nullable().default(null) })

export const PlanContact = z.object({
  id: Id,
  dueOn: CivilDate,
  mode: PlanContactMode,
  purpose: z.string(),
  state: PlanContactState,
  doneOn: CivilDate.nullable(),
  result: z.string().nullable(),
})
export type PlanContact = z.infer<typeof PlanContact>

export const HighRiskPlanRow = z.object({
  id: Id,
  pregnancyId: Id,
  woman: Woman,
  expectedOn: CivilDate,
  openedOn: CivilDate,
  colour: RiskColour,
  isPurple: z.boolean(),
  responsible: z.string(),
  /** The next contact that is planned. */
  nextDueOn: CivilDate.nullable(),
  isLate: z.boolean(),
  closedOn: CivilDate.nullable(),
  outcome: PlanOutcome.nullable(),
  isMine: z.boolean(),
  version: z.int(),
})
export type HighRiskPlanRow = z.infer<typeof HighRiskPlanRow>

export const HighRiskPlan = HighRiskPlanRow.extend({
  items: z.array(z.string()),
  goals: z.array(z.object({ text: z.string(), reachedOn: CivilDate.nullable() })),
  deliveryAt: z.string().nullable(),
  measures: z.string().nullable(),
  closing: z.string().nullable(),
  contacts: z.array(PlanContact),
  recordedAt: Instant,
})
export type HighRiskPlan = z.infer<typeof HighRiskPlan>

const params = z.strictObject({ id: Id })
const reading = { permission: 'care.read', dataClass: 'L4' } as const
const changing = { permission: 'care.record', dataClass: 'L4', conditional: true } as const

export const listHighRiskPlans = defineEndpoint({
  method: 'GET',
  url: '/api/v1/high-risk-plans',
  schema: {
    summary: 'Plans of my facility, those whose next contact is soonest first',
    tags: ['antenatal-care'],
    querystring: z.strictObject({ ...PageQuery, closed: QueryFlag.optional(), late: QueryFlag.optional() }),
    response: { 200: Page(HighRiskPlanRow) },
  },
  config: reading,
})

export const getHighRiskPlan = defineEndpoint({
  method: 'GET',
  url: '/api/v1/high-risk-plans/:id',
  schema: { summary: 'One plan', tags: ['antenatal-care'], params, response: { 200: HighRiskPlan } },
  config: reading,
})

const NewContact = z.strictObject({
  dueOn: CivilDate,
  mode: PlanContactMode.default('CLINIC'),
  purpose: CareText(200),
})

export const NewHighRiskPlan = z.strictObject({
  pregnancyId: Id,
  openedOn: CivilDate,
  /** Who is responsible, by name. */
  responsible: Text(50),
  goals: z.array(PlanGoal).min(1).max(12),
  measures: CareText(2000).nullable().default(null),
  deliveryAt: Text(100).nullable().default(null),
  contacts: z.array(NewContact).min(1).max(30),
})
export type NewHighRiskPlan = z.output<typeof NewHighRiskPlan>

export const openHighRiskPlan = defineEndpoint({
  method: 'POST',
  url: '/api/v1/high-risk-plans',
  schema: {
    summary: 'Open a plan of her own for a pregnancy of orange, red or purple',
    tags: ['antenatal-care'],
    body: NewHighRiskPlan,
    response: { 201: HighRiskPlan },
  },
  config: { permission: 'care.record', dataClass: 'L4', idempotent: true },
})

export const ChangedHighRiskPlan = z
  .strictObject({
    responsible: Text(50),
    goals: z.array(PlanGoal).min(1).max(12),
    measures: CareText(2000).nullable(),
    deliveryAt: Text(100).nullable(),
    /** Added to those planned. */
    contacts: z.array(NewContact).max(30),
  })
  .partial()
export type ChangedHighRiskPlan = z.output<typeof ChangedHighRiskPlan>

export const changeHighRiskPlan = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/high-risk-plans/:id',
  schema: {
    summary: 'Change a plan: who is responsible, goals, measures, further contacts',
    tags: ['antenatal-care'],
    params,
    body: ChangedHighRiskPlan,
    response: { 200: HighRiskPlan },
  },
  config: changing,
})

export const PlanContactResult = z.strictObject({
  contactId: Id,
  state: PlanContactState.exclude(['PLANNED']),
  doneOn: CivilDate,
  result: CareText(1000).nullable().default(null),
})
export type PlanContactResult = z.output<typeof PlanContactResult>

export const settlePlanContact = defineEndpoint({
  method: 'POST',
  url: '/api/v1/high-risk-plans/:id/contacts',
  schema: {
    summary: 'What came of a planned contact',
    tags: ['antenatal-care'],
    params,
    body: PlanContactResult,
    response: { 200: HighRiskPlan },
  },
  config: changing,
})

export const PlanClosing = z.strictObject({
  closedOn: CivilDate,
  outcome: PlanOutcome,
  note: CareText(1000).nullable().default(null),
})
export type PlanClosing = z.output<typeof PlanClosing>

export const closeHighRiskPlan = defineEndpoint({
  method: 'POST',
  url: '/api/v1/high-risk-plans/:id/closing',
  schema: {
    summary: 'Close a plan with its outcome',
    tags: ['antenatal-care'],
    params,
    body: PlanClosing,
    response: { 200: HighRiskPlan },
  },
  config: changing,
})
