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
import { civilDate, countyCode, divisionCode, id, instant, plainText } from '../../../../database/columns.ts'
import { supplyLots } from '../lots/tables.ts'
import { supplyStores } from '../stores/tables.ts'

/** 盘点: one counts, another signs the adjustment. */
export const stockTakes = pgTable(
  'stock_takes',
  {
    countyCode: countyCode(),
    id: id(),
    storeId: uuid('store_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    status: text('status').notNull(),
    openedOn: civilDate('opened_on').notNull(),
    openedBy: uuid('opened_by').notNull(),
    countedAt: instant('counted_at'),
    countedBy: uuid('counted_by'),
    adjustedAt: instant('adjusted_at'),
    adjustedBy: uuid('adjusted_by'),
    cancelReason: text('cancel_reason'),
    recordedAt: instant('recorded_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'stock_takes_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'stock_takes_store',
      columns: [table.countyCode, table.storeId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    uniqueIndex('stock_takes_one_at_a_time')
      .on(table.countyCode, table.storeId)
      .where(sql`${table.status} in ('OPEN', 'COUNTED')`),
    index('stock_takes_by_day').on(table.countyCode, table.openedOn, table.id),
    check('stock_takes_status', sql`${table.status} in ('OPEN', 'COUNTED', 'ADJUSTED', 'CANCELLED')`),
    check(
      'stock_takes_counted',
      sql`${table.status} not in ('COUNTED', 'ADJUSTED') or ${table.countedBy} is not null`,
    ),
    check('stock_takes_adjusted', sql`(${table.status} = 'ADJUSTED') = (${table.adjustedBy} is not null)`),
    check('stock_takes_two_signatures', sql`${table.adjustedBy} <> ${table.countedBy}`),
  ],
)

export const stockTakeLines = pgTable(
  'stock_take_lines',
  {
    countyCode: countyCode(),
    stockTakeId: uuid('stock_take_id').notNull(),
    lotId: uuid('lot_id').notNull(),
    itemCode: plainText('item_code').notNull(),
    /** What the book said at the moment of counting. */
    book: integer('book').notNull(),
    counted: integer('counted').notNull(),
    reason: text('reason'),
  },
  (table) => [
    primaryKey({
      name: 'stock_take_lines_pk',
      columns: [table.countyCode, table.stockTakeId, table.lotId],
    }),
    foreignKey({
      name: 'stock_take_lines_stock_take',
      columns: [table.countyCode, table.stockTakeId],
      foreignColumns: [stockTakes.countyCode, stockTakes.id],
    }),
    foreignKey({
      name: 'stock_take_lines_lot',
      columns: [table.countyCode, table.lotId],
      foreignColumns: [supplyLots.countyCode, supplyLots.id],
    }),
    check('stock_take_lines_counted', sql`${table.counted} >= 0 and ${table.book} >= 0`),
  ],
)
