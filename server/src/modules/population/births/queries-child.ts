import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** Whether anything but her birth, as it was told and set right, and her household is known of a person. */
export async function hasOtherFacts(
  tx: Transaction,
  access: Access,
  personId: Id,
  birthId: Id,
): Promise<boolean> {
  const own = 'county_code = $1 and voided_at is null'
  const text = `select exists (select from deaths where ${own} and person_id = $2)
    or exists (select from marriage_events where ${own} and (party_a = $2 or party_b = $2))
    or exists (select from migration_events where ${own} and person_id = $2)
    or exists (select from parentage_events where ${own} and (child_id = $2 or adult_id = $2))
    or exists (select from childcare_enrolments where ${own} and child_id = $2)
    or exists (select from pregnancies where county_code = $1 and woman_id = $2)
    or exists (select from births where ${own} and id <> $3 and (child_id = $2 or mother_id = $2 or father_id = $2))
    or exists (select from persons where county_code = $1 and (mother_id = $2 or father_id = $2))
    or exists (select from person_facts f where ${own} and person_id = $2 and kind not in ('born', 'household')
      and not exists (select from births b where b.county_code = $1 and b.child_id = $2 and b.recorded_at = f.recorded_at))
    or (select count(*) from residence_episodes where ${own} and person_id = $2) > 1 as "isKnown"`
  const [row] = await ask<{ isKnown: boolean }>(tx, text, [access.county, personId, birthId])
  return row!.isKnown
}

/** The child whom this birth, or the one it corrected, registered with it. */
export async function wasRegisteredWith(tx: Transaction, access: Access, childId: Id): Promise<boolean> {
  const text = `select exists (select from births b where b.county_code = $1 and b.child_id = $2 and b.recorded_at = p.recorded_at) as "isSo"
  from persons p where p.county_code = $1 and p.id = $2`
  const [row] = await ask<{ isSo: boolean }>(tx, text, [access.county, childId])
  return row?.isSo ?? false
}

export async function endHousehold(
  tx: Transaction,
  access: Access,
  personId: Id,
  reason: string,
  at: Date,
): Promise<void> {
  const text = `update household_members set voided_at = $3, voided_by = $4, void_reason = $5
  where county_code = $1 and person_id = $2 and voided_at is null and to_on is null`
  await ask(tx, text, [access.county, personId, at, access.actorId, reason])
}
