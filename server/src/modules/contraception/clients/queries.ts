import type { TodayReason } from '@youyu/shared/contraception/clients'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import type { Counted } from '../statistics/index.ts'
import type { ClientFacts, ClientQuestion } from './rules.ts'

/** A visit that a part belongs to: it knows the client, keeps and logs her, and counts for all its parts at once. */
export type Visit = { client: Promise<ClientFacts>; counted: Counted[] }

const facts = `c.id, c.name, c.sex, c.birth_date as "birthDate", c.id_number_mask as "idNumberMask", c.phone_mask as "phoneMask",
  c.residence_division as "residenceDivision", c.marital_status as "maritalStatus", c.status`

export async function selectClient(tx: Asking, { county }: Access, id: Id): Promise<ClientFacts | undefined> {
  const [client] = await ask<ClientFacts>(tx, `select ${facts} from app.client_of($1, $2) c`, [county, id])
  return client
}

export type ListedClient = ClientFacts & {
  residenceName: string | null
  isMine: boolean
  lastSeenOn: CivilDate | null
}

/** In the order of the ids. */
export async function selectClients(
  tx: Asking,
  { county, facility }: Access,
  ids: readonly Id[],
): Promise<ListedClient[]> {
  return await ask(
    tx,
    `select ${facts}, d.name as "residenceName", k.client_id is not null as "isMine", k.last_on as "lastSeenOn"
     from unnest($3::uuid[]) with ordinality as w (id, place)
     cross join lateral app.client_of($1, w.id) c
     left join care_clients k on k.county_code = $1 and k.facility_id = $2 and k.client_id = c.id
     left join divisions d on d.code = c.residence_division and d.valid_to is null
     order by w.place`,
    [county, facility, ids],
  )
}

/** My own by name or sound; whoever else only by what she alone can say. */
export async function searchClientIds(
  tx: Asking,
  access: Access,
  question: ClientQuestion,
  hashOf: { number(number: string): Buffer; phone(digits: string): Buffer },
  limit: number,
): Promise<Id[]> {
  const rows =
    question.by === 'name' || question.by === 'pinyin'
      ? await searchOwn(tx, access, question, limit)
      : await ask<{ id: Id }>(tx, 'select id from app.find_clients($1, $2, $3, $4, $5) as found (id)', [
          access.county,
          question.by === 'id-number' ? hashOf.number(question.number) : null,
          question.by === 'phone' ? hashOf.phone(question.digits) : null,
          ...(question.by === 'name-and-birth-date' ? [question.name, question.birthDate] : [null, null]),
        ])
  return rows.map(({ id }) => id).slice(0, limit)
}

async function searchOwn(
  tx: Asking,
  { county, facility }: Access,
  { by, lo, hi }: ClientQuestion & { by: 'name' | 'pinyin' },
  limit: number,
): Promise<{ id: Id }[]> {
  const mine = `join care_clients k on k.county_code = p.county_code and k.facility_id = $2 and k.client_id = p.id`
  const branch = (column: string) =>
    `(select p.id, p.${column} as key from persons p ${mine}
      where p.county_code = $1 and p.status <> 'MERGED' and p.${column} >= $3 and p.${column} < $4 order by p.${column}, p.id limit $5)`
  const text =
    by === 'name'
      ? `select id from ${branch('name')} found order by key, id`
      : `select id from (${branch('name_pinyin')} union ${branch('name_initials')}) found group by id order by min(key), id limit $5`
  return await ask(tx, text, [county, facility, lo, hi, limit])
}

/** Who comes on the day, and for what. */
export async function selectReasons(
  tx: Asking,
  { county, facility }: Access,
  on: CivilDate,
): Promise<(TodayReason & { clientId: Id })[]> {
  return await ask(
    tx,
    `select client_id as "clientId", 'ENCOUNTER' as kind, id, place as what from encounters
       where county_code = $1 and facility_id = $2 and occurred_on = $3 and voided_at is null
     union all
     select client_id, 'CONTACT', id, next_contact_mode from encounters
       where county_code = $1 and facility_id = $2 and next_contact_on = $3 and voided_at is null
     union all
     select client_id, 'PROCEDURE', id, type from procedures
       where county_code = $1 and facility_id = $2 and scheduled_on = $3 and performed_on is null and cancelled_on is null
         and voided_at is null
     union all
     select client_id, 'TASK', id, step from follow_up_tasks
       where county_code = $1 and facility_id = $2 and booked_on = $3 and status = 'BOOKED'
     union all
     select i.client_id, 'SESSION', i.id, 'CHECK_UP' from check_invitations i
       join check_sessions s on s.county_code = $1 and s.id = i.session_id
       where i.county_code = $1 and i.facility_id = $2 and i.status = 'ACCEPTED' and s.on_day = $3 and s.status in ('PLANNED', 'HELD')`,
    [county, facility, on],
  )
}

export type Glance = {
  currentMethods: {
    episodeId: Id
    method: string
    deviceType: string | null
    startedOn: CivilDate
    expectedEndOn: CivilDate | null
    isDual: boolean
  }[]
  lastEncounters: { id: Id; occurredOn: CivilDate; place: string }[]
  openProcedures: {
    id: Id
    type: string
    status: string
    requestedOn: CivilDate
    scheduledOn: CivilDate | null
  }[]
  openTasks: { id: Id; step: string; dueFrom: CivilDate; dueTo: CivilDate; status: string }[]
  consents: { id: Id; kind: string; givenOn: CivilDate }[]
}

const gathered = (rows: string) => `(select coalesce(jsonb_agg(to_jsonb(r)), '[]') from (${rows}) r)`

/** What is open and in use on a day; methods recorded elsewhere where she let them be shared. */
export async function selectGlance(
  tx: Asking,
  { county, facility }: Access,
  clientId: Id,
  on: CivilDate,
): Promise<Glance> {
  const [glance] = await ask<Glance>(
    tx,
    `select
      ${gathered(`select e.id as "episodeId", e.method, e.device_type as "deviceType", e.started_on as "startedOn",
        e.expected_end_on as "expectedEndOn", e.is_dual as "isDual" from method_episodes e
        where e.county_code = $1 and e.client_id = $3 and e.voided_at is null and e.started_on <= $4
          and (e.ended_on is null or e.ended_on > $4) order by e.is_dual, e.started_on`)} as "currentMethods",
      ${gathered(`select e.id, e.occurred_on as "occurredOn", e.place from encounters e
        where e.county_code = $1 and e.facility_id = $2 and e.client_id = $3 and e.voided_at is null
        order by e.occurred_on desc, e.id desc limit 5`)} as "lastEncounters",
      ${gathered(`select p.id, p.type, p.status, p.requested_on as "requestedOn", p.scheduled_on as "scheduledOn" from procedures p
        where p.county_code = $1 and p.facility_id = $2 and p.client_id = $3 and p.voided_at is null
          and p.performed_on is null and p.cancelled_on is null order by p.requested_on`)} as "openProcedures",
      ${gathered(`select t.id, t.step, t.due_from as "dueFrom", t.due_to as "dueTo", t.status from follow_up_tasks t
        where t.county_code = $1 and t.facility_id = $2 and t.client_id = $3 and t.status in ('PLANNED', 'OFFERED', 'BOOKED')
        order by t.due_from limit 20`)} as "openTasks",
      ${gathered(`select c.id, c.kind, c.given_on as "givenOn" from care_consents c
        where c.county_code = $1 and c.facility_id = $2 and c.client_id = $3 and c.voided_at is null and c.withdrawn_on is null
        order by c.given_on desc`)} as consents`,
    [county, facility, clientId, on],
  )
  return glance as Glance
}

/** She was seen: from now on her entry is open to the facility. */
export async function keepClient(
  tx: Asking,
  { county, facility }: Access,
  { clientId, on, encounters }: { clientId: Id; on: CivilDate; encounters: number },
): Promise<void> {
  await ask(
    tx,
    `insert into care_clients as kept (county_code, facility_id, client_id, first_on, last_on, encounters)
     values ($1, $2, $3, $4, $4, greatest($5, 0))
     on conflict (county_code, facility_id, client_id) do update set
       first_on = least(kept.first_on, excluded.first_on), last_on = greatest(kept.last_on, excluded.last_on),
       encounters = kept.encounters + $5`,
    [county, facility, clientId, on, encounters],
  )
}
