import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { personNamed } from '../../area.ts'
import { sourceOf } from '../../persons/queries-changes.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { comingOn, institutionsOfCounty } from '../queries.ts'

export type EnrolmentRecord = {
  id: Id
  institutionId: Id
  childId: Id
  fromOn: CivilDate
  toOn: CivilDate | null
  replaces: Id | null
}
export type KeptEnrolment = EnrolmentRecord & {
  institutionName: string
  divisionCode: string
  places: number
  /** Null where the reader may not see the child. */
  childName: string | null
  birthDate: CivilDate | null
  /** Children at the institution on the day of entry, with this one. */
  coming: number
  /** Other enrolments of the child that overlap this one. */
  elsewhere: number
  recordedAt: Date
  voidedAt: Date | null
  voidReason: string | null
}

const overlapping = `o.voided_at is null and o.from_on < coalesce(e.to_on, 'infinity') and coalesce(o.to_on, 'infinity') > e.from_on`

function selecting(bound: Bound, access: Access): string {
  return `select e.id, e.institution_id as "institutionId", e.child_id as "childId", e.from_on as "fromOn", e.to_on as "toOn", e.replaces,
    i.name as "institutionName", i.division_code as "divisionCode", i.places_under_1 + i.places_1 + i.places_2 as places,
    c.name as "childName", c.birth_date as "birthDate", e.recorded_at as "recordedAt", e.voided_at as "voidedAt", e.void_reason as "voidReason",
    (select count(*)::int from childcare_enrolments o where o.county_code = e.county_code and o.institution_id = e.institution_id and ${comingOn('o', 'e.from_on')}) as coming,
    (select count(*)::int from childcare_enrolments o where o.county_code = e.county_code and o.child_id = e.child_id and o.id <> e.id and ${overlapping}) as elsewhere
  from childcare_enrolments e
  join childcare_institutions i on i.id = e.institution_id and ${institutionsOfCounty(bound, access, 'i')}
  ${personNamed(bound, access, 'c', 'e.child_id')}
  where e.county_code = ${bound.bind(access.county)}`
}

type ListQuestion = {
  institutionId: Id
  current?: boolean | undefined
  today: CivilDate
  after: readonly [string, string] | null
  limit: number
}

/** The latest entry first. */
export async function selectEnrolments(
  tx: Transaction,
  access: Access,
  { institutionId, current, today, after, limit }: ListQuestion,
): Promise<KeptEnrolment[]> {
  const bound = new Bound()
  const conditions = [
    selecting(bound, access),
    `e.institution_id = ${bound.bind(institutionId)}`,
    'e.voided_at is null',
  ]
  if (current !== undefined) conditions.push(`${current ? '' : 'not '}(${comingOn('e', bound.bind(today))})`)
  if (after)
    conditions.push(`(e.from_on, e.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `${conditions.join(' and ')} order by e.from_on desc, e.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findEnrolment(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<KeptEnrolment | undefined> {
  const bound = new Bound()
  const text = `${selecting(bound, access)} and e.id = ${bound.bind(id)}`
  const [enrolment] = await ask<KeptEnrolment>(tx, text, bound.values)
  return enrolment
}

/** Whether the child is at the same institution at the same time already. */
export async function isEnrolled(
  tx: Transaction,
  access: Access,
  { institutionId, childId, fromOn, toOn }: EnrolmentRecord,
): Promise<boolean> {
  const text = `select 1 from childcare_enrolments o where o.county_code = $1 and o.child_id = $2 and o.institution_id = $3 and o.voided_at is null
    and o.from_on < coalesce($5::date, 'infinity') and coalesce(o.to_on, 'infinity') > $4::date limit 1`
  return (await ask(tx, text, [access.county, childId, institutionId, fromOn, toOn])).length > 0
}

export async function insertEnrolment(
  tx: Transaction,
  access: Access,
  { id, institutionId, childId, fromOn, toOn, replaces }: EnrolmentRecord,
  at: Date,
): Promise<void> {
  const text = `insert into childcare_enrolments (county_code, id, institution_id, child_id, from_on, to_on, recorded_at, recorded_by, source, replaces)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
  const period = [institutionId, childId, fromOn, toOn]
  await ask(tx, text, [access.county, id, ...period, at, access.actorId, sourceOf(access), replaces])
}

export async function voidEnrolmentRow(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const text = `update childcare_enrolments set voided_at = $3, voided_by = $4, void_reason = $5
  where county_code = $1 and id = $2 and voided_at is null returning id`
  return (await ask(tx, text, [access.county, id, at, access.actorId, reason])).length > 0
}
