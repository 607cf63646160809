import type { CheckVisit, CheckVisitRow, NewCheckFinding } from '@youyu/shared/contraception/visits'
import type { FindingKind } from '@youyu/shared/contraception/check-codes'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

export type VisitRow = Omit<CheckVisitRow, 'client' | 'voidedAt'> & {
  clientId: Id
  name: string
  sex: string
  birthDate: CivilDate
  voidedAt: Date | null
}
export type VisitRecord = VisitRow &
  Pick<CheckVisit, 'sessionId' | 'outreachId' | 'encounterId' | 'infectionConsent' | 'voidReason'> & {
    facilityId: Id
    divisionCode: DivisionCode
    venueDivision: DivisionCode | null
    venueName: string | null
    invitationId: Id | null
    resultCipher: Buffer | null
    recordedAt: Date
  }

const columns = (
  facility: string,
) => `v.id, v.client_id as "clientId", c.name, c.sex, c.birth_date as "birthDate", v.occurred_on as "occurredOn", v.place, v.programme, v.items,
  v.has_finding as "hasFinding", v.is_treated as "isTreated", v.facility_id = ${facility} as "isMine", v.voided_at as "voidedAt"`
const whole = `v.facility_id as "facilityId", v.division_code as "divisionCode", v.venue_division as "venueDivision", d.name as "venueName", v.session_id as "sessionId",
  v.outreach_id as "outreachId", v.encounter_id as "encounterId", v.invitation_id as "invitationId", v.infection_consent as "infectionConsent",
  v.result_cipher as "resultCipher", v.recorded_at as "recordedAt", v.void_reason as "voidReason"`
const person = 'cross join lateral app.client_of(v.county_code, v.client_id) c'

export type VisitQuestion = {
  clientId?: Id | undefined
  sessionId?: Id | undefined
  outreachId?: Id | undefined
  from?: CivilDate | undefined
  to?: CivilDate | undefined
  after: readonly [string, string] | null
  limit: number
}

/** The first gate: visits at the facility, of one client also what she shares with it (row-level security decides). */
export async function selectVisits(
  tx: Transaction,
  access: Access,
  { clientId, sessionId, outreachId, from, to, after, limit }: VisitQuestion,
): Promise<VisitRow[]> {
  const bound = new Bound()
  const facility = bound.bind(access.facility)
  const conditions = [`v.county_code = ${bound.bind(access.county)}`]
  conditions.push(clientId ? `v.client_id = ${bound.bind(clientId)}` : `v.facility_id = ${facility}`)
  if (sessionId) conditions.push(`v.session_id = ${bound.bind(sessionId)}`)
  if (outreachId) conditions.push(`v.outreach_id = ${bound.bind(outreachId)}`)
  if (from) conditions.push(`v.occurred_on >= ${bound.bind(from)}::date`)
  if (to) conditions.push(`v.occurred_on <= ${bound.bind(to)}::date`)
  if (after)
    conditions.push(`(v.occurred_on, v.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns(facility)} from check_visits v ${person} where ${conditions.join(' and ')} order by v.occurred_on desc, v.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findVisit(tx: Transaction, access: Access, id: Id): Promise<VisitRecord | undefined> {
  const text = `select ${columns('$3')}, ${whole} from check_visits v ${person} left join divisions d on d.code = v.venue_division and d.valid_to is null
  where v.county_code = $1 and v.id = $2`
  return (await ask<VisitRecord>(tx, text, [access.county, id, access.facility]))[0]
}

export type FindingRow = Pick<NewCheckFinding, 'icd10' | 'treatment'> & {
  id: Id
  treatedOn: CivilDate | null
  referredTo: string | null
  kind: FindingKind
  noteCipher: Buffer | null
  caseId: Id | null
}
export async function selectFindings(tx: Transaction, access: Access, visitId: Id): Promise<FindingRow[]> {
  const text = `select f.id, f.icd10, f.kind, f.treatment, f.treated_on as "treatedOn", f.referred_to as "referredTo", f.note_cipher as "noteCipher",
    (select r.id from rti_cases r where r.county_code = f.county_code and r.finding_id = f.id limit 1) as "caseId"
  from check_findings f where f.county_code = $1 and f.visit_id = $2 order by f.id`
  return await ask(tx, text, [access.county, visitId])
}

export type NewVisitRow = {
  id: Id
  clientId: Id
  divisionCode: DivisionCode
  occurredOn: CivilDate
  place: string
  venueDivision: DivisionCode | null
  sessionId: Id | null
  outreachId: Id | null
  encounterId: Id | null
  invitationId: Id | null
  programme: string | null
  items: readonly string[]
  infectionConsent: boolean
  hasFinding: boolean
  isTreated: boolean
  resultCipher: Buffer | null
}
export async function insertVisit(
  tx: Transaction,
  access: Access,
  row: NewVisitRow,
  at: Date,
): Promise<void> {
  const text = `insert into check_visits (county_code, id, client_id, facility_id, division_code, occurred_on, place, venue_division, session_id, outreach_id, encounter_id,
    invitation_id, programme, items, infection_consent, has_finding, is_treated, result_cipher, recorded_at, recorded_by, source)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 'MANUAL')`
  const { id, clientId, divisionCode, occurredOn, place, venueDivision, sessionId, outreachId, encounterId } =
    row
  const { invitationId, programme, items, infectionConsent, hasFinding, isTreated, resultCipher } = row
  await ask(tx, text, [
    ...[
      access.county,
      id,
      clientId,
      access.facility,
      divisionCode,
      occurredOn,
      place,
      venueDivision,
      sessionId,
    ],
    ...[outreachId, encounterId, invitationId, programme, items, infectionConsent, hasFinding, isTreated],
    ...[resultCipher, at, access.actorId],
  ])
}

export type NewFindingRow = {
  id: Id
  visitId: Id
  clientId: Id
  divisionCode: DivisionCode
  occurredOn: CivilDate
  icd10: string
  kind: FindingKind
  treatment: string
  treatedOn: CivilDate | null
  referredTo: string | null
  /** Base64. */
  note: string | null
}
export async function insertFindings(
  tx: Transaction,
  access: Access,
  rows: readonly NewFindingRow[],
  at: Date,
): Promise<void> {
  const text = `insert into check_findings (county_code, id, visit_id, client_id, facility_id, division_code, occurred_on, icd10, kind, treatment, treated_on, referred_to, note_cipher,
    recorded_at, recorded_by, source)
  select $1, id, "visitId", "clientId", $3, "divisionCode", "occurredOn", icd10, kind, treatment, "treatedOn", "referredTo", decode(note, 'base64'), $4, $5, 'MANUAL'
  from jsonb_to_recordset($2::jsonb) as r (id uuid, "visitId" uuid, "clientId" uuid, "divisionCode" text, "occurredOn" date, icd10 text, kind text, treatment text,
    "treatedOn" date, "referredTo" text, note text)`
  await ask(tx, text, [access.county, JSON.stringify(rows), access.facility, at, access.actorId])
}

/** A session of the facility that asks. */
export async function findSessionVenue(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<{ divisionCode: DivisionCode; status: string } | undefined> {
  const text = `select division_code as "divisionCode", status from check_sessions where county_code = $1 and id = $2 and facility_id = $3`
  return (
    await ask<{ divisionCode: DivisionCode; status: string }>(tx, text, [access.county, id, access.facility])
  )[0]
}

/** Whether an outreach session of the facility took place on a day. */
export async function isOutreachOf(tx: Transaction, access: Access, id: Id): Promise<boolean> {
  const text =
    'select id from outreach_sessions where county_code = $1 and id = $2 and facility_id = $3 and voided_at is null'
  return (await ask(tx, text, [access.county, id, access.facility])).length > 0
}

/** Persons who came, not visits. */
export async function countAttendance(
  tx: Transaction,
  access: Access,
  { sessionId, clientId, visitId }: { sessionId: Id; clientId: Id; visitId: Id },
  number: 1 | -1,
  at: Date,
): Promise<void> {
  const text = `update check_sessions set attended = attended + $5, changed_at = $6, version = version + 1 where county_code = $1 and id = $2
  and not exists (select from check_visits v where v.county_code = $1 and v.session_id = $2 and v.client_id = $3 and v.id <> $4 and v.voided_at is null)`
  await ask(tx, text, [access.county, sessionId, clientId, visitId, number, at])
}

export type Attended = { id: Id; offerId: Id | null }
/** Open invitations of the facility that this visit answers; who declined and came all the same stays as she said. */
export async function markAttended(
  tx: Transaction,
  access: Access,
  visit: { clientId: Id; occurredOn: CivilDate; sessionId: Id | null; programme: string | null },
  at: Date,
): Promise<Attended[]> {
  const text = `update check_invitations set status = 'ATTENDED', answered_on = coalesce(answered_on, $4::date), updated_at = $7, version = version + 1
  where county_code = $1 and facility_id = $2 and client_id = $3 and status in ('PLANNED', 'SENT', 'ACCEPTED', 'NO_SHOW', 'NO_RESPONSE')
    and $4::date between cycle_from and cycle_to and (session_id = $5 or programme = $6) returning id, offer_id as "offerId"`
  const { clientId, occurredOn, sessionId, programme } = visit
  return await ask(tx, text, [access.county, access.facility, clientId, occurredOn, sessionId, programme, at])
}

export async function hasProgramme(tx: Transaction, access: Access, code: string): Promise<boolean> {
  const text = 'select id from check_programmes where county_code in (0, $1) and code = $2 limit 1'
  return (await ask(tx, text, [access.county, code])).length > 0
}

export async function voidVisit(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const values = [access.county, id, at, access.actorId, reason, access.facility]
  const rows = await ask(
    tx,
    `update check_visits set voided_at = $3, voided_by = $4, void_reason = $5 where county_code = $1 and id = $2 and facility_id = $6 and voided_at is null returning id`,
    values,
  )
  await ask(
    tx,
    `update check_findings set voided_at = $3, voided_by = $4, void_reason = $5 where county_code = $1 and visit_id = $2 and facility_id = $6 and voided_at is null`,
    values,
  )
  await ask(
    tx,
    `update check_invitations i set status = 'ACCEPTED', updated_at = $3, version = i.version + 1 from check_visits v
     where v.county_code = $1 and v.id = $2 and i.county_code = $1 and i.id = v.invitation_id and i.status = 'ATTENDED'`,
    [access.county, id, at],
  )
  return rows.length > 0
}
