import type { Finding, VerificationState } from '@youyu/shared/subsidies/verifications'

export const toneOfState = { DUE: 'note', OVERDUE: 'bad', DONE: 'good' } as const satisfies Record<
  VerificationState,
  string
>
export const toneOfFinding = { YES: 'good', NO: 'bad', UNKNOWN: 'plain' } as const satisfies Record<
  Finding,
  string
>
