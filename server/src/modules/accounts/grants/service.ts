import type { Grant, NewGrant } from '@youyu/shared/accounts'
import { moduleOf } from '@youyu/shared/permissions'
import type { Access, Actor } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { transaction } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { widestOf } from '../sessions/rules.ts'
import { findGrant, insertGrants, listHeld, lockUser, markChanged, withdraw } from './queries.ts'
import {
  conflictAmong,
  givingGrantsFor,
  judgeGrant,
  mayManage,
  type CompleteGrant,
  type GivingGrant,
} from './rules.ts'

/** Who changes accounts: her grants as they are at this request. */
export type Giver = { access: Access; giving: readonly GivingGrant[] }

export function giverOf(actor: Actor, access: Access): Giver {
  const giving = actor.grants.flatMap(({ role, permissions, prefix, modules, purposes }) =>
    role && permissions.includes('grant.give') && modules.includes(moduleOf('grant.give'))
      ? [{ role, prefix, modules, purposes }]
      : [],
  )
  return { access, giving }
}

/** The grants that were asked for, completed; refuses the first that goes too far and names its field. */
export function completed(
  { giving }: Giver,
  wanted: readonly NewGrant[],
  pointerOf: (index: number) => string,
): CompleteGrant[] {
  return wanted.map((each, index) => {
    const judged = judgeGrant(giving, each)
    if (!('refused' in judged)) return judged
    const pointer = `${pointerOf(index)}/${judged.field}`
    if (judged.refused === 'invalid-value') throw Refused.field(pointer, 'invalid-value')
    throw new Refused('beyond-own-rights', { errors: [{ pointer, code: 'beyond-own-rights' }] })
  })
}

export function assertSeparated(held: Parameters<typeof conflictAmong>[0]): void {
  const conflict = conflictAmong(held)
  if (conflict) throw new Refused('separation-of-duty', { detail: conflict.join(' / ') })
}

/** The account of somebody else in the giver's area, locked; not found where she sees nothing of it. */
async function lockOther(tx: Transaction, { access }: Giver, userId: string) {
  const user = await lockUser(tx, userId, access.prefixes)
  if (!user) throw new Refused('not-found')
  if (user.id === access.actorId) throw new Refused('own-account')
  return user
}

/** The same for what touches the whole account: all that its owner holds must be the giver's to give. Answers also where she works. */
export async function lockManaged(tx: Transaction, giver: Giver, userId: string, now: Date) {
  const user = await lockOther(tx, giver, userId)
  const held = await listHeld(tx, userId, now)
  if (!mayManage(giver.giving, held)) throw new Refused('beyond-own-rights')
  const widest = widestOf(held.map(({ divisionPrefix }) => divisionPrefix)) ?? giver.access.prefixes[0] ?? ''
  return { ...user, division: widest.padEnd(12, '0') }
}

export async function addGrants(
  tx: Transaction,
  { access }: Giver,
  userId: string,
  wanted: readonly CompleteGrant[],
  validUntil: readonly (string | undefined)[],
  now: Date,
): Promise<string[]> {
  const rows = wanted.map((grant, index) => {
    const until = validUntil[index]
    return {
      ...grant,
      id: newId(now.getTime()),
      userId,
      validUntil: until ? new Date(until) : null,
      grantedBy: access.actorId,
      grantedAt: now,
    }
  })
  await insertGrants(tx, rows)
  for (const { role, divisionPrefix } of rows) {
    await record(
      tx,
      access,
      {
        action: 'grant',
        entity: 'user',
        entityId: userId,
        division: divisionPrefix.padEnd(12, '0'),
        fields: [role],
      },
      now,
    )
  }
  return rows.map(({ id }) => id)
}

export async function giveGrant(
  { db, now }: Office,
  giver: Giver,
  userId: string,
  wanted: NewGrant,
): Promise<Grant> {
  assertFuture(wanted.validUntil, '/validUntil', now())
  return await transaction(db, giver.access, async (tx) => {
    await lockOther(tx, giver, userId)
    const grants = completed(giver, [wanted], () => '')
    assertSeparated([...(await listHeld(tx, userId, now())), ...grants])
    const [id] = await addGrants(tx, giver, userId, grants, [wanted.validUntil], now())
    await markChanged(tx, userId)
    return (await findGrant(tx, userId, id!))!
  })
}

export async function withdrawGrant(
  { db, now }: Office,
  giver: Giver,
  userId: string,
  grantId: string,
): Promise<void> {
  const { access } = giver
  await transaction(db, access, async (tx) => {
    await lockOther(tx, giver, userId)
    const grant = await findGrant(tx, userId, grantId, access.prefixes)
    if (!grant) throw new Refused('not-found')
    if (givingGrantsFor(giver.giving, grant).length === 0) throw new Refused('beyond-own-rights')
    await withdraw(tx, grantId, access.actorId, now())
    await markChanged(tx, userId)
    const division = grant.divisionPrefix.padEnd(12, '0')
    await record(
      tx,
      access,
      {
        action: 'grant',
        entity: 'user',
        entityId: userId,
        division,
        fields: [grant.role],
        reason: 'withdrawn',
      },
      now(),
    )
  })
}

export function assertFuture(moment: string | null | undefined, pointer: string, now: Date): void {
  if (moment && new Date(moment) <= now) throw Refused.field(pointer, 'invalid-value')
}
