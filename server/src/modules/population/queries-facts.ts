import type { Id } from '@youyu/shared/values'
import type { Access } from '../../access/access.ts'
import type { Transaction } from '../../database/connect.ts'
import { ask } from '../../database/statements.ts'

/** Tables whose rows are facts: ended with a reason, never removed. */
type FactTable =
  'births' | 'deaths' | 'marriage_events' | 'migration_events' | 'parentage_events' | 'antenatal_visits'

type Ending = { id: Id; reason: string; at: Date }

export async function endFact(
  tx: Transaction,
  access: Access,
  table: FactTable,
  { id, reason, at }: Ending,
): Promise<void> {
  const text = `update ${table} set voided_at = $3, voided_by = $4, void_reason = $5 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, at, access.actorId, reason])
}
