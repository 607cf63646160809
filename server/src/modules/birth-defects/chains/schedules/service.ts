import type { ChainSchedule, NewChainSchedule } from '@youyu/shared/birth-defects/schedules'
import type { Job } from '@youyu/shared/jobs'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { wakeWorkers } from '../../../../jobs/index.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { enqueuePlan } from '../planning.ts'
import { insertDraft, insertItems, selectSchedules, settleDraft, type KeptSchedule } from './queries.ts'
import { scheduleFaults, withChanges } from './rules.ts'

const shown = ({ draftedById: _, draftedAt, approvedAt, ...schedule }: KeptSchedule): ChainSchedule => ({
  ...schedule,
  draftedAt: draftedAt.toISOString(),
  approvedAt: approvedAt?.toISOString() ?? null,
})

export async function schedulesOf({ db, now }: Office, access: Access): Promise<{ items: ChainSchedule[] }> {
  const schedules = await reading(db, access, (tx) => selectSchedules(tx, access, todayOf(now())))
  return { items: schedules.map(shown) }
}

export async function draft(office: Office, access: Access, body: NewChainSchedule): Promise<ChainSchedule> {
  if (access.county === 0) throw new Refused('out-of-area')
  const at = office.now()
  const today = todayOf(at)
  return await transaction(office.db, access, async (tx) => {
    const day = body.effectiveFrom < today ? today : body.effectiveFrom
    const current = (await selectSchedules(tx, access, day)).find(({ isCurrent }) => isCurrent)!
    const standing = current.items.map(({ link: _, ...item }) => item)
    const faults = scheduleFaults(body, standing, today)
    if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
    const version = await insertDraft(tx, access, body, at)
    await insertItems(tx, access, version, withChanges(standing, body.items))
    const deed = {
      action: 'create',
      entity: 'birth-defect-schedule',
      fields: [String(version)],
      reason: body.reason,
    }
    await record(tx, access, deed as Parameters<typeof record>[2], at)
    return await schedule(tx, access, version, today)
  })
}

async function schedule(
  tx: Parameters<typeof selectSchedules>[0],
  access: Access,
  version: number,
  today: string,
): Promise<ChainSchedule> {
  const all = await selectSchedules(tx, access, today)
  return shown(all.find((each) => !each.isDefault && each.version === version)!)
}

/** Four eyes: whoever drafted it may withdraw it, and somebody else puts it in force. Then everything is planned anew. */
export async function decide(
  office: Office,
  access: Access,
  version: number,
  decision: 'IN_FORCE' | 'WITHDRAWN',
): Promise<{ schedule: ChainSchedule; job: Job | null }> {
  const at = office.now()
  const today = todayOf(at)
  const decided = await transaction(office.db, access, async (tx) => {
    const found = (await selectSchedules(tx, access, today)).find(
      (each) => !each.isDefault && each.version === version,
    )
    if (!found) throw new Refused('not-found')
    if (decision === 'IN_FORCE' && found.draftedById === access.actorId) throw new Refused('own-draft')
    if (!(await settleDraft(tx, access, version, decision, at))) throw new Refused('conflict')
    const deed = { action: 'change', entity: 'birth-defect-schedule', fields: [String(version), decision] }
    await record(tx, access, deed as Parameters<typeof record>[2], at)
    const isDue = decision === 'IN_FORCE' && found.effectiveFrom <= today
    const job = isDue ? await enqueuePlan(tx, access, at) : null
    return { schedule: await schedule(tx, access, version, today), job }
  })
  if (decided.job) wakeWorkers(office)
  return decided
}
