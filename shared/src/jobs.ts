import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { ErrorCode } from './errors.ts'
import { Id, Instant, Page, PageQuery } from './values.ts'

export const JobState = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled'])
export type JobState = z.infer<typeof JobState>
export const JobKind = z.enum([
  'import',
  'export',
  'calendar',
  'follow-up',
  'birth-defect-chains',
  'eligibility',
])
export type JobKind = z.infer<typeof JobKind>

export const Job = z.object({
  id: Id,
  kind: JobKind,
  title: z.string(),
  state: JobState,
  /** 0 … 1 of the work known so far; null while its size is unknown. */
  progress: z.number().min(0).max(1).nullable(),
  rowsRead: z.int(),
  rowsAccepted: z.int(),
  rowsRejected: z.int(),
  errorsUrl: z.string().nullable(),
  /** Where the finished thing is: the import, the export file. */
  resultUrl: z.string().nullable(),
  failure: z.object({ code: ErrorCode, detail: z.string() }).nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  cancellable: z.boolean(),
})
export type Job = z.infer<typeof Job>

const jobParams = z.strictObject({ id: Id })

export const listJobs = defineEndpoint({
  method: 'GET',
  url: '/api/v1/jobs',
  schema: {
    summary: 'My long work',
    tags: ['jobs'],
    querystring: z.strictObject({ ...PageQuery, state: JobState.optional(), kind: JobKind.optional() }),
    response: { 200: Page(Job) },
  },
  config: { permission: 'signed-in', dataClass: 'L1' },
})
export const getJob = defineEndpoint({
  method: 'GET',
  url: '/api/v1/jobs/:id',
  schema: { summary: 'One piece of long work', tags: ['jobs'], params: jobParams, response: { 200: Job } },
  config: { permission: 'signed-in', dataClass: 'L1' },
})
export const watchJob = defineEndpoint({
  method: 'GET',
  url: '/api/v1/jobs/:id/events',
  schema: {
    summary: 'Progress as server-sent events; each `data:` is a Job',
    tags: ['jobs'],
    params: jobParams,
    response: { 200: z.string() },
  },
  config: { permission: 'signed-in', dataClass: 'L1', raw: true },
})
export const cancelJob = defineEndpoint({
  method: 'POST',
  url: '/api/v1/jobs/:id/cancellation',
  schema: {
    summary: 'Stop long work; nothing half-done remains',
    tags: ['jobs'],
    params: jobParams,
    response: { 202: Job },
  },
  config: { permission: 'signed-in', dataClass: 'L1' },
})
