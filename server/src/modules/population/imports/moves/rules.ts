import type { MoveKind, MoveReason } from '@youyu/shared/population/value-sets'
import type { CellFault } from '../persons/rules.ts'
import { cellsOf } from '../rules-cells.ts'
import { readDate } from '../rules-values.ts'
import { eventReaders } from '../rules-values-events.ts'

/** A move as a row of a file tells it. */
export type MoveCandidate = {
  idNumber: string
  kind: MoveKind
  occurredOn: string
  fromDivision: string | null
  toDivision: string
  reason: MoveReason
  expectedReturn: string | null
}

export function readMove(
  cell: (key: string) => string,
  today: string,
): { candidate: MoveCandidate; faults: CellFault[] } {
  const cells = cellsOf(cell, today)
  const { optional, required, faults } = cells
  const occurredOn = cells.day('date', true) ?? ''
  const candidate: MoveCandidate = {
    idNumber: cells.person('idNumber', true) ?? '',
    kind: (required('kind', eventReaders.moveKind, 'invalid-code-value') ?? 'FLOW_OUT') as MoveKind,
    occurredOn,
    fromDivision: cells.division('fromDivision'),
    toDivision: cells.division('toDivision', true) ?? '',
    reason: (optional('reason', eventReaders.moveReason, 'invalid-code-value') ?? 'OTHER') as MoveReason,
    expectedReturn: optional('expectedReturn', readDate, 'invalid-date'),
  }
  const { expectedReturn, fromDivision, toDivision } = candidate
  if (expectedReturn !== null && expectedReturn <= occurredOn)
    faults.push({ key: 'expectedReturn', code: 'invalid-date' })
  if (fromDivision !== null && fromDivision === toDivision)
    faults.push({ key: 'toDivision', code: 'conflict' })
  return { candidate, faults }
}
