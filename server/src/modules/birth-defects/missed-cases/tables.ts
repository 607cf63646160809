import { sql } from 'drizzle-orm'
import {
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
import { defectCards } from '../defect-cases/tables.ts'

/** 漏报调查: a quarter of a facility, its logs against its cards. */
export const missedCaseAudits = pgTable(
  'missed_case_audits',
  {
    countyCode: countyCode(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    facilityDivision: divisionCode('facility_division').notNull(),
    quarterFrom: civilDate('quarter_from').notNull(),
    quarterTo: civilDate('quarter_to').notNull(),
    /** Logs that were gone through from beginning to end. */
    sources: text('sources').array().notNull(),
    /** Frozen when the audit is closed: cards, cases of the logs, cases in both. */
    reported: integer('reported'),
    logged: integer('logged'),
    matched: integer('matched'),
    closedAt: instant('closed_at'),
    closedBy: uuid('closed_by'),
    openedAt: instant('opened_at').notNull(),
    openedBy: uuid('opened_by').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'missed_case_audits_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('missed_case_audits_once').on(table.countyCode, table.facilityId, table.quarterFrom),
    index('missed_case_audits_by_quarter').on(table.countyCode, table.quarterFrom, table.facilityId),
    check('missed_case_audits_quarter', sql`extract(day from ${table.quarterFrom}) = 1`),
    check(
      'missed_case_audits_closed',
      sql`(${table.closedAt} is null) = (${table.reported} is null) and (${table.closedAt} is null) = (${table.logged} is null) and (${table.closedAt} is null) = (${table.matched} is null)`,
    ),
  ],
)

/** 查漏条目: a case that a log names, by day, source, code and a token; never by name. */
export const caseLogEntries = pgTable(
  'case_log_entries',
  {
    countyCode: countyCode(),
    id: id(),
    auditId: uuid('audit_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    facilityDivision: divisionCode('facility_division').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    logKind: text('log_kind').notNull(),
    icd10: plainText('icd10').notNull(),
    category: text('category').notNull(),
    /** Keyed hash of the record number. */
    token: bytes('token').notNull(),
    /** How the reporter finds the entry again: its line in the log. */
    logLine: text('log_line'),
    state: text('state').notNull(),
    cardId: uuid('card_id'),
    /** The card was there before the log was read; a missed case that is reported later stays a missed one. */
    settledOn: civilDate('settled_on'),
    exclusionReason: text('exclusion_reason'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'case_log_entries_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'case_log_entries_audit',
      columns: [table.countyCode, table.auditId],
      foreignColumns: [missedCaseAudits.countyCode, missedCaseAudits.id],
    }),
    foreignKey({
      name: 'case_log_entries_card',
      columns: [table.countyCode, table.cardId],
      foreignColumns: [defectCards.countyCode, defectCards.id],
    }),
    uniqueIndex('case_log_entries_once')
      .on(table.countyCode, table.auditId, table.logKind, table.token, table.icd10)
      .where(sql`${table.voidedAt} is null`),
    index('case_log_entries_by_token').on(table.countyCode, table.facilityId, table.token),
    index('case_log_entries_by_card').on(table.countyCode, table.cardId),
    check(
      'case_log_entries_source',
      sql`${table.logKind} in ('DELIVERY', 'INDUCTION', 'PATHOLOGY', 'PAEDIATRICS', 'TRANSFER', 'PERINATAL_DEATH', 'RECORD_INDEX')`,
    ),
    check(
      'case_log_entries_state',
      sql`${table.state} in ('MATCHED', 'MISSED', 'REPORTED_LATE', 'EXCLUDED')`,
    ),
    check(
      'case_log_entries_card_known',
      sql`(${table.state} in ('MATCHED', 'REPORTED_LATE')) = (${table.cardId} is not null)`,
    ),
    check(
      'case_log_entries_exclusion',
      sql`(${table.state} = 'EXCLUDED') = (${table.exclusionReason} is not null)`,
    ),
    check(
      'case_log_entries_icd10',
      sql`${table.icd10} ~ '^([A-Z][0-9]{2}([.][0-9]{1,2})?|Q96-Q99|Q50-Q56)$'`,
    ),
    check('case_log_entries_category', sql`${table.category} ~ '^(0[1-9]|1[0-9]|2[0-4])$'`),
    check(
      'case_log_entries_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
