import type { ChangedRtiCase, RtiCaseRow, RtiStatus } from '@youyu/shared/contraception/cases'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'

export type CaseRow = Omit<RtiCaseRow, 'client'> & {
  clientId: Id
  name: string
  sex: string
  birthDate: CivilDate
  divisionCode: DivisionCode
  noteCipher: Buffer | null
}

const columns = `r.id, r.client_id as "clientId", c.name, c.sex, c.birth_date as "birthDate", r.diagnosed_on as "diagnosedOn", r.icd10, r.status,
  r.treated_on as "treatedOn", r.partner_notified as "partnerNotified", r.reviewed_on as "reviewedOn", r.closed_on as "closedOn", r.note_cipher as "noteCipher", r.division_code as "divisionCode", r.version`
const person = 'cross join lateral app.client_of(r.county_code, r.client_id) c'

/** The first gate: cases of the facility that treats. */
function ofFacility(bound: Bound, access: Access): string {
  return `r.county_code = ${bound.bind(access.county)} and r.facility_id = ${bound.bind(access.facility)} and r.voided_at is null`
}

export async function selectCases(
  tx: Transaction,
  access: Access,
  filter: { clientId?: Id | undefined; status?: RtiStatus | undefined; isOpen?: boolean | undefined },
  after: readonly [string, string] | null,
  limit: number,
): Promise<CaseRow[]> {
  const bound = new Bound()
  const conditions = [ofFacility(bound, access)]
  if (filter.clientId) conditions.push(`r.client_id = ${bound.bind(filter.clientId)}`)
  if (filter.status) conditions.push(`r.status = ${bound.bind(filter.status)}`)
  if (filter.isOpen !== undefined) conditions.push(`r.closed_on is ${filter.isOpen ? '' : 'not '}null`)
  if (after)
    conditions.push(`(r.diagnosed_on, r.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from rti_cases r ${person} where ${conditions.join(' and ')} order by r.diagnosed_on desc, r.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findCase(tx: Transaction, access: Access, id: Id): Promise<CaseRow | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from rti_cases r ${person} where ${ofFacility(bound, access)} and r.id = ${bound.bind(id)}`
  return (await ask<CaseRow>(tx, text, bound.values))[0]
}

export async function lockCase(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from rti_cases where county_code = $1 and id = $2 for no key update', [
    access.county,
    id,
  ])
}

export type NewCase = {
  id: Id
  findingId: Id | null
  clientId: Id
  divisionCode: DivisionCode
  diagnosedOn: CivilDate
  icd10: string
  status: RtiStatus
  treatedOn: CivilDate | null
  closedOn: CivilDate | null
  /** Base64. */
  note: string | null
}

/** Opens cases, except where the same infection is under treatment already. */
export async function insertCases(
  tx: Transaction,
  access: Access,
  cases: readonly NewCase[],
  at: Date,
): Promise<Id[]> {
  const text = `insert into rti_cases (county_code, id, finding_id, client_id, facility_id, division_code, diagnosed_on, icd10, status, treated_on, closed_on, note_cipher,
    recorded_at, recorded_by, source, updated_at, version)
  select $1, id, "findingId", "clientId", $3, "divisionCode", "diagnosedOn", icd10, status, "treatedOn", "closedOn", decode(note, 'base64'), $4, $5, 'MANUAL', $4, 1
  from jsonb_to_recordset($2::jsonb) as n (id uuid, "findingId" uuid, "clientId" uuid, "divisionCode" text, "diagnosedOn" date, icd10 text, status text,
    "treatedOn" date, "closedOn" date, note text)
  where not exists (select from rti_cases r where r.county_code = $1 and r.facility_id = $3 and r.client_id = n."clientId" and r.icd10 = n.icd10
    and r.closed_on is null and r.voided_at is null)
  returning id`
  const rows = await ask<{ id: Id }>(tx, text, [
    ...[access.county, JSON.stringify(cases), access.facility, at, access.actorId],
  ])
  return rows.map(({ id }) => id)
}

export async function updateCase(
  tx: Transaction,
  access: Access,
  id: Id,
  row: Required<Omit<ChangedRtiCase, 'note'>> & { noteCipher: Buffer | null },
  at: Date,
): Promise<void> {
  const text = `update rti_cases set status = $3, treated_on = $4, partner_notified = $5, reviewed_on = $6, closed_on = $7, note_cipher = $8, updated_at = $9,
    version = version + 1 where county_code = $1 and id = $2`
  const { status, treatedOn, partnerNotified, reviewedOn, closedOn, noteCipher } = row
  await ask(tx, text, [
    ...[access.county, id, status, treatedOn, partnerNotified, reviewedOn, closedOn, noteCipher, at],
  ])
}

export async function voidCases(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
  reason: string,
  at: Date,
): Promise<void> {
  const text = `update rti_cases set voided_at = $3, voided_by = $4, void_reason = $5, updated_at = $3, version = version + 1
  where county_code = $1 and id = any($2) and facility_id = $6 and voided_at is null`
  await ask(tx, text, [access.county, ids, at, access.actorId, reason, access.facility])
}
