import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { ErrorCode } from '../errors.ts'
import { Job, JobState } from '../jobs.ts'
import type { Permission } from '../permissions.ts'
import { Id, Instant, Page, PageQuery, Text } from '../values.ts'

export const ImportKind = z.enum([
  'divisions',
  'persons',
  'households',
  'births',
  'deaths',
  'marriages',
  'moves',
  'methods',
  'circumstances',
])
export type ImportKind = z.infer<typeof ImportKind>

/**
 * What loading a kind needs beside the right to load. Old registers of methods are loaded by whoever keeps the rules of
 * care, and read by nobody but the facilities that they name (E8).
 */
export const importPermissions: Readonly<Record<ImportKind, Permission>> = {
  divisions: 'division.manage',
  persons: 'person.create',
  households: 'household.change',
  births: 'event.record',
  deaths: 'event.record',
  marriages: 'event.record',
  moves: 'event.record',
  methods: 'care-rule.manage',
  circumstances: 'circumstance.record',
}

/** A field of an import: its key, what its header may be called, whether it must be there. */
export const ImportField = z.object({
  key: z.string(),
  zh: z.string(),
  en: z.string(),
  aliases: z.array(z.string()),
  required: z.boolean(),
  example: z.string(),
})
export type ImportField = z.infer<typeof ImportField>

/** What happens to a row that matches a person already registered. */
export const MatchChoice = z.enum(['skip', 'overwrite', 'review'])
export type MatchChoice = z.infer<typeof MatchChoice>

/** Header as it stands in the file → field key, or null to leave the column out. */
export const ColumnMapping = z.record(z.string().max(200), z.string().max(60).nullable())
export type ColumnMapping = z.infer<typeof ColumnMapping>

export const ImportNote = z.object({
  /** E1: a column that classified births was left out. */
  code: z.enum([
    'legacy-policy-column-dropped',
    'fetal-sex-column-dropped',
    'unknown-column-ignored',
    'formula-kept-as-text',
    'unknown-facility-left-empty',
  ]),
  column: z.string(),
  zh: z.string(),
  en: z.string(),
})
export type ImportNote = z.infer<typeof ImportNote>

export const Import = z.object({
  id: Id,
  jobId: Id,
  kind: ImportKind,
  fileName: z.string(),
  fileSha256: z.string(),
  encoding: z.enum(['utf-8', 'gb18030']),
  format: z.enum(['csv', 'tsv', 'ndjson']),
  dryRun: z.boolean(),
  onMatch: MatchChoice,
  state: JobState,
  rowsRead: z.int(),
  rowsAccepted: z.int(),
  rowsRejected: z.int(),
  rowsMatched: z.int(),
  /** Matched rows that still await a decision. */
  rowsForReview: z.int(),
  findings: z.record(z.string(), z.int()),
  notes: z.array(ImportNote),
  /** How the headers were read: for loading the corrected rows again the same way. */
  mapping: ColumnMapping.optional(),
  errorsUrl: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
})
export type Import = z.infer<typeof Import>

export const listImportFields = defineEndpoint({
  method: 'GET',
  url: '/api/v1/import-kinds/:kind',
  schema: {
    summary: 'The fields of an import kind',
    tags: ['imports'],
    params: z.strictObject({ kind: ImportKind }),
    response: { 200: z.object({ kind: ImportKind, fields: z.array(ImportField) }) },
  },
  config: { permission: 'import.run', dataClass: 'L0' },
})
export const importTemplate = defineEndpoint({
  method: 'GET',
  url: '/api/v1/import-kinds/:kind/template',
  schema: {
    summary: 'An empty file with the right header and one example row',
    tags: ['imports'],
    params: z.strictObject({ kind: ImportKind }),
    querystring: z.strictObject({ language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
    response: { 200: z.string() },
  },
  config: { permission: 'import.run', dataClass: 'L0', raw: true },
})

export const FileInspection = z.object({
  encoding: z.enum(['utf-8', 'gb18030']),
  format: z.enum(['csv', 'tsv', 'ndjson']),
  headers: z.array(z.string()),
  mapping: ColumnMapping,
  missing: z.array(z.string()),
  notes: z.array(ImportNote),
  /** The first rows, sensitive values masked. */
  sample: z.array(z.array(z.string())),
})
export type FileInspection = z.infer<typeof FileInspection>

/** multipart: `kind`, `source?`, `file` (its first 64 KiB suffice). */
export const inspectFile = defineEndpoint({
  method: 'POST',
  url: '/api/v1/import-inspections',
  schema: {
    summary: 'Look at the head of a file: encoding, separator, headers and how they would be mapped',
    tags: ['imports'],
    consumes: ['multipart/form-data'],
    response: { 200: FileInspection },
  },
  config: { permission: 'import.run', dataClass: 'L2', multipart: true },
})

/** multipart: `kind`, `onMatch?`, `dryRun?`, `mapping?` (JSON), `source?`, `again?` (`true` loads the same file once more), `file` last. */
export const createImport = defineEndpoint({
  method: 'POST',
  url: '/api/v1/imports',
  schema: {
    summary: 'Load a file; answers a job',
    tags: ['imports'],
    consumes: ['multipart/form-data'],
    response: { 202: z.object({ import: Import, job: Job }) },
  },
  config: { permission: 'import.run', dataClass: 'L1', multipart: true, idempotent: true },
})
const params = z.strictObject({ id: Id })
export const listImports = defineEndpoint({
  method: 'GET',
  url: '/api/v1/imports',
  schema: {
    summary: 'Imports in my area',
    tags: ['imports'],
    querystring: z.strictObject({ ...PageQuery, kind: ImportKind.optional() }),
    response: { 200: Page(Import) },
  },
  config: { permission: 'import.run', dataClass: 'L1' },
})
export const getImport = defineEndpoint({
  method: 'GET',
  url: '/api/v1/imports/:id',
  schema: { summary: 'One import', tags: ['imports'], params, response: { 200: Import } },
  config: { permission: 'import.run', dataClass: 'L1' },
})

export const ImportError = z.object({
  row: z.int(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  code: ErrorCode,
  zh: z.string(),
  en: z.string(),
})
export type ImportError = z.infer<typeof ImportError>
export const listImportErrors = defineEndpoint({
  method: 'GET',
  url: '/api/v1/imports/:id/errors',
  schema: {
    summary: 'Rejected rows: row, column, masked value, reason',
    tags: ['imports'],
    params,
    querystring: z.strictObject({ ...PageQuery, code: ErrorCode.optional() }),
    response: { 200: Page(ImportError) },
  },
  config: { permission: 'import.run', dataClass: 'L2' },
})
/** The rejected rows as they were, with a reason column, to be corrected and loaded again; logged. */
export const importErrorFile = defineEndpoint({
  method: 'GET',
  url: '/api/v1/imports/:id/errors.csv',
  schema: {
    summary: 'Rejected rows as a file to correct and load again',
    tags: ['imports'],
    params,
    response: { 200: z.string() },
  },
  config: { permission: 'import.run', dataClass: 'L3', raw: true },
})

const ReviewDecision = z.enum(['open', 'overwritten', 'skipped'])

/** A row that met somebody already registered and waits for a person to decide. */
export const ImportReview = z.object({
  row: z.int(),
  personId: Id,
  differences: z.array(
    z.object({ field: z.string(), registered: z.string().nullable(), file: z.string().nullable() }),
  ),
  decision: ReviewDecision,
})
export type ImportReview = z.infer<typeof ImportReview>
export const listImportReviews = defineEndpoint({
  method: 'GET',
  url: '/api/v1/imports/:id/reviews',
  schema: {
    summary: 'Matched rows that await a decision',
    tags: ['imports'],
    params,
    querystring: z.strictObject({ ...PageQuery, decision: ReviewDecision.optional() }),
    response: { 200: Page(ImportReview) },
  },
  config: { permission: 'import.run', dataClass: 'L2' },
})
export const decideImportReviews = defineEndpoint({
  method: 'POST',
  url: '/api/v1/imports/:id/reviews',
  schema: {
    summary: 'Decide matched rows: take the file’s values or keep the register’s',
    tags: ['imports'],
    params,
    body: z.strictObject({
      rows: z.array(z.int()).min(1).max(1000),
      decision: z.enum(['overwritten', 'skipped']),
      reason: Text(200).optional(),
    }),
    response: { 200: z.object({ decided: z.int() }) },
  },
  config: { permission: 'import.run', dataClass: 'L2', idempotent: true },
})

/** Mappings that a source (a hospital's system, the police file) was last loaded with. */
export const ImportMapping = z.object({
  source: z.string(),
  kind: ImportKind,
  mapping: ColumnMapping,
  savedAt: Instant,
})
export const listImportMappings = defineEndpoint({
  method: 'GET',
  url: '/api/v1/import-mappings',
  schema: {
    summary: 'Saved column mappings',
    tags: ['imports'],
    querystring: z.strictObject({ kind: ImportKind.optional() }),
    response: { 200: z.object({ items: z.array(ImportMapping) }) },
  },
  config: { permission: 'import.run', dataClass: 'L0' },
})
export const saveImportMapping = defineEndpoint({
  method: 'PUT',
  url: '/api/v1/import-mappings/:kind/:source',
  schema: {
    summary: 'Keep a column mapping for a source',
    tags: ['imports'],
    params: z.strictObject({ kind: ImportKind, source: Text(60) }),
    body: z.strictObject({ mapping: ColumnMapping }),
    response: { 200: ImportMapping },
  },
  config: { permission: 'import.run', dataClass: 'L0' },
})
