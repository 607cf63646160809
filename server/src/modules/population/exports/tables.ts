import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { ExportColumn } from '@youyu/shared/population/exports'
import type { PersonFilter } from '@youyu/shared/population/persons'
import type { Purpose } from '@youyu/shared/values'
import { countyCode, divisionCode, id, instant } from '../../../database/columns.ts'

/** 导出申请: who asked for which rows, for what purpose, and who allowed it. */
export const personExports = pgTable(
  'person_exports',
  {
    countyCode: countyCode(),
    id: id(),
    /** The area of the maker. */
    divisionCode: divisionCode('division_code').notNull(),
    format: text('format').$type<'csv' | 'ndjson' | 'xlsx'>().notNull(),
    columns: text('columns').array().$type<ExportColumn[]>().notNull(),
    unmasked: text('unmasked').array().notNull(),
    filter: jsonb('filter').$type<PersonFilter>().notNull(),
    purpose: text('purpose').$type<Purpose>().notNull(),
    reason: text('reason').notNull(),
    rows: integer('rows').notNull(),
    state: text('state').$type<'awaiting-approval' | 'approved' | 'refused' | 'expired'>().notNull(),
    requestedBy: uuid('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    decisionReason: text('decision_reason'),
    expiresAt: instant('expires_at').notNull(),
    downloads: integer('downloads').notNull().default(0),
  },
  (table) => [
    primaryKey({ name: 'person_exports_pk', columns: [table.countyCode, table.id] }),
    index('person_exports_by_maker').on(table.requestedBy, table.id),
    index('person_exports_open')
      .on(table.countyCode, table.id)
      .where(sql`${table.state} = 'awaiting-approval'`),
    check(
      'person_exports_state',
      sql`${table.state} in ('awaiting-approval', 'approved', 'refused', 'expired')`,
    ),
    check('person_exports_maker_not_checker', sql`${table.decidedBy} <> ${table.requestedBy}`),
  ],
)
