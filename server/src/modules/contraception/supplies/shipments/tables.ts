import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, id, instant, plainText } from '../../../../database/columns.ts'
import { supplyLots } from '../lots/tables.ts'
import { requisitions } from '../requisitions/tables.ts'
import { supplyStores } from '../stores/tables.ts'

/** 调拨单: goods on their way from one store to another. */
export const supplyShipments = pgTable(
  'supply_shipments',
  {
    countyCode: countyCode(),
    id: id(),
    fromStoreId: uuid('from_store_id').notNull(),
    fromDivision: divisionCode('from_division').notNull(),
    toStoreId: uuid('to_store_id').notNull(),
    toDivision: divisionCode('to_division').notNull(),
    requisitionId: uuid('requisition_id'),
    shippedOn: civilDate('shipped_on').notNull(),
    /** Until everything has arrived or is known to be lost. */
    completedOn: civilDate('completed_on'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'supply_shipments_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'supply_shipments_from',
      columns: [table.countyCode, table.fromStoreId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    foreignKey({
      name: 'supply_shipments_to',
      columns: [table.countyCode, table.toStoreId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    foreignKey({
      name: 'supply_shipments_requisition',
      columns: [table.countyCode, table.requisitionId],
      foreignColumns: [requisitions.countyCode, requisitions.id],
    }),
    index('supply_shipments_by_day').on(table.countyCode, table.shippedOn, table.id),
    index('supply_shipments_by_taker').on(table.countyCode, table.toStoreId, table.completedOn),
    index('supply_shipments_by_requisition').on(table.countyCode, table.requisitionId),
    check('supply_shipments_between_two', sql`${table.fromStoreId} <> ${table.toStoreId}`),
  ],
)

export const supplyShipmentLines = pgTable(
  'supply_shipment_lines',
  {
    countyCode: countyCode(),
    id: id(),
    shipmentId: uuid('shipment_id').notNull(),
    lotId: uuid('lot_id').notNull(),
    itemCode: plainText('item_code').notNull(),
    shipped: integer('shipped').notNull(),
    received: integer('received').notNull(),
    lost: integer('lost').notNull(),
    lossReason: text('loss_reason'),
  },
  (table) => [
    primaryKey({ name: 'supply_shipment_lines_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'supply_shipment_lines_shipment',
      columns: [table.countyCode, table.shipmentId],
      foreignColumns: [supplyShipments.countyCode, supplyShipments.id],
    }),
    foreignKey({
      name: 'supply_shipment_lines_lot',
      columns: [table.countyCode, table.lotId],
      foreignColumns: [supplyLots.countyCode, supplyLots.id],
    }),
    index('supply_shipment_lines_by_shipment').on(table.countyCode, table.shipmentId),
    index('supply_shipment_lines_by_lot').on(table.countyCode, table.lotId),
    check('supply_shipment_lines_quantity', sql`${table.shipped} > 0`),
    check(
      'supply_shipment_lines_arrived',
      sql`${table.received} >= 0 and ${table.lost} >= 0 and ${table.received} + ${table.lost} <= ${table.shipped}`,
    ),
  ],
)
