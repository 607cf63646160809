import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { ChangePayload, GoldenResult } from '@youyu/shared/subsidies/programme-changes'
import { civilDate, countyCode, id, instant, plainText } from '../../../database/columns.ts'

/** 项目变更: what somebody proposes for the county's own version, rates, shares or stacking; another puts it in force. */
export const programmeChanges = pgTable(
  'programme_changes',
  {
    countyCode: countyCode(),
    id: id(),
    programme: plainText('programme').notNull(),
    kind: text('kind').notNull(),
    payload: jsonb('payload').$type<ChangePayload>().notNull(),
    effectiveOn: civilDate('effective_on').notNull(),
    reason: text('reason').notNull(),
    document: text('document').notNull(),
    state: text('state').notNull(),
    golden: jsonb('golden').$type<GoldenResult[]>().notNull(),
    proposedAt: instant('proposed_at').notNull(),
    proposedBy: uuid('proposed_by').notNull(),
    decidedAt: instant('decided_at'),
    decidedBy: uuid('decided_by'),
    decisionReason: text('decision_reason'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'programme_changes_pk', columns: [table.countyCode, table.id] }),
    index('programme_changes_by_programme').on(table.countyCode, table.programme, table.id),
    index('programme_changes_open')
      .on(table.countyCode, table.id)
      .where(sql`${table.state} in ('DRAFT', 'PROPOSED')`),
    check(
      'programme_changes_kind',
      sql`${table.kind} in ('TERMS', 'RATES', 'SHARES', 'STACKING', 'PROGRAMME')`,
    ),
    check(
      'programme_changes_state',
      sql`${table.state} in ('DRAFT', 'PROPOSED', 'APPROVED', 'REFUSED', 'WITHDRAWN')`,
    ),
    check(
      'programme_changes_four_eyes',
      sql`${table.state} not in ('APPROVED', 'REFUSED') or ${table.decidedBy} <> ${table.proposedBy}`,
    ),
    check(
      'programme_changes_decided',
      sql`(${table.state} in ('APPROVED', 'REFUSED')) = (${table.decidedAt} is not null)`,
    ),
  ],
)
