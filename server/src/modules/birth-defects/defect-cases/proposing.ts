import { cardFaults, timeOf, type CardContent } from '@youyu/shared/birth-defects/defect-card'
import type { DefectBasis } from '@youyu/shared/birth-defects/defect-card-values'
import { categoryOf } from '@youyu/shared/birth-defects/defect-categories'
import { withoutSexInCode } from '@youyu/shared/birth-defects/fetal-sex'
import { dayAfter } from '@youyu/shared/birth-defects/reporting-periods'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { makeDue } from '../chains/index.ts'
import { selectDeadlines } from '../defect-categories/index.ts'
import * as keeping from './keeping.ts'
import * as queries from './queries.ts'
import { findOpenCard } from './queries-register.ts'
import { contentOfRegister } from './register-content.ts'

export type Proposal = {
  chainId: Id
  motherId: Id
  childId?: Id | null | undefined
  icd10: string
  basis: DefectBasis
  /** The day of the diagnosis. */
  on: CivilDate
  gestationDays?: number | null | undefined
  from: 'PRENATAL' | 'NEWBORN'
}

/**
 * A diagnosis proposes a card: a draft of the facility, with what the register knows, for somebody to complete and submit.
 * A draft of the same pregnancy or child gets the diagnosis added; a card that went to review is left alone.
 */
export async function proposeCard(
  tx: Transaction,
  office: Office,
  access: Access,
  proposal: Proposal,
): Promise<Id | null> {
  const at = office.now()
  const { chainId, childId = null, on, basis } = proposal
  const icd10 = childId === null ? withoutSexInCode(proposal.icd10) : proposal.icd10
  if (categoryOf(icd10) === null) return null
  const known = await findOpenCard(tx, access, { chainId, childId })
  const today = todayOf(at)
  if (known) {
    const card = await queries.findCard(tx, access, known, await selectDeadlines(tx, today))
    if (card?.status !== 'DRAFT') return known
    const draft = await keeping.contentNow(tx, office, access, card)
    const added = withDiagnosis(await withChild(tx, access, draft, childId), { icd10, basis })
    await keeping.writeContent(tx, office, access, known, added, { at })
    return known
  }
  const asked = { chainId, childId, motherId: proposal.motherId }
  const register = await contentOfRegister(tx, access, asked, today)
  const { gestationDays = null } = proposal
  const age = register.child.bornOn === null && isAge(gestationDays) ? gestationDays : null
  const dated = { ...register, diagnosis: { ...register.diagnosis, on, gestationDays: age } }
  const when = timeOf(dated)
  const content = withDiagnosis({ ...dated, diagnosis: { ...dated.diagnosis, when } }, { icd10, basis })
  // A diagnosis is recorded whether or not a card can be made of it.
  if (cardFaults(content, today).length > 0) return null
  const id = await keeping.beginCard(tx, office, access, content, { from: proposal.from, at })
  const deadlines = await selectDeadlines(tx, today)
  await makeDue(
    tx,
    access,
    { chainId, item: 'DEFECT_CARD', from: on, to: dayAfter(on, deadlines.CARD.days), on, recordId: id },
    at,
  )
  return id
}

const isAge = (days: number | null) => days !== null && days >= 28 && days <= 315

/** A diagnosis after the birth finds the draft that was made before it. */
async function withChild(
  tx: Transaction,
  access: Access,
  draft: CardContent,
  childId: Id | null,
): Promise<CardContent> {
  const { motherId } = draft.links
  if (childId === null || draft.links.childId !== null || draft.child.bornOn !== null) return draft
  const { links, child } = await contentOfRegister(tx, access, { motherId, childId }, draft.diagnosis.on)
  return { ...draft, links: { ...links, chainId: draft.links.chainId }, child }
}

function withDiagnosis(
  content: CardContent,
  { icd10, basis }: { icd10: string; basis: DefectBasis },
): CardContent {
  const { diagnosis } = content
  const isKnown = diagnosis.items.some((item) => item.icd10 === icd10) || diagnosis.items.length === 12
  const added = { icd10, laterality: null, description: null }
  return {
    ...content,
    diagnosis: {
      ...diagnosis,
      basis: [...new Set([...diagnosis.basis, basis])],
      items: isKnown ? diagnosis.items : [...diagnosis.items, added],
    },
  }
}
