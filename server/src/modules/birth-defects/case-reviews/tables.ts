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
import { bytes, civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { defectCards } from '../defect-cases/tables.ts'

/** 审核记录: every step of a card, appended. */
export const caseReviews = pgTable(
  'case_reviews',
  {
    countyCode: countyCode(),
    id: id(),
    cardId: uuid('card_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    edition: smallint('edition').notNull(),
    tier: text('tier').notNull(),
    decision: text('decision').notNull(),
    /** What is to be set right, by the names of the card's fields. */
    fields: text('fields').array().notNull(),
    noteCipher: bytes('note_cipher'),
    documentNumber: text('document_number'),
    decidedOn: civilDate('decided_on').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'case_reviews_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'case_reviews_card',
      columns: [table.countyCode, table.cardId],
      foreignColumns: [defectCards.countyCode, defectCards.id],
    }),
    index('case_reviews_by_card').on(table.countyCode, table.cardId, table.recordedAt),
    check('case_reviews_tier', sql`${table.tier} in ('REPORTER', 'HOSPITAL', 'COUNTY', 'PROVINCE')`),
    check(
      'case_reviews_decision',
      sql`${table.decision} in ('SUBMITTED', 'CORRECTED', 'WITHDRAWN', 'APPROVED', 'RETURNED', 'FINAL', 'MERGED')`,
    ),
    check(
      'case_reviews_return_names_fields',
      sql`(${table.decision} = 'RETURNED') = (cardinality(${table.fields}) > 0)`,
    ),
    check(
      'case_reviews_province_document',
      sql`(${table.tier} = 'PROVINCE') <= (${table.documentNumber} is not null)`,
    ),
  ],
)

/** 疑似重卡: two facilities' cards of what may be one child. */
export const caseDuplicates = pgTable(
  'case_duplicates',
  {
    countyCode: countyCode(),
    id: id(),
    cardId: uuid('card_id').notNull(),
    otherId: uuid('other_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    facilityDivision: divisionCode('facility_division').notNull(),
    state: text('state').notNull(),
    foundAt: instant('found_at').notNull(),
    keptId: uuid('kept_id'),
    reason: text('reason'),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    primaryKey({ name: 'case_duplicates_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'case_duplicates_card',
      columns: [table.countyCode, table.cardId],
      foreignColumns: [defectCards.countyCode, defectCards.id],
    }),
    foreignKey({
      name: 'case_duplicates_other',
      columns: [table.countyCode, table.otherId],
      foreignColumns: [defectCards.countyCode, defectCards.id],
    }),
    uniqueIndex('case_duplicates_once').on(table.countyCode, table.cardId, table.otherId),
    index('case_duplicates_by_other').on(table.countyCode, table.otherId),
    check('case_duplicates_state', sql`${table.state} in ('OPEN', 'MERGED', 'DISMISSED')`),
    check('case_duplicates_two_cards', sql`${table.cardId} <> ${table.otherId}`),
    check(
      'case_duplicates_decided',
      sql`(${table.state} = 'OPEN') = (${table.decidedAt} is null) and (${table.state} = 'OPEN') = (${table.reason} is null)`,
    ),
    check('case_duplicates_kept', sql`(${table.state} = 'MERGED') = (${table.keptId} is not null)`),
  ],
)
