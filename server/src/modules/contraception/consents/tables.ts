import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, factColumns, id, instant } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/** 知情同意: what she agreed to, and until when (domain §9.3). L4. */
export const careConsents = pgTable(
  'care_consents',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    kind: text('kind').notNull(),
    procedureType: text('procedure_type'),
    givenOn: civilDate('given_on').notNull(),
    givenBy: text('given_by').notNull(),
    guardianName: text('guardian_name'),
    evidence: text('evidence').notNull(),
    formReference: text('form_reference'),
    language: text('language').notNull(),
    isConfidential: boolean('is_confidential').notNull(),
    withdrawnOn: civilDate('withdrawn_on'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawalReason: text('withdrawal_reason'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'care_consents_pk', columns: [table.countyCode, table.id] }),
    unique('care_consents_with_day').on(table.countyCode, table.id, table.clientId, table.givenOn),
    foreignKey({
      name: 'care_consents_person',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('care_consents_by_client').on(table.countyCode, table.clientId, table.kind),
    index('care_consents_by_facility').on(table.countyCode, table.facilityId, table.givenOn, table.id),
    check(
      'care_consents_kind',
      sql`${table.kind} in ('PROCEDURE', 'FOLLOW_UP', 'REMINDERS', 'SHARING', 'RECORDING')`,
    ),
    check('care_consents_given_by', sql`${table.givenBy} in ('SELF', 'GUARDIAN')`),
    check('care_consents_evidence', sql`${table.evidence} in ('SIGNED', 'ELECTRONIC', 'RECORDED', 'VERBAL')`),
    check(
      'care_consents_guardian_named',
      sql`(${table.givenBy} = 'GUARDIAN') = (${table.guardianName} is not null)`,
    ),
    check('care_consents_of_procedure', sql`(${table.kind} = 'PROCEDURE') or ${table.procedureType} is null`),
    check('care_consents_withdrawn_after', sql`${table.withdrawnOn} >= ${table.givenOn}`),
    check(
      'care_consents_withdrawal_is_whole',
      sql`(${table.withdrawnOn} is null) = (${table.withdrawnAt} is null)`,
    ),
    check('care_consents_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
