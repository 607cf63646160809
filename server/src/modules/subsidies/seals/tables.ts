import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, countyCode, instant } from '../../../database/columns.ts'

/**
 * 台账封存: rows of the ledger, or of one batch, hashed and signed; the root carries the one before it. The hashes of the
 * rows stand in their order, 32 bytes each, so that a changed row is named.
 */
export const ledgerSeals = pgTable(
  'ledger_seals',
  {
    countyCode: countyCode(),
    sequence: integer('sequence').notNull(),
    subject: text('subject').$type<'ENTRIES' | 'ITEMS' | 'OUTCOMES'>().notNull(),
    /** The batch whose items, or the return file whose outcomes are sealed. */
    scopeId: uuid('scope_id'),
    /** Of entries: the numbers from and to. */
    fromNumber: bigint('from_number', { mode: 'number' }).notNull(),
    toNumber: bigint('to_number', { mode: 'number' }).notNull(),
    rows: integer('rows').notNull(),
    rowHashes: bytes('row_hashes').notNull(),
    root: bytes('root').notNull(),
    signature: bytes('signature').notNull(),
    keyId: text('key_id').notNull(),
    sealedAt: instant('sealed_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'ledger_seals_pk', columns: [table.countyCode, table.sequence] }),
    index('ledger_seals_by_scope').on(table.countyCode, table.scopeId, table.subject),
    check('ledger_seals_subject', sql`${table.subject} in ('ENTRIES','ITEMS','OUTCOMES')`),
  ],
)
