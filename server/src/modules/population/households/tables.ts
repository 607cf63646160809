import { sql } from 'drizzle-orm'
import {
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
import type { HouseholdType, Source } from '@youyu/shared/population/value-sets'
import {
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
  plainText,
} from '../../../database/columns.ts'
import { persons } from '../persons/tables.ts'

/** 户. */
export const households = pgTable(
  'households',
  {
    countyCode: countyCode(),
    id: id(),
    number: plainText('number').notNull(),
    type: text('type').$type<HouseholdType>().notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    address: text('address'),
    headPersonId: uuid('head_person_id'),
    source: text('source').$type<Source>().notNull(),
    sourceRef: text('source_ref'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'households_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('households_number').on(table.countyCode, table.number),
    index('households_by_division').on(table.countyCode, table.divisionCode, table.id),
    check('households_type', sql`${table.type} in ('FAMILY', 'COLLECTIVE', 'SINGLE', 'TEMP')`),
  ],
)

/** 户成员: who belongs to a household from a day until the day before `to_on`. */
export const householdMembers = pgTable(
  'household_members',
  {
    countyCode: countyCode(),
    id: id(),
    householdId: uuid('household_id').notNull(),
    personId: uuid('person_id').notNull(),
    relation: text('relation').notNull(),
    fromOn: civilDate('from_on'),
    toOn: civilDate('to_on'),
    reason: text('reason'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'household_members_pk', columns: [table.countyCode, table.id] }),
    index('household_members_by_household').on(table.countyCode, table.householdId),
    uniqueIndex('household_members_one_at_a_time')
      .on(table.countyCode, table.personId)
      .where(sql`${table.toOn} is null and ${table.voidedAt} is null`),
    index('household_members_by_person').on(table.countyCode, table.personId),
    foreignKey({
      name: 'household_members_household',
      columns: [table.countyCode, table.householdId],
      foreignColumns: [households.countyCode, households.id],
    }),
    foreignKey({
      name: 'household_members_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    check(
      'household_members_in_order',
      sql`${table.fromOn} is null or ${table.toOn} is null or ${table.fromOn} <= ${table.toOn}`,
    ),
    check(
      'household_members_relation',
      sql`${table.relation} in ('0', '1', '2', '3', '4', '5', '6', '7', '8')`,
    ),
  ],
)
