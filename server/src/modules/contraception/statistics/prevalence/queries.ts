import type { MethodCode } from '@youyu/shared/contraception/methods'
import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import type { Asking, Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

export type KeptPrevalence = {
  division: DivisionCode
  name: string
  women: number
  inUnion: number
  users: { method: MethodCode; users: number }[]
}

/** By township from the kept sums of now: no episode and no person is read. Users and women are those who live in the county. */
export async function selectPrevalence(
  tx: Asking,
  county: number,
  today: CivilDate,
): Promise<KeptPrevalence[]> {
  const text = `with used as materialized (
    select division_code, method, sum(users)::int as users,
      coalesce(sum(users) filter (where in_union and $3::int - birth_year between 15 and 49), 0)::int as in_union
    from method_users where county_code = $1 and division_code like lpad($1::int::text, 6, '0') || '%' group by 1, 2
  ), women as materialized (
    select division_code, sum(women)::int as women from union_women
    where county_code = $1 and month = date_trunc('month', $2::date)::date and $3::int - birth_year between 15 and 49 group by 1
  ), of_place as (
    select division_code, sum(in_union)::int as in_union,
      coalesce(jsonb_agg(jsonb_build_object('method', method, 'users', users) order by users desc, method) filter (where users > 0), '[]') as users
    from used group by 1
  )
  select coalesce(w.division_code, u.division_code) as division, coalesce(d.name, w.division_code, u.division_code) as name,
    coalesce(w.women, 0) as women, coalesce(u.in_union, 0) as "inUnion", coalesce(u.users, '[]') as users
  from women w full join of_place u on u.division_code = w.division_code
  left join divisions d on d.code = coalesce(w.division_code, u.division_code) and d.valid_to is null
  order by 1`
  return await ask(tx, text, [county, today, Number(today.slice(0, 4))])
}

export async function findCountedOn(tx: Asking, county: number, today: CivilDate): Promise<CivilDate | null> {
  const text = `select counted_on as "countedOn" from union_women
    where county_code = $1 and month = date_trunc('month', $2::date)::date limit 1`
  const [row] = await ask<{ countedOn: CivilDate }>(tx, text, [county, today])
  return row?.countedOn ?? null
}

export async function recountUnionWomen(tx: Transaction, county: number, today: CivilDate): Promise<void> {
  await ask(tx, 'select app.count_union_women($1, $2)', [county, today])
}
