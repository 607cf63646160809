import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** A session as a plan knows it. */
export type PlannedSession = {
  id: Id
  stationId: Id
  facilityId: Id
  divisionCode: string
  category: string
  team: number
  onDay: CivilDate
  slots: number
  expected: number
  distanceClass: string
  transport: string
}

const recordset = `jsonb_to_recordset($2::jsonb) as r (id uuid, "stationId" uuid, "facilityId" uuid, "divisionCode" text, category text, team integer, "onDay" date,
  slots integer, expected integer, "distanceClass" text, transport text)`

export async function insertSessions(
  tx: Transaction,
  access: Access,
  calendarId: Id,
  sessions: readonly PlannedSession[],
  status: 'PROPOSED' | 'PLANNED',
  at: Date,
): Promise<void> {
  const text = `insert into check_sessions (county_code, id, calendar_id, station_id, facility_id, division_code, category, team, published_on, on_day, slots, expected,
    distance_class, transport, status, attended, changed_at, changed_by, recorded_at, version)
  select $1, id, $3, "stationId", "facilityId", "divisionCode", category, team, case when $4 = 'PLANNED' then "onDay" end, "onDay", slots, expected, "distanceClass", transport, $4, 0, $5, $6, $5, 1
  from ${recordset}`
  await ask(tx, text, [access.county, JSON.stringify(sessions), calendarId, status, at, access.actorId])
}

export async function publishSessions(
  tx: Transaction,
  access: Access,
  calendarId: Id,
  at: Date,
): Promise<void> {
  const text = `update check_sessions set status = 'PLANNED', published_on = on_day, changed_at = $3, changed_by = $4, version = version + 1
  where county_code = $1 and calendar_id = $2 and status = 'PROPOSED'`
  await ask(tx, text, [access.county, calendarId, at, access.actorId])
}

export async function deleteProposals(tx: Transaction, access: Access, calendarId: Id): Promise<void> {
  const text = `delete from check_sessions where county_code = $1 and calendar_id = $2 and status = 'PROPOSED'`
  await ask(tx, text, [access.county, calendarId])
}

export async function sessionsInPlan(
  tx: Transaction,
  access: Access,
  calendarId: Id,
): Promise<(PlannedSession & { isHeld: boolean })[]> {
  const text = `select id, station_id as "stationId", facility_id as "facilityId", division_code as "divisionCode", category, team, on_day as "onDay", slots, expected,
    distance_class as "distanceClass", transport, status = 'HELD' as "isHeld" from check_sessions
  where county_code = $1 and calendar_id = $2 and status in ('PLANNED', 'HELD') order by on_day, id for no key update`
  return await ask(tx, text, [access.county, calendarId])
}

/** Out of the way first: a session may move to where another one that moves was. */
export async function moveSessions(
  tx: Transaction,
  access: Access,
  moved: readonly PlannedSession[],
  reason: string,
  at: Date,
): Promise<void> {
  await cancelSessions(
    tx,
    access,
    moved.map(({ id }) => id),
    reason,
    at,
  )
  const text = `update check_sessions s set status = 'PLANNED', reason = null, station_id = r."stationId", facility_id = r."facilityId", team = r.team, on_day = r."onDay",
    slots = r.slots, expected = r.expected, distance_class = r."distanceClass", transport = r.transport
  from ${recordset} where s.county_code = $1 and s.id = r.id`
  await ask(tx, text, [access.county, JSON.stringify(moved)])
}

export async function cancelSessions(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
  reason: string,
  at: Date,
): Promise<void> {
  const text = `update check_sessions set status = 'CANCELLED', reason = $3, changed_at = $4, changed_by = $5, version = version + 1
  where county_code = $1 and id = any($2)`
  await ask(tx, text, [access.county, ids, reason, at, access.actorId])
}
