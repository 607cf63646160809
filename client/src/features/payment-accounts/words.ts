import type { AccountState, VersionState } from '@youyu/shared/subsidies/payment-accounts'

export const accountLooks: Record<AccountState, 'plain' | 'good' | 'warn' | 'bad' | 'note'> = {
  UNVERIFIED: 'note',
  ACTIVE: 'good',
  HELD: 'bad',
  CLOSED: 'plain',
}

export const versionLooks: Record<VersionState, 'plain' | 'good' | 'bad' | 'note'> = {
  PROPOSED: 'note',
  VERIFIED: 'good',
  REFUSED: 'bad',
  SUPERSEDED: 'plain',
}

/** The last four digits, without a row of stars. */
export const tailOf = (mask: string): string => `**** ${mask.slice(-4)}`
