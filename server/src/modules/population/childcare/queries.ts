import type { ChildcareInstitution } from '@youyu/shared/population/childcare'
import { prefixOf, type CivilDate, type DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { within } from '../area.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

export type InstitutionRecord = Omit<
  ChildcareInstitution,
  'division' | 'places' | 'enrolled' | 'findings' | 'updatedAt' | 'version'
> & { divisionCode: DivisionCode }
export type KeptInstitution = InstitutionRecord & {
  divisionName: string | null
  enrolled: number
  updatedAt: Date
  version: number
}

/** The first gate: institutions of the area. */
export function institutionsOfCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and ${within(bound, `${alias}.division_code`, access.prefixes)}`
}

/** Children who come on a day: from the first day until the day before the last. */
export function comingOn(alias: string, day: string): string {
  return `${alias}.voided_at is null and ${alias}.from_on <= ${day}::date and (${alias}.to_on is null or ${alias}.to_on > ${day}::date)`
}

function columnsOf(today: string): string {
  return `i.id, i.name, i.organisation_id as "organisationId", i.kind, i.filing_number as "filingNumber", i.inclusive, i.places_under_1 as "placesUnder1",
  i.places_1 as "places1", i.places_2 as "places2", i.staff, i.fee_month_fen as "feeMonthFen", i.opened_on as "openedOn", i.closed_on as "closedOn",
  i.division_code as "divisionCode", d.name as "divisionName", i.updated_at as "updatedAt", i.version,
  (select count(*)::int from childcare_enrolments e where e.county_code = i.county_code and e.institution_id = i.id and ${comingOn('e', today)}) as enrolled`
}
const place = 'left join divisions d on d.code = i.division_code and d.valid_to is null'

type ListQuestion = {
  division?: DivisionCode | undefined
  kind?: string | undefined
  inclusive?: boolean | undefined
  isOpen?: boolean | undefined
  today: CivilDate
  after: readonly [string, string] | null
  limit: number
}

export async function selectInstitutions(
  tx: Transaction,
  access: Access,
  { division, kind, inclusive, isOpen, today, after, limit }: ListQuestion,
): Promise<KeptInstitution[]> {
  const bound = new Bound()
  const day = bound.bind(today)
  const conditions = [institutionsOfCounty(bound, access, 'i')]
  if (division) conditions.push(within(bound, 'i.division_code', [prefixOf(division)]))
  if (kind) conditions.push(`i.kind = ${bound.bind(kind)}`)
  if (inclusive !== undefined) conditions.push(`i.inclusive = ${bound.bind(inclusive)}`)
  const open = `(i.opened_on <= ${day}::date and (i.closed_on is null or i.closed_on > ${day}::date))`
  if (isOpen !== undefined) conditions.push(isOpen ? open : `not ${open}`)
  if (after)
    conditions.push(`(i.division_code, i.id) > (${bound.bind(after[0])}, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columnsOf(day)} from childcare_institutions i ${place} where ${conditions.join(' and ')}
  order by i.division_code, i.id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findInstitution(
  tx: Transaction,
  access: Access,
  id: string,
  today: CivilDate,
): Promise<KeptInstitution | undefined> {
  const bound = new Bound()
  const columns = columnsOf(bound.bind(today))
  const text = `select ${columns} from childcare_institutions i ${place} where ${institutionsOfCounty(bound, access, 'i')} and i.id = ${bound.bind(id)}`
  const [institution] = await ask<KeptInstitution>(tx, text, bound.values)
  return institution
}

export async function lockInstitution(tx: Transaction, access: Access, id: string): Promise<void> {
  const text = 'select id from childcare_institutions where county_code = $1 and id = $2 for no key update'
  await ask(tx, text, [access.county, id])
}

const written = `name, organisation_id, kind, filing_number, inclusive, places_under_1, places_1, places_2, staff, fee_month_fen, opened_on, closed_on, division_code`

function valuesOf(institution: InstitutionRecord): unknown[] {
  const { name, organisationId, kind, filingNumber, inclusive, placesUnder1, places1, places2 } = institution
  const { staff, feeMonthFen, openedOn, closedOn, divisionCode } = institution
  return [
    ...[name, organisationId, kind, filingNumber, inclusive, placesUnder1, places1, places2],
    ...[staff, feeMonthFen, openedOn, closedOn, divisionCode],
  ]
}

export async function insertInstitution(
  tx: Transaction,
  access: Access,
  institution: InstitutionRecord,
  at: Date,
): Promise<void> {
  const text = `insert into childcare_institutions (county_code, id, recorded_at, updated_at, recorded_by, version, ${written})
  values ($1, $2, $3, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`
  await ask(tx, text, [access.county, institution.id, at, access.actorId, ...valuesOf(institution)])
}

export async function updateInstitution(
  tx: Transaction,
  access: Access,
  institution: InstitutionRecord,
  at: Date,
): Promise<void> {
  const text = `update childcare_institutions set (${written}) = ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16),
    updated_at = $3, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, institution.id, at, ...valuesOf(institution)])
}

export async function deleteInstitution(tx: Transaction, access: Access, id: string): Promise<void> {
  await ask(tx, 'delete from childcare_institutions where county_code = $1 and id = $2', [access.county, id])
}

export async function isOrganisation(tx: Transaction, id: string): Promise<boolean> {
  return (await ask(tx, 'select id from organisations where id = $1', [id])).length > 0
}
