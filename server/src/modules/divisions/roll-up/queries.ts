import { sql } from 'drizzle-orm'
import type { DivisionRollUp } from '@youyu/shared/divisions'
import { prefixOf, rangeOf, type CivilDate, type DivisionCode } from '@youyu/shared/values'
import type { Transaction } from '../../../database/connect.ts'

const lengthOfLevel = [0, 2, 4, 6, 9, 12]

/** The counties of a division: the keys of the rows that can be counted under it. */
export async function countiesUnder(tx: Transaction, code: DivisionCode): Promise<number[]> {
  const { lo, hi } = rangeOf(prefixOf(code))
  if (prefixOf(code).length >= 6) return [Number(code.slice(0, 6))]
  const { rows } = await tx.execute<{ county: number }>(sql`
    select distinct left(code, 6)::int as county from divisions where level >= 2 and code >= ${lo} and code < ${hi}`)
  return rows.map((row) => row.county)
}

/**
 * The people of today under a division, by the divisions of a level as they were on a day. Each village is followed
 * back through the changes after that day, the newest first; where several were merged, by the share that came from each.
 */
export async function rollUp(
  tx: Transaction,
  {
    code,
    level,
    boundary,
    counties,
  }: { code: DivisionCode; level: number; boundary: CivilDate; counties: readonly number[] },
): Promise<DivisionRollUp['items']> {
  const { lo, hi } = rangeOf(prefixOf(code))
  const digits = sql.raw(String(lengthOfLevel[level]))
  const sums = ['residents', 'registered', 'inflow', 'away', 'households', 'male', 'female'].map(
    (column) => sql`round(sum(k.${sql.raw(column)} * p.share))::int as ${sql.raw(column)}`,
  )
  const { rows } = await tx.execute<DivisionRollUp['items'][number]>(sql`
    with recursive counted as (
      select * from village_counts
      where county_code = any(${sql.param([...counties])}::int[]) and division_code >= ${lo} and division_code < ${hi}
    ), back as (
      select division_code as origin, division_code as code, 'infinity'::date as until, 1::numeric as share from counted
      union all
      select b.origin, s.from_code, s.effective_on, b.share * s.origin_share
      from back b
      join lateral (
        select change_id, effective_on from division_successions
        where to_code = b.code and effective_on > ${boundary} and effective_on < b.until
        order by effective_on desc, change_id desc limit 1
      ) as newest on true
      join division_successions s on s.change_id = newest.change_id and s.to_code = b.code
    ), placed as (
      select origin, rpad(left(code, ${digits}), 12, '0') as part, share from back b
      where not exists (
        select from division_successions s where s.to_code = b.code and s.effective_on > ${boundary} and s.effective_on < b.until)
    )
    select p.part as code, coalesce(
        (select name from divisions d where d.code = p.part and d.valid_from <= ${boundary} and (d.valid_to is null or d.valid_to > ${boundary})),
        (select name from divisions d where d.code = p.part order by valid_from desc limit 1), p.part) as name,
      ${sql.join(sums, sql`, `)}, bool_or(p.share <> 1) as estimated
    from placed p join counted k on k.division_code = p.origin
    group by p.part
    having sum(k.residents) + sum(k.registered) + sum(k.households) <> 0
    order by p.part`)
  return rows
}
