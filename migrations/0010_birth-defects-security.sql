-- Whether the present transaction reviews defect cards that facilities have submitted.
create function app.reviews() returns boolean
language sql stable parallel safe as $$
  select coalesce(current_setting('app.reviews', true), '') = 'on'
$$;
--> statement-breakpoint
grant execute on function app.reviews to youyu_app;
--> statement-breakpoint
-- Whether the facility of the present transaction takes part in a chain: as its case manager's, by referral, as its
-- laboratory, or because she let it in.
create function app.joins(county integer, chain uuid) returns boolean
language sql stable security definer set search_path = public, app, pg_temp as $$
  select exists (
    select from chain_facilities f
    where f.county_code = joins.county and f.chain_id = joins.chain and f.facility_id = app.facility() and f.until_on is null)
$$;
--> statement-breakpoint
revoke all on function app.joins from public;
--> statement-breakpoint
grant execute on function app.joins to youyu_care;
--> statement-breakpoint
alter table chains enable row level security;
--> statement-breakpoint
create policy chains_read on chains for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, id));
--> statement-breakpoint
grant select on chains to youyu_care;
--> statement-breakpoint
alter table chain_children enable row level security;
--> statement-breakpoint
create policy chain_children_read on chain_children for select to youyu_care using (app.joins(county_code, chain_id));
--> statement-breakpoint
grant select on chain_children to youyu_care;
--> statement-breakpoint
alter table chain_facilities enable row level security;
--> statement-breakpoint
create policy chain_facilities_read on chain_facilities for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
grant select on chain_facilities to youyu_care;
--> statement-breakpoint
-- Events and links are written by the functions below alone: a link is what they say, and it is counted with them.
alter table chain_events enable row level security;
--> statement-breakpoint
create policy chain_events_read on chain_events for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
grant select on chain_events to youyu_care;
--> statement-breakpoint
alter table chain_links enable row level security;
--> statement-breakpoint
create policy chain_links_read on chain_links for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
grant select on chain_links to youyu_care;
--> statement-breakpoint
alter table chain_runs enable row level security;
--> statement-breakpoint
create policy chain_runs_of_county on chain_runs for all to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
grant select, insert, update on chain_runs to youyu_app;
--> statement-breakpoint
-- Schedules are nobody's secret; a county changes its own only.
alter table chain_schedules enable row level security;
--> statement-breakpoint
create policy chain_schedules_read on chain_schedules for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area and (owner_county = 0 or app.area_touches(owner_county)));
--> statement-breakpoint
create policy chain_schedules_add on chain_schedules for insert to youyu_app
  with check (owner_county <> 0 and (select app.area()) @> (owner_county::text || '000000') collate "C");
--> statement-breakpoint
create policy chain_schedules_settle on chain_schedules for update to youyu_app
  using (owner_county <> 0 and (select app.area()) @> (owner_county::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert on chain_schedules to youyu_app;
--> statement-breakpoint
grant update (status, approved_at, approved_by) on chain_schedules to youyu_app;
--> statement-breakpoint
alter table chain_schedule_items enable row level security;
--> statement-breakpoint
create policy chain_schedule_items_read on chain_schedule_items for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area and (owner_county = 0 or app.area_touches(owner_county)));
--> statement-breakpoint
create policy chain_schedule_items_add on chain_schedule_items for insert to youyu_app
  with check (owner_county <> 0 and (select app.area()) @> (owner_county::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert on chain_schedule_items to youyu_app;
--> statement-breakpoint
-- Counts without a person, by township.
alter table chain_tallies enable row level security;
--> statement-breakpoint
create policy chain_tallies_in_area on chain_tallies for select to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select on chain_tallies to youyu_app;
--> statement-breakpoint
alter table chain_tally_stamps enable row level security;
--> statement-breakpoint
create policy chain_tally_stamps_of_county on chain_tally_stamps for select to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
grant select on chain_tally_stamps to youyu_app;
--> statement-breakpoint
alter table chain_periods enable row level security;
--> statement-breakpoint
create policy chain_periods_of_county on chain_periods for select to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
create policy chain_periods_close on chain_periods for insert to youyu_app
  with check ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert on chain_periods to youyu_app;
--> statement-breakpoint
alter table chain_period_tallies enable row level security;
--> statement-breakpoint
create policy chain_period_tallies_in_area on chain_period_tallies for select to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
create policy chain_period_tallies_close on chain_period_tallies for insert to youyu_app
  with check ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert on chain_period_tallies to youyu_app;
--> statement-breakpoint
-- The schedule in force on a day: the county's own before the default.
create function app.chain_schedule(county integer, today date) returns setof chain_schedule_items
language sql stable security definer set search_path = public, app, pg_temp as $$
  select i.* from (
    select s.owner_county, s.version from chain_schedules s
    where s.owner_county in (0, chain_schedule.county) and s.status = 'IN_FORCE' and s.effective_from <= chain_schedule.today
    order by (s.owner_county = chain_schedule.county) desc, s.effective_from desc, s.version desc limit 1
  ) f
  join chain_schedule_items i on i.owner_county = f.owner_county and i.version = f.version
$$;
--> statement-breakpoint
revoke all on function app.chain_schedule from public;
--> statement-breakpoint
grant execute on function app.chain_schedule to youyu_app;
--> statement-breakpoint
-- Brings the links of these chains (and items; null: all) to what their facts, events, the schedule in force and the day
-- say, and counts what changed in the same statement. Told twice, it changes nothing the second time.
create function app.project_chains(county integer, those uuid[], items text[], today date) returns integer
language plpgsql security definer set search_path = public, app, pg_temp
  set plan_cache_mode = auto set enable_nestloop = on set enable_mergejoin = on set enable_seqscan = on set jit = off as $$
#variable_conflict use_column
declare
  changed integer;
begin
  if cardinality(those) > 200 then
    -- Nobody can guess how many rows will be left of so many: a loop over them may be endless, hashing never is.
    perform set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_nestloop', 'off', true),
      set_config('enable_mergejoin', 'off', true);
  else
    perform set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true);
  end if;
  perform from chains c where c.county_code = county and c.id = any(those) order by c.id for no key update;
  with s as materialized (
    select * from app.chain_schedule(county, project_chains.today) r
    where project_chains.items is null or r.item = any(project_chains.items)
  ),
  c as materialized (
    select c.*, c.expected_on - 280 as menses_on
    from unnest(those) as o (id) join chains c on c.county_code = county and c.id = o.id
    where c.voided_at is null and c.close_reason is distinct from 'MERGED'
  ),
  e as materialized (
    select e.chain_id, e.item, e.subject_id,
      min(e.occurred_on) filter (where e.event = 'DONE') as done_on,
      min(e.occurred_on) filter (where e.event = 'DECLINED') as declined_on,
      substr(max(e.occurred_on || coalesce(e.reason, 'NOT_SAID')) filter (where e.event = 'DECLINED'), 11) as declined_reason,
      min(e.occurred_on) filter (where e.event = 'NOT_APPLICABLE') as needless_on,
      substr(max(e.occurred_on || coalesce(e.reason, 'MEDICAL')) filter (where e.event = 'NOT_APPLICABLE'), 11) as needless_reason,
      substr(max(e.occurred_on || e.reason) filter (where e.event = 'MISSED'), 11) as missed_reason,
      min(e.occurred_on) filter (where e.event in ('OFFERED', 'ACCEPTED')) as offered_on,
      min(e.occurred_on) filter (where e.event = 'ACCEPTED') as accepted_on,
      min(e.occurred_on) filter (where e.event = 'POSITIVE') as positive_on,
      min(e.occurred_on) filter (where e.event = 'FOLLOWED') as followed_on,
      min(e.occurred_on) filter (where e.event = 'INDICATED') as indicated_on,
      min(e.window_from) filter (where e.event = 'INDICATED') as window_from,
      max(e.window_to) filter (where e.event = 'INDICATED') as window_to
    from unnest(those) as o (id)
    join chain_events e on e.county_code = county and e.chain_id = o.id and e.voided_at is null
    group by 1, 2, 3
  ),
  served as (
    select e.chain_id, array_agg(e.item) as done from e where e.done_on is not null group by 1
  ),
  -- One row for each item that a chain or its child has; of an indicated one, once something was said of it.
  wanted as (
    select c.id as chain_id, c.id as subject_id, s.item
    from c cross join s where s.condition = 'ALWAYS' and not s.is_per_child
    union all
    select k.chain_id, k.child_id, s.item
    from c join chain_children k on k.county_code = county and k.chain_id = c.id cross join s
    where s.condition = 'ALWAYS' and s.is_per_child
    union all
    select e.chain_id, e.subject_id, e.item
    from e join c on c.id = e.chain_id
    left join s on s.item = e.item
    left join chain_children k on k.county_code = county and k.chain_id = e.chain_id and k.child_id = e.subject_id
    where (project_chains.items is null or e.item = any(project_chains.items))
      and (s.condition is distinct from 'ALWAYS' or (case when s.is_per_child then k.child_id is null else e.subject_id <> e.chain_id end))
  ),
  dated as (
    select w.chain_id, w.subject_id, w.item, coalesce(s.link, l.link) as link, c.facility_id, c.division_code, c.cohort_month,
      c.opened_on, c.is_hospital_birth, c.born_on as chain_born_on, e.done_on, e.declined_on, e.declined_reason, e.needless_on,
      e.needless_reason, e.missed_reason, e.offered_on, e.accepted_on, e.positive_on, e.followed_on,
      s.served_by && v.done and e.done_on is null as is_served,
      s.anchor = 'MARRIAGE' and c.married_on is null and c.ground <> 'PREMARITAL' as is_unmarried,
      coalesce(e.window_from, a.day_on + s.from_days, case when s.openings then c.opened_on end) as window_from,
      coalesce(e.window_to, a.day_on + s.to_days, case when s.openings then c.opened_on + s.opening_days end) as window_to,
      case
        when w.subject_id <> w.chain_id then coalesce(k.stopped_on, case when c.stop_reason = 'LEFT' then c.stopped_on end)
        when c.stopped_on is not null and (c.stop_reason <> 'ENDED' or s.ends_with_pregnancy or s.anchor = 'BIRTH' or w.item = 'DELIVERY')
          then least(c.stopped_on, case when s.ends_with_pregnancy then c.born_on end)
        when s.ends_with_pregnancy then c.born_on
      end as stopped_on,
      case
        when w.subject_id <> w.chain_id then coalesce(k.stop_reason, case when c.stop_reason = 'LEFT' then 'LEFT' end)
        when s.ends_with_pregnancy and c.born_on is not null and (c.stopped_on is null or c.stopped_on >= c.born_on) then 'ENDED'
        else c.stop_reason
      end as stop_reason
    from wanted w
    join c on c.id = w.chain_id
    left join (select s.*, s.opening_days is not null as openings from s) s on s.item = w.item
    left join (select distinct i.item, i.link from chain_schedule_items i where i.owner_county = 0) l on l.item = w.item
    left join e on e.chain_id = w.chain_id and e.item = w.item and e.subject_id = w.subject_id
    left join served v on v.chain_id = w.chain_id
    left join chain_children k on k.county_code = county and k.chain_id = w.chain_id and k.child_id = w.subject_id
    left join lateral (select case s.anchor
      when 'MARRIAGE' then c.married_on when 'OPENING' then c.opened_on when 'LMP' then c.menses_on
      when 'BIRTH' then coalesce(k.born_on, c.born_on) else e.indicated_on end as day_on) a on true
  ),
  judged as (
    select d.*,
      case
        when d.done_on is not null or d.item = 'DELIVERY' and d.is_hospital_birth then 'DONE'
        when d.declined_on is not null then 'DECLINED'
        when d.needless_on is not null or d.is_served or d.is_unmarried then 'NOT_APPLICABLE'
        when d.item = 'DELIVERY' and d.chain_born_on is not null then 'OVERDUE'
        when d.stopped_on is not null and (d.window_to is null or d.window_to >= d.stopped_on) then 'NOT_APPLICABLE'
        when d.window_to < project_chains.today then 'OVERDUE'
        when d.offered_on is not null then 'OFFERED'
        when d.window_from <= project_chains.today then 'DUE'
        else 'NOT_DUE'
      end as state
    from dated d
  ),
  w as materialized (
    select j.chain_id, j.item, j.subject_id, j.link, j.window_from, j.window_to, j.state, j.offered_on, j.accepted_on,
      case j.state when 'DONE' then coalesce(j.done_on, j.chain_born_on) when 'DECLINED' then j.declined_on
        when 'NOT_APPLICABLE' then coalesce(j.needless_on, j.stopped_on) end as settled_on,
      j.positive_on, j.followed_on,
      case j.state when 'DECLINED' then j.declined_reason
        when 'NOT_APPLICABLE' then case when j.needless_on is not null then j.needless_reason when j.is_served then 'ALTERNATIVE'
          when j.is_unmarried then 'NOT_MARRIED' else j.stop_reason end
        when 'OVERDUE' then coalesce(j.missed_reason, case when j.window_to < j.opened_on then 'TOO_LATE' end) end as drop_reason,
      j.facility_id, j.division_code, j.cohort_month
    from judged j
  ),
  h as materialized (
    select l.chain_id, l.item, l.subject_id, l.link, l.window_from, l.window_to, l.state, l.offered_on, l.accepted_on, l.settled_on,
      l.positive_on, l.followed_on, l.drop_reason, l.facility_id, l.division_code, l.cohort_month
    from unnest(those) as o (id)
    join chain_links l on l.county_code = county and l.chain_id = o.id
    where project_chains.items is null or l.item = any(project_chains.items)
  ),
  d as materialized (
    select w, h, w.chain_id is not null as is_wanted, h.chain_id is not null as is_had
    from w full join h on h.chain_id = w.chain_id and h.item = w.item and h.subject_id = w.subject_id
    where w is distinct from h
  ),
  counted as (
    insert into chain_tallies as t (county_code, cohort_month, division_code, item, state, reason, links, offered, accepted, positive, followed)
    select county, n.cohort_month, n.township, n.item, n.state, n.reason, sum(n.n), coalesce(sum(n.n) filter (where n.offered), 0),
      coalesce(sum(n.n) filter (where n.accepted), 0), coalesce(sum(n.n) filter (where n.positive), 0),
      coalesce(sum(n.n) filter (where n.followed), 0)
    from (
      select r.cohort_month, rpad(left(r.division_code, 9), 12, '0') as township, r.item, r.state, coalesce(r.drop_reason, '') as reason, r.n,
        (r.offered_on is not null or r.state in ('DONE', 'DECLINED')) as offered, (r.accepted_on is not null or r.state = 'DONE') as accepted,
        r.positive_on is not null as positive, r.followed_on is not null as followed
      from (select (d.w).cohort_month, (d.w).division_code, (d.w).item, (d.w).state, (d.w).drop_reason, (d.w).offered_on,
            (d.w).accepted_on, (d.w).positive_on, (d.w).followed_on, 1 as n from d where d.is_wanted
          union all
          select (d.h).cohort_month, (d.h).division_code, (d.h).item, (d.h).state, (d.h).drop_reason, (d.h).offered_on,
            (d.h).accepted_on, (d.h).positive_on, (d.h).followed_on, -1 from d where d.is_had) r
    ) n
    group by 2, 3, 4, 5, 6
    having sum(n.n) <> 0 or coalesce(sum(n.n) filter (where n.offered), 0) <> 0 or coalesce(sum(n.n) filter (where n.accepted), 0) <> 0
      or coalesce(sum(n.n) filter (where n.positive), 0) <> 0 or coalesce(sum(n.n) filter (where n.followed), 0) <> 0
    order by 2, 3, 4, 5, 6
    on conflict (county_code, cohort_month, division_code, item, state, reason)
    do update set links = t.links + excluded.links, offered = t.offered + excluded.offered, accepted = t.accepted + excluded.accepted,
      positive = t.positive + excluded.positive, followed = t.followed + excluded.followed
  ),
  -- Whoever keeps what was counted of a month looks here whether it still holds.
  stamped as (
    insert into chain_tally_stamps as t (county_code, cohort_month, changes)
    select county, x.cohort_month, 1
    from (select (d.w).cohort_month from d where d.is_wanted union select (d.h).cohort_month from d where d.is_had) x
    order by 2
    on conflict (county_code, cohort_month) do update set changes = t.changes + 1
  ),
  gone as (
    delete from chain_links l using d
    where not d.is_wanted and l.county_code = county and l.chain_id = (d.h).chain_id and l.item = (d.h).item
      and l.subject_id = (d.h).subject_id
  ),
  redated as (
    update chain_links l
    set link = (d.w).link, window_from = (d.w).window_from, window_to = (d.w).window_to, state = (d.w).state,
      offered_on = (d.w).offered_on, accepted_on = (d.w).accepted_on, settled_on = (d.w).settled_on, positive_on = (d.w).positive_on,
      followed_on = (d.w).followed_on, drop_reason = (d.w).drop_reason, facility_id = (d.w).facility_id,
      division_code = (d.w).division_code, cohort_month = (d.w).cohort_month
    from d
    where d.is_wanted and d.is_had and l.county_code = county and l.chain_id = (d.w).chain_id and l.item = (d.w).item
      and l.subject_id = (d.w).subject_id
  ),
  written as (
    insert into chain_links as l (county_code, chain_id, item, subject_id, link, window_from, window_to, state, offered_on, accepted_on,
      settled_on, positive_on, followed_on, drop_reason, facility_id, division_code, cohort_month)
    select county, (d.w).* from d where d.is_wanted and not d.is_had
  )
  select count(*) from d into changed;
  return changed;
end
$$;
--> statement-breakpoint
-- Brings the facts of these chains to what the register says: expected day, birth, children, where she lives, whether it goes
-- on; then their links.
create function app.refresh_chains(county integer, those uuid[], today date, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp
  set plan_cache_mode = auto set enable_nestloop = on set enable_mergejoin = on set enable_seqscan = on set jit = off as $$
#variable_conflict use_column
begin
  if cardinality(those) > 200 then
    perform set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_nestloop', 'off', true),
      set_config('enable_mergejoin', 'off', true);
  else
    perform set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true);
  end if;
  perform from chains c where c.county_code = county and c.id = any(those) order by c.id for no key update;
  with c as materialized (
    select c.* from unnest(those) as o (id) join chains c on c.county_code = county and c.id = o.id where c.voided_at is null
  ),
  b as materialized (
    select c.id as chain_id, b.*
    from c join births b on b.county_code = county and b.mother_id = c.woman_id and b.voided_at is null
      and (b.pregnancy_id = c.pregnancy_id or (b.pregnancy_id is null or c.pregnancy_id is null and not exists (select from chains x
          where x.county_code = county and x.pregnancy_id = b.pregnancy_id and x.voided_at is null))
        and (c.closed_on is null or c.closed_on >= b.occurred_on)
        and b.occurred_on >= coalesce(c.expected_on - 140, c.opened_on - 5) and b.occurred_on <= coalesce(c.expected_on + 45, c.opened_on + 700))
  ),
  kept as (
    insert into chain_children as k (county_code, chain_id, child_id, birth_id, born_on, plurality, sequence, stopped_on, stop_reason)
    select county, b.chain_id, b.child_id, b.id, b.occurred_on, b.plurality, b.sequence,
      case p.status when 'DECEASED' then coalesce(m.occurred_on, o.stopped_on, refresh_chains.today)
        when 'MOVED_OUT' then coalesce(o.stopped_on, refresh_chains.today) end,
      case p.status when 'DECEASED' then 'DIED' when 'MOVED_OUT' then 'MOVED' end
    from b
    -- By their keys, however many there are: a county has a hundred people for each that is asked for.
    cross join lateral (select p.status from persons p where p.county_code = county and p.id = b.child_id offset 0) p
    left join lateral (select m.occurred_on from deaths m where p.status = 'DECEASED' and m.county_code = county and m.person_id = b.child_id
      and m.voided_at is null offset 0) m on true
    left join chain_children o on o.county_code = county and o.chain_id = b.chain_id and o.child_id = b.child_id
    where b.child_id is not null and (o.birth_id, o.born_on, o.plurality, o.sequence, o.stopped_on, o.stop_reason)
      is distinct from (b.id, b.occurred_on, b.plurality, b.sequence, case p.status when 'DECEASED' then coalesce(m.occurred_on, o.stopped_on,
        refresh_chains.today) when 'MOVED_OUT' then coalesce(o.stopped_on, refresh_chains.today) end, case p.status when 'DECEASED' then 'DIED' when 'MOVED_OUT' then 'MOVED' end)
    on conflict (county_code, chain_id, child_id) do update set birth_id = excluded.birth_id, born_on = excluded.born_on,
      plurality = excluded.plurality, sequence = excluded.sequence, stopped_on = excluded.stopped_on, stop_reason = excluded.stop_reason
  ),
  gone as (
    delete from chain_children k using c
    where k.county_code = county and k.chain_id = c.id and k.birth_id is not null
      and not exists (select from b where b.chain_id = c.id and b.child_id = k.child_id)
  ),
  born as (
    select b.chain_id, min(b.occurred_on) as born_on, bool_and(b.place in ('HOSPITAL', 'MCH', 'TOWNSHIP_CENTRE')) as is_hospital_birth,
      min(b.division_code) as division_code, min(b.occurred_on - b.gestation_days + 280) as expected_on
    from b group by 1
  ),
  terminated as (
    select e.chain_id, min(e.occurred_on) as ended_on
    from c join chain_events e on e.county_code = county and e.chain_id = c.id
    where e.item = 'MEDICAL_TERMINATION' and e.event = 'DONE' and e.voided_at is null
    group by 1
  ),
  facts as (
    select c.id, c.closed_on, c.close_reason,
      case when n.born_on is not null then n.born_on when p.status = 'DELIVERED' then p.ended_on end as born_on,
      coalesce(n.is_hospital_birth, false) as is_hospital_birth,
      coalesce(p.expected_on, c.expected_on, n.expected_on) as expected_on,
      case when n.division_code is not null then n.division_code when w.status = 'MOVED_OUT' then c.division_code
        else w.residence_division end as division_code,
      case
        when n.born_on is null and t.ended_on is not null then 'ENDED'
        when n.born_on is null and p.status = 'ENDED_LOSS' then 'ENDED'
        when w.status = 'DECEASED' then 'DIED'
        when c.stop_reason = 'LEFT' then 'LEFT'
        when w.status = 'MOVED_OUT' or n.born_on is null and p.status = 'TRANSFERRED_OUT' then 'MOVED'
        when n.born_on is null and p.status is distinct from 'DELIVERED'
          and coalesce(p.expected_on, c.expected_on) + 60 < refresh_chains.today then 'LOST'
      end as stop_reason,
      t.ended_on as terminated_on, p.ended_on as lost_on, m.occurred_on as died_on, c.stopped_on as stood_on, c.stop_reason as stood_reason,
      coalesce(p.expected_on, c.expected_on) as was_expected_on, c.opened_on
    from c
    cross join lateral (select w.status, w.residence_division from persons w where w.county_code = county and w.id = c.woman_id offset 0) w
    left join pregnancies p on p.county_code = county and p.id = c.pregnancy_id and p.voided_at is null
    left join born n on n.chain_id = c.id
    left join terminated t on t.chain_id = c.id
    left join lateral (select m.occurred_on from deaths m where w.status = 'DECEASED' and m.county_code = county and m.person_id = c.woman_id
      and m.voided_at is null offset 0) m on true
  ),
  settled as (
    select f.*,
      case f.stop_reason
        when 'ENDED' then coalesce(f.terminated_on, f.lost_on, refresh_chains.today)
        when 'DIED' then coalesce(f.died_on, refresh_chains.today)
        when 'LOST' then f.was_expected_on + 60
        when 'LEFT' then f.stood_on
        when 'MOVED' then case when f.stood_reason = 'MOVED' then f.stood_on else refresh_chains.today end
      end as stopped_on,
      date_trunc('month', coalesce(f.born_on, f.expected_on, f.opened_on))::date as cohort_month,
      case
        when f.close_reason in ('MERGED', 'COMPLETED') then f.close_reason
        when f.stop_reason is not null and f.born_on is null then f.stop_reason
        when f.born_on + 400 < refresh_chains.today and not exists (select from chain_links l where l.county_code = county
          and l.chain_id = f.id and l.state in ('NOT_DUE', 'DUE', 'OFFERED')) then 'COMPLETED'
        -- An intention that came to nothing for two years.
        when f.expected_on is null and f.born_on is null and f.opened_on + 730 < refresh_chains.today then 'COMPLETED'
      end as close_now
    from facts f
  )
  update chains c
  set born_on = s.born_on, is_hospital_birth = s.is_hospital_birth, expected_on = s.expected_on, division_code = s.division_code,
    stopped_on = s.stopped_on, stop_reason = s.stop_reason, cohort_month = s.cohort_month, close_reason = s.close_now,
    closed_on = case when s.close_now is null then null when s.close_now = s.close_reason then s.closed_on
      else greatest(coalesce(s.stopped_on, refresh_chains.today), s.opened_on) end,
    updated_at = refresh_chains.at, version = c.version + 1
  from settled s
  where c.county_code = county and c.id = s.id
    and (c.born_on, c.is_hospital_birth, c.expected_on, c.division_code, c.stopped_on, c.stop_reason, c.cohort_month, c.close_reason)
      is distinct from (s.born_on, s.is_hospital_birth, s.expected_on, s.division_code, s.stopped_on, s.stop_reason, s.cohort_month, s.close_now)
    -- What would open again beside another that is open stays closed.
    and not (s.close_now is null and s.born_on is null and (c.closed_on is not null or c.born_on is not null)
      and exists (select from chains o where o.county_code = county and o.woman_id = c.woman_id and o.id <> c.id and o.born_on is null
        and o.closed_on is null and o.voided_at is null));
  return app.project_chains(county, those, null, refresh_chains.today);
end
$$;
--> statement-breakpoint
-- Chains from the register: of these women, or (null) of the county; then everything that follows. Told twice, it does
-- nothing the second time.
create function app.plan_chains(county integer, women uuid[], today date, at timestamptz) returns table (opened integer, changed integer)
language plpgsql security definer set search_path = public, app, pg_temp
  set plan_cache_mode = auto set enable_nestloop = on set enable_mergejoin = on set enable_seqscan = on set jit = off as $$
#variable_conflict use_column
declare
  since constant date := plan_chains.today - 400;
  fresh uuid[];
  more uuid[];
  touched uuid[];
begin
  if women is null then
    perform set_config('plan_cache_mode', 'force_custom_plan', true);
  else
    perform set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true);
    perform from persons p where p.county_code = county and p.id = any(women) order by p.id for no key update;
  end if;
  -- A pregnancy goes into the chain that waits for it …
  update chains c set pregnancy_id = n.id, expected_on = n.expected_on, updated_at = plan_chains.at, version = c.version + 1
  from (
    select distinct on (p.woman_id) p.*
    from pregnancies p
    where p.county_code = county and (women is null or p.woman_id = any(women)) and p.expected_on >= since
      and p.status in ('REGISTERED', 'ONGOING') and p.voided_at is null
      and not exists (select from chains x where x.county_code = county and x.pregnancy_id = p.id and x.voided_at is null)
    order by p.woman_id, p.expected_on desc
  ) n
  where c.county_code = county and c.woman_id = n.woman_id and c.pregnancy_id is null and c.born_on is null and c.closed_on is null
    and c.voided_at is null;
  -- … or opens one; a birth does, where none was open.
  with made as (
    insert into chains (county_code, id, woman_id, pregnancy_id, facility_id, division_code, ground, opened_on, expected_on, born_on,
      is_hospital_birth, stopped_on, stop_reason, cohort_month, closed_on, close_reason, updated_at, version, recorded_at, source)
    select county, app.derived_id('chain' || p.id), p.woman_id, p.id, f.id, p.division_code, 'PREGNANCY',
      least(p.registered_on, plan_chains.today), p.expected_on, case when p.status = 'DELIVERED' then p.ended_on end, false,
      case when p.status = 'ENDED_LOSS' then p.ended_on end, case when p.status = 'ENDED_LOSS' then 'ENDED' end,
      date_trunc('month', p.expected_on)::date, case when p.status = 'ENDED_LOSS' then p.ended_on end,
      case when p.status = 'ENDED_LOSS' then 'ENDED' end, plan_chains.at, 1, plan_chains.at, 'REGISTER'
    from (
      select p.county_code, p.id, p.woman_id, p.division_code, p.registered_on, p.expected_on, p.registered_organisation_id,
        p.status, case when p.status in ('DELIVERED', 'ENDED_LOSS') then coalesce(p.ended_on, p.expected_on) end as ended_on
      from pregnancies p join persons w on w.county_code = county and w.id = p.woman_id
      where p.county_code = county and (women is null or p.woman_id = any(women)) and p.expected_on >= since and p.voided_at is null
        and p.status <> 'TRANSFERRED_OUT' and w.status in ('ACTIVE', 'SUSPECT_DUP', 'DECEASED', 'MOVED_OUT')
        and not exists (select from chains x where x.county_code = county and x.pregnancy_id = p.id and x.voided_at is null)
    ) p
    left join organisations f on f.id = p.registered_organisation_id
    order by p.expected_on desc, p.id
    on conflict do nothing
    returning id, facility_id, opened_on
  ),
  held as (
    insert into chain_facilities (county_code, id, chain_id, facility_id, ground, from_on, recorded_at, source)
    select county, app.derived_id('owner' || m.id), m.id, m.facility_id, 'OWNER', m.opened_on, plan_chains.at, 'REGISTER'
    from made m where m.facility_id is not null
    on conflict do nothing
  )
  select coalesce(array_agg(m.id), '{}') from made m into fresh;
  with b as (
    select distinct on (b.mother_id, b.occurred_on) b.*
    from births b join persons w on w.county_code = county and w.id = b.mother_id
    where b.county_code = county and (women is null or b.mother_id = any(women)) and b.occurred_on >= since and b.voided_at is null
      and w.status in ('ACTIVE', 'SUSPECT_DUP', 'DECEASED', 'MOVED_OUT')
      and not exists (select from chains c where c.county_code = county and c.woman_id = b.mother_id and c.voided_at is null
        and (b.pregnancy_id = c.pregnancy_id or (b.pregnancy_id is null or c.pregnancy_id is null and not exists (select from chains x
            where x.county_code = county and x.pregnancy_id = b.pregnancy_id and x.voided_at is null))
          and (c.closed_on is null or c.closed_on >= b.occurred_on)
          and b.occurred_on >= coalesce(c.expected_on - 140, c.opened_on - 5) and b.occurred_on <= coalesce(c.expected_on + 45, c.opened_on + 700)))
    order by b.mother_id, b.occurred_on, b.sequence
  ),
  made as (
    insert into chains (county_code, id, woman_id, facility_id, division_code, ground, opened_on, expected_on, born_on, is_hospital_birth,
      cohort_month, updated_at, version, recorded_at, source)
    select county, app.derived_id('chain' || b.mother_id || b.occurred_on), b.mother_id, f.id, b.division_code, 'BIRTH', b.occurred_on,
      b.occurred_on - coalesce(b.gestation_days, 280) + 280, b.occurred_on, b.place in ('HOSPITAL', 'MCH', 'TOWNSHIP_CENTRE'),
      date_trunc('month', b.occurred_on)::date, plan_chains.at, 1, plan_chains.at, 'REGISTER'
    from b left join organisations f on f.id = b.facility_id
    on conflict do nothing
    returning id, facility_id, opened_on
  ),
  held as (
    insert into chain_facilities (county_code, id, chain_id, facility_id, ground, from_on, recorded_at, source)
    select county, app.derived_id('owner' || m.id), m.id, m.facility_id, 'OWNER', m.opened_on, plan_chains.at, 'REGISTER'
    from made m where m.facility_id is not null
    on conflict do nothing
  )
  select coalesce(array_agg(m.id), '{}') from made m into more;
  if women is null then
    select coalesce(array_agg(c.id), '{}') from chains c
      where c.county_code = county and c.voided_at is null and (c.closed_on is null or c.id = any(fresh || more)) into touched;
  else
    select coalesce(array_agg(c.id), '{}') from chains c
      where c.county_code = county and c.voided_at is null and c.woman_id = any(women) into touched;
  end if;
  opened := cardinality(fresh) + cardinality(more);
  changed := case when cardinality(touched) = 0 then 0 else app.refresh_chains(county, touched, plan_chains.today, plan_chains.at) end;
  return next;
end
$$;
--> statement-breakpoint
-- What the day alone changes: windows that open and close, and what the village was told of an offer.
create function app.advance_chains(county integer, today date, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  moved uuid[];
begin
  insert into chain_events (county_code, id, chain_id, item, subject_id, event, occurred_on, reason, record_id, facility_id, division_code,
    recorded_at, source)
  select county, app.derived_id('declined' || e.id), e.chain_id, e.item, e.subject_id, 'DECLINED', o.closed_on, 'NOT_SAID', e.offer_id,
    e.facility_id, e.division_code, advance_chains.at, 'OFFER'
  from chain_events e
  join service_offers o on o.county_code = county and o.id = e.offer_id and o.closing = 'DECLINED'
  join chain_links l on l.county_code = county and l.chain_id = e.chain_id and l.item = e.item and l.subject_id = e.subject_id
    and l.state = 'OFFERED'
  where e.county_code = county and e.offer_id is not null and e.event = 'OFFERED' and e.voided_at is null
  on conflict do nothing;
  select coalesce(array_agg(distinct l.chain_id), '{}') from (
    select l.chain_id from chain_links l where l.county_code = county and l.state = 'NOT_DUE' and l.window_from <= advance_chains.today
    union all
    select l.chain_id from chain_links l where l.county_code = county and l.state in ('DUE', 'OFFERED') and l.window_to < advance_chains.today
    union all
    select e.chain_id from chain_events e join chain_links l on l.county_code = county and l.chain_id = e.chain_id and l.item = e.item
      and l.subject_id = e.subject_id and l.state = 'OFFERED'
      where e.county_code = county and e.event = 'DECLINED' and e.source = 'OFFER' and e.voided_at is null
  ) l into moved;
  return case when cardinality(moved) = 0 then 0 else app.project_chains(county, moved, null, advance_chains.today) end;
end
$$;
--> statement-breakpoint
-- The counts as the links themselves give them.
create function app.recount_chains(county integer) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  counted integer;
begin
  delete from chain_tallies t where t.county_code = county;
  insert into chain_tallies (county_code, cohort_month, division_code, item, state, reason, links, offered, accepted, positive, followed)
  select county, l.cohort_month, rpad(left(l.division_code, 9), 12, '0'), l.item, l.state, coalesce(l.drop_reason, ''), count(*),
    count(*) filter (where l.offered_on is not null or l.state in ('DONE', 'DECLINED')),
    count(*) filter (where l.accepted_on is not null or l.state = 'DONE'),
    count(l.positive_on), count(l.followed_on)
  from chain_links l where l.county_code = county
  group by 2, 3, 4, 5, 6;
  get diagnostics counted = row_count;
  insert into chain_tally_stamps as s (county_code, cohort_month, changes)
  select distinct county, t.cohort_month, 1 from chain_tallies t where t.county_code = county
  on conflict (county_code, cohort_month) do update set changes = s.changes + 1;
  return counted;
end
$$;
--> statement-breakpoint
revoke all on function app.project_chains, app.refresh_chains, app.plan_chains, app.advance_chains, app.recount_chains from public;
--> statement-breakpoint
grant execute on function app.plan_chains, app.advance_chains, app.recount_chains to youyu_app;
--> statement-breakpoint
-- The chain that a woman has open, or a new one; whoever asks takes one that nobody has. Answers its id.
create function app.open_chain(
  county integer, chain uuid, woman uuid, partner uuid, pregnancy uuid, ground text, opened_on date, married_on date, expected_on date,
  manager uuid, today date, actor uuid, at timestamptz
) returns uuid
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  hers uuid;
  living text;
begin
  if not app.area_touches(county) then
    return null;
  end if;
  select p.residence_division into living from persons p
    where p.county_code = county and p.id = open_chain.woman and p.status <> 'MERGED';
  if living is null then
    return null;
  end if;
  perform app.plan_chains(county, array[open_chain.woman], open_chain.today, open_chain.at);
  select c.id into hers from chains c
  where c.county_code = county and c.woman_id = open_chain.woman and c.voided_at is null
    and (c.pregnancy_id = open_chain.pregnancy
      or c.closed_on is null and (c.born_on is null or open_chain.ground = 'BIRTH' and open_chain.pregnancy is null))
  order by coalesce(c.pregnancy_id = open_chain.pregnancy, false) desc, c.born_on nulls first, c.opened_on desc limit 1;
  if hers is null then
    insert into chains (county_code, id, woman_id, partner_id, facility_id, case_manager_id, division_code, ground, opened_on, married_on,
      expected_on, is_hospital_birth, cohort_month, updated_at, version, recorded_at, recorded_by, source)
    values (county, open_chain.chain, open_chain.woman, open_chain.partner, app.facility(), open_chain.manager, living, open_chain.ground,
      open_chain.opened_on, open_chain.married_on, open_chain.expected_on, false,
      date_trunc('month', coalesce(open_chain.expected_on, open_chain.opened_on))::date, open_chain.at, 1, open_chain.at,
      open_chain.actor, 'MANUAL')
    returning id into hers;
  else
    update chains c set partner_id = coalesce(c.partner_id, open_chain.partner), married_on = coalesce(c.married_on, open_chain.married_on),
      facility_id = coalesce(c.facility_id, app.facility()),
      case_manager_id = case when c.facility_id is null then open_chain.manager else c.case_manager_id end,
      updated_at = open_chain.at, version = c.version + 1
    where c.county_code = county and c.id = hers
      and (c.facility_id is null or c.partner_id is null and open_chain.partner is not null
        or c.married_on is null and open_chain.married_on is not null);
  end if;
  insert into chain_facilities (county_code, id, chain_id, facility_id, ground, from_on, recorded_at, recorded_by, source)
  select county, app.derived_id('owner' || c.id || c.facility_id), c.id, c.facility_id, 'OWNER', least(open_chain.opened_on, open_chain.today),
    open_chain.at, open_chain.actor, 'MANUAL'
  from chains c where c.county_code = county and c.id = hers and c.facility_id = app.facility()
  on conflict do nothing;
  perform app.project_chains(county, array[hers], null, open_chain.today);
  return hers;
end
$$;
--> statement-breakpoint
-- Which chain somebody's record belongs to, brought up to the register first. Tells dates, nothing of its links.
create function app.chain_for(county integer, woman uuid, pregnancy uuid, child uuid, on_day date, today date, at timestamptz)
returns table (chain_id uuid, woman_id uuid, pregnancy_id uuid, facility_id uuid, division_code text, opened_on date, expected_on date,
  born_on date, cohort_month date, closed_on date, is_joined boolean)
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  mother uuid := chain_for.woman;
begin
  if not app.area_touches(county) then
    return;
  end if;
  if mother is null and chain_for.pregnancy is not null then
    select p.woman_id into mother from pregnancies p where p.county_code = county and p.id = chain_for.pregnancy;
  elsif mother is null then
    select b.mother_id into mother from births b where b.county_code = county and b.child_id = chain_for.child and b.voided_at is null;
  end if;
  if mother is not null then
    perform app.plan_chains(county, array[mother], chain_for.today, chain_for.at);
  end if;
  return query
  select c.id, c.woman_id, c.pregnancy_id, c.facility_id, c.division_code, c.opened_on, c.expected_on, c.born_on, c.cohort_month, c.closed_on,
    exists (select from chain_facilities f where f.county_code = county and f.chain_id = c.id and f.facility_id = app.facility() and f.until_on is null)
  from chains c
  where c.county_code = county and c.voided_at is null
    and (c.woman_id = mother and chain_for.child is null and (chain_for.pregnancy is null or c.pregnancy_id = chain_for.pregnancy)
      or chain_for.child is not null and exists (select from chain_children k
        where k.county_code = county and k.chain_id = c.id and k.child_id = chain_for.child))
  order by (c.opened_on <= chain_for.on_day) desc, c.closed_on is not null, c.born_on nulls first, c.opened_on desc
  limit 1;
end
$$;
--> statement-breakpoint
-- Appends what was said and done of items, in the name of the facility of the transaction, and brings the links along.
create function app.record_links(county integer, events jsonb, today date, actor uuid, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  touched uuid[];
  items text[];
begin
  if not app.area_touches(county) then
    return 0;
  end if;
  with said as (
    select n.* from jsonb_to_recordset(events) as n (id uuid, "chainId" uuid, item text, "childId" uuid, event text, "on" date, reason text,
      "from" date, "to" date, "recordId" uuid, "offerId" uuid)
  ),
  written as (
    insert into chain_events (county_code, id, chain_id, item, subject_id, event, occurred_on, reason, window_from, window_to, record_id,
      offer_id, facility_id, division_code, recorded_at, recorded_by, source)
    select county, n.id, c.id, n.item, coalesce(n."childId", c.id), n.event, n."on", n.reason, n."from", n."to", n."recordId", n."offerId",
      coalesce(app.facility(), c.facility_id), c.division_code, record_links.at, record_links.actor, 'MANUAL'
    from said n join chains c on c.county_code = county and c.id = n."chainId" and c.voided_at is null
    where coalesce(app.facility(), c.facility_id) is not null
    on conflict do nothing
  )
  select array_agg(distinct n."chainId"), array_agg(distinct n.item) from said n into touched, items;
  perform app.close_chain_offers(county, touched, record_links.today, record_links.at);
  if 'MEDICAL_TERMINATION' = any(items) then
    return app.refresh_chains(county, touched, record_links.today, record_links.at);
  end if;
  return app.project_chains(county, touched, app.items_with(county, items, record_links.today), record_links.today);
end
$$;
--> statement-breakpoint
-- Once she has answered or it was done, nobody brings the offer any more; unless it stands for another item as well.
create function app.close_chain_offers(county integer, those uuid[], today date, at timestamptz) returns void
language plpgsql set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  update service_offers o
  set closed_on = greatest(close_chain_offers.today, o.opened_on), closing = case when a.is_done then 'DONE' else 'NOT_NEEDED' end,
    updated_at = close_chain_offers.at, version = o.version + 1
  from (
    select e.offer_id, bool_or(s.event = 'DONE') as is_done, bool_and(s.event is not null) as is_answered
    from unnest(those) as c (id)
    join chain_events e on e.county_code = county and e.chain_id = c.id and e.offer_id is not null and e.event = 'OFFERED' and e.voided_at is null
    left join chain_events s on s.county_code = county and s.chain_id = c.id and s.item = e.item and s.subject_id = e.subject_id
      and s.event in ('DONE', 'DECLINED', 'NOT_APPLICABLE') and s.voided_at is null
    group by 1
  ) a
  where a.is_answered and o.county_code = county and o.id = a.offer_id and o.closed_on is null;
end
$$;
--> statement-breakpoint
revoke all on function app.close_chain_offers from public;
--> statement-breakpoint
-- Items, with those that they may serve.
create function app.items_with(county integer, items text[], today date) returns text[]
language sql stable set search_path = public, app, pg_temp as $$
  select array(select unnest(items_with.items) union
    select s.item from app.chain_schedule(items_with.county, items_with.today) s where s.served_by && items_with.items)
$$;
--> statement-breakpoint
-- A record was taken back: what it said of the chain goes, and the links fall back to what else is known.
create function app.void_links(county integer, record uuid, reason text, today date, actor uuid, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  touched uuid[];
begin
  if not app.area_touches(county) then
    return 0;
  end if;
  with gone as (
    update chain_events e set voided_at = void_links.at, voided_by = void_links.actor, void_reason = void_links.reason
    where e.county_code = county and e.record_id = void_links.record and e.voided_at is null
      and (app.facility() is null or e.facility_id = app.facility())
    returning e.chain_id
  )
  select coalesce(array_agg(distinct g.chain_id), '{}') from gone g into touched;
  return case when cardinality(touched) = 0 then 0 else app.refresh_chains(county, touched, void_links.today, void_links.at) end;
end
$$;
--> statement-breakpoint
-- Lets a facility in, or makes it the case manager's. The first does whoever takes part, or the facility itself with her consent.
create function app.join_chain(county integer, chain uuid, facility uuid, ground text, manager uuid, on_day date, today date, actor uuid, at timestamptz)
returns boolean
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  if not app.area_touches(county) or not exists (select from chains c where c.county_code = county and c.id = join_chain.chain and c.voided_at is null) then
    return false;
  end if;
  if join_chain.ground = 'OWNER' then
    -- The one who had it still sees what it did, and reads on by her consent until she ends that.
    update chain_facilities f set ground = 'CONSENT'
    where f.county_code = county and f.chain_id = join_chain.chain and f.ground = 'OWNER' and f.facility_id <> join_chain.facility and f.until_on is null;
    update chains c set facility_id = join_chain.facility, case_manager_id = join_chain.manager, updated_at = join_chain.at, version = c.version + 1
    where c.county_code = county and c.id = join_chain.chain;
  end if;
  insert into chain_facilities as f (county_code, id, chain_id, facility_id, ground, from_on, recorded_at, recorded_by, source)
  values (county, app.derived_id(join_chain.ground || join_chain.chain || join_chain.facility || join_chain.at), join_chain.chain,
    join_chain.facility, join_chain.ground, join_chain.on_day, join_chain.at, join_chain.actor, 'MANUAL')
  on conflict (county_code, chain_id, facility_id) where until_on is null
    do update set ground = case when f.ground = 'OWNER' then f.ground else excluded.ground end;
  if join_chain.ground = 'OWNER' then
    update chain_facilities f set ground = 'OWNER'
    where f.county_code = county and f.chain_id = join_chain.chain and f.facility_id = join_chain.facility and f.until_on is null;
    perform app.project_chains(county, array[join_chain.chain], null, join_chain.today);
  end if;
  return true;
end
$$;
--> statement-breakpoint
-- A facility reads no longer; of the case manager's, nobody's chain is left.
create function app.leave_chain(county integer, chain uuid, facility uuid, on_day date, today date, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  was text;
begin
  update chain_facilities f set until_on = greatest(leave_chain.on_day, f.from_on)
  where f.county_code = county and f.chain_id = leave_chain.chain and f.facility_id = leave_chain.facility and f.until_on is null
    and (leave_chain.facility = app.facility() or app.joins(county, leave_chain.chain))
  returning f.ground into was;
  if was = 'OWNER' then
    update chains c set facility_id = null, case_manager_id = null, updated_at = leave_chain.at, version = c.version + 1
    where c.county_code = county and c.id = leave_chain.chain and c.facility_id = leave_chain.facility;
    perform app.project_chains(county, array[leave_chain.chain], null, leave_chain.today);
  end if;
  return was is not null;
end
$$;
--> statement-breakpoint
-- She wants no more of it: nothing falls due any more, and what was done stays.
create function app.stop_chain(county integer, chain uuid, on_day date, today date, at timestamptz) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  if not app.joins(county, stop_chain.chain) then
    return;
  end if;
  update chains c set stopped_on = greatest(stop_chain.on_day, c.opened_on), stop_reason = 'LEFT', updated_at = stop_chain.at, version = c.version + 1
  where c.county_code = county and c.id = stop_chain.chain and c.stop_reason is null;
  perform app.refresh_chains(county, array[stop_chain.chain], stop_chain.today, stop_chain.at);
end
$$;
--> statement-breakpoint
revoke all on function app.open_chain, app.chain_for, app.record_links, app.items_with, app.void_links, app.join_chain, app.leave_chain,
  app.stop_chain from public;
--> statement-breakpoint
grant execute on function app.open_chain, app.chain_for, app.record_links, app.void_links, app.join_chain, app.leave_chain,
  app.stop_chain to youyu_care;
--> statement-breakpoint
-- The chains of a woman, or the one of a child, in which the facility takes part, newest first: everything of their page.
create function app.chains_of_person(county integer, person uuid, today date) returns jsonb
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  pages jsonb;
begin
  with hers as materialized (
    select c.* from chains c
    where c.county_code = county and c.woman_id = person and c.voided_at is null and c.close_reason is distinct from 'MERGED'
    union all
    select c.* from chain_children k join chains c on c.county_code = county and c.id = k.chain_id
    where k.county_code = county and k.child_id = person and c.voided_at is null
  )
  select jsonb_agg(jsonb_build_object(
    'id', c.id, 'woman', jsonb_build_object('id', w.id, 'name', w.name, 'birthDate', w.birth_date), 'partnerId', c.partner_id,
    'pregnancyId', c.pregnancy_id, 'facility', case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.name) end,
    'isCaseManager', c.facility_id is not distinct from app.facility(), 'ground', c.ground, 'openedOn', c.opened_on,
    'marriedOn', c.married_on, 'expectedOn', c.expected_on, 'bornOn', c.born_on,
    'gestationDays', coalesce(c.born_on, c.stopped_on, chains_of_person.today) - (c.expected_on - 280),
    'stoppedOn', c.stopped_on, 'stopReason', c.stop_reason, 'closedOn', c.closed_on, 'closeReason', c.close_reason,
    'division', jsonb_build_object('code', c.division_code, 'name', coalesce(d.name, c.division_code)), 'version', c.version,
    'children', (select coalesce(jsonb_agg(jsonb_build_object('id', k.child_id, 'name', p.name, 'bornOn', k.born_on, 'sequence', k.sequence,
        'plurality', k.plurality) order by k.born_on, k.sequence), '[]')
      from chain_children k join persons p on p.county_code = county and p.id = k.child_id
      where k.county_code = county and k.chain_id = c.id),
    'facilities', (select coalesce(jsonb_agg(jsonb_build_object('id', f.facility_id, 'name', g.name, 'ground', f.ground, 'fromOn', f.from_on,
        'untilOn', f.until_on) order by f.from_on, f.id), '[]')
      from chain_facilities f join organisations g on g.id = f.facility_id
      where f.county_code = county and f.chain_id = c.id),
    'links', (select coalesce(jsonb_agg(jsonb_build_object('item', l.item, 'link', l.link, 'childId', nullif(l.subject_id, l.chain_id),
        'windowFrom', l.window_from, 'windowTo', l.window_to, 'state', l.state, 'offeredOn', l.offered_on, 'acceptedOn', l.accepted_on,
        'settledOn', l.settled_on, 'positiveOn', l.positive_on, 'followedOn', l.followed_on, 'dropReason', l.drop_reason,
        'facility', case when e.facility_id is not null then jsonb_build_object('id', e.facility_id, 'name', g.name) end,
        'recordId', e.record_id) order by l.link, l.window_from nulls last, l.item, l.subject_id), '[]')
      from chain_links l
      left join (
        select distinct on (e.item, e.subject_id) e.item, e.subject_id, e.facility_id, e.record_id
        from chain_events e
        where e.county_code = county and e.chain_id = c.id and e.voided_at is null
        order by e.item, e.subject_id, e.event = 'DONE' desc, e.event in ('DECLINED', 'NOT_APPLICABLE') desc, e.occurred_on desc, e.id desc
      ) e on e.item = l.item and e.subject_id = l.subject_id
      left join organisations g on g.id = e.facility_id
      where l.county_code = county and l.chain_id = c.id)
    ) order by c.opened_on desc, c.id)
  into pages
  from hers c
  join persons w on w.county_code = county and w.id = c.woman_id
  left join organisations o on o.id = c.facility_id
  left join divisions d on d.code = c.division_code and d.valid_to is null
  where exists (select from chain_facilities f where f.county_code = county and f.chain_id = c.id and f.facility_id = app.facility()
    and f.until_on is null);
  return coalesce(pages, '[]');
end
$$;
--> statement-breakpoint
revoke all on function app.chains_of_person from public;
--> statement-breakpoint
grant execute on function app.chains_of_person to youyu_care;
--> statement-breakpoint
-- The same of many, for the page of a list: in one call.
create function app.clients_of(county integer, clients uuid[])
returns table (id uuid, name text, birth_date date, phone_mask text)
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select p.id, p.name, p.birth_date, p.phone_mask
  from unnest(clients) as c (id) join persons p on p.county_code = clients_of.county and p.id = c.id and p.status <> 'MERGED'
  where exists (
    select from organisations o
    where o.id = app.facility() and left(o.division_code, 6) = lpad(clients_of.county::text, 6, '0'));
end
$$;
--> statement-breakpoint
revoke all on function app.clients_of from public;
--> statement-breakpoint
grant execute on function app.clients_of to youyu_care;
--> statement-breakpoint
alter table couple_checks enable row level security;
--> statement-breakpoint
create policy couple_checks_joined on couple_checks for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy couple_checks_own on couple_checks for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy couple_checks_changed on couple_checks for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on couple_checks to youyu_care;
--> statement-breakpoint
alter table couple_check_parties enable row level security;
--> statement-breakpoint
create policy couple_check_parties_joined on couple_check_parties for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy couple_check_parties_own on couple_check_parties for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy couple_check_parties_changed on couple_check_parties for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on couple_check_parties to youyu_care;
--> statement-breakpoint
alter table preconception_follow_ups enable row level security;
--> statement-breakpoint
create policy preconception_follow_ups_joined on preconception_follow_ups for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy preconception_follow_ups_own on preconception_follow_ups for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy preconception_follow_ups_changed on preconception_follow_ups for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on preconception_follow_ups to youyu_care;
--> statement-breakpoint
alter table torch_tests enable row level security;
--> statement-breakpoint
create policy torch_tests_joined on torch_tests for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy torch_tests_own on torch_tests for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy torch_tests_changed on torch_tests for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on torch_tests to youyu_care;
--> statement-breakpoint
alter table torch_results enable row level security;
--> statement-breakpoint
create policy torch_results_joined on torch_results for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy torch_results_own on torch_results for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy torch_results_changed on torch_results for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on torch_results to youyu_care;
--> statement-breakpoint
alter table torch_cases enable row level security;
--> statement-breakpoint
create policy torch_cases_joined on torch_cases for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy torch_cases_own on torch_cases for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy torch_cases_changed on torch_cases for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on torch_cases to youyu_care;
--> statement-breakpoint
alter table torch_case_steps enable row level security;
--> statement-breakpoint
create policy torch_case_steps_joined on torch_case_steps for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy torch_case_steps_own on torch_case_steps for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy torch_case_steps_changed on torch_case_steps for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on torch_case_steps to youyu_care;
--> statement-breakpoint
alter table folic_acid_courses enable row level security;
--> statement-breakpoint
create policy folic_acid_courses_joined on folic_acid_courses for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy folic_acid_courses_own on folic_acid_courses for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy folic_acid_courses_changed on folic_acid_courses for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on folic_acid_courses to youyu_care;
--> statement-breakpoint
alter table folic_acid_issues enable row level security;
--> statement-breakpoint
create policy folic_acid_issues_joined on folic_acid_issues for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy folic_acid_issues_own on folic_acid_issues for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy folic_acid_issues_changed on folic_acid_issues for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on folic_acid_issues to youyu_care;
--> statement-breakpoint
alter table folic_acid_follow_ups enable row level security;
--> statement-breakpoint
create policy folic_acid_follow_ups_joined on folic_acid_follow_ups for select to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy folic_acid_follow_ups_own on folic_acid_follow_ups for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy folic_acid_follow_ups_changed on folic_acid_follow_ups for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on folic_acid_follow_ups to youyu_care;
--> statement-breakpoint
alter table folic_acid_surveys enable row level security;
--> statement-breakpoint
create policy folic_acid_surveys_of_facility on folic_acid_surveys for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on folic_acid_surveys to youyu_care;
--> statement-breakpoint
grant select on torch_editions, torch_cells, folic_acid_products to youyu_app;
--> statement-breakpoint
grant select, insert on check_item_sets to youyu_app;
--> statement-breakpoint
-- The records of the chain go with a merge of two records of one person as those of contraception do, after them.
-- Where records of care name a person, beside those that app.move_care knows: whatever table is added is found here.
create function app.columns_of_chain_people() returns table (relation text, person text, has_chain boolean)
language sql stable set search_path = public, app, pg_temp as $$
  select c.relname::text, a.attname::text, exists (select from pg_attribute x where x.attrelid = c.oid and x.attname = 'chain_id' and not x.attisdropped)
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    and a.attname in ('client_id', 'woman_id', 'man_id', 'mother_id', 'father_id', 'partner_id', 'child_id', 'person_id', 'subject_id')
  join pg_attribute k on k.attrelid = c.oid and k.attname = 'id' and not k.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and has_table_privilege('youyu_care', c.oid, 'select') and not has_table_privilege('youyu_app', c.oid, 'select')
    and c.relname not in ('mec_screens', 'mec_overrides', 'informed_choices', 'care_consents', 'encounters', 'method_episodes', 'procedures',
      'complications', 'follow_up_tasks', 'menopause_notes', 'dispensing_clients', 'check_visits', 'check_findings', 'rti_cases',
      'infertility_cases', 'check_invitations', 'care_clients')
  order by 1, 2
$$;
--> statement-breakpoint
-- Puts one value in the place of another, row by row where the whole would name somebody twice; what went is kept to go back.
create function app.move_in_column(county integer, merge_id uuid, relation text, field text, was uuid, becomes uuid) returns void
language plpgsql set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  row_of uuid;
begin
  for row_of in execute format('select id from %I where county_code = $1 and %I = $2 order by id', relation, field) using county, was loop
    begin
      execute format('update %I set %I = $3 where county_code = $1 and id = $2', relation, field) using county, row_of, becomes;
      insert into care_merge_rows (county_code, merge_id, relation, row_id, is_moved, was)
      values (county, merge_id, relation || '.' || field, row_of, true, jsonb_build_object('was', was)) on conflict do nothing;
    exception when unique_violation or exclusion_violation or check_violation then
      -- Told twice: the row of the record that is kept stands.
      null;
    end;
  end loop;
end
$$;
--> statement-breakpoint
create function app.merge_chains(county integer, merge_id uuid, at timestamptz, by uuid) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  kept uuid;
  merged uuid;
  today date := (merge_chains.at at time zone 'Asia/Shanghai')::date;
  hers chains;
  other chains;
  place record;
  touched uuid[];
begin
  select m.kept_id, m.merged_id into kept, merged from care_merges m where m.county_code = county and m.id = merge_chains.merge_id;
  if kept is null or exists (select from care_merge_rows r where r.county_code = county and r.merge_id = merge_chains.merge_id
    and (r.relation = 'chains' or r.relation like '%.%')) then
    return;
  end if;
  select array_agg(c.id) into touched from chains c where c.county_code = county and c.woman_id in (kept, merged);
  select * into hers from chains c where c.county_code = county and c.woman_id = kept and c.born_on is null and c.closed_on is null and c.voided_at is null;
  select * into other from chains c where c.county_code = county and c.woman_id = merged and c.born_on is null and c.closed_on is null and c.voided_at is null;
  if hers.id is not null and other.id is not null then
    insert into care_merge_rows (county_code, merge_id, relation, row_id, is_moved, was)
    values (county, merge_chains.merge_id, 'chains', hers.id, false, to_jsonb(hers)), (county, merge_chains.merge_id, 'chains', other.id, false, to_jsonb(other));
    update chains c set closed_on = greatest(today, c.opened_on), close_reason = 'MERGED',
      pregnancy_id = case when hers.pregnancy_id is null then null else c.pregnancy_id end, updated_at = merge_chains.at, version = c.version + 1
    where c.county_code = county and c.id = other.id;
    update chains c set pregnancy_id = coalesce(c.pregnancy_id, other.pregnancy_id), expected_on = coalesce(c.expected_on, other.expected_on),
      partner_id = coalesce(c.partner_id, other.partner_id), married_on = coalesce(c.married_on, other.married_on),
      facility_id = coalesce(c.facility_id, other.facility_id), opened_on = least(c.opened_on, other.opened_on),
      updated_at = merge_chains.at, version = c.version + 1
    where c.county_code = county and c.id = hers.id;
    insert into chain_facilities (county_code, id, chain_id, facility_id, ground, from_on, recorded_at, recorded_by, source)
    select county, app.derived_id(merge_chains.merge_id::text || f.id), hers.id, f.facility_id,
      case when f.ground = 'OWNER' and hers.facility_id is not null then 'CONSENT' else f.ground end, f.from_on, merge_chains.at, merge_chains.by, 'MERGE'
    from chain_facilities f where f.county_code = county and f.chain_id = other.id and f.until_on is null
    on conflict do nothing;
    for place in select distinct p.relation from app.columns_of_chain_people() p where p.has_chain loop
      perform app.move_in_column(county, merge_chains.merge_id, place.relation, 'chain_id', other.id, hers.id);
    end loop;
    for place in select c.relname as relation from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'chain_id'
      join pg_attribute k on k.attrelid = c.oid and k.attname = 'id'
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_table_privilege('youyu_care', c.oid, 'select')
        and c.relname <> 'chain_facilities'
        and not exists (select from app.columns_of_chain_people() p where p.relation = c.relname) loop
      perform app.move_in_column(county, merge_chains.merge_id, place.relation, 'chain_id', other.id, hers.id);
    end loop;
    perform app.move_in_column(county, merge_chains.merge_id, 'chain_events', 'subject_id', other.id, hers.id);
  end if;
  for place in select p.relation, p.person from app.columns_of_chain_people() p loop
    perform app.move_in_column(county, merge_chains.merge_id, place.relation, place.person, merged, kept);
  end loop;
  select array_agg(distinct c.id) into touched from chains c
    where c.county_code = county and c.voided_at is null
      and (c.id = any(touched) or c.woman_id = kept or exists (select from chain_events e where e.county_code = county and e.chain_id = c.id and e.subject_id = kept)
        or exists (select from chain_children k where k.county_code = county and k.chain_id = c.id and k.child_id in (kept, merged)));
  if touched is not null then
    perform app.refresh_chains(county, touched, today, merge_chains.at);
  end if;
end
$$;
--> statement-breakpoint
-- What came goes back, with what was recorded since in the chains that go back.
create function app.unmerge_chains(county integer, merge_id uuid, at timestamptz, by uuid) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  kept uuid;
  merged uuid;
  today date := (unmerge_chains.at at time zone 'Asia/Shanghai')::date;
  place record;
  touched uuid[];
begin
  select m.kept_id, m.merged_id into kept, merged from care_merges m
  where m.county_code = county and m.id = unmerge_chains.merge_id and m.undone_at = unmerge_chains.at;
  if kept is null then
    return;
  end if;
  select array_agg(c.id) into touched from chains c where c.county_code = county and c.woman_id = kept;
  update chain_facilities f set until_on = greatest(today, f.from_on)
  where f.county_code = county and f.source = 'MERGE' and f.until_on is null
    and f.id in (select app.derived_id(unmerge_chains.merge_id::text || o.id) from care_merge_rows r
      join chain_facilities o on o.county_code = county and o.chain_id = r.row_id
      where r.county_code = county and r.merge_id = unmerge_chains.merge_id and r.relation = 'chains');
  update chains c set pregnancy_id = null
  from care_merge_rows r
  where r.county_code = county and r.merge_id = unmerge_chains.merge_id and r.relation = 'chains' and c.county_code = county and c.id = r.row_id
    and (r.was ->> 'pregnancy_id')::uuid is distinct from c.pregnancy_id and c.pregnancy_id is not null;
  for place in
    select r.relation, r.row_id, (r.was ->> 'was')::uuid as was from care_merge_rows r
    where r.county_code = county and r.merge_id = unmerge_chains.merge_id and r.relation like '%.%' order by r.relation desc
  loop
    begin
      execute format('update %I set %I = $3 where county_code = $1 and id = $2', split_part(place.relation, '.', 1), split_part(place.relation, '.', 2))
        using county, place.row_id, place.was;
    exception when unique_violation or exclusion_violation or check_violation then
      null;
    end;
  end loop;
  update chains c set closed_on = w.closed_on, close_reason = w.close_reason, pregnancy_id = w.pregnancy_id, expected_on = w.expected_on,
    partner_id = w.partner_id, married_on = w.married_on, facility_id = w.facility_id, opened_on = w.opened_on,
    updated_at = unmerge_chains.at, version = c.version + 1
  from care_merge_rows r cross join lateral jsonb_populate_record(null::chains, r.was) w
  where r.county_code = county and r.merge_id = unmerge_chains.merge_id and r.relation = 'chains' and c.county_code = county and c.id = r.row_id;
  for place in select p.relation, p.person from app.columns_of_chain_people() p where p.has_chain loop
    execute format('update %I r set %I = $3 where r.county_code = $1 and r.%I = $2 and r.chain_id in (select c.id from chains c where c.county_code = $1
      and c.woman_id = $3)', place.relation, place.person, place.person) using county, kept, merged;
  end loop;
  select array_agg(distinct c.id) into touched from chains c
    where c.county_code = county and c.voided_at is null
      and (c.id = any(touched) or c.woman_id in (kept, merged)
        or exists (select from chain_children k where k.county_code = county and k.chain_id = c.id and k.child_id in (kept, merged))
        or exists (select from chain_events e where e.county_code = county and e.chain_id = c.id and e.subject_id in (kept, merged)));
  if touched is not null then
    perform app.refresh_chains(county, touched, today, unmerge_chains.at);
  end if;
end
$$;
--> statement-breakpoint
revoke all on function app.columns_of_chain_people, app.move_in_column, app.merge_chains, app.unmerge_chains from public;
--> statement-breakpoint
grant execute on function app.merge_chains, app.unmerge_chains to youyu_app;
--> statement-breakpoint
-- Antenatal care: of the facility, and of those who take part in the chain.
alter table antenatal_contacts enable row level security;
--> statement-breakpoint
create policy antenatal_contacts_of_chain on antenatal_contacts for all to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id))
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
alter table antenatal_cares enable row level security;
--> statement-breakpoint
create policy antenatal_cares_of_facility on antenatal_cares for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
alter table postnatal_contacts enable row level security;
--> statement-breakpoint
create policy postnatal_contacts_of_chain on postnatal_contacts for all to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id))
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
alter table high_risk_plans enable row level security;
--> statement-breakpoint
create policy high_risk_plans_of_chain on high_risk_plans for all to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id))
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
alter table high_risk_plan_contacts enable row level security;
--> statement-breakpoint
create policy high_risk_plan_contacts_of_chain on high_risk_plan_contacts for all to youyu_care
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id))
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
-- A referral is of two facilities: who sends and who receives; both move it on, and only the sender begins one.
alter table referrals enable row level security;
--> statement-breakpoint
create policy referrals_of_chain on referrals for select to youyu_care
  using (facility_id = (select app.facility()) or to_facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy referrals_begin on referrals for insert to youyu_care with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy referrals_move on referrals for update to youyu_care
  using (facility_id = (select app.facility()) or to_facility_id = (select app.facility()))
  with check (facility_id = (select app.facility()) or to_facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on antenatal_contacts, antenatal_cares, postnatal_contacts, high_risk_plans, high_risk_plan_contacts,
  referrals to youyu_care;
--> statement-breakpoint
-- The network names no person.
alter table referral_links enable row level security;
--> statement-breakpoint
create policy referral_links_read on referral_links for select to youyu_app
  using ((select app.area()) && app.division_area(app.division_range(lpad(county_code::text, 6, '0'), lpad(county_code::text, 6, '0') || ':')));
--> statement-breakpoint
create policy referral_links_add on referral_links for insert to youyu_app
  with check ((select app.area()) @> (lpad(county_code::text, 6, '0') || '000000') collate "C");
--> statement-breakpoint
create policy referral_links_change on referral_links for update to youyu_app
  using ((select app.area()) @> (lpad(county_code::text, 6, '0') || '000000') collate "C")
  with check ((select app.area()) @> (lpad(county_code::text, 6, '0') || '000000') collate "C");
--> statement-breakpoint
grant select, insert, update on referral_links to youyu_app;
--> statement-breakpoint
-- Versions of the rules are nobody's secret; a county adds its own only.
alter table decision_tables enable row level security;
--> statement-breakpoint
create policy decision_tables_read on decision_tables for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
create policy decision_tables_add on decision_tables for insert to youyu_app
  with check (owner_county <> 0 and (select app.area()) @> (lpad(owner_county::text, 6, '0') || '000000') collate "C");
--> statement-breakpoint
alter table decision_rows enable row level security;
--> statement-breakpoint
create policy decision_rows_read on decision_rows for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
create policy decision_rows_add on decision_rows for insert to youyu_app
  with check (exists (select from decision_tables t where t.code = decision_rows.table_code and t.owner_county <> 0
    and (select app.area()) @> (lpad(t.owner_county::text, 6, '0') || '000000') collate "C"));
--> statement-breakpoint
grant select, insert on decision_tables, decision_rows to youyu_app;
--> statement-breakpoint
-- A facility cares for whoever comes from its county: a pregnancy by its id, or a woman's, with the births that ended them.
create function app.pregnancies_in_care(county integer, pregnancy uuid, woman uuid)
returns table (
  id uuid, woman_id uuid, status text, expected_on date, registered_on date, ended_on date, risk_colour text, conception text,
  plurality smallint, parity_before smallint, gravida smallint, division_code text, born_on date)
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select g.id, g.woman_id, g.status, g.expected_on, g.registered_on, g.ended_on, g.risk_colour, g.conception, g.plurality, g.parity_before,
    g.gravida, g.division_code::text,
    (select min(b.occurred_on) from births b
      where b.county_code = pregnancies_in_care.county and b.mother_id = g.woman_id and b.pregnancy_id = g.id and b.voided_at is null)
  from pregnancies g
  where g.county_code = pregnancies_in_care.county and (g.id = pregnancies_in_care.pregnancy or g.woman_id = pregnancies_in_care.woman)
    and g.voided_at is null
    and exists (
      select from organisations o
      where o.id = app.facility() and left(o.division_code, 6) = lpad(pregnancies_in_care.county::text, 6, '0'))
  order by g.expected_on desc limit 20;
end
$$;
--> statement-breakpoint
revoke all on function app.pregnancies_in_care from public;
--> statement-breakpoint
grant execute on function app.pregnancies_in_care to youyu_care;
--> statement-breakpoint
grant select on child_follow_up_steps to youyu_app;
--> statement-breakpoint
alter table child_follow_ups enable row level security;
--> statement-breakpoint
create policy child_follow_ups_of_facility on child_follow_ups for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy child_follow_ups_of_chain on child_follow_ups for select to youyu_care
  using (app.joins(county_code, chain_id));
--> statement-breakpoint
grant select, insert, update on child_follow_ups to youyu_care;
--> statement-breakpoint
alter table child_visits enable row level security;
--> statement-breakpoint
create policy child_visits_of_facility on child_visits for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy child_visits_of_chain on child_visits for select to youyu_care
  using (app.joins(county_code, chain_id));
--> statement-breakpoint
grant select, insert, update on child_visits to youyu_care;
--> statement-breakpoint
alter table child_supports enable row level security;
--> statement-breakpoint
create policy child_supports_of_facility on child_supports for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy child_supports_of_chain on child_supports for select to youyu_care
  using (app.joins(county_code, chain_id));
--> statement-breakpoint
grant select, insert, update on child_supports to youyu_care;
--> statement-breakpoint
-- Categories and deadlines are read by whoever is signed in; they change by migration, as the national table does.
grant select on defect_categories, defect_category_codes, defect_deadlines to youyu_app;
--> statement-breakpoint
-- The national category of a code: the longest prefix decides; nothing for a code that is no defect.
create function app.defect_category(icd10 text) returns text
language sql stable parallel safe as $$
  select c.category from defect_category_codes c
  where starts_with(defect_category.icd10, c.prefix) order by length(c.prefix) desc limit 1
$$;
--> statement-breakpoint
grant execute on function app.defect_category to youyu_app;
--> statement-breakpoint
-- Cards are of the facility that filled them. Once submitted, whoever reviews the area reads them too, and writes the review.
alter table defect_cards enable row level security;
--> statement-breakpoint
create policy defect_cards_of_facility on defect_cards for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy defect_cards_for_review on defect_cards for select to youyu_care
  using ((select app.reviews()) and submitted_at is not null and status <> 'DRAFT' and (select app.area()) @> facility_division);
--> statement-breakpoint
create policy defect_cards_reviewed on defect_cards for update to youyu_care
  using ((select app.reviews()) and submitted_at is not null and status <> 'DRAFT' and (select app.area()) @> facility_division)
  with check ((select app.reviews()) and submitted_at is not null and status <> 'DRAFT' and (select app.area()) @> facility_division);
--> statement-breakpoint
alter table defect_diagnoses enable row level security;
--> statement-breakpoint
create policy defect_diagnoses_of_facility on defect_diagnoses for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy defect_diagnoses_for_review on defect_diagnoses for select to youyu_care
  using ((select app.reviews()) and exists (
    select from defect_cards c where c.county_code = defect_diagnoses.county_code and c.id = defect_diagnoses.card_id));
--> statement-breakpoint
alter table defect_card_versions enable row level security;
--> statement-breakpoint
create policy defect_card_versions_of_facility on defect_card_versions for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy defect_card_versions_for_review on defect_card_versions for select to youyu_care
  using ((select app.reviews()) and exists (
    select from defect_cards c where c.county_code = defect_card_versions.county_code and c.id = defect_card_versions.card_id));
--> statement-breakpoint
alter table defect_card_numbers enable row level security;
--> statement-breakpoint
create policy defect_card_numbers_of_facility on defect_card_numbers for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
alter table case_reviews enable row level security;
--> statement-breakpoint
create policy case_reviews_of_facility on case_reviews for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy case_reviews_for_review on case_reviews for all to youyu_care
  using ((select app.reviews()) and exists (
    select from defect_cards c where c.county_code = case_reviews.county_code and c.id = case_reviews.card_id))
  with check ((select app.reviews()) and tier in ('COUNTY', 'PROVINCE') and exists (
    select from defect_cards c where c.county_code = case_reviews.county_code and c.id = case_reviews.card_id));
--> statement-breakpoint
-- That another facility has a card of what may be the same child is told to the reviewer alone.
alter table case_duplicates enable row level security;
--> statement-breakpoint
create policy case_duplicates_for_review on case_duplicates for all to youyu_care
  using ((select app.reviews()) and (select app.area()) @> facility_division)
  with check ((select app.reviews()) and (select app.area()) @> facility_division);
--> statement-breakpoint
alter table missed_case_audits enable row level security;
--> statement-breakpoint
create policy missed_case_audits_of_facility on missed_case_audits for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy missed_case_audits_for_review on missed_case_audits for select to youyu_care
  using ((select app.reviews()) and (select app.area()) @> facility_division);
--> statement-breakpoint
alter table case_log_entries enable row level security;
--> statement-breakpoint
create policy case_log_entries_of_facility on case_log_entries for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy case_log_entries_for_review on case_log_entries for select to youyu_care
  using ((select app.reviews()) and (select app.area()) @> facility_division);
--> statement-breakpoint
alter table defect_returns enable row level security;
--> statement-breakpoint
create policy defect_returns_of_facility on defect_returns for all to youyu_care
  using (facility_id = (select app.facility()) and (scope = 'FACILITY' or (select app.reviews())))
  with check (facility_id = (select app.facility()) and (scope = 'FACILITY' or (select app.reviews())));
--> statement-breakpoint
create policy defect_returns_for_review on defect_returns for select to youyu_care
  using ((select app.reviews()) and (select app.area()) @> facility_division);
--> statement-breakpoint
grant select, insert, update on defect_cards, defect_card_numbers, case_duplicates, missed_case_audits, case_log_entries to youyu_care;
--> statement-breakpoint
grant select, insert, update, delete on defect_diagnoses to youyu_care;
--> statement-breakpoint
grant select, insert on defect_card_versions, case_reviews, defect_returns to youyu_care;
--> statement-breakpoint
-- Looks for submitted cards of other facilities on what may be the same child. Says nothing to the caller.
create function app.match_defect_cards(county integer, card uuid, at timestamptz) returns void
language sql volatile security definer set search_path = public, app, pg_temp as $$
  insert into case_duplicates (county_code, id, card_id, other_id, facility_id, facility_division, state, found_at)
  select c.county_code, app.derived_id('duplicate ' || least(c.id, o.id) || ' ' || greatest(c.id, o.id)), o.id, c.id, o.facility_id, o.facility_division, 'OPEN', match_defect_cards.at
  from defect_cards c
  join defect_cards o on o.county_code = match_defect_cards.county and o.match_hash = c.match_hash and o.id <> c.id
    and o.facility_id <> c.facility_id and o.is_counted
  where c.county_code = match_defect_cards.county and c.id = match_defect_cards.card and c.facility_id = app.facility() and c.is_counted
  on conflict do nothing
$$;
--> statement-breakpoint
revoke all on function app.match_defect_cards from public;
--> statement-breakpoint
grant execute on function app.match_defect_cards to youyu_care;
--> statement-breakpoint
-- 围产儿: live births and fetal deaths of 28 weeks (1000 g where unknown) or more, of a facility or of the reviewed area.
create function app.count_perinatals(county integer, facility uuid, from_day date, to_day date)
returns table (sex text, residence text, age_group text, live bigint, dead bigint)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select b.sex, case when left(d.urban_rural, 1) = '1' then 'URBAN' when left(d.urban_rural, 1) = '2' then 'RURAL' else 'UNKNOWN' end,
    case when b.mother_age < 20 then 'UNDER_20' when b.mother_age < 25 then '20_24' when b.mother_age < 30 then '25_29'
      when b.mother_age < 35 then '30_34' when b.mother_age >= 35 then '35_PLUS' else 'UNKNOWN' end,
    count(*) filter (where b.outcome = 'LIVE'), count(*) filter (where b.outcome <> 'LIVE')
  from births b
  left join divisions d on d.code = b.division_code and d.valid_to is null
  where b.county_code = count_perinatals.county and b.voided_at is null
    and b.occurred_on between count_perinatals.from_day and count_perinatals.to_day
    and (b.gestation_days >= 196 or (b.gestation_days is null and (b.weight_grams >= 1000 or b.weight_grams is null)))
    and case when count_perinatals.facility is null then app.reviews() and app.area() @> b.division_code
      else b.facility_id = count_perinatals.facility and (count_perinatals.facility = app.facility() or app.reviews()) end
  group by 1, 2, 3
$$;
--> statement-breakpoint
revoke all on function app.count_perinatals from public;
--> statement-breakpoint
grant execute on function app.count_perinatals to youyu_care;
--> statement-breakpoint
-- A quarter's cards against its logs, each case once. What was reported only after the audit had found it counts as missed.
create function app.count_missed_cases(county integer, audit uuid)
returns table (reported integer, logged integer, matched integer, missed integer, excluded integer)
language sql stable set search_path = public, app, pg_temp as $$
  with entries as (
    select e.token, e.state, e.card_id from case_log_entries e
    where e.county_code = count_missed_cases.county and e.audit_id = count_missed_cases.audit and e.voided_at is null),
  found as (select distinct card_id from entries where state = 'MATCHED'),
  late as (select distinct card_id from entries where state = 'REPORTED_LATE'),
  lost as (
    select distinct token from entries l where state in ('MISSED', 'REPORTED_LATE')
      and not exists (select from entries m where m.token = l.token and m.state = 'MATCHED')),
  cards as (
    select c.id from missed_case_audits a
    join defect_cards c on c.county_code = count_missed_cases.county and c.facility_id = a.facility_id and c.is_counted
      and coalesce(c.born_on, c.diagnosed_on) between a.quarter_from and a.quarter_to
    where a.county_code = count_missed_cases.county and a.id = count_missed_cases.audit
      and c.id not in (select card_id from late)
    union select card_id from found)
  select (select count(*)::integer from cards), (select count(*)::integer from found) + (select count(*)::integer from lost),
    (select count(*)::integer from found), (select count(*)::integer from lost),
    (select count(distinct token)::integer from entries where state = 'EXCLUDED')
$$;
--> statement-breakpoint
grant execute on function app.count_missed_cases to youyu_care;
--> statement-breakpoint
alter table family_files enable row level security;
--> statement-breakpoint
create policy family_files_of_facility on family_files for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on family_files to youyu_care;
--> statement-breakpoint
alter table genetic_counsellings enable row level security;
--> statement-breakpoint
create policy genetic_counsellings_of_facility on genetic_counsellings for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on genetic_counsellings to youyu_care;
--> statement-breakpoint
alter table child_surveys enable row level security;
--> statement-breakpoint
create policy child_surveys_of_facility on child_surveys for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on child_surveys to youyu_care;
--> statement-breakpoint
alter table education_attendances enable row level security;
--> statement-breakpoint
create policy education_attendances_of_facility on education_attendances for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on education_attendances to youyu_care;
--> statement-breakpoint
grant select on lab_panels, lab_analytes, lab_ranges to youyu_app;
--> statement-breakpoint
alter table lab_cut_offs enable row level security;
--> statement-breakpoint
create policy lab_cut_offs_of_laboratory on lab_cut_offs for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert on lab_cut_offs to youyu_care;
--> statement-breakpoint
-- An order is of two: who asks and who measures. Other facilities of the chain may read it.
alter table lab_orders enable row level security;
--> statement-breakpoint
create policy lab_orders_of_facility on lab_orders for select to youyu_care
  using (facility_id = (select app.facility()) or lab_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy lab_orders_asked on lab_orders for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy lab_orders_worked on lab_orders for update to youyu_care
  using (facility_id = (select app.facility()) or lab_id = (select app.facility()))
  with check (facility_id = (select app.facility()) or lab_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on lab_orders to youyu_care;
--> statement-breakpoint
alter table lab_batches enable row level security;
--> statement-breakpoint
create policy lab_batches_of_laboratory on lab_batches for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on lab_batches to youyu_care;
--> statement-breakpoint
-- The laboratory writes results, the ordering facility files them; both read them.
alter table lab_results enable row level security;
--> statement-breakpoint
create policy lab_results_of_facility on lab_results for select to youyu_care
  using (facility_id = (select app.facility()) or lab_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
create policy lab_results_measured on lab_results for insert to youyu_care
  with check (lab_id = (select app.facility()));
--> statement-breakpoint
create policy lab_results_worked on lab_results for update to youyu_care
  using (facility_id = (select app.facility()) or lab_id = (select app.facility()))
  with check (facility_id = (select app.facility()) or lab_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on lab_results to youyu_care;
--> statement-breakpoint
-- Parameters are no secret; a county adds its own, and replaces nothing.
alter table screening_parameters enable row level security;
--> statement-breakpoint
create policy screening_parameters_read on screening_parameters for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
create policy screening_parameters_add on screening_parameters for insert to youyu_app
  with check (owner_county <> 0 and (select app.area()) @> (owner_county::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert on screening_parameters to youyu_app;
--> statement-breakpoint
alter table prenatal_screens enable row level security;
--> statement-breakpoint
create policy prenatal_screens_of_facility on prenatal_screens for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy prenatal_screens_of_chain on prenatal_screens for select to youyu_care
  using (app.joins(county_code, chain_id));
--> statement-breakpoint
alter table prenatal_diagnoses enable row level security;
--> statement-breakpoint
create policy prenatal_diagnoses_of_facility on prenatal_diagnoses for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy prenatal_diagnoses_of_chain on prenatal_diagnoses for select to youyu_care
  using (app.joins(county_code, chain_id));
--> statement-breakpoint
alter table screen_positives enable row level security;
--> statement-breakpoint
create policy screen_positives_of_facility on screen_positives for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy screen_positives_of_chain on screen_positives for select to youyu_care
  using (app.joins(county_code, chain_id));
--> statement-breakpoint
alter table screen_positive_steps enable row level security;
--> statement-breakpoint
create policy screen_positive_steps_of_facility on screen_positive_steps for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy screen_positive_steps_of_chain on screen_positive_steps for select to youyu_care
  using (app.joins(county_code, chain_id));
--> statement-breakpoint
-- A termination is nobody's but the facility's that gave the care, whatever was agreed (E8).
alter table medical_terminations enable row level security;
--> statement-breakpoint
create policy medical_terminations_of_facility on medical_terminations for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
alter table blood_spots enable row level security;
--> statement-breakpoint
create policy blood_spots_of_facility on blood_spots for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy blood_spots_of_chain on blood_spots for select to youyu_care
  using (app.joins(county_code, chain_id));
--> statement-breakpoint
alter table hearing_screens enable row level security;
--> statement-breakpoint
create policy hearing_screens_of_facility on hearing_screens for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy hearing_screens_of_chain on hearing_screens for select to youyu_care
  using (app.joins(county_code, chain_id));
--> statement-breakpoint
alter table cchd_screens enable row level security;
--> statement-breakpoint
create policy cchd_screens_of_facility on cchd_screens for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy cchd_screens_of_chain on cchd_screens for select to youyu_care
  using (app.joins(county_code, chain_id));
--> statement-breakpoint
grant select, insert, update on prenatal_screens, prenatal_diagnoses, screen_positives, screen_positive_steps,
  medical_terminations, blood_spots, hearing_screens, cchd_screens to youyu_care;
--> statement-breakpoint
-- The newborns of a ward: born in the facility of the present transaction, wherever in the county they live.
create function app.newborns_of(county integer, from_day date, to_day date)
returns table (child_id uuid, mother_id uuid, born_on date, born_at text, division_code text, gestation_days smallint, weight_grams smallint, plurality smallint, sequence smallint)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select b.child_id, b.mother_id, b.occurred_on, b.occurred_at, b.division_code, b.gestation_days, b.weight_grams, b.plurality, b.sequence
  from births b
  where b.county_code = newborns_of.county and b.facility_id = app.facility() and b.child_id is not null and b.voided_at is null
    and b.occurred_on between newborns_of.from_day and newborns_of.to_day
$$;
--> statement-breakpoint
revoke all on function app.newborns_of from public;
--> statement-breakpoint
grant execute on function app.newborns_of to youyu_care;
--> statement-breakpoint
-- The birth of one child whom a facility of the county looks after.
create function app.birth_of(county integer, child uuid)
returns table (birth_id uuid, child_id uuid, mother_id uuid, born_on date, born_at text, division_code text, gestation_days smallint)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select b.id, b.child_id, b.mother_id, b.occurred_on, b.occurred_at, b.division_code, b.gestation_days
  from births b
  where b.county_code = birth_of.county and b.child_id = birth_of.child and b.voided_at is null
    and exists (
      select from organisations o
      where o.id = app.facility() and left(o.division_code, 6) = lpad(birth_of.county::text, 6, '0'))
$$;
--> statement-breakpoint
revoke all on function app.birth_of from public;
--> statement-breakpoint
grant execute on function app.birth_of to youyu_care;
--> statement-breakpoint
-- Counts of the chain tell no person, and are read by whoever answers for a whole county (E8, domain §9.5).
alter table birth_defect_tallies enable row level security;
--> statement-breakpoint
alter table birth_defect_months enable row level security;
--> statement-breakpoint
create policy birth_defect_tallies_of_county on birth_defect_tallies for select to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
create policy birth_defect_months_of_county on birth_defect_months for select to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
grant select on birth_defect_tallies, birth_defect_months to youyu_app;
--> statement-breakpoint
-- Without settings of their own, so that the months asked for reach every part of them. Only the owner runs them, inside app.recount_birth_defects.
-- Before pregnancy (BDI-01 … BDI-10), each fact on the day that decides its month.
create function app.counted_before_pregnancy(county integer, today date)
returns table (measure text, item text, day date, division_code text, facility_id uuid, n integer)
language sql stable as $$
  select 'marriage', 'REGISTERED', m.occurred_on, w.division_code, null::uuid, 1
  from marriage_events m
  cross join lateral (values (m.party_a, m.division_a), (m.party_b, m.division_b)) as w (person_id, division_code)
  where m.county_code = county and m.voided_at is null and m.event in ('MARRY', 'REMARRY') and w.person_id is not null
  union all
  select 'premarital', 'CHECKED', min(c.occurred_on), min(p.division_code), null, 1
  from couple_checks c join couple_check_parties p on p.county_code = c.county_code and p.check_id = c.id
  where c.county_code = county and c.voided_at is null and c.kind = 'PREMARITAL'
  group by p.person_id, date_trunc('month', c.occurred_on)
  union all
  select 'preconception', 'TARGET', min(t.day), min(t.division_code), null, 1
  from (
    select coalesce(case when m.sex_a = '2' then m.party_a else m.party_b end, m.id) as who, m.occurred_on as day,
      case when m.sex_a = '2' then m.division_a else coalesce(m.division_b, m.division_a) end as division_code
    from marriage_events m
    where m.county_code = county and m.voided_at is null and m.event in ('MARRY', 'REMARRY')
    union all
    select r.registrant_id, (r.registered_at at time zone 'Asia/Shanghai')::date, r.division_code
    from birth_registrations r
    where r.county_code = county and r.purpose = 'PLANNING' and r.status in ('REGISTERED', 'LINKED_TO_BIRTH')
      and r.registered_at is not null and r.registrant_id is not null
  ) t
  group by t.who, date_trunc('month', t.day)
  union all
  select 'preconception', m.item, k.day, k.division_code, null, 1
  from (
    select min(c.occurred_on) as day, min(c.division_code) as division_code, bool_or(c.risk = 'HIGH_RISK') as high,
      bool_or(c.risk = 'HIGH_RISK' and c.advised_on is not null) as advised
    from couple_checks c
    where c.county_code = county and c.voided_at is null and c.kind = 'PRECONCEPTION'
    group by coalesce(c.woman_id, c.man_id), date_trunc('month', c.occurred_on)
  ) k
  cross join lateral (values ('CHECKED', true), ('HIGH_RISK', k.high), ('ADVISED', k.advised)) as m (item, holds)
  where m.holds
  union all
  select 'torch-due', m.item, l.window_from, l.division_code, null, 1
  from chain_links l cross join lateral (values ('DUE', true), ('DONE', l.state = 'DONE')) as m (item, holds)
  where l.county_code = county and l.item = 'TORCH' and l.state not in ('NOT_DUE', 'NOT_APPLICABLE') and m.holds
  union all
  select 'torch', m.item, t.occurred_on, t.division_code, null, 1
  from torch_tests t
  cross join lateral (
    select 'TESTED' as item
    union all select 'POSITIVE' where exists (
      select from torch_results r where r.county_code = t.county_code and r.test_id = t.id and r.is_actionable)
    union all select 'TESTED:' || r.agent from torch_results r where r.county_code = t.county_code and r.test_id = t.id
    union all select 'POSITIVE:' || r.agent from torch_results r
      where r.county_code = t.county_code and r.test_id = t.id and r.is_actionable
  ) m
  where t.county_code = county and t.voided_at is null and not t.is_retest
  union all
  select 'torch-case', m.item, c.found_on, c.division_code, null, 1
  from torch_cases c
  cross join lateral (values ('FOUND', c.closed_on is not null or c.found_on + 60 < today), ('CLOSED', c.closed_on - c.found_on <= 60)) as m (item, holds)
  where c.county_code = county and c.voided_at is null and m.holds
  union all
  select 'folic-due', m.item, l.window_from, l.division_code, null, 1
  from chain_links l join chains c on c.county_code = l.county_code and c.id = l.chain_id
  cross join lateral (values ('DUE', true), ('TAKER', exists (
    select from folic_acid_courses f where f.county_code = l.county_code and f.client_id = c.woman_id and f.voided_at is null
      and f.started_on between l.window_from - 180 and coalesce(l.window_to, l.window_from + 365)))) as m (item, holds)
  where l.county_code = county and l.item = 'FOLIC_ACID' and l.state not in ('NOT_DUE', 'NOT_APPLICABLE') and m.holds
  union all
  select 'folic-box', 'ISSUED', i.occurred_on, i.division_code, null, i.boxes
  from folic_acid_issues i where i.county_code = county and i.voided_at is null
  union all
  -- Newly in mid-pregnancy: thirteen weeks after the last menstruation, the pregnancy going on.
  select 'folic-mid', m.item, p.expected_on - 189, p.division_code, null, 1
  from pregnancies p
  cross join lateral (
    select f.started_on, f.days_taken from folic_acid_courses f
    where f.county_code = p.county_code and f.client_id = p.woman_id and f.voided_at is null and not f.is_high_dose
      and f.started_on between p.expected_on - 645 and p.expected_on - 189
    order by f.started_on desc limit 1
  ) f
  cross join lateral (values ('TOOK', true),
    ('ADHERED', f.started_on < p.expected_on - 280 and f.days_taken >= 0.8 * (p.expected_on - 189 - f.started_on))) as m (item, holds)
  where p.county_code = county and p.voided_at is null and p.expected_on - 189 <= today
    and (p.ended_on is null or p.ended_on > p.expected_on - 189) and m.holds
  union all
  select 'awareness', m.item, s.occurred_on, s.division_code, null, m.n
  from folic_acid_surveys s cross join lateral (values ('SURVEYED', s.surveyed), ('AWARE', s.aware)) as m (item, n)
  where s.county_code = county and s.voided_at is null
$$;
--> statement-breakpoint
-- Pregnancy, birth and the newborn (BDI-11 … BDI-19, BDI-26).
create function app.counted_pregnancy_care(county integer, today date)
returns table (measure text, item text, day date, division_code text, facility_id uuid, n integer)
language sql stable as $$
  select 'first-visit', 'EARLY', v.occurred_on, p.division_code, null::uuid, 1
  from pregnancies p
  cross join lateral (
    select a.occurred_on, a.gestation_days from antenatal_visits a
    where a.county_code = p.county_code and a.pregnancy_id = p.id and a.voided_at is null order by a.occurred_on limit 1
  ) v
  where p.county_code = county and p.voided_at is null and v.gestation_days < 91
  union all
  select 'visit', case when a.gestation_days < 196 then 'MID' else 'LATE' end, a.occurred_on, p.division_code, null, 1
  from antenatal_visits a join pregnancies p on p.county_code = a.county_code and p.id = a.pregnancy_id
  where a.county_code = county and a.voided_at is null and p.voided_at is null and a.gestation_days >= 91
  union all
  -- One of a birth is the delivery; with the visits of its pregnancy.
  select 'delivery', m.item, b.occurred_on, b.division_code, null, 1
  from births b
  cross join lateral (
    select count(*) as visits from antenatal_visits a
    where a.county_code = b.county_code and a.pregnancy_id = b.pregnancy_id and a.voided_at is null
  ) v
  cross join lateral (values ('ALL', true), ('VISITS_1', v.visits >= 1), ('VISITS_5', v.visits >= 5),
    ('INSTITUTION', b.place in ('HOSPITAL', 'MCH', 'TOWNSHIP_CENTRE'))) as m (item, holds)
  where b.county_code = county and b.voided_at is null and b.sequence = 1 and m.holds
  union all
  select 'pregnancy', 'ENDED', p.ended_on, p.division_code, null, 1
  from pregnancies p where p.county_code = county and p.voided_at is null and p.ended_on is not null
  union all
  select 'high-risk', m.item, k.day, k.division_code, null, 1
  from (
    select c.county_code, c.pregnancy_id, min(c.occurred_on) as day, min(c.division_code) as division_code
    from antenatal_contacts c
    where c.county_code = county and c.voided_at is null and (c.risk_colour in ('ORANGE', 'RED') or c.is_purple)
    group by 1, 2
  ) k
  cross join lateral (values ('FOUND', true), ('PLANNED', exists (
    select from high_risk_plans h where h.county_code = k.county_code and h.pregnancy_id = k.pregnancy_id and h.voided_at is null))) as m (item, holds)
  where m.holds
  union all
  -- 20+6 weeks: 146 days after the last menstruation.
  select 'screening', m.item, p.expected_on - 134, p.division_code, null, 1
  from pregnancies p
  cross join lateral (values ('REACHED', true), ('SCREENED', exists (
    select from prenatal_screens s where s.county_code = p.county_code and s.woman_id = p.woman_id and s.voided_at is null
      and s.kind in ('SERUM', 'NIPT') and s.taken_on between p.expected_on - 280 and p.expected_on + 14))) as m (item, holds)
  where p.county_code = county and p.voided_at is null and p.expected_on - 134 <= today
    and (p.ended_on is null or p.ended_on >= p.expected_on - 134) and m.holds
  union all
  select 'diagnosis', m.item, k.day, k.division_code, null, 1
  from (
    select q.chain_id, min(q.day) as day, min(q.division_code) as division_code
    from (
      select s.chain_id, s.opened_on as day, s.division_code from screen_positives s
      where s.county_code = county and s.voided_at is null and s.kind <> 'OGTT'
      union all
      select d.chain_id, d.offered_on, d.division_code from prenatal_diagnoses d
      where d.county_code = county and d.voided_at is null
    ) q
    group by 1
  ) k
  cross join lateral (values ('INDICATED', true), ('DIAGNOSED', exists (
    select from prenatal_diagnoses d where d.county_code = county and d.chain_id = k.chain_id and d.voided_at is null
      and d.performed_on is not null))) as m (item, holds)
  where m.holds
  union all
  select 'newborn', m.item, b.occurred_on, b.division_code, null, 1
  from births b
  cross join lateral (values
    ('LIVE', true),
    ('BLOOD_SPOT', exists (select from blood_spots s where s.county_code = b.county_code and s.child_id = b.child_id
      and s.voided_at is null and s.sampled_on is not null)),
    ('HEARING', exists (select from hearing_screens s where s.county_code = b.county_code and s.child_id = b.child_id
      and s.voided_at is null and s.stage in ('FIRST', 'RESCREEN'))),
    ('CCHD', exists (select from cchd_screens s where s.county_code = b.county_code and s.child_id = b.child_id
      and s.voided_at is null))
  ) as m (item, holds)
  where b.county_code = county and b.voided_at is null and b.outcome = 'LIVE' and m.holds
  union all
  -- One child once, by its first suspect sample.
  select 'recall', m.item, k.day, k.division_code, null, 1
  from (
    select s.child_id, min(s.reported_on) as day, min(s.division_code) as division_code,
      min(coalesce(s.recalled_on, s.confirmed_on)) as recalled_on,
      min(s.confirmed_on) filter (where s.state in ('CONFIRMED_POS', 'TREATED', 'FOLLOWED')) as confirmed_on,
      min(s.treated_on) as treated_on
    from blood_spots s
    where s.county_code = county and s.voided_at is null and s.reported_on is not null
      and ('SUSPECT' in (s.pku, s.ch, s.g6pd, s.cah) or 'POS' in (s.pku, s.ch, s.g6pd, s.cah))
    group by 1
  ) k
  cross join lateral (values
    ('SUSPECT', true),
    ('RECALL_DUE', k.recalled_on is not null or k.day + 20 < today),
    ('RECALLED', k.recalled_on - k.day <= 20),
    ('CONFIRMED', k.confirmed_on is not null),
    ('TREATMENT_DUE', k.confirmed_on is not null and (k.treated_on is not null or k.confirmed_on + interval '1 month' < today)),
    ('TREATED', k.treated_on <= k.confirmed_on + interval '1 month')
  ) as m (item, holds)
  where m.holds
  union all
  select 'postnatal', 'VISITED', c.born_on, min(c.division_code), null, 1
  from postnatal_contacts c
  where c.county_code = county and c.voided_at is null and c.days_after_birth <= 28
  group by c.pregnancy_id, c.born_on
$$;
--> statement-breakpoint
-- Defects, their cards and their families (BDI-20 … BDI-25). Perinatals: live births and fetal deaths of 28 weeks, or of 1000 g where the weeks are unknown.
create function app.counted_defects(county integer, today date)
returns table (measure text, item text, day date, division_code text, facility_id uuid, n integer)
language sql stable as $$
  select 'perinatal', m.item, b.occurred_on, b.division_code, m.facility_id, 1
  from births b
  left join organisations o on o.id = b.facility_id and o.division_code like county::text || '%'
  cross join lateral (values ('HOSPITAL', o.id, o.id is not null), ('RESIDENT', null, b.division_code like county::text || '%')) as m (item, facility_id, holds)
  where b.county_code = county and b.voided_at is null and m.holds
    and (b.outcome = 'LIVE' or coalesce(b.gestation_days >= 196, b.weight_grams >= 1000, false))
  union all
  select 'case', w.name || ':' || c.category, d.born_on, d.division_code, w.facility_id, 1
  from defect_cards d
  cross join lateral (values
    ('HOSPITAL_28W_7D', d.facility_id, d.window_hospital),
    ('POPULATION_28W_42D', null, d.window_population and d.division_code like county::text || '%'),
    ('EXTENDED', null, d.window_extended and d.division_code like county::text || '%')
  ) as w (name, facility_id, holds)
  cross join lateral (
    select 'ANY' as category
    union all select 'NTD' where d.categories && '{01,02,03}'
    union all select distinct unnest(d.categories)
  ) c
  where d.county_code = county and d.is_counted and not d.is_functional_only and d.born_on is not null and w.holds
  union all
  select 'card', m.item, d.diagnosed_on, d.facility_division, null, 1
  from defect_cards d
  cross join lateral (values ('SUBMITTED', true), ('TIMELY', d.is_timely), ('COMPLETE', d.is_complete)) as m (item, holds)
  where d.county_code = county and d.is_counted and d.first_submitted_on is not null and m.holds
  union all
  select 'audit', m.item, a.quarter_from, a.facility_division, null, m.n
  from missed_case_audits a cross join lateral (values ('REPORTED', a.reported), ('MISSED', a.logged - a.matched)) as m (item, n)
  where a.county_code = county and a.closed_at is not null
  union all
  select 'follow-up', m.item, v.due_to, v.division_code, null, 1
  from child_visits v
  cross join lateral (values
    ('DUE', v.state in ('DONE', 'LOST') or (v.state = 'PLANNED' and v.due_to < today)),
    ('DONE', v.state = 'DONE' and v.settled_on <= v.due_to),
    ('DECLINED', v.state = 'DECLINED')
  ) as m (item, holds)
  where v.county_code = county and v.voided_at is null and m.holds
  union all
  -- Kept as what came and went: what stands at a month's end is a sum.
  select 'family', m.item, m.day, f.division_code, null, m.n
  from family_files f
  cross join lateral (values ('KNOWN', f.known_on, 1), ('KNOWN', f.closed_on, -1), ('FILED', f.opened_on, 1),
    ('FILED', case when f.opened_on is not null then f.closed_on end, -1)) as m (item, day, n)
  where f.county_code = county and f.voided_at is null and m.day is not null
$$;
--> statement-breakpoint
-- All of it by month and township; whoever lives elsewhere is counted with the county alone.
create function app.counted_birth_defects(county integer, from_month date, to_month date, today date)
returns table (measure text, month date, division_code text, facility_id uuid, item text, tally integer)
language sql stable as $$
  select q.measure, date_trunc('month', q.day)::date,
    case when q.division_code like county::text || '%' then rpad(left(q.division_code, 9), 12, '0') else rpad(county::text, 12, '0') end,
    coalesce(q.facility_id, '00000000-0000-0000-0000-000000000000'), q.item, sum(q.n)::int
  from (
    select * from app.counted_before_pregnancy(county, today)
    union all select * from app.counted_pregnancy_care(county, today)
    union all select * from app.counted_defects(county, today)
  ) q
  where q.day >= from_month and q.day < to_month + interval '1 month' and q.day <= today
  group by 1, 2, 3, 4, 5 having sum(q.n) <> 0
$$;
--> statement-breakpoint
-- Months of a county counted anew from its records; tells how many counts changed.
create function app.recount_birth_defects(county integer, from_month date, to_month date, today date, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
  changed integer;
begin
  lock table birth_defect_tallies, birth_defect_months in share row exclusive mode;
  create temporary table counted_now on commit drop as
    select * from app.counted_birth_defects(county, from_month, to_month, today);
  select count(*) into changed
  from (select k.* from birth_defect_tallies k where k.county_code = county and k.month between from_month and to_month) k
  full join counted_now c on c.measure = k.measure and c.month = k.month and c.division_code = k.division_code
    and c.facility_id = k.facility_id and c.item = k.item
  where k.tally is distinct from c.tally;
  delete from birth_defect_tallies k where k.county_code = county and k.month between from_month and to_month;
  insert into birth_defect_tallies (county_code, measure, month, division_code, facility_id, item, tally)
  select county, c.measure, c.month, c.division_code, c.facility_id, c.item, c.tally from counted_now c;
  drop table counted_now;
  insert into birth_defect_months (county_code, month, counted_on, counted_at)
  select county, m::date, today, at from generate_series(from_month, to_month, interval '1 month') m
  on conflict (county_code, month) do update set counted_on = excluded.counted_on, counted_at = excluded.counted_at;
  return changed;
end
$$;
--> statement-breakpoint
revoke all on function app.counted_before_pregnancy, app.counted_pregnancy_care, app.counted_defects, app.counted_birth_defects,
  app.recount_birth_defects from public;
--> statement-breakpoint
grant execute on function app.recount_birth_defects to youyu_app;
