import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { peopleOfCounty } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import type { PersonState } from '../state.ts'

/** Birth date of the head of her household, unless she is the head herself. */
export async function findHeadBirthDate(
  tx: Transaction,
  access: Access,
  person: PersonState,
): Promise<CivilDate | null> {
  if (person.householdId === null || person.relationToHead === '0') return null
  const text = `select p.birth_date as "birthDate" from households h
  join persons p on p.county_code = h.county_code and p.id = h.head_person_id where h.county_code = $1 and h.id = $2`
  const [head] = await ask<{ birthDate: CivilDate }>(tx, text, [access.county, person.householdId])
  return head?.birthDate ?? null
}

export async function findChildren(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<{ birthDate: CivilDate; isMother: boolean }[]> {
  const bound = new Bound()
  const parent = bound.bind(id)
  const text = `select p.birth_date as "birthDate", true as "isMother" from persons p where ${peopleOfCounty(bound, access, 'p')} and p.mother_id = ${parent}
  union all select p.birth_date, false from persons p where ${peopleOfCounty(bound, access, 'p')} and p.father_id = ${parent}`
  return await ask(tx, text, bound.values)
}

type Overtaken = { personId: string; fields: readonly string[]; reason: string; at: Date }

/** Voids the corrections of which nothing is left; answers the latest, which the new one replaces. */
export async function voidOvertaken(
  tx: Transaction,
  access: Access,
  { personId, fields, reason, at }: Overtaken,
): Promise<string | null> {
  const text = `update person_facts set voided_at = $3, voided_by = $4, void_reason = $5
  where county_code = $1 and person_id = $2 and kind = 'corrected' and voided_at is null
    and array(select jsonb_object_keys(after)) <@ ($6::text[] || '{findings}') returning id, recorded_at as "recordedAt"`
  const voided = await ask<{ id: string; recordedAt: Date }>(tx, text, [
    access.county,
    personId,
    at,
    access.actorId,
    reason,
    fields,
  ])
  return voided.sort((a, b) => b.recordedAt.getTime() - a.recordedAt.getTime())[0]?.id ?? null
}
