import type { LayoutDefinition } from '@youyu/shared/subsidies/bank-layouts'
import { sql } from 'drizzle-orm'
import { check, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from '../../../database/columns.ts'

/** 银行文件格式: layouts as data; 0 stands for those that every county finds. */
export const bankLayouts = pgTable(
  'bank_layouts',
  {
    id: id(),
    ownerCounty: integer('owner_county').notNull(),
    code: text('code').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    definition: jsonb('definition').$type<LayoutDefinition>().notNull(),
    state: text('state').$type<'DRAFT' | 'ACTIVE' | 'RETIRED'>().notNull(),
    madeBy: uuid('made_by'),
    madeAt: instant('made_at').notNull(),
    activatedBy: uuid('activated_by'),
    activatedAt: instant('activated_at'),
  },
  (table) => [
    primaryKey({ name: 'bank_layouts_pk', columns: [table.id] }),
    uniqueIndex('bank_layouts_version').on(table.ownerCounty, table.code, table.version),
    uniqueIndex('bank_layouts_one_active')
      .on(table.ownerCounty, table.code)
      .where(sql`${table.state} = 'ACTIVE'`),
    check('bank_layouts_state', sql`${table.state} in ('DRAFT', 'ACTIVE', 'RETIRED')`),
    check('bank_layouts_maker_not_checker', sql`${table.activatedBy} <> ${table.madeBy}`),
  ],
)
