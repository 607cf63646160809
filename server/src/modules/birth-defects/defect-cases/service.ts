import { fieldsOf, type CardContent } from '@youyu/shared/birth-defects/defect-card'
import type {
  CardRow,
  CardVersion,
  DefectCard,
  listDefectCards,
} from '@youyu/shared/birth-defects/defect-cases'
import { reportingYearOf } from '@youyu/shared/birth-defects/reporting-periods'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careTransaction } from '../../contraception/index.ts'
import { recordLinks, voidLinks } from '../chains/index.ts'
import { selectDeadlines } from '../defect-categories/index.ts'
import { shownRow } from './card-row.ts'
import * as keeping from './keeping.ts'
import * as queries from './queries.ts'
import * as parts from './queries-parts.ts'
import { contentOfRegister } from './register-content.ts'

type Listing = z.output<(typeof listDefectCards)['schema']['querystring']>

export async function listCards(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing & queries.CardFilter,
  { byDeadline = false } = {},
): Promise<Page<CardRow>> {
  const today = todayOf(office.now())
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, async (tx) => {
    const deadlines = await selectDeadlines(tx, today)
    return await queries.selectCards(tx, access, filter, { after, limit: limit + 1, deadlines, byDeadline })
  })
  for (const card of rows.slice(0, limit))
    office.views.note(access, keeping.cardDeed(office, card, 'view', { fields: ['list'] }))
  return pageOf(
    rows,
    limit,
    (row) => shownRow(office, access, row, today),
    (row) => [byDeadline ? (row.dueOn ?? '9999-12-31') : row.diagnosedOn, row.id],
  )
}

/** One card; that it was read is written with it. */
export async function readCard(office: Office, access: Access, id: Id): Promise<DefectCard> {
  return await transaction(office.db, access, async (tx) => {
    const card = await keeping.told(tx, office, access, id)
    const { motherId } = card.content.links
    await record(tx, access, keeping.cardDeed(office, { id, motherId }, 'view'), office.now())
    return card
  })
}

/** A card to begin with: what the register knows of mother and child. */
export async function prefilled(
  office: Office,
  access: Access,
  { motherId = null, childId = null }: { motherId?: Id | null | undefined; childId?: Id | null | undefined },
): Promise<CardContent> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const content = await contentOfRegister(tx, access, { motherId, childId }, todayOf(at))
    const card = { id: content.links.motherId!, motherId: content.links.motherId }
    await record(tx, access, keeping.cardDeed(office, card, 'view', { fields: ['register'] }), at)
    return content
  })
}

export async function draftCard(office: Office, access: Access, content: CardContent): Promise<DefectCard> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const id = await keeping.beginCard(tx, office, access, content, { at })
    return await keeping.told(tx, office, access, id)
  })
}

export async function changeCard(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  content: CardContent,
): Promise<DefectCard> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await keeping.cardAt(tx, office, access, id, { version, step: 'change' })
    const checked = await keeping.checkedContent(tx, office, access, content)
    await keeping.writeContent(tx, office, access, id, checked, { at })
    await record(tx, access, keeping.cardDeed(office, before, 'change'), at)
    return await keeping.told(tx, office, access, id)
  })
}

/** 上报: the card goes to review as it is, and is kept so. */
export async function submitCard(
  office: Office,
  access: Access,
  id: Id,
  version: number,
): Promise<DefectCard> {
  const at = office.now()
  const today = todayOf(at)
  return await careTransaction(office, access, async (tx) => {
    const card = await keeping.cardAt(tx, office, access, id, { version, step: 'submit' })
    const content = await keeping.contentNow(tx, office, access, card)
    keeping.assertComplete(content)
    const edition = card.edition + 1
    const facility = (await queries.findFacility(tx, access))!
    const cardNumber =
      card.cardNumber ??
      (await queries.nextCardNumber(tx, access, {
        code: facility.code,
        year: reportingYearOf(card.diagnosedOn),
      }))
    const kind = card.edition === 0 ? 'SUBMITTED' : 'RESUBMITTED'
    await keeping.keepVersion(tx, office, access, { cardId: id, content, edition, kind, reason: null }, at)
    await queries.updateCard(
      tx,
      access,
      id,
      {
        ...{
          ...keeping.noReview,
          status: 'SUBMITTED',
          edition,
          cardNumber,
          returnedFields: [],
          returnedFrom: null,
        },
        ...{ submittedAt: at, submittedOn: today, submittedBy: access.actorId },
        ...(card.edition === 0 && { firstSubmittedOn: today }),
      },
      { at, maker: access.actorId },
    )
    await keeping.noteStep(
      tx,
      office,
      access,
      { ...card, edition },
      { tier: 'REPORTER', decision: 'SUBMITTED' },
      at,
    )
    await queries.matchElsewhere(tx, access, id, at)
    const { chainId } = card
    if (chainId !== null && card.edition === 0)
      await recordLinks(
        tx,
        access,
        [{ chainId, item: 'DEFECT_CARD', event: 'DONE', on: today, recordId: id }],
        at,
      )
    await record(tx, access, keeping.cardDeed(office, card, 'change', { fields: ['status'] }), at)
    return await keeping.told(tx, office, access, id)
  })
}

export async function withdrawCard(
  office: Office,
  access: Access,
  id: Id,
  { version, reason }: { version: number; reason: string },
): Promise<DefectCard> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const card = await keeping.cardAt(tx, office, access, id, { version, step: 'withdraw' })
    await queries.updateCard(tx, access, id, { status: 'WITHDRAWN', returnedFields: [] }, { at })
    const step = { tier: 'REPORTER', decision: 'WITHDRAWN', note: reason }
    await keeping.noteStep(tx, office, access, card, step, at)
    if (card.chainId !== null) await voidLinks(tx, access, id, 'WITHDRAWN', at)
    await record(tx, access, keeping.cardDeed(office, card, 'change', { fields: ['status'] }), at)
    return await keeping.told(tx, office, access, id)
  })
}

/** A final card is never rewritten: its correction is a new version, and all reviews begin anew. */
export async function correctCard(
  office: Office,
  access: Access,
  id: Id,
  { version, content, reason }: { version: number; content: CardContent; reason: string },
): Promise<DefectCard> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const card = await keeping.cardAt(tx, office, access, id, { version, step: 'correct' })
    const checked = await keeping.checkedContent(tx, office, access, content, '/content')
    keeping.assertComplete(checked, '/content')
    const edition = card.edition + 1
    const more = {
      ...{ ...keeping.noReview, status: 'CORRECTED', edition },
      ...{ submittedAt: at, submittedOn: todayOf(at), submittedBy: access.actorId },
    }
    await keeping.writeContent(tx, office, access, id, checked, { more, at })
    await keeping.keepVersion(
      tx,
      office,
      access,
      { cardId: id, content: checked, edition, kind: 'CORRECTED', reason },
      at,
    )
    const step = { tier: 'REPORTER', decision: 'CORRECTED', note: reason }
    await keeping.noteStep(tx, office, access, { ...card, edition }, step, at)
    await queries.matchElsewhere(tx, access, id, at)
    await record(tx, access, keeping.cardDeed(office, card, 'correct'), at)
    return await keeping.told(tx, office, access, id)
  })
}

export async function readVersions(
  office: Office,
  access: Access,
  id: Id,
): Promise<{ items: CardVersion[] }> {
  const { county } = access
  return await transaction(office.db, access, async (tx) => {
    const card = await queries.findCard(tx, access, id, await selectDeadlines(tx, todayOf(office.now())))
    if (!card) throw new Refused('not-found')
    const versions = await parts.selectVersions(tx, access, id)
    await record(tx, access, keeping.cardDeed(office, card, 'view', { fields: ['versions'] }), office.now())
    let before: Map<string, unknown> | null = null
    const items = versions.map(({ id: cell, contentCipher, madeAt, ...version }) => {
      const content = JSON.parse(
        office.ciphers.clinical.decipher(contentCipher, { county, id: cell }),
      ) as CardContent
      const fields = fieldsOf(content)
      const changed = before === null ? [] : changedBetween(before, fields)
      before = fields
      return { ...version, content, madeAt: madeAt.toISOString(), changed }
    })
    return { items }
  })
}

function changedBetween(before: Map<string, unknown>, after: Map<string, unknown>): string[] {
  const same = (path: string) => JSON.stringify(before.get(path)) === JSON.stringify(after.get(path))
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => !same(path))
}
