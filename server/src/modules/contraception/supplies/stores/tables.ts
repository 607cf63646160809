import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, id, instant } from '../../../../database/columns.ts'

/** 药具库（点）: county store, township store, outlet or vending machine. */
export const supplyStores = pgTable(
  'supply_stores',
  {
    countyCode: countyCode(),
    id: id(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    organisationId: uuid('organisation_id'),
    /** The store it is supplied from. */
    parentId: uuid('parent_id'),
    leadDays: integer('lead_days').notNull(),
    reviewDays: integer('review_days').notNull(),
    safetyDays: integer('safety_days').notNull(),
    openedOn: civilDate('opened_on').notNull(),
    closedOn: civilDate('closed_on'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'supply_stores_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'supply_stores_parent',
      columns: [table.countyCode, table.parentId],
      foreignColumns: [table.countyCode, table.id],
    }),
    index('supply_stores_by_place').on(table.countyCode, table.divisionCode, table.id),
    index('supply_stores_by_organisation').on(table.countyCode, table.organisationId),
    index('supply_stores_by_parent').on(table.countyCode, table.parentId),
    check('supply_stores_kind', sql`${table.kind} in ('COUNTY', 'TOWNSHIP', 'OUTLET', 'VENDING')`),
    check('supply_stores_not_own_parent', sql`${table.parentId} <> ${table.id}`),
    check(
      'supply_stores_days',
      sql`${table.leadDays} between 0 and 365 and ${table.reviewDays} between 1 and 365 and ${table.safetyDays} between 0 and 365`,
    ),
    check('supply_stores_in_order', sql`${table.closedOn} >= ${table.openedOn}`),
  ],
)
