-- A table that was vacuumed while all its rows were those of an import taken back, or that nobody has looked at yet, is held
-- to be empty however much has been written since: every index seems as good as any other, and a look-up by number walks
-- the county. Only of those whose size makes a difference.
create function app.analyze_hollow() returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
  hollow regclass;
begin
  for hollow in
    select c.oid from pg_class c
    where c.oid = any ('{persons, households, household_members, residence_episodes, name_readings, person_facts,
        births, deaths, marriage_events, migration_events, population_postings}'::regclass[])
      and c.reltuples <= 0 and pg_relation_size(c.oid) > 1024 * 1024
  loop
    -- Whoever is at it already does it for us; waiting would be for the end of another import.
    execute format('analyze (skip_locked) %s', hollow);
  end loop;
end
$$;
--> statement-breakpoint
revoke all on function app.analyze_hollow from public;
--> statement-breakpoint
grant execute on function app.analyze_hollow to youyu_app;
--> statement-breakpoint
-- Most people draw nothing: of them nothing has to be settled, and nothing is planned anew.
create or replace function app.people_changed(county integer, people uuid[], run_id uuid, actor uuid, at timestamptz) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  if exists (select from beneficiaries b where b.county_code = people_changed.county and b.person_id = any(people_changed.people))
    or exists (
      select from persons p join beneficiaries b on b.county_code = p.county_code and b.person_id in (p.mother_id, p.father_id)
      where p.county_code = people_changed.county and p.id = any(people_changed.people))
  then
    perform app.settle_beneficiaries(people_changed.county, people_changed.people, 'FACTS', people_changed.run_id,
      (people_changed.at at time zone 'Asia/Shanghai')::date, people_changed.actor, people_changed.at);
  end if;
end
$$;
--> statement-breakpoint
-- Enters somebody registered in this very statement, whose one stay and birth are known and need not be read: into the
-- counts of her villages, and into the book what app.post_people would post of her. At most two postings, one where she
-- lives and one where she is registered, or one for both; the same rows as app.sum_postings writes, in its order,
-- without sets. Answers what it posted.
create function app.enter_newcomer(
  county integer, person uuid, sex text, born date, hukou text, home text, status text, since date, stay uuid, birth uuid,
  at timestamptz, by uuid
) returns jsonb
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  own constant text := lpad(county::text, 6, '0');
  came_on constant date := greatest(coalesce(since, born), born);
  born_month constant date := date_trunc('month', born);
  lives constant boolean := status in ('1', '3', '4') and left(home, 6) = own;
  -- Cancelled on the day of the cancellation; nothing where that is no later than the birth.
  leaves constant boolean := status = '9';
  starts date;
  until integer;
  known_at timestamptz;
  stands boolean;
  resident constant integer := (status in ('1', '3', '4'))::integer;
  posted jsonb := '[]';
  place text;
  villages text[]; townships text[]; days date[]; months date[]; kinds text[]; r integer[]; g integer[]; facts uuid[];
begin
  foreach place in array case when home = hukou then array[home] when home < hukou then array[home, hukou] else array[hukou, home] end loop
    continue when left(place, 6) <> own or not ((place = home and resident = 1) or (place = hukou and not leaves));
    insert into village_counts as kept (county_code, division_code, residents, registered, inflow, away, households, male, female, changed_at)
    values (county, place, (place = home)::integer * resident, (place = hukou and not leaves)::integer,
      (place = home and status in ('3', '4'))::integer, (place = hukou and status = '2')::integer, 0,
      (place = home and enter_newcomer.sex = '1')::integer * resident, (place = home and enter_newcomer.sex = '2')::integer * resident, at)
    on conflict (county_code, division_code) do update set
      residents = kept.residents + excluded.residents, registered = kept.registered + excluded.registered,
      inflow = kept.inflow + excluded.inflow, away = kept.away + excluded.away,
      male = kept.male + excluded.male, female = kept.female + excluded.female, changed_at = excluded.changed_at;
  end loop;

  select b.starts_on into starts from population_books b where b.county_code = county;
  if starts is null then
    perform app.post_people(county, '{}'::uuid[], at, by);
    select b.starts_on into starts from population_books b where b.county_code = county;
  end if;
  stands := left(hukou, 6) = own and (not leaves or (came_on > born and came_on >= starts));
  if lives then
    villages := array[home];
    days := array[greatest(came_on, starts - 1)];
    kinds := array[case when came_on < starts then 'OPENING' when came_on > born then 'IN' when birth is null then 'ENTRY' else 'BIRTH' end];
    r := array[1];
    g := array[0];
    facts := array[case when came_on = born then coalesce(birth, stay) else stay end];
  end if;
  if stands then
    villages := villages || hukou;
    days := days || greatest(born, starts - 1);
    kinds := kinds || case when born < starts then 'OPENING' when birth is null then 'ENTRY' else 'BIRTH' end;
    r := r || 0;
    g := g || 1;
    facts := facts || coalesce(birth, person);
  end if;
  if stands and leaves then
    villages := villages || hukou;
    days := days || came_on;
    kinds := kinds || 'EXIT'::text;
    r := r || 0;
    g := g || -1;
    facts := facts || facts[1];
  end if;
  if villages is null then return posted; end if;
  if villages[1] = villages[2] and days[1] = days[2] and kinds[1] = kinds[2] then
    villages := villages[:1];
    g[1] := 1;
    facts[1] := least(facts[1]::text, facts[2]::text);
  elsif (villages[2], date_trunc('month', days[2]), kinds[2]) < (villages[1], date_trunc('month', days[1]), kinds[1]) then
    villages := array[villages[2], villages[1]];
    days := array[days[2], days[1]];
    kinds := array[kinds[2], kinds[1]];
    r := array[r[2], r[1]];
    g := array[g[2], g[1]];
    facts := array[facts[2], facts[1]];
  end if;
  -- What a signature does not contain is later than it, whatever the clock of the writer said.
  select greatest(at, max(s.recorded_at) + interval '1 microsecond') into known_at from book_signatures s where s.county_code = county;
  for n in 1 .. cardinality(villages) loop
    townships[n] := rpad(left(villages[n], 9), 12, '0');
    months[n] := date_trunc('month', days[n]);
    insert into population_postings (county_code, id, division_code, occurred_on, kind, residence, registered, person_id, sex, birth_month,
      fact_id, recorded_at, recorded_by)
    values (county, app.derived_id(concat_ws('/', person, villages[n], days[n], kinds[n], enter_newcomer.sex, born_month, 0)),
      villages[n], days[n], kinds[n], r[n], g[n], person, enter_newcomer.sex, born_month, facts[n], known_at, by);
  end loop;
  for n in 1 .. cardinality(villages) loop
    insert into village_months as kept (county_code, division_code, month, kind, residence, registered)
    values (county, villages[n], months[n], kinds[n], r[n], g[n])
    on conflict (county_code, division_code, month, kind)
    do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  end loop;
  for n in 1 .. cardinality(villages) loop
    insert into structure_changes as kept (county_code, division_code, month, sex, birth_month, residence, registered)
    values (county, townships[n], months[n], enter_newcomer.sex, born_month, r[n], g[n])
    on conflict (county_code, division_code, month, sex, birth_month)
    do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  end loop;
  -- Read only now: whoever opens a new year first waits for all who have begun to write months.
  select b.structured_until into until from population_books b where b.county_code = county;
  if extract(year from least(days[1], days[cardinality(villages)])) < until then
    insert into structures as kept (county_code, division_code, year, sex, birth_month, residence, registered)
    select county, p.township, y, enter_newcomer.sex, born_month, sum(p.r), sum(p.g)
    from unnest(townships, months, r, g) as p (township, month, r, g), generate_series(extract(year from p.month)::int + 1, until) as y
    where p.township is not null
    group by 2, 3 having sum(p.r) <> 0 or sum(p.g) <> 0 order by 2, 3
    on conflict (county_code, division_code, year, sex, birth_month)
    do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  end if;
  -- Last, because all of a township wait for it until the commit.
  for n in 1 .. cardinality(villages) loop
    insert into township_months as kept (county_code, division_code, month, kind, sex, residence, registered)
    values (county, townships[n], months[n], kinds[n], enter_newcomer.sex, r[n], g[n])
    on conflict (county_code, division_code, month, kind, sex)
    do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
    posted := posted || jsonb_build_object('divisionCode', villages[n], 'occurredOn', days[n], 'kind', kinds[n],
      'residence', r[n], 'registered', g[n], 'personId', person);
  end loop;
  return posted;
end
$$;
--> statement-breakpoint
revoke all on function app.enter_newcomer from public;
--> statement-breakpoint
grant execute on function app.enter_newcomer to youyu_app;
--> statement-breakpoint
drop function app.post_newcomer;
--> statement-breakpoint
-- A text that changes with any row that the home of a county is made from: every version of a row carries the number of
-- the transaction that wrote it. It tells nothing of the rows, so it is asked past row-level security.
create function app.population_stamp(county integer, first_month date, last_month date) returns text
language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
  return concat_ws(' ',
    (select concat_ws('.', count(*), sum(hashtextextended(m.xmin::text, 0))) from township_months m
      where m.county_code = county and m.month between first_month and last_month),
    (select concat_ws('.', count(*), sum(hashtextextended(v.xmin::text, 0))) from village_counts v where v.county_code = county),
    (select concat_ws('.', count(*), sum(hashtextextended(d.xmin::text, 0))) from divisions d
      where d.code >= lpad(county::text, 6, '0') and d.code < lpad(county::text, 6, '0') || ':' and d.level <= 4));
end
$$;
--> statement-breakpoint
revoke all on function app.population_stamp from public;
--> statement-breakpoint
grant execute on function app.population_stamp to youyu_app;
