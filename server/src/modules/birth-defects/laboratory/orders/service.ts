import type { z } from 'zod'
import type {
  changeLabOrder,
  LabOrder,
  LabOrderRow,
  LabWork,
  LabWorkWhole,
  listLabOrders,
  listLabWork,
  NewLabOrder,
} from '@youyu/shared/birth-defects/laboratory'
import type { LabRejectReason } from '@youyu/shared/birth-defects/lab-codes'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed, careTransaction, clientOf, keepClient } from '../../../contraception/index.ts'
import { chainFor } from '../../chains/index.ts'
import { fileOrder } from '../filing/service.ts'
import { shownOrderRow, shownResult, shownWork } from './order-row.ts'
import * as queries from './queries.ts'
import { barcodeOf, mayBeOrdered } from './rules.ts'

type AskedOrders = z.output<(typeof listLabOrders)['schema']['querystring']>
type AskedWork = z.output<(typeof listLabWork)['schema']['querystring']>

export async function listOrders(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: AskedOrders,
): Promise<Page<LabOrderRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectOrders(tx, access, 'facility_id', filter, after, limit + 1),
  )
  const page = pageOf(rows, limit, shownOrderRow, (row) => [row.orderedOn, row.id])
  for (const { client } of page.items)
    office.views.note(access, careDeed(office, client.id, 'view', 'lab-order'))
  return page
}

async function whole(
  office: Office,
  tx: Transaction,
  access: Access,
  row: queries.OrderRow,
): Promise<LabOrder> {
  const { county } = access
  const results = await queries.selectResults(tx, access, [row.id])
  return {
    ...shownOrderRow(row),
    note: row.noteCipher && office.ciphers.clinical.decipher(row.noteCipher, { county, id: row.id }),
    results: results.map((result) => shownResult(office, access, result)),
  }
}

/** Orders with their answers as the other side of the wire sees them. */
export async function worksNamed(
  tx: Transaction,
  office: Office,
  access: Access,
  ids: readonly Id[],
): Promise<(LabWorkWhole & { clientId: Id })[]> {
  const [orders, results] = await Promise.all([
    queries.ordersNamed(tx, access, ids),
    queries.selectResults(tx, access, ids),
  ])
  return orders.map((order) => ({
    ...shownWork(order),
    clientId: order.clientId,
    results: results
      .filter(({ orderId }) => orderId === order.id)
      .map((row) => shownResult(office, access, row)),
  }))
}

export async function readOrder(office: Office, access: Access, id: Id): Promise<LabOrder> {
  return await transaction(office.db, access, async (tx) => {
    const found = await queries.findOrder(tx, access, id)
    if (!found) throw new Refused('not-found')
    await record(tx, access, careDeed(office, found.clientId, 'view', 'lab-order'), office.now())
    return await whole(office, tx, access, found)
  })
}

/** The sample cannot be older than her, nor of tomorrow. */
function assertDays(
  { orderedOn, collectedOn }: { orderedOn: CivilDate; collectedOn: CivilDate | null },
  birthDate: CivilDate | null,
  today: CivilDate,
): void {
  for (const [name, day] of Object.entries({ orderedOn, collectedOn }))
    if (day !== null && (day > today || (birthDate !== null && day < birthDate)))
      throw Refused.field(`/${name}`, 'invalid-date')
}

export async function orderPanel(office: Office, access: Access, body: NewLabOrder): Promise<LabOrder> {
  const at = office.now()
  const { clientId, labId, panelCode, orderedOn, collectedOn = null } = body
  return await careTransaction(office, access, async (tx) => {
    const client = await clientOf(tx, access, clientId)
    assertDays({ orderedOn, collectedOn }, client.birthDate, todayOf(at))
    const labs = await queries.selectLaboratories(tx, access)
    if (!labs.some(({ id }) => id === labId)) throw Refused.field('/labId', 'not-found')
    if (!(await queries.isPanel(tx, panelCode))) throw Refused.field('/panelCode', 'not-found')
    if (!mayBeOrdered(panelCode, client, orderedOn)) throw Refused.field('/clientId', 'panel-not-for-client')
    const subject = panelCode === 'BLOOD_SPOT' ? { childId: clientId } : { womanId: clientId }
    const chainId = (await chainFor(tx, access, subject, orderedOn, at))?.chainId ?? null
    if (body.chainId && body.chainId !== chainId) throw Refused.field('/chainId', 'not-found')
    const id = newId(at.getTime())
    const cell = { county: access.county, id }
    await queries.insertOrder(
      tx,
      access,
      {
        ...{ id, clientId, chainId, labId, panelCode, orderedOn, collectedOn },
        barcode: body.barcode ?? barcodeOf(id),
        divisionCode: client.residenceDivision,
        noteCipher: body.note === undefined ? null : office.ciphers.clinical.encipher(body.note, cell),
      },
      at,
    )
    await keepClient(tx, access, { clientId, on: orderedOn, encounters: 0 })
    await record(tx, access, careDeed(office, clientId, 'create', 'lab-order'), at)
    return await whole(office, tx, access, (await queries.findOrder(tx, access, id))!)
  })
}

/** Once her record is mended: what it could not take before. */
export async function fileAgain(office: Office, access: Access, id: Id): Promise<LabOrder> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await queries.findOrder(tx, access, id)
    if (!before || before.facilityId !== access.facility) throw new Refused('not-found')
    await fileOrder(tx, office, access, id, at)
    await record(
      tx,
      access,
      careDeed(office, before.clientId, 'change', 'lab-order', { fields: ['filed'] }),
      at,
    )
    return await whole(office, tx, access, (await queries.findOrder(tx, access, id))!)
  })
}

type Change = z.output<(typeof changeLabOrder)['schema']['body']>

export async function changeOrder(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  change: Change,
): Promise<LabOrder> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await queries.lockOrder(tx, access, { id })
    const before = await queries.findOrder(tx, access, id)
    if (!before || before.facilityId !== access.facility) throw new Refused('not-found')
    assertVersion(version, before.version)
    const after = {
      ...before,
      ...(change.collectedOn !== undefined && { collectedOn: change.collectedOn }),
      ...(change.state !== undefined && { state: change.state }),
    }
    assertDays(after, before.birthDate, todayOf(at))
    if (['RESULTED', 'REJECTED', 'CANCELLED'].includes(before.state)) throw new Refused('order-closed')
    const measured = await queries.selectResults(tx, access, [id])
    if (change.state && measured.length > 0) throw new Refused('order-closed')
    await queries.updateOrder(tx, access, after, at)
    const fields = Object.keys(change)
    await record(tx, access, careDeed(office, before.clientId, 'change', 'lab-order', { fields }), at)
    return await whole(office, tx, access, (await queries.findOrder(tx, access, id))!)
  })
}

export async function listWork(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: AskedWork,
): Promise<Page<LabWork>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectOrders(tx, access, 'lab_id', filter, after, limit + 1),
  )
  for (const { clientId } of rows.slice(0, limit))
    office.views.note(access, careDeed(office, clientId, 'view', 'lab-work'))
  return pageOf(rows, limit, shownWork, (row) => [row.orderedOn, row.id])
}

export async function readWork(office: Office, access: Access, barcode: string): Promise<LabWorkWhole> {
  return await transaction(office.db, access, async (tx) => {
    const found = await queries.findWork(tx, access, barcode)
    if (!found) throw new Refused('not-found')
    const results = await queries.selectResults(tx, access, [found.id])
    await record(tx, access, careDeed(office, found.clientId, 'view', 'lab-work'), office.now())
    return { ...shownWork(found), results: results.map((row) => shownResult(office, access, row)) }
  })
}

async function workOn(
  office: Office,
  access: Access,
  barcode: string,
  run: (row: queries.OrderRow, today: CivilDate) => queries.OrderRow,
): Promise<LabWork> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    await queries.lockOrder(tx, access, { barcode })
    const before = await queries.findWork(tx, access, barcode)
    if (!before) throw Refused.field('/barcode', 'unknown-barcode')
    const after = run(before, todayOf(at))
    if (after !== before) {
      await queries.updateOrder(tx, access, after, at)
      await record(tx, access, careDeed(office, before.clientId, 'change', 'lab-work'), at)
    }
    return shownWork((await queries.findWork(tx, access, barcode))!)
  })
}

export async function receiveSample(
  office: Office,
  access: Access,
  { barcode, collectedOn }: { barcode: string; collectedOn?: CivilDate | undefined },
): Promise<LabWork> {
  return await workOn(office, access, barcode, (row, today) => {
    if (row.state === 'REJECTED' || row.state === 'CANCELLED') throw Refused.field('/barcode', 'order-closed')
    const taken = collectedOn ?? row.collectedOn
    if (taken !== null && taken > today) throw Refused.field('/collectedOn', 'invalid-date')
    if (row.receivedOn !== null && taken === row.collectedOn) return row
    const state = row.state === 'ORDERED' ? 'RECEIVED' : row.state
    return { ...row, state, collectedOn: taken, receivedOn: row.receivedOn ?? today }
  })
}

export async function rejectSample(
  office: Office,
  access: Access,
  { barcode, reason }: { barcode: string; reason: z.infer<typeof LabRejectReason> },
): Promise<LabWork> {
  return await workOn(office, access, barcode, (row, today) => {
    if (row.state === 'REJECTED' && row.rejectReason === reason) return row
    if (row.state !== 'ORDERED' && row.state !== 'RECEIVED') throw Refused.field('/barcode', 'order-closed')
    return { ...row, state: 'REJECTED', rejectReason: reason, receivedOn: row.receivedOn ?? today }
  })
}

export async function listLabs(
  office: Office,
  access: Access,
): Promise<{ items: { id: Id; name: string; isOurs: boolean }[] }> {
  return { items: await reading(office.db, access, (tx) => queries.selectLaboratories(tx, access)) }
}
