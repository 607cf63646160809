import type { DuplicateState } from '@youyu/shared/birth-defects/case-reviews'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type DuplicateRecord = {
  id: Id
  cardId: Id
  otherId: Id
  state: DuplicateState
  foundAt: Date
  reason: string | null
  keptId: Id | null
}

/** The first gate: pairs of the area, for whoever reviews it. */
function ofReviewer(bound: Bound, access: Access): string {
  return `d.county_code = ${bound.bind(access.county)} and ${within(bound, 'd.facility_division', access.prefixes)}`
}

const columns = `d.id, d.card_id as "cardId", d.other_id as "otherId", d.state, d.found_at as "foundAt", d.reason, d.kept_id as "keptId"`

export async function selectDuplicates(
  tx: Transaction,
  access: Access,
  filter: { state?: DuplicateState | undefined; id?: Id },
  after: readonly [string, string] | null,
  limit: number,
): Promise<DuplicateRecord[]> {
  const bound = new Bound()
  const conditions = [ofReviewer(bound, access)]
  if (filter.state) conditions.push(`d.state = ${bound.bind(filter.state)}`)
  if (filter.id) conditions.push(`d.id = ${bound.bind(filter.id)}`)
  if (after)
    conditions.push(
      `(d.found_at, d.id) < (${bound.bind(after[0])}::timestamptz, ${bound.bind(after[1])}::uuid)`,
    )
  const text = `select ${columns} from case_duplicates d where ${conditions.join(' and ')}
    order by d.found_at desc, d.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function lockDuplicate(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from case_duplicates where county_code = $1 and id = $2 for update', [
    access.county,
    id,
  ])
}

export async function settleDuplicate(
  tx: Transaction,
  access: Access,
  id: Id,
  { state, keptId, reason }: { state: DuplicateState; keptId: Id | null; reason: string },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update case_duplicates set state = $3, kept_id = $4, reason = $5, decided_by = $6, decided_at = $7
     where county_code = $1 and id = $2`,
    [access.county, id, state, keptId, reason, access.actorId, at],
  )
}
