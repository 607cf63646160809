import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Fen } from '../values.ts'
import { FundYear, LedgerSeal, ProgrammeCode } from './ledger.ts'
import { Tier } from './shares.ts'

const amounts = {
  budgetFen: Fen,
  /** Available before the first day. */
  openingFen: Fen,
  receivedFen: Fen,
  carriedFen: Fen,
  /** Newly bound, less what was released. */
  committedFen: Fen,
  paidFen: Fen,
  returnedFen: Fen,
  recoveredFen: Fen,
  /** Available after the last day: opening + received + carried − committed + returned + recovered. */
  closingFen: Fen,
  /** Approved and not paid yet, after the last day. */
  payableFen: Fen,
}

export const StatementRow = z.object({ programme: z.string(), tier: Tier, ...amounts })
export type StatementRow = z.infer<typeof StatementRow>

export const FinanceStatement = z.object({
  year: z.int(),
  from: CivilDate,
  to: CivilDate,
  /** The finance bureau it is for; null is all of them. */
  tier: Tier.nullable(),
  rows: z.array(StatementRow),
  total: z.object(amounts),
  batches: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      programme: z.string(),
      approvedOn: CivilDate,
      state: z.string(),
      items: z.int(),
      /** Of the tier asked for. */
      amountFen: Fen,
    }),
  ),
  lastNumber: z.int(),
  seal: LedgerSeal.nullable(),
})
export type FinanceStatement = z.infer<typeof FinanceStatement>

const asked = {
  year: FundYear,
  from: CivilDate,
  to: CivilDate,
  tier: Tier.optional(),
  programme: ProgrammeCode.optional(),
}

export const getFinanceStatement = defineEndpoint({
  method: 'GET',
  url: '/api/v1/finance-statements',
  schema: {
    summary: 'Statement for a finance bureau: budget, arrival, commitment, payment and balance by programme',
    tags: ['subsidy-ledger'],
    querystring: z.strictObject(asked),
    response: { 200: FinanceStatement },
  },
  config: { permission: 'ledger.read', dataClass: 'L0' },
})

export const downloadFinanceStatement = defineEndpoint({
  method: 'GET',
  url: '/api/v1/finance-statement-tables',
  schema: {
    summary: 'The statement as XLSX or CSV; recorded',
    tags: ['subsidy-ledger'],
    querystring: z.strictObject({ ...asked, format: z.enum(['xlsx', 'csv']).default('xlsx') }),
    response: { 200: z.any() },
  },
  config: { permission: 'ledger.read', dataClass: 'L0', raw: true },
})
