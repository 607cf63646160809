import type { ReferralMove, ReferralRow, ReferralStatus } from '@youyu/shared/birth-defects/referrals'

const ofReceiver: Partial<Record<ReferralStatus, readonly ReferralMove['to'][]>> = {
  SENT: ['RECEIVED', 'NOT_COME'],
  RECEIVED: ['ANSWERED'],
  NOT_COME: ['RECEIVED'],
}
const ofSender: Partial<Record<ReferralStatus, readonly ReferralMove['to'][]>> = {
  SENT: ['CANCELLED'],
  RECEIVED: ['CLOSED'],
  ANSWERED: ['CLOSED'],
}

/** The steps that are mine to take; of a place outside, the sender takes them all. */
export function movesOf({
  status,
  box,
  to,
}: Pick<ReferralRow, 'status' | 'box' | 'to'>): ReferralMove['to'][] {
  const isReceiver = box === 'IN' || (box === 'OUT' && to.id === null)
  return [
    ...(isReceiver ? (ofReceiver[status] ?? []) : []),
    ...(box === 'OUT' ? (ofSender[status] ?? []) : []),
  ]
}
