import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
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
} from '../../../database/columns.ts'
import { careConsents } from '../../contraception/consents/tables.ts'
import { operatorLicences } from '../../contraception/procedures/licences/tables.ts'
import { procedures } from '../../contraception/procedures/tables.ts'
import { persons } from '../../population/persons/tables.ts'

/** 医学指征引产 (L4, link 9): the clinical grounds of a procedure P13: her consent and the opinions of two physicians. No permit (E2). */
export const medicalTerminations = pgTable(
  'medical_terminations',
  {
    countyCode: countyCode(),
    id: id(),
    procedureId: uuid('procedure_id').notNull(),
    chainId: uuid('chain_id').notNull(),
    womanId: uuid('woman_id').notNull(),
    pregnancyId: uuid('pregnancy_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    indicatedOn: civilDate('indicated_on').notNull(),
    gestationDays: smallint('gestation_days').notNull(),
    defectCodes: text('defect_codes').array().notNull(),
    counselledOn: civilDate('counselled_on').notNull(),
    counsellor: text('counsellor').notNull(),
    consentId: uuid('consent_id').notNull(),
    consentOn: civilDate('consent_on').notNull(),
    firstPhysicianId: uuid('first_physician_id').notNull(),
    firstOpinionOn: civilDate('first_opinion_on').notNull(),
    secondPhysicianId: uuid('second_physician_id').notNull(),
    secondOpinionOn: civilDate('second_opinion_on').notNull(),
    opinionsCipher: bytes('opinions_cipher').notNull(),
    performedOn: civilDate('performed_on'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'medical_terminations_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'medical_terminations_procedure',
      columns: [table.countyCode, table.procedureId],
      foreignColumns: [procedures.countyCode, procedures.id],
    }),
    foreignKey({
      name: 'medical_terminations_woman',
      columns: [table.countyCode, table.womanId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'medical_terminations_consent',
      columns: [table.countyCode, table.consentId, table.womanId, table.consentOn],
      foreignColumns: [careConsents.countyCode, careConsents.id, careConsents.clientId, careConsents.givenOn],
    }),
    foreignKey({
      name: 'medical_terminations_first',
      columns: [table.firstPhysicianId],
      foreignColumns: [operatorLicences.id],
    }),
    foreignKey({
      name: 'medical_terminations_second',
      columns: [table.secondPhysicianId],
      foreignColumns: [operatorLicences.id],
    }),
    uniqueIndex('medical_terminations_once')
      .on(table.countyCode, table.procedureId)
      .where(sql`${table.voidedAt} is null`),
    index('medical_terminations_by_facility').on(
      table.countyCode,
      table.facilityId,
      table.indicatedOn,
      table.id,
    ),
    index('medical_terminations_by_woman').on(table.countyCode, table.womanId),
    index('medical_terminations_by_day').on(table.countyCode, table.performedOn),
    check(
      'medical_terminations_two_physicians',
      sql`${table.firstPhysicianId} <> ${table.secondPhysicianId}`,
    ),
    check('medical_terminations_defects', sql`cardinality(${table.defectCodes}) > 0`),
    check(
      'medical_terminations_codes',
      sql`not (array_to_string(${table.defectCodes}, ' ') ~ '(^| )(Q5[0-6]|Q9[678])([.][0-9]+)?( |$)')`,
    ),
    check('medical_terminations_gestation', sql`${table.gestationDays} between 35 and 308`),
    check(
      'medical_terminations_in_order',
      sql`greatest(${table.counselledOn}, ${table.consentOn}, ${table.firstOpinionOn}, ${table.secondOpinionOn}) <= coalesce(${table.performedOn}, 'infinity'::date)`,
    ),
    check(
      'medical_terminations_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
