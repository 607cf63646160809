import { text } from '../../texts/texts.ts'
import type { PyramidCounts } from './types.ts'

export type AgeGroup = {
  from: number
  /** Undefined: and older. */
  to: number | undefined
  male: number
  female: number
}

/** Counts by single year put together to groups of `span` years; the last stays open. */
export function ageGroups({ male, female }: PyramidCounts, span: number): AgeGroup[] {
  const oldest = Math.max(male.length, female.length) - 1
  const groups: AgeGroup[] = []
  for (let from = 0; from <= oldest; from += span) {
    const end = from + span
    const sum = (counts: readonly number[]) => counts.slice(from, end).reduce((all, count) => all + count, 0)
    groups.push({
      from,
      to: end > oldest ? undefined : end - 1,
      male: sum(male),
      female: sum(female),
    })
  }
  return groups
}

export function totalOf({ male, female }: PyramidCounts): number {
  return [...male, ...female].reduce((sum, count) => sum + count, 0)
}

export function ageName({ from, to }: AgeGroup): string {
  if (to === undefined) return text('ui.chart.ageOver', { age: from })
  return to === from ? text('ui.chart.ageOne', { age: from }) : text('ui.chart.ageSpan', { from, to })
}

/** `male:20-24`, `female:100-`: what `choose` tells. */
export const ageKey = (sex: 'male' | 'female', { from, to }: AgeGroup) => `${sex}:${from}-${to ?? ''}`
