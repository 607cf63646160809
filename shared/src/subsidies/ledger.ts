import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Fen, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { Tier, type FenByTier, tiers } from './shares.ts'

/** 会计科目: the accounts of domain §3.5. There is none for a fee, a fine or a deposit taken in (§1.6). */
export const LedgerAccount = z.enum([
  'RECEIVED',
  'BUDGET',
  'PROGRAM_PAYABLE',
  'PAID',
  'RETURNED',
  'OVERPAYMENT_RECEIVABLE',
  'RECOVERY_EXPECTED',
  'RECOVERED',
  'DEPOSIT_REFUND',
  'CARRIED',
])
export type LedgerAccount = z.infer<typeof LedgerAccount>
export const ledgerAccountNames: Record<LedgerAccount, readonly [string, string]> = {
  RECEIVED: ['到位资金', 'Funds received'],
  BUDGET: ['可用资金', 'Funds available'],
  PROGRAM_PAYABLE: ['应付补助', 'Benefits payable'],
  PAID: ['已发放', 'Paid out'],
  RETURNED: ['退回资金', 'Returned by the bank'],
  OVERPAYMENT_RECEIVABLE: ['多发应收', 'Overpayments receivable'],
  RECOVERY_EXPECTED: ['待收回资金', 'Recovery expected'],
  RECOVERED: ['已收回', 'Recovered'],
  DEPOSIT_REFUND: ['保证金退付', 'Deposit refunds'],
  CARRIED: ['结转', 'Carried over'],
}

/** What happened; each kind moves from certain accounts to certain others (`movements`). */
export const LedgerKind = z.enum([
  'FUND_ARRIVAL',
  'FUND_SURRENDER',
  'CARRY_OUT',
  'CARRY_IN',
  'COMMITMENT',
  'RELEASE',
  'PAYMENT',
  'BANK_RETURN',
  'OVERPAYMENT',
  'RECOVERY',
  'WRITE_OFF',
  'DEPOSIT_REFUND',
  'REVERSAL',
])
export type LedgerKind = z.infer<typeof LedgerKind>
export const ledgerKindNames: Record<LedgerKind, readonly [string, string]> = {
  FUND_ARRIVAL: ['资金到位', 'Funds arrived'],
  FUND_SURRENDER: ['资金上缴', 'Funds given back'],
  CARRY_OUT: ['结转下年', 'Carried to the next year'],
  CARRY_IN: ['上年结转', 'Carried from the year before'],
  COMMITMENT: ['批准发放', 'Committed at approval'],
  RELEASE: ['解除应付', 'Released'],
  PAYMENT: ['银行兑付', 'Paid by the bank'],
  BANK_RETURN: ['退票入账', 'Come back after payment'],
  OVERPAYMENT: ['确认多发', 'Overpayment confirmed'],
  RECOVERY: ['收回多发', 'Overpayment recovered'],
  WRITE_OFF: ['核销', 'Written off'],
  DEPOSIT_REFUND: ['保证金退付', 'Deposit refunded'],
  REVERSAL: ['冲正', 'Reversal'],
}

/** Pairs of debited and credited account by kind; a reversal mirrors what it reverses. */
export const movements: Record<
  Exclude<LedgerKind, 'REVERSAL'>,
  readonly (readonly [debit: LedgerAccount, credit: LedgerAccount])[]
> = {
  FUND_ARRIVAL: [['RECEIVED', 'BUDGET']],
  FUND_SURRENDER: [['BUDGET', 'RECEIVED']],
  CARRY_OUT: [['BUDGET', 'CARRIED']],
  CARRY_IN: [['CARRIED', 'BUDGET']],
  COMMITMENT: [['BUDGET', 'PROGRAM_PAYABLE']],
  RELEASE: [['PROGRAM_PAYABLE', 'BUDGET']],
  PAYMENT: [['PROGRAM_PAYABLE', 'PAID']],
  BANK_RETURN: [['RETURNED', 'BUDGET']],
  OVERPAYMENT: [['OVERPAYMENT_RECEIVABLE', 'RECOVERY_EXPECTED']],
  RECOVERY: [
    ['RECOVERED', 'OVERPAYMENT_RECEIVABLE'],
    ['RECOVERY_EXPECTED', 'BUDGET'],
  ],
  WRITE_OFF: [['RECOVERY_EXPECTED', 'OVERPAYMENT_RECEIVABLE']],
  DEPOSIT_REFUND: [['BUDGET', 'DEPOSIT_REFUND']],
}

export const LedgerLine = z.object({ account: LedgerAccount, tier: Tier, debitFen: Fen, creditFen: Fen })
export type LedgerLine = z.infer<typeof LedgerLine>

/** The lines of a movement of these amounts: debit and credit balance in every tier. */
export function linesOf(
  kind: Exclude<LedgerKind, 'REVERSAL'>,
  byTier: Readonly<Partial<FenByTier>>,
): LedgerLine[] {
  return movements[kind].flatMap(([debit, credit]) =>
    tiers
      .filter((tier) => (byTier[tier] ?? 0) !== 0)
      .flatMap((tier) => [
        { account: debit, tier, debitFen: byTier[tier]!, creditFen: 0 },
        { account: credit, tier, debitFen: 0, creditFen: byTier[tier]! },
      ]),
  )
}

/** A programme's code as on the books. */
export const ProgrammeCode = z.string().regex(/^[A-Z][A-Z0-9_]{1,19}$/)
export const FundYear = z.coerce.number().int().min(1979).max(2100)

export const LedgerEntry = z.object({
  id: Id,
  /** Without a gap inside the county. */
  number: z.int(),
  kind: LedgerKind,
  programme: z.string(),
  year: z.int(),
  occurredOn: CivilDate,
  totalFen: Fen,
  refType: z.string().nullable(),
  refId: Id.nullable(),
  memo: z.string().nullable(),
  /** The entry that this one takes back. */
  reverses: Id.nullable(),
  isReversed: z.boolean(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  isSealed: z.boolean(),
  lines: z.array(LedgerLine),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>

const reads = { permission: 'ledger.read', dataClass: 'L0' } as const
const posts = { permission: 'ledger.post', dataClass: 'L0', idempotent: true } as const
const tags: [string] = ['subsidy-ledger']
const params = z.strictObject({ id: Id })

export const listLedgerEntries = defineEndpoint({
  method: 'GET',
  url: '/api/v1/ledger-entries',
  schema: {
    summary: 'The ledger of benefits, the latest entry first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      programme: ProgrammeCode.optional(),
      year: FundYear.optional(),
      kind: LedgerKind.optional(),
      account: LedgerAccount.optional(),
      tier: Tier.optional(),
      refId: Id.optional(),
      /** Whatever was posted for a batch, its items and its return files. */
      batchId: Id.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
    }),
    response: { 200: Page(LedgerEntry) },
  },
  config: reads,
})

export const getLedgerEntry = defineEndpoint({
  method: 'GET',
  url: '/api/v1/ledger-entries/:id',
  schema: { summary: 'One entry with its lines', tags, params, response: { 200: LedgerEntry } },
  config: reads,
})

export const reverseLedgerEntry = defineEndpoint({
  method: 'POST',
  url: '/api/v1/ledger-entries/:id/reversal',
  schema: {
    summary: 'Take back an entry made by mistake: funds that arrived, were given back or carried over',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: LedgerEntry },
  },
  config: posts,
})

export const LedgerBalance = z.object({
  programme: z.string(),
  year: z.int(),
  account: LedgerAccount,
  tier: Tier,
  debitFen: Fen,
  creditFen: Fen,
})
export type LedgerBalance = z.infer<typeof LedgerBalance>

export const getLedgerBalances = defineEndpoint({
  method: 'GET',
  url: '/api/v1/ledger-balances',
  schema: {
    summary: 'Trial balance: debit and credit by programme, year, account and tier; they sum to the same',
    tags,
    querystring: z.strictObject({ programme: ProgrammeCode.optional(), year: FundYear.optional() }),
    response: {
      200: z.object({
        items: z.array(LedgerBalance),
        debitFen: Fen,
        creditFen: Fen,
        isBalanced: z.boolean(),
      }),
    },
  },
  config: reads,
})

/** 封存 */
export const LedgerSeal = z.object({
  sequence: z.int(),
  subject: z.enum(['ENTRIES', 'ITEMS', 'OUTCOMES']),
  scopeId: Id.nullable(),
  rows: z.int(),
  root: z.string(),
  signature: z.string(),
  keyId: z.string(),
  sealedAt: Instant,
})
export type LedgerSeal = z.infer<typeof LedgerSeal>

export const getLedgerHead = defineEndpoint({
  method: 'GET',
  url: '/api/v1/ledger-head',
  schema: {
    summary:
      'The newest seal over the ledger, or over the items of one batch, as it is printed on the batch sheet',
    tags,
    querystring: z.strictObject({ batchId: Id.optional() }),
    response: { 200: z.object({ seal: LedgerSeal.nullable(), lastNumber: z.int(), sealedNumber: z.int() }) },
  },
  config: { permission: 'payment.read', dataClass: 'L0' },
})
