import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { belonging } from '../households/members/service.ts'
import type { Changes, PersonState } from '../persons/state.ts'
import { findLeftHousehold, leaveHousehold, returnToHousehold } from './queries-households.ts'

type Leaving = {
  person: PersonState
  /** What she becomes. */
  status: string
  leftOn: CivilDate
  /** A move is taken back or set right: whoever left with it comes back into her household. */
  isTakenBack: boolean
  at: Date
}

/** Whoever leaves the county for good leaves her household; where that did not happen she belongs to it again. */
export async function householdFollows(
  tx: Transaction,
  access: Access,
  { person, status, leftOn, isTakenBack, at }: Leaving,
): Promise<Changes> {
  const [wasGone, isGone] = [person.status === 'MOVED_OUT', status === 'MOVED_OUT']
  if (isGone && person.householdId !== null) {
    await leaveHousehold(tx, access.county, [{ personId: person.id, on: leftOn }], at)
    return belonging(person, null, null, null)
  }
  if (!wasGone || isGone || !isTakenBack || person.householdId !== null) return {}
  const left = await findLeftHousehold(tx, access.county, person.id)
  const isHeaded = left?.relation === '0' && left.headPersonId !== null
  if (!left || isHeaded) return {}
  await returnToHousehold(tx, access.county, person.id, left, at)
  return belonging(person, left.householdId, left.relation, left.headBirthDate)
}
