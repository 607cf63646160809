-- The same rule under a condition that no question has: its index is many times slower for finding somebody's stays than
-- the one by person, but the planner cannot know.
alter table residence_episodes drop constraint residence_episodes_no_overlap;
--> statement-breakpoint
alter table residence_episodes add constraint residence_episodes_no_overlap
  exclude using gist (county_code with =, person_id with =, daterange(from_on, to_on) with &&)
  where (num_nulls(voided_at) = 1);
--> statement-breakpoint
-- Events are seen where they are counted, and by whoever sees the person.
alter table births enable row level security;
--> statement-breakpoint
create policy births_in_area on births for all to youyu_app
  using ((select app.area()) @> division_code or (select app.area()) @> hukou_division
    -- Not coalesce: behind row-level security it may not be looked up in an index.
    or exists (select from persons p where p.county_code = births.county_code
      and p.id = case when births.child_id is null then births.mother_id else births.child_id end))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table deaths enable row level security;
--> statement-breakpoint
create policy deaths_in_area on deaths for all to youyu_app
  using ((select app.area()) @> division_code or (select app.area()) @> hukou_division
    or exists (select from persons p where p.county_code = deaths.county_code and p.id = deaths.person_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table marriage_events enable row level security;
--> statement-breakpoint
create policy marriage_events_in_area on marriage_events for all to youyu_app
  using ((select app.area()) @> division_a or (select app.area()) @> division_b
    or exists (select from persons p where p.county_code = marriage_events.county_code and p.id in (marriage_events.party_a, marriage_events.party_b)))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table migration_events enable row level security;
--> statement-breakpoint
create policy migration_events_in_area on migration_events for all to youyu_app
  using ((select app.area()) @> from_division or (select app.area()) @> to_division
    or exists (select from persons p where p.county_code = migration_events.county_code and p.id = migration_events.person_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
-- Either county sees a transfer in its own area.
alter table county_transfers enable row level security;
--> statement-breakpoint
create policy county_transfers_in_area on county_transfers for all to youyu_app
  using ((select app.area()) @> from_division or (select app.area()) @> to_division);
--> statement-breakpoint
-- Who has left the county for good stays readable by the county itself.
drop policy persons_in_area on persons;
--> statement-breakpoint
create policy persons_in_area on persons for all to youyu_app
  using ((select app.area()) @> residence_division or (select app.area()) @> hukou_division
    or (status = 'MOVED_OUT' and (select app.area()) @> (county_code::text || '000000') collate "C"));
--> statement-breakpoint
alter table parentage_events enable row level security;
--> statement-breakpoint
create policy parentage_events_of_person on parentage_events for all to youyu_app
  using (exists (select from persons p where p.county_code = parentage_events.county_code and p.id in (parentage_events.child_id, parentage_events.adult_id)))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table pregnancies enable row level security;
--> statement-breakpoint
create policy pregnancies_in_area on pregnancies for all to youyu_app
  using ((select app.area()) @> division_code
    or exists (select from persons p where p.county_code = pregnancies.county_code and p.id = pregnancies.woman_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table antenatal_visits enable row level security;
--> statement-breakpoint
create policy antenatal_visits_of_pregnancy on antenatal_visits for all to youyu_app
  using (exists (select from pregnancies g where g.county_code = antenatal_visits.county_code and g.id = antenatal_visits.pregnancy_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table birth_registrations enable row level security;
--> statement-breakpoint
create policy birth_registrations_in_area on birth_registrations for all to youyu_app
  using ((select app.area()) @> division_code
    or exists (select from persons p where p.county_code = birth_registrations.county_code and p.id = birth_registrations.registrant_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table birth_registration_versions enable row level security;
--> statement-breakpoint
create policy birth_registration_versions_of_registration on birth_registration_versions for all to youyu_app
  using (exists (select from birth_registrations r where r.county_code = birth_registration_versions.county_code and r.id = birth_registration_versions.registration_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table childcare_institutions enable row level security;
--> statement-breakpoint
create policy childcare_institutions_in_area on childcare_institutions for all to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table childcare_enrolments enable row level security;
--> statement-breakpoint
create policy childcare_enrolments_of_institution on childcare_enrolments for all to youyu_app
  using (exists (select from childcare_institutions i where i.county_code = childcare_enrolments.county_code and i.id = childcare_enrolments.institution_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table mother_infant_rooms enable row level security;
--> statement-breakpoint
create policy mother_infant_rooms_in_area on mother_infant_rooms for all to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
-- The book is written by its own function alone; its villages are read inside the area. Township sums tell no person.
alter table population_postings enable row level security;
--> statement-breakpoint
create policy population_postings_in_area on population_postings for select to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table village_months enable row level security;
--> statement-breakpoint
create policy village_months_in_area on village_months for select to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table township_months enable row level security;
--> statement-breakpoint
create policy township_months_in_area on township_months for select to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table structure_changes enable row level security;
--> statement-breakpoint
create policy structure_changes_in_area on structure_changes for select to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table structures enable row level security;
--> statement-breakpoint
create policy structures_in_area on structures for select to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table population_books enable row level security;
--> statement-breakpoint
create policy population_books_read on population_books for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table book_signatures enable row level security;
--> statement-breakpoint
-- Whether a month is closed is nobody's secret: an officer's change tells her that it becomes an amendment.
create policy book_signatures_read on book_signatures for select to youyu_app
  using ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
create policy book_signatures_sign on book_signatures for insert to youyu_app
  with check ((select app.area()) @> division_code);
--> statement-breakpoint
create policy book_signatures_withdraw on book_signatures for update to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
grant select, insert, update on births, deaths, marriage_events, migration_events, county_transfers, parentage_events, pregnancies, antenatal_visits,
  birth_registrations, childcare_institutions, childcare_enrolments, mother_infant_rooms to youyu_app;
--> statement-breakpoint
grant select, insert on birth_registration_versions to youyu_app;
--> statement-breakpoint
grant delete on childcare_institutions, mother_infant_rooms to youyu_app;
--> statement-breakpoint
grant select on population_books, population_postings, village_months, township_months, structure_changes, structures to youyu_app;
--> statement-breakpoint
grant select, insert on book_signatures to youyu_app;
--> statement-breakpoint
grant update (withdrawn_at, withdrawn_by, withdraw_reason) on book_signatures to youyu_app;
--> statement-breakpoint
-- Whether a county keeps its register here: nobody's secret, and asked by those who see nothing of it.
create function app.keeps_register(county integer) returns boolean
language sql stable security definer set search_path = public, app, pg_temp as $$
  select exists (select from population_books b where b.county_code = county)
    or exists (select from village_counts v where v.county_code = county and v.residents + v.registered > 0)
$$;
--> statement-breakpoint
revoke all on function app.keeps_register from public;
--> statement-breakpoint
grant execute on function app.keeps_register to youyu_app;
--> statement-breakpoint
-- An identifier that follows from what it names (UUID version 8), for rows made by the set.
create function app.derived_id(name text) returns uuid
language sql immutable strict parallel safe as $$
  select overlay(overlay(md5(name) placing '8' from 13) placing '8' from 17)::uuid
$$;
--> statement-breakpoint
grant execute on function app.derived_id to youyu_app;
--> statement-breakpoint
-- What the facts say of people, as they are now: when each came to a village of the county, and when she left it.
-- What lies before the book's first day stands on the day before it, as its opening.
create function app.people_in_book(county integer, people uuid[], starts date)
returns table (person_id uuid, division_code text, occurred_on date, kind text, residence integer, registered integer,
  sex text, birth_month date, fact_id uuid)
language plpgsql stable set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  return query
  with subject as materialized (
    select p.id, p.sex, p.birth_date as born, date_trunc('month', p.birth_date)::date as birth_month, p.hukou_division as hukou,
      b.id as birth_id, d.id as death_id, d.occurred_on as died
    from unnest(people_in_book.people) as named (id)
    join persons p on p.county_code = county and p.id = named.id
    left join births b on b.county_code = county and b.child_id = p.id and b.voided_at is null
    left join deaths d on d.county_code = county and d.person_id = p.id and d.voided_at is null
    where p.status in ('ACTIVE', 'SUSPECT_DUP', 'DECEASED', 'MOVED_OUT')
  ),
  episode as materialized (
    select s.id, s.born, s.died, e.id as fact_id, e.division_code, e.status,
      greatest(coalesce(e.from_on, s.born), s.born) as from_on, least(e.to_on, s.died) as to_on, e.to_on is null as is_open,
      exists (select from division_changes c where c.id::text = e.source_ref and c.effective_on = e.from_on) as is_boundary
    from subject s
    join residence_episodes e on e.county_code = county and e.person_id = s.id and e.voided_at is null
  ),
  stay as (
    select id, died, fact_id, division_code, from_on, to_on, is_boundary, 1 as residence, 0 as registered, null::text as ends_as
    from episode
    where status in ('1', '3', '4') and (to_on is null or from_on < to_on or (from_on = died and from_on = born))
  ),
  hukou_move as (
    select s.id, m.occurred_on, m.recorded_at, m.from_division as from_code, m.to_division as to_code, m.id as fact_id, false as is_boundary
    from subject s
    join migration_events m on m.county_code = county and m.person_id = s.id and m.voided_at is null and m.kind in ('HUKOU_IN', 'HUKOU_OUT')
    union all
    select s.id, f.occurred_on, f.recorded_at, f.before ->> 'hukouDivision', f.after ->> 'hukouDivision', f.id, true
    from subject s
    join person_facts f on f.county_code = county and f.person_id = s.id and f.voided_at is null
      and f.kind = 'division-change' and f.after ? 'hukouDivision'
  ),
  hukou_moved as (
    select *, row_number() over w as place, lead(occurred_on) over w as next_on
    from hukou_move window w as (partition by id order by occurred_on, recorded_at, fact_id)
  ),
  hukou_stay as (
    select s.id, s.died, coalesce(s.birth_id, s.id) as fact_id, coalesce(m.from_code, s.hukou) as code, s.born as from_on,
      m.occurred_on as next_on, false as is_boundary
    from subject s left join hukou_moved m on m.id = s.id and m.place = 1
    union all
    select m.id, s.died, m.fact_id, case when m.next_on is null then s.hukou else m.to_code end, greatest(m.occurred_on, s.born), m.next_on, m.is_boundary
    from hukou_moved m join subject s on s.id = m.id
  ),
  cancelled as (
    select id, min(from_on) as from_on from episode where status = '9' and is_open group by id
  ),
  hukou as (
    select h.id, h.died, h.fact_id, h.code as division_code, h.from_on,
      least(h.next_on, h.died, c.from_on) as to_on, h.is_boundary, 0 as residence, 1 as registered,
      case when c.from_on is not null and least(h.next_on, h.died, c.from_on) = c.from_on and h.died is distinct from c.from_on
        then 'EXIT' end as ends_as
    from hukou_stay h left join cancelled c on c.id = h.id
  ),
  spell as (
    select st.*, s.born, s.birth_id, s.death_id, s.sex, s.birth_month,
      greatest(st.from_on, starts - 1) as begins, coalesce(st.to_on, 'infinity'::date) as ends
    from (
      select * from stay
      union all
      select id, died, fact_id, division_code, from_on, to_on, is_boundary, residence, registered, ends_as from hukou
      where to_on is null or from_on < to_on or (from_on = died and to_on = died)
    ) st join subject s on s.id = st.id
    where (st.to_on is null or st.to_on >= starts) and left(st.division_code, 6) = lpad(county::text, 6, '0')
  ),
  joined as (
    select *,
      lag(division_code) over w as earlier_code, lag(ends) over w as earlier_ends,
      lead(division_code) over w as later_code, lead(begins) over w as later_begins, lead(is_boundary) over w as later_is_boundary
    from spell window w as (partition by id, residence order by from_on, ends)
  ),
  posting as (
    select id, division_code, begins as occurred_on, residence, registered, sex, birth_month,
      case when from_on < starts then 'OPENING'
        when birth_id is not null and from_on = born then 'BIRTH'
        when is_boundary then 'BOUNDARY'
        when from_on = born then 'ENTRY'
        else 'IN' end as kind,
      case when birth_id is not null and from_on = born then birth_id else fact_id end as fact_id
    from joined
    where earlier_code is distinct from division_code or earlier_ends is distinct from begins
    union all
    select id, division_code, ends, -residence, -registered, sex, birth_month,
      case when ends = died then 'DEATH'
        when ends_as is not null then ends_as
        when later_is_boundary and later_begins = ends then 'BOUNDARY'
        else 'OUT' end,
      case when ends = died then death_id else fact_id end
    from joined
    where ends < 'infinity' and (later_code is distinct from division_code or later_begins is distinct from ends)
  )
  select id, division_code collate "C", occurred_on, kind, sum(residence)::int, sum(registered)::int, sex, birth_month,
    (min(fact_id::text))::uuid
  from posting group by id, division_code, occurred_on, kind, sex, birth_month;
end
$$;
--> statement-breakpoint
-- Adds postings to the sums kept of them: village and month, township and month, structure, starts of later years.
create function app.sum_postings(
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
  insert into township_months as kept (county_code, division_code, month, kind, sex, residence, registered)
  select sum_postings.county, rpad(left(village, 9), 12, '0'), date_trunc('month', day)::date, kind, sex, sum(r), sum(g)
  from unnest(villages, days, kinds, sum_postings.residence, sum_postings.registered, sexes) as p (village, day, kind, r, g, sex)
  group by 2, 3, 4, 5 order by 2, 3, 4, 5
  on conflict (county_code, division_code, month, kind, sex)
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
end
$$;
--> statement-breakpoint
-- Posts what the facts say of people less what was posted of them before: called at the end of whatever changes them.
create function app.post_people(county integer, people uuid[], at timestamptz, by uuid)
returns table (division_code text, occurred_on date, kind text, residence integer, registered integer, person_id uuid)
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  starts date;
  villages text[]; days date[]; kinds text[]; r integer[]; g integer[]; sexes text[]; births date[]; persons_posted uuid[];
begin
  select starts_on into starts from population_books where county_code = county;
  if starts is null then
    insert into population_books (county_code, starts_on, structured_until)
    values (county, make_date(extract(year from at at time zone 'Asia/Shanghai')::int - 10, 1, 1), extract(year from at at time zone 'Asia/Shanghai')::int)
    on conflict do nothing;
    select starts_on into starts from population_books where county_code = county;
  end if;
  with wanted as (
    select * from app.people_in_book(county, people, starts)
  ), posted as (
    select q.person_id, q.division_code, q.occurred_on, q.kind, sum(q.residence)::int as residence, sum(q.registered)::int as registered,
      q.sex, q.birth_month, (min(q.fact_id::text))::uuid as fact_id, count(*) as times
    from unnest(people) as named (id)
    join population_postings q on q.county_code = county and q.person_id = named.id
    group by q.person_id, q.division_code, q.occurred_on, q.kind, q.sex, q.birth_month
  ), difference as (
    select person_id, division_code, occurred_on, kind, sex, birth_month,
      coalesce(w.residence, 0) - coalesce(p.residence, 0) as residence,
      coalesce(w.registered, 0) - coalesce(p.registered, 0) as registered,
      coalesce(w.fact_id, p.fact_id) as fact_id, coalesce(p.times, 0) as times
    from wanted w full join posted p using (person_id, division_code, occurred_on, kind, sex, birth_month)
    where coalesce(w.residence, 0) <> coalesce(p.residence, 0) or coalesce(w.registered, 0) <> coalesce(p.registered, 0)
  ), added as (
    insert into population_postings (county_code, id, division_code, occurred_on, kind, residence, registered, person_id, sex, birth_month,
      fact_id, recorded_at, recorded_by)
    select county, app.derived_id(concat_ws('/', person_id, division_code, occurred_on, kind, sex, birth_month, times)),
      division_code, occurred_on, kind, residence, registered, person_id, sex, birth_month, fact_id,
      -- What a signature does not contain is later than it, whatever the clock of the writer said.
      greatest(at, (select max(s.recorded_at) + interval '1 microsecond' from book_signatures s where s.county_code = county)), by
    from difference
    returning *
  )
  select array_agg(a.division_code), array_agg(a.occurred_on), array_agg(a.kind), array_agg(a.residence::int), array_agg(a.registered::int),
    array_agg(a.sex), array_agg(a.birth_month), array_agg(a.person_id)
  into villages, days, kinds, r, g, sexes, births, persons_posted
  from added a;
  if villages is null then return; end if;
  perform app.sum_postings(county, villages, days, kinds, r, g, sexes, births);
  return query select * from unnest(villages, days, kinds, r, g, persons_posted);
end
$$;
--> statement-breakpoint
-- The same for people registered in this very transaction, who have one stay and no events yet: an import's half million.
create function app.post_newcomers(county integer, people uuid[], at timestamptz, by uuid) returns void
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
-- What an import has just written is unknown to the planner; without this it would look for each person among all.
create function app.analyze_register() returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
  grown regclass;
begin
  for grown in
    select c.oid from pg_class c
    where c.oid = any ('{persons, residence_episodes, births, deaths, marriage_events, migration_events, person_facts, population_postings}'::regclass[])
      and pg_relation_size(c.oid) > 1.1 * c.relpages * current_setting('block_size')::int
  loop
    execute format('analyze %s', grown);
  end loop;
end
$$;
--> statement-breakpoint
-- Opens the starts of years up to that of a moment, once every writer of the months before has finished.
create function app.open_years(county integer, at timestamptz) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
  until smallint;
  wanted smallint := extract(year from at at time zone 'Asia/Shanghai');
begin
  select structured_until into until from population_books where county_code = county;
  if until is null or until >= wanted then return; end if;
  lock table village_months in share row exclusive mode;
  select structured_until into until from population_books where county_code = county;
  while until < wanted loop
    insert into structures (county_code, division_code, year, sex, birth_month, residence, registered)
    select county, division_code, until + 1, sex, birth_month, sum(residence), sum(registered)
    from (
      select division_code, sex, birth_month, residence, registered from structures where county_code = county and year = until
      union all
      select division_code, sex, birth_month, residence, registered from structure_changes
      where county_code = county and month >= make_date(until, 1, 1) and month < make_date(until + 1, 1, 1)
    ) known
    group by division_code, sex, birth_month having sum(residence) <> 0 or sum(registered) <> 0;
    until := until + 1;
  end loop;
  update population_books set structured_until = until where county_code = county;
end
$$;
--> statement-breakpoint
-- A signature waits for postings under way and keeps new ones waiting until it is given.
create function app.hold_book() returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
  lock table population_postings in share mode;
end
$$;
--> statement-breakpoint
-- People by village at the end of a day, counted from episodes, hukou moves, births and deaths without the book: what
-- its closing must equal. As the owner, because whoever has left the area since was there then; it answers sums alone.
create function app.recount_people(county integer, lo text, hi text, day date)
returns table (code text, residence integer, registered integer)
-- Planned for its range each time: a village is a few look-ups, a county a walk through everybody.
language plpgsql stable security definer set search_path = public, app, pg_temp
set plan_cache_mode = force_custom_plan set enable_seqscan = on set work_mem = '64MB' as $$
#variable_conflict use_column
begin
  return query
  with moved as materialized (
    select person_id, occurred_on, recorded_at, id, from_division as from_code, to_division as to_code from migration_events
    where county_code = county and voided_at is null and kind in ('HUKOU_IN', 'HUKOU_OUT')
    union all
    select person_id, occurred_on, recorded_at, id, before ->> 'hukouDivision', after ->> 'hukouDivision' from person_facts
    where county_code = county and voided_at is null and kind = 'division-change' and after ? 'hukouDivision'
  ), placed as (
    select *, lead(occurred_on) over w as next_on, row_number() over w as place
    from moved window w as (partition by person_id order by occurred_on, recorded_at, id)
  ), standing as materialized (
    select person_id, to_code collate "C" as code from placed where occurred_on <= day and next_on > day
    union all
    select person_id, from_code from placed where place = 1 and occurred_on > day
  ), living as (
    select e.division_code as code, count(*) as people
    from residence_episodes e join persons p on p.county_code = e.county_code and p.id = e.person_id
    where e.county_code = county and e.division_code >= lo and e.division_code < hi and e.voided_at is null and e.status in ('1', '3', '4')
      and coalesce(e.from_on, p.birth_date) <= day and (e.to_on is null or e.to_on > day)
      and p.status in ('ACTIVE', 'SUSPECT_DUP', 'DECEASED', 'MOVED_OUT') and p.birth_date <= day
      and not exists (select from deaths d where d.county_code = county and d.person_id = p.id and d.voided_at is null and d.occurred_on <= day)
    group by 1
  ), on_register as (
    select h.code, count(*) as people
    from (
      select p.id, p.hukou_division as code from persons p
      where p.county_code = county and p.hukou_division >= lo and p.hukou_division < hi and not exists (select from standing s where s.person_id = p.id)
        and p.status in ('ACTIVE', 'SUSPECT_DUP', 'DECEASED', 'MOVED_OUT') and p.birth_date <= day
      union all
      select p.id, s.code from standing s join persons p on p.county_code = county and p.id = s.person_id
      where s.code >= lo and s.code < hi and p.status in ('ACTIVE', 'SUSPECT_DUP', 'DECEASED', 'MOVED_OUT') and p.birth_date <= day
    ) h
    where not exists (select from deaths d where d.county_code = county and d.person_id = h.id and d.voided_at is null and d.occurred_on <= day)
      and not exists (
        select from residence_episodes e join persons p on p.county_code = e.county_code and p.id = e.person_id
        where e.county_code = county and e.person_id = h.id and e.voided_at is null and e.status = '9' and e.to_on is null
          and coalesce(e.from_on, p.birth_date) <= day)
    group by 1
  )
  select coalesce(l.code, r.code), coalesce(l.people, 0)::int, coalesce(r.people, 0)::int
  from living l full join on_register r on r.code = l.code;
end
$$;
--> statement-breakpoint
revoke all on function app.people_in_book, app.sum_postings, app.post_people, app.post_newcomers, app.analyze_register, app.open_years, app.hold_book, app.recount_people from public;
--> statement-breakpoint
grant execute on function app.people_in_book, app.post_people, app.post_newcomers, app.analyze_register, app.open_years, app.hold_book, app.recount_people to youyu_app;
