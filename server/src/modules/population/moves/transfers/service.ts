import type { EventPreview } from '@youyu/shared/population/event-preview'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type {
  answerTransfer,
  CountyTransfer,
  listTransfers,
  NewTransfer,
} from '@youyu/shared/population/moves'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { rehearsal } from '../../../../database/rehearsal.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { toldEffects, type Done } from '../../effects.ts'
import { maySeePlainly } from '../../persons/person-row.ts'
import { insertReadings } from '../../persons/queries-changes.ts'
import { countyDivision, widened } from '../../widening.ts'
import { acknowledgeMove, findMove } from '../queries.ts'
import { recordMoveIn, voidMoveIn } from '../recording.ts'
import * as queries from './queries.ts'
import type { KeptTransfer, ReadTransfer, Traveller } from './queries.ts'

type Sending = z.output<typeof NewTransfer>
type Listing = z.output<(typeof listTransfers)['schema']['querystring']>
type Answer = z.output<(typeof answerTransfer)['schema']['body']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, state, direction }: Listing,
): Promise<Page<CountyTransfer>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    queries.selectTransfers(tx, access, { state, direction, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownTransfer(row, access),
    (row) => [row.recordedAt.toISOString(), row.id],
  )
}

export async function readTransfer({ db, views }: Office, access: Access, id: Id): Promise<CountyTransfer> {
  const transfer = await reading(db, access, (tx) => queries.findTransfer(tx, access, id))
  if (!transfer) throw new Refused('not-found')
  views.note(access, { action: 'view', entity: 'transfer', entityId: id, division: sideOf(transfer, access) })
  return shownTransfer(transfer, access)
}

/** The departure is a move like any other; the transfer stands beside it. */
async function sent(tx: Transaction, access: Access, body: Sending, at: Date): Promise<Done> {
  if (body.toDivision.startsWith(String(access.county))) throw Refused.field('/toDivision', 'conflict')
  return await recordMoveIn(tx, access, { ...body, kind: 'HUKOU_OUT', note: body.note ?? null }, at)
}

export async function rehearse(office: Office, access: Access, body: Sending): Promise<EventPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) =>
    toldEffects(tx, access, await sent(tx, access, body, at)),
  )
}

export async function send(office: Office, access: Access, body: Sending): Promise<CountyTransfer> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { id } = await sent(tx, access, body, at)
    const departure = await findMove(tx, access, id)
    const transfer = departure?.transferId && (await queries.findTransfer(tx, access, departure.transferId))
    if (!transfer) throw new Refused('out-of-area')
    return shownTransfer(transfer, access)
  })
}

/**
 * The receiving county answers. The transfer names a place in its area; for this one transaction the area is widened
 * to what the transfer names, in either county. The transfer is locked first, then the person of the county that is
 * left, then the one that arrives.
 */
export async function answer(
  office: Office,
  access: Access,
  id: Id,
  { accept, reason }: Answer,
): Promise<CountyTransfer> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const transfer = await queries.lockArriving(tx, access, id)
    if (!transfer) throw new Refused('not-found')
    if (transfer.state !== 'SENT') throw new Refused('already-decided')
    if (accept) await arrive(tx, office, access, transfer, at)
    else await turnBack(tx, access, transfer, reason ?? '', at)
    const answered = await queries.findTransfer(tx, access, id)
    return shownTransfer(answered!, access)
  })
}

/** The access of the county that is left, for what the answer changes there. */
function elsewhere(access: Access, transfer: KeptTransfer): Access {
  const { countyCode, toDivision } = transfer
  return { ...access, county: countyCode, prefixes: [toDivision, String(countyCode)] }
}

async function turnBack(
  tx: Transaction,
  access: Access,
  transfer: KeptTransfer,
  reason: string,
  at: Date,
): Promise<void> {
  const there = elsewhere(access, transfer)
  const { departureId, toCounty } = transfer
  await voidMoveIn(tx, there, departureId, reason, at)
  await acknowledgeMove(
    tx,
    there,
    departureId,
    { acknowledgement: 'REFUSED', counterpartCounty: toCounty, counterpartId: null },
    at,
  )
  await record(tx, access, deedOf(transfer, transfer.toDivision, reason), at)
}

/** Two facts in one transaction: the departure is confirmed, the arrival stands in the receiving register. */
async function arrive(
  tx: Transaction,
  office: Office,
  access: Access,
  transfer: KeptTransfer,
  at: Date,
): Promise<void> {
  const there = elsewhere(access, transfer)
  const { countyCode, departureId, fromDivision, toDivision, toCounty } = transfer
  const wide = await widened(tx, access, [countyDivision(toCounty), fromDivision])
  const traveller = await queries.findTraveller(tx, countyCode, transfer.personId)
  if (!traveller) throw new Refused('not-found')
  const known = await queries.findKnownAs(tx, toCounty, traveller)
  if (known?.status === 'MERGED' || known?.status === 'ARCHIVED') throw new Refused('conflict')
  if (!known) await settle(tx, office, wide, traveller, transfer, at)
  const counterpart = { acknowledgement: 'CONFIRMED', county: countyCode, id: departureId } as const
  const arrival = await recordMoveIn(
    tx,
    wide,
    {
      ...{ personId: known?.id ?? traveller.id, kind: 'HUKOU_IN', fromDivision, toDivision, counterpart },
      ...{ occurredOn: transfer.occurredOn, reason: transfer.reason, withResidence: transfer.withResidence },
    },
    at,
  )
  const arrivedAs = known?.id ?? traveller.id
  await Promise.all([
    acknowledgeMove(
      tx,
      there,
      departureId,
      { acknowledgement: 'CONFIRMED', counterpartCounty: toCounty, counterpartId: arrival.id },
      at,
    ),
    queries.answerTransferOf(
      tx,
      there,
      departureId,
      { state: 'CONFIRMED', answer: null, arrivalId: arrival.id, arrivedAs },
      at,
    ),
    record(tx, access, deedOf(transfer, toDivision), at),
    record(tx, there, deedOf(transfer, fromDivision), at),
  ])
}

/** The same person under the same id; ciphers are bound to county and id, and made anew. */
async function settle(
  tx: Transaction,
  { ciphers }: Office,
  access: Access,
  traveller: Traveller,
  { countyCode: county, toCounty, fromDivision, withResidence }: KeptTransfer,
  at: Date,
): Promise<void> {
  const { id, idNumberCipher, phoneCipher } = traveller
  const moved = (cipher: typeof ciphers.idNumber, bytes: Buffer | null) =>
    bytes && cipher.encipher(cipher.decipher(bytes, { county, id }), { county: toCounty, id })
  await queries.copyPerson(tx, access, toCounty, {
    ...{ county, traveller, fromDivision, at },
    idNumberCipher: moved(ciphers.idNumber, idNumberCipher),
    phoneCipher: moved(ciphers.phone, phoneCipher),
    residenceDivision: withResidence ? fromDivision : traveller.residenceDivision,
    episodeId: newId(at.getTime()),
  })
  await insertReadings(tx, toCounty, id, traveller.name)
}

function deedOf({ id }: KeptTransfer, division: string, reason?: string) {
  return { action: 'correct' as const, entity: 'transfer', entityId: id, division, ...(reason && { reason }) }
}

function sideOf({ fromDivision, toDivision }: KeptTransfer, access: Access): string {
  return covers(access.prefixes, toDivision) ? toDivision : fromDivision
}

/** As either county may see it: masked as in any list. */
function shownTransfer(transfer: ReadTransfer, access: Access): CountyTransfer {
  const isPlain = maySeePlainly(access)
  const { id, state, occurredOn, reason, withResidence, note, departureId, arrivalId, answer } = transfer
  const name = transfer.name ?? '*'
  const birthDate = transfer.birthDate ?? ''
  return {
    ...{ id, state, occurredOn, reason, withResidence, note, departureId, arrivalId, answer },
    direction: transfer.countyCode === access.county ? 'OUT' : 'IN',
    person: {
      id: transfer.personId,
      name: isPlain ? name : maskName(name),
      sex: (transfer.sex ?? '9') as CountyTransfer['person']['sex'],
      birthDate: isPlain ? birthDate : maskDate(birthDate),
      idNumber: transfer.idNumber,
    },
    from: { code: transfer.fromDivision, name: transfer.fromName ?? transfer.fromDivision },
    to: { code: transfer.toDivision, name: transfer.toName ?? transfer.toDivision },
    recordedAt: transfer.recordedAt.toISOString(),
    answeredAt: transfer.answeredAt?.toISOString() ?? null,
  }
}
