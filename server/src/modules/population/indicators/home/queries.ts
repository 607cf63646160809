import type { Month, PopulationBasis } from '@youyu/shared/population/book'
import { prefixOf, type DivisionCode } from '@youyu/shared/values'
import type { Asking } from '../../../../database/connect.ts'
import { within } from '../../area.ts'
import type { Look } from '../../../../database/remembered.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import type { Area } from '../area.ts'

export type PartMonth = {
  part: DivisionCode
  month: Month
  birthsMale: number
  birthsFemale: number
  births: number
  deaths: number
  movesIn: number
  movesOut: number
  change: number
}

/** A look at anything that the home of a county is made from. */
export async function lookAt(
  tx: Asking,
  county: number,
  { from, until }: { from: Month; until: Month },
  seen: string,
): Promise<Look> {
  const text = `select pg_current_snapshot()::text as snapshot, case when pg_current_snapshot()::text <> $4
    then concat_ws(' ', (${closedUntil('$1')}), app.population_stamp($1, $2::date, $3::date)) end as stamp`
  const [row] = await ask<Look>(tx, text, [county, from, until, seen])
  return row!
}

/** What a part is: a township of a county, a village of a township, the village itself. */
const partDigits = { 3: 9, 4: 12, 5: 12 } as const

/** Flows of each part by month, from kept sums; of villages with births by sex from their postings. */
export async function selectFlows(
  tx: Asking,
  { county, level, parts, division }: Area,
  basis: PopulationBasis,
  { from, until }: { from: Month; until: Month },
): Promise<PartMonth[]> {
  const bound = new Bound()
  const prefixes = level === 5 ? [prefixOf(division)] : parts
  const source =
    level === 3
      ? `select division_code as part, month, kind, sex, ${basis} as n from township_months
         where county_code = ${bound.bind(county)} and month between ${bound.bind(from)}::date and ${bound.bind(until)}::date
           and ${within(bound, 'division_code', prefixes)}`
      : `select division_code as part, date_trunc('month', occurred_on)::date as month, kind, sex, ${basis}::int as n from population_postings
         where county_code = ${bound.bind(county)} and ${within(bound, 'division_code', prefixes)}
           and occurred_on >= ${bound.bind(from)}::date and occurred_on < ${bound.bind(until)}::date + interval '1 month'`
  const part = level === 3 ? 'part' : `rpad(left(part, ${partDigits[level]}), 12, '0')`
  const text = `select ${part} as part, month::text as month,
    coalesce(sum(n) filter (where kind = 'BIRTH' and sex = '1'), 0)::int as "birthsMale",
    coalesce(sum(n) filter (where kind = 'BIRTH' and sex = '2'), 0)::int as "birthsFemale",
    coalesce(sum(n) filter (where kind = 'BIRTH'), 0)::int as births,
    coalesce(-sum(n) filter (where kind = 'DEATH'), 0)::int as deaths,
    coalesce(sum(n) filter (where kind = 'IN'), 0)::int as "movesIn",
    coalesce(-sum(n) filter (where kind = 'OUT'), 0)::int as "movesOut",
    coalesce(sum(n), 0)::int as change
  from (${source}) flows group by ${part}, flows.month`
  return await ask(tx, text, bound.values)
}

export type PartNow = { part: DivisionCode; name: string | null; people: number; changedAt: Date | null }

/** People now by part, from the counts kept of villages. */
export async function selectNow(
  tx: Asking,
  { county, level, parts, division }: Area,
  basis: PopulationBasis,
): Promise<PartNow[]> {
  const bound = new Bound()
  const column = basis === 'residence' ? 'residents' : 'registered'
  const text = `select part, (select name from divisions d where d.code = part collate "C" order by valid_from desc limit 1) as name, people, "changedAt"
  from (
    select rpad(prefix, 12, '0') as part, sum(people)::int as people, max(changed_at) as "changedAt"
    from (
      select left(division_code, ${partDigits[level]}) as prefix, ${column} as people, changed_at
      from village_counts where county_code = ${bound.bind(county)} and ${within(bound, 'division_code', level === 5 ? [prefixOf(division)] : parts)}
    ) villages group by prefix
  ) parts order by part`
  return await ask(tx, text, bound.values)
}

const closedUntil = (county: string) =>
  `select max(month)::text as month from book_signatures where county_code = ${county} and act = 'CLOSE' and withdrawn_at is null`

/** The last month that the county has closed. */
export async function findClosedUntil(tx: Asking, county: number): Promise<Month | null> {
  const [row] = await ask<{ month: Month | null }>(tx, closedUntil('$1'), [county])
  return row?.month ?? null
}
