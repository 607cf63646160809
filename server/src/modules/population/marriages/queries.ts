import type { listMarriages } from '@youyu/shared/population/marriages'
import type { MarriageEvent, MarriageOrder, Source } from '@youyu/shared/population/value-sets'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { partsInside, peopleOfCounty, within } from '../area.ts'
import { sourceOf } from '../persons/queries-changes.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

/** A marriage event as the register keeps it. */
export type MarriageFacts = {
  event: MarriageEvent
  occurredOn: CivilDate
  partyA: Id
  partyB: Id | null
  partyBName: string | null
  orderA: MarriageOrder | null
  orderB: MarriageOrder | null
  ageA: number
  ageB: number | null
  sexA: string
  sexB: string | null
  certificateNumber: string | null
  registryId: Id | null
  divisionA: DivisionCode
  divisionB: DivisionCode | null
  findings: string[]
}
const factColumns = {
  event: 'event',
  occurredOn: 'occurred_on',
  partyA: 'party_a',
  partyB: 'party_b',
  partyBName: 'party_b_name',
  orderA: 'order_a',
  orderB: 'order_b',
  ageA: 'age_a',
  ageB: 'age_b',
  sexA: 'sex_a',
  sexB: 'sex_b',
  certificateNumber: 'certificate_number',
  registryId: 'registry_id',
  divisionA: 'division_a',
  divisionB: 'division_b',
  findings: 'findings',
} as const satisfies Record<keyof MarriageFacts, string>
const facts = Object.keys(factColumns) as (keyof MarriageFacts)[]
const columns = facts.map((fact) => factColumns[fact])
const spelled = facts.map((fact) => `e.${factColumns[fact]} as "${fact}"`).join(', ')

export type KeptMarriage = MarriageFacts & { id: Id; recordedAt: Date; voidedAt: Date | null }
export type ListedMarriage = KeptMarriage & {
  nameA: string | null
  nameB: string | null
  placeA: string | null
  placeB: string | null
}
export type ReadMarriage = ListedMarriage & {
  recordedBy: string | null
  source: Source
  voidReason: string | null
  replaces: Id | null
  replacedBy: Id | null
}

/** The first gate: events of people who lived in the area on the day, or are in it. */
function marriagesOfCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and (${within(bound, `${alias}.division_a`, access.prefixes)}
    or ${within(bound, `${alias}.division_b`, access.prefixes)} or exists (select from persons p
      where ${peopleOfCounty(bound, access, 'p')} and p.id in (${alias}.party_a, ${alias}.party_b)))`
}

const kept = `e.id, e.recorded_at as "recordedAt", e.voided_at as "voidedAt", ${spelled}`
const aroundColumns = `a.name as "nameA", coalesce(b.name, e.party_b_name) as "nameB", da.name as "placeA", db.name as "placeB"`
function around(bound: Bound, access: Access): string {
  return `left join persons a on a.id = e.party_a and ${peopleOfCounty(bound, access, 'a')}
  left join persons b on b.id = e.party_b and ${peopleOfCounty(bound, access, 'b')}
  left join divisions da on da.code = e.division_a and da.valid_to is null
  left join divisions db on db.code = e.division_b and db.valid_to is null`
}

export async function findMarriage(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<ReadMarriage | undefined> {
  const bound = new Bound()
  const text = `select ${kept}, ${aroundColumns}, e.source, e.void_reason as "voidReason", e.replaces,
    coalesce(u.display_name, c.name) as "recordedBy",
    (select n.id from marriage_events n where n.county_code = e.county_code and n.replaces = e.id limit 1) as "replacedBy"
  from marriage_events e ${around(bound, access)}
  left join users u on u.id = e.recorded_by left join api_clients c on c.id = e.recorded_by
  where ${marriagesOfCounty(bound, access, 'e')} and e.id = ${bound.bind(id)}`
  const [marriage] = await ask<ReadMarriage>(tx, text, bound.values)
  return marriage
}

/** An event that is to be corrected or voided: nobody else does so meanwhile. */
export async function lockMarriage(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<KeptMarriage | undefined> {
  const bound = new Bound()
  const text = `select ${kept} from marriage_events e
  where ${marriagesOfCounty(bound, access, 'e')} and e.id = ${bound.bind(id)} for no key update of e`
  const [marriage] = await ask<KeptMarriage>(tx, text, bound.values)
  return marriage
}

type Filter = Omit<z.output<(typeof listMarriages)['schema']['querystring']>, 'limit' | 'cursor'>
type ListQuestion = { filter: Filter; after: readonly [string, string] | null; limit: number }

/** Events that the area counts, the latest first: disjoint branches that each have an index. */
export async function selectMarriages(
  tx: Transaction,
  access: Access,
  { filter, after, limit }: ListQuestion,
): Promise<ListedMarriage[]> {
  const bound = new Bound()
  const conditions = [`e.county_code = ${bound.bind(access.county)}`, ...conditionsOf(bound, filter)]
  if (after)
    conditions.push(`(e.occurred_on, e.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = `order by e.occurred_on desc, e.id desc limit ${pageLimit(limit)}`
  const branches = placesOf(bound, access, filter.division).map(
    (place) =>
      `(select e.* from marriage_events e where ${[...conditions, ...place].join(' and ')} ${inOrder})`,
  )
  const text = `select ${kept}, ${aroundColumns} from (${branches.join(' union all ')}) e ${around(bound, access)} ${inOrder}`
  return await ask(tx, text, bound.values)
}

function placesOf(bound: Bound, access: Access, division: DivisionCode | undefined): string[][] {
  if (!division && access.prefixes.some((prefix) => prefix.length <= 6)) return [[]]
  const parts = division ? partsInside(access.prefixes, prefixOf(division)) : access.prefixes
  const isA = within(bound, 'e.division_a', parts)
  return [[isA], [within(bound, 'e.division_b', parts), `not ${isA}`]]
}

function conditionsOf(bound: Bound, { from, to, event, order, voided }: Filter): string[] {
  const asked = order && bound.bind(order)
  return [
    `e.voided_at is ${voided ? 'not ' : ''}null`,
    from && `e.occurred_on >= ${bound.bind(from)}::date`,
    to && `e.occurred_on <= ${bound.bind(to)}::date`,
    event && `e.event = ${bound.bind(event)}`,
    asked && `(e.order_a = ${asked} or e.order_b = ${asked})`,
  ].filter((condition) => typeof condition === 'string')
}

/** What holds of the marriages of these people and of everybody they were married to. */
export async function findCircle(
  tx: Transaction,
  county: number,
  people: readonly Id[],
): Promise<KeptMarriage[]> {
  const text = `with mine as (
    select party_a, party_b from marriage_events where county_code = $1 and party_a = any($2::uuid[]) and voided_at is null
    union select party_a, party_b from marriage_events where county_code = $1 and party_b = any($2::uuid[]) and voided_at is null
  ), circle as (select party_a as id from mine union select party_b from mine where party_b is not null)
  select ${kept} from marriage_events e join circle on e.party_a = circle.id where e.county_code = $1 and e.voided_at is null
  union select ${kept} from marriage_events e join circle on e.party_b = circle.id where e.county_code = $1 and e.voided_at is null`
  return await ask(tx, text, [county, people])
}

export type KnownParty = {
  id: Id
  /** Marital status before any event, and since when the register knows her. */
  status: string | null
  asOf: CivilDate
  diedOn: CivilDate | null
  /** Where she lived on the day. */
  division: DivisionCode
}

export async function findParties(
  tx: Transaction,
  county: number,
  people: readonly Id[],
  day: CivilDate,
): Promise<Map<Id, KnownParty>> {
  const text = `select p.id, case when f.before is null then p.marital_status else f.before ->> 'maritalStatus' end as status,
    (p.recorded_at at time zone 'Asia/Shanghai')::date as "asOf", d.occurred_on as "diedOn", coalesce(e.division_code, p.residence_division) as division
  from persons p
  left join lateral (select f.before from person_facts f where f.county_code = p.county_code and f.person_id = p.id
    and f.kind = 'married' and f.before ? 'maritalStatus' order by f.recorded_at, f.id limit 1) f on true
  left join deaths d on d.county_code = p.county_code and d.person_id = p.id and d.voided_at is null
  left join residence_episodes e on e.county_code = p.county_code and e.person_id = p.id and e.voided_at is null
    and daterange(e.from_on, e.to_on) @> $3::date
  where p.county_code = $1 and p.id = any($2::uuid[])`
  const parties = await ask<KnownParty>(tx, text, [county, people, day])
  return new Map(parties.map((party) => [party.id, party]))
}

export async function hasOrganisation(tx: Transaction, id: Id): Promise<boolean> {
  const [row] = await ask<{ isThere: boolean }>(
    tx,
    'select exists (select from organisations where id = $1) as "isThere"',
    [id],
  )
  return row!.isThere
}

type NewEvent = { id: Id; said: MarriageFacts; replaces: Id | null; at: Date }

export async function insertMarriage(
  tx: Transaction,
  access: Access,
  { id, said, replaces, at }: NewEvent,
): Promise<void> {
  const bound = new Bound()
  const told = facts.map((fact) => said[fact])
  const cells = [access.county, id, ...told, at, access.actorId, sourceOf(access), replaces]
  const text = `insert into marriage_events (county_code, id, ${columns.join(', ')}, recorded_at, recorded_by, source, replaces)
  values (${cells.map((cell) => bound.bind(cell)).join(', ')})`
  await ask(tx, text, bound.values)
}

/** What follows from the other events: which marriage was the first, what does not fit together. */
export async function restateMarriage(
  tx: Transaction,
  county: number,
  id: Id,
  { orderA, orderB, findings }: Pick<MarriageFacts, 'orderA' | 'orderB' | 'findings'>,
): Promise<void> {
  const text =
    'update marriage_events set order_a = $3, order_b = $4, findings = $5 where county_code = $1 and id = $2'
  await ask(tx, text, [county, id, orderA, orderB, findings])
}
