import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { within } from '../../../population/index.ts'

export type AttendanceRow = {
  id: Id
  sessionId: Id
  clientId: Id
  chainId: Id | null
  occurredOn: CivilDate
  name: string
  birthDate: CivilDate
}

export async function selectAttendances(
  tx: Asking,
  { county, facility }: Access,
  sessionId: Id,
  after: Id | null,
  limit: number,
): Promise<AttendanceRow[]> {
  const text = `select a.id, a.session_id as "sessionId", a.client_id as "clientId", a.chain_id as "chainId", a.occurred_on as "occurredOn", c.name, c.birth_date as "birthDate"
    from education_attendances a cross join lateral app.client_of(a.county_code, a.client_id) c
    where a.county_code = $1 and a.facility_id = $2 and a.session_id = $3 and a.voided_at is null and ($4::uuid is null or a.id < $4)
    order by a.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, [county, facility, sessionId, after])
}

/** Of my facility; an education or a training, or a round at which people were told. */
export async function findSession(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
): Promise<{ occurredOn: CivilDate } | undefined> {
  const text = `select occurred_on as "occurredOn" from outreach_sessions where county_code = $1 and id = $2 and facility_id = $3 and voided_at is null`
  return (await ask<{ occurredOn: CivilDate }>(tx, text, [county, id, facility]))[0]
}

export async function insertAttendance(
  tx: Asking,
  { county, facility, actorId }: Access,
  row: Pick<AttendanceRow, 'id' | 'sessionId' | 'clientId' | 'chainId' | 'occurredOn'>,
  at: Date,
): Promise<void> {
  const text = `insert into education_attendances (county_code, id, session_id, client_id, facility_id, chain_id, occurred_on, recorded_at, recorded_by, source)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'MANUAL')`
  const { id, sessionId, clientId, chainId, occurredOn } = row
  await ask(tx, text, [county, id, sessionId, clientId, facility, chainId, occurredOn, at, actorId])
}

/** Sessions and person-times by kind; sessions of the area alone, nobody's name. */
export async function countSessions(
  tx: Asking,
  access: Access,
  { from, to }: { from: CivilDate; to: CivilDate },
): Promise<{ kind: string; sessions: number; audience: number }[]> {
  const bound = new Bound()
  const text = `select o.kind, count(*)::int as sessions, sum(o.audience)::int as audience from outreach_sessions o
    where o.county_code = ${bound.bind(access.county)} and ${within(bound, 'o.division_code', access.prefixes)} and o.voided_at is null
      and o.occurred_on >= ${bound.bind(from)}::date and o.occurred_on <= ${bound.bind(to)}::date group by o.kind order by o.kind`
  return await ask(tx, text, bound.values)
}
