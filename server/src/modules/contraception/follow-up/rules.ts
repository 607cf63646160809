import type { TaskOutcome, TaskStatus } from '@youyu/shared/contraception/follow-up'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

const open: readonly TaskStatus[] = ['PLANNED', 'OFFERED', 'BOOKED']

/** Answered once and for all (E3): nobody opens it again. */
export const isOpen = (status: TaskStatus): boolean => open.includes(status)

export function outcomeFaults(outcome: TaskOutcome, today: CivilDate): WrongField[] {
  const faults: WrongField[] = []
  if (outcome.on > today) faults.push({ pointer: '/on', code: 'invalid-date' })
  if (outcome.outcome === 'BOOKED' && outcome.bookedOn < outcome.on)
    faults.push({ pointer: '/bookedOn', code: 'invalid-date' })
  if (outcome.outcome === 'DONE' && (outcome.result.lastMensesOn ?? '') > outcome.on)
    faults.push({ pointer: '/result/lastMensesOn', code: 'invalid-date' })
  return faults
}
