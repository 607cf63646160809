import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** A place under the code that it has from a day on. */
export type Named = { code: DivisionCode; since: CivilDate; until: CivilDate | null }

/**
 * What a place was called from a day on, change by change: records go to the first successor, as the change itself
 * moved them. The last is closed (`until`) where the place was abolished and nothing took over.
 */
export async function findNamesSince(tx: Transaction, code: DivisionCode, day: CivilDate): Promise<Named[]> {
  const text = `with recursive line as (
    (select d.code, $2::date as since, d.valid_to as until, d.successors[1] as next, 1 as place from divisions d
     where d.code = $1 and (d.valid_to is null or d.valid_to > $2::date) order by d.valid_from limit 1)
    union all
    select d.code, line.until, d.valid_to, d.successors[1], line.place + 1 from line join divisions d
      on d.code = line.next and d.valid_from <= line.until and (d.valid_to is null or d.valid_to > line.until))
  select code, since, until from line order by place`
  const names = await ask<Named>(tx, text, [code, day])
  return names.length > 0 ? names : [{ code, since: day, until: null }]
}
