-- Somebody registered while a month is signed, or while her village is changed, comes wholly before it or wholly after it.
create or replace function app.enter_newcomer(
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
    -- Asked again behind the counts, which a change of divisions holds: tried once more, the place is refused.
    perform from divisions d where d.code = place and d.valid_to is null;
    if not found then raise serialization_failure using message = 'the division was changed meanwhile'; end if;
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
  -- What a signature does not contain is later than it, whatever the clock of the writer said. Whoever signs is waited for
  -- before it is asked: otherwise her signature would be told neither in its figures nor after it.
  lock table population_postings in row exclusive mode;
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
create or replace function app.post_newcomers(county integer, people uuid[], at timestamptz, by uuid) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  starts date;
  own text := lpad(county::text, 6, '0');
  known_at timestamptz;
  villages text[]; days date[]; kinds text[]; r integer[]; g integer[]; sexes text[]; births date[];
begin
  perform app.post_people(county, '{}'::uuid[], at, by);
  select starts_on into starts from population_books where county_code = county;
  lock table population_postings in row exclusive mode;
  select greatest(at, max(s.recorded_at) + interval '1 microsecond') into known_at from book_signatures s where s.county_code = county;
  with newcomer as materialized (
    select p.id, p.sex, p.birth_date as born, date_trunc('month', p.birth_date)::date as birth_month, p.residence_division as home,
      p.residence_status as status, greatest(coalesce(p.residence_since, p.birth_date), p.birth_date) as since, p.hukou_division as hukou
    from unnest(people) as named (id),
      -- One look-up each, whatever the planner believes of a table that was empty a moment ago.
      lateral (select * from persons where persons.county_code = county and persons.id = named.id offset 0) p
    where p.recorded_at = at and p.status in ('ACTIVE', 'SUSPECT_DUP')
  ), posting as (
    select id, home as division_code, greatest(since, starts - 1) as occurred_on,
      case when since < starts then 'OPENING' when since = born then 'ENTRY' else 'IN' end as kind, 1 as residence, 0 as registered, sex, birth_month
    from newcomer where status in ('1', '3', '4') and left(home, 6) = own
    union all
    select id, hukou, greatest(born, starts - 1), case when born < starts then 'OPENING' else 'ENTRY' end, 0, 1, sex, birth_month
    from newcomer where left(hukou, 6) = own and (status <> '9' or (since > born and since >= starts))
    union all
    select id, hukou, since, 'EXIT', 0, -1, sex, birth_month
    from newcomer where left(hukou, 6) = own and status = '9' and since > born and since >= starts
  ), added as (
    insert into population_postings (county_code, id, division_code, occurred_on, kind, residence, registered, person_id, sex, birth_month,
      fact_id, recorded_at, recorded_by)
    select county, app.derived_id(concat_ws('/', id, division_code, occurred_on, kind, sex, birth_month, 0)), division_code, occurred_on, kind,
      sum(residence), sum(registered), id, sex, birth_month, id, coalesce(known_at, at), by
    from posting group by id, division_code, occurred_on, kind, sex, birth_month
    returning *
  )
  select array_agg(a.division_code), array_agg(a.occurred_on), array_agg(a.kind), array_agg(a.residence::int), array_agg(a.registered::int),
    array_agg(a.sex), array_agg(a.birth_month)
  into villages, days, kinds, r, g, sexes, births
  from added a;
  if villages is not null then perform app.sum_postings(county, villages, days, kinds, r, g, sexes, births); end if;
end
$$;
--> statement-breakpoint
-- A change of divisions waits for all who are counting somebody into a village, and whoever comes then waits for it.
create function app.hold_counts() returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
  lock table village_counts in share row exclusive mode;
end
$$;
--> statement-breakpoint
revoke all on function app.hold_counts from public;
--> statement-breakpoint
grant execute on function app.hold_counts to youyu_app;
