import type { BatchKind } from '@youyu/shared/subsidies/payment-batches'
import type { ConfirmationResult, RecheckResult } from '@youyu/shared/subsidies/payment-confirmations'
import type { BatchState, ExclusionReason } from '@youyu/shared/subsidies/payment-values'
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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { paymentAccountVersions } from '../payment-accounts/tables.ts'

const fen = (name: string) => bigint(name, { mode: 'number' }).notNull()
const sum = (name: string) => fen(name).default(0)
const count = (name: string) => integer(name).notNull().default(0)

/** 发放批次: one programme's payments, from the roster to the bank and back. */
export const paymentBatches = pgTable(
  'payment_batches',
  {
    countyCode: countyCode(),
    id: id(),
    number: text('number').notNull(),
    programme: text('programme').notNull(),
    kind: text('kind').$type<BatchKind>().notNull(),
    ofBatchId: uuid('of_batch_id'),
    throughMonth: civilDate('through_month').notNull(),
    payOn: civilDate('pay_on').notNull(),
    /** Whose funds it is paid from. */
    year: smallint('year').notNull(),
    state: text('state').$type<BatchState>().notNull(),
    layoutId: uuid('layout_id').notNull(),
    itemCount: count('item_count'),
    totalFen: sum('total_fen'),
    centralFen: sum('central_fen'),
    provinceFen: sum('province_fen'),
    cityFen: sum('city_fen'),
    countyFen: sum('county_fen'),
    townshipFen: sum('township_fen'),
    otherFen: sum('other_fen'),
    excludedCount: count('excluded_count'),
    excludedFen: sum('excluded_fen'),
    paidCount: count('paid_count'),
    paidFen: sum('paid_fen'),
    failedCount: count('failed_count'),
    failedFen: sum('failed_fen'),
    returnedCount: count('returned_count'),
    returnedFen: sum('returned_fen'),
    stoppedCount: count('stopped_count'),
    stoppedFen: sum('stopped_fen'),
    /** SHA-256 over the frozen items in their order: what the checker approves and the file is made of. */
    rosterHash: bytes('roster_hash'),
    madeBy: uuid('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
    lockedBy: uuid('locked_by'),
    lockedAt: instant('locked_at'),
    approvedBy: uuid('approved_by'),
    approvedAt: instant('approved_at'),
    sentBy: uuid('sent_by'),
    sentAt: instant('sent_at'),
    closedBy: uuid('closed_by'),
    closedAt: instant('closed_at'),
    voidedBy: uuid('voided_by'),
    voidedAt: instant('voided_at'),
    voidReason: text('void_reason'),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'payment_batches_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('payment_batches_number').on(table.countyCode, table.number),
    index('payment_batches_by_programme').on(table.countyCode, table.programme, table.id),
    index('payment_batches_of_batch')
      .on(table.countyCode, table.ofBatchId)
      .where(sql`${table.ofBatchId} is not null`),
    // One roster of a programme at a time: what the next one owes depends on what this one pays.
    uniqueIndex('payment_batches_one_draft')
      .on(table.countyCode, table.programme, table.kind)
      .where(sql`${table.state} = 'DRAFT'`),
    check(
      'payment_batches_state',
      sql`${table.state} in ('DRAFT', 'LOCKED', 'APPROVED', 'SENT', 'PARTIAL', 'CLOSED', 'VOID')`,
    ),
    check('payment_batches_by_bank', sql`${table.programme} not in ('P10', 'P12')`),
    check('payment_batches_kind', sql`(${table.kind} = 'REISSUE') = (${table.ofBatchId} is not null)`),
    check(
      'payment_batches_locked',
      sql`(${table.state} in ('DRAFT', 'VOID')) or (${table.lockedBy} is not null and ${table.rosterHash} is not null)`,
    ),
    check(
      'payment_batches_approved',
      sql`(${table.state} in ('DRAFT', 'LOCKED', 'VOID')) or ${table.approvedBy} is not null`,
    ),
    check(
      'payment_batches_maker_not_checker',
      sql`${table.approvedBy} <> ${table.madeBy} and ${table.approvedBy} <> ${table.lockedBy}`,
    ),
    check(
      'payment_batches_void_before_sent',
      sql`(${table.state} = 'VOID') = (${table.voidedBy} is not null) and not (${table.voidedBy} is not null and ${table.sentBy} is not null)`,
    ),
    check(
      'payment_batches_shares',
      sql`${table.totalFen} = ${table.centralFen} + ${table.provinceFen} + ${table.cityFen} + ${table.countyFen} + ${table.townshipFen} + ${table.otherFen}`,
    ),
    check(
      'payment_batches_closed',
      sql`${table.state} <> 'CLOSED' or (${table.itemCount} = ${table.paidCount} + ${table.failedCount} + ${table.returnedCount} + ${table.stoppedCount} and ${table.totalFen} = ${table.paidFen} + ${table.failedFen} + ${table.returnedFen} + ${table.stoppedFen})`,
    ),
  ],
)

/** The last batch number of a county and year; its lock puts freezing in a row. */
export const paymentBatchNumbers = pgTable(
  'payment_batch_numbers',
  {
    countyCode: countyCode(),
    year: smallint('year').notNull(),
    lastNumber: integer('last_number').notNull(),
  },
  (table) => [primaryKey({ name: 'payment_batch_numbers_pk', columns: [table.countyCode, table.year] })],
)

/**
 * 发放明细: frozen when the roster is locked. Only what failed is touched afterwards: an open item of a sent batch is
 * paid when its outcome says so.
 */
export const paymentItems = pgTable(
  'payment_items',
  {
    countyCode: countyCode(),
    id: id(),
    batchId: uuid('batch_id').notNull(),
    seq: integer('seq').notNull(),
    beneficiaryId: uuid('beneficiary_id'),
    eventId: uuid('event_id'),
    /** The failed item that this one repeats. */
    reissueOf: uuid('reissue_of'),
    payeeId: uuid('payee_id').notNull(),
    personId: uuid('person_id').notNull(),
    programme: text('programme').notNull(),
    applicationId: uuid('application_id'),
    accountId: uuid('account_id').notNull(),
    accountVersion: integer('account_version').notNull(),
    accountMask: text('account_mask').notNull(),
    fromMonth: civilDate('from_month'),
    toMonth: civilDate('to_month'),
    months: smallint('months').notNull(),
    amountFen: fen('amount_fen'),
    centralFen: fen('central_fen'),
    provinceFen: fen('province_fen'),
    cityFen: fen('city_fen'),
    countyFen: fen('county_fen'),
    townshipFen: fen('township_fen'),
    otherFen: fen('other_fen'),
    divisionCode: divisionCode('division_code').notNull(),
    /** OPEN, or how it ended without being paid. */
    state: text('state').$type<'OPEN' | 'FAILED' | 'RETURNED' | 'REISSUED' | 'STOPPED' | 'VOID'>().notNull(),
    stateReason: text('state_reason'),
    stateAt: instant('state_at'),
  },
  (table) => [
    primaryKey({ name: 'payment_items_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'payment_items_batch',
      columns: [table.countyCode, table.batchId],
      foreignColumns: [paymentBatches.countyCode, paymentBatches.id],
    }),
    foreignKey({
      name: 'payment_items_account',
      columns: [table.countyCode, table.accountId, table.accountVersion],
      foreignColumns: [
        paymentAccountVersions.countyCode,
        paymentAccountVersions.accountId,
        paymentAccountVersions.version,
      ],
    }),
    uniqueIndex('payment_items_seq').on(table.countyCode, table.batchId, table.seq),
    uniqueIndex('payment_items_event_once')
      .on(table.countyCode, table.eventId)
      .where(sql`${table.eventId} is not null and ${table.state} = 'OPEN'`),
    uniqueIndex('payment_items_reissued_once')
      .on(table.countyCode, table.reissueOf)
      .where(sql`${table.reissueOf} is not null and ${table.state} <> 'VOID'`),
    index('payment_items_by_person').on(table.countyCode, table.personId),
    check(
      'payment_items_state',
      sql`${table.state} in ('OPEN', 'FAILED', 'RETURNED', 'REISSUED', 'STOPPED', 'VOID')`,
    ),
    check('payment_items_amount', sql`${table.amountFen} > 0`),
    check('payment_items_ground', sql`(${table.beneficiaryId} is null) <> (${table.eventId} is null)`),
    check(
      'payment_items_shares',
      sql`${table.amountFen} = ${table.centralFen} + ${table.provinceFen} + ${table.cityFen} + ${table.countyFen} + ${table.townshipFen} + ${table.otherFen}`,
    ),
  ],
)

/**
 * Which months an item pays. A month's parts are numbered and never given twice: of two rosters that would pay the same
 * month only one is kept, and a difference after a late fact is a further part. A part counts while its
 * item is open: what failed, came back, was stopped or void is owed again.
 */
export const paymentItemMonths = pgTable(
  'payment_item_months',
  {
    countyCode: countyCode(),
    beneficiaryId: uuid('beneficiary_id').notNull(),
    month: civilDate('month').notNull(),
    part: smallint('part').notNull(),
    itemId: uuid('item_id').notNull(),
    amountFen: fen('amount_fen'),
  },
  (table) => [
    primaryKey({
      name: 'payment_item_months_pk',
      columns: [table.countyCode, table.beneficiaryId, table.month, table.part],
    }),
    check('payment_item_months_amount', sql`${table.amountFen} > 0`),
  ],
)

/** 未列入名册: who is entitled and why she is not paid with this batch. */
export const paymentExclusions = pgTable(
  'payment_exclusions',
  {
    countyCode: countyCode(),
    batchId: uuid('batch_id').notNull(),
    seq: integer('seq').notNull(),
    beneficiaryId: uuid('beneficiary_id'),
    eventId: uuid('event_id'),
    personId: uuid('person_id').notNull(),
    payeeId: uuid('payee_id').notNull(),
    reason: text('reason').$type<ExclusionReason>().notNull(),
    amountFen: fen('amount_fen'),
    divisionCode: divisionCode('division_code').notNull(),
  },
  (table) => [
    primaryKey({ name: 'payment_exclusions_pk', columns: [table.countyCode, table.batchId, table.seq] }),
    foreignKey({
      name: 'payment_exclusions_batch',
      columns: [table.countyCode, table.batchId],
      foreignColumns: [paymentBatches.countyCode, paymentBatches.id],
    }),
  ],
)

/** 到账回访: beneficiaries drawn by chance and asked whether the money came. */
export const paymentConfirmations = pgTable(
  'payment_confirmations',
  {
    countyCode: countyCode(),
    id: id(),
    batchId: uuid('batch_id').notNull(),
    itemId: uuid('item_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    drawnAt: instant('drawn_at').notNull(),
    drawnBy: uuid('drawn_by').notNull(),
    result: text('result').$type<ConfirmationResult>(),
    recheck: text('recheck').$type<RecheckResult>(),
    note: text('note'),
    answeredBy: uuid('answered_by'),
    answeredAt: instant('answered_at'),
  },
  (table) => [
    primaryKey({ name: 'payment_confirmations_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('payment_confirmations_once').on(table.countyCode, table.batchId, table.itemId),
    foreignKey({
      name: 'payment_confirmations_item',
      columns: [table.countyCode, table.itemId],
      foreignColumns: [paymentItems.countyCode, paymentItems.id],
    }),
    check(
      'payment_confirmations_result',
      sql`${table.result} in ('RECEIVED', 'NOT_RECEIVED', 'OTHER_AMOUNT', 'NOT_REACHED') and (${table.result} is null) = (${table.answeredAt} is null)`,
    ),
    check(
      'payment_confirmations_recheck',
      sql`${table.recheck} is null or ${table.recheck} in ('ENTITLED', 'NOT_ENTITLED', 'DUPLICATE') and ${table.result} is not null`,
    ),
  ],
)
