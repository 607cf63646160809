import type { AlertKind } from '@youyu/shared/subsidies/payment-accounts'

/** The last four digits. */
export function maskAccount(number: string): string {
  return `${'*'.repeat(Math.max(number.length - 4, 4))}${number.slice(-4)}`
}

/** 户名: the account is the payee's own (E10); spaces and the two dots of names do not count. */
export function isOwnName(holder: string, payee: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').replace(/[\s·•・.．]/g, '')
  return plain(holder) === plain(payee)
}

export type Noticed = {
  /** Other payees with the same number. */
  sharedWith: number
  /** Changes entered by the same officer today, this one among them. */
  changesToday: number
  /** Days since the version before was entered; null for the first. */
  daysSinceLast: number | null
}

const MANY_A_DAY = 20
const MONTH = 31

/** What about a new version wants looking into by somebody else. */
export function alertsOf({ sharedWith, changesToday, daysSinceLast }: Noticed): AlertKind[] {
  const isChange = daysSinceLast !== null
  return [
    ...(sharedWith > 0 ? (['SHARED_NUMBER'] as const) : []),
    ...(isChange && changesToday > MANY_A_DAY ? (['MANY_BY_ONE_OFFICER'] as const) : []),
    ...(isChange && daysSinceLast <= MONTH && daysSinceLast > 0 ? (['CHANGED_TWICE_A_MONTH'] as const) : []),
  ]
}
