import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { Refused } from '../../../../refused.ts'
import { applyChange, findStates, lockPersons } from '../../persons/queries-changes.ts'
import { isRelationOdd } from '../../persons/rules.ts'
import { differing, findingsIn, type Changes, type PersonState } from '../../persons/state.ts'
import { findHouseholdState, lockHousehold, updateHousehold, type LockedHousehold } from '../queries.ts'
import {
  endMemberships,
  findHousemates,
  insertMemberships,
  type Membership,
  type NewMembership,
} from './queries.ts'
import type { RelationCode } from '../rules.ts'

/** What a change of households comes to: memberships that end and begin, people and households that change. */
export type Regrouping = {
  on: CivilDate
  ended: Membership[]
  begun: NewMembership[]
  people: { person: PersonState; changes: Changes }[]
  /** As they shall be. */
  households: LockedHousehold[]
}

export async function applyRegrouping(
  tx: Transaction,
  access: Access,
  { on, ended, begun, people, households }: Regrouping,
  reason: string | null,
  at: Date,
): Promise<void> {
  await Promise.all([
    endMemberships(
      tx,
      access,
      ended.map(({ id }) => id),
      on,
    ),
    insertMemberships(tx, access, begun, reason, at),
    ...people.map(({ person, changes }) =>
      applyChange(tx, access, { person, changes, kind: 'household', occurredOn: on, reason, at }),
    ),
    ...households.map((household) => updateHousehold(tx, access, household, at)),
  ])
}

/** What a person's own record says after she belongs to a household under a relation. */
export function belonging(
  person: PersonState,
  householdId: string | null,
  relation: RelationCode | null,
  headBirthDate: CivilDate | null,
): Changes {
  const others = findingsIn(person).filter((finding) => finding !== 'F7')
  const isOdd = isRelationOdd({ relationToHead: relation, birthDate: person.birthDate, headBirthDate })
  return differing(person, {
    householdId,
    relationToHead: relation,
    findings: [...others, ...(isOdd ? ['F7'] : [])].join(','),
  })
}

/** Nobody leaves before she came, and nothing is recorded for a day to come. */
export function refuseDay(on: CivilDate, today: CivilDate, memberships: readonly Membership[]): void {
  const tooEarly = memberships.some(({ from }) => from !== null && from > on)
  if (on > today || tooEarly) throw Refused.field('/on', 'invalid-date')
}

type Joining = {
  household: LockedHousehold
  personId: string
  relation: RelationCode
  on: CivilDate
  pointer: string
  isDry: boolean
}

/** A person joins a household and leaves the one she was in; a head leaves last. */
export async function joining(
  tx: Transaction,
  access: Access,
  { household, personId, relation, on, pointer, isDry }: Joining,
): Promise<Regrouping> {
  const headId = household.headPersonId
  const states = await (isDry ? findStates : lockPersons)(
    tx,
    access,
    headId ? [personId, headId] : [personId],
  )
  const person = states.get(personId)
  if (!person || person.status === 'MERGED') throw Refused.field(pointer, 'not-found')
  if (on < person.birthDate) throw Refused.field('/on', 'invalid-date')
  if (relation === '0' && headId) throw Refused.field('/relation', 'conflict')
  const mates = await findHousemates(tx, access, personId)
  const own = mates.find((mate) => mate.personId === personId)
  if (own?.householdId === household.id) throw new Refused('conflict')
  const left = own ? await leaving(tx, access, own, mates, isDry) : null
  const headBirthDate = relation === '0' ? null : (states.get(headId ?? '')?.birthDate ?? null)
  const joined = { ...household, headPersonId: relation === '0' ? personId : headId }
  if (own) refuseDay(on, on, [own])
  return {
    on,
    ended: own ? [own] : [],
    begun: [{ householdId: household.id, personId, relation, from: on }],
    people: [{ person, changes: belonging(person, household.id, relation, headBirthDate) }],
    households: left ? [left, joined] : [joined],
  }
}

/** The household that a person leaves, as it then is; null where the reader may not see it. */
async function leaving(
  tx: Transaction,
  access: Access,
  own: Membership,
  mates: readonly Membership[],
  isDry: boolean,
): Promise<LockedHousehold | null> {
  const household = await (isDry ? findHouseholdState : lockHousehold)(tx, access, own.householdId)
  if (!household) {
    if (own.relation === '0') throw new Refused('out-of-area')
    return null
  }
  if (household.headPersonId !== own.personId) return household
  if (mates.length > 1) throw new Refused('head-must-remain')
  return { ...household, headPersonId: null }
}
