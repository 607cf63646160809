import type { Overpayment, OverpaymentState } from '@youyu/shared/subsidies/overpayments'
import type { Permission } from '@youyu/shared/permissions'

export const toneOfState = {
  IDENTIFIED: 'warn',
  NOTIFIED: 'note',
  CONFIRMED: 'bad',
  WITHDRAWN: 'plain',
  CLOSED: 'good',
} as const satisfies Record<OverpaymentState, string>

const stepNames = ['notify', 'reply', 'decide', 'settle', 'return', 'propose', 'office', 'report'] as const
export type StepName = (typeof stepNames)[number]

export const openOf = ({
  amountFen,
  returnedFen,
  writtenOffFen,
}: Pick<Overpayment, 'amountFen' | 'returnedFen' | 'writtenOffFen'>): number =>
  amountFen - returnedFen - writtenOffFen

/** What can be done next, in the order of the process. */
export function stepsOf(
  one: Overpayment,
  today: string,
  may: (permission: Permission) => boolean,
): StepName[] {
  const { state, repliedOn, replyDueOn, cause, isReported } = one
  const lastWriteOff = one.steps.findLast(({ kind }) => kind.startsWith('WRITE_OFF'))?.kind
  const isProposed = lastWriteOff === 'WRITE_OFF_PROPOSED' || lastWriteOff === 'WRITE_OFF_OFFICE'
  const isDecidable = repliedOn !== null || (replyDueOn !== null && today > replyDueOn)
  const manages = may('beneficiary.manage')
  const offered: Record<StepName, boolean> = {
    notify: manages && state === 'IDENTIFIED',
    reply: manages && state === 'NOTIFIED',
    decide: may('application.confirm') && state === 'NOTIFIED' && isDecidable,
    settle: manages && state === 'CONFIRMED' && !isProposed,
    return: may('payment.make') && state === 'CONFIRMED',
    propose: manages && state === 'CONFIRMED' && !isProposed && openOf(one) <= one.writeOffLimitFen,
    office: may('application.confirm') && state === 'CONFIRMED' && lastWriteOff === 'WRITE_OFF_PROPOSED',
    report:
      manages && cause === 'FALSE_EVIDENCE' && !isReported && state !== 'IDENTIFIED' && state !== 'WITHDRAWN',
  }
  return stepNames.filter((step) => offered[step])
}
