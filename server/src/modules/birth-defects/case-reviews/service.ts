import type {
  CaseDuplicate,
  DuplicateDecision,
  listCaseDuplicates,
  ProvinceAnswer,
  Review,
} from '@youyu/shared/birth-defects/case-reviews'
import type { DefectCard } from '@youyu/shared/birth-defects/defect-cases'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careTransaction } from '../../contraception/index.ts'
import { openChildFollowUp } from '../child-follow-up/index.ts'
import {
  assertReviewer,
  cardAt,
  cardDeed,
  noReview,
  noteStep,
  selectCards,
  shownRow,
  told,
  updateCard,
  type CardRecord,
  type Step,
} from '../defect-cases/index.ts'
import { selectDeadlines } from '../defect-categories/index.ts'
import * as queries from './queries.ts'

type Tier = 'HOSPITAL' | 'COUNTY' | 'PROVINCE'
type Decided = {
  version: number
  step: Step
  tier: Tier
  review: Review
  approved: Record<string, unknown>
  more?: { documentNumber: string; decidedOn: string }
}

/** A tier passes the card on, or returns it with the fields that are to be set right; then all reviews begin anew. */
async function decide(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { version, step, tier, review, approved, more }: Decided,
): Promise<CardRecord> {
  const at = office.now()
  const card = await cardAt(tx, office, access, id, { version, step })
  if (tier !== 'PROVINCE') assertReviewer(card, access.actorId)
  const { decision, note } = review
  const fields = review.decision === 'RETURNED' ? review.fields : []
  const set =
    review.decision === 'APPROVED'
      ? approved
      : {
          ...{ ...noReview, status: 'RETURNED', returnedFields: fields, returnedFrom: tier },
          returnedOn: todayOf(at),
        }
  await noteStep(tx, office, access, card, { tier, decision, fields, note, ...more }, at)
  await updateCard(tx, access, id, set, { at })
  await record(tx, access, cardDeed(office, card, 'change', { fields: ['status'] }), at)
  return card
}

const stepOf = (tier: 'hospital' | 'county' | 'province', { decision }: { decision: string }): Step =>
  `${tier}-${decision === 'APPROVED' ? 'approve' : 'return'}`

/** 医院审核: the second signature makes the case; the child's follow-up begins. */
export async function reviewInHospital(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  review: Review,
): Promise<DefectCard> {
  const at = office.now()
  const approved = {
    ...{ status: 'HOSPITAL_REVIEWED', hospitalReviewedBy: access.actorId },
    hospitalReviewedOn: todayOf(at),
  }
  const deciding: Decided = {
    version,
    step: stepOf('hospital', review),
    tier: 'HOSPITAL',
    review,
    approved,
  }
  return await careTransaction(office, access, async (tx) => {
    const card = await decide(tx, office, access, id, deciding)
    if (review.decision === 'APPROVED') await followUp(tx, access, card, at)
    return await told(tx, office, access, id)
  })
}

async function followUp(
  tx: Transaction,
  access: Access,
  { id, chainId, childId, outcome }: CardRecord,
  at: Date,
): Promise<void> {
  if (chainId === null || childId === null || outcome !== 'LIVE') return
  await openChildFollowUp(tx, access, { chainId, childId, caseId: id, on: todayOf(at) }, at)
}

export async function reviewInCounty(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  review: Review,
): Promise<DefectCard> {
  const approved = {
    ...{ status: 'COUNTY_REVIEWED', countyReviewedBy: access.actorId },
    countyReviewedOn: todayOf(office.now()),
  }
  const deciding: Decided = { version, step: stepOf('county', review), tier: 'COUNTY', review, approved }
  return await careTransaction(office, access, async (tx) => {
    await decide(tx, office, access, id, deciding)
    return await told(tx, office, access, id)
  })
}

/** 省级审核 is entered from the province's answer: its document stands for it. */
export async function enterProvinceReview(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { documentNumber, decidedOn, ...review }: ProvinceAnswer,
): Promise<DefectCard> {
  const approved = {
    ...{ status: 'PROVINCE_REVIEWED', provinceDocument: documentNumber },
    provinceReviewedOn: decidedOn,
  }
  if (decidedOn > todayOf(office.now())) throw Refused.field('/decidedOn', 'invalid-date')
  const more = { documentNumber, decidedOn }
  const deciding: Decided = {
    ...{ version, step: stepOf('province', review), tier: 'PROVINCE', approved, more },
    review,
  }
  return await careTransaction(office, access, async (tx) => {
    const card = await decide(tx, office, access, id, deciding)
    if (card.countyReviewedOn !== null && decidedOn < card.countyReviewedOn)
      throw Refused.field('/decidedOn', 'invalid-date')
    return await told(tx, office, access, id)
  })
}

export async function closeCard(
  office: Office,
  access: Access,
  id: Id,
  version: number,
): Promise<DefectCard> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const card = await cardAt(tx, office, access, id, { version, step: 'close' })
    await updateCard(tx, access, id, { status: 'FINAL', finalOn: todayOf(at) }, { at })
    await noteStep(tx, office, access, card, { tier: 'COUNTY', decision: 'FINAL' }, at)
    await record(tx, access, cardDeed(office, card, 'change', { fields: ['status'] }), at)
    return await told(tx, office, access, id)
  })
}

type Listing = z.output<(typeof listCaseDuplicates)['schema']['querystring']>

export async function listDuplicates(
  office: Office,
  access: Access,
  { limit, cursor, state }: Listing,
): Promise<Page<CaseDuplicate>> {
  const after = keyIn(cursor, ['string', 'string'])
  const { pairs, shown } = await reading(office.db, access, async (tx) => {
    const found = await queries.selectDuplicates(tx, access, { state }, after, limit + 1)
    return { pairs: found, shown: await withCards(tx, office, access, found) }
  })
  const byId = new Map(shown.map((pair) => [pair.id, pair]))
  return pageOf(
    pairs,
    limit,
    ({ id }) => byId.get(id)!,
    ({ foundAt, id }) => [foundAt.toISOString(), id],
  )
}

async function withCards(
  tx: Transaction,
  office: Office,
  access: Access,
  pairs: readonly queries.DuplicateRecord[],
): Promise<CaseDuplicate[]> {
  if (pairs.length === 0) return []
  const today = todayOf(office.now())
  const ids = pairs.flatMap(({ cardId, otherId }) => [cardId, otherId])
  const deadlines = await selectDeadlines(tx, today)
  const cards = await selectCards(tx, access, { ids }, { after: null, limit: ids.length, deadlines })
  for (const card of cards)
    office.views.note(access, cardDeed(office, card, 'view', { fields: ['duplicates'] }))
  const rows = new Map(cards.map((card) => [card.id, shownRow(office, access, card, today)]))
  return pairs.map(({ id, cardId, otherId, state, foundAt, reason, keptId }) => ({
    ...{ id, state, reason, keptId, foundAt: foundAt.toISOString() },
    cards: [cardId, otherId].flatMap((each) => rows.get(each) ?? []),
  }))
}

/** One child, one card: the other is merged into the kept one; or they are two children. Both ways with a reason. */
export async function decideDuplicate(
  office: Office,
  access: Access,
  id: Id,
  body: DuplicateDecision,
): Promise<CaseDuplicate> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    await queries.lockDuplicate(tx, access, id)
    const [pair] = await queries.selectDuplicates(tx, access, { id }, null, 1)
    if (!pair) throw new Refused('not-found')
    if (pair.state !== 'OPEN') throw new Refused('already-decided')
    const { reason } = body
    if (body.decision === 'DISMISS')
      await queries.settleDuplicate(tx, access, id, { state: 'DISMISSED', keptId: null, reason }, at)
    else await merge(tx, office, access, pair, { keptId: body.keptId, reason })
    const [settled] = await queries.selectDuplicates(tx, access, { id }, null, 1)
    return (await withCards(tx, office, access, [settled!]))[0]!
  })
}

async function merge(
  tx: Transaction,
  office: Office,
  access: Access,
  { id, cardId, otherId }: queries.DuplicateRecord,
  { keptId, reason }: { keptId: Id; reason: string },
): Promise<void> {
  const at = office.now()
  if (keptId !== cardId && keptId !== otherId) throw Refused.field('/keptId', 'invalid-value')
  const goes = keptId === cardId ? otherId : cardId
  const deadlines = await selectDeadlines(tx, todayOf(at))
  const cards = await selectCards(
    tx,
    access,
    { ids: [cardId, otherId] },
    { after: null, limit: 2, deadlines },
  )
  const card = cards.find((each) => each.id === goes)
  if (!card || cards.some(({ status }) => status === 'MERGED' || status === 'WITHDRAWN'))
    throw new Refused('card-not-at-this-step')
  await updateCard(tx, access, goes, { status: 'MERGED', mergedInto: keptId, returnedFields: [] }, { at })
  await noteStep(tx, office, access, card, { tier: 'COUNTY', decision: 'MERGED', note: reason }, at)
  await queries.settleDuplicate(tx, access, id, { state: 'MERGED', keptId, reason }, at)
  await record(tx, access, cardDeed(office, card, 'merge'), at)
}
