import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, type Bound } from '../../../database/statements.ts'

export type ContactTable = 'antenatal_contacts' | 'postnatal_contacts'

/** The first gate to a table of contacts `v`: the facility's own, and those of a chain that it takes part in. */
export function ofChain(bound: Bound, { county, facility }: Access): { where: string; isMine: string } {
  const mine = `v.facility_id = ${bound.bind(facility)}`
  return {
    where: `v.county_code = ${bound.bind(county)} and (${mine} or app.joins(v.county_code, v.chain_id))`,
    isMine: `${mine} as "isMine"`,
  }
}

/** Whose contact `v` it is, by name. */
export const woman = 'cross join lateral app.client_of(v.county_code, v.woman_id) c'

/** Whether it stood until now: of two who take the same contact back, one does. */
export async function voidContact(
  tx: Transaction,
  { county, facility, actorId }: Access,
  table: ContactTable,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const rows = await ask(
    tx,
    `update ${table} set voided_at = $4, voided_by = $5, void_reason = $6
     where county_code = $1 and facility_id = $2 and id = $3 and voided_at is null returning id`,
    [county, facility, id, at, actorId, reason],
  )
  return rows.length > 0
}
