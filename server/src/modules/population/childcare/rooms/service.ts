import type {
  ChangedMotherInfantRoom,
  listMotherInfantRooms,
  MotherInfantRoom,
  NewMotherInfantRoom,
} from '@youyu/shared/population/mother-infant-rooms'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { findPlaces } from '../../overview/queries.ts'
import {
  deleteRoom,
  findRoom,
  insertRoom,
  selectRooms,
  updateRoom,
  type KeptRoom,
  type RoomRecord,
} from './queries.ts'

type Asked = z.output<(typeof listMotherInfantRooms)['schema']['querystring']>

export async function listRooms(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<MotherInfantRoom>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectRooms(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shownRoom, (row) => [row.divisionCode, row.id])
}

export async function readRoom({ db }: Office, access: Access, id: string): Promise<MotherInfantRoom> {
  return await reading(db, access, (tx) => shown(tx, access, id))
}

export async function addRoom(
  office: Office,
  access: Access,
  body: NewMotherInfantRoom,
): Promise<MotherInfantRoom> {
  const at = office.now()
  const room: RoomRecord = {
    id: newId(at.getTime()),
    site: body.site,
    siteKind: body.siteKind,
    required: body.required ?? false,
    areaSquareMetres: body.areaSquareMetres ?? null,
    standardMet: body.standardMet ?? false,
    openedOn: body.openedOn ?? null,
    divisionCode: body.divisionCode,
  }
  return await transaction(office.db, access, async (tx) => {
    await checkRoom(tx, access, room, at)
    const { id, divisionCode: division } = room
    await Promise.all([
      insertRoom(tx, access, room, at),
      record(tx, access, { action: 'create', entity: 'mother-infant-room', entityId: id, division }, at),
    ])
    return await shown(tx, access, id)
  })
}

async function checkRoom(
  tx: Transaction,
  access: Access,
  { divisionCode, openedOn, standardMet }: RoomRecord,
  at: Date,
): Promise<void> {
  if (!covers(access.prefixes, divisionCode)) throw Refused.field('/divisionCode', 'out-of-area')
  if (openedOn !== null && openedOn > todayOf(at)) throw Refused.field('/openedOn', 'invalid-date')
  if (standardMet && openedOn === null) throw Refused.field('/openedOn', 'required')
  const places = await findPlaces(tx, [divisionCode])
  if (!places.has(divisionCode)) throw Refused.field('/divisionCode', 'unknown-division')
}

export async function patchRoom(
  office: Office,
  access: Access,
  id: string,
  version: number,
  patch: ChangedMotherInfantRoom,
): Promise<MotherInfantRoom> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const before = await roomAt(tx, access, id, version)
    const after = { ...before, ...patch } as RoomRecord
    await checkRoom(tx, access, after, at)
    const deed = { entityId: id, division: before.divisionCode, fields: Object.keys(patch) }
    await Promise.all([
      updateRoom(tx, access, after, at),
      record(tx, access, { action: 'change', entity: 'mother-infant-room', ...deed }, at),
    ])
    return await shown(tx, access, id)
  })
}

export async function removeRoom(office: Office, access: Access, id: string, version: number): Promise<void> {
  await transaction(office.db, access, async (tx) => {
    const { divisionCode: division } = await roomAt(tx, access, id, version)
    const deed = { entityId: id, division, reason: 'entered by mistake' }
    await Promise.all([
      deleteRoom(tx, access, id),
      record(tx, access, { action: 'correct', entity: 'mother-infant-room', ...deed }, office.now()),
    ])
    return null
  })
}

async function roomAt(tx: Transaction, access: Access, id: string, version: number): Promise<KeptRoom> {
  const room = await findRoom(tx, access, id, 'for no key update of m')
  if (!room) throw new Refused('not-found')
  assertVersion(version, room.version)
  return room
}

async function shown(tx: Transaction, access: Access, id: string): Promise<MotherInfantRoom> {
  const room = await findRoom(tx, access, id)
  if (!room) throw new Refused('not-found')
  return shownRoom(room)
}

function shownRoom({ divisionCode, divisionName, updatedAt, ...room }: KeptRoom): MotherInfantRoom {
  return {
    ...room,
    division: { code: divisionCode, name: divisionName ?? divisionCode },
    updatedAt: updatedAt.toISOString(),
  }
}
