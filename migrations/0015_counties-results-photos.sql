ALTER TABLE "sessions" ADD COLUMN "county" integer;
--> statement-breakpoint
ALTER TABLE "lab_results" ADD COLUMN "held_code" text;--> statement-breakpoint
ALTER TABLE "lab_results" ADD COLUMN "tried_on" date;--> statement-breakpoint
CREATE INDEX "lab_results_held" ON "lab_results" USING btree ("county_code","order_id") WHERE "lab_results"."held_code" is not null;--> statement-breakpoint
ALTER TABLE "lab_results" ADD CONSTRAINT "lab_results_held_posted" CHECK (("lab_results"."held_code" is null) = ("lab_results"."tried_on" is null) and ("lab_results"."held_code" is null or "lab_results"."state" = 'POSTED'));
--> statement-breakpoint
-- For the night: whose records could not take an answer of the past year, and were not tried on this day.
create function app.held_orders(county integer, day date) returns table (facility_id uuid, order_id uuid)
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  if not app.area_touches(county) then
    return;
  end if;
  return query
  select r.facility_id, r.order_id from lab_results r
  where r.county_code = held_orders.county and r.held_code is not null and r.voided_at is null
    and r.tried_on < held_orders.day and r.measured_on > held_orders.day - 365
  group by r.facility_id, r.order_id order by r.facility_id, r.order_id;
end
$$;
--> statement-breakpoint
revoke all on function app.held_orders from public;
--> statement-breakpoint
grant execute on function app.held_orders to youyu_app;
--> statement-breakpoint
ALTER TABLE "pregnancies" ADD COLUMN "status_before_birth" text;--> statement-breakpoint
ALTER TABLE "pregnancies" ADD COLUMN "ended_on_before_birth" date;
--> statement-breakpoint
CREATE TABLE "claim_refusals" (
	"county_code" integer NOT NULL,
	"other_county" integer NOT NULL,
	"programme" text NOT NULL,
	"code" text NOT NULL,
	"refused_at" timestamp with time zone NOT NULL,
	CONSTRAINT "claim_refusals_pk" PRIMARY KEY("county_code","other_county","programme")
);
--> statement-breakpoint
select app.shard('claim_refusals');
--> statement-breakpoint
CREATE TABLE "silent_peers" (
	"county_code" integer NOT NULL,
	"other_county" integer NOT NULL,
	"reached_until" timestamp with time zone NOT NULL,
	"tried_at" timestamp with time zone NOT NULL,
	CONSTRAINT "silent_peers_pk" PRIMARY KEY("county_code","other_county")
);
--> statement-breakpoint
select app.shard('silent_peers');
--> statement-breakpoint
alter table claim_refusals enable row level security;
--> statement-breakpoint
create policy claim_refusals_of_county on claim_refusals for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update, delete on claim_refusals to youyu_app;
--> statement-breakpoint
alter table silent_peers enable row level security;
--> statement-breakpoint
create policy silent_peers_of_county on silent_peers for all to youyu_app using (app.answers_for(county_code));
--> statement-breakpoint
grant select, insert, update, delete on silent_peers to youyu_app;
--> statement-breakpoint
-- An order is written anew when it is received and when it is answered. With room beside it on its page the new version
-- needs no entries in the five indexes, which cost more than the row.
alter table lab_orders set (fillfactor = 50);
--> statement-breakpoint
CREATE TABLE "defect_photos" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"content_cipher" "bytea",
	"consent_by" text NOT NULL,
	"consent_on" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "defect_photos_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "defect_photos_media_type" CHECK ("defect_photos"."media_type" in ('image/jpeg', 'image/png', 'image/webp')),
	CONSTRAINT "defect_photos_size" CHECK ("defect_photos"."size" between 1 and 5242880),
	CONSTRAINT "defect_photos_consent" CHECK ("defect_photos"."consent_by" in ('MOTHER', 'FATHER', 'GUARDIAN')),
	CONSTRAINT "defect_photos_void" CHECK (("defect_photos"."voided_at" is null) = ("defect_photos"."void_reason" is null) and ("defect_photos"."voided_at" is null) = ("defect_photos"."content_cipher" is not null))
);
--> statement-breakpoint
ALTER TABLE "defect_photos" ADD CONSTRAINT "defect_photos_card" FOREIGN KEY ("county_code","card_id") REFERENCES "public"."defect_cards"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "defect_photos_by_card" ON "defect_photos" USING btree ("county_code","card_id");
--> statement-breakpoint
alter table defect_photos enable row level security;
--> statement-breakpoint
create policy defect_photos_of_facility on defect_photos for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy defect_photos_for_review on defect_photos for select to youyu_care
  using ((select app.reviews()) and exists (
    select from defect_cards c where c.county_code = defect_photos.county_code and c.id = defect_photos.card_id));
--> statement-breakpoint
grant select, insert, update on defect_photos to youyu_care;
--> statement-breakpoint
DROP INDEX "chain_events_of_chain";--> statement-breakpoint
CREATE INDEX "chain_events_of_chain" ON "chain_events" USING btree ("county_code","chain_id","item");
--> statement-breakpoint
-- The schedule in force on a day: the county's own before the default. Asked for with every word about a chain, so that its plan
-- is kept.
create or replace function app.chain_schedule(county integer, today date) returns setof chain_schedule_items
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select i.* from (
    select s.owner_county, s.version from chain_schedules s
    where s.owner_county in (0, chain_schedule.county) and s.status = 'IN_FORCE' and s.effective_from <= chain_schedule.today
    order by (s.owner_county = chain_schedule.county) desc, s.effective_from desc, s.version desc limit 1
  ) f
  join chain_schedule_items i on i.owner_county = f.owner_county and i.version = f.version;
end
$$;
--> statement-breakpoint
-- Items, with those that they may serve.
create or replace function app.items_with(county integer, items text[], today date) returns text[]
language plpgsql stable set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  return array(select unnest(items_with.items) union
    select s.item from app.chain_schedule(items_with.county, items_with.today) s where s.served_by && items_with.items);
end
$$;
--> statement-breakpoint
-- Of few items, only their links and what was said of them are read.
create or replace function app.project_chains(county integer, those uuid[], items text[], today date) returns integer
language plpgsql security definer set search_path = public, app, pg_temp
  set plan_cache_mode = auto set enable_nestloop = on set enable_mergejoin = on set enable_seqscan = on set jit = off set work_mem = '64MB' as $$
#variable_conflict use_column
declare
  changed integer;
  -- The items asked for, and what may serve them instead; null: all.
  telling text[] := project_chains.items || array(select unnest(i.served_by) from app.chain_schedule(county, project_chains.today) i
    where i.item = any(project_chains.items));
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
    from (
      select e.* from chain_events e
      where project_chains.items is null and e.county_code = county and e.chain_id = any(those) and e.voided_at is null
      union all
      select e.* from chain_events e
      where e.county_code = county and e.chain_id = any(those) and e.item = any(telling) and e.voided_at is null
    ) e
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
    from (
      select l.* from chain_links l where project_chains.items is null and l.county_code = county and l.chain_id = any(those)
      union all
      select l.* from chain_links l where l.county_code = county and l.chain_id = any(those) and l.item = any(project_chains.items)
    ) l
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
