-- Posts somebody registered in this very statement, whose one stay and birth are known and need not be read: what
-- app.post_people would post of her. Called last, because it holds the sums of her township until the commit.
create function app.post_newcomer(
  county integer, person uuid, sex text, born date, hukou text, home text, status text, since date, stay uuid, birth uuid,
  at timestamptz, by uuid
) returns table (division_code text, occurred_on date, kind text, residence integer, registered integer, person_id uuid)
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  own text := lpad(county::text, 6, '0');
  starts date;
  until smallint;
  known_at timestamptz;
  came_on date := greatest(coalesce(since, born), born);
  born_month date := date_trunc('month', born);
  lives boolean := status in ('1', '3', '4') and left(home, 6) = own;
  stands boolean := left(hukou, 6) = own;
  leaves boolean := status = '9';
  villages text[]; days date[]; kinds text[]; r integer[]; g integer[]; facts uuid[];
  place text; day date; act text; lived integer; stood integer; township text; month date;
begin
  select b.starts_on into starts from population_books b where b.county_code = county;
  if starts is null then
    perform app.post_people(county, '{}'::uuid[], at, by);
    select b.starts_on into starts from population_books b where b.county_code = county;
  end if;
  -- A cancelled hukou ends on the day of the cancellation, and is nothing where that is no later than the birth.
  stands := stands and (not leaves or (came_on > born and came_on >= starts));
  if lives then
    villages := array[home];
    days := array[greatest(came_on, starts - 1)];
    kinds := array[case when came_on < starts then 'OPENING' when came_on > born then 'IN' when birth is null then 'ENTRY' else 'BIRTH' end];
    r := array[1]; g := array[0];
    facts := array[case when came_on = born then coalesce(birth, stay) else stay end];
  end if;
  if stands then
    place := hukou;
    day := greatest(born, starts - 1);
    act := case when born < starts then 'OPENING' when birth is null then 'ENTRY' else 'BIRTH' end;
    if lives and villages[1] = place and days[1] = day and kinds[1] = act then
      g := array[1];
      facts := array[least(facts[1]::text, coalesce(birth, person)::text)::uuid];
    else
      villages := villages || place; days := days || day; kinds := kinds || act;
      r := r || 0; g := g || 1; facts := facts || coalesce(birth, person);
    end if;
    if leaves then
      villages := villages || hukou; days := days || came_on; kinds := kinds || 'EXIT'::text;
      r := r || 0; g := g || -1; facts := facts || coalesce(birth, person);
    end if;
  end if;
  if villages is null then return; end if;
  select greatest(at, max(s.recorded_at) + interval '1 microsecond') into known_at from book_signatures s where s.county_code = county;
  if cardinality(villages) > 1 then
    insert into population_postings (county_code, id, division_code, occurred_on, kind, residence, registered, person_id, sex, birth_month,
      fact_id, recorded_at, recorded_by)
    select county, app.derived_id(concat_ws('/', person, p.village, p.day, p.kind, post_newcomer.sex, born_month, 0)),
      p.village, p.day, p.kind, p.r, p.g, person, post_newcomer.sex, born_month, p.fact, known_at, by
    from unnest(villages, days, kinds, r, g, facts) as p (village, day, kind, r, g, fact);
    perform app.sum_postings(county, villages, days, kinds, r, g,
      array_fill(post_newcomer.sex, array[cardinality(villages)]), array_fill(born_month, array[cardinality(villages)]));
    return query select *, person from unnest(villages, days, kinds, r, g);
    return;
  end if;
  -- One posting, as nearly always: the same rows as app.sum_postings writes, in its order, without sets.
  place := villages[1]; day := days[1]; act := kinds[1]; lived := r[1]; stood := g[1];
  township := rpad(left(place, 9), 12, '0');
  month := date_trunc('month', day);
  insert into population_postings (county_code, id, division_code, occurred_on, kind, residence, registered, person_id, sex, birth_month,
    fact_id, recorded_at, recorded_by)
  values (county, app.derived_id(concat_ws('/', person, place, day, act, post_newcomer.sex, born_month, 0)), place, day, act, lived, stood,
    person, post_newcomer.sex, born_month, facts[1], known_at, by);
  insert into village_months as kept (county_code, division_code, month, kind, residence, registered)
  values (county, place, month, act, lived, stood)
  on conflict (county_code, division_code, month, kind)
  do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  insert into township_months as kept (county_code, division_code, month, kind, sex, residence, registered)
  values (county, township, month, act, post_newcomer.sex, lived, stood)
  on conflict (county_code, division_code, month, kind, sex)
  do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  insert into structure_changes as kept (county_code, division_code, month, sex, birth_month, residence, registered)
  values (county, township, month, post_newcomer.sex, born_month, lived, stood)
  on conflict (county_code, division_code, month, sex, birth_month)
  do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  -- Read only now: whoever opens a new year first waits for all who have begun to write months.
  select b.structured_until into until from population_books b where b.county_code = county;
  if extract(year from day) < until then
    insert into structures as kept (county_code, division_code, year, sex, birth_month, residence, registered)
    select county, township, y, post_newcomer.sex, born_month, lived, stood from generate_series(extract(year from day)::int + 1, until) as y
    on conflict (county_code, division_code, year, sex, birth_month)
    do update set residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered;
  end if;
  return query values (place, day, act, lived, stood, person);
end
$$;
--> statement-breakpoint
revoke all on function app.post_newcomer from public;
--> statement-breakpoint
grant execute on function app.post_newcomer to youyu_app;
