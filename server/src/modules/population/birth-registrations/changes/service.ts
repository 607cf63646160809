import type {
  BirthRegistration,
  RegistrationCompletion,
  RegistrationCorrection,
} from '@youyu/shared/population/birth-registrations'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import {
  findRegistration,
  insertVersion,
  lockRegistration,
  updateRegistration,
  type KeptRegistration,
  type RegistrationRecord,
  type VersionEvent,
} from '../queries.ts'
import { findBirth } from '../queries-births.ts'
import { declaredBy, linkAnnounced, peopleOf, shown } from '../service.ts'

type Change = (
  tx: Transaction,
  before: KeptRegistration,
  at: Date,
) => Promise<{ after: RegistrationRecord; event: VersionEvent; changes: object; reason?: string | undefined }>

/** One change of a registration against the version that was seen, kept as a version of its own. */
async function change(
  office: Office,
  access: Access,
  id: string,
  version: number,
  made: Change,
): Promise<BirthRegistration> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const [, before] = await Promise.all([lockRegistration(tx, access, id), findRegistration(tx, access, id)])
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    const { after, event, changes, reason } = await made(tx, before, at)
    const division = after.divisionCode
    const deed = { entityId: id, division, fields: Object.keys(changes), ...(reason && { reason }) }
    const next = { id, version: before.version + 1, event, changes, reason: reason ?? null }
    await Promise.all([
      updateRegistration(tx, access, after, at),
      insertVersion(tx, access, next, at),
      record(tx, access, { action: 'change', entity: 'birth-registration', ...deed }, at),
    ])
    await linkAnnounced(tx, access, after, at)
    return await shown(tx, access, id)
  })
}

export async function complete(
  office: Office,
  access: Access,
  id: string,
  version: number,
  body: RegistrationCompletion,
): Promise<BirthRegistration> {
  return await change(office, access, id, version, async (tx, before, at) => {
    if (before.status !== 'RETURNED_FOR_COMPLETION' && before.status !== 'SUBMITTED')
      throw new Refused('conflict')
    const people = await peopleOf(tx, access, {
      registrantId: body.registrantId ?? before.registrantId,
      partnerId: body.partnerId,
    })
    const after = await declaredBy(tx, access, before, body, people, at)
    return { after, event: 'COMPLETE', changes: body }
  })
}

/** At the registrant's wish: what she said is put right, and the registration stays registered. */
export async function correct(
  office: Office,
  access: Access,
  id: string,
  version: number,
  { reason, ...set }: RegistrationCorrection,
): Promise<BirthRegistration> {
  return await change(office, access, id, version, async (tx, before, at) => {
    if (before.status !== 'REGISTERED') throw new Refused('conflict')
    const people = await peopleOf(tx, access, { partnerId: set.partnerId })
    const isRecounted = set.lastMenstruationOn && set.expectedOn === undefined
    const said = isRecounted ? { ...set, expectedOn: null } : set
    const after = await declaredBy(tx, access, before, said, people, at)
    if (after.missing.length > 0)
      throw Refused.field(after.purpose === 'BORN' ? '/bornOn' : '/expectedOn', 'required')
    return { after, event: 'CORRECT', changes: set, reason }
  })
}

export async function withdraw(
  office: Office,
  access: Access,
  id: string,
  version: number,
  reason: string | undefined,
): Promise<BirthRegistration> {
  return await change(office, access, id, version, async (_tx, before) => {
    if (before.status === 'WITHDRAWN') throw new Refused('conflict')
    const after = { ...before, status: 'WITHDRAWN' as const }
    return { after, event: 'WITHDRAW', changes: { status: 'WITHDRAWN' }, reason }
  })
}

/** With a birth of the registrant or of the partner. */
export async function link(
  office: Office,
  access: Access,
  id: string,
  version: number,
  birthId: string,
): Promise<BirthRegistration> {
  return await change(office, access, id, version, async (tx, before) => {
    if (before.status !== 'REGISTERED') throw new Refused('conflict')
    const birth = await findBirth(tx, access, birthId)
    const couple = [before.registrantId, before.partnerId].filter((parent) => parent !== null)
    if (!birth || !couple.some((parent) => parent === birth.motherId || parent === birth.fatherId))
      throw Refused.field('/birthId', 'not-found')
    const after = { ...before, birthId, status: 'LINKED_TO_BIRTH' as const }
    return { after, event: 'LINK', changes: { birthId } }
  })
}
