-- What is entered late belongs to the chain of its day, though that was closed or its child born since; no other is opened for it.
create or replace function app.open_chain(
  county integer, chain uuid, woman uuid, partner uuid, pregnancy uuid, ground text, opened_on date, married_on date, expected_on date,
  manager uuid, today date, actor uuid, at timestamptz
) returns uuid
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  hers uuid;
  living text;
begin
  if not app.area_touches(county) then
    return null;
  end if;
  select p.residence_division into living from persons p
    where p.county_code = county and p.id = open_chain.woman and p.status <> 'MERGED';
  if living is null then
    return null;
  end if;
  perform app.plan_chains(county, array[open_chain.woman], open_chain.today, open_chain.at);
  select c.id into hers from chains c
  cross join lateral (select least(c.opened_on, c.expected_on - 280) <= open_chain.opened_on
    and coalesce(open_chain.opened_on < c.closed_on, true) and coalesce(open_chain.opened_on <= c.born_on, true)
    and c.close_reason is distinct from 'MERGED' and (open_chain.pregnancy is null or c.pregnancy_id is null) as is_so) then_open
  where c.county_code = county and c.woman_id = open_chain.woman and c.voided_at is null
    and (c.pregnancy_id = open_chain.pregnancy
      or c.closed_on is null and (c.born_on is null or open_chain.ground = 'BIRTH' and open_chain.pregnancy is null)
      or then_open.is_so)
  order by coalesce(c.pregnancy_id = open_chain.pregnancy, false) desc, then_open.is_so desc, c.born_on nulls first, c.opened_on desc
  limit 1;
  if hers is null then
    insert into chains (county_code, id, woman_id, partner_id, facility_id, case_manager_id, division_code, ground, opened_on, married_on,
      expected_on, is_hospital_birth, cohort_month, updated_at, version, recorded_at, recorded_by, source)
    values (county, open_chain.chain, open_chain.woman, open_chain.partner, app.facility(), open_chain.manager, living, open_chain.ground,
      open_chain.opened_on, open_chain.married_on, open_chain.expected_on, false,
      date_trunc('month', coalesce(open_chain.expected_on, open_chain.opened_on))::date, open_chain.at, 1, open_chain.at,
      open_chain.actor, 'MANUAL')
    returning id into hers;
  else
    update chains c set partner_id = coalesce(c.partner_id, open_chain.partner), married_on = coalesce(c.married_on, open_chain.married_on),
      facility_id = coalesce(c.facility_id, app.facility()),
      case_manager_id = case when c.facility_id is null then open_chain.manager else c.case_manager_id end,
      updated_at = open_chain.at, version = c.version + 1
    where c.county_code = county and c.id = hers
      and (c.facility_id is null or c.partner_id is null and open_chain.partner is not null
        or c.married_on is null and open_chain.married_on is not null);
  end if;
  insert into chain_facilities (county_code, id, chain_id, facility_id, ground, from_on, recorded_at, recorded_by, source)
  select county, app.derived_id('owner' || c.id || c.facility_id), c.id, c.facility_id, 'OWNER', least(open_chain.opened_on, open_chain.today),
    open_chain.at, open_chain.actor, 'MANUAL'
  from chains c where c.county_code = county and c.id = hers and c.facility_id = app.facility()
  on conflict do nothing;
  perform app.project_chains(county, array[hers], null, open_chain.today);
  return hers;
end
$$;
