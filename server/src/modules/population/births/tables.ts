import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, factColumns, id, plainText } from '../../../database/columns.ts'
import { persons } from '../persons/tables.ts'

/** 出生: a live birth, stillbirth or fetal death, counted where the mother lived (or was registered) on the day. */
export const births = pgTable(
  'births',
  {
    countyCode: countyCode(),
    id: id(),
    /** Null for a child who was not born alive. */
    childId: uuid('child_id'),
    motherId: uuid('mother_id'),
    fatherId: uuid('father_id'),
    pregnancyId: uuid('pregnancy_id'),
    occurredOn: civilDate('occurred_on').notNull(),
    /** HH:MM in Asia/Shanghai. */
    occurredAt: text('occurred_at'),
    outcome: text('outcome').notNull(),
    sex: text('sex').notNull(),
    /** 孩次: the mother's live births with this one. */
    orderOfMother: smallint('order_of_mother'),
    /** The mother's age in completed years on the day; kept, because rates ask for it over many years. */
    motherAge: smallint('mother_age'),
    plurality: smallint('plurality').notNull(),
    sequence: smallint('sequence').notNull(),
    gestationDays: smallint('gestation_days'),
    weightGrams: smallint('weight_grams'),
    lengthMillimetres: smallint('length_millimetres'),
    apgar1: smallint('apgar_1'),
    apgar5: smallint('apgar_5'),
    apgar10: smallint('apgar_10'),
    delivery: text('delivery'),
    place: text('place').notNull(),
    facilityId: uuid('facility_id'),
    certificateNumber: plainText('certificate_number'),
    certificateIssuedOn: civilDate('certificate_issued_on'),
    certificateType: text('certificate_type'),
    hukouRegisteredOn: civilDate('hukou_registered_on'),
    hepatitisBOn: civilDate('hepatitis_b_on'),
    /** Where the mother lived; the child's first residence. */
    divisionCode: divisionCode('division_code').notNull(),
    hukouDivision: divisionCode('hukou_division').notNull(),
    /** Registers that know of the birth: H hospital, C certificate, R hukou, V vaccination, P pregnancy, S screening. */
    registers: text('registers')
      .array()
      .notNull()
      .default(sql`'{}'`),
    findings: text('findings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'births_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'births_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'births_mother',
      columns: [table.countyCode, table.motherId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'births_father',
      columns: [table.countyCode, table.fatherId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('births_once')
      .on(table.countyCode, table.childId)
      .where(sql`${table.voidedAt} is null and ${table.childId} is not null`),
    uniqueIndex('births_of_mother')
      .on(table.countyCode, table.motherId, table.occurredOn, table.sequence)
      .where(sql`${table.voidedAt} is null and ${table.motherId} is not null`),
    index('births_by_mother')
      .on(table.countyCode, table.motherId)
      .where(sql`${table.motherId} is not null`),
    uniqueIndex('births_certificate')
      .on(table.countyCode, table.certificateNumber)
      .where(sql`${table.voidedAt} is null and ${table.certificateNumber} is not null`),
    index('births_by_day').on(table.countyCode, table.occurredOn, table.id),
    index('births_by_place').on(table.countyCode, table.divisionCode, table.occurredOn),
    index('births_by_hukou').on(table.countyCode, table.hukouDivision, table.occurredOn),
    index('births_by_child').on(table.countyCode, table.childId),
    index('births_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    index('births_by_father')
      .on(table.countyCode, table.fatherId)
      .where(sql`${table.fatherId} is not null`),
    index('births_findings')
      .on(table.countyCode, table.recordedAt)
      .where(sql`${table.findings} <> '{}' and ${table.voidedAt} is null`),
    check('births_outcome', sql`${table.outcome} in ('LIVE', 'STILLBIRTH', 'FETAL_DEATH')`),
    check('births_live_has_child', sql`(${table.outcome} = 'LIVE') = (${table.childId} is not null)`),
    check(
      'births_plurality',
      sql`${table.plurality} between 1 and 8 and ${table.sequence} between 1 and ${table.plurality}`,
    ),
    check('births_order', sql`${table.orderOfMother} between 1 and 20`),
    check('births_gestation', sql`${table.gestationDays} between 140 and 315`),
    check('births_weight', sql`${table.weightGrams} between 300 and 7000`),
    check(
      'births_apgar',
      sql`${table.apgar1} between 0 and 10 and ${table.apgar5} between 0 and 10 and ${table.apgar10} between 0 and 10`,
    ),
    check('births_mother_age', sql`${table.motherAge} between 12 and 60`),
    check('births_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
