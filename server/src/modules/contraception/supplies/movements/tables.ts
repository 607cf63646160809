import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, id, instant, plainText } from '../../../../database/columns.ts'
import { dispensings } from '../dispensing/tables.ts'
import { supplyLots } from '../lots/tables.ts'
import { lotRecalls } from '../recalls/tables.ts'
import { supplyShipments } from '../shipments/tables.ts'
import { stockTakes } from '../stock-takes/tables.ts'
import { supplyStores } from '../stores/tables.ts'

const accounts = `'STORE', 'SUPPLIER', 'TRANSIT', 'CLIENT', 'WASTE', 'ADJUSTMENT'`

/**
 * 药具流水: a quantity of a lot leaves one account and enters another, so that over all accounts it sums to zero. Never
 * changed: what was wrong is moved back by a movement that names it.
 */
export const supplyMovements = pgTable(
  'supply_movements',
  {
    countyCode: countyCode(),
    id: id(),
    kind: text('kind').notNull(),
    itemCode: plainText('item_code').notNull(),
    lotId: uuid('lot_id').notNull(),
    quantity: integer('quantity').notNull(),
    fromAccount: text('from_account').notNull(),
    fromStoreId: uuid('from_store_id'),
    fromDivision: divisionCode('from_division'),
    toAccount: text('to_account').notNull(),
    toStoreId: uuid('to_store_id'),
    toDivision: divisionCode('to_division'),
    occurredOn: civilDate('occurred_on').notNull(),
    dispensingId: uuid('dispensing_id'),
    shipmentId: uuid('shipment_id'),
    stockTakeId: uuid('stock_take_id'),
    recallId: uuid('recall_id'),
    /** Delivery note, write-off protocol … */
    document: text('document'),
    reason: text('reason'),
    reverses: uuid('reverses'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    source: text('source').notNull(),
    sourceRef: text('source_ref'),
  },
  (table) => [
    primaryKey({ name: 'supply_movements_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'supply_movements_lot',
      columns: [table.countyCode, table.lotId],
      foreignColumns: [supplyLots.countyCode, supplyLots.id],
    }),
    foreignKey({
      name: 'supply_movements_from',
      columns: [table.countyCode, table.fromStoreId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    foreignKey({
      name: 'supply_movements_to',
      columns: [table.countyCode, table.toStoreId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    foreignKey({
      name: 'supply_movements_dispensing',
      columns: [table.countyCode, table.dispensingId],
      foreignColumns: [dispensings.countyCode, dispensings.id],
    }),
    foreignKey({
      name: 'supply_movements_shipment',
      columns: [table.countyCode, table.shipmentId],
      foreignColumns: [supplyShipments.countyCode, supplyShipments.id],
    }),
    foreignKey({
      name: 'supply_movements_stock_take',
      columns: [table.countyCode, table.stockTakeId],
      foreignColumns: [stockTakes.countyCode, stockTakes.id],
    }),
    foreignKey({
      name: 'supply_movements_recall',
      columns: [table.countyCode, table.recallId],
      foreignColumns: [lotRecalls.countyCode, lotRecalls.id],
    }),
    index('supply_movements_by_giver').on(
      table.countyCode,
      table.fromStoreId,
      table.itemCode,
      table.occurredOn,
    ),
    index('supply_movements_by_taker').on(
      table.countyCode,
      table.toStoreId,
      table.itemCode,
      table.occurredOn,
    ),
    index('supply_movements_by_lot').on(table.countyCode, table.lotId, table.occurredOn),
    index('supply_movements_by_day').on(table.countyCode, table.occurredOn, table.id),
    index('supply_movements_by_dispensing')
      .on(table.countyCode, table.dispensingId)
      .where(sql`${table.dispensingId} is not null`),
    index('supply_movements_by_reversed')
      .on(table.countyCode, table.reverses)
      .where(sql`${table.reverses} is not null`),
    check('supply_movements_quantity', sql`${table.quantity} > 0`),
    check(
      'supply_movements_kind',
      sql`${table.kind} in ('IN_PURCHASE', 'IN_TRANSFER', 'OUT_TRANSFER', 'DISPENSE', 'EXPIRED', 'DAMAGED', 'LOST', 'RETURN', 'ADJUST', 'RECALLED')`,
    ),
    check(
      'supply_movements_accounts',
      sql`${table.fromAccount} in (${sql.raw(accounts)}) and ${table.toAccount} in (${sql.raw(accounts)})`,
    ),
    check(
      'supply_movements_giver',
      sql`(${table.fromAccount} = 'STORE') = (${table.fromStoreId} is not null) and (${table.fromStoreId} is null) = (${table.fromDivision} is null)`,
    ),
    check(
      'supply_movements_taker',
      sql`(${table.toAccount} = 'STORE') = (${table.toStoreId} is not null) and (${table.toStoreId} is null) = (${table.toDivision} is null)`,
    ),
    check(
      'supply_movements_between_two',
      sql`${table.fromAccount} <> ${table.toAccount} or ${table.fromStoreId} <> ${table.toStoreId}`,
    ),
  ],
)

/**
 * 月收发存: what came to a store and left it in a month; kept by every movement in its own transaction. By lot, so that nobody waits
 * who does not wait for the same lot anyway.
 */
export const supplyMonths = pgTable(
  'supply_months',
  {
    countyCode: countyCode(),
    storeId: uuid('store_id').notNull(),
    itemCode: plainText('item_code').notNull(),
    month: civilDate('month').notNull(),
    lotId: uuid('lot_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    received: integer('received').notNull(),
    dispensed: integer('dispensed').notNull(),
    shipped: integer('shipped').notNull(),
    wasted: integer('wasted').notNull(),
    adjusted: integer('adjusted').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'supply_months_pk',
      columns: [table.countyCode, table.storeId, table.itemCode, table.month, table.lotId],
    }),
    foreignKey({
      name: 'supply_months_store',
      columns: [table.countyCode, table.storeId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    index('supply_months_by_place').on(table.countyCode, table.divisionCode, table.month),
  ],
)
