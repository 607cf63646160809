import type { FollowUpTask } from '@youyu/shared/contraception/follow-up'

export type OutcomeValues = {
  outcome: string
  on: string
  mode: string
  bookedOn: string
  optOut: boolean
  continues: string
  azoospermia: boolean
  satisfaction: string
  result: Record<string, string>
}

const decisions: Record<string, boolean | null> = { yes: true, no: false, undecided: null }

/** What is sent of the form: the parts of the outcome that was chosen, and of a result what was filled in. */
export function outcomeOf(
  values: OutcomeValues,
  task: Pick<FollowUpTask, 'protocolCode'>,
): Record<string, unknown> {
  const { outcome, on, mode, bookedOn, optOut } = values
  if (outcome === 'BOOKED') return { outcome, on, bookedOn }
  if (outcome === 'DECLINED') return { outcome, on, optOut }
  if (outcome === 'UNREACHABLE') return { outcome, on, mode }
  if (outcome === 'NOT_NEEDED') return { outcome, on }
  const filled = Object.fromEntries(Object.entries(values.result).filter(([, value]) => value !== ''))
  return {
    outcome,
    on,
    mode,
    result: {
      ...filled,
      ...(values.satisfaction !== '' && { satisfaction: Number(values.satisfaction) }),
      ...(values.continues !== '' && { continues: decisions[values.continues] }),
      ...(task.protocolCode === 'vasectomy' && { azoospermia: values.azoospermia }),
    },
  }
}
