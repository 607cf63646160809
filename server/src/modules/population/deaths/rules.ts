import type { CivilDate } from '@youyu/shared/values'
import { daysBetween, isLate } from '../births/rules.ts'
import { ageOn, type Fault } from '../persons/rules.ts'

export type Died = {
  occurredOn: CivilDate
  birthDate: CivilDate
  sex: string
  maternal: string
  today: CivilDate
}

/** What cannot be: a death to come, before the birth, or of somebody who cannot have borne a child. */
export function deathFaults({ occurredOn, birthDate, sex, maternal, today }: Died): Fault[] {
  if (occurredOn > today || occurredOn < birthDate) return [{ pointer: '/occurredOn', code: 'invalid-date' }]
  const age = ageOn(birthDate, occurredOn)
  if (maternal !== 'NO' && (sex === '1' || age < 12 || age > 60))
    return [{ pointer: '/maternal', code: 'invalid-value' }]
  return []
}

type Judged = {
  occurredOn: CivilDate
  birthDate: CivilDate
  /** Of the person once the death is recorded. */
  status: string
  /** The last day on which something else is recorded of the person. */
  lastSeenOn: CivilDate | null
  hasLivingSpouse: boolean
  knownOn: CivilDate
}

/** Findings of domain §7.3 and §7.5. `WIDOW` proposes to record the widowhood; nothing is done by itself. */
export function deathFindings(death: Judged): string[] {
  const { occurredOn, birthDate, lastSeenOn, hasLivingSpouse, knownOn } = death
  return [
    ...(ageOn(birthDate, occurredOn) > 110 ? ['I5'] : []),
    ...(lastSeenOn !== null && lastSeenOn > occurredOn ? ['V2'] : []),
    ...(isStillActive(death) ? ['B11'] : []),
    ...(hasLivingSpouse ? ['WIDOW'] : []),
    ...(isLate(occurredOn, knownOn) ? ['LATE'] : []),
  ]
}

/** B11: a child died in the first year of life and is still kept among the living. */
export function isStillActive({
  occurredOn,
  birthDate,
  status,
}: Pick<Judged, 'occurredOn' | 'birthDate' | 'status'>): boolean {
  return ageOn(birthDate, occurredOn) < 1 && ['ACTIVE', 'SUSPECT_DUP'].includes(status)
}

export function ageDays(birthDate: CivilDate, occurredOn: CivilDate): number {
  return daysBetween(birthDate, occurredOn)
}
