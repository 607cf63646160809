import type { z } from 'zod'
import type {
  BusyPeriod,
  ChangedCheckStation,
  CheckStation,
  Holiday,
  listVillageDistances,
  NewBusyPeriod,
  NewCheckStation,
  NewVillageDistance,
  VillageDistance,
} from '@youyu/shared/contraception/check-stations'
import type { ErrorCode } from '@youyu/shared/errors'
import { prefixOf, rangeOf, type Id, type Page } from '@youyu/shared/values'
import { covers, type Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import * as queries from './queries.ts'

const named = (code: string, name: string | null) => ({ code, name: name ?? code })

function shownStation({ divisionCode, divisionName, updatedAt, ...row }: queries.StationRow): CheckStation {
  return { ...row, division: named(divisionCode, divisionName), updatedAt: updatedAt.toISOString() }
}

export async function listStations({ db }: Office, access: Access): Promise<{ items: CheckStation[] }> {
  const rows = await reading(db, access, (tx) => queries.selectStations(tx, access))
  return { items: rows.map(shownStation) }
}

async function checkStation(tx: Transaction, access: Access, station: queries.StationRecord): Promise<void> {
  const { divisionCode, organisationId, openedOn, closedOn } = station
  if (!covers(access.prefixes, divisionCode)) throw Refused.field('/divisionCode', 'out-of-area')
  if (closedOn !== null && closedOn <= openedOn) throw Refused.field('/closedOn', 'invalid-date')
  const [known, isActive] = await Promise.all([
    queries.currentDivisions(tx, [divisionCode]),
    queries.isActiveOrganisation(tx, organisationId),
  ])
  if (!known.has(divisionCode)) throw Refused.field('/divisionCode', 'unknown-division')
  if (!isActive) throw Refused.field('/organisationId', 'not-found')
}

export async function openStation(
  office: Office,
  access: Access,
  body: NewCheckStation,
): Promise<CheckStation> {
  const at = office.now()
  const station: queries.StationRecord = {
    ...body,
    teams: body.teams ?? 1,
    vehicles: body.vehicles ?? 1,
    weekdays: body.weekdays ?? [1, 2, 3, 4, 5],
    closedOn: body.closedOn ?? null,
    id: newId(at.getTime()),
  }
  const { id, divisionCode: division } = station
  return await transaction(office.db, access, async (tx) => {
    await checkStation(tx, access, station)
    await Promise.all([
      queries.insertStation(tx, access, station, at),
      record(tx, access, { action: 'create', entity: 'check-station', entityId: id, division }, at),
    ])
    return shownStation((await queries.findStation(tx, access, id))!)
  })
}

export async function patchStation(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  patch: ChangedCheckStation,
): Promise<CheckStation> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const [, before] = await Promise.all([
      queries.lockStation(tx, access, id),
      queries.findStation(tx, access, id),
    ])
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    const after = { ...before, ...patch } as queries.StationRecord
    await checkStation(tx, access, after)
    const fields = Object.keys(patch)
    const division = before.divisionCode
    await Promise.all([
      queries.updateStation(tx, access, after, at),
      record(tx, access, { action: 'change', entity: 'check-station', entityId: id, division, fields }, at),
    ])
    return shownStation((await queries.findStation(tx, access, id))!)
  })
}

type AskedDistances = z.output<(typeof listVillageDistances)['schema']['querystring']>

export async function listDistances(
  { db }: Office,
  access: Access,
  { limit, cursor, stationId, division }: AskedDistances,
): Promise<Page<VillageDistance>> {
  const after = keyIn(cursor, ['string', 'string'])
  const range = division === undefined ? undefined : rangeOf(prefixOf(division))
  const rows = await reading(db, access, (tx) =>
    queries.selectDistances(tx, access, { stationId, range }, after, limit + 1),
  )
  return pageOf(
    rows,
    limit,
    ({ divisionCode, divisionName, ...row }) => ({ ...row, village: named(divisionCode, divisionName) }),
    (row) => [row.divisionCode, row.stationId],
  )
}

export async function setDistances(
  { db, now }: Office,
  access: Access,
  rows: readonly NewVillageDistance[],
): Promise<{ rows: number }> {
  const at = now()
  return await transaction(db, access, async (tx) => {
    const [villages, stations] = await Promise.all([
      queries.currentDivisions(
        tx,
        rows.map(({ divisionCode }) => divisionCode),
      ),
      queries.selectStations(tx, access),
    ])
    const wrong = ({ divisionCode, stationId }: NewVillageDistance): [string, ErrorCode] | null => {
      if (!covers(access.prefixes, divisionCode)) return ['divisionCode', 'out-of-area']
      if (!villages.has(divisionCode)) return ['divisionCode', 'unknown-division']
      return stations.some(({ id }) => id === stationId) ? null : ['stationId', 'not-found']
    }
    const errors = rows.flatMap((row, index) => {
      const found = wrong(row)
      return found ? [{ pointer: `/rows/${index}/${found[0]}`, code: found[1] }] : []
    })
    if (errors.length > 0) throw new Refused('invalid-request', { errors: errors.slice(0, 20) })
    await queries.upsertDistances(tx, access, rows, at)
    await record(tx, access, { action: 'change', entity: 'village-distance', rows: rows.length }, at)
    return { rows: rows.length }
  })
}

const shownBusy = ({ divisionCode, divisionName, ...row }: queries.BusyRow): BusyPeriod => ({
  ...row,
  division: named(divisionCode, divisionName),
})

export async function listBusy(
  { db }: Office,
  access: Access,
  year: number | undefined,
): Promise<{ items: BusyPeriod[] }> {
  const period = year === undefined ? null : { from: `${year}-01-01`, to: `${year}-12-31` }
  const rows = await reading(db, access, (tx) => queries.selectBusy(tx, access, period))
  return { items: rows.map(shownBusy) }
}

export async function keepBusy(
  { db, now }: Office,
  access: Access,
  body: NewBusyPeriod,
): Promise<BusyPeriod> {
  if (body.toOn < body.fromOn) throw Refused.field('/toOn', 'invalid-date')
  if (!covers(access.prefixes, body.divisionCode)) throw Refused.field('/divisionCode', 'out-of-area')
  const at = now()
  const busy = { ...body, id: newId(at.getTime()) }
  return await transaction(db, access, async (tx) => {
    const known = await queries.currentDivisions(tx, [body.divisionCode])
    if (!known.has(body.divisionCode)) throw Refused.field('/divisionCode', 'unknown-division')
    await queries.insertBusy(tx, access, busy, at)
    const division = body.divisionCode
    await record(tx, access, { action: 'create', entity: 'busy-period', entityId: busy.id, division }, at)
    const { divisionCode, ...rest } = busy
    return { ...rest, division: named(divisionCode, null) }
  })
}

export async function removeBusy({ db, now }: Office, access: Access, id: Id): Promise<void> {
  await transaction(db, access, async (tx) => {
    if (!(await queries.deleteBusy(tx, access, id))) throw new Refused('not-found')
    await record(
      tx,
      access,
      { action: 'change', entity: 'busy-period', entityId: id, fields: ['removed'] },
      now(),
    )
    return null
  })
}

export async function listHolidaysOf(
  { db }: Office,
  access: Access,
  year: number,
): Promise<{ items: Holiday[] }> {
  return {
    items: await reading(db, access, (tx) => queries.selectHolidays(tx, `${year}-01-01`, `${year}-12-31`)),
  }
}
