import type { Replanning } from '@youyu/shared/contraception/calendars'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import {
  cancelSessions,
  insertChanges,
  insertSessions,
  moveSessions,
  sessionsInPlan,
  type SessionChange,
} from '../sessions/index.ts'
import { gather } from './gathering.ts'
import { countCalendar, findCalendar, lockCalendar, replaceUnplaced, type CalendarRow } from './queries.ts'
import { namesOf } from './queries-county.ts'
import { addDays } from './rules-days.ts'
import { replan, type ExistingSession, type Replan } from './rules-replanning.ts'

type Wish = { reason: string; fromOn?: CivilDate | undefined }

/** A published calendar after a change: what is held stays, as little as possible moves. */
export async function replanCalendar(
  { db, now }: Office,
  access: Access,
  id: Id,
  { reason, fromOn }: Wish,
  isDry: boolean,
): Promise<Replanning> {
  const at = now()
  const tomorrow = addDays(todayOf(at), 1)
  const first = fromOn !== undefined && fromOn > tomorrow ? fromOn : tomorrow
  const { idempotency, ...rest } = access
  const rights = isDry || !idempotency ? rest : access
  return await longCommand(db, rights, async (tx) => {
    await lockCalendar(tx, access, id)
    const calendar = await findCalendar(tx, access, id)
    if (!calendar) throw new Refused('not-found')
    if (calendar.status !== 'PUBLISHED') throw new Refused('calendar-state')
    const year = `${calendar.year}-01-01`
    const gathered = await gather(tx, access, { year: calendar.year, from: year, to: calendar.toOn })
    const existing = (await sessionsInPlan(tx, access, id)) as ExistingSession[]
    const found = replan(
      gathered.county,
      gathered.needs,
      existing,
      first < calendar.fromOn ? calendar.fromOn : first,
      gathered.merged,
    )
    if (!isDry) await write(tx, access, calendar, found, reason, at)
    return await shownReplanning(tx, found)
  })
}

async function write(
  tx: Transaction,
  access: Access,
  { id, divisionCode }: CalendarRow,
  { moved, dropped, added, unplaced }: Replan,
  reason: string,
  at: Date,
): Promise<void> {
  await cancelSessions(
    tx,
    access,
    dropped.map(({ session }) => session.id),
    reason,
    at,
  )
  await moveSessions(
    tx,
    access,
    moved.map(({ session, to }) => ({ ...to, id: session.id })),
    reason,
    at,
  )
  const rows = added.map((session) => ({ ...session, id: newId(at.getTime()) }))
  await insertSessions(tx, access, id, rows, 'PLANNED', at)
  await insertChanges(tx, access, changesOf(moved, dropped, reason, at), at)
  await replaceUnplaced(tx, access, id, unplaced)
  await countCalendar(tx, access, id, 'PUBLISHED', at)
  const fields = [`moved ${moved.length}`, `cancelled ${dropped.length}`, `added ${added.length}`]
  await record(
    tx,
    access,
    { action: 'change', entity: 'check-calendar', entityId: id, division: divisionCode, fields, reason },
    at,
  )
}

function changesOf(
  moved: Replan['moved'],
  dropped: Replan['dropped'],
  reason: string,
  at: Date,
): SessionChange[] {
  const of = ({ id, divisionCode, onDay, stationId }: ExistingSession) => ({
    ...{
      id: newId(at.getTime()),
      sessionId: id,
      divisionCode,
      fromOn: onDay,
      fromStation: stationId,
      reason,
    },
  })
  return [
    ...moved.map(({ session, to }) => ({
      ...{ ...of(session), kind: 'MOVED' as const, toOn: to.onDay, toStation: to.stationId },
    })),
    ...dropped.map(({ session }) => ({
      ...{ ...of(session), kind: 'CANCELLED' as const, toOn: null, toStation: null },
    })),
  ]
}

async function shownReplanning(tx: Transaction, found: Replan): Promise<Replanning> {
  const { kept, moved, dropped, added, unplaced } = found
  const names = await namesOf(tx, [
    ...[...moved, ...dropped].map(({ session }) => session.divisionCode),
    ...unplaced.map(({ divisionCode }) => divisionCode),
  ])
  const village = (code: string) => ({ code, name: names.get(code) ?? code })
  const line = ({ id, divisionCode, category, onDay, stationId }: ExistingSession) => ({
    ...{ sessionId: id, village: village(divisionCode), category, fromOn: onDay, fromStation: stationId },
  })
  return {
    kept: kept.length,
    moved: moved.map(({ session, to, reason }) => ({
      ...{ ...line(session), toOn: to.onDay, toStation: to.stationId, reason },
    })),
    cancelled: dropped.map(({ session, reason }) => ({
      ...{ ...line(session), toOn: null, toStation: null, reason },
    })),
    added: added.length,
    unplaced: unplaced.map(({ divisionCode, ...rest }) => ({ ...rest, village: village(divisionCode) })),
  }
}
