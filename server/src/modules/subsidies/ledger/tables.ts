import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { LedgerAccount, LedgerKind } from '@youyu/shared/subsidies/ledger'
import type { Tier } from '@youyu/shared/subsidies/shares'
import { civilDate, countyCode, id, instant } from '../../../database/columns.ts'

const fen = (name: string) => bigint(name, { mode: 'number' }).notNull()
const tierNames = sql.raw(`('CENTRAL','PROVINCE','CITY','COUNTY','TOWNSHIP','OTHER')`)
const accountNames = sql.raw(
  `('RECEIVED','BUDGET','PROGRAM_PAYABLE','PAID','RETURNED','OVERPAYMENT_RECEIVABLE','RECOVERY_EXPECTED','RECOVERED','DEPOSIT_REFUND','CARRIED')`,
)

/** 台账分录: what moved between accounts; only added, by `app.post_ledger` alone, numbered without a gap. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    countyCode: countyCode(),
    id: id(),
    number: bigint('number', { mode: 'number' }).notNull(),
    kind: text('kind').$type<LedgerKind>().notNull(),
    programme: text('programme').notNull(),
    year: smallint('year').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    totalFen: fen('total_fen'),
    refType: text('ref_type'),
    refId: uuid('ref_id'),
    memo: text('memo'),
    reverses: uuid('reverses'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'ledger_entries_pk', columns: [table.countyCode, table.id] }),
    unique('ledger_entries_number').on(table.countyCode, table.number),
    /** The same thing is not posted twice. */
    uniqueIndex('ledger_entries_once')
      .on(table.countyCode, table.refId, table.kind, table.refType, table.programme, table.year)
      .where(sql`${table.refId} is not null and ${table.reverses} is null`),
    uniqueIndex('ledger_entries_reversed_once')
      .on(table.countyCode, table.reverses)
      .where(sql`${table.reverses} is not null`),
    foreignKey({
      name: 'ledger_entries_reverses_fk',
      columns: [table.countyCode, table.reverses],
      foreignColumns: [table.countyCode, table.id],
    }),
    index('ledger_entries_by_programme').on(table.countyCode, table.programme, table.year, table.number),
    check('ledger_entries_total', sql`${table.totalFen} > 0`),
    check('ledger_entries_reversal', sql`(${table.kind} = 'REVERSAL') = (${table.reverses} is not null)`),
  ],
)

/** 分录行: one side of an entry. */
export const ledgerLines = pgTable(
  'ledger_lines',
  {
    countyCode: countyCode(),
    entryId: uuid('entry_id').notNull(),
    line: smallint('line').notNull(),
    account: text('account').$type<LedgerAccount>().notNull(),
    tier: text('tier').$type<Tier>().notNull(),
    debitFen: fen('debit_fen'),
    creditFen: fen('credit_fen'),
  },
  (table) => [
    primaryKey({ name: 'ledger_lines_pk', columns: [table.countyCode, table.entryId, table.line] }),
    foreignKey({
      name: 'ledger_lines_entry_fk',
      columns: [table.countyCode, table.entryId],
      foreignColumns: [ledgerEntries.countyCode, ledgerEntries.id],
    }),
    check('ledger_lines_account', sql`${table.account} in ${accountNames}`),
    check('ledger_lines_tier', sql`${table.tier} in ${tierNames}`),
    check(
      'ledger_lines_one_side',
      sql`${table.debitFen} >= 0 and ${table.creditFen} >= 0 and (${table.debitFen} = 0) <> (${table.creditFen} = 0)`,
    ),
  ],
)

/** What the lines of a programme, year, account and tier sum to; kept by the statement that posts them. */
export const ledgerBalances = pgTable(
  'ledger_balances',
  {
    countyCode: countyCode(),
    programme: text('programme').notNull(),
    year: smallint('year').notNull(),
    account: text('account').$type<LedgerAccount>().notNull(),
    tier: text('tier').$type<Tier>().notNull(),
    debitFen: fen('debit_fen'),
    creditFen: fen('credit_fen'),
  },
  (table) => [
    primaryKey({
      name: 'ledger_balances_pk',
      columns: [table.countyCode, table.programme, table.year, table.account, table.tier],
    }),
    check('ledger_balances_account', sql`${table.account} in ${accountNames}`),
    /** Nothing is committed that has not arrived. */
    check(
      'ledger_balances_funds',
      sql`${table.account} <> 'BUDGET' or ${table.creditFen} >= ${table.debitFen}`,
    ),
    /** Nothing is paid that was not approved. */
    check(
      'ledger_balances_payable',
      sql`${table.account} <> 'PROGRAM_PAYABLE' or ${table.creditFen} >= ${table.debitFen}`,
    ),
    /** Nothing is recovered that was not overpaid. */
    check(
      'ledger_balances_receivable',
      sql`${table.account} <> 'OVERPAYMENT_RECEIVABLE' or ${table.debitFen} >= ${table.creditFen}`,
    ),
  ],
)

/** The last number of a county's ledger; its lock puts postings in a row. */
export const ledgerHeads = pgTable(
  'ledger_heads',
  { countyCode: countyCode(), lastNumber: bigint('last_number', { mode: 'number' }).notNull() },
  (table) => [primaryKey({ name: 'ledger_heads_pk', columns: [table.countyCode] })],
)
