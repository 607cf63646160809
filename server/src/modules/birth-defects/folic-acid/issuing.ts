import type {
  FolicAcidCorrection,
  FolicAcidCourse,
  FolicAcidGiven,
  GivenFolicAcid,
} from '@youyu/shared/birth-defects/folic-acid'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import {
  annulGiven,
  careDeed,
  careTransaction,
  clientOf,
  dispense,
  keepClient,
} from '../../contraception/index.ts'
import { chainFor, openChain, recordLinks, voidLinks } from '../chains/index.ts'
import { recountCourse, shownIssue, told } from './courses.ts'
import * as queries from './queries.ts'
import { amountOf, dayAfter, issueFaults, warningsOf } from './rules.ts'

/** 280 days before the expected day. */
const lastMenstruationOf = (expectedOn: string | null | undefined): string | null =>
  expectedOn ? dayAfter(expectedOn, -280) : null

/** Names the field of the stock's refusal as it is called here. */
function asIssue(error: unknown): unknown {
  if (!(error instanceof Refused) || !error.details.errors) return error
  const errors = error.details.errors.map((each) =>
    each.pointer === '/quantity' ? { ...each, pointer: '/boxes' } : each,
  )
  return new Refused(error.code, { ...error.details, errors })
}

/** The boxes leave the stock and become hers in one transaction; the stock learns nothing of her. */
async function issueIn(
  tx: Transaction,
  office: Office,
  access: Access,
  body: GivenFolicAcid,
  at: Date,
  corrects: { issueId: Id; courseId: Id } | null = null,
): Promise<FolicAcidGiven> {
  const { clientId, occurredOn, storeId, itemCode, boxes, tabletsPerDay = 1, prescription = null } = body
  const client = await clientOf(tx, access, clientId)
  if (client.sex === '1') throw Refused.field('/clientId', 'invalid-value')
  const product = (await queries.selectProducts(tx)).find((each) => each.itemCode === itemCode)
  if (!product) throw Refused.field('/itemCode', 'invalid-code-value')
  const open = await queries.lockOpenCourse(tx, access, clientId)
  const after = open && open.coversUntil >= occurredOn ? dayAfter(open.coversUntil, 1) : occurredOn
  const startsOn = body.startsOn ?? (corrects ? occurredOn : after)
  const amount = amountOf(product, { boxes, tabletsPerDay, startsOn })
  const faults = issueFaults({ ...body, startsOn }, amount, todayOf(at))
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const ground = 'PRECONCEPTION'
  const chainId = await openChain(tx, access, { womanId: clientId, ground, on: occurredOn }, at)
  const chain = await chainFor(tx, access, { womanId: clientId }, occurredOn, at)
  const lastMenstruationOn =
    body.lastMenstruationOn ?? open?.lastMenstruationOn ?? lastMenstruationOf(chain?.expectedOn)
  const given = await dispense(
    tx,
    office,
    access,
    {
      storeId,
      itemCode,
      quantity: boxes,
      occurredOn,
      client: { id: clientId, divisionCode: client.residenceDivision },
    },
    at,
  ).catch((error: unknown) => {
    throw asIssue(error)
  })
  const courseId = open?.id ?? newId(at.getTime())
  const divisionCode = client.residenceDivision
  const { tablets, microgramsPerDay, isHighDose, coversUntil } = amount
  if (!open) {
    const course = { id: courseId, clientId, chainId, divisionCode, startedOn: startsOn, coversUntil }
    await queries.insertCourse(tx, access, { ...course, isHighDose, lastMenstruationOn }, at)
  }
  const id = newId(at.getTime())
  const { county } = access
  const prescriptionCipher =
    prescription && office.ciphers.clinical.encipher(JSON.stringify(prescription), { county, id })
  await queries.insertIssue(
    tx,
    access,
    {
      ...{ id, courseId, clientId, chainId, divisionCode, occurredOn, itemCode, storeId, boxes, tablets },
      ...{ tabletsPerDay, microgramsPerDay, isHighDose, startsOn, coversUntil, dispensingId: given.id },
      ...{
        indication: prescription?.indication ?? null,
        prescriptionCipher,
        replaces: corrects?.issueId ?? null,
      },
    },
    at,
  )
  await recountCourse(tx, access, courseId, { lastMenstruationOn }, '', at)
  await recordLinks(
    tx,
    access,
    [{ chainId, item: 'FOLIC_ACID', event: 'DONE', on: occurredOn, recordId: id }],
    at,
  )
  await keepClient(tx, access, { clientId, on: occurredOn, encounters: 0 })
  await record(tx, access, careDeed(office, clientId, 'create', 'folic-acid-issue'), at)
  const course = await told(tx, office, access, courseId)
  const coveredUntil = open?.coversUntil ?? null
  const asked = { isHighDose, startsOn, occurredOn, coveredUntil, lastMenstruationOn, boxes: course.boxes }
  return {
    ...course,
    issueId: id,
    warnings: [
      ...warningsOf(asked),
      ...(given.warnings.includes('LAST_OF_STOCK') ? (['LAST_OF_STOCK'] as const) : []),
    ],
    left: given.left,
  }
}

export async function previewIssue(
  office: Office,
  access: Access,
  body: GivenFolicAcid,
): Promise<FolicAcidGiven> {
  return await rehearsal(office.db, access, (tx) => issueIn(tx, office, access, body, office.now()))
}

export async function issue(office: Office, access: Access, body: GivenFolicAcid): Promise<FolicAcidGiven> {
  const at = office.now()
  return await careTransaction(office, access, (tx) => issueIn(tx, office, access, body, at))
}

/** The boxes go back, and the link with them. */
async function voidIssueIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<queries.KeptIssue> {
  const found = await queries.lockIssue(tx, access, id)
  if (!found) throw new Refused('not-found')
  if (found.voidedAt || !(await queries.voidRow(tx, access, 'issue', id, reason, at)))
    throw new Refused('conflict')
  if (found.dispensingId) await annulGiven(tx, access, [found.dispensingId], reason, at)
  await voidLinks(tx, access, id, reason, at)
  await record(tx, access, careDeed(office, found.clientId, 'correct', 'folic-acid-issue'), at)
  return found
}

export async function takeIssueBack(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<FolicAcidCourse> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const found = await voidIssueIn(tx, office, access, id, reason, at)
    const before = await told(tx, office, access, found.courseId)
    const stands = await recountCourse(tx, access, found.courseId, {}, reason, at)
    return stands
      ? await told(tx, office, access, found.courseId)
      : { ...before, boxes: 0, refillDueOn: null }
  })
}

export async function setIssueRight(
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: FolicAcidCorrection,
): Promise<FolicAcidGiven> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const found = await voidIssueIn(tx, office, access, id, reason, at)
    const { clientId, occurredOn, storeId, itemCode, boxes, tabletsPerDay, startsOn } = found
    const { prescription } = shownIssue(office, access, found)
    const before = { clientId, occurredOn, storeId, itemCode, boxes, tabletsPerDay, startsOn, prescription }
    const corrects = { issueId: id, courseId: found.courseId }
    try {
      return await issueIn(tx, office, access, { ...before, ...set } as GivenFolicAcid, at, corrects)
    } catch (error) {
      if (!(error instanceof Refused) || !error.details.errors) throw error
      const errors = error.details.errors.map((each) => ({ ...each, pointer: `/set${each.pointer}` }))
      throw new Refused(error.code, { ...error.details, errors })
    }
  })
}
