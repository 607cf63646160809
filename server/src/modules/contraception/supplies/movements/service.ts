import type {
  listSupplyMovements,
  NewLoss,
  NewReceipt,
  SupplyMovement,
} from '@youyu/shared/contraception/supplies-movements'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { itemsNamed } from '../items/service.ts'
import { ensureLots, findLot, selectExpired } from '../lots/queries.ts'
import type { KeptStore } from '../stores/queries.ts'
import { storeAsked, storeNamed } from '../stores/service.ts'
import { post, type NewMovement } from './posting.ts'
import { findMovements, lockLot, selectMovements, type KeptMovement } from './queries.ts'

type Asked = z.output<(typeof listSupplyMovements)['schema']['querystring']>
type Moved = { movements: SupplyMovement[] }

export async function listMovements(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<SupplyMovement>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectMovements(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shown, (row) => [row.occurredOn, row.id])
}

export function notInFuture(pointer: string, day: string, at: Date): void {
  if (day > todayOf(at)) throw Refused.field(pointer, 'invalid-date')
}

/** Writes movements of one store, with the deed in the access log. */
async function moved(
  tx: Transaction,
  access: Access,
  store: { id: string; divisionCode: string },
  movements: readonly NewMovement[],
  at: Date,
): Promise<Moved> {
  const deed = { entityId: store.id, division: store.divisionCode, rows: movements.length }
  const [ids] = await Promise.all([
    post(tx, access, movements, at),
    record(tx, access, { action: 'change', entity: 'supply-stock', ...deed }, at),
  ])
  return { movements: (await findMovements(tx, access, ids)).map(shown) }
}

export async function receive(office: Office, access: Access, body: NewReceipt): Promise<Moved> {
  const at = office.now()
  notInFuture('/occurredOn', body.occurredOn, at)
  return await transaction(office.db, access, async (tx) => {
    const store = await storeNamed(tx, access, body.storeId)
    await itemsNamed(tx, body.lines)
    const lots = await ensureLots(tx, access, body.lines, at)
    const movements = body.lines.map((line, index): NewMovement => {
      const lot = lots[index]!
      if (lot.expiresOn !== line.expiresOn) throw Refused.field(`/lines/${index}/expiresOn`, 'conflict')
      if (line.expiresOn < body.occurredOn) throw Refused.field(`/lines/${index}/expiresOn`, 'lot-not-usable')
      if (lot.recalledOn !== null) throw Refused.field(`/lines/${index}/lotNumber`, 'lot-not-usable')
      const { itemCode, quantity } = line
      const { occurredOn, document } = body
      return {
        ...{ kind: 'IN_PURCHASE', itemCode, lotId: lot.id, quantity, from: 'SUPPLIER', to: store },
        ...{ occurredOn, document },
      }
    })
    return await moved(tx, access, store, movements, at)
  })
}

export async function lose(office: Office, access: Access, body: NewLoss): Promise<Moved> {
  const at = office.now()
  notInFuture('/occurredOn', body.occurredOn, at)
  return await transaction(office.db, access, async (tx) => {
    const store = await storeNamed(tx, access, body.storeId)
    const lot = await findLot(tx, access, body.lotId)
    if (!lot) throw Refused.field('/lotId', 'not-found')
    if (body.cause === 'EXPIRED' && lot.expiresOn >= body.occurredOn)
      throw Refused.field('/cause', 'invalid-value', 'The lot has not expired on that day')
    const { cause: kind, quantity, occurredOn, reason, document } = body
    const { itemCode, id: lotId } = lot
    return await moved(
      tx,
      access,
      store,
      [{ kind, itemCode, lotId, quantity, from: store, to: 'WASTE', occurredOn, reason, document }],
      at,
    )
  })
}

export async function writeOff(
  office: Office,
  access: Access,
  id: string,
  { occurredOn, document }: { occurredOn: string; document?: string | undefined },
): Promise<Moved> {
  const at = office.now()
  notInFuture('/occurredOn', occurredOn, at)
  return await transaction(office.db, access, async (tx) => {
    const store = await storeAsked(tx, access, id)
    const expired = await selectExpired(tx, access, id, occurredOn)
    const movements = expired.map((stock): NewMovement => {
      const { lotId, itemCode, onHand: quantity } = stock
      return {
        kind: 'EXPIRED',
        ...{ itemCode, lotId, quantity, from: store, to: 'WASTE' },
        ...{ occurredOn, document },
      }
    })
    return await moved(tx, access, store, movements, at)
  })
}

const mistakable: readonly SupplyMovement['kind'][] = ['IN_PURCHASE', 'DAMAGED', 'LOST', 'EXPIRED']

export async function reverse(office: Office, access: Access, id: string, reason: string): Promise<Moved> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const [named] = await findMovements(tx, access, [id])
    if (!named) throw new Refused('not-found')
    await lockLot(tx, access, named.lot.id)
    const [movement] = await findMovements(tx, access, [id])
    if (!movement || movement.isReversed || movement.reverses) throw new Refused('supply-reversed')
    if (!mistakable.includes(movement.kind) || movement.shipmentId) throw new Refused('supply-state')
    const reversal = reversalOf(movement, reason)
    return await moved(tx, access, storeIn(reversal), [reversal], at)
  })
}

/** The same quantity the other way, on the day of what it takes back. */
function reversalOf(movement: KeptMovement, reason: string): NewMovement {
  const { kind, itemCode, lot, quantity, occurredOn, dispensingId } = movement
  return {
    ...{ kind, itemCode, lotId: lot.id, quantity, from: sideOf(movement.to), to: sideOf(movement.from) },
    ...{ occurredOn, reason, reverses: movement.id },
    ...(dispensingId !== null && { dispensingId }),
  }
}

function sideOf({ account, store, divisionCode }: KeptMovement['from']): NewMovement['from'] {
  return account === 'STORE' ? { id: store!.id, divisionCode: divisionCode! } : account
}

function storeIn({ from, to }: NewMovement): Pick<KeptStore, 'id' | 'divisionCode'> {
  const store = [from, to].find((side) => typeof side !== 'string')
  return store as Pick<KeptStore, 'id' | 'divisionCode'>
}

function shown({ recordedAt, from, to, ...movement }: KeptMovement): SupplyMovement {
  return {
    ...movement,
    from: { account: from.account, store: from.store },
    to: { account: to.account, store: to.store },
    recordedAt: recordedAt.toISOString(),
  }
}
