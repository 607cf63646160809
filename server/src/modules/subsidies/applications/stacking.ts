import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import { lockSubjects, selectConfirmed, selectHeld, selectRestrictions } from './queries-stacking.ts'
import {
  barredBy,
  isBarred,
  partnersOf,
  stackingOf,
  type Held,
  type Restriction,
  type StackingConflict,
} from './rules-stacking.ts'

type Asking = { subjectId: Id; level: string }

/** What the stacking table says against each of these; of most programmes it says nothing, and one small read is all. */
export async function stackingConflicts(
  tx: Transaction,
  access: Access,
  programme: string,
  asking: readonly Asking[],
  on: CivilDate,
): Promise<Map<Id, StackingConflict[]>> {
  const restrictions = await selectRestrictions(tx, access, [programme])
  if (restrictions.length === 0) return new Map()
  return await conflictsWith(tx, access, programme, asking, on, restrictions)
}

async function conflictsWith(
  tx: Transaction,
  access: Access,
  programme: string,
  asking: readonly Asking[],
  on: CivilDate,
  restrictions: readonly Restriction[],
): Promise<Map<Id, StackingConflict[]>> {
  const subjects = [...new Set(asking.map(({ subjectId }) => subjectId))]
  const rows = await selectHeld(tx, access, subjects, partnersOf(programme, restrictions), on)
  const held = Map.groupBy<Id, Held & { subjectId: Id }>(rows, ({ subjectId }) => subjectId)
  return new Map(
    asking.map(({ subjectId, level }) => [
      subjectId,
      stackingOf({ programme, level }, held.get(subjectId) ?? [], restrictions),
    ]),
  )
}

/**
 * 不重复叠加: nobody begins to draw what does not go with what she draws. Whoever has applied for both is locked before the
 * second look: of two decisions at the same moment the later one sees the earlier.
 */
export async function assertStacking(
  tx: Transaction,
  access: Access,
  { ids, programmes, on }: { ids: readonly Id[]; programmes: readonly string[]; on: CivilDate },
): Promise<void> {
  const restrictions = await selectRestrictions(tx, access, programmes)
  if (restrictions.length === 0) return
  const cases = await selectConfirmed(tx, access, ids)
  for (const [programme, members] of Map.groupBy(cases, (each) => each.programme)) {
    const those = restrictions.filter(({ first, second }) => first === programme || second === programme)
    if (those.length === 0) continue
    const look = async (asking: readonly Asking[]) =>
      await conflictsWith(tx, access, programme, asking, on, those)
    const first = await look(members)
    const touched = members.filter(({ subjectId }) => first.get(subjectId)!.length > 0)
    if (touched.length === 0) continue
    await lockSubjects(
      tx,
      access,
      touched.map(({ subjectId }) => subjectId),
    )
    const against = [...(await look(touched)).values()].flat().filter(isBarred)
    if (against.length > 0) throw new Refused('benefits-exclude', { detail: barredBy(against) })
  }
}
