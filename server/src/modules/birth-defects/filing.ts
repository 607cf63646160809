import type { Id } from '@youyu/shared/values'
import type { Access } from '../../access/access.ts'
import type { Transaction } from '../../database/connect.ts'
import { sending } from '../../database/statements.ts'
import { become } from './queries-filing.ts'

/**
 * Files into the records of another facility what belongs there, in the same transaction: the result of a laboratory into
 * the record of who ordered, a case that was reviewed into the follow-up of who reported. The service decides for which
 * facility; no request ever names it.
 */
export async function filingFor<Result>(
  tx: Transaction,
  access: Access,
  facility: Id,
  run: (access: Access) => Promise<Result>,
): Promise<Result> {
  if (access.facility === facility) return await run(access)
  const became = sending(become(tx, facility))
  const result = await run({ ...access, facility })
  await became
  // Nobody waits for the way back: what comes next on the connection fails should it have failed, and so does the commit.
  void sending(become(tx, access.facility!))
  return result
}

/** Results of a laboratory that are read into records: of a batch, or of orders whose record could not take them before. */
export type FiledResults = { batchId: Id } | { orderIds: readonly Id[] }
