import {
  AttachmentKind,
  AttachmentSubject,
  attachmentTypes,
  type Attachment,
} from '@youyu/shared/subsidies/attachments'
import { Id } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { sha256 } from '../../../crypto/keys.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as queries from './queries.ts'
import { keptOf, type Received, type ReceivedFile } from './receiving.ts'
import { isActive, keptName } from './rules.ts'

export type NewAttachment = {
  subjectType: AttachmentSubject
  subjectId: Id
  divisionCode: string
  kind: AttachmentKind
  file: ReceivedFile
}

const shown = ({ divisionCode: _, ...row }: queries.AttachmentRecord): Attachment => ({
  ...row,
  recordedAt: row.recordedAt.toISOString(),
  voidedAt: row.voidedAt?.toISOString() ?? null,
})

/** Who works in several counties says in which. */
export function inCounty(access: Access, county: number | undefined): Access {
  if (county === undefined || access.county !== 0) return access
  return covers(access.prefixes, String(county)) ? { ...access, county } : access
}

/** Keeps a file of a case, in the transaction of the case: typed by its bytes, bare, hashed, enciphered under its row. */
export async function attach(
  tx: Transaction,
  office: Office,
  access: Access,
  { subjectType, subjectId, divisionCode, kind, file }: NewAttachment,
): Promise<Attachment> {
  if (file.content.length === 0) throw Refused.field('/file', 'required')
  const { mediaType, content } = keptOf(file.content, attachmentTypes)
  if (isActive(content, mediaType)) throw new Refused('attachment-active')
  const at = office.now()
  const id = newId(at.getTime())
  const row = {
    ...{ id, subjectType, subjectId, kind, mediaType, size: content.length },
    ...{ fileName: keptName(file.name, mediaType), recordedAt: at, recordedBy: access.actorId },
  }
  const hash = sha256(content)
  await queries.insertAttachment(tx, {
    ...row,
    ...{ countyCode: access.county, divisionCode, sha256: hash },
    contentCipher: office.ciphers.attachment.encipher(content, { county: access.county, id }),
  })
  await record(tx, access, { ...deed('create', row, divisionCode), purpose: 'BENEFIT' }, at)
  return {
    ...row,
    sha256: hash.toString('hex'),
    recordedAt: at.toISOString(),
    voidedAt: null,
    voidReason: null,
  }
}

const deed = (
  action: 'create' | 'reveal' | 'change',
  { id, kind }: { id: Id; kind: string },
  division: string,
) => ({ action, entity: 'attachment', entityId: id, division, fields: [kind] })

export async function attachmentsOf(
  tx: Transaction,
  access: Access,
  subjectType: AttachmentSubject,
  subjectId: Id,
): Promise<Attachment[]> {
  return (await queries.selectAttachments(tx, access, { subjectType, subjectId })).map(shown)
}

export async function addAttachment(
  office: Office,
  access: Access,
  { fields, file }: Received,
): Promise<Attachment> {
  const subjectType = AttachmentSubject.safeParse(fields['subjectType'])
  const subjectId = Id.safeParse(fields['subjectId'])
  const kind = AttachmentKind.safeParse(fields['kind'])
  if (!subjectType.success) throw Refused.field('/subjectType', 'invalid-value')
  if (!subjectId.success) throw Refused.field('/subjectId', 'invalid-value')
  if (!kind.success) throw Refused.field('/kind', 'invalid-value')
  return await transaction(office.db, access, async (tx) => {
    const divisionCode = await queries.findPlace(tx, access, subjectType.data, subjectId.data)
    if (divisionCode === null) throw new Refused('not-found')
    return await attach(tx, office, access, {
      ...{ subjectType: subjectType.data, subjectId: subjectId.data, kind: kind.data, divisionCode, file },
    })
  })
}

export async function listAttachments(
  office: Office,
  access: Access,
  {
    subjectType,
    subjectId,
    county,
  }: { subjectType: AttachmentSubject; subjectId: Id; county?: number | undefined },
): Promise<{ items: Attachment[] }> {
  const at = inCounty(access, county)
  return { items: await reading(office.db, at, (tx) => attachmentsOf(tx, at, subjectType, subjectId)) }
}

/** A file is opened under its reader's name (L3). */
export async function readAttachment(
  office: Office,
  reader: Access,
  id: Id,
  county: number | undefined,
): Promise<{ fileName: string; mediaType: string; content: Buffer }> {
  const access = inCounty(reader, county)
  return await transaction(office.db, access, async (tx) => {
    const [[row], bytes] = await Promise.all([
      queries.selectAttachments(tx, access, { id }),
      queries.selectContent(tx, access, id),
    ])
    if (!row || !bytes) throw new Refused('not-found')
    const content = office.ciphers.attachment.decipherBytes(bytes, { county: access.county, id })
    if (sha256(content).toString('hex') !== row.sha256)
      throw new Error('An attachment is not what was hashed')
    await record(tx, access, { ...deed('reveal', row, row.divisionCode), purpose: 'BENEFIT' }, office.now())
    return { fileName: row.fileName, mediaType: row.mediaType, content }
  })
}

export async function voidAttachment(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<Attachment> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const [row] = await queries.selectAttachments(tx, access, { id })
    if (!row) throw new Refused('not-found')
    if (!(await queries.updateVoided(tx, access, id, reason, at))) throw new Refused('already-decided')
    await record(tx, access, deed('change', row, row.divisionCode), at)
    return shown({ ...row, voidedAt: at, voidReason: reason })
  })
}
