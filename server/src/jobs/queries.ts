import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { JobKind, JobState } from '@youyu/shared/jobs'
import type { ErrorCode } from '@youyu/shared/errors'
import type { Access } from '../access/access.ts'
import type { Statements, Transaction } from '../database/connect.ts'
import { jobs } from './tables.ts'

export type JobRow = typeof jobs.$inferSelect
export type JobKey = Pick<JobRow, 'countyCode' | 'id'>

const openStates: JobState[] = ['queued', 'running']
const LEASE = sql`interval '15 seconds'`
const MAX_ATTEMPTS = 5

const isJob = ({ countyCode, id }: JobKey) => and(eq(jobs.countyCode, countyCode), eq(jobs.id, id))
const isHeldBy = (key: JobKey, owner: string) =>
  and(isJob(key), eq(jobs.leaseOwner, owner), eq(jobs.state, 'running'))

export async function insertJob(tx: Transaction, job: typeof jobs.$inferInsert): Promise<void> {
  await tx.insert(jobs).values(job)
}

/** A job is seen by whoever asked for it. */
const madeBy = (access: Access) => eq(jobs.createdBy, access.actorId)

export async function findJob(db: Statements, access: Access, id: string): Promise<JobRow | undefined> {
  const [row] = await db
    .select()
    .from(jobs)
    .where(and(madeBy(access), eq(jobs.id, id)))
  return row
}

type JobFilter = {
  state?: JobState | undefined
  kind?: JobKind | undefined
  before: string | undefined
  limit: number
}

export async function listJobsOf(
  db: Statements,
  access: Access,
  { state, kind, before, limit }: JobFilter,
): Promise<JobRow[]> {
  return await db
    .select()
    .from(jobs)
    .where(
      and(
        madeBy(access),
        state && eq(jobs.state, state),
        kind && eq(jobs.kind, kind),
        before ? lt(jobs.id, before) : undefined,
      ),
    )
    .orderBy(desc(jobs.id))
    .limit(limit)
}

/** Waiting work ends at once; running work is asked to stop. */
export async function requestCancel(db: Statements, access: Access, id: string): Promise<JobRow | undefined> {
  const [row] = await db
    .update(jobs)
    .set({
      cancelRequested: true,
      state: sql`case when ${jobs.state} = 'queued' then 'cancelled' else ${jobs.state} end`,
      finishedAt: sql`case when ${jobs.state} = 'queued' then now() end`,
    })
    .where(and(madeBy(access), eq(jobs.id, id), inArray(jobs.state, openStates)))
    .returning()
  return row
}

/** The oldest work that nobody holds, or whose holder has fallen silent. */
export async function claimJob(db: Statements, owner: string): Promise<JobRow | undefined> {
  const [row] = await db
    .update(jobs)
    .set({
      state: 'running',
      leaseOwner: owner,
      leaseUntil: sql`now() + ${LEASE}`,
      attempts: sql`${jobs.attempts} + 1`,
      startedAt: sql`coalesce(${jobs.startedAt}, now())`,
    })
    .where(
      sql`(${jobs.countyCode}, ${jobs.id}) = (
        select waiting.county_code, waiting.id from ${jobs} as waiting
        where waiting.state in ('queued', 'running') and (waiting.lease_until is null or waiting.lease_until < now())
        order by waiting.created_at limit 1 for update skip locked)`,
    )
    .returning()
  return row
}

export const isWornOut = (job: JobRow): boolean => job.attempts > MAX_ATTEMPTS

type Progress = { rowsRead: number; rowsAccepted: number; rowsRejected: number; bytesRead: number }

/** Tells how far the work is and keeps the lease; answers whether it is still held, and whether it shall stop. */
export async function renewLease(
  db: Statements,
  key: JobKey,
  owner: string,
  progress: Partial<Progress>,
): Promise<{ isHeld: boolean; mustStop: boolean }> {
  const [row] = await db
    .update(jobs)
    .set({ ...progress, leaseUntil: sql`now() + ${LEASE}` })
    .where(isHeldBy(key, owner))
    .returning({ mustStop: jobs.cancelRequested })
  return { isHeld: row !== undefined, mustStop: row?.mustStop ?? true }
}

/** In the transaction of the work itself: nobody else finishes it, and no cancellation came before. */
export async function finishInside(
  tx: Transaction,
  key: JobKey,
  owner: string,
  progress: Progress,
): Promise<boolean> {
  const finished = await tx
    .update(jobs)
    .set({ ...progress, state: 'succeeded', leaseOwner: null, leaseUntil: null, finishedAt: sql`now()` })
    .where(and(isHeldBy(key, owner), eq(jobs.cancelRequested, false)))
    .returning({ id: jobs.id })
  return finished.length === 1
}

export async function endJob(
  db: Statements,
  key: JobKey,
  owner: string,
  end: { state: 'failed' | 'cancelled'; failureCode?: ErrorCode; failureDetail?: string },
): Promise<void> {
  const nothingRemains = { rowsAccepted: 0, rowsRejected: 0 }
  await db
    .update(jobs)
    .set({ ...end, ...nothingRemains, leaseOwner: null, leaseUntil: null, finishedAt: sql`now()` })
    .where(isHeldBy(key, owner))
}

/** Work interrupted by a shutdown waits for the next start, and the attempt does not count. */
export async function releaseJob(db: Statements, key: JobKey, owner: string): Promise<void> {
  await db
    .update(jobs)
    .set({
      state: 'queued',
      leaseOwner: null,
      leaseUntil: null,
      attempts: sql`${jobs.attempts} - 1`,
      rowsRead: 0,
      rowsAccepted: 0,
      rowsRejected: 0,
      bytesRead: 0,
    })
    .where(isHeldBy(key, owner))
}

/** Work that failed for a reason that may pass is tried again after a moment. */
export async function postponeJob(db: Statements, key: JobKey, owner: string): Promise<void> {
  await db
    .update(jobs)
    .set({ state: 'queued', leaseOwner: null, leaseUntil: sql`now() + interval '5 seconds'` })
    .where(isHeldBy(key, owner))
}
