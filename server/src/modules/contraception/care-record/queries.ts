import type { CareLook } from '@youyu/shared/contraception/care-record'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** Newest first, at most two hundred. */
export async function selectLooks(
  tx: Asking,
  { county }: Access,
  careKey: Id,
  { everybody }: { everybody: boolean },
): Promise<(Omit<CareLook, 'at'> & { at: Date })[]> {
  return await ask(
    tx,
    'select at, looked_by as "by", organisation, action, entity, reason from app.care_looks($1, $2, $3)',
    [county, careKey, everybody],
  )
}
