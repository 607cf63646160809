import type { Death, listDeaths } from '@youyu/shared/population/deaths'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { peopleOfCounty, within } from '../area.ts'
import { placesCounting } from '../births/queries.ts'
import { hukouOn, stayOn } from '../births/queries-circumstances.ts'
import { sourceOf } from '../persons/queries-changes.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

export type DeathFacts = Pick<
  Death,
  'place' | 'certificateNumber' | 'maternal' | 'reporter' | 'sex' | 'findings'
> & {
  personId: Id
  occurredOn: CivilDate
  causeCipher: Buffer | null
  birthDate: CivilDate
  ageDays: number
  divisionCode: DivisionCode
  hukouDivision: DivisionCode
}

const factColumns = {
  personId: 'person_id',
  occurredOn: 'occurred_on',
  place: 'place',
  causeCipher: 'cause_cipher',
  certificateNumber: 'certificate_number',
  maternal: 'maternal',
  reporter: 'reporter',
  sex: 'sex',
  birthDate: 'birth_date',
  ageDays: 'age_days',
  divisionCode: 'division_code',
  hukouDivision: 'hukou_division',
  findings: 'findings',
} as const satisfies Record<keyof DeathFacts, string>
const facts = Object.keys(factColumns) as (keyof DeathFacts)[]
const columns = facts.map((fact) => factColumns[fact])
const told = facts
  .filter((fact) => fact !== 'causeCipher')
  .map((fact) => `d.${factColumns[fact]} as "${fact}"`)
  .join(', ')

export type ListedDeath = Omit<DeathFacts, 'causeCipher'> & {
  id: Id
  recordedAt: Date
  voidedAt: Date | null
  personName: string | null
  divisionName: string | null
  hukouName: string | null
}
export type ReadDeath = ListedDeath &
  Pick<Death, 'hasCause' | 'recordedBy' | 'source' | 'voidReason' | 'replaces' | 'replacedBy'>
export type StandingDeath = DeathFacts & {
  id: Id
  recordedAt: Date
  voidedAt: Date | null
  firstKnownAt: Date
}

/** The first gate: deaths counted in the area, or of people in it. */
function deathsOfCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and (${within(bound, `${alias}.division_code`, access.prefixes)}
    or ${within(bound, `${alias}.hukou_division`, access.prefixes)} or exists (select from persons p
      where ${peopleOfCounty(bound, access, 'p')} and p.id = ${alias}.person_id))`
}

const aroundColumns = 'o.name as "personName", r.name as "divisionName", k.name as "hukouName"'

function around(bound: Bound, access: Access): string {
  return `left join persons o on o.id = d.person_id and ${peopleOfCounty(bound, access, 'o')}
  left join divisions r on r.code = d.division_code and r.valid_to is null
  left join divisions k on k.code = d.hukou_division and k.valid_to is null`
}

export async function findDeath(tx: Transaction, access: Access, id: Id): Promise<ReadDeath | undefined> {
  const bound = new Bound()
  const text = `select d.id, d.recorded_at as "recordedAt", d.voided_at as "voidedAt", ${told}, ${aroundColumns},
    d.cause_cipher is not null as "hasCause", d.source, d.void_reason as "voidReason", d.replaces,
    coalesce(u.display_name, a.name) as "recordedBy",
    (select n.id from deaths n where n.county_code = d.county_code and n.person_id = d.person_id and n.replaces = d.id limit 1) as "replacedBy"
  from deaths d ${around(bound, access)}
  left join users u on u.id = d.recorded_by left join api_clients a on a.id = d.recorded_by
  where ${deathsOfCounty(bound, access, 'd')} and d.id = ${bound.bind(id)}`
  const [death] = await ask<ReadDeath>(tx, text, bound.values)
  return death
}

export type KeptCause = {
  causeCipher: Buffer | null
  divisionCode: DivisionCode
  hukouDivision: DivisionCode
}

export async function findCause(tx: Transaction, access: Access, id: Id): Promise<KeptCause | undefined> {
  const bound = new Bound()
  const text = `select d.cause_cipher as "causeCipher", d.division_code as "divisionCode", d.hukou_division as "hukouDivision"
  from deaths d where ${deathsOfCounty(bound, access, 'd')} and d.id = ${bound.bind(id)}`
  const [kept] = await ask<KeptCause>(tx, text, bound.values)
  return kept
}

/** A death that is to be corrected or voided: nobody else does so meanwhile. */
export async function lockDeath(tx: Transaction, access: Access, id: Id): Promise<StandingDeath | undefined> {
  const bound = new Bound()
  const text = `select d.id, d.recorded_at as "recordedAt", d.voided_at as "voidedAt", ${told}, d.cause_cipher as "causeCipher", (
    with recursive earlier as (
      select d.replaces, d.recorded_at
      union all
      select e.replaces, e.recorded_at from earlier join deaths e on e.county_code = d.county_code and e.id = earlier.replaces
    ) select min(recorded_at) from earlier) as "firstKnownAt"
  from deaths d where ${deathsOfCounty(bound, access, 'd')} and d.id = ${bound.bind(id)} for no key update of d`
  const [death] = await ask<StandingDeath>(tx, text, bound.values)
  return death
}

export type DyingPerson = {
  /** Where she lived and was registered on the day. */
  residence: DivisionCode
  hukou: DivisionCode
  deathId: Id | null
  lastSeenOn: CivilDate | null
  hasLivingSpouse: boolean
}

/** What is known around a death on a day, of a person whom the caller has found inside the area. */
export async function findAround(
  tx: Transaction,
  access: Access,
  personId: Id,
  on: CivilDate,
): Promise<DyingPerson> {
  const bound = new Bound()
  const [county, person, day] = [bound.bind(access.county), bound.bind(personId), bound.bind(on)]
  const own = (alias: string) => `${alias}.county_code = ${county} and ${alias}.voided_at is null`
  const text = `select coalesce(stay.division_code, p.residence_division) as residence, ${hukouOn(county, day)} as hukou,
    (select d.id from deaths d where ${own('d')} and d.person_id = p.id) as "deathId",
    greatest(
      (select max(e.from_on) from residence_episodes e where ${own('e')} and e.person_id = p.id),
      (select max(m.occurred_on) from migration_events m where ${own('m')} and m.person_id = p.id),
      (select max(b.occurred_on) from births b where ${own('b')} and b.mother_id = p.id),
      (select max(w.occurred_on) from marriage_events w where ${own('w')} and (w.party_a = p.id or w.party_b = p.id) and w.event <> 'WIDOWED')
    ) as "lastSeenOn",
    coalesce((select w.event in ('MARRY', 'REMARRY') and exists (select from persons s where s.county_code = ${county}
        and s.id = case when w.party_a = p.id then w.party_b else w.party_a end and s.status in ('ACTIVE', 'SUSPECT_DUP', 'MOVED_OUT'))
      from marriage_events w where ${own('w')} and (w.party_a = p.id or w.party_b = p.id)
      order by w.occurred_on desc, w.recorded_at desc limit 1), false) as "hasLivingSpouse"
  from persons p left join lateral (${stayOn(county, day)}) stay on true
  where p.county_code = ${county} and p.id = ${person}`
  const [known] = await ask<DyingPerson>(tx, text, bound.values)
  return known!
}

type Filter = Omit<z.output<(typeof listDeaths)['schema']['querystring']>, 'limit' | 'cursor'>
type ListQuestion = { filter: Filter; after: readonly [string, string] | null; limit: number }

/** Deaths that the area counts, the latest first. */
export async function selectDeaths(
  tx: Transaction,
  access: Access,
  { filter, after, limit }: ListQuestion,
): Promise<ListedDeath[]> {
  const bound = new Bound()
  const conditions = [`d.county_code = ${bound.bind(access.county)}`, ...conditionsOf(bound, filter)]
  if (after)
    conditions.push(`(d.occurred_on, d.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = `order by d.occurred_on desc, d.id desc limit ${pageLimit(limit)}`
  const branches = placesCounting(bound, access, filter, 'd').map(
    (place) => `(select d.* from deaths d where ${[...conditions, ...place].join(' and ')} ${inOrder})`,
  )
  const text = `select d.id, d.recorded_at as "recordedAt", d.voided_at as "voidedAt", ${told}, ${aroundColumns}
  from (${branches.join(' union all ')}) d ${around(bound, access)} ${inOrder}`
  return await ask(tx, text, bound.values)
}

function conditionsOf(bound: Bound, { from, to, sex, infant, late, voided }: Filter): string[] {
  return [
    `d.voided_at is ${voided ? 'not ' : ''}null`,
    from && `d.occurred_on >= ${bound.bind(from)}::date`,
    to && `d.occurred_on <= ${bound.bind(to)}::date`,
    sex && `d.sex = ${bound.bind(sex)}`,
    infant !== undefined && `(d.occurred_on < d.birth_date + interval '1 year') = ${bound.bind(infant)}`,
    late !== undefined && `('LATE' = any(d.findings)) = ${bound.bind(late)}`,
  ].filter((condition) => typeof condition === 'string')
}

type NewDeath = { id: Id; facts: DeathFacts; replaces: Id | null; at: Date }

export async function insertDeath(
  tx: Transaction,
  access: Access,
  { id, facts: said, replaces, at }: NewDeath,
): Promise<void> {
  const bound = new Bound()
  const cells = [
    access.county,
    id,
    ...facts.map((fact) => said[fact]),
    at,
    access.actorId,
    sourceOf(access),
    replaces,
  ]
  const text = `insert into deaths (county_code, id, ${columns.join(', ')}, recorded_at, recorded_by, source, replaces)
  values (${cells.map((cell) => bound.bind(cell)).join(', ')})`
  await ask(tx, text, bound.values)
}

/** Voids what the death made of the person; answers what she was before. */
export async function endDeceased(
  tx: Transaction,
  access: Access,
  personId: Id,
  reason: string,
  at: Date,
): Promise<{ id: Id; status: string | null } | undefined> {
  const text = `update person_facts set voided_at = $3, voided_by = $4, void_reason = $5
  where county_code = $1 and person_id = $2 and kind = 'died' and voided_at is null returning id, before ->> 'status' as status`
  const [ended] = await ask<{ id: Id; status: string | null }>(tx, text, [
    access.county,
    personId,
    at,
    access.actorId,
    reason,
  ])
  return ended
}
