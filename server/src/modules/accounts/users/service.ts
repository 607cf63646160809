import type { z } from 'zod'
import type { changeUser as changeContract, createUser as createContract, User } from '@youyu/shared/accounts'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Statements, Transaction } from '../../../database/connect.ts'
import { transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import {
  addGrants,
  assertFuture,
  assertSeparated,
  completed,
  lockManaged,
  type Giver,
} from '../grants/service.ts'
import { firstPassword } from '../passwords/first-password.ts'
import { hashPassword } from '../passwords/hashing.ts'
import { removeAuthenticator } from '../second-factor/queries.ts'
import { revoke } from '../sessions/queries.ts'
import { findUser, insertUser, isOrganisationInside, toUser, updateUser } from './queries.ts'

type NewUser = z.output<typeof createContract.schema.body>
type Change = z.output<typeof changeContract.schema.body>

export async function seenUser(db: Statements, { prefixes }: Access, id: string, now: Date): Promise<User> {
  const row = await findUser(db, prefixes, id)
  if (!row) throw new Refused('not-found')
  return toUser(row, now)
}

export async function createUser(
  { db, now }: Office,
  giver: Giver,
  wanted: NewUser,
): Promise<{ user: User; firstPassword: string }> {
  const { access } = giver
  const { username, displayName, organisationId = null } = wanted
  wanted.grants.forEach(({ validUntil }, index) =>
    assertFuture(validUntil, `/grants/${index}/validUntil`, now()),
  )
  const grants = completed(giver, wanted.grants, (index) => `/grants/${index}`)
  assertSeparated(grants)
  const password = firstPassword()
  const passwordHash = await hashPassword(password)
  const user = await transaction(db, access, async (tx) => {
    const id = newId(now().getTime())
    await assertOrganisation(tx, access, organisationId)
    const secrets = { passwordHash, passwordChangedAt: now(), mustChangePassword: true }
    await insertUser(tx, {
      id,
      username,
      displayName,
      organisationId,
      status: 'active',
      ...secrets,
      version: 1,
      createdAt: now(),
    })
    await recordChange(tx, access, id, grants[0]!.divisionPrefix, 'created', now())
    await addGrants(
      tx,
      giver,
      id,
      grants,
      wanted.grants.map(({ validUntil }) => validUntil),
      now(),
    )
    return await seenUser(tx, access, id, now())
  })
  return { user, firstPassword: password }
}

export async function changeUser(
  { db, now }: Office,
  giver: Giver,
  id: string,
  version: number,
  change: Change,
): Promise<User> {
  const { access } = giver
  return await transaction(db, access, async (tx) => {
    const user = await lockManaged(tx, giver, id, now())
    assertVersion(version, user.version)
    const { division } = user
    if (change.organisationId !== undefined) await assertOrganisation(tx, access, change.organisationId)
    const { displayName, organisationId, status } = change
    await updateUser(tx, id, {
      ...(displayName !== undefined && { displayName }),
      ...(organisationId !== undefined && { organisationId }),
      ...(status !== undefined && { status }),
    })
    if (status === 'disabled') await revoke(tx, { userId: id }, 'account disabled', now())
    await record(
      tx,
      access,
      { action: 'configure', entity: 'user', entityId: id, division, fields: Object.keys(change) },
      now(),
    )
    return await seenUser(tx, access, id, now())
  })
}

/** A new first password; also unlocks, and ends every session of the account. */
export async function resetPassword({ db, now }: Office, giver: Giver, id: string): Promise<string> {
  const password = firstPassword()
  const passwordHash = await hashPassword(password)
  await transaction(db, giver.access, async (tx) => {
    const { division } = await lockManaged(tx, giver, id, now())
    const unlocked = { failedAttempts: 0, lockedUntil: null }
    await updateUser(tx, id, {
      passwordHash,
      passwordChangedAt: now(),
      mustChangePassword: true,
      ...unlocked,
    })
    await revoke(tx, { userId: id }, 'password reset', now())
    await record(
      tx,
      giver.access,
      { action: 'configure', entity: 'user', entityId: id, division, fields: ['password'] },
      now(),
    )
  })
  return password
}

export async function resetSecondFactor({ db, now }: Office, giver: Giver, id: string): Promise<void> {
  await transaction(db, giver.access, async (tx) => {
    const { division } = await lockManaged(tx, giver, id, now())
    await removeAuthenticator(tx, id)
    await record(
      tx,
      giver.access,
      { action: 'configure', entity: 'user', entityId: id, division, fields: ['secondFactor'] },
      now(),
    )
  })
}

export async function endSessionsOf({ db, now }: Office, giver: Giver, id: string): Promise<void> {
  await transaction(db, giver.access, async (tx) => {
    const { division } = await lockManaged(tx, giver, id, now())
    const ended = await revoke(tx, { userId: id }, 'ended by an administrator', now())
    await record(
      tx,
      giver.access,
      { action: 'sign-out', entity: 'user', entityId: id, division, rows: ended },
      now(),
    )
  })
}

async function assertOrganisation(tx: Transaction, { prefixes }: Access, id: string | null): Promise<void> {
  if (id !== null && !(await isOrganisationInside(tx, id, prefixes)))
    throw Refused.field('/organisationId', 'not-found')
}

async function recordChange(
  tx: Transaction,
  access: Access,
  entityId: string,
  prefix: string,
  reason: string,
  now: Date,
): Promise<void> {
  await record(
    tx,
    access,
    { action: 'configure', entity: 'user', entityId, division: prefix.padEnd(12, '0'), reason },
    now,
  )
}
