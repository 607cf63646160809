import type { PositiveCase, PositiveCaseRow } from '@youyu/shared/birth-defects/prenatal-cases'
import { positiveWays } from '@youyu/shared/birth-defects/prenatal-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { opened, womanOf } from '../cells.ts'
import type { Named } from '../queries-facts.ts'
import { cases, steps, type CaseRow, type StepRow } from './queries.ts'

export type Found = CaseRow & Named

export function shownRow(access: Access, row: Found, today: CivilDate): PositiveCaseRow {
  const { id, screenId, chainId, kind, openedOn, state, stateOn, closedOn } = row
  return {
    ...{
      id,
      screenId,
      woman: womanOf(row),
      chainId,
      kind,
      openedOn,
      state,
      stateOn,
      closedOn,
      dueBy: row.dueBy,
    },
    flagged: row.flagged as PositiveCaseRow['flagged'],
    isOverdue: row.dueBy !== null && row.dueBy < today,
    next: [...positiveWays[state]],
    outcome: row.outcome as PositiveCaseRow['outcome'],
    isOurs: row.facilityId === access.facility,
    version: row.version,
  }
}

function shownStep(office: Office, access: Access, row: StepRow): PositiveCase['steps'][number] {
  const { id, counsellor, diagnosisId, terminationId, referredTo, voidReason } = row
  return {
    ...{
      id,
      to: row.toState,
      on: row.occurredOn,
      counsellor,
      diagnosisId,
      terminationId,
      referredTo,
      voidReason,
    },
    mode: row.mode as PositiveCase['steps'][number]['mode'],
    options: row.options as PositiveCase['steps'][number]['options'],
    outcome: row.outcome as PositiveCase['steps'][number]['outcome'],
    note: opened(office, access, id, row.noteCipher),
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
  }
}

export async function stepsOf(tx: Transaction, access: Access, caseId: Id): Promise<(StepRow & Named)[]> {
  const taken = await steps.list(tx, access, {
    ...{
      equal: { caseId },
      ofChain: true,
      voided: true,
      by: 'occurredOn',
      isAscending: true,
      after: null,
      limit: 50,
    },
  })
  return taken.sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime() || a.ordinal - b.ordinal)
}

export async function shown(tx: Transaction, office: Office, access: Access, id: Id): Promise<PositiveCase> {
  const [row, taken] = await Promise.all([cases.find(tx, access, id), stepsOf(tx, access, id)])
  if (!row || row.voidedAt) throw new Refused('not-found')
  return {
    ...shownRow(access, row, todayOf(office.now())),
    expectedOn: row.expectedOn,
    steps: taken.map((step) => shownStep(office, access, step)),
  }
}
