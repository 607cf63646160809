import type { z } from 'zod'
import type {
  ChangedFamilyFile,
  FamilyFile,
  FamilyFileRow,
  listFamilyFiles,
  NewCounselling,
  NewFamilyFile,
} from '@youyu/shared/birth-defects/family-files'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction, clientOf, keepClient } from '../../contraception/index.ts'
import { shownFile, shownFileRow, type CounsellingWords } from './file-row.ts'
import * as queries from './queries.ts'

const ENTITY = 'family-file'
type Asked = z.output<(typeof listFamilyFiles)['schema']['querystring']>

export async function listFiles(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<FamilyFileRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectFiles(tx, access, filter, after, limit + 1),
  )
  const page = pageOf(rows, limit, shownFileRow, (row) => [row.knownOn, row.id])
  for (const { child } of page.items) office.views.note(access, careDeed(office, child.id, 'view', ENTITY))
  return page
}

async function whole(office: Office, tx: Transaction, access: Access, id: Id): Promise<FamilyFile> {
  const row = await queries.findFile(tx, access, id)
  if (!row) throw new Refused('not-found')
  const [people, counsellings, surveys, followUpId] = await Promise.all([
    queries.selectPeople(tx, access, [row.motherId, row.fatherId]),
    queries.selectCounsellings(tx, access, id),
    queries.selectSurveys(tx, access, { fileId: id }, null, 50),
    queries.findFollowUpOf(tx, access, row.childId),
  ])
  return shownFile(office, access, row, { people, counsellings, surveys, followUpId })
}

export async function readFile(office: Office, access: Access, id: Id): Promise<FamilyFile> {
  return await transaction(office.db, access, async (tx) => {
    const found = await whole(office, tx, access, id)
    await record(tx, access, careDeed(office, found.child.id, 'view', ENTITY), office.now())
    return found
  })
}

type Stated = Pick<
  queries.FileRow,
  'knownOn' | 'openedOn' | 'closedOn' | 'contact' | 'motherId' | 'fatherId' | 'childId'
>

/** Its days are in order, and a file is opened only for a family that agrees. */
async function check(
  tx: Transaction,
  access: Access,
  { knownOn, openedOn, closedOn, contact, motherId, fatherId, childId }: Stated,
  { birthDate, today }: { birthDate: CivilDate; today: CivilDate },
): Promise<void> {
  const days = { knownOn, openedOn, closedOn }
  for (const [name, day] of Object.entries(days))
    if (day !== null && (day > today || day < birthDate || (name !== 'knownOn' && day < knownOn)))
      throw Refused.field(`/${name}`, 'invalid-date')
  if (openedOn !== null && contact !== 'AGREED') throw Refused.field('/contact', 'no-consent')
  for (const [name, parent] of Object.entries({ motherId, fatherId })) {
    if (parent === childId) throw Refused.field(`/${name}`, 'same-person')
    if (parent !== null) await clientOf(tx, access, parent, `/${name}`)
  }
}

export async function openFile(office: Office, access: Access, body: NewFamilyFile): Promise<FamilyFile> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const child = await clientOf(tx, access, body.childId, '/childId')
    const id = newId(at.getTime())
    const { childId, knownBy, knownOn, openedOn = null, contact = 'NOT_ASKED', wish = null, note } = body
    const { motherId = null, fatherId = null } = body
    const stated = { childId, knownOn, openedOn, contact, motherId, fatherId, closedOn: null }
    await check(tx, access, stated, { birthDate: child.birthDate, today: todayOf(at) })
    const noteCipher = note ? office.ciphers.clinical.encipher(note, { county: access.county, id }) : null
    const inserted = await queries.insertFile(
      tx,
      access,
      { ...stated, id, chainId: null, knownBy, wish, noteCipher, divisionCode: child.residenceDivision },
      at,
    )
    if (!inserted) throw new Refused('already-exists')
    await keepClient(tx, access, { clientId: childId, on: knownOn, encounters: 0 })
    await record(tx, access, careDeed(office, childId, 'create', ENTITY), at)
    return await whole(office, tx, access, id)
  })
}

export async function changeFile(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { note, ...change }: ChangedFamilyFile,
): Promise<FamilyFile> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await queries.lockFile(tx, access, id)
    const before = await queries.findFile(tx, access, id)
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    const cell = { county: access.county, id }
    const after = { ...before, ...change } as queries.FileRow
    if (note !== undefined) after.noteCipher = note ? office.ciphers.clinical.encipher(note, cell) : null
    await check(tx, access, after, { birthDate: before.birthDate, today: todayOf(at) })
    await queries.updateFile(tx, access, after, at)
    const fields = Object.keys({ ...change, ...(note !== undefined && { note }) })
    await record(tx, access, careDeed(office, before.childId, 'change', ENTITY, { fields }), at)
    return await whole(office, tx, access, id)
  })
}

export async function recordCounselling(
  office: Office,
  access: Access,
  fileId: Id,
  { pedigree, explained, occurredOn, inheritance, recurrence }: NewCounselling,
): Promise<FamilyFile> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const file = await queries.findFile(tx, access, fileId)
    if (!file) throw new Refused('not-found')
    if (occurredOn > todayOf(at) || occurredOn < file.birthDate)
      throw Refused.field('/occurredOn', 'invalid-date')
    const id = newId(at.getTime())
    const words: CounsellingWords = { pedigree, explained }
    const noteCipher = office.ciphers.clinical.encipher(JSON.stringify(words), { county: access.county, id })
    const row = { id, fileId, occurredOn, inheritance, recurrence, noteCipher }
    await queries.insertCounselling(tx, access, row, at)
    await record(tx, access, careDeed(office, file.childId, 'create', 'genetic-counselling'), at)
    return await whole(office, tx, access, fileId)
  })
}

export async function voidCounselling(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<FamilyFile> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const fileId = await queries.voidCounselling(tx, access, id, reason, at)
    if (!fileId) throw new Refused('not-found')
    const found = await whole(office, tx, access, fileId)
    await record(tx, access, careDeed(office, found.child.id, 'change', 'genetic-counselling'), at)
    return found
  })
}
