import type { Month } from '@youyu/shared/population/book'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import { relations } from '../values/relations.ts'
import type { Period } from '../values/rules-periods.ts'
import { placed, type Scope } from '../values/scope.ts'

export type Revision = {
  month: Month
  atEnd: number | null
  afterOne: number | null
  afterThree: number | null
  now: number
}

const inShanghai = (day: string) => `(${day}) at time zone 'Asia/Shanghai'`

/** Live births of each month as they were known at moments after it; null where the moment has not come. */
export async function selectRevisions(
  tx: Transaction,
  scope: Scope,
  { from, to }: Period,
  now: Date,
): Promise<Revision[]> {
  const bound = new Bound()
  const { place, named } = relations.births
  const { join, inside } = placed(bound, scope, place[scope.population], named)
  const present = `${bound.bind(now.toISOString())}::timestamptz`
  const [first, last] = [`${bound.bind(from)}::date`, `${bound.bind(to)}::date`]
  const knownAfter = (months: number) => {
    const moment = inShanghai(`m.month + interval '${1 + months} months'`)
    return `case when ${moment} <= ${present} then
      count(f.id) filter (where f.recorded_at < ${moment} and (f.voided_at is null or f.voided_at >= ${moment})) end::int`
  }
  const text = `select m.month::text as month, ${knownAfter(0)} as "atEnd", ${knownAfter(1)} as "afterOne", ${knownAfter(3)} as "afterThree",
    count(f.id) filter (where f.voided_at is null)::int as now
  from (select generate_series(${first}, ${last}, interval '1 month')::date as month) m
  left join (
    select f.id, f.recorded_at, f.voided_at, date_trunc('month', f.occurred_on)::date as month
    from births f ${join}
    where f.county_code = ${bound.bind(scope.area.county)} and f.outcome = 'LIVE'
      and f.occurred_on >= ${first} and f.occurred_on < ${last} + interval '1 month' and ${inside}
  ) f on f.month = m.month
  group by m.month order by m.month`
  return await ask(tx, text, bound.values)
}
