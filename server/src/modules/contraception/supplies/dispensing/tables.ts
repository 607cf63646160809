import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  plainText,
} from '../../../../database/columns.ts'
import { supplyItems } from '../items/tables.ts'
import { supplyStores } from '../stores/tables.ts'

/** 发放: quantity and client token, never a name; who it was stands only in `dispensing_clients`. */
export const dispensings = pgTable(
  'dispensings',
  {
    countyCode: countyCode(),
    id: id(),
    storeId: uuid('store_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    itemCode: plainText('item_code').notNull(),
    method: plainText('method').notNull(),
    quantity: integer('quantity').notNull(),
    /** Given back or destroyed since. */
    returned: integer('returned').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    clientToken: plainText('client_token'),
    isFirstUse: boolean('is_first_use').notNull(),
    byClinician: boolean('by_clinician').notNull(),
    isBeyondAllowance: boolean('is_beyond_allowance').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'dispensings_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'dispensings_store',
      columns: [table.countyCode, table.storeId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    foreignKey({ name: 'dispensings_item', columns: [table.itemCode], foreignColumns: [supplyItems.code] }),
    index('dispensings_by_store').on(table.countyCode, table.storeId, table.occurredOn, table.id),
    index('dispensings_by_day').on(table.countyCode, table.occurredOn, table.id),
    index('dispensings_by_token')
      .on(table.countyCode, table.clientToken, table.occurredOn)
      .where(sql`${table.clientToken} is not null`),
    check('dispensings_quantity', sql`${table.quantity} > 0`),
    check('dispensings_returned', sql`${table.returned} between 0 and ${table.quantity}`),
    check('dispensings_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** Whom a clinician gave it to: a record of care, readable at the facility alone. */
export const dispensingClients = pgTable(
  'dispensing_clients',
  {
    countyCode: countyCode(),
    id: id(),
    dispensingId: uuid('dispensing_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    clientId: uuid('client_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    /** The token under which the facility's store knows this client. */
    clientToken: plainText('client_token').notNull(),
    encounterId: uuid('encounter_id'),
  },
  (table) => [
    primaryKey({ name: 'dispensing_clients_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'dispensing_clients_dispensing',
      columns: [table.countyCode, table.dispensingId],
      foreignColumns: [dispensings.countyCode, dispensings.id],
    }),
    uniqueIndex('dispensing_clients_once').on(table.countyCode, table.dispensingId),
    index('dispensing_clients_by_client').on(table.countyCode, table.clientId, table.facilityId),
  ],
)
