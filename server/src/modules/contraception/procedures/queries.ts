import type { ProcedureType } from '@youyu/shared/contraception/care-value-sets'
import type { listProcedures, Procedure, ProcedureRow } from '@youyu/shared/contraception/procedures'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import type { procedures } from './tables.ts'

type Filter = Omit<z.output<(typeof listProcedures)['schema']['querystring']>, 'limit' | 'cursor'>
export type ListedProcedure = Omit<ProcedureRow, 'clientName' | 'isOverdue' | 'recordedAt' | 'voidedAt'> & {
  clientName: string | null
  recordedAt: Date
  voidedAt: Date | null
}
export type ReadProcedure = ListedProcedure &
  Omit<Procedure, keyof ProcedureRow | 'form' | 'complications'> & {
    formVersion: string | null
    formCipher: Buffer | null
  }

/** The first gate: done or asked for at the facility; of one client also what she lets it read, never an abortion (E8). */
function proceduresOfCare(bound: Bound, { county, facility }: Access, clientId?: Id): string {
  const ofCounty = `x.county_code = ${bound.bind(county)}`
  return clientId === undefined
    ? `${ofCounty} and x.facility_id = ${bound.bind(facility)}`
    : `${ofCounty} and x.client_id = ${bound.bind(clientId)}`
}

const listed = `x.id, x.client_id as "clientId", p.name as "clientName", x.type, x.status, x.requested_on as "requestedOn",
  x.scheduled_on as "scheduledOn", x.performed_on as "performedOn", l.name as "operatorName",
  exists (select from complications k where k.county_code = x.county_code and k.procedure_id = x.id and k.voided_at is null)
    as "hasComplication",
  x.findings, x.recorded_at as "recordedAt", x.voided_at as "voidedAt", x.version`
const isOurs = 'x.facility_id = (select app.facility())'
const read = `${listed}, ${isOurs} as "isOurs", x.indication, x.screen_id as "screenId", x.choice_id as "choiceId",
  x.consent_id as "consentId", x.operator_id as "operatorId", x.screened_on as "screenedOn", x.consented_on as "consentedOn",
  x.deferred_on as "deferredOn", x.deferral_reason as "deferralReason", x.cancelled_on as "cancelledOn",
  x.device_type as "deviceType", x.lot_id as "lotId", x.payment,
  case when ${isOurs} or x.iud_timing not in ('03', '04', '05') then x.iud_timing end as "iudTiming",
  x.cavity_depth_millimetres as "cavityDepthMillimetres", x.blood_loss_millilitres as "bloodLossMillilitres",
  x.gestation_days as "gestationDays", x.is_smooth as "isSmooth", x.removal_result as "removalResult",
  case when ${isOurs} then x.form_version end as "formVersion", case when ${isOurs} then x.form_cipher end as "formCipher",
  (select e.id from method_episodes e where e.county_code = x.county_code and e.procedure_id = x.id and e.voided_at is null
    limit 1) as "episodeId",
  x.outreach_id as "outreachId", u.display_name as "recordedBy", x.source, x.void_reason as "voidReason", x.replaces,
  (select n.id from procedures n where n.county_code = x.county_code and n.replaces = x.id limit 1) as "replacedBy"`
const from = `from procedures x left join persons p on p.county_code = x.county_code and p.id = x.client_id
  left join operator_licences l on l.id = x.operator_id left join users u on u.id = x.recorded_by`

export async function findProcedure(tx: Asking, access: Access, id: Id): Promise<ReadProcedure | undefined> {
  const [procedure] = await ask<ReadProcedure>(
    tx,
    `select ${read} ${from} where x.county_code = $1 and x.id = $2`,
    [access.county, id],
  )
  return procedure
}

/** All of a client, as far as the facility may read them; latest first. */
export async function proceduresOfClient(tx: Asking, access: Access, clientId: Id): Promise<ReadProcedure[]> {
  const bound = new Bound()
  const text = `select ${read} ${from} where ${proceduresOfCare(bound, access, clientId)} and x.voided_at is null
    order by x.requested_on desc, x.id desc limit 200`
  return await ask(tx, text, bound.values)
}

export async function selectProcedures(
  tx: Asking,
  access: Access,
  filter: Filter,
  after: readonly [requestedOn: string, id: string] | null,
  limit: number,
): Promise<ListedProcedure[]> {
  const bound = new Bound()
  const conditions = [proceduresOfCare(bound, access, filter.clientId)]
  if (filter.type) conditions.push(`x.type = ${bound.bind(filter.type)}`)
  if (filter.status) conditions.push(`x.status = ${bound.bind(filter.status)}`)
  if (filter.open !== undefined)
    conditions.push(`(x.performed_on is null and x.cancelled_on is null) ${filter.open ? '' : 'is not true'}`)
  if (filter.from) conditions.push(`x.requested_on >= ${bound.bind(filter.from)}`)
  if (filter.to) conditions.push(`x.requested_on <= ${bound.bind(filter.to)}`)
  if (filter.scheduledOn) conditions.push(`x.scheduled_on = ${bound.bind(filter.scheduledOn)}`)
  conditions.push(filter.voided ? 'x.voided_at is not null' : 'x.voided_at is null')
  if (after)
    conditions.push(`(x.requested_on, x.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${listed} ${from} where ${conditions.join(' and ')}
    order by x.requested_on desc, x.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export type StandingProcedure = Omit<typeof procedures.$inferSelect, 'recordedAt' | 'updatedAt'>

/** A procedure of the facility that is to go on or be voided: nobody else does so meanwhile. */
export async function lockProcedure(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
): Promise<StandingProcedure | undefined> {
  const [procedure] = await ask<StandingProcedure>(
    tx,
    `select id, client_id as "clientId", division_code as "divisionCode", type, status, indication, requested_on as "requestedOn",
       scheduled_on as "scheduledOn", screened_on as "screenedOn", consented_on as "consentedOn", deferred_on as "deferredOn",
       deferral_reason as "deferralReason", performed_on as "performedOn", operator_id as "operatorId", screen_id as "screenId",
       choice_id as "choiceId", choice_on as "choiceOn", consent_id as "consentId", consent_on as "consentOn",
       device_type as "deviceType", lot_id as "lotId", payment, iud_timing as "iudTiming",
       cavity_depth_millimetres as "cavityDepthMillimetres", blood_loss_millilitres as "bloodLossMillilitres",
       gestation_days as "gestationDays", is_smooth as "isSmooth", removal_result as "removalResult",
       form_version as "formVersion", form_cipher as "formCipher", outreach_id as "outreachId", findings, version, source,
       voided_at as "voidedAt"
     from procedures where county_code = $1 and facility_id = $2 and id = $3 for update`,
    [county, facility, id],
  )
  return procedure
}

/** Whether such a procedure of hers is still open at the facility. */
export async function isAskedFor(
  tx: Asking,
  { county, facility }: Access,
  clientId: Id,
  type: ProcedureType,
): Promise<boolean> {
  const rows = await ask(
    tx,
    `select 1 from procedures where county_code = $1 and facility_id = $2 and client_id = $3 and type = $4
       and performed_on is null and cancelled_on is null and voided_at is null limit 1`,
    [county, facility, clientId, type],
  )
  return rows.length > 0
}

export async function insertProcedure(tx: Asking, row: typeof procedures.$inferInsert): Promise<void> {
  await insertRow(tx, 'procedures', row)
}

/** Sets fields of a locked procedure and counts its version on. */
export async function updateProcedure(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
  set: Partial<typeof procedures.$inferInsert>,
): Promise<void> {
  const bound = new Bound()
  const changes = Object.entries(set).map(([field, value]) => {
    const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    return `${column} = ${bound.bind(value)}`
  })
  const text = `update procedures set ${changes.join(', ')}, version = version + 1
    where county_code = ${bound.bind(county)} and facility_id = ${bound.bind(facility)} and id = ${bound.bind(id)}`
  await ask(tx, text, bound.values)
}

export type KnownConsent = {
  id: Id
  on: CivilDate
  kind: string
  procedureType: string | null
  withdrawnOn: CivilDate | null
}

/** A consent of the client at the facility that was not voided. */
export async function findConsentGiven(
  tx: Asking,
  { county, facility }: Access,
  clientId: Id,
  id: Id,
): Promise<KnownConsent | undefined> {
  const [consent] = await ask<KnownConsent>(
    tx,
    `select id, given_on as "on", kind, procedure_type as "procedureType", withdrawn_on as "withdrawnOn" from care_consents
     where county_code = $1 and facility_id = $2 and client_id = $3 and id = $4 and voided_at is null`,
    [county, facility, clientId, id],
  )
  return consent
}

/** A choice was corrected: what rested on the wrong record rests on the right one. */
export async function carryProcedures(
  tx: Asking,
  { county }: Access,
  { from, to, on }: { from: Id; to: Id; on: CivilDate },
): Promise<void> {
  const text =
    'update procedures set choice_id = $3, choice_on = $4 where county_code = $1 and choice_id = $2'
  await ask(tx, text, [county, from, to, on])
}
