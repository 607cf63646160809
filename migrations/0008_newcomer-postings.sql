-- Adds postings to the sums kept of them: village and month, structure, starts of later years, township and month.
create or replace function app.sum_postings(
  county integer, villages text[], days date[], kinds text[], residence integer[], registered integer[], sexes text[], birth_months date[]
) returns void
language plpgsql set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  until smallint;
begin
  insert into village_months as kept (county_code, division_code, month, kind, residence, registered)
  select sum_postings.county, village, date_trunc('month', day)::date, kind, sum(r), sum(g)
  from unnest(villages, days, kinds, sum_postings.residence, sum_postings.registered) as p (village, day, kind, r, g)
  group by 2, 3, 4 order by 2, 3, 4
  on conflict (county_code, division_code, month, kind)
  do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  insert into structure_changes as kept (county_code, division_code, month, sex, birth_month, residence, registered)
  select sum_postings.county, rpad(left(village, 9), 12, '0'), date_trunc('month', day)::date, sex, born, sum(r), sum(g)
  from unnest(villages, days, sum_postings.residence, sum_postings.registered, sexes, birth_months) as p (village, day, r, g, sex, born)
  group by 2, 3, 4, 5 having sum(r) <> 0 or sum(g) <> 0 order by 2, 3, 4, 5
  on conflict (county_code, division_code, month, sex, birth_month)
  do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  -- Read only now: whoever opens a new year first waits for all who have begun to write months.
  select structured_until into until from population_books where county_code = county;
  insert into structures as kept (county_code, division_code, year, sex, birth_month, residence, registered)
  select sum_postings.county, township, y, sex, born, sum(r), sum(g)
  from (
    select rpad(left(village, 9), 12, '0') as township, extract(year from day)::int as year, sex, born, sum(r) as r, sum(g) as g
    from unnest(villages, days, sum_postings.residence, sum_postings.registered, sexes, birth_months) as p (village, day, r, g, sex, born)
    group by 1, 2, 3, 4 having sum(r) <> 0 or sum(g) <> 0
  ) changed, generate_series(changed.year + 1, until) as y
  group by 2, 3, 4, 5 having sum(r) <> 0 or sum(g) <> 0 order by 2, 3, 4, 5
  on conflict (county_code, division_code, year, sex, birth_month)
  do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  -- Last, because all of a township wait for it until the commit.
  insert into township_months as kept (county_code, division_code, month, kind, sex, residence, registered)
  select sum_postings.county, rpad(left(village, 9), 12, '0'), date_trunc('month', day)::date, kind, sex, sum(r), sum(g)
  from unnest(villages, days, kinds, sum_postings.residence, sum_postings.registered, sexes) as p (village, day, kind, r, g, sex)
  group by 2, 3, 4, 5 order by 2, 3, 4, 5
  on conflict (county_code, division_code, month, kind, sex)
  do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
end
$$;
--> statement-breakpoint
-- Posts somebody registered in this very statement, whose one stay and birth are known and need not be read: what
-- app.post_people would post of her. At most two postings, one where she lives and one where she is registered, or one
-- for both; the same rows as app.sum_postings writes, in its order, without sets.
create function app.post_newcomer(
  county integer, person uuid, sex text, born date, hukou text, home text, status text, since date, stay uuid, birth uuid,
  at timestamptz, by uuid
) returns table (division_code text, occurred_on date, kind text, residence integer, registered integer, person_id uuid)
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
  villages text[]; townships text[]; days date[]; months date[]; kinds text[]; r integer[]; g integer[]; facts uuid[];
begin
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
  if villages is null then return; end if;
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
    values (county, app.derived_id(concat_ws('/', person, villages[n], days[n], kinds[n], post_newcomer.sex, born_month, 0)),
      villages[n], days[n], kinds[n], r[n], g[n], person, post_newcomer.sex, born_month, facts[n], known_at, by);
  end loop;
  for n in 1 .. cardinality(villages) loop
    insert into village_months as kept (county_code, division_code, month, kind, residence, registered)
    values (county, villages[n], months[n], kinds[n], r[n], g[n])
    on conflict (county_code, division_code, month, kind)
    do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  end loop;
  for n in 1 .. cardinality(villages) loop
    insert into structure_changes as kept (county_code, division_code, month, sex, birth_month, residence, registered)
    values (county, townships[n], months[n], post_newcomer.sex, born_month, r[n], g[n])
    on conflict (county_code, division_code, month, sex, birth_month)
    do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  end loop;
  -- Read only now: whoever opens a new year first waits for all who have begun to write months.
  select b.structured_until into until from population_books b where b.county_code = county;
  if extract(year from least(days[1], days[cardinality(villages)])) < until then
    insert into structures as kept (county_code, division_code, year, sex, birth_month, residence, registered)
    select county, p.township, y, post_newcomer.sex, born_month, sum(p.r), sum(p.g)
    from unnest(townships, months, r, g) as p (township, month, r, g), generate_series(extract(year from p.month)::int + 1, until) as y
    where p.township is not null
    group by 2, 3 having sum(p.r) <> 0 or sum(p.g) <> 0 order by 2, 3
    on conflict (county_code, division_code, year, sex, birth_month)
    do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  end if;
  -- Last, because all of a township wait for it until the commit.
  for n in 1 .. cardinality(villages) loop
    insert into township_months as kept (county_code, division_code, month, kind, sex, residence, registered)
    values (county, townships[n], months[n], kinds[n], post_newcomer.sex, r[n], g[n])
    on conflict (county_code, division_code, month, kind, sex)
    do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
    return query values (villages[n], days[n], kinds[n], r[n], g[n], person);
  end loop;
end
$$;
--> statement-breakpoint
revoke all on function app.post_newcomer from public;
--> statement-breakpoint
grant execute on function app.post_newcomer to youyu_app;
--> statement-breakpoint
-- Ends a message whose session is no longer what it was remembered to be.
create function app.refuse_outdated() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'The session has to be looked up again' using errcode = 'YY001';
end
$$;
--> statement-breakpoint
revoke all on function app.refuse_outdated from public;
--> statement-breakpoint
grant execute on function app.refuse_outdated to youyu_app;
