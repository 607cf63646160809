import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import type { listExclusions, Exclusion, RosterPreview } from '@youyu/shared/subsidies/payment-rosters'
import { maskName } from '@youyu/shared/population/masking'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longRehearsal } from '../../../database/rehearsal.ts'
import { longCommand, reading } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { settleForRoster } from '../entitlements/index.ts'
import { batchAt, deedOf } from './batch-at.ts'
import { findBatch, type BatchRecord } from './queries.ts'
import * as queries from './queries-rosters.ts'
import { byTierOf } from './rules.ts'
import { tell } from './telling.ts'

async function freeze(tx: Transaction, access: Access, batch: BatchRecord, at: Date): Promise<void> {
  const { programme, payOn, id } = batch
  if ((await queries.sharesSum(tx, access, programme, payOn)) !== 100) throw new Refused('shares-missing')
  // Deaths, moves, births and birthdays: a draft of another day does not know them yet.
  if (todayOf(batch.madeAt) !== todayOf(at)) await settleForRoster(tx, access, programme, at)
  await queries.freeze(tx, access, id, at)
}

/** 试算: the roster as it would be frozen, by freezing it and taking it back. */
export async function previewRoster(office: Office, access: Access, id: Id): Promise<RosterPreview> {
  const at = office.now()
  return await longRehearsal(office.db, access, async (tx) => {
    const batch = await batchAt(tx, access, { id })
    if (batch.state === 'DRAFT') await freeze(tx, access, batch, at)
    const frozen = (await findBatch(tx, access, { id }))!
    return {
      items: { count: frozen.itemCount, fen: frozen.totalFen },
      byTier: byTierOf(frozen.tiers),
      exclusions: await queries.exclusionsByReason(tx, access, id),
      arrears: await queries.arrearsOf(tx, access, id, frozen.throughMonth),
      townships: await queries.townshipsOf(tx, access, id),
    }
  })
}

export async function lockBatch(
  office: Office,
  access: Access,
  id: Id,
  version: number,
): Promise<PaymentBatch> {
  const at = office.now()
  return await longCommand(office.db, access, async (tx) => {
    const batch = await batchAt(tx, access, { id }, { version, step: 'lock' })
    await freeze(tx, access, batch, at)
    const told = await tell(tx, office, access, id)
    if (told.items.count === 0) throw new Refused('empty-roster')
    await record(tx, access, { ...deedOf(id, 'LOCKED'), rows: told.items.count }, at)
    return told
  })
}

export async function assertAsFrozen(tx: Transaction, access: Access, id: Id): Promise<void> {
  if (!(await queries.isAsFrozen(tx, access, id))) throw new Refused('roster-altered')
}

type Excluded = z.output<(typeof listExclusions)['schema']['querystring']>

export async function exclusionsFor(
  office: Office,
  access: Access,
  id: Id,
  { limit, cursor, reason }: Excluded,
): Promise<Page<Exclusion>> {
  const after = keyIn(cursor, ['number'])?.[0] ?? null
  const rows = await reading(office.db, access, async (tx) => {
    if (!(await findBatch(tx, access, { id }))) throw new Refused('not-found')
    return await queries.selectExclusions(tx, access, id, reason, after, limit + 1)
  })
  office.views.note(access, { action: 'view', entity: 'payment-batch', entityId: id, fields: ['exclusions'] })
  const shown = (name: string) => (access.clearance >= 'L2' ? name : maskName(name))
  return pageOf(
    rows,
    limit,
    ({ seq: _, ...row }) => ({ ...row, personName: shown(row.personName), payeeName: shown(row.payeeName) }),
    (row) => [row.seq],
  )
}
