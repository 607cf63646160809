import type { StopReason } from '@youyu/shared/subsidies/beneficiaries'
import type { VerificationChecks, VerificationResult } from '@youyu/shared/subsidies/verifications'
import type { CivilDate } from '@youyu/shared/values'

/** Whether a result follows from what was found: who is not alive does not continue, and nobody is stopped for nothing. */
export function isSound(checks: VerificationChecks, result: VerificationResult): boolean {
  const found = Object.values(checks)
  if (result === 'CONTINUE') return checks.alive === 'YES' && !found.includes('NO')
  if (result === 'ADJUST') return checks.alive === 'YES'
  return result === 'SUSPEND'
    ? checks.alive !== 'YES' || found.includes('NO') || found.includes('UNKNOWN')
    : found.includes('NO')
}

/** Why a benefit stops, by the first question that does not hold. */
export function stopReasonOf({ alive, hukou, children, disability }: VerificationChecks): StopReason {
  if (alive === 'NO') return 'DEATH'
  if (hukou === 'NO') return 'HUKOU_OUT'
  if (children === 'NO') return 'CHILD_CONDITION_LOST'
  return disability === 'NO' ? 'GRADE_ABOVE_3' : 'OTHER'
}

export const monthOf = (day: CivilDate): CivilDate => `${day.slice(0, 7)}-01`

/** The same day a year later, of which the month has. */
export function yearAfter(day: CivilDate): CivilDate {
  const year = Number(day.slice(0, 4)) + 1
  return day.endsWith('-02-29') ? `${year}-02-28` : `${year}${day.slice(4)}`
}

export function monthAfter(day: CivilDate): CivilDate {
  const date = new Date(`${monthOf(day)}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + 1)
  return date.toISOString().slice(0, 10)
}
