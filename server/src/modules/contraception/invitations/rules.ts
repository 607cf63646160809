import type { InvitationStatus } from '@youyu/shared/contraception/check-codes'
import type { CivilDate } from '@youyu/shared/values'

/** What was answered, or closed with its session, is not opened again by staff in the cycle (domain §1.6). */
export function isOpen(status: InvitationStatus): boolean {
  return status === 'PLANNED' || status === 'SENT' || status === 'ACCEPTED'
}

export function addOneDay(day: CivilDate): CivilDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
