-- The same as before, and whom it names is held: her record is not merged away, and nobody announces the birth, between
-- what is read here and what is written of it.
create or replace function app.around_birth(county integer, child uuid, mother uuid, father uuid, on_day date) returns json
language plpgsql security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
  seen constant app.division_area := app.area();
  around json;
begin
  select json_build_object(
    'people', (
      select json_agg(json_build_object(
        'id', then_.id, 'name', then_.name, 'sex', then_.sex, 'birthDate', then_.birth_date, 'ethnicity', then_.ethnicity,
        'motherId', then_.mother_id, 'diedOn', then_.died_on, 'birthId', then_.birth_id,
        'residence', then_.residence, 'residenceStatus', then_.status, 'hukou', then_.hukou,
        'openPlaces', (
          select json_agg(json_build_object('code', v.code, 'name', v.name)) from divisions v
          where v.code in (then_.residence, then_.hukou) and v.valid_to is null),
        'household', (
          select json_build_object('id', h.id, 'number', h.number, 'relation', then_.relation_to_head, 'headBirthDate', (
            select o.birth_date from persons o
            where o.county_code = county and o.id = h.head_person_id and (seen @> o.residence_division or seen @> o.hukou_division)))
          from households h where h.county_code = county and h.id = then_.household_id and seen @> h.division_code)))
      from (
        select p.id, p.name, p.sex, p.birth_date, p.ethnicity, p.mother_id, p.household_id, p.relation_to_head,
          coalesce(stay.division_code, p.residence_division) as residence, coalesce(stay.status, p.residence_status) as status,
          coalesce((
            select m.from_division from migration_events m
            where m.county_code = county and m.person_id = p.id and m.voided_at is null and m.kind in ('HUKOU_IN', 'HUKOU_OUT')
              and m.occurred_on > on_day
            order by m.occurred_on, m.recorded_at limit 1), p.hukou_division) as hukou,
          (select d.occurred_on from deaths d where d.county_code = county and d.person_id = p.id and d.voided_at is null) as died_on,
          case when p.id = child then (
            select b.id from births b where b.county_code = county and b.child_id = child and b.voided_at is null) end as birth_id
        from persons p
        -- Looked for only where she has moved since.
        left join lateral (
          select e.division_code, e.status from residence_episodes e
          where p.residence_since > on_day and e.county_code = county and e.person_id = p.id and e.voided_at is null
            and (e.from_on is null or e.from_on <= on_day) and (e.to_on is null or e.to_on > on_day)
          limit 1) stay on true
        where p.county_code = county and p.id in (child, mother, father) and p.status not in ('MERGED', 'ARCHIVED')
          and (seen @> p.residence_division or seen @> p.hukou_division)
        offset 0 for no key update of p) then_),
    'siblings', (
      select json_agg(json_build_object('birthId', s.birth_id, 'childId', s.child_id, 'occurredOn', s.occurred_on,
        'sequence', s.sequence, 'plurality', s.plurality, 'order', s.order_of_mother, 'isLive', s.is_live))
      from (
        select b.id as birth_id, b.child_id, b.occurred_on, b.sequence, b.plurality, b.order_of_mother, b.outcome = 'LIVE' as is_live
        from births b
        where b.county_code = county and b.mother_id = mother and b.voided_at is null
          and (seen @> b.division_code or seen @> b.hukou_division or exists (
            select from persons p where p.county_code = county and p.id = coalesce(b.child_id, b.mother_id)
              and (seen @> p.residence_division or seen @> p.hukou_division)))
        union all
        select null, p.id, p.birth_date, 1, null, null, true
        from persons p
        where p.county_code = county and p.mother_id = mother and p.status not in ('MERGED', 'ARCHIVED')
          and (seen @> p.residence_division or seen @> p.hukou_division)
          and not exists (select from births b where b.county_code = county and b.child_id = p.id and b.voided_at is null)) s)
  ) into around;
  return around;
end
$$;
