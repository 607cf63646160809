import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'

/** 附件: files of a case, typed by their first bytes, hashed, and enciphered under the row. */
export const attachments = pgTable(
  'attachments',
  {
    countyCode: countyCode(),
    id: id(),
    subjectType: text('subject_type').notNull(),
    subjectId: uuid('subject_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    /** What it is: ID_CARD, HUKOU_BOOK, … */
    kind: text('kind').notNull(),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    size: integer('size').notNull(),
    sha256: bytes('sha256').notNull(),
    contentCipher: bytes('content_cipher').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    voidedAt: instant('voided_at'),
    voidedBy: uuid('voided_by'),
    voidReason: text('void_reason'),
  },
  (table) => [
    primaryKey({ name: 'attachments_pk', columns: [table.countyCode, table.id] }),
    index('attachments_by_subject').on(table.countyCode, table.subjectType, table.subjectId, table.id),
    check(
      'attachments_subject',
      sql`${table.subjectType} in ('APPLICATION', 'CIRCUMSTANCE', 'NOTICE', 'OBJECTION', 'VERIFICATION', 'CLAIM_MATCH', 'OVERPAYMENT', 'BENEFICIARY')`,
    ),
    check(
      'attachments_media_type',
      sql`${table.mediaType} in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')`,
    ),
    check('attachments_size', sql`${table.size} between 1 and 5242880`),
    check('attachments_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
