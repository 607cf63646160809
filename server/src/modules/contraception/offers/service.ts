import type {
  listServiceOffers,
  NewReminder,
  NewServiceRequest,
  OfferAnswer,
  OfferClosing,
  ServiceOffer,
} from '@youyu/shared/contraception/offers'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { shownOffer } from './offer-row.ts'
import { keepPreference, resumeServices } from './preferences/service.ts'
import {
  closeByFacility,
  findOffer,
  insertReminder,
  lockOffer,
  openInvited,
  requestOffer,
  selectOffers,
  settleOffer,
  updateOffer,
  type Invitation,
  type KeptOffer,
  type OpenedOffer,
} from './queries.ts'
import { assertMayRemind, REMINDERS } from './rules.ts'

type Asked = z.output<(typeof listServiceOffers)['schema']['querystring']>

const monthBefore = (today: CivilDate): CivilDate => {
  const [year, month] = today.split('-').map(Number) as [number, number]
  return month === 1 ? `${year - 1}-12-01` : `${year}-${String(month - 1).padStart(2, '0')}-01`
}

export async function listOffers(
  { db, now, views }: Office,
  access: Access,
  { limit, cursor, closed, ...filter }: Asked,
): Promise<Page<ServiceOffer>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(now())
  const closedSince = closed ? monthBefore(today) : null
  const rows = await reading(db, access, (tx) =>
    selectOffers(tx, access, { ...filter, closedSince, after, limit: limit + 1 }),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shownOffer(row, access, today),
    (row) => [row.dueOn, row.id],
  )
  views.note(access, { action: 'view', entity: 'service-offer', rows: page.items.length, purpose: 'SERVICE' })
  return page
}

export async function readOffer({ db, now, views }: Office, access: Access, id: Id): Promise<ServiceOffer> {
  const offer = await reading(db, access, (tx) => findOffer(tx, access, id))
  if (!offer) throw new Refused('not-found')
  const division = offer.divisionCode
  views.note(access, {
    action: 'view',
    entity: 'person',
    entityId: offer.clientId,
    division,
    fields: ['service-offer'],
  })
  return shownOffer(offer, access, todayOf(now()))
}

/** She asks. Whoever had opted out is asked whether she takes that back; nothing is put on the list behind her back. */
export async function request(
  { db, now }: Office,
  access: Access,
  body: NewServiceRequest,
): Promise<ServiceOffer> {
  const at = now()
  const today = todayOf(at)
  if (body.dueOn && body.dueOn < today) throw Refused.field('/dueOn', 'invalid-date')
  return await transaction(db, access, async (tx) => {
    await resumeServices(tx, access, body, today)
    const id = await requestOffer(tx, access, newId(at.getTime()), body, today, at)
    const offer = id && (await findOffer(tx, access, id))
    if (!offer) throw Refused.field('/clientId', 'not-found')
    await record(tx, access, deedTo(offer, 'create'), at)
    return shownOffer(offer, access, today)
  })
}

const deedTo = (offer: KeptOffer, action: 'create' | 'change', field = 'request') => ({
  action,
  entity: 'service-offer',
  entityId: offer.id,
  division: offer.divisionCode,
  fields: [field],
})

const closings: Partial<Record<OfferAnswer['answer'], OfferClosing>> = {
  DECLINE: 'DECLINED',
  OPT_OUT: 'DECLINED',
  DONE: 'DONE',
  NOT_NEEDED: 'NOT_NEEDED',
}

export async function answer(
  { db, now }: Office,
  access: Access,
  id: Id,
  { answer: given, channel, bookedOn }: OfferAnswer,
): Promise<ServiceOffer> {
  const at = now()
  const today = todayOf(at)
  if (bookedOn && (given !== 'ACCEPT' || bookedOn < today)) throw Refused.field('/bookedOn', 'invalid-date')
  return await transaction(db, access, async (tx) => {
    const offer = await openOffer(tx, access, id)
    if (given === 'DONE' && offer.origin === 'DUE') throw new Refused('told-by-facility')
    const closing = closings[given]
    await updateOffer(
      tx,
      access,
      id,
      closing
        ? { closedOn: today, closing }
        : { acceptedOn: today, ...(bookedOn !== undefined && { bookedOn }) },
      at,
    )
    await settleOffer(tx, access, id, today, at)
    const { clientId, divisionCode, service } = offer
    if (given === 'OPT_OUT')
      await keepPreference(
        tx,
        access,
        { client: { id: clientId, divisionCode }, kind: 'OPT_OUT', service, channel },
        at,
      )
    await record(tx, access, deedTo(offer, 'change', given), at)
    return shownOffer((await findOffer(tx, access, id))!, access, today)
  })
}

async function openOffer(tx: Transaction, access: Access, id: Id): Promise<KeptOffer> {
  await lockOffer(tx, access, id)
  const offer = await findOffer(tx, access, id)
  if (!offer) throw new Refused('not-found')
  if (offer.closedOn !== null) throw new Refused('task-answered')
  return offer
}

/** Two at most, a week apart, never at night; after the second in vain it is at an end. */
export async function remind(
  { db, now }: Office,
  access: Access,
  id: Id,
  { channel, wasReached }: NewReminder,
): Promise<ServiceOffer> {
  const at = now()
  const today = todayOf(at)
  return await transaction(db, access, async (tx) => {
    const offer = await openOffer(tx, access, id)
    assertMayRemind(offer, at, today)
    await insertReminder(tx, access, { id: newId(at.getTime()), offer, channel, wasReached, today, at })
    const reminded = offer.reminders + 1
    const isInVain = !wasReached && reminded >= REMINDERS
    await updateOffer(
      tx,
      access,
      id,
      { reminded, ...(isInVain && { closedOn: today, closing: 'UNREACHABLE' as const }) },
      at,
    )
    if (isInVain) await settleOffer(tx, access, id, today, at)
    await record(tx, access, deedTo(offer, 'change', 'reminder'), at)
    return shownOffer((await findOffer(tx, access, id))!, access, today)
  })
}

/** By invitation; whoever opted out, declined or was not reached in the cycle gets none. Answers the offers that now stand. */
export async function openOffers(
  tx: Transaction,
  access: Access,
  invitations: readonly Invitation[],
  at: Date,
): Promise<OpenedOffer[]> {
  return invitations.length === 0 ? [] : await openInvited(tx, access, invitations, todayOf(at), at)
}

/** What the facility knows of offers that stand. */
export async function closeOffers(
  tx: Transaction,
  access: Access,
  { offerIds, closing }: { offerIds: readonly Id[]; closing: OfferClosing },
  at: Date,
): Promise<number> {
  return offerIds.length === 0 ? 0 : await closeByFacility(tx, access, offerIds, closing, todayOf(at), at)
}
