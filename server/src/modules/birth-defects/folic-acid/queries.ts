import type {
  CourseEnd,
  FolicAcidFollowUp,
  FolicAcidIssue,
  FolicAcidProduct,
} from '@youyu/shared/birth-defects/folic-acid'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { cited } from '../../../citation.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'

/** The first gate: courses of my facility, and of chains that it takes part in. */
function ofCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and (${alias}.facility_id = ${bound.bind(access.facility)}
    or app.joins(${alias}.county_code, ${alias}.chain_id))`
}

export async function selectProducts(tx: Asking): Promise<FolicAcidProduct[]> {
  const text = `select p.item_code as "itemCode", i.name_zh as "nameZh", i.name_en as "nameEn", i.unit_zh as "unitZh", i.unit_en as "unitEn",
      p.micrograms_per_tablet as "microgramsPerTablet", p.tablets_per_box as "tabletsPerBox", p.is_high_dose as "isHighDose", p.source
    from folic_acid_products p join supply_items i on i.code = p.item_code order by p.item_code`
  return (await ask<FolicAcidProduct>(tx, text, [])).map(cited)
}

export type KeptCourse = {
  id: Id
  client: { id: Id; name: string; birthDate: CivilDate }
  chainId: Id | null
  facilityId: Id
  startedOn: CivilDate
  endedOn: CivilDate | null
  endReason: CourseEnd | null
  isHighDose: boolean
  boxes: number
  coversUntil: CivilDate
  refillDueOn: CivilDate | null
  lastMenstruationOn: CivilDate | null
  daysTaken: number
  hasFollowUp: boolean
  version: number
}

const columns = `c.id, jsonb_build_object('id', w.id, 'name', w.name, 'birthDate', w.birth_date) as client, c.chain_id as "chainId",
  c.facility_id as "facilityId", c.started_on as "startedOn", c.ended_on as "endedOn", c.end_reason as "endReason", c.is_high_dose as "isHighDose",
  c.boxes, c.covers_until as "coversUntil", c.refill_due_on as "refillDueOn", c.last_menstruation_on as "lastMenstruationOn",
  c.days_taken as "daysTaken", c.has_follow_up as "hasFollowUp", c.version`
const withClient = 'cross join lateral app.client_of(c.county_code, c.client_id) w'

type CourseQuestion = {
  clientId?: Id | undefined
  isOpen?: boolean | undefined
  refillBy?: CivilDate | undefined
  after: readonly [string, string] | null
  limit: number
}

/** Those who need a refill first; a course that needs none comes last. */
export async function selectCourses(
  tx: Transaction,
  access: Access,
  { clientId, isOpen, refillBy, after, limit }: CourseQuestion,
): Promise<KeptCourse[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access, 'c'), 'c.voided_at is null']
  conditions.push(
    clientId ? `c.client_id = ${bound.bind(clientId)}` : `c.facility_id = ${bound.bind(access.facility)}`,
  )
  if (isOpen !== undefined) conditions.push(`c.ended_on is ${isOpen ? '' : 'not '}null`)
  if (refillBy) conditions.push(`c.refill_due_on <= ${bound.bind(refillBy)}`)
  const due = `coalesce(c.refill_due_on, '9999-12-31'::date)`
  if (after)
    conditions.push(`(${due}, c.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = `order by ${due}, c.id`
  const text = `select ${columns} from (select * from folic_acid_courses c where ${conditions.join(' and ')}
    ${inOrder} limit ${pageLimit(limit)}) c ${withClient} ${inOrder}`
  return await ask(tx, text, bound.values)
}

export async function findCourse(tx: Asking, access: Access, id: Id): Promise<KeptCourse | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from folic_acid_courses c ${withClient}
    where ${ofCounty(bound, access, 'c')} and c.voided_at is null and c.id = ${bound.bind(id)}`
  const [found] = await ask<KeptCourse>(tx, text, bound.values)
  return found
}

/** Her course that is not over, locked. */
export async function lockOpenCourse(
  tx: Asking,
  { county, facility }: Access,
  clientId: Id,
): Promise<
  { id: Id; startedOn: CivilDate; coversUntil: CivilDate; lastMenstruationOn: CivilDate | null } | undefined
> {
  const text = `select id, started_on as "startedOn", covers_until as "coversUntil", last_menstruation_on as "lastMenstruationOn"
    from folic_acid_courses where county_code = $1 and facility_id = $2 and client_id = $3 and ended_on is null and voided_at is null
    for no key update`
  const [found] = await ask<{
    id: Id
    startedOn: CivilDate
    coversUntil: CivilDate
    lastMenstruationOn: CivilDate | null
  }>(tx, text, [county, facility, clientId])
  return found
}

export async function lockCourse(tx: Asking, { county, facility }: Access, id: Id): Promise<void> {
  const text =
    'select id from folic_acid_courses where county_code = $1 and id = $2 and facility_id = $3 for no key update'
  await ask(tx, text, [county, id, facility])
}

type CourseRecord = {
  id: Id
  clientId: Id
  chainId: Id | null
  divisionCode: DivisionCode
  startedOn: CivilDate
  coversUntil: CivilDate
  isHighDose: boolean
  lastMenstruationOn: CivilDate | null
}

export async function insertCourse(
  tx: Asking,
  access: Access,
  course: CourseRecord,
  at: Date,
): Promise<void> {
  await insertRow(tx, 'folic_acid_courses', {
    ...{ countyCode: access.county, facilityId: access.facility, ...course },
    ...{ boxes: 0, daysTaken: 0, hasFollowUp: false, version: 1, updatedAt: at },
    ...{ recordedAt: at, recordedBy: access.actorId, source: 'MANUAL' },
  })
}

type CourseState = Omit<KeptCourse, 'id' | 'client' | 'chainId' | 'facilityId' | 'version' | 'isHighDose'> & {
  isHighDose: boolean
}

export async function updateCourse(
  tx: Asking,
  { county }: Access,
  id: Id,
  state: CourseState,
  at: Date,
): Promise<void> {
  const text = `update folic_acid_courses set (started_on, ended_on, end_reason, is_high_dose, boxes, covers_until, refill_due_on,
      last_menstruation_on, days_taken, has_follow_up) = ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12), updated_at = $13, version = version + 1
    where county_code = $1 and id = $2`
  const { startedOn, endedOn, endReason, isHighDose, boxes, coversUntil, refillDueOn } = state
  const { lastMenstruationOn, daysTaken, hasFollowUp } = state
  await ask(tx, text, [
    ...[county, id, startedOn, endedOn, endReason, isHighDose, boxes, coversUntil, refillDueOn],
    ...[lastMenstruationOn, daysTaken, hasFollowUp, at],
  ])
}

export type KeptIssue = Omit<FolicAcidIssue, 'prescription' | 'voidedAt'> & {
  clientId: Id
  facilityId: Id
  storeId: Id
  prescriptionCipher: Buffer | null
  voidedAt: Date | null
}

const ofIssue = `i.id, i.course_id as "courseId", i.client_id as "clientId", i.facility_id as "facilityId", i.store_id as "storeId",
  i.occurred_on as "occurredOn", i.item_code as "itemCode", i.boxes, i.tablets, i.tablets_per_day as "tabletsPerDay",
  i.micrograms_per_day as "microgramsPerDay", i.is_high_dose as "isHighDose", i.starts_on as "startsOn", i.covers_until as "coversUntil",
  i.dispensing_id as "dispensingId", i.prescription_cipher as "prescriptionCipher", i.voided_at as "voidedAt", i.void_reason as "voidReason"`

/** All issues of a course, voided ones too, as they were given. */
export async function selectIssues(tx: Asking, { county }: Access, courseId: Id): Promise<KeptIssue[]> {
  const text = `select ${ofIssue} from folic_acid_issues i where i.county_code = $1 and i.course_id = $2 order by i.occurred_on, i.id`
  return await ask(tx, text, [county, courseId])
}

/** An issue of my facility, locked. */
export async function lockIssue(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
): Promise<KeptIssue | undefined> {
  const text = `select ${ofIssue} from folic_acid_issues i where i.county_code = $1 and i.id = $2 and i.facility_id = $3 for no key update`
  const [found] = await ask<KeptIssue>(tx, text, [county, id, facility])
  return found
}

type IssueRecord = Omit<KeptIssue, 'facilityId' | 'voidedAt' | 'voidReason'> & {
  chainId: Id | null
  divisionCode: DivisionCode
  indication: string | null
  replaces: Id | null
}

export async function insertIssue(tx: Asking, access: Access, issue: IssueRecord, at: Date): Promise<void> {
  await insertRow(tx, 'folic_acid_issues', {
    ...{ countyCode: access.county, facilityId: access.facility, ...issue },
    ...{ recordedAt: at, recordedBy: access.actorId, source: 'MANUAL' },
  })
}

export type KeptFollowUp = Omit<FolicAcidFollowUp, 'note' | 'voidedAt'> & {
  noteCipher: Buffer | null
  voidedAt: Date | null
}

export async function selectFollowUps(tx: Asking, { county }: Access, courseId: Id): Promise<KeptFollowUp[]> {
  const text = `select id, occurred_on as "occurredOn", from_day as "fromDay", to_day as "toDay", days_taken as "daysTaken",
      side_effects as "sideEffects", note_cipher as "noteCipher", voided_at as "voidedAt"
    from folic_acid_follow_ups where county_code = $1 and course_id = $2 order by from_day, id`
  return await ask(tx, text, [county, courseId])
}

export async function insertFollowUp(
  tx: Asking,
  access: Access,
  followUp: Omit<KeptFollowUp, 'voidedAt'> & { courseId: Id; chainId: Id | null },
  at: Date,
): Promise<void> {
  await insertRow(tx, 'folic_acid_follow_ups', {
    ...{ countyCode: access.county, facilityId: access.facility, ...followUp },
    ...{ recordedAt: at, recordedBy: access.actorId, source: 'MANUAL' },
  })
}

const voidable = {
  issue: 'folic_acid_issues',
  'follow-up': 'folic_acid_follow_ups',
  course: 'folic_acid_courses',
  survey: 'folic_acid_surveys',
} as const

/** Voids one row that still stands, of my facility. */
export async function voidRow(
  tx: Asking,
  access: Access,
  what: keyof typeof voidable,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const text = `update ${voidable[what]} set voided_at = $3, voided_by = $4, void_reason = $5
    where county_code = $1 and id = $2 and facility_id = $6 and voided_at is null returning id`
  const values = [access.county, id, at, access.actorId, reason, access.facility]
  return (await ask(tx, text, values)).length > 0
}

export type KeptSurvey = {
  id: Id
  occurredOn: CivilDate
  divisionCode: DivisionCode
  divisionName: string | null
  mothers: number
  surveyed: number
  aware: number
  voidedAt: Date | null
}

const ofSurvey = `s.id, s.occurred_on as "occurredOn", s.division_code as "divisionCode", d.name as "divisionName", s.mothers, s.surveyed, s.aware,
  s.voided_at as "voidedAt" from folic_acid_surveys s left join divisions d on d.code = s.division_code and d.valid_to is null
  where s.county_code = $1 and s.facility_id = $2`

export async function selectSurveys(
  tx: Transaction,
  { county, facility }: Access,
  after: readonly [string, string] | null,
  limit: number,
): Promise<KeptSurvey[]> {
  const text = `select ${ofSurvey} and ($3::date is null or (s.occurred_on, s.id) < ($3::date, $4::uuid))
    order by s.occurred_on desc, s.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, [county, facility, after?.[0] ?? null, after?.[1] ?? null])
}

export async function findSurvey(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
): Promise<KeptSurvey | undefined> {
  const [found] = await ask<KeptSurvey>(tx, `select ${ofSurvey} and s.id = $3`, [county, facility, id])
  return found
}

export async function insertSurvey(
  tx: Asking,
  access: Access,
  survey: {
    id: Id
    occurredOn: CivilDate
    divisionCode: DivisionCode
    mothers: number
    surveyed: number
    aware: number
  },
  at: Date,
): Promise<void> {
  await insertRow(tx, 'folic_acid_surveys', {
    ...{ countyCode: access.county, facilityId: access.facility, ...survey },
    ...{ recordedAt: at, recordedBy: access.actorId, source: 'MANUAL' },
  })
}
