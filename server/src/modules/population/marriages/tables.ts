import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, factColumns, id, plainText } from '../../../database/columns.ts'
import { persons } from '../persons/tables.ts'

/** 婚姻登记: a marriage, divorce, widowhood or annulment; a party from elsewhere is known by name only. */
export const marriageEvents = pgTable(
  'marriage_events',
  {
    countyCode: countyCode(),
    id: id(),
    event: text('event').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    partyA: uuid('party_a').notNull(),
    /** Null where the other party is not in this county's register. */
    partyB: uuid('party_b'),
    partyBName: text('party_b_name'),
    orderA: text('order_a'),
    orderB: text('order_b'),
    /** Ages in completed years on the day. */
    ageA: smallint('age_a').notNull(),
    ageB: smallint('age_b'),
    sexA: text('sex_a').notNull(),
    sexB: text('sex_b'),
    certificateNumber: plainText('certificate_number'),
    registryId: uuid('registry_id'),
    divisionA: divisionCode('division_a').notNull(),
    divisionB: divisionCode('division_b'),
    findings: text('findings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'marriage_events_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'marriage_events_a',
      columns: [table.countyCode, table.partyA],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'marriage_events_b_person',
      columns: [table.countyCode, table.partyB],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('marriage_events_by_day').on(table.countyCode, table.occurredOn, table.id),
    index('marriage_events_by_place_a').on(table.countyCode, table.divisionA, table.occurredOn, table.id),
    index('marriage_events_by_place_b')
      .on(table.countyCode, table.divisionB, table.occurredOn, table.id)
      .where(sql`${table.divisionB} is not null`),
    index('marriage_events_by_a').on(table.countyCode, table.partyA),
    index('marriage_events_by_b')
      .on(table.countyCode, table.partyB)
      .where(sql`${table.partyB} is not null`),
    index('marriage_events_findings')
      .on(table.countyCode, table.recordedAt)
      .where(sql`${table.findings} <> '{}' and ${table.voidedAt} is null`),
    check(
      'marriage_events_event',
      sql`${table.event} in ('MARRY', 'DIVORCE', 'WIDOWED', 'REMARRY', 'ANNUL')`,
    ),
    check(
      'marriage_events_order',
      sql`${table.orderA} in ('FIRST', 'RE') and ${table.orderB} in ('FIRST', 'RE')`,
    ),
    check('marriage_events_two_people', sql`${table.partyA} <> ${table.partyB}`),
    check(
      'marriage_events_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
