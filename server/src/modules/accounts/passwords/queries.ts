import { and, desc, eq, notInArray, sql } from 'drizzle-orm'
import type { Statements, Transaction } from '../../../database/connect.ts'
import { formerPasswords, users } from '../tables.ts'

export async function listFormerHashes(db: Statements, userId: string, many: number): Promise<string[]> {
  const rows = await db
    .select({ hash: formerPasswords.passwordHash })
    .from(formerPasswords)
    .where(eq(formerPasswords.userId, userId))
    .orderBy(desc(formerPasswords.replacedAt))
    .limit(many)
  return rows.map(({ hash }) => hash)
}

/** Remembers the hash that is replaced, and no more of them than the policy asks for. */
export async function rememberHash(
  tx: Transaction,
  userId: string,
  passwordHash: string,
  many: number,
  at: Date,
): Promise<void> {
  const newest = tx
    .select({ replacedAt: formerPasswords.replacedAt })
    .from(formerPasswords)
    .where(eq(formerPasswords.userId, userId))
    .orderBy(desc(formerPasswords.replacedAt))
    .limit(many)
  if (many > 0) await tx.insert(formerPasswords).values({ userId, replacedAt: at, passwordHash })
  await tx
    .delete(formerPasswords)
    .where(and(eq(formerPasswords.userId, userId), notInArray(formerPasswords.replacedAt, newest)))
}

/** Sets a new password where the old one is still the one that was proved; whoever chose it need not change it. */
export async function changeHash(
  tx: Transaction,
  userId: string,
  from: string,
  to: string,
  at: Date,
): Promise<boolean> {
  const rows = await tx
    .update(users)
    .set({
      passwordHash: to,
      passwordChangedAt: at,
      mustChangePassword: false,
      failedAttempts: 0,
      version: sql`${users.version} + 1`,
    })
    .where(and(eq(users.id, userId), eq(users.passwordHash, from)))
    .returning({ id: users.id })
  return rows.length === 1
}
