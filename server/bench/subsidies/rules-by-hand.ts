/**
 * The same predicates as somebody writes them in SQL: children and circumstances added up once, one pass over the people,
 * the spouse looked up for whom it is needed, a line for each programme that is met. $1 the county, $2 the day.
 */
export const rulesByHand = `
with children as (
  select parent_id, count(*) as ever, count(*) filter (where is_living) as living, count(*) filter (where is_living and sex = '2') as girls,
    max(birth_date) filter (where is_living) as youngest, min(grade) filter (where is_living) as grade, bool_or(certificate) as certificate
  from (
    select c.mother_id, c.father_id, c.sex, c.birth_date, d.grade, d.certificate,
      c.status <> 'DECEASED' or exists (select from deaths x where x.county_code = $1 and x.person_id = c.id and x.voided_at is null and x.occurred_on > $2) as is_living
    from persons c left join (select person_id, min(grade) filter (where kind = 'DISABILITY') as grade, bool_or(kind = 'ONLY_CHILD_CERTIFICATE') as certificate
      from circumstances where county_code = $1 and kind in ('DISABILITY', 'ONLY_CHILD_CERTIFICATE') and voided_at is null and from_on <= $2 and (to_on is null or to_on >= $2)
      group by 1) d on d.person_id = c.id
    where c.county_code = $1 and c.status not in ('MERGED', 'ARCHIVED') and c.birth_date <= $2 and (c.mother_id is not null or c.father_id is not null)
  ) c cross join lateral (values (c.mother_id), (c.father_id)) p (parent_id)
  where parent_id is not null group by parent_id
), circumstance as (
  select person_id, bool_or(kind = 'HISTORIC_QUALIFICATION') as historic, bool_or(kind = 'ONLY_CHILD_CERTIFICATE') as certificate,
    min(grade) filter (where kind = 'COMPLICATION') as complication, bool_or(kind = 'LOW_INCOME') as low_income,
    min(detail) filter (where kind = 'PENSION_SCHEME') as pension, min(detail) filter (where kind = 'SPECIAL_FAMILY') as special
  from circumstances where county_code = $1 and kind <> 'DISABILITY' and voided_at is null and from_on <= $2 and (to_on is null or to_on >= $2) group by 1
), people as (
  select p.*, living = 1 or living = 2 and girls = 2 or living = 0 and ever >= 1 as few from (
    select p.id, p.sex, p.birth_date, p.marital_status, p.hukou_type, p.hukou_division, p.mother_id, p.father_id,
      extract(year from age($2, p.birth_date)) as age, coalesce(k.ever, 0) as ever, coalesce(k.living, 0) as living, coalesce(k.girls, 0) as girls,
      k.youngest, k.grade, coalesce(c.historic, false) as historic, coalesce(c.certificate, k.certificate, false) as certificate, c.complication,
      coalesce(c.low_income, false) as low_income, c.pension, c.special
    from persons p left join children k on k.parent_id = p.id left join circumstance c on c.person_id = p.id
    where p.county_code = $1 and p.status in ('ACTIVE', 'SUSPECT_DUP') and p.birth_date <= $2 and starts_with(p.hukou_division, $1::text)
  ) p
), spouse as (
  select p.id, w.sex, w.hukou_type, extract(year from age($2, w.birth_date)) as age, left(w.hukou_division, 6) = left(p.hukou_division, 6) as is_here
  from people p join lateral (select case when e.party_a = p.id then e.party_b else e.party_a end as id from marriage_events e
      where e.county_code = $1 and (e.party_a = p.id or e.party_b = p.id) and e.voided_at is null and e.occurred_on <= $2 and e.event in ('MARRY', 'REMARRY')
      order by e.occurred_on desc, e.id desc limit 1) m on true
  join persons w on w.county_code = $1 and w.id = m.id and w.status <> 'DECEASED'
  where p.marital_status in ('20', '21', '22', '23')
    and (p.special is not null or p.certificate and p.living = 1 and p.ever = 1 or p.low_income and p.few
      or p.historic and p.age >= 60 and p.few and p.hukou_type in ('1', '3') or p.ever = 1 and (p.living = 0 or p.grade <= 3))
), met as (
  select p.*, s.sex is null or p.sex = '2' or s.sex <> '2' or not s.is_here as stands, s.hukou_type as spouse_type, s.age as spouse_age
  from people p left join spouse s on s.id = p.id
)
select 'P01' as key, id as subject_id, id as payee_id, hukou_division as division_code, '' as level from met
where hukou_type in ('1', '3') and age >= 60 and birth_date >= '1933-01-01' and few and historic and (spouse_type is null or spouse_type not in ('2', '4'))
union all
select 'P02', id, id, hukou_division, case when ever = 1 and living = 0 then 'A_DEATH' when ever = 1 and grade <= 3 then 'B_DISABILITY'
  when complication = 1 then 'C1' when complication = 2 then 'C2' else 'C3' end from met
where complication in (1, 2, 3) or birth_date >= '1933-01-01' and ever = 1 and (living = 0 or grade <= 3)
  and (sex = '2' and age >= 49 or marital_status in ('10', '30', '40') and age >= 49 or sex = '1' and spouse_age >= 49)
  and not exists (select from marriage_events e where e.county_code = $1 and (e.party_a = met.id or e.party_b = met.id) and e.voided_at is null and e.occurred_on <= $2
    and (e.event = 'REMARRY' or e.event = 'MARRY' and case when e.party_a = met.id then e.order_a else e.order_b end = 'RE')
    and exists (select from persons s where s.county_code = $1 and (s.mother_id = met.id or s.father_id = met.id) and s.birth_date < e.occurred_on)
    and exists (select from persons s where s.county_code = $1 and s.birth_date >= e.occurred_on
      and (s.mother_id in (e.party_a, e.party_b) or s.father_id in (e.party_a, e.party_b))))
union all
select 'P03', id, id, hukou_division, '' from met
where certificate and living = 1 and ever = 1 and extract(year from age($2, youngest)) < 18 and stands
union all
select 'P04', id, g.guardian, hukou_division, '' from met
cross join lateral (select coalesce((select g.id from persons g where g.county_code = $1 and g.id in (met.mother_id, met.father_id)
    and g.status in ('ACTIVE', 'SUSPECT_DUP') order by g.id = met.mother_id desc limit 1),
  (select r.adult_id from parentage_events r where r.county_code = $1 and r.child_id = met.id and r.kind in ('ADOPTIVE', 'GUARDIAN') and r.voided_at is null
    and (r.ended_on is null or r.ended_on > $2) limit 1)) as guardian) g
where birth_date >= '2022-01-01' and birth_date > $2::date - interval '3 years' and g.guardian is not null
union all
select 'P06', id, id, hukou_division, '' from met where special in ('DEATH', 'DISABILITY')
union all
select 'P07', id, id, hukou_division, special from met where special in ('DEATH', 'DISABILITY') and stands
union all
select 'P08', id, id, hukou_division, '' from met where special = 'DEATH' and stands
union all
select 'P10', id, id, hukou_division, '' from met where pension = 'RESIDENT' and age >= 60 and few
union all
select 'P12', id, id, hukou_division, '' from met where low_income and few and stands`
