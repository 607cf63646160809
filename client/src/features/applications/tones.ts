import type { ApplicationState } from '@youyu/shared/subsidies/application-states'

type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'note' | 'accent'

const tones: Partial<Record<ApplicationState, Tone>> = {
  NOT_ACCEPTED: 'warn',
  CONFIRMED: 'good',
  BENEFICIARY_ACTIVE: 'good',
  REJECTED: 'bad',
  UPHELD: 'bad',
  RECONSIDERATION: 'warn',
  DRAFT: 'plain',
  WITHDRAWN: 'plain',
}
export const toneOf = (state: ApplicationState): Tone => tones[state] ?? 'note'
