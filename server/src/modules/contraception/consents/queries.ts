import type { Consent, listConsents } from '@youyu/shared/contraception/consents'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import type { careConsents } from './tables.ts'

type Filter = Omit<z.output<(typeof listConsents)['schema']['querystring']>, 'limit' | 'cursor'>
export type ReadConsent = Omit<Consent, 'recordedAt' | 'voidedAt'> & {
  recordedAt: Date
  voidedAt: Date | null
}

/** The first gate: consents kept at the facility. */
function consentsOfFacility(bound: Bound, { county, facility }: Access): string {
  return `c.county_code = ${bound.bind(county)} and c.facility_id = ${bound.bind(facility)}`
}

const columns = `c.id, c.client_id as "clientId", c.kind, c.procedure_type as "procedureType", c.given_on as "givenOn",
  c.given_by as "givenBy", c.guardian_name as "guardianName", c.evidence, c.form_reference as "formReference", c.language,
  c.is_confidential as "isConfidential", c.withdrawn_on as "withdrawnOn", c.withdrawal_reason as "withdrawalReason",
  c.recorded_at as "recordedAt", u.display_name as "recordedBy", c.voided_at as "voidedAt", c.void_reason as "voidReason"`
const from = `from care_consents c left join users u on u.id = c.recorded_by`

export async function insertConsent(tx: Asking, row: typeof careConsents.$inferInsert): Promise<void> {
  await insertRow(tx, 'care_consents', row)
}

export async function findConsent(tx: Asking, access: Access, id: Id): Promise<ReadConsent | undefined> {
  const bound = new Bound()
  const text = `select ${columns} ${from} where ${consentsOfFacility(bound, access)} and c.id = ${bound.bind(id)}`
  const [consent] = await ask<ReadConsent>(tx, text, bound.values)
  return consent
}

export async function selectConsents(
  tx: Asking,
  access: Access,
  filter: Filter,
  after: readonly [givenOn: string, id: string] | null,
  limit: number,
): Promise<ReadConsent[]> {
  const bound = new Bound()
  const conditions = [consentsOfFacility(bound, access)]
  if (filter.clientId) conditions.push(`c.client_id = ${bound.bind(filter.clientId)}`)
  if (filter.kind) conditions.push(`c.kind = ${bound.bind(filter.kind)}`)
  if (filter.standing !== undefined)
    conditions.push(`(c.withdrawn_on is null and c.voided_at is null) = ${bound.bind(filter.standing)}`)
  if (after)
    conditions.push(`(c.given_on, c.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} ${from} where ${conditions.join(' and ')}
    order by c.given_on desc, c.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

/** False where it was withdrawn or voided already. */
export async function updateWithdrawn(
  tx: Asking,
  access: Access,
  id: Id,
  { withdrawnOn, reason, at }: { withdrawnOn: CivilDate; reason: string | null; at: Date },
): Promise<boolean> {
  const rows = await ask(
    tx,
    `update care_consents set withdrawn_on = $4, withdrawal_reason = $5, withdrawn_at = $6, withdrawn_by = $7
     where county_code = $1 and facility_id = $2 and id = $3 and withdrawn_on is null and voided_at is null returning id`,
    [access.county, access.facility, id, withdrawnOn, reason, at, access.actorId],
  )
  return rows.length > 0
}

export async function updateVoided(
  tx: Asking,
  access: Access,
  id: Id,
  { reason, at }: { reason: string; at: Date },
): Promise<boolean> {
  const rows = await ask(
    tx,
    `update care_consents set voided_at = $4, voided_by = $5, void_reason = $6
     where county_code = $1 and facility_id = $2 and id = $3 and voided_at is null returning id`,
    [access.county, access.facility, id, at, access.actorId, reason],
  )
  return rows.length > 0
}

/** Whether a performed procedure rests on it. */
export async function isRestedOn(tx: Asking, { county, facility }: Access, id: Id): Promise<boolean> {
  const rows = await ask(
    tx,
    `select from procedures where county_code = $1 and facility_id = $2 and consent_id = $3 and performed_on is not null
       and voided_at is null limit 1`,
    [county, facility, id],
  )
  return rows.length > 0
}
