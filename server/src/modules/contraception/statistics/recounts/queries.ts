import type { CivilDate } from '@youyu/shared/values'
import type { Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

/** Counts care anew; tells how many counts were not what the records say. */
export async function recountCounts(tx: Transaction, county: number, today: CivilDate): Promise<number> {
  const [row] = await ask<{ corrected: number }>(tx, 'select app.recount_care($1, $2) as corrected', [
    county,
    today,
  ])
  return row?.corrected ?? 0
}
