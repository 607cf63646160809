import { prefixOf, type DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../access/access.ts'
import type { Transaction } from '../../database/connect.ts'
import { settingsOf } from '../../database/transaction.ts'

/**
 * From here on the transaction also touches these subtrees: a move ends, a marriage is shared and a county answers
 * outside the officer's area. Only after the first gate has let her reach the record that names them.
 */
export async function widened(
  tx: Transaction,
  access: Access,
  divisions: readonly DivisionCode[],
): Promise<Access> {
  const wide = { ...access, prefixes: [...new Set([...access.prefixes, ...divisions.map(prefixOf)])] }
  const [area] = settingsOf(wide)
  await tx.client.query(area as string)
  return wide
}

export function countyDivision(county: number): DivisionCode {
  return String(county).padEnd(12, '0')
}
