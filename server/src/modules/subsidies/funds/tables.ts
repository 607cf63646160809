import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { FundFinding } from '@youyu/shared/subsidies/funds'
import type { Tier } from '@youyu/shared/subsidies/shares'
import { civilDate, countyCode, id, instant } from '../../../database/columns.ts'
import { ledgerEntries } from '../ledger/tables.ts'

const fen = (name: string) => bigint(name, { mode: 'number' }).notNull()
const tierNames = sql.raw(`('CENTRAL','PROVINCE','CITY','COUNTY','TOWNSHIP','OTHER')`)
const recorded = () => ({
  recordedAt: instant('recorded_at').notNull(),
  recordedBy: uuid('recorded_by'),
})

/** 预算: what a tier has promised for a programme and a year. */
export const budgets = pgTable(
  'budgets',
  {
    countyCode: countyCode(),
    programme: text('programme').notNull(),
    year: smallint('year').notNull(),
    tier: text('tier').$type<Tier>().notNull(),
    amountFen: fen('amount_fen'),
  },
  (table) => [
    primaryKey({
      name: 'budgets_pk',
      columns: [table.countyCode, table.programme, table.year, table.tier],
    }),
    check('budgets_amount', sql`${table.amountFen} >= 0`),
    check('budgets_tier', sql`${table.tier} in ${tierNames}`),
  ],
)

/** 预算调整: the decisions that a budget is the sum of. */
export const budgetChanges = pgTable(
  'budget_changes',
  {
    countyCode: countyCode(),
    id: id(),
    programme: text('programme').notNull(),
    year: smallint('year').notNull(),
    tier: text('tier').$type<Tier>().notNull(),
    amountFen: fen('amount_fen'),
    decidedOn: civilDate('decided_on').notNull(),
    document: text('document').notNull(),
    ...recorded(),
  },
  (table) => [
    primaryKey({ name: 'budget_changes_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'budget_changes_budget_fk',
      columns: [table.countyCode, table.programme, table.year, table.tier],
      foreignColumns: [budgets.countyCode, budgets.programme, budgets.year, budgets.tier],
    }),
    index('budget_changes_by_budget').on(table.countyCode, table.programme, table.year, table.tier),
    check('budget_changes_amount', sql`${table.amountFen} <> 0`),
  ],
)

/** 资金到位 */
export const fundArrivals = pgTable(
  'fund_arrivals',
  {
    countyCode: countyCode(),
    id: id(),
    programme: text('programme').notNull(),
    year: smallint('year').notNull(),
    tier: text('tier').$type<Tier>().notNull(),
    amountFen: fen('amount_fen'),
    arrivedOn: civilDate('arrived_on').notNull(),
    voucher: text('voucher').notNull(),
    document: text('document'),
    entryId: uuid('entry_id').notNull(),
    ...recorded(),
  },
  (table) => [
    primaryKey({ name: 'fund_arrivals_pk', columns: [table.countyCode, table.id] }),
    /** The same slip does not arrive twice. */
    unique('fund_arrivals_voucher').on(
      table.countyCode,
      table.programme,
      table.year,
      table.tier,
      table.voucher,
    ),
    foreignKey({
      name: 'fund_arrivals_entry_fk',
      columns: [table.countyCode, table.entryId],
      foreignColumns: [ledgerEntries.countyCode, ledgerEntries.id],
    }),
    check('fund_arrivals_amount', sql`${table.amountFen} > 0`),
    check('fund_arrivals_tier', sql`${table.tier} in ${tierNames}`),
  ],
)

/** 审计发现: what audits found about the funds (挤占挪用 and others). */
export const fundFindings = pgTable(
  'fund_findings',
  {
    countyCode: countyCode(),
    id: id(),
    programme: text('programme'),
    year: smallint('year').notNull(),
    kind: text('kind').$type<FundFinding['kind']>().notNull(),
    amountFen: fen('amount_fen'),
    foundOn: civilDate('found_on').notNull(),
    document: text('document').notNull(),
    narrative: text('narrative').notNull(),
    putRightOn: civilDate('put_right_on'),
    putRightHow: text('put_right_how'),
    ...recorded(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ name: 'fund_findings_pk', columns: [table.countyCode, table.id] }),
    check('fund_findings_amount', sql`${table.amountFen} >= 0`),
    check('fund_findings_kind', sql`${table.kind} in ('DIVERTED','LATE','INELIGIBLE','OTHER')`),
  ],
)

/** 财政经常性收入 of a year, as it was reported; the latest stands. */
export const countyRevenues = pgTable(
  'county_revenues',
  {
    countyCode: countyCode(),
    id: id(),
    year: smallint('year').notNull(),
    revenueFen: fen('revenue_fen'),
    document: text('document').notNull(),
    ...recorded(),
  },
  (table) => [
    primaryKey({ name: 'county_revenues_pk', columns: [table.countyCode, table.id] }),
    index('county_revenues_by_year').on(table.countyCode, table.year, table.recordedAt),
    check('county_revenues_amount', sql`${table.revenueFen} > 0`),
  ],
)
