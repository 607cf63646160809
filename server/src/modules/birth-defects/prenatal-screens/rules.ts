import type { ScreenReport, ScreenValues } from '@youyu/shared/birth-defects/prenatal'
import type { ScreenFlag, ScreenKind, ScreenResult } from '@youyu/shared/birth-defects/prenatal-values'
import type { ParameterItem, Parameters } from '@youyu/shared/birth-defects/screening-parameters'
import type { CivilDate } from '@youyu/shared/values'
import { daysBetween } from '@youyu/shared/birth-defects/newborn-rules'
import type { WrongField } from '../../../refused.ts'

/** Days from the last menstruation as the expected day counts them. */
export const gestationOn = (expectedOn: CivilDate, day: CivilDate): number =>
  280 - daysBetween(day, expectedOn)

const measured: Record<ScreenKind, readonly (keyof ScreenValues)[]> = {
  NT: ['nuchalMillimetres', 't21OneIn', 't18OneIn'],
  SERUM: ['t21OneIn', 't18OneIn', 'afpMom'],
  NIPT: ['t21Call', 't18Call', 't13Call'],
  ANOMALY_SCAN: ['scan'],
  OGTT: ['glucose0h', 'glucose1h', 'glucose2h'],
}

/** What a report of this kind may and must say. */
export function reportFaults(
  kind: ScreenKind,
  { values, noCall, chromosomeGroup }: ScreenReport,
): WrongField[] {
  const given = Object.keys(values).filter((key) => values[key as keyof ScreenValues] !== undefined)
  const faults: WrongField[] = given
    .filter((key) => !measured[kind].includes(key as keyof ScreenValues))
    .map((key) => ({ pointer: `/report/values/${key}`, code: 'invalid-value' }))
  if (!noCall && given.length === 0 && !chromosomeGroup)
    faults.push({ pointer: '/report/values', code: 'required' })
  if (chromosomeGroup && kind !== 'NIPT')
    faults.push({ pointer: '/report/chromosomeGroup', code: 'invalid-value' })
  return faults
}

export type Judged = { result: ScreenResult; flagged: ScreenFlag[]; parameters: string[] }

/** Low, grey, high or no call, by the cut-offs in force; what made it so, and which cut-offs were asked. */
export function judge({ values, noCall, chromosomeGroup }: ScreenReport, set: Parameters): Judged {
  const flagged: ScreenFlag[] = []
  const parameters: string[] = []
  let result: ScreenResult = noCall ? 'NO_CALL' : 'LOW'
  const raise = (to: ScreenResult, flag: ScreenFlag) => {
    if (!flagged.includes(flag)) flagged.push(flag)
    if (to === 'HIGH' || (result !== 'HIGH' && to === 'CRITICAL')) result = to
  }
  const ask = (item: ParameterItem) => {
    const { value, critical } = set[item]
    parameters.push(`${item}=${value}${critical === null ? '' : `/${critical}`}`)
    return set[item]
  }
  // A risk of 1/n is the higher the smaller n is: 1/270 itself is high.
  const risk = (oneIn: number | undefined, item: ParameterItem, flag: ScreenFlag) => {
    if (oneIn === undefined) return
    const { value, critical } = ask(item)
    if (oneIn <= value) raise('HIGH', flag)
    else if (critical !== null && oneIn <= critical) raise('CRITICAL', flag)
  }
  const level = (measure: number | undefined, item: ParameterItem, flag: ScreenFlag) => {
    if (measure === undefined) return
    const { value, critical } = ask(item)
    if (measure >= value) raise('HIGH', flag)
    else if (critical !== null && measure >= critical) raise('CRITICAL', flag)
  }
  risk(values.t21OneIn, 'T21_RISK', 'T21')
  risk(values.t18OneIn, 'T18_RISK', 'T18')
  level(values.afpMom, 'AFP_MOM', 'NTD')
  level(values.nuchalMillimetres, 'NT_MILLIMETRES', 'NT')
  level(values.glucose0h, 'GLUCOSE_0H', 'GLUCOSE')
  level(values.glucose1h, 'GLUCOSE_1H', 'GLUCOSE')
  level(values.glucose2h, 'GLUCOSE_2H', 'GLUCOSE')
  const calls = { T21: values.t21Call, T18: values.t18Call, T13: values.t13Call } as const
  for (const [flag, call] of Object.entries(calls)) if (call === 'HIGH') raise('HIGH', flag as ScreenFlag)
  if (result === 'LOW' && Object.values(calls).includes('NO_CALL')) result = 'NO_CALL'
  if (values.scan === 'STRUCTURAL') raise('HIGH', 'STRUCTURAL')
  if (values.scan === 'MARKER') raise('CRITICAL', 'MARKER')
  if (chromosomeGroup) raise('HIGH', 'Q96-Q99')
  return { result, flagged, parameters }
}

/** High glucose is the antenatal clinic's; all other high results are followed up to their end. */
export const opensCase = (kind: string, result: string | null): boolean =>
  result === 'HIGH' && kind !== 'OGTT'

type Course = {
  offeredOn: CivilDate
  takenOn: CivilDate | null
  reportedOn: CivilDate | null
  decision: string
}

export function courseFaults(
  { offeredOn, takenOn, reportedOn, decision }: Course,
  today: CivilDate,
): WrongField[] {
  const faults: WrongField[] = []
  if (offeredOn > today) faults.push({ pointer: '/offeredOn', code: 'invalid-date' })
  if (takenOn && (takenOn < offeredOn || takenOn > today))
    faults.push({ pointer: '/takenOn', code: 'invalid-date' })
  if (takenOn && decision !== 'AGREED') faults.push({ pointer: '/decision', code: 'not-agreed' })
  if (reportedOn && !takenOn) faults.push({ pointer: '/takenOn', code: 'required' })
  if (reportedOn && (reportedOn > today || (takenOn && reportedOn < takenOn)))
    faults.push({ pointer: '/report/reportedOn', code: 'invalid-date' })
  return faults
}
