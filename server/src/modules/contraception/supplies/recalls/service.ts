import type {
  listRecalls,
  NewRecall,
  Recall,
  RecallClient,
  RecallDisposal,
  RecallRow,
} from '@youyu/shared/contraception/supplies-recalls'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { findLotByNumber } from '../lots/queries.ts'
import { post } from '../movements/posting.ts'
import { recountStockOuts } from '../movements/queries-posting.ts'
import { notInFuture } from '../movements/service.ts'
import {
  findRecall,
  findRecallStore,
  markRecalled,
  selectRecalls,
  storesHolding,
  unmarkRecalled,
  updateRecallStore,
  type KeptRecall,
  type KeptRecallStore,
} from './queries.ts'
import { selectRecallClients, selectTrace, type KeptTrace } from './queries-trace.ts'

type Asked = z.output<(typeof listRecalls)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<RecallRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectRecalls(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shownRow, (row) => [row.recalledOn, row.id])
}

export async function readOne({ db }: Office, access: Access, id: string): Promise<Recall> {
  return await reading(db, access, (tx) => shown(tx, access, id))
}

export async function recall(office: Office, access: Access, body: NewRecall): Promise<Recall> {
  const at = office.now()
  notInFuture('/recalledOn', body.recalledOn, at)
  return await transaction(office.db, access, async (tx) => {
    const lot = await findLotByNumber(tx, access, body.itemCode, body.lotNumber)
    if (!lot) throw Refused.field('/lotNumber', 'not-found')
    if (lot.recalledOn !== null) throw new Refused('already-exists')
    const { itemCode, recalledOn, reason, document = null } = body
    const id = newId(at.getTime())
    await markRecalled(tx, access, { id, lotId: lot.id, itemCode, recalledOn, reason, document }, at)
    await recountStockOuts(tx, access, await storesHolding(tx, access, lot.id), todayOf(at))
    await record(tx, access, { action: 'create', entity: 'lot-recall', entityId: id, reason }, at)
    return await shown(tx, access, id)
  })
}

export async function annul(office: Office, access: Access, id: string, reason: string): Promise<Recall> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const before = await lockedRecall(tx, access, id)
    const answer = await shown(tx, access, id)
    if (!(await unmarkRecalled(tx, access, { id, lotId: before.lot.id, reason }, at)))
      throw new Refused('supply-state')
    await recountStockOuts(tx, access, await storesHolding(tx, access, before.lot.id), todayOf(at))
    await record(tx, access, { action: 'correct', entity: 'lot-recall', entityId: id, reason }, at)
    return answer
  })
}

async function lockedRecall(tx: Transaction, access: Access, id: string): Promise<KeptRecall> {
  const found = await findRecall(tx, access, id, 'for no key update of r')
  if (!found) throw new Refused('not-found')
  return found
}

/** Two steps of a store: set aside, then away. */
async function atStore(
  office: Office,
  access: Access,
  { id, storeId }: { id: string; storeId: string },
  step: (tx: Transaction, recall: KeptRecall, store: KeptRecallStore, at: Date) => Promise<void>,
): Promise<Recall> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const found = await findRecall(tx, access, id)
    const store = found && (await findRecallStore(tx, access, found, storeId))
    if (!store) throw new Refused('not-found')
    await step(tx, found, store, at)
    const deed = { entityId: id, division: store.divisionCode, fields: [storeId] }
    await record(tx, access, { action: 'change', entity: 'lot-recall', ...deed }, at)
    return await shown(tx, access, id)
  })
}

type AtStore = { id: string; storeId: string }

export async function quarantine(office: Office, access: Access, which: AtStore): Promise<Recall> {
  return await atStore(office, access, which, async (tx, _, store, at) => {
    if (store.status !== 'LOT_RECALLED') throw new Refused('supply-state')
    await updateRecallStore(tx, access, which, { status: 'QUARANTINED', quantity: 0, document: null }, at)
  })
}

export async function dispose(
  office: Office,
  access: Access,
  which: AtStore,
  { disposition, occurredOn, document }: RecallDisposal,
): Promise<Recall> {
  notInFuture('/occurredOn', occurredOn, office.now())
  return await atStore(office, access, which, async (tx, { id, itemCode, lot, recalledOn }, store, at) => {
    if (store.status !== 'QUARANTINED') throw new Refused('supply-state')
    if (occurredOn < recalledOn) throw Refused.field('/occurredOn', 'invalid-date')
    const quantity = store.onHand
    const from = { id: store.storeId, divisionCode: store.divisionCode }
    const to = disposition === 'RETURNED' ? ('SUPPLIER' as const) : ('WASTE' as const)
    const movement = { kind: 'RECALLED' as const, itemCode, lotId: lot.id, quantity, from, to }
    const movements = quantity > 0 ? [{ ...movement, occurredOn, recallId: id, document }] : []
    await Promise.all([
      post(tx, access, movements, at),
      updateRecallStore(tx, access, which, { status: disposition, quantity, document }, at),
    ])
  })
}

type Told = z.infer<typeof RecallClient>

/** Whom to tell: each client shown is a look at a record of care. */
export async function listClients(
  office: Office,
  access: Access,
  id: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Told>> {
  const after = keyIn(cursor, ['string', 'string'])
  const at = office.now()
  const rows = await transaction(office.db, access, async (tx) => {
    const found = await findRecall(tx, access, id)
    if (!found) throw new Refused('not-found')
    const clients = await selectRecallClients(tx, access, found.lot.id, { after, limit: limit + 1 })
    await Promise.all(
      clients.slice(0, limit).map(({ clientId, divisionCode: division }) => {
        const deed = { entityId: clientId, division, fields: ['lot-recall'], purpose: 'SERVICE' as const }
        return record(tx, access, { action: 'view', entity: 'dispensing-client', ...deed }, at)
      }),
    )
    return clients
  })
  return pageOf(
    rows,
    limit,
    ({ clientId, name, occurredOn, quantity }) => ({ clientId, name: name ?? '', occurredOn, quantity }),
    (row) => [row.occurredOn, row.id],
  )
}

async function shown(tx: Transaction, access: Access, id: string): Promise<Recall> {
  const found = await findRecall(tx, access, id)
  if (!found) throw new Refused('not-found')
  const trace = await selectTrace(tx, access, found)
  return { ...shownRow(found), onTheWay: found.onTheWay, trace: trace.map(shownStore) }
}

function shownRow({ onTheWay: _, ...row }: KeptRecall): RecallRow {
  return row
}

function shownStore({
  storeId,
  storeName,
  divisionCode,
  divisionName,
  quarantinedAt,
  disposedAt,
  ...store
}: KeptTrace): Recall['trace'][number] {
  return {
    ...store,
    store: { id: storeId, name: storeName },
    division: { code: divisionCode, name: divisionName ?? divisionCode },
    quarantinedAt: quarantinedAt?.toISOString() ?? null,
    disposedAt: disposedAt?.toISOString() ?? null,
  }
}
