-- A link whose window alone has changed is counted as it was: a new schedule touches all windows and few states.
create or replace function app.project_chains(county integer, those uuid[], items text[], today date) returns integer
language plpgsql security definer set search_path = public, app, pg_temp
  set plan_cache_mode = auto set enable_nestloop = on set enable_mergejoin = on set enable_seqscan = on set jit = off set work_mem = '64MB' as $$
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
    select c.id, c.facility_id, c.division_code, c.cohort_month, c.ground, c.opened_on, c.married_on, c.expected_on, c.born_on,
      c.is_hospital_birth, c.stopped_on, c.stop_reason
    from chains c
    where c.county_code = county and c.id = any(those) and c.voided_at is null and c.close_reason is distinct from 'MERGED'
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
    from chain_events e
    where e.county_code = county and e.chain_id = any(those) and e.voided_at is null
      -- Of other items only those that may serve the ones asked for.
      and (project_chains.items is null or e.item = any(project_chains.items)
        or e.item = any(array(select unnest(s.served_by) from s)))
    group by 1, 2, 3
  ),
  served as (
    select e.chain_id, array_agg(e.item) as done from e where e.done_on is not null group by 1
  ),
  -- One row for each item that a chain or its child has; of an indicated one, once something was said of it.
  wanted as (
    select c.*, c.id as subject_id, s.item, s.link, s.anchor, s.from_days, s.to_days, s.opening_days, s.ends_with_pregnancy, s.served_by,
      null::date as child_born_on, null::date as child_stopped_on, null as child_stop_reason
    from c cross join s where s.condition = 'ALWAYS' and not s.is_per_child
    union all
    select c.*, k.child_id, s.item, s.link, s.anchor, s.from_days, s.to_days, s.opening_days, s.ends_with_pregnancy, s.served_by, k.born_on,
      k.stopped_on, k.stop_reason
    from c join chain_children k on k.county_code = county and k.chain_id = c.id cross join s
    where s.condition = 'ALWAYS' and s.is_per_child
    union all
    select c.*, e.subject_id, e.item,
      coalesce(s.link, (select i.link from chain_schedule_items i where i.owner_county = 0 and i.item = e.item order by i.version desc limit 1)),
      s.anchor, s.from_days, s.to_days, s.opening_days, s.ends_with_pregnancy, s.served_by, k.born_on, k.stopped_on, k.stop_reason
    from e join c on c.id = e.chain_id
    left join s on s.item = e.item
    left join chain_children k on k.county_code = county and k.chain_id = e.chain_id and k.child_id = e.subject_id
    where (project_chains.items is null or e.item = any(project_chains.items))
      and (s.condition is distinct from 'ALWAYS' or (case when s.is_per_child then k.child_id is null else e.subject_id <> e.chain_id end))
  ),
  dated as (
    select w.id as chain_id, w.subject_id, w.item, w.link, w.facility_id, w.division_code, w.cohort_month,
      w.opened_on, w.is_hospital_birth, w.born_on as chain_born_on, e.done_on, e.declined_on, e.declined_reason, e.needless_on,
      e.needless_reason, e.missed_reason, e.offered_on, e.accepted_on, e.positive_on, e.followed_on,
      w.served_by && v.done and e.done_on is null as is_served,
      w.anchor = 'MARRIAGE' and w.married_on is null and w.ground <> 'PREMARITAL' as is_unmarried,
      coalesce(e.window_from, a.day_on + w.from_days, case when w.opening_days is not null then w.opened_on end) as window_from,
      coalesce(e.window_to, a.day_on + w.to_days, w.opened_on + w.opening_days) as window_to,
      case
        when w.subject_id <> w.id then coalesce(w.child_stopped_on, case when w.stop_reason = 'LEFT' then w.stopped_on end)
        when w.stopped_on is not null and (w.stop_reason <> 'ENDED' or w.ends_with_pregnancy or w.anchor = 'BIRTH' or w.item = 'DELIVERY')
          then least(w.stopped_on, case when w.ends_with_pregnancy then w.born_on end)
        when w.ends_with_pregnancy then w.born_on
      end as stopped_on,
      case
        when w.subject_id <> w.id then coalesce(w.child_stop_reason, case when w.stop_reason = 'LEFT' then 'LEFT' end)
        when w.ends_with_pregnancy and w.born_on is not null and (w.stopped_on is null or w.stopped_on >= w.born_on) then 'ENDED'
        else w.stop_reason
      end as stop_reason
    from wanted w
    left join e on e.chain_id = w.id and e.item = w.item and e.subject_id = w.subject_id
    left join served v on v.chain_id = w.id
    left join lateral (select case w.anchor
      when 'MARRIAGE' then w.married_on when 'OPENING' then w.opened_on when 'LMP' then w.expected_on - 280
      when 'BIRTH' then coalesce(w.child_born_on, w.born_on) else e.indicated_on end as day_on) a on true
    -- What is worked out here is asked for many times below: once is enough.
    offset 0
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
    offset 0
  ),
  w as (
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
  h as (
    select l.chain_id, l.item, l.subject_id, l.link, l.window_from, l.window_to, l.state, l.offered_on, l.accepted_on, l.settled_on,
      l.positive_on, l.followed_on, l.drop_reason, l.facility_id, l.division_code, l.cohort_month
    from chain_links l
    where l.county_code = county and l.chain_id = any(those)
      and (project_chains.items is null or l.item = any(project_chains.items))
  ),
  -- What is to be written, and what of it is counted otherwise than what was there.
  d as materialized (
    select coalesce(w.chain_id, h.chain_id) as chain_id, coalesce(w.item, h.item) as item, coalesce(w.subject_id, h.subject_id) as subject_id,
      w.link, w.window_from, w.window_to, w.state, w.offered_on, w.accepted_on, w.settled_on, w.positive_on, w.followed_on, w.drop_reason,
      w.facility_id, w.division_code, w.cohort_month, w.chain_id is not null as is_wanted, h.chain_id is not null as is_had,
      h.cohort_month as had_month, h.division_code as had_division, h.state as had_state, h.drop_reason as had_reason,
      h.offered_on as had_offered_on, h.accepted_on as had_accepted_on, h.positive_on as had_positive_on, h.followed_on as had_followed_on,
      (w.state, w.drop_reason, w.cohort_month, w.division_code, w.offered_on is null, w.accepted_on is null, w.positive_on is null,
        w.followed_on is null, w.chain_id) is distinct from
      (h.state, h.drop_reason, h.cohort_month, h.division_code, h.offered_on is null, h.accepted_on is null, h.positive_on is null,
        h.followed_on is null, h.chain_id) as is_counted_anew
    from w full join h on h.chain_id = w.chain_id and h.item = w.item and h.subject_id = w.subject_id
    where (w.window_from, w.window_to, w.state, w.offered_on, w.accepted_on, w.settled_on, w.positive_on, w.followed_on, w.drop_reason,
        w.facility_id, w.division_code, w.cohort_month, w.link, w.chain_id) is distinct from
      (h.window_from, h.window_to, h.state, h.offered_on, h.accepted_on, h.settled_on, h.positive_on, h.followed_on, h.drop_reason,
        h.facility_id, h.division_code, h.cohort_month, h.link, h.chain_id)
  ),
  recounted as materialized (
    select n.* from d cross join lateral (values
        (d.is_wanted, d.cohort_month, d.division_code, d.item, d.state, d.drop_reason, d.offered_on, d.accepted_on, d.positive_on,
          d.followed_on, 1),
        (d.is_had, d.had_month, d.had_division, d.item, d.had_state, d.had_reason, d.had_offered_on, d.had_accepted_on, d.had_positive_on,
          d.had_followed_on, -1))
      as n (is_there, cohort_month, division_code, item, state, drop_reason, offered_on, accepted_on, positive_on, followed_on, n)
    where d.is_counted_anew and n.is_there
  ),
  redated as (
    update chain_links l
    set link = d.link, window_from = d.window_from, window_to = d.window_to, state = d.state, offered_on = d.offered_on,
      accepted_on = d.accepted_on, settled_on = d.settled_on, positive_on = d.positive_on, followed_on = d.followed_on,
      drop_reason = d.drop_reason, facility_id = d.facility_id, division_code = d.division_code, cohort_month = d.cohort_month
    from d
    where d.is_wanted and d.is_had and l.county_code = county and l.chain_id = d.chain_id and l.item = d.item and l.subject_id = d.subject_id
  ),
  gone as (
    delete from chain_links l using d
    where not d.is_wanted and l.county_code = county and l.chain_id = d.chain_id and l.item = d.item and l.subject_id = d.subject_id
  ),
  written as (
    insert into chain_links as l (county_code, chain_id, item, subject_id, link, window_from, window_to, state, offered_on, accepted_on,
      settled_on, positive_on, followed_on, drop_reason, facility_id, division_code, cohort_month)
    select county, d.chain_id, d.item, d.subject_id, d.link, d.window_from, d.window_to, d.state, d.offered_on, d.accepted_on, d.settled_on,
      d.positive_on, d.followed_on, d.drop_reason, d.facility_id, d.division_code, d.cohort_month
    from d where d.is_wanted and not d.is_had
  ),
  -- Last: these rows are shared by the whole county, and whoever else counts waits from here to the commit.
  counted as (
    insert into chain_tallies as t (county_code, cohort_month, division_code, item, state, reason, links, offered, accepted, positive, followed)
    select county, n.cohort_month, n.township, n.item, n.state, n.reason, sum(n.n), coalesce(sum(n.n) filter (where n.offered), 0),
      coalesce(sum(n.n) filter (where n.accepted), 0), coalesce(sum(n.n) filter (where n.positive), 0),
      coalesce(sum(n.n) filter (where n.followed), 0)
    from (
      select r.cohort_month, rpad(left(r.division_code, 9), 12, '0') as township, r.item, r.state, coalesce(r.drop_reason, '') as reason, r.n,
        (r.offered_on is not null or r.state in ('DONE', 'DECLINED')) as offered, (r.accepted_on is not null or r.state = 'DONE') as accepted,
        r.positive_on is not null as positive, r.followed_on is not null as followed
      from recounted r
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
    select distinct county, r.cohort_month, 1 from recounted r order by 2
    on conflict (county_code, cohort_month) do update set changes = t.changes + 1
  )
  select count(*) from d into changed;
  return changed;
end
$$;
--> statement-breakpoint
-- Records were taken back, one or those of a whole batch: what they said of their chains goes, and the links fall back to what else is known.
drop function app.void_links(integer, uuid, text, date, uuid, timestamptz);
--> statement-breakpoint
create function app.void_links(county integer, records uuid[], reason text, today date, actor uuid, at timestamptz) returns integer
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
    where e.county_code = county and e.record_id = any(void_links.records) and e.voided_at is null
      and (app.facility() is null or e.facility_id = app.facility())
    returning e.chain_id
  )
  select coalesce(array_agg(distinct g.chain_id), '{}') from gone g into touched;
  return case when cardinality(touched) = 0 then 0 else app.refresh_chains(county, touched, void_links.today, void_links.at) end;
end
$$;
--> statement-breakpoint
revoke all on function app.void_links from public;
--> statement-breakpoint
grant execute on function app.void_links to youyu_care;
--> statement-breakpoint
-- The births of children whom a facility of the county looks after.
create function app.births_of(county integer, children uuid[])
returns table (child_id uuid, mother_id uuid, born_on date)
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select b.child_id, b.mother_id, b.occurred_on
  from unnest(children) as c (id) join births b on b.county_code = births_of.county and b.child_id = c.id and b.voided_at is null
  where exists (
    select from organisations o
    where o.id = app.facility() and left(o.division_code, 6) = lpad(births_of.county::text, 6, '0'));
end
$$;
--> statement-breakpoint
revoke all on function app.births_of from public;
--> statement-breakpoint
grant execute on function app.births_of to youyu_care;
--> statement-breakpoint
-- One's own first: policies are asked in the order of their names, and the chain is a look-up for every row.
alter policy child_follow_ups_of_chain on child_follow_ups
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
alter policy child_visits_of_chain on child_visits
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
alter policy child_supports_of_chain on child_supports
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
alter policy prenatal_screens_of_chain on prenatal_screens
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
alter policy prenatal_diagnoses_of_chain on prenatal_diagnoses
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
alter policy screen_positives_of_chain on screen_positives
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
alter policy screen_positive_steps_of_chain on screen_positive_steps
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
alter policy blood_spots_of_chain on blood_spots
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
alter policy hearing_screens_of_chain on hearing_screens
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
alter policy cchd_screens_of_chain on cchd_screens
  using (facility_id = (select app.facility()) or app.joins(county_code, chain_id));
--> statement-breakpoint
-- Programmes are nobody's secret; a county writes its own only, and what it wrote is set aside, never changed.
alter table programmes enable row level security;
--> statement-breakpoint
create policy programmes_read on programmes for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area and (owner_county = 0 or app.area_touches(owner_county)));
--> statement-breakpoint
create policy programmes_write on programmes for all to youyu_app
  using (owner_county <> 0 and app.answers_for(owner_county)) with check (owner_county <> 0 and app.answers_for(owner_county));
--> statement-breakpoint
grant select, insert, update on programmes to youyu_app;
--> statement-breakpoint
alter table programme_versions enable row level security;
--> statement-breakpoint
create policy programme_versions_read on programme_versions for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area and (owner_county = 0 or app.area_touches(owner_county)));
--> statement-breakpoint
create policy programme_versions_add on programme_versions for insert to youyu_app
  with check (owner_county <> 0 and app.answers_for(owner_county));
--> statement-breakpoint
grant select, insert on programme_versions to youyu_app;
--> statement-breakpoint
alter table programme_rates enable row level security;
--> statement-breakpoint
create policy programme_rates_read on programme_rates for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area and (owner_county = 0 or app.area_touches(owner_county)));
--> statement-breakpoint
create policy programme_rates_add on programme_rates for insert to youyu_app
  with check (owner_county <> 0 and app.answers_for(owner_county));
--> statement-breakpoint
create policy programme_rates_supersede on programme_rates for update to youyu_app
  using (owner_county <> 0 and app.answers_for(owner_county));
--> statement-breakpoint
grant select, insert on programme_rates to youyu_app;
--> statement-breakpoint
grant update (superseded_at) on programme_rates to youyu_app;
--> statement-breakpoint
alter table programme_shares enable row level security;
--> statement-breakpoint
create policy programme_shares_read on programme_shares for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area and (owner_county = 0 or app.area_touches(owner_county)));
--> statement-breakpoint
create policy programme_shares_add on programme_shares for insert to youyu_app
  with check (owner_county <> 0 and app.answers_for(owner_county));
--> statement-breakpoint
create policy programme_shares_supersede on programme_shares for update to youyu_app
  using (owner_county <> 0 and app.answers_for(owner_county));
--> statement-breakpoint
grant select, insert on programme_shares to youyu_app;
--> statement-breakpoint
grant update (superseded_at) on programme_shares to youyu_app;
--> statement-breakpoint
alter table programme_stacking enable row level security;
--> statement-breakpoint
create policy programme_stacking_read on programme_stacking for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area and (owner_county = 0 or app.area_touches(owner_county)));
--> statement-breakpoint
create policy programme_stacking_add on programme_stacking for insert to youyu_app
  with check (owner_county <> 0 and app.answers_for(owner_county));
--> statement-breakpoint
create policy programme_stacking_supersede on programme_stacking for update to youyu_app
  using (owner_county <> 0 and app.answers_for(owner_county));
--> statement-breakpoint
grant select, insert on programme_stacking to youyu_app;
--> statement-breakpoint
grant update (superseded_at) on programme_stacking to youyu_app;
--> statement-breakpoint
alter table programme_changes enable row level security;
--> statement-breakpoint
create policy programme_changes_read on programme_changes for select to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
create policy programme_changes_write on programme_changes for all to youyu_app
  using (app.answers_for(county_code)) with check (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update on programme_changes to youyu_app;
--> statement-breakpoint
-- The terms of every programme in force on a day: a county's own version before the standard's, the latest first.
create function app.programme_terms(county integer, on_day date)
returns table (code text, version_id uuid, terms jsonb, status text, from_on date)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select distinct on (v.code) v.code, v.id, v.terms,
    (select p.status from programmes p where p.code = v.code and p.owner_county in (0, programme_terms.county)
      order by p.owner_county desc limit 1),
    v.from_on
  from programme_versions v
  where v.owner_county in (0, programme_terms.county) and v.from_on <= programme_terms.on_day
  order by v.code, v.owner_county desc, v.from_on desc, v.number desc
$$;
--> statement-breakpoint
-- All rates of a county, past and to come: its own of a programme stand instead of the standard's as a whole.
create function app.programme_rates_of(county integer)
returns table (code text, level text, unit text, amount_fen bigint, from_on date, to_on date, rate_id uuid)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select r.code, r.level, r.unit, r.amount_fen, r.from_on, r.to_on, r.id
  from programme_rates r
  where r.superseded_at is null and (r.owner_county = programme_rates_of.county or r.owner_county = 0 and not exists (
    select from programme_rates o where o.owner_county = programme_rates_of.county and o.code = r.code and o.superseded_at is null))
$$;
--> statement-breakpoint
-- Who bears how much of a programme on a day: the county's own before the standard's, the nearest area, the latest.
create function app.funding_shares_of(county integer, on_day date)
returns table (code text, tier text, pct numeric)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select s.code, s.tier, s.pct from (
    select c.code, c.tier, c.pct, dense_rank() over (partition by c.code
      order by c.owner_county desc, length(c.area) desc, c.from_on desc) as place
    from programme_shares c
    where c.superseded_at is null and c.owner_county in (0, funding_shares_of.county) and c.from_on <= funding_shares_of.on_day
      and left(funding_shares_of.county::text, length(c.area)) = c.area
  ) s where s.place = 1
$$;
--> statement-breakpoint
-- Which programmes go together: once a county has a set of its own, that; else the standard.
create function app.stacking_of(county integer)
returns table (first text, first_level text, second text, second_level text, verdict text, is_local boolean, reason text, stacking_id uuid)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select s.first, s.first_level, s.second, s.second_level, s.verdict, s.is_local, s.reason, s.id
  from programme_stacking s
  where s.superseded_at is null and s.owner_county = (case when exists (
    select from programme_stacking o where o.owner_county = stacking_of.county and o.superseded_at is null)
    then stacking_of.county else 0 end)
$$;
--> statement-breakpoint
revoke all on function app.programme_terms, app.programme_rates_of, app.funding_shares_of, app.stacking_of from public;
--> statement-breakpoint
grant execute on function app.programme_terms, app.programme_rates_of, app.funding_shares_of, app.stacking_of to youyu_app;
--> statement-breakpoint
-- Completed months from one day to another, as rules count them.
create function app.months_between(from_on date, until_on date) returns integer
language sql immutable parallel safe as $$
  select ((extract(year from until_on) - extract(year from from_on)) * 12 + extract(month from until_on) - extract(month from from_on)
    - (extract(day from until_on) < extract(day from from_on))::integer)::integer
$$;
--> statement-breakpoint
grant execute on function app.months_between to youyu_app;
--> statement-breakpoint
alter table circumstances enable row level security;
--> statement-breakpoint
create policy circumstances_in_area on circumstances for all to youyu_app
  using ((select app.area()) @> division_code
    or exists (select from persons p where p.county_code = circumstances.county_code and p.id = circumstances.person_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
grant select, insert, update on circumstances to youyu_app;
--> statement-breakpoint
-- A list of a department: what is new is appended, what goes on may be ended by it, what stands already is told so. Runs as
-- whoever loads, inside the area that she may see.
create function app.load_circumstances(county integer, import_id uuid, at timestamptz, actor uuid, ids uuid[], people uuid[], kinds text[],
  grades smallint[], details text[], froms date[], tos date[], documents text[], ciphers bytea[], masks text[], places text[])
returns table (place integer, outcome text)
language plpgsql set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  outcomes text[];
  stood uuid[];
begin
  with told as materialized (
    select u.person_id, u.kind, u.grade, u.detail, u.from_on, u.to_on, u.place,
      row_number() over (partition by u.person_id, u.kind, u.from_on order by u.place) as nth
    from unnest(people, kinds, grades, details, froms, tos) with ordinality as u (person_id, kind, grade, detail, from_on, to_on, place)
  ), judged as (
    select t.place, c.id as stands, case
      when t.nth > 1 then case when (t.grade, t.detail, t.to_on) is not distinct from (f.grade, f.detail, f.to_on) then 'KNOWN' else 'DIFFERS' end
      when c.id is null then 'NEW'
      when (t.grade, t.detail) is distinct from (c.grade, c.detail) then 'DIFFERS'
      when t.to_on is null or t.to_on is not distinct from c.to_on then 'KNOWN'
      when c.to_on is null then 'ENDED'
      else 'DIFFERS' end as outcome
    from told t
    left join told f on t.nth > 1 and f.nth = 1 and f.person_id = t.person_id and f.kind = t.kind and f.from_on = t.from_on
    left join circumstances c on c.county_code = county and c.person_id = t.person_id and c.kind = t.kind and c.from_on = t.from_on and c.voided_at is null
  )
  select array_agg(j.outcome order by j.place), array_agg(j.stands order by j.place) into outcomes, stood from judged j;

  update circumstances c set voided_at = load_circumstances.at, voided_by = actor, void_reason = '导入的名单载明截止日期'
  from unnest(outcomes, stood) as q (outcome, id) where q.outcome = 'ENDED' and c.county_code = county and c.id = q.id;

  insert into circumstances (county_code, id, person_id, kind, grade, detail, from_on, to_on, document_type, document_cipher, document_mask,
    division_code, recorded_at, recorded_by, source, source_ref, replaces)
  select county, u.id, u.person_id, u.kind, u.grade, u.detail, u.from_on, u.to_on, u.document, u.cipher, u.mask, u.division,
    load_circumstances.at, actor, 'IMPORT', import_id, case when u.outcome = 'ENDED' then u.stands end
  from unnest(ids, people, kinds, grades, details, froms, tos, documents, ciphers, masks, places, outcomes, stood)
    as u (id, person_id, kind, grade, detail, from_on, to_on, document, cipher, mask, division, outcome, stands)
  where u.outcome in ('NEW', 'ENDED');

  return query select q.place::integer, q.outcome from unnest(outcomes) with ordinality as q (outcome, place);
end
$$;
--> statement-breakpoint
revoke all on function app.load_circumstances from public;
--> statement-breakpoint
grant execute on function app.load_circumstances to youyu_app;
--> statement-breakpoint
-- The n-th working day after a day, which itself does not count; the day itself for 0.
create function app.add_working_days(from_day date, n integer) returns date
language sql stable strict parallel safe set search_path = public, app, pg_temp as $$
  select case when n <= 0 then from_day else (
    select from_day + i from generate_series(1, n * 2 + 40) i left join holidays h on h.day = from_day + i
    where coalesce(h.is_workday, extract(isodow from from_day + i) < 6) order by i offset n - 1 limit 1) end
$$;
--> statement-breakpoint
grant execute on function app.add_working_days to youyu_app;
--> statement-breakpoint
alter table applications enable row level security;
--> statement-breakpoint
create policy applications_in_area on applications for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on applications to youyu_app;
--> statement-breakpoint
-- Appended only.
alter table application_reviews enable row level security;
--> statement-breakpoint
create policy application_reviews_in_area on application_reviews for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on application_reviews to youyu_app;
--> statement-breakpoint
alter table application_evidence enable row level security;
--> statement-breakpoint
create policy application_evidence_in_area on application_evidence for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on application_evidence to youyu_app;
--> statement-breakpoint
grant update (withdrawn_at) on application_evidence to youyu_app;
--> statement-breakpoint
alter table application_decisions enable row level security;
--> statement-breakpoint
create policy application_decisions_in_area on application_decisions for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on application_decisions to youyu_app;
--> statement-breakpoint
alter table application_appeals enable row level security;
--> statement-breakpoint
create policy application_appeals_in_area on application_appeals for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on application_appeals to youyu_app;
--> statement-breakpoint
-- Numbers run through the whole county; nobody is in them.
alter table application_numbers enable row level security;
--> statement-breakpoint
create policy application_numbers_of_county on application_numbers for all to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
grant select, insert, update on application_numbers to youyu_app;
--> statement-breakpoint
-- A batch that fills a table from nothing would be planned for nothing to its end: the planner is told what there is.
create function app.note_benefit_sizes() returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
  analyze applications;
  analyze application_reviews;
  analyze beneficiaries;
  analyze beneficiary_events;
  analyze entitlement_months;
end
$$;
--> statement-breakpoint
revoke all on function app.note_benefit_sizes from public;
--> statement-breakpoint
grant execute on function app.note_benefit_sizes to youyu_app;
--> statement-breakpoint
-- Runs, proposals and scenarios.
alter table eligibility_runs enable row level security;
--> statement-breakpoint
create policy eligibility_runs_read on eligibility_runs for select to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
create policy eligibility_runs_add on eligibility_runs for insert to youyu_app with check (app.answers_for(county_code));
--> statement-breakpoint
create policy eligibility_runs_finish on eligibility_runs for update to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on eligibility_runs to youyu_app;
--> statement-breakpoint
grant update (finished_at, entitled, proposed) on eligibility_runs to youyu_app;
--> statement-breakpoint
alter table eligibility_counts enable row level security;
--> statement-breakpoint
create policy eligibility_counts_in_area on eligibility_counts for select to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
create policy eligibility_counts_add on eligibility_counts for insert to youyu_app with check ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on eligibility_counts to youyu_app;
--> statement-breakpoint
-- Of the runs of the nights those of the last weeks and of each month's first day are kept.
create function app.forget_night_runs(county integer, before date) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
  gone uuid[];
begin
  if not app.answers_for(county) then raise insufficient_privilege; end if;
  select array_agg(r.id) into gone from eligibility_runs r
  where r.county_code = county and r.as_of < before and extract(day from r.as_of) <> 1
    and r.id = app.derived_id('eligibility night ' || county || ' ' || r.as_of);
  delete from eligibility_counts c where c.county_code = county and c.run_id = any (gone);
  delete from eligibility_runs r where r.county_code = county and r.id = any (gone);
  return coalesce(cardinality(gone), 0);
end
$$;
--> statement-breakpoint
revoke all on function app.forget_night_runs from public;
--> statement-breakpoint
grant execute on function app.forget_night_runs to youyu_app;
--> statement-breakpoint
alter table benefit_proposals enable row level security;
--> statement-breakpoint
create policy benefit_proposals_in_area on benefit_proposals for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on benefit_proposals to youyu_app;
--> statement-breakpoint
grant update (version_id, payee_id, level, division_code, as_of, run_id, state, basis, missing, year_fen, proposed_at, settled_on, settled_by,
  note, application_id) on benefit_proposals to youyu_app;
--> statement-breakpoint
alter table benefit_scenarios enable row level security;
--> statement-breakpoint
create policy benefit_scenarios_of_county on benefit_scenarios for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on benefit_scenarios to youyu_app;
--> statement-breakpoint
grant update (withdrawn_at, withdrawn_by, version) on benefit_scenarios to youyu_app;
--> statement-breakpoint
alter table attachments enable row level security;
--> statement-breakpoint
create policy attachments_in_area on attachments for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on attachments to youyu_app;
--> statement-breakpoint
grant update (voided_at, voided_by, void_reason) on attachments to youyu_app;
--> statement-breakpoint
-- An amount between six tiers (central, province, city, county, township, other) by largest remainder: the parts sum to
-- it exactly, of equal remainders the county's comes first. The same as splitShares.
create function app.split_shares(amount bigint, pcts numeric[]) returns bigint[]
language plpgsql immutable strict parallel safe as $$
declare
  parts bigint[] := '{}';
  remainders bigint[] := '{}';
  whole numeric := 0;
  remaining bigint := amount;
  product numeric;
  best integer;
begin
  if amount < 0 or cardinality(pcts) <> 6 then raise exception 'An amount is split between six tiers' using errcode = '22023'; end if;
  for i in 1..6 loop
    if pcts[i] < 0 then raise exception 'A funding share is not below nothing' using errcode = '22023'; end if;
    whole := whole + round(pcts[i] * 1000);
    product := amount * round(pcts[i] * 1000);
    parts[i] := div(product, 100000);
    remainders[i] := mod(product, 100000);
    remaining := remaining - parts[i];
  end loop;
  if whole <> 100000 then raise exception 'Funding shares sum to 100 per cent' using errcode = '22023'; end if;
  while remaining > 0 loop
    best := 4;
    for i in 1..6 loop
      if remainders[i] > remainders[best] then best := i; end if;
    end loop;
    parts[best] := parts[best] + 1;
    remainders[best] := -1;
    remaining := remaining - 1;
  end loop;
  return parts;
end
$$;
--> statement-breakpoint
grant execute on function app.split_shares to youyu_app;
--> statement-breakpoint
alter table ledger_entries enable row level security;
--> statement-breakpoint
create policy ledger_entries_of_county on ledger_entries for select to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select on ledger_entries to youyu_app;
--> statement-breakpoint
alter table ledger_lines enable row level security;
--> statement-breakpoint
create policy ledger_lines_of_county on ledger_lines for select to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select on ledger_lines to youyu_app;
--> statement-breakpoint
alter table ledger_balances enable row level security;
--> statement-breakpoint
create policy ledger_balances_of_county on ledger_balances for select to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select on ledger_balances to youyu_app;
--> statement-breakpoint
alter table ledger_heads enable row level security;
--> statement-breakpoint
create policy ledger_heads_of_county on ledger_heads for select to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select on ledger_heads to youyu_app;
--> statement-breakpoint
-- Sealed by the owner alone; a county reads its seals.
alter table ledger_seals enable row level security;
--> statement-breakpoint
create policy ledger_seals_of_county on ledger_seals for select to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select on ledger_seals to youyu_app;
--> statement-breakpoint
-- Writes one entry, its lines and what they sum to. It is the only way into the ledger: what does not balance in every
-- tier, or moves between accounts that its kind has no business with, is refused. Told twice of the same thing, the
-- second finds ledger_entries_once.
create function app.post_ledger(county integer, entry jsonb, lines jsonb, at timestamptz, actor uuid) returns bigint
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  posted bigint;
  what text := entry ->> 'kind';
  earlier uuid := (entry ->> 'reverses')::uuid;
  lawful text[];
begin
  if not app.answers_for(county) then raise exception 'The ledger of another county' using errcode = '42501'; end if;
  if what = 'REVERSAL' then
    select jsonb_agg(jsonb_build_object('account', l.account, 'tier', l.tier, 'debitFen', l.credit_fen, 'creditFen', l.debit_fen) order by l.line)
      into lines from ledger_lines l where l.county_code = county and l.entry_id = earlier;
  else
    lawful := case what
      when 'FUND_ARRIVAL' then array['D RECEIVED', 'C BUDGET']
      when 'FUND_SURRENDER' then array['D BUDGET', 'C RECEIVED']
      when 'CARRY_OUT' then array['D BUDGET', 'C CARRIED']
      when 'CARRY_IN' then array['D CARRIED', 'C BUDGET']
      when 'COMMITMENT' then array['D BUDGET', 'C PROGRAM_PAYABLE']
      when 'RELEASE' then array['D PROGRAM_PAYABLE', 'C BUDGET']
      when 'PAYMENT' then array['D PROGRAM_PAYABLE', 'C PAID']
      when 'BANK_RETURN' then array['D RETURNED', 'C BUDGET']
      when 'OVERPAYMENT' then array['D OVERPAYMENT_RECEIVABLE', 'C RECOVERY_EXPECTED']
      when 'RECOVERY' then array['D RECOVERED', 'C OVERPAYMENT_RECEIVABLE', 'D RECOVERY_EXPECTED', 'C BUDGET']
      when 'WRITE_OFF' then array['D RECOVERY_EXPECTED', 'C OVERPAYMENT_RECEIVABLE']
      when 'DEPOSIT_REFUND' then array['D BUDGET', 'C DEPOSIT_REFUND']
    end;
    if lawful is null or exists (
      select from jsonb_to_recordset(lines) l (account text, "debitFen" bigint, "creditFen" bigint)
      where (case when "debitFen" > 0 then 'D ' else 'C ' end || account) <> all (lawful))
    then raise exception 'No such movement' using errcode = '23514', constraint = 'ledger_lawful_movement'; end if;
  end if;
  if lines is null or jsonb_array_length(lines) = 0 or exists (
    select from jsonb_to_recordset(lines) l (tier text, "debitFen" bigint, "creditFen" bigint)
    group by tier having sum("debitFen") <> sum("creditFen"))
  then raise exception 'Debit and credit differ' using errcode = '23514', constraint = 'ledger_balanced'; end if;

  insert into ledger_heads as h (county_code, last_number) values (county, 1)
  on conflict (county_code) do update set last_number = h.last_number + 1
  returning last_number into posted;
  insert into ledger_entries (county_code, id, number, kind, programme, year, occurred_on, total_fen, ref_type, ref_id, memo, reverses, recorded_at, recorded_by)
  select county, (entry ->> 'id')::uuid, posted, what, entry ->> 'programme', (entry ->> 'year')::smallint, (entry ->> 'occurredOn')::date,
    (select sum("debitFen") from jsonb_to_recordset(lines) l ("debitFen" bigint)), entry ->> 'refType', (entry ->> 'refId')::uuid,
    entry ->> 'memo', earlier, at, actor;
  insert into ledger_lines (county_code, entry_id, line, account, tier, debit_fen, credit_fen)
  select county, (entry ->> 'id')::uuid, l.line, l.part ->> 'account', l.part ->> 'tier', (l.part ->> 'debitFen')::bigint, (l.part ->> 'creditFen')::bigint
  from jsonb_array_elements(lines) with ordinality l (part, line);
  insert into ledger_balances (county_code, programme, year, account, tier, debit_fen, credit_fen)
  select distinct county, entry ->> 'programme', (entry ->> 'year')::smallint, account, tier, 0, 0
  from jsonb_to_recordset(lines) l (account text, tier text)
  on conflict do nothing;
  update ledger_balances b set debit_fen = b.debit_fen + s.debit, credit_fen = b.credit_fen + s.credit
  from (
    select account, tier, sum("debitFen")::bigint as debit, sum("creditFen")::bigint as credit
    from jsonb_to_recordset(lines) l (account text, tier text, "debitFen" bigint, "creditFen" bigint)
    group by account, tier
  ) s
  where b.county_code = county and b.programme = entry ->> 'programme' and b.year = (entry ->> 'year')::smallint
    and b.account = s.account and b.tier = s.tier;
  return posted;
end
$$;
--> statement-breakpoint
revoke all on function app.post_ledger from public;
--> statement-breakpoint
grant execute on function app.post_ledger to youyu_app;
--> statement-breakpoint
-- Budgets and funds are the county office's.
alter table budgets enable row level security;
--> statement-breakpoint
create policy budgets_of_county on budgets for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update on budgets to youyu_app;
--> statement-breakpoint
alter table budget_changes enable row level security;
--> statement-breakpoint
create policy budget_changes_of_county on budget_changes for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on budget_changes to youyu_app;
--> statement-breakpoint
alter table fund_arrivals enable row level security;
--> statement-breakpoint
create policy fund_arrivals_of_county on fund_arrivals for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on fund_arrivals to youyu_app;
--> statement-breakpoint
alter table fund_findings enable row level security;
--> statement-breakpoint
create policy fund_findings_of_county on fund_findings for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on fund_findings to youyu_app;
--> statement-breakpoint
grant update (put_right_on, put_right_how, version) on fund_findings to youyu_app;
--> statement-breakpoint
alter table county_revenues enable row level security;
--> statement-breakpoint
create policy county_revenues_of_county on county_revenues for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on county_revenues to youyu_app;
--> statement-breakpoint
-- Keyed hashes of claimants: written by whoever may write the person, compared by the functions below alone.
alter table claim_keys enable row level security;
--> statement-breakpoint
create policy claim_keys_of_county on claim_keys for all to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
grant select, insert, update on claim_keys to youyu_app;
--> statement-breakpoint
alter table claim_lists enable row level security;
--> statement-breakpoint
create policy claim_lists_of_county on claim_lists for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on claim_lists to youyu_app;
--> statement-breakpoint
alter table claim_list_entries enable row level security;
--> statement-breakpoint
create policy claim_list_entries_of_county on claim_list_entries for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on claim_list_entries to youyu_app;
--> statement-breakpoint
alter table claim_matches enable row level security;
--> statement-breakpoint
create policy claim_matches_in_area on claim_matches for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on claim_matches to youyu_app;
--> statement-breakpoint
-- Whether somebody stands in a programme of a county: drawing it, or on the way to it.
create function app.claims_of(county integer, person uuid)
returns table (programme text)
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select b.programme from beneficiaries b
    where b.county_code = claims_of.county and b.person_id = claims_of.person and b.state in ('ACTIVE', 'SUSPENDED')
    union
    select a.programme from applications a
    where a.county_code = claims_of.county and a.subject_id = claims_of.person
      and a.state not in ('DRAFT', 'NOT_ACCEPTED', 'REJECTED', 'UPHELD', 'WITHDRAWN', 'CONFIRMED', 'BENEFICIARY_ACTIVE');
end
$$;
--> statement-breakpoint
revoke all on function app.claims_of from public;
--> statement-breakpoint
-- Looks for these claimants among those of the other counties of this installation and in the lists handed down, and keeps
-- what it finds as matches for a human; told twice, it keeps nothing new. The other county's people stay unseen.
create function app.find_claims(county integer, people uuid[], asked text, today date) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
  others integer[];
  found_now integer;
begin
  if not app.area_touches(find_claims.county) then return 0; end if;
  select array_agg(distinct k.county_code) into others from claim_keys k where k.county_code <> find_claims.county;
  with mine as materialized (
    select k.person_id, k.number_key, k.name_key, k.kin_key from claim_keys k
    where k.county_code = find_claims.county and k.person_id = any (people)
  ),
  met as (
    select m.person_id, 'INSTALLATION' as source, 'NUMBER' as key_kind, o.county_code as other
    from mine m join claim_keys o on o.county_code = any (others) and o.number_key = m.number_key
    where exists (select from app.claims_of(o.county_code, o.person_id) c where c.programme = asked)
    union
    select m.person_id, 'INSTALLATION', 'NAME', o.county_code
    from mine m join claim_keys o on o.county_code = any (others) and o.name_key = m.name_key
    where o.number_key is distinct from m.number_key and (o.kin_key is null or m.kin_key is null or o.kin_key = m.kin_key)
      and exists (select from app.claims_of(o.county_code, o.person_id) c where c.programme = asked)
    union
    select m.person_id, 'NATIONAL_LIST', 'NUMBER', e.owner_county
    from mine m join claim_list_entries e on e.county_code = find_claims.county and e.number_key = m.number_key
    where e.programme = asked and e.owner_county <> find_claims.county and coalesce(e.to_month, today) >= date_trunc('month', today)
  ),
  kept as (
    insert into claim_matches (county_code, id, programme, person_id, division_code, source, key_kind, answer, other_county,
      state, found_on)
    select find_claims.county, app.derived_id(concat_ws('/', 'claim', find_claims.county, asked, m.person_id, m.source, m.other, m.key_kind)),
      asked, m.person_id, p.hukou_division, m.source, m.key_kind, 'SAME_PROGRAMME', m.other,
      case m.key_kind when 'NAME' then 'POSSIBLE' else 'SUSPECTED' end, today
    from met m join persons p on p.county_code = find_claims.county and p.id = m.person_id
    on conflict do nothing
    returning 1
  )
  select count(*) into found_now from kept;
  return found_now;
end
$$;
--> statement-breakpoint
revoke all on function app.find_claims from public;
--> statement-breakpoint
grant execute on function app.find_claims to youyu_app;
--> statement-breakpoint
-- What another county hears about its claimants: by place in its list, a word and the county, never a person.
create function app.answer_claims(asked text, numbers bytea[], names bytea[], kins bytea[])
returns table (place integer, answer text, owner_county integer)
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  ours integer[];
begin
  select array_agg(c) into ours from (select distinct k.county_code as c from claim_keys k) d where app.area_touches(d.c);
  return query
  with asked_about as materialized (
    select q.number_key, q.name_key, q.kin_key, q.place::int
    from unnest(numbers, names, kins) with ordinality as q (number_key, name_key, kin_key, place)
  ),
  met as (
    select q.place, k.county_code, case when c.programme = asked then 3 else 2 end as weight
    from asked_about q join claim_keys k on k.county_code = any (ours) and k.number_key = q.number_key
    cross join lateral app.claims_of(k.county_code, k.person_id) c
    union all
    select q.place, k.county_code, 1
    from asked_about q join claim_keys k on k.county_code = any (ours) and k.name_key = q.name_key
    where k.number_key is distinct from q.number_key and (k.kin_key is null or q.kin_key is null or k.kin_key = q.kin_key)
      and exists (select from app.claims_of(k.county_code, k.person_id) c where c.programme = asked)
  )
  select q.place, case best.weight when 3 then 'SAME_PROGRAM' when 2 then 'OTHER' when 1 then 'POSSIBLE' else 'NONE' end,
    case when best.weight in (1, 3) then best.county_code end
  from asked_about q
  left join lateral (select m.weight, m.county_code from met m where m.place = q.place order by m.weight desc, m.county_code limit 1) best on true
  order by q.place;
end
$$;
--> statement-breakpoint
revoke all on function app.answer_claims from public;
--> statement-breakpoint
grant execute on function app.answer_claims to youyu_app;
--> statement-breakpoint
alter table public_notices enable row level security;
--> statement-breakpoint
create policy public_notices_in_area on public_notices for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on public_notices to youyu_app;
--> statement-breakpoint
alter table notice_entries enable row level security;
--> statement-breakpoint
create policy notice_entries_in_area on notice_entries for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on notice_entries to youyu_app;
--> statement-breakpoint
-- A line is frozen: only what came of it is written later.
grant update (outcome, outcome_on) on notice_entries to youyu_app;
--> statement-breakpoint
alter table notice_postings enable row level security;
--> statement-breakpoint
create policy notice_postings_in_area on notice_postings for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on notice_postings to youyu_app;
--> statement-breakpoint
alter table objections enable row level security;
--> statement-breakpoint
create policy objections_in_area on objections for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on objections to youyu_app;
--> statement-breakpoint
-- What keeps benefits from being paid for now: a list still up, an objection not yet decided, a double claim not yet
-- settled. One row for a ground; for the roster, by beneficiary.
create function app.payment_holds(county integer, those uuid[])
returns table (beneficiary_id uuid, ground text, ground_id uuid)
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  if not app.answers_for(payment_holds.county) then return; end if;
  return query
    with b as materialized (
      select b.id, b.application_id, b.person_id, b.programme from beneficiaries b
      where b.county_code = payment_holds.county and b.id = any (those)
    )
    select b.id, 'NOTICE', e.notice_id from b
    join notice_entries e on e.county_code = payment_holds.county and e.application_id = b.application_id and e.outcome = 'OPEN'
    union all
    select b.id, 'OBJECTION', o.id from b
    join notice_entries e on e.county_code = payment_holds.county and e.application_id = b.application_id and e.outcome <> 'LEFT'
    join objections o on o.county_code = payment_holds.county and o.notice_id = e.notice_id
      and o.state in ('RECEIVED', 'INVESTIGATED') and (o.seq is null or o.seq = e.seq)
    union all
    select b.id, 'DOUBLE_CLAIM', m.id from b
    join claim_matches m on m.county_code = payment_holds.county and m.person_id = b.person_id and m.programme = b.programme
      and (m.state in ('POSSIBLE', 'SUSPECTED', 'NOTIFIED') or (m.state = 'RESOLVED' and m.owner_county <> m.county_code));
end
$$;
--> statement-breakpoint
revoke all on function app.payment_holds from public;
--> statement-breakpoint
grant execute on function app.payment_holds to youyu_app;
--> statement-breakpoint
-- The board that everybody reads: what is on display on a day and nothing beside it. These functions are all that a reader
-- without an area reaches; each answers public columns alone.
create function app.board_counties(today date) returns table (county integer, name text, notices integer)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select n.county_code, coalesce((select d.name from divisions d where d.code = rpad(n.county_code::text, 12, '0') and d.valid_to is null limit 1), ''),
    count(*)::int
  from public_notices n where n.state in ('POSTED', 'OBJECTION_OPEN') and n.posted_on <= today and n.until_on >= today
  group by n.county_code order by n.county_code
$$;
--> statement-breakpoint
create function app.board_places(county integer, today date) returns table (code text, name text, notices integer)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select q.code, coalesce((select d.name from divisions d where d.code = q.code and d.valid_to is null limit 1), ''), q.notices from (
    select left(n.division_code, 9) || '000' as code, count(*)::int as notices
    from public_notices n
    where n.county_code = board_places.county and n.state in ('POSTED', 'OBJECTION_OPEN') and n.posted_on <= today and n.until_on >= today
    group by 1
  ) q order by q.code
$$;
--> statement-breakpoint
-- Of a list without names the number is told where no village of it has so few that it would tell of persons.
create function app.board_notices(county integer, today date, lo text, hi text, asked text, those uuid, after_on date, after_id uuid, most integer)
returns table (id uuid, number text, programme text, name_zh text, name_en text, step text, division_code text, place text, township text,
  profile text, posted_on date, until_on date, entries integer, content_hash text, working_days integer)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select n.id, n.number, n.programme, coalesce(p.name_zh, n.programme), coalesce(p.name_en, n.programme), n.step, n.division_code,
    coalesce((select d.name from divisions d where d.code = n.division_code and d.valid_to is null limit 1), ''),
    case when n.step = 'VILLAGE_NOTICE' then
      (select d.name from divisions d where d.code = left(n.division_code, 9) || '000' and d.valid_to is null limit 1) end,
    n.profile, n.posted_on, n.until_on,
    case when n.profile = 'STANDARD' or not exists (
      select from notice_entries e where e.county_code = n.county_code and e.notice_id = n.id group by e.division_code having count(*) < 5)
      then n.entries end,
    encode(n.content_hash, 'hex'), n.working_days::int
  from public_notices n
  left join lateral (select g.name_zh, g.name_en from programmes g where g.code = n.programme and g.owner_county in (0, n.county_code)
    order by g.owner_county desc limit 1) p on true
  where n.county_code = board_notices.county and n.state in ('POSTED', 'OBJECTION_OPEN') and n.posted_on <= today and n.until_on >= today
    and (lo is null or n.division_code >= lo and n.division_code < hi) and (asked is null or n.programme = asked)
    and (those is null or n.id = those)
    and (after_on is null or (n.posted_on, n.id) < (after_on, after_id))
  order by n.posted_on desc, n.id desc limit most
$$;
--> statement-breakpoint
create function app.board_lines(county integer, notice uuid, today date, after_seq integer, most integer)
returns table (seq integer, name text, place text, level text, level_names jsonb)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select e.seq, e.masked_name, coalesce((select d.name from divisions d where d.code = e.division_code and d.valid_to is null limit 1), ''), e.level,
    (select l.item from programmes g, jsonb_array_elements(g.levels) as l (item)
     where g.code = n.programme and g.owner_county in (0, n.county_code) and l.item ->> 'level' = e.level and e.level <> ''
     order by g.owner_county desc limit 1)
  from public_notices n join notice_entries e on e.county_code = n.county_code and e.notice_id = n.id
  where n.county_code = board_lines.county and n.id = board_lines.notice and n.profile = 'STANDARD'
    and n.state in ('POSTED', 'OBJECTION_OPEN') and n.posted_on <= today and n.until_on >= today
    and e.outcome = 'OPEN' and e.seq > after_seq
  order by e.seq limit most
$$;
--> statement-breakpoint
-- Takes an objection from the board: to a list on display, to one of its lines where it shows lines, and not without end.
create function app.lodge_objection(county integer, notice uuid, line integer, objection uuid, number text, anonymous boolean,
  content bytea, receipt bytea, today date, at timestamptz)
returns table (due_on date)
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  n public_notices;
  application uuid;
begin
  select * into n from public_notices x
    where x.county_code = lodge_objection.county and x.id = lodge_objection.notice and x.state in ('POSTED', 'OBJECTION_OPEN')
      and x.posted_on <= today and x.until_on >= today for update;
  if not found then return; end if;
  if line is not null then
    select e.application_id into application from notice_entries e
      where e.county_code = n.county_code and e.notice_id = n.id and e.seq = line and e.outcome = 'OPEN' and n.profile = 'STANDARD';
    if application is null then return; end if;
  end if;
  if (select count(*) from objections o where o.county_code = n.county_code and o.notice_id = n.id and o.channel = 'PUBLIC_PAGE'
      and o.state in ('RECEIVED', 'INVESTIGATED')) >= 50 then return; end if;
  insert into objections (county_code, id, number, notice_id, seq, application_id, programme, division_code, channel, is_anonymous,
    content_cipher, receipt_hash, state, received_on, due_on, recorded_at)
  values (n.county_code, objection, number, n.id, line, application, n.programme, n.division_code, 'PUBLIC_PAGE', anonymous,
    content, receipt, 'RECEIVED', today, app.add_working_days(today, 10), at);
  update public_notices x set state = 'OBJECTION_OPEN', version = x.version + 1
    where x.county_code = n.county_code and x.id = n.id and x.state = 'POSTED';
  return query select app.add_working_days(today, 10);
end
$$;
--> statement-breakpoint
create function app.board_reply(county integer, asked text, receipt bytea)
returns table (id uuid, number text, state text, received_on date, due_on date, decided_on date, reply bytea)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select o.id, o.number, o.state, o.received_on, o.due_on, o.decided_on, o.reply_cipher from objections o
  where o.county_code = board_reply.county and o.number = board_reply.asked and o.receipt_hash = board_reply.receipt
$$;
--> statement-breakpoint
revoke all on function app.board_counties, app.board_places, app.board_notices, app.board_lines, app.lodge_objection, app.board_reply from public;
--> statement-breakpoint
grant execute on function app.board_counties, app.board_places, app.board_notices, app.board_lines, app.lodge_objection, app.board_reply to youyu_app;
--> statement-breakpoint
alter table annual_verifications enable row level security;
--> statement-breakpoint
create policy annual_verifications_in_area on annual_verifications for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on annual_verifications to youyu_app;
--> statement-breakpoint
-- Opens the verification of a year for everybody who draws a programme in the area, and answers by the register what it can:
-- who passes every question is done. Told twice, it opens nobody twice, and looks again at those still due.
create function app.open_verifications(county integer, asked text, of_year integer, today date, actor uuid, at timestamptz)
returns table (id uuid, beneficiary_id uuid, is_new boolean, passed boolean, doubtful boolean)
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  due date;
  by_feed boolean;
begin
  select make_date(of_year, left(t.terms #>> '{verification,dueOn}', 2)::int,
      least(right(t.terms #>> '{verification,dueOn}', 2)::int, extract(day from (make_date(of_year, left(t.terms #>> '{verification,dueOn}', 2)::int, 1) + interval '1 month - 1 day'))::int)),
    t.terms #> '{verification,methods}' ? 'FEED_MATCH'
    into due, by_feed
  from app.programme_terms(open_verifications.county, today) t
  where t.code = asked and jsonb_typeof(t.terms -> 'verification') = 'object';
  if due is null then return; end if;
  return query
    with standing as materialized (
      select b.id, b.person_id, b.payee_id, b.division_code, b.level, b.confirmed_on
      from beneficiaries b
      where b.county_code = open_verifications.county and b.programme = asked and b.state = 'ACTIVE'
        and (select app.area()) @> b.division_code and b.confirmed_on < make_date(of_year, 1, 1)
        and not exists (select from annual_verifications v where v.county_code = b.county_code and v.beneficiary_id = b.id
          and v.year = of_year and v.state <> 'DUE')
    ),
    looked as (
      select s.*,
        case when p.status = 'DECEASED' or exists (select from deaths d where d.county_code = open_verifications.county
            and d.person_id = s.person_id and d.voided_at is null) then 'NO'
          when p.status in ('ACTIVE', 'SUSPECT_DUP') then 'YES' else 'UNKNOWN' end as alive,
        case when p.status = 'MOVED_OUT' or left(p.hukou_division, 6)::int <> open_verifications.county then 'NO' else 'YES' end as hukou,
        case when exists (select from persons c where c.county_code = open_verifications.county and c.status <> 'MERGED'
            and c.mother_id = s.person_id and c.birth_date > s.confirmed_on)
          or exists (select from persons c where c.county_code = open_verifications.county and c.status <> 'MERGED'
            and c.father_id = s.person_id and c.birth_date > s.confirmed_on) then 'NO' else 'YES' end as children,
        case when s.level <> 'B_DISABILITY' then 'YES'
          when exists (select from persons c join circumstances x on x.county_code = c.county_code and x.person_id = c.id
            where c.county_code = open_verifications.county and (c.mother_id = s.person_id or c.father_id = s.person_id)
              and x.kind = 'DISABILITY' and x.grade <= 3 and x.voided_at is null and x.from_on <= today and coalesce(x.to_on, today) >= today)
          then 'YES' else 'NO' end as disability,
        case when exists (select from payment_accounts a where a.county_code = open_verifications.county and a.payee_id = s.payee_id
            and a.state = 'ACTIVE') then 'YES' else 'UNKNOWN' end as account
      from standing s join persons p on p.county_code = open_verifications.county and p.id = s.person_id
    ),
    kept as (
      insert into annual_verifications as v (county_code, id, year, beneficiary_id, programme, person_id, division_code, opened_on, due_on,
        state, method, checks, result, done_on, done_by, recorded_at)
      select open_verifications.county, app.derived_id('verification/' || l.id || '/' || of_year), of_year, l.id, asked, l.person_id,
        l.division_code, today, due, case when q.passes then 'DONE' else 'DUE' end, case when q.passes then 'FEED_MATCH' end,
        jsonb_build_object('alive', l.alive, 'hukou', l.hukou, 'children', l.children, 'disability', l.disability, 'account', l.account),
        case when q.passes then 'CONTINUE' end, case when q.passes then today end, case when q.passes then actor end, at
      from looked l cross join lateral (
        select by_feed and l.alive = 'YES' and l.hukou = 'YES' and l.children = 'YES' and l.disability = 'YES' and l.account = 'YES' as passes
      ) q
      on conflict (county_code, beneficiary_id, year) do update set checks = excluded.checks, state = excluded.state,
        method = excluded.method, result = excluded.result, done_on = excluded.done_on, done_by = excluded.done_by, version = v.version + 1
      returning v.id, v.beneficiary_id, v.version = 1 as is_new, v.state = 'DONE' as passed,
        'NO' in (v.checks ->> 'alive', v.checks ->> 'hukou', v.checks ->> 'children', v.checks ->> 'disability') as doubtful
    )
    select k.id, k.beneficiary_id, k.is_new, k.passed, k.doubtful from kept k;
end
$$;
--> statement-breakpoint
revoke all on function app.open_verifications from public;
--> statement-breakpoint
grant execute on function app.open_verifications to youyu_app;
--> statement-breakpoint
alter table payment_accounts enable row level security;
--> statement-breakpoint
create policy payment_accounts_in_area on payment_accounts for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on payment_accounts to youyu_app;
--> statement-breakpoint
alter table payment_account_versions enable row level security;
--> statement-breakpoint
create policy payment_account_versions_in_area on payment_account_versions for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
-- What was entered stays; only what was decided of it is written later.
grant select, insert on payment_account_versions to youyu_app;
--> statement-breakpoint
grant update (state, decided_by, decided_at, verification, note) on payment_account_versions to youyu_app;
--> statement-breakpoint
alter table payment_account_alerts enable row level security;
--> statement-breakpoint
create policy payment_account_alerts_in_area on payment_account_alerts for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on payment_account_alerts to youyu_app;
--> statement-breakpoint
grant update (resolved_at, resolved_by, resolution) on payment_account_alerts to youyu_app;
--> statement-breakpoint
alter table payment_batches enable row level security;
--> statement-breakpoint
create policy payment_batches_read on payment_batches for select to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
create policy payment_batches_write on payment_batches for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update on payment_batches to youyu_app;
--> statement-breakpoint
alter table payment_batch_numbers enable row level security;
--> statement-breakpoint
create policy payment_batch_numbers_of_county on payment_batch_numbers for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update on payment_batch_numbers to youyu_app;
--> statement-breakpoint
-- Frozen: items, their months and the exclusions are written by the functions below alone.
alter table payment_items enable row level security;
--> statement-breakpoint
create policy payment_items_in_area on payment_items for select to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select on payment_items to youyu_app;
--> statement-breakpoint
alter table payment_item_months enable row level security;
--> statement-breakpoint
create policy payment_item_months_of_county on payment_item_months for select to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select on payment_item_months to youyu_app;
--> statement-breakpoint
alter table payment_exclusions enable row level security;
--> statement-breakpoint
create policy payment_exclusions_in_area on payment_exclusions for select to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select on payment_exclusions to youyu_app;
--> statement-breakpoint
alter table payment_confirmations enable row level security;
--> statement-breakpoint
create policy payment_confirmations_in_area on payment_confirmations for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on payment_confirmations to youyu_app;
--> statement-breakpoint
grant update (result, recheck, note, answered_by, answered_at) on payment_confirmations to youyu_app;
--> statement-breakpoint
alter table bank_layouts enable row level security;
--> statement-breakpoint
create policy bank_layouts_read on bank_layouts for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area and (owner_county = 0 or app.area_touches(owner_county)));
--> statement-breakpoint
create policy bank_layouts_add on bank_layouts for insert to youyu_app with check (owner_county <> 0 and app.answers_for(owner_county));
--> statement-breakpoint
create policy bank_layouts_settle on bank_layouts for update to youyu_app using (owner_county <> 0 and app.answers_for(owner_county));
--> statement-breakpoint
grant select, insert on bank_layouts to youyu_app;
--> statement-breakpoint
grant update (state, activated_by, activated_at) on bank_layouts to youyu_app;
--> statement-breakpoint
alter table bank_submissions enable row level security;
--> statement-breakpoint
create policy bank_submissions_of_county on bank_submissions for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update on bank_submissions to youyu_app;
--> statement-breakpoint
-- Ciphertext: nothing to be gained by compressing it.
alter table bank_file_parts alter column content_cipher set storage external;
--> statement-breakpoint
alter table bank_file_parts enable row level security;
--> statement-breakpoint
create policy bank_file_parts_of_county on bank_file_parts for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on bank_file_parts to youyu_app;
--> statement-breakpoint
alter table bank_returns enable row level security;
--> statement-breakpoint
create policy bank_returns_of_county on bank_returns for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on bank_returns to youyu_app;
--> statement-breakpoint
alter table payment_outcomes enable row level security;
--> statement-breakpoint
create policy payment_outcomes_read on payment_outcomes for select to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
grant select on payment_outcomes to youyu_app;
--> statement-breakpoint
alter table bank_return_unmatched enable row level security;
--> statement-breakpoint
create policy bank_return_unmatched_of_county on bank_return_unmatched for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select on bank_return_unmatched to youyu_app;
--> statement-breakpoint
grant update (resolution, resolved_by, resolved_at) on bank_return_unmatched to youyu_app;
--> statement-breakpoint
-- What beneficiaries have been allocated by month: less than they are entitled to is paid with the next roster, more is
-- an overpayment. Months of payments that failed, came back, were stopped or void do not count.
create function app.live_allocations(county integer, beneficiaries uuid[])
returns table (beneficiary_id uuid, month date, amount_fen bigint)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select m.beneficiary_id, m.month, sum(m.amount_fen)::bigint
  from payment_item_months m join payment_items i on i.county_code = m.county_code and i.id = m.item_id and i.state = 'OPEN'
  where m.county_code = live_allocations.county and m.beneficiary_id = any (live_allocations.beneficiaries)
    and app.area_touches(live_allocations.county)
  group by m.beneficiary_id, m.month
$$;
--> statement-breakpoint
-- What the frozen items of a batch say, hashed in their order.
create function app.roster_hash(county integer, batch uuid) returns bytea
language sql stable security definer set search_path = public, app, pg_temp as $$
  select sha256(convert_to(coalesce(string_agg(concat_ws('|', i.seq, i.id, i.beneficiary_id, i.event_id, i.payee_id, i.person_id, i.account_id,
    i.account_version, i.from_month, i.to_month, i.amount_fen, i.central_fen, i.province_fen, i.city_fen, i.county_fen, i.township_fen,
    i.other_fen, i.division_code), ';' order by i.seq), ''), 'UTF8'))
  from payment_items i where i.county_code = county and i.batch_id = batch
$$;
--> statement-breakpoint
-- Freezes a roster: of everybody entitled what has not been allocated yet, to the account verified now, split between the
-- tiers; and who is left out, with the reason. A reissue takes the months of another batch's failed items, as far as they
-- are still owed.
create function app.freeze_roster(county integer, batch uuid, actor uuid, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp set work_mem = '96MB' as $$
#variable_conflict use_column
declare
  b payment_batches;
  pcts numeric[];
  frozen integer;
  claimed_whole boolean;
begin
  if not app.answers_for(county) then raise insufficient_privilege; end if;
  select p.* into strict b from payment_batches p where p.county_code = county and p.id = batch and p.state = 'DRAFT' for update;
  -- Rosters of a county are frozen one after another.
  perform from payment_batch_numbers n where n.county_code = county and n.year = b.year for update;
  select array[sum(s.pct) filter (where s.tier = 'CENTRAL'), sum(s.pct) filter (where s.tier = 'PROVINCE'),
      sum(s.pct) filter (where s.tier = 'CITY'), sum(s.pct) filter (where s.tier = 'COUNTY'),
      sum(s.pct) filter (where s.tier = 'TOWNSHIP'), sum(s.pct) filter (where s.tier = 'OTHER')] into pcts
    from app.funding_shares_of(county, b.pay_on) s where s.code = b.programme;
  select array_agg(coalesce(p, 0) order by o) into pcts from unnest(pcts) with ordinality as u (p, o);

  -- What is claimed for a whole year is paid at once, though its last months lie ahead.
  select coalesce((t.terms ->> 'claimEachYear')::boolean, false) into claimed_whole
    from app.programme_terms(county, b.pay_on) t where t.code = b.programme;

  with again as (
    select i.id, i.beneficiary_id, i.event_id from payment_items i
    where b.kind = 'REISSUE' and i.county_code = county and i.batch_id = b.of_batch_id and i.state in ('FAILED', 'RETURNED')
  ), asked as materialized (
    select distinct on (m.beneficiary_id, m.month) m.beneficiary_id, m.month, a.id as item_id
    from again a join payment_item_months m on m.county_code = county and m.beneficiary_id = a.beneficiary_id and m.item_id = a.id
    order by m.beneficiary_id, m.month, a.id
  ), given as (
    select m.beneficiary_id, m.month, (sum(m.amount_fen) filter (where i.state = 'OPEN'))::bigint as fen, max(m.part) as part
    from payment_item_months m join payment_items i on i.county_code = county and i.id = m.item_id and i.programme = b.programme
    where m.county_code = county
    group by m.beneficiary_id, m.month
  ), due as materialized (
    select e.beneficiary_id, e.month, e.amount_fen - coalesce(g.fen, 0) as fen, (coalesce(g.part, -1) + 1)::smallint as part
    from entitlement_months e left join given g on g.beneficiary_id = e.beneficiary_id and g.month = e.month
    where e.county_code = county and e.programme = b.programme and (claimed_whole or e.month <= b.through_month)
      and e.amount_fen > coalesce(g.fen, 0)
      and (b.kind = 'ROSTER' or (e.beneficiary_id, e.month) in (select a.beneficiary_id, a.month from asked a))
  ), owed as (
    select d.beneficiary_id, null::uuid as event_id, o.payee_id, o.person_id, o.application_id, o.division_code, o.state = 'SUSPENDED' as suspended,
      d.from_month, d.to_month, d.months, d.fen
    from (select d.beneficiary_id, min(d.month) as from_month, max(d.month) as to_month, count(*)::smallint as months, sum(d.fen)::bigint as fen
      from due d group by d.beneficiary_id) d
    join beneficiaries o on o.county_code = county and o.id = d.beneficiary_id
    union all
    select null, v.id, v.payee_id, v.person_id, v.application_id, v.division_code, false, null, null, 0, v.amount_fen
    from event_entitlements v
    where v.county_code = county and v.programme = b.programme and v.voided_at is null and v.amount_fen > 0
      and v.occurred_on < b.through_month + interval '1 month'
      and not exists (select from payment_items i where i.county_code = county and i.event_id = v.id and i.state = 'OPEN')
      and (b.kind = 'ROSTER' or v.id in (select a.event_id from again a))
  ), holds as materialized (
    select h.beneficiary_id, min(h.ground) as ground
    from app.payment_holds(county, (select array_agg(o.beneficiary_id) from owed o where o.beneficiary_id is not null)) h group by h.beneficiary_id
  ), judged as (
    select o.*, a.id as account_id, a.current_version, a.number_mask, j.reason,
      row_number() over (partition by j.reason is null order by o.division_code, o.payee_id, coalesce(o.beneficiary_id, o.event_id))::integer as seq
    from owed o
    left join holds h on h.beneficiary_id = o.beneficiary_id
    left join persons p on p.county_code = county and p.id = o.payee_id
    left join payment_accounts a on a.county_code = county and a.payee_id = o.payee_id and a.state <> 'CLOSED'
    cross join lateral (select case
      when o.suspended then 'BENEFICIARY_SUSPENDED'
      when p.status = 'DECEASED' then 'PAYEE_DIED'
      when p.id is null and not exists (select from organisations g where g.id = o.payee_id) then 'PAYEE_UNKNOWN'
      when h.ground = 'DOUBLE_CLAIM' then 'CLAIMED_ELSEWHERE'
      when h.ground is not null then 'NOTICE_OPEN'
      when o.event_id is not null and exists (select from notice_entries n
        where n.county_code = county and n.application_id = o.application_id and n.outcome = 'OPEN') then 'NOTICE_OPEN'
      when o.event_id is not null and exists (select from claim_matches c where c.county_code = county and c.person_id = o.person_id
        and c.programme = b.programme and c.state in ('POSSIBLE', 'SUSPECTED', 'NOTIFIED')) then 'CLAIMED_ELSEWHERE'
      when a.id is null then 'NO_ACCOUNT'
      when a.state = 'HELD' and a.held_reason = 'SHARED_NUMBER' then 'ACCOUNT_SHARED'
      when a.state = 'HELD' then 'ACCOUNT_HELD'
      when a.current_version = 0 then 'ACCOUNT_UNVERIFIED'
    end as reason) j
  ), roster as materialized (
    select j.*, case when j.reason is null then app.derived_id(batch::text || ' ' || j.seq) end as item_id from judged j
  ), split as materialized (
    select d.fen, app.split_shares(d.fen, pcts) as parts from (select distinct fen from roster where reason is null) d
  ), again_of as (
    select distinct on (r.seq) r.seq, a.id from roster r
    join again a on a.beneficiary_id = r.beneficiary_id or a.event_id = r.event_id
    where b.kind = 'REISSUE' and r.reason is null order by r.seq, a.id
  ), items as (
    insert into payment_items (county_code, id, batch_id, seq, beneficiary_id, event_id, reissue_of, payee_id, person_id, programme, application_id,
      account_id, account_version, account_mask, from_month, to_month, months, amount_fen, central_fen, province_fen, city_fen, county_fen,
      township_fen, other_fen, division_code, state)
    select county, r.item_id, batch, r.seq, r.beneficiary_id, r.event_id, g.id, r.payee_id, r.person_id, b.programme,
      r.application_id, r.account_id, r.current_version, r.number_mask, r.from_month, r.to_month, r.months, r.fen,
      s.parts[1], s.parts[2], s.parts[3], s.parts[4], s.parts[5], s.parts[6], r.division_code, 'OPEN'
    from roster r join split s on s.fen = r.fen left join again_of g on g.seq = r.seq
    where r.reason is null
  ), months as (
    insert into payment_item_months (county_code, beneficiary_id, month, part, item_id, amount_fen)
    select county, d.beneficiary_id, d.month, d.part, r.item_id, d.fen
    from due d join roster r on r.beneficiary_id = d.beneficiary_id where r.reason is null
  ), excluded as (
    insert into payment_exclusions (county_code, batch_id, seq, beneficiary_id, event_id, person_id, payee_id, reason, amount_fen, division_code)
    select county, batch, r.seq, r.beneficiary_id, r.event_id, r.person_id, r.payee_id, r.reason, r.fen, r.division_code
    from roster r where r.reason is not null
  ), reissued as (
    update payment_items i set state = 'REISSUED', state_at = at from again_of g where i.county_code = county and i.id = g.id
  )
  update payment_batches p set state = 'LOCKED', locked_by = actor, locked_at = at, version = p.version + 1, item_count = t.items, total_fen = t.fen,
    central_fen = t.parts[1], province_fen = t.parts[2], city_fen = t.parts[3], county_fen = t.parts[4], township_fen = t.parts[5],
    other_fen = t.parts[6], excluded_count = t.excluded, excluded_fen = t.excluded_fen, roster_hash = ''
  from (
    select count(*) filter (where r.reason is null)::integer as items, coalesce(sum(r.fen) filter (where r.reason is null), 0)::bigint as fen,
      count(*) filter (where r.reason is not null)::integer as excluded, coalesce(sum(r.fen) filter (where r.reason is not null), 0)::bigint as excluded_fen,
      array[coalesce(sum(s.parts[1]), 0), coalesce(sum(s.parts[2]), 0), coalesce(sum(s.parts[3]), 0), coalesce(sum(s.parts[4]), 0),
        coalesce(sum(s.parts[5]), 0), coalesce(sum(s.parts[6]), 0)]::bigint[] as parts
    from roster r left join split s on s.fen = r.fen and r.reason is null
  ) t
  where p.county_code = county and p.id = batch;
  update payment_batches p set roster_hash = app.roster_hash(county, batch) where p.county_code = county and p.id = batch
  returning p.item_count into frozen;
  return frozen;
end
$$;
--> statement-breakpoint
-- Ends open items of a batch that may not be paid any more, so that their months are owed again, and tells what they came to by tier.
create function app.stop_items(county integer, batch uuid, items uuid[], ended text, why text, at timestamptz) returns bigint[]
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  ended_parts bigint[];
begin
  if not app.answers_for(county) then raise insufficient_privilege; end if;
  if ended not in ('STOPPED', 'VOID') then raise invalid_parameter_value; end if;
  with stopped as (
    update payment_items i set state = ended, state_reason = why, state_at = at
    where i.county_code = county and i.batch_id = batch and i.state = 'OPEN' and (items is null or i.id = any (items))
      and not exists (select from payment_outcomes o where o.county_code = county and o.batch_id = batch and o.seq = i.seq)
    returning i.*
  ), failed_again as (
    update payment_items i set state = 'FAILED', state_at = at from stopped s where i.county_code = county and i.id = s.reissue_of
  )
  select array[count(*), coalesce(sum(s.amount_fen), 0), coalesce(sum(s.central_fen), 0), coalesce(sum(s.province_fen), 0),
    coalesce(sum(s.city_fen), 0), coalesce(sum(s.county_fen), 0), coalesce(sum(s.township_fen), 0), coalesce(sum(s.other_fen), 0)]::bigint[]
  into ended_parts from stopped s;
  update payment_batches p set stopped_count = p.stopped_count + ended_parts[1], stopped_fen = p.stopped_fen + ended_parts[2]
  where p.county_code = county and p.id = batch and ended = 'STOPPED';
  return ended_parts;
end
$$;
--> statement-breakpoint
-- Items whose account is not the one frozen any more, or whose payee has died: never paid with this batch. A change made
-- after the roster was frozen is told to the checker, and its account held until she has looked into it.
create function app.stop_changed_items(county integer, batch uuid, today date, at timestamptz) returns bigint[]
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  changed uuid[];
  redirected uuid[];
  stopped bigint[];
begin
  if not app.answers_for(county) then raise insufficient_privilege; end if;
  select coalesce(array_agg(i.id), '{}'), coalesce(array_agg(a.id) filter (where a.current_version > i.account_version), '{}')
  into changed, redirected
  from payment_items i
  join payment_accounts a on a.county_code = county and a.id = i.account_id
  left join persons p on p.county_code = county and p.id = i.payee_id
  where i.county_code = county and i.batch_id = batch and i.state = 'OPEN'
    and (a.current_version <> i.account_version or a.state <> 'ACTIVE' or p.status = 'DECEASED');
  if cardinality(changed) = 0 then return array_fill(0::bigint, array[8]); end if;
  insert into payment_account_alerts (county_code, id, account_id, version, kind, division_code, made_by, batch_id, found_at)
  select county, app.derived_id('changed ' || a.id || ' ' || a.current_version), a.id, a.current_version, 'CHANGED_AFTER_FREEZE', a.division_code,
    v.proposed_by, batch, at
  from payment_accounts a
  join payment_account_versions v on v.county_code = county and v.account_id = a.id and v.version = a.current_version
  where a.county_code = county and a.id = any (redirected)
  on conflict do nothing;
  update payment_accounts a set state = 'HELD', held_reason = 'CHANGED_AFTER_FREEZE', version = a.version + 1, updated_at = at
  where a.county_code = county and a.id = any (redirected) and a.state = 'ACTIVE';
  return app.stop_items(county, batch, changed, 'STOPPED', 'ACCOUNT_CHANGED', at);
end
$$;
--> statement-breakpoint
-- Matches the lines that were copied into pg_temp.returned with the batch's items, writes what became of them, and touches
-- only what was not paid. Answers counts, and sums by tier: paid, failed, come back.
create function app.post_return(county integer, batch uuid, file smallint, today date, at timestamptz)
returns table (repeated integer, unmatched integer, paid bigint[], failed bigint[], returned bigint[])
language plpgsql security definer set search_path = public, app, pg_temp set work_mem = '64MB' as $$
#variable_conflict use_column
begin
  if not app.answers_for(county) then raise insufficient_privilege; end if;
  return query
  with judged as materialized (
    select r.line, r.seq, r.amount_fen, r.account_mask, r.code, r.bank_code, r.bank_reference, r.value_date, r.message, o.code as before, o.nth,
      i.id, i.account_id, i.account_version,
      i.central_fen, i.province_fen, i.city_fen, i.county_fen, i.township_fen, i.other_fen,
      case
        when i.id is null then 'UNKNOWN_SEQ'
        when r.is_repeated then 'REPEATED_IN_FILE'
        when i.amount_fen <> r.amount_fen then 'AMOUNT_DIFFERS'
        when right(i.account_mask, 4) <> right(r.account_mask, 4) then 'ACCOUNT_DIFFERS'
        when o.code = r.code then 'SAME'
        when o.code = '00' and r.code = 'RV' then null
        when o.code is not null then 'ALREADY_SETTLED'
        when i.state <> 'OPEN' then 'NOT_SENT'
        when r.code = 'RV' then 'ALREADY_SETTLED'
      end as reason
    from pg_temp.returned r
    left join payment_items i on i.county_code = county and i.batch_id = batch and i.seq = r.seq
    left join lateral (
      select p.code, p.nth from payment_outcomes p where p.county_code = county and p.batch_id = batch and p.seq = r.seq and file > 1
      order by p.nth desc limit 1) o on true
  ), written as (
    insert into payment_outcomes (county_code, batch_id, seq, nth, file_no, code, bank_code, bank_reference, value_date, message)
    select county, batch, j.seq, case when j.before is null then 0 else j.nth + 1 end, file, j.code, j.bank_code, j.bank_reference, j.value_date, j.message
    from judged j where j.reason is null
  ), unpaid as materialized (
    select j.* from judged j where j.reason is null and j.code <> '00'
  ), unfitting as materialized (
    select j.* from judged j where j.reason is not null
  ), ended as (
    update payment_items i set state = case j.code when 'RV' then 'RETURNED' else 'FAILED' end, state_reason = j.code, state_at = at
    from unpaid j where i.county_code = county and i.id = j.id
  ), refused as (
    -- The bank does not know the account under this name: nothing more is sent there until another is verified.
    update payment_accounts a set state = 'HELD', held_reason = 'BANK_REFUSED', version = a.version + 1, updated_at = at
    from unpaid j where j.code in ('01', '02', '03') and a.county_code = county and a.id = j.account_id
      and a.current_version = j.account_version and a.state = 'ACTIVE'
  ), unfit as (
    insert into bank_return_unmatched (county_code, batch_id, file_no, line, seq, amount_fen, account_mask, code, reason)
    select county, batch, file, j.line, j.seq, j.amount_fen, j.account_mask, j.code, j.reason from unfitting j where j.reason <> 'SAME'
  ), sums as (
    select case j.code when '00' then 'PAID' when 'RV' then 'RETURNED' else 'FAILED' end as kind,
      array[count(*), sum(j.amount_fen), sum(j.central_fen), sum(j.province_fen), sum(j.city_fen), sum(j.county_fen), sum(j.township_fen),
        sum(j.other_fen)]::bigint[] as parts
    from judged j where j.reason is null group by j.code
  ), by_kind as (
    select s.kind, array[sum(s.parts[1]), sum(s.parts[2]), sum(s.parts[3]), sum(s.parts[4]), sum(s.parts[5]), sum(s.parts[6]), sum(s.parts[7]),
      sum(s.parts[8])]::bigint[] as parts from sums s group by s.kind
  ), told as (
    select (select count(*) from unfitting j where j.reason = 'SAME')::integer as repeated,
      (select count(*) from unfitting j where j.reason <> 'SAME')::integer as unmatched,
      coalesce((select parts from by_kind where kind = 'PAID'), array_fill(0::bigint, array[8])) as paid,
      coalesce((select parts from by_kind where kind = 'FAILED'), array_fill(0::bigint, array[8])) as failed,
      coalesce((select parts from by_kind where kind = 'RETURNED'), array_fill(0::bigint, array[8])) as returned
  ), counted as (
    update payment_batches p set state = case p.state when 'SENT' then 'PARTIAL' else p.state end, version = p.version + 1,
      paid_count = p.paid_count + t.paid[1] - t.returned[1], paid_fen = p.paid_fen + t.paid[2] - t.returned[2],
      failed_count = p.failed_count + t.failed[1], failed_fen = p.failed_fen + t.failed[2],
      returned_count = p.returned_count + t.returned[1], returned_fen = p.returned_fen + t.returned[2]
    from told t where p.county_code = county and p.id = batch
  )
  select t.repeated, t.unmatched, t.paid, t.failed, t.returned from told t;
end
$$;
--> statement-breakpoint
-- Whose else a number is: for whoever enters one, wherever in the county the other lives. Ids alone.
create function app.accounts_with_number(county integer, hash bytea, except_id uuid) returns setof uuid
language sql stable security definer set search_path = public, app, pg_temp as $$
  select a.id from payment_accounts a
  where a.county_code = county and a.number_hash = hash and a.id <> except_id and a.state <> 'CLOSED' and app.area_touches(county)
$$;
--> statement-breakpoint
-- Nothing is paid to these accounts until the checker has looked into them.
create function app.hold_accounts(county integer, accounts uuid[], why text, at timestamptz) returns void
language sql security definer set search_path = public, app, pg_temp as $$
  update payment_accounts a set state = 'HELD', held_reason = why, version = a.version + 1, updated_at = at
  where a.county_code = county and a.id = any (accounts) and a.state in ('ACTIVE', 'UNVERIFIED') and app.area_touches(county)
$$;
--> statement-breakpoint
-- The next piece of work on the way to the bank: nobody holds it, or its holder has fallen silent.
create function app.claim_bank_work(owner uuid, at timestamptz, lease interval)
returns table (county_code integer, id uuid)
language sql security definer set search_path = public, app, pg_temp as $$
  update bank_submissions s set lease_owner = owner, lease_until = at + lease, attempts = s.attempts + 1
  where (s.county_code, s.id) = (
    select w.county_code, w.id from bank_submissions w
    where (w.state = 'PREPARING' or w.channel in ('FOLDER', 'HTTP') and w.state in ('WAITING', 'DELIVERED', 'ACCEPTED'))
      and w.next_at <= at and (w.lease_until is null or w.lease_until < at)
    order by w.next_at limit 1 for update skip locked)
  returning s.county_code, s.id
$$;
--> statement-breakpoint
revoke all on function app.live_allocations, app.roster_hash, app.freeze_roster, app.stop_items, app.stop_changed_items, app.post_return,
  app.accounts_with_number, app.hold_accounts, app.claim_bank_work from public;
--> statement-breakpoint
grant execute on function app.live_allocations, app.roster_hash, app.freeze_roster, app.stop_items, app.stop_changed_items, app.post_return,
  app.accounts_with_number, app.hold_accounts, app.claim_bank_work to youyu_app;
--> statement-breakpoint
alter table beneficiaries enable row level security;
--> statement-breakpoint
create policy beneficiaries_in_area on beneficiaries for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on beneficiaries to youyu_app;
--> statement-breakpoint
-- What belongs to one beneficiary is read with it, row by row.
create function app.of_beneficiary(county integer, beneficiary uuid) returns boolean
language sql stable security definer set search_path = public, app, pg_temp as $$
  select exists (select from beneficiaries b where b.county_code = of_beneficiary.county and b.id = of_beneficiary.beneficiary
    and app.area() @> b.division_code)
$$;
--> statement-breakpoint
revoke all on function app.of_beneficiary from public;
--> statement-breakpoint
grant execute on function app.of_beneficiary to youyu_app;
--> statement-breakpoint
alter table beneficiary_levels enable row level security;
--> statement-breakpoint
create policy beneficiary_levels_in_area on beneficiary_levels for all to youyu_app using (app.of_beneficiary(county_code, beneficiary_id));
--> statement-breakpoint
grant select, insert on beneficiary_levels to youyu_app;
--> statement-breakpoint
grant update (voided_at, void_reason) on beneficiary_levels to youyu_app;
--> statement-breakpoint
alter table beneficiary_events enable row level security;
--> statement-breakpoint
create policy beneficiary_events_in_area on beneficiary_events for all to youyu_app using (app.of_beneficiary(county_code, beneficiary_id));
--> statement-breakpoint
grant select, insert on beneficiary_events to youyu_app;
--> statement-breakpoint
alter table beneficiary_transfers enable row level security;
--> statement-breakpoint
create policy beneficiary_transfers_in_area on beneficiary_transfers for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on beneficiary_transfers to youyu_app;
--> statement-breakpoint
-- Months and their changes are written by the functions below alone.
alter table entitlement_months enable row level security;
--> statement-breakpoint
create policy entitlement_months_in_area on entitlement_months for select to youyu_app
  using (app.answers_for(county_code) or (select app.area()) @> division_code or app.of_beneficiary(county_code, beneficiary_id));
--> statement-breakpoint
grant select on entitlement_months to youyu_app;
--> statement-breakpoint
alter table entitlement_changes enable row level security;
--> statement-breakpoint
create policy entitlement_changes_in_area on entitlement_changes for select to youyu_app
  using (app.answers_for(county_code) or app.of_beneficiary(county_code, beneficiary_id));
--> statement-breakpoint
grant select on entitlement_changes to youyu_app;
--> statement-breakpoint
alter table entitlement_runs enable row level security;
--> statement-breakpoint
create policy entitlement_runs_of_county on entitlement_runs for select to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
grant select on entitlement_runs to youyu_app;
--> statement-breakpoint
alter table event_entitlements enable row level security;
--> statement-breakpoint
create policy event_entitlements_in_area on event_entitlements for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert on event_entitlements to youyu_app;
--> statement-breakpoint
grant update (voided_at, voided_by, void_reason) on event_entitlements to youyu_app;
--> statement-breakpoint
alter table overpayment_terms enable row level security;
--> statement-breakpoint
create policy overpayment_terms_read on overpayment_terms for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area and (owner_county = 0 or app.area_touches(owner_county)));
--> statement-breakpoint
grant select on overpayment_terms to youyu_app;
--> statement-breakpoint
alter table overpayments enable row level security;
--> statement-breakpoint
create policy overpayments_in_area on overpayments for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on overpayments to youyu_app;
--> statement-breakpoint
create function app.of_overpayment(county integer, overpayment uuid) returns boolean
language sql stable security definer set search_path = public, app, pg_temp as $$
  select exists (select from overpayments o where o.county_code = of_overpayment.county and o.id = of_overpayment.overpayment
    and app.area() @> o.division_code)
$$;
--> statement-breakpoint
revoke all on function app.of_overpayment from public;
--> statement-breakpoint
grant execute on function app.of_overpayment to youyu_app;
--> statement-breakpoint
alter table overpayment_months enable row level security;
--> statement-breakpoint
create policy overpayment_months_in_area on overpayment_months for select to youyu_app using (app.of_overpayment(county_code, overpayment_id));
--> statement-breakpoint
grant select on overpayment_months to youyu_app;
--> statement-breakpoint
alter table overpayment_steps enable row level security;
--> statement-breakpoint
create policy overpayment_steps_in_area on overpayment_steps for all to youyu_app using (app.of_overpayment(county_code, overpayment_id));
--> statement-breakpoint
grant select, insert on overpayment_steps to youyu_app;
--> statement-breakpoint
alter table overpayment_offsets enable row level security;
--> statement-breakpoint
create policy overpayment_offsets_in_area on overpayment_offsets for all to youyu_app using (app.of_overpayment(county_code, overpayment_id));
--> statement-breakpoint
grant select, insert, delete on overpayment_offsets to youyu_app;
--> statement-breakpoint
-- The month from which a benefit is due (domain 5): by the ground of the programme, an age, a first day. A benefit that
-- begins with a fact is not paid for years before the one in which it was asked for.
-- Stable, so that it is read as part of the statement that asks: what it says of days is not immutable to PostgreSQL.
create function app.start_month(terms jsonb, born date, filed date, confirmed date) returns date
language sql stable parallel safe as $$
  select greatest(
    case
      when terms->'proration' <> 'null' and born >= (terms->'proration'->>'bornFrom')::date and born < (terms->'proration'->>'bornBefore')::date
        then date_trunc('month', greatest(born, (terms->'proration'->>'payableFrom')::date))::date
      when terms->'start'->>'ground' = 'MONTH_OF_BIRTH' then date_trunc('month', born)::date
      when terms->'start'->>'ground' = 'MONTH_AFTER_CONFIRMATION' then (date_trunc('month', confirmed) + interval '1 month')::date
      when terms->'start'->>'ground' = 'MONTH_OF_FACT' and terms->'start'->>'ageYears' is not null
        then date_trunc('year', coalesce(filed, confirmed))::date
      else date_trunc('month', confirmed)::date
    end,
    date_trunc('month', (terms->'start'->>'notBefore')::date)::date,
    date_trunc('month', born + make_interval(years => (terms->'start'->>'ageYears')::int))::date)
$$;
--> statement-breakpoint
-- The last month by age; births under the proration are paid up to the month of the third birthday, others for three years.
-- Stable, so that it is read as part of the statement that asks: what it says of days is not immutable to PostgreSQL.
create function app.age_end_month(terms jsonb, born date) returns date
language sql stable parallel safe as $$
  select case
    when not (terms->'stop' ? 'AGE_36M') then null
    when terms->'proration' <> 'null' and born >= (terms->'proration'->>'bornFrom')::date and born < (terms->'proration'->>'bornBefore')::date
      then date_trunc('month', born + interval '3 years')::date
    else (date_trunc('month', born) + interval '35 months')::date
  end
$$;
--> statement-breakpoint
-- What a month gets of an amount for a longer period: rounded in the running total, so that the months sum to the whole.
create function app.month_part(unit text, amount bigint, month date) returns bigint
language sql immutable parallel safe as $$
  select case unit
    when 'PER_MONTH' then amount
    when 'PER_YEAR' then (amount * extract(month from month)::int + 6) / 12 - (amount * (extract(month from month)::int - 1) + 6) / 12
    when 'PER_QUARTER' then (2 * amount * ((extract(month from month)::int - 1) % 3 + 1) + 3) / 6 - (2 * amount * ((extract(month from month)::int - 1) % 3) + 3) / 6
  end
$$;
--> statement-breakpoint
-- What was paid beyond entitlement, by beneficiary: one case that is still open to change follows the facts; what a
-- person was already told of is left as it is. Suspended months are not over.
create function app.identify_overpayments(county integer, those uuid[], today date, actor uuid, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off as $$
#variable_conflict use_column
declare
  found integer;
begin
  if cardinality(those) = 0 or not exists (select from payment_item_months i where i.county_code = county) then
    return 0;
  end if;
  delete from overpayment_months x using overpayments o
  where o.county_code = county and o.beneficiary_id = any(those) and o.state = 'IDENTIFIED' and x.county_code = county and x.overpayment_id = o.id;
  with over as materialized (
    select q.* from (
      select p.beneficiary_id, p.month, p.paid, coalesce(m.amount_fen, 0) as entitled, coalesce(m.reason, 'OTHER') as reason,
        p.paid - coalesce(m.amount_fen, 0) - coalesce((
          select sum(x.amount_fen) from overpayment_months x join overpayments o on o.county_code = county and o.id = x.overpayment_id
          where x.county_code = county and x.beneficiary_id = p.beneficiary_id and x.month = p.month and o.state <> 'IDENTIFIED'), 0)::bigint as amount
      from (
        select i.beneficiary_id, i.month, sum(i.amount_fen)::bigint as paid
        from payment_item_months i join payment_items p on p.county_code = county and p.id = i.item_id
        where i.county_code = county and i.beneficiary_id = any(those) and p.state = 'OPEN' and exists (select from payment_outcomes o where o.county_code = county
            and o.batch_id = p.batch_id and o.seq = p.seq and o.code = '00')
        group by 1, 2
      ) p
      left join entitlement_months m on m.county_code = county and m.beneficiary_id = p.beneficiary_id and m.month = p.month
      where p.paid > coalesce(m.amount_fen, 0) and coalesce(m.reason, '') <> 'SUSPENDED'
    ) q where q.amount > 0
  ),
  gone as (
    update overpayments o set state = 'WITHDRAWN', updated_at = identify_overpayments.at, version = o.version + 1
    where o.county_code = county and o.beneficiary_id = any(those) and o.state = 'IDENTIFIED'
      and not exists (select from over x where x.beneficiary_id = o.beneficiary_id)
    returning o.id
  ),
  sums as (
    select x.beneficiary_id, sum(x.amount)::bigint as amount, (array_agg(x.reason order by x.month desc))[1] as reason,
      app.derived_id('overpaid' || x.beneficiary_id || identify_overpayments.at) as id
    from over x group by 1
  ),
  made as (
    insert into overpayments as o (county_code, id, number, beneficiary_id, programme, person_id, payee_id, division_code, cause, amount_fen,
      returned_fen, written_off_fen, state, identified_on, is_reported, updated_at, version, recorded_at, recorded_by)
    select county, s.id, to_char(today, 'YYYY') || '-' || upper(left(s.id::text, 8)), s.beneficiary_id, b.programme, b.person_id, b.payee_id,
      b.division_code,
      case when s.reason = 'DEATH' then 'DEATH' when s.reason in ('MOVED_OUT', 'HUKOU_OUT', 'TRANSFERRED') then 'MOVED'
        when s.reason in ('AGE_36M', 'AGE_18Y') then 'AGE' when s.reason in ('CHILD_CONDITION_LOST', 'NEW_BIRTH_OR_ADOPTION', 'CHILD_DEATH') then 'CHILD'
        when s.reason in ('GRADE_ABOVE_3', 'HEALED') then 'LEVEL' when s.reason = 'FALSE_EVIDENCE' then 'FALSE_EVIDENCE'
        when s.reason in ('ENTITLED', 'NO_RATE') then 'RATE' else 'OTHER' end,
      s.amount, 0, 0, 'IDENTIFIED', today, false, identify_overpayments.at, 1, identify_overpayments.at, actor
    from sums s join beneficiaries b on b.county_code = county and b.id = s.beneficiary_id
    on conflict (county_code, beneficiary_id) where state = 'IDENTIFIED' and beneficiary_id is not null
      do update set amount_fen = excluded.amount_fen, cause = excluded.cause, updated_at = excluded.updated_at,
        version = o.version + (case when o.amount_fen <> excluded.amount_fen then 1 else 0 end)
    returning o.id, o.beneficiary_id, o.amount_fen, o.version, o.recorded_at = identify_overpayments.at as is_new
  ),
  told as (
    insert into overpayment_steps (county_code, id, overpayment_id, kind, step_on, amount_fen, recorded_at, recorded_by)
    select county, app.derived_id('overpaid-step' || t.id || t.version), t.id, t.kind, today, t.amount, identify_overpayments.at, actor
    from (
      select m.id, m.version, case when m.is_new then 'IDENTIFIED' else 'CHANGED' end as kind, m.amount_fen as amount from made m
      union all select g.id, 0, 'WITHDRAWN', null from gone g
    ) t
    on conflict do nothing
  ),
  months as (
    insert into overpayment_months (county_code, overpayment_id, beneficiary_id, month, paid_fen, entitled_fen, amount_fen)
    select county, m.id, x.beneficiary_id, x.month, x.paid, x.entitled, x.amount
    from made m join over x on x.beneficiary_id = m.beneficiary_id
  )
  select count(*) from made where is_new into found;
  return found;
end
$$;
--> statement-breakpoint
-- The months of these beneficiaries, or (null) of all, as standing, levels and rates make them: those that are missing are
-- added, those that differ changed and the change kept; those that are nobody's any more stay with nothing and the reason.
create function app.recompute_months(county integer, those uuid[], programme text, kind text, cause text, run_id uuid, today date, actor uuid, at timestamptz)
returns table (run uuid, people integer, added integer, changed integer, risen bigint, fallen bigint, overpaid integer)
language plpgsql security definer set search_path = public, app, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off set enable_nestloop = on set work_mem = '64MB' as $$
#variable_conflict use_column
declare
  horizon constant date := make_date(extract(year from today)::int, 12, 1);
  chosen uuid[] := those;
  touched uuid[];
begin
  if chosen is null then
    select coalesce(array_agg(b.id), '{}') from beneficiaries b
      where b.county_code = county and (recompute_months.programme is null or b.programme = recompute_months.programme) into chosen;
  end if;
  if cardinality(chosen) > 200 then
    perform set_config('enable_nestloop', 'off', true);
  end if;
  run := recompute_months.run_id;
  people := cardinality(chosen);
  with terms as materialized (
    select t.code, t.terms from app.programme_terms(county, today) t
  ),
  rates as materialized (
    select r.code, r.level, r.unit, r.amount_fen, r.from_on, r.to_on, r.rate_id from app.programme_rates_of(county) r
    where r.unit in ('PER_MONTH', 'PER_YEAR', 'PER_QUARTER')
  ),
  calendar as materialized (
    select d::date as month from generate_series(
      (select min(b.from_month) from beneficiaries b where b.county_code = county and b.id = any(chosen))::timestamp,
      (horizon + interval '3 years')::timestamp, interval '1 month') d
  ),
  month_rates as materialized (
    select distinct on (r.code, r.level, c.month) r.code, r.level, c.month, app.month_part(r.unit, r.amount_fen, c.month) as amount, r.rate_id
    from rates r join calendar c on c.month >= r.from_on and (r.to_on is null or c.month <= r.to_on)
    order by r.code, r.level, c.month, r.from_on desc
  ),
  levels as materialized (
    select l.beneficiary_id, l.level, case when row_number() over w = 1 then null else l.from_month end as starts,
      (lead(l.from_month) over w - interval '1 month')::date as ends
    from beneficiary_levels l where l.county_code = county and l.beneficiary_id = any(chosen) and l.voided_at is null
    window w as (partition by l.beneficiary_id order by l.from_month)
  ),
  spans as materialized (
    select b.id, b.programme, b.person_id, b.division_code, l.level,
      case when exists (select from rates r where r.code = b.programme and r.level = l.level) then l.level else '' end as rate_level,
      greatest(b.from_month, l.starts) as starts,
      least(b.to_month, l.ends, case when b.claimed_years is null then horizon end) as ends,
      case when b.state = 'SUSPENDED' then b.suspended_from end as suspended_from,
      b.claimed_years,
      case when b.claimed_years is not null then date_trunc('month', p.birth_date)::date end as born,
      case when b.claimed_years is not null and t.terms->'start'->>'ground' = 'MONTH_OF_BIRTH'
        and not coalesce(t.terms->'proration' <> 'null' and p.birth_date >= (t.terms->'proration'->>'bornFrom')::date
          and p.birth_date < (t.terms->'proration'->>'bornBefore')::date, false) then true else false end as by_life_year,
      case when t.terms->'proration' <> 'null' and p.birth_date >= (t.terms->'proration'->>'bornFrom')::date
        and p.birth_date < (t.terms->'proration'->>'bornBefore')::date then (t.terms->'proration'->>'fenPerMonth')::bigint end as prorated
    from beneficiaries b
    cross join lateral (select s.birth_date from persons s where s.county_code = county and s.id = b.person_id offset 0) p
    left join levels l on l.beneficiary_id = b.id
    left join terms t on t.code = b.programme
    where b.county_code = county and b.id = any(chosen)
  ),
  expected as materialized (
    select s.id, r.month, s.programme, s.person_id, s.division_code, coalesce(s.level, '') as level, r.rate_id,
      case when s.suspended_from <= r.month then 0 else greatest(coalesce(s.prorated, r.amount) - coalesce(o.offset_fen, 0), 0) end as amount,
      case when s.suspended_from <= r.month then 'SUSPENDED' when o.offset_fen > 0 then 'OFFSET_WITH_CONSENT' else 'ENTITLED' end as reason
    from spans s
    join month_rates r on r.code = s.programme and r.level = s.rate_level and r.month >= s.starts and (s.ends is null or r.month <= s.ends)
    left join (
      select x.beneficiary_id, x.month, sum(x.amount_fen)::bigint as offset_fen from overpayment_offsets x
      where x.county_code = county and x.beneficiary_id = any(chosen) group by 1, 2
    ) o on o.beneficiary_id = s.id and o.month = r.month
    where s.claimed_years is null or (case when s.by_life_year
        then extract(year from s.born + make_interval(years => (extract(year from age(r.month, s.born)))::int))::int
        else extract(year from r.month)::int end) = any(s.claimed_years)
  ),
  diff as materialized (
    select coalesce(e.id, m.beneficiary_id) as id, coalesce(e.month, m.month) as month, coalesce(e.programme, m.programme) as programme,
      coalesce(e.person_id, m.person_id) as person_id, coalesce(e.division_code, m.division_code) as division_code,
      coalesce(e.level, m.level) as level, e.rate_id, coalesce(e.amount, 0) as amount,
      coalesce(e.reason, case
        when b.to_month < m.month then b.stop_reason
        when b.from_month > m.month then 'BEFORE_START'
        when b.claimed_years is not null then 'NOT_CLAIMED'
        else 'NO_RATE' end) as reason,
      m.amount_fen as before, m.rate_id as rate_before, m.reason as reason_before, m.level as level_before
    from expected e
    full join (select * from entitlement_months x where x.county_code = county and x.beneficiary_id = any(chosen)) m
      on m.beneficiary_id = e.id and m.month = e.month
    left join beneficiaries b on e.id is null and b.county_code = county and b.id = m.beneficiary_id
    where m.beneficiary_id is null or e.id is null and (m.amount_fen <> 0 or m.reason not in (b.stop_reason, 'BEFORE_START', 'NOT_CLAIMED', 'NO_RATE'))
      or (m.amount_fen, m.reason, m.level) is distinct from (e.amount, e.reason, e.level) or m.rate_id is distinct from e.rate_id and e.id is not null
  ),
  written as (
    insert into entitlement_months (county_code, beneficiary_id, month, programme, person_id, amount_fen, rate_id, level, reason, division_code, changed_at)
    select county, d.id, d.month, d.programme, d.person_id, d.amount, d.rate_id, d.level, d.reason, d.division_code, recompute_months.at
    from diff d where d.before is null
    on conflict (county_code, programme, person_id, month) do nothing
    returning 1
  ),
  rewritten as (
    update entitlement_months m set amount_fen = d.amount, rate_id = d.rate_id, level = d.level, reason = d.reason, changed_at = recompute_months.at
    from diff d where m.county_code = county and m.beneficiary_id = d.id and m.month = d.month and d.before is not null
  ),
  kept as (
    insert into entitlement_changes (county_code, beneficiary_id, month, run_id, programme, person_id, before_fen, after_fen, before_rate, after_rate,
      before_reason, after_reason, cause, changed_at)
    select county, d.id, d.month, recompute_months.run_id, d.programme, d.person_id, d.before, d.amount, d.rate_before, d.rate_id, d.reason_before, d.reason,
      recompute_months.cause, recompute_months.at
    from diff d where d.before is not null
  )
  select (select count(*) from written), count(*) filter (where d.before is not null),
    coalesce(sum(greatest(d.amount - d.before, 0)), 0), coalesce(sum(greatest(d.before - d.amount, 0)), 0),
    array_agg(distinct d.id) filter (where d.before > d.amount or d.before < d.amount)
  from diff d into added, changed, risen, fallen, touched;
  overpaid := app.identify_overpayments(county, case when recompute_months.kind = 'NIGHT' then chosen else coalesce(touched, '{}') end,
    today, actor, recompute_months.at);
  if added + changed > 0 or recompute_months.kind in ('ASKED', 'RATE', 'NIGHT') then
    insert into entitlement_runs (county_code, id, kind, programme, cause, beneficiaries, months_added, months_changed, risen_fen, fallen_fen,
      overpayments, day_on, started_at, started_by)
    values (county, run, recompute_months.kind, recompute_months.programme, recompute_months.cause, people, added, changed, risen, fallen,
      overpaid, today, recompute_months.at, actor);
  end if;
  return next;
end
$$;
--> statement-breakpoint
-- What the register says of these people and of their children (null: of everybody), brought into standing, levels and
-- months: deaths, moves, births, ages, grades. A stop that a person decided holds; one that followed from a fact falls
-- with it.
create function app.settle_beneficiaries(county integer, those uuid[], kind text, run_id uuid, today date, actor uuid, at timestamptz)
returns table (run uuid, people integer, added integer, changed integer, risen bigint, fallen bigint, overpaid integer)
language plpgsql security definer set search_path = public, app, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off as $$
#variable_conflict use_column
declare
  present constant date := date_trunc('month', today)::date;
  chosen uuid[];
  moved uuid[] := '{}';
  touched uuid[] := '{}';
begin
  run := settle_beneficiaries.run_id;
  people := 0; added := 0; changed := 0; risen := 0; fallen := 0; overpaid := 0;
  if those is null then
    select array_agg(b.id) from beneficiaries b where b.county_code = county and b.state <> 'TRANSFERRED' into chosen;
  else
    select array_agg(b.id) from beneficiaries b
    where b.county_code = county and b.state <> 'TRANSFERRED' and b.person_id = any(those || array(
      select parent from persons p, lateral (values (p.mother_id), (p.father_id)) v (parent)
      where p.county_code = county and p.id = any(those) and parent is not null)) into chosen;
  end if;
  if chosen is null then
    return next;
    return;
  end if;
  perform from beneficiaries b where b.county_code = county and b.id = any(chosen) order by b.id for no key update;

  -- Levels that follow from a child's death or a grade; and those whose ground is gone.
  with found as materialized (
    select distinct on (b.id, e.month) b.id, e.month, e.level, e.cause, e.ground
    from beneficiaries b
    join app.programme_terms(county, today) t on t.code = b.programme
    cross join lateral jsonb_to_recordset(t.terms->'transitions') x ("from" text, event text, "to" text, effective text)
    cross join lateral (
      select (date_trunc('month', f.on_day) + case when x.effective = 'NEXT_MONTH' then interval '1 month' else interval '0' end)::date as month,
        x."to" as level, x.event as cause, f.id as ground
      from (
        select d.occurred_on as on_day, d.id from persons c join deaths d on d.county_code = county and d.person_id = c.id and d.voided_at is null
        where x.event = 'CHILD_DEATH' and c.county_code = county and (c.mother_id = b.person_id or c.father_id = b.person_id)
        union all
        select q.from_on, q.id from circumstances q
        where x.event = 'REGRADED' and q.county_code = county and q.person_id = b.person_id and q.kind = 'COMPLICATION' and q.voided_at is null
          and q.grade::text = right(x."to", 1)
        union all
        select q.from_on, q.id from persons c join circumstances q on q.county_code = county and q.person_id = c.id
        where x.event = 'NEW_DISABILITY' and c.county_code = county and (c.mother_id = b.person_id or c.father_id = b.person_id)
          and q.kind = 'DISABILITY' and q.grade <= 3 and q.voided_at is null
      ) f
      where f.on_day > b.confirmed_on
    ) e
    where b.county_code = county and b.id = any(chosen)
      and x."from" = coalesce((select l.level from beneficiary_levels l where l.county_code = county and l.beneficiary_id = b.id and l.voided_at is null
        and l.from_month < e.month order by l.from_month desc limit 1), b.level)
    order by b.id, e.month, e.level
  ),
  dropped as (
    update beneficiary_levels l set voided_at = settle_beneficiaries.at, void_reason = '依据已撤销'
    where l.county_code = county and l.beneficiary_id = any(chosen) and l.ground_id is not null and l.voided_at is null
      and not exists (select from deaths d where d.county_code = county and d.id = l.ground_id and d.voided_at is null)
      and not exists (select from circumstances q where q.county_code = county and q.id = l.ground_id and q.voided_at is null)
    returning l.beneficiary_id
  ),
  taken as (
    insert into beneficiary_levels (county_code, id, beneficiary_id, from_month, level, cause, ground_id, recorded_at, recorded_by)
    select county, app.derived_id('level' || f.id || f.month || f.level || settle_beneficiaries.at), f.id, f.month, f.level, f.cause, f.ground, settle_beneficiaries.at, actor
    from found f
    on conflict (county_code, beneficiary_id, from_month) where voided_at is null do nothing
    returning beneficiary_id, from_month, level, ground_id, cause
  ),
  told as (
    insert into beneficiary_events (county_code, id, beneficiary_id, kind, month, reason, ground_type, ground_id, source, recorded_at, recorded_by)
    select county, app.derived_id('level-event' || k.beneficiary_id || k.from_month || settle_beneficiaries.at), k.beneficiary_id, 'LEVEL', k.from_month,
      k.level, k.cause, k.ground_id, 'REGISTER', settle_beneficiaries.at, actor
    from taken k
  )
  select coalesce(array_agg(distinct q.id), '{}') from (select beneficiary_id as id from taken union select beneficiary_id from dropped) q into moved;

  with terms as materialized (
    select t.code, t.terms from app.programme_terms(county, today) t
  ),
  stacking as materialized (
    select k.first, k.first_level, k.second, k.second_level from app.stacking_of(county) k where k.verdict = 'STOP_FIRST'
  ),
  facts as materialized (
    select b.*, t.terms, p.birth_date as born,
      case when left(p.hukou_division, 6) = lpad(county::text, 6, '0') then p.hukou_division else b.division_code end as place,
      d.id as death_id, d.occurred_on as died_on,
      case when t.terms->'stop' ?| array['HUKOU_OUT', 'MOVED_OUT'] and left(p.hukou_division, 6) <> lpad(county::text, 6, '0')
        then coalesce(m.id, p.id) end as move_id,
      coalesce(m.occurred_on, today) as moved_on,
      n.id as birth_id, n.occurred_on as born_on, c.last_birthday, c.child_died_on, g.regraded_on, h.healed_on, s.from_month as other_from,
      coalesce((select l.level from beneficiary_levels l where l.county_code = county and l.beneficiary_id = b.id and l.voided_at is null
        and l.from_month <= greatest(present, b.from_month) order by l.from_month desc limit 1), b.level) as level_now
    from beneficiaries b
    join persons p on p.county_code = county and p.id = b.person_id
    left join terms t on t.code = b.programme
    left join deaths d on d.county_code = county and d.person_id = b.person_id and d.voided_at is null and t.terms->'stop' ? 'DEATH'
    left join lateral (
      select e.id, e.occurred_on from migration_events e where e.county_code = county and e.person_id = b.person_id and e.kind = 'HUKOU_OUT'
        and e.voided_at is null and left(e.to_division, 6) <> lpad(county::text, 6, '0')
      order by e.occurred_on desc limit 1) m on left(p.hukou_division, 6) <> lpad(county::text, 6, '0')
    left join lateral (
      select e.id, e.occurred_on from births e
      where e.county_code = county and (e.mother_id = b.person_id or e.father_id = b.person_id) and e.outcome = 'LIVE' and e.voided_at is null
        and e.occurred_on > b.confirmed_on
      order by e.occurred_on limit 1) n on t.terms->'stop' ?| array['NEW_BIRTH_OR_ADOPTION', 'CHILD_CONDITION_LOST']
    left join lateral (
      select max(e.birth_date) as last_birthday, max(x.occurred_on) as child_died_on
      from persons e left join deaths x on x.county_code = county and x.person_id = e.id and x.voided_at is null and x.occurred_on > b.confirmed_on
      where e.county_code = county and (e.mother_id = b.person_id or e.father_id = b.person_id) and e.status <> 'MERGED'
        and e.birth_date <= b.confirmed_on) c on t.terms->'stop' ? 'AGE_18Y'
    left join lateral (
      select max(coalesce(q.to_on, q.from_on)) as regraded_on
      from persons e join circumstances q on q.county_code = county and q.person_id = e.id and q.kind = 'DISABILITY' and q.voided_at is null
      where e.county_code = county and (e.mother_id = b.person_id or e.father_id = b.person_id) and q.from_on <= today
      having bool_or(q.grade <= 3) and not bool_or(q.grade <= 3 and coalesce(q.to_on, 'infinity') >= today)) g
      on t.terms->'stop' ? 'GRADE_ABOVE_3' and b.level like 'B%'
    left join lateral (
      select max(q.to_on) as healed_on from circumstances q
      where q.county_code = county and q.person_id = b.person_id and q.kind = 'COMPLICATION' and q.voided_at is null
      having count(*) > 0 and bool_and(q.to_on < today)) h on t.terms->'stop' ? 'HEALED' and b.level like 'C%'
    left join lateral (
      select min(o.from_month) as from_month from stacking k
      join beneficiaries o on o.county_code = county and o.person_id = b.person_id and o.programme = k.second and o.state in ('ACTIVE', 'SUSPENDED')
        and (k.second_level = '' or k.second_level = o.level)
      where k.first = b.programme and (k.first_level = '' or k.first_level = b.level)) s on true
    where b.county_code = county and b.id = any(chosen)
  ),
  ended as materialized (
    select f.*, e.to_month as ends, e.reason as ends_for,
      case when f.terms is null then f.from_month when f.terms->'start'->>'ground' in ('MONTH_OF_BIRTH', 'MONTH_OF_FACT')
        then app.start_month(f.terms, f.born, f.filed_on, f.confirmed_on) else f.from_month end as starts
    from facts f
    left join lateral (
      select v.to_month, v.reason from (values
        (f.decided_to, f.decided_reason),
        (date_trunc('month', f.died_on)::date, 'DEATH'),
        (app.age_end_month(f.terms, f.born), 'AGE_36M'),
        (date_trunc('month', f.last_birthday + interval '18 years')::date, 'AGE_18Y'),
        (date_trunc('month', case when f.terms->'stop' ? 'CHILD_CONDITION_LOST' then f.child_died_on end)::date, 'CHILD_DEATH'),
        (case when f.level_now like 'B%' then date_trunc('month', f.regraded_on)::date end, 'GRADE_ABOVE_3'),
        (date_trunc('month', f.healed_on)::date, 'HEALED'),
        ((f.other_from - interval '1 month')::date, 'STACKING')
      ) v (to_month, reason)
      where v.to_month is not null order by v.to_month limit 1) e on true
  ),
  standing as materialized (
    select e.*,
      case when e.ends is not null and (e.ends_for not in ('AGE_36M', 'AGE_18Y') or e.ends < present) then 'STOPPED'
        when w.reason is not null then 'SUSPENDED' else 'ACTIVE' end as stands,
      w.from_month as held_from, w.reason as held_for, w.ground as held_by
    from ended e
    left join lateral (
      select v.from_month, v.reason, v.ground from (values
        (case when e.state = 'SUSPENDED' and e.suspend_reason not in ('HUKOU_OUT', 'NEW_CHILD_REVIEW') then e.suspended_from end, e.suspend_reason, null::uuid),
        (case when e.move_id is not null then (date_trunc('month', e.moved_on) + interval '1 month')::date end, 'HUKOU_OUT', e.move_id),
        (case when e.birth_id is not null then (date_trunc('month', e.born_on) + interval '1 month')::date end, 'NEW_CHILD_REVIEW', e.birth_id)
      ) v (from_month, reason, ground)
      where v.from_month is not null and not exists (select from beneficiary_events x where x.county_code = county and x.beneficiary_id = e.id
        and x.kind = 'RESUMED' and x.ground_id = v.ground)
      limit 1) w on true
  ),
  different as materialized (
    select s.* from standing s
    where (s.stands, s.starts, s.ends, s.ends_for, s.place, s.level_now) is distinct from (s.state, s.from_month, s.to_month, s.stop_reason, s.division_code, s.level)
      or s.stands = 'SUSPENDED' and (s.held_from, s.held_for) is distinct from (s.suspended_from, s.suspend_reason)
  ),
  put as (
    update beneficiaries b set state = d.stands, from_month = d.starts, to_month = d.ends, stop_reason = d.ends_for, division_code = d.place,
      level = d.level_now,
      suspended_from = case when d.stands = 'SUSPENDED' then d.held_from end, suspend_reason = case when d.stands = 'SUSPENDED' then d.held_for end,
      updated_at = settle_beneficiaries.at, version = b.version + 1
    from different d where b.county_code = county and b.id = d.id
  ),
  told as (
    insert into beneficiary_events (county_code, id, beneficiary_id, kind, month, reason, ground_type, ground_id, source, recorded_at, recorded_by)
    select county, app.derived_id(v.kind || d.id || settle_beneficiaries.at), d.id, v.kind, v.month, v.reason, v.ground_type, v.ground, 'REGISTER',
      settle_beneficiaries.at, actor
    from different d cross join lateral (values
      (case when d.stands = 'STOPPED' and d.state <> 'STOPPED' then 'STOPPED' end, d.ends, d.ends_for,
        case when d.ends_for = 'DEATH' then 'death' end, case when d.ends_for = 'DEATH' then d.death_id end),
      (case when d.state = 'STOPPED' and d.stands <> 'STOPPED' then 'REINSTATED' end, present, d.stop_reason, null, null),
      (case when d.stands = 'SUSPENDED' and d.state <> 'SUSPENDED' then 'SUSPENDED' end, d.held_from, d.held_for,
        case d.held_for when 'HUKOU_OUT' then 'migration-event' when 'NEW_CHILD_REVIEW' then 'birth' end, d.held_by),
      (case when d.state = 'SUSPENDED' and d.stands = 'ACTIVE' then 'RESUMED' end, d.suspended_from, d.suspend_reason, null, null),
      (case when d.place <> d.division_code then 'MOVED' end, present, null, null, null)
    ) v (kind, month, reason, ground_type, ground)
    where v.kind is not null
  )
  select coalesce(array_agg(d.id), '{}') from different d into touched;

  if settle_beneficiaries.kind = 'NIGHT' then
    select r.* from app.recompute_months(county, null, null, 'NIGHT', '每日重算', settle_beneficiaries.run_id, today, actor, settle_beneficiaries.at) r
      into run, people, added, changed, risen, fallen, overpaid;
  elsif cardinality(touched || moved) > 0 then
    select r.* from app.recompute_months(county, array(select distinct u from unnest(touched || moved) u), null, settle_beneficiaries.kind, '登记事实变更',
      settle_beneficiaries.run_id, today, actor, settle_beneficiaries.at) r
      into run, people, added, changed, risen, fallen, overpaid;
  end if;
  people := cardinality(array(select distinct u from unnest(touched || moved) u));
  return next;
end
$$;
--> statement-breakpoint
-- Confirmed applications: months for the programmes that have them, one amount for an event, one more year for who is
-- already a beneficiary of a programme that is claimed each year.
create function app.activate_beneficiaries(county integer, those uuid[], on_day date, run_id uuid, today date, actor uuid, at timestamptz)
returns table (activated integer, claimed integer, events integer, added integer)
language plpgsql security definer set search_path = public, app, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off set enable_seqscan = off set enable_nestloop = on as $$
#variable_conflict use_column
declare
  fresh uuid[];
  more uuid[];
begin
  if cardinality(those) > 200 then
    perform set_config('enable_nestloop', 'off', true);
  end if;
  -- Events: the rate of their level on the day of confirmation, once for an application.
  with made as (
    insert into event_entitlements (county_code, id, programme, person_id, payee_id, amount_fen, occurred_on, ground_type, ground_id, basis,
      application_id, level, division_code, recorded_at, recorded_by)
    select county, app.derived_id('event' || a.id), a.programme, a.subject_id, a.payee_id, r.amount_fen, on_day, 'APPLICATION', a.id,
      jsonb_build_object('rateId', r.rate_id, 'unit', r.unit, 'amountFen', r.amount_fen), a.id, coalesce(a.level, ''), a.division_code,
      activate_beneficiaries.at, actor
    from applications a
    join app.programme_terms(county, on_day) t on t.code = a.programme and t.terms->>'manner' = 'EVENT'
    cross join lateral (
      select x.* from app.programme_rates_of(county) x
      where x.code = a.programme and x.unit = 'ONE_OFF' and x.level in (coalesce(a.level, ''), '') and x.from_on <= on_day
        and (x.to_on is null or x.to_on >= on_day)
      order by x.level desc, x.from_on desc limit 1) r
    where a.county_code = county and a.id = any(those)
    on conflict do nothing
    returning id
  )
  select count(*) from made into events;

  -- Further claims, and who was suspended for want of one.
  with asked as materialized (
    select b.id, a.id as application_id, a.payee_id, a.version_id, b.from_month,
      case when c.by_life then (
          select extract(year from s.starts)::int from (
            select (date_trunc('month', p.birth_date) + make_interval(years => k))::date as starts from generate_series(0, 2) k) s
          where not extract(year from s.starts)::int = any(coalesce(b.claimed_years, '{}')) and s.starts <= make_date(a.claim_year, 12, 31)
            and s.starts + interval '1 year' > date_trunc('month', a.filed_on)
          order by s.starts limit 1)
        else a.claim_year end as year
    from applications a
    join beneficiaries b on b.county_code = county and b.programme = a.programme and b.person_id = a.subject_id
      and (b.state in ('ACTIVE', 'SUSPENDED') or b.state = 'STOPPED' and b.stop_reason = 'AGE_36M' and b.claimed_years is not null)
    join persons p on p.county_code = county and p.id = a.subject_id
    join app.programme_terms(county, on_day) t on t.code = a.programme
    cross join lateral (select t.terms->'start'->>'ground' = 'MONTH_OF_BIRTH' and not coalesce(t.terms->'proration' <> 'null'
      and p.birth_date >= (t.terms->'proration'->>'bornFrom')::date and p.birth_date < (t.terms->'proration'->>'bornBefore')::date, false) as by_life) c
    where a.county_code = county and a.id = any(those) and a.claim_year > 0
  ),
  put as (
    update beneficiaries b set application_id = q.application_id, payee_id = q.payee_id, version_id = q.version_id,
      claimed_years = (select array_agg(distinct y order by y) from unnest(b.claimed_years || q.year) y where y is not null),
      updated_at = activate_beneficiaries.at, version = b.version + 1
    from asked q where b.county_code = county and b.id = q.id
    returning b.id
  ),
  told as (
    insert into beneficiary_events (county_code, id, beneficiary_id, kind, month, reason, ground_type, ground_id, source, recorded_at, recorded_by)
    select county, app.derived_id('claim' || q.application_id), q.id, 'CLAIMED', date_trunc('month', on_day)::date, q.year::text, 'application',
      q.application_id, 'MANUAL', activate_beneficiaries.at, actor
    from asked q
    on conflict do nothing
  )
  select coalesce(array_agg(q.id), '{}') from asked q into more;

  -- New beneficiaries: of whoever has none that stands, as it was before.
  with standing as materialized (
    select b.person_id, b.programme from beneficiaries b
    where b.county_code = county and b.person_id = any(array(select a.subject_id from applications a where a.county_code = county and a.id = any(those)))
      and (b.state in ('ACTIVE', 'SUSPENDED') or b.state = 'STOPPED' and b.stop_reason = 'AGE_36M' and b.claimed_years is not null)
  ),
  made as (
    insert into beneficiaries (county_code, id, application_id, programme, version_id, person_id, payee_id, level, confirmed_on, filed_on, from_month,
      to_month, stop_reason, state, claimed_years, next_verification_on, division_code, updated_at, version, recorded_at, recorded_by)
    select county, app.derived_id('beneficiary' || a.id), a.id, a.programme, a.version_id, a.subject_id, a.payee_id, coalesce(a.level, ''), on_day,
      a.filed_on, s.starts, e.ends, case when e.ends is not null then 'AGE_36M' end,
      case when e.ends < date_trunc('month', today) then 'STOPPED' else 'ACTIVE' end,
      case when (t.terms->>'claimEachYear')::boolean then array[case when c.by_life then coalesce((
          select extract(year from x.starts)::int from (
            select (date_trunc('month', p.birth_date) + make_interval(years => k))::date as starts from generate_series(0, 2) k) x
          where x.starts <= make_date(y.year, 12, 31) and x.starts + interval '1 year' > date_trunc('month', coalesce(a.filed_on, on_day))
          order by x.starts limit 1), y.year)
        else y.year end] end,
      case when t.terms->'verification' <> 'null'
        then (extract(year from on_day)::int + 1 || '-' || (t.terms->'verification'->>'dueOn'))::date end,
      a.division_code, activate_beneficiaries.at, 1, activate_beneficiaries.at, actor
    from applications a
    cross join lateral (select s.birth_date from persons s where s.county_code = county and s.id = a.subject_id offset 0) p
    left join standing s0 on s0.person_id = a.subject_id and s0.programme = a.programme
    join app.programme_terms(county, on_day) t on t.code = a.programme and t.terms->>'manner' = 'MONTHLY'
    cross join lateral (select coalesce(nullif(a.claim_year, 0)::int, extract(year from coalesce(a.filed_on, on_day))::int) as year) y
    cross join lateral (select t.terms->'start'->>'ground' = 'MONTH_OF_BIRTH' and not coalesce(t.terms->'proration' <> 'null'
      and p.birth_date >= (t.terms->'proration'->>'bornFrom')::date and p.birth_date < (t.terms->'proration'->>'bornBefore')::date, false) as by_life) c
    cross join lateral (select app.start_month(t.terms, p.birth_date, a.filed_on, on_day) as starts) s
    cross join lateral (select app.age_end_month(t.terms, p.birth_date) as ends) e
    where a.county_code = county and a.id = any(those) and s0.person_id is null
    on conflict do nothing
    returning id, level, from_month, application_id
  ),
  levels as (
    insert into beneficiary_levels (county_code, id, beneficiary_id, from_month, level, cause, recorded_at, recorded_by)
    select county, app.derived_id('level' || m.id), m.id, m.from_month, m.level, 'CONFIRMED', activate_beneficiaries.at, actor
    from made m where m.level <> ''
  ),
  told as (
    insert into beneficiary_events (county_code, id, beneficiary_id, kind, month, reason, ground_type, ground_id, source, recorded_at, recorded_by)
    select county, app.derived_id('activated' || m.id), m.id, 'ACTIVATED', m.from_month, null, 'application', m.application_id, 'MANUAL',
      activate_beneficiaries.at, actor
    from made m
  )
  select coalesce(array_agg(m.id), '{}') from made m into fresh;
  activated := cardinality(fresh);
  claimed := cardinality(more);
  added := 0;
  if activated + claimed > 0 then
    -- What the register knew already: a death, a move or an age between the application and its confirmation.
    perform from app.settle_beneficiaries(county, array(select b.person_id from beneficiaries b where b.county_code = county and b.id = any(fresh || more)),
      'ACTIVATION', app.derived_id('settled' || activate_beneficiaries.run_id), today, actor, activate_beneficiaries.at);
    select r.added from app.recompute_months(county, fresh || more, null, 'ACTIVATION', '确认享受', activate_beneficiaries.run_id, today, actor,
      activate_beneficiaries.at) r into added;
  end if;
  return next;
end
$$;
--> statement-breakpoint
revoke all on function app.identify_overpayments, app.recompute_months, app.settle_beneficiaries, app.activate_beneficiaries from public;
--> statement-breakpoint
grant execute on function app.recompute_months, app.settle_beneficiaries, app.activate_beneficiaries, app.identify_overpayments, app.start_month, app.age_end_month, app.month_part to youyu_app;
--> statement-breakpoint
-- What an item took of an event, and what of it was paid.
create function app.money_of_event(county integer, event uuid) returns table (allocated bigint, paid bigint)
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
  return query select coalesce(sum(p.amount_fen), 0)::bigint,
    coalesce(sum(p.amount_fen) filter (where exists (select from payment_outcomes o where o.county_code = money_of_event.county
      and o.batch_id = p.batch_id and o.seq = p.seq and o.code = '00')), 0)::bigint
  from payment_items p where p.county_code = money_of_event.county and p.event_id = money_of_event.event and p.state = 'OPEN';
end
$$;
--> statement-breakpoint
create function app.identify_overpaid_event(county integer, event uuid, today date, actor uuid, at timestamptz) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  whole bigint := (select m.paid from app.money_of_event(county, event) m);
begin
  if whole = 0 then return; end if;
  with made as (
    insert into overpayments (county_code, id, number, event_id, programme, person_id, payee_id, division_code, cause, amount_fen, returned_fen,
      written_off_fen, state, identified_on, is_reported, updated_at, version, recorded_at, recorded_by)
    select county, app.derived_id('overpaid' || e.id), to_char(today, 'YYYY') || '-' || upper(left(app.derived_id('overpaid' || e.id)::text, 8)), e.id,
      e.programme, e.person_id, e.payee_id, e.division_code, 'VOIDED', whole, 0, 0, 'IDENTIFIED', today, false, identify_overpaid_event.at, 1,
      identify_overpaid_event.at, actor
    from event_entitlements e where e.county_code = county and e.id = event
    on conflict do nothing
    returning id, amount_fen
  )
  insert into overpayment_steps (county_code, id, overpayment_id, kind, step_on, amount_fen, recorded_at, recorded_by)
  select county, app.derived_id('found' || m.id), m.id, 'IDENTIFIED', today, m.amount_fen, identify_overpaid_event.at, actor from made m;
end
$$;
--> statement-breakpoint
-- A beneficiary's months with the money in them, for whoever may see the beneficiary.
create function app.months_of_beneficiary(county integer, beneficiary uuid)
returns table (month date, amount_fen bigint, level text, reason text, rate_id uuid, allocated bigint, paid bigint)
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select m.month, m.amount_fen, m.level, m.reason, m.rate_id, coalesce(i.allocated, 0)::bigint, coalesce(i.paid, 0)::bigint
  from entitlement_months m
  left join (
    select x.month, sum(x.amount_fen) as allocated, sum(x.amount_fen) filter (where exists (select from payment_outcomes o
      where o.county_code = months_of_beneficiary.county and o.batch_id = p.batch_id and o.seq = p.seq and o.code = '00')) as paid
    from payment_item_months x join payment_items p on p.county_code = months_of_beneficiary.county and p.id = x.item_id
    where x.county_code = months_of_beneficiary.county and x.beneficiary_id = months_of_beneficiary.beneficiary and p.state = 'OPEN'
    group by 1
  ) i on i.month = m.month
  where m.county_code = months_of_beneficiary.county and m.beneficiary_id = months_of_beneficiary.beneficiary
    and app.of_beneficiary(months_of_beneficiary.county, months_of_beneficiary.beneficiary)
  order by m.month;
end
$$;
--> statement-breakpoint
revoke all on function app.money_of_event, app.identify_overpaid_event, app.months_of_beneficiary from public;
--> statement-breakpoint
grant execute on function app.money_of_event, app.identify_overpaid_event, app.months_of_beneficiary to youyu_app;
--> statement-breakpoint
-- What a change of these people does to benefits, in its own transaction; nothing where nobody of them, nor a parent, has any.
create function app.people_changed(county integer, people uuid[], run_id uuid, actor uuid, at timestamptz) returns void
language sql security definer set search_path = public, app, pg_temp as $$
  select app.settle_beneficiaries(people_changed.county, people_changed.people, 'FACTS', people_changed.run_id,
    (people_changed.at at time zone 'Asia/Shanghai')::date, people_changed.actor, people_changed.at)
$$;
--> statement-breakpoint
revoke all on function app.people_changed from public;
--> statement-breakpoint
grant execute on function app.people_changed to youyu_app;
--> statement-breakpoint
-- Whether the present actor is one of the two contacts of a special family.
create function app.supports_family(county integer, family uuid) returns boolean
language sql stable security definer set search_path = public, app, pg_temp as $$
  select exists (
    select from support_contacts c
    where c.county_code = supports_family.county and c.family_id = supports_family.family
      and c.user_id = nullif(current_setting('app.actor', true), '')::uuid and c.to_on is null)
$$;
--> statement-breakpoint
revoke all on function app.supports_family from public;
--> statement-breakpoint
grant execute on function app.supports_family to youyu_app;
--> statement-breakpoint
-- Who answers for a township sees its special families; a village sees those alone whom its contact is assigned to.
alter table special_families enable row level security;
--> statement-breakpoint
create policy special_families_seen on special_families for select to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C"
    or ((select app.area()) @> division_code and app.supports_family(county_code, id)));
--> statement-breakpoint
create policy special_families_identified on special_families for insert to youyu_app
  with check ((select app.area()) @> division_code);
--> statement-breakpoint
create policy special_families_changed on special_families for update to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C"
    or ((select app.area()) @> division_code and app.supports_family(county_code, id))) with check ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on special_families to youyu_app;
--> statement-breakpoint
alter table family_members enable row level security;
--> statement-breakpoint
create policy family_members_seen on family_members for select to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C"
    or ((select app.area()) @> division_code and app.supports_family(county_code, family_id)));
--> statement-breakpoint
create policy family_members_added on family_members for insert to youyu_app
  with check ((select app.area()) @> division_code);
--> statement-breakpoint
create policy family_members_changed on family_members for update to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C"
    or ((select app.area()) @> division_code and app.supports_family(county_code, family_id)));
--> statement-breakpoint
grant select, insert, update on family_members to youyu_app;
--> statement-breakpoint
alter table support_contacts enable row level security;
--> statement-breakpoint
create policy support_contacts_seen on support_contacts for select to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C"
    or ((select app.area()) @> division_code and app.supports_family(county_code, family_id)));
--> statement-breakpoint
create policy support_contacts_assigned on support_contacts for insert to youyu_app
  with check ((select app.area()) @> (left(division_code, 9) || '000') collate "C");
--> statement-breakpoint
create policy support_contacts_ended on support_contacts for update to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C");
--> statement-breakpoint
grant select, insert, update on support_contacts to youyu_app;
--> statement-breakpoint
alter table family_visits enable row level security;
--> statement-breakpoint
create policy family_visits_seen on family_visits for all to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C"
    or ((select app.area()) @> division_code and app.supports_family(county_code, family_id)));
--> statement-breakpoint
grant select, insert, update on family_visits to youyu_app;
--> statement-breakpoint
alter table family_services enable row level security;
--> statement-breakpoint
create policy family_services_seen on family_services for all to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C"
    or ((select app.area()) @> division_code and app.supports_family(county_code, family_id)));
--> statement-breakpoint
grant select, insert, update on family_services to youyu_app;
--> statement-breakpoint
alter table family_offers enable row level security;
--> statement-breakpoint
create policy family_offers_seen on family_offers for all to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C"
    or ((select app.area()) @> division_code and app.supports_family(county_code, family_id)));
--> statement-breakpoint
grant select, insert, update on family_offers to youyu_app;
--> statement-breakpoint
-- Policies, settlements, rosters and old ledgers are the county office's.
alter table insurance_policies enable row level security;
--> statement-breakpoint
create policy insurance_policies_read on insurance_policies for select to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
create policy insurance_policies_made on insurance_policies for insert to youyu_app with check (app.answers_for(county_code));
--> statement-breakpoint
create policy insurance_policies_changed on insurance_policies for update to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update on insurance_policies to youyu_app;
--> statement-breakpoint
alter table insured_persons enable row level security;
--> statement-breakpoint
create policy insured_persons_seen on insured_persons for select to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C"
    or ((select app.area()) @> division_code and app.supports_family(county_code, family_id)));
--> statement-breakpoint
create policy insured_persons_added on insured_persons for insert to youyu_app with check (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on insured_persons to youyu_app;
--> statement-breakpoint
alter table hospital_stays enable row level security;
--> statement-breakpoint
create policy hospital_stays_seen on hospital_stays for all to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C");
--> statement-breakpoint
grant select, insert, update on hospital_stays to youyu_app;
--> statement-breakpoint
-- Nobody lies in two hospitals on one night.
alter table hospital_stays add constraint hospital_stays_no_overlap
  exclude using gist (county_code with =, person_id with =, daterange(admitted_on, discharged_on, '[)') with &&)
  where (state <> 'REFUSED');
--> statement-breakpoint
alter table fee_waivers enable row level security;
--> statement-breakpoint
create policy fee_waivers_seen on fee_waivers for all to youyu_app
  using ((select app.area()) @> (left(division_code, 9) || '000') collate "C");
--> statement-breakpoint
grant select, insert, update on fee_waivers to youyu_app;
--> statement-breakpoint
alter table service_tariffs enable row level security;
--> statement-breakpoint
create policy service_tariffs_read on service_tariffs for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area and (owner_county = 0 or app.area_touches(owner_county)));
--> statement-breakpoint
create policy service_tariffs_add on service_tariffs for insert to youyu_app
  with check (owner_county <> 0 and (select app.area()) @> (owner_county::text || '000000') collate "C");
--> statement-breakpoint
create policy service_tariffs_end on service_tariffs for update to youyu_app
  using (owner_county <> 0 and (select app.area()) @> (owner_county::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert on service_tariffs to youyu_app;
--> statement-breakpoint
grant update (to_on) on service_tariffs to youyu_app;
--> statement-breakpoint
-- Tariffs in force on a day: a county's own item before the national one.
create function app.service_tariffs_of(county integer, on_day date) returns setof service_tariffs
language sql stable security definer set search_path = public, app, pg_temp as $$
  select distinct on (t.programme, t.item) t.* from service_tariffs t
  where t.owner_county in (0, service_tariffs_of.county) and t.from_on <= service_tariffs_of.on_day
    and (t.to_on is null or t.to_on >= service_tariffs_of.on_day)
  order by t.programme, t.item, t.owner_county desc, t.from_on desc
$$;
--> statement-breakpoint
revoke all on function app.service_tariffs_of from public;
--> statement-breakpoint
grant execute on function app.service_tariffs_of to youyu_app;
--> statement-breakpoint
alter table benefit_settlements enable row level security;
--> statement-breakpoint
create policy benefit_settlements_of_county on benefit_settlements for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update on benefit_settlements to youyu_app;
--> statement-breakpoint
alter table settlement_lines enable row level security;
--> statement-breakpoint
create policy settlement_lines_of_county on settlement_lines for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on settlement_lines to youyu_app;
--> statement-breakpoint
-- Months of a hospital that have been settled: nothing of them may come after.
create function app.settled_waiver_months(county integer, hospital uuid, days date[]) returns setof date
language sql stable security definer set search_path = public, app, pg_temp as $$
  select s.period from benefit_settlements s
  where s.county_code = settled_waiver_months.county and s.kind = 'WAIVER' and s.payee_id = settled_waiver_months.hospital and s.state <> 'VOID'
    and s.period in (select date_trunc('month', d)::date from unnest(settled_waiver_months.days) d)
    and app.area_touches(settled_waiver_months.county)
$$;
--> statement-breakpoint
revoke all on function app.settled_waiver_months from public;
--> statement-breakpoint
grant execute on function app.settled_waiver_months to youyu_app;
--> statement-breakpoint
-- How much of what a facility claims for a month its own records bear out, never more than is claimed: whose procedures
-- they were stays with care, and so does a count below five (E8). Only what the free programme pays is counted; treatment
-- of complications is held against the people certified, a bed-day each at most.
create function app.borne_out(county integer, facility uuid, month date, items text[], types jsonb, claimed integer[])
returns table (item text, accepted integer)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select c.item, case when n.done >= c.claimed then c.claimed when n.done < 5 then 0 else n.done end
  from unnest(borne_out.items, borne_out.claimed) as c (item, claimed)
  cross join lateral (
    select case when jsonb_array_length(borne_out.types -> c.item) = 0 then 31 * (
      select count(distinct k.client_id)::integer from complications k
      where k.county_code = borne_out.county and k.assessed_grade is not null and k.voided_at is null
        and k.assessed_on < (borne_out.month + interval '1 month')::date)
    else (
      select count(*)::integer from procedures p
      where p.county_code = borne_out.county and p.facility_id = borne_out.facility and p.status = 'PERFORMED' and p.voided_at is null
        and p.performed_on >= borne_out.month and p.performed_on < (borne_out.month + interval '1 month')::date
        and p.payment = 'FREE_PROGRAMME' and (borne_out.types -> c.item) ? p.type) end as done
  ) n
  where app.answers_for(borne_out.county)
$$;
--> statement-breakpoint
revoke all on function app.borne_out from public;
--> statement-breakpoint
grant execute on function app.borne_out to youyu_app;
--> statement-breakpoint
alter table benefit_rosters enable row level security;
--> statement-breakpoint
create policy benefit_rosters_of_county on benefit_rosters for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update on benefit_rosters to youyu_app;
--> statement-breakpoint
alter table benefit_roster_lines enable row level security;
--> statement-breakpoint
create policy benefit_roster_lines_of_county on benefit_roster_lines for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update on benefit_roster_lines to youyu_app;
--> statement-breakpoint
alter table family_projects enable row level security;
--> statement-breakpoint
create policy family_projects_in_area on family_projects for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on family_projects to youyu_app;
--> statement-breakpoint
alter table closed_ledgers enable row level security;
--> statement-breakpoint
create policy closed_ledgers_of_county on closed_ledgers for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update on closed_ledgers to youyu_app;
--> statement-breakpoint
alter table closed_ledger_rows enable row level security;
--> statement-breakpoint
create policy closed_ledger_rows_of_county on closed_ledger_rows for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert on closed_ledger_rows to youyu_app;
