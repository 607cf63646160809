import {
  closingsOf,
  nextTorchStates,
  type GivenTorchTest,
  type NewTorchStep,
  type TorchAgent,
  type TorchCaseState,
  type TorchClosing,
  type TorchStage,
} from '@youyu/shared/birth-defects/torch'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

export function dayAfter(day: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export const isPregnantAt = (stage: TorchStage): boolean => stage !== 'PRECONCEPTION'

/** BDI-06: closed within 60 days of the finding. */
const daysToClose = 60

export type Step = {
  id: Id
  state: TorchCaseState
  occurredOn: CivilDate
  closing: TorchClosing | null
}
export type CaseCourse = {
  state: TorchCaseState
  stateOn: CivilDate
  retestedOn: CivilDate | null
  closedOn: CivilDate | null
  closing: TorchClosing | null
}

/** What the steps that stand make of a case: they are told in the order in which they were entered. */
export function courseOf(steps: readonly Step[]): CaseCourse {
  const last = steps.at(-1)!
  const retest = steps.findLast(({ state }) => state === 'RETESTED')
  return {
    state: last.state,
    stateOn: last.occurredOn,
    retestedOn: retest?.occurredOn ?? null,
    closedOn: last.state === 'CLOSED' ? last.occurredOn : null,
    closing: last.closing,
  }
}

/** Forwards only, in the order of days, and closed for a reason that is open. */
export function stepFaults(
  { state, stateOn, isPregnant }: { state: TorchCaseState; stateOn: CivilDate; isPregnant: boolean },
  step: NewTorchStep,
  today: CivilDate,
): WrongField[] {
  const faults: WrongField[] = []
  if (!nextTorchStates(state).includes(step.state)) faults.push({ pointer: '/state', code: 'invalid-value' })
  if (step.occurredOn < stateOn || step.occurredOn > today)
    faults.push({ pointer: '/occurredOn', code: 'invalid-date' })
  if (step.state === 'CLOSED' && step.closing === null) faults.push({ pointer: '/closing', code: 'required' })
  if (
    step.closing !== null &&
    (step.state !== 'CLOSED' || !closingsOf(state, isPregnant).includes(step.closing))
  )
    faults.push({ pointer: '/closing', code: 'invalid-value' })
  if (step.state === 'REFERRED' && step.referredTo === null)
    faults.push({ pointer: '/referredTo', code: 'required' })
  return faults
}

export function testFaults(
  { occurredOn }: Pick<GivenTorchTest, 'occurredOn'>,
  birthDate: CivilDate,
  today: CivilDate,
): WrongField[] {
  return occurredOn > today || occurredOn < birthDate
    ? [{ pointer: '/occurredOn', code: 'invalid-date' }]
    : []
}

/** The retest is late, or the case has been open for more than 60 days. */
export function isOverdue(
  {
    foundOn,
    retestTo,
    closedOn,
  }: { foundOn: CivilDate; retestTo: CivilDate | null; closedOn: CivilDate | null },
  today: CivilDate,
): boolean {
  if (closedOn !== null) return false
  return (retestTo !== null && retestTo < today) || dayAfter(foundOn, daysToClose) < today
}

export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

const agents: readonly TorchAgent[] = ['RUB', 'CMV', 'TOX', 'HSV']
type Found = Readonly<Record<string, unknown>>
type Read = {
  agent: TorchAgent
  igg: 'POS' | 'NEG' | 'GREY' | null
  igm: 'POS' | 'NEG' | 'GREY' | null
  avidity: 'LOW' | 'GREY' | 'HIGH' | null
}

/** Results named <AGENT>_IGG, <AGENT>_IGM, <AGENT>_AVIDITY, as the preconception check and the laboratories have them. */
export function serologyIn(found: Found): Read[] {
  return agents.flatMap((agent) => {
    const igg = (found[`${agent}_IGG`] ?? null) as Read['igg']
    const igm = (found[`${agent}_IGM`] ?? null) as Read['igm']
    const avidity =
      igg === 'NEG' || igg === null ? null : ((found[`${agent}_AVIDITY`] ?? null) as Read['avidity'])
    return igg === null && igm === null ? [] : [{ agent, igg, igm, avidity }]
  })
}

/** Of a chain: before 13 weeks, later, or not pregnant on the day. */
export function stageOn(day: CivilDate, expectedOn: CivilDate | null, endedOn: CivilDate | null): TorchStage {
  if (expectedOn === null || (endedOn !== null && endedOn <= day)) return 'PRECONCEPTION'
  const weeks = (280 - daysBetween(day, expectedOn)) / 7
  if (weeks < 0 || weeks > 44) return 'PRECONCEPTION'
  return weeks < 13 ? 'EARLY_PREGNANCY' : 'LATER_PREGNANCY'
}
