import type { ErrorCode } from '../errors.ts'
import type { CivilDate } from '../values.ts'
import { circumstanceKinds, type CircumstanceKind } from './circumstance-values.ts'

export type CircumstanceFacts = {
  kind: CircumstanceKind
  grade: number | null
  detail: string | null
  from: CivilDate
  to: CivilDate | null
}
type Fault = { field: 'grade' | 'detail' | 'from' | 'to'; code: ErrorCode }

/** The certificate was given until the end of 2015. */
const LAST_CERTIFICATE = '2015-12-31'

/** What cannot be so, whether it is entered or comes with a file. */
export function circumstanceFaults(
  { kind, grade, detail, from, to }: CircumstanceFacts,
  { birthDate, today }: { birthDate: CivilDate; today: CivilDate },
): Fault[] {
  const faults: Fault[] = []
  const at = (field: Fault['field'], code: ErrorCode) => faults.push({ field, code })
  const { grades, details } = circumstanceKinds[kind]
  if (grades.length > 0 ? grade === null || !grades.includes(grade) : grade !== null)
    at('grade', grade === null ? 'required' : 'invalid-value')
  if (Object.keys(details).length > 0 ? detail === null || !(detail in details) : detail !== null)
    at('detail', detail === null ? 'required' : 'invalid-value')
  if (from > today || from < birthDate) at('from', 'invalid-date')
  if (kind === 'ONLY_CHILD_CERTIFICATE' && from > LAST_CERTIFICATE) at('from', 'certificate-too-late')
  if (to !== null && to < from) at('to', 'invalid-date')
  return faults
}

/** The last four characters tell two documents apart. */
export function maskDocument(number: string): string {
  const tail = number.slice(-4)
  return number.length <= 4 ? '****' : `****${tail}`
}
