import type { CheckSession, CheckSessionChange } from '@youyu/shared/contraception/sessions'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type SessionRow = Omit<CheckSession, 'station' | 'village' | 'category'> & {
  category: NonNullable<CheckSession['category']>
  stationId: Id
  stationName: string
  facilityId: Id
  divisionCode: DivisionCode
  divisionName: string | null
  attended: number
}

const columns = `s.id, s.calendar_id as "calendarId", s.station_id as "stationId", t.name as "stationName", s.facility_id as "facilityId",
  s.division_code as "divisionCode", d.name as "divisionName", s.category, s.team, s.published_on as "publishedOn", s.on_day as "on", s.slots, s.expected,
  s.distance_class as "distanceClass", s.transport, s.status, s.held_on as "heldOn", s.attended, s.reason, s.version`
const joins = `join check_stations t on t.county_code = s.county_code and t.id = s.station_id
  left join divisions d on d.code = s.division_code and d.valid_to is null`

/** The first gate: sessions in the area, and in care those of the facility. */
function sessionsOfCounty(bound: Bound, access: Access, alias: string): string {
  const area = within(bound, `${alias}.division_code`, access.prefixes)
  const own = access.facility ? ` or ${alias}.facility_id = ${bound.bind(access.facility)}` : ''
  return `${alias}.county_code = ${bound.bind(access.county)} and (${area}${own})`
}

export type SessionQuestion = {
  calendarId?: Id | undefined
  stationId?: Id | undefined
  prefix?: string | undefined
  category?: string | undefined
  status?: string | undefined
  from?: CivilDate | undefined
  to?: CivilDate | undefined
  withProposals: boolean
  after: readonly [string, string] | null
  limit: number
}

export async function selectSessions(
  tx: Transaction,
  access: Access,
  question: SessionQuestion,
): Promise<SessionRow[]> {
  const { calendarId, stationId, prefix, category, status, from, to, after } = question
  const bound = new Bound()
  const conditions = [sessionsOfCounty(bound, access, 's')]
  if (calendarId) conditions.push(`s.calendar_id = ${bound.bind(calendarId)}`)
  if (stationId) conditions.push(`s.station_id = ${bound.bind(stationId)}`)
  if (prefix) conditions.push(within(bound, 's.division_code', [prefix]))
  if (category) conditions.push(`s.category = ${bound.bind(category)}`)
  if (status) conditions.push(`s.status = ${bound.bind(status)}`)
  if (!question.withProposals) conditions.push(`s.status <> 'PROPOSED'`)
  if (from) conditions.push(`s.on_day >= ${bound.bind(from)}::date`)
  if (to) conditions.push(`s.on_day <= ${bound.bind(to)}::date`)
  if (after)
    conditions.push(`(s.on_day, s.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from check_sessions s ${joins} where ${conditions.join(' and ')} order by s.on_day, s.id limit ${bound.bind(question.limit)}`
  return await ask(tx, text, bound.values)
}

export async function findSession(tx: Transaction, access: Access, id: Id): Promise<SessionRow | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from check_sessions s ${joins} where ${sessionsOfCounty(bound, access, 's')} and s.id = ${bound.bind(id)}`
  return (await ask<SessionRow>(tx, text, bound.values))[0]
}

export async function lockSession(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from check_sessions where county_code = $1 and id = $2 for no key update', [
    access.county,
    id,
  ])
}

export async function selectChanges(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<(Omit<CheckSessionChange, 'at'> & { at: Date })[]> {
  const text = `select kind, from_on as "fromOn", to_on as "toOn", reason, recorded_at as at from check_session_changes
  where county_code = $1 and session_id = $2 order by recorded_at, id`
  return await ask(tx, text, [access.county, id])
}

export type SessionChange = {
  id: Id
  sessionId: Id
  divisionCode: DivisionCode
  kind: CheckSessionChange['kind']
  fromOn: CivilDate | null
  toOn: CivilDate | null
  fromStation: Id | null
  toStation: Id | null
  reason: string
}

export async function insertChanges(
  tx: Transaction,
  access: Access,
  changes: readonly SessionChange[],
  at: Date,
): Promise<void> {
  const text = `insert into check_session_changes (county_code, id, session_id, division_code, kind, from_on, to_on, from_station, to_station, reason, recorded_at, recorded_by)
  select $1, id, "sessionId", "divisionCode", kind, "fromOn", "toOn", "fromStation", "toStation", reason, $3, $4 from jsonb_to_recordset($2::jsonb)
  as r (id uuid, "sessionId" uuid, "divisionCode" text, kind text, "fromOn" date, "toOn" date, "fromStation" uuid, "toStation" uuid, reason text)`
  await ask(tx, text, [access.county, JSON.stringify(changes), at, access.actorId])
}

export async function moveSession(
  tx: Transaction,
  access: Access,
  id: Id,
  { on, team }: { on: CivilDate; team: number },
  at: Date,
): Promise<void> {
  const text = `update check_sessions set on_day = $3, team = $4, changed_at = $5, changed_by = $6, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, on, team, at, access.actorId])
}

export async function cancelSession(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<void> {
  const text = `update check_sessions set status = 'CANCELLED', reason = $3, changed_at = $4, changed_by = $5, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, reason, at, access.actorId])
}

export async function holdSession(
  tx: Transaction,
  access: Access,
  id: Id,
  heldOn: CivilDate,
  at: Date,
): Promise<void> {
  const text = `update check_sessions set status = 'HELD', held_on = $3, changed_at = $4, changed_by = $5, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, heldOn, at, access.actorId])
}

/** Who did not come had been asked, and is not asked again in the cycle. */
export async function closeInvitations(tx: Transaction, access: Access, id: Id, at: Date): Promise<void> {
  await ask(tx, 'select app.close_check_invitations($1, $2, $3)', [access.county, id, at])
}

/** Whether the session's station works on a day and its village has time for it. */
export async function isFreeDay(
  tx: Transaction,
  access: Access,
  { stationId, divisionCode }: Pick<SessionRow, 'stationId' | 'divisionCode'>,
  on: CivilDate,
): Promise<boolean> {
  const text = `select coalesce((select h.is_workday from holidays h where h.day = $3::date), extract(isodow from $3::date)::int = any(t.weekdays))
    and t.opened_on <= $3::date and (t.closed_on is null or t.closed_on > $3::date)
    and not exists (select from busy_periods b where b.county_code = $1 and $3::date between b.from_on and b.to_on
      and b.division_code in ($4, rpad(left($4, 9), 12, '0'), rpad(left($4, 6), 12, '0'))) as free
  from check_stations t where t.county_code = $1 and t.id = $2`
  const [row] = await ask<{ free: boolean }>(tx, text, [access.county, stationId, on, divisionCode])
  return row?.free ?? false
}
