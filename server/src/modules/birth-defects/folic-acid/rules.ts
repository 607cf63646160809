import type {
  Adherence,
  FolicAcidWarning,
  GivenFolicAcid,
  NewFolicAcidFollowUp,
} from '@youyu/shared/birth-defects/folic-acid'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

export function dayAfter(day: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Both days counted. */
function daysFromTo(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1
}

/** 13 weeks from the last menstruation: the last day is 12 weeks and 6 days. */
export const endOfFirstTrimester = (lastMenstruationOn: CivilDate): CivilDate =>
  dayAfter(lastMenstruationOn, 13 * 7 - 1)

/** Two weeks after the last menstruation. */
const conceptionOn = (lastMenstruationOn: CivilDate): CivilDate => dayAfter(lastMenstruationOn, 14)

/** Micrograms a day: what anybody may have, and what nobody is given (domain §3.4 row 5). */
const lowDose = 400
const highestDose = 5000
const boxesAllowed = 6

type Taken = { fromDay: CivilDate; toDay: CivilDate; daysTaken: number }

/** Days taken within the span from the start to a last day; of a contact that goes beyond it no more than lie within. */
function daysTakenUntil(startedOn: CivilDate, until: CivilDate | null, followUps: readonly Taken[]): number {
  return followUps.reduce((sum, { fromDay, toDay, daysTaken }) => {
    const from = fromDay > startedOn ? fromDay : startedOn
    const to = until !== null && toDay > until ? until : toDay
    return to < from ? sum : sum + Math.min(daysTaken, daysFromTo(from, to))
  }, 0)
}

/**
 * BDI-08 (F18): began before conception, and took it on at least 80 % of the days from the start to the end of the first
 * trimester. Told of a woman only once she has reached mid-pregnancy.
 */
export function adherenceOf(
  { startedOn, lastMenstruationOn }: { startedOn: CivilDate; lastMenstruationOn: CivilDate | null },
  followUps: readonly Taken[],
  today: CivilDate,
): { adherence: Adherence; daysTaken: number; daysAsked: number | null } {
  if (lastMenstruationOn === null) {
    const daysTaken = daysTakenUntil(startedOn, null, followUps)
    return { adherence: 'NOT_YET', daysTaken, daysAsked: null }
  }
  const end = endOfFirstTrimester(lastMenstruationOn)
  const daysTaken = daysTakenUntil(startedOn, end, followUps)
  const daysAsked = startedOn <= end ? daysFromTo(startedOn, end) : 0
  if (today <= end) return { adherence: 'NOT_YET', daysTaken, daysAsked }
  if (followUps.length === 0) return { adherence: 'UNKNOWN', daysTaken, daysAsked }
  const isEarly = startedOn < conceptionOn(lastMenstruationOn)
  const isEnough = daysAsked > 0 && daysTaken * 5 >= daysAsked * 4
  return { adherence: isEarly && isEnough ? 'ADHERENT' : 'NOT_ADHERENT', daysTaken, daysAsked }
}

/** A week before the tablets run out, unless they last to the end of the first trimester. */
export function refillDue(
  coversUntil: CivilDate,
  lastMenstruationOn: CivilDate | null,
  endedOn: CivilDate | null,
): CivilDate | null {
  if (endedOn !== null) return null
  if (lastMenstruationOn !== null && coversUntil >= endOfFirstTrimester(lastMenstruationOn)) return null
  return dayAfter(coversUntil, -7)
}

type Box = { microgramsPerTablet: number; tabletsPerBox: number }

export function amountOf(
  { microgramsPerTablet, tabletsPerBox }: Box,
  { boxes, tabletsPerDay, startsOn }: { boxes: number; tabletsPerDay: number; startsOn: CivilDate },
): { tablets: number; microgramsPerDay: number; isHighDose: boolean; coversUntil: CivilDate } {
  const tablets = boxes * tabletsPerBox
  const microgramsPerDay = microgramsPerTablet * tabletsPerDay
  return {
    tablets,
    microgramsPerDay,
    isHighDose: microgramsPerDay > lowDose,
    coversUntil: dayAfter(startsOn, Math.max(1, Math.floor(tablets / tabletsPerDay)) - 1),
  }
}

export function issueFaults(
  { occurredOn, startsOn, lastMenstruationOn, prescription }: GivenFolicAcid & { startsOn: CivilDate },
  { microgramsPerDay, isHighDose }: { microgramsPerDay: number; isHighDose: boolean },
  today: CivilDate,
): WrongField[] {
  const faults: WrongField[] = []
  if (occurredOn > today) faults.push({ pointer: '/occurredOn', code: 'invalid-date' })
  if (startsOn < occurredOn || startsOn > dayAfter(occurredOn, 400))
    faults.push({ pointer: '/startsOn', code: 'invalid-date' })
  if (lastMenstruationOn && lastMenstruationOn > today)
    faults.push({ pointer: '/lastMenstruationOn', code: 'invalid-date' })
  if (microgramsPerDay > highestDose) faults.push({ pointer: '/tabletsPerDay', code: 'invalid-value' })
  if (isHighDose && !prescription) faults.push({ pointer: '/prescription', code: 'prescription-required' })
  if (prescription && prescription.prescribedOn > occurredOn)
    faults.push({ pointer: '/prescription/prescribedOn', code: 'invalid-date' })
  return faults
}

/** What whoever gives it should know; it stops nothing. */
export function warningsOf(given: {
  boxes: number
  isHighDose: boolean
  startsOn: CivilDate
  occurredOn: CivilDate
  coveredUntil: CivilDate | null
  lastMenstruationOn: CivilDate | null
}): FolicAcidWarning[] {
  const { boxes, isHighDose, startsOn, occurredOn, coveredUntil, lastMenstruationOn } = given
  const warnings: FolicAcidWarning[] = []
  if (!isHighDose && boxes > boxesAllowed) warnings.push('BEYOND_SIX_BOXES')
  if (coveredUntil !== null && coveredUntil > dayAfter(occurredOn, 31)) warnings.push('STOCK_AT_HOME')
  if (lastMenstruationOn && startsOn > endOfFirstTrimester(lastMenstruationOn))
    warnings.push('AFTER_FIRST_TRIMESTER')
  return warnings
}

export function followUpFaults(
  body: NewFolicAcidFollowUp,
  startedOn: CivilDate,
  earlier: readonly Taken[],
  today: CivilDate,
): WrongField[] {
  const { occurredOn, fromDay, toDay, daysTaken, lastMenstruationOn, ended } = body
  const faults: WrongField[] = []
  if (occurredOn > today || occurredOn < startedOn)
    faults.push({ pointer: '/occurredOn', code: 'invalid-date' })
  if (fromDay < startedOn || earlier.some((each) => each.fromDay <= toDay && each.toDay >= fromDay))
    faults.push({ pointer: '/fromDay', code: 'invalid-date' })
  if (toDay < fromDay || toDay > occurredOn) faults.push({ pointer: '/toDay', code: 'invalid-date' })
  else if (daysTaken > daysFromTo(fromDay, toDay))
    faults.push({ pointer: '/daysTaken', code: 'invalid-value' })
  if (lastMenstruationOn && lastMenstruationOn > occurredOn)
    faults.push({ pointer: '/lastMenstruationOn', code: 'invalid-date' })
  if (ended && (ended.endedOn < startedOn || ended.endedOn > today))
    faults.push({ pointer: '/ended/endedOn', code: 'invalid-date' })
  return faults
}

/** F18: at least a tenth of the mothers are asked. */
export const isSurveyTooSmall = ({ mothers, surveyed }: { mothers: number; surveyed: number }): boolean =>
  surveyed * 10 < mothers
