import { cardFaults, missingToSubmit, type CardContent } from '@youyu/shared/birth-defects/defect-card'
import { categoryOf, isFunctional } from '@youyu/shared/birth-defects/defect-categories'
import type { DefectCard } from '@youyu/shared/birth-defects/defect-cases'
import type { ErrorCode } from '@youyu/shared/errors'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record, type Deed } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf } from '../../contraception/index.ts'
import { chainFor } from '../chains/index.ts'
import { selectDeadlines } from '../defect-categories/index.ts'
import { contentOf, shownCard } from './card-row.ts'
import * as queries from './queries.ts'
import * as parts from './queries-parts.ts'
import { assertStep, type Step } from './rules.ts'
import { columnsOf } from './words.ts'

export const noReview = {
  ...{ hospitalReviewedBy: null, hospitalReviewedOn: null, countyReviewedBy: null, countyReviewedOn: null },
  ...{ provinceReviewedOn: null, provinceDocument: null, finalOn: null },
}

/** A deed to a card, logged under the mother where the register knows her. */
export function cardDeed(
  office: Office,
  card: { id: Id; motherId: Id | null },
  action: Deed['action'],
  more: Pick<Deed, 'fields' | 'reason'> = {},
): Deed {
  return {
    ...careDeed(office, card.motherId ?? card.id, action, 'defect-card', more),
    purpose: 'SURVEILLANCE',
  }
}

/** The card, locked, where the step may be taken and nobody has changed it since it was read. */
export async function cardAt(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { version, step }: { version: number; step: Step },
): Promise<queries.CardRecord> {
  await queries.lockCard(tx, access, id)
  const card = await queries.findCard(tx, access, id, await selectDeadlines(tx, todayOf(office.now())))
  if (!card) throw new Refused('not-found')
  assertVersion(version, card.version)
  assertStep(step, card.status)
  return card
}

/** A card that I may open, without its words. */
export async function cardNamed(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
): Promise<queries.CardRecord> {
  const card = await queries.findCard(tx, access, id, await selectDeadlines(tx, todayOf(office.now())))
  if (!card) throw new Refused('not-found')
  return card
}

/** The card as it stands; for the answer of a deed. */
export async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<DefectCard> {
  const today = todayOf(office.now())
  const [card, diagnoses, steps] = await Promise.all([
    selectDeadlines(tx, today).then((deadlines) => queries.findCard(tx, access, id, deadlines)),
    parts.selectDiagnoses(tx, access, [id]),
    parts.selectSteps(tx, access, id),
  ])
  if (!card) throw new Refused('not-found')
  return shownCard(office, access, { card, diagnoses, steps }, today)
}

/** What the card says, with its words. */
export async function contentNow(
  tx: Transaction,
  office: Office,
  access: Access,
  card: queries.CardRecord,
): Promise<CardContent> {
  return contentOf(office, access, card, await parts.selectDiagnoses(tx, access, [card.id]))
}

function refuseAll(faults: readonly { path: string; code: string }[], under: string): void {
  if (faults.length === 0) return
  throw new Refused('invalid-request', {
    errors: faults.map(({ path, code }) => ({
      pointer: `${under}/${path.replaceAll('.', '/')}`,
      code: code as ErrorCode,
    })),
  })
}

/** Refuses what cannot be, and whom the register does not know; finds the chain that the card belongs to. */
export async function checkedContent(
  tx: Transaction,
  office: Office,
  access: Access,
  content: CardContent,
  under = '',
): Promise<CardContent> {
  const at = office.now()
  refuseAll(cardFaults(content, todayOf(at)), under)
  const { chainId, motherId, childId, pregnancyId } = content.links
  if (motherId !== null) await clientOf(tx, access, motherId, `${under}/links/motherId`)
  if (childId !== null) await clientOf(tx, access, childId, `${under}/links/childId`)
  if (chainId !== null || (childId ?? pregnancyId ?? motherId) === null) return content
  const subject =
    childId !== null ? { childId } : pregnancyId !== null ? { pregnancyId } : { womanId: motherId! }
  const chain = await chainFor(tx, access, subject, content.diagnosis.on, at)
  return { ...content, links: { ...content.links, chainId: chain?.chainId ?? null } }
}

/** Writes what the card says into its row and its diagnoses. */
export async function writeContent(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  content: CardContent,
  { isNew = false, more = {}, at }: { isNew?: boolean; more?: Record<string, unknown>; at: Date },
): Promise<void> {
  const { county } = access
  const columns = columnsOf(office, { county, id, facility: access.facility! }, content)
  if (isNew) await queries.insertCard(tx, access, { id, ...columns, ...more })
  else await queries.updateCard(tx, access, id, { ...columns, ...more }, { at, maker: access.actorId })
  const diagnoses = content.diagnosis.items.map(({ icd10, laterality, description }, place) => {
    const diagnosis = newId(at.getTime())
    return {
      ...{ id: diagnosis, ordinal: place + 1, category: categoryOf(icd10), icd10, laterality },
      isFunctional: isFunctional(icd10),
      description:
        description &&
        office.ciphers.clinical.encipher(description, { county, id: diagnosis }).toString('base64'),
    }
  })
  await parts.replaceDiagnoses(tx, access, id, diagnoses)
}

/** A new draft of the facility. */
export async function beginCard(
  tx: Transaction,
  office: Office,
  access: Access,
  content: CardContent,
  { from = null, at }: { from?: string | null; at: Date },
): Promise<Id> {
  const facility = await queries.findFacility(tx, access)
  if (!facility) throw new Refused('no-facility')
  const checked = await checkedContent(tx, office, access, content)
  const id = newId(at.getTime())
  const more = {
    ...{ facilityDivision: facility.divisionCode, status: 'DRAFT', edition: 0, proposedFrom: from },
    ...{ makers: [access.actorId], returnedFields: [], recordedAt: at, recordedBy: access.actorId },
    ...{ source: 'MANUAL', updatedAt: at, version: 1 },
  }
  await writeContent(tx, office, access, id, checked, { isNew: true, more, at })
  await record(tx, access, cardDeed(office, { id, motherId: checked.links.motherId }, 'create'), at)
  return id
}

/** A step of the card into its history. */
export async function noteStep(
  tx: Transaction,
  office: Office,
  access: Access,
  card: { id: Id; facilityId: Id; edition: number },
  step: {
    tier: string
    decision: string
    fields?: readonly string[]
    note?: string | undefined
    documentNumber?: string
    decidedOn?: string
  },
  at: Date,
): Promise<Id> {
  const id = newId(at.getTime())
  const { tier, decision, fields = [], note, documentNumber = null, decidedOn = todayOf(at) } = step
  await parts.insertStep(tx, access, {
    ...{ id, cardId: card.id, facilityId: card.facilityId, edition: card.edition, tier, decision, fields },
    noteCipher:
      note === undefined ? null : office.ciphers.clinical.encipher(note, { county: access.county, id }),
    ...{ documentNumber, decidedOn, recordedAt: at },
  })
  return id
}

/** Keeps the card whole, as it goes to review. */
export async function keepVersion(
  tx: Transaction,
  office: Office,
  access: Access,
  {
    cardId,
    content,
    ...version
  }: {
    cardId: Id
    content: CardContent
    edition: number
    kind: parts.VersionRecord['kind']
    reason: string | null
  },
  at: Date,
): Promise<void> {
  const id = newId(at.getTime())
  const contentCipher = office.ciphers.clinical.encipher(JSON.stringify(content), {
    county: access.county,
    id,
  })
  await parts.insertVersion(tx, access, { id, cardId, ...version, contentCipher, madeAt: at })
}

export function assertComplete(content: CardContent, under = ''): void {
  refuseAll(missingToSubmit(content), under)
}
