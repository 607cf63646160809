import type { TorchCell } from '@youyu/shared/birth-defects/torch'
import type { CivilDate } from '@youyu/shared/values'
import type { Asking, Database } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { editionOn, selectCells, type Edition } from './queries.ts'

type Matrix = Edition & { cells: TorchCell[] }

/** What an edition says never changes: read once, remembered for good. */
const remembered = new WeakMap<Database, Map<string, TorchCell[]>>()

export async function matrixOn(tx: Asking, { db }: Office, on: CivilDate): Promise<Matrix | undefined> {
  const found = await editionOn(tx, on)
  if (!found) return undefined
  const known = remembered.get(db) ?? new Map<string, TorchCell[]>()
  remembered.set(db, known)
  const cells = known.get(found.edition) ?? (await selectCells(tx, found.edition))
  known.set(found.edition, cells)
  return { ...found, cells }
}
