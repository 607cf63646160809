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
import { bytes, civilDate, countyCode, divisionCode, factColumns, id } from '../../../../database/columns.ts'
import { persons } from '../../../population/persons/tables.ts'
import { procedures } from '../tables.ts'

/** 手术并发症 with its expert assessment. L4. */
export const complications = pgTable(
  'complications',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    /** Null where it was done elsewhere. */
    procedureId: uuid('procedure_id'),
    procedureType: text('procedure_type').notNull(),
    type: text('type').notNull(),
    onsetOn: civilDate('onset_on').notNull(),
    severity: text('severity').notNull(),
    descriptionCipher: bytes('description_cipher'),
    assessedGrade: smallint('assessed_grade'),
    assessedOn: civilDate('assessed_on'),
    assessmentLevel: text('assessment_level'),
    certificateNumber: text('certificate_number'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'complications_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'complications_person',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'complications_procedure',
      columns: [table.countyCode, table.procedureId],
      foreignColumns: [procedures.countyCode, procedures.id],
    }),
    index('complications_by_client').on(table.countyCode, table.clientId),
    index('complications_by_facility').on(table.countyCode, table.facilityId, table.onsetOn, table.id),
    index('complications_by_procedure')
      .on(table.countyCode, table.procedureId)
      .where(sql`${table.procedureId} is not null`),
    uniqueIndex('complications_certificate')
      .on(table.countyCode, table.certificateNumber)
      .where(sql`${table.certificateNumber} is not null and ${table.voidedAt} is null`),
    check(
      'complications_type',
      sql`${table.type} in ('BLEEDING', 'INFECTION', 'PERFORATION', 'EXPULSION', 'MIGRATION', 'FAILURE_PREGNANCY', 'PAIN', 'ANAESTHESIA', 'HAEMATOMA', 'OTHER')`,
    ),
    check('complications_severity', sql`${table.severity} in ('MILD', 'MODERATE', 'SEVERE')`),
    check('complications_grade', sql`${table.assessedGrade} between 1 and 3`),
    check(
      'complications_assessment_is_whole',
      sql`num_nonnulls(${table.assessedGrade}, ${table.assessedOn}, ${table.assessmentLevel}, ${table.certificateNumber}) in (0, 4)`,
    ),
    check('complications_assessed_after', sql`${table.assessedOn} >= ${table.onsetOn}`),
    check('complications_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
