import type { CivilDate } from '@youyu/shared/values'
import { gestationOn, LONGEST, type Fault } from '../rules.ts'

export function trimesterOf(gestationDays: number): 1 | 2 | 3 {
  return gestationDays < 91 ? 1 : gestationDays < 196 ? 2 : 3
}

type Visit = {
  occurredOn: CivilDate
  systolic: number | null
  diastolic: number | null
  nextOn: CivilDate | null
}

export function visitFaults(
  { occurredOn, systolic, diastolic, nextOn }: Visit,
  { expectedOn, endedOn }: { expectedOn: CivilDate; endedOn: CivilDate | null },
  today: CivilDate,
): Fault[] {
  const faults: Fault[] = []
  const gestation = gestationOn(expectedOn, occurredOn)
  if (occurredOn > today || gestation < 0 || gestation > LONGEST || (endedOn && occurredOn > endedOn))
    faults.push({ pointer: '/occurredOn', code: 'invalid-date' })
  if (systolic !== null && diastolic !== null && diastolic >= systolic)
    faults.push({ pointer: '/diastolic', code: 'invalid-value' })
  if (nextOn !== null && nextOn <= occurredOn) faults.push({ pointer: '/nextOn', code: 'invalid-date' })
  return faults
}

/** V4: earlier than four weeks or later than forty-four is hardly so. */
export function visitFindings(gestationDays: number): string[] {
  return gestationDays < 28 || gestationDays > 308 ? ['V4'] : []
}
