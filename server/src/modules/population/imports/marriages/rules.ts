import type { MarriageEvent } from '@youyu/shared/population/value-sets'
import type { CellFault } from '../persons/rules.ts'
import { cellsOf } from '../rules-cells.ts'
import { plainWords } from '../rules-values.ts'
import { eventReaders } from '../rules-values-events.ts'

/** A marriage event as a row of a file tells it. Orders follow from the events, whatever the file says. */
export type MarriageCandidate = {
  event: MarriageEvent
  occurredOn: string
  partyA: string
  partyB: string | null
  partyBName: string | null
  certificateNumber: string | null
}

const within =
  (most: number) =>
  (text: string): string | null =>
    text.length <= most ? plainWords(text) : null

export function readMarriage(
  cell: (key: string) => string,
  today: string,
): { candidate: MarriageCandidate; faults: CellFault[] } {
  const cells = cellsOf(cell, today)
  const { optional, required, faults } = cells
  const event = required('event', eventReaders.marriageEvent, 'invalid-code-value') as MarriageEvent | null
  optional('orderA', eventReaders.marriageOrder, 'invalid-code-value')
  optional('orderB', eventReaders.marriageOrder, 'invalid-code-value')
  const candidate: MarriageCandidate = {
    event: event ?? 'MARRY',
    occurredOn: cells.day('date', true) ?? '',
    partyA: cells.person('partyAIdNumber', true) ?? '',
    partyB: cells.person('partyBIdNumber'),
    partyBName: optional('partyBName', within(50)),
    certificateNumber: optional('certificateNumber', within(40)),
  }
  const { partyA, partyB, partyBName } = candidate
  if (partyA !== '' && partyA === partyB) faults.push({ key: 'partyBIdNumber', code: 'same-person' })
  const isWedding = event === 'MARRY' || event === 'REMARRY'
  if (isWedding && partyB === null && partyBName === null)
    faults.push({ key: 'partyBIdNumber', code: 'required' })
  return { candidate, faults }
}
