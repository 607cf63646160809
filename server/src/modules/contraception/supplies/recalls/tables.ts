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
import {
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
  plainText,
} from '../../../../database/columns.ts'
import { supplyLots } from '../lots/tables.ts'
import { supplyStores } from '../stores/tables.ts'

/** 批号召回 */
export const lotRecalls = pgTable(
  'lot_recalls',
  {
    countyCode: countyCode(),
    id: id(),
    lotId: uuid('lot_id').notNull(),
    itemCode: plainText('item_code').notNull(),
    recalledOn: civilDate('recalled_on').notNull(),
    reason: text('reason').notNull(),
    /** The notice it follows. */
    document: text('document'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'lot_recalls_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'lot_recalls_lot',
      columns: [table.countyCode, table.lotId],
      foreignColumns: [supplyLots.countyCode, supplyLots.id],
    }),
    uniqueIndex('lot_recalls_once')
      .on(table.countyCode, table.lotId)
      .where(sql`${table.voidedAt} is null`),
    index('lot_recalls_by_day').on(table.countyCode, table.recalledOn, table.id),
    check('lot_recalls_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** What a store did with a recalled lot: set aside, then sent back or destroyed. */
export const lotRecallStores = pgTable(
  'lot_recall_stores',
  {
    countyCode: countyCode(),
    recallId: uuid('recall_id').notNull(),
    storeId: uuid('store_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    status: text('status').notNull(),
    /** On the shelf when the recall came. */
    found: integer('found').notNull(),
    quarantinedAt: instant('quarantined_at'),
    quarantinedBy: uuid('quarantined_by'),
    returned: integer('returned').notNull(),
    destroyed: integer('destroyed').notNull(),
    disposedAt: instant('disposed_at'),
    disposedBy: uuid('disposed_by'),
    document: text('document'),
  },
  (table) => [
    primaryKey({ name: 'lot_recall_stores_pk', columns: [table.countyCode, table.recallId, table.storeId] }),
    foreignKey({
      name: 'lot_recall_stores_recall',
      columns: [table.countyCode, table.recallId],
      foreignColumns: [lotRecalls.countyCode, lotRecalls.id],
    }),
    foreignKey({
      name: 'lot_recall_stores_store',
      columns: [table.countyCode, table.storeId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    check(
      'lot_recall_stores_status',
      sql`${table.status} in ('LOT_RECALLED', 'QUARANTINED', 'RETURNED', 'DESTROYED')`,
    ),
    check(
      'lot_recall_stores_quantities',
      sql`${table.found} >= 0 and ${table.returned} >= 0 and ${table.destroyed} >= 0`,
    ),
  ],
)
