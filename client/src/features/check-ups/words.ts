import type { CalendarStatus } from '@youyu/shared/contraception/calendars'
import type { InvitationStatus } from '@youyu/shared/contraception/check-codes'
import type { CheckSessionStatus } from '@youyu/shared/contraception/sessions'

type Kind = 'plain' | 'good' | 'warn' | 'bad' | 'note' | 'accent'

export const calendarKinds: Record<CalendarStatus, Kind> = {
  PLANNING: 'note',
  PROPOSED: 'accent',
  PUBLISHED: 'good',
  DISCARDED: 'plain',
  FAILED: 'bad',
}

export const sessionKinds: Record<CheckSessionStatus, Kind> = {
  PROPOSED: 'note',
  PLANNED: 'accent',
  HELD: 'good',
  CANCELLED: 'bad',
}

/** A decline is an answer like any other: never shown as a fault. */
export const invitationKinds: Record<InvitationStatus, Kind> = {
  PLANNED: 'plain',
  SENT: 'note',
  ACCEPTED: 'accent',
  ATTENDED: 'good',
  NO_SHOW: 'plain',
  DECLINED: 'plain',
  NO_RESPONSE: 'plain',
  OPTED_OUT: 'plain',
  NOT_ELIGIBLE: 'plain',
}
