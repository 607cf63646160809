import type { Changes, PersonState } from '../state.ts'
import type { HeldMembership, HouseholdHead } from './queries.ts'

export type Homes = {
  ended: HeldMembership[]
  begun: HeldMembership[]
  household: { id: string; headBefore: string | null; headAfter: string | null } | null
  changes: Changes
}

type Known = {
  kept: PersonState
  merged: PersonState
  memberships: readonly HeldMembership[]
  /** Of the record that goes, if the reader may see it. */
  household: HouseholdHead | undefined
  newId: () => string
}

/**
 * Where the one person belongs after a merge: the membership of the record that goes ends; the record that stays takes
 * it over where it had none, and the place of the head in their common household. Null: the household would lose its head.
 */
export function homesAfterMerge({ kept, merged, memberships, household, newId }: Known): Homes | null {
  const going = memberships.find(({ personId }) => personId === merged.id)
  const staying = memberships.find(({ personId }) => personId === kept.id)
  if (!going) return { ended: [], begun: [], household: null, changes: {} }
  const isHead = household?.headPersonId === merged.id || going.relation === '0'
  if (!staying) return taken(going, isHead)
  if (!isHead) return { ended: [going], begun: [], household: null, changes: {} }
  if (staying.householdId !== going.householdId) return null
  const { ended, begun, ...rest } = taken({ ...staying, relation: '0' }, true)
  return { ended: [going, ...ended.map(() => staying)], begun, ...rest }

  function taken(membership: HeldMembership, asHead: boolean): Homes {
    return {
      ended: [membership],
      begun: [{ ...membership, id: newId(), personId: kept.id }],
      household: asHead
        ? { id: membership.householdId, headBefore: household?.headPersonId ?? null, headAfter: kept.id }
        : null,
      changes: { householdId: membership.householdId, relationToHead: membership.relation },
    }
  }
}
