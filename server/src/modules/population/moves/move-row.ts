import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { Move, MoveRow } from '@youyu/shared/population/moves'
import type { Access } from '../../../access/access.ts'
import { maySeePlainly } from '../persons/person-row.ts'
import type { ListedMove, ReadMove } from './queries.ts'

/** A move of a list as this reader may see it. */
export function shownMoveRow(move: ListedMove, access: Access): MoveRow {
  const isPlain = maySeePlainly(access)
  const { id, kind, reason, distance, acknowledgement, findings } = move
  const name = move.personName ?? '*'
  return {
    ...{ id, kind, reason, distance, acknowledgement, findings },
    occurredOn: isPlain ? move.occurredOn : maskDate(move.occurredOn),
    person: { id: move.personId, name: isPlain ? name : maskName(name) },
    from: { code: move.fromDivision, name: move.fromName ?? move.fromDivision },
    to: { code: move.toDivision, name: move.toName ?? move.toDivision },
    recordedAt: move.recordedAt.toISOString(),
    voidedAt: move.voidedAt?.toISOString() ?? null,
  }
}

export function shownMove(move: ReadMove, access: Access): Move {
  const isPlain = maySeePlainly(access)
  const { residence, transferId, recordedBy, source, voidReason, replaces, replacedBy } = move
  return {
    ...shownMoveRow(move, access),
    ...{ transferId, recordedBy, source, voidReason, replaces, replacedBy },
    expectedReturn: isPlain ? move.expectedReturn : null,
    residence: residence && (isPlain ? residence : { ...residence, from: null, to: null }),
    acknowledgedAt: move.acknowledgedAt?.toISOString() ?? null,
  }
}
