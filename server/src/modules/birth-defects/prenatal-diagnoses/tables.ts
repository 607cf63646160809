import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
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
import { persons } from '../../population/persons/tables.ts'

/** 产前诊断 (L4, link 8): indicated, offered, done or declined; karyotypes without the chromosomes that tell what the fetus is. */
export const prenatalDiagnoses = pgTable(
  'prenatal_diagnoses',
  {
    countyCode: countyCode(),
    id: id(),
    chainId: uuid('chain_id').notNull(),
    womanId: uuid('woman_id').notNull(),
    pregnancyId: uuid('pregnancy_id'),
    /** The screen-positive case that it answers. */
    caseId: uuid('case_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    indications: text('indications').array().notNull(),
    offeredOn: civilDate('offered_on').notNull(),
    counsellor: text('counsellor'),
    understood: boolean('understood'),
    decision: text('decision').notNull(),
    method: text('method'),
    performedOn: civilDate('performed_on'),
    gestationDays: smallint('gestation_days'),
    inWindow: boolean('in_window'),
    tests: text('tests')
      .array()
      .notNull()
      .default(sql`'{}'`),
    result: text('result'),
    reportedOn: civilDate('reported_on'),
    defectCodes: text('defect_codes')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** She was told the result and what may follow from it. */
    counselledOn: civilDate('counselled_on'),
    findingsCipher: bytes('findings_cipher'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'prenatal_diagnoses_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'prenatal_diagnoses_woman',
      columns: [table.countyCode, table.womanId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('prenatal_diagnoses_by_facility').on(table.countyCode, table.facilityId, table.offeredOn, table.id),
    index('prenatal_diagnoses_by_woman').on(table.countyCode, table.womanId),
    index('prenatal_diagnoses_by_chain').on(table.countyCode, table.chainId),
    index('prenatal_diagnoses_by_day').on(table.countyCode, table.performedOn),
    index('prenatal_diagnoses_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    check(
      'prenatal_diagnoses_indications',
      sql`cardinality(${table.indications}) > 0 and ${table.indications} <@ array['HIGH_RISK', 'AGE_35', 'HISTORY', 'ULTRASOUND', 'CARRIER', 'EXPOSURE', 'HER_WISH']`,
    ),
    check('prenatal_diagnoses_decision', sql`${table.decision} in ('AGREED', 'DECLINED', 'UNDECIDED')`),
    check('prenatal_diagnoses_method', sql`${table.method} in ('CVS', 'AMNIO', 'CORDO', 'IMAGING')`),
    check('prenatal_diagnoses_result', sql`${table.result} in ('NORMAL', 'ABNORMAL', 'UNCERTAIN', 'FAILED')`),
    check(
      'prenatal_diagnoses_agreed_first',
      sql`${table.decision} = 'AGREED' or (${table.performedOn} is null and ${table.result} is null)`,
    ),
    check(
      'prenatal_diagnoses_performance_is_whole',
      sql`(${table.performedOn} is null) = (${table.method} is null) and (${table.result} is null or ${table.performedOn} is not null) and (${table.result} is null) = (${table.reportedOn} is null)`,
    ),
    check(
      'prenatal_diagnoses_in_order',
      sql`${table.offeredOn} <= coalesce(${table.performedOn}, ${table.offeredOn}) and coalesce(${table.performedOn} <= ${table.reportedOn}, true) and coalesce(${table.reportedOn} <= ${table.counselledOn}, true)`,
    ),
    // A single code of sex chromosomes or genital organs would tell what the fetus is (E7): only the groups are kept.
    check(
      'prenatal_diagnoses_codes',
      sql`not (array_to_string(${table.defectCodes}, ' ') ~ '(^| )(Q5[0-6]|Q9[678])([.][0-9]+)?( |$)')`,
    ),
    check(
      'prenatal_diagnoses_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
