import type { NoticeState } from '@youyu/shared/subsidies/notices'
import type { DivisionPrefix } from '@youyu/shared/values'

/** An objection is investigated and answered within ten working days (domain §6.5). */
export const INVESTIGATION_DAYS = 10

/** From which states a list goes where; nothing leads past its time but being taken down. */
export const noticeSteps = {
  post: { from: ['DRAFT'], to: 'POSTED' },
  object: { from: ['POSTED', 'OBJECTION_OPEN'], to: 'OBJECTION_OPEN' },
  'close-clean': { from: ['POSTED'], to: 'CLOSED_CLEAN' },
  'close-objected': { from: ['OBJECTION_OPEN'], to: 'CLOSED_WITH_OBJECTION' },
  void: { from: ['DRAFT', 'POSTED', 'OBJECTION_OPEN'], to: 'VOID' },
} as const satisfies Record<string, { from: readonly NoticeState[]; to: NoticeState }>

/** A village records and puts up; what becomes of an objection is decided above it. */
export function mayDecide(prefixes: readonly DivisionPrefix[], division: string): boolean {
  return prefixes.some((prefix) => prefix.length <= 9 && division.startsWith(prefix))
}
