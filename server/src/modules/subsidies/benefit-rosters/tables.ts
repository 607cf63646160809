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
import { persons } from '../../population/persons/tables.ts'

/** 发放名册: people whom another department (人社, 民政) pays; sent out, and its answer taken in. */
export const benefitRosters = pgTable(
  'benefit_rosters',
  {
    countyCode: countyCode(),
    id: id(),
    number: text('number').notNull(),
    programme: text('programme').notNull(),
    year: integer('year').notNull(),
    /** First day of the period paid for. */
    period: civilDate('period').notNull(),
    department: text('department').notNull(),
    perPersonFen: bigint('per_person_fen', { mode: 'number' }).notNull(),
    state: text('state').notNull(),
    people: integer('people').notNull(),
    totalFen: bigint('total_fen', { mode: 'number' }).notNull(),
    paidFen: bigint('paid_fen', { mode: 'number' }).notNull(),
    madeAt: instant('made_at').notNull(),
    madeBy: uuid('made_by').notNull(),
    sentAt: instant('sent_at'),
    fileHash: bytes('file_hash'),
    returnedAt: instant('returned_at'),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'benefit_rosters_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('benefit_rosters_number').on(table.countyCode, table.number),
    uniqueIndex('benefit_rosters_once')
      .on(table.countyCode, table.programme, table.period)
      .where(sql`${table.state} <> 'VOID'`),
    check('benefit_rosters_programme', sql`${table.programme} in ('P10', 'P12')`),
    check('benefit_rosters_state', sql`${table.state} in ('DRAFT', 'SENT', 'RETURNED', 'VOID')`),
    check(
      'benefit_rosters_sums',
      sql`${table.people} >= 0 and ${table.totalFen} >= 0 and ${table.paidFen} between 0 and ${table.totalFen}`,
    ),
  ],
)

export const benefitRosterLines = pgTable(
  'benefit_roster_lines',
  {
    countyCode: countyCode(),
    rosterId: uuid('roster_id').notNull(),
    seq: integer('seq').notNull(),
    personId: uuid('person_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
    outcome: text('outcome').notNull(),
    paidOn: civilDate('paid_on'),
    reason: text('reason'),
  },
  (table) => [
    primaryKey({ name: 'benefit_roster_lines_pk', columns: [table.countyCode, table.rosterId, table.seq] }),
    foreignKey({
      name: 'benefit_roster_lines_roster',
      columns: [table.countyCode, table.rosterId],
      foreignColumns: [benefitRosters.countyCode, benefitRosters.id],
    }),
    foreignKey({
      name: 'benefit_roster_lines_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('benefit_roster_lines_once').on(table.countyCode, table.rosterId, table.personId),
    index('benefit_roster_lines_by_person').on(table.countyCode, table.personId),
    check('benefit_roster_lines_outcome', sql`${table.outcome} in ('PENDING', 'PAID', 'NOT_PAID')`),
    check('benefit_roster_lines_paid', sql`(${table.outcome} = 'PAID') = (${table.paidOn} is not null)`),
    check(
      'benefit_roster_lines_reason',
      sql`(${table.outcome} = 'NOT_PAID') <= (${table.reason} is not null)`,
    ),
  ],
)
