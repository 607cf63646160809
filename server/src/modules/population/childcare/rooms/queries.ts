import type { MotherInfantRoom } from '@youyu/shared/population/mother-infant-rooms'
import { prefixOf, type DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { within } from '../../area.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'

export type RoomRecord = Omit<MotherInfantRoom, 'division' | 'updatedAt' | 'version'> & {
  divisionCode: DivisionCode
}
export type KeptRoom = RoomRecord & { divisionName: string | null; updatedAt: Date; version: number }

/** The first gate: rooms of the area. */
function roomsOfCounty(bound: Bound, access: Access): string {
  return `m.county_code = ${bound.bind(access.county)} and ${within(bound, 'm.division_code', access.prefixes)}`
}

const columns = `m.id, m.site, m.site_kind as "siteKind", m.required, m.area_square_metres as "areaSquareMetres", m.standard_met as "standardMet",
  m.opened_on as "openedOn", m.division_code as "divisionCode", d.name as "divisionName", m.updated_at as "updatedAt", m.version`
const rooms = 'mother_infant_rooms m left join divisions d on d.code = m.division_code and d.valid_to is null'

type ListQuestion = {
  division?: DivisionCode | undefined
  siteKind?: string | undefined
  required?: boolean | undefined
  standardMet?: boolean | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectRooms(
  tx: Transaction,
  access: Access,
  { division, siteKind, required, standardMet, after, limit }: ListQuestion,
): Promise<KeptRoom[]> {
  const bound = new Bound()
  const conditions = [roomsOfCounty(bound, access)]
  if (division) conditions.push(within(bound, 'm.division_code', [prefixOf(division)]))
  if (siteKind) conditions.push(`m.site_kind = ${bound.bind(siteKind)}`)
  if (required !== undefined) conditions.push(`m.required = ${bound.bind(required)}`)
  if (standardMet !== undefined) conditions.push(`m.standard_met = ${bound.bind(standardMet)}`)
  if (after)
    conditions.push(`(m.division_code, m.id) > (${bound.bind(after[0])}, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from ${rooms} where ${conditions.join(' and ')} order by m.division_code, m.id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findRoom(
  tx: Transaction,
  access: Access,
  id: string,
  lock: '' | 'for no key update of m' = '',
): Promise<KeptRoom | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from ${rooms} where ${roomsOfCounty(bound, access)} and m.id = ${bound.bind(id)} ${lock}`
  const [room] = await ask<KeptRoom>(tx, text, bound.values)
  return room
}

export async function insertRoom(tx: Transaction, access: Access, room: RoomRecord, at: Date): Promise<void> {
  const text = `insert into mother_infant_rooms (county_code, id, site, site_kind, required, area_square_metres, standard_met, opened_on, division_code,
    recorded_at, updated_at, recorded_by, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, 1)`
  await ask(tx, text, [access.county, ...valuesOf(room), at, access.actorId])
}

export async function updateRoom(tx: Transaction, access: Access, room: RoomRecord, at: Date): Promise<void> {
  const text = `update mother_infant_rooms set (site, site_kind, required, area_square_metres, standard_met, opened_on, division_code)
    = ($3, $4, $5, $6, $7, $8, $9), updated_at = $10, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, ...valuesOf(room), at])
}

function valuesOf(room: RoomRecord): unknown[] {
  const { id, site, siteKind, required, areaSquareMetres, standardMet, openedOn, divisionCode } = room
  return [id, site, siteKind, required, areaSquareMetres, standardMet, openedOn, divisionCode]
}

export async function deleteRoom(tx: Transaction, access: Access, id: string): Promise<void> {
  await ask(tx, 'delete from mother_infant_rooms where county_code = $1 and id = $2', [access.county, id])
}
