import type { CellChange, MecCell } from '@youyu/shared/contraception/mec-editions'
import type { MecMethod } from '@youyu/shared/contraception/methods'
import type { z } from 'zod'

export type Change = z.infer<typeof CellChange>

/** What stands in a box: `''` the condition says nothing of the method. */
export type Boxes = { initiation: string; continuation: string }

export function boxesOf(cell: Pick<MecCell, 'initiation' | 'continuation'> | undefined): Boxes {
  return cell
    ? { initiation: String(cell.initiation), continuation: String(cell.continuation) }
    : { initiation: '', continuation: '' }
}

/** A change where the boxes differ from the table; one empty box empties both. */
export function changeOf(
  condition: string,
  method: MecMethod,
  before: Pick<MecCell, 'initiation' | 'continuation'> | undefined,
  { initiation, continuation }: Boxes,
): Change | null {
  const isEmpty = initiation === '' || continuation === ''
  const after = isEmpty
    ? { initiation: null, continuation: null }
    : { initiation: Number(initiation), continuation: Number(continuation) }
  const isSame =
    (before?.initiation ?? null) === after.initiation && (before?.continuation ?? null) === after.continuation
  return isSame ? null : { condition, method, ...after }
}

/** Changes of one condition take the place of those made before. */
export function withChanges(all: readonly Change[], condition: string, changes: readonly Change[]): Change[] {
  return [...all.filter((change) => change.condition !== condition), ...changes]
}
