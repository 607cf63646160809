import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import { relations } from '../values/relations.ts'
import type { Period } from '../values/rules-periods.ts'
import { placed, type Scope } from '../values/scope.ts'

export type DeathsRow = { sex: string; age: number; deaths: number }

/** Deaths of a period by sex and completed years of age. */
export async function selectDeaths(
  tx: Transaction,
  scope: Scope,
  { from, to }: Period,
): Promise<DeathsRow[]> {
  const bound = new Bound()
  const { place, base, named } = relations.deaths
  const { join, inside } = placed(bound, scope, place[scope.population], named)
  const text = `select f.sex, least(extract(year from age(f.occurred_on, f.birth_date))::int, 100) as age, count(*)::int as deaths
  from deaths f ${join}
  where f.county_code = ${bound.bind(scope.area.county)} and ${base}
    and f.occurred_on >= ${bound.bind(from)}::date and f.occurred_on < ${bound.bind(to)}::date + interval '1 month' and ${inside}
  group by 1, 2`
  return await ask(tx, text, bound.values)
}
