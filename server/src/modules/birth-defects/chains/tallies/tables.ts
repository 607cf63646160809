import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, id, instant } from '../../../../database/columns.ts'

/** Links of the chain by cohort, township, item and state, counted in the transaction that changes them: nobody is in it. */
export const chainTallies = pgTable(
  'chain_tallies',
  {
    countyCode: countyCode(),
    cohortMonth: civilDate('cohort_month').notNull(),
    /** Township. */
    divisionCode: divisionCode('division_code').notNull(),
    item: text('item').notNull(),
    state: text('state').notNull(),
    /** Why she dropped out; '' where no reason is known. */
    reason: text('reason').notNull(),
    links: integer('links').notNull(),
    /** Of these: ever offered, accepted, found positive, followed to the end. */
    offered: integer('offered').notNull(),
    accepted: integer('accepted').notNull(),
    positive: integer('positive').notNull(),
    followed: integer('followed').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'chain_tallies_pk',
      columns: [
        table.countyCode,
        table.cohortMonth,
        table.divisionCode,
        table.item,
        table.state,
        table.reason,
      ],
    }),
  ],
)

/** How often the counts of a cohort have changed: what was put together of them holds as long as this does. */
export const chainTallyStamps = pgTable(
  'chain_tally_stamps',
  {
    countyCode: countyCode(),
    cohortMonth: civilDate('cohort_month').notNull(),
    changes: bigint('changes', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ name: 'chain_tally_stamps_pk', columns: [table.countyCode, table.cohortMonth] })],
)

/** 已关账时期: a period whose denominators stand as they were when it was closed. */
export const chainPeriods = pgTable(
  'chain_periods',
  {
    countyCode: countyCode(),
    id: id(),
    fromMonth: civilDate('from_month').notNull(),
    /** The last month. */
    toMonth: civilDate('to_month').notNull(),
    closedOn: civilDate('closed_on').notNull(),
    closedAt: instant('closed_at').notNull(),
    closedBy: uuid('closed_by').notNull(),
    note: text('note'),
  },
  (table) => [
    primaryKey({ name: 'chain_periods_pk', columns: [table.countyCode, table.id] }),
    check('chain_periods_order', sql`${table.toMonth} >= ${table.fromMonth}`),
  ],
)

export const chainPeriodTallies = pgTable(
  'chain_period_tallies',
  {
    countyCode: countyCode(),
    periodId: uuid('period_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    item: text('item').notNull(),
    state: text('state').notNull(),
    reason: text('reason').notNull(),
    links: integer('links').notNull(),
    offered: integer('offered').notNull(),
    accepted: integer('accepted').notNull(),
    positive: integer('positive').notNull(),
    followed: integer('followed').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'chain_period_tallies_pk',
      columns: [table.countyCode, table.periodId, table.divisionCode, table.item, table.state, table.reason],
    }),
    foreignKey({
      name: 'chain_period_tallies_period',
      columns: [table.countyCode, table.periodId],
      foreignColumns: [chainPeriods.countyCode, chainPeriods.id],
    }),
  ],
)
