import type { Id } from '@youyu/shared/values'
import type { Transaction } from '../../database/connect.ts'
import { ask } from '../../database/statements.ts'

/** The rest of the transaction sees and writes what this facility may. */
export async function become(tx: Transaction, facility: Id): Promise<void> {
  await ask(tx, `select set_config('app.facility', $1, true)`, [facility])
}
