import { PhotoConsent, photoTypes, type DefectPhoto } from '@youyu/shared/birth-defects/defect-photos'
import { CivilDate, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careTransaction } from '../../contraception/index.ts'
import { keptOf, type Received } from '../../subsidies/index.ts'
import { cardDeed, cardNamed, type CardRecord } from '../defect-cases/index.ts'
import * as queries from './queries.ts'

const MOST = 8

const shown = ({ recordedAt, voidedAt, ...row }: queries.PhotoRow): DefectPhoto => ({
  ...row,
  recordedAt: recordedAt.toISOString(),
  voidedAt: voidedAt?.toISOString() ?? null,
})

export async function addPhoto(
  office: Office,
  access: Access,
  cardId: Id,
  { fields, file }: Received,
): Promise<DefectPhoto> {
  const at = office.now()
  const consentBy = PhotoConsent.safeParse(fields['consentBy'])
  const consentOn = CivilDate.safeParse(fields['consentOn'])
  if (!consentBy.success) throw Refused.field('/consentBy', 'required')
  if (!consentOn.success || consentOn.data > todayOf(at)) throw Refused.field('/consentOn', 'invalid-date')
  const { mediaType, content } = keptOf(file.content, photoTypes)
  return await careTransaction(office, access, async (tx) => {
    const card = await cardNamed(tx, office, access, cardId)
    assertOfChild(card)
    const others = await queries.selectPhotos(tx, access, cardId)
    if (others.filter(({ voidedAt }) => voidedAt === null).length >= MOST) throw new Refused('conflict')
    const id = newId(at.getTime())
    const contentCipher = office.ciphers.clinical.encipher(content, { county: access.county, id })
    const consent = { consentBy: consentBy.data, consentOn: consentOn.data }
    const row = { id, cardId, mediaType, size: content.length, ...consent }
    await queries.insertPhoto(tx, access, { ...row, contentCipher }, at)
    await record(tx, access, cardDeed(office, card, 'change', { fields: ['photo'] }), at)
    return shown((await queries.findPhoto(tx, access, id))!)
  })
}

/** E7: a picture from before the birth, or of a pregnancy that was ended, may tell the sex of a fetus. */
function assertOfChild({ bornOn, isInduced }: CardRecord): void {
  if (bornOn === null || isInduced === true) throw Refused.field('/file', 'fetal-sex')
}

export async function listPhotos(
  office: Office,
  access: Access,
  cardId: Id,
): Promise<{ items: DefectPhoto[] }> {
  return await transaction(office.db, access, async (tx) => {
    const card = await cardNamed(tx, office, access, cardId)
    const photos = await queries.selectPhotos(tx, access, cardId)
    await record(tx, access, cardDeed(office, card, 'view', { fields: ['photos'] }), office.now())
    return { items: photos.map(shown) }
  })
}

async function photoOf(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
): Promise<{ photo: queries.PhotoRow; card: CardRecord }> {
  const photo = await queries.findPhoto(tx, access, id)
  if (!photo) throw new Refused('not-found')
  return { photo, card: await cardNamed(tx, office, access, photo.cardId) }
}

/** A picture is opened under its reader's name. */
export async function readPhoto(
  office: Office,
  access: Access,
  id: Id,
): Promise<{ mediaType: string; content: Buffer }> {
  return await transaction(office.db, access, async (tx) => {
    const { photo, card } = await photoOf(tx, office, access, id)
    const bytes = await queries.selectContent(tx, access, id)
    if (!bytes) throw new Refused('not-found')
    await record(tx, access, cardDeed(office, card, 'reveal', { fields: ['photo'] }), office.now())
    const content = office.ciphers.clinical.decipherBytes(bytes, { county: access.county, id })
    return { mediaType: photo.mediaType, content }
  })
}

export async function removePhoto(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<DefectPhoto> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { card } = await photoOf(tx, office, access, id)
    if (!(await queries.erasePhoto(tx, access, id, reason, at))) throw new Refused('conflict')
    await record(tx, access, cardDeed(office, card, 'correct', { fields: ['photo'], reason }), at)
    return shown((await queries.findPhoto(tx, access, id))!)
  })
}
