import {
  after,
  type ApplicationEvent,
  type ApplicationState,
  type ApplicationStep,
} from '@youyu/shared/subsidies/application-states'
import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import { activateBeneficiaries } from '../beneficiaries/index.ts'
import { addWorkingDays, findHolidays, type Holidays } from '../working-days/index.ts'
import { moveApplications, selectPositions, type Marks, type Target, type Told } from './queries-moving.ts'
import { assertStacking } from './stacking.ts'
import { termsOfVersions } from './terms.ts'

export type Moving = {
  event: ApplicationEvent
  on: CivilDate
  at: Date
  told?: Omit<Told, 'event' | 'step'>
  marks?: Marks
}

const DAY = 86_400_000
export const addDays = (day: CivilDate, count: number): CivilDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10)

/** Until when the state has to be left, by the programme's deadlines. */
export function deadlineOf(
  state: ApplicationState,
  terms: Pick<ProgrammeTerms, 'steps' | 'acceptDays' | 'reconsiderationDays'>,
  on: CivilDate,
  holidays: Holidays,
): CivilDate | null {
  if (state === 'RECONSIDERATION') return addDays(on, terms.reconsiderationDays)
  const days =
    state === 'SUBMITTED' ? terms.acceptDays : terms.steps.find(({ step }) => step === state)?.workingDays
  return days === undefined ? null : addWorkingDays(on, days, holidays)
}

const handOf = { TOWN_REVIEW: 'townBy', COUNTY_CONFIRM: 'countyBy', CITY_APPROVE: 'cityBy' } as const
/** Whose hand a step bears. */
export const markOf = (step: ApplicationStep | null, actor: Id): Marks =>
  step !== null && step in handOf ? { [handOf[step as keyof typeof handOf]]: actor } : {}

/**
 * Moves applications by one event, wherever each of them stands: one statement for one or for fifty thousand. Who is
 * confirmed by it begins to benefit in the same transaction.
 */
export async function move(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
  { event, on, at, told, marks = {} }: Moving,
): Promise<Id[]> {
  if (ids.length === 0) return []
  const positions = await selectPositions(tx, access, ids)
  const holidays = await findHolidays(tx, on)
  const versions = await termsOfVersions(
    tx,
    positions.map(({ versionId }) => versionId),
  )
  const targets = positions.map((position): Target => {
    const reached = after(position, event)
    if (!reached) throw new Refused('application-state')
    const { terms } = versions.get(position.versionId)!
    return {
      ...position,
      ...{ toState: reached.state, toPassed: reached.passed, toRejectedAt: reached.rejectedAt },
      dueOn: deadlineOf(reached.state, terms, on, holidays),
    }
  })
  const steps = new Set(positions.map(({ state }) => state))
  if (steps.size > 1 && event !== 'WITHDRAW') throw new Error('Applications of one move stand at one step')
  const [state] = steps
  const step =
    state && positions[0]!.steps.includes(state as ApplicationStep) ? (state as ApplicationStep) : null
  const confirms = targets.some(({ toState }) => toState === 'CONFIRMED')
  const moved = await moveApplications(tx, access, ids, targets, {
    told: { ...told, event, step },
    marks: { ...marks, ...(confirms && { decidedOn: on }) },
    ...{ on, at },
  })
  if (confirms) await benefit(tx, access, moved, targets, { on, at })
  return moved
}

/** 确认之后: months or the amount of the event; an application for months goes on as a running benefit. */
async function benefit(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
  targets: readonly Target[],
  { on, at }: { on: CivilDate; at: Date },
): Promise<void> {
  const versions = await termsOfVersions(
    tx,
    targets.map(({ versionId }) => versionId),
  )
  const programmes = [...new Set([...versions.values()].map(({ code }) => code))]
  await assertStacking(tx, access, { ids, programmes, on })
  await activateBeneficiaries(tx, access, ids, on, at)
  const monthly = targets.filter(({ versionId }) => versions.get(versionId)!.terms.manner === 'MONTHLY')
  const active = monthly.map((target): Target => ({
    ...target,
    ...{ state: 'CONFIRMED', passed: [...target.toPassed], rejectedAt: null },
    ...{ toState: 'BENEFICIARY_ACTIVE', toRejectedAt: null, dueOn: null },
  }))
  if (active.length > 0)
    await moveApplications(tx, access, ids, active, {
      told: { event: 'ACTIVATE', step: null },
      marks: {},
      on,
      at,
    })
}
