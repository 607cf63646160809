import type { Complication, listComplications } from '@youyu/shared/contraception/complications'
import type { Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../../database/statements.ts'
import type { complications } from './tables.ts'

type Filter = Omit<z.output<(typeof listComplications)['schema']['querystring']>, 'limit' | 'cursor'>
export type ReadComplication = Omit<
  Complication,
  'description' | 'assessment' | 'recordedAt' | 'voidedAt'
> & {
  clientName: string | null
  descriptionCipher: Buffer | null
  assessedGrade: number | null
  assessedOn: string | null
  assessmentLevel: 'CITY' | 'PROVINCE' | null
  certificateNumber: string | null
  recordedAt: Date
  voidedAt: Date | null
}

/** The first gate: recorded at the facility; of one client also what she lets it read. */
function complicationsOfCare(bound: Bound, { county, facility }: Access, clientId?: Id): string {
  const ofCounty = `k.county_code = ${bound.bind(county)}`
  return clientId === undefined
    ? `${ofCounty} and k.facility_id = ${bound.bind(facility)}`
    : `${ofCounty} and k.client_id = ${bound.bind(clientId)}`
}

const isOurs = 'k.facility_id = (select app.facility())'
const columns = `k.id, k.client_id as "clientId", p.name as "clientName", k.procedure_id as "procedureId",
  k.procedure_type as "procedureType", k.type, k.onset_on as "onsetOn", k.severity,
  case when ${isOurs} then k.description_cipher end as "descriptionCipher", k.assessed_grade as "assessedGrade",
  k.assessed_on as "assessedOn", k.assessment_level as "assessmentLevel", k.certificate_number as "certificateNumber",
  k.recorded_at as "recordedAt", u.display_name as "recordedBy", k.voided_at as "voidedAt", k.void_reason as "voidReason"`
const from = `from complications k left join persons p on p.county_code = k.county_code and p.id = k.client_id
  left join users u on u.id = k.recorded_by`

export async function insertComplication(tx: Asking, row: typeof complications.$inferInsert): Promise<void> {
  await insertRow(tx, 'complications', row)
}

export async function selectComplications(
  tx: Asking,
  access: Access,
  filter: Filter,
  after: readonly [onsetOn: string, id: string] | null,
  limit: number,
): Promise<ReadComplication[]> {
  const bound = new Bound()
  const conditions = [complicationsOfCare(bound, access, filter.clientId)]
  if (filter.type) conditions.push(`k.type = ${bound.bind(filter.type)}`)
  if (filter.from) conditions.push(`k.onset_on >= ${bound.bind(filter.from)}`)
  if (filter.to) conditions.push(`k.onset_on <= ${bound.bind(filter.to)}`)
  conditions.push(filter.voided ? 'k.voided_at is not null' : 'k.voided_at is null')
  if (after)
    conditions.push(`(k.onset_on, k.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} ${from} where ${conditions.join(' and ')}
    order by k.onset_on desc, k.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function complicationsOfProcedure(
  tx: Asking,
  access: Access,
  procedureId: Id,
): Promise<ReadComplication[]> {
  return await ask(
    tx,
    `select ${columns} ${from} where k.county_code = $1 and k.procedure_id = $2 and k.voided_at is null order by k.onset_on, k.id`,
    [access.county, procedureId],
  )
}

export async function findComplication(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
): Promise<(ReadComplication & { divisionCode: string }) | undefined> {
  const [complication] = await ask<ReadComplication & { divisionCode: string }>(
    tx,
    `select ${columns}, k.division_code as "divisionCode" ${from} where k.county_code = $1 and k.facility_id = $2 and k.id = $3`,
    [county, facility, id],
  )
  return complication
}

export type Assessment = NonNullable<Complication['assessment']>

export async function updateAssessment(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
  { grade, certificateNumber, assessedOn, level }: Assessment,
): Promise<boolean> {
  const rows = await ask(
    tx,
    `update complications set assessed_grade = $4, certificate_number = $5, assessed_on = $6, assessment_level = $7
     where county_code = $1 and facility_id = $2 and id = $3 and voided_at is null returning id`,
    [county, facility, id, grade, certificateNumber, assessedOn, level],
  )
  return rows.length > 0
}

export async function updateVoided(
  tx: Asking,
  { county, facility, actorId }: Access,
  id: Id,
  { reason, at }: { reason: string; at: Date },
): Promise<boolean> {
  const rows = await ask(
    tx,
    `update complications set voided_at = $4, voided_by = $5, void_reason = $6
     where county_code = $1 and facility_id = $2 and id = $3 and voided_at is null returning id`,
    [county, facility, id, at, actorId, reason],
  )
  return rows.length > 0
}

export type ComplicatedProcedure = { id: Id; type: string; performedOn: string | null }

export async function findPerformed(
  tx: Asking,
  { county, facility }: Access,
  clientId: Id,
  id: Id,
): Promise<ComplicatedProcedure | undefined> {
  const [procedure] = await ask<ComplicatedProcedure>(
    tx,
    `select id, type, performed_on as "performedOn" from procedures
     where county_code = $1 and facility_id = $2 and client_id = $3 and id = $4 and voided_at is null and performed_on is not null`,
    [county, facility, clientId, id],
  )
  return procedure
}
