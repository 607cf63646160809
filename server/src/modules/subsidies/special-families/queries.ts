import type { FamilyCoverage, SpecialFamily } from '@youyu/shared/subsidies/special-families'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import { prefixOf } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type FamilyRecord = Pick<
  SpecialFamily,
  | 'id'
  | 'number'
  | 'kind'
  | 'eventOn'
  | 'source'
  | 'identifiedOn'
  | 'firstVisitOn'
  | 'consentOn'
  | 'consentEvidence'
  | 'openedOn'
  | 'closedOn'
  | 'closeReason'
  | 'hasTownshipContact'
  | 'hasVillageContact'
  | 'withDoctor'
  | 'withChannel'
  | 'insured'
  | 'lastVisitOn'
  | 'version'
> & { divisionCode: DivisionCode; divisionName: string; names: string[]; state: SpecialFamily['state'] }

/** The first gate: families of the area. */
function ofArea(bound: Bound, access: Access): string {
  return `f.county_code = ${bound.bind(access.county)} and ${within(bound, 'f.division_code', access.prefixes)}`
}

/** The same of a contact: those that she was given, and no other. */
function ofContact(bound: Bound, access: Access): string {
  return `${ofArea(bound, access)} and exists (select from support_contacts mine where mine.county_code = ${bound.bind(access.county)}
    and mine.family_id = f.id and mine.user_id = ${bound.bind(access.actorId)} and mine.to_on is null)`
}

const state = `case when f.closed_on is not null then 'CLOSED' when f.consent_on is null then 'IDENTIFIED'
  when f.opened_on is null then 'CONSENTED' when not (c.township and c.village) then 'FILE_OPENED'
  when m.doctor > 0 and m.channel > 0 then 'IN_CARE' else 'CONTACTS_ASSIGNED' end`

const columns = `f.id, f.number, f.kind, f.event_on as "eventOn", f.division_code as "divisionCode", coalesce(d.name, f.division_code) as "divisionName",
  f.source, f.identified_on as "identifiedOn", f.first_visit_on as "firstVisitOn", f.consent_on as "consentOn", f.consent_evidence as "consentEvidence",
  f.opened_on as "openedOn", f.closed_on as "closedOn", f.close_reason as "closeReason", f.version, ${state} as state,
  c.township as "hasTownshipContact", c.village as "hasVillageContact", m.names, m.doctor as "withDoctor", m.channel as "withChannel", m.insured,
  v.last_on as "lastVisitOn"`

function joins(bound: Bound, access: Access, today: CivilDate): string {
  const county = bound.bind(access.county)
  const on = bound.bind(today)
  return `left join divisions d on d.code = f.division_code and d.valid_to is null
  cross join lateral (
    select coalesce(bool_or(t.tier = 'TOWNSHIP'), false) as township, coalesce(bool_or(t.tier = 'VILLAGE'), false) as village
    from support_contacts t where t.county_code = ${county} and t.family_id = f.id and t.to_on is null) c
  cross join lateral (
    select coalesce(array_agg(p.name order by x.joined_on, x.id), '{}') as names,
      count(*) filter (where exists (select from family_services s where s.county_code = ${county} and s.person_id = x.person_id and s.kind = 'FAMILY_DOCTOR' and s.to_on is null and not s.is_declined))::integer as doctor,
      count(*) filter (where exists (select from family_services s where s.county_code = ${county} and s.person_id = x.person_id and s.kind = 'GREEN_CHANNEL' and s.to_on is null and not s.is_declined))::integer as channel,
      count(*) filter (where exists (select from insured_persons i join insurance_policies o on o.county_code = ${county} and o.id = i.cover_id and o.voided_at is null
        where i.county_code = ${county} and i.person_id = x.person_id and ${on}::date between o.from_on and o.to_on))::integer as insured
    from family_members x join persons p on p.county_code = ${county} and p.id = x.person_id
    where x.county_code = ${county} and x.family_id = f.id and x.left_on is null) m
  cross join lateral (
    select max(w.visited_on) as last_on from family_visits w
    where w.county_code = ${county} and w.family_id = f.id and w.voided_at is null and w.outcome = 'MET') v`
}

export type Filter = {
  division?: DivisionCode | undefined
  kind?: string | undefined
  state?: string | undefined
  lacking?: 'CONTACT' | 'DOCTOR' | 'CHANNEL' | 'INSURANCE' | 'VISIT' | undefined
  q?: string | undefined
}

const lackings = {
  CONTACT: 'not (c.township and c.village)',
  DOCTOR: 'm.doctor < cardinality(m.names)',
  CHANNEL: 'm.channel < cardinality(m.names)',
  INSURANCE: 'm.insured < cardinality(m.names)',
} as const

export async function selectFamilies(
  tx: Transaction,
  access: Access,
  filter: Filter,
  today: CivilDate,
  after: readonly [string, string] | null,
  limit: number,
): Promise<FamilyRecord[]> {
  const bound = new Bound()
  const conditions = [ofArea(bound, access)]
  if (filter.division) conditions.push(within(bound, 'f.division_code', [prefixOf(filter.division)]))
  if (filter.kind) conditions.push(`f.kind = ${bound.bind(filter.kind)}`)
  if (filter.state) conditions.push(`${state} = ${bound.bind(filter.state)}`)
  if (filter.lacking)
    conditions.push(
      'f.closed_on is null',
      filter.lacking === 'VISIT'
        ? `coalesce(v.last_on, f.identified_on) < ${bound.bind(today)}::date - 31`
        : lackings[filter.lacking],
    )
  if (filter.q) {
    const q = bound.bind(filter.q)
    conditions.push(`(f.number = ${q} or exists (select from unnest(m.names) n where starts_with(n, ${q})))`)
  }
  if (after)
    conditions.push(`(f.division_code, f.id) > (${bound.bind(after[0])}, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from special_families f ${joins(bound, access, today)} where ${conditions.join(' and ')}
    order by f.division_code, f.id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findFamily(
  tx: Transaction,
  access: Access,
  id: Id,
  today: CivilDate,
): Promise<FamilyRecord | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from special_families f ${joins(bound, access, today)} where ${ofArea(bound, access)} and f.id = ${bound.bind(id)}`
  return (await ask<FamilyRecord>(tx, text, bound.values))[0]
}

export type MineRecord = FamilyRecord & {
  tier: 'TOWNSHIP' | 'VILLAGE'
  contactId: Id
  contactFrom: CivilDate
}

export async function selectMine(
  tx: Transaction,
  access: Access,
  today: CivilDate,
  id?: Id,
): Promise<MineRecord[]> {
  const bound = new Bound()
  const conditions = [ofContact(bound, access)]
  if (id) conditions.push(`f.id = ${bound.bind(id)}`)
  else conditions.push('f.closed_on is null')
  const text = `select ${columns}, h.tier, h.id as "contactId", h.from_on as "contactFrom" from special_families f ${joins(bound, access, today)}
    join support_contacts h on h.county_code = ${bound.bind(access.county)} and h.family_id = f.id and h.user_id = ${bound.bind(access.actorId)} and h.to_on is null
    where ${conditions.join(' and ')} order by v.last_on nulls first, f.id limit 500`
  return await ask(tx, text, bound.values)
}

export async function countReveals(tx: Transaction, access: Access, since: Date): Promise<number> {
  await ask(tx, 'select id from users where id = $1 for no key update', [access.actorId])
  const text = `select count(*)::int as reveals from access_log
    where county_code = $1 and actor_id = $2 and at >= $3 and action = 'reveal' and result = 'allowed'`
  const [row] = await ask<{ reveals: number }>(tx, text, [access.county, access.actorId, since])
  return row?.reveals ?? 0
}

type CoverageRow = Omit<FamilyCoverage, 'place'> & { code: DivisionCode; name: string | null }

/** Numbers by township of the families that are in anybody's care today. */
export async function selectCoverage(
  tx: Transaction,
  access: Access,
  today: CivilDate,
): Promise<CoverageRow[]> {
  const bound = new Bound()
  const joined = joins(bound, access, today)
  const on = bound.bind(today)
  const county = bound.bind(access.county)
  const text = `select left(f.division_code, 9) || '000' as code, t.name, count(*)::integer as families,
      count(*) filter (where c.township and c.village)::integer as "bothContacts",
      count(*) filter (where v.last_on >= ${on}::date - 31)::integer as visited,
      sum(cardinality(m.names))::integer as persons, sum(m.doctor)::integer as "withDoctor", sum(m.channel)::integer as "withChannel", sum(m.insured)::integer as insured,
      coalesce(sum(i.fen), 0)::bigint as "premiumFen"
    from special_families f ${joined}
    cross join lateral (
      select sum(n.premium_fen) as fen from family_members x
      join insured_persons n on n.county_code = ${county} and n.person_id = x.person_id
      join insurance_policies o on o.county_code = ${county} and o.id = n.cover_id and o.voided_at is null and ${on}::date between o.from_on and o.to_on
      where x.county_code = ${county} and x.family_id = f.id and x.left_on is null) i
    left join divisions t on t.code = left(f.division_code, 9) || '000' and t.valid_to is null
    where ${ofArea(bound, access)} and f.closed_on is null
    group by 1, 2 order by 1`
  return await ask(tx, text, bound.values)
}

export type Member = { familyId: Id; divisionCode: DivisionCode; kind: string; name: string }

/** The special family of the area that somebody belonged to on a day: from the day of the event on, however late it was found. */
export async function findMember(
  tx: Transaction,
  access: Access,
  personId: Id,
  on: CivilDate,
): Promise<Member | undefined> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const day = bound.bind(on)
  const text = `select f.id as "familyId", f.division_code as "divisionCode", f.kind, p.name
    from family_members x
    join special_families f on f.county_code = ${county} and f.id = x.family_id
    join persons p on p.county_code = ${county} and p.id = x.person_id
    where x.county_code = ${county} and x.person_id = ${bound.bind(personId)} and ${within(bound, 'f.division_code', access.prefixes)}
      and f.event_on <= ${day}::date and (x.left_on is null or x.left_on >= ${day}::date)
    order by f.event_on desc limit 1`
  return (await ask<Member>(tx, text, bound.values))[0]
}
