-- The role that the application works as: never the owner, so that row-level security holds for it.
do $$
begin
  create role youyu_app nologin;
exception
  when duplicate_object or unique_violation then null;
end
$$;
--> statement-breakpoint
do $$
begin
  execute format('grant youyu_app to %I', current_user);
exception
  when others then null; -- a superuser needs no membership, and may not be able to grant itself one
end
$$;
--> statement-breakpoint
create extension if not exists btree_gist;
--> statement-breakpoint
create schema app;
--> statement-breakpoint
grant usage on schema app to youyu_app;
--> statement-breakpoint
-- On Citus distributes a county-owned table; on plain PostgreSQL does nothing.
create function app.shard(county_table regclass) returns void
language plpgsql as $$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, %L)', county_table::text, 'county_code');
  end if;
end
$$;
--> statement-breakpoint
-- A subtree of divisions is a half-open range of codes; an area is several of them.
create type app.division_range as range (subtype = text, collation = "C", multirange_type_name = app.division_area);
--> statement-breakpoint
-- The area of the present transaction. Nothing set means no area: no rows, never all rows.
create function app.area() returns app.division_area
language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.area', true), ''), '{}')::app.division_area
$$;
--> statement-breakpoint
-- The account or machine client of the present transaction.
create function app.actor() returns uuid
language sql stable parallel safe as $$
  select nullif(current_setting('app.actor', true), '')::uuid
$$;
