import { integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { bytes, countyCode } from '../../../database/columns.ts'

/** The file as the bank gets it, enciphered in pieces. */
export const bankFileParts = pgTable(
  'bank_file_parts',
  {
    countyCode: countyCode(),
    /** The submission, or the return file. */
    fileId: uuid('file_id').notNull(),
    part: integer('part').notNull(),
    contentCipher: bytes('content_cipher').notNull(),
  },
  (table) => [
    primaryKey({ name: 'bank_file_parts_pk', columns: [table.countyCode, table.fileId, table.part] }),
  ],
)
