import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { civilDate, plainText } from '../../../database/columns.ts'

/** 出生缺陷24类: the national categories of the card. */
export const defectCategories = pgTable(
  'defect_categories',
  {
    code: text('code').notNull(),
    zh: text('zh').notNull(),
    en: text('en').notNull(),
    ordinal: smallint('ordinal').notNull(),
    /** The side is asked: left, right or both. */
    asksSide: boolean('asks_side').notNull(),
    /** The words of the diagnosis are asked. */
    asksWords: boolean('asks_words').notNull(),
    source: text('source').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
  },
  (table) => [
    primaryKey({ name: 'defect_categories_pk', columns: [table.code] }),
    check('defect_categories_code', sql`${table.code} ~ '^[0-9]{2}$'`),
  ],
)

/** ICD-10 前缀与类别: the longest prefix of a code decides. */
export const defectCategoryCodes = pgTable(
  'defect_category_codes',
  {
    prefix: plainText('prefix').notNull(),
    category: text('category').notNull(),
    /** 代谢、功能性: outside chapter XVII, taken as an addition. */
    isFunctional: boolean('is_functional').notNull(),
    /** What a longer prefix takes out of this one. */
    excludes: text('excludes')
      .array()
      .notNull()
      .default(sql`'{}'`),
    source: text('source').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
  },
  (table) => [
    primaryKey({ name: 'defect_category_codes_pk', columns: [table.prefix] }),
    foreignKey({
      name: 'defect_category_codes_category',
      columns: [table.category],
      foreignColumns: [defectCategories.code],
    }),
    check('defect_category_codes_prefix', sql`${table.prefix} ~ '^[A-Z][0-9]{0,2}([.][0-9])?$'`),
  ],
)

/** 报告时限: days after the event or after the end of the quarter, by whoever is to act. */
export const defectDeadlines = pgTable(
  'defect_deadlines',
  {
    step: text('step').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
    days: integer('days').notNull(),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({ name: 'defect_deadlines_pk', columns: [table.step, table.effectiveFrom] }),
    check(
      'defect_deadlines_step',
      sql`${table.step} in ('CARD', 'HOSPITAL_REVIEW', 'COUNTY_REVIEW', 'PROVINCE_REVIEW', 'FACILITY_RETURN', 'COUNTY_RETURN', 'AUDIT')`,
    ),
    check('defect_deadlines_days', sql`${table.days} between 1 and 366`),
  ],
)
