import type { z } from 'zod'
import {
  outreachCounters,
  type ChangedOutreach,
  type listOutreach,
  type NewOutreach,
  type Outreach,
  type OutreachRow,
} from '@youyu/shared/contraception/outreach'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
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
import { checksOf, findingsOf, itemsOf, type Stated } from './rules.ts'

function shownRow(row: queries.SessionRow): OutreachRow {
  const { divisionCode: _, siteNames, sites, recordedAt, voidedAt, ...rest } = row
  return {
    ...rest,
    sites: sites.map((code) => ({ code, name: siteNames[code] ?? code })),
    recordedAt: recordedAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

type Asked = z.output<(typeof listOutreach)['schema']['querystring']>

export async function listSessions(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<OutreachRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) => queries.selectOutreach(tx, access, filter, after, limit + 1))
  return pageOf(rows, limit, shownRow, (row) => [row.occurredOn, row.id])
}

export async function readSession({ db }: Office, access: Access, id: Id): Promise<Outreach> {
  return await reading(db, access, (tx) => sessionOf(tx, access, id))
}

async function sessionOf(tx: Transaction, access: Access, id: Id): Promise<Outreach> {
  const row = await queries.findOutreach(tx, access, id)
  if (!row) throw new Refused('not-found')
  const { isLinked, ...linked } = await queries.linkedTo(tx, access, id)
  const checks = checksOf(row, isLinked ? linked : null, access.clearance)
  return { ...shownRow(row), items: itemsOf(row), isLinked, checks, findings: findingsOf(checks) }
}

async function check(
  tx: Transaction,
  access: Access,
  { sites, occurredOn, facilityId }: queries.SessionRecord,
  today: CivilDate,
): Promise<void> {
  if (occurredOn > today) throw Refused.field('/occurredOn', 'invalid-date')
  if (!sites.every((site) => covers(access.prefixes, site))) throw Refused.field('/sites', 'out-of-area')
  const [known, place] = await Promise.all([
    queries.placesKnown(tx, sites),
    queries.facilityDivision(tx, facilityId),
  ])
  if (!sites.every((site) => known.has(site))) throw Refused.field('/sites', 'unknown-division')
  if (!place || Math.floor(Number(place) / 1e6) !== access.county)
    throw Refused.field('/facilityId', 'not-found')
}

const nothing = Object.fromEntries(outreachCounters.map((counter) => [counter, 0])) as Stated

export async function recordSession(office: Office, access: Access, body: NewOutreach): Promise<Outreach> {
  const at = office.now()
  const row = {
    ...nothing,
    ...{ days: 1, workUnits: 0, visitingExperts: 0, vehicle: null, kit: [], note: null },
    ...body,
    id: newId(at.getTime()),
  } as queries.SessionRecord
  return await transaction(office.db, access, async (tx) => {
    await check(tx, access, row, todayOf(at))
    await queries.insertOutreach(tx, access, row, at)
    await record(tx, access, deed('create', row), at)
    return await sessionOf(tx, access, row.id)
  })
}

const deed = (
  action: 'create' | 'change' | 'correct',
  { id, sites }: queries.SessionRecord,
  fields: string[] = [],
) => ({
  ...{ action, entity: 'outreach-session', entityId: id, division: sites[0]!, fields },
})

async function openSession(tx: Transaction, access: Access, id: Id): Promise<queries.SessionRow> {
  await queries.lockOutreach(tx, access, id)
  const row = await queries.findOutreach(tx, access, id)
  if (!row) throw new Refused('not-found')
  if (row.voidedAt) throw new Refused('conflict')
  return row
}

export async function changeSession(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  patch: ChangedOutreach,
): Promise<Outreach> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const before = await openSession(tx, access, id)
    assertVersion(version, before.version)
    const after = { ...before, ...patch } as queries.SessionRecord
    await check(tx, access, after, todayOf(at))
    await queries.updateOutreach(tx, access, after, at)
    await record(tx, access, deed('change', after, Object.keys(patch)), at)
    return await sessionOf(tx, access, id)
  })
}

export async function voidSession(office: Office, access: Access, id: Id, reason: string): Promise<Outreach> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const row = await openSession(tx, access, id)
    await queries.voidOutreach(tx, access, id, reason, at)
    await record(tx, access, { ...deed('correct', row, ['void']), reason }, at)
    return await sessionOf(tx, access, id)
  })
}
