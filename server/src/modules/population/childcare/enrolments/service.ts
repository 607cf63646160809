import type {
  ChildcareEnrolment,
  correctChildcareEnrolment,
  listChildcareEnrolments,
  NewChildcareEnrolment,
} from '@youyu/shared/population/childcare'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import { maskName } from '@youyu/shared/population/masking'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { rehearsal } from '../../../../database/rehearsal.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { maySeePlainly } from '../../persons/person-row.ts'
import { lockPersons } from '../../persons/queries-changes.ts'
import { findInstitution, lockInstitution } from '../queries.ts'
import {
  findEnrolment,
  insertEnrolment,
  isEnrolled,
  selectEnrolments,
  voidEnrolmentRow,
  type EnrolmentRecord,
  type KeptEnrolment,
} from './queries.ts'
import { enrolmentFindings, monthsOld } from './rules.ts'

type Asked = z.output<(typeof listChildcareEnrolments)['schema']['querystring']>
type Correction = z.output<(typeof correctChildcareEnrolment)['schema']['body']>
export type Wish =
  | { kind: 'enrol'; institutionId: string; body: NewChildcareEnrolment }
  | ({ kind: 'correct'; id: string } & Correction)
  | { kind: 'void'; id: string; reason: string }

export async function listEnrolments(
  { db, now }: Office,
  access: Access,
  institutionId: string,
  { limit, cursor, current }: Asked,
): Promise<Page<ChildcareEnrolment>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(now())
  const rows = await reading(db, access, async (tx) => {
    const [institution, enrolments] = await Promise.all([
      findInstitution(tx, access, institutionId, today),
      selectEnrolments(tx, access, { institutionId, current, today, after, limit: limit + 1 }),
    ])
    if (!institution) throw new Refused('not-found')
    return enrolments
  })
  return pageOf(
    rows,
    limit,
    (row) => shownEnrolment(row, access),
    (row) => [row.fromOn, row.id],
  )
}

export async function previewWish(office: Office, access: Access, wish: Wish): Promise<EventPreview> {
  return await rehearsal(office.db, access, async (tx) =>
    previewOf(await carryOut(tx, access, wish, office.now())),
  )
}

export async function applyWish(office: Office, access: Access, wish: Wish): Promise<ChildcareEnrolment> {
  return await transaction(office.db, access, (tx) => carryOut(tx, access, wish, office.now()))
}

async function carryOut(tx: Transaction, access: Access, wish: Wish, at: Date): Promise<ChildcareEnrolment> {
  if (wish.kind === 'enrol') {
    const { childId, fromOn, toOn = null } = wish.body
    const { institutionId } = wish
    return await enter(tx, access, { childId, fromOn, toOn, institutionId, replaces: null }, at)
  }
  const earlier = await findEnrolment(tx, access, wish.id)
  if (!earlier) throw new Refused('not-found')
  if (!(await voidEnrolmentRow(tx, access, wish.id, wish.reason, at))) throw new Refused('conflict')
  await recordDeed(tx, access, earlier, at, wish.reason)
  if (wish.kind === 'void') return shownEnrolment((await findEnrolment(tx, access, wish.id))!, access)
  const { fromOn = earlier.fromOn, toOn = earlier.toOn } = wish.set
  const { childId, institutionId } = earlier
  return await enter(tx, access, { childId, institutionId, fromOn, toOn, replaces: earlier.id }, at)
}

/** Places and age are findings: a place given to a child is a fact whatever the plan was. */
async function enter(
  tx: Transaction,
  access: Access,
  enrolment: Omit<EnrolmentRecord, 'id'>,
  at: Date,
): Promise<ChildcareEnrolment> {
  const made = { ...enrolment, id: newId(at.getTime()) }
  const { institutionId, childId, fromOn, toOn } = made
  const today = todayOf(at)
  const [, institution, children] = await Promise.all([
    lockInstitution(tx, access, institutionId),
    findInstitution(tx, access, institutionId, today),
    lockPersons(tx, access, [childId]),
  ])
  if (!institution) throw new Refused('not-found')
  const child = children.get(childId)
  if (!child || child.status === 'MERGED') throw Refused.field('/childId', 'not-found')
  if (fromOn > today || fromOn < child.birthDate || fromOn < institution.openedOn)
    throw Refused.field('/fromOn', 'invalid-date')
  if (toOn !== null && toOn <= fromOn) throw Refused.field('/toOn', 'invalid-date')
  if (await isEnrolled(tx, access, made)) throw new Refused('already-exists')
  await insertEnrolment(tx, access, made, at)
  const kept = (await findEnrolment(tx, access, made.id))!
  await recordDeed(tx, access, kept, at)
  return shownEnrolment(kept, access)
}

async function recordDeed(
  tx: Transaction,
  access: Access,
  { id, divisionCode: division }: KeptEnrolment,
  at: Date,
  reason?: string,
): Promise<void> {
  const deed = { entity: 'childcare-enrolment', entityId: id, division }
  await record(
    tx,
    access,
    reason ? { action: 'correct', ...deed, reason } : { action: 'create', ...deed },
    at,
  )
}

function previewOf(enrolment: ChildcareEnrolment): EventPreview {
  const { id, child, fromOn, toOn, voidedAt, findings } = enrolment
  const period = `${fromOn} – ${toOn ?? ''}`
  const field = 'enrolment'
  const [before, after] = voidedAt ? [period, null] : [null, period]
  return { changes: [{ entity: 'event', id, label: child.name, field, before, after }], book: [], findings }
}

function shownEnrolment(row: KeptEnrolment, access: Access): ChildcareEnrolment {
  const name = row.childName ?? '*'
  const ageMonths = row.birthDate === null ? 0 : Math.max(monthsOld(row.birthDate, row.fromOn), 0)
  return {
    id: row.id,
    institution: { id: row.institutionId, name: row.institutionName },
    child: { id: row.childId, name: maySeePlainly(access) ? name : maskName(name) },
    fromOn: row.fromOn,
    toOn: row.toOn,
    ageMonthsAtEntry: ageMonths,
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
    voidReason: row.voidReason,
    replaces: row.replaces,
    findings: row.voidedAt ? [] : enrolmentFindings({ ...row, ageMonths }),
  }
}
