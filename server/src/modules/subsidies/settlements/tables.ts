import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, id, instant } from '../../../database/columns.ts'
import { organisations } from '../../organisations/tables.ts'

/** 结算项目标准: what a service may cost, or which share of a fee is waived; national (owner 0) or a county's own. */
export const serviceTariffs = pgTable(
  'service_tariffs',
  {
    ownerCounty: integer('owner_county').notNull(),
    programme: text('programme').notNull(),
    item: text('item').notNull(),
    fromOn: civilDate('from_on').notNull(),
    toOn: civilDate('to_on'),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    /** Of a reimbursed service: the price of one. */
    priceFen: bigint('price_fen', { mode: 'number' }),
    /** Of a waived fee: which share of it. */
    waivedPercent: numeric('waived_percent', { precision: 6, scale: 3 }),
    /** Types of procedures that stand behind the claim, counted where they were done. */
    procedureTypes: text('procedure_types').array().notNull(),
    document: text('document').notNull(),
    confidence: text('confidence').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'service_tariffs_pk',
      columns: [table.ownerCounty, table.programme, table.item, table.fromOn],
    }),
    check('service_tariffs_programme', sql`${table.programme} in ('P09', 'P11', 'P13')`),
    check('service_tariffs_one_manner', sql`(${table.priceFen} is null) <> (${table.waivedPercent} is null)`),
    check(
      'service_tariffs_amount',
      sql`coalesce(${table.priceFen}, 1) > 0 and coalesce(${table.waivedPercent}, 1) between 0.001 and 100`,
    ),
    check(
      'service_tariffs_no_abortions',
      sql`${table.procedureTypes} <@ '{P01,P02,P03,P04,P05,P06,P07,P08,P09}'`,
    ),
    check('service_tariffs_span', sql`${table.toOn} is null or ${table.toOn} >= ${table.fromOn}`),
    check(
      'service_tariffs_confidence',
      sql`${table.confidence} in ('SEED', 'FOUND', 'HIGH', 'MEDIUM', 'LOW', 'LOCAL')`,
    ),
  ],
)

/** 结算单: what an institution is owed for a period: provider claims, waived fees, premiums, rosters paid by others. */
export const benefitSettlements = pgTable(
  'benefit_settlements',
  {
    countyCode: countyCode(),
    id: id(),
    number: text('number').notNull(),
    programme: text('programme').notNull(),
    kind: text('kind').notNull(),
    year: integer('year').notNull(),
    /** First day of the month, or of the period. */
    period: civilDate('period').notNull(),
    payeeId: uuid('payee_id'),
    payee: text('payee').notNull(),
    /** The policy or roster that it settles. */
    subjectId: uuid('subject_id'),
    claimedFen: bigint('claimed_fen', { mode: 'number' }).notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
    state: text('state').notNull(),
    madeBy: uuid('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
    approvedBy: uuid('approved_by'),
    approvedAt: instant('approved_at'),
    paidOn: civilDate('paid_on'),
    bankReference: text('bank_reference'),
    voidReason: text('void_reason'),
    centralFen: bigint('central_fen', { mode: 'number' }).notNull().default(0),
    provinceFen: bigint('province_fen', { mode: 'number' }).notNull().default(0),
    cityFen: bigint('city_fen', { mode: 'number' }).notNull().default(0),
    countyFen: bigint('county_fen', { mode: 'number' }).notNull().default(0),
    townshipFen: bigint('township_fen', { mode: 'number' }).notNull().default(0),
    otherFen: bigint('other_fen', { mode: 'number' }).notNull().default(0),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'benefit_settlements_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'benefit_settlements_payee',
      columns: [table.payeeId],
      foreignColumns: [organisations.id],
    }),
    uniqueIndex('benefit_settlements_number').on(table.countyCode, table.number),
    // 重复申报: an institution settles a month of a programme once.
    uniqueIndex('benefit_settlements_once')
      .on(table.countyCode, table.programme, table.kind, table.payeeId, table.period)
      .where(sql`${table.state} <> 'VOID' and ${table.subjectId} is null`),
    uniqueIndex('benefit_settlements_of_subject')
      .on(table.countyCode, table.subjectId)
      .where(sql`${table.state} <> 'VOID' and ${table.subjectId} is not null`),
    index('benefit_settlements_by_year').on(table.countyCode, table.year, table.id),
    check('benefit_settlements_kind', sql`${table.kind} in ('CLAIM', 'WAIVER', 'PREMIUM', 'ROSTER')`),
    check('benefit_settlements_state', sql`${table.state} in ('LOCKED', 'APPROVED', 'PAID', 'VOID')`),
    check('benefit_settlements_maker_not_checker', sql`${table.approvedBy} <> ${table.madeBy}`),
    check(
      'benefit_settlements_amounts',
      sql`${table.amountFen} >= 0 and ${table.amountFen} <= ${table.claimedFen}`,
    ),
    check(
      'benefit_settlements_shares',
      sql`${table.state} not in ('APPROVED', 'PAID') or ${table.centralFen} + ${table.provinceFen} + ${table.cityFen} + ${table.countyFen} + ${table.townshipFen} + ${table.otherFen} = ${table.amountFen}`,
    ),
    check(
      'benefit_settlements_approved',
      sql`(${table.approvedBy} is null) = (${table.approvedAt} is null) and (${table.state} not in ('APPROVED', 'PAID') or ${table.approvedBy} is not null)`,
    ),
    check(
      'benefit_settlements_paid',
      sql`(${table.state} = 'PAID') = (${table.paidOn} is not null) and (${table.paidOn} is null) = (${table.bankReference} is null)`,
    ),
    check('benefit_settlements_void', sql`(${table.state} = 'VOID') = (${table.voidReason} is not null)`),
  ],
)

/** Lines of a settlement: items, never persons. */
export const settlementLines = pgTable(
  'settlement_lines',
  {
    countyCode: countyCode(),
    id: id(),
    settlementId: uuid('settlement_id').notNull(),
    item: text('item').notNull(),
    unitFen: bigint('unit_fen', { mode: 'number' }),
    claimed: integer('claimed').notNull(),
    accepted: integer('accepted').notNull(),
    claimedFen: bigint('claimed_fen', { mode: 'number' }).notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
    /** Whether the records of the facility stand behind all that is claimed; the count itself stays with care. */
    isCovered: boolean('is_covered').notNull(),
  },
  (table) => [
    primaryKey({ name: 'settlement_lines_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'settlement_lines_settlement',
      columns: [table.countyCode, table.settlementId],
      foreignColumns: [benefitSettlements.countyCode, benefitSettlements.id],
    }),
    uniqueIndex('settlement_lines_once').on(table.countyCode, table.settlementId, table.item),
    check(
      'settlement_lines_accepted',
      sql`${table.accepted} between 0 and ${table.claimed} and ${table.amountFen} between 0 and ${table.claimedFen}`,
    ),
  ],
)
