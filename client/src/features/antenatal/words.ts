import {
  codeFacts,
  numberFacts,
  type CodeFact,
  type NumberFact,
} from '@youyu/shared/birth-defects/decision-facts'
import type { Finding, RiskMark } from '@youyu/shared/birth-defects/decision-support'
import { inLanguage } from '../../texts/texts.ts'

type Words = Record<string, readonly [string, string]>

export function optionsOf<Codes extends Words>(
  codes: Codes,
): { value: keyof Codes & string; label: string }[] {
  return (Object.keys(codes) as (keyof Codes & string)[]).map((value) => ({
    value,
    label: inLanguage(codes[value] as readonly [string, string]),
  }))
}

export function factName(fact: string): string {
  if (fact in numberFacts) {
    const [zh, en] = numberFacts[fact as NumberFact]
    return inLanguage([zh, en])
  }
  return fact in codeFacts ? inLanguage(codeFacts[fact as CodeFact].words) : fact
}

/** A value with its unit, or the words of its code; gestation in weeks and days. */
export function factValue(fact: string, value: number | string): string {
  if (fact === 'gestationDays' && typeof value === 'number') return weeks(value)
  if (fact in numberFacts) return `${value} ${numberFacts[fact as NumberFact][2]}`.trim()
  const words = codeFacts[fact as CodeFact]?.values[String(value)]
  return words ? inLanguage(words) : String(value)
}

export const reasonText = ({ nameZh, nameEn }: Pick<Finding, 'nameZh' | 'nameEn'>): string =>
  inLanguage([nameZh, nameEn])

export const factsText = ({ facts }: Pick<Finding, 'facts'>): string =>
  facts.map(({ fact, value }) => `${factName(fact)} ${factValue(fact, value)}`).join('，')

/** 孕周 as it is spoken: 27+6. */
export const weeks = (days: number): string => `${Math.floor(days / 7)}+${days % 7}`

export const markWords: Record<RiskMark, readonly [string, string]> = {
  GREEN: ['绿色', 'Green'],
  YELLOW: ['黄色', 'Yellow'],
  ORANGE: ['橙色', 'Orange'],
  RED: ['红色', 'Red'],
  PURPLE: ['紫色', 'Purple'],
}
