import type {
  Dispensed,
  Dispensing,
  listDispensings,
  NewDispensing,
  NewReturn,
} from '@youyu/shared/contraception/supplies-dispensing'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { rehearsal } from '../../../../database/rehearsal.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { itemNamed } from '../items/service.ts'
import { post, type NewMovement } from '../movements/posting.ts'
import { notInFuture } from '../movements/service.ts'
import { dispense } from './dispense.ts'
import {
  addReturned,
  findDispensing,
  selectDispensings,
  selectOutstanding,
  voidKept,
  type KeptDispensing,
} from './queries.ts'
import { isClinician } from './rules.ts'

type Asked = z.output<(typeof listDispensings)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<Dispensing>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectDispensings(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shown, (row) => [row.occurredOn, row.id])
}

export async function readOne({ db }: Office, access: Access, id: string): Promise<Dispensing> {
  const found = await reading(db, access, (tx) => findDispensing(tx, access, id))
  if (!found) throw new Refused('not-found')
  return shown(found)
}

export async function hand(office: Office, access: Access, body: NewDispensing): Promise<Dispensed> {
  const at = office.now()
  return await transaction(office.db, access, (tx) => dispense(tx, office, access, body, at))
}

export async function rehearse(office: Office, access: Access, body: NewDispensing): Promise<Dispensed> {
  const at = office.now()
  return await rehearsal(office.db, access, (tx) => dispense(tx, office, access, body, at))
}

/** Locked, and still standing. */
async function standing(tx: Transaction, access: Access, id: string): Promise<KeptDispensing> {
  const found = await findDispensing(tx, access, id, 'for no key update of d')
  if (!found) throw new Refused('not-found')
  if (found.voidedAt) throw new Refused('supply-reversed')
  return found
}

/** What a clinician gave, a clinician or pharmacist takes back; the ledger moves the units back on their own day. */
export async function annul(office: Office, access: Access, id: string, reason: string): Promise<Dispensing> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const found = await standing(tx, access, id)
    refuseLayman(found, access)
    if (found.returned > 0) throw new Refused('supply-state')
    return await annulled(tx, access, found, reason, at)
  })
}

async function annulled(
  tx: Transaction,
  access: Access,
  found: KeptDispensing,
  reason: string,
  at: Date,
): Promise<Dispensing> {
  const { id, itemCode, occurredOn, storeId, divisionCode } = found
  const given = await selectOutstanding(tx, access, id)
  const movements = given.map((movement): NewMovement => ({
    ...{ kind: 'DISPENSE', itemCode, lotId: movement.lotId, quantity: movement.quantity },
    ...{ from: 'CLIENT', to: { id: storeId, divisionCode } },
    ...{ occurredOn, dispensingId: id, reason, reverses: movement.id },
  }))
  await Promise.all([voidKept(tx, access, id, reason, at), post(tx, access, movements, at)])
  return await settled(tx, access, found, reason, at)
}

/** Of a visit that never was: what was handed out in it goes back, unless it was taken back already. */
export async function annulGiven(
  tx: Transaction,
  access: Access,
  ids: readonly string[],
  reason: string,
  at: Date,
): Promise<string[]> {
  const done: string[] = []
  for (const id of ids) {
    const found = await findDispensing(tx, access, id, 'for no key update of d')
    if (!found || found.voidedAt || found.returned > 0) continue
    await annulled(tx, access, found, reason, at)
    done.push(id)
  }
  return done
}

export async function takeBack(
  office: Office,
  access: Access,
  id: string,
  body: NewReturn,
): Promise<Dispensing> {
  const at = office.now()
  notInFuture('/occurredOn', body.occurredOn, at)
  return await transaction(office.db, access, async (tx) => {
    const found = await standing(tx, access, id)
    const item = await itemNamed(tx, found.itemCode)
    if (body.occurredOn < found.occurredOn) throw Refused.field('/occurredOn', 'invalid-date')
    if (body.quantity > found.quantity - found.returned) throw Refused.field('/quantity', 'invalid-value')
    if (body.toShelf && !item.isReturnable) throw Refused.field('/toShelf', 'not-returnable')
    const given = await selectOutstanding(tx, access, id)
    const movements = returning(found, given, body, todayOf(at))
    await Promise.all([addReturned(tx, access, id, body.quantity), post(tx, access, movements, at)])
    return await settled(tx, access, found, body.reason, at)
  })
}

type Outstanding = Awaited<ReturnType<typeof selectOutstanding>>

/** From the lot that expires last; what has expired or was recalled never goes back on the shelf. */
function returning(
  found: KeptDispensing,
  given: Outstanding,
  { quantity, toShelf, occurredOn, reason }: NewReturn,
  today: string,
): NewMovement[] {
  let open = quantity
  return given.flatMap((lot): NewMovement[] => {
    const part = Math.min(open, lot.quantity)
    open -= part
    if (part === 0) return []
    const isFit = toShelf && lot.expiresOn >= today && lot.recalledOn === null
    const to = isFit ? { id: found.storeId, divisionCode: found.divisionCode } : 'WASTE'
    return [
      {
        ...{ kind: 'RETURN', itemCode: found.itemCode, lotId: lot.lotId, quantity: part, from: 'CLIENT', to },
        ...{ occurredOn, dispensingId: found.id, reason },
      },
    ]
  })
}

function refuseLayman({ byClinician }: KeptDispensing, access: Access): void {
  const giver = { role: access.role, isOfCare: access.facility !== null }
  if (byClinician && !isClinician(giver) && access.role !== 'pharmacist') throw new Refused('forbidden')
}

async function settled(
  tx: Transaction,
  access: Access,
  { id, divisionCode: division }: KeptDispensing,
  reason: string,
  at: Date,
): Promise<Dispensing> {
  await record(tx, access, { action: 'correct', entity: 'dispensing', entityId: id, division, reason }, at)
  return shown((await findDispensing(tx, access, id))!)
}

function shown({
  storeId,
  storeName,
  divisionCode,
  divisionName,
  recordedAt,
  voidedAt,
  ...dispensing
}: KeptDispensing): Dispensing {
  return {
    ...dispensing,
    store: { id: storeId, name: storeName },
    division: { code: divisionCode, name: divisionName ?? divisionCode },
    recordedAt: recordedAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}
