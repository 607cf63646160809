import type { Id } from '@youyu/shared/values'
import type { Transaction } from '../../database/connect.ts'
import { ask } from '../../database/statements.ts'
import type { FiledResults } from './filing.ts'

/** The rest of the transaction sees and writes what this facility may. */
export async function become(tx: Transaction, facility: Id): Promise<void> {
  await ask(tx, `select set_config('app.facility', $1, true)`, [facility])
}

/** The condition on results and the value of its parameter. */
export function ofResults(results: FiledResults, parameter: string): [string, unknown] {
  return 'batchId' in results
    ? [`batch_id = ${parameter}`, results.batchId]
    : [`order_id = any(${parameter}::uuid[])`, results.orderIds]
}
