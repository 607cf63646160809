import type { ChangePreview, mergePersons, PersonMerge } from '@youyu/shared/population/persons'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { refuseOutside } from '../../area.ts'
import { findHeadBirthDate } from '../corrections/queries.ts'
import { applyChange, findStates, lockPersonsAlone } from '../queries-changes.ts'
import { findRelatives, setHead } from '../registration/queries.ts'
import { findingsOf, parentFaults } from '../rules.ts'
import { placeInArea } from '../service.ts'
import { differing, findingsIn, toldChanges, type Changes, type PersonState } from '../state.ts'
import { postPeople } from '../../book/index.ts'
import * as queries from './queries.ts'
import { carryEvents, findClashes, isDeadByEvent } from './queries-events.ts'
import { homesAfterMerge, type Homes } from './homes.ts'

type Asked = z.output<(typeof mergePersons)['schema']['body']>
type Plan = {
  kept: PersonState
  merged: PersonState
  keptChanges: Changes
  mergedChanges: Changes
  homes: Homes
  children: queries.Child[]
}

export function shownMerge({
  id,
  keptId,
  mergedId,
  reason,
  recordedAt,
  undoneAt,
}: Omit<queries.KeptMerge, 'undo' | 'keptVersion'>): PersonMerge {
  return {
    id,
    keptId,
    mergedId,
    reason,
    recordedAt: recordedAt.toISOString(),
    undoneAt: undoneAt?.toISOString() ?? null,
  }
}

export async function previewMerge(office: Office, access: Access, asked: Asked): Promise<ChangePreview> {
  return await reading(office.db, access, async (tx) => {
    const { kept, merged, keptChanges, mergedChanges } = await plan(tx, office, access, asked, true)
    return {
      changes: [...toldChanges(access, kept, keptChanges), ...toldChanges(access, merged, mergedChanges)],
      findings: findingsIn({ findings: keptChanges.findings ?? kept.findings }),
    }
  })
}

/** Two records of one person become one. The record that goes stays as it was, marked where it went. */
export async function merge(office: Office, access: Access, asked: Asked): Promise<PersonMerge> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { kept, merged, keptChanges, mergedChanges, homes, children } = await plan(
      tx,
      office,
      access,
      asked,
      false,
    )
    const { reason } = asked
    const events = await carryEvents(tx, access, merged.id, kept.id)
    const done = { id: newId(at.getTime()), keptId: kept.id, mergedId: merged.id, reason }
    const undo: queries.Undo = {
      ...{
        kept: formerValues(kept, keptChanges),
        merged: formerValues(merged, mergedChanges),
        mergedVersion: merged.version + 1,
      },
      ...{ ended: homes.ended, begun: homes.begun, household: homes.household, children, events },
    }
    await Promise.all([
      queries.voidMemberships(tx, access, homes.ended, reason, at),
      queries.insertMembershipsOf(tx, access, homes.begun, reason, at),
      applyChange(tx, access, { person: merged, changes: mergedChanges, kind: 'merged', reason, at }),
      applyChange(tx, access, { person: kept, changes: keptChanges, kind: 'merged', reason, at }),
      homes.household && setHead(tx, access, homes.household.id, homes.household.headAfter, at),
      queries.moveChildren(tx, access, {
        children,
        from: merged.id,
        to: kept.id,
        kind: 'merged',
        reason,
        at,
      }),
      queries.insertMerge(tx, access, { ...done, undo, keptVersion: kept.version + 1, at }),
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
    await queries.moveCare(tx, access, 'merge_care', done.id, at)
    return shownMerge({ ...done, recordedAt: at, undoneAt: null })
  })
}

function formerValues(person: PersonState, changes: Changes): Changes {
  return Object.fromEntries(Object.keys(changes).map((field) => [field, person[field as keyof Changes]]))
}

async function plan(
  tx: Transaction,
  office: Office,
  access: Access,
  { keepId, mergeId, take }: Asked,
  isDry: boolean,
): Promise<Plan> {
  if (keepId === mergeId) throw new Refused('same-person')
  const [states, memberships, children, clashes, isDead] = await Promise.all([
    (isDry ? findStates : lockPersonsAlone)(tx, access, [keepId, mergeId]),
    queries.findMemberships(tx, access, [keepId, mergeId]),
    queries.findChildrenOf(tx, access, mergeId),
    findClashes(tx, access, keepId, mergeId),
    isDeadByEvent(tx, access, mergeId),
  ])
  const kept = states.get(keepId)
  const merged = states.get(mergeId)
  if (!kept) throw new Refused('not-found', { errors: [{ pointer: '/keepId', code: 'not-found' }] })
  if (!merged) throw new Refused('not-found', { errors: [{ pointer: '/mergeId', code: 'not-found' }] })
  const isKin =
    children.some(({ id }) => id === keepId) || kept.id === merged.motherId || kept.id === merged.fatherId
  if (kept.status === 'MERGED' || merged.status === 'MERGED' || isKin) throw new Refused('not-mergeable')
  if (clashes.length > 0)
    throw new Refused('not-mergeable', {
      detail: clashes.join(', '),
      errors: clashes.map((clash) => ({ pointer: '/mergeId', code: 'not-mergeable', detail: clash })),
    })

  const goingFrom = memberships.find(({ personId }) => personId === mergeId)?.householdId
  const household = goingFrom && (await queries.lockHeadOf(tx, access, goingFrom))
  const homes = homesAfterMerge({
    kept,
    merged,
    memberships,
    household: household || undefined,
    newId: () => newId(),
  })
  if (!homes) throw new Refused('head-must-remain')
  if (homes.household && !household) throw new Refused('out-of-area')
  const taken = {
    ...takenValues(office, access, kept, merged, take),
    ...homes.changes,
    ...(isDead && { status: 'DECEASED' }),
  }
  const relatives = await findRelatives(tx, access, [
    taken.motherId ?? kept.motherId,
    taken.fatherId ?? kept.fatherId,
  ])
  const after = { ...kept, ...taken } as PersonState
  const mother = relatives.get(after.motherId ?? '') ?? null
  const faults = parentFaults(after.birthDate, mother, relatives.get(after.fatherId ?? '') ?? null)
  if (faults.length > 0)
    throw new Refused('invalid-request', { errors: faults.map((fault) => ({ ...fault, pointer: '/take' })) })
  refuseOutside(access.prefixes, after.hukouDivision, after.residenceDivision, '/take')
  const headBirthDate = await findHeadBirthDate(tx, access, after)
  const judged = {
    ...after,
    idNumber: numberOf(office, access, after, kept.id),
    mother,
    headBirthDate,
    today: todayOf(office.now()),
  }
  const keptChanges = differing(kept, { ...taken, findings: findingsOf(judged).join(',') })
  const mergedChanges = differing(merged, {
    status: 'MERGED',
    mergedInto: kept.id,
    householdId: null,
    relationToHead: null,
  })
  return { kept, merged, keptChanges, mergedChanges, homes, children }
}

/** Values that the record that stays takes over; ciphers are bound to their row and made anew. */
function takenValues(
  { ciphers }: Office,
  access: Access,
  kept: PersonState,
  merged: PersonState,
  take: Asked['take'],
): Changes {
  const taken: Changes = {}
  const moved = (bytes: string | null, cipher: typeof ciphers.phone) => {
    if (bytes === null) return null
    const value = cipher.decipher(Buffer.from(bytes, 'base64'), { county: access.county, id: merged.id })
    return cipher.encipher(value, { county: access.county, id: kept.id }).toString('base64')
  }
  for (const field of take) {
    taken[field] = merged[field]
    if (field === 'idNumber')
      Object.assign(taken, {
        idType: merged.idType,
        idNumberHash: merged.idNumberHash,
        idNumberCipher: moved(merged.idNumberCipher, ciphers.idNumber),
      })
    if (field === 'phone')
      Object.assign(taken, {
        phoneHash: merged.phoneHash,
        phoneCipher: moved(merged.phoneCipher, ciphers.phone),
      })
  }
  return taken
}

function numberOf({ ciphers }: Office, access: Access, person: PersonState, id: string): string | null {
  if (person.idNumberCipher === null) return null
  return ciphers.idNumber.decipher(Buffer.from(person.idNumberCipher, 'base64'), {
    county: access.county,
    id,
  })
}

export async function listMerges(
  { db }: Office,
  access: Access,
  personId: string,
): Promise<{ items: PersonMerge[] }> {
  const [states, merges] = await reading(db, access, (tx) =>
    Promise.all([findStates(tx, access, [personId]), queries.listMergesOf(tx, access, personId)]),
  )
  if (states.size === 0) throw new Refused('not-found')
  return { items: merges.map(shownMerge) }
}
