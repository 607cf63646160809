import { and, arrayContains, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Statements } from '../../../database/connect.ts'
import { users } from '../tables.ts'

const removed = {
  totpSecret: null,
  totpConfirmedAt: null,
  totpLastStep: null,
  recoveryCodeHashes: [] as string[],
}
const nextVersion = sql`${users.version} + 1`

/** Keeps a secret that is not confirmed yet; false where an authenticator is already in use. */
export async function keepSecret(db: Statements, userId: string, totpSecret: Buffer): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ ...removed, totpSecret })
    .where(and(eq(users.id, userId), isNull(users.totpConfirmedAt)))
    .returning({ id: users.id })
  return rows.length === 1
}

export async function confirmSecret(
  db: Statements,
  userId: string,
  recoveryCodeHashes: string[],
  at: Date,
): Promise<void> {
  await db
    .update(users)
    .set({ totpConfirmedAt: at, recoveryCodeHashes, version: nextVersion })
    .where(eq(users.id, userId))
}

export async function removeAuthenticator(db: Statements, userId: string): Promise<void> {
  await db
    .update(users)
    .set({ ...removed, version: nextVersion })
    .where(eq(users.id, userId))
}

/** Uses a time step up: a code is good once, and so is every code before it. */
export async function useStep(db: Statements, userId: string, step: number): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ totpLastStep: step })
    .where(and(eq(users.id, userId), or(isNull(users.totpLastStep), lt(users.totpLastStep, step))))
    .returning({ id: users.id })
  return rows.length === 1
}

export async function useRecoveryCode(db: Statements, userId: string, hash: string): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ recoveryCodeHashes: sql`array_remove(${users.recoveryCodeHashes}, ${hash})` })
    .where(and(eq(users.id, userId), arrayContains(users.recoveryCodeHashes, [hash])))
    .returning({ id: users.id })
  return rows.length === 1
}
