import type { CardStatus } from '@youyu/shared/birth-defects/defect-card-values'
import { Refused } from '../../../refused.ts'

/** The one table of the workflow (domain §6.4): from where a step may be taken, and where it leads. */
export const steps = {
  change: { from: ['DRAFT', 'RETURNED'], to: null },
  submit: { from: ['DRAFT', 'RETURNED'], to: 'SUBMITTED' },
  withdraw: { from: ['DRAFT', 'RETURNED'], to: 'WITHDRAWN' },
  correct: { from: ['FINAL'], to: 'CORRECTED' },
  'hospital-approve': { from: ['SUBMITTED', 'CORRECTED'], to: 'HOSPITAL_REVIEWED' },
  'hospital-return': { from: ['SUBMITTED', 'CORRECTED'], to: 'RETURNED' },
  'county-approve': { from: ['HOSPITAL_REVIEWED'], to: 'COUNTY_REVIEWED' },
  'county-return': { from: ['HOSPITAL_REVIEWED'], to: 'RETURNED' },
  'province-approve': { from: ['COUNTY_REVIEWED'], to: 'PROVINCE_REVIEWED' },
  'province-return': { from: ['COUNTY_REVIEWED'], to: 'RETURNED' },
  close: { from: ['PROVINCE_REVIEWED'], to: 'FINAL' },
} as const satisfies Record<string, { from: readonly CardStatus[]; to: CardStatus | null }>
export type Step = keyof typeof steps

export function assertStep(step: Step, status: CardStatus): void {
  const from: readonly CardStatus[] = steps[step].from
  if (from.includes(status)) return
  throw new Refused(step === 'change' || step === 'submit' ? 'card-in-review' : 'card-not-at-this-step')
}

/** Whoever wrote in a card does not review it, and its two reviewers are two. */
export function assertReviewer(
  card: { makers: readonly string[]; hospitalReviewedBy: string | null },
  reviewer: string,
): void {
  if (card.makers.includes(reviewer) || card.hospitalReviewedBy === reviewer)
    throw new Refused('maker-is-checker')
}
