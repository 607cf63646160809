import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, instant } from '../../../database/columns.ts'

/** 避孕方法 (domain §3.2). */
export const contraceptiveMethods = pgTable(
  'contraceptive_methods',
  {
    code: text('code').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    classCn: text('class_cn').notNull(),
    classWho: text('class_who').notNull(),
    providerLevel: text('provider_level').notNull(),
    isLongActingCn: boolean('is_long_acting_cn').notNull(),
    isLarcWho: boolean('is_larc_who').notNull(),
    isModern: boolean('is_modern').notNull(),
    isCurrentMethod: boolean('is_current_method').notNull(),
    mecMethod: text('mec_method'),
    validityMonths: smallint('validity_months'),
    resupplyDays: smallint('resupply_days'),
    graceDays: smallint('grace_days'),
    freePerYear: smallint('free_per_year'),
    freeUnit: text('free_unit'),
    classificationCode: text('classification_code'),
    source: text('source').notNull(),
    validFrom: civilDate('valid_from').notNull(),
    validTo: civilDate('valid_to'),
    position: smallint('position').notNull(),
  },
  (table) => [primaryKey({ name: 'contraceptive_methods_pk', columns: [table.code] })],
)

/** 节育器、埋植剂种类 with the time after which replacement is offered. */
export const deviceTypes = pgTable(
  'device_types',
  {
    code: text('code').notNull(),
    method: text('method').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    validityMonths: smallint('validity_months'),
    validityUpToMonths: smallint('validity_up_to_months'),
    isLegacy: boolean('is_legacy').notNull(),
    source: text('source').notNull(),
    validFrom: civilDate('valid_from').notNull(),
    validTo: civilDate('valid_to'),
    position: smallint('position').notNull(),
  },
  (table) => [
    primaryKey({ name: 'device_types_pk', columns: [table.code] }),
    foreignKey({
      name: 'device_types_method',
      columns: [table.method],
      foreignColumns: [contraceptiveMethods.code],
    }),
    check('device_types_validity', sql`${table.validityUpToMonths} >= ${table.validityMonths}`),
  ],
)

/** 方法说明 in plain words: what a county tells from a day on; 0 is everybody's. */
export const methodSheets = pgTable(
  'method_sheets',
  {
    ownerCounty: integer('owner_county').notNull(),
    id: uuid('id').notNull(),
    method: text('method').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
    typicalUse: numeric('typical_use', { precision: 5, scale: 2, mode: 'number' }),
    perfectUse: numeric('perfect_use', { precision: 5, scale: 2, mode: 'number' }),
    effectivenessSource: text('effectiveness_source').notNull(),
    effectivenessNoteZh: text('effectiveness_note_zh'),
    effectivenessNoteEn: text('effectiveness_note_en'),
    howZh: text('how_zh').notNull(),
    howEn: text('how_en').notNull(),
    sideEffectsZh: text('side_effects_zh').array().notNull(),
    sideEffectsEn: text('side_effects_en').array().notNull(),
    warningsZh: text('warnings_zh').array().notNull(),
    warningsEn: text('warnings_en').array().notNull(),
    stiProtection: text('sti_protection').notNull(),
    returnToFertilityZh: text('return_to_fertility_zh').notNull(),
    returnToFertilityEn: text('return_to_fertility_en').notNull(),
    followUpZh: text('follow_up_zh').notNull(),
    followUpEn: text('follow_up_en').notNull(),
    source: text('source').notNull(),
    reviewer: text('reviewer'),
    reviewedOn: civilDate('reviewed_on'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'method_sheets_pk', columns: [table.ownerCounty, table.id] }),
    foreignKey({
      name: 'method_sheets_method',
      columns: [table.method],
      foreignColumns: [contraceptiveMethods.code],
    }),
    index('method_sheets_in_force').on(table.ownerCounty, table.method, table.effectiveFrom),
    check('method_sheets_rates', sql`${table.perfectUse} <= ${table.typicalUse}`),
    check('method_sheets_reviewed', sql`(${table.reviewer} is null) = (${table.reviewedOn} is null)`),
  ],
)
