import type { RtiStatus } from '@youyu/shared/contraception/cases'
import type { CivilDate } from '@youyu/shared/values'
import { Refused } from '../../../../refused.ts'

const open: readonly RtiStatus[] = ['OPEN', 'TREATED']

/** Where a case begins, by what was done when it was found. */
export function firstStatus(treatment: string): RtiStatus {
  if (treatment === 'TREATED') return 'TREATED'
  if (treatment === 'REFERRED') return 'REFERRED'
  return treatment === 'DECLINED' ? 'DECLINED' : 'OPEN'
}

export const isClosed = (status: RtiStatus): boolean => !open.includes(status)

type Course = {
  diagnosedOn: CivilDate
  status: RtiStatus
  treatedOn: CivilDate | null
  reviewedOn: CivilDate | null
  closedOn: CivilDate | null
}

/** From the diagnosis to the cure, in order; cured only after treatment. */
export function assertCourse(
  { diagnosedOn, status, treatedOn, reviewedOn, closedOn }: Course,
  today: CivilDate,
): void {
  for (const [name, day] of Object.entries({ treatedOn, reviewedOn, closedOn }))
    if (day !== null && (day < diagnosedOn || day > today)) throw Refused.field(`/${name}`, 'invalid-date')
  if ((status === 'TREATED' || status === 'CURED') && treatedOn === null)
    throw Refused.field('/treatedOn', 'required')
  if (!isClosed(status) && closedOn !== null) throw Refused.field('/closedOn', 'invalid-value')
}
