import type { listParentage } from '@youyu/shared/population/parentage'
import type { ParentageKind, Source } from '@youyu/shared/population/value-sets'
import { prefixOf, type CivilDate, type Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { partsInside, peopleOfCounty } from '../area.ts'
import { sourceOf } from '../persons/queries-changes.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import type { Adoption, Parents } from './rules.ts'

/** An adoption, step-parenthood or guardianship as the register keeps it. */
export type ParentageFacts = {
  childId: Id
  adultId: Id | null
  kind: ParentageKind
  occurredOn: CivilDate
  endedOn: CivilDate | null
  certificateNumber: string | null
  findings: string[]
}
export type KeptParentage = ParentageFacts & { id: Id; recordedAt: Date; voidedAt: Date | null }
export type ListedParentage = KeptParentage & {
  childName: string | null
  adultName: string | null
  childDivision: string | null
}
export type ReadParentage = ListedParentage & {
  recordedBy: string | null
  source: Source
  voidReason: string | null
  replaces: Id | null
  replacedBy: Id | null
}

/** The first gate: events of children and adults in the area. */
function parentageOfCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and exists (select from persons p
    where ${peopleOfCounty(bound, access, 'p')} and p.id in (${alias}.child_id, ${alias}.adult_id))`
}

const kept = `g.id, g.child_id as "childId", g.adult_id as "adultId", g.kind, g.occurred_on as "occurredOn", g.ended_on as "endedOn",
  g.certificate_number as "certificateNumber", g.findings, g.recorded_at as "recordedAt", g.voided_at as "voidedAt"`
const listed = `${kept}, c.name as "childName", a.name as "adultName", c.residence_division as "childDivision"`
const around = `left join persons c on c.county_code = g.county_code and c.id = g.child_id
  left join persons a on a.county_code = g.county_code and a.id = g.adult_id`

export async function findParentage(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<ReadParentage | undefined> {
  const bound = new Bound()
  const text = `select ${listed}, g.source, g.void_reason as "voidReason", g.replaces, coalesce(u.display_name, k.name) as "recordedBy",
    (select n.id from parentage_events n where n.county_code = g.county_code and n.child_id = g.child_id and n.replaces = g.id limit 1) as "replacedBy"
  from parentage_events g ${around}
  left join users u on u.id = g.recorded_by left join api_clients k on k.id = g.recorded_by
  where ${parentageOfCounty(bound, access, 'g')} and g.id = ${bound.bind(id)}`
  const [event] = await ask<ReadParentage>(tx, text, bound.values)
  return event
}

/** An event that is to be corrected or voided: nobody else does so meanwhile. */
export async function lockParentage(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<KeptParentage | undefined> {
  const bound = new Bound()
  const text = `select ${kept} from parentage_events g
  where ${parentageOfCounty(bound, access, 'g')} and g.id = ${bound.bind(id)} for no key update of g`
  const [event] = await ask<KeptParentage>(tx, text, bound.values)
  return event
}

type Filter = Omit<z.output<(typeof listParentage)['schema']['querystring']>, 'limit' | 'cursor'>
type ListQuestion = { filter: Filter; after: readonly [string, string] | null; limit: number }

/** Few events in a county: read by day, the latest first. */
export async function selectParentage(
  tx: Transaction,
  access: Access,
  { filter, after, limit }: ListQuestion,
): Promise<ListedParentage[]> {
  const bound = new Bound()
  const { division, from, to, kind, childId, adultId, voided } = filter
  const inDivision = division && {
    ...access,
    prefixes: partsInside(access.prefixes, prefixOf(division)),
  }
  const conditions = [
    parentageOfCounty(bound, access, 'g'),
    `g.voided_at is ${voided ? 'not ' : ''}null`,
    inDivision &&
      `exists (select from persons p where ${peopleOfCounty(bound, inDivision, 'p')} and p.id = g.child_id)`,
    from && `g.occurred_on >= ${bound.bind(from)}::date`,
    to && `g.occurred_on <= ${bound.bind(to)}::date`,
    kind && `g.kind = ${bound.bind(kind)}`,
    childId && `g.child_id = ${bound.bind(childId)}`,
    adultId && `g.adult_id = ${bound.bind(adultId)}`,
    after && `(g.occurred_on, g.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`,
  ].filter((condition) => typeof condition === 'string')
  const inOrder = `order by g.occurred_on desc, g.id desc limit ${pageLimit(limit)}`
  const text = `select ${listed} from (select g.* from parentage_events g where ${conditions.join(' and ')} ${inOrder}) g ${around} ${inOrder}`
  return await ask(tx, text, bound.values)
}

/** The events that hold of a child, with the sex of the adults. */
export async function findAdoptions(tx: Transaction, county: number, childId: Id): Promise<Adoption[]> {
  const text = `select g.id, g.kind, g.occurred_on as "occurredOn", g.ended_on as "endedOn", g.recorded_at as "recordedAt",
    g.adult_id as "adultId", a.sex as "adultSex" from parentage_events g
  join persons a on a.county_code = g.county_code and a.id = g.adult_id
  where g.county_code = $1 and g.child_id = $2 and g.voided_at is null`
  return await ask(tx, text, [county, childId])
}

/** The parents of birth: those whom the birth names, else those known before anybody was adopted. */
export async function findBirthParents(tx: Transaction, county: number, childId: Id): Promise<Parents> {
  const earliest = (field: 'motherId' | 'fatherId') =>
    `(select array[f.before ->> '${field}'] from person_facts f where f.county_code = p.county_code and f.person_id = p.id
      and f.kind = 'parentage' and f.before ? '${field}' order by f.recorded_at, f.id limit 1)`
  const text = `select case when b.id is not null then b.mother_id when m.kept is not null then m.kept[1]::uuid else p.mother_id end as "motherId",
    case when b.father_id is not null then b.father_id when f.kept is not null then f.kept[1]::uuid else p.father_id end as "fatherId"
  from persons p
  left join births b on b.county_code = p.county_code and b.child_id = p.id and b.voided_at is null
  left join lateral (select ${earliest('motherId')} as kept) m on true
  left join lateral (select ${earliest('fatherId')} as kept) f on true
  where p.county_code = $1 and p.id = $2`
  const [parents] = await ask<Parents>(tx, text, [county, childId])
  return parents ?? { motherId: null, fatherId: null }
}

export async function findDeathDays(
  tx: Transaction,
  county: number,
  people: readonly Id[],
): Promise<Map<Id, CivilDate>> {
  const text = `select person_id as id, occurred_on as day from deaths where county_code = $1 and person_id = any($2::uuid[]) and voided_at is null`
  const deaths = await ask<{ id: Id; day: CivilDate }>(tx, text, [county, people])
  return new Map(deaths.map(({ id, day }) => [id, day]))
}

export async function insertParentage(
  tx: Transaction,
  access: Access,
  { id, said, replaces, at }: { id: Id; said: ParentageFacts; replaces: Id | null; at: Date },
): Promise<void> {
  const { childId, adultId, kind, occurredOn, endedOn, certificateNumber, findings } = said
  const text = `insert into parentage_events (county_code, id, child_id, adult_id, kind, occurred_on, ended_on, certificate_number, findings,
    recorded_at, recorded_by, source, replaces) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
  await ask(tx, text, [
    ...[access.county, id, childId, adultId, kind, occurredOn, endedOn, certificateNumber, findings],
    ...[at, access.actorId, sourceOf(access), replaces],
  ])
}
