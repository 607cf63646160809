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
import { civilDate, countyCode, divisionCode, id, instant, plainText } from '../../../../database/columns.ts'
import { supplyItems } from '../items/tables.ts'
import { supplyStores } from '../stores/tables.ts'

/** 批号 */
export const supplyLots = pgTable(
  'supply_lots',
  {
    countyCode: countyCode(),
    id: id(),
    itemCode: plainText('item_code').notNull(),
    lotNumber: plainText('lot_number').notNull(),
    /** The last day it may be handed out. */
    expiresOn: civilDate('expires_on').notNull(),
    /** From this day on no store hands it out. */
    recalledOn: civilDate('recalled_on'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'supply_lots_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'supply_lots_item',
      columns: [table.itemCode],
      foreignColumns: [supplyItems.code],
    }),
    uniqueIndex('supply_lots_number').on(table.countyCode, table.itemCode, table.lotNumber),
    index('supply_lots_by_expiry').on(table.countyCode, table.expiresOn),
  ],
)

/** 库存: what a store holds of a lot; kept by every movement in its own transaction. */
export const supplyStocks = pgTable(
  'supply_stocks',
  {
    countyCode: countyCode(),
    storeId: uuid('store_id').notNull(),
    lotId: uuid('lot_id').notNull(),
    itemCode: plainText('item_code').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    expiresOn: civilDate('expires_on').notNull(),
    onHand: integer('on_hand').notNull(),
    isQuarantined: boolean('is_quarantined').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'supply_stocks_pk', columns: [table.countyCode, table.storeId, table.lotId] }),
    foreignKey({
      name: 'supply_stocks_store',
      columns: [table.countyCode, table.storeId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    foreignKey({
      name: 'supply_stocks_lot',
      columns: [table.countyCode, table.lotId],
      foreignColumns: [supplyLots.countyCode, supplyLots.id],
    }),
    // In the order in which lots are handed out.
    index('supply_stocks_by_expiry').on(
      table.countyCode,
      table.storeId,
      table.itemCode,
      table.expiresOn,
      table.lotId,
    ),
    index('supply_stocks_by_lot').on(table.countyCode, table.lotId),
    index('supply_stocks_by_place').on(table.countyCode, table.divisionCode),
    check('supply_stocks_never_negative', sql`${table.onHand} >= 0`),
  ],
)
