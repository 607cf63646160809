import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, id, instant } from '../../../database/columns.ts'

/** 政策测算方案: what a changed rate, rule, share or date would do, kept to be compared with others. No person in it. */
export const benefitScenarios = pgTable(
  'benefit_scenarios',
  {
    countyCode: countyCode(),
    id: id(),
    name: text('name').notNull(),
    note: text('note'),
    onDay: civilDate('on_day').notNull(),
    programmes: text('programmes').array().notNull(),
    scenario: jsonb('scenario').notNull(),
    /** As it was computed then. */
    result: jsonb('result').notNull(),
    madeBy: uuid('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by'),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'benefit_scenarios_pk', columns: [table.countyCode, table.id] }),
    index('benefit_scenarios_standing')
      .on(table.countyCode, table.id)
      .where(sql`${table.withdrawnAt} is null`),
    check(
      'benefit_scenarios_withdrawal',
      sql`(${table.withdrawnAt} is null) = (${table.withdrawnBy} is null)`,
    ),
  ],
)
