import { circumstanceKinds, type CircumstanceKind } from '@youyu/shared/subsidies/circumstance-values'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

export type CircumstanceFacts = {
  kind: CircumstanceKind
  grade: number | null
  detail: string | null
  from: CivilDate
  to: CivilDate | null
}

/** The certificate was given until the end of 2015. */
const LAST_CERTIFICATE = '2015-12-31'

export function circumstanceFaults(
  { kind, grade, detail, from, to }: CircumstanceFacts,
  { birthDate, today }: { birthDate: CivilDate; today: CivilDate },
  prefix = '',
): WrongField[] {
  const faults: WrongField[] = []
  const at = (field: string, code: WrongField['code']) => faults.push({ pointer: `${prefix}/${field}`, code })
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
