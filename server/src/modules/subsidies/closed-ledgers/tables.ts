import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'

/** 历史台账: money of programmes that have ended, loaded once and closed when it reconciles. */
export const closedLedgers = pgTable(
  'closed_ledgers',
  {
    countyCode: countyCode(),
    id: id(),
    programme: text('programme').notNull(),
    title: text('title').notNull(),
    document: text('document').notNull(),
    fromOn: civilDate('from_on').notNull(),
    toOn: civilDate('to_on').notNull(),
    /** What the document says in total; the rows must come to the same before it closes. */
    statedFen: bigint('stated_fen', { mode: 'number' }).notNull(),
    statedPeople: integer('stated_people'),
    rows: integer('rows').notNull(),
    people: integer('people').notNull(),
    settledFen: bigint('settled_fen', { mode: 'number' }).notNull(),
    /** Owed to people who could not be reached: stands to be claimed. */
    unreachableFen: bigint('unreachable_fen', { mode: 'number' }).notNull(),
    state: text('state').notNull(),
    madeAt: instant('made_at').notNull(),
    madeBy: uuid('made_by').notNull(),
    closedAt: instant('closed_at'),
    closedBy: uuid('closed_by'),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'closed_ledgers_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('closed_ledgers_once').on(table.countyCode, table.programme, table.title),
    check('closed_ledgers_programme', sql`${table.programme} in ('P03', 'P05', 'P15', 'P16')`),
    check('closed_ledgers_state', sql`${table.state} in ('OPEN', 'CLOSED')`),
    check('closed_ledgers_span', sql`${table.toOn} >= ${table.fromOn}`),
    check('closed_ledgers_maker_not_checker', sql`${table.closedBy} <> ${table.madeBy}`),
    check(
      'closed_ledgers_reconciled',
      sql`(${table.state} = 'CLOSED') = (${table.closedBy} is not null) and (${table.state} = 'OPEN' or (${table.settledFen} + ${table.unreachableFen} = ${table.statedFen} and (${table.statedPeople} is null or ${table.statedPeople} = ${table.people})))`,
    ),
  ],
)

/** A row of an old list: what was paid or given back, to whom, by whom. */
export const closedLedgerRows = pgTable(
  'closed_ledger_rows',
  {
    countyCode: countyCode(),
    id: id(),
    ledgerId: uuid('ledger_id').notNull(),
    /** As the list names it: the same row is not loaded twice. */
    reference: text('reference').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    period: civilDate('period').notNull(),
    /** Persons, couples or families that the row stands for. */
    people: integer('people').notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
    payer: text('payer'),
    outcome: text('outcome').notNull(),
    settledOn: civilDate('settled_on'),
    payeeMask: text('payee_mask'),
    payeeCipher: bytes('payee_cipher'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'closed_ledger_rows_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'closed_ledger_rows_ledger',
      columns: [table.countyCode, table.ledgerId],
      foreignColumns: [closedLedgers.countyCode, closedLedgers.id],
    }),
    uniqueIndex('closed_ledger_rows_once').on(table.countyCode, table.ledgerId, table.reference),
    index('closed_ledger_rows_in_order').on(table.countyCode, table.ledgerId, table.period, table.id),
    check('closed_ledger_rows_payer', sql`${table.payer} in ('EMPLOYER', 'COUNTY', 'VILLAGE')`),
    check(
      'closed_ledger_rows_outcome',
      sql`${table.outcome} in ('PAID', 'REFUNDED', 'UNREACHABLE', 'WITHDRAWN')`,
    ),
    check('closed_ledger_rows_amount', sql`${table.amountFen} >= 0 and ${table.people} > 0`),
    check(
      'closed_ledger_rows_settled',
      sql`(${table.outcome} in ('PAID', 'REFUNDED')) = (${table.settledOn} is not null)`,
    ),
  ],
)
