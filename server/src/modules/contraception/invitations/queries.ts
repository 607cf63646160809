import type { Attendance } from '@youyu/shared/contraception/sessions'
import type { CheckInvitation, Inviting } from '@youyu/shared/contraception/invitations'
import type { InvitationStatus } from '@youyu/shared/contraception/check-codes'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

export type InvitationRow = Pick<
  CheckInvitation,
  | 'id'
  | 'programme'
  | 'cycleFrom'
  | 'cycleTo'
  | 'channel'
  | 'origin'
  | 'status'
  | 'reminders'
  | 'answeredOn'
  | 'version'
> & {
  clientId: Id
  name: string
  sex: string
  birthDate: CivilDate
  divisionCode: DivisionCode
  divisionName: string | null
  sessionId: Id | null
  sessionOn: CivilDate | null
  offerId: Id | null
  /** Reminders through the village's offer count as well. */
  offerReminders: number | null
  sentAt: Date | null
  remindedAt: Date | null
  offerRemindedOn: CivilDate | null
  isOptedOut: boolean
}

/** What she told the village is her answer here. */
const standing = `case when i.status in ('PLANNED', 'SENT', 'ACCEPTED') and o.closing = 'DECLINED' then 'DECLINED'
  when i.status = 'SENT' and o.closed_on is null and o.accepted_on is not null then 'ACCEPTED' else i.status end`

const columns = `i.id, i.client_id as "clientId", c.name, c.sex, c.birth_date as "birthDate", i.division_code as "divisionCode", d.name as "divisionName",
  i.programme, i.cycle_from as "cycleFrom", i.cycle_to as "cycleTo", i.session_id as "sessionId", s.on_day as "sessionOn", i.offer_id as "offerId",
  i.channel, i.origin, ${standing} as status, i.sent_at as "sentAt", i.reminders, i.reminded_at as "remindedAt", o.reminders as "offerReminders",
  (select max(r.sent_on) from offer_reminders r where r.county_code = i.county_code and r.offer_id = i.offer_id) as "offerRemindedOn",
  exists (select from contact_preferences f where f.county_code = i.county_code and f.client_id = i.client_id and f.kind = 'OPT_OUT'
    and f.service in ('ALL', 'CHECK_UP') and f.ended_on is null and f.voided_at is null) as "isOptedOut",
  i.answered_on as "answeredOn", i.version`
const joins = `cross join lateral app.client_of(i.county_code, i.client_id) c
  left join divisions d on d.code = i.division_code and d.valid_to is null
  left join check_sessions s on s.county_code = i.county_code and s.id = i.session_id
  left join service_offers o on o.county_code = i.county_code and o.id = i.offer_id`

/** The first gate: invitations of the facility that asks. */
function ofFacility(bound: Bound, access: Access): string {
  return `i.county_code = ${bound.bind(access.county)} and i.facility_id = ${bound.bind(access.facility)}`
}

export async function selectInvitations(
  tx: Transaction,
  access: Access,
  filter: {
    status?: InvitationStatus | undefined
    programme?: string | undefined
    clientId?: Id | undefined
  },
  after: readonly [string] | null,
  limit: number,
): Promise<InvitationRow[]> {
  const bound = new Bound()
  const conditions = [ofFacility(bound, access)]
  if (filter.status) conditions.push(`${standing} = ${bound.bind(filter.status)}`)
  if (filter.programme) conditions.push(`i.programme = ${bound.bind(filter.programme)}`)
  if (filter.clientId) conditions.push(`i.client_id = ${bound.bind(filter.clientId)}`)
  if (after) conditions.push(`i.id < ${bound.bind(after[0])}::uuid`)
  const text = `select ${columns} from check_invitations i ${joins} where ${conditions.join(' and ')} order by i.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findInvitation(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<InvitationRow | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from check_invitations i ${joins} where ${ofFacility(bound, access)} and i.id = ${bound.bind(id)}`
  return (await ask<InvitationRow>(tx, text, bound.values))[0]
}

export async function lockInvitation(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from check_invitations where county_code = $1 and id = $2 for no key update', [
    access.county,
    id,
  ])
}

export type NewInvitationRow = {
  id: Id
  clientId: Id
  divisionCode: DivisionCode
  programme: string
  cycleFrom: CivilDate
  cycleTo: CivilDate
  sessionId: Id | null
  offerId: Id | null
  channel: string
}
export async function insertRequested(
  tx: Transaction,
  access: Access,
  row: NewInvitationRow,
  on: CivilDate,
  at: Date,
): Promise<void> {
  const text = `insert into check_invitations (county_code, id, client_id, facility_id, division_code, programme, cycle_from, cycle_to, session_id, offer_id, channel, origin,
    status, sent_at, reminders, answered_on, recorded_at, recorded_by, updated_at, version)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'REQUEST', 'ACCEPTED', $12, 0, $13, $12, $14, $12, 1)`
  const { id, clientId, divisionCode, programme, cycleFrom, cycleTo, sessionId, offerId, channel } = row
  await ask(tx, text, [
    ...[access.county, id, clientId, access.facility, divisionCode, programme, cycleFrom, cycleTo, sessionId],
    ...[offerId, channel, at, on, access.actorId],
  ])
}

export async function answerInvitation(
  tx: Transaction,
  access: Access,
  id: Id,
  status: InvitationStatus,
  on: CivilDate,
  at: Date,
): Promise<void> {
  const text = `update check_invitations set status = $3, answered_on = $4, updated_at = $5, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, status, on, at])
}

/** Whoever wants no more letters has none left open. */
export async function optOutOfAll(
  tx: Transaction,
  access: Access,
  clientId: Id,
  on: CivilDate,
  at: Date,
): Promise<Id[]> {
  const text = `update check_invitations set status = 'OPTED_OUT', answered_on = $4, updated_at = $5, version = version + 1
  where county_code = $1 and facility_id = $2 and client_id = $3 and status in ('PLANNED', 'SENT', 'ACCEPTED') returning offer_id as "offerId"`
  const rows = await ask<{ offerId: Id | null }>(tx, text, [access.county, access.facility, clientId, on, at])
  return rows.flatMap(({ offerId }) => offerId ?? [])
}

export async function remindInvitation(
  tx: Transaction,
  access: Access,
  id: Id,
  channel: string,
  at: Date,
): Promise<void> {
  const text = `update check_invitations set reminders = reminders + 1, reminded_at = $3, channel = $4, updated_at = $3, version = version + 1
  where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, at, channel])
}

/** Whether an offer still stands for another invitation. */
export async function isOfferStillWanted(tx: Transaction, access: Access, offerId: Id): Promise<boolean> {
  const text = `select id from check_invitations where county_code = $1 and offer_id = $2 and status in ('PLANNED', 'SENT', 'ACCEPTED') limit 1`
  return (await ask(tx, text, [access.county, offerId])).length > 0
}

export type Audience = {
  code: string
  category: string
  audience: string
  sex: string | null
  bornFrom: CivilDate
  bornTo: CivilDate
  cycleFrom: CivilDate
  cycleTo: CivilDate
}

/** Everybody at once, in the database. */
export async function inviteAll(
  tx: Transaction,
  access: Access,
  sessions: readonly Id[],
  audiences: readonly Audience[],
  channel: string,
  { today, at }: { today: CivilDate; at: Date },
): Promise<Inviting> {
  const text = `select invited, already, opted_out as "optedOut", seen from app.invite_to_checks($1, $2, $3, $4::jsonb, $5, $6, $7, $8)`
  const [told] = await ask<Inviting>(tx, text, [
    ...[
      access.county,
      access.facility,
      sessions,
      JSON.stringify(audiences),
      channel,
      today,
      access.actorId,
      at,
    ],
  ])
  return told!
}

export type InvitedSession = { id: Id; category: string; status: string; onDay: CivilDate }
/** A session of the facility that asks. */
export async function findOwnSession(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<InvitedSession | undefined> {
  const text = `select id, category, status, on_day as "onDay" from check_sessions where county_code = $1 and id = $2 and facility_id = $3`
  return (await ask<InvitedSession>(tx, text, [access.county, id, access.facility]))[0]
}

export type AttendanceRow = Omit<Attendance, 'village'> & {
  divisionCode: DivisionCode
  divisionName: string | null
}

/** Who is invited to a session, and who came without; by name. */
export async function selectAttendance(
  tx: Transaction,
  access: Access,
  sessionId: Id,
  status: InvitationStatus | undefined,
  after: readonly [string, string] | null,
  limit: number,
): Promise<AttendanceRow[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const session = bound.bind(sessionId)
  const facility = bound.bind(access.facility)
  const conditions = ['true']
  if (status) conditions.push(`l.status = ${bound.bind(status)}`)
  if (after)
    conditions.push(`(c.name, l.key) > (${bound.bind(after[0])} collate "C", ${bound.bind(after[1])}::uuid)`)
  const text = `with listed as (
    select i.id as key, i.id as "invitationId", i.client_id as "clientId", i.division_code, i.programme, ${standing} as status, i.version, v.id as "visitId", coalesce(v.items, '{}') as items
    from check_invitations i left join service_offers o on o.county_code = i.county_code and o.id = i.offer_id
    left join lateral (select v.id, v.items from check_visits v where v.county_code = ${county} and v.session_id = ${session} and v.client_id = i.client_id
      and v.facility_id = ${facility} and v.voided_at is null order by v.recorded_at limit 1) v on true
    where i.county_code = ${county} and i.session_id = ${session} and i.facility_id = ${facility}
    union all
    select v.id, null, v.client_id, v.division_code, v.programme, 'ATTENDED', null, v.id, v.items from check_visits v
    where v.county_code = ${county} and v.session_id = ${session} and v.facility_id = ${facility} and v.voided_at is null
      and not exists (select from check_invitations i where i.county_code = ${county} and i.session_id = ${session} and i.facility_id = ${facility} and i.client_id = v.client_id)
  )
  select l.key as "key", l."invitationId", l."clientId", c.name, c.sex, c.birth_date as "birthDate", l.division_code as "divisionCode", d.name as "divisionName", l.programme, l.status, l.version, l."visitId", l.items
  from listed l cross join lateral app.client_of(${county}, l."clientId") c left join divisions d on d.code = l.division_code and d.valid_to is null
  where ${conditions.join(' and ')} order by c.name collate "C", l.key limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}
