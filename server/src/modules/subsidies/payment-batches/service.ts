import { isPaidByBank } from '@youyu/shared/subsidies/benefit-rosters'
import type { BatchRow, listBatches, NewBatch, PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import { linesOf } from '@youyu/shared/subsidies/ledger'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand, reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { proveSecondFactor } from '../../accounts/index.ts'
import { layoutInUse } from '../bank-layouts/index.ts'
import { settleForRoster } from '../entitlements/index.ts'
import { assertFunds, postLedger } from '../ledger/index.ts'
import { batchAt, deedOf } from './batch-at.ts'
import * as queries from './queries.ts'
import { type Ended, stopChanged, stopItems, sumOpen } from './queries-items.ts'
import { mannerOf } from './queries-rosters.ts'
import { assertAsFrozen } from './rosters.ts'
import { rowOf, tell } from './telling.ts'

const LAYOUT = 'STANDARD'

type Listing = z.output<(typeof listBatches)['schema']['querystring']>

export async function batchesFor(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<BatchRow>> {
  const after = keyIn(cursor, ['string'])?.[0] ?? null
  const rows = await reading(
    office.db,
    access,
    async (tx) => await queries.selectBatches(tx, access, filter, after, limit + 1),
  )
  return pageOf(rows, limit, rowOf, (row) => [row.id])
}

export async function readBatch(office: Office, access: Access, id: Id): Promise<PaymentBatch> {
  return await reading(office.db, access, async (tx) => await tell(tx, office, access, id))
}

type Begun = NewBatch & { kind?: 'ROSTER' | 'REISSUE'; ofBatchId?: Id; layoutId?: Id }

async function beginBatch(tx: Transaction, access: Access, given: Begun, at: Date): Promise<Id> {
  const { programme, payOn } = given
  if (!isPaidByBank(programme, await mannerOf(tx, access, programme, payOn)))
    throw Refused.field('/programme', 'not-paid-by-bank')
  const layoutId = given.layoutId ?? (await layoutInUse(tx, access, given.layout ?? LAYOUT))?.id
  if (!layoutId) throw Refused.field('/layout', 'not-found')
  if (payOn < todayOf(at)) throw Refused.field('/payOn', 'invalid-date')
  const year = Number(payOn.slice(0, 4))
  const id = newId(at.getTime())
  await queries.insertBatch(tx, {
    ...{ countyCode: access.county, id, number: await queries.nextNumber(tx, access, year) },
    ...{ programme, kind: given.kind ?? 'ROSTER', ofBatchId: given.ofBatchId ?? null },
    ...{ throughMonth: given.throughMonth, payOn, year, state: 'DRAFT', layoutId },
    ...{ madeBy: access.actorId, madeAt: at, version: 1 },
  })
  return id
}

export async function makeBatch(office: Office, access: Access, given: NewBatch): Promise<PaymentBatch> {
  const at = office.now()
  return await longCommand(office.db, access, async (tx) => {
    await settleForRoster(tx, access, given.programme, at)
    const id = await beginBatch(tx, access, given, at)
    await record(tx, access, { action: 'create', entity: 'payment-batch', entityId: id }, at)
    return await tell(tx, office, access, id)
  })
}

/**
 * 审批: by another officer than the maker, with her second factor; only what was frozen, less what changed since; the funds are
 * there and are committed in the same transaction.
 */
export async function approveBatch(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  code: string | undefined,
): Promise<PaymentBatch> {
  const at = office.now()
  return await longCommand(office.db, access, async (tx) => {
    await proveSecondFactor(office, tx, access, code)
    const batch = await batchAt(tx, access, { id }, { version, step: 'approve' })
    if (batch.madeBy === access.actorId || batch.lockedBy === access.actorId)
      throw new Refused('maker-is-checker')
    await assertAsFrozen(tx, access, id)
    await stopChanged(tx, access, id, todayOf(at), at)
    const open = await sumOpen(tx, access, id)
    if (open.count === 0) throw new Refused('empty-roster')
    const { programme, year, number } = batch
    await assertFunds(tx, access, { programme, year, byTier: open.byTier })
    await queries.moveBatch(tx, access, id, 'APPROVED', at)
    await record(tx, access, { ...deedOf(id, 'APPROVED'), rows: open.count }, at)
    const told = await tell(tx, office, access, id)
    await postLedger(
      tx,
      access,
      {
        ...{ kind: 'COMMITMENT', programme, year, on: todayOf(at), refType: 'PAYMENT_BATCH', refId: id },
        ...{ memo: number, lines: linesOf('COMMITMENT', open.byTier) },
      },
      at,
    )
    return told
  })
}

/** Takes a batch out before it was sent; its months are owed as before. */
export async function voidBatch(
  office: Office,
  access: Access,
  id: Id,
  { version, reason, step }: { version: number; reason: string; step: 'void' | 'refuse' },
): Promise<PaymentBatch> {
  const at = office.now()
  return await longCommand(office.db, access, async (tx) => {
    const batch = await batchAt(tx, access, { id }, { version, step })
    const open = await stopItems(tx, access, id, { ended: 'VOID', why: 'BATCH_VOID' }, at)
    await queries.moveBatch(tx, access, id, 'VOID', at, reason)
    await record(tx, access, { ...deedOf(id, 'VOID'), reason }, at)
    const told = await tell(tx, office, access, id)
    if (batch.approvedBy !== null && open.fen > 0)
      await release(tx, access, batch, { refType: 'PAYMENT_BATCH', refId: id }, open, at)
    return told
  })
}

/** What was committed and will not be paid is free again. */
export async function release(
  tx: Transaction,
  access: Access,
  { programme, year, number }: Pick<queries.BatchRecord, 'programme' | 'year' | 'number'>,
  ref: { refType: string; refId: Id },
  ended: Ended,
  at: Date,
): Promise<void> {
  const lines = linesOf('RELEASE', ended.byTier)
  await postLedger(
    tx,
    access,
    { kind: 'RELEASE', programme, year, on: todayOf(at), ...ref, memo: number, lines },
    at,
  )
}

/** 重发: what failed, once the account has been verified anew; the batch goes the way of any other. */
export async function reissue(
  office: Office,
  access: Access,
  id: Id,
  payOn: CivilDate,
): Promise<PaymentBatch> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { programme, throughMonth, layoutId, ...batch } = await batchAt(
      tx,
      access,
      { id },
      { step: 'reissue' },
    )
    if (batch.failedCount + batch.returnedCount === 0) throw new Refused('nothing-to-reissue')
    const of = { kind: 'REISSUE', ofBatchId: id, layoutId } as const
    const begun = await beginBatch(tx, access, { programme, throughMonth, payOn, ...of }, at)
    await record(tx, access, { action: 'create', entity: 'payment-batch', entityId: begun }, at)
    return await tell(tx, office, access, begun)
  })
}
