import type { AttachmentKind, AttachmentSubject } from '@youyu/shared/subsidies/attachments'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'
import type { MediaType } from './rules.ts'

export type AttachmentRecord = {
  id: Id
  subjectType: AttachmentSubject
  subjectId: Id
  divisionCode: string
  kind: AttachmentKind
  fileName: string
  mediaType: MediaType
  size: number
  sha256: string
  recordedAt: Date
  recordedBy: Id
  voidedAt: Date | null
  voidReason: string | null
}

/** Where the place of a case stands. */
const tableOf: Record<AttachmentSubject, string> = {
  APPLICATION: 'applications',
  CIRCUMSTANCE: 'circumstances',
  NOTICE: 'public_notices',
  OBJECTION: 'objections',
  VERIFICATION: 'annual_verifications',
  CLAIM_MATCH: 'claim_matches',
  OVERPAYMENT: 'overpayments',
  BENEFICIARY: 'beneficiaries',
}

const columns = `a.id, a.subject_type as "subjectType", a.subject_id as "subjectId", a.division_code as "divisionCode", a.kind,
  a.file_name as "fileName", a.media_type as "mediaType", a.size, encode(a.sha256, 'hex') as sha256,
  a.recorded_at as "recordedAt", a.recorded_by as "recordedBy", a.voided_at as "voidedAt", a.void_reason as "voidReason"`

/** The first gate: files of cases of the area. */
function ofCounty(bound: Bound, access: Access): string {
  return `a.county_code = ${bound.bind(access.county)} and ${within(bound, 'a.division_code', access.prefixes)}`
}

export async function findPlace(
  tx: Transaction,
  access: Access,
  subjectType: AttachmentSubject,
  subjectId: Id,
): Promise<string | null> {
  const bound = new Bound()
  const [row] = await ask<{ divisionCode: string }>(
    tx,
    `select s.division_code as "divisionCode" from ${tableOf[subjectType]} s
     where s.county_code = ${bound.bind(access.county)} and s.id = ${bound.bind(subjectId)}
       and ${within(bound, 's.division_code', access.prefixes)}`,
    bound.values,
  )
  return row?.divisionCode ?? null
}

export async function insertAttachment(tx: Transaction, row: Record<string, unknown>): Promise<void> {
  await insertRow(tx, 'attachments', row)
}

export async function selectAttachments(
  tx: Transaction,
  access: Access,
  of: { subjectType: AttachmentSubject; subjectId: Id } | { id: Id },
): Promise<AttachmentRecord[]> {
  const bound = new Bound()
  const gate = ofCounty(bound, access)
  const which =
    'id' in of
      ? `a.id = ${bound.bind(of.id)}`
      : `a.subject_type = ${bound.bind(of.subjectType)} and a.subject_id = ${bound.bind(of.subjectId)}`
  return await ask(
    tx,
    `select ${columns} from attachments a where ${gate} and ${which} order by a.id`,
    bound.values,
  )
}

export async function selectContent(tx: Transaction, access: Access, id: Id): Promise<Buffer | null> {
  const bound = new Bound()
  const [row] = await ask<{ content: Buffer }>(
    tx,
    `select a.content_cipher as content from attachments a where ${ofCounty(bound, access)} and a.id = ${bound.bind(id)}`,
    bound.values,
  )
  return row?.content ?? null
}

export async function updateVoided(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const rows = await ask(
    tx,
    `update attachments set voided_at = $3, voided_by = $4, void_reason = $5
     where county_code = $1 and id = $2 and voided_at is null returning id`,
    [access.county, id, at, access.actorId, reason],
  )
  return rows.length > 0
}
