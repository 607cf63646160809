import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, plainText } from '../../../../database/columns.ts'
import { supplyStores } from '../stores/tables.ts'

/** 断供: days that ended without a usable unit at a store that had held the item; follows from the movements alone. */
export const stockOuts = pgTable(
  'stock_outs',
  {
    countyCode: countyCode(),
    storeId: uuid('store_id').notNull(),
    itemCode: plainText('item_code').notNull(),
    fromOn: civilDate('from_on').notNull(),
    /** The first day that ended with stock again. */
    toOn: civilDate('to_on'),
    divisionCode: divisionCode('division_code').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'stock_outs_pk',
      columns: [table.countyCode, table.storeId, table.itemCode, table.fromOn],
    }),
    foreignKey({
      name: 'stock_outs_store',
      columns: [table.countyCode, table.storeId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    index('stock_outs_by_place').on(table.countyCode, table.divisionCode, table.fromOn),
    check('stock_outs_in_order', sql`${table.toOn} > ${table.fromOn}`),
  ],
)
