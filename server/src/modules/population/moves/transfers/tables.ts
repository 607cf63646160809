import { sql } from 'drizzle-orm'
import {
  boolean,
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
import { civilDate, countyCode, divisionCode, id, instant } from '../../../../database/columns.ts'
import { persons } from '../../persons/tables.ts'
import { migrationEvents } from '../tables.ts'

/** 跨县移交: a departure that another county answers. Belongs to the county that is left; either side sees it. */
export const countyTransfers = pgTable(
  'county_transfers',
  {
    countyCode: countyCode(),
    id: id(),
    toCounty: integer('to_county').notNull(),
    personId: uuid('person_id').notNull(),
    departureId: uuid('departure_id').notNull(),
    fromDivision: divisionCode('from_division').notNull(),
    toDivision: divisionCode('to_division').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    reason: text('reason').notNull(),
    withResidence: boolean('with_residence').notNull(),
    note: text('note'),
    /** NONE where the other county keeps its register elsewhere. */
    state: text('state').notNull(),
    answer: text('answer'),
    answeredAt: instant('answered_at'),
    answeredBy: uuid('answered_by'),
    /** The arrival in the receiving register, and the person as whom it was recorded. */
    arrivalId: uuid('arrival_id'),
    arrivedAs: uuid('arrived_as'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({ name: 'county_transfers_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'county_transfers_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'county_transfers_departure',
      columns: [table.countyCode, table.departureId],
      foreignColumns: [migrationEvents.countyCode, migrationEvents.id],
    }),
    uniqueIndex('county_transfers_one_at_a_time')
      .on(table.countyCode, table.personId)
      .where(sql`${table.state} = 'SENT'`),
    index('county_transfers_leaving').on(table.countyCode, table.recordedAt, table.id),
    index('county_transfers_arriving').on(table.toCounty, table.recordedAt, table.id),
    check('county_transfers_state', sql`${table.state} in ('NONE', 'SENT', 'CONFIRMED', 'REFUSED')`),
    check('county_transfers_two_counties', sql`${table.countyCode} <> ${table.toCounty}`),
  ],
)
