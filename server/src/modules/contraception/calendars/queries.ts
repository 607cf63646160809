import type { CheckCalendar, PlanExecution, Unplaced } from '@youyu/shared/contraception/calendars'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import type { UnplacedNeed } from './rules-county.ts'

export type CalendarRow = Omit<CheckCalendar, 'division' | 'recordedAt' | 'publishedAt'> & {
  divisionCode: DivisionCode
  divisionName: string | null
  recordedAt: Date
  publishedAt: Date | null
}

const columns = `c.id, c.division_code as "divisionCode", d.name as "divisionName", c.year, c.from_on as "fromOn", c.to_on as "toOn", c.status, c.villages, c.sessions,
  c.unplaced, c.job_id as "jobId", c.recorded_at as "recordedAt", c.published_at as "publishedAt", c.version`
const place = 'left join divisions d on d.code = c.division_code and d.valid_to is null'

export async function selectCalendars(
  tx: Transaction,
  access: Access,
  filter: { year?: number | undefined; status?: string | undefined },
  after: readonly [string] | null,
  limit: number,
): Promise<CalendarRow[]> {
  const bound = new Bound()
  const conditions = [`c.county_code = ${bound.bind(access.county)}`]
  if (filter.year) conditions.push(`c.year = ${bound.bind(filter.year)}`)
  if (filter.status) conditions.push(`c.status = ${bound.bind(filter.status)}`)
  if (after) conditions.push(`c.id < ${bound.bind(after[0])}::uuid`)
  const text = `select ${columns} from check_calendars c ${place} where ${conditions.join(' and ')} order by c.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findCalendar(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<CalendarRow | undefined> {
  const text = `select ${columns} from check_calendars c ${place} where c.county_code = $1 and c.id = $2`
  return (await ask<CalendarRow>(tx, text, [access.county, id]))[0]
}

export async function lockCalendar(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from check_calendars where county_code = $1 and id = $2 for no key update', [
    access.county,
    id,
  ])
}

export async function hasCalendarOf(
  tx: Transaction,
  access: Access,
  year: number,
  statuses: readonly string[],
): Promise<boolean> {
  const text =
    'select id from check_calendars where county_code = $1 and year = $2 and status = any($3) limit 1'
  return (await ask(tx, text, [access.county, year, statuses])).length > 0
}

export type NewCalendarRow = {
  id: Id
  divisionCode: DivisionCode
  year: number
  fromOn: CivilDate
  toOn: CivilDate
  jobId: Id
}
export async function insertCalendar(
  tx: Transaction,
  access: Access,
  row: NewCalendarRow,
  at: Date,
): Promise<void> {
  const text = `insert into check_calendars (county_code, id, division_code, year, from_on, to_on, status, villages, sessions, unplaced, job_id, recorded_at, recorded_by, updated_at, version)
  values ($1, $2, $3, $4, $5, $6, 'PLANNING', 0, 0, 0, $7, $8, $9, $8, 1)`
  const { id, divisionCode, year, fromOn, toOn, jobId } = row
  await ask(tx, text, [access.county, id, divisionCode, year, fromOn, toOn, jobId, at, access.actorId])
}

export async function setStatus(
  tx: Transaction,
  access: Access,
  id: Id,
  status: CheckCalendar['status'],
  at: Date,
): Promise<void> {
  const text = `update check_calendars set status = $3, updated_at = $4, version = version + 1,
    published_at = case when $3 = 'PUBLISHED' then $4::timestamptz else published_at end, published_by = case when $3 = 'PUBLISHED' then $5::uuid else published_by end
  where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, status, at, access.actorId])
}

/** The figures of a calendar as its sessions now are. */
export async function countCalendar(
  tx: Transaction,
  access: Access,
  id: Id,
  status: CheckCalendar['status'],
  at: Date,
): Promise<void> {
  const text = `update check_calendars c set status = $3, updated_at = $4, version = c.version + 1, sessions = s.sessions, villages = s.villages, unplaced = u.unplaced
  from (select count(*)::int as sessions, count(distinct division_code)::int as villages from check_sessions where county_code = $1 and calendar_id = $2 and status <> 'CANCELLED') s,
    (select count(*)::int as unplaced from check_unplaced where county_code = $1 and calendar_id = $2) u
  where c.county_code = $1 and c.id = $2`
  await ask(tx, text, [access.county, id, status, at])
}

type UnplacedRow = Omit<Unplaced, 'village'> & { divisionCode: DivisionCode; divisionName: string | null }

export async function selectUnplaced(
  tx: Transaction,
  access: Access,
  calendarId: Id,
  reason: string | undefined,
  after: readonly [string, string] | null,
  limit: number,
): Promise<UnplacedRow[]> {
  const bound = new Bound()
  const conditions = [
    `u.county_code = ${bound.bind(access.county)} and u.calendar_id = ${bound.bind(calendarId)}`,
  ]
  if (reason) conditions.push(`u.reason = ${bound.bind(reason)}`)
  if (after)
    conditions.push(`(u.division_code, u.category) > (${bound.bind(after[0])}, ${bound.bind(after[1])})`)
  const text = `select u.division_code as "divisionCode", d.name as "divisionName", u.category, u.days, u.reason, u.hindrances from check_unplaced u
  left join divisions d on d.code = u.division_code and d.valid_to is null
  where ${conditions.join(' and ')} order by u.division_code, u.category limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function replaceUnplaced(
  tx: Transaction,
  access: Access,
  calendarId: Id,
  rows: readonly UnplacedNeed[],
): Promise<void> {
  await ask(tx, 'delete from check_unplaced where county_code = $1 and calendar_id = $2', [
    access.county,
    calendarId,
  ])
  const text = `insert into check_unplaced (county_code, id, calendar_id, division_code, category, days, reason, hindrances)
  select $1, app.derived_id($2::text || "divisionCode" || category), $2::uuid, "divisionCode", category, days, reason, hindrances
  from jsonb_to_recordset($3::jsonb) as r ("divisionCode" text, category text, days integer, reason text, hindrances jsonb)`
  await ask(tx, text, [access.county, calendarId, JSON.stringify(rows)])
}

/** By station: what is due, held on its day, moved, cancelled (CON-17). */
export async function selectExecution(
  tx: Transaction,
  access: Access,
  calendarId: Id,
  today: CivilDate,
): Promise<PlanExecution[]> {
  const text = `select t.id as "stationId", t.name as station, count(*)::int as planned,
    count(*) filter (where s.published_on < $3::date)::int as due,
    count(*) filter (where s.status = 'HELD' and s.held_on = s.published_on)::int as "heldOnDay",
    count(*) filter (where s.status = 'HELD' and s.held_on is distinct from s.published_on)::int as "heldMoved",
    count(*) filter (where s.status = 'CANCELLED')::int as cancelled,
    coalesce(sum(s.slots) filter (where s.status = 'HELD'), 0)::int as slots,
    coalesce(sum(s.attended) filter (where s.status = 'HELD'), 0)::int as attended
  from check_sessions s join check_stations t on t.county_code = s.county_code and t.id = s.station_id
  where s.county_code = $1 and s.calendar_id = $2 and s.published_on is not null group by t.id, t.name, t.division_code order by t.division_code, t.id`
  return await ask(tx, text, [access.county, calendarId, today])
}
