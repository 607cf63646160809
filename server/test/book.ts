import type { TestOffice } from './office.ts'

export type NetPosting = { village: string; day: string; kind: string; residence: number; registered: number }

/** What the book says of a person after everything that was taken back. */
export async function postingsOf(office: TestOffice, personId: string): Promise<NetPosting[]> {
  return await office.sql<NetPosting>(
    `select division_code as village, occurred_on::text as day, kind, sum(residence)::int as residence, sum(registered)::int as registered
     from population_postings where person_id = $1 group by division_code, occurred_on, kind
     having sum(residence) <> 0 or sum(registered) <> 0 order by occurred_on, division_code, kind`,
    [personId],
  )
}

/** Villages where the postings, or the months kept of them, differ from the people who live or are registered there. */
export async function bookDiffersFromFacts(office: TestOffice): Promise<unknown[]> {
  return await office.sql(
    `with alive as (select * from persons where status in ('ACTIVE', 'SUSPECT_DUP')),
     counted as (
       select e.division_code as village, count(*)::int as residence, 0 as registered
       from alive p join residence_episodes e on e.county_code = p.county_code and e.person_id = p.id and e.voided_at is null and e.to_on is null and e.status in ('1', '3', '4')
       where left(e.division_code, 6)::int = p.county_code group by 1
       union all
       select hukou_division, 0, count(*)::int from alive
       where residence_status <> '9' and left(hukou_division, 6)::int = county_code group by 1),
     facts as (select village, sum(residence)::int as residence, sum(registered)::int as registered from counted group by 1),
     posted as (select division_code as village, sum(residence)::int as residence, sum(registered)::int as registered
       from population_postings group by 1),
     kept as (select division_code as village, sum(residence)::int as residence, sum(registered)::int as registered
       from village_months group by 1)
     select village, facts.residence, facts.registered, posted.residence as posted, posted.registered as "postedRegistered",
       kept.residence as kept, kept.registered as "keptRegistered"
     from facts full join posted using (village) full join kept using (village)
     where (coalesce(facts.residence, 0), coalesce(facts.registered, 0)) <> (coalesce(posted.residence, 0), coalesce(posted.registered, 0))
       or (coalesce(posted.residence, 0), coalesce(posted.registered, 0)) <> (coalesce(kept.residence, 0), coalesce(kept.registered, 0))`,
  )
}

/** Every way in which the book could fail to close, each as a count of rows that should be none. */
export async function openEnds(office: TestOffice, county = 371121): Promise<Record<string, unknown>[]> {
  return await office.sql(
    `with postings as materialized (
       select * from population_postings where county_code = $1::int
     ), counted as (
       select m.day, r.* from (
         select distinct (date_trunc('month', day) + interval '1 month - 1 day')::date as day from (
           select unnest(array[from_on, to_on]) as day from residence_episodes union all
           select occurred_on from migration_events union all
           select occurred_on from person_facts union all
           select occurred_on from deaths union all
           select birth_date from persons union all
           select occurred_on from postings union all
           select current_date
         ) facts where day >= date '2016-01-01' union select date '2015-12-31') m,
         app.recount_people($1::int, $1::int::text, $1::int || ':', m.day) r
     ), booked as (
       select m.day, q.division_code as code, sum(q.residence)::int as residence, sum(q.registered)::int as registered
       from (select distinct day from counted) m join postings q on q.occurred_on <= m.day group by 1, 2
     )
     select 'closing' as book, c.day::text, coalesce(c.code, b.code) as code, c.residence, b.residence as booked, c.registered, b.registered as booked_hukou
     from counted c full join booked b on b.day = c.day and b.code = c.code
     where coalesce(c.residence, 0) <> coalesce(b.residence, 0) or coalesce(c.registered, 0) <> coalesce(b.registered, 0)
     union all
     select 'village months', coalesce(q.month, k.month)::text, coalesce(q.division_code, k.division_code), k.residence, q.residence, k.registered, q.registered
     from (select division_code, date_trunc('month', occurred_on)::date as month, kind, sum(residence)::int as residence, sum(registered)::int as registered
       from postings group by 1, 2, 3) q
     full join (select * from village_months where county_code = $1::int) k on k.division_code = q.division_code and k.month = q.month and k.kind = q.kind
     where (q.residence, q.registered) is distinct from (k.residence, k.registered)
     union all
     select 'structure', s.year::text, s.division_code, s.residence, q.residence, s.registered, q.registered
     from structures s left join lateral (
       select sum(residence)::int as residence, sum(registered)::int as registered from postings p
       where rpad(left(p.division_code, 9), 12, '0') = s.division_code and p.sex = s.sex and p.birth_month = s.birth_month
         and p.occurred_on < make_date(s.year, 1, 1)) q on true
     where s.county_code = $1::int and (coalesce(q.residence, 0), coalesce(q.registered, 0)) is distinct from (s.residence, s.registered)
     union all
     select 'present', null, coalesce(v.division_code, q.division_code), v.residents, q.residence, v.registered, q.registered
     from (select * from village_counts where county_code = $1::int) v full join (
       select division_code, sum(residence)::int as residence, sum(registered)::int as registered from postings group by 1) q using (division_code)
     where coalesce(v.residents, 0) <> coalesce(q.residence, 0) or coalesce(v.registered, 0) <> coalesce(q.registered, 0)
     limit 5`,
    [county],
  )
}
