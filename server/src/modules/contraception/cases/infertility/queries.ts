import type { InfertilityCaseRow } from '@youyu/shared/contraception/cases'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'

export type CaseRow = Omit<InfertilityCaseRow, 'client' | 'tests'> & {
  clientId: Id
  name: string
  sex: string
  birthDate: CivilDate
  divisionCode: DivisionCode
  testsCipher: Buffer | null
}
export type CaseRecord = Omit<CaseRow, 'name' | 'sex' | 'birthDate' | 'isComplete' | 'version'>

const columns = `r.id, r.client_id as "clientId", c.name, c.sex, c.birth_date as "birthDate", r.partner_id as "partnerId", r.has_partner as "hasPartner", r.opened_on as "openedOn",
  r.duration_months as "durationMonths", r.kind, r.has_semen_analysis as "hasSemenAnalysis", r.icd10, r.treated_on as "treatedOn", r.art_referred_on as "artReferredOn",
  r.art_referred_to as "artReferredTo", r.outcome, r.closed_on as "closedOn", r.is_complete as "isComplete", r.division_code as "divisionCode",
  r.tests_cipher as "testsCipher", r.version`
const person = 'cross join lateral app.client_of(r.county_code, r.client_id) c'

/** The first gate: files of the facility that treats. */
function ofFacility(bound: Bound, access: Access): string {
  return `r.county_code = ${bound.bind(access.county)} and r.facility_id = ${bound.bind(access.facility)} and r.voided_at is null`
}

export async function selectCases(
  tx: Transaction,
  access: Access,
  filter: { clientId?: Id | undefined; isOpen?: boolean | undefined; isComplete?: boolean | undefined },
  after: readonly [string, string] | null,
  limit: number,
): Promise<CaseRow[]> {
  const bound = new Bound()
  const conditions = [ofFacility(bound, access)]
  if (filter.clientId) conditions.push(`r.client_id = ${bound.bind(filter.clientId)}`)
  if (filter.isComplete !== undefined) conditions.push(`r.is_complete = ${bound.bind(filter.isComplete)}`)
  if (filter.isOpen !== undefined) conditions.push(`r.closed_on is ${filter.isOpen ? '' : 'not '}null`)
  if (after)
    conditions.push(`(r.opened_on, r.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from infertility_cases r ${person} where ${conditions.join(' and ')} order by r.opened_on desc, r.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findCase(tx: Transaction, access: Access, id: Id): Promise<CaseRow | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from infertility_cases r ${person} where ${ofFacility(bound, access)} and r.id = ${bound.bind(id)}`
  return (await ask<CaseRow>(tx, text, bound.values))[0]
}

export async function lockCase(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from infertility_cases where county_code = $1 and id = $2 for no key update', [
    access.county,
    id,
  ])
}

const written = `partner_id, has_partner, duration_months, kind, has_semen_analysis, icd10, treated_on, art_referred_on, art_referred_to, outcome, closed_on, tests_cipher`

function valuesOf(row: CaseRecord): unknown[] {
  const { partnerId, hasPartner, durationMonths, kind, hasSemenAnalysis, icd10, treatedOn } = row
  const { artReferredOn, artReferredTo, outcome, closedOn, testsCipher } = row
  return [
    ...[partnerId, hasPartner, durationMonths, kind, hasSemenAnalysis, icd10, treatedOn],
    ...[artReferredOn, artReferredTo, outcome, closedOn, testsCipher],
  ]
}

export async function insertCase(tx: Transaction, access: Access, row: CaseRecord, at: Date): Promise<void> {
  const text = `insert into infertility_cases (county_code, id, client_id, facility_id, division_code, opened_on, recorded_at, recorded_by, source, updated_at, version, ${written})
  values ($1, $2, $3, $4, $5, $6, $7, $8, 'MANUAL', $7, 1, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`
  const { id, clientId, divisionCode, openedOn } = row
  await ask(tx, text, [
    ...[access.county, id, clientId, access.facility, divisionCode, openedOn, at, access.actorId],
    ...valuesOf(row),
  ])
}

export async function updateCase(tx: Transaction, access: Access, row: CaseRecord, at: Date): Promise<void> {
  const text = `update infertility_cases set (${written}) = ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15), updated_at = $3, version = version + 1
  where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, row.id, at, ...valuesOf(row)])
}
