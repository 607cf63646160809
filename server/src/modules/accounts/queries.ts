import { and, count, eq, isNull, sql } from 'drizzle-orm'
import type { Module, Role } from '@youyu/shared/permissions'
import type { DivisionPrefix, Purpose } from '@youyu/shared/values'
import { newId } from '../../crypto/ids.ts'
import type { Statements, Transaction } from '../../database/connect.ts'
import { grants, sessions, users } from './tables.ts'

export async function countUsers(db: Statements): Promise<number> {
  const [row] = await db.select({ users: count() }).from(users)
  return row?.users ?? 0
}

type SavedUser = {
  id: string
  username: string
  displayName: string | null
  passwordHash: string
  mustChangePassword: boolean
  organisation: string | null
  now: Date
}

/** Inserts the account or resets everything that keeps somebody out of it. */
export async function saveUser(tx: Transaction, user: SavedUser): Promise<{ id: string; created: boolean }> {
  const { id, username, displayName, passwordHash, mustChangePassword, organisation, now } = user
  const reset = {
    passwordHash,
    passwordChangedAt: now,
    mustChangePassword,
    status: 'active' as const,
    failedAttempts: 0,
    lockedUntil: null,
    totpSecret: null,
    totpConfirmedAt: null,
    totpLastStep: null,
    recoveryCodeHashes: [],
  }
  const works = organisation !== null && { organisationId: organisationCalled(organisation) }
  const [saved] = await tx
    .insert(users)
    .values({
      id,
      username,
      displayName: displayName ?? username,
      version: 1,
      createdAt: now,
      ...reset,
      ...works,
    })
    .onConflictDoUpdate({
      target: users.username,
      set: {
        ...reset,
        ...works,
        ...(displayName !== null && { displayName }),
        version: sql`${users.version} + 1`,
      },
    })
    .returning({ id: users.id })
  const savedId = saved!.id
  if (savedId === id) return { id, created: true }
  await tx
    .update(sessions)
    .set({ revokedAt: now, revokedReason: 'account reset' })
    .where(and(eq(sessions.userId, savedId), isNull(sessions.revokedAt)))
  return { id: savedId, created: false }
}

const organisationCalled = (code: string) => sql`(select id from organisations where code = ${code})`

type WantedGrant = {
  role: Role
  divisionPrefix: DivisionPrefix
  modules: readonly Module[]
  purposes: readonly Purpose[]
}

export async function replaceGrants(
  tx: Transaction,
  userId: string,
  wanted: readonly WantedGrant[],
  now: Date,
): Promise<void> {
  await tx
    .update(grants)
    .set({ withdrawnAt: now })
    .where(and(eq(grants.userId, userId), isNull(grants.withdrawnAt)))
  await tx.insert(grants).values(
    wanted.map((grant) => ({
      ...grant,
      id: newId(now.getTime()),
      userId,
      modules: [...grant.modules],
      purposes: [...grant.purposes],
      grantedAt: now,
    })),
  )
}
