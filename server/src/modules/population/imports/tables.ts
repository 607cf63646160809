import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ErrorCode } from '@youyu/shared/errors'
import type { ColumnMapping, ImportKind, ImportNote, MatchChoice } from '@youyu/shared/population/imports'
import { bytes, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'

/** 导入: one uploaded file and what became of it. */
export const imports = pgTable(
  'imports',
  {
    countyCode: countyCode(),
    id: id(),
    jobId: uuid('job_id').notNull(),
    /** The area of the maker: nobody outside it sees the import. */
    divisionCode: divisionCode('division_code').notNull(),
    kind: text('kind').$type<ImportKind>().notNull(),
    fileName: text('file_name').notNull(),
    fileSha256: text('file_sha256').notNull(),
    fileBytes: integer('file_bytes').notNull(),
    encoding: text('encoding').$type<'utf-8' | 'gb18030'>().notNull(),
    format: text('format').$type<'csv' | 'tsv' | 'ndjson'>().notNull(),
    headers: text('headers').array().notNull(),
    mapping: jsonb('mapping').$type<ColumnMapping>().notNull(),
    dryRun: boolean('dry_run').notNull(),
    onMatch: text('on_match').$type<MatchChoice>().notNull(),
    rowsMatched: integer('rows_matched').notNull().default(0),
    rowsForReview: integer('rows_for_review').notNull().default(0),
    findings: jsonb('findings').$type<Record<string, number>>().notNull().default({}),
    notes: jsonb('notes').$type<ImportNote[]>().notNull().default([]),
    /** The same content loaded again on purpose: how many times before. */
    repetition: smallint('repetition').notNull().default(0),
    /** Whether its rows are in the register: set in the transaction that puts them there. */
    applied: boolean('applied').notNull().default(false),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'imports_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('imports_same_file')
      .on(table.countyCode, table.kind, table.fileSha256, table.divisionCode, table.repetition)
      .where(sql`${table.applied}`),
    index('imports_by_maker').on(table.createdBy, table.id),
    check(
      'imports_kind',
      sql`${table.kind} in ('divisions', 'persons', 'households', 'births', 'deaths', 'marriages', 'moves', 'methods', 'circumstances')`,
    ),
  ],
)

/** Rejected rows and why; the row itself is kept enciphered until it is corrected or forgotten. */
export const importErrors = pgTable(
  'import_errors',
  {
    countyCode: countyCode(),
    importId: uuid('import_id').notNull(),
    row: integer('row').notNull(),
    position: smallint('position').notNull(),
    column: text('column'),
    valueMask: text('value_mask'),
    code: text('code').$type<ErrorCode>().notNull(),
    rowCipher: bytes('row_cipher'),
  },
  (table) => [
    primaryKey({
      name: 'import_errors_pk',
      columns: [table.countyCode, table.importId, table.row, table.position],
    }),
    foreignKey({
      name: 'import_errors_import',
      columns: [table.countyCode, table.importId],
      foreignColumns: [imports.countyCode, imports.id],
    }),
  ],
)

/** Matched rows that wait for a decision. */
export const importReviews = pgTable(
  'import_reviews',
  {
    countyCode: countyCode(),
    importId: uuid('import_id').notNull(),
    row: integer('row').notNull(),
    personId: uuid('person_id').notNull(),
    /** Field → value of the file; sensitive values masked here and enciphered below. */
    proposed: jsonb('proposed').$type<Record<string, string | null>>().notNull(),
    phoneCipher: bytes('phone_cipher'),
    phoneHash: bytes('phone_hash'),
    decision: text('decision').$type<'open' | 'overwritten' | 'skipped'>().notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    reason: text('reason'),
  },
  (table) => [
    primaryKey({ name: 'import_reviews_pk', columns: [table.countyCode, table.importId, table.row] }),
    foreignKey({
      name: 'import_reviews_import',
      columns: [table.countyCode, table.importId],
      foreignColumns: [imports.countyCode, imports.id],
    }),
  ],
)

/** 列映射: how a source's headers are read. */
export const importMappings = pgTable(
  'import_mappings',
  {
    countyCode: countyCode(),
    kind: text('kind').$type<ImportKind>().notNull(),
    source: text('source').notNull(),
    mapping: jsonb('mapping').$type<ColumnMapping>().notNull(),
    savedBy: uuid('saved_by').notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'import_mappings_pk', columns: [table.countyCode, table.kind, table.source] }),
  ],
)
