import type { ChainRun } from '@youyu/shared/birth-defects/schedules'
import type { Job } from '@youyu/shared/jobs'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longTransaction, reading, transaction } from '../../../database/transaction.ts'
import { enqueue, newJobId, wakeWorkers, type Work } from '../../../jobs/index.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { advanceChains, finishRun, planChains, selectRuns, type Planned } from './queries-planning.ts'

/** Everything of a county: what the register says, then what the day does. Told twice, it changes nothing the second time. */
export async function planCounty(
  tx: Transaction,
  access: Access,
  today: CivilDate,
  at: Date,
): Promise<Planned> {
  const { opened, changed } = await planChains(tx, access, today, at)
  return { opened, changed: changed + (await advanceChains(tx, access, today, at)) }
}

/** In the transaction of whatever asks for it; wake the workers after it. */
export async function enqueuePlan(tx: Transaction, access: Access, at: Date): Promise<Job> {
  const id = newJobId()
  const title = `出生缺陷干预链编排 ${todayOf(at)}`
  return await enqueue(tx, access, id, { kind: 'birth-defect-chains', title, subjectId: id }, at)
}

export async function startPlan(office: Office, access: Access): Promise<Job> {
  if (access.county === 0) throw new Refused('out-of-area')
  const at = office.now()
  const job = await transaction(office.db, access, async (tx) => {
    const queued = await enqueuePlan(tx, access, at)
    await record(tx, access, { action: 'change', entity: 'birth-defect-plan', entityId: queued.id }, at)
    return queued
  })
  wakeWorkers(office)
  return job
}

export const chainWork: Work = {
  async run(office, desk) {
    const at = office.now()
    await longTransaction(office.db, desk.access, async (tx) => {
      const planned = await planCounty(tx, desk.access, todayOf(at), at)
      await finishRun(tx, desk.access, todayOf(at), planned, at)
      desk.progress.rowsRead = planned.opened + planned.changed
      desk.progress.rowsAccepted = desk.progress.rowsRead
      await desk.finish(tx)
    })
  },
  tidy: () => Promise.resolve(),
}

export async function runsOf({ db }: Office, access: Access): Promise<{ items: ChainRun[] }> {
  const runs = await reading(db, access, (tx) => selectRuns(tx, access))
  return {
    items: runs.map((run) => ({
      ...run,
      startedAt: run.startedAt.toISOString(),
      finishedAt: run.finishedAt?.toISOString() ?? null,
    })),
  }
}
