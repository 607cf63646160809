import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { RuleCondition } from '@youyu/shared/birth-defects/decision-facts'
import type {
  DecisionTableKind,
  DecisionTopic,
  RiskMark,
  Urgency,
} from '@youyu/shared/birth-defects/decision-support'
import { civilDate, instant, plainText } from '../../../database/columns.ts'

/** 五色分级项目 and decision tables: whole versions, never changed. A county's own holds there from its day on; owner 0 is everybody's. */
export const decisionTables = pgTable(
  'decision_tables',
  {
    code: plainText('code').notNull(),
    kind: text('kind').$type<DecisionTableKind>().notNull(),
    ownerCounty: integer('owner_county').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
    basedOn: plainText('based_on'),
    source: text('source').notNull(),
    reviewer: text('reviewer'),
    reviewedOn: civilDate('reviewed_on'),
    reason: text('reason'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'decision_tables_pk', columns: [table.code] }),
    foreignKey({ name: 'decision_tables_based_on', columns: [table.basedOn], foreignColumns: [table.code] }),
    index('decision_tables_in_force').on(table.kind, table.ownerCounty, table.effectiveFrom),
    check('decision_tables_kind', sql`${table.kind} in ('RISK', 'ADVICE')`),
    check('decision_tables_reviewed', sql`(${table.reviewer} is null) = (${table.reviewedOn} is null)`),
  ],
)

/** One item of risk, or one row of advice, with the condition under which it holds. */
export const decisionRows = pgTable(
  'decision_rows',
  {
    table: plainText('table_code').notNull(),
    code: plainText('code').notNull(),
    position: smallint('position').notNull(),
    topic: text('topic').$type<DecisionTopic>().notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    mark: text('mark').$type<RiskMark>(),
    urgency: text('urgency').$type<Urgency>(),
    isTicked: boolean('is_ticked').notNull(),
    condition: jsonb('condition').$type<RuleCondition>().notNull(),
    adviceZh: text('advice_zh'),
    adviceEn: text('advice_en'),
    source: text('source').notNull(),
    confidence: text('confidence').notNull(),
  },
  (table) => [
    primaryKey({ name: 'decision_rows_pk', columns: [table.table, table.code] }),
    foreignKey({
      name: 'decision_rows_table',
      columns: [table.table],
      foreignColumns: [decisionTables.code],
    }),
    check('decision_rows_mark', sql`${table.mark} in ('GREEN', 'YELLOW', 'ORANGE', 'RED', 'PURPLE')`),
    check('decision_rows_urgency', sql`${table.urgency} in ('EMERGENCY', 'SOON', 'ROUTINE')`),
    check('decision_rows_either', sql`num_nonnulls(${table.mark}, ${table.urgency}) = 1`),
  ],
)
