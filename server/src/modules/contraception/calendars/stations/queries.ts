import type {
  BusyPeriod,
  CheckStation,
  Holiday,
  NewVillageDistance,
  VillageDistance,
} from '@youyu/shared/contraception/check-stations'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'

export type StationRow = Omit<CheckStation, 'division' | 'updatedAt'> & {
  divisionCode: DivisionCode
  divisionName: string | null
  updatedAt: Date
}
export type StationRecord = Omit<StationRow, 'divisionName' | 'updatedAt' | 'version'>

const place = (alias: string) =>
  `left join divisions d on d.code = ${alias}.division_code and d.valid_to is null`
const columns = `s.id, s.organisation_id as "organisationId", s.name, s.division_code as "divisionCode", d.name as "divisionName",
  s.capacity_per_day as "capacityPerDay", s.teams, s.vehicles, s.weekdays, s.opened_on as "openedOn", s.closed_on as "closedOn", s.updated_at as "updatedAt", s.version`

export async function selectStations(tx: Transaction, access: Access): Promise<StationRow[]> {
  const text = `select ${columns} from check_stations s ${place('s')} where s.county_code = $1 order by s.division_code, s.id`
  return await ask(tx, text, [access.county])
}

export async function findStation(tx: Transaction, access: Access, id: Id): Promise<StationRow | undefined> {
  const text = `select ${columns} from check_stations s ${place('s')} where s.county_code = $1 and s.id = $2`
  return (await ask<StationRow>(tx, text, [access.county, id]))[0]
}

export async function lockStation(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from check_stations where county_code = $1 and id = $2 for no key update', [
    access.county,
    id,
  ])
}

export async function insertStation(
  tx: Transaction,
  access: Access,
  station: StationRecord,
  at: Date,
): Promise<void> {
  const text = `insert into check_stations (county_code, id, organisation_id, name, division_code, capacity_per_day, teams, vehicles, weekdays, opened_on, closed_on,
    recorded_at, recorded_by, updated_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12, 1)`
  const {
    id,
    organisationId,
    name,
    divisionCode,
    capacityPerDay,
    teams,
    vehicles,
    weekdays,
    openedOn,
    closedOn,
  } = station
  await ask(tx, text, [
    ...[access.county, id, organisationId, name, divisionCode, capacityPerDay, teams, vehicles, weekdays],
    ...[openedOn, closedOn, at, access.actorId],
  ])
}

export async function updateStation(
  tx: Transaction,
  access: Access,
  station: StationRecord,
  at: Date,
): Promise<void> {
  const text = `update check_stations set name = $3, division_code = $4, capacity_per_day = $5, teams = $6, vehicles = $7, weekdays = $8, opened_on = $9,
    closed_on = $10, updated_at = $11, version = version + 1 where county_code = $1 and id = $2`
  const { id, name, divisionCode, capacityPerDay, teams, vehicles, weekdays, openedOn, closedOn } = station
  await ask(tx, text, [
    ...[
      access.county,
      id,
      name,
      divisionCode,
      capacityPerDay,
      teams,
      vehicles,
      weekdays,
      openedOn,
      closedOn,
      at,
    ],
  ])
}

/** Codes among these that are current divisions. */
export async function currentDivisions(
  tx: Transaction,
  codes: readonly DivisionCode[],
): Promise<Set<string>> {
  const text = 'select code from divisions where code = any($1) and valid_to is null'
  const rows = await ask<{ code: string }>(tx, text, [[...new Set(codes)]])
  return new Set(rows.map(({ code }) => code))
}

export async function isActiveOrganisation(tx: Transaction, id: Id): Promise<boolean> {
  return (await ask(tx, "select id from organisations where id = $1 and status = 'active'", [id])).length > 0
}

export type DistanceRow = Omit<VillageDistance, 'village'> & {
  divisionCode: DivisionCode
  divisionName: string | null
}

export async function selectDistances(
  tx: Transaction,
  access: Access,
  filter: { stationId?: Id | undefined; range?: { lo: string; hi: string } | undefined },
  after: readonly [string, string] | null,
  limit: number,
): Promise<DistanceRow[]> {
  const bound = new Bound()
  const conditions = [`v.county_code = ${bound.bind(access.county)}`]
  if (filter.stationId) conditions.push(`v.station_id = ${bound.bind(filter.stationId)}`)
  if (filter.range)
    conditions.push(
      `v.division_code >= ${bound.bind(filter.range.lo)} and v.division_code < ${bound.bind(filter.range.hi)}`,
    )
  if (after)
    conditions.push(
      `(v.division_code, v.station_id) > (${bound.bind(after[0])}, ${bound.bind(after[1])}::uuid)`,
    )
  const text = `select v.division_code as "divisionCode", d.name as "divisionName", v.station_id as "stationId", v.distance_class as "distanceClass", v.transport, v.minutes
  from village_distances v ${place('v')} where ${conditions.join(' and ')} order by v.division_code, v.station_id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function upsertDistances(
  tx: Transaction,
  access: Access,
  rows: readonly NewVillageDistance[],
  at: Date,
): Promise<void> {
  const text = `insert into village_distances as kept (county_code, division_code, station_id, distance_class, transport, minutes, recorded_at, recorded_by)
  select $1, "divisionCode", "stationId", "distanceClass", transport, minutes, $3, $4
  from jsonb_to_recordset($2::jsonb) as r ("divisionCode" text, "stationId" uuid, "distanceClass" text, transport text, minutes integer)
  on conflict (county_code, division_code, station_id) do update set distance_class = excluded.distance_class, transport = excluded.transport,
    minutes = excluded.minutes, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by`
  await ask(tx, text, [access.county, JSON.stringify(rows), at, access.actorId])
}

export type BusyRow = Omit<BusyPeriod, 'division'> & {
  divisionCode: DivisionCode
  divisionName: string | null
}

export async function selectBusy(
  tx: Transaction,
  access: Access,
  period: { from: CivilDate; to: CivilDate } | null,
): Promise<BusyRow[]> {
  const bound = new Bound()
  const conditions = [`b.county_code = ${bound.bind(access.county)}`]
  if (period)
    conditions.push(
      `b.to_on >= ${bound.bind(period.from)}::date and b.from_on <= ${bound.bind(period.to)}::date`,
    )
  const text = `select b.id, b.division_code as "divisionCode", d.name as "divisionName", b.kind, b.name, b.from_on as "fromOn", b.to_on as "toOn"
  from busy_periods b ${place('b')} where ${conditions.join(' and ')} order by b.from_on, b.id limit 1000`
  return await ask(tx, text, bound.values)
}

export async function insertBusy(
  tx: Transaction,
  access: Access,
  busy: Omit<BusyRow, 'divisionName'>,
  at: Date,
): Promise<void> {
  const text = `insert into busy_periods (county_code, id, division_code, kind, name, from_on, to_on, recorded_at, recorded_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
  const { id, divisionCode, kind, name, fromOn, toOn } = busy
  await ask(tx, text, [access.county, id, divisionCode, kind, name, fromOn, toOn, at, access.actorId])
}

export async function deleteBusy(tx: Transaction, access: Access, id: Id): Promise<boolean> {
  const text = 'delete from busy_periods where county_code = $1 and id = $2 returning id'
  return (await ask(tx, text, [access.county, id])).length > 0
}

export async function selectHolidays(tx: Transaction, from: CivilDate, to: CivilDate): Promise<Holiday[]> {
  const text = `select day, is_workday as "isWorkday", name_zh as "nameZh", name_en as "nameEn", is_expected as "isExpected", basis
  from holidays where day between $1::date and $2::date order by day`
  return await ask(tx, text, [from, to])
}
