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
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
} from '../../../database/columns.ts'
import { persons } from '../persons/tables.ts'

/** 妊娠: registered because the woman wished it. No permit, no fetal sex. L4 columns are enciphered. */
export const pregnancies = pgTable(
  'pregnancies',
  {
    countyCode: countyCode(),
    id: id(),
    womanId: uuid('woman_id').notNull(),
    gravida: smallint('gravida'),
    parityBefore: smallint('parity_before'),
    lastMenstruationOn: civilDate('last_menstruation_on'),
    expectedOn: civilDate('expected_on').notNull(),
    expectedBasis: text('expected_basis').notNull(),
    registeredOn: civilDate('registered_on').notNull(),
    registeredOrganisationId: uuid('registered_organisation_id'),
    channel: text('channel').notNull(),
    conception: text('conception').notNull(),
    plurality: smallint('plurality'),
    riskColour: text('risk_colour').notNull(),
    /** Purple: an infectious disease; enciphered with the intention and the way it ended. */
    sensitiveCipher: bytes('sensitive_cipher'),
    status: text('status').notNull(),
    endedOn: civilDate('ended_on'),
    /** What it was when a birth made it delivered; what it becomes again where that birth is voided. */
    statusBeforeBirth: text('status_before_birth'),
    endedOnBeforeBirth: civilDate('ended_on_before_birth'),
    contactConsent: boolean('contact_consent').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'pregnancies_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'pregnancies_woman',
      columns: [table.countyCode, table.womanId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('pregnancies_by_woman').on(table.countyCode, table.womanId, table.expectedOn),
    index('pregnancies_by_day').on(table.countyCode, table.expectedOn, table.id),
    index('pregnancies_by_place').on(table.countyCode, table.divisionCode, table.expectedOn, table.id),
    check('pregnancies_colour', sql`${table.riskColour} in ('GREEN', 'YELLOW', 'ORANGE', 'RED')`),
    check('pregnancies_basis', sql`${table.expectedBasis} in ('LMP', 'ULTRASOUND', 'ART')`),
    check(
      'pregnancies_status',
      sql`${table.status} in ('REGISTERED', 'ONGOING', 'DELIVERED', 'ENDED_LOSS', 'TRANSFERRED_OUT', 'LOST')`,
    ),
    check('pregnancies_end_after_lmp', sql`${table.endedOn} >= ${table.lastMenstruationOn}`),
    check('pregnancies_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 产前检查 */
export const antenatalVisits = pgTable(
  'antenatal_visits',
  {
    countyCode: countyCode(),
    id: id(),
    pregnancyId: uuid('pregnancy_id').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    gestationDays: smallint('gestation_days').notNull(),
    organisationId: uuid('organisation_id'),
    systolic: smallint('systolic'),
    diastolic: smallint('diastolic'),
    weightKilograms: numeric('weight_kilograms', { precision: 5, scale: 1, mode: 'number' }),
    fundalHeightCentimetres: numeric('fundal_height_centimetres', { precision: 4, scale: 1, mode: 'number' }),
    fetalHeartRate: smallint('fetal_heart_rate'),
    haemoglobin: smallint('haemoglobin'),
    urineProtein: text('urine_protein'),
    riskColour: text('risk_colour').notNull(),
    nextOn: civilDate('next_on'),
    referredToId: uuid('referred_to_id'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'antenatal_visits_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'antenatal_visits_pregnancy',
      columns: [table.countyCode, table.pregnancyId],
      foreignColumns: [pregnancies.countyCode, pregnancies.id],
    }),
    index('antenatal_visits_by_pregnancy').on(table.countyCode, table.pregnancyId, table.occurredOn),
    check('antenatal_visits_gestation', sql`${table.gestationDays} between 0 and 315`),
    check('antenatal_visits_colour', sql`${table.riskColour} in ('GREEN', 'YELLOW', 'ORANGE', 'RED')`),
    check(
      'antenatal_visits_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
