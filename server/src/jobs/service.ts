import type { Job, JobKind } from '@youyu/shared/jobs'
import type { Page } from '@youyu/shared/values'
import type { Access } from '../access/access.ts'
import { newId } from '../crypto/ids.ts'
import type { Transaction } from '../database/connect.ts'
import { keyIn, pageOf } from '../http/paging.ts'
import type { Office } from '../office.ts'
import { Refused } from '../refused.ts'
import { findJob, insertJob, listJobsOf, requestCancel, type JobRow } from './queries.ts'
import { tidyAfter } from './worker.ts'

const places: Record<JobKind, string> = {
  import: '/api/v1/imports',
  export: '/api/v1/exports',
  calendar: '/api/v1/check-calendars',
  'follow-up': '/api/v1/follow-up-plans',
  'birth-defect-chains': '/api/v1/birth-defect-plans',
  eligibility: '/api/v1/eligibility-runs',
}

function jobOf(row: JobRow): Job {
  const place = `${places[row.kind]}/${row.subjectId}`
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    state: row.state,
    progress: progressOf(row),
    rowsRead: row.rowsRead,
    rowsAccepted: row.rowsAccepted,
    rowsRejected: row.rowsRejected,
    errorsUrl:
      row.kind === 'import' && row.state === 'succeeded' && row.rowsRejected > 0
        ? `${place}/errors.csv`
        : null,
    resultUrl: isOfCounty(row.kind) ? places[row.kind] : place,
    failure: row.failureCode ? { code: row.failureCode, detail: row.failureDetail ?? '' } : null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    cancellable: isOpen(row) && !row.cancelRequested,
  }
}

/** Plannings have no page of their own. */
const isOfCounty = (kind: JobKind) => kind === 'follow-up' || kind === 'birth-defect-chains'

const isOpen = (row: JobRow) => row.state === 'queued' || row.state === 'running'

function progressOf(row: JobRow): number | null {
  if (row.state === 'succeeded') return 1
  if (row.state === 'queued') return 0
  return row.bytesTotal ? Math.min(row.bytesRead / row.bytesTotal, 1) : null
}

export type NewJob = { kind: JobKind; title: string; subjectId: string; bytesTotal?: number }

/** Puts work into the queue, in the transaction of the request that asks for it; wake the workers after it. */
export async function enqueue(
  tx: Transaction,
  access: Access,
  id: string,
  job: NewJob,
  now: Date,
): Promise<Job> {
  const { idempotency: _, ...rights } = access
  const row = {
    countyCode: access.county,
    id,
    kind: job.kind,
    title: job.title,
    state: 'queued' as const,
    subjectId: job.subjectId,
    createdBy: access.actorId,
    access: rights,
    bytesTotal: job.bytesTotal ?? null,
    createdAt: now,
  }
  await insertJob(tx, row)
  return jobOf({
    ...row,
    rowsExpected: null,
    rowsRead: 0,
    rowsAccepted: 0,
    rowsRejected: 0,
    bytesRead: 0,
    failureCode: null,
    failureDetail: null,
    cancelRequested: false,
    leaseOwner: null,
    leaseUntil: null,
    attempts: 0,
    startedAt: null,
    finishedAt: null,
  })
}

export const newJobId = (): string => newId()

export async function jobFor(office: Office, access: Access, id: string): Promise<Job> {
  const row = await findJob(office.db.statements, access, id)
  if (!row) throw new Refused('not-found')
  return jobOf(row)
}

type Asked = {
  limit: number
  cursor?: string | undefined
  state?: Job['state'] | undefined
  kind?: JobKind | undefined
}

export async function jobsFor(
  office: Office,
  access: Access,
  { limit, cursor, state, kind }: Asked,
): Promise<Page<Job>> {
  const before = keyIn(cursor, ['string'])?.[0]
  const rows = await listJobsOf(office.db.statements, access, { state, kind, before, limit: limit + 1 })
  return pageOf(rows, limit, jobOf, (row) => [row.id])
}

export async function cancel(office: Office, access: Access, id: string): Promise<Job> {
  const row = await requestCancel(office.db.statements, access, id)
  if (row?.state === 'cancelled') await tidyAfter(office, row)
  if (row) return jobOf(row)
  await jobFor(office, access, id)
  throw new Refused('job-finished')
}
