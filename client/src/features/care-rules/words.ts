import type { MecCondition } from '@youyu/shared/contraception/mec-editions'
import { inLanguage, useTexts } from '../../texts/texts.ts'

/** Texts that stand in the data in both languages. */
export const nameOf = ({ nameZh, nameEn }: { nameZh: string; nameEn: string }) => inLanguage([nameZh, nameEn])

/** How a condition comes about, and how long its answer holds, in words. */
export function useConditionWords() {
  const t = useTexts('careRules')
  return {
    question: ({ questionZh, questionEn }: MecCondition) =>
      questionZh && questionEn ? inLanguage([questionZh, questionEn]) : t('condition.derived'),
    reason: ({ reasonZh, reasonEn }: MecCondition) => inLanguage([reasonZh, reasonEn]),
    holds: ({ finding, validDays }: MecCondition) => {
      if (finding === null) return t('condition.eachTime')
      return validDays === null ? t('condition.stable') : t('condition.days', { days: validDays })
    },
    bounds({ fromAge, toAge, fromDays, toDays }: MecCondition) {
      const range = (from: number | null, to: number | null) => `${from ?? ''}–${to ?? ''}`
      return [
        ...(fromAge === null && toAge === null ? [] : [t('condition.age', { range: range(fromAge, toAge) })]),
        ...(fromDays === null && toDays === null
          ? []
          : [t('condition.daysSince', { range: range(fromDays, toDays) })]),
      ].join('；')
    },
  }
}
