import type { z } from 'zod'
import type {
  CheckCalendar,
  listCheckCalendars,
  listUnplaced,
  NewCheckCalendar,
  PlanExecution,
  Unplaced,
} from '@youyu/shared/contraception/calendars'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { enqueue, newJobId, wakeWorkers } from '../../../jobs/index.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { deleteProposals, publishSessions } from '../sessions/index.ts'
import * as queries from './queries.ts'
import { addDays } from './rules-days.ts'
import { selectStations } from './stations/queries.ts'

function shownCalendar(row: queries.CalendarRow): CheckCalendar {
  const { divisionCode, divisionName, recordedAt, publishedAt, ...rest } = row
  return {
    ...rest,
    division: { code: divisionCode, name: divisionName ?? divisionCode },
    recordedAt: recordedAt.toISOString(),
    publishedAt: publishedAt?.toISOString() ?? null,
  }
}

type Asked = z.output<(typeof listCheckCalendars)['schema']['querystring']>

export async function listCalendars(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<CheckCalendar>> {
  const after = keyIn(cursor, ['string'])
  const rows = await reading(db, access, (tx) =>
    queries.selectCalendars(tx, access, filter, after, limit + 1),
  )
  return pageOf(rows, limit, shownCalendar, (row) => [row.id])
}

export async function readCalendar({ db }: Office, access: Access, id: Id): Promise<CheckCalendar> {
  return await reading(db, access, (tx) => calendarOf(tx, access, id))
}

async function calendarOf(tx: Transaction, access: Access, id: Id): Promise<CheckCalendar> {
  const calendar = await queries.findCalendar(tx, access, id)
  if (!calendar) throw new Refused('not-found')
  return shownCalendar(calendar)
}

/** One calendar of a year is published; after a change it is planned again, not proposed anew. */
export async function proposeCalendar(
  office: Office,
  access: Access,
  { year, fromOn }: NewCheckCalendar,
): Promise<CheckCalendar> {
  if (access.county === 0) throw new Refused('out-of-area')
  const at = office.now()
  const first = firstDay(year, fromOn, todayOf(at))
  if (first.slice(0, 4) !== String(year)) throw Refused.field(fromOn ? '/fromOn' : '/year', 'invalid-date')
  const id = newId(at.getTime())
  const jobId = newJobId()
  const calendar = await transaction(office.db, access, async (tx) => {
    const stations = await selectStations(tx, access)
    if (stations.length === 0) throw new Refused('plan-missing')
    if (await queries.hasCalendarOf(tx, access, year, ['PUBLISHED'])) throw new Refused('already-exists')
    const divisionCode = String(access.county).padEnd(12, '0')
    const row = { id, divisionCode, year, fromOn: first, toOn: `${year}-12-31`, jobId }
    await queries.insertCalendar(tx, access, row, at)
    const title = `check-calendar ${year}`
    await Promise.all([
      enqueue(tx, access, jobId, { kind: 'calendar', title, subjectId: id, bytesTotal: 100 }, at),
      record(
        tx,
        access,
        { action: 'create', entity: 'check-calendar', entityId: id, division: divisionCode },
        at,
      ),
    ])
    return await calendarOf(tx, access, id)
  })
  wakeWorkers(office)
  return calendar
}

function firstDay(year: number, wished: CivilDate | undefined, today: CivilDate): CivilDate {
  const earliest = today < `${year}-01-01` ? `${year}-01-01` : addDays(today, 1)
  return wished !== undefined && wished > earliest ? wished : earliest
}

type AskedUnplaced = z.output<(typeof listUnplaced)['schema']['querystring']>

export async function listUnplacedOf(
  { db }: Office,
  access: Access,
  id: Id,
  { limit, cursor, reason }: AskedUnplaced,
): Promise<Page<Unplaced>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, async (tx) => {
    await calendarOf(tx, access, id)
    return await queries.selectUnplaced(tx, access, id, reason, after, limit + 1)
  })
  return pageOf(
    rows,
    limit,
    ({ divisionCode, divisionName, ...row }) => ({
      ...row,
      village: { code: divisionCode, name: divisionName ?? divisionCode },
    }),
    (row) => [row.divisionCode, row.category],
  )
}

export async function publishCalendar(
  office: Office,
  access: Access,
  id: Id,
  version: number,
): Promise<CheckCalendar> {
  return await decide(office, access, id, version, 'PUBLISHED')
}

export async function discardCalendar(
  office: Office,
  access: Access,
  id: Id,
  version: number,
): Promise<CheckCalendar> {
  return await decide(office, access, id, version, 'DISCARDED')
}

async function decide(
  { db, now }: Office,
  access: Access,
  id: Id,
  version: number,
  status: 'PUBLISHED' | 'DISCARDED',
): Promise<CheckCalendar> {
  const at = now()
  return await transaction(db, access, async (tx) => {
    await queries.lockCalendar(tx, access, id)
    const calendar = await queries.findCalendar(tx, access, id)
    if (!calendar) throw new Refused('not-found')
    assertVersion(version, calendar.version)
    if (calendar.status !== 'PROPOSED') throw new Refused('calendar-state')
    await queries.setStatus(tx, access, id, status, at)
    await (status === 'PUBLISHED' ? publishSessions(tx, access, id, at) : deleteProposals(tx, access, id))
    const deed = { action: 'change' as const, entity: 'check-calendar', entityId: id, fields: [status] }
    await record(tx, access, { ...deed, division: calendar.divisionCode }, at)
    return await calendarOf(tx, access, id)
  })
}

export async function readExecution(
  { db, now }: Office,
  access: Access,
  id: Id,
): Promise<{ on: CivilDate; items: PlanExecution[] }> {
  const on = todayOf(now())
  return await reading(db, access, async (tx) => {
    await calendarOf(tx, access, id)
    return { on, items: await queries.selectExecution(tx, access, id, on) }
  })
}
