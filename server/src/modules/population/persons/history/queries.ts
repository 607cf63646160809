import type { PersonFact, ResidenceEpisode } from '@youyu/shared/population/persons'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { householdsOfCounty, peopleOfCounty, personOfCounty } from '../../area.ts'
import { findPlacesThen } from '../../overview/queries.ts'
import { nameThen } from '../../then.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import type { KeptPerson } from '../person-row.ts'
import { findPerson } from '../queries.ts'

export type KeptFact = Omit<PersonFact, 'recordedAt' | 'voidedAt' | 'changes'> & {
  recordedAt: Date
  voidedAt: Date | null
  before: Record<string, string | null>
  after: Record<string, string | null>
}
export type KeptEpisode = Omit<ResidenceEpisode, 'division' | 'from' | 'recordedAt' | 'voidedAt'> & {
  divisionCode: string
  divisionName: string | null
  from: string | null
  recordedAt: Date
  voidedAt: Date | null
}

/**
 * The record and those merged into it: what was recorded of either was recorded of this person. Each is looked for by its
 * id: asked for beside the other, the planner walks through the whole county.
 */
function recordsOf(bound: Bound, access: Access, id: string): string {
  const person = bound.bind(id)
  const county = bound.bind(access.county)
  return `county_code = ${county} and person_id = any(array(
    select p.id from (
      select ${person}::uuid as id
      union select g.merged_id from person_merges g where g.county_code = ${county} and g.kept_id = ${person} and g.undone_at is null) named,
    lateral (select * from persons s where s.county_code = ${county} and s.id = named.id offset 0) p
    where ${personOfCounty(bound, access, 'p')}))`
}

const recorder = `left join users u on u.id = x.recorded_by left join api_clients c on c.id = x.recorded_by`
const recordedColumns = `x.recorded_at as "recordedAt", coalesce(u.display_name, c.name) as "recordedBy", x.source, x.voided_at as "voidedAt"`

export async function listFacts(tx: Transaction, access: Access, id: string): Promise<KeptFact[]> {
  const bound = new Bound()
  const text = `select x.id, x.kind, x.occurred_on as "occurredOn", x.reason, x.before, x.after, ${recordedColumns}
  from (select * from person_facts where ${recordsOf(bound, access, id)}
    union all
    select p.county_code, p.id, p.id, 'registered', null, '{}', '{}', null, p.recorded_at, p.recorded_by, p.source, p.source_ref, null, null, null, null
    from persons p where ${personOfCounty(bound, access, 'p')} and p.id = ${bound.bind(id)}) x ${recorder}
  order by x.recorded_at desc, x.id desc`
  return await ask(tx, text, bound.values)
}

export async function listEpisodes(tx: Transaction, access: Access, id: string): Promise<KeptEpisode[]> {
  const bound = new Bound()
  const text = `select x.id, x.division_code as "divisionCode", d.name as "divisionName", x.from_on as "from", x.to_on as "to", x.status, x.evidence,
    x.expected_return as "expectedReturn", x.void_reason as "voidReason", ${recordedColumns}
  from (select * from residence_episodes where ${recordsOf(bound, access, id)}) x
  left join divisions d on d.code = x.division_code and d.valid_to is null ${recorder}
  order by x.from_on desc nulls last, x.recorded_at desc, x.id desc`
  return await ask(tx, text, bound.values)
}

/** A person as the register knew her at a moment: what was recorded later is taken back. */
export async function personAsOf(
  tx: Transaction,
  access: Access,
  id: string,
  moment: Date,
): Promise<KeptPerson | undefined> {
  const later = `select before, recorded_at as "recordedAt" from person_facts where county_code = $1 and person_id = $2 order by recorded_at desc, id desc`
  const [person, facts] = await Promise.all([
    findPerson(tx, access, id),
    ask<{ before: Record<string, string | null>; recordedAt: Date }>(tx, later, [access.county, id]),
  ])
  if (!person || person.recordedAt > moment) return undefined
  const undone = facts.filter(({ recordedAt }) => recordedAt > moment)
  const before: Record<string, string | null> = Object.fromEntries(
    undone.flatMap((fact) => Object.entries(fact.before)),
  )
  const { findings, ...rest } = before
  const then: KeptPerson = {
    ...person,
    ...(rest as Partial<KeptPerson>),
    ...(typeof findings === 'string' && { findings: findings === '' ? [] : findings.split(',') }),
    updatedAt: facts[undone.length]?.recordedAt ?? person.recordedAt,
  }
  return await withNames(tx, access, then, person, moment)
}

/** Names of the places, the household and the parents as they were at that moment. */
async function withNames(
  tx: Transaction,
  access: Access,
  then: KeptPerson,
  now: KeptPerson,
  moment: Date,
): Promise<KeptPerson> {
  const bound = new Bound()
  const household = `select number from households h where ${householdsOfCounty(bound, access, 'h')} and h.id = ${bound.bind(then.householdId)}`
  const [places, parents, [found]] = await Promise.all([
    findPlacesThen(tx, [then.residenceDivision, then.hukouDivision], moment),
    findNamesThen(tx, access, [then.motherId, then.fatherId], moment),
    then.householdId === now.householdId
      ? [{ number: now.householdNumber }]
      : ask<{ number: string }>(tx, household, bound.values),
  ])
  return {
    ...then,
    residenceName: places.get(then.residenceDivision)?.name ?? null,
    hukouName: places.get(then.hukouDivision)?.name ?? null,
    householdNumber: found?.number ?? null,
    motherName: parents.get(then.motherId ?? '') ?? null,
    fatherName: parents.get(then.fatherId ?? '') ?? null,
  }
}

async function findNamesThen(
  tx: Transaction,
  access: Access,
  ids: readonly (string | null)[],
  moment: Date,
): Promise<Map<string, string>> {
  const bound = new Bound()
  const known = ids.filter((id) => id !== null)
  if (known.length === 0) return new Map()
  const name = nameThen('p', `${bound.bind(moment)}::timestamptz`)
  const text = `select p.id, ${name} as name from persons p where ${peopleOfCounty(bound, access, 'p')} and p.id = any(${bound.bind(known)}::uuid[])`
  const people = await ask<{ id: string; name: string }>(tx, text, bound.values)
  return new Map(people.map((person) => [person.id, person.name]))
}
