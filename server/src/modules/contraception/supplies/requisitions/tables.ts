import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ProposalArithmetic } from '@youyu/shared/contraception/supplies-requisitions'
import { civilDate, countyCode, divisionCode, id, instant, plainText } from '../../../../database/columns.ts'
import { supplyItems } from '../items/tables.ts'
import { supplyStores } from '../stores/tables.ts'

/** 请领单: what a store asks of the one that supplies it. */
export const requisitions = pgTable(
  'requisitions',
  {
    countyCode: countyCode(),
    id: id(),
    storeId: uuid('store_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    supplierId: uuid('supplier_id').notNull(),
    supplierDivision: divisionCode('supplier_division').notNull(),
    status: text('status').notNull(),
    openedOn: civilDate('opened_on').notNull(),
    note: text('note'),
    submittedAt: instant('submitted_at'),
    submittedBy: uuid('submitted_by'),
    decidedAt: instant('decided_at'),
    decidedBy: uuid('decided_by'),
    decisionReason: text('decision_reason'),
    shippedAt: instant('shipped_at'),
    receivedAt: instant('received_at'),
    closedAt: instant('closed_at'),
    closeReason: text('close_reason'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'requisitions_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'requisitions_store',
      columns: [table.countyCode, table.storeId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    foreignKey({
      name: 'requisitions_supplier',
      columns: [table.countyCode, table.supplierId],
      foreignColumns: [supplyStores.countyCode, supplyStores.id],
    }),
    index('requisitions_by_day').on(table.countyCode, table.openedOn, table.id),
    index('requisitions_by_store').on(table.countyCode, table.storeId, table.status),
    index('requisitions_by_supplier').on(table.countyCode, table.supplierId, table.status),
    check(
      'requisitions_status',
      sql`${table.status} in ('DRAFT', 'SUBMITTED', 'APPROVED', 'SHIPPED', 'RECEIVED', 'CLOSED', 'REFUSED', 'CANCELLED')`,
    ),
    check('requisitions_between_two', sql`${table.storeId} <> ${table.supplierId}`),
    check('requisitions_maker_not_checker', sql`${table.decidedBy} <> ${table.submittedBy}`),
    check(
      'requisitions_approved_before_shipped',
      sql`${table.status} not in ('APPROVED', 'SHIPPED', 'RECEIVED') or (${table.submittedBy} is not null and ${table.decidedBy} is not null)`,
    ),
  ],
)

export const requisitionLines = pgTable(
  'requisition_lines',
  {
    countyCode: countyCode(),
    requisitionId: uuid('requisition_id').notNull(),
    itemCode: plainText('item_code').notNull(),
    /** How the proposed quantity was found, as it stood when it was asked for. */
    arithmetic: jsonb('arithmetic').$type<ProposalArithmetic>().notNull(),
    proposed: integer('proposed').notNull(),
    asked: integer('asked').notNull(),
    approved: integer('approved'),
    shipped: integer('shipped').notNull(),
    received: integer('received').notNull(),
    lost: integer('lost').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'requisition_lines_pk',
      columns: [table.countyCode, table.requisitionId, table.itemCode],
    }),
    foreignKey({
      name: 'requisition_lines_requisition',
      columns: [table.countyCode, table.requisitionId],
      foreignColumns: [requisitions.countyCode, requisitions.id],
    }),
    foreignKey({
      name: 'requisition_lines_item',
      columns: [table.itemCode],
      foreignColumns: [supplyItems.code],
    }),
    check(
      'requisition_lines_quantities',
      sql`${table.asked} >= 0 and ${table.approved} >= 0 and ${table.shipped} >= 0 and ${table.shipped} <= coalesce(${table.approved}, 0)`,
    ),
    check(
      'requisition_lines_arrived',
      sql`${table.received} >= 0 and ${table.lost} >= 0 and ${table.received} + ${table.lost} <= ${table.shipped}`,
    ),
  ],
)
