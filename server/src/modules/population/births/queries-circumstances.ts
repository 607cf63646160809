import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { householdsOfCounty, peopleByKey, peopleOfCounty, withinArea } from '../area.ts'
import { ask, Bound } from '../../../database/statements.ts'
import type { Sibling } from './rules.ts'

/** A parent or child as she was on a day. */
export type PersonThen = {
  id: Id
  name: string
  sex: string
  birthDate: CivilDate
  diedOn: CivilDate | null
  ethnicity: string | null
  /** Where she lived and was registered on that day. */
  residence: DivisionCode
  residenceStatus: string
  hukou: DivisionCode
  /** Which of the two are divisions still today. */
  openPlaces: { code: DivisionCode; name: string }[]
  motherId: Id | null
  /** The birth that already names her as its child; asked of the child alone. */
  birthId: Id | null
  household: { id: Id; number: string; headBirthDate: CivilDate | null; relation: string | null } | null
}

/** Where somebody was registered on a day: walked back from the present over the hukou moves since. */
export function hukouOn(county: string, on: string): string {
  return `coalesce((select m.from_division from migration_events m where m.county_code = ${county} and m.person_id = p.id
    and m.voided_at is null and m.kind in ('HUKOU_IN', 'HUKOU_OUT') and m.occurred_on > ${on}::date
    order by m.occurred_on, m.recorded_at limit 1), p.hukou_division)`
}

/** The episode of a person that covers a day; looked for only where she moved since, if the caller knows the others. */
export function stayOn(county: string, on: string, { onlyMoved = false } = {}): string {
  const asked = onlyMoved ? `p.residence_since > ${on}::date and ` : ''
  return `select e.division_code, e.status from residence_episodes e where ${asked}e.county_code = ${county} and e.person_id = p.id
    and e.voided_at is null and (e.from_on is null or e.from_on <= ${on}::date) and (e.to_on is null or e.to_on > ${on}::date) limit 1`
}

export async function findPeopleThen(
  tx: Asking,
  access: Access,
  { childId, parents, on }: { childId: Id | null; parents: readonly (Id | null)[]; on: CivilDate },
): Promise<Map<Id, PersonThen>> {
  const ids = [childId, ...parents].filter((id) => id !== null)
  if (ids.length === 0) return new Map()
  const bound = new Bound()
  const county = bound.bind(access.county)
  const day = bound.bind(on)
  const text = `select p.id, p.name, p.sex, p.birth_date as "birthDate", p.ethnicity, p.mother_id as "motherId",
    d.occurred_on as "diedOn", ${childId ? 'b.id' : 'null::uuid'} as "birthId", coalesce(stay.division_code, p.residence_division) as residence,
    coalesce(stay.status, p.residence_status) as "residenceStatus", ${hukouOn(county, day)} as hukou,
    case when h.id is not null then jsonb_build_object('id', h.id, 'number', h.number, 'relation', p.relation_to_head,
      'headBirthDate', (select o.birth_date from persons o where o.county_code = ${county} and o.id = h.head_person_id)) end as household
  from ${peopleByKey(county, bound.bind(ids), 'p')}
  left join deaths d on d.county_code = ${county} and d.person_id = p.id and d.voided_at is null
  ${childId ? `left join births b on b.county_code = ${county} and b.child_id = p.id and b.voided_at is null` : ''}
  left join households h on h.id = p.household_id and ${householdsOfCounty(bound, access, 'h')}
  left join lateral (${stayOn(county, day)}) stay on true
  where ${withinArea(bound, access, 'p')} and p.status not in ('MERGED', 'ARCHIVED')`
  // Apart, so that what was asked for above is not asked again.
  const withPlaces = `select found.*, (select coalesce(json_agg(json_build_object('code', v.code, 'name', v.name)), '[]') from divisions v
    where v.code in (found.residence, found.hukou) and v.valid_to is null) as "openPlaces"
  from (${text} offset 0) found`
  const people = await ask<PersonThen>(tx, withPlaces, bound.values)
  return new Map(people.map((person) => [person.id, person]))
}

export type KnownSibling = Sibling & { birthId: Id | null; childId: Id | null }

/** The mother's other children: births, and children whom the register knows without one. */
export async function findSiblings(tx: Asking, access: Access, motherId: Id | null): Promise<KnownSibling[]> {
  if (motherId === null) return []
  const bound = new Bound()
  const county = bound.bind(access.county)
  const mother = bound.bind(motherId)
  const text = `select b.id as "birthId", b.child_id as "childId", b.occurred_on as "occurredOn", b.sequence, b.plurality,
    b.order_of_mother as "order", b.outcome = 'LIVE' as "isLive"
  from births b where b.county_code = ${county} and b.mother_id = ${mother} and b.voided_at is null
  union all
  select null, p.id, p.birth_date, 1, null, null, true from persons p
  where ${peopleOfCounty(bound, access, 'p')} and p.mother_id = ${mother} and p.status not in ('MERGED', 'ARCHIVED')
    and not exists (select from births b where b.county_code = ${county} and b.child_id = p.id and b.voided_at is null)`
  return await ask(tx, text, bound.values)
}

type References = {
  facilityId: Id | null
  pregnancyId: Id | null
  motherId: Id | null
  certificateNumber: string | null
}

/** Whether what a birth refers to is there, and its certificate not yet used for another. Its pregnancy is held: nobody voids it meanwhile. */
export async function findReferences(
  tx: Asking,
  access: Access,
  { facilityId, pregnancyId, motherId, certificateNumber }: References,
  selfId: Id | null,
): Promise<{ hasFacility: boolean; hasPregnancy: boolean; isCertificateUsed: boolean }> {
  if (!facilityId && !pregnancyId && !certificateNumber)
    return { hasFacility: true, hasPregnancy: true, isCertificateUsed: false }
  const text = `select $2::uuid is null or exists (select from organisations o where o.id = $2) as "hasFacility",
    $3::uuid is null or exists (select from pregnancies g where g.county_code = $1 and g.id = $3 and g.woman_id = $4
      and g.voided_at is null for no key update) as "hasPregnancy",
    exists (select from births b where b.county_code = $1 and b.certificate_number = $5 and b.voided_at is null
      and b.id is distinct from $6::uuid) as "isCertificateUsed"`
  const [row] = await ask<Awaited<ReturnType<typeof findReferences>>>(tx, text, [
    access.county,
    facilityId,
    pregnancyId,
    motherId,
    certificateNumber,
    selfId,
  ])
  return row!
}
