import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Fen, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { FundYear, ProgrammeCode } from './ledger.ts'
import { Tier } from './shares.ts'

const reads = { permission: 'ledger.read', dataClass: 'L0' } as const
const posts = { permission: 'ledger.post', dataClass: 'L0', idempotent: true } as const
const tags: [string] = ['subsidy-ledger']
const params = z.strictObject({ id: Id })
const Amount = z.int().min(1).max(1_000_000_000_000)
const Year = z.int().min(1979).max(2100)

/** How the money of a programme, a year and a tier stands. */
export const FundLine = z.object({
  programme: z.string(),
  year: z.int(),
  tier: Tier,
  budgetFen: Fen,
  receivedFen: Fen,
  committedFen: Fen,
  paidFen: Fen,
  returnedFen: Fen,
  recoveredFen: Fen,
  /** May still be committed: what has arrived and is not bound. */
  availableFen: Fen,
})
export type FundLine = z.infer<typeof FundLine>

export const listFunds = defineEndpoint({
  method: 'GET',
  url: '/api/v1/programme-funds',
  schema: {
    summary: 'Budget, arrival, commitment and payment by programme, year and tier',
    tags,
    querystring: z.strictObject({ year: FundYear.optional(), programme: ProgrammeCode.optional() }),
    response: { 200: z.object({ items: z.array(FundLine) }) },
  },
  config: reads,
})

export const BudgetChange = z.object({
  id: Id,
  programme: z.string(),
  year: z.int(),
  tier: Tier,
  /** Added to the budget, or taken from it. */
  amountFen: Fen,
  decidedOn: CivilDate,
  document: z.string(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
})
export type BudgetChange = z.infer<typeof BudgetChange>

export const listBudgetChanges = defineEndpoint({
  method: 'GET',
  url: '/api/v1/budget-changes',
  schema: {
    summary: 'Budgets as they were decided and changed, the latest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      programme: ProgrammeCode.optional(),
      year: FundYear.optional(),
      tier: Tier.optional(),
    }),
    response: { 200: Page(BudgetChange) },
  },
  config: reads,
})

export const NewBudgetChange = z.strictObject({
  programme: ProgrammeCode,
  year: Year,
  tier: Tier,
  amountFen: z.int().min(-1_000_000_000_000).max(1_000_000_000_000),
  decidedOn: CivilDate,
  document: Text(120),
})
export type NewBudgetChange = z.infer<typeof NewBudgetChange>
export const changeBudget = defineEndpoint({
  method: 'POST',
  url: '/api/v1/budget-changes',
  schema: {
    summary: 'Enter a budget or a change of it',
    tags,
    body: NewBudgetChange,
    response: { 201: BudgetChange },
  },
  config: posts,
})

export const FundArrival = z.object({
  id: Id,
  programme: z.string(),
  year: z.int(),
  tier: Tier,
  amountFen: Fen,
  arrivedOn: CivilDate,
  voucher: z.string(),
  document: z.string().nullable(),
  entryId: Id,
  isReversed: z.boolean(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
})
export type FundArrival = z.infer<typeof FundArrival>

export const listFundArrivals = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fund-arrivals',
  schema: {
    summary: 'Funds that arrived, the latest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      programme: ProgrammeCode.optional(),
      year: FundYear.optional(),
      tier: Tier.optional(),
    }),
    response: { 200: Page(FundArrival) },
  },
  config: reads,
})

export const NewFundArrival = z.strictObject({
  programme: ProgrammeCode,
  year: Year,
  tier: Tier,
  amountFen: Amount,
  arrivedOn: CivilDate,
  /** Number of the bank's or the treasury's slip; the same slip is not entered twice. */
  voucher: Text(60),
  document: Text(120).optional(),
})
export type NewFundArrival = z.infer<typeof NewFundArrival>
export const recordFundArrival = defineEndpoint({
  method: 'POST',
  url: '/api/v1/fund-arrivals',
  schema: {
    summary: 'Enter funds that arrived; the ledger is posted with it',
    tags,
    body: NewFundArrival,
    response: { 201: FundArrival },
  },
  config: posts,
})

export const NewCarryOver = z.strictObject({
  programme: ProgrammeCode,
  year: Year,
  /** What is left is carried to the next year, or given back to its tier. */
  manner: z.enum(['CARRY', 'SURRENDER']),
  occurredOn: CivilDate,
  document: Text(120),
})
export type NewCarryOver = z.infer<typeof NewCarryOver>
export const closeFundYear = defineEndpoint({
  method: 'POST',
  url: '/api/v1/fund-year-closings',
  schema: {
    summary: 'Carry over or give back what a programme has left at the end of a year',
    tags,
    body: NewCarryOver,
    response: { 201: z.object({ entries: z.array(Id), totalFen: Fen }) },
  },
  config: posts,
})

/** 审计发现 */
export const FundFinding = z.object({
  id: Id,
  programme: z.string().nullable(),
  year: z.int(),
  kind: z.enum(['DIVERTED', 'LATE', 'INELIGIBLE', 'OTHER']),
  amountFen: Fen,
  foundOn: CivilDate,
  document: z.string(),
  narrative: z.string(),
  putRightOn: CivilDate.nullable(),
  putRightHow: z.string().nullable(),
  recordedAt: Instant,
  version: z.int(),
})
export type FundFinding = z.infer<typeof FundFinding>
export const fundFindingNames: Record<FundFinding['kind'], readonly [string, string]> = {
  DIVERTED: ['挤占挪用', 'Diverted'],
  LATE: ['拨付不及时', 'Late'],
  INELIGIBLE: ['不符合条件', 'Paid to the wrong people'],
  OTHER: ['其他', 'Other'],
}

export const listFundFindings = defineEndpoint({
  method: 'GET',
  url: '/api/v1/fund-findings',
  schema: {
    summary: 'What audits found about the funds, the latest first',
    tags,
    querystring: z.strictObject({ ...PageQuery, year: FundYear.optional() }),
    response: { 200: Page(FundFinding) },
  },
  config: reads,
})
export const NewFundFinding = z.strictObject({
  programme: ProgrammeCode.optional(),
  year: Year,
  kind: z.enum(['DIVERTED', 'LATE', 'INELIGIBLE', 'OTHER']),
  amountFen: z.int().min(0).max(1_000_000_000_000),
  foundOn: CivilDate,
  document: Text(120),
  narrative: Text(500),
})
export type NewFundFinding = z.infer<typeof NewFundFinding>
export const recordFundFinding = defineEndpoint({
  method: 'POST',
  url: '/api/v1/fund-findings',
  schema: {
    summary: 'Enter what an audit found',
    tags,
    body: NewFundFinding,
    response: { 201: FundFinding },
  },
  config: posts,
})
export const putFindingRight = defineEndpoint({
  method: 'POST',
  url: '/api/v1/fund-findings/:id/correction',
  schema: {
    summary: 'Say how and when a finding was put right',
    tags,
    params,
    body: z.strictObject({ putRightOn: CivilDate, how: Text(300) }),
    response: { 201: FundFinding },
  },
  config: posts,
})

/** Recurrent revenue of a county's year, which the growth of its funds is compared with. */
export const CountyRevenue = z.object({
  year: z.int(),
  revenueFen: Fen,
  document: z.string(),
  recordedAt: Instant,
})
export type CountyRevenue = z.infer<typeof CountyRevenue>
export const listCountyRevenues = defineEndpoint({
  method: 'GET',
  url: '/api/v1/county-revenues',
  schema: {
    summary: 'Recurrent revenue of the county by year',
    tags,
    response: { 200: z.object({ items: z.array(CountyRevenue) }) },
  },
  config: reads,
})
export const recordCountyRevenue = defineEndpoint({
  method: 'POST',
  url: '/api/v1/county-revenues',
  schema: {
    summary: 'Enter the recurrent revenue of a year; a later figure stands before an earlier one',
    tags,
    body: z.strictObject({
      year: Year,
      revenueFen: z.int().min(1).max(100_000_000_000_000),
      document: Text(120),
    }),
    response: { 201: CountyRevenue },
  },
  config: posts,
})
