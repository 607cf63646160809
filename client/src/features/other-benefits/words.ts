import type { RosterState } from '@youyu/shared/subsidies/benefit-rosters'
import type { StayState } from '@youyu/shared/subsidies/hospital-stays'
import type { SettlementState } from '@youyu/shared/subsidies/settlements'

type Kind = 'plain' | 'good' | 'warn' | 'bad' | 'note' | 'accent'

export const settlementKind: Record<SettlementState, Kind> = {
  LOCKED: 'warn',
  APPROVED: 'accent',
  PAID: 'good',
  VOID: 'plain',
}
export const rosterKind: Record<RosterState, Kind> = {
  DRAFT: 'warn',
  SENT: 'accent',
  RETURNED: 'good',
  VOID: 'plain',
}
export const stayKind: Record<StayState, Kind> = {
  RECORDED: 'warn',
  PASSED: 'good',
  REFUSED: 'bad',
  SETTLED: 'good',
}

/** First day of the month before. */
export function lastMonth(today: string): string {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const before = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
  return `${before}-01`
}
