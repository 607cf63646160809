import type { ReferralMove, ReferralStatus } from '@youyu/shared/birth-defects/referrals'
import { daysAfter } from '@youyu/shared/birth-defects/risk-facts'
import type { CivilDate } from '@youyu/shared/values'
import { Refused } from '../../../refused.ts'

/** Where a referral may go from where it is; whoever was thought not to have come may yet come. */
const ways: Record<ReferralStatus, readonly ReferralStatus[]> = {
  SENT: ['RECEIVED', 'NOT_COME', 'CANCELLED'],
  RECEIVED: ['ANSWERED', 'CLOSED'],
  ANSWERED: ['CLOSED'],
  NOT_COME: ['RECEIVED'],
  CLOSED: [],
  CANCELLED: [],
}

export type Side = { isSender: boolean; isReceiver: boolean; isOutside: boolean }

/** Who was sent to receives, answers, or says that nobody came; who sent closes. Of a place outside the sender says it all. */
export function mayMove({ isSender, isReceiver, isOutside }: Side, to: ReferralMove['to']): boolean {
  const ofReceiver = to === 'RECEIVED' || to === 'ANSWERED' || to === 'NOT_COME'
  return ofReceiver ? isReceiver || (isSender && isOutside) : isSender
}

type Standing = {
  status: ReferralStatus
  occurredOn: CivilDate
  receivedOn: CivilDate | null
  answeredOn: CivilDate | null
}

export function assertMove(
  { status, occurredOn, receivedOn, answeredOn }: Standing,
  { to, on }: ReferralMove,
  today: CivilDate,
): void {
  if (!ways[status].includes(to)) throw new Refused('conflict')
  const since = [occurredOn, receivedOn, answeredOn]
    .filter((day) => day !== null)
    .sort()
    .at(-1)!
  if (on > today || on < since) throw Refused.field('/on', 'invalid-date')
}

const answerWithin = { EMERGENCY: 1, SOON: 7, ROUTINE: 14 } as const

/** By when an answer is expected: as the network agreed, and sooner where it is urgent. */
export function answerDueOn(
  on: CivilDate,
  urgency: keyof typeof answerWithin,
  agreedDays: number | null,
): CivilDate {
  const days = answerWithin[urgency]
  return daysAfter(
    on,
    agreedDays === null ? days : urgency === 'ROUTINE' ? agreedDays : Math.min(agreedDays, days),
  )
}
