import type { Month, PopulationBasis } from '@youyu/shared/population/book'
import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import type { Transaction } from '../../../../database/connect.ts'
import { within } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import { partOf, prefixesOf, type Scope } from './scope.ts'

/** People of a part at a month's end; age and sex only where asked for. */
export type PeopleRow = {
  part: DivisionCode
  month: Month
  sex: string | null
  age: number | null
  n: number
}

const ageAt = (month: string, born: string) =>
  `least(greatest(((extract(year from ${month}) - extract(year from ${born})) * 12 + extract(month from ${month}) - extract(month from ${born}))::int / 12, 0), 100)`

export function basisOf({ population }: Scope): PopulationBasis {
  return population === 'hukou' ? 'registered' : 'residence'
}

export async function findBookStart(tx: Transaction, county: number): Promise<CivilDate | null> {
  const text = 'select starts_on as "startsOn" from population_books where county_code = $1'
  const [book] = await ask<{ startsOn: CivilDate }>(tx, text, [county])
  return book?.startsOn ?? null
}

const monthEnds = (bound: Bound, months: readonly Month[]) =>
  `unnest(${bound.bind(months)}::date[]) as p (month)`

/** Everybody at the ends of months, from sums kept by month. */
export async function sumEverybody(
  tx: Transaction,
  scope: Scope,
  months: readonly Month[],
): Promise<PeopleRow[]> {
  const bound = new Bound()
  const kept = scope.area.level === 3 ? 'township_months' : 'village_months'
  const inside = within(bound, 'k.division_code', prefixesOf(scope.area))
  const ends = bound.bind(months)
  // Each month's flow is added to the first month end that follows it, and then to all later ones.
  const text = `select part, month::text as month, null as sex, null as age, (sum(n) over (partition by part order by month))::int as n
  from (
    select part, month, coalesce(sum(n), 0) as n
    from (
      select ${partOf(bound, scope, 'k.division_code')} as part, k.month as flowed, sum(k.${basisOf(scope)}) as n
      from ${kept} k where k.county_code = ${bound.bind(scope.area.county)} and ${inside} and k.month <= (select max(e) from unnest(${ends}::date[]) e) group by 1, 2
    ) flows
    cross join lateral (select min(e) as month from unnest(${ends}::date[]) e where e >= flows.flowed) following
    group by 1, 2
  ) sums`
  return await ask(tx, text, bound.values)
}

/** People by sex and age at the ends of months: the start of the year and what changed since; villages by their postings. */
export async function sumByAge(
  tx: Transaction,
  scope: Scope,
  months: readonly Month[],
  asked: { sex: string | null; from: number; to: number } = { sex: null, from: 0, to: 200 },
): Promise<PeopleRow[]> {
  const bound = new Bound()
  const { area } = scope
  const county = bound.bind(area.county)
  const [ends, sex, from, to] = [months, asked.sex, asked.from, asked.to].map((value) => bound.bind(value))
  const bornFor = (first: string, last: string) =>
    `k.birth_month > ${first} - make_interval(years => ${to}::int + 1) and k.birth_month <= ${last} - make_interval(years => ${from}::int)`
  // Gathered once over the area; months are put together from what is left.
  const gathered = (table: string, key: string, when: string) =>
    `select ${partOf(bound, scope, 'k.division_code')} as part, ${key} as at, k.sex, k.birth_month, sum(k.${basisOf(scope)}) as n
     from ${table} k cross join (select min(year) as year, min(month) as first, max(month) as last, max(year) as last_year from ends) e
     where k.county_code = ${county} and ${within(bound, 'k.division_code', prefixesOf(area))} and ${when}
       and (${sex}::text is null or k.sex = ${sex}) and ${bornFor('e.first', 'e.last')} group by 1, 2, 3, 4`
  const isOfVillages = area.level === 5 || (area.level === 4 && scope.isParted)
  const sources = isOfVillages
    ? {
        starts: `select null::text as part, 0 as at, null::text as sex, null::date as birth_month, 0::bigint as n where false`,
        changes: gathered(
          'population_postings',
          `date_trunc('month', k.occurred_on)::date`,
          `k.occurred_on < e.last + interval '1 month'`,
        ),
        since: 'true',
      }
    : {
        starts: gathered('structures', 'k.year', 'k.year between e.year and e.last_year'),
        changes: gathered(
          'structure_changes',
          'k.month',
          'k.month >= make_date(e.year, 1, 1) and k.month <= e.last',
        ),
        since: 'k.at >= make_date(e.year, 1, 1)',
      }
  const text = `with ends as materialized (
    select q.month, least(b.structured_until, extract(year from q.month))::int as year
    from unnest(${ends}::date[]) as q (month) cross join population_books b where b.county_code = ${county}
  ), starts as materialized (${sources.starts}), changes as materialized (${sources.changes})
  select part, month::text as month, sex, ${ageAt('month', 'birth_month')} as age, sum(n)::int as n
  from (
    select k.part, e.month, k.sex, k.birth_month, k.n from ends e join starts k on k.at = e.year and ${bornFor('e.month', 'e.month')}
    union all
    select k.part, e.month, k.sex, k.birth_month, k.n from ends e join changes k on k.at <= e.month and ${sources.since} and ${bornFor('e.month', 'e.month')}
  ) standing
  where birth_month <= month group by 1, 2, 3, 4 having sum(n) <> 0`
  return await ask(tx, text, bound.values)
}

/** What moved codes take from where they stood and bring to where they belong at the boundary. */
export async function sumMoved(
  tx: Transaction,
  scope: Scope,
  months: readonly Month[],
): Promise<PeopleRow[]> {
  const bound = new Bound()
  const { moves, area } = scope
  const columns = (['code', 'from', 'until', 'to'] as const).map((column) =>
    bound.bind(moves.map((move) => move[column])),
  )
  const text = `select part, month, sex, age, sum(n)::int as n from (
    select ${partOf(bound, scope, 'side.code')} as part, p.month::text as month, q.sex, ${ageAt('p.month', 'q.birth_month')} as age, side.sign * q.${basisOf(scope)} as n
    from ${monthEnds(bound, months)}
    join unnest(${columns[0]}::text[], ${columns[1]}::date[], ${columns[2]}::date[], ${columns[3]}::text[]) as moved (code, from_on, until_on, to_code)
      on p.month + interval '1 month' - interval '1 day' >= moved.from_on and p.month + interval '1 month' - interval '1 day' < moved.until_on
    join population_postings q on q.county_code = ${bound.bind(area.county)} and q.division_code = moved.code collate "C" and q.occurred_on < p.month + interval '1 month'
    cross join lateral (values (moved.code collate "C", -1), (moved.to_code collate "C", 1)) as side (code, sign)
    where ${within(bound, 'side.code', prefixesOf(area))}
  ) sides group by 1, 2, 3, 4`
  return await ask(tx, text, bound.values)
}
