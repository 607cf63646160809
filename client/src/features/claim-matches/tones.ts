import type { MatchState } from '@youyu/shared/subsidies/claims'

export const toneOfMatch = {
  POSSIBLE: 'note',
  SUSPECTED: 'warn',
  NOTIFIED: 'accent',
  RESOLVED: 'good',
  DISMISSED: 'plain',
} as const satisfies Record<MatchState, string>
