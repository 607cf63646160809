import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, Text } from '../values.ts'

/** Programmes that have ended, or whose payments of old are kept. */
export const closedProgrammes = {
  P03: ['独生子女父母奖励费（历年）', 'Only-child parents’ reward, past years'],
  P05: ['独生子女伤亡家庭养老救助', 'Old-age aid for bereaved families'],
  P15: ['保证金退付', 'Refund of deposits'],
  P16: ['中考加分等政策性优惠（已取消）', 'Withdrawn privileges'],
} as const
export const ClosedProgramme = z.enum(['P03', 'P05', 'P15', 'P16'])
export type ClosedProgramme = z.infer<typeof ClosedProgramme>
export const rowOutcomes = {
  PAID: ['已兑现', 'Paid'],
  REFUNDED: ['已退付', 'Refunded'],
  UNREACHABLE: ['无法联系', 'Unreachable'],
  WITHDRAWN: ['已取消', 'Withdrawn'],
} as const
export const RowOutcome = z.enum(['PAID', 'REFUNDED', 'UNREACHABLE', 'WITHDRAWN'])
export type RowOutcome = z.infer<typeof RowOutcome>
export const rowPayers = {
  EMPLOYER: ['用人单位', 'Employer'],
  COUNTY: ['县财政', 'County'],
  VILLAGE: ['村集体', 'Village'],
} as const
export const RowPayer = z.enum(['EMPLOYER', 'COUNTY', 'VILLAGE'])

const tags = ['closed-ledgers'] as [string]
const params = z.strictObject({ id: Id })

/** 历史台账 */
export const ClosedLedger = z.object({
  id: Id,
  programme: ClosedProgramme,
  title: z.string(),
  document: z.string(),
  fromOn: CivilDate,
  toOn: CivilDate,
  statedFen: Fen,
  statedPeople: z.int().nullable(),
  rows: z.int(),
  people: z.int(),
  settledFen: Fen,
  unreachableFen: Fen,
  /** Stated less what the rows say: nothing, before it may close. */
  differenceFen: Fen,
  /** On the county's ledger for it. */
  postedFen: Fen,
  state: z.enum(['OPEN', 'CLOSED']),
  madeAt: Instant,
  closedAt: Instant.nullable(),
  isMine: z.boolean(),
  byYear: z.array(z.object({ year: z.int(), rows: z.int(), amountFen: Fen })),
  version: z.int(),
})
export type ClosedLedger = z.infer<typeof ClosedLedger>
export const listClosedLedgers = defineEndpoint({
  method: 'GET',
  url: '/api/v1/closed-ledgers',
  schema: {
    summary: 'Ledgers of programmes that have ended, and whether they reconcile',
    tags,
    response: { 200: z.object({ items: z.array(ClosedLedger) }) },
  },
  config: { permission: 'ledger.read', dataClass: 'L0' },
})
export const getClosedLedger = defineEndpoint({
  method: 'GET',
  url: '/api/v1/closed-ledgers/:id',
  schema: { summary: 'One of them', tags, params, response: { 200: ClosedLedger } },
  config: { permission: 'ledger.read', dataClass: 'L0' },
})
export const ClosedLedgerRow = z.object({
  id: Id,
  reference: z.string(),
  place: z.object({ code: DivisionCode, name: z.string() }),
  period: CivilDate,
  people: z.int(),
  amountFen: Fen,
  payer: RowPayer.nullable(),
  outcome: RowOutcome,
  settledOn: CivilDate.nullable(),
  payee: z.string().nullable(),
})
export type ClosedLedgerRow = z.infer<typeof ClosedLedgerRow>
export const listClosedLedgerRows = defineEndpoint({
  method: 'GET',
  url: '/api/v1/closed-ledgers/:id/rows',
  schema: {
    summary: 'Rows of an old ledger in the order of their period; names masked',
    tags,
    params,
    querystring: z.strictObject({ ...PageQuery, outcome: RowOutcome.optional() }),
    response: { 200: Page(ClosedLedgerRow) },
  },
  config: { permission: 'ledger.read', dataClass: 'L2' },
})
export const NewClosedLedger = z.strictObject({
  programme: ClosedProgramme,
  title: Text(80),
  document: Text(120),
  fromOn: CivilDate,
  toOn: CivilDate,
  statedFen: z.int().min(0).max(1_000_000_000_000),
  statedPeople: z.int().min(1).max(10_000_000).nullable().optional(),
})
export type NewClosedLedger = z.infer<typeof NewClosedLedger>
export const openClosedLedger = defineEndpoint({
  method: 'POST',
  url: '/api/v1/closed-ledgers',
  schema: {
    summary: 'Begin to load an old ledger with what its document says in total',
    tags,
    body: NewClosedLedger,
    response: { 201: ClosedLedger },
  },
  config: { permission: 'payment.make', dataClass: 'L0', idempotent: true },
})
export const OldRow = z.strictObject({
  reference: Text(60),
  division: DivisionCode,
  period: CivilDate,
  people: z.int().min(1).max(10_000_000).optional(),
  amountFen: z.int().min(0).max(100_000_000_000),
  payer: RowPayer.nullable().optional(),
  outcome: RowOutcome,
  settledOn: CivilDate.nullable().optional(),
  payee: Text(40).nullable().optional(),
})
export type OldRow = z.infer<typeof OldRow>
export const loadClosedLedgerRows = defineEndpoint({
  method: 'POST',
  url: '/api/v1/closed-ledgers/:id/rows',
  schema: {
    summary: 'Load rows of an old ledger: all of them or none',
    tags,
    params,
    body: z.strictObject({ rows: z.array(OldRow).min(1).max(5000) }),
    response: { 201: ClosedLedger },
  },
  config: { permission: 'payment.make', dataClass: 'L2', idempotent: true },
})
export const settleClosedLedger = defineEndpoint({
  method: 'POST',
  url: '/api/v1/closed-ledgers/:id/closings',
  schema: {
    summary:
      'Close an old ledger that reconciles, by somebody else than who loaded it; it is posted to the county’s ledger',
    tags,
    params,
    response: { 201: ClosedLedger },
  },
  config: { permission: 'ledger.post', dataClass: 'L0', idempotent: true },
})

/** 对账: what the lists of a programme come to beside what the county's ledger says. */
export const Reconciled = z.object({
  programme: z.string(),
  year: z.int(),
  source: z.enum(['SETTLEMENTS', 'HISTORY']),
  count: z.int(),
  listedFen: Fen,
  ledgerFen: Fen,
  differenceFen: Fen,
})
export type Reconciled = z.infer<typeof Reconciled>
export const getReconciliation = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-reconciliation',
  schema: {
    summary: 'Settlements and old ledgers beside the county’s ledger, by programme and year',
    tags,
    response: { 200: z.object({ items: z.array(Reconciled), differences: z.int() }) },
  },
  config: { permission: 'ledger.read', dataClass: 'L0' },
})
