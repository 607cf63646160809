import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import type { Manner } from './programmes.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'

export const rosterStates = {
  DRAFT: ['待送出', 'To be sent'],
  SENT: ['已送出', 'Sent'],
  RETURNED: ['已回盘', 'Returned'],
  VOID: ['已作废', 'Void'],
} as const
export const RosterState = z.enum(['DRAFT', 'SENT', 'RETURNED', 'VOID'])
export type RosterState = z.infer<typeof RosterState>
export const rosterOutcomes = {
  PENDING: ['待发放', 'Pending'],
  PAID: ['已发放', 'Paid'],
  NOT_PAID: ['未发放', 'Not paid'],
} as const
export const RosterOutcome = z.enum(['PENDING', 'PAID', 'NOT_PAID'])

/** 代发项目: another department pays these by a roster; they never go to a bank. */
export const RosterProgramme = z.enum(['P10', 'P12'])
const isRoster = (code: string): boolean => (RosterProgramme.options as readonly string[]).includes(code)
/** Months and events go to accounts by bank batches; services are settled with institutions, closed ledgers pay nobody. */
export const isPaidByBank = (code: string, manner: Manner | null): boolean =>
  !isRoster(code) && manner !== 'SERVICE' && manner !== 'LEDGER'

const tags = ['benefit-rosters'] as [string]
const params = z.strictObject({ id: Id })

/** 代发名册 */
export const BenefitRoster = z.object({
  id: Id,
  number: z.string(),
  programme: RosterProgramme,
  year: z.int(),
  period: CivilDate,
  department: z.string(),
  perPersonFen: Fen,
  state: RosterState,
  people: z.int(),
  totalFen: Fen,
  paidFen: Fen,
  settlement: z.object({ id: Id, state: z.string() }).nullable(),
  madeAt: Instant,
  sentAt: Instant.nullable(),
  returnedAt: Instant.nullable(),
  version: z.int(),
})
export type BenefitRoster = z.infer<typeof BenefitRoster>
export const listRosters = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-rosters',
  schema: {
    summary: 'Rosters that other departments pay, newest first',
    tags,
    querystring: z.strictObject({ ...PageQuery }),
    response: { 200: Page(BenefitRoster) },
  },
  config: { permission: 'payment.read', dataClass: 'L0' },
})
export const getRoster = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-rosters/:id',
  schema: { summary: 'One roster', tags, params, response: { 200: BenefitRoster } },
  config: { permission: 'payment.read', dataClass: 'L0' },
})
export const NewRoster = z.strictObject({
  programme: RosterProgramme,
  /** First day of the period paid for. */
  period: CivilDate,
  department: Text(60),
  perPersonFen: z.int().min(1).max(10_000_000),
})
export type NewRoster = z.infer<typeof NewRoster>
export const RosterPreview = z.object({ preview: z.literal(true), people: z.int(), totalFen: Fen })
export const makeRoster = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-rosters',
  schema: {
    summary: 'Draw up the roster of everybody who draws the benefit on the first day of the period',
    tags,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: NewRoster,
    response: { 200: RosterPreview, 201: BenefitRoster },
  },
  config: { permission: 'payment.make', dataClass: 'L0', idempotent: true },
})
export const RosterLine = z.object({
  seq: z.int(),
  personId: Id,
  name: z.string(),
  place: z.object({ code: DivisionCode, name: z.string() }),
  amountFen: Fen,
  outcome: RosterOutcome,
  paidOn: CivilDate.nullable(),
  reason: z.string().nullable(),
})
export type RosterLine = z.infer<typeof RosterLine>
export const listRosterLines = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-rosters/:id/lines',
  schema: {
    summary: 'People on a roster, names masked',
    tags,
    params,
    querystring: z.strictObject({ ...PageQuery, outcome: RosterOutcome.optional() }),
    response: { 200: Page(RosterLine) },
  },
  config: { permission: 'payment.read', dataClass: 'L3' },
})
export const sendRoster = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-rosters/:id/sendings',
  schema: {
    summary: 'Freeze a roster; from now on its file may be handed to the department',
    tags,
    params,
    response: { 201: BenefitRoster },
  },
  config: { permission: 'payment.make', dataClass: 'L0', idempotent: true },
})
export const downloadRoster = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-rosters/:id/file.csv',
  schema: {
    summary: 'The file of a frozen roster, identified; handing it out is recorded',
    tags,
    params,
    response: { 200: z.any() },
  },
  config: { permission: 'payment.make', dataClass: 'L3', raw: true },
})
export const returnRoster = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-rosters/:id/returns',
  schema: {
    summary:
      'Take the department’s answer in (CSV seq,outcome,paidOn,reason): all of it, or none with the lines that are wrong',
    tags,
    params,
    body: z.strictObject({ file: z.string().min(1).max(900_000) }),
    response: { 201: BenefitRoster },
  },
  config: { permission: 'payment.make', dataClass: 'L0', idempotent: true },
})
export const voidRoster = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-rosters/:id/void',
  schema: {
    summary: 'Void a roster that has not come back',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: BenefitRoster },
  },
  config: { permission: 'payment.make', dataClass: 'L0', idempotent: true },
})
