import type { PersonExport } from '@youyu/shared/population/exports'

export type ShownState = PersonExport['state']

export const stateKinds = {
  'awaiting-approval': 'warn',
  approved: 'good',
  refused: 'bad',
  expired: 'plain',
} as const

/** The state as it is at this moment: the server writes the expiry when it next looks. */
export function shownState(item: PersonExport, now = Date.now()): ShownState {
  return item.state === 'approved' && new Date(item.expiresAt).getTime() <= now ? 'expired' : item.state
}
