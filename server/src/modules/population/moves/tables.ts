import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, factColumns, id, instant } from '../../../database/columns.ts'
import { persons } from '../persons/tables.ts'

/** 迁移/流动: a change of hukou or of residence, with the county at the other end and what it answered. */
export const migrationEvents = pgTable(
  'migration_events',
  {
    countyCode: countyCode(),
    id: id(),
    personId: uuid('person_id').notNull(),
    kind: text('kind').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    fromDivision: divisionCode('from_division').notNull(),
    toDivision: divisionCode('to_division').notNull(),
    reason: text('reason').notNull(),
    distance: text('distance').notNull(),
    /** The residence episode that the event began, where it changed residence. */
    episodeId: uuid('episode_id'),
    expectedReturn: civilDate('expected_return'),
    /** NONE inside the county, else what the counterpart county said. */
    acknowledgement: text('acknowledgement').notNull(),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: uuid('acknowledged_by'),
    /** The same person and event in the counterpart county's register: its county and fact. */
    counterpartCounty: integer('counterpart_county'),
    counterpartId: uuid('counterpart_id'),
    findings: text('findings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'migration_events_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'migration_events_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('migration_events_by_day').on(table.countyCode, table.occurredOn, table.id),
    index('migration_events_leaving').on(table.countyCode, table.fromDivision, table.occurredOn, table.id),
    index('migration_events_arriving').on(table.countyCode, table.toDivision, table.occurredOn, table.id),
    index('migration_events_by_person').on(table.countyCode, table.personId, table.occurredOn),
    index('migration_events_awaiting')
      .on(table.countyCode, table.acknowledgement)
      .where(sql`${table.acknowledgement} = 'SENT' and ${table.voidedAt} is null`),
    index('migration_events_findings')
      .on(table.countyCode, table.recordedAt)
      .where(sql`${table.findings} <> '{}' and ${table.voidedAt} is null`),
    check(
      'migration_events_kind',
      sql`${table.kind} in ('HUKOU_IN', 'HUKOU_OUT', 'FLOW_IN', 'FLOW_OUT', 'RETURN')`,
    ),
    check(
      'migration_events_reason',
      sql`${table.reason} in ('WORK', 'STUDY', 'MARRIAGE', 'FAMILY', 'PENSION', 'RELOCATION', 'MILITARY', 'OTHER')`,
    ),
    check(
      'migration_events_acknowledgement',
      sql`${table.acknowledgement} in ('NONE', 'SENT', 'CONFIRMED', 'REFUSED')`,
    ),
    check('migration_events_two_places', sql`${table.fromDivision} <> ${table.toDivision}`),
    check(
      'migration_events_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
