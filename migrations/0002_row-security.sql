-- Nobody lives in two places at once, whatever the order of recording.
alter table residence_episodes add constraint residence_episodes_no_overlap
  exclude using gist (county_code with =, person_id with =, daterange(from_on, to_on) with &&)
  where (voided_at is null);
--> statement-breakpoint
-- People: residence or hukou inside the area (domain §2.2, two-place persons).
alter table persons enable row level security;
--> statement-breakpoint
create policy persons_in_area on persons for all to youyu_app
  using ((select app.area()) @> residence_division or (select app.area()) @> hukou_division);
--> statement-breakpoint
-- What hangs on a person is seen by whoever sees the person.
alter table name_readings enable row level security;
--> statement-breakpoint
create policy name_readings_of_person on name_readings for all to youyu_app
  using (exists (select from persons p where p.county_code = name_readings.county_code and p.id = name_readings.person_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table person_facts enable row level security;
--> statement-breakpoint
create policy person_facts_of_person on person_facts for all to youyu_app
  using (exists (select from persons p where p.county_code = person_facts.county_code and p.id = person_facts.person_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table residence_episodes enable row level security;
--> statement-breakpoint
create policy residence_episodes_of_person on residence_episodes for all to youyu_app
  using (exists (select from persons p where p.county_code = residence_episodes.county_code and p.id = residence_episodes.person_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table person_merges enable row level security;
--> statement-breakpoint
create policy person_merges_of_person on person_merges for all to youyu_app
  using (exists (select from persons p where p.county_code = person_merges.county_code and p.id = person_merges.kept_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table households enable row level security;
--> statement-breakpoint
create policy households_in_area on households for all to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table household_members enable row level security;
--> statement-breakpoint
create policy household_members_in_area on household_members for all to youyu_app
  using (
    exists (select from households h where h.county_code = household_members.county_code and h.id = household_members.household_id)
    or exists (select from persons p where p.county_code = household_members.county_code and p.id = household_members.person_id)
  )
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table village_counts enable row level security;
--> statement-breakpoint
-- A move may take a person from or to a village outside the mover's area: its counts still follow.
create policy village_counts_read on village_counts for select to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table imports enable row level security;
--> statement-breakpoint
create policy imports_in_area on imports for all to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
alter table import_errors enable row level security;
--> statement-breakpoint
create policy import_errors_of_import on import_errors for all to youyu_app
  using (exists (select from imports i where i.county_code = import_errors.county_code and i.id = import_errors.import_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table import_reviews enable row level security;
--> statement-breakpoint
create policy import_reviews_of_import on import_reviews for all to youyu_app
  using (exists (select from imports i where i.county_code = import_reviews.county_code and i.id = import_reviews.import_id))
  with check ((select app.area()) <> '{}'::app.division_area);
--> statement-breakpoint
alter table person_exports enable row level security;
--> statement-breakpoint
create policy person_exports_in_area on person_exports for all to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
-- Everybody may be logged; an area's log is read inside the area, and nobody's rows are changed.
alter table access_log enable row level security;
--> statement-breakpoint
create policy access_log_append on access_log for insert to youyu_app with check (true);
--> statement-breakpoint
create policy access_log_read on access_log for select to youyu_app
  using ((select app.area()) @> division_code);
--> statement-breakpoint
grant usage on schema public to youyu_app;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema public to youyu_app;
--> statement-breakpoint
revoke update, delete, truncate on access_log, access_seals, access_seal_rows, person_merges from youyu_app;
--> statement-breakpoint
revoke insert on access_seals, access_seal_rows from youyu_app;
--> statement-breakpoint
grant update (undone_at, undone_by, undo_reason) on person_merges to youyu_app;
--> statement-breakpoint
revoke delete, truncate on persons, person_facts, residence_episodes, households, household_members, grants, users, sessions from youyu_app;
--> statement-breakpoint
-- Adds deltas to the kept counts of villages, in the order of their codes so that two transactions never wait for
-- each other; runs as the owner because a move also changes the village outside the mover's area.
create function app.adjust_village_counts(
  county integer, villages text[], residents integer[], registered integer[], inflow integer[], away integer[],
  households integer[], male integer[], female integer[], at timestamptz
) returns void
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
  insert into village_counts as kept
    (county_code, division_code, residents, registered, inflow, away, households, male, female, changed_at)
  select adjust_village_counts.county, village, sum(r), sum(g), sum(i), sum(a), sum(h), sum(m), sum(f), adjust_village_counts.at
  from unnest(adjust_village_counts.villages, adjust_village_counts.residents, adjust_village_counts.registered,
    adjust_village_counts.inflow, adjust_village_counts.away, adjust_village_counts.households,
    adjust_village_counts.male, adjust_village_counts.female) as delta (village, r, g, i, a, h, m, f)
  group by village
  order by village
  on conflict (county_code, division_code) do update set
    residents = kept.residents + excluded.residents,
    registered = kept.registered + excluded.registered,
    inflow = kept.inflow + excluded.inflow,
    away = kept.away + excluded.away,
    households = kept.households + excluded.households,
    male = kept.male + excluded.male,
    female = kept.female + excluded.female,
    changed_at = excluded.changed_at;
end
$$;
--> statement-breakpoint
revoke all on function app.adjust_village_counts from public;
--> statement-breakpoint
grant execute on function app.adjust_village_counts to youyu_app;
