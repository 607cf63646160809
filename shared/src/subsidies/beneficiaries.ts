import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'

/** A month by its first day. */
export const Month = CivilDate.refine((day) => day.endsWith('-01'))

export const BeneficiaryState = z.enum(['ACTIVE', 'SUSPENDED', 'STOPPED', 'TRANSFERRED'])
export type BeneficiaryState = z.infer<typeof BeneficiaryState>
export const beneficiaryStates = {
  ACTIVE: ['在享', 'Active'],
  SUSPENDED: ['暂停', 'Suspended'],
  STOPPED: ['终止', 'Stopped'],
  TRANSFERRED: ['已转出', 'Transferred'],
} as const

export const SuspendReason = z.enum([
  'NOT_VERIFIED',
  'HUKOU_OUT',
  'NEW_CHILD_REVIEW',
  'CONDITION_REVIEW',
  'OBJECTION',
  'ACCOUNT',
  'OTHER',
])
export type SuspendReason = z.infer<typeof SuspendReason>
export const suspendReasons = {
  NOT_VERIFIED: ['逾期未年审', 'Not verified in time'],
  HUKOU_OUT: ['户口迁出待转移', 'Hukou moved out; transfer pending'],
  NEW_CHILD_REVIEW: ['新生育或收养待复核', 'New birth or adoption to be reviewed'],
  CONDITION_REVIEW: ['资格条件待复核', 'Conditions to be reviewed'],
  OBJECTION: ['异议调查中', 'An objection is being looked into'],
  ACCOUNT: ['账户待核实', 'Account to be verified'],
  OTHER: ['其他', 'Other'],
} as const

export const StopReason = z.enum([
  'DEATH',
  'MOVED_OUT',
  'HUKOU_OUT',
  'AGE_36M',
  'AGE_18Y',
  'CHILD_CONDITION_LOST',
  'NEW_BIRTH_OR_ADOPTION',
  'GRADE_ABOVE_3',
  'HEALED',
  'CHILD_DEATH',
  'FALSE_EVIDENCE',
  'NOT_VERIFIED',
  'TRANSFERRED',
  'STACKING',
  'PROGRAMME_CLOSED',
  'WITHDRAWN',
  'OTHER',
])
export type StopReason = z.infer<typeof StopReason>
export const stopReasons = {
  DEATH: ['死亡', 'Death'],
  MOVED_OUT: ['迁出本县', 'Moved out of the county'],
  HUKOU_OUT: ['户口迁出或注销', 'Hukou moved out or cancelled'],
  AGE_36M: ['年满三周岁', 'Turned three'],
  AGE_18Y: ['子女年满十八周岁', 'The child turned eighteen'],
  CHILD_CONDITION_LOST: ['不再符合子女条件', 'The condition on children no longer holds'],
  NEW_BIRTH_OR_ADOPTION: ['再生育或收养', 'A further birth or adoption'],
  GRADE_ABOVE_3: ['残疾等级不再符合', 'The disability grade no longer qualifies'],
  HEALED: ['并发症已治愈', 'The complication has healed'],
  CHILD_DEATH: ['子女死亡', 'Death of the child'],
  FALSE_EVIDENCE: ['提供虚假材料', 'False evidence'],
  NOT_VERIFIED: ['逾期未年审', 'Not verified in time'],
  TRANSFERRED: ['转移至其他县', 'Transferred to another county'],
  STACKING: ['不可与其他项目同享', 'Not beside another programme'],
  PROGRAMME_CLOSED: ['项目终止', 'The programme ended'],
  WITHDRAWN: ['本人放弃', 'Given up by the person'],
  OTHER: ['其他', 'Other'],
} as const

export const BeneficiaryEventKind = z.enum([
  'ACTIVATED',
  'CLAIMED',
  'SUSPENDED',
  'RESUMED',
  'STOPPED',
  'REINSTATED',
  'LEVEL',
  'PAYEE',
  'ESTATE',
  'TRANSFER_SENT',
  'TRANSFERRED',
  'TRANSFER_REFUSED',
  'MOVED',
  'VERIFIED',
])
export type BeneficiaryEventKind = z.infer<typeof BeneficiaryEventKind>
export const beneficiaryEventKinds = {
  ACTIVATED: ['确认享受', 'Confirmed'],
  CLAIMED: ['年度申领', 'Claimed for the year'],
  SUSPENDED: ['暂停', 'Suspended'],
  RESUMED: ['恢复', 'Resumed'],
  STOPPED: ['终止', 'Stopped'],
  REINSTATED: ['撤销终止', 'Stop taken back'],
  LEVEL: ['档次变更', 'Level changed'],
  PAYEE: ['领取人变更', 'Payee changed'],
  ESTATE: ['遗属领取', 'To the estate'],
  TRANSFER_SENT: ['发起转移', 'Transfer sent'],
  TRANSFERRED: ['转移完成', 'Transferred'],
  TRANSFER_REFUSED: ['转移被退回', 'Transfer refused'],
  MOVED: ['户口在县内迁移', 'Hukou moved within the county'],
  VERIFIED: ['年审通过', 'Verified'],
} as const

const Place = z.object({ code: DivisionCode, name: z.string() })
const Somebody = z.object({ id: Id, name: z.string() })

/** A beneficiary as lists show one: the name always masked. */
export const BeneficiaryRow = z.object({
  id: Id,
  programme: z.string(),
  person: Somebody,
  place: Place,
  state: BeneficiaryState,
  fromMonth: CivilDate,
  toMonth: CivilDate.nullable(),
  stopReason: StopReason.nullable(),
  suspendedFrom: CivilDate.nullable(),
  suspendReason: SuspendReason.nullable(),
  nextVerificationOn: CivilDate.nullable(),
  /** Entitled for the present month. */
  monthFen: Fen,
  version: z.int(),
})
export type BeneficiaryRow = z.infer<typeof BeneficiaryRow>

export const BeneficiaryEvent = z.object({
  id: Id,
  kind: BeneficiaryEventKind,
  month: CivilDate,
  reason: z.string().nullable(),
  document: z.string().nullable(),
  note: z.string().nullable(),
  bySystem: z.boolean(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
})

export const Sums = z.object({
  /** Entitled up to and with the present month. */
  entitledFen: Fen,
  /** In items that are under way or paid. */
  allocatedFen: Fen,
  paidFen: Fen,
  /** Entitled and in no item yet: what the next roster takes. */
  dueFen: Fen,
  /** Paid beyond entitlement. */
  overFen: Fen,
})
export type Sums = z.infer<typeof Sums>

export const Beneficiary = BeneficiaryRow.extend({
  payee: Somebody,
  applicationId: Id.nullable(),
  versionId: Id,
  level: z.string(),
  levels: z.array(z.object({ fromMonth: CivilDate, level: z.string(), cause: z.string() })),
  confirmedOn: CivilDate,
  claimedYears: z.array(z.int()).nullable(),
  sums: Sums,
  overpayments: z.array(z.object({ id: Id, number: z.string(), state: z.string(), amountFen: Fen })),
  transfer: z
    .object({
      id: Id,
      toCounty: z.int(),
      lastMonth: CivilDate,
      state: z.enum(['SENT', 'CONFIRMED', 'REFUSED']),
    })
    .nullable(),
  events: z.array(BeneficiaryEvent),
})
export type Beneficiary = z.infer<typeof Beneficiary>

/** What a change of months would do, before it is done. */
export const EntitlementPreview = z.object({
  preview: z.literal(true),
  state: BeneficiaryState,
  fromMonth: CivilDate,
  toMonth: CivilDate.nullable(),
  monthsChanged: z.int(),
  risenFen: Fen,
  fallenFen: Fen,
  dueFen: Fen,
  overFen: Fen,
  changes: z.array(z.object({ month: CivilDate, beforeFen: Fen, afterFen: Fen, reason: z.string() })),
})
export type EntitlementPreview = z.infer<typeof EntitlementPreview>

const tags = ['beneficiaries'] as [string]
const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })
const seen = { permission: 'beneficiary.read', dataClass: 'L3' } as const
const changed = {
  permission: 'beneficiary.manage',
  dataClass: 'L3',
  idempotent: true,
  conditional: true,
} as const
const response = { 200: EntitlementPreview, 201: Beneficiary }

export const listBeneficiaries = defineEndpoint({
  method: 'GET',
  url: '/api/v1/beneficiaries',
  schema: {
    summary: 'Beneficiaries of my area, names masked',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      programme: Text(20).optional(),
      state: BeneficiaryState.optional(),
      suspendReason: SuspendReason.optional(),
      division: DivisionCode.optional(),
      personId: Id.optional(),
      /** A name, from its beginning. */
      name: Text(40).optional(),
      verificationBefore: CivilDate.optional(),
    }),
    response: { 200: Page(BeneficiaryRow) },
  },
  config: seen,
})

export const getBeneficiary = defineEndpoint({
  method: 'GET',
  url: '/api/v1/beneficiaries/:id',
  schema: {
    summary: 'One beneficiary with everything that happened',
    tags,
    params,
    response: { 200: Beneficiary },
  },
  config: seen,
})

export const Suspension = z.strictObject({
  fromMonth: Month,
  reason: SuspendReason.exclude(['HUKOU_OUT', 'NEW_CHILD_REVIEW']),
  note: Text(200).optional(),
  document: Text(80).optional(),
})
export const suspendBeneficiary = defineEndpoint({
  method: 'POST',
  url: '/api/v1/beneficiaries/:id/suspensions',
  schema: {
    summary: 'Suspend from a month on; with dryRun=true what that would do',
    tags,
    params,
    querystring: dryRun,
    body: Suspension,
    response,
  },
  config: changed,
})

export const Resumption = z.strictObject({
  note: Text(200).optional(),
  document: Text(80).optional(),
  nextVerificationOn: CivilDate.optional(),
})
export const resumeBeneficiary = defineEndpoint({
  method: 'POST',
  url: '/api/v1/beneficiaries/:id/resumptions',
  schema: {
    summary: 'Resume; the months of the suspension become due as arrears',
    tags,
    params,
    querystring: dryRun,
    body: Resumption,
    response,
  },
  config: changed,
})

export const Stop = z.strictObject({
  lastMonth: Month,
  reason: StopReason.exclude(['TRANSFERRED']),
  document: Text(80),
  note: Text(200).optional(),
})
export const stopBeneficiary = defineEndpoint({
  method: 'POST',
  url: '/api/v1/beneficiaries/:id/stops',
  schema: { summary: 'Stop after a last month', tags, params, querystring: dryRun, body: Stop, response },
  config: changed,
})

export const Reinstatement = z.strictObject({ document: Text(80), note: Text(200).optional() })
export const reinstateBeneficiary = defineEndpoint({
  method: 'POST',
  url: '/api/v1/beneficiaries/:id/reinstatements',
  schema: {
    summary: 'Take back a stop that was decided by a person',
    tags,
    params,
    querystring: dryRun,
    body: Reinstatement,
    response,
  },
  config: changed,
})

export const LevelChange = z.strictObject({ level: Text(20), fromMonth: Month, document: Text(80) })
export const changeLevel = defineEndpoint({
  method: 'POST',
  url: '/api/v1/beneficiaries/:id/levels',
  schema: {
    summary: 'Another level from a month on (a regraded disability, a child’s death)',
    tags,
    params,
    querystring: dryRun,
    body: LevelChange,
    response,
  },
  config: changed,
})

/** After a death the unpaid months go to the estate, once. */
export const EstateClaim = z.strictObject({ payeeId: Id, relation: Text(40), document: Text(80) })
export const claimForEstate = defineEndpoint({
  method: 'POST',
  url: '/api/v1/beneficiaries/:id/estate-claims',
  schema: {
    summary: 'Unpaid months of a deceased person go to the estate, once',
    tags,
    params,
    querystring: dryRun,
    body: EstateClaim,
    response,
  },
  config: changed,
})

export const PayeeChange = z.strictObject({ payeeId: Id, ground: Text(60), document: Text(80) })
export const changePayee = defineEndpoint({
  method: 'POST',
  url: '/api/v1/beneficiaries/:id/payees',
  schema: {
    summary: 'Another payee for a person who cannot receive herself (guardianship)',
    tags,
    params,
    querystring: dryRun,
    body: PayeeChange,
    response,
  },
  config: changed,
})

export const TransferOut = z.strictObject({
  toCounty: z.int().min(110000).max(999999),
  lastMonth: Month,
  document: Text(80),
})
export const transferBeneficiary = defineEndpoint({
  method: 'POST',
  url: '/api/v1/beneficiaries/:id/transfers',
  schema: {
    summary: 'Ask another county to go on paying after a last month',
    tags,
    params,
    querystring: dryRun,
    body: TransferOut,
    response,
  },
  config: changed,
})

export const TransferAnswer = z.strictObject({ accept: z.boolean(), document: Text(80) })
export const answerBeneficiaryTransfer = defineEndpoint({
  method: 'POST',
  url: '/api/v1/beneficiaries/:id/transfer-answers',
  schema: {
    summary: 'Enter what the receiving county answered, with its document',
    tags,
    params,
    querystring: dryRun,
    body: TransferAnswer,
    response,
  },
  config: changed,
})
