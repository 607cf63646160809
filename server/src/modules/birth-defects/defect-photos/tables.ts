import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, civilDate, countyCode, factColumns, id } from '../../../database/columns.ts'
import { defectCards } from '../defect-cases/tables.ts'

/** 登记卡照片 (L4): enciphered under its row; a removed one keeps its row and loses its picture. */
export const defectPhotos = pgTable(
  'defect_photos',
  {
    countyCode: countyCode(),
    id: id(),
    cardId: uuid('card_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    mediaType: text('media_type').notNull(),
    size: integer('size').notNull(),
    contentCipher: bytes('content_cipher'),
    consentBy: text('consent_by').notNull(),
    consentOn: civilDate('consent_on').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'defect_photos_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'defect_photos_card',
      columns: [table.countyCode, table.cardId],
      foreignColumns: [defectCards.countyCode, defectCards.id],
    }),
    index('defect_photos_by_card').on(table.countyCode, table.cardId),
    check('defect_photos_media_type', sql`${table.mediaType} in ('image/jpeg', 'image/png', 'image/webp')`),
    check('defect_photos_size', sql`${table.size} between 1 and 5242880`),
    check('defect_photos_consent', sql`${table.consentBy} in ('MOTHER', 'FATHER', 'GUARDIAN')`),
    check(
      'defect_photos_void',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null) and (${table.voidedAt} is null) = (${table.contentCipher} is not null)`,
    ),
  ],
)
