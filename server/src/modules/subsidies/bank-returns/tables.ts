import type { UnmatchedReason } from '@youyu/shared/subsidies/bank-returns'
import type { Channel, ReturnCode } from '@youyu/shared/subsidies/payment-values'
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, civilDate, countyCode, id, instant } from '../../../database/columns.ts'
import { paymentBatches } from '../payment-batches/tables.ts'

const fen = (name: string) => bigint(name, { mode: 'number' }).notNull()

/** 回盘文件: what the bank said of a batch, in the order it came; 0 is what an officer entered by hand. */
export const bankReturns = pgTable(
  'bank_returns',
  {
    countyCode: countyCode(),
    id: id(),
    batchId: uuid('batch_id').notNull(),
    fileNo: smallint('file_no').notNull(),
    name: text('name').notNull(),
    sha256: bytes('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    channel: text('channel').$type<Channel>().notNull(),
    lines: integer('lines').notNull(),
    paidCount: integer('paid_count').notNull(),
    paidFen: fen('paid_fen'),
    failedCount: integer('failed_count').notNull(),
    failedFen: fen('failed_fen'),
    returnedCount: integer('returned_count').notNull(),
    returnedFen: fen('returned_fen'),
    repeated: integer('repeated').notNull(),
    unmatched: integer('unmatched').notNull(),
    receivedBy: uuid('received_by').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'bank_returns_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('bank_returns_number').on(table.countyCode, table.batchId, table.fileNo),
    uniqueIndex('bank_returns_once').on(table.countyCode, table.batchId, table.sha256),
    foreignKey({
      name: 'bank_returns_batch',
      columns: [table.countyCode, table.batchId],
      foreignColumns: [paymentBatches.countyCode, paymentBatches.id],
    }),
  ],
)

/** 兑付结果: what became of an instruction, appended; keyed as the bank names it, and matched before it is written. */
export const paymentOutcomes = pgTable(
  'payment_outcomes',
  {
    countyCode: countyCode(),
    batchId: uuid('batch_id').notNull(),
    seq: integer('seq').notNull(),
    /** 0 the answer, 1 the money's coming back. */
    nth: smallint('nth').notNull(),
    fileNo: smallint('file_no').notNull(),
    code: text('code').$type<ReturnCode>().notNull(),
    bankCode: text('bank_code').notNull(),
    bankReference: text('bank_reference'),
    valueDate: civilDate('value_date'),
    message: text('message'),
  },
  (table) => [
    primaryKey({
      name: 'payment_outcomes_pk',
      columns: [table.countyCode, table.batchId, table.seq, table.nth],
    }),
    check(
      'payment_outcomes_code',
      sql`${table.code} in ('00', '01', '02', '03', '04', '05', '06', '99', 'RV')`,
    ),
    check('payment_outcomes_nth', sql`(${table.code} = 'RV') = (${table.nth} > 0)`),
  ],
)

/** 未匹配行: lines that fit no item, until the bank has been asked. */
export const bankReturnUnmatched = pgTable(
  'bank_return_unmatched',
  {
    countyCode: countyCode(),
    batchId: uuid('batch_id').notNull(),
    fileNo: smallint('file_no').notNull(),
    line: integer('line').notNull(),
    seq: integer('seq').notNull(),
    amountFen: fen('amount_fen'),
    accountMask: text('account_mask').notNull(),
    code: text('code').$type<ReturnCode>().notNull(),
    reason: text('reason').$type<UnmatchedReason>().notNull(),
    resolution: text('resolution'),
    resolvedBy: uuid('resolved_by'),
    resolvedAt: instant('resolved_at'),
  },
  (table) => [
    primaryKey({
      name: 'bank_return_unmatched_pk',
      columns: [table.countyCode, table.batchId, table.fileNo, table.line],
    }),
  ],
)
