import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { Month } from './beneficiaries.ts'

export const OverpaymentState = z.enum(['IDENTIFIED', 'NOTIFIED', 'CONFIRMED', 'WITHDRAWN', 'CLOSED'])
export type OverpaymentState = z.infer<typeof OverpaymentState>
export const overpaymentStates = {
  IDENTIFIED: ['已发现', 'Identified'],
  NOTIFIED: ['已告知', 'Notified'],
  CONFIRMED: ['已决定', 'Decided'],
  WITHDRAWN: ['不予追回', 'Not reclaimed'],
  CLOSED: ['已结清', 'Closed'],
} as const

export const OverpaymentCause = z.enum([
  'DEATH',
  'MOVED',
  'AGE',
  'CHILD',
  'LEVEL',
  'RATE',
  'FALSE_EVIDENCE',
  'VOIDED',
  'OTHER',
])
export type OverpaymentCause = z.infer<typeof OverpaymentCause>
export const overpaymentCauses = {
  DEATH: ['死亡后发放', 'Paid after a death'],
  MOVED: ['迁出后发放', 'Paid after a move'],
  AGE: ['超龄发放', 'Paid beyond the age'],
  CHILD: ['子女情况变化', 'Children’s circumstances changed'],
  LEVEL: ['档次变更', 'The level changed'],
  RATE: ['标准变更', 'The rate changed'],
  FALSE_EVIDENCE: ['提供虚假材料', 'False evidence'],
  VOIDED: ['给付依据被撤销', 'The ground was taken back'],
  OTHER: ['其他', 'Other'],
} as const

export const RepaymentManner = z.enum([
  'VOLUNTARY_RETURN',
  'INSTALMENTS',
  'OFFSET_WITH_CONSENT',
  'WRITTEN_OFF',
])
export type RepaymentManner = z.infer<typeof RepaymentManner>
export const repaymentManners = {
  VOLUNTARY_RETURN: ['自愿退回', 'Voluntary return'],
  INSTALMENTS: ['分期退回', 'Instalments'],
  OFFSET_WITH_CONSENT: ['经本人同意在同一项目内抵扣', 'Offset in the same programme with consent'],
  WRITTEN_OFF: ['核销', 'Written off'],
} as const

export const OverpaymentStepKind = z.enum([
  'IDENTIFIED',
  'CHANGED',
  'NOTIFIED',
  'REPLIED',
  'CONFIRMED',
  'WITHDRAWN',
  'MANNER',
  'RETURNED',
  'OFFSET',
  'WRITE_OFF_PROPOSED',
  'WRITE_OFF_OFFICE',
  'WRITE_OFF_FINANCE',
  'WRITE_OFF_REFUSED',
  'REPORTED',
  'CLOSED',
])
export type OverpaymentStepKind = z.infer<typeof OverpaymentStepKind>
export const overpaymentStepKinds = {
  IDENTIFIED: ['发现多发', 'Identified'],
  CHANGED: ['金额变动', 'Amount changed'],
  NOTIFIED: ['书面告知', 'Notified in writing'],
  REPLIED: ['收到答复', 'Answer received'],
  CONFIRMED: ['作出决定', 'Decided'],
  WITHDRAWN: ['决定不予追回', 'Not reclaimed'],
  MANNER: ['约定退回方式', 'Manner of return agreed'],
  RETURNED: ['收到退款', 'Money returned'],
  OFFSET: ['同意抵扣', 'Offset agreed'],
  WRITE_OFF_PROPOSED: ['提出核销', 'Write-off proposed'],
  WRITE_OFF_OFFICE: ['卫健局同意核销', 'Write-off approved by the office'],
  WRITE_OFF_FINANCE: ['财务同意核销', 'Write-off approved by finance'],
  WRITE_OFF_REFUSED: ['不同意核销', 'Write-off refused'],
  REPORTED: ['移送有权机关', 'Reported to the authority'],
  CLOSED: ['结清', 'Closed'],
} as const

/** An overpayment as lists show one: the name masked. */
export const OverpaymentRow = z.object({
  id: Id,
  number: z.string(),
  programme: z.string(),
  person: z.object({ id: Id, name: z.string() }),
  place: z.object({ code: DivisionCode, name: z.string() }),
  cause: OverpaymentCause,
  amountFen: Fen,
  returnedFen: Fen,
  writtenOffFen: Fen,
  state: OverpaymentState,
  identifiedOn: CivilDate,
  replyDueOn: CivilDate.nullable(),
  version: z.int(),
})
export type OverpaymentRow = z.infer<typeof OverpaymentRow>

export const Overpayment = OverpaymentRow.extend({
  beneficiaryId: Id.nullable(),
  eventId: Id.nullable(),
  manner: RepaymentManner.nullable(),
  instalmentFen: Fen.nullable(),
  notifiedOn: CivilDate.nullable(),
  repliedOn: CivilDate.nullable(),
  decidedOn: CivilDate.nullable(),
  decisionNumber: z.string().nullable(),
  isReported: z.boolean(),
  closedOn: CivilDate.nullable(),
  writeOffLimitFen: Fen,
  months: z.array(z.object({ month: CivilDate, paidFen: Fen, entitledFen: Fen, amountFen: Fen })),
  offsets: z.array(z.object({ month: CivilDate, amountFen: Fen })),
  steps: z.array(
    z.object({
      id: Id,
      kind: OverpaymentStepKind,
      on: CivilDate,
      amountFen: Fen.nullable(),
      document: z.string().nullable(),
      note: z.string().nullable(),
      recordedAt: Instant,
      recordedBy: z.string().nullable(),
    }),
  ),
})
export type Overpayment = z.infer<typeof Overpayment>

const tags = ['overpayments'] as [string]
const params = z.strictObject({ id: Id })
const seen = { permission: 'beneficiary.read', dataClass: 'L3' } as const
const deed = { dataClass: 'L3', idempotent: true, conditional: true } as const
const worked = { permission: 'beneficiary.manage', ...deed } as const
const response = { 201: Overpayment }

export const listOverpayments = defineEndpoint({
  method: 'GET',
  url: '/api/v1/overpayments',
  schema: {
    summary: 'Overpayments of my area, newest first, names masked',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      state: OverpaymentState.optional(),
      programme: Text(20).optional(),
      personId: Id.optional(),
      division: DivisionCode.optional(),
    }),
    response: { 200: Page(OverpaymentRow) },
  },
  config: seen,
})

export const getOverpayment = defineEndpoint({
  method: 'GET',
  url: '/api/v1/overpayments/:id',
  schema: {
    summary: 'One overpayment with its months and steps',
    tags,
    params,
    response: { 200: Overpayment },
  },
  config: seen,
})

/** She is told in writing, with the evidence; her time to answer begins. */
export const OverpaymentNotice = z.strictObject({
  on: CivilDate,
  document: Text(80),
  note: Text(500).optional(),
})
export const notifyOverpayment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/overpayments/:id/notices',
  schema: {
    summary: 'Tell the person in writing; the period to answer begins',
    tags,
    params,
    body: OverpaymentNotice,
    response,
  },
  config: worked,
})

export const OverpaymentReply = z.strictObject({
  on: CivilDate,
  text: Text(2000),
  document: Text(80).optional(),
})
export const replyToOverpayment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/overpayments/:id/replies',
  schema: { summary: 'Enter what the person answered', tags, params, body: OverpaymentReply, response },
  config: worked,
})

export const OverpaymentDecision = z.strictObject({
  decision: z.enum(['CONFIRM', 'WITHDRAW']),
  on: CivilDate,
  decisionNumber: Text(60),
  reason: Text(1000),
})
export const decideOverpayment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/overpayments/:id/decisions',
  schema: {
    summary: 'The written decision, after the answer or the end of the period; by another than who notified',
    tags,
    params,
    body: OverpaymentDecision,
    response,
  },
  config: { permission: 'application.confirm', ...deed },
})

export const OverpaymentManner = z.discriminatedUnion('manner', [
  z.strictObject({ manner: z.literal('VOLUNTARY_RETURN'), document: Text(80).optional() }),
  z.strictObject({ manner: z.literal('INSTALMENTS'), instalmentFen: Fen.min(1), document: Text(80) }),
  z.strictObject({
    manner: z.literal('OFFSET_WITH_CONSENT'),
    /** The signed consent. */
    document: Text(80),
    fromMonth: Month,
    monthlyFen: Fen.min(1),
  }),
])
export const settleOverpayment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/overpayments/:id/manners',
  schema: { summary: 'Agree on how the money comes back', tags, params, body: OverpaymentManner, response },
  config: worked,
})

export const OverpaymentReturn = z.strictObject({ on: CivilDate, amountFen: Fen.min(1), document: Text(80) })
export const returnOverpayment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/overpayments/:id/returns',
  schema: { summary: 'Money that came back', tags, params, body: OverpaymentReturn, response },
  config: { permission: 'payment.make', ...deed },
})

export const WriteOffProposal = z.strictObject({ reason: Text(500), document: Text(80).optional() })
export const proposeWriteOff = defineEndpoint({
  method: 'POST',
  url: '/api/v1/overpayments/:id/write-offs',
  schema: {
    summary: 'Propose to write off what is left, within the limit',
    tags,
    params,
    body: WriteOffProposal,
    response,
  },
  config: worked,
})

export const WriteOffApproval = z.strictObject({ approve: z.boolean(), document: Text(80) })
export const approveWriteOffInOffice = defineEndpoint({
  method: 'POST',
  url: '/api/v1/overpayments/:id/office-approvals',
  schema: {
    summary: 'First approval of a write-off, by another of the office',
    tags,
    params,
    body: WriteOffApproval,
    response,
  },
  config: { permission: 'application.confirm', ...deed },
})
export const approveWriteOffInFinance = defineEndpoint({
  method: 'POST',
  url: '/api/v1/overpayments/:id/finance-approvals',
  schema: {
    summary: 'Second approval of a write-off, by finance',
    tags,
    params,
    body: WriteOffApproval,
    response,
  },
  config: { permission: 'payment.approve', ...deed },
})

export const AuthorityReport = z.strictObject({ on: CivilDate, document: Text(80) })
export const reportOverpayment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/overpayments/:id/reports',
  schema: {
    summary: 'False evidence is reported to the authority',
    tags,
    params,
    body: AuthorityReport,
    response,
  },
  config: worked,
})

/** What finance must see to approve: no more than the case. */
export const listWriteOffs = defineEndpoint({
  method: 'GET',
  url: '/api/v1/overpayments/write-offs',
  schema: {
    summary: 'Write-offs that wait for the second approval',
    tags,
    querystring: z.strictObject({ ...PageQuery }),
    response: { 200: Page(OverpaymentRow) },
  },
  config: { permission: 'payment.approve', dataClass: 'L3' },
})
