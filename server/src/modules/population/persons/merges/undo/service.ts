import type { ChangePreview, PersonMerge } from '@youyu/shared/population/persons'
import type { Access } from '../../../../../access/access.ts'
import { record } from '../../../../../audit/index.ts'
import { newId } from '../../../../../crypto/ids.ts'
import type { Transaction } from '../../../../../database/connect.ts'
import { reading, transaction } from '../../../../../database/transaction.ts'
import type { Office } from '../../../../../office.ts'
import { Refused } from '../../../../../refused.ts'
import { postPeople } from '../../../book/index.ts'
import { applyChange, findStates, lockPersons } from '../../queries-changes.ts'
import { setHead } from '../../registration/queries.ts'
import { placeInArea } from '../../service.ts'
import { findingsIn, toldChanges, type PersonState } from '../../state.ts'
import * as queries from '../queries.ts'
import { returnEvents } from '../queries-events.ts'
import { shownMerge } from '../service.ts'

type Parted = { merge: queries.KeptMerge; kept: PersonState; merged: PersonState }

export async function previewUndo(office: Office, access: Access, id: string): Promise<ChangePreview> {
  return await reading(office.db, access, async (tx) => {
    const { merge, kept, merged } = await partable(tx, access, id, true)
    const changes = [
      ...toldChanges(access, kept, merge.undo.kept),
      ...toldChanges(access, merged, merge.undo.merged),
    ]
    return { changes, findings: findingsIn({ findings: merge.undo.kept.findings ?? kept.findings }) }
  })
}

/** Takes a merge back as one change: both records are what they were, with everything that hung on them. */
export async function undo(office: Office, access: Access, id: string, reason: string): Promise<PersonMerge> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { merge, kept, merged } = await partable(tx, access, id, false)
    const { household, children, ended, begun, events = {} } = merge.undo
    if (!(await returnEvents(tx, access, events, kept.id, merged.id)))
      throw new Refused('merge-changed-since')
    const again = ended.map((membership) => ({ ...membership, id: newId(at.getTime()) }))
    const [stood] = await Promise.all([
      queries.endMerge(tx, access, id, reason, at),
      queries.voidMemberships(tx, access, begun, reason, at),
      queries.insertMembershipsOf(tx, access, again, reason, at),
      applyChange(tx, access, { person: kept, changes: merge.undo.kept, kind: 'unmerged', reason, at }),
      applyChange(tx, access, { person: merged, changes: merge.undo.merged, kind: 'unmerged', reason, at }),
      household && setHead(tx, access, household.id, household.headBefore, at),
      queries.moveChildren(tx, access, {
        children,
        from: kept.id,
        to: merged.id,
        kind: 'unmerged',
        reason,
        at,
      }),
      record(
        tx,
        access,
        {
          action: 'merge',
          entity: 'person',
          entityId: kept.id,
          division: placeInArea(access, kept),
          reason,
          rows: 2,
        },
        at,
      ),
      postPeople(tx, access, [kept.id, merged.id], at),
    ])
    if (!stood) throw new Refused('merge-undone')
    await queries.moveCare(tx, access, 'unmerge_care', id, at)
    return shownMerge({ ...merge, undoneAt: at })
  })
}

async function partable(tx: Transaction, access: Access, id: string, isDry: boolean): Promise<Parted> {
  const merge = await queries.findMerge(tx, access, id, isDry ? '' : 'for no key update of g')
  if (!merge) throw new Refused('not-found')
  if (merge.undoneAt) throw new Refused('merge-undone')
  const { household } = merge.undo
  const [states, head] = await Promise.all([
    (isDry ? findStates : lockPersons)(tx, access, [merge.keptId, merge.mergedId]),
    household ? queries.lockHeadOf(tx, access, household.id) : undefined,
  ])
  const kept = states.get(merge.keptId)
  const merged = states.get(merge.mergedId)
  if (!kept || !merged) throw new Refused('not-found')
  const isChanged =
    kept.version !== merge.keptVersion ||
    merged.version !== merge.undo.mergedVersion ||
    (household && head?.headPersonId !== household.headAfter)
  if (isChanged) throw new Refused('merge-changed-since')
  return { merge, kept, merged }
}
