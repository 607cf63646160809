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
