import type { Parameters } from '@youyu/shared/birth-defects/screening-parameters'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

type Course = {
  offeredOn: CivilDate
  decision: string
  method: string | null
  performedOn: CivilDate | null
  result: string | null
  reportedOn: CivilDate | null
  counselledOn: CivilDate | null
  defectCodes: readonly string[]
  groupIndication: string | null
}

/** From the offer to the talk about the result, in order; nothing before she agreed. */
export function courseFaults(course: Course, today: CivilDate): WrongField[] {
  const { offeredOn, decision, method, performedOn, result, reportedOn, counselledOn, defectCodes } = course
  const faults: WrongField[] = []
  const fault = (pointer: string, code: WrongField['code']) => faults.push({ pointer, code })
  if (offeredOn > today) fault('/offeredOn', 'invalid-date')
  if (performedOn && decision !== 'AGREED') fault('/decision', 'not-agreed')
  if (performedOn && (performedOn < offeredOn || performedOn > today)) fault('/performedOn', 'invalid-date')
  if (performedOn && !method) fault('/method', 'required')
  if (method && !performedOn) fault('/performedOn', 'required')
  if (result && !performedOn) fault('/performedOn', 'required')
  if (result && !reportedOn) fault('/reportedOn', 'required')
  if (reportedOn && !result) fault('/result', 'required')
  if (reportedOn && performedOn && (reportedOn < performedOn || reportedOn > today))
    fault('/reportedOn', 'invalid-date')
  if (counselledOn && (!reportedOn || counselledOn < reportedOn || counselledOn > today))
    fault('/counselledOn', 'invalid-date')
  if (defectCodes.length > 0 && result !== 'ABNORMAL' && result !== 'UNCERTAIN')
    fault('/defectCodes', 'invalid-value')
  if (defectCodes.includes('Q96-Q99') && course.groupIndication === null)
    fault('/groupIndication', 'group-needs-indication')
  return faults
}

/** Whether a method was used in the weeks for which it is meant; imaging has none. */
export function isInWindow(method: string, gestationDays: number, set: Parameters): boolean | null {
  if (method !== 'CVS' && method !== 'AMNIO' && method !== 'CORDO') return null
  return gestationDays >= set[`${method}_FROM`].value && gestationDays <= set[`${method}_TO`].value
}
