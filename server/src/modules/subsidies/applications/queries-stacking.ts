import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import type { Held, Restriction } from './rules-stacking.ts'

/** What the county's table forbids, ends or requires. */
export async function selectRestrictions(
  tx: Transaction,
  { county }: Access,
  programmes: readonly string[],
): Promise<Restriction[]> {
  const text = `select first, first_level as "firstLevel", second, second_level as "secondLevel", verdict from app.stacking_of($1)
    where verdict <> 'ALLOW' and (first = any ($2::text[]) or second = any ($2::text[])) order by first, first_level, second, second_level`
  return await ask(tx, text, [county, programmes])
}

/**
 * Which of these programmes the subjects, and the other parents of their children, draw, were given in the year, or have
 * applied for; with the level that is to come where it is about to change.
 */
export async function selectHeld(
  tx: Transaction,
  { county }: Access,
  subjects: readonly Id[],
  programmes: readonly string[],
  on: CivilDate,
): Promise<(Held & { subjectId: Id })[]> {
  const text = `with people as materialized (
      select s.id as subject_id, s.id as person_id, true as is_own from unnest($2::uuid[]) as s (id)
      union
      select s.id, q.parent, false from unnest($2::uuid[]) as s (id)
      cross join lateral (
        select c.father_id as parent from persons c where c.county_code = $1 and c.mother_id = s.id and c.status <> 'MERGED'
        union
        select c.mother_id from persons c where c.county_code = $1 and c.father_id = s.id and c.status <> 'MERGED') q
      where q.parent is not null
    )
    select p.subject_id as "subjectId", p.is_own as "isOwn", h.programme, h.level, h.stands
    from people p cross join lateral (
      select b.programme, coalesce((select l.level from beneficiary_levels l where l.county_code = $1 and l.beneficiary_id = b.id
          and l.voided_at is null order by l.from_month desc limit 1), b.level) as level, true as stands
      from beneficiaries b
      where b.county_code = $1 and b.person_id = p.person_id and b.programme = any ($3::text[]) and b.state in ('ACTIVE', 'SUSPENDED')
      union all
      select e.programme, e.level, true from event_entitlements e
      where e.county_code = $1 and e.person_id = p.person_id and e.programme = any ($3::text[]) and e.voided_at is null
        and e.occurred_on >= date_trunc('year', $4::date)::date and e.occurred_on <= $4::date
      union all
      select a.programme, a.level, a.state = 'CONFIRMED' from applications a
      where a.county_code = $1 and a.subject_id = p.person_id and a.programme = any ($3::text[])
        and (a.state not in ('DRAFT', 'CONFIRMED', 'BENEFICIARY_ACTIVE', 'REJECTED', 'UPHELD', 'WITHDRAWN')
          or a.state = 'CONFIRMED' and a.decided_on >= date_trunc('year', $4::date)::date
            and not exists (select from beneficiaries b where b.county_code = $1 and b.application_id = a.id))) h`
  return await ask(tx, text, [county, subjects, programmes, on])
}

/** What is confirmed for whom, of these. */
export async function selectConfirmed(
  tx: Transaction,
  { county }: Access,
  ids: readonly Id[],
): Promise<{ subjectId: Id; programme: string; level: string }[]> {
  const text = `select subject_id as "subjectId", programme, coalesce(level, '') as level from applications
    where county_code = $1 and id = any ($2::uuid[])`
  return await ask(tx, text, [county, ids])
}

/** Two decisions about one person stand in a row. */
export async function lockSubjects(tx: Transaction, { county }: Access, ids: readonly Id[]): Promise<void> {
  const text = `select id from persons where county_code = $1 and id = any ($2::uuid[]) order by id for no key update`
  await ask(tx, text, [county, ids])
}
