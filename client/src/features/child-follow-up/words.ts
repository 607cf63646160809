import type { ChildVisitState } from '@youyu/shared/birth-defects/child-follow-up'

export const stateKinds: Record<ChildVisitState, 'plain' | 'good' | 'warn' | 'bad' | 'note'> = {
  NOT_DUE: 'plain',
  DUE: 'note',
  OVERDUE: 'warn',
  DONE: 'good',
  DECLINED: 'plain',
  LOST: 'plain',
  DECEASED: 'plain',
  CANCELLED: 'plain',
}
