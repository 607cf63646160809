import type { ErrorCode } from '@youyu/shared/errors'
import type { ExpectedBasis, PregnancyStatus } from '@youyu/shared/population/value-sets'
import type { CivilDate } from '@youyu/shared/values'
import { ageOn } from '../persons/rules.ts'

const DAY = 86_400_000
/** From the last menstruation to the expected day. */
const TERM = 280
/** 45 weeks: no pregnancy lasts longer. */
export const LONGEST = 315
/** Three weeks past the expected day and two weeks more without news (domain §6.2). */
export const QUIET_AFTER = 21
export const QUIET_FOR = 14

export type Fault = { pointer: string; code: ErrorCode }

export function daysAfter(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)
}

function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}

/** Completed days of gestation on a day, counted back from the expected day. */
export function gestationOn(expectedOn: CivilDate, day: CivilDate): number {
  return TERM - daysBetween(day, expectedOn)
}

export type Dates = {
  lastMenstruationOn: CivilDate | null
  expectedOn: CivilDate | null
  expectedBasis: ExpectedBasis | null
  registeredOn: CivilDate
  endedOn: CivilDate | null
}
export type Dated = Dates & { expectedOn: CivilDate; expectedBasis: ExpectedBasis }

/** The expected day follows from the last menstruation unless ultrasound or assisted reproduction says better. */
export function withExpectedDay(dates: Dates): Dated | Fault[] {
  const { lastMenstruationOn, expectedOn, expectedBasis } = dates
  if (expectedOn && expectedBasis !== 'LMP')
    return { ...dates, expectedOn, expectedBasis: expectedBasis ?? 'ULTRASOUND' }
  if (!lastMenstruationOn) return [{ pointer: '/lastMenstruationOn', code: 'required' }]
  if (expectedBasis && expectedBasis !== 'LMP') return [{ pointer: '/expectedOn', code: 'required' }]
  const term = daysAfter(lastMenstruationOn, TERM)
  if (expectedOn && expectedOn !== term) return [{ pointer: '/expectedOn', code: 'invalid-value' }]
  return { ...dates, expectedOn: term, expectedBasis: 'LMP' }
}

/** Only what is impossible. */
export function dateFaults(dates: Dated, today: CivilDate): Fault[] {
  const faults: Fault[] = []
  const { lastMenstruationOn, expectedOn, registeredOn, endedOn } = dates
  const isDuring = (day: CivilDate) =>
    gestationOn(expectedOn, day) >= 0 && gestationOn(expectedOn, day) <= LONGEST
  if (
    lastMenstruationOn &&
    (lastMenstruationOn > today || daysBetween(lastMenstruationOn, expectedOn) > LONGEST)
  )
    faults.push({ pointer: '/lastMenstruationOn', code: 'invalid-date' })
  if (lastMenstruationOn && lastMenstruationOn >= expectedOn)
    faults.push({ pointer: '/expectedOn', code: 'invalid-date' })
  if (registeredOn > today || !isDuring(registeredOn))
    faults.push({ pointer: '/registeredOn', code: 'invalid-date' })
  if (
    endedOn &&
    (endedOn > today || !isDuring(endedOn) || (lastMenstruationOn && endedOn < lastMenstruationOn))
  )
    faults.push({ pointer: '/endedOn', code: 'invalid-date' })
  return faults
}

export type Woman = { sex: string; birthDate: CivilDate; status: string }

/** Age and sex only: neither marriage nor earlier children nor hukou is asked (E9). */
export function womanFaults({ sex, birthDate, status }: Woman, expectedOn: CivilDate): Fault[] {
  const pointer = '/womanId'
  const age = ageOn(birthDate, expectedOn)
  if (status === 'MERGED' || status === 'ARCHIVED') return [{ pointer, code: 'not-found' }]
  if (sex === '1') return [{ pointer, code: 'invalid-value' }]
  return age < 12 || age > 60 ? [{ pointer, code: 'mother-age-impossible' }] : []
}

/** F1 the woman younger than 13 or older than 55; B07 delivered, and no birth known. */
export function findingsOf(
  woman: { birthDate: CivilDate | null },
  pregnancy: { expectedOn: CivilDate; status: PregnancyStatus },
  births: number,
): string[] {
  const age = woman.birthDate === null ? 30 : ageOn(woman.birthDate, pregnancy.expectedOn)
  return [
    ...(age < 13 || age > 55 ? ['F1'] : []),
    ...(pregnancy.status === 'DELIVERED' && births === 0 ? ['B07'] : []),
  ]
}

/** Domain §6.2; whoever was lost or went elsewhere may be heard of again, and a wrong ending be set right. */
const ways: Record<PregnancyStatus, readonly PregnancyStatus[]> = {
  REGISTERED: ['ONGOING', 'DELIVERED', 'ENDED_LOSS', 'TRANSFERRED_OUT', 'LOST'],
  ONGOING: ['DELIVERED', 'ENDED_LOSS', 'TRANSFERRED_OUT', 'LOST'],
  LOST: ['DELIVERED', 'ENDED_LOSS', 'TRANSFERRED_OUT'],
  TRANSFERRED_OUT: ['DELIVERED', 'ENDED_LOSS'],
  DELIVERED: ['ENDED_LOSS', 'LOST'],
  ENDED_LOSS: ['DELIVERED'],
}

export function mayBecome(from: PregnancyStatus, to: PregnancyStatus): boolean {
  return ways[from].includes(to)
}

export const openStatuses: readonly PregnancyStatus[] = ['REGISTERED', 'ONGOING']
