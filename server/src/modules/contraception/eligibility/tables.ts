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
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { MecMethod } from '@youyu/shared/contraception/methods'
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
} from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/**
 * 医学适用性标准 editions: a whole table each, never changed. A county's own holds there from its day on; owner 0 is
 * everybody's. Written through app.open_mec_edition alone.
 */
export const mecEditions = pgTable(
  'mec_editions',
  {
    code: text('code').notNull(),
    ownerCounty: integer('owner_county').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
    basedOn: text('based_on'),
    source: text('source').notNull(),
    reviewer: text('reviewer'),
    reviewedOn: civilDate('reviewed_on'),
    reason: text('reason'),
    withdrawnOn: civilDate('withdrawn_on'),
    withdrawReason: text('withdraw_reason'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'mec_editions_pk', columns: [table.code] }),
    foreignKey({ name: 'mec_editions_based_on', columns: [table.basedOn], foreignColumns: [table.code] }),
    check('mec_editions_reviewed', sql`(${table.reviewer} is null) = (${table.reviewedOn} is null)`),
    check('mec_editions_withdrawn_before', sql`${table.withdrawnOn} < ${table.effectiveFrom}`),
    check(
      'mec_editions_withdrawn_with_reason',
      sql`(${table.withdrawnOn} is null) = (${table.withdrawReason} is null)`,
    ),
  ],
)

/** What an edition asks about. */
export const mecConditions = pgTable(
  'mec_conditions',
  {
    edition: text('edition').notNull(),
    code: text('code').notNull(),
    /** The question whose yes leads here; several conditions share one where age decides. */
    finding: text('finding'),
    family: text('family'),
    topic: text('topic').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    questionZh: text('question_zh'),
    questionEn: text('question_en'),
    validDays: smallint('valid_days'),
    fromAge: smallint('from_age'),
    toAge: smallint('to_age'),
    /** AGE, PARITY, POSTPARTUM or POSTABORTION: from the circumstances, not asked. */
    derivation: text('derivation'),
    /** Since the birth or abortion, inclusive. */
    fromDays: smallint('from_days'),
    toDays: smallint('to_days'),
    breastfeeding: boolean('breastfeeding'),
    /** Holds only while this finding is present, or absent. */
    withFinding: text('with_finding'),
    withoutFinding: text('without_finding'),
    reasonZh: text('reason_zh').notNull(),
    reasonEn: text('reason_en').notNull(),
    source: text('source').notNull(),
    position: smallint('position').notNull(),
  },
  (table) => [
    primaryKey({ name: 'mec_conditions_pk', columns: [table.edition, table.code] }),
    foreignKey({
      name: 'mec_conditions_edition',
      columns: [table.edition],
      foreignColumns: [mecEditions.code],
    }),
    check('mec_conditions_asked_or_derived', sql`num_nonnulls(${table.finding}, ${table.derivation}) = 1`),
    check('mec_conditions_asked_in_words', sql`(${table.finding} is null) = (${table.questionZh} is null)`),
    check(
      'mec_conditions_derivation',
      sql`${table.derivation} in ('AGE', 'PARITY', 'POSTPARTUM', 'POSTABORTION')`,
    ),
  ],
)

/** One category of a condition for a method; no row where the edition says nothing. */
export const mecCategories = pgTable(
  'mec_categories',
  {
    edition: text('edition').notNull(),
    condition: text('condition').notNull(),
    method: text('method').notNull(),
    initiation: smallint('initiation').notNull(),
    continuation: smallint('continuation').notNull(),
    basis: text('basis').notNull(),
  },
  (table) => [
    primaryKey({ name: 'mec_categories_pk', columns: [table.edition, table.condition, table.method] }),
    foreignKey({
      name: 'mec_categories_condition',
      columns: [table.edition, table.condition],
      foreignColumns: [mecConditions.edition, mecConditions.code],
    }),
    check('mec_categories_initiation', sql`${table.initiation} between 1 and 4`),
    check('mec_categories_continuation', sql`${table.continuation} between 1 and 4`),
  ],
)

/** 国内临床常规 beside the eligibility table. */
export const localRules = pgTable(
  'local_rules',
  {
    code: text('code').notNull(),
    methods: text('methods').array().notNull(),
    measure: text('measure').notNull(),
    least: smallint('least'),
    most: smallint('most'),
    /** Not after a birth or an abortion. */
    isIntervalOnly: boolean('is_interval_only').notNull(),
    effect: text('effect').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    source: text('source').notNull(),
    validFrom: civilDate('valid_from').notNull(),
    validTo: civilDate('valid_to'),
    position: smallint('position').notNull(),
  },
  (table) => [
    primaryKey({ name: 'local_rules_pk', columns: [table.code, table.validFrom] }),
    check('local_rules_effect', sql`${table.effect} in ('STOP', 'ADVICE')`),
    check('local_rules_bounds', sql`num_nonnulls(${table.least}, ${table.most}) > 0`),
  ],
)

export type KeptCategories = Partial<Record<MecMethod, readonly [initiation: number, continuation: number]>>

/** 适用性筛查: what was found and what followed under the edition then in force. L4. */
export const mecScreens = pgTable(
  'mec_screens',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    edition: text('edition').notNull(),
    age: smallint('age').notNull(),
    /** Answered on the day, and what still held from before with its day. */
    answers: jsonb('answers')
      .$type<{ finding: string; isPresent: boolean; answeredOn: string; isReused: boolean }[]>()
      .notNull(),
    /** What they came to, derived ones among them. */
    conditions: text('conditions').array().notNull(),
    deliveredOn: civilDate('delivered_on'),
    isBreastfeeding: boolean('is_breastfeeding'),
    abortedOn: civilDate('aborted_on'),
    parity: smallint('parity'),
    mensesEndedOn: civilDate('menses_ended_on'),
    cavityDepthMillimetres: smallint('cavity_depth_millimetres'),
    /** The worst per method, initiation and continuation, as told on the day. */
    categories: jsonb('categories').$type<KeptCategories>().notNull(),
    /** Methods that must not be started without an override. */
    stopped: text('stopped').array().notNull(),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'mec_screens_pk', columns: [table.countyCode, table.id] }),
    unique('mec_screens_of_client').on(table.countyCode, table.id, table.clientId),
    foreignKey({
      name: 'mec_screens_person',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({ name: 'mec_screens_edition', columns: [table.edition], foreignColumns: [mecEditions.code] }),
    index('mec_screens_by_client').on(table.countyCode, table.clientId, table.occurredOn, table.id),
    index('mec_screens_by_facility').on(table.countyCode, table.facilityId, table.occurredOn, table.id),
    index('mec_screens_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    check('mec_screens_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
    check('mec_screens_birth_before', sql`${table.deliveredOn} <= ${table.occurredOn}`),
    check('mec_screens_abortion_before', sql`${table.abortedOn} <= ${table.occurredOn}`),
  ],
)

/** 高年资医师放行 with her reason. Stops nothing and is needed for no removal. */
export const mecOverrides = pgTable(
  'mec_overrides',
  {
    countyCode: countyCode(),
    id: id(),
    screenId: uuid('screen_id').notNull(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    method: text('method').notNull(),
    phase: text('phase').notNull(),
    category: smallint('category').notNull(),
    reasonCipher: bytes('reason_cipher').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'mec_overrides_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'mec_overrides_screen',
      columns: [table.countyCode, table.screenId],
      foreignColumns: [mecScreens.countyCode, mecScreens.id],
    }),
    index('mec_overrides_by_screen').on(table.countyCode, table.screenId),
    check('mec_overrides_phase', sql`${table.phase} in ('INITIATION', 'CONTINUATION')`),
    check('mec_overrides_category', sql`${table.category} between 1 and 4`),
    check('mec_overrides_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
