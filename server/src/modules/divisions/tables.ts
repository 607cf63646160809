import { sql } from 'drizzle-orm'
import {
  check,
  index,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { DivisionChangeKind, DivisionChangePreview } from '@youyu/shared/divisions'
import { civilDate, divisionCode, instant, plainText } from '../../database/columns.ts'

/** 行政区划: one row per code and period of validity; the open row is the present one. */
export const divisions = pgTable(
  'divisions',
  {
    code: divisionCode('code').notNull(),
    validFrom: civilDate('valid_from').notNull(),
    validTo: civilDate('valid_to'),
    name: text('name').notNull(),
    pinyin: plainText('pinyin').notNull(),
    initials: plainText('initials').notNull(),
    level: smallint('level').notNull(),
    parentCode: divisionCode('parent_code'),
    urbanRural: text('urban_rural'),
    successors: text('successors')
      .array()
      .notNull()
      .default(sql`'{}'`),
    sourceDocument: text('source_document'),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'divisions_pk', columns: [table.code, table.validFrom] }),
    uniqueIndex('divisions_one_open_row')
      .on(table.code)
      .where(sql`${table.validTo} is null`),
    index('divisions_by_parent').on(table.parentCode, table.code),
    index('divisions_by_pinyin').on(table.pinyin),
    index('divisions_by_initials').on(table.initials),
    check('divisions_code_has_12_digits', sql`${table.code} ~ '^[0-9]{12}$'`),
    check('divisions_level_1_to_5', sql`${table.level} between 1 and 5`),
    check(
      'divisions_valid_in_order',
      sql`${table.validTo} is null or ${table.validTo} >= ${table.validFrom}`,
    ),
  ],
)

/** 区划变更: the mapping between codes over time. */
export const divisionChanges = pgTable(
  'division_changes',
  {
    id: uuid('id').notNull(),
    kind: text('kind').$type<DivisionChangeKind>().notNull(),
    fromCodes: text('from_codes').array().notNull(),
    toCodes: text('to_codes').array().notNull(),
    effectiveOn: civilDate('effective_on').notNull(),
    sourceDocument: text('source_document').notNull(),
    moved: jsonb('moved').$type<DivisionChangePreview>().notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'division_changes_pk', columns: [table.id] }),
    index('division_changes_by_day').on(table.effectiveOn),
  ],
)

/** One line per old code and new code of a change; what roll-ups at a boundary date follow. */
export const divisionSuccessions = pgTable(
  'division_successions',
  {
    changeId: uuid('change_id').notNull(),
    fromCode: divisionCode('from_code').notNull(),
    toCode: divisionCode('to_code').notNull(),
    effectiveOn: civilDate('effective_on').notNull(),
    /** Of the people of `from_code`: the share that reports attribute to `to_code`. */
    populationShare: numeric('population_share', { precision: 6, scale: 5, mode: 'number' }),
    /** Of the people of `to_code`: the share that came from `from_code`; what a past boundary is counted by. */
    originShare: numeric('origin_share', { precision: 6, scale: 5, mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'division_successions_pk', columns: [table.changeId, table.fromCode, table.toCode] }),
    index('division_successions_by_from').on(table.fromCode, table.effectiveOn),
    index('division_successions_by_to').on(table.toCode, table.effectiveOn),
    check('division_successions_share', sql`${table.populationShare} between 0 and 1`),
    check('division_successions_origin', sql`${table.originShare} between 0 and 1`),
  ],
)
