import {
  abortions,
  isOneOf,
  providing,
  removals,
  type EndReason,
  type Indication,
  type ProcedureStatus,
  type ProcedureType,
  type RemovalResult,
} from '@youyu/shared/contraception/care-value-sets'
import type { MethodCode } from '@youyu/shared/contraception/methods'
import { formFaults } from '@youyu/shared/contraception/procedure-form'
import { REMOVAL_WITHIN_DAYS, type Procedure } from '@youyu/shared/contraception/procedures'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'
import type { ClientFacts } from '../clients/rules.ts'

const started: Partial<Record<ProcedureType, readonly MethodCode[]>> = {
  P01: ['M30', 'M31'],
  P03: ['M30', 'M31'],
  P04: ['M40', 'M41', 'M42'],
  P06: ['M10'],
  P07: ['M20'],
}
const ended: Partial<Record<ProcedureType, readonly MethodCode[]>> = {
  P02: ['M30', 'M31'],
  P03: ['M30', 'M31'],
  P05: ['M40', 'M41', 'M42'],
  P08: ['M10'],
  P09: ['M20'],
}

/** What a procedure puts into use; none where it puts nothing. */
export function methodsBegunBy(type: ProcedureType): readonly MethodCode[] {
  return started[type] ?? []
}

/** What a procedure takes out; nothing where it could not. */
export function methodsEndedBy(
  type: ProcedureType,
  result: RemovalResult | null | undefined,
): readonly MethodCode[] {
  return result === 'INCOMPLETE' || result === 'NOT_REMOVED' ? [] : (ended[type] ?? [])
}

const reasons: Record<Indication, EndReason> = {
  REQUEST: 'PREFERENCE',
  EXPIRED: 'EXPIRED',
  SIDE_EFFECT: 'SIDE_EFFECT',
  MENOPAUSE: 'MENOPAUSE',
  PREGNANCY_DESIRED: 'PLANS_PREGNANCY',
  FAILURE: 'METHOD_FAILURE',
  MEDICAL: 'MEDICAL',
}
export function endReasonOf(indication: Indication, result: RemovalResult | null | undefined): EndReason {
  return result === 'NOT_FOUND' ? 'EXPULSION' : reasons[indication]
}

export const isRemoval = (type: ProcedureType): boolean => isOneOf(removals, type)
const isAbortion = (type: ProcedureType): boolean => isOneOf(abortions, type)
export const needsChoice = (type: ProcedureType): boolean => isOneOf(providing, type)

function daysLater(day: CivilDate, days: number): CivilDate {
  const moment = new Date(`${day}T00:00:00Z`)
  moment.setUTCDate(moment.getUTCDate() + days)
  return moment.toISOString().slice(0, 10)
}

/** The last day that a removal asked for may be given (domain §6.3). */
export function removalBy(requestedOn: CivilDate): CivilDate {
  return daysLater(requestedOn, REMOVAL_WITHIN_DAYS)
}

export function isOverdue(
  {
    type,
    status,
    requestedOn,
    performedOn,
  }: Pick<Procedure, 'type' | 'status' | 'requestedOn' | 'performedOn'>,
  today: CivilDate,
): boolean {
  if (!isRemoval(type) || status === 'CANCELLED' || status === 'DEFERRED') return false
  return (performedOn ?? today) > removalBy(requestedOn)
}

/** Which steps stand open in which state (domain §6.3); she may cancel at any time before. */
const open: Record<string, readonly ProcedureStatus[]> = {
  SCREENED: ['REQUESTED', 'SCREENED'],
  CONSENTED: ['REQUESTED', 'SCREENED', 'CONSENTED'],
  SCHEDULED: ['REQUESTED', 'SCREENED', 'CONSENTED'],
  DEFERRED: ['REQUESTED', 'SCREENED', 'CONSENTED'],
  RESUMED: ['DEFERRED'],
  CANCELLED: ['REQUESTED', 'SCREENED', 'CONSENTED', 'DEFERRED'],
  PERFORMED: ['REQUESTED', 'SCREENED', 'CONSENTED', 'DEFERRED'],
}
export function isOpenFrom(status: ProcedureStatus, step: string): boolean {
  return open[step]?.includes(status) ?? false
}

const mens = ['P07', 'P09'] as const

/** Nobody is asked for more than her body allows; marriage, children and hukou are no matter (E9). */
export function sexFaults(type: ProcedureType, { sex }: Pick<ClientFacts, 'sex'>, at = ''): WrongField[] {
  const isWrong = isOneOf(mens, type) ? sex === '2' : sex === '1'
  return isWrong ? [{ pointer: `${at}/type`, code: 'invalid-value' }] : []
}

type Performed = {
  type: ProcedureType
  requestedOn: CivilDate
  performedOn: CivilDate
  method: MethodCode | null
  gestationDays: number | null
  iudTiming: string | null
  form: { version: string; values: Record<string, string | number | boolean> } | null
}

/** What cannot have been done so. */
export function performanceFaults(done: Performed, today: CivilDate, at = ''): WrongField[] {
  const faults: WrongField[] = []
  if (done.performedOn > today || done.performedOn < done.requestedOn)
    faults.push({ pointer: `${at}/performedOn`, code: 'invalid-date' })
  const begun = methodsBegunBy(done.type)
  if (begun.length > 0 && done.method === null) faults.push({ pointer: `${at}/method`, code: 'required' })
  if (done.method !== null && !begun.includes(done.method))
    faults.push({ pointer: `${at}/method`, code: 'invalid-value' })
  if (done.gestationDays !== null && !isAbortion(done.type))
    faults.push({ pointer: `${at}/gestationDays`, code: 'invalid-value' })
  if (done.iudTiming !== null && !['P01', 'P03'].includes(done.type))
    faults.push({ pointer: `${at}/iudTiming`, code: 'invalid-value' })
  const answers = done.form ? formFaults(done.type, done.form) : []
  return [
    ...faults,
    ...answers.map(({ field, fault }) => ({ pointer: `${at}/form/values/${field}`, code: fault })),
  ]
}
