import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, civilDate, countyCode, divisionCode, factColumns, id } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'
import { checkInvitations } from '../invitations/tables.ts'
import { checkSessions } from '../sessions/tables.ts'

/** 查体记录 (L4): what was done for a person on a day. Results are enciphered. */
export const checkVisits = pgTable(
  'check_visits',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    place: text('place').notNull(),
    /** The village or the station where it was (S0-01). */
    venueDivision: divisionCode('venue_division'),
    sessionId: uuid('session_id'),
    outreachId: uuid('outreach_id'),
    encounterId: uuid('encounter_id'),
    invitationId: uuid('invitation_id'),
    programme: text('programme'),
    items: text('items').array().notNull(),
    /** Asked for on its own before HBsAg, HIV and syphilis tests. */
    infectionConsent: boolean('infection_consent').notNull(),
    hasFinding: boolean('has_finding').notNull(),
    isTreated: boolean('is_treated').notNull(),
    resultCipher: bytes('result_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'check_visits_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'check_visits_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'check_visits_session',
      columns: [table.countyCode, table.sessionId],
      foreignColumns: [checkSessions.countyCode, checkSessions.id],
    }),
    foreignKey({
      name: 'check_visits_invitation',
      columns: [table.countyCode, table.invitationId],
      foreignColumns: [checkInvitations.countyCode, checkInvitations.id],
    }),
    index('check_visits_by_client').on(table.countyCode, table.clientId, table.occurredOn),
    index('check_visits_by_facility').on(table.countyCode, table.facilityId, table.occurredOn, table.id),
    index('check_visits_by_session')
      .on(table.countyCode, table.sessionId)
      .where(sql`${table.sessionId} is not null`),
    index('check_visits_by_outreach')
      .on(table.countyCode, table.outreachId)
      .where(sql`${table.outreachId} is not null`),
    check('check_visits_place', sql`${table.place} in ('STATION', 'VILLAGE', 'HOME')`),
    check('check_visits_something_done', sql`cardinality(${table.items}) > 0`),
    check(
      'check_visits_infection_consent',
      sql`${table.infectionConsent} or not ${table.items} && '{HBSAG,HIV,SYPHILIS}'::text[]`,
    ),
    check('check_visits_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 查体发现 (L4), ICD-10. */
export const checkFindings = pgTable(
  'check_findings',
  {
    countyCode: countyCode(),
    id: id(),
    visitId: uuid('visit_id').notNull(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    icd10: text('icd10').notNull(),
    kind: text('kind').notNull(),
    treatment: text('treatment').notNull(),
    treatedOn: civilDate('treated_on'),
    referredTo: text('referred_to'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'check_findings_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'check_findings_visit',
      columns: [table.countyCode, table.visitId],
      foreignColumns: [checkVisits.countyCode, checkVisits.id],
    }),
    index('check_findings_by_visit').on(table.countyCode, table.visitId),
    index('check_findings_by_facility').on(table.countyCode, table.facilityId, table.occurredOn),
    check('check_findings_icd10', sql`${table.icd10} ~ '^[A-Z][0-9]{2}([.][0-9]{1,2})?$'`),
    check(
      'check_findings_kind',
      sql`${table.kind} in ('RTI', 'GYN', 'BREAST', 'CANCER', 'INFECTION', 'MALE', 'INFERTILITY', 'GENERAL')`,
    ),
    check(
      'check_findings_treatment',
      sql`${table.treatment} in ('TREATED', 'REFERRED', 'WATCHED', 'DECLINED', 'NONE')`,
    ),
    check(
      'check_findings_treated_after',
      sql`${table.treatedOn} is null or ${table.treatedOn} >= ${table.occurredOn}`,
    ),
    check('check_findings_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
