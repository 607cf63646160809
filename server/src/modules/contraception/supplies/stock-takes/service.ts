import type {
  listStockTakes,
  NewCount,
  StockTake,
  StockTakeRow,
} from '@youyu/shared/contraception/supplies-stock-takes'
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
import { Refused, type WrongField } from '../../../../refused.ts'
import { post, type NewMovement } from '../movements/posting.ts'
import { storeNamed } from '../stores/service.ts'
import {
  findStockTake,
  giveUp,
  insertStockTake,
  lockShelf,
  replaceCount,
  selectLines,
  selectStockTakes,
  signAdjustment,
  type CountedLine,
  type KeptStockTake,
} from './queries.ts'

type Asked = z.output<(typeof listStockTakes)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<StockTakeRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectStockTakes(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shownRow, (row) => [row.openedOn, row.id])
}

export async function readOne({ db }: Office, access: Access, id: string): Promise<StockTake> {
  return await reading(db, access, (tx) => shown(tx, access, id))
}

export async function open(
  office: Office,
  access: Access,
  { storeId }: { storeId: string },
): Promise<StockTake> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const store = await storeNamed(tx, access, storeId)
    const id = newId(at.getTime())
    const deed = { entityId: id, division: store.divisionCode }
    await Promise.all([
      insertStockTake(tx, access, { id, store, openedOn: todayOf(at) }, at),
      record(tx, access, { action: 'create', entity: 'stock-take', ...deed }, at),
    ])
    return await shown(tx, access, id)
  })
}

type Deed = { id: string; version: number; from: readonly StockTake['status'][]; says: string }

/** A signature under a stock-take: nobody else signs meanwhile. */
async function signed(
  office: Office,
  access: Access,
  { id, version, from, says }: Deed,
  sign: (tx: Transaction, take: KeptStockTake, at: Date) => Promise<unknown>,
): Promise<StockTake> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const take = await findStockTake(tx, access, id, 'for no key update of t')
    if (!take) throw new Refused('not-found')
    assertVersion(version, take.version)
    if (!from.includes(take.status)) throw new Refused('supply-state')
    await sign(tx, take, at)
    const deed = { entityId: id, division: take.divisionCode, fields: [says] }
    await record(tx, access, { action: 'change', entity: 'stock-take', ...deed }, at)
    return await shown(tx, access, id)
  })
}

export async function count(office: Office, access: Access, id: string, version: number, body: NewCount) {
  const deed: Deed = { id, version, from: ['OPEN', 'COUNTED'], says: 'counted' }
  return await signed(office, access, deed, async (tx, take, at) => {
    const shelf = await lockShelf(tx, access, take.storeId)
    await replaceCount(tx, access, id, counted(shelf, body), at)
  })
}

/** Every lot that the book shows has to be counted, zero where nothing was found. */
function counted(shelf: Awaited<ReturnType<typeof lockShelf>>, { lines }: NewCount): CountedLine[] {
  const book = new Map(shelf.map((stock) => [stock.lotId, stock]))
  const seen = new Set<string>()
  const errors = lines.flatMap(({ lotId, counted, reason }, index): WrongField[] => {
    const stock = book.get(lotId)
    if (!stock || seen.has(lotId)) return [{ pointer: `/lines/${index}/lotId`, code: 'not-found' }]
    seen.add(lotId)
    if (counted !== stock.onHand && !reason) return [{ pointer: `/lines/${index}/reason`, code: 'required' }]
    return []
  })
  const missing = shelf.filter(({ lotId, onHand }) => onHand > 0 && !seen.has(lotId))
  if (missing.length > 0) errors.push({ pointer: '/lines', code: 'required' })
  if (errors.length > 0) throw new Refused('invalid-request', { errors })
  return lines.map(({ lotId, counted, reason }) => {
    const { itemCode, onHand } = book.get(lotId)!
    return { lotId, itemCode, book: onHand, counted, reason: reason ?? null }
  })
}

/** What was handed out since the count is not lost: the difference found is posted, not the number counted. */
export async function adjust(office: Office, access: Access, id: string, version: number) {
  const deed: Deed = { id, version, from: ['COUNTED'], says: 'adjusted' }
  return await signed(office, access, deed, async (tx, take, at) => {
    if (take.countedBy === access.actorId) throw new Refused('maker-is-checker')
    const lines = await selectLines(tx, access, { ...take, isOpen: false })
    const store = { id: take.storeId, divisionCode: take.divisionCode }
    const movements = lines
      .filter((line) => line.difference !== 0)
      .map((line): NewMovement => {
        const found = line.difference! > 0
        return {
          ...{ kind: 'ADJUST', itemCode: line.itemCode, lotId: line.lotId },
          ...{ quantity: Math.abs(line.difference!), occurredOn: todayOf(at), stockTakeId: id },
          ...{ from: found ? 'ADJUSTMENT' : store, to: found ? store : 'ADJUSTMENT' },
          reason: line.reason ?? undefined,
        }
      })
    await Promise.all([signAdjustment(tx, access, id, at), post(tx, access, movements, at)])
  })
}

export async function cancel(office: Office, access: Access, id: string, version: number, reason: string) {
  const deed: Deed = { id, version, from: ['OPEN', 'COUNTED'], says: 'cancelled' }
  return await signed(office, access, deed, (tx) => giveUp(tx, access, id, reason))
}

async function shown(tx: Transaction, access: Access, id: string): Promise<StockTake> {
  const take = await findStockTake(tx, access, id)
  if (!take) throw new Refused('not-found')
  const lines = await selectLines(tx, access, { ...take, isOpen: take.status === 'OPEN' })
  return { ...shownRow(take), cancelReason: take.cancelReason, lines }
}

function shownRow(row: KeptStockTake): StockTakeRow {
  const { id, status, openedOn, openedBy, differences, version, divisionCode, divisionName } = row
  return {
    ...{ id, status, openedOn, openedBy, differences, version },
    store: { id: row.storeId, name: row.storeName },
    division: { code: divisionCode, name: divisionName ?? divisionCode },
    counted: row.countedAt && { at: row.countedAt.toISOString(), by: row.countedName },
    adjusted: row.adjustedAt && { at: row.adjustedAt.toISOString(), by: row.adjustedName },
  }
}
