-- The role that opens records of care. The application takes it for the length of one transaction, with the facility.
do $$
begin
  create role youyu_care nologin;
exception
  when duplicate_object or unique_violation then null;
end
$$;
--> statement-breakpoint
do $$
begin
  execute format('grant youyu_care to %I', current_user);
exception
  when others then null; -- a superuser needs no membership, and may not be able to grant itself one
end
$$;
--> statement-breakpoint
-- It may do all that the application may, and more: never the other way round.
grant youyu_app to youyu_care;
--> statement-breakpoint
-- The facility of the present transaction. Nothing set means no facility: no records.
create function app.facility() returns uuid
language sql stable parallel safe as $$
  select nullif(current_setting('app.facility', true), '')::uuid
$$;
--> statement-breakpoint
grant execute on function app.facility to youyu_app;
--> statement-breakpoint
-- Whom a facility has seen: its own list, nobody else's.
alter table care_clients enable row level security;
--> statement-breakpoint
create policy care_clients_of_facility on care_clients for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on care_clients to youyu_care;
--> statement-breakpoint
alter table care_consents enable row level security;
--> statement-breakpoint
create policy care_consents_of_facility on care_consents for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on care_consents to youyu_care;
--> statement-breakpoint
-- Whether she let the facility of the present transaction read what others recorded of her.
create function app.shares(county integer, client uuid) returns boolean
language sql stable security definer set search_path = public, app, pg_temp as $$
  select exists (
    select from care_consents c
    where c.county_code = shares.county and c.client_id = shares.client and c.kind = 'SHARING'
      and c.facility_id = app.facility() and c.withdrawn_on is null and c.voided_at is null)
$$;
--> statement-breakpoint
revoke all on function app.shares from public;
--> statement-breakpoint
grant execute on function app.shares to youyu_care;
--> statement-breakpoint
-- A facility's clients open their register entry to it, wherever in the county they live.
create policy persons_in_care on persons for select to youyu_care
  using (exists (
    select from care_clients c
    where c.county_code = persons.county_code and c.client_id = persons.id and c.facility_id = (select app.facility())));
--> statement-breakpoint
-- A facility serves whoever comes from its county: one person by her id …
create function app.client_of(county integer, client uuid)
returns table (
  id uuid, name text, sex text, birth_date date, id_number_mask text, phone_mask text, residence_division text,
  marital_status text, status text)
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select p.id, p.name, p.sex, p.birth_date, p.id_number_mask, p.phone_mask, p.residence_division, p.marital_status, p.status
  from persons p
  where p.county_code = client_of.county and p.id = client_of.client and p.status <> 'MERGED'
    and exists (
      select from organisations o
      where o.id = app.facility() and left(o.division_code, 6) = lpad(client_of.county::text, 6, '0'));
end
$$;
--> statement-breakpoint
revoke all on function app.client_of from public;
--> statement-breakpoint
grant execute on function app.client_of to youyu_care;
--> statement-breakpoint
-- … or by what only she can say of herself; never by a part of it.
create function app.find_clients(county integer, number_hash bytea, phone_hash bytea, full_name text, born date)
returns setof uuid
language sql stable security definer set search_path = public, app, pg_temp as $$
  select p.id from persons p
  where p.county_code = find_clients.county and p.status not in ('MERGED', 'DECEASED', 'ARCHIVED')
    and exists (
      select from organisations o
      where o.id = app.facility() and left(o.division_code, 6) = lpad(find_clients.county::text, 6, '0'))
    and (p.id_number_hash = find_clients.number_hash
      or p.phone_hash = find_clients.phone_hash
      or (p.name = find_clients.full_name collate "C" and p.birth_date = find_clients.born))
  limit 20
$$;
--> statement-breakpoint
revoke all on function app.find_clients from public;
--> statement-breakpoint
grant execute on function app.find_clients to youyu_care;
--> statement-breakpoint
grant select on encounter_checklist to youyu_app;
--> statement-breakpoint
-- A visit tells what else happened on the day, so it is shared with nobody.
alter table encounters enable row level security;
--> statement-breakpoint
create policy encounters_of_facility on encounters for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on encounters to youyu_care;
--> statement-breakpoint
-- Whom each facility has seen, from the visits and records themselves; for bulk loads.
create function app.gather_clients(county integer) returns void
language sql security definer set search_path = public, app, pg_temp as $$
  insert into care_clients as kept (county_code, facility_id, client_id, first_on, last_on, encounters)
  select gather_clients.county, facility_id, client_id, min(seen_on), max(seen_on), sum(visits)
  from (
    select facility_id, client_id, occurred_on as seen_on, 1 as visits from encounters
      where county_code = gather_clients.county and voided_at is null
    union all
    select facility_id, client_id, started_on, 0 from method_episodes
      where county_code = gather_clients.county and voided_at is null
    union all
    select facility_id, client_id, requested_on, 0 from procedures
      where county_code = gather_clients.county and voided_at is null
    union all
    select facility_id, client_id, occurred_on, 0 from informed_choices
      where county_code = gather_clients.county and voided_at is null
    union all
    select facility_id, client_id, given_on, 0 from care_consents
      where county_code = gather_clients.county and voided_at is null
  ) seen
  group by 2, 3
  on conflict (county_code, facility_id, client_id)
  do update set first_on = excluded.first_on, last_on = excluded.last_on, encounters = excluded.encounters
$$;
--> statement-breakpoint
revoke all on function app.gather_clients from public;
--> statement-breakpoint
grant execute on function app.gather_clients to youyu_app;
--> statement-breakpoint
-- Who looked at a client's record of care, by the key under which the log keeps it: the facility's own people; everybody only
-- where she shares her record (or asks herself).
create function app.care_looks(county integer, care_key uuid, everybody boolean)
returns table (at timestamptz, looked_by text, organisation text, action text, entity text, reason text)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select l.at, coalesce(u.display_name, c.name), o.name, l.action, l.entity, l.reason
  from access_log l
  left join users u on u.id = l.actor_id
  left join api_clients c on c.id = l.actor_id
  left join organisations o on o.id = u.organisation_id
  where l.county_code = care_looks.county and l.entity_id = care_looks.care_key
    and (care_looks.everybody or u.organisation_id = app.facility())
  order by l.id desc limit 200
$$;
--> statement-breakpoint
revoke all on function app.care_looks from public;
--> statement-breakpoint
grant execute on function app.care_looks to youyu_care;
--> statement-breakpoint
-- Nobody uses two methods at a time, whatever the order of recording; a condom beside another method is one of its own.
alter table method_episodes add constraint method_episodes_no_overlap
  exclude using gist (county_code with =, client_id with =, daterange(started_on, ended_on) with &&)
  where (voided_at is null and not is_dual);
--> statement-breakpoint
alter table method_episodes add constraint method_episodes_dual_no_overlap
  exclude using gist (county_code with =, client_id with =, method with =, daterange(started_on, ended_on) with &&)
  where (voided_at is null and is_dual);
--> statement-breakpoint
alter table method_episodes enable row level security;
--> statement-breakpoint
create policy method_episodes_of_facility on method_episodes for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy method_episodes_shared on method_episodes for select to youyu_care
  using (app.shares(county_code, client_id));
--> statement-breakpoint
grant select, insert, update on method_episodes to youyu_care;
--> statement-breakpoint
-- Where each of a client's methods ends: as stated, or where the next begins.
create function app.placed_methods(county integer, clients uuid[])
returns table (id uuid, placed_on date, placed_reason text)
language sql stable as $$
  select p.id, least(p.stated_end_on, p.next_on),
    case when p.next_on < p.stated_end_on or p.stated_end_on is null and p.next_on is not null
      then 'SWITCHED' else p.stated_end_reason end
  from (
    select e.id, e.stated_end_on, e.stated_end_reason,
      lead(e.started_on) over (
        partition by e.client_id, case when e.is_dual then e.method end order by e.started_on, e.recorded_at, e.id) as next_on
    from method_episodes e
    where e.county_code = placed_methods.county and e.client_id = any(placed_methods.clients) and e.voided_at is null
  ) p
$$;
--> statement-breakpoint
-- Fits the methods of clients around each other, after one was recorded (fresh: it stands at its first day until then),
-- ended, voided or corrected, at whatever facility. Shrinks before it grows, so that none overlaps on the way. Tells what
-- changed at the facility itself, and of others only that something did; counts what ended.
create function app.settle_methods(county integer, clients uuid[], fresh uuid[])
returns table (id uuid, method text, before date, after date)
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  changed uuid[];
  befores date[];
  standing integer;
begin
  perform from method_episodes e
    where e.county_code = settle_methods.county and e.client_id = any(settle_methods.clients) and e.voided_at is null
    order by e.id for update;
  get diagnostics standing = row_count;

  -- Her first method: there is nothing to fit it among.
  if standing = 1 and cardinality(settle_methods.fresh) = 1 and cardinality(settle_methods.clients) = 1 then
    update method_episodes e set ended_on = e.stated_end_on, end_reason = e.stated_end_reason
    where e.county_code = settle_methods.county and e.id = any(settle_methods.fresh) and e.ended_on is distinct from e.stated_end_on;
    perform app.count_methods(settle_methods.county, array_agg(e.division_code), array_agg(m.day), array_agg(e.method),
      array_agg(e.birth_year), array_agg(e.in_union), array_agg(m.started), array_agg(m.ended))
    from method_episodes e cross join lateral (values (e.started_on, 1, 0), (e.ended_on, 0, 1)) as m (day, started, ended)
    where e.county_code = settle_methods.county and e.id = any(settle_methods.fresh) and not e.is_dual and m.day is not null
    having count(*) > 0;
    return;
  end if;

  select array_agg(e.id), array_agg(e.ended_on) into changed, befores
  from method_episodes e join app.placed_methods(settle_methods.county, settle_methods.clients) p on p.id = e.id
  where e.county_code = settle_methods.county and e.client_id = any(settle_methods.clients)
    and (e.ended_on is distinct from p.placed_on or e.end_reason is distinct from p.placed_reason
      or e.id = any(settle_methods.fresh));

  update method_episodes e set ended_on = p.placed_on, end_reason = p.placed_reason
  from app.placed_methods(settle_methods.county, settle_methods.clients) p
  where e.county_code = settle_methods.county and e.id = p.id and p.placed_on < coalesce(e.ended_on, 'infinity');
  update method_episodes e set ended_on = p.placed_on, end_reason = p.placed_reason
  from app.placed_methods(settle_methods.county, settle_methods.clients) p
  where e.county_code = settle_methods.county and e.id = p.id
    and (e.ended_on is distinct from p.placed_on or e.end_reason is distinct from p.placed_reason);

  -- V7: a long-acting method that follows or precedes another without its removal, as far as the facility knows both.
  update method_episodes f set findings = array_append(f.findings, 'V7')
  where f.county_code = settle_methods.county and f.id = any(settle_methods.fresh) and not f.findings @> '{V7}'
    and f.method in ('M10', 'M20', 'M30', 'M31', 'M40', 'M41', 'M42') and exists (
      select from method_episodes o
      where o.county_code = f.county_code and o.client_id = f.client_id and o.facility_id = f.facility_id
        and o.id <> f.id and o.voided_at is null and o.method in ('M10', 'M20', 'M30', 'M31', 'M40', 'M41', 'M42')
        and (o.end_reason = 'SWITCHED' and o.ended_on = f.started_on and o.stated_end_on is distinct from o.ended_on
          or f.end_reason = 'SWITCHED' and f.ended_on = o.started_on and f.stated_end_on is distinct from f.ended_on));

  perform app.count_methods(settle_methods.county, array_agg(c.division_code), array_agg(c.at), array_agg(c.method),
    array_agg(c.birth_year), array_agg(c.in_union), array_agg(c.started), array_agg(c.ended))
  from (
    select e.division_code, e.started_on as at, e.method, e.birth_year, e.in_union, 1 as started, 0 as ended
      from method_episodes e
      where e.county_code = settle_methods.county and e.id = any(settle_methods.fresh) and not e.is_dual
    union all
    select e.division_code, e.ended_on, e.method, e.birth_year, e.in_union, 0, 1
      from method_episodes e
      where e.county_code = settle_methods.county and e.id = any(changed) and not e.is_dual and e.ended_on is not null
    union all
    select e.division_code, b.before, e.method, e.birth_year, e.in_union, 0, -1
      from unnest(changed, befores) as b (id, before)
      join method_episodes e on e.county_code = settle_methods.county and e.id = b.id
      where not e.is_dual and b.before is not null and not b.id = any(settle_methods.fresh)
  ) c
  having count(*) > 0;

  return query
  select case when e.facility_id = app.facility() then e.id end,
    case when e.facility_id = app.facility() then e.method end,
    case when e.facility_id = app.facility() then b.before end,
    case when e.facility_id = app.facility() then e.ended_on end
  from unnest(changed, befores) as b (id, before)
  join method_episodes e on e.county_code = settle_methods.county and e.id = b.id
  where not b.id = any(settle_methods.fresh);
end
$$;
--> statement-breakpoint
-- Whether any method of hers stands, at whatever facility: then a new one is to be fitted among them.
create function app.uses_methods(county integer, client uuid) returns boolean
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
  return exists (
    select from method_episodes e
    where e.county_code = uses_methods.county and e.client_id = uses_methods.client and e.voided_at is null);
end
$$;
--> statement-breakpoint
-- A procedure takes a method out, wherever it was put in: its end is stated with the day and reason. Tells the episode where it
-- is the facility's own, and whether the method was known to have begun before (V6).
create function app.end_methods(county integer, client uuid, methods text[], ended date, reason text, procedure uuid)
returns table (id uuid, is_ended boolean, is_known boolean)
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  found method_episodes;
  known boolean;
begin
  update method_episodes e
  set stated_end_on = end_methods.ended, stated_end_reason = end_methods.reason, end_procedure_id = end_methods.procedure
  where e.county_code = end_methods.county and e.client_id = end_methods.client and e.voided_at is null
    and e.method = any(end_methods.methods) and e.started_on <= end_methods.ended
    and coalesce(e.ended_on, 'infinity') >= end_methods.ended and e.stated_end_on is null
  returning e.* into found;
  known := found.id is not null or exists (
    select from method_episodes e
    where e.county_code = end_methods.county and e.client_id = end_methods.client and e.voided_at is null
      and e.method = any(end_methods.methods) and e.started_on <= end_methods.ended);
  if not known then
    update procedures p set findings = array_append(p.findings, 'V6')
    where p.county_code = end_methods.county and p.id = end_methods.procedure and not p.findings @> '{V6}' and p.type <> 'P03';
  end if;
  return query select case when found.facility_id = app.facility() then found.id end, found.id is not null, known;
end
$$;
--> statement-breakpoint
-- The procedure was voided: what it took out was not.
create function app.reopen_methods(county integer, procedure uuid) returns void
language sql security definer set search_path = public, app, pg_temp as $$
  update method_episodes e set stated_end_on = null, stated_end_reason = null, end_procedure_id = null
  where e.county_code = reopen_methods.county and e.end_procedure_id = reopen_methods.procedure
    and exists (
      select from procedures p
      where p.county_code = e.county_code and p.id = reopen_methods.procedure and p.facility_id = app.facility())
$$;
--> statement-breakpoint
revoke all on function app.placed_methods, app.settle_methods, app.uses_methods, app.end_methods, app.reopen_methods from public;
--> statement-breakpoint
grant execute on function app.settle_methods, app.uses_methods, app.end_methods, app.reopen_methods to youyu_care;
--> statement-breakpoint
-- Methods and devices are read by everybody; a county adds sheets of its own, and nobody changes one.
grant select on contraceptive_methods, device_types to youyu_app;
--> statement-breakpoint
grant select, insert on method_sheets to youyu_app;
--> statement-breakpoint
alter table method_sheets enable row level security;
--> statement-breakpoint
create policy method_sheets_read on method_sheets for select to youyu_app using ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
create policy method_sheets_of_county on method_sheets for insert to youyu_app
  with check ((select app.area()) @> (lpad(owner_county::text, 6, '0') || '000000') collate "C");
--> statement-breakpoint
grant select, insert, update on operator_licences to youyu_app;
--> statement-breakpoint
alter table procedures enable row level security;
--> statement-breakpoint
create policy procedures_of_facility on procedures for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
-- Abortions are nobody's but the facility's that did them, whatever was agreed (E8).
create policy procedures_shared on procedures for select to youyu_care
  using (type not in ('P10', 'P11', 'P12', 'P13') and app.shares(county_code, client_id));
--> statement-breakpoint
grant select, insert, update on procedures to youyu_care;
--> statement-breakpoint
alter table complications enable row level security;
--> statement-breakpoint
create policy complications_of_facility on complications for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy complications_shared on complications for select to youyu_care
  using (procedure_type not in ('P10', 'P11', 'P12', 'P13') and app.shares(county_code, client_id));
--> statement-breakpoint
grant select, insert, update on complications to youyu_care;
--> statement-breakpoint
-- Counts of care tell no person, and are read by whoever answers for a whole county (E8, domain §9.5).
alter table care_tallies enable row level security;
--> statement-breakpoint
alter table method_months enable row level security;
--> statement-breakpoint
alter table method_users enable row level security;
--> statement-breakpoint
alter table union_women enable row level security;
--> statement-breakpoint
create policy care_tallies_of_county on care_tallies for select to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
create policy method_months_of_county on method_months for select to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
create policy method_users_of_county on method_users for select to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
create policy union_women_of_county on union_women for select to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
grant select on care_tallies, method_months, method_users, union_women to youyu_app;
--> statement-breakpoint
-- Counts what a transaction of care has recorded, or takes it back with a negative number.
-- In plpgsql, whose statements are planned once per connection: it is called in every visit.
create function app.tally_care(
  county integer, months date[], facilities uuid[], townships text[], measures text[], items text[], numbers integer[]
) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
  insert into care_tallies as kept (county_code, month, facility_id, division_code, measure, item, tally)
  select tally_care.county, date_trunc('month', m)::date, f, rpad(left(d, 9), 12, '0'), e, i, sum(n)
  from unnest(months, facilities, townships, measures, items, numbers) as counted (m, f, d, e, i, n)
  group by 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
  on conflict (county_code, measure, month, division_code, facility_id, item)
  do update set tally = kept.tally + excluded.tally;
end
$$;
--> statement-breakpoint
-- Counts episodes begun and ended, or takes them back with a negative number; what is in use now is kept beside it.
-- In plpgsql, whose statements are planned once per connection: it is called in every visit.
create function app.count_methods(
  county integer, townships text[], months date[], methods text[], birth_years smallint[], unions boolean[], starts integer[], ends integer[]
) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
  insert into method_months as kept (county_code, division_code, month, method, birth_year, in_union, started, ended)
  select count_methods.county, rpad(left(d, 9), 12, '0'), date_trunc('month', m)::date, e, y, u, sum(s), sum(n)
  from unnest(townships, months, methods, birth_years, unions, starts, ends) as counted (d, m, e, y, u, s, n)
  group by 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
  on conflict (county_code, division_code, month, method, birth_year, in_union)
  do update set started = kept.started + excluded.started, ended = kept.ended + excluded.ended;
  insert into method_users as kept (county_code, division_code, method, birth_year, in_union, users)
  select count_methods.county, rpad(left(d, 9), 12, '0'), e, y, u, sum(s - n)
  from unnest(townships, methods, birth_years, unions, starts, ends) as counted (d, e, y, u, s, n)
  group by 2, 3, 4, 5 having sum(s - n) <> 0 order by 2, 3, 4, 5
  on conflict (county_code, division_code, method, birth_year, in_union)
  do update set users = kept.users + excluded.users;
end
$$;
--> statement-breakpoint
-- Everything that the tables of care would have tallied, from themselves: what recounting puts in the place of the counts.
create function app.counted_care(county integer)
returns table (month date, facility_id uuid, division_code text, measure text, item text, tally integer)
language sql stable set search_path = public, app, pg_temp as $$
  select date_trunc('month', q.day)::date, q.facility_id, rpad(left(q.division_code, 9), 12, '0'), q.measure, q.item, count(*)::int
  from (
    select v.occurred_on as day, v.facility_id, v.division_code, m.measure, m.item
    from encounters v join persons p on p.county_code = v.county_code and p.id = v.client_id
    cross join lateral (values ('encounter', v.place), ('encounter-sex', p.sex)) as m (measure, item)
    where v.county_code = counted_care.county and v.voided_at is null
    union all
    select s.occurred_on, s.facility_id, s.division_code, 'screen', m.item
    from mec_screens s cross join lateral (values ('ALL', true), ('STOPPED', cardinality(s.stopped) > 0)) as m (item, holds)
    where s.county_code = counted_care.county and s.voided_at is null and m.holds
    union all
    select o.occurred_on, o.facility_id, s.division_code, 'override', o.method
    from mec_overrides o join mec_screens s on s.county_code = o.county_code and s.id = o.screen_id
    where o.county_code = counted_care.county and o.voided_at is null and s.voided_at is null
    union all
    select c.occurred_on, c.facility_id, c.division_code, m.measure, m.item
    from informed_choices c join persons p on p.county_code = c.county_code and p.id = c.client_id
    cross join lateral (select cardinality(array_remove(c.methods_explained, 'M00')) >= 3 as three) told
    cross join lateral (values
      ('choice', c.channel, true),
      ('choice-sex', case p.sex when '1' then '1' else '2' end, true),
      ('choice-told', 'THREE_METHODS', told.three),
      ('choice-told', 'SIDE_EFFECTS', c.side_effects_explained),
      ('choice-told', 'FOLLOW_UP', c.follow_up_explained),
      ('choice-told', 'ALL_THREE', told.three and c.side_effects_explained and c.follow_up_explained),
      ('choice-explained', 'M20', 'M20' = any(c.methods_explained)),
      ('choice-decision', coalesce(c.decision, 'OPEN'), true),
      ('choice-chosen', c.chosen_method, c.decision = 'ACCEPT' and c.chosen_method is not null)
    ) as m (measure, item, holds)
    where c.county_code = counted_care.county and c.voided_at is null and m.holds
    union all
    select p.performed_on, p.facility_id, p.division_code, 'procedure', p.type from procedures p
    where p.county_code = counted_care.county and p.voided_at is null and p.performed_on is not null
    union all
    select c.onset_on, c.facility_id, c.division_code, 'complication', c.type from complications c
    where c.county_code = counted_care.county and c.voided_at is null
    union all
    select r.diagnosed_on, r.facility_id, r.division_code, 'rti-case', 'OPENED' from rti_cases r
    where r.county_code = counted_care.county and r.voided_at is null
    union all
    select i.opened_on, i.facility_id, i.division_code, 'infertility-case', m.item
    from infertility_cases i cross join lateral (values ('OPENED', true), ('COMPLETE', i.is_complete)) as m (item, holds)
    where i.county_code = counted_care.county and i.voided_at is null and m.holds
    union all
    select v.occurred_on, v.facility_id, v.division_code, m.measure, m.item
    from check_visits v join persons p on p.county_code = v.county_code and p.id = v.client_id
    cross join lateral (
      select coalesce(array_agg(distinct f.kind), '{}') as found, coalesce(array_agg(distinct f.kind) filter (where f.treatment = 'TREATED'), '{}') as treated
      from check_findings f where f.county_code = v.county_code and f.visit_id = v.id and f.voided_at is null
    ) k
    cross join lateral (
      select 'check', coalesce(v.programme, 'NONE')
      union all select 'check-sex', p.sex
      union all select 'check-item', i from unnest(v.items) i
      union all select 'check-found', 'ANY' where cardinality(k.found) > 0
      union all select 'check-treated', 'ANY' where cardinality(k.treated) > 0
      union all select 'check-found', i from unnest(k.found) i
      union all select 'check-treated', i from unnest(k.treated) i
    ) as m (measure, item)
    where v.county_code = counted_care.county and v.voided_at is null
  ) q
  group by 1, 2, 3, 4, 5
$$;
--> statement-breakpoint
-- Women in union, as the register knows them on a day.
create function app.count_union_women(county integer, today date) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
  delete from union_women w where w.county_code = county and w.month = date_trunc('month', today)::date;
  insert into union_women (county_code, month, division_code, birth_year, women, counted_on)
  select county, date_trunc('month', today)::date, rpad(left(p.residence_division, 9), 12, '0'), extract(year from p.birth_date)::smallint,
    count(*), today
  from persons p
  where p.county_code = county and p.sex = '2' and p.status in ('ACTIVE', 'SUSPECT_DUP') and p.marital_status like '2%'
    and p.residence_status in ('1', '3', '4') and p.residence_division like county || '%'
  group by 3, 4
  on conflict (county_code, month, division_code, birth_year) do update set women = excluded.women, counted_on = excluded.counted_on;
end
$$;
--> statement-breakpoint
-- All counts of care anew from the records; tells how many tallies were not what they should have been. What is being recorded meanwhile waits, and is counted after it.
create function app.recount_care(county integer, today date) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
  corrected integer;
begin
  lock table care_tallies, method_months, method_users in share row exclusive mode;
  select count(*) into corrected
  from (select k.* from care_tallies k where k.county_code = county and k.tally <> 0) k
  full join app.counted_care(county) c on c.month = k.month and c.facility_id = k.facility_id and c.division_code = k.division_code
    and c.measure = k.measure and c.item = k.item
  where k.tally is distinct from c.tally;
  delete from care_tallies k where k.county_code = county;
  insert into care_tallies (county_code, month, facility_id, division_code, measure, item, tally)
  select county, c.month, c.facility_id, c.division_code, c.measure, c.item, c.tally from app.counted_care(county) c;
  delete from method_months k where k.county_code = county;
  insert into method_months (county_code, division_code, month, method, birth_year, in_union, started, ended)
  select county, rpad(left(e.division_code, 9), 12, '0'), date_trunc('month', m.day)::date, e.method, e.birth_year, e.in_union, sum(m.started), sum(m.ended)
  from method_episodes e cross join lateral (values (e.started_on, 1, 0), (e.ended_on, 0, 1)) as m (day, started, ended)
  where e.county_code = county and e.voided_at is null and not e.is_dual and m.day is not null
  group by 2, 3, 4, 5, 6;
  delete from method_users k where k.county_code = county;
  insert into method_users (county_code, division_code, method, birth_year, in_union, users)
  select county, rpad(left(e.division_code, 9), 12, '0'), e.method, e.birth_year, e.in_union, count(*)
  from method_episodes e
  where e.county_code = county and e.voided_at is null and not e.is_dual and e.ended_on is null
  group by 2, 3, 4, 5;
  perform app.count_union_women(county, today);
  return corrected;
end
$$;
--> statement-breakpoint
-- Whether the present reader answers for the whole county: functions of the owner ask for themselves what policies ask.
create function app.answers_for(county integer) returns boolean
language sql stable set search_path = public, app, pg_temp as $$
  select coalesce((select app.area()) @> (county::text || '000000') collate "C", false)
$$;
--> statement-breakpoint
-- What came of requests, starts, follow-ups, procedures and invitations: numbers by month and township, nobody in them.
-- hit: it came about in time; due: it should have by now; more: told beside them (declined, opted out).
create function app.care_outcomes(county integer, measure text, from_on date, until_on date, today date)
returns table (county_code integer, month date, division_code text, item text, hit integer, due integer, more integer)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select care_outcomes.county, date_trunc('month', q.day)::date, rpad(left(q.division_code, 9), 12, '0'), q.item,
    (count(*) filter (where q.due and q.hit))::int, (count(*) filter (where q.due))::int, (count(*) filter (where q.more))::int
  from (
    -- CON-06: counselled after a birth, after an abortion, on request.
    select b.occurred_on as day, b.division_code, 'POSTPARTUM' as item, c.hit, not o.out and (c.hit or b.occurred_on + 42 < today) as due, o.out as more
    from births b
    cross join lateral (select exists (select from informed_choices c where c.county_code = b.county_code and c.client_id = b.mother_id
      and c.voided_at is null and c.occurred_on between b.occurred_on and b.occurred_on + 42) as hit) c
    cross join lateral (select exists (select from contact_preferences o where o.county_code = b.county_code and o.client_id = b.mother_id
      and o.kind = 'OPT_OUT' and o.service in ('ALL', 'COUNSELLING') and o.voided_at is null
      and o.occurred_on <= b.occurred_on + 42 and o.ended_on is null) as out) o
    where measure = 'offer' and b.county_code = county and b.occurred_on between from_on and until_on and b.voided_at is null
      and b.outcome = 'LIVE' and b.sequence = 1 and b.mother_id is not null
    union all
    select p.performed_on, p.division_code, 'POSTABORTION', c.hit, c.hit or p.performed_on < today, false
    from procedures p
    cross join lateral (select exists (select from informed_choices c where c.county_code = p.county_code and c.client_id = p.client_id
      and c.voided_at is null and c.occurred_on = p.performed_on) as hit) c
    where measure = 'offer' and p.county_code = county and p.performed_on between from_on and until_on and p.voided_at is null
      and p.type in ('P10', 'P11', 'P12', 'P13')
    union all
    select s.opened_on, s.division_code, 'REQUEST', c.hit,
      coalesce(s.closing, 'DONE') not in ('DECLINED', 'MOVED', 'DIED', 'NOT_NEEDED') and (c.hit or s.opened_on + 7 < today), s.closing = 'DECLINED'
    from service_offers s
    cross join lateral (select s.closing = 'DONE' and s.closed_on <= s.opened_on + 7 or exists (
      select from informed_choices c where c.county_code = s.county_code and c.client_id = s.client_id
        and c.voided_at is null and c.occurred_on between s.opened_on and s.opened_on + 7) as hit) c
    where measure = 'offer' and s.county_code = county and s.opened_on between from_on and until_on
      and s.origin = 'REQUESTED' and s.service = 'COUNSELLING'
    union all
    -- CON-07: what was asked for, met within thirty days.
    select s.opened_on, s.division_code, s.service, coalesce(s.closing = 'DONE' and s.closed_on <= s.opened_on + 30, false),
      coalesce(s.closing, 'DONE') not in ('DECLINED', 'MOVED', 'DIED', 'NOT_NEEDED') and (s.closed_on is not null or s.opened_on + 30 < today),
      s.closing = 'DECLINED'
    from service_offers s
    where measure = 'need' and s.county_code = county and s.opened_on between from_on and until_on
      and s.origin = 'REQUESTED' and s.service in ('SUPPLY', 'APPOINTMENT')
    union all
    select c.occurred_on, c.division_code, 'METHOD', e.hit, e.hit or c.occurred_on + 30 < today, false
    from informed_choices c
    cross join lateral (select exists (select from method_episodes e where e.county_code = c.county_code and e.client_id = c.client_id
      and e.voided_at is null and e.method = c.chosen_method and e.started_on between c.occurred_on and c.occurred_on + 30) as hit) e
    where measure = 'need' and c.county_code = county and c.occurred_on between from_on and until_on and c.voided_at is null
      and c.decision = 'ACCEPT' and c.chosen_method is not null and c.chosen_method <> 'M00'
    union all
    -- CON-09: begun after an informed choice.
    select e.started_on, e.division_code, e.method, e.choice_id is not null, true, false
    from method_episodes e
    where measure = 'start' and e.county_code = county and e.started_on between from_on and until_on and e.voided_at is null and not e.is_dual
    union all
    -- CON-11: follow-ups whose window is over, or which were done before it was.
    select t.due_to, t.division_code, t.subject, t.status = 'DONE',
      t.status not in ('DECLINED', 'MOVED', 'CANCELLED') and (t.status = 'DONE' or t.due_to < today), t.status = 'DECLINED'
    from follow_up_tasks t
    where measure = 'follow-up' and t.county_code = county and t.due_to between from_on and until_on
    union all
    -- CON-12: taken out within a week of the request; a medical deferral is not counted, and shown.
    select p.requested_on, p.division_code, p.type, coalesce(p.performed_on <= p.requested_on + 7, false),
      p.deferred_on is null and p.status <> 'CANCELLED' and (p.performed_on is not null or p.requested_on + 7 < today),
      p.deferred_on is not null
    from procedures p
    where measure = 'removal' and p.county_code = county and p.requested_on between from_on and until_on and p.voided_at is null
      and p.type in ('P02', 'P05') and p.source <> 'IMPORT'
    union all
    -- CON-13: complications over procedures of their type, each in its own month.
    select p.performed_on, p.division_code, p.type, false, true, false from procedures p
    where measure = 'complication' and p.county_code = county and p.performed_on between from_on and until_on and p.voided_at is null
    union all
    select c.onset_on, c.division_code, c.procedure_type, false, false, true from complications c
    where measure = 'complication' and c.county_code = county and c.onset_on between from_on and until_on and c.voided_at is null
    union all
    -- CON-16: invited once in a cycle that began in the period; who came in it, and who had opted out.
    select i.cycle_from, i.division_code, i.programme, v.hit, true, not v.hit and i.status in ('DECLINED', 'OPTED_OUT')
    from check_invitations i
    cross join lateral (select exists (select from check_visits v where v.county_code = i.county_code and v.client_id = i.client_id
      and v.voided_at is null and v.occurred_on >= i.cycle_from and v.occurred_on < i.cycle_to) as hit) v
    where measure = 'check' and i.county_code = county and i.cycle_from between from_on and until_on and i.status <> 'NOT_ELIGIBLE'
    union all
    -- CON-19: women of 35–64 at the end with both screenings in the three years before it.
    select until_on, w.residence_division, w.item, true, true, false
    from (
      select p.id, p.residence_division, m.item
      from (
        select v.client_id, bool_or(v.items && '{HPV,CYTOLOGY}') as cervix, bool_or(v.items && '{BREAST,BREAST_IMAGING}') as breast
        from check_visits v
        where measure = 'two-cancer' and v.county_code = county and v.voided_at is null
          and v.occurred_on > until_on - interval '3 years' and v.occurred_on <= until_on
        group by 1
      ) s
      join persons p on p.county_code = care_outcomes.county and p.id = s.client_id
      cross join lateral (values ('CERVIX', s.cervix), ('BREAST', s.breast), ('BOTH', s.cervix and s.breast)) as m (item, holds)
      where p.sex = '2' and p.status in ('ACTIVE', 'SUSPECT_DUP') and m.holds
        and p.birth_date > until_on - interval '65 years' and p.birth_date <= until_on - interval '35 years'
    ) w
    where measure = 'two-cancer'
  ) q
  where (select app.answers_for(care_outcomes.county))
  group by 2, 3, 4
$$;
--> statement-breakpoint
-- Woman-days of use in a period and what ended it by failure (CON-08), by method; for whole counties only.
create function app.method_use(county integer, from_on date, until_on date)
returns table (county_code integer, division_code text, method text, failures integer, days integer)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select method_use.county, rpad(method_use.county::text, 12, '0'), e.method,
    (count(*) filter (where e.end_reason = 'METHOD_FAILURE' and e.ended_on between from_on and until_on))::int,
    sum(least(coalesce(e.ended_on, until_on + 1), until_on + 1) - greatest(e.started_on, from_on))::int
  from method_episodes e
  where e.county_code = county and e.voided_at is null and not e.is_dual and e.started_on <= until_on
    and (e.ended_on is null or e.ended_on >= from_on) and (select app.answers_for(method_use.county))
  group by e.method
$$;
--> statement-breakpoint
-- How long methods begun in a period were used: whole months of use, and what ended it (null: still in use on the day).
create function app.method_continuation(county integer, from_on date, until_on date, today date)
returns table (method text, months_used integer, reason text, n integer)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select e.method, least(d.months, 60), case when d.months < 60 then e.end_reason end, count(*)::int
  from method_episodes e
  cross join lateral (
    select (extract(year from a.use) * 12 + extract(month from a.use))::int as months
    from (select age(least(coalesce(e.ended_on, method_continuation.today), method_continuation.today), e.started_on) as use) a
  ) d
  where e.county_code = county and e.voided_at is null and not e.is_dual and e.started_on between from_on and until_on
    and (select app.answers_for(method_continuation.county))
  group by 1, 2, 3
$$;
--> statement-breakpoint
-- Procedures and their complications by month, device type and facility. Of abortions never the facility (E8).
create function app.complication_counts(county integer, from_on date, until_on date)
returns table (month date, procedure_type text, device_type text, facility_id uuid, what text, n integer)
language sql stable security definer set search_path = public, app, pg_temp as $$
  select date_trunc('month', q.day)::date, q.procedure_type, q.device_type,
    case when q.procedure_type not in ('P10', 'P11', 'P12', 'P13') then q.facility_id end, q.what, count(*)::int
  from (
    select p.performed_on as day, p.type as procedure_type, p.device_type, p.facility_id, 'PROCEDURE' as what from procedures p
    where p.county_code = county and p.performed_on between from_on and until_on and p.voided_at is null
    union all
    select c.onset_on, c.procedure_type, p.device_type, coalesce(p.facility_id, c.facility_id), c.type
    from complications c left join procedures p on p.county_code = c.county_code and p.id = c.procedure_id
    where c.county_code = county and c.onset_on between from_on and until_on and c.voided_at is null
  ) q
  where (select app.answers_for(complication_counts.county))
  group by 1, 2, 3, 4, 5
$$;
--> statement-breakpoint
revoke all on function app.tally_care, app.count_methods, app.counted_care, app.count_union_women, app.recount_care,
  app.care_outcomes, app.method_use, app.method_continuation, app.complication_counts from public;
--> statement-breakpoint
grant execute on function app.tally_care, app.count_methods, app.count_union_women, app.recount_care, app.answers_for,
  app.care_outcomes, app.method_use, app.method_continuation, app.complication_counts to youyu_app;
--> statement-breakpoint
-- Whether the present area lies in a county or holds it: what is nobody's secret inside the county.
create function app.area_touches(county integer) returns boolean
language sql stable parallel safe set search_path = public, app, pg_temp as $$
  select app.area() && app.division_area(app.division_range(lpad(county::text, 6, '0'), lpad(county::text, 6, '0') || ':'))
$$;
--> statement-breakpoint
grant execute on function app.area_touches to youyu_app;
--> statement-breakpoint
grant select on supply_items to youyu_app;
--> statement-breakpoint
-- That a store exists, and that a lot does, is known in the whole county; what a store holds in its own area.
alter table supply_stores enable row level security;
--> statement-breakpoint
create policy supply_stores_of_county on supply_stores for select to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
create policy supply_stores_added on supply_stores for insert to youyu_app with check ((select app.area()) @> division_code);
--> statement-breakpoint
create policy supply_stores_changed on supply_stores for update to youyu_app
  using ((select app.area()) @> division_code) with check ((select app.area()) @> division_code);
--> statement-breakpoint
alter table supply_lots enable row level security;
--> statement-breakpoint
create policy supply_lots_of_county on supply_lots for all to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
alter table supply_stocks enable row level security;
--> statement-breakpoint
create policy supply_stocks_in_area on supply_stocks for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table supply_movements enable row level security;
--> statement-breakpoint
create policy supply_movements_in_area on supply_movements for all to youyu_app
  using ((select app.area()) @> from_division or (select app.area()) @> to_division
    or (from_division is null and to_division is null and exists (select from supply_shipments s
      where s.county_code = supply_movements.county_code and s.id = supply_movements.shipment_id))
    or (from_division is null and to_division is null and exists (select from dispensings d
      where d.county_code = supply_movements.county_code and d.id = supply_movements.dispensing_id)));
--> statement-breakpoint
alter table supply_months enable row level security;
--> statement-breakpoint
create policy supply_months_in_area on supply_months for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table stock_outs enable row level security;
--> statement-breakpoint
create policy stock_outs_in_area on stock_outs for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table supply_shipments enable row level security;
--> statement-breakpoint
create policy supply_shipments_in_area on supply_shipments for all to youyu_app
  using ((select app.area()) @> from_division or (select app.area()) @> to_division);
--> statement-breakpoint
alter table supply_shipment_lines enable row level security;
--> statement-breakpoint
create policy supply_shipment_lines_of_shipment on supply_shipment_lines for all to youyu_app
  using (exists (select from supply_shipments s where s.county_code = supply_shipment_lines.county_code and s.id = supply_shipment_lines.shipment_id));
--> statement-breakpoint
alter table dispensings enable row level security;
--> statement-breakpoint
create policy dispensings_in_area on dispensings for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
-- Who was given what is a record of care.
alter table dispensing_clients enable row level security;
--> statement-breakpoint
create policy dispensing_clients_of_facility on dispensing_clients for all to youyu_care
  using (facility_id = (select app.facility()));
--> statement-breakpoint
alter table requisitions enable row level security;
--> statement-breakpoint
create policy requisitions_in_area on requisitions for all to youyu_app
  using ((select app.area()) @> division_code or (select app.area()) @> supplier_division);
--> statement-breakpoint
alter table requisition_lines enable row level security;
--> statement-breakpoint
create policy requisition_lines_of_requisition on requisition_lines for all to youyu_app
  using (exists (select from requisitions r where r.county_code = requisition_lines.county_code and r.id = requisition_lines.requisition_id));
--> statement-breakpoint
alter table stock_takes enable row level security;
--> statement-breakpoint
create policy stock_takes_in_area on stock_takes for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table stock_take_lines enable row level security;
--> statement-breakpoint
create policy stock_take_lines_of_stock_take on stock_take_lines for all to youyu_app
  using (exists (select from stock_takes t where t.county_code = stock_take_lines.county_code and t.id = stock_take_lines.stock_take_id));
--> statement-breakpoint
alter table lot_recalls enable row level security;
--> statement-breakpoint
create policy lot_recalls_of_county on lot_recalls for all to youyu_app using (app.area_touches(county_code));
--> statement-breakpoint
alter table lot_recall_stores enable row level security;
--> statement-breakpoint
create policy lot_recall_stores_in_area on lot_recall_stores for all to youyu_app using ((select app.area()) @> division_code);
--> statement-breakpoint
-- The ledger is written once.
grant select, insert on supply_movements to youyu_app;
--> statement-breakpoint
grant select, insert, update on supply_stores, supply_lots, supply_stocks, supply_months, supply_shipments, supply_shipment_lines, dispensings,
  requisitions, requisition_lines, stock_takes, stock_take_lines, lot_recalls, lot_recall_stores to youyu_app;
--> statement-breakpoint
grant select, insert, delete on stock_outs to youyu_app;
--> statement-breakpoint
grant delete on requisition_lines, stock_take_lines to youyu_app;
--> statement-breakpoint
grant select, insert on dispensing_clients to youyu_care;
--> statement-breakpoint
-- Days that ended without a usable unit, found anew from the movements of these stores and items. A lot counts until the
-- day after it expires, or until it is recalled.
create function app.recount_stock_outs(county integer, stores uuid[], items text[], today date) returns void
language plpgsql set search_path = public, app, pg_temp as $$
begin
  -- Two recounts of a store wait for each other.
  perform from supply_stores s where s.county_code = county and s.id = any(stores) order by s.id for no key update;
  delete from stock_outs o using unnest(stores, items) as p (store_id, item_code)
  where o.county_code = county and o.store_id = p.store_id and o.item_code = p.item_code;
  insert into stock_outs (county_code, store_id, item_code, from_on, to_on, division_code)
  with pair as (
    select distinct p.store_id, p.item_code from unnest(stores, items) as p (store_id, item_code)
  ),
  flow as (
    select p.store_id, p.item_code, m.lot_id, m.occurred_on as day, m.quantity as q
    from pair p join supply_movements m on m.county_code = county and m.to_store_id = p.store_id and m.item_code = p.item_code
    union all
    select p.store_id, p.item_code, m.lot_id, m.occurred_on, -m.quantity
    from pair p join supply_movements m on m.county_code = county and m.from_store_id = p.store_id and m.item_code = p.item_code
  ),
  usable as (
    select f.*, least(l.expires_on + 1, l.recalled_on) as ends,
      -- What is dated before the store first held the item weighs from that day on.
      min(f.day) filter (where f.q > 0) over (partition by f.store_id, f.item_code) as since
    from flow f join supply_lots l on l.county_code = county and l.id = f.lot_id
  ),
  daily as (
    select store_id, item_code, day, sum(q) as q from (
      select store_id, item_code, greatest(day, since) as day, q from usable where day < ends
      union all
      select store_id, item_code, greatest(ends, since), -sum(q) from usable where day < ends and ends <= today
      group by store_id, item_code, lot_id, ends, since
    ) event group by 1, 2, 3
  ),
  level as (
    select store_id, item_code, day, sum(q) over w <= 0 as is_out from daily window w as (partition by store_id, item_code order by day)
  ),
  edge as (
    select *, lag(is_out) over (partition by store_id, item_code order by day) as was_out from level
  ),
  change as (
    select store_id, item_code, day, is_out, lead(day) over (partition by store_id, item_code order by day) as until
    from edge where is_out is distinct from was_out
  )
  select county, c.store_id, c.item_code, c.day, c.until, s.division_code
  from change c join supply_stores s on s.county_code = county and s.id = c.store_id
  where c.is_out;
end
$$;
--> statement-breakpoint
-- Stock-outs as of a day: those kept, and those that have begun since without a movement because the last lots expired.
create function app.stock_outs_until(county integer, today date)
returns table (store_id uuid, item_code text, division_code text, from_on date, to_on date)
language sql stable set search_path = public, app, pg_temp as $$
  select o.store_id, o.item_code, o.division_code, o.from_on, o.to_on from stock_outs o where o.county_code = county
  union all
  select s.store_id, s.item_code, min(s.division_code), max(s.expires_on) filter (where s.on_hand > 0 and not s.is_quarantined) + 1, null
  from supply_stocks s where s.county_code = county
  group by s.store_id, s.item_code
  having coalesce(sum(s.on_hand) filter (where not s.is_quarantined and s.expires_on >= today), 0) = 0
    and sum(s.on_hand) filter (where not s.is_quarantined) > 0
    and not exists (select from stock_outs o where o.county_code = county and o.store_id = s.store_id and o.item_code = s.item_code and o.to_on is null)
$$;
--> statement-breakpoint
-- The projections of the ledger, made anew after a load of many movements.
create function app.recount_supplies(county integer, today date, at timestamptz) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
  delete from supply_stocks where county_code = county;
  delete from supply_months where county_code = county;
  create temporary table supply_flow on commit drop as
    select m.to_store_id as store_id, m.to_division as division_code, m.item_code, m.lot_id, m.kind, m.occurred_on, m.quantity as q
    from supply_movements m where m.county_code = county and m.to_store_id is not null
    union all
    select m.from_store_id, m.from_division, m.item_code, m.lot_id, m.kind, m.occurred_on, -m.quantity
    from supply_movements m where m.county_code = county and m.from_store_id is not null;
  insert into supply_stocks (county_code, store_id, lot_id, item_code, division_code, expires_on, on_hand, is_quarantined, updated_at)
  select county, f.store_id, f.lot_id, f.item_code, f.division_code, l.expires_on, sum(f.q), l.recalled_on is not null, recount_supplies.at
  from supply_flow f join supply_lots l on l.county_code = county and l.id = f.lot_id
  group by f.store_id, f.lot_id, f.item_code, f.division_code, l.expires_on, l.recalled_on;
  insert into supply_months (county_code, store_id, item_code, month, lot_id, division_code, received, dispensed, shipped, wasted, adjusted)
  select county, f.store_id, f.item_code, date_trunc('month', f.occurred_on)::date, f.lot_id, f.division_code,
    coalesce(sum(f.q) filter (where f.kind in ('IN_PURCHASE', 'IN_TRANSFER')), 0),
    coalesce(-sum(f.q) filter (where f.kind in ('DISPENSE', 'RETURN')), 0),
    coalesce(-sum(f.q) filter (where f.kind = 'OUT_TRANSFER'), 0),
    coalesce(-sum(f.q) filter (where f.kind in ('EXPIRED', 'DAMAGED', 'LOST', 'RECALLED')), 0),
    coalesce(sum(f.q) filter (where f.kind = 'ADJUST'), 0)
  from supply_flow f group by f.store_id, f.item_code, 4, f.lot_id, f.division_code;
  perform app.recount_stock_outs(county, array_agg(p.store_id), array_agg(p.item_code), recount_supplies.today)
  from (select distinct f.store_id, f.item_code from supply_flow f) p;
  drop table supply_flow;
end
$$;
--> statement-breakpoint
revoke all on function app.recount_supplies from public;
--> statement-breakpoint
grant execute on function app.recount_stock_outs, app.stock_outs_until, app.recount_supplies to youyu_app;
--> statement-breakpoint
-- Programmes of check-ups tell of nobody; a county decides its own.
alter table check_programmes enable row level security;
--> statement-breakpoint
create policy check_programmes_read on check_programmes for select to youyu_app
  using (county_code = 0 and (select app.area()) <> '{}'::app.division_area or (select app.area()) && app.division_area(app.division_range(county_code::text, county_code::text || ':')));
--> statement-breakpoint
create policy check_programmes_decide on check_programmes for insert to youyu_app
  with check ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert on check_programmes to youyu_app;
--> statement-breakpoint
grant select on holidays to youyu_app;
--> statement-breakpoint
-- Whoever works inside a county sees its stations, roads and busy days; only the county itself plans.
alter table check_stations enable row level security;
--> statement-breakpoint
create policy check_stations_read on check_stations for select to youyu_app
  using ((select app.area()) && app.division_area(app.division_range(county_code::text, county_code::text || ':')));
--> statement-breakpoint
create policy check_stations_plan on check_stations for all to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert, update on check_stations to youyu_app;
--> statement-breakpoint
alter table village_distances enable row level security;
--> statement-breakpoint
create policy village_distances_read on village_distances for select to youyu_app
  using ((select app.area()) && app.division_area(app.division_range(county_code::text, county_code::text || ':')));
--> statement-breakpoint
create policy village_distances_plan on village_distances for all to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert, update, delete on village_distances to youyu_app;
--> statement-breakpoint
alter table busy_periods enable row level security;
--> statement-breakpoint
create policy busy_periods_read on busy_periods for select to youyu_app
  using ((select app.area()) && app.division_area(app.division_range(county_code::text, county_code::text || ':')));
--> statement-breakpoint
create policy busy_periods_plan on busy_periods for all to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert, update, delete on busy_periods to youyu_app;
--> statement-breakpoint
alter table check_calendars enable row level security;
--> statement-breakpoint
create policy check_calendars_read on check_calendars for select to youyu_app
  using ((select app.area()) && app.division_area(app.division_range(county_code::text, county_code::text || ':')));
--> statement-breakpoint
create policy check_calendars_plan on check_calendars for all to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert, update on check_calendars to youyu_app;
--> statement-breakpoint
alter table check_unplaced enable row level security;
--> statement-breakpoint
create policy check_unplaced_in_area on check_unplaced for all to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update, delete on check_unplaced to youyu_app;
--> statement-breakpoint
-- Sessions: those in the area, and those of the facility that holds them.
alter table check_sessions enable row level security;
--> statement-breakpoint
create policy check_sessions_in_area on check_sessions for all to youyu_app
  using ((select app.area()) @> division_code or facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update, delete on check_sessions to youyu_app;
--> statement-breakpoint
alter table check_session_changes enable row level security;
--> statement-breakpoint
create policy check_session_changes_of_session on check_session_changes for all to youyu_app
  using (exists (select from check_sessions s where s.county_code = check_session_changes.county_code and s.id = check_session_changes.session_id));
--> statement-breakpoint
grant select, insert on check_session_changes to youyu_app;
--> statement-breakpoint
-- Outreach sessions are counters of a team: no person in them.
alter table outreach_sessions enable row level security;
--> statement-breakpoint
create policy outreach_sessions_in_area on outreach_sessions for all to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on outreach_sessions to youyu_app;
--> statement-breakpoint
-- What was offered to whom, done and found (L4): the facility that treats, and whom the client lets share it.
alter table check_invitations enable row level security;
--> statement-breakpoint
create policy check_invitations_of_facility on check_invitations for all to youyu_care
  using (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on check_invitations to youyu_care;
--> statement-breakpoint
alter table check_visits enable row level security;
--> statement-breakpoint
create policy check_visits_of_facility on check_visits for all to youyu_care
  using (facility_id = (select app.facility()));
--> statement-breakpoint
create policy check_visits_shared on check_visits for select to youyu_care
  using (app.shares(county_code, client_id));
--> statement-breakpoint
grant select, insert, update on check_visits to youyu_care;
--> statement-breakpoint
alter table check_findings enable row level security;
--> statement-breakpoint
create policy check_findings_of_facility on check_findings for all to youyu_care
  using (facility_id = (select app.facility()));
--> statement-breakpoint
create policy check_findings_shared on check_findings for select to youyu_care
  using (app.shares(county_code, client_id));
--> statement-breakpoint
grant select, insert, update on check_findings to youyu_care;
--> statement-breakpoint
alter table rti_cases enable row level security;
--> statement-breakpoint
create policy rti_cases_of_facility on rti_cases for all to youyu_care
  using (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on rti_cases to youyu_care;
--> statement-breakpoint
alter table infertility_cases enable row level security;
--> statement-breakpoint
create policy infertility_cases_of_facility on infertility_cases for all to youyu_care
  using (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on infertility_cases to youyu_care;
--> statement-breakpoint
alter table informed_choices enable row level security;
--> statement-breakpoint
create policy informed_choices_read on informed_choices for select to youyu_care
  using (facility_id = (select app.facility()) or app.shares(county_code, client_id));
--> statement-breakpoint
create policy informed_choices_record on informed_choices for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy informed_choices_decide on informed_choices for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert on informed_choices to youyu_care;
--> statement-breakpoint
-- What she was told stays as it was recorded; she decides once, and a record may be voided.
grant update (decision, decided_on, chosen_method, choice_by, free_of_pressure, consent_form, consent_reference, updated_at, version,
  voided_at, voided_by, void_reason) on informed_choices to youyu_care;
--> statement-breakpoint
-- An edition is whole from its first moment and never changed: only these functions write, nothing else may.
grant select on mec_editions, mec_conditions, mec_categories, local_rules to youyu_app;
--> statement-breakpoint
create function app.open_mec_edition(
  county integer, edition text, name_zh text, name_en text, effective_from date, based_on text, source text,
  reviewer text, reviewed_on date, reason text, cells jsonb, at timestamptz, actor uuid
) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
  if not app.area() @> (lpad(open_mec_edition.county::text, 6, '0') || '000000') collate "C" then
    raise exception 'new row violates row-level security: another county' using errcode = '42501';
  end if;
  insert into mec_editions (code, owner_county, name_zh, name_en, effective_from, based_on, source, reviewer, reviewed_on, reason, recorded_at, recorded_by)
  select open_mec_edition.edition, open_mec_edition.county, open_mec_edition.name_zh, open_mec_edition.name_en, open_mec_edition.effective_from,
    e.code, open_mec_edition.source, open_mec_edition.reviewer, open_mec_edition.reviewed_on, open_mec_edition.reason, open_mec_edition.at, open_mec_edition.actor
  from mec_editions e where e.code = open_mec_edition.based_on and e.owner_county in (0, open_mec_edition.county);
  if not found then
    raise exception 'no such edition' using errcode = '23503', constraint = 'mec_editions_based_on';
  end if;
  insert into mec_conditions (edition, code, finding, family, topic, name_zh, name_en, question_zh, question_en, valid_days, from_age, to_age,
    derivation, from_days, to_days, breastfeeding, with_finding, without_finding, reason_zh, reason_en, source, position)
  select open_mec_edition.edition, c.code, c.finding, c.family, c.topic, c.name_zh, c.name_en, c.question_zh, c.question_en, c.valid_days, c.from_age, c.to_age,
    c.derivation, c.from_days, c.to_days, c.breastfeeding, c.with_finding, c.without_finding, c.reason_zh, c.reason_en, c.source, c.position
  from mec_conditions c where c.edition = open_mec_edition.based_on;
  insert into mec_categories (edition, condition, method, initiation, continuation, basis)
  select open_mec_edition.edition, c.condition, c.method, c.initiation, c.continuation, c.basis
  from mec_categories c where c.edition = open_mec_edition.based_on
    and not exists (select from jsonb_to_recordset(open_mec_edition.cells) as n (condition text, method text)
      where n.condition = c.condition and n.method = c.method)
  union all
  select open_mec_edition.edition, n.condition, n.method, n.initiation, n.continuation, 'COUNTY'
  from jsonb_to_recordset(open_mec_edition.cells) as n (condition text, method text, initiation smallint, continuation smallint)
  where n.initiation is not null;
end
$$;
--> statement-breakpoint
revoke all on function app.open_mec_edition from public;
--> statement-breakpoint
grant execute on function app.open_mec_edition to youyu_app;
--> statement-breakpoint
create function app.withdraw_mec_edition(county integer, edition text, today date, reason text) returns boolean
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
  update mec_editions e set withdrawn_on = withdraw_mec_edition.today, withdraw_reason = withdraw_mec_edition.reason
  where e.code = withdraw_mec_edition.edition and e.owner_county = withdraw_mec_edition.county and e.withdrawn_on is null
    and e.effective_from > withdraw_mec_edition.today
    and app.area() @> (lpad(e.owner_county::text, 6, '0') || '000000') collate "C";
  return found;
end
$$;
--> statement-breakpoint
revoke all on function app.withdraw_mec_edition from public;
--> statement-breakpoint
grant execute on function app.withdraw_mec_edition to youyu_app;
--> statement-breakpoint
alter table mec_screens enable row level security;
--> statement-breakpoint
create policy mec_screens_read on mec_screens for select to youyu_care
  -- A screening after an abortion tells of it, and is never shared.
  using (facility_id = (select app.facility()) or (
    aborted_on is null and answers::text not like '%ABORTION%' and not exists (select from unnest(conditions) as c (code) where c.code like 'ABORTION%')
    and app.shares(county_code, client_id)));
--> statement-breakpoint
create policy mec_screens_record on mec_screens for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy mec_screens_void on mec_screens for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert on mec_screens to youyu_care;
--> statement-breakpoint
grant update (voided_at, voided_by, void_reason) on mec_screens to youyu_care;
--> statement-breakpoint
alter table mec_overrides enable row level security;
--> statement-breakpoint
create policy mec_overrides_read on mec_overrides for select to youyu_care
  using (facility_id = (select app.facility()) or app.shares(county_code, client_id));
--> statement-breakpoint
create policy mec_overrides_record on mec_overrides for insert to youyu_care
  with check (facility_id = (select app.facility()));
--> statement-breakpoint
create policy mec_overrides_void on mec_overrides for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert on mec_overrides to youyu_care;
--> statement-breakpoint
grant update (voided_at, voided_by, void_reason) on mec_overrides to youyu_care;
--> statement-breakpoint
-- Protocols are nobody's secret; a county changes its own only.
alter table follow_up_protocols enable row level security;
--> statement-breakpoint
create policy follow_up_protocols_read on follow_up_protocols for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
create policy follow_up_protocols_add on follow_up_protocols for insert to youyu_app
  with check (owner_county <> 0 and (select app.area()) @> (owner_county::text || '000000') collate "C");
--> statement-breakpoint
alter table follow_up_steps enable row level security;
--> statement-breakpoint
create policy follow_up_steps_read on follow_up_steps for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
create policy follow_up_steps_add on follow_up_steps for insert to youyu_app
  with check (owner_county <> 0 and (select app.area()) @> (owner_county::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert on follow_up_protocols, follow_up_steps to youyu_app;
--> statement-breakpoint
-- Tasks are records of care: of the facility, and of those whom she lets read; what follows an abortion never leaves it.
alter table follow_up_tasks enable row level security;
--> statement-breakpoint
create policy follow_up_tasks_read on follow_up_tasks for select to youyu_care
  using (facility_id = (select app.facility()) or (subject <> 'ABORTION' and app.shares(county_code, client_id)));
--> statement-breakpoint
create policy follow_up_tasks_answer on follow_up_tasks for update to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select on follow_up_tasks to youyu_care;
--> statement-breakpoint
-- Made and taken back by the planner alone; a clinician records what became of one.
grant update (status, ended_by, tries, last_try_on, booked_on, done_on, done_mode, result_cipher, updated_at, updated_by, version)
  on follow_up_tasks to youyu_care;
--> statement-breakpoint
alter table menopause_notes enable row level security;
--> statement-breakpoint
create policy menopause_notes_of_facility on menopause_notes for all to youyu_care
  using (facility_id = (select app.facility())) with check (facility_id = (select app.facility()));
--> statement-breakpoint
grant select, insert, update on menopause_notes to youyu_care;
--> statement-breakpoint
alter table follow_up_runs enable row level security;
--> statement-breakpoint
create policy follow_up_runs_of_county on follow_up_runs for all to youyu_app
  using ((select app.area()) @> (county_code::text || '000000') collate "C");
--> statement-breakpoint
grant select, insert, update on follow_up_runs to youyu_app;
--> statement-breakpoint
-- The protocols in force: a county's own version before the default; each step with the event it follows and the day
-- on which the next cycle begins.
create function app.follow_up_rules(county integer, as_of date)
returns table (protocol_code text, trigger text, item text, subject text, step text, months integer, days integer, percent integer,
  window_days integer, keep_days integer, every_months integer, service text, mode text, needs_consent boolean,
  next_months integer, next_days integer)
language sql stable set search_path = public, app, pg_temp as $$
  with in_force as (
    select distinct on (p.code) p.*
    from follow_up_protocols p
    where p.owner_county in (0, follow_up_rules.county) and p.effective_from <= follow_up_rules.as_of
    order by p.code, (p.owner_county = follow_up_rules.county) desc, p.effective_from desc, p.version desc
  )
  select p.code, p.trigger, i.item, p.subject, s.step, s.months::integer, s.days::integer, s.percent::integer, s.window_days::integer,
    s.keep_days::integer, s.every_months::integer, s.service, s.mode, s.needs_consent,
    case when s.every_months is not null then s.months + s.every_months
      else lead(s.months) over (partition by p.code, i.item, s.service order by s.months * 30 + s.days, s.step) end::integer,
    case when s.every_months is not null then s.days
      else lead(s.days) over (partition by p.code, i.item, s.service order by s.months * 30 + s.days, s.step) end::integer
  from in_force p
  join follow_up_steps s on s.owner_county = p.owner_county and s.protocol_code = p.code and s.version = p.version
  cross join unnest(p.items) as i (item)
  where p.is_active
$$;
--> statement-breakpoint
revoke all on function app.follow_up_rules from public;
--> statement-breakpoint
grant execute on function app.follow_up_rules to youyu_app;
--> statement-breakpoint
-- Makes the follow-up of these clients (null: of the whole county) what the protocols and the facts say of the day. Told
-- twice, it changes nothing the second time. What was done, declined or in vain stays; it silences its cycle. Runs as the
-- owner: a night's planning crosses facilities, and tells nothing of them.
create function app.plan_follow_up(county integer, people uuid[], as_of date, actor uuid, at timestamptz)
returns table (made integer, redated integer, ended integer, offered integer)
language plpgsql security definer set search_path = public, app, pg_temp set plan_cache_mode = auto set enable_nestloop = on set jit = off as $$
#variable_conflict use_column
declare
  clients uuid[] := plan_follow_up.people;
  reach constant integer := 370;
  month date := date_trunc('month', plan_follow_up.as_of)::date;
begin
  if clients is null then
    clients := array(
      select e.client_id from method_episodes e where e.county_code = county and e.ended_on is null and e.voided_at is null
      union select p.client_id from procedures p
        where p.county_code = county and p.performed_on >= plan_follow_up.as_of - 800 and p.voided_at is null
      union select t.client_id from follow_up_tasks t where t.county_code = county and t.status in ('PLANNED', 'OFFERED', 'BOOKED')
      union select o.client_id from service_offers o where o.county_code = county and o.closed_on is null
      union select c.client_id from dispensing_clients c join dispensings d on d.county_code = c.county_code and d.id = c.dispensing_id
        where c.county_code = county and d.occurred_on >= plan_follow_up.as_of - 500 and d.voided_at is null);
  end if;
  if cardinality(clients) > 200 then
    -- Nobody can guess how many rows will be left of so many: a loop over them may be endless, hashing never is.
    perform set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_nestloop', 'off', true);
  else
    perform set_config('plan_cache_mode', 'force_generic_plan', true);
  end if;

  -- What hangs on a corrected fact goes over to the fact that replaced it.
  loop
    update follow_up_tasks t
    set origin_id = n.id, episode_id = case when n.is_episode then n.id end, procedure_id = case when not n.is_episode then n.id end
    from (
      select e.client_id, e.replaces, e.id, true as is_episode from unnest(clients) as c (id)
        join method_episodes e on e.county_code = county and e.client_id = c.id where e.replaces is not null
      union all
      select p.client_id, p.replaces, p.id, false from unnest(clients) as c (id)
        join procedures p on p.county_code = county and p.client_id = c.id where p.replaces is not null
    ) n
    where t.county_code = county and t.client_id = n.client_id and t.origin_id = n.replaces
      and not exists (select from follow_up_tasks o where o.county_code = county and o.origin_id = n.id
        and o.protocol_code = t.protocol_code and o.step = t.step and o.ordinal = t.ordinal);
    exit when not found;
  end loop;

  with subject as materialized (
    select p.id, p.residence_division as division,
      case p.status when 'DECEASED' then 'DIED' when 'MOVED_OUT' then 'MOVED' when 'MERGED' then 'ENDED' when 'ARCHIVED' then 'ENDED' end as gone
    from unnest(clients) as c (id) join persons p on p.county_code = county and p.id = c.id
  ),
  silent as materialized (
    select f.client_id, f.service from subject s
    join contact_preferences f on f.county_code = county and f.client_id = s.id
    where f.kind = 'OPT_OUT' and f.ended_on is null and f.voided_at is null
  ),
  consenting as materialized (
    select k.client_id from subject s join care_consents k on k.county_code = county and k.client_id = s.id
      where k.kind in ('FOLLOW_UP', 'REMINDERS') and k.withdrawn_on is null and k.voided_at is null
    union
    select f.client_id from subject s join contact_preferences f on f.county_code = county and f.client_id = s.id
      where f.kind = 'CONSENT' and f.ended_on is null and f.voided_at is null
  ),
  rule as materialized (select * from app.follow_up_rules(county, plan_follow_up.as_of)),
  -- A supply given to her, or a dose: the last of each method counts.
  given as materialized (
    select distinct on (c.client_id, d.method) c.client_id, s.division, s.gone, c.facility_id, d.id, d.method, d.occurred_on,
      greatest(1, round(365.0 * (d.quantity - d.returned) / m.free_per_year))::integer as lasts
    from subject s
    join dispensing_clients c on c.county_code = county and c.client_id = s.id
    join dispensings d on d.county_code = county and d.id = c.dispensing_id
    left join contraceptive_methods m on m.code = d.method
    where d.voided_at is null and d.quantity > d.returned
    order by c.client_id, d.method, d.occurred_on desc, d.id
  ),
  episode as materialized (
    select e.client_id, s.division, e.facility_id, e.id, e.method, e.started_on, e.expected_end_on
    from subject s join method_episodes e on e.county_code = county and e.client_id = s.id
    where s.gone is null and e.ended_on is null and e.voided_at is null
  ),
  origin as materialized (
    select 'EPISODE' as trigger, e.method as item, e.client_id, e.division, e.facility_id, e.id, e.id as episode_id, null::uuid as procedure_id,
      e.started_on as anchor, null::integer as lasts, 0 as first from episode e
    union all
    select 'EXPIRY', e.method, e.client_id, e.division, e.facility_id, e.id, e.id, null, e.expected_end_on, null, 0
    from episode e where e.expected_end_on is not null
    union all
    select 'MENOPAUSE', e.method, e.client_id, e.division, e.facility_id, e.id, e.id, null, n.last_menses_on, null, 0
    from episode e cross join lateral (
      select n.last_menses_on, n.occurred_on from menopause_notes n where n.county_code = county and n.client_id = e.client_id and n.voided_at is null
      order by n.occurred_on desc, n.last_menses_on desc limit 1) n
    where e.method in (select r.item from rule r where r.trigger = 'MENOPAUSE')
    union all
    select 'DOSE', e.method, e.client_id, e.division, e.facility_id, e.id, e.id, null, last.anchor, null, last.anchor - date '2000-01-01'
    from episode e
    left join given g on g.client_id = e.client_id and g.method = e.method
    cross join lateral (
      select greatest(e.started_on, g.occurred_on, (select max(t.done_on) from follow_up_tasks t where t.county_code = county
        and t.client_id = e.client_id and t.episode_id = e.id and t.subject = 'DOSE' and t.status = 'DONE')) as anchor) last
    where e.method in (select r.item from rule r where r.trigger = 'DOSE')
    union all
    select 'SUPPLY', g.method, g.client_id, g.division, g.facility_id, g.id, null, null, g.occurred_on, g.lasts, 0
    from given g where g.gone is null and g.lasts is not null
    union all
    select 'PROCEDURE', p.type, p.client_id, s.division, p.facility_id, p.id, null, p.id, p.performed_on, null, 0
    from subject s join procedures p on p.county_code = county and p.client_id = s.id
    where s.gone is null and p.status = 'PERFORMED' and p.voided_at is null
  ),
  occurrence as (
    select o.client_id, o.division, o.facility_id, o.id, o.episode_id, o.procedure_id, o.anchor, o.first as ordinal,
      r.protocol_code, r.step, r.subject, r.service, r.mode, r.needs_consent, r.window_days, r.keep_days, r.next_months, r.next_days, r.trigger,
      (o.anchor + make_interval(months => r.months, days => r.days + coalesce(o.lasts * r.percent / 100, 0)))::date as due_from, 0 as months_later
    from origin o join rule r on r.trigger = o.trigger and r.item = o.item
    where r.every_months is null
    union all
    select o.client_id, o.division, o.facility_id, o.id, o.episode_id, o.procedure_id, o.anchor, o.first + k.n,
      r.protocol_code, r.step, r.subject, r.service, r.mode, r.needs_consent, r.window_days, r.keep_days, r.next_months, r.next_days, r.trigger,
      (o.anchor + make_interval(months => r.months + k.n * r.every_months, days => r.days))::date, k.n * r.every_months
    from origin o join rule r on r.trigger = o.trigger and r.item = o.item
    cross join lateral (select ((extract(year from month) - extract(year from o.anchor)) * 12
      + extract(month from month) - extract(month from o.anchor))::integer - r.months as since) m
    cross join lateral generate_series(
      greatest(0, (m.since - (r.window_days + r.keep_days) / 30 - 2) / r.every_months),
      greatest(-1, (m.since + 14) / r.every_months)) as k (n)
    where r.every_months is not null
  ),
  candidate as (
    select c.*, c.due_from + c.window_days as due_to,
      case
        when c.trigger in ('DOSE', 'SUPPLY') then c.due_from + c.window_days + 1
        when c.next_months is null then greatest((c.due_from + interval '1 year')::date, c.due_from + c.window_days + 1)
        else greatest((c.anchor + make_interval(months => c.next_months + c.months_later, days => c.next_days))::date, c.due_from + 1)
      end as cycle_to
    from occurrence c
    where c.due_from <= plan_follow_up.as_of + reach and c.due_from + c.window_days + c.keep_days >= plan_follow_up.as_of
      and (not c.needs_consent or c.client_id in (select k.client_id from consenting k))
  ),
  -- What she answered silences its cycle; what was done, the days around it.
  answered as materialized (
    select t.client_id, t.subject, t.service, t.due_from, case when t.status = 'DONE' then t.due_to + 1 else t.cycle_to end as until
    from subject s join follow_up_tasks t on t.county_code = county and t.client_id = s.id
    where (t.status in ('DONE', 'DECLINED', 'UNREACHABLE') or t.ended_by = 'NOT_NEEDED')
      and t.cycle_to >= plan_follow_up.as_of - 500
  ),
  heard as (
    select c.* from candidate c
    where not exists (select from silent f where f.client_id = c.client_id and f.service in ('ALL', c.service))
      and not exists (select from answered a where a.client_id = c.client_id and a.subject = c.subject and a.service = c.service
        and c.due_from < a.until and c.due_to >= a.due_from)
  ),
  -- One visit for several reasons: of windows that overlap, the first.
  wanted as materialized (
    select * from (
      select h.*, max(h.due_to) over (partition by h.client_id, h.subject, h.service
        order by h.due_from, h.protocol_code, h.step, h.ordinal, h.id rows between unbounded preceding and 1 preceding) as taken_to
      from heard h) h
    where h.taken_to is null or h.due_from > h.taken_to
  ),
  written as (
    insert into follow_up_tasks as t (county_code, id, client_id, facility_id, division_code, origin_id, episode_id, procedure_id,
      protocol_code, step, ordinal, subject, service, mode, due_from, due_to, cycle_to, status, recorded_at, recorded_by, updated_at, updated_by)
    select county, app.derived_id(w.id || w.protocol_code || w.step || w.ordinal), w.client_id, w.facility_id, w.division, w.id, w.episode_id,
      w.procedure_id, w.protocol_code, w.step, w.ordinal, w.subject, w.service, w.mode, w.due_from, w.due_to, w.cycle_to, 'PLANNED',
      plan_follow_up.at, plan_follow_up.actor, plan_follow_up.at, plan_follow_up.actor
    from wanted w
    -- Planned for so many or so few, the keys of the rows written are checked by plans made once.
    where (select set_config('plan_cache_mode', 'auto', true)) is not null
      and not exists (select from follow_up_tasks k where k.county_code = county and k.origin_id = w.id and k.protocol_code = w.protocol_code
        and k.step = w.step and k.ordinal = w.ordinal and k.status <> all ('{DONE,DECLINED,UNREACHABLE,MOVED,CANCELLED}'::text[])
        and (k.division_code, k.subject, k.service, k.mode, k.due_from, k.due_to, k.cycle_to)
          = (w.division, w.subject, w.service, w.mode, w.due_from, w.due_to, w.cycle_to))
    on conflict (county_code, origin_id, protocol_code, step, ordinal) do update set
      division_code = excluded.division_code, subject = excluded.subject, service = excluded.service, mode = excluded.mode,
      due_from = excluded.due_from, due_to = excluded.due_to, cycle_to = excluded.cycle_to,
      status = case when t.status in ('MOVED', 'CANCELLED') then 'PLANNED' else t.status end,
      offer_id = case when t.status in ('MOVED', 'CANCELLED') then null else t.offer_id end,
      ended_by = null, updated_at = excluded.updated_at, updated_by = excluded.updated_by, version = t.version + 1
    where case when t.status in ('PLANNED', 'OFFERED', 'BOOKED')
        then (t.division_code, t.subject, t.service, t.mode, t.due_from, t.due_to, t.cycle_to) is distinct from
          (excluded.division_code, excluded.subject, excluded.service, excluded.mode, excluded.due_from, excluded.due_to, excluded.cycle_to)
        else t.status in ('MOVED', 'CANCELLED') and t.ended_by <> 'NOT_NEEDED' end
    returning t.version
  ),
  leaving as materialized (
    select t.id,
      case
        when s.gone is not null then s.gone
        when exists (select from silent f where f.client_id = t.client_id and f.service in ('ALL', t.service)) then 'OPTED_OUT'
        when t.subject = 'SUPPLY' and g.occurred_on >= t.due_from - 30 then 'SERVED'
        when t.service = 'APPOINTMENT' and exists (select from method_episodes e where e.county_code = county and e.id = t.episode_id
          and e.voided_at is null and e.end_procedure_id is not null and e.ended_on >= t.due_from - 30) then 'SERVED'
        when not exists (select from origin o where o.id = t.origin_id) then 'ENDED'
        when exists (select from follow_up_tasks a where a.county_code = county and a.client_id = t.client_id and a.subject = t.subject
          and a.service = t.service and (a.status in ('DONE', 'DECLINED', 'UNREACHABLE') or a.ended_by = 'NOT_NEEDED')
          and t.due_from < case when a.status = 'DONE' then a.due_to + 1 else a.cycle_to end and t.due_to >= a.due_from) then 'ANSWERED'
        when t.due_to < plan_follow_up.as_of then 'LAPSED'
        else 'RULE'
      end as why,
      coalesce(case when t.subject = 'SUPPLY' then g.occurred_on end,
        (select e.ended_on from method_episodes e where t.service = 'APPOINTMENT' and e.county_code = county and e.id = t.episode_id)) as served_on
    from subject s join follow_up_tasks t on t.county_code = county and t.client_id = s.id
    left join (select distinct on (g.client_id) g.client_id, g.id, g.occurred_on from given g order by g.client_id, g.occurred_on desc, g.id) g
      on g.client_id = t.client_id and g.id <> t.origin_id
    -- Said this way, the index of open tasks does not seem to be of use: who is meant is found by her id.
    where t.status <> all ('{DONE,DECLINED,UNREACHABLE,MOVED,CANCELLED}'::text[])
      and not exists (select from wanted w where w.id = t.origin_id and w.protocol_code = t.protocol_code
        and w.step = t.step and w.ordinal = t.ordinal)
  ),
  taken_back as (
    update follow_up_tasks t
    set status = case l.why when 'SERVED' then 'DONE' when 'MOVED' then 'MOVED' else 'CANCELLED' end,
      ended_by = case when l.why <> 'SERVED' then l.why end,
      done_on = case when l.why = 'SERVED' then l.served_on end,
      updated_at = plan_follow_up.at, updated_by = plan_follow_up.actor, version = t.version + 1
    from leaving l
    -- A day agreed with her is not taken back because a window has passed.
    where t.county_code = county and t.id = l.id
      and not (l.why = 'LAPSED' and t.status = 'BOOKED' and t.booked_on >= plan_follow_up.as_of - 30)
    returning t.id
  )
  select (select count(*) from written w where w.version = 1)::integer, (select count(*) from written w where w.version > 1)::integer,
    (select count(*) from taken_back)::integer
  into made, redated, ended;
  offered := app.follow_offers(county, clients, plan_follow_up.as_of, plan_follow_up.actor, plan_follow_up.at);
  return next;
end
$$;
--> statement-breakpoint
revoke all on function app.plan_follow_up from public;
--> statement-breakpoint
grant execute on function app.plan_follow_up to youyu_app;
--> statement-breakpoint
-- The list of due services. The village sees of an offer what stands in its row, and only of those who asked there, accepted
-- or consented (E8); the facility sees its own.
alter table service_offers enable row level security;
--> statement-breakpoint
create policy service_offers_shown on service_offers for select to youyu_app
  using ((select app.area()) @> division_code and shown_on is not null);
--> statement-breakpoint
create policy service_offers_answer on service_offers for update to youyu_app
  using ((select app.area()) @> division_code and shown_on is not null);
--> statement-breakpoint
create policy service_offers_of_facility on service_offers for select to youyu_care
  using (facility_id = (select app.facility()));
--> statement-breakpoint
grant select on service_offers to youyu_app;
--> statement-breakpoint
grant update (accepted_on, booked_on, reminders, closed_on, closing, updated_at, version) on service_offers to youyu_app;
--> statement-breakpoint
alter table offer_reminders enable row level security;
--> statement-breakpoint
create policy offer_reminders_of_offer on offer_reminders for all to youyu_app
  using (exists (select from service_offers o where o.county_code = offer_reminders.county_code and o.id = offer_reminders.offer_id));
--> statement-breakpoint
grant select, insert on offer_reminders to youyu_app;
--> statement-breakpoint
-- What she said about being contacted is known to whoever might contact her; it is never taken back but by herself.
alter table contact_preferences enable row level security;
--> statement-breakpoint
create policy contact_preferences_of_person on contact_preferences for all to youyu_app
  using (exists (select from persons p where p.county_code = contact_preferences.county_code and p.id = contact_preferences.client_id));
--> statement-breakpoint
grant select, insert on contact_preferences to youyu_app;
--> statement-breakpoint
grant update (ended_on, ended_by) on contact_preferences to youyu_app;
--> statement-breakpoint
alter table due_service_months enable row level security;
--> statement-breakpoint
create policy due_service_months_in_area on due_service_months for select to youyu_app
  using (case list when 'VILLAGE' then (select app.area()) @> division_code
    else (select app.area()) @> (county_code::text || '000000') collate "C" end);
--> statement-breakpoint
alter table due_service_closings enable row level security;
--> statement-breakpoint
create policy due_service_closings_of_county on due_service_closings for select to youyu_app
  using ((select app.area()) && format('{["%1$s","%1$s:")}', lpad(county_code::text, 6, '0'))::app.division_area);
--> statement-breakpoint
grant select on due_service_months, due_service_closings to youyu_app;
--> statement-breakpoint
-- Brings the offers of these clients into line with what has become of them and of their tasks: closes, carries over to the
-- village where she lives now, opens what is due of those who consented, and tells the tasks. Answers how many were offered.
create function app.follow_offers(county integer, clients uuid[], as_of date, actor uuid, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp set plan_cache_mode = auto as $$
#variable_conflict use_column
declare
  told integer;
  -- Open tasks are asked for by what they are not, so that they are found by the client and not among all that are open.
  closed constant text[] := '{DONE,DECLINED,UNREACHABLE,MOVED,CANCELLED}';
begin
  if cardinality(clients) > 200 then
    perform set_config('plan_cache_mode', 'force_custom_plan', true);
  else
    perform set_config('plan_cache_mode', 'force_generic_plan', true);
  end if;
  with standing as materialized (
    select o.*, p.status as person_status, p.residence_division
    from unnest(clients) as c (id)
    join service_offers o on o.county_code = county and o.client_id = c.id and o.closed_on is null
    join persons p on p.county_code = county and p.id = o.client_id
  ),
  judged as materialized (
    select o.id,
      case
        when o.person_status = 'DECEASED' then 'DIED'
        when o.person_status = 'MOVED_OUT' then 'MOVED'
        when o.person_status in ('MERGED', 'ARCHIVED') then 'NOT_NEEDED'
        when exists (select from contact_preferences f where f.county_code = county and f.client_id = o.client_id and f.kind = 'OPT_OUT'
          and f.service in ('ALL', o.service) and f.ended_on is null and f.voided_at is null) then 'DECLINED'
        when o.origin <> 'DUE' and case o.service
          when 'COUNSELLING' then exists (select from informed_choices i where i.county_code = county and i.client_id = o.client_id
            and i.occurred_on >= o.opened_on and i.voided_at is null)
          when 'APPOINTMENT' then exists (select from procedures i where i.county_code = county and i.client_id = o.client_id
            and i.performed_on >= o.opened_on and i.voided_at is null)
          when 'SUPPLY' then exists (select from dispensing_clients k join dispensings d on d.county_code = k.county_code and d.id = k.dispensing_id
            where k.county_code = county and k.client_id = o.client_id and d.occurred_on >= o.opened_on and d.voided_at is null)
          when 'CHECK_UP' then exists (select from check_visits i where i.county_code = county and i.client_id = o.client_id
            and i.occurred_on >= o.opened_on and i.voided_at is null)
          else false end then 'DONE'
        when t.has_answer then case t.answer when 'DONE' then 'DONE' when 'DECLINED' then 'DECLINED' when 'UNREACHABLE' then 'UNREACHABLE'
          when 'MOVED' then case when o.origin = 'DUE' then 'MOVED' end
          else case when o.origin = 'DUE' then case t.ended_by when 'LAPSED' then 'EXPIRED' when 'DIED' then 'DIED'
            when 'OPTED_OUT' then 'DECLINED' else 'NOT_NEEDED' end end end
        when o.origin = 'INVITED' and o.cycle_to <= follow_offers.as_of then 'EXPIRED'
        when o.division_code <> o.residence_division then 'CARRIED'
      end as closing
    from standing o
    left join lateral (
      select true as has_answer, (array_agg(t.status order by t.updated_at desc, t.status))[1] as answer,
        (array_agg(t.ended_by order by t.updated_at desc, t.status))[1] as ended_by
      from follow_up_tasks t where t.county_code = county and t.offer_id = o.id
      having count(*) > 0 and bool_and(t.status not in ('PLANNED', 'OFFERED', 'BOOKED'))
    ) t on true
  ),
  closed as (
    update service_offers o
    set closed_on = greatest(follow_offers.as_of, o.opened_on), closing = case j.closing when 'CARRIED' then 'MOVED' else j.closing end,
      updated_at = follow_offers.at, version = o.version + 1
    from judged j where o.county_code = county and o.id = j.id and j.closing is not null
    returning o.*, j.closing = 'CARRIED' as is_carried
  ),
  carried as (
    insert into service_offers (county_code, id, client_id, division_code, facility_id, service, origin, opened_on, due_on, cycle_to, shown_on,
      channel, accepted_on, booked_on, reminders, recorded_at, recorded_by, updated_at)
    select c.county_code, app.derived_id(c.id || p.residence_division || follow_offers.as_of), c.client_id, p.residence_division, c.facility_id,
      c.service, c.origin, follow_offers.as_of, c.due_on, c.cycle_to, case when c.shown_on is not null then follow_offers.as_of end,
      c.channel, c.accepted_on, c.booked_on, c.reminders, follow_offers.at, c.recorded_by, follow_offers.at
    from closed c join persons p on p.county_code = county and p.id = c.client_id
    where c.is_carried
    on conflict (county_code, id) do nothing
    returning id, client_id, service
  )
  update follow_up_tasks t set offer_id = n.id
  from carried n, closed c
  where c.is_carried and n.client_id = c.client_id and n.service = c.service and t.county_code = county and t.offer_id = c.id
    and t.client_id = c.client_id;

  insert into service_offers (county_code, id, client_id, division_code, facility_id, service, origin, opened_on, due_on, cycle_to, shown_on,
    recorded_at, recorded_by, updated_at)
  select distinct on (t.client_id, t.service) county, app.derived_id(t.id || 'offer' || follow_offers.as_of), t.client_id, p.residence_division,
    t.facility_id, t.service, 'DUE', follow_offers.as_of, t.due_from, t.cycle_to, case when v.consents then follow_offers.as_of end,
    follow_offers.at, follow_offers.actor, follow_offers.at
  from unnest(clients) as c (id)
  join follow_up_tasks t on t.county_code = county and t.client_id = c.id and t.status <> all (closed) and t.status <> 'OFFERED' and t.status <> 'BOOKED'
    and t.due_from <= follow_offers.as_of
  join persons p on p.county_code = county and p.id = t.client_id and p.status in ('ACTIVE', 'SUSPECT_DUP')
  cross join lateral (select exists (select from contact_preferences f where f.county_code = county and f.client_id = t.client_id
    and f.kind = 'CONSENT' and f.service in ('ALL', t.service) and f.ended_on is null and f.voided_at is null) as consents) v
  where (v.consents or exists (select from care_consents k where k.county_code = county and k.client_id = t.client_id
      and k.kind in ('FOLLOW_UP', 'REMINDERS') and k.withdrawn_on is null and k.voided_at is null))
    and not exists (select from service_offers o where o.county_code = county and o.client_id = t.client_id and o.service = t.service
      and (o.closed_on is null or o.closing in ('DECLINED', 'UNREACHABLE') and o.cycle_to > follow_offers.as_of))
    and (select set_config('plan_cache_mode', 'auto', true)) is not null
  order by t.client_id, t.service, t.due_from, t.id
  on conflict do nothing;
  if cardinality(clients) > 200 then
    perform set_config('plan_cache_mode', 'force_custom_plan', true);
  end if;

  update follow_up_tasks t
  set status = 'OFFERED', offer_id = o.id, updated_at = follow_offers.at, updated_by = follow_offers.actor, version = t.version + 1
  from unnest(clients) as c (id)
  join service_offers o on o.county_code = county and o.client_id = c.id and o.closed_on is null
  where t.county_code = county and t.client_id = c.id and t.service = o.service and t.status <> all (closed) and t.status <> 'OFFERED' and t.status <> 'BOOKED'
    and t.due_from <= follow_offers.as_of;
  get diagnostics told = row_count;

  -- A day agreed with the facility is an acceptance: nobody reminds her of it.
  update service_offers o
  set accepted_on = follow_offers.as_of, booked_on = t.booked_on, updated_at = follow_offers.at, version = o.version + 1
  from unnest(clients) as c (id)
  join follow_up_tasks t on t.county_code = county and t.client_id = c.id and t.status <> all (closed) and t.status <> 'PLANNED' and t.status <> 'OFFERED'
    and t.offer_id is not null
  where o.county_code = county and o.id = t.offer_id and o.closed_on is null and o.accepted_on is null;
  return told;
end
$$;
--> statement-breakpoint
revoke all on function app.follow_offers from public;
--> statement-breakpoint
grant execute on function app.follow_offers to youyu_app;
--> statement-breakpoint
-- She asks for a service: a new offer, or the one that stands already, which the village now sees because she asked there.
create function app.request_offer(
  county integer, offer uuid, client uuid, service text, channel text, due_on date, facility uuid, as_of date, actor uuid, at timestamptz
) returns uuid
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  village text;
  kept uuid;
begin
  select p.residence_division into village from persons p
  where p.county_code = county and p.id = client and p.status in ('ACTIVE', 'SUSPECT_DUP') and (select app.area()) @> p.residence_division;
  if village is null then
    return null;
  end if;
  insert into service_offers as o (county_code, id, client_id, division_code, facility_id, service, origin, opened_on, due_on, cycle_to,
    shown_on, channel, accepted_on, recorded_at, recorded_by, updated_at)
  values (county, request_offer.offer, client, village, request_offer.facility, request_offer.service, 'REQUESTED', request_offer.as_of,
    coalesce(request_offer.due_on, request_offer.as_of), (request_offer.as_of + interval '1 year')::date, request_offer.as_of,
    request_offer.channel, request_offer.as_of, request_offer.at, request_offer.actor, request_offer.at)
  on conflict (county_code, client_id, service) where closed_on is null do update set
    shown_on = coalesce(o.shown_on, request_offer.as_of), accepted_on = coalesce(o.accepted_on, request_offer.as_of),
    updated_at = excluded.updated_at, version = o.version + 1
  returning o.id into kept;
  perform app.follow_offers(county, array[client], request_offer.as_of, request_offer.actor, request_offer.at);
  return kept;
end
$$;
--> statement-breakpoint
revoke all on function app.request_offer from public;
--> statement-breakpoint
grant execute on function app.request_offer to youyu_app;
--> statement-breakpoint
-- Opens offers by invitation: never of who opted out, nor again in a cycle in which she declined or was not reached.
-- Answers the offer that now stands for each, new or not.
create function app.open_offers(
  county integer, clients uuid[], services text[], dues date[], cycles date[], facilities uuid[], as_of date, actor uuid, at timestamptz
) returns table (client_id uuid, service text, offer_id uuid)
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  insert into service_offers (county_code, id, client_id, division_code, facility_id, service, origin, opened_on, due_on, cycle_to, shown_on,
    recorded_at, recorded_by, updated_at)
  select distinct on (a.client, a.service) county, app.derived_id(a.client || a.service || a.cycle || open_offers.as_of), a.client,
    p.residence_division, a.facility, a.service, 'INVITED', open_offers.as_of, a.due, a.cycle,
    case when exists (select from contact_preferences f where f.county_code = county and f.client_id = a.client and f.kind = 'CONSENT'
      and f.service in ('ALL', a.service) and f.ended_on is null and f.voided_at is null) then open_offers.as_of end,
    open_offers.at, open_offers.actor, open_offers.at
  from unnest(clients, services, dues, cycles, facilities) as a (client, service, due, cycle, facility)
  join persons p on p.county_code = county and p.id = a.client and p.status in ('ACTIVE', 'SUSPECT_DUP')
  where not exists (select from contact_preferences f where f.county_code = county and f.client_id = a.client and f.kind = 'OPT_OUT'
      and f.service in ('ALL', a.service) and f.ended_on is null and f.voided_at is null)
    and not exists (select from service_offers o where o.county_code = county and o.client_id = a.client and o.service = a.service
      and (o.closed_on is null or o.closing in ('DECLINED', 'UNREACHABLE') and o.cycle_to > open_offers.as_of))
  order by a.client, a.service, a.due
  on conflict do nothing;
  return query
  select o.client_id, o.service, o.id
  from (select distinct a.client, a.service from unnest(clients, services) as a (client, service)) a
  join service_offers o on o.county_code = county and o.client_id = a.client and o.service = a.service and o.closed_on is null;
end
$$;
--> statement-breakpoint
revoke all on function app.open_offers from public;
--> statement-breakpoint
grant execute on function app.open_offers to youyu_app;
--> statement-breakpoint
-- Closes offers that stand, for a reason told by the facility.
create function app.close_offers(county integer, offers uuid[], closing text, as_of date, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  closed integer;
begin
  update service_offers o
  set closed_on = greatest(close_offers.as_of, o.opened_on), closing = close_offers.closing, updated_at = close_offers.at, version = o.version + 1
  where o.county_code = county and o.id = any(offers) and o.closed_on is null;
  get diagnostics closed = row_count;
  return closed;
end
$$;
--> statement-breakpoint
revoke all on function app.close_offers from public;
--> statement-breakpoint
grant execute on function app.close_offers to youyu_app;
--> statement-breakpoint
-- What she answered to an offer is the answer to the tasks that it told of; nothing else follows from it (E3).
create function app.settle_offer(county integer, offer uuid, as_of date, actor uuid, at timestamptz) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  client uuid;
begin
  update follow_up_tasks t
  set status = case
      when o.closing in ('DECLINED', 'NOT_NEEDED') then 'DECLINED'
      when o.closing = 'UNREACHABLE' then 'UNREACHABLE'
      when o.closing is null and o.booked_on is not null then 'BOOKED'
      when o.closing is null then t.status
      else 'PLANNED' end,
    booked_on = coalesce(o.booked_on, t.booked_on),
    offer_id = case when o.closing in ('DONE', 'EXPIRED', 'MOVED', 'DIED') then null else t.offer_id end,
    updated_at = settle_offer.at, updated_by = settle_offer.actor, version = t.version + 1
  from service_offers o
  where o.county_code = county and o.id = settle_offer.offer and (select app.area()) @> o.division_code
    and t.county_code = county and t.offer_id = o.id and t.status in ('PLANNED', 'OFFERED', 'BOOKED');
  -- A refusal counts for as long as the longest cycle of what it refused.
  update service_offers o
  set cycle_to = greatest(o.cycle_to, (select max(t.cycle_to) from follow_up_tasks t where t.county_code = county and t.offer_id = o.id))
  where o.county_code = county and o.id = settle_offer.offer
  returning o.client_id into client;
  perform app.plan_follow_up(county, array[client], settle_offer.as_of, settle_offer.actor, settle_offer.at);
end
$$;
--> statement-breakpoint
revoke all on function app.settle_offer from public;
--> statement-breakpoint
grant execute on function app.settle_offer to youyu_app;
--> statement-breakpoint
-- The month's account of the lists in the area, taken from the offers themselves: each was opened once and closed once, so that
-- it is the same whenever it is taken. A village's list begins with the day on which the village sees the offer.
create function app.count_due_services(county integer, month date)
returns table (list text, division_code text, facility_id uuid, service text, opening integer, opened integer, done integer, declined integer,
  moved integer, not_needed integer, unreachable integer, died integer, expired integer, closing integer)
language sql stable security definer set search_path = public, app, pg_temp as $$
  with bounds as (
    select date_trunc('month', count_due_services.month)::date as first, (date_trunc('month', count_due_services.month) + interval '1 month')::date as next
  ),
  listed as (
    select 'VILLAGE' as list, o.division_code, null::uuid as facility_id, o.service, o.shown_on as opened_on, o.closed_on, o.closing
    from service_offers o, bounds b
    where o.county_code = count_due_services.county and o.shown_on < b.next and (o.closed_on is null or o.closed_on >= b.first)
      and (select app.area()) @> o.division_code
    union all
    select 'FACILITY', (rpad(left(o.division_code, 9), 12, '0')) collate "C", o.facility_id, o.service, o.opened_on, o.closed_on, o.closing
    from service_offers o, bounds b
    where o.county_code = count_due_services.county and o.opened_on < b.next and (o.closed_on is null or o.closed_on >= b.first)
      and (select app.area()) @> (o.county_code::text || '000000') collate "C"
  )
  select l.list, l.division_code, l.facility_id, l.service,
    (count(*) filter (where l.opened_on < b.first))::integer, (count(*) filter (where l.opened_on >= b.first))::integer,
    (count(*) filter (where l.closed_on < b.next and l.closing = 'DONE'))::integer,
    (count(*) filter (where l.closed_on < b.next and l.closing = 'DECLINED'))::integer,
    (count(*) filter (where l.closed_on < b.next and l.closing = 'MOVED'))::integer,
    (count(*) filter (where l.closed_on < b.next and l.closing = 'NOT_NEEDED'))::integer,
    (count(*) filter (where l.closed_on < b.next and l.closing = 'UNREACHABLE'))::integer,
    (count(*) filter (where l.closed_on < b.next and l.closing = 'DIED'))::integer,
    (count(*) filter (where l.closed_on < b.next and l.closing = 'EXPIRED'))::integer,
    (count(*) filter (where l.closed_on is null or l.closed_on >= b.next))::integer
  from listed l, bounds b
  group by 1, 2, 3, 4
$$;
--> statement-breakpoint
revoke all on function app.count_due_services from public;
--> statement-breakpoint
grant execute on function app.count_due_services to youyu_app;
--> statement-breakpoint
-- Closes the account of a month that is over, once, and only where it opens as the month before closed.
create function app.close_due_services(county integer, month date, as_of date, actor uuid, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  first date := date_trunc('month', close_due_services.month)::date;
  written integer;
begin
  if first + interval '1 month' > close_due_services.as_of or not ((select app.area()) @> (county::text || '000000') collate "C") then
    raise exception 'the month is not over' using errcode = 'check_violation', constraint = 'due_service_closings_month_over';
  end if;
  insert into due_service_closings (county_code, month, closed_at, closed_by)
  values (county, first, close_due_services.at, close_due_services.actor) on conflict do nothing;
  if not found then
    return 0;
  end if;
  insert into due_service_months (county_code, id, month, list, division_code, facility_id, service, opening, opened, done, declined, moved,
    not_needed, unreachable, died, expired, closing, closed_at, closed_by)
  select county, app.derived_id(county || first::text || c.list || c.division_code || coalesce(c.facility_id::text, '') || c.service), first, c.list,
    c.division_code, c.facility_id, c.service, c.opening, c.opened, c.done, c.declined, c.moved, c.not_needed, c.unreachable, c.died, c.expired,
    c.closing, close_due_services.at, close_due_services.actor
  from app.count_due_services(county, first) c;
  get diagnostics written = row_count;
  if exists (
    select from (select * from due_service_months m where m.county_code = county and m.month = first) n
    full join (select * from due_service_months m where m.county_code = county and m.month = (first - interval '1 month')::date) b
      on b.list = n.list and b.division_code = n.division_code and b.facility_id is not distinct from n.facility_id and b.service = n.service
    where coalesce(n.opening, 0) <> coalesce(b.closing, 0)
      and exists (select from due_service_closings k where k.county_code = county and k.month = (first - interval '1 month')::date)) then
    raise exception 'the month does not open as the one before closed' using errcode = 'check_violation', constraint = 'due_service_months_carried';
  end if;
  return written;
end
$$;
--> statement-breakpoint
revoke all on function app.close_due_services from public;
--> statement-breakpoint
grant execute on function app.close_due_services to youyu_app;
--> statement-breakpoint
-- Invites to these sessions everybody whom the programmes are for, county-wide or of one facility, and opens the offers that
-- the village sees. Users of a device are known to the facility that treats them, and invited in its name alone; whoever
-- declined, was seen or opted out is left alone. Answers numbers.
create function app.invite_to_checks(
  county integer, facility uuid, sessions uuid[], programmes jsonb, channel text, as_of date, actor uuid, at timestamptz
) returns table (invited integer, already integer, opted_out integer, seen integer)
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  return query
  with asked as materialized (
    select * from jsonb_to_recordset(invite_to_checks.programmes) as p (code text, category text, audience text, sex text, "bornFrom" date, "bornTo" date, "cycleFrom" date, "cycleTo" date)
  ),
  places as materialized (
    select s.division_code, s.category, s.facility_id, array_agg(s.id order by s.on_day, s.id) as ids, count(*)::integer as days
    from check_sessions s
    where s.county_code = county and s.id = any(invite_to_checks.sessions) and s.status = 'PLANNED'
      and ((select app.area()) @> s.division_code or s.facility_id = (select app.facility()))
    group by 1, 2, 3
  ),
  eligible as materialized (
    select p.id, p.residence_division as division, a.code, a."cycleFrom", a."cycleTo",
      l.ids[1 + mod(row_number() over (partition by l.division_code, l.category, a.code order by p.household_id, p.id) - 1, l.days)::integer] as session,
      case a.audience when 'IUD_USERS' then e.facility_id else l.facility_id end as facility
    from places l
    join asked a on a.category = l.category
    join persons p on p.county_code = county and p.residence_division = l.division_code and p.status in ('ACTIVE', 'SUSPECT_DUP')
      and p.residence_status in ('1', '3', '4') and (a.sex is null or p.sex = a.sex) and p.birth_date between a."bornFrom" and a."bornTo"
    left join lateral (
      select m.facility_id from method_episodes m
      where a.audience = 'IUD_USERS' and m.county_code = county and m.client_id = p.id and m.method in ('M30', 'M31')
        and m.started_on <= invite_to_checks.as_of and m.ended_on is null and m.voided_at is null
      order by m.started_on desc limit 1) e on true
    where a.audience = 'RESIDENTS' or (a.audience = 'IUD_USERS' and e.facility_id = coalesce(invite_to_checks.facility, e.facility_id))
  ),
  judged as materialized (
    select e.*,
      case
        when exists (select from check_invitations i where i.county_code = county and i.client_id = e.id and i.programme = e.code and i.cycle_from = e."cycleFrom") then 'ALREADY'
        when exists (select from contact_preferences f where f.county_code = county and f.client_id = e.id and f.kind = 'OPT_OUT'
          and f.service in ('ALL', 'CHECK_UP') and f.ended_on is null and f.voided_at is null) then 'OPTED_OUT'
        when exists (select from service_offers o where o.county_code = county and o.client_id = e.id and o.service = 'CHECK_UP'
          and o.closing in ('DECLINED', 'UNREACHABLE') and o.cycle_to > invite_to_checks.as_of) then 'ALREADY'
        when exists (select from check_visits v where v.county_code = county and v.client_id = e.id and v.programme = e.code
          and v.occurred_on >= e."cycleFrom" and v.voided_at is null) then 'SEEN'
        else 'INVITED'
      end as verdict
    from eligible e
  ),
  written as (
    insert into check_invitations (county_code, id, client_id, facility_id, division_code, programme, cycle_from, cycle_to, session_id, channel, origin, status,
      sent_at, reminders, recorded_at, recorded_by, updated_at, version)
    select county, app.derived_id(j.id || j.code || j."cycleFrom"), j.id, j.facility, j.division, j.code, j."cycleFrom", j."cycleTo", j.session, invite_to_checks.channel, 'PLAN', 'SENT',
      invite_to_checks.at, 0, invite_to_checks.at, invite_to_checks.actor, invite_to_checks.at, 1
    from judged j where j.verdict = 'INVITED'
    on conflict do nothing
  ),
  -- Whose session was cancelled comes to the one in its stead.
  brought_over as (
    update check_invitations i set session_id = j.session, updated_at = invite_to_checks.at, version = i.version + 1
    from judged j, check_sessions s
    where j.verdict = 'ALREADY' and i.county_code = county and i.client_id = j.id and i.programme = j.code and i.cycle_from = j."cycleFrom"
      and i.status in ('PLANNED', 'SENT', 'ACCEPTED') and s.county_code = county and s.id = i.session_id and s.status = 'CANCELLED'
  )
  select count(*) filter (where verdict = 'INVITED')::integer, count(*) filter (where verdict = 'ALREADY')::integer,
    count(*) filter (where verdict = 'OPTED_OUT')::integer, count(*) filter (where verdict = 'SEEN')::integer from judged;
  update check_invitations i set offer_id = o.offer_id
  from (
    with fresh as materialized (
      select i.client_id, i.facility_id, i.cycle_to, s.on_day from check_invitations i join check_sessions s on s.county_code = county and s.id = i.session_id
      where i.county_code = county and i.session_id = any(invite_to_checks.sessions) and i.offer_id is null and i.status = 'SENT' and i.recorded_at = invite_to_checks.at)
    select * from app.open_offers(county, (select array_agg(client_id) from fresh), (select array_agg('CHECK_UP'::text) from fresh), (select array_agg(on_day) from fresh),
      (select array_agg(cycle_to + 1) from fresh), (select array_agg(facility_id) from fresh), invite_to_checks.as_of, invite_to_checks.actor, invite_to_checks.at)
  ) o
  where i.county_code = county and i.client_id = o.client_id and i.session_id = any(invite_to_checks.sessions) and i.offer_id is null
    and i.status = 'SENT' and i.recorded_at = invite_to_checks.at;
end
$$;
--> statement-breakpoint
revoke all on function app.invite_to_checks from public;
--> statement-breakpoint
grant execute on function app.invite_to_checks to youyu_app;
--> statement-breakpoint
-- A session is over: what nobody answered is NO_RESPONSE, who accepted and did not come is NO_SHOW; the offers end, and
-- nothing else follows (E3).
create function app.close_check_invitations(county integer, session uuid, at timestamptz) returns integer
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  ended uuid[];
  closed integer;
begin
  if not exists (select from check_sessions s where s.county_code = county and s.id = close_check_invitations.session
    and ((select app.area()) @> s.division_code or s.facility_id = (select app.facility()))) then
    return 0;
  end if;
  with closing as (
    update check_invitations i
    set status = case when o.closing = 'DECLINED' then 'DECLINED' when i.status = 'ACCEPTED' or o.accepted_on is not null then 'NO_SHOW' else 'NO_RESPONSE' end,
      updated_at = close_check_invitations.at, version = i.version + 1
    from check_invitations k left join service_offers o on o.county_code = county and o.id = k.offer_id
    where k.county_code = county and k.session_id = close_check_invitations.session and k.status in ('PLANNED', 'SENT', 'ACCEPTED')
      and i.county_code = county and i.id = k.id
    returning i.offer_id
  )
  select array_agg(offer_id) filter (where offer_id is not null), count(*)::integer into ended, closed from closing;
  perform app.close_offers(county, array(
    select distinct e.id from unnest(ended) as e (id)
    where not exists (select from check_invitations i where i.county_code = county and i.offer_id = e.id and i.status in ('PLANNED', 'SENT', 'ACCEPTED'))
  ), 'EXPIRED', (close_check_invitations.at at time zone 'Asia/Shanghai')::date, close_check_invitations.at);
  return closed;
end
$$;
--> statement-breakpoint
revoke all on function app.close_check_invitations from public;
--> statement-breakpoint
grant execute on function app.close_check_invitations to youyu_app;
--> statement-breakpoint
-- What is recorded one by one under an outreach session, as numbers beside its counters.
create function app.reconcile_outreach(county integer, outreach uuid)
returns table (clients integer, ultrasound integer, gynaecology integer, breast integer, laboratory integer, treated integer, iud_in integer, iud_out integer,
  supplies integer, consultations integer, is_linked boolean)
language sql stable security definer set search_path = public, app, pg_temp as $$
  with session as (
    select s.id from outreach_sessions s
    where s.county_code = reconcile_outreach.county and s.id = reconcile_outreach.outreach and (select app.area()) @> s.division_code
  ),
  met as (select e.* from session s join encounters e on e.county_code = reconcile_outreach.county and e.outreach_id = s.id and e.voided_at is null),
  seen as (select v.* from session s join check_visits v on v.county_code = reconcile_outreach.county and v.outreach_id = s.id and v.voided_at is null),
  done as (
    select p.* from session s join procedures p on p.county_code = reconcile_outreach.county and p.outreach_id = s.id and p.status = 'PERFORMED' and p.voided_at is null
  )
  select
    (select count(*)::integer from (select client_id, occurred_on from met union select client_id, occurred_on from seen union select client_id, performed_on from done) persons),
    (select count(*)::integer from seen where items @> '{ULTRASOUND}'),
    (select count(*)::integer from seen where items @> '{GYN}'),
    (select count(*)::integer from seen where items && '{BREAST,BREAST_IMAGING}'),
    (select count(*)::integer from seen where items && '{LAB,DISCHARGE,HPV,CYTOLOGY,HBSAG,HIV,SYPHILIS,SEMEN}'),
    (select count(*)::integer from seen where is_treated),
    (select count(*)::integer from done where type in ('P01', 'P03')),
    (select count(*)::integer from done where type in ('P02', 'P03')),
    (select coalesce(sum(d.quantity - d.returned), 0)::integer from met m cross join lateral unnest(m.dispensing_ids) as given (id)
      join dispensings d on d.county_code = reconcile_outreach.county and d.id = given.id and d.voided_at is null),
    (select count(*)::integer from met where choice_id is not null),
    exists (select from met) or exists (select from seen) or exists (select from done)
$$;
--> statement-breakpoint
revoke all on function app.reconcile_outreach from public;
--> statement-breakpoint
grant execute on function app.reconcile_outreach to youyu_app;
--> statement-breakpoint
-- An old register of methods goes into the records of the facilities that it names; whoever loads it reads nothing of them.
-- Rows known already (same client, method and first day) are left; what overlaps is fitted around each other.
create function app.load_methods(
  county integer, import_id uuid, at timestamptz, by uuid, ids uuid[], clients uuid[], facilities uuid[], villages text[],
  birth_years smallint[], unions boolean[], methods text[], devices text[], starts date[], ends date[], reasons text[]
) returns table (loaded integer, known integer, findings jsonb)
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  fresh uuid[];
begin
  with told as (
    select t.*, row_number() over (partition by client, method, started order by place) as turn
    from unnest(load_methods.ids, load_methods.clients, load_methods.facilities, load_methods.villages, load_methods.birth_years,
      load_methods.unions, load_methods.methods, load_methods.devices, load_methods.starts, load_methods.ends, load_methods.reasons)
      with ordinality as t (id, client, facility, village, birth_year, in_union, method, device, started, ended, reason, place)
  ), fitted as (
    select t.*, lead(t.started) over (partition by t.client order by t.started, t.id) as next_on,
      -- Who has nothing yet is fitted at once; the others are when all is settled, and until then stand at their first day.
      not exists (select from method_episodes e
        where e.county_code = load_methods.county and e.client_id = t.client and e.voided_at is null) as is_new
    from told t where t.turn = 1
  ), made as (
    insert into method_episodes (county_code, id, client_id, facility_id, division_code, birth_year, in_union, method, device_type,
      started_on, start_context, own_source, expected_end_on, stated_end_on, stated_end_reason, ended_on, end_reason, is_dual,
      findings, recorded_at, recorded_by, source, source_ref)
    select load_methods.county, t.id, t.client, t.facility, t.village collate "C", t.birth_year, t.in_union, t.method, d.code,
      t.started, 'INTERVAL', 'UNKNOWN',
      (t.started + make_interval(months => coalesce(d.validity_months, m.validity_months)))::date,
      t.ended, t.reason,
      case when t.is_new then least(t.ended, t.next_on) else t.started end,
      case when not t.is_new or t.next_on < coalesce(t.ended, 'infinity') then 'SWITCHED' else t.reason end,
      false,
      case when t.method in ('M10', 'M20', 'M30', 'M31', 'M40', 'M41', 'M42') then '{V9}'::text[] else '{}'::text[] end,
      load_methods.at, load_methods.by, 'IMPORT', load_methods.import_id::text
    from fitted t
    join contraceptive_methods m on m.code = t.method
    left join device_types d on d.method = t.method and (upper(d.code) = upper(t.device) or d.name_zh = t.device)
    where t.is_new or not exists (
      select from method_episodes e
      where e.county_code = load_methods.county and e.client_id = t.client and e.started_on = t.started and e.method = t.method
        and e.voided_at is null)
    returning id
  )
  select array_agg(id) into fresh from made;
  perform app.settle_methods(load_methods.county, load_methods.clients, coalesce(fresh, '{}'));
  -- What has just been written is unknown to the planner, which would look for each client among all.
  if cardinality(load_methods.ids) >= 1000 then
    analyze method_episodes;
  end if;
  return query
  select coalesce(cardinality(fresh), 0), cardinality(load_methods.ids) - coalesce(cardinality(fresh), 0),
    coalesce((
      select jsonb_object_agg(f.code, f.n) from (
        select code, count(*)::int as n
        from method_episodes e cross join unnest(e.findings) as code
        where e.county_code = load_methods.county and e.id = any(fresh) group by code
      ) f), '{}');
end
$$;
--> statement-breakpoint
revoke all on function app.load_methods from public;
--> statement-breakpoint
grant execute on function app.load_methods to youyu_app;
--> statement-breakpoint
-- What went over with a merge is known to the functions below and to nobody else: not even to whoever merged (E8).
alter table care_merges enable row level security;
--> statement-breakpoint
alter table care_merge_rows enable row level security;
--> statement-breakpoint
-- Rows of care (null: all) go from one record of a person to another, in one statement, so that every key is whole at its
-- end. Methods stand at their first day, and are counted so, until they are settled. What she said twice, what stands
-- open twice and what she was invited to twice stays, and so does a consent that she has taken back.
create function app.move_care(county integer, from_person uuid, to_person uuid, going uuid[])
returns table (relation text, row_id uuid)
language plpgsql set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  perform app.count_methods(move_care.county, array_agg(e.division_code), array_agg(m.day), array_agg(e.method),
    array_agg(e.birth_year), array_agg(e.in_union), array_agg(0), array_agg(m.ended))
  from method_episodes e cross join lateral (values (e.ended_on, -1), (e.started_on, 1)) as m (day, ended)
  where e.county_code = county and e.client_id = from_person and (going is null or e.id = any(going))
    and e.voided_at is null and not e.is_dual and m.day is not null
  having count(*) > 0;

  -- Counts by sex follow the record under which they are read.
  perform app.tally_care(move_care.county, array_agg(c.day), array_agg(c.facility_id), array_agg(c.division_code), array_agg(c.measure),
    array_agg(case when c.measure = 'choice-sex' and p.sex <> '1' then '2' else p.sex end),
    array_agg(case p.id when to_person then 1 else -1 end))
  from (
    select v.occurred_on as day, v.facility_id, v.division_code, 'encounter-sex' as measure from encounters v
      where v.county_code = county and v.client_id = from_person and (going is null or v.id = any(going)) and v.voided_at is null
    union all
    select i.occurred_on, i.facility_id, i.division_code, 'choice-sex' from informed_choices i
      where i.county_code = county and i.client_id = from_person and (going is null or i.id = any(going)) and i.voided_at is null
    union all
    select v.occurred_on, v.facility_id, v.division_code, 'check-sex' from check_visits v
      where v.county_code = county and v.client_id = from_person and (going is null or v.id = any(going)) and v.voided_at is null
  ) c
  cross join persons p
  where p.county_code = county and p.id in (from_person, to_person)
    and (select count(distinct s.sex) from persons s where s.county_code = county and s.id in (from_person, to_person)) > 1
  having count(*) > 0;

  return query
  with screens as (
    update mec_screens r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), overrides as (
    update mec_overrides r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going))
      and r.screen_id in (select s.id from mec_screens s where s.county_code = county and s.client_id = from_person) returning r.id
  ), choices as (
    update informed_choices r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), consents as (
    update care_consents r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), visits as (
    update encounters r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), episodes as (
    update method_episodes r set client_id = to_person,
      ended_on = case when r.voided_at is null then r.started_on else r.ended_on end,
      end_reason = case when r.voided_at is null then 'SWITCHED' else r.end_reason end
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), operations as (
    update procedures r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), harms as (
    update complications r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), tasks as (
    update follow_up_tasks r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going) or r.origin_id = any(going)) returning r.id
  ), notes as (
    update menopause_notes r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), given as (
    update dispensing_clients r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), checks as (
    update check_visits r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), found as (
    update check_findings r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going))
      and r.visit_id in (select s.id from check_visits s where s.county_code = county and s.client_id = from_person) returning r.id
  ), infections as (
    update rti_cases r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going)) returning r.id
  ), couples as (
    update infertility_cases r set client_id = case r.client_id when from_person then to_person else r.client_id end,
      partner_id = case r.partner_id when from_person then to_person else r.partner_id end
    where r.county_code = county and from_person in (r.client_id, r.partner_id) and r.client_id <> to_person
      and r.partner_id is distinct from to_person and (going is null or r.id = any(going)) returning r.id
  ), invitations as (
    update check_invitations r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going))
      and not exists (select from check_invitations o where o.county_code = county and o.client_id = to_person
        and o.programme = r.programme and o.cycle_from = r.cycle_from) returning r.id
  ), wishes as (
    update contact_preferences r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going))
      and not (r.ended_on is null and r.voided_at is null and exists (
        select from contact_preferences o where o.county_code = county and o.client_id = to_person and o.ended_on is null and o.voided_at is null
          and (o.kind = r.kind and o.service = r.service
            or r.kind = 'CONSENT' and o.kind = 'OPT_OUT' and o.service in ('ALL', r.service)))) returning r.id
  ), offers as (
    update service_offers r set client_id = to_person
    where r.county_code = county and r.client_id = from_person and (going is null or r.id = any(going))
      and not (r.closed_on is null and exists (select from service_offers o where o.county_code = county and o.client_id = to_person
        and o.service = r.service and o.closed_on is null)) returning r.id
  ), reminders as (
    update offer_reminders r set client_id = to_person
    from offers o where r.county_code = county and r.offer_id = o.id
  )
  select 'mec_screens', id from screens
  union all select 'mec_overrides', id from overrides
  union all select 'informed_choices', id from choices
  union all select 'care_consents', id from consents
  union all select 'encounters', id from visits
  union all select 'method_episodes', id from episodes
  union all select 'procedures', id from operations
  union all select 'complications', id from harms
  union all select 'follow_up_tasks', id from tasks
  union all select 'menopause_notes', id from notes
  union all select 'dispensing_clients', id from given
  union all select 'check_visits', id from checks
  union all select 'check_findings', id from found
  union all select 'rti_cases', id from infections
  union all select 'infertility_cases', id from couples
  union all select 'check_invitations', id from invitations
  union all select 'contact_preferences', id from wishes
  union all select 'service_offers', id from offers;
end
$$;
--> statement-breakpoint
-- What of a person's care a merge may change beyond moving it, as it stands.
create function app.care_as_it_stands(county integer, people uuid[])
returns table (relation text, row_id uuid, stands jsonb)
language sql stable set search_path = public, app, pg_temp as $$
  select 'follow_up_tasks', t.id, to_jsonb(t) - 'result_cipher' from follow_up_tasks t where t.county_code = county and t.client_id = any(people)
  union all
  select 'service_offers', o.id, to_jsonb(o) from service_offers o where o.county_code = county and o.client_id = any(people)
  union all
  select 'check_invitations', i.id, to_jsonb(i) from check_invitations i where i.county_code = county and i.client_id = any(people)
  union all
  select 'contact_preferences', f.id, to_jsonb(f) from contact_preferences f where f.county_code = county and f.client_id = any(people)
$$;
--> statement-breakpoint
-- The care of a record that was merged goes with it, in the transaction of the merge. Answers nothing.
create function app.merge_care(county integer, merge_id uuid, at timestamptz, by uuid) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  kept uuid;
  merged uuid;
  today date := (merge_care.at at time zone 'Asia/Shanghai')::date;
  answers constant text[] := '{NOT_ELIGIBLE,PLANNED,SENT,NO_RESPONSE,NO_SHOW,ACCEPTED,OPTED_OUT,DECLINED,ATTENDED}';
begin
  select g.kept_id, g.merged_id into kept, merged from person_merges g
  where g.county_code = county and g.id = merge_care.merge_id and g.undone_at is null
    and not exists (select from care_merges c where c.county_code = county and c.id = g.id);
  if kept is null then
    return;
  end if;
  -- What is being recorded of either is recorded first.
  perform from persons p where p.county_code = county and p.id in (kept, merged) order by p.id for update;

  insert into care_merges (county_code, id, kept_id, merged_id, merged_on, recorded_at, recorded_by)
  values (county, merge_care.merge_id, kept, merged, today, merge_care.at, merge_care.by);
  insert into care_merge_rows (county_code, merge_id, relation, row_id, is_moved, was)
  select county, merge_care.merge_id, s.relation, s.row_id, false, s.stands from app.care_as_it_stands(county, array[kept, merged]) s
  union all
  select county, merge_care.merge_id, 'care_clients', m.facility_id, false, jsonb_build_object('merged', to_jsonb(m), 'kept', to_jsonb(k))
  from care_clients m left join care_clients k on k.county_code = county and k.facility_id = m.facility_id and k.client_id = kept
  where m.county_code = county and m.client_id = merged;

  -- An opt-out ends the consents of the other record that it covers; what stands or was answered twice is one.
  update contact_preferences f set ended_on = greatest(today, f.occurred_on), ended_by = merge_care.by
  where f.county_code = county and f.client_id = kept and f.kind = 'CONSENT' and f.ended_on is null and f.voided_at is null
    and exists (select from contact_preferences o where o.county_code = county and o.client_id = merged and o.kind = 'OPT_OUT'
      and o.service in ('ALL', f.service) and o.ended_on is null and o.voided_at is null);
  update service_offers k
  set shown_on = coalesce(k.shown_on, case when m.shown_on is not null then greatest(today, k.opened_on) end),
    origin = case when m.origin = 'REQUESTED' then m.origin else k.origin end, channel = coalesce(k.channel, m.channel),
    accepted_on = coalesce(k.accepted_on, m.accepted_on), booked_on = coalesce(k.booked_on, m.booked_on),
    reminders = greatest(k.reminders, m.reminders), updated_at = merge_care.at, version = k.version + 1
  from service_offers m
  where k.county_code = county and k.client_id = kept and k.closed_on is null
    and m.county_code = county and m.client_id = merged and m.closed_on is null and m.service = k.service;
  update follow_up_tasks t set offer_id = k.id
  from service_offers m join service_offers k on k.county_code = county and k.client_id = kept and k.closed_on is null and k.service = m.service
  where m.county_code = county and m.client_id = merged and m.closed_on is null
    and t.county_code = county and t.client_id = merged and t.offer_id = m.id;
  update check_invitations i set offer_id = k.id
  from service_offers m join service_offers k on k.county_code = county and k.client_id = kept and k.closed_on is null and k.service = m.service
  where m.county_code = county and m.client_id = merged and m.closed_on is null
    and i.county_code = county and i.client_id = merged and i.offer_id = m.id;
  update check_invitations k
  set status = m.status, facility_id = m.facility_id, session_id = m.session_id, sent_at = m.sent_at, answered_on = m.answered_on,
    reminders = greatest(k.reminders, m.reminders), updated_at = merge_care.at, version = k.version + 1
  from check_invitations m
  where k.county_code = county and k.client_id = kept and m.county_code = county and m.client_id = merged
    and m.programme = k.programme and m.cycle_from = k.cycle_from
    and array_position(answers, m.status) > array_position(answers, k.status);
  update check_invitations m set status = 'NOT_ELIGIBLE', updated_at = merge_care.at, version = m.version + 1
  where m.county_code = county and m.client_id = merged and m.status in ('PLANNED', 'SENT', 'ACCEPTED')
    and exists (select from check_invitations k where k.county_code = county and k.client_id = kept
      and k.programme = m.programme and k.cycle_from = m.cycle_from);

  insert into care_merge_rows as r (county_code, merge_id, relation, row_id, is_moved)
  select county, merge_care.merge_id, m.relation, m.row_id, true from app.move_care(county, merged, kept, null) m
  on conflict (county_code, merge_id, relation, row_id) do update set is_moved = true;

  insert into care_clients as k (county_code, facility_id, client_id, first_on, last_on, encounters)
  select county, m.facility_id, kept, m.first_on, m.last_on, m.encounters
  from care_clients m where m.county_code = county and m.client_id = merged
  on conflict (county_code, facility_id, client_id) do update set first_on = least(k.first_on, excluded.first_on),
    last_on = greatest(k.last_on, excluded.last_on), encounters = k.encounters + excluded.encounters;
  delete from care_clients m where m.county_code = county and m.client_id = merged;

  if exists (select from care_merge_rows r where r.county_code = county and r.merge_id = merge_care.merge_id) then
    perform app.settle_methods(county, array[kept], '{}');
    perform app.plan_follow_up(county, array[kept, merged], today, merge_care.by, merge_care.at);
  end if;

  insert into care_merge_rows as r (county_code, merge_id, relation, row_id, is_moved, stands)
  select county, merge_care.merge_id, s.relation, s.row_id, false, s.stands from app.care_as_it_stands(county, array[kept, merged]) s
  union all
  select county, merge_care.merge_id, 'care_clients', k.facility_id, false, to_jsonb(k)
  from care_merge_rows c join care_clients k on k.county_code = county and k.facility_id = c.row_id and k.client_id = kept
  where c.county_code = county and c.merge_id = merge_care.merge_id and c.relation = 'care_clients'
  on conflict (county_code, merge_id, relation, row_id) do update set stands = excluded.stands;
end
$$;
--> statement-breakpoint
-- A merge was taken back: its care goes back, with what was recorded of it since; what has not been touched since is
-- again what it was. What has since become one with the other record's own care stays with it. Answers nothing.
create function app.unmerge_care(county integer, merge_id uuid, at timestamptz, by uuid) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  kept uuid;
  merged uuid;
  merged_on date;
  today date := (unmerge_care.at at time zone 'Asia/Shanghai')::date;
  going uuid[];
  step uuid[];
begin
  select c.kept_id, c.merged_id, c.merged_on into kept, merged, merged_on
  from care_merges c join person_merges g on g.county_code = county and g.id = c.id
  where c.county_code = county and c.id = unmerge_care.merge_id and c.undone_at is null and g.undone_at is not null;
  if kept is null then
    return;
  end if;
  perform from persons p where p.county_code = county and p.id in (kept, merged) order by p.id for update;
  update care_merges c set undone_at = unmerge_care.at, undone_by = unmerge_care.by where c.county_code = county and c.id = unmerge_care.merge_id;
  if not exists (select from care_merge_rows r where r.county_code = county and r.merge_id = unmerge_care.merge_id) then
    return;
  end if;
  select coalesce(array_agg(r.row_id), '{}') into going from care_merge_rows r
  where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.is_moved;

  -- With a record go what replaced it and what hangs on it …
  loop
    select array_agg(distinct n.id) into step from (
      select id, replaces as origin from encounters where county_code = county and client_id = kept
      union all select id, replaces from mec_screens where county_code = county and client_id = kept
      union all select o.id, x.origin from mec_screens s join mec_overrides o on o.county_code = county and o.screen_id = s.id
        cross join lateral (values (o.replaces), (o.screen_id)) as x (origin) where s.county_code = county and s.client_id = kept
      union all select c.id, x.origin from informed_choices c cross join lateral (values (c.replaces), (c.screen_id)) as x (origin)
        where c.county_code = county and c.client_id = kept
      union all select id, replaces from care_consents where county_code = county and client_id = kept
      union all select p.id, x.origin from procedures p cross join lateral (values (p.replaces), (p.choice_id), (p.consent_id)) as x (origin)
        where p.county_code = county and p.client_id = kept
      union all select e.id, x.origin from method_episodes e cross join lateral (values (e.replaces), (e.choice_id), (e.procedure_id)) as x (origin)
        where e.county_code = county and e.client_id = kept
      union all select c.id, x.origin from complications c cross join lateral (values (c.replaces), (c.procedure_id)) as x (origin)
        where c.county_code = county and c.client_id = kept
      union all select id, replaces from menopause_notes where county_code = county and client_id = kept
      union all select id, replaces from check_visits where county_code = county and client_id = kept
      union all select f.id, x.origin from check_visits v join check_findings f on f.county_code = county and f.visit_id = v.id
        cross join lateral (values (f.replaces), (f.visit_id)) as x (origin) where v.county_code = county and v.client_id = kept
      union all select r.id, x.origin from rti_cases r cross join lateral (values (r.replaces), (r.finding_id)) as x (origin)
        where r.county_code = county and r.client_id = kept
      union all select id, replaces from infertility_cases where county_code = county and client_id = kept
    ) n
    where n.origin = any(going) and not n.id = any(going);
    exit when step is null;
    going := going || step;
  end loop;
  -- … unless it rests on the other record's own choice or consent, or that on it.
  loop
    select array_agg(case when n.child = any(going) then n.child else n.parent end) into step from (
      select id as child, screen_id as parent from informed_choices where county_code = county and client_id = kept
      union all select id, choice_id from method_episodes where county_code = county and client_id = kept
      union all select id, choice_id from procedures where county_code = county and client_id = kept
      union all select id, consent_id from procedures where county_code = county and client_id = kept
    ) n
    where n.parent is not null and (n.child = any(going)) <> (n.parent = any(going));
    exit when step is null;
    going := array(select g.id from unnest(going) as g (id) where not g.id = any(step));
  end loop;

  -- What the merge made goes, where nobody has done anything with it and no account of its month is closed.
  delete from follow_up_tasks t using care_merge_rows r
  where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.relation = 'follow_up_tasks' and r.was is null and not r.is_moved
    and t.county_code = county and t.id = r.row_id and to_jsonb(t) - 'result_cipher' = r.stands;
  if not exists (select from due_service_closings k where k.county_code = county and k.month >= date_trunc('month', merged_on)::date) then
    delete from service_offers o using care_merge_rows r
    where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.relation = 'service_offers' and r.was is null and not r.is_moved
      and o.county_code = county and o.id = r.row_id and to_jsonb(o) = r.stands
      and not exists (select from offer_reminders n where n.county_code = county and n.offer_id = o.id);
  else
    update service_offers o set closed_on = greatest(today, o.opened_on), closing = 'NOT_NEEDED', updated_at = unmerge_care.at, version = o.version + 1
    from care_merge_rows r
    where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.relation = 'service_offers' and r.was is null and not r.is_moved
      and o.county_code = county and o.id = r.row_id and o.closed_on is null and to_jsonb(o) = r.stands;
  end if;

  perform app.move_care(county, kept, merged, going);

  -- Untouched since, or counted on since: then less what had come.
  update care_clients k
  set encounters = case when to_jsonb(k) = r.stands then w.encounters else greatest(0, k.encounters - (r.was -> 'merged' ->> 'encounters')::integer) end,
    first_on = coalesce(w.first_on, least(k.last_on, merged_on)),
    last_on = case when to_jsonb(k) = r.stands or k.last_on = (r.stands ->> 'last_on')::date then coalesce(w.last_on, k.last_on) else k.last_on end
  from care_merge_rows r
  cross join lateral jsonb_populate_record(null::care_clients, coalesce(nullif(r.was -> 'kept', 'null'), '{}')) w
  where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.relation = 'care_clients'
    and k.county_code = county and k.client_id = kept and k.facility_id = r.row_id
    and (w.facility_id is not null or to_jsonb(k) <> r.stands);
  delete from care_clients k using care_merge_rows r
  where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.relation = 'care_clients' and r.was -> 'kept' = 'null'
    and k.county_code = county and k.client_id = kept and k.facility_id = r.row_id and to_jsonb(k) = r.stands;
  insert into care_clients (county_code, facility_id, client_id, first_on, last_on, encounters)
  select w.county_code, w.facility_id, w.client_id, w.first_on, w.last_on, w.encounters
  from care_merge_rows r cross join lateral jsonb_populate_record(null::care_clients, r.was -> 'merged') w
  where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.relation = 'care_clients'
  on conflict do nothing;

  update contact_preferences f set ended_on = w.ended_on, ended_by = w.ended_by
  from care_merge_rows r cross join lateral jsonb_populate_record(null::contact_preferences, r.was) w
  where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.relation = 'contact_preferences' and r.was is not null
    and f.county_code = county and f.id = r.row_id and f.client_id = w.client_id and to_jsonb(f) - 'client_id' = r.stands - 'client_id'
    and f.ended_on is distinct from w.ended_on
    and not exists (select from contact_preferences o where o.county_code = county and o.client_id = f.client_id and o.id <> f.id
      and o.ended_on is null and o.voided_at is null
      and (o.kind = f.kind and o.service = f.service or o.kind = 'OPT_OUT' and o.service in ('ALL', f.service)));
  update check_invitations i
  set status = w.status, facility_id = w.facility_id, session_id = w.session_id, offer_id = w.offer_id, sent_at = w.sent_at,
    answered_on = w.answered_on, reminders = w.reminders, updated_at = w.updated_at, version = w.version
  from care_merge_rows r cross join lateral jsonb_populate_record(null::check_invitations, r.was) w
  where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.relation = 'check_invitations' and r.was is not null
    and i.county_code = county and i.id = r.row_id and i.client_id = w.client_id and to_jsonb(i) - 'client_id' = r.stands - 'client_id';
  update service_offers o
  set shown_on = w.shown_on, origin = w.origin, channel = w.channel, accepted_on = w.accepted_on, booked_on = w.booked_on,
    reminders = w.reminders, closed_on = w.closed_on, closing = w.closing, updated_at = w.updated_at, version = w.version
  from care_merge_rows r cross join lateral jsonb_populate_record(null::service_offers, r.was) w
  where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.relation = 'service_offers' and r.was is not null
    and o.county_code = county and o.id = r.row_id and o.client_id = w.client_id and to_jsonb(o) - 'client_id' = r.stands - 'client_id'
    and not exists (select from due_service_closings k where k.county_code = county and k.month >= date_trunc('month', merged_on)::date)
    and not (w.closed_on is null and o.closed_on is not null and exists (select from service_offers n where n.county_code = county
      and n.client_id = o.client_id and n.service = o.service and n.closed_on is null));
  update follow_up_tasks t
  set division_code = w.division_code, origin_id = w.origin_id, episode_id = w.episode_id, procedure_id = w.procedure_id,
    subject = w.subject, service = w.service, mode = w.mode, due_from = w.due_from, due_to = w.due_to, cycle_to = w.cycle_to,
    status = w.status, ended_by = w.ended_by, booked_on = w.booked_on, done_on = w.done_on, offer_id = w.offer_id,
    updated_at = w.updated_at, updated_by = w.updated_by, version = w.version
  from care_merge_rows r cross join lateral jsonb_populate_record(null::follow_up_tasks, r.was) w
  where r.county_code = county and r.merge_id = unmerge_care.merge_id and r.relation = 'follow_up_tasks' and r.was is not null
    and t.county_code = county and t.id = r.row_id and t.client_id = w.client_id
    and to_jsonb(t) - 'result_cipher' - 'client_id' = r.stands - 'client_id';
  update follow_up_tasks t set status = 'PLANNED', offer_id = null, updated_at = unmerge_care.at, updated_by = unmerge_care.by, version = t.version + 1
  where t.county_code = county and t.client_id in (kept, merged) and t.status = 'OFFERED'
    and not exists (select from service_offers o where o.county_code = county and o.id = t.offer_id and o.client_id = t.client_id and o.closed_on is null);

  perform app.settle_methods(county, array[kept, merged], '{}');
  perform app.plan_follow_up(county, array[kept, merged], today, unmerge_care.by, unmerge_care.at);
end
$$;
--> statement-breakpoint
revoke all on function app.move_care, app.care_as_it_stands, app.merge_care, app.unmerge_care from public;
--> statement-breakpoint
grant execute on function app.merge_care, app.unmerge_care to youyu_app;
