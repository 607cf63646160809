import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { sourceOf } from '../../persons/queries-changes.ts'
import { ask } from '../../../../database/statements.ts'
import type { RelationCode } from '../rules.ts'

export type Membership = {
  id: string
  householdId: string
  personId: string
  relation: RelationCode
  from: CivilDate | null
}

const columns =
  'm.id, m.household_id as "householdId", m.person_id as "personId", m.relation, m.from_on as "from"'
const present = 'm.to_on is null and m.voided_at is null'

/** Present members of a household whom the caller has found inside the area. */
export async function findPresentMembers(
  tx: Transaction,
  access: Access,
  householdId: string,
): Promise<Membership[]> {
  const text = `select ${columns} from household_members m where m.county_code = $1 and m.household_id = $2 and ${present} order by m.person_id`
  return await ask(tx, text, [access.county, householdId])
}

/** Present members of the household that a person belongs to, herself included. */
export async function findHousemates(
  tx: Transaction,
  access: Access,
  personId: string,
): Promise<Membership[]> {
  const text = `select ${columns} from household_members m where m.county_code = $1 and ${present} and m.household_id = (
    select o.household_id from household_members o where o.county_code = $1 and o.person_id = $2 and o.to_on is null and o.voided_at is null)`
  return await ask(tx, text, [access.county, personId])
}

export async function endMemberships(
  tx: Transaction,
  access: Access,
  ids: readonly string[],
  on: CivilDate,
): Promise<void> {
  if (ids.length === 0) return
  await ask(tx, 'update household_members set to_on = $3 where county_code = $1 and id = any($2::uuid[])', [
    access.county,
    ids,
    on,
  ])
}

export type NewMembership = {
  householdId: string
  personId: string
  relation: string
  from: CivilDate | null
}

export async function insertMemberships(
  tx: Transaction,
  access: Access,
  memberships: readonly NewMembership[],
  reason: string | null,
  at: Date,
): Promise<void> {
  if (memberships.length === 0) return
  const text = `insert into household_members (county_code, id, household_id, person_id, relation, from_on, reason, recorded_at, recorded_by, source)
  select $1, m.id, m.household, m.person, m.relation, m.from_on, $2, $3, $4, $5
  from unnest($6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::date[]) m (id, household, person, relation, from_on)`
  await ask(tx, text, [
    access.county,
    reason,
    at,
    access.actorId,
    sourceOf(access),
    memberships.map(() => newId(at.getTime())),
    memberships.map(({ householdId }) => householdId),
    memberships.map(({ personId }) => personId),
    memberships.map(({ relation }) => relation),
    memberships.map(({ from }) => from),
  ])
}
