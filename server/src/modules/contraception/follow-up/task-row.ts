import type { FollowUpTask } from '@youyu/shared/contraception/follow-up'
import type { CivilDate } from '@youyu/shared/values'
import type { KeptTask } from './queries.ts'

export function shownTask(row: KeptTask, today: CivilDate): FollowUpTask {
  const {
    clientId,
    clientName,
    birthDate,
    phone,
    divisionCode,
    divisionName,
    facilityId: _facility,
    ...task
  } = row
  return {
    ...task,
    client: {
      id: clientId,
      name: clientName ?? '—',
      birthDate,
      phone,
      division: { code: divisionCode, name: divisionName ?? divisionCode },
    },
    isOverdue: task.dueTo < today && ['PLANNED', 'OFFERED', 'BOOKED'].includes(task.status),
  }
}
