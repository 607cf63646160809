import { CauseOfDeath } from '@youyu/shared/population/deaths'
import type { CellFault } from '../persons/rules.ts'
import { cellsOf } from '../rules-cells.ts'
import { eventReaders } from '../rules-values-events.ts'

/** A death as a row of a file tells it. */
export type DeathCandidate = {
  idNumber: string
  occurredOn: string
  place: string
  cause: string | null
  certificateNumber: string | null
  maternal: string
  reporter: string
}

const LONGEST_NUMBER = 40

function readCause(text: string): string | null {
  const parsed = CauseOfDeath.safeParse(
    text.toUpperCase().replace('X', (x, at: number) => (at > 3 ? 'x' : x)),
  )
  return parsed.success ? parsed.data : null
}

export function readDeath(
  cell: (key: string) => string,
  today: string,
): { candidate: DeathCandidate; faults: CellFault[] } {
  const cells = cellsOf(cell, today)
  const { optional } = cells
  const candidate: DeathCandidate = {
    idNumber: cells.person('idNumber', true) ?? '',
    occurredOn: cells.day('deathDate', true) ?? '',
    place: optional('place', eventReaders.deathPlace, 'invalid-code-value') ?? 'UNKNOWN',
    cause: optional('cause', readCause),
    certificateNumber: optional('certificateNumber', (text) => (text.length <= LONGEST_NUMBER ? text : null)),
    maternal: optional('maternal', eventReaders.maternal, 'invalid-code-value') ?? 'NO',
    reporter: optional('reporter', eventReaders.reporter, 'invalid-code-value') ?? 'HEALTH',
  }
  return { candidate, faults: cells.faults }
}
