import type { Transaction } from '../../../../database/connect.ts'
import { within } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import { basisOf } from '../values/queries-people.ts'
import { relations } from '../values/relations.ts'
import type { Period } from '../values/rules-periods.ts'
import { placed, prefixesOf, type Scope } from '../values/scope.ts'
import type { Lateness, MonthOfMoves } from './rules-figures.ts'

/** Moves over the border of each village, by month, from kept sums. */
export async function selectMoves(
  tx: Transaction,
  scope: Scope,
  { from, to }: Period,
): Promise<MonthOfMoves[]> {
  const bound = new Bound()
  const n = basisOf(scope)
  const text = `select m.month::text as month,
    coalesce(sum(k.${n}) filter (where k.kind = 'IN'), 0)::int as "movesIn",
    coalesce(-sum(k.${n}) filter (where k.kind = 'OUT'), 0)::int as "movesOut"
  from (select generate_series(${bound.bind(from)}::date, ${bound.bind(to)}::date, interval '1 month')::date as month) m
  left join village_months k on k.month = m.month and k.county_code = ${bound.bind(scope.area.county)}
    and ${within(bound, 'k.division_code', prefixesOf(scope.area))}
  group by 1 order by 1`
  return await ask(tx, text, bound.values)
}

/** Facts of a period, and those first recorded after the month in which they happened; corrections are not reports. */
export async function countLate(
  tx: Transaction,
  scope: Scope,
  relation: 'births' | 'deaths',
  { from, to }: Period,
): Promise<Lateness> {
  const bound = new Bound()
  const { place, base, named } = relations[relation]
  const { join, inside } = placed(bound, scope, place[scope.population], named)
  const monthsEnd = `(date_trunc('month', f.occurred_on) + interval '1 month') at time zone 'Asia/Shanghai'`
  const text = `select count(*)::int as facts, count(*) filter (where f.recorded_at >= ${monthsEnd})::int as late
  from ${relation} f ${join}
  where f.county_code = ${bound.bind(scope.area.county)} and ${base} and f.replaces is null
    and f.occurred_on >= ${bound.bind(from)}::date and f.occurred_on < ${bound.bind(to)}::date + interval '1 month' and ${inside}`
  const [row] = await ask<Lateness>(tx, text, bound.values)
  return row!
}
