import type { Job } from '@youyu/shared/jobs'
import type { FollowUpRun } from '@youyu/shared/contraception/protocols'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longTransaction, reading, transaction } from '../../../database/transaction.ts'
import { enqueue, newJobId, wakeWorkers, type Work } from '../../../jobs/index.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { finishRun, planTasks, selectRuns, type Planned } from './queries-planning.ts'

/** After whatever changes what a client uses, in the same transaction; told twice, it changes nothing the second time. */
export async function planFollowUp(
  tx: Transaction,
  access: Access,
  { clientIds }: { clientIds: readonly Id[] },
  at: Date,
): Promise<Planned> {
  return await planTasks(tx, access, clientIds, todayOf(at), at)
}

export async function planCounty(
  tx: Transaction,
  access: Access,
  asOf: CivilDate,
  at: Date,
): Promise<Planned> {
  return await planTasks(tx, access, null, asOf, at)
}

export async function startPlan(office: Office, access: Access): Promise<Job> {
  if (access.county === 0) throw new Refused('out-of-area')
  const at = office.now()
  const id = newJobId()
  const job = await transaction(office.db, access, async (tx) => {
    const [queued] = await Promise.all([
      enqueue(tx, access, id, { kind: 'follow-up', title: `随访编排 ${todayOf(at)}`, subjectId: id }, at),
      record(tx, access, { action: 'change', entity: 'follow-up-plan', entityId: id }, at),
    ])
    return queued
  })
  wakeWorkers(office)
  return job
}

export const followUpWork: Work = {
  async run(office, desk) {
    const at = office.now()
    await longTransaction(office.db, desk.access, async (tx) => {
      const planned = await planCounty(tx, desk.access, todayOf(at), at)
      await finishRun(tx, desk.access, todayOf(at), planned, at)
      desk.progress.rowsAccepted = planned.made + planned.redated + planned.ended
      desk.progress.rowsRead = desk.progress.rowsAccepted
      await desk.finish(tx)
    })
  },
  tidy: () => Promise.resolve(),
}

export async function runsOf({ db }: Office, access: Access): Promise<{ items: FollowUpRun[] }> {
  const runs = await reading(db, access, (tx) => selectRuns(tx, access))
  return {
    items: runs.map((run) => ({
      ...run,
      startedAt: run.startedAt.toISOString(),
      finishedAt: run.finishedAt?.toISOString() ?? null,
    })),
  }
}
