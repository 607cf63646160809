import type {
  ChangedRequisition,
  getProposal,
  listRequisitions,
  NewRequisition,
  Requisition,
  RequisitionRow,
} from '@youyu/shared/contraception/supplies-requisitions'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { itemsNamed } from '../items/service.ts'
import { shipmentsOf } from '../shipments/queries.ts'
import { shownShipment } from '../shipments/service.ts'
import { findStoreOfCounty, type KeptStore } from '../stores/queries.ts'
import { storeAsked, storeNamed } from '../stores/service.ts'
import { propose } from './proposing.ts'
import {
  findRequisition,
  insertRequisition,
  selectRequisitions,
  updateNote,
  updateStatus,
  type KeptRequisition,
} from './queries.ts'
import { replaceLines, selectLines } from './queries-lines.ts'

type Asked = z.output<(typeof listRequisitions)['schema']['querystring']>
type Proposal = z.output<(typeof getProposal)['schema']['response'][200]>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<RequisitionRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectRequisitions(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shownRow, (row) => [row.openedOn, row.id])
}

export async function readOne({ db }: Office, access: Access, id: string): Promise<Requisition> {
  return await reading(db, access, (tx) => shown(tx, access, id))
}

export async function readProposal(office: Office, access: Access, id: string): Promise<Proposal> {
  return await reading(office.db, access, async (tx) => {
    const store = await storeAsked(tx, access, id)
    const { parentId, parentName } = store
    return {
      store: { id, name: store.name },
      supplier: parentId === null ? null : { id: parentId, name: parentName ?? '' },
      lines: await propose(tx, access, store, todayOf(office.now())),
    }
  })
}

export async function open(office: Office, access: Access, body: NewRequisition): Promise<Requisition> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const store = await storeNamed(tx, access, body.storeId)
    if (store.parentId === null) throw Refused.field('/storeId', 'invalid-value')
    const supplier = (await findStoreOfCounty(tx, access, store.parentId))!
    const id = newId(at.getTime())
    const requisition = { id, store, supplier, openedOn: todayOf(at), note: body.note ?? null }
    await insertRequisition(tx, access, requisition, at)
    await writeLines(tx, access, { id, store, lines: body.lines }, at)
    if (body.submit) await updateStatus(tx, access, id, 'SUBMITTED', at)
    const deed = { entityId: id, division: store.divisionCode, rows: body.lines.length }
    await record(tx, access, { action: 'create', entity: 'supply-requisition', ...deed }, at)
    return await shown(tx, access, id)
  })
}

/** Each line keeps the arithmetic of the day. */
async function writeLines(
  tx: Transaction,
  access: Access,
  { id, store, lines }: { id: string; store: KeptStore; lines: NewRequisition['lines'] },
  at: Date,
): Promise<void> {
  await itemsNamed(tx, lines)
  const twice = lines.findIndex(({ itemCode }, place) =>
    lines.slice(0, place).some((line) => line.itemCode === itemCode),
  )
  if (twice >= 0) throw Refused.field(`/lines/${twice}/itemCode`, 'already-exists')
  const proposed = new Map(
    (await propose(tx, access, store, todayOf(at))).map((line) => [line.itemCode, line]),
  )
  const kept = lines.map(({ itemCode, asked }, place) => {
    const line = proposed.get(itemCode)
    if (!line) throw Refused.field(`/lines/${place}/itemCode`, 'invalid-code-value')
    return { ...line, asked }
  })
  await replaceLines(tx, access, id, kept)
}

export async function patch(
  office: Office,
  access: Access,
  id: string,
  version: number,
  body: ChangedRequisition,
): Promise<Requisition> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const requisition = await lockedRequisition(tx, access, id)
    assertVersion(version, requisition.version)
    if (requisition.status !== 'DRAFT') throw new Refused('supply-state')
    const store = await storeAsked(tx, access, requisition.storeId)
    if (body.lines) await writeLines(tx, access, { id, store, lines: body.lines }, at)
    await updateNote(tx, access, id, body.note === undefined ? requisition.note : body.note, at)
    const deed = { entityId: id, division: store.divisionCode, fields: Object.keys(body) }
    await record(tx, access, { action: 'change', entity: 'supply-requisition', ...deed }, at)
    return await shown(tx, access, id)
  })
}

export async function lockedRequisition(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<KeptRequisition> {
  const requisition = await findRequisition(tx, access, id, 'for no key update of r')
  if (!requisition) throw new Refused('not-found')
  return requisition
}

export async function shown(tx: Transaction, access: Access, id: string): Promise<Requisition> {
  const [requisition, lines, shipments] = await Promise.all([
    findRequisition(tx, access, id),
    selectLines(tx, access, id),
    shipmentsOf(tx, access, id),
  ])
  if (!requisition) throw new Refused('not-found')
  const { note, decisionReason, closeReason } = requisition
  return {
    ...shownRow(requisition),
    ...{ note, decisionReason, closeReason, lines },
    shipments: shipments.map(shownShipment),
  }
}

function shownRow(row: KeptRequisition): RequisitionRow {
  const { id, status, openedOn, items, version, divisionCode, divisionName } = row
  return {
    ...{ id, status, openedOn, items, version },
    store: { id: row.storeId, name: row.storeName },
    division: { code: divisionCode, name: divisionName ?? divisionCode },
    supplier: { id: row.supplierId, name: row.supplierName },
    submitted: row.submittedAt && { at: row.submittedAt.toISOString(), by: row.submittedName },
    decided: row.decidedAt && { at: row.decidedAt.toISOString(), by: row.decidedName },
  }
}
