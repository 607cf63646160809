import type { EntryOutcome, NoticeState } from '@youyu/shared/subsidies/notices'
import type { ObjectionState } from '@youyu/shared/subsidies/objections'

type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'note' | 'accent'

export const toneOfNotice: Record<NoticeState, Tone> = {
  DRAFT: 'note',
  POSTED: 'accent',
  OBJECTION_OPEN: 'warn',
  CLOSED_CLEAN: 'good',
  CLOSED_WITH_OBJECTION: 'plain',
  VOID: 'bad',
}
export const toneOfOutcome: Record<EntryOutcome, Tone> = {
  OPEN: 'accent',
  PASSED: 'good',
  RETURNED: 'bad',
  LEFT: 'plain',
}
export const toneOfObjection: Record<ObjectionState, Tone> = {
  RECEIVED: 'warn',
  INVESTIGATED: 'note',
  UPHELD: 'bad',
  NOT_UPHELD: 'good',
}
