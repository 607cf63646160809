import { setTimeout as pause } from 'node:timers/promises'
import type { JobKind } from '@youyu/shared/jobs'
import type { Access } from '../access/access.ts'
import { newId } from '../crypto/ids.ts'
import type { Transaction } from '../database/connect.ts'
import { isOutOfRoom, isTransient, isUnreachable } from '../database/failures.ts'
import { failureShown } from '../logging.ts'
import type { App, Office } from '../office.ts'
import { Refused } from '../refused.ts'
import {
  claimJob,
  endJob,
  finishInside,
  isWornOut,
  postponeJob,
  releaseJob,
  renewLease,
  type JobRow,
} from './queries.ts'

const POLL = 2000
const TELL = 500

/** What a piece of work is given: whose rights it has, how to tell its progress, when to stop, how to end. */
export type Desk = {
  subjectId: string
  access: Access
  /** Aborted by a cancellation, a shutdown or a lost lease. */
  signal: AbortSignal
  progress: { rowsRead: number; rowsAccepted: number; rowsRejected: number; bytesRead: number }
  /** To be called last, in the transaction of the work: both are done or neither is. */
  finish(tx: Transaction): Promise<void>
}

export type Work = {
  run(office: Office, desk: Desk): Promise<void>
  /** After the work has ended for good, however it ended. */
  tidy(office: Office, desk: Pick<Desk, 'subjectId' | 'access'>): Promise<void>
}

/** Work that was cancelled before it began leaves things behind as well. */
export async function tidyAfter(office: Office, job: JobRow): Promise<void> {
  await works
    .get(office)
    ?.[job.kind]?.tidy(office, { subjectId: job.subjectId, access: job.access as Access })
}

type Stop = 'cancelled' | 'closing' | 'lease-lost'
class Stopped extends Error {}

type Worker = { wake(this: void): void; busy: Promise<unknown>; isAside: boolean }

const workers = new WeakMap<Office, Worker>()
const works = new WeakMap<Office, Partial<Record<JobKind, Work>>>()

/** After the transaction that enqueued: work begins now, not at the next look. */
export function wakeWorkers(office: Office): void {
  workers.get(office)?.wake()
}

/** Meanwhile the worker of this office takes nothing from the queue: what is asked is left to `runOpenJobs`, and to its clock. */
export async function withoutWorker<Result>(office: Office, deed: () => Promise<Result>): Promise<Result> {
  const worker = workers.get(office)
  if (!worker) return await deed()
  worker.isAside = true
  try {
    await worker.busy
    return await deed()
  } finally {
    worker.isAside = false
    worker.wake()
  }
}

export function offerWork(office: Office, kind: JobKind, work: Work): void {
  works.set(office, { ...works.get(office), [kind]: work })
}

/** Works off the queue in this process until the application closes; what is under way then waits for the next start. */
export function startWorker(app: App, office: Office): void {
  const owner = newId()
  const closing = new AbortController()
  const worker: Worker = { wake: () => undefined, busy: Promise.resolve(), isAside: false }
  workers.set(office, worker)

  async function look(): Promise<boolean> {
    try {
      return await takeOne(office, owner, closing.signal)
    } catch (error) {
      office.log.warn({ name: (error as Error).name }, 'the queue could not be read')
      return false
    }
  }

  async function work(): Promise<void> {
    while (!closing.signal.aborted) {
      const looking = worker.isAside ? Promise.resolve(false) : look()
      worker.busy = looking
      if ((await looking) || closing.signal.aborted) continue
      const nap = new AbortController()
      worker.wake = () => nap.abort()
      await pause(POLL, undefined, { signal: AbortSignal.any([nap.signal, closing.signal]) }).catch(
        () => undefined,
      )
    }
  }

  let working: Promise<void> = Promise.resolve()
  app.addHook('onReady', () => {
    working = work()
  })
  app.addHook('preClose', async () => {
    closing.abort('closing' satisfies Stop)
    await working
  })
}

/** Works off what is open now and returns; for tests and for commands without a server. */
export async function runOpenJobs(office: Office): Promise<number> {
  const owner = newId()
  let count = 0
  while (await takeOne(office, owner, new AbortController().signal)) count += 1
  return count
}

async function takeOne(office: Office, owner: string, closing: AbortSignal): Promise<boolean> {
  const job = await claimJob(office.db.statements, owner)
  if (!job) return false
  await perform(office, job, owner, closing)
  return true
}

async function perform(office: Office, job: JobRow, owner: string, closing: AbortSignal): Promise<void> {
  const db = office.db.statements
  const work = works.get(office)?.[job.kind]
  const stop = new AbortController()
  const access = job.access as Access
  const desk: Desk = {
    subjectId: job.subjectId,
    access,
    signal: AbortSignal.any([stop.signal, closing]),
    progress: { rowsRead: 0, rowsAccepted: 0, rowsRejected: 0, bytesRead: 0 },
    async finish(tx) {
      clearInterval(telling)
      desk.signal.throwIfAborted()
      if (!(await finishInside(tx, job, owner, told()))) throw new Stopped()
    },
  }
  const told = () => {
    const { rowsRead, rowsAccepted, rowsRejected, bytesRead } = desk.progress
    return { rowsRead, rowsAccepted, rowsRejected, bytesRead }
  }
  const tell = async () => {
    const { isHeld, mustStop } = await renewLease(db, job, owner, told())
    if (!isHeld) stop.abort('lease-lost' satisfies Stop)
    else if (mustStop) stop.abort('cancelled' satisfies Stop)
  }
  const telling = setInterval(() => void tell().catch(() => undefined), TELL)

  try {
    if (!work) throw new Refused('internal')
    if (job.cancelRequested) stop.abort('cancelled' satisfies Stop)
    if (isWornOut(job))
      throw new Refused('internal', { detail: '多次尝试仍未完成 / Did not finish after several attempts' })
    desk.signal.throwIfAborted()
    await work.run(office, desk)
  } catch (error) {
    clearInterval(telling)
    if (error instanceof Stopped && !desk.signal.aborted) await tell()
    const reason = desk.signal.aborted ? (desk.signal.reason as Stop) : null
    if (reason === 'closing') return await releaseJob(db, job, owner)
    if (reason === 'lease-lost') return
    if (reason === 'cancelled') await endJob(db, job, owner, { state: 'cancelled' })
    else if (isUnreachable(error) || isTransient(error))
      return await postponeJob(db, job, owner).catch(() => undefined)
    else await fail(office, job, owner, error)
  } finally {
    clearInterval(telling)
  }
  await work?.tidy(office, desk)
}

async function fail(office: Office, job: JobRow, owner: string, error: unknown): Promise<void> {
  const refused =
    error instanceof Refused ? error : new Refused(isOutOfRoom(error) ? 'storage-full' : 'internal')
  if (refused.status >= 500) {
    office.log.error({ failure: failureShown(error), job: job.id }, 'long work failed')
  }
  await endJob(office.db.statements, job, owner, {
    state: 'failed',
    failureCode: refused.code,
    failureDetail: refused.details.detail ?? refused.message,
  })
}
