import type { CivilDate, Id } from '@youyu/shared/values'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import type { RelationCode } from '../households/rules.ts'

/** People who leave the county for good leave their households on the day; a household may stay without a head. */
export async function leaveHousehold(
  tx: Transaction,
  county: number,
  leavers: readonly { personId: Id; on: CivilDate }[],
  at: Date,
): Promise<void> {
  const text = `with ended as (
    update household_members m set to_on = greatest(x.day, m.from_on) from unnest($2::uuid[], $3::date[]) x (id, day)
    where m.county_code = $1 and m.person_id = x.id and m.to_on is null and m.voided_at is null
    returning m.household_id, m.person_id)
  update households h set head_person_id = null, updated_at = $4, version = h.version + 1 from ended
  where h.county_code = $1 and h.id = ended.household_id and h.head_person_id = ended.person_id`
  await ask(tx, text, [county, leavers.map(({ personId }) => personId), leavers.map(({ on }) => on), at])
}

type LeftHousehold = {
  membershipId: Id
  householdId: Id
  relation: RelationCode
  headPersonId: Id | null
  headBirthDate: CivilDate | null
}

/** The household that a person belonged to until she left the county. */
export async function findLeftHousehold(
  tx: Transaction,
  county: number,
  personId: string,
): Promise<LeftHousehold | undefined> {
  const text = `select m.id as "membershipId", m.household_id as "householdId", m.relation, h.head_person_id as "headPersonId",
    q.birth_date as "headBirthDate"
  from (select (f.before ->> 'householdId')::uuid as id from person_facts f where f.county_code = $1 and f.person_id = $2
    and f.kind in ('moved', 'hukou-moved') and f.voided_at is null and f.before ->> 'householdId' is not null
    order by f.recorded_at desc, f.id desc limit 1) left_with
  join households h on h.county_code = $1 and h.id = left_with.id
  join household_members m on m.county_code = $1 and m.household_id = h.id and m.person_id = $2 and m.voided_at is null and m.to_on is not null
  left join persons q on q.county_code = $1 and q.id = h.head_person_id
  order by m.to_on desc limit 1`
  const [left] = await ask<LeftHousehold>(tx, text, [county, personId])
  return left
}

export async function returnToHousehold(
  tx: Transaction,
  county: number,
  personId: string,
  { membershipId, householdId, relation }: LeftHousehold,
  at: Date,
): Promise<void> {
  await Promise.all([
    ask(tx, 'update household_members set to_on = null where county_code = $1 and id = $2', [
      county,
      membershipId,
    ]),
    relation === '0' &&
      ask(
        tx,
        `update households set head_person_id = $3, updated_at = $4, version = version + 1 where county_code = $1 and id = $2`,
        [county, householdId, personId, at],
      ),
  ])
}
