import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Id, Instant, Page, PageQuery, Purpose, Text } from '../values.ts'
import { PersonFilter, RevealField } from './persons.ts'

export const ExportFormat = z.enum(['csv', 'ndjson', 'xlsx'])
export type ExportFormat = z.infer<typeof ExportFormat>
export const ExportColumn = z.enum([
  'name',
  'sex',
  'birthDate',
  'idType',
  'idNumber',
  'ethnicity',
  'education',
  'maritalStatus',
  'hukouDivision',
  'hukouType',
  'residenceDivision',
  'residenceStatus',
  'residenceSince',
  'householdNumber',
  'relationToHead',
  'phone',
  'address',
])
export type ExportColumn = z.infer<typeof ExportColumn>
export const ExportState = z.enum(['awaiting-approval', 'approved', 'refused', 'expired'])
export type ExportState = z.infer<typeof ExportState>

export const PersonExport = z.object({
  id: Id,
  format: ExportFormat,
  columns: z.array(ExportColumn),
  unmasked: z.array(RevealField),
  filter: PersonFilter,
  purpose: Purpose,
  reason: z.string(),
  rows: z.int(),
  state: ExportState,
  requestedBy: z.string(),
  requestedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  decisionReason: z.string().nullable(),
  expiresAt: Instant,
  downloads: z.int(),
  /** Whether the asking user may fetch the file, or decide. */
  mayDownload: z.boolean(),
  mayDecide: z.boolean(),
})
export type PersonExport = z.infer<typeof PersonExport>

const params = z.strictObject({ id: Id })

export const requestExport = defineEndpoint({
  method: 'POST',
  url: '/api/v1/exports',
  schema: {
    summary: 'Ask for an export; up to 500 masked rows are approved at once',
    tags: ['exports'],
    body: z.strictObject({
      format: ExportFormat,
      columns: z.array(ExportColumn).min(1).optional(),
      unmasked: z.array(RevealField).default([]),
      filter: PersonFilter.default({}),
      purpose: Purpose,
      reason: Text(200),
    }),
    response: { 201: PersonExport },
  },
  config: { permission: 'export.request', dataClass: 'L2', idempotent: true },
})
export const listExports = defineEndpoint({
  method: 'GET',
  url: '/api/v1/exports',
  schema: {
    summary: 'My exports, and those that await my decision',
    tags: ['exports'],
    querystring: z.strictObject({ ...PageQuery, state: ExportState.optional() }),
    response: { 200: Page(PersonExport) },
  },
  config: { permission: 'export.request', dataClass: 'L1' },
})
export const getExport = defineEndpoint({
  method: 'GET',
  url: '/api/v1/exports/:id',
  schema: { summary: 'One export', tags: ['exports'], params, response: { 200: PersonExport } },
  config: { permission: 'export.request', dataClass: 'L1' },
})
export const decideExport = defineEndpoint({
  method: 'POST',
  url: '/api/v1/exports/:id/decision',
  schema: {
    summary: 'Approve or refuse; never one’s own',
    tags: ['exports'],
    params,
    body: z.strictObject({ decision: z.enum(['approved', 'refused']), reason: Text(200) }),
    response: { 200: PersonExport },
  },
  config: { permission: 'export.approve', dataClass: 'L1', idempotent: true },
})
export const downloadExport = defineEndpoint({
  method: 'GET',
  url: '/api/v1/exports/:id/file',
  schema: {
    summary: 'The file, streamed, with a watermark',
    tags: ['exports'],
    params,
    response: { 200: z.string() },
  },
  config: { permission: 'export.request', dataClass: 'L3', raw: true },
})
