import type { listCircumstances } from '@youyu/shared/subsidies/circumstances'
import type { CircumstanceKind } from '@youyu/shared/subsidies/circumstance-values'
import type { EvidenceType } from '@youyu/shared/subsidies/programmes'
import type { Source } from '@youyu/shared/population/value-sets'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { partsInside, peopleOfCounty, personOfCounty, within } from '../../population/index.ts'

export type CircumstanceRecord = {
  id: Id
  personId: Id
  personName: string
  kind: CircumstanceKind
  grade: number | null
  detail: string | null
  from: CivilDate
  to: CivilDate | null
  documentType: EvidenceType
  documentMask: string | null
  documentCipher: Buffer | null
  division: DivisionCode
  divisionName: string | null
  recordedAt: Date
  recordedBy: string | null
  source: Source
  voidedAt: Date | null
  voidReason: string | null
  replaces: Id | null
  replacedBy: Id | null
}

/** The first gate: recorded in the area, or of somebody who lives or is registered in it. */
function circumstancesOfCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and (${within(bound, `${alias}.division_code`, access.prefixes)}
    or exists (select from persons p where ${peopleOfCounty(bound, access, 'p')} and p.id = ${alias}.person_id))`
}

const columns = `c.id, c.person_id as "personId", s.name as "personName", c.kind, c.grade, c.detail, c.from_on as "from", c.to_on as "to",
  c.document_type as "documentType", c.document_mask as "documentMask", c.document_cipher as "documentCipher", c.division_code as division,
  d.name as "divisionName", c.recorded_at as "recordedAt", coalesce(u.display_name, k.name) as "recordedBy", c.source, c.voided_at as "voidedAt",
  c.void_reason as "voidReason", c.replaces,
  (select n.id from circumstances n where n.county_code = c.county_code and n.person_id = c.person_id and n.replaces = c.id limit 1) as "replacedBy"`
const around = `join persons s on s.county_code = c.county_code and s.id = c.person_id
  left join divisions d on d.code = c.division_code and d.valid_to is null
  left join users u on u.id = c.recorded_by left join api_clients k on k.id = c.recorded_by`

export async function findCircumstance(
  tx: Transaction,
  access: Access,
  id: Id,
  { lock = false } = {},
): Promise<CircumstanceRecord | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from circumstances c ${around}
    where ${circumstancesOfCounty(bound, access, 'c')} and c.id = ${bound.bind(id)}${lock ? ' for no key update of c' : ''}`
  const [found] = await ask<CircumstanceRecord>(tx, text, bound.values)
  return found
}

type Filter = Omit<z.output<(typeof listCircumstances)['schema']['querystring']>, 'limit' | 'cursor'>

export async function selectCircumstances(
  tx: Transaction,
  access: Access,
  { filter, after, limit }: { filter: Filter; after: readonly [string] | null; limit: number },
): Promise<CircumstanceRecord[]> {
  const bound = new Bound()
  const conditions = [circumstancesOfCounty(bound, access, 'c')]
  if (filter.person) conditions.push(`c.person_id = ${bound.bind(filter.person)}`)
  if (filter.kind) conditions.push(`c.kind = ${bound.bind(filter.kind)}`)
  if (filter.division)
    conditions.push(within(bound, 'c.division_code', partsInside(access.prefixes, prefixOf(filter.division))))
  conditions.push(`c.voided_at is ${filter.voided ? 'not null' : 'null'}`)
  if (after) conditions.push(`c.id < ${bound.bind(after[0])}::uuid`)
  const text = `select ${columns} from circumstances c ${around} where ${conditions.join(' and ')}
    order by c.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

/** Whose circumstance it is to be. */
export async function findPerson(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<{ birthDate: CivilDate; hukouDivision: DivisionCode } | undefined> {
  const bound = new Bound()
  const text = `select p.birth_date as "birthDate", p.hukou_division as "hukouDivision" from persons p
    where ${personOfCounty(bound, access, 'p')} and p.id = ${bound.bind(id)} and p.status not in ('MERGED', 'ARCHIVED')`
  const [found] = await ask<{ birthDate: CivilDate; hukouDivision: DivisionCode }>(tx, text, bound.values)
  return found
}

export type NewRecord = {
  id: Id
  personId: Id
  kind: CircumstanceKind
  grade: number | null
  detail: string | null
  fromOn: CivilDate
  toOn: CivilDate | null
  documentType: EvidenceType
  documentCipher: Buffer | null
  documentMask: string | null
  divisionCode: DivisionCode
  source: Source
  replaces: Id | null
}

export async function insertCircumstance(
  tx: Transaction,
  { county, actorId }: Access,
  row: NewRecord,
  at: Date,
): Promise<void> {
  await insertRow(tx, 'circumstances', { countyCode: county, ...row, recordedAt: at, recordedBy: actorId })
}

export async function voidRecord(
  tx: Transaction,
  { county, actorId }: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update circumstances set voided_at = $3::timestamptz, voided_by = $4::uuid, void_reason = $5
     where county_code = $1 and id = $2::uuid and voided_at is null`,
    [county, id, at, actorId, reason],
  )
}
