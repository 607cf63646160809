import type { Installation } from '../installation.ts'
import { compare, type Result } from '../measure.ts'
import { COUNTY, TODAY } from './county.ts'

/** A version of the county in which every window is so many days longer: no link stays as it is. */
async function putInForce(installation: Installation, version: number): Promise<void> {
  await installation.sql(
    'large',
    `with made as (
       insert into chain_schedules (owner_county, version, status, effective_from, reason, drafted_at, approved_at)
       values (${COUNTY}, ${version}, 'IN_FORCE', '2020-01-01', 'bench', now(), now()))
     insert into chain_schedule_items (owner_county, version, item, link, position, anchor, from_days, to_days, opening_days, ends_with_pregnancy,
       is_per_child, condition, served_by, source)
     select ${COUNTY}, ${version}, item, link, position, anchor, from_days, to_days + 1 + ${version % 2}, opening_days + 1 + ${version % 2},
       ends_with_pregnancy, is_per_child, condition, served_by, source
     from chain_schedule_items where owner_county = 0`,
  )
  await installation.sql('large', 'vacuum chain_links')
  await installation.sql('large', 'checkpoint')
}

/**
 * What it comes down to: the windows of every link from its chain and the schedule, the state of those that nothing has
 * settled from the day, and the counts made anew. No reading of the register, no alternatives, nothing given back.
 */
const bare = `
  update chain_links l
  set window_from = w.window_from, window_to = w.window_to,
    state = case when l.settled_on is not null or l.drop_reason is not null then l.state when w.window_to < date '${TODAY}' then 'OVERDUE'
      when l.offered_on is not null then 'OFFERED' when w.window_from <= date '${TODAY}' then 'DUE' else 'NOT_DUE' end
  from (
    select c.id as chain_id, s.item, coalesce(a.day_on + s.from_days, c.opened_on) as window_from,
      coalesce(a.day_on + s.to_days, c.opened_on + s.opening_days) as window_to
    from chains c cross join app.chain_schedule(${COUNTY}, '${TODAY}') s
    cross join lateral (select case s.anchor when 'MARRIAGE' then c.married_on when 'OPENING' then c.opened_on
      when 'LMP' then c.expected_on - 280 else c.born_on end as day_on) a
    where c.county_code = ${COUNTY} and c.voided_at is null and c.closed_on is null
  ) w
  where l.county_code = ${COUNTY} and l.chain_id = w.chain_id and l.item = w.item;
  delete from chain_tallies where county_code = ${COUNTY};
  insert into chain_tallies (county_code, cohort_month, division_code, item, state, reason, links, offered, accepted, positive, followed)
  select county_code, cohort_month, rpad(left(division_code, 9), 12, '0'), item, state, coalesce(drop_reason, ''), count(*), count(offered_on),
    count(accepted_on), count(positive_on), count(followed_on)
  from chain_links where county_code = ${COUNTY} group by 1, 2, 3, 4, 5, 6`

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await run()
  return (performance.now() - began) / 1000
}

/** Planning all chains anew after a change of the schedule, against the bare statements. */
export async function replan(installation: Installation, rounds: number): Promise<Result> {
  let version = 0
  const plan = () =>
    installation.sql('large', `select * from app.plan_chains(${COUNTY}, null, '${TODAY}', now())`)
  await plan()
  return await compare({
    name: 'replan',
    better: 'lower',
    goal: 2,
    unit: 's',
    rounds,
    ours: async () => {
      await putInForce(installation, (version += 1))
      return await timed(plan)
    },
    base: async () => {
      await putInForce(installation, (version += 1))
      const seconds = await timed(() => installation.sql('large', bare))
      await plan()
      return seconds
    },
  })
}
