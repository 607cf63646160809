import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import { factsOfLeaf, isLeaf, type Rule } from '@youyu/shared/subsidies/rules'
import type { FactName } from '@youyu/shared/subsidies/facts'

/** What only a person can establish, from documents of long ago; the register never says it of itself. */
const personal: ReadonlySet<FactName> = new Set(['historic_qualification'])

/**
 * The rule as it would be if what only a person can establish were so wherever nobody has said anything yet; null where it
 * reads nothing of the kind. Whoever meets this one alone is worth asking.
 */
export function unprovenRule(rule: Rule): Rule | null {
  let found = false
  const lenient = (part: Rule): Rule => {
    if ('and' in part) return { ...part, and: part.and.map(lenient) }
    if ('or' in part) return { ...part, or: part.or.map(lenient) }
    if (!isLeaf(part)) return part
    const [fact] = factsOfLeaf(part).filter((each) => personal.has(each))
    if (!fact) return part
    found = true
    return { or: [part, { not: { exists: fact } }] }
  }
  const changed = lenient(rule)
  return found ? changed : null
}

/** Whose rule is run: not of what is settled with institutions, nor of what is no more. */
export function isRunnable({ manner, subject }: Pick<ProgrammeTerms, 'manner' | 'subject'>): boolean {
  return (manner === 'MONTHLY' || manner === 'EVENT') && subject !== 'INSTITUTION'
}

/** Who is proposed: not for what an event of its own brings about, such as a stay in hospital. */
export function isProposable(terms: Pick<ProgrammeTerms, 'manner' | 'subject' | 'paymentPeriod'>): boolean {
  return isRunnable(terms) && terms.paymentPeriod !== 'PER_EVENT'
}

/** What a year of a rate is worth to a person; of what is paid by the day nothing is known beforehand. */
export function yearWorth(unit: string, amountFen: number): number {
  if (unit === 'PER_MONTH') return amountFen * 12
  if (unit === 'PER_QUARTER') return amountFen * 4
  return unit === 'PER_YEAR' || unit === 'ONE_OFF' ? amountFen : 0
}
