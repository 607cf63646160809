import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { householdsOfCounty, peopleOfCounty } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import { sourceOf } from '../queries-changes.ts'
import type { Changes } from '../state.ts'
import type { CarriedEvents } from './queries-events.ts'

export type HeldMembership = {
  id: string
  householdId: string
  personId: string
  relation: string
  from: CivilDate | null
}
export type HouseholdHead = { id: string; headPersonId: string | null }
export type Child = { id: string; parent: 'motherId' | 'fatherId' }
export type Undo = {
  kept: Changes
  merged: Changes
  mergedVersion: number
  ended: HeldMembership[]
  begun: HeldMembership[]
  household: { id: string; headBefore: string | null; headAfter: string | null } | null
  children: Child[]
  events?: CarriedEvents
}
export type KeptMerge = {
  id: string
  keptId: string
  mergedId: string
  reason: string
  undo: Undo
  keptVersion: number
  recordedAt: Date
  undoneAt: Date | null
}

export async function findMemberships(
  tx: Transaction,
  access: Access,
  personIds: readonly string[],
): Promise<HeldMembership[]> {
  const text = `select id, household_id as "householdId", person_id as "personId", relation, from_on as "from" from household_members
  where county_code = $1 and person_id = any($2::uuid[]) and to_on is null and voided_at is null`
  return await ask(tx, text, [access.county, personIds])
}

export async function lockHeadOf(
  tx: Transaction,
  access: Access,
  householdId: string,
): Promise<HouseholdHead | undefined> {
  const bound = new Bound()
  const text = `select h.id, h.head_person_id as "headPersonId" from households h where ${householdsOfCounty(bound, access, 'h')} and h.id = ${bound.bind(householdId)} for no key update of h`
  const [household] = await ask<HouseholdHead>(tx, text, bound.values)
  return household
}

export async function findChildrenOf(tx: Transaction, access: Access, personId: string): Promise<Child[]> {
  const bound = new Bound()
  const parent = bound.bind(personId)
  const text = `select p.id, 'motherId' as parent from persons p where ${peopleOfCounty(bound, access, 'p')} and p.mother_id = ${parent}
  union all select p.id, 'fatherId' from persons p where ${peopleOfCounty(bound, access, 'p')} and p.father_id = ${parent}`
  return await ask(tx, text, bound.values)
}

type Adoption = {
  children: readonly Child[]
  from: string
  to: string
  kind: 'merged' | 'unmerged'
  reason: string
  at: Date
}

/** Children of one record become children of the other, each with its fact. */
export async function moveChildren(
  tx: Transaction,
  access: Access,
  { children, from, to, kind, reason, at }: Adoption,
): Promise<void> {
  const parents = [
    ['motherId', 'mother_id'],
    ['fatherId', 'father_id'],
  ] as const
  await Promise.all(
    parents.map(async ([parent, column]) => {
      const ids = children.filter((child) => child.parent === parent).map(({ id }) => id)
      if (ids.length === 0) return
      const text = `with child as (
        update persons set ${column} = $3, version = version + 1, updated_at = $4
        where county_code = $1 and id = any($5::uuid[]) and ${column} = $2 returning id)
      insert into person_facts (county_code, id, person_id, kind, before, after, reason, recorded_at, recorded_by, source)
      select $1, app.derived_id(child.id::text || $10::text), child.id, $6, jsonb_build_object($7::text, $2::uuid), jsonb_build_object($7::text, $3::uuid), $8, $4, $9, $11 from child`
      await ask(tx, text, [
        access.county,
        from,
        to,
        at,
        ids,
        kind,
        parent,
        reason,
        access.actorId,
        newId(at.getTime()),
        sourceOf(access),
      ])
    }),
  )
}

export async function voidMemberships(
  tx: Transaction,
  access: Access,
  memberships: readonly HeldMembership[],
  reason: string,
  at: Date,
): Promise<void> {
  if (memberships.length === 0) return
  const text =
    'update household_members set voided_at = $3, voided_by = $4, void_reason = $5 where county_code = $1 and id = any($2::uuid[])'
  await ask(tx, text, [access.county, memberships.map(({ id }) => id), at, access.actorId, reason])
}

export async function insertMembershipsOf(
  tx: Transaction,
  access: Access,
  memberships: readonly HeldMembership[],
  reason: string,
  at: Date,
): Promise<void> {
  if (memberships.length === 0) return
  const text = `insert into household_members (county_code, id, household_id, person_id, relation, from_on, reason, recorded_at, recorded_by, source)
  select $1, m.id, m.household, m.person, m.relation, m.from_on, $2, $3, $4, $5
  from unnest($6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::date[]) m (id, household, person, relation, from_on)`
  const columns = (['id', 'householdId', 'personId', 'relation', 'from'] as const).map((column) =>
    memberships.map((each) => each[column]),
  )
  await ask(tx, text, [access.county, reason, at, access.actorId, sourceOf(access), ...columns])
}

type NewMerge = Omit<KeptMerge, 'recordedAt' | 'undoneAt'> & { at: Date }

export async function insertMerge(tx: Transaction, access: Access, merge: NewMerge): Promise<void> {
  const text = `insert into person_merges (county_code, id, kept_id, merged_id, reason, undo, kept_version, recorded_at, recorded_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
  const { id, keptId, mergedId, reason, undo, keptVersion, at } = merge
  await ask(tx, text, [
    access.county,
    id,
    keptId,
    mergedId,
    reason,
    JSON.stringify(undo),
    keptVersion,
    at,
    access.actorId,
  ])
}

const mergeColumns = `g.id, g.kept_id as "keptId", g.merged_id as "mergedId", g.reason, g.undo, g.kept_version as "keptVersion",
  g.recorded_at as "recordedAt", g.undone_at as "undoneAt"`

function mergesOfCounty(bound: Bound, access: Access): string {
  return `g.county_code = ${bound.bind(access.county)} and exists (
    select from persons p where ${peopleOfCounty(bound, access, 'p')} and p.id = g.kept_id)`
}

export async function findMerge(
  tx: Transaction,
  access: Access,
  id: string,
  lock: '' | 'for no key update of g' = '',
): Promise<KeptMerge | undefined> {
  const bound = new Bound()
  const text = `select ${mergeColumns} from person_merges g where ${mergesOfCounty(bound, access)} and g.id = ${bound.bind(id)} ${lock}`
  const [merge] = await ask<KeptMerge>(tx, text, bound.values)
  return merge
}

export async function listMergesOf(tx: Transaction, access: Access, personId: string): Promise<KeptMerge[]> {
  const bound = new Bound()
  const person = bound.bind(personId)
  const text = `select ${mergeColumns} from person_merges g where ${mergesOfCounty(bound, access)} and (g.kept_id = ${person} or g.merged_id = ${person}) order by g.recorded_at desc`
  return await ask(tx, text, bound.values)
}

/** Marks a merge as taken back; answers whether it still stood. */
export async function endMerge(
  tx: Transaction,
  access: Access,
  id: string,
  reason: string,
  at: Date,
): Promise<boolean> {
  const text = `update person_merges set undone_at = $3, undone_by = $4, undo_reason = $5 where county_code = $1 and id = $2 and undone_at is null returning id`
  return (await ask(tx, text, [access.county, id, at, access.actorId, reason])).length > 0
}

/** Her care goes where she goes, or comes back; nothing of it is told here (E8). After everything else of the change. */
export async function moveCare(
  tx: Transaction,
  access: Access,
  merge: 'merge_care' | 'unmerge_care',
  id: string,
  at: Date,
): Promise<void> {
  const values = [access.county, id, at, access.actorId]
  await ask(tx, `select app.${merge}($1, $2::uuid, $3, $4::uuid)`, values)
  const chains = merge === 'merge_care' ? 'merge_chains' : 'unmerge_chains'
  await ask(tx, `select app.${chains}($1, $2::uuid, $3, $4::uuid)`, values)
}
