import type { ProposalArithmetic, RequisitionStatus } from '@youyu/shared/contraception/supplies-requisitions'

/** Mean length of a month: use is by the month, lead and review by the day. */
const MONTH = 30.4375

type Known = {
  from: string
  days: number
  stockOutDays: number
  issued: number
  monthlyUse: number
  monthsOfStock: number | null
  usable: number
  onTheWay: number
}
type Terms = { leadDays: number; reviewDays: number; safetyDays: number }

/**
 * Order-up-to = monthly use × (lead + review) + safety; what is asked for is what is missing to it, in whole packs
 * (domain §3.3).
 */
export function proposalOf(
  known: Known,
  { leadDays, reviewDays, safetyDays }: Terms,
  packSize: number,
  today: string,
): { arithmetic: ProposalArithmetic; proposed: number } {
  const { monthlyUse, usable, onTheWay, from, days, stockOutDays, issued, monthsOfStock } = known
  const safetyStock = Math.round(((monthlyUse * safetyDays) / MONTH) * 10) / 10
  const orderUpTo = Math.ceil((monthlyUse * (leadDays + reviewDays)) / MONTH + safetyStock)
  const missing = Math.max(orderUpTo - usable - onTheWay, 0)
  return {
    arithmetic: {
      ...{ from, to: today, issued, days, stockOutDays, monthlyUse, monthsOfStock },
      ...{ leadDays, reviewDays, safetyDays, safetyStock, orderUpTo, usable, onTheWay, packSize },
    },
    proposed: Math.ceil(missing / packSize) * packSize,
  }
}

const steps: Record<RequisitionStatus, readonly RequisitionStatus[]> = {
  DRAFT: ['SUBMITTED', 'CANCELLED'],
  SUBMITTED: ['APPROVED', 'REFUSED', 'CANCELLED'],
  APPROVED: ['SHIPPED', 'CLOSED'],
  SHIPPED: ['SHIPPED', 'RECEIVED', 'CLOSED'],
  RECEIVED: ['SHIPPED', 'CLOSED'],
  CLOSED: [],
  REFUSED: [],
  CANCELLED: [],
}

/** §6.3: DRAFT → SUBMITTED → APPROVED → SHIPPED → RECEIVED → CLOSED, partly sent and partly received as often as needed. */
export function mayBecome(status: RequisitionStatus, next: RequisitionStatus): boolean {
  return steps[status].includes(next)
}
