import type { z } from 'zod'
import type {
  CheckSession,
  CheckSessionDetail,
  listCheckSessions,
} from '@youyu/shared/contraception/sessions'
import { prefixOf, type CivilDate, type Id, type Page } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as queries from './queries.ts'
import { attendedShown, knowsCategories } from './rules.ts'

function shownSession(row: queries.SessionRow, access: Access): CheckSession {
  const {
    stationId,
    stationName,
    facilityId: _,
    divisionCode,
    divisionName,
    category,
    attended,
    ...rest
  } = row
  return {
    ...rest,
    station: { id: stationId, name: stationName },
    village: { code: divisionCode, name: divisionName ?? divisionCode },
    category: knowsCategories(access.role) ? category : null,
    attended: attendedShown(attended, access.clearance),
  }
}

const seesProposals = (access: Access) => covers(access.prefixes, String(access.county).padEnd(12, '0'))

type Asked = z.output<(typeof listCheckSessions)['schema']['querystring']>

export async function listSessions(
  { db }: Office,
  access: Access,
  { limit, cursor, division, ...filter }: Asked,
): Promise<Page<CheckSession>> {
  if (filter.category && !knowsCategories(access.role))
    throw new Refused('forbidden', { errors: [{ pointer: '?category', code: 'forbidden' }] })
  const after = keyIn(cursor, ['string', 'string'])
  const withProposals = seesProposals(access) && filter.calendarId !== undefined
  const prefix = division === undefined ? undefined : prefixOf(division)
  const rows = await reading(db, access, (tx) =>
    queries.selectSessions(tx, access, { ...filter, prefix, withProposals, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownSession(row, access),
    (row) => [row.on, row.id],
  )
}

export async function readSession({ db }: Office, access: Access, id: Id): Promise<CheckSessionDetail> {
  return await reading(db, access, (tx) => detailOf(tx, access, id))
}

async function detailOf(tx: Transaction, access: Access, id: Id): Promise<CheckSessionDetail> {
  const [row, changes] = await Promise.all([
    queries.findSession(tx, access, id),
    queries.selectChanges(tx, access, id),
  ])
  if (!row || (row.status === 'PROPOSED' && !seesProposals(access))) throw new Refused('not-found')
  return {
    ...shownSession(row, access),
    changes: changes.map((change) => ({ ...change, at: change.at.toISOString() })),
  }
}

async function openSessionAt(
  tx: Transaction,
  access: Access,
  id: Id,
  version: number,
): Promise<queries.SessionRow> {
  const [, session] = await Promise.all([
    queries.lockSession(tx, access, id),
    queries.findSession(tx, access, id),
  ])
  if (!session) throw new Refused('not-found')
  assertVersion(version, session.version)
  if (session.status !== 'PLANNED') throw new Refused('session-closed')
  return session
}

type Told = Pick<queries.SessionChange, 'kind' | 'toOn' | 'reason'>

async function tell(
  tx: Transaction,
  access: Access,
  session: queries.SessionRow,
  { kind, toOn, reason }: Told,
  at: Date,
): Promise<void> {
  const { id, divisionCode, stationId, on } = session
  const change = {
    ...{ id: newId(at.getTime()), sessionId: id, divisionCode, kind, fromOn: on, toOn, reason },
    ...{ fromStation: stationId, toStation: kind === 'MOVED' ? stationId : null },
  }
  await Promise.all([
    queries.insertChanges(tx, access, [change], at),
    record(
      tx,
      access,
      {
        action: 'change',
        entity: 'check-session',
        entityId: id,
        division: divisionCode,
        fields: [kind],
        reason,
      },
      at,
    ),
  ])
}

export async function moveOne(
  { db, now }: Office,
  access: Access,
  id: Id,
  version: number,
  { on, team, reason }: { on: CivilDate; team?: number | undefined; reason: string },
): Promise<CheckSessionDetail> {
  const at = now()
  if (on < todayOf(at)) throw Refused.field('/on', 'invalid-date')
  return await transaction(db, access, async (tx) => {
    const session = await openSessionAt(tx, access, id, version)
    if (!(await queries.isFreeDay(tx, access, session, on))) throw Refused.field('/on', 'day-not-worked')
    await queries.moveSession(tx, access, id, { on, team: team ?? session.team }, at)
    await tell(tx, access, session, { kind: 'MOVED', toOn: on, reason }, at)
    return await detailOf(tx, access, id)
  })
}

export async function cancelOne(
  { db, now }: Office,
  access: Access,
  id: Id,
  version: number,
  reason: string,
): Promise<CheckSessionDetail> {
  const at = now()
  return await transaction(db, access, async (tx) => {
    const session = await openSessionAt(tx, access, id, version)
    await queries.cancelSession(tx, access, id, reason, at)
    await tell(tx, access, session, { kind: 'CANCELLED', toOn: null, reason }, at)
    return await detailOf(tx, access, id)
  })
}

export async function holdOne(
  { db, now }: Office,
  access: Access,
  id: Id,
  version: number,
  { heldOn, note }: { heldOn: CivilDate; note?: string | undefined },
): Promise<CheckSessionDetail> {
  const at = now()
  if (heldOn > todayOf(at)) throw Refused.field('/heldOn', 'invalid-date')
  return await transaction(db, access, async (tx) => {
    const session = await openSessionAt(tx, access, id, version)
    await queries.holdSession(tx, access, id, heldOn, at)
    await queries.closeInvitations(tx, access, id, at)
    await tell(tx, access, session, { kind: 'HELD', toOn: heldOn, reason: note ?? '' }, at)
    return await detailOf(tx, access, id)
  })
}
