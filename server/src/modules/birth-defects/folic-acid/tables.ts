import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
  plainText,
} from '../../../database/columns.ts'
import { supplyItems } from '../../contraception/supplies/items/tables.ts'
import { persons } from '../../population/persons/tables.ts'

/** 叶酸产品: what a box of an item of the supplies holds. */
export const folicAcidProducts = pgTable(
  'folic_acid_products',
  {
    itemCode: plainText('item_code').notNull(),
    microgramsPerTablet: integer('micrograms_per_tablet').notNull(),
    tabletsPerBox: integer('tablets_per_box').notNull(),
    /** More than 0.4 mg a tablet: only by prescription. */
    isHighDose: boolean('is_high_dose').notNull(),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({ name: 'folic_acid_products_pk', columns: [table.itemCode] }),
    foreignKey({
      name: 'folic_acid_products_item',
      columns: [table.itemCode],
      foreignColumns: [supplyItems.code],
    }),
    check('folic_acid_products_box', sql`${table.tabletsPerBox} > 0 and ${table.microgramsPerTablet} > 0`),
  ],
)

/** 叶酸服用 (L4): a woman's course, from the first box to the end of the first trimester; made of its issues and contacts. */
export const folicAcidCourses = pgTable(
  'folic_acid_courses',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    chainId: uuid('chain_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    startedOn: civilDate('started_on').notNull(),
    endedOn: civilDate('ended_on'),
    endReason: text('end_reason'),
    isHighDose: boolean('is_high_dose').notNull(),
    boxes: integer('boxes').notNull(),
    coversUntil: civilDate('covers_until').notNull(),
    refillDueOn: civilDate('refill_due_on'),
    lastMenstruationOn: civilDate('last_menstruation_on'),
    /** Of the days from the start to the end of the first trimester. */
    daysTaken: integer('days_taken').notNull(),
    hasFollowUp: boolean('has_follow_up').notNull(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'folic_acid_courses_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'folic_acid_courses_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('folic_acid_courses_one_open')
      .on(table.countyCode, table.facilityId, table.clientId)
      .where(sql`${table.endedOn} is null and ${table.voidedAt} is null`),
    index('folic_acid_courses_by_refill').on(table.countyCode, table.facilityId, table.refillDueOn, table.id),
    index('folic_acid_courses_by_client').on(table.countyCode, table.clientId),
    index('folic_acid_courses_by_day').on(table.countyCode, table.startedOn),
    check('folic_acid_courses_ended', sql`(${table.endedOn} is null) = (${table.endReason} is null)`),
    check('folic_acid_courses_ended_after', sql`${table.endedOn} >= ${table.startedOn}`),
    check(
      'folic_acid_courses_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 叶酸发放 (L4): whose box it was; the stock knows only the box. */
export const folicAcidIssues = pgTable(
  'folic_acid_issues',
  {
    countyCode: countyCode(),
    id: id(),
    courseId: uuid('course_id').notNull(),
    clientId: uuid('client_id').notNull(),
    chainId: uuid('chain_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    itemCode: plainText('item_code').notNull(),
    storeId: uuid('store_id').notNull(),
    boxes: integer('boxes').notNull(),
    tablets: integer('tablets').notNull(),
    tabletsPerDay: integer('tablets_per_day').notNull(),
    microgramsPerDay: integer('micrograms_per_day').notNull(),
    isHighDose: boolean('is_high_dose').notNull(),
    startsOn: civilDate('starts_on').notNull(),
    coversUntil: civilDate('covers_until').notNull(),
    dispensingId: uuid('dispensing_id'),
    indication: text('indication'),
    prescriptionCipher: bytes('prescription_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'folic_acid_issues_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'folic_acid_issues_course',
      columns: [table.countyCode, table.courseId],
      foreignColumns: [folicAcidCourses.countyCode, folicAcidCourses.id],
    }),
    foreignKey({
      name: 'folic_acid_issues_product',
      columns: [table.itemCode],
      foreignColumns: [folicAcidProducts.itemCode],
    }),
    index('folic_acid_issues_by_course').on(table.countyCode, table.courseId),
    index('folic_acid_issues_by_day').on(table.countyCode, table.occurredOn),
    check('folic_acid_issues_boxes', sql`${table.boxes} > 0 and ${table.tablets} > 0`),
    check(
      'folic_acid_issues_high_dose_prescribed',
      sql`not ${table.isHighDose} or (${table.prescriptionCipher} is not null and ${table.indication} is not null)`,
    ),
    check(
      'folic_acid_issues_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 叶酸随访 (L4): what she said of the days since. */
export const folicAcidFollowUps = pgTable(
  'folic_acid_follow_ups',
  {
    countyCode: countyCode(),
    id: id(),
    courseId: uuid('course_id').notNull(),
    chainId: uuid('chain_id'),
    facilityId: uuid('facility_id').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    fromDay: civilDate('from_day').notNull(),
    toDay: civilDate('to_day').notNull(),
    daysTaken: integer('days_taken').notNull(),
    sideEffects: boolean('side_effects').notNull(),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'folic_acid_follow_ups_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'folic_acid_follow_ups_course',
      columns: [table.countyCode, table.courseId],
      foreignColumns: [folicAcidCourses.countyCode, folicAcidCourses.id],
    }),
    index('folic_acid_follow_ups_by_course').on(table.countyCode, table.courseId),
    check(
      'folic_acid_follow_ups_days',
      sql`${table.toDay} >= ${table.fromDay} and ${table.daysTaken} between 0 and (${table.toDay} - ${table.fromDay}) + 1`,
    ),
    check(
      'folic_acid_follow_ups_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 叶酸知晓率调查: counts, nobody's answer (BDI-09). */
export const folicAcidSurveys = pgTable(
  'folic_acid_surveys',
  {
    countyCode: countyCode(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    mothers: integer('mothers').notNull(),
    surveyed: integer('surveyed').notNull(),
    aware: integer('aware').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'folic_acid_surveys_pk', columns: [table.countyCode, table.id] }),
    index('folic_acid_surveys_by_facility').on(
      table.countyCode,
      table.facilityId,
      table.occurredOn,
      table.id,
    ),
    check(
      'folic_acid_surveys_counts',
      sql`${table.aware} between 0 and ${table.surveyed} and ${table.surveyed} between 1 and ${table.mothers}`,
    ),
    check(
      'folic_acid_surveys_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
