import type { CivilDate, DivisionPrefix } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { within } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'

export type CountedMonth = {
  code: string
  name: string | null
  month: CivilDate
  registered: number
  delivered: number
}

/** Counts by township and month; `parts` are whole townships or more, so that no smaller place can be told apart. */
export async function countMonths(
  tx: Transaction,
  access: Pick<Access, 'county'>,
  parts: readonly DivisionPrefix[],
  from: CivilDate,
  to: CivilDate,
): Promise<CountedMonth[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const [first, last] = [bound.bind(from), bound.bind(to)]
  const span = (column: string) => `${column} >= ${first} and ${column} < ${last}::date + interval '1 month'`
  const kept = `g.county_code = ${county} and g.voided_at is null and ${within(bound, 'g.division_code', parts)}`
  const text = `select c.code, d.name, c.month::text as month, sum(c.registered)::int as registered, sum(c.delivered)::int as delivered from (
    select rpad(left(g.division_code, 9), 12, '0') collate "C" as code, date_trunc('month', g.registered_on)::date as month, 1 as registered, 0 as delivered
    from pregnancies g where ${kept} and ${span('g.registered_on')}
    union all
    select rpad(left(g.division_code, 9), 12, '0') collate "C", date_trunc('month', g.ended_on)::date, 0, 1
    from pregnancies g where ${kept} and g.status = 'DELIVERED' and ${span('g.ended_on')}
  ) c left join divisions d on d.code = c.code and d.valid_to is null
  group by c.code, d.name, c.month order by c.code, c.month`
  return await ask(tx, text, bound.values)
}
