import type {
  FolicAcidCourse,
  FolicAcidCourseRow,
  FolicAcidIssue,
  listFolicAcidCourses,
  NewFolicAcidFollowUp,
  Prescription,
} from '@youyu/shared/birth-defects/folic-acid'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import * as queries from './queries.ts'
import { adherenceOf, endOfFirstTrimester, followUpFaults, refillDue } from './rules.ts'

/** In a list, by what is kept of the course. */
function shownRow(
  { facilityId: _, daysTaken, hasFollowUp, ...row }: queries.KeptCourse,
  today: CivilDate,
): FolicAcidCourseRow {
  const { startedOn, lastMenstruationOn } = row
  const told =
    hasFollowUp && lastMenstruationOn !== null && startedOn <= endOfFirstTrimester(lastMenstruationOn)
      ? [{ fromDay: startedOn, toDay: endOfFirstTrimester(lastMenstruationOn), daysTaken }]
      : hasFollowUp
        ? [{ fromDay: startedOn, toDay: startedOn, daysTaken: 0 }]
        : []
  return { ...row, adherence: adherenceOf(row, told, today).adherence }
}

type Asked = z.output<(typeof listFolicAcidCourses)['schema']['querystring']>

export async function listCourses(
  office: Office,
  access: Access,
  { limit, cursor, ...question }: Asked,
): Promise<Page<FolicAcidCourseRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) =>
    queries.selectCourses(tx, access, { ...question, after, limit: limit + 1 }),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shownRow(row, today),
    (row) => [row.refillDueOn ?? '9999-12-31', row.id],
  )
  for (const id of new Set(page.items.map(({ client }) => client.id)))
    office.views.note(access, careDeed(office, id, 'view', 'folic-acid', { fields: ['list'] }))
  return page
}

export function shownIssue({ ciphers }: Office, { county }: Access, row: queries.KeptIssue): FolicAcidIssue {
  const { clientId: _, facilityId: __, storeId: ___, prescriptionCipher, voidedAt, ...issue } = row
  const sealed = prescriptionCipher && ciphers.clinical.decipher(prescriptionCipher, { county, id: row.id })
  return {
    ...issue,
    prescription: sealed ? (JSON.parse(sealed) as Prescription) : null,
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

export async function told(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
): Promise<FolicAcidCourse> {
  const [course, issues, followUps] = await Promise.all([
    queries.findCourse(tx, access, id),
    queries.selectIssues(tx, access, id),
    queries.selectFollowUps(tx, access, id),
  ])
  if (!course) throw new Refused('not-found')
  const { county } = access
  const standing = followUps.filter(({ voidedAt }) => voidedAt === null)
  return {
    ...shownRow(course, todayOf(office.now())),
    ...adherenceOf(course, standing, todayOf(office.now())),
    issues: issues.map((issue) => shownIssue(office, access, issue)),
    followUps: followUps.map(({ noteCipher, voidedAt, ...row }) => ({
      ...row,
      note: noteCipher && office.ciphers.clinical.decipher(noteCipher, { county, id: row.id }),
      voidedAt: voidedAt?.toISOString() ?? null,
    })),
  }
}

export async function readCourse(office: Office, access: Access, id: Id): Promise<FolicAcidCourse> {
  return await transaction(office.db, access, async (tx) => {
    const course = await told(tx, office, access, id)
    await record(tx, access, careDeed(office, course.client.id, 'view', 'folic-acid'), office.now())
    return course
  })
}

async function ownCourse(tx: Transaction, access: Access, id: Id): Promise<queries.KeptCourse> {
  await queries.lockCourse(tx, access, id)
  const course = await queries.findCourse(tx, access, id)
  if (!course) throw new Refused('not-found')
  if (course.facilityId !== access.facility) throw new Refused('forbidden')
  return course
}

type Change = Partial<Pick<queries.KeptCourse, 'lastMenstruationOn' | 'endedOn' | 'endReason'>>

/** Brings a course to what its issues and contacts say; one without any issue was none. */
export async function recountCourse(
  tx: Transaction,
  access: Access,
  id: Id,
  change: Change,
  reason: string,
  at: Date,
): Promise<boolean> {
  const course = { ...(await ownCourse(tx, access, id)), ...change }
  const [all, contacts] = await Promise.all([
    queries.selectIssues(tx, access, id),
    queries.selectFollowUps(tx, access, id),
  ])
  const issues = all.filter(({ voidedAt }) => voidedAt === null)
  const followUps = contacts.filter(({ voidedAt }) => voidedAt === null)
  if (issues.length === 0) {
    await queries.voidRow(tx, access, 'course', id, reason, at)
    return false
  }
  const { endedOn, endReason, lastMenstruationOn } = course
  const startedOn = issues.map((issue) => issue.startsOn).reduce((a, b) => (a < b ? a : b))
  const coversUntil = issues.map((issue) => issue.coversUntil).reduce((a, b) => (a > b ? a : b))
  const state = {
    ...{ startedOn, endedOn, endReason, coversUntil, lastMenstruationOn },
    isHighDose: issues.some((issue) => issue.isHighDose),
    boxes: issues.reduce((sum, { boxes }) => sum + boxes, 0),
    refillDueOn: refillDue(coversUntil, lastMenstruationOn, endedOn),
    daysTaken: adherenceOf({ startedOn, lastMenstruationOn }, followUps, '9999-12-31').daysTaken,
    hasFollowUp: followUps.length > 0,
  }
  await queries.updateCourse(tx, access, id, state, at)
  return true
}

/** What she says of the days since, and whether it goes on. */
export async function followCourse(
  office: Office,
  access: Access,
  id: Id,
  body: NewFolicAcidFollowUp,
): Promise<FolicAcidCourse> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const course = await ownCourse(tx, access, id)
    const earlier = (await queries.selectFollowUps(tx, access, id)).filter(
      ({ voidedAt }) => voidedAt === null,
    )
    const faults = followUpFaults(body, course.startedOn, earlier, todayOf(at))
    if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
    const { occurredOn, fromDay, toDay, daysTaken, sideEffects, note, ended, lastMenstruationOn } = body
    const followUpId = newId(at.getTime())
    const noteCipher =
      note === null ? null : office.ciphers.clinical.encipher(note, { county: access.county, id: followUpId })
    const days = { occurredOn, fromDay, toDay, daysTaken, sideEffects, noteCipher }
    await queries.insertFollowUp(
      tx,
      access,
      { id: followUpId, courseId: id, chainId: course.chainId, ...days },
      at,
    )
    const change = {
      lastMenstruationOn: lastMenstruationOn ?? course.lastMenstruationOn,
      ...(ended && { endedOn: ended.endedOn, endReason: ended.reason }),
    }
    await recountCourse(tx, access, id, change, '', at)
    await record(tx, access, careDeed(office, course.client.id, 'create', 'folic-acid-follow-up'), at)
    return await told(tx, office, access, id)
  })
}

export async function takeFollowUpBack(
  office: Office,
  access: Access,
  id: Id,
  { followUpId, reason }: { followUpId: Id; reason: string },
): Promise<FolicAcidCourse> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const course = await ownCourse(tx, access, id)
    const followUps = await queries.selectFollowUps(tx, access, id)
    if (!followUps.some((each) => each.id === followUpId)) throw Refused.field('/followUpId', 'not-found')
    if (!(await queries.voidRow(tx, access, 'follow-up', followUpId, reason, at)))
      throw new Refused('conflict')
    await recountCourse(tx, access, id, {}, reason, at)
    await record(tx, access, careDeed(office, course.client.id, 'correct', 'folic-acid-follow-up'), at)
    return await told(tx, office, access, id)
  })
}
