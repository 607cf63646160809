import { and, desc, eq, gt, isNull, ne, or, sql } from 'drizzle-orm'
import { prepared, type Statements } from '../../../database/connect.ts'
import { grants, sessions, users } from '../tables.ts'

const now = sql.placeholder('now')

/** A living session with its user and her active grants, one row per grant. */
export const findSignedIn = prepared('signed-in', (db) =>
  db
    .select({
      sessionId: sessions.id,
      userId: users.id,
      displayName: users.displayName,
      mustChangePassword: users.mustChangePassword,
      passwordChangedAt: users.passwordChangedAt,
      totpConfirmedAt: users.totpConfirmedAt,
      role: grants.role,
      prefix: grants.divisionPrefix,
      modules: grants.modules,
      purposes: grants.purposes,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.status, 'active')))
    .leftJoin(
      grants,
      and(
        eq(grants.userId, users.id),
        isNull(grants.withdrawnAt),
        or(isNull(grants.validUntil), gt(grants.validUntil, now)),
      ),
    )
    .where(
      and(eq(sessions.id, sql.placeholder('id')), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)),
    )
    .orderBy(grants.id),
)
export type SignedInRow = Awaited<ReturnType<typeof findSignedIn>>[number]

export async function findCredentials(db: Statements, username: string) {
  const [row] = await db.select().from(users).where(eq(users.username, username))
  return row
}

export async function insertSession(db: Statements, session: typeof sessions.$inferInsert): Promise<void> {
  await db.insert(sessions).values(session)
}

export async function noteSuccess(db: Statements, userId: string, at: Date): Promise<void> {
  await db
    .update(users)
    .set({ failedAttempts: 0, lockedUntil: null, lastSignInAt: at })
    .where(eq(users.id, userId))
}

/** Counts one more failure; the row lock makes attempts at the same moment count one by one. */
export async function countFailure(db: Statements, userId: string, at: Date): Promise<number> {
  const [row] = await db
    .update(users)
    .set({ failedAttempts: sql`${users.failedAttempts} + 1`, lastFailedAt: at })
    .where(eq(users.id, userId))
    .returning({ failures: users.failedAttempts })
  return row?.failures ?? 0
}

export async function lockUntil(db: Statements, userId: string, until: Date): Promise<void> {
  await db.update(users).set({ lockedUntil: until }).where(eq(users.id, userId))
}

export async function findSession(db: Statements, id: string) {
  const [row] = await db
    .select({ session: sessions, status: users.status })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, id))
  return row
}

/** Exchanges the refresh token; of two that ask with the same one, one wins. */
export async function rotate(
  db: Statements,
  id: string,
  from: Buffer,
  to: Buffer,
  at: Date,
): Promise<boolean> {
  const rows = await db
    .update(sessions)
    .set({ refreshHash: to, formerRefreshHash: from, rotatedAt: at, lastSeenAt: at })
    .where(and(eq(sessions.id, id), eq(sessions.refreshHash, from), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id })
  return rows.length === 1
}

export async function listLiving(db: Statements, userId: string, at: Date) {
  return await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, at)))
    .orderBy(desc(sessions.lastSeenAt), sessions.id)
}

/** Ends sessions of a user: one, all but one, or all. Answers how many ended. */
export async function revoke(
  db: Statements,
  which: { userId: string; only?: string; except?: string | null },
  reason: string,
  at: Date,
): Promise<number> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: at, revokedReason: reason })
    .where(
      and(
        eq(sessions.userId, which.userId),
        isNull(sessions.revokedAt),
        which.only ? eq(sessions.id, which.only) : undefined,
        which.except ? ne(sessions.id, which.except) : undefined,
      ),
    )
    .returning({ id: sessions.id })
  return rows.length
}

export async function findUserById(db: Statements, id: string) {
  const [row] = await db.select().from(users).where(eq(users.id, id))
  return row
}
