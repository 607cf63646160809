import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ChainAnchor, ChainItem } from '@youyu/shared/birth-defects/chain-values'
import { civilDate, instant } from '../../../../database/columns.ts'

/** 环节时间表: one version of all windows of the chain; the default is of county 0, a county puts its own over it. */
export const chainSchedules = pgTable(
  'chain_schedules',
  {
    ownerCounty: integer('owner_county').notNull(),
    version: integer('version').notNull(),
    status: text('status').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
    reason: text('reason').notNull(),
    draftedAt: instant('drafted_at').notNull(),
    draftedBy: uuid('drafted_by'),
    approvedAt: instant('approved_at'),
    approvedBy: uuid('approved_by'),
  },
  (table) => [
    primaryKey({ name: 'chain_schedules_pk', columns: [table.ownerCounty, table.version] }),
    check('chain_schedules_status', sql`${table.status} in ('DRAFT', 'IN_FORCE', 'WITHDRAWN')`),
    check(
      'chain_schedules_four_eyes',
      sql`${table.approvedBy} is distinct from ${table.draftedBy} or ${table.ownerCounty} = 0 or ${table.approvedBy} is null`,
    ),
    check('chain_schedules_approved', sql`${table.status} <> 'IN_FORCE' or ${table.approvedAt} is not null`),
  ],
)

/** When an item is due. Days are inclusive at both ends; day 0 is the anchor. */
export const chainScheduleItems = pgTable(
  'chain_schedule_items',
  {
    ownerCounty: integer('owner_county').notNull(),
    version: integer('version').notNull(),
    item: text('item').$type<ChainItem>().notNull(),
    link: smallint('link').notNull(),
    position: smallint('position').notNull(),
    anchor: text('anchor').$type<ChainAnchor>().notNull(),
    fromDays: integer('from_days').notNull(),
    toDays: integer('to_days').notNull(),
    /** While the anchor is not known: due for so many days from the opening. Null: not due until it is. */
    openingDays: integer('opening_days'),
    /** Not needed any more once the pregnancy is over. */
    endsWithPregnancy: boolean('ends_with_pregnancy').notNull(),
    isPerChild: boolean('is_per_child').notNull(),
    /** ALWAYS: part of every chain. INDICATED: only where a record says so. */
    condition: text('condition').$type<'ALWAYS' | 'INDICATED'>().notNull(),
    /** Once one of these is done, this is not needed. */
    servedBy: text('served_by').array().$type<ChainItem[]>().notNull(),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'chain_schedule_items_pk',
      columns: [table.ownerCounty, table.version, table.item],
    }),
    foreignKey({
      name: 'chain_schedule_items_schedule',
      columns: [table.ownerCounty, table.version],
      foreignColumns: [chainSchedules.ownerCounty, chainSchedules.version],
    }),
    check(
      'chain_schedule_items_anchor',
      sql`${table.anchor} in ('MARRIAGE', 'OPENING', 'LMP', 'BIRTH', 'CASE')`,
    ),
    check('chain_schedule_items_condition', sql`${table.condition} in ('ALWAYS', 'INDICATED')`),
    check('chain_schedule_items_window', sql`${table.toDays} >= ${table.fromDays}`),
  ],
)
