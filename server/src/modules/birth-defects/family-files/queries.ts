import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'

export type FileRow = {
  id: Id
  childId: Id
  motherId: Id | null
  fatherId: Id | null
  chainId: Id | null
  divisionCode: DivisionCode
  knownBy: string
  knownOn: CivilDate
  openedOn: CivilDate | null
  contact: string
  wish: string | null
  closedOn: CivilDate | null
  noteCipher: Buffer | null
  version: number
  name: string
  sex: string
  birthDate: CivilDate
}

const columns = `f.id, f.child_id as "childId", f.mother_id as "motherId", f.father_id as "fatherId", f.chain_id as "chainId", f.division_code as "divisionCode",
  f.known_by as "knownBy", f.known_on as "knownOn", f.opened_on as "openedOn", f.contact, f.wish, f.closed_on as "closedOn", f.note_cipher as "noteCipher", f.version,
  c.name, c.sex, c.birth_date as "birthDate"`
const from = 'family_files f cross join lateral app.client_of(f.county_code, f.child_id) c'

/** The first gate: families that the facility knows. */
function ofFacility(bound: Bound, access: Access, alias = 'f'): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and ${alias}.facility_id = ${bound.bind(access.facility)}`
}

export async function selectFiles(
  tx: Asking,
  access: Access,
  filter: { childId?: Id | undefined; hasFile?: boolean | undefined; wish?: string | undefined },
  after: readonly [string, string] | null,
  limit: number,
): Promise<FileRow[]> {
  const bound = new Bound()
  const conditions = [ofFacility(bound, access), 'f.voided_at is null']
  if (filter.childId) conditions.push(`f.child_id = ${bound.bind(filter.childId)}`)
  if (filter.wish) conditions.push(`f.wish = ${bound.bind(filter.wish)}`)
  if (filter.hasFile !== undefined) conditions.push(`f.opened_on is ${filter.hasFile ? 'not ' : ''}null`)
  if (after)
    conditions.push(`(f.known_on, f.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from ${from} where ${conditions.join(' and ')} order by f.known_on desc, f.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findFile(tx: Asking, access: Access, id: Id): Promise<FileRow | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from ${from} where ${ofFacility(bound, access)} and f.voided_at is null and f.id = ${bound.bind(id)}`
  return (await ask<FileRow>(tx, text, bound.values))[0]
}

export async function lockFile(tx: Asking, { county }: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from family_files where county_code = $1 and id = $2 for no key update', [
    county,
    id,
  ])
}

/** The new file's id, or nothing where the family is known already, to whatever facility. */
export async function insertFile(
  tx: Asking,
  access: Access,
  row: Omit<FileRow, 'closedOn' | 'version' | 'name' | 'sex' | 'birthDate'>,
  at: Date,
): Promise<Id | undefined> {
  const text = `insert into family_files (county_code, id, child_id, mother_id, father_id, chain_id, facility_id, division_code, known_by, known_on, opened_on, contact, wish,
      note_cipher, recorded_at, recorded_by, source, updated_at, version)
    select $1, $2, $3, coalesce($4::uuid, p.mother_id), coalesce($5::uuid, p.father_id), $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'MANUAL', $15, 1
    from (select 1) one left join persons p on p.county_code = $1 and p.id = $3
    on conflict do nothing returning id`
  const { id, childId, motherId, fatherId, chainId, divisionCode, knownBy, knownOn } = row
  const { openedOn, contact, wish, noteCipher } = row
  const rows = await ask<{ id: Id }>(tx, text, [
    ...[access.county, id, childId, motherId, fatherId, chainId, access.facility, divisionCode, knownBy],
    ...[knownOn, openedOn, contact, wish, noteCipher, at, access.actorId],
  ])
  return rows[0]?.id
}

export async function findFileOfChild(tx: Asking, access: Access, childId: Id): Promise<Id | undefined> {
  const text =
    'select id from family_files where county_code = $1 and child_id = $2 and facility_id = $3 and voided_at is null'
  return (await ask<{ id: Id }>(tx, text, [access.county, childId, access.facility]))[0]?.id
}

export async function updateFile(tx: Asking, { county }: Access, row: FileRow, at: Date): Promise<void> {
  const text = `update family_files set mother_id = $3, father_id = $4, opened_on = $5, contact = $6, wish = $7, closed_on = $8, note_cipher = $9, updated_at = $10,
    version = version + 1 where county_code = $1 and id = $2`
  const { id, motherId, fatherId, openedOn, contact, wish, closedOn, noteCipher } = row
  await ask(tx, text, [
    ...[county, id, motherId, fatherId, openedOn, contact, wish, closedOn, noteCipher, at],
  ])
}

export type NamedPerson = { id: Id; name: string; birthDate: CivilDate }
export async function selectPeople(
  tx: Asking,
  { county }: Access,
  ids: readonly (Id | null)[],
): Promise<NamedPerson[]> {
  const text = `select c.id, c.name, c.birth_date as "birthDate" from unnest($2::uuid[]) as w (id) cross join lateral app.client_of($1, w.id) c`
  return await ask(tx, text, [county, ids.filter((id) => id !== null)])
}

export async function findFollowUpOf(tx: Asking, { county }: Access, childId: Id): Promise<Id | null> {
  const text =
    'select id from child_follow_ups where county_code = $1 and child_id = $2 and voided_at is null'
  return (await ask<{ id: Id }>(tx, text, [county, childId]))[0]?.id ?? null
}

export type CounsellingRow = {
  id: Id
  fileId: Id
  occurredOn: CivilDate
  inheritance: string
  recurrence: string
  noteCipher: Buffer
  voidedAt: Date | null
  voidReason: string | null
}

export async function selectCounsellings(tx: Asking, access: Access, fileId: Id): Promise<CounsellingRow[]> {
  const text = `select g.id, g.file_id as "fileId", g.occurred_on as "occurredOn", g.inheritance, g.recurrence, g.note_cipher as "noteCipher", g.voided_at as "voidedAt",
    g.void_reason as "voidReason" from genetic_counsellings g where g.county_code = $1 and g.facility_id = $2 and g.file_id = $3 order by g.occurred_on desc, g.id desc`
  return await ask(tx, text, [access.county, access.facility, fileId])
}

export async function insertCounselling(
  tx: Asking,
  access: Access,
  row: Omit<CounsellingRow, 'voidedAt' | 'voidReason'>,
  at: Date,
): Promise<void> {
  await insertRow(tx, 'genetic_counsellings', {
    ...row,
    countyCode: access.county,
    facilityId: access.facility,
    counsellorId: access.actorId,
    recordedAt: at,
    recordedBy: access.actorId,
    source: 'MANUAL',
  })
}

const voiding = `set voided_at = $4, voided_by = $5, void_reason = $6 where county_code = $1 and id = $2 and facility_id = $3 and voided_at is null`

export async function voidCounselling(
  tx: Asking,
  { county, facility, actorId }: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<Id | undefined> {
  const text = `update genetic_counsellings ${voiding} returning file_id as id`
  return (await ask<{ id: Id }>(tx, text, [county, id, facility, at, actorId, reason]))[0]?.id
}

export type SurveyRow = {
  id: Id
  childId: Id
  surveyedOn: CivilDate
  icd10: string | null
  familyHistory: string
  fileId: Id | null
  noteCipher: Buffer | null
  voidedAt: Date | null
  name: string
  sex: string
  birthDate: CivilDate
}
const surveyColumns = `s.id, s.child_id as "childId", s.surveyed_on as "surveyedOn", s.icd10, s.family_history as "familyHistory", s.file_id as "fileId",
  s.note_cipher as "noteCipher", s.voided_at as "voidedAt", c.name, c.sex, c.birth_date as "birthDate"`
const surveyed = 'child_surveys s cross join lateral app.client_of(s.county_code, s.child_id) c'

export async function selectSurveys(
  tx: Asking,
  access: Access,
  filter: {
    id?: Id | undefined
    childId?: Id | undefined
    fileId?: Id | undefined
    isPositive?: boolean | undefined
  },
  after: readonly [string, string] | null,
  limit: number,
): Promise<SurveyRow[]> {
  const bound = new Bound()
  const conditions = [ofFacility(bound, access, 's')]
  if (filter.id) conditions.push(`s.id = ${bound.bind(filter.id)}`)
  else conditions.push('s.voided_at is null')
  if (filter.childId) conditions.push(`s.child_id = ${bound.bind(filter.childId)}`)
  if (filter.fileId) conditions.push(`s.file_id = ${bound.bind(filter.fileId)}`)
  if (filter.isPositive !== undefined) conditions.push(`s.icd10 is ${filter.isPositive ? 'not ' : ''}null`)
  if (after)
    conditions.push(`(s.surveyed_on, s.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${surveyColumns} from ${surveyed} where ${conditions.join(' and ')} order by s.surveyed_on desc, s.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function insertSurvey(
  tx: Asking,
  access: Access,
  row: Omit<SurveyRow, 'voidedAt' | 'name' | 'sex' | 'birthDate'> & { divisionCode: DivisionCode },
  at: Date,
): Promise<void> {
  await insertRow(tx, 'child_surveys', {
    ...row,
    countyCode: access.county,
    facilityId: access.facility,
    recordedAt: at,
    recordedBy: access.actorId,
    source: 'MANUAL',
  })
}

export async function voidSurvey(
  tx: Asking,
  { county, facility, actorId }: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const rows = await ask(tx, `update child_surveys ${voiding} returning id`, [
    ...[county, id, facility, at, actorId, reason],
  ])
  return rows.length > 0
}
