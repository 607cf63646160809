import { randomInt } from 'node:crypto'
import type { Dispensed, NewDispensing } from '@youyu/shared/contraception/supplies-dispensing'
import type { Access } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { itemNamed } from '../items/service.ts'
import { findLot } from '../lots/queries.ts'
import { recountStockOuts } from '../movements/queries-posting.ts'
import { notInFuture } from '../movements/service.ts'
import { storeNamed } from '../stores/service.ts'
import {
  findTokenOfClient,
  linkClient,
  selectEarlier,
  takeFromShelf,
  type Taken,
} from './queries-dispensing.ts'
import { givenWith, isClinician, isFirst, refusalOf } from './rules.ts'

/** What is handed out; in an encounter also to whom, and that stays with the facility. */
export type Dispensing = NewDispensing & {
  client?: { id: string; divisionCode: string }
  encounterId?: string
}

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Drawn, so that nothing follows from it; 32⁸ tokens. */
function drawToken(): string {
  return Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')
}

/** Hands out from the shelf: the lot that expires first, dispensing, movement and stock in the transaction given. */
export async function dispense(
  tx: Transaction,
  office: Office,
  access: Access,
  body: Dispensing,
  at: Date = office.now(),
): Promise<Dispensed> {
  notInFuture('/occurredOn', body.occurredOn, at)
  const [store, item, known] = await Promise.all([
    storeNamed(tx, access, body.storeId),
    itemNamed(tx, body.itemCode),
    body.client && access.facility !== null ? findTokenOfClient(tx, access, body.client.id) : undefined,
  ])
  const isNew = (body.newToken || body.client !== undefined) && body.clientToken === undefined && !known
  const clientToken = body.clientToken ?? known ?? (isNew ? drawToken() : null)
  const earlier =
    clientToken === null || isNew
      ? { hadBefore: false, thisYear: 0 }
      : await selectEarlier(tx, access, clientToken, item.method, body.occurredOn)
  const giver = { role: access.role, isOfCare: access.facility !== null }
  const isFirstUse = isFirst(item, body.isFirstUse, earlier.hadBefore)
  const refusal = refusalOf(item, giver, isFirstUse)
  if (refusal) throw Refused.field(refusal.pointer, refusal.code)
  const { yearlyAllowance } = item
  const { givenThisYear, isBeyondAllowance } = givenWith(
    body.quantity,
    clientToken,
    earlier.thisYear,
    yearlyAllowance,
  )
  const { itemCode, quantity, lotId, occurredOn } = body
  const fact = {
    ...{ id: newId(at.getTime()), itemCode, method: item.method, quantity, occurredOn, clientToken },
    ...{ isFirstUse, byClinician: isClinician(giver), isBeyondAllowance },
  }
  const taken = await takeFromShelf(tx, access, { ...fact, store, lotId }, at)
  if (taken.usable < quantity) throw await outOfStock(tx, access, body, taken)
  // On no day since was there less than what is left now without what has come in since.
  const locked = taken.usable - quantity
  const left = locked + taken.beside
  await Promise.all([
    locked <= taken.arrivedSince
      ? recountStockOuts(tx, access, [{ storeId: store.id, itemCode }], todayOf(at))
      : undefined,
    body.client && access.facility !== null
      ? linkClient(tx, access, {
          id: newId(at.getTime()),
          dispensingId: fact.id,
          client: body.client,
          token: clientToken!,
          encounterId: body.encounterId ?? null,
        })
      : undefined,
  ])
  return {
    ...fact,
    store: { id: store.id, name: store.name },
    division: { code: store.divisionCode, name: store.divisionName ?? store.divisionCode },
    returned: 0,
    lots: taken.lots,
    recordedAt: at.toISOString(),
    recordedBy: access.actorName,
    voidedAt: null,
    voidReason: null,
    warnings: [
      ...(isBeyondAllowance ? (['BEYOND_ALLOWANCE'] as const) : []),
      ...(left === 0 ? (['LAST_OF_STOCK'] as const) : []),
    ],
    ...{ givenThisYear, yearlyAllowance, left },
  }
}

async function outOfStock(
  tx: Transaction,
  access: Access,
  { lotId, itemCode, occurredOn }: Dispensing,
  { usable }: Taken,
): Promise<Refused> {
  const lot = lotId === undefined ? undefined : await findLot(tx, access, lotId)
  if (lotId !== undefined && lot?.itemCode !== itemCode) return Refused.field('/lotId', 'not-found')
  if (lot && (lot.expiresOn < occurredOn || lot.recalledOn !== null))
    return new Refused('lot-not-usable', { errors: [{ pointer: '/lotId', code: 'lot-not-usable' }] })
  return new Refused('out-of-stock', {
    detail: `${usable} usable`,
    errors: [{ pointer: '/quantity', code: 'out-of-stock', detail: `${usable} usable` }],
  })
}
