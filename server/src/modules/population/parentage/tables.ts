import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, factColumns, id, plainText } from '../../../database/columns.ts'
import { persons } from '../persons/tables.ts'

/** 收养与监护: who is a child's parent or guardian beside or instead of those of birth. */
export const parentageEvents = pgTable(
  'parentage_events',
  {
    countyCode: countyCode(),
    id: id(),
    childId: uuid('child_id').notNull(),
    /** Null where an adoption or guardianship ends. */
    adultId: uuid('adult_id'),
    kind: text('kind').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    endedOn: civilDate('ended_on'),
    certificateNumber: plainText('certificate_number'),
    findings: text('findings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'parentage_events_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'parentage_events_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'parentage_events_adult',
      columns: [table.countyCode, table.adultId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('parentage_events_by_child').on(table.countyCode, table.childId),
    index('parentage_events_by_adult').on(table.countyCode, table.adultId),
    check('parentage_events_kind', sql`${table.kind} in ('ADOPTIVE', 'STEP', 'GUARDIAN')`),
    check('parentage_events_two_people', sql`${table.childId} <> ${table.adultId}`),
    check('parentage_events_in_order', sql`${table.endedOn} >= ${table.occurredOn}`),
    check(
      'parentage_events_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
