import type { CardDecision, CardTier, Laterality } from '@youyu/shared/birth-defects/defect-card-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, insertRow } from '../../../database/statements.ts'

export type DiagnosisRecord = {
  id: Id
  cardId: Id
  icd10: string
  laterality: Laterality | null
  descriptionCipher: Buffer | null
}

export async function selectDiagnoses(
  tx: Transaction,
  access: Access,
  cardIds: readonly Id[],
): Promise<DiagnosisRecord[]> {
  return await ask(
    tx,
    `select id, card_id as "cardId", icd10, laterality, description_cipher as "descriptionCipher" from defect_diagnoses
     where county_code = $1 and card_id = any($2) order by card_id, ordinal`,
    [access.county, cardIds],
  )
}

/** The diagnoses of a card, in place of those it had. Descriptions in base64. */
export async function replaceDiagnoses(
  tx: Transaction,
  access: Access,
  cardId: Id,
  diagnoses: readonly Record<string, unknown>[],
): Promise<void> {
  await ask(tx, 'delete from defect_diagnoses where county_code = $1 and card_id = $2', [
    access.county,
    cardId,
  ])
  await ask(
    tx,
    `insert into defect_diagnoses (county_code, id, card_id, facility_id, ordinal, category, icd10, laterality, is_functional, description_cipher)
     select $1, id, $2, $3, ordinal, category, icd10, laterality, "isFunctional", decode(description, 'base64')
     from jsonb_to_recordset($4::jsonb) as d (id uuid, ordinal smallint, category text, icd10 text, laterality text, "isFunctional" boolean, description text)`,
    [access.county, cardId, access.facility, JSON.stringify(diagnoses)],
  )
}

export type VersionRecord = {
  id: Id
  edition: number
  kind: 'SUBMITTED' | 'RESUBMITTED' | 'CORRECTED'
  reason: string | null
  contentCipher: Buffer
  madeAt: Date
  by: string | null
}

export async function insertVersion(
  tx: Transaction,
  access: Access,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  await insertRow(tx, 'defect_card_versions', {
    ...{ countyCode: access.county, facilityId: access.facility, madeBy: access.actorId },
    ...row,
  })
}

export async function selectVersions(tx: Transaction, access: Access, cardId: Id): Promise<VersionRecord[]> {
  return await ask(
    tx,
    `select v.id, v.edition, v.kind, v.reason, v.content_cipher as "contentCipher", v.made_at as "madeAt", u.display_name as by
     from defect_card_versions v left join users u on u.id = v.made_by
     where v.county_code = $1 and v.card_id = $2 order by v.edition`,
    [access.county, cardId],
  )
}

export type StepRecord = {
  id: Id
  edition: number
  tier: CardTier
  decision: CardDecision
  fields: string[]
  noteCipher: Buffer | null
  documentNumber: string | null
  decidedOn: CivilDate
  recordedAt: Date
  by: string | null
}

export async function selectSteps(tx: Transaction, access: Access, cardId: Id): Promise<StepRecord[]> {
  return await ask(
    tx,
    `select r.id, r.edition, r.tier, r.decision, r.fields, r.note_cipher as "noteCipher", r.document_number as "documentNumber",
       r.decided_on as "decidedOn", r.recorded_at as "recordedAt", u.display_name as by
     from case_reviews r left join users u on u.id = r.recorded_by
     where r.county_code = $1 and r.card_id = $2 order by r.recorded_at, r.id`,
    [access.county, cardId],
  )
}

export async function insertStep(
  tx: Transaction,
  access: Access,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  await insertRow(tx, 'case_reviews', { countyCode: access.county, recordedBy: access.actorId, ...row })
}
