import type { DefectPhoto } from '@youyu/shared/birth-defects/defect-photos'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, insertRow } from '../../../database/statements.ts'

export type PhotoRow = Omit<DefectPhoto, 'recordedAt' | 'voidedAt'> & {
  recordedAt: Date
  voidedAt: Date | null
}

const columns = `p.id, p.card_id as "cardId", p.media_type as "mediaType", p.size, p.consent_by as "consentBy", p.consent_on as "consentOn",
  p.recorded_at as "recordedAt", p.voided_at as "voidedAt", p.void_reason as "voidReason"`

/** The first gate is the card: who may not open it is not asked for its photographs. */
export async function selectPhotos(tx: Asking, { county }: Access, cardId: Id): Promise<PhotoRow[]> {
  const text = `select ${columns} from defect_photos p where p.county_code = $1 and p.card_id = $2 order by p.id`
  return await ask(tx, text, [county, cardId])
}

export async function findPhoto(tx: Asking, { county }: Access, id: Id): Promise<PhotoRow | undefined> {
  const text = `select ${columns} from defect_photos p where p.county_code = $1 and p.id = $2`
  return (await ask<PhotoRow>(tx, text, [county, id]))[0]
}

export async function selectContent(tx: Asking, { county }: Access, id: Id): Promise<Buffer | null> {
  const text = 'select content_cipher as content from defect_photos where county_code = $1 and id = $2'
  return (await ask<{ content: Buffer | null }>(tx, text, [county, id]))[0]?.content ?? null
}

export async function insertPhoto(
  tx: Asking,
  { county, facility, actorId }: Access,
  row: Pick<DefectPhoto, 'id' | 'cardId' | 'mediaType' | 'size' | 'consentBy' | 'consentOn'> & {
    contentCipher: Buffer
  },
  at: Date,
): Promise<void> {
  const facts = { recordedAt: at, recordedBy: actorId, source: 'MANUAL' }
  await insertRow(tx, 'defect_photos', { countyCode: county, facilityId: facility, ...row, ...facts })
}

/** The picture goes; that there was one, and why it went, stays. */
export async function erasePhoto(
  tx: Asking,
  { county, facility, actorId }: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const text = `update defect_photos set voided_at = $4, voided_by = $5, void_reason = $6, content_cipher = null
    where county_code = $1 and facility_id = $2 and id = $3 and voided_at is null returning id`
  return (await ask(tx, text, [county, facility, id, at, actorId, reason])).length > 0
}
