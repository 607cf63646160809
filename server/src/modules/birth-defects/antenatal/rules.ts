import type { ScheduleStep } from '@youyu/shared/birth-defects/antenatal-care'
import type { AntenatalStep } from '@youyu/shared/birth-defects/antenatal-contacts'
import type { ContactValues } from '@youyu/shared/birth-defects/contact-values'
import { daysAfter, gestationOn } from '@youyu/shared/birth-defects/risk-facts'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

/** 45 weeks. */
const LONGEST = 315

/** One item of the schedule in force, in completed days of gestation, both ends included. */
export type StepWindow = { item: AntenatalStep; fromDays: number; toDays: number }

/** The item that a visit at this gestation settles; between two of them none. */
export function stepAt(schedule: readonly StepWindow[], gestationDays: number): AntenatalStep | null {
  return (
    schedule.find(({ fromDays, toDays }) => gestationDays >= fromDays && gestationDays <= toDays)?.item ??
    null
  )
}

type Done = { step: AntenatalStep | null; occurredOn: CivilDate }

/** The schedule of one pregnancy from its expected day, with what was done of it. */
export function scheduleOf(
  schedule: readonly StepWindow[],
  expectedOn: CivilDate,
  done: readonly Done[],
  today: CivilDate,
): ScheduleStep[] {
  const begins = daysAfter(expectedOn, -280)
  return schedule.map(({ item, fromDays, toDays }) => {
    const [from, to] = [daysAfter(begins, fromDays), daysAfter(begins, toDays)]
    const doneOn = done
      .filter(({ step }) => step === item)
      .map(({ occurredOn }) => occurredOn)
      .sort()[0]
    const state = doneOn ? 'DONE' : today < from ? 'NOT_DUE' : today > to ? 'PASSED' : 'DUE'
    return { item, fromDays, toDays, from, to, state, doneOn: doneOn ?? null }
  })
}

/** How often she is asked back within a stretch of the schedule: every second week from 28 weeks, every week from 37. */
const rhythms: readonly [fromDays: number, everyDays: number][] = [
  [259, 7],
  [196, 14],
]

/** The next day: where the next item opens, and no later than the rhythm of late pregnancy asks. */
export function nextContactOn(
  schedule: readonly StepWindow[],
  expectedOn: CivilDate,
  on: CivilDate,
): CivilDate | null {
  const gestation = gestationOn(expectedOn, on)
  if (gestation >= 294) return null
  const opening = schedule.find(({ fromDays }) => fromDays > gestation)
  const opens = opening && daysAfter(expectedOn, opening.fromDays - 280)
  const every = rhythms.find(([from]) => gestation >= from)?.[1]
  const asked = every === undefined ? undefined : daysAfter(on, every)
  return [opens, asked].filter((day) => day !== undefined).sort()[0] ?? null
}

type Given = { occurredOn: CivilDate; values: ContactValues; nextOn: CivilDate | null }

export function pressureFaults({ systolic, diastolic }: ContactValues): WrongField[] {
  const isWrong = systolic !== undefined && diastolic !== undefined && diastolic >= systolic
  return isWrong ? [{ pointer: '/values/diastolic', code: 'invalid-value' }] : []
}

/** Only what cannot be. */
export function contactFaults(
  { occurredOn, values, nextOn }: Given,
  { expectedOn, endedOn }: { expectedOn: CivilDate; endedOn: CivilDate | null },
  today: CivilDate,
): WrongField[] {
  const faults: WrongField[] = []
  const gestation = gestationOn(expectedOn, occurredOn)
  if (
    occurredOn > today ||
    gestation < 0 ||
    gestation > LONGEST ||
    (endedOn !== null && occurredOn > endedOn)
  )
    faults.push({ pointer: '/occurredOn', code: 'invalid-date' })
  faults.push(...pressureFaults(values))
  if (nextOn !== null && nextOn <= occurredOn) faults.push({ pointer: '/nextOn', code: 'invalid-date' })
  return faults
}
