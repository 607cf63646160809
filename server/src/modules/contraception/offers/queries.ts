import type {
  ContactChannel,
  NewServiceRequest,
  OfferClosing,
  ServiceOffer,
} from '@youyu/shared/contraception/offers'
import type { OfferService } from '@youyu/shared/contraception/protocols'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { peopleOfCounty, within } from '../../population/index.ts'

export type KeptOffer = Omit<ServiceOffer, 'client' | 'facility' | 'remindFrom'> & {
  clientId: Id
  clientName: string | null
  birthDate: CivilDate | null
  phone: string | null
  address: string | null
  divisionCode: DivisionCode
  divisionName: string | null
  facilityId: Id | null
  facilityName: string | null
  remindedOn: CivilDate | null
  isOptedOut: boolean
}

/** The first gate: offers of the area that the village may see. */
function offersShown(bound: Bound, access: Access): string {
  return `o.county_code = ${bound.bind(access.county)} and ${within(bound, 'o.division_code', access.prefixes)} and o.shown_on is not null`
}

const columns = `o.id, o.client_id as "clientId", o.service, o.origin, o.opened_on as "openedOn", o.due_on as "dueOn",
  o.accepted_on as "acceptedOn", o.booked_on as "bookedOn", o.reminders, o.closed_on as "closedOn", o.closing, o.version,
  o.division_code as "divisionCode", d.name as "divisionName", o.facility_id as "facilityId", f.name as "facilityName",
  p.name as "clientName", p.birth_date as "birthDate", p.phone_mask as phone, p.address,
  (select max(r.sent_on) from offer_reminders r where r.county_code = o.county_code and r.offer_id = o.id) as "remindedOn",
  exists (select from contact_preferences c where c.county_code = o.county_code and c.client_id = o.client_id and c.kind = 'OPT_OUT'
    and c.service in ('ALL', o.service) and c.ended_on is null and c.voided_at is null) as "isOptedOut"`

function around(bound: Bound, access: Access): string {
  return `left join lateral (select p.name, p.birth_date, p.phone_mask, p.address from persons p
    where p.id = o.client_id and ${peopleOfCounty(bound, access, 'p')}) p on true
  left join divisions d on d.code = o.division_code and d.valid_to is null
  left join organisations f on f.id = o.facility_id`
}

type Question = {
  division?: DivisionCode | undefined
  service?: OfferService | undefined
  origin?: string | undefined
  accepted?: boolean | undefined
  clientId?: Id | undefined
  /** Closed since this day, instead of the open ones. */
  closedSince: CivilDate | null
  after: readonly [dueOn: string, id: string] | null
  limit: number
}

export async function selectOffers(
  tx: Asking,
  access: Access,
  { division, service, origin, accepted, clientId, closedSince, after, limit }: Question,
): Promise<KeptOffer[]> {
  const bound = new Bound()
  const conditions = [offersShown(bound, access)]
  conditions.push(closedSince ? `o.closed_on >= ${bound.bind(closedSince)}::date` : 'o.closed_on is null')
  if (division) conditions.push(within(bound, 'o.division_code', [prefixOf(division)]))
  if (service) conditions.push(`o.service = ${bound.bind(service)}`)
  if (origin) conditions.push(`o.origin = ${bound.bind(origin)}`)
  if (accepted !== undefined) conditions.push(`o.accepted_on is ${accepted ? 'not ' : ''}null`)
  if (clientId) conditions.push(`o.client_id = ${bound.bind(clientId)}`)
  if (after)
    conditions.push(`(o.due_on, o.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = `order by o.due_on, o.id limit ${pageLimit(limit)}`
  const text = `select ${columns} from (select o.* from service_offers o where ${conditions.join(' and ')} ${inOrder}) o
  ${around(bound, access)} ${inOrder}`
  return await ask(tx, text, bound.values)
}

export async function findOffer(tx: Asking, access: Access, id: Id): Promise<KeptOffer | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from service_offers o ${around(bound, access)} where ${offersShown(bound, access)} and o.id = ${bound.bind(id)}`
  const [offer] = await ask<KeptOffer>(tx, text, bound.values)
  return offer
}

export async function lockOffer(tx: Asking, access: Access, id: Id): Promise<void> {
  const bound = new Bound()
  const text = `select o.id from service_offers o where ${offersShown(bound, access)} and o.id = ${bound.bind(id)} for no key update`
  await ask(tx, text, bound.values)
}

/** Null where nobody of that id lives in the area. */
export async function requestOffer(
  tx: Asking,
  { county, actorId }: Access,
  id: Id,
  { clientId, service, channel, dueOn, facilityId }: NewServiceRequest,
  today: CivilDate,
  at: Date,
): Promise<Id | null> {
  const [row] = await ask<{ id: Id | null }>(
    tx,
    'select app.request_offer($1, $2::uuid, $3::uuid, $4, $5, $6::date, $7::uuid, $8::date, $9::uuid, $10) as id',
    [county, id, clientId, service, channel, dueOn ?? null, facilityId ?? null, today, actorId, at],
  )
  return row!.id
}

type Answered = {
  acceptedOn?: CivilDate
  bookedOn?: CivilDate
  closedOn?: CivilDate
  closing?: OfferClosing
  reminded?: number
}

export async function updateOffer(
  tx: Asking,
  { county }: Access,
  id: Id,
  { acceptedOn, bookedOn, closedOn, closing, reminded }: Answered,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update service_offers set accepted_on = coalesce(accepted_on, $3), booked_on = coalesce($4, booked_on), closed_on = $5, closing = $6,
       reminders = coalesce($7, reminders), updated_at = $8, version = version + 1 where county_code = $1 and id = $2`,
    [
      county,
      id,
      acceptedOn ?? null,
      bookedOn ?? null,
      closedOn ?? null,
      closing ?? null,
      reminded ?? null,
      at,
    ],
  )
}

/** The tasks that an offer told of take over what she answered. */
export async function settleOffer(
  tx: Asking,
  { county, actorId }: Access,
  id: Id,
  today: CivilDate,
  at: Date,
): Promise<void> {
  await ask(tx, 'select app.settle_offer($1, $2::uuid, $3::date, $4::uuid, $5)', [
    county,
    id,
    today,
    actorId,
    at,
  ])
}

type NewReminder = {
  id: Id
  offer: KeptOffer
  channel: ContactChannel
  wasReached: boolean
  today: CivilDate
  at: Date
}
export async function insertReminder(
  tx: Asking,
  { county, actorId }: Access,
  { id, offer, channel, wasReached, today, at }: NewReminder,
): Promise<void> {
  await ask(
    tx,
    `insert into offer_reminders (county_code, id, offer_id, client_id, division_code, number, sent_at, sent_on, channel, was_reached, sent_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[county, id, offer.id, offer.clientId, offer.divisionCode, offer.reminders + 1, at, today],
      ...[channel, wasReached, actorId],
    ],
  )
}

export type Invitation = {
  clientId: Id
  service: OfferService
  dueOn: CivilDate
  /** First day of the next cycle: declined means silence until then. */
  cycleTo: CivilDate
  facilityId: Id | null
}
export type OpenedOffer = { clientId: Id; service: OfferService; offerId: Id }

export async function openInvited(
  tx: Asking,
  { county, actorId }: Access,
  invitations: readonly Invitation[],
  today: CivilDate,
  at: Date,
): Promise<OpenedOffer[]> {
  const columnOf = <Key extends keyof Invitation>(key: Key) => invitations.map((each) => each[key])
  return await ask(
    tx,
    `select client_id as "clientId", service, offer_id as "offerId"
     from app.open_offers($1, $2::uuid[], $3::text[], $4::date[], $5::date[], $6::uuid[], $7::date, $8::uuid, $9)`,
    [
      ...[county, columnOf('clientId'), columnOf('service'), columnOf('dueOn'), columnOf('cycleTo')],
      ...[columnOf('facilityId'), today, actorId, at],
    ],
  )
}

export async function closeByFacility(
  tx: Asking,
  { county }: Access,
  offers: readonly Id[],
  closing: OfferClosing,
  today: CivilDate,
  at: Date,
): Promise<number> {
  const [row] = await ask<{ closed: number }>(
    tx,
    'select app.close_offers($1, $2::uuid[], $3, $4::date, $5) as closed',
    [county, offers, closing, today, at],
  )
  return row!.closed
}
