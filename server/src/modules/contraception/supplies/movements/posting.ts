import { newId } from '../../../../crypto/ids.ts'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { todayOf } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { insertMovements, recountStockOuts, type Movement } from './queries-posting.ts'

export type NewMovement = Omit<Movement, 'id'>

/** Moves quantities between accounts: ledger, stock, months and stock-outs in one transaction. */
export async function post(
  tx: Transaction,
  access: Access,
  movements: readonly NewMovement[],
  at: Date,
): Promise<string[]> {
  if (movements.length === 0) return []
  const entries = movements.map((movement) => ({ ...movement, id: newId(at.getTime()) }))
  if (!(await insertMovements(tx, access, entries, at))) throw new Refused('out-of-stock')
  await recountStockOuts(tx, access, entries.flatMap(touched), todayOf(at))
  return entries.map(({ id }) => id)
}

function touched({ itemCode, from, to }: Movement): { storeId: string; itemCode: string }[] {
  return [from, to].flatMap((side) => (typeof side === 'string' ? [] : [{ storeId: side.id, itemCode }]))
}
