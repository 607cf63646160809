import type { MecCell } from '@youyu/shared/contraception/mec-editions'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Database, Transaction } from '../../../../database/connect.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import type { EditionTable } from '../rules.ts'
import { editionInForce, selectCells, selectConditions } from './queries.ts'

/** What an edition says never changes: read once, remembered for good. */
const remembered = new WeakMap<Database, Map<string, EditionTable>>()

export async function editionTable(tx: Transaction, { db }: Office, code: string): Promise<EditionTable> {
  const known = remembered.get(db) ?? new Map<string, EditionTable>()
  remembered.set(db, known)
  const table = known.get(code)
  if (table) return table
  const [conditions, cells] = await Promise.all([selectConditions(tx, code), selectCells(tx, code)])
  const read = { code, conditions, cells: byCondition(cells) }
  known.set(code, read)
  return read
}

function byCondition(cells: readonly MecCell[]): Map<string, MecCell[]> {
  const found = new Map<string, MecCell[]>()
  for (const cell of cells) found.set(cell.condition, [...(found.get(cell.condition) ?? []), cell])
  return found
}

export async function tableInForce(
  tx: Transaction,
  office: Office,
  access: Access,
  on: CivilDate,
): Promise<EditionTable> {
  const code = await editionInForce(tx, access, on)
  if (!code) throw Refused.field('/occurredOn', 'invalid-date', 'No edition was in force on the day')
  return await editionTable(tx, office, code)
}
