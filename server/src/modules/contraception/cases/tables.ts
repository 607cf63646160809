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
import { checkFindings } from '../visits/tables.ts'

/** 生殖道感染病例 (L4): from the diagnosis to the cure. */
export const rtiCases = pgTable(
  'rti_cases',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    findingId: uuid('finding_id'),
    diagnosedOn: civilDate('diagnosed_on').notNull(),
    icd10: text('icd10').notNull(),
    status: text('status').notNull(),
    treatedOn: civilDate('treated_on'),
    /** Never a duty: unknown, told or not told, as she wishes. */
    partnerNotified: boolean('partner_notified'),
    reviewedOn: civilDate('reviewed_on'),
    closedOn: civilDate('closed_on'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'rti_cases_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'rti_cases_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'rti_cases_finding',
      columns: [table.countyCode, table.findingId],
      foreignColumns: [checkFindings.countyCode, checkFindings.id],
    }),
    index('rti_cases_by_facility').on(table.countyCode, table.facilityId, table.diagnosedOn, table.id),
    index('rti_cases_by_client').on(table.countyCode, table.clientId),
    index('rti_cases_by_finding').on(table.countyCode, table.findingId),
    check('rti_cases_icd10', sql`${table.icd10} ~ '^[A-Z][0-9]{2}([.][0-9]{1,2})?$'`),
    check(
      'rti_cases_status',
      sql`${table.status} in ('OPEN', 'TREATED', 'CURED', 'REFERRED', 'DECLINED', 'LOST')`,
    ),
    check(
      'rti_cases_in_order',
      sql`(${table.treatedOn} is null or ${table.treatedOn} >= ${table.diagnosedOn}) and (${table.closedOn} is null or ${table.closedOn} >= ${table.diagnosedOn})`,
    ),
    check('rti_cases_closed_on', sql`(${table.closedOn} is null) = (${table.status} in ('OPEN', 'TREATED'))`),
    check('rti_cases_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 不孕症病例档案 (L4): a couple from the consultation to the outcome. */
export const infertilityCases = pgTable(
  'infertility_cases',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    partnerId: uuid('partner_id'),
    /** The couple is known, whether or not the partner is in the register. */
    hasPartner: boolean('has_partner').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    openedOn: civilDate('opened_on').notNull(),
    durationMonths: integer('duration_months'),
    kind: text('kind'),
    hasSemenAnalysis: boolean('has_semen_analysis').notNull(),
    icd10: text('icd10'),
    treatedOn: civilDate('treated_on'),
    artReferredOn: civilDate('art_referred_on'),
    artReferredTo: text('art_referred_to'),
    outcome: text('outcome'),
    closedOn: civilDate('closed_on'),
    /** Couple, duration, kind, semen analysis and diagnosis are there (CON-23). */
    isComplete: boolean('is_complete')
      .notNull()
      .generatedAlwaysAs(
        sql`has_partner and duration_months is not null and kind is not null and has_semen_analysis and icd10 is not null`,
      ),
    testsCipher: bytes('tests_cipher'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'infertility_cases_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'infertility_cases_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'infertility_cases_partner',
      columns: [table.countyCode, table.partnerId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('infertility_cases_by_facility').on(table.countyCode, table.facilityId, table.openedOn, table.id),
    index('infertility_cases_by_client').on(table.countyCode, table.clientId),
    check('infertility_cases_kind', sql`${table.kind} in ('PRIMARY', 'SECONDARY')`),
    check('infertility_cases_icd10', sql`${table.icd10} ~ '^(N97([.][0-9])?|N46)$'`),
    check('infertility_cases_two_people', sql`${table.partnerId} <> ${table.clientId}`),
    check(
      'infertility_cases_outcome',
      sql`${table.outcome} in ('PREGNANT', 'BIRTH', 'STOPPED', 'REFERRED', 'LOST')`,
    ),
    check('infertility_cases_closed', sql`(${table.closedOn} is null) = (${table.outcome} is null)`),
    check(
      'infertility_cases_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
