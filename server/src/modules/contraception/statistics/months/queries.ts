import type { Month } from '@youyu/shared/population/book'
import type { CivilDate } from '@youyu/shared/values'
import type { Asking } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

type Span = { county: number; from: CivilDate; until: CivilDate; today: CivilDate }

export async function selectProcedures(
  tx: Asking,
  { county, from, until }: Span,
): Promise<{ month: Month; item: string; n: number }[]> {
  const text = `select month, case when item in ('P10', 'P11', 'P12', 'P13') then 'ABORTION' else item end as item, sum(tally)::int as n
    from care_tallies where county_code = $1 and measure = 'procedure' and month between $2 and $3
    group by 1, 2 having sum(tally) <> 0 order by 1, 2`
  return await ask(tx, text, [county, from, until])
}

export async function selectShelfDays(
  tx: Asking,
  { county, from, until, today }: Span,
): Promise<{ month: Month; daysOut: number; days: number }[]> {
  const text = `with shelves as materialized (
    select m.to_store_id as store_id, m.item_code, min(m.occurred_on) as since
    from supply_movements m join supply_stores t on t.county_code = m.county_code and t.id = m.to_store_id
    where m.county_code = $1 and t.kind in ('OUTLET', 'VENDING') group by 1, 2
  ), outs as materialized (select o.* from app.stock_outs_until($1, $4::date) o),
  months as (select q::date as month, least((q + interval '1 month')::date, $3::date + 1) as until_on
    from generate_series($2::date, $3::date, interval '1 month') q)
  select n.month, sum(greatest(n.until_on - greatest(n.month, s.since), 0))::int as days, coalesce(sum((
    select sum(greatest(least(coalesce(o.to_on, 'infinity'), n.until_on) - greatest(o.from_on, n.month), 0))
    from outs o where o.store_id = s.store_id and o.item_code = s.item_code)), 0)::int as "daysOut"
  from months n cross join shelves s group by 1 order by 1`
  return await ask(tx, text, [county, from, until, today])
}

export async function selectPlan(
  tx: Asking,
  { county, from, until, today }: Span,
): Promise<
  { month: Month; planned: number; onDay: number; held: number; slots: number; attended: number }[]
> {
  const text = `select date_trunc('month', published_on)::date as month, count(*)::int as planned,
    count(*) filter (where held_on = published_on)::int as "onDay", count(*) filter (where held_on is not null)::int as held,
    coalesce(sum(slots) filter (where held_on is not null), 0)::int as slots,
    coalesce(sum(attended) filter (where held_on is not null), 0)::int as attended
  from check_sessions where county_code = $1 and published_on between $2 and $3 and published_on < $4::date and status <> 'PROPOSED'
  group by 1 order by 1`
  return await ask(tx, text, [county, from, until, today])
}

export async function selectDueServices(
  tx: Asking,
  { county, from, until }: Span,
): Promise<{ month: Month; opening: number; opened: number; closed: number; closing: number }[]> {
  const text = `select month, sum(opening)::int as opening, sum(opened)::int as opened,
    sum(done + declined + moved + not_needed + unreachable + died + expired)::int as closed, sum(closing)::int as closing
  from due_service_months where county_code = $1 and list = 'FACILITY' and month between $2 and $3 group by 1 order by 1`
  return await ask(tx, text, [county, from, until])
}
