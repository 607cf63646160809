import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import pg from 'pg'
import type { Module, Role } from '@youyu/shared/permissions'
import type { Purpose } from '@youyu/shared/values'
import { countiesIn, countsIn, countyAmong } from '../../../access/access.ts'
import type { Lines, Standing } from '../../../access/standing.ts'
import type { Statements } from '../../../database/connect.ts'
import { sessions, users } from '../tables.ts'

/** A living session with its user and her active grants, one line per grant; asked at every request. */
const signedIn = `
  select u.id, u.display_name, u.must_change_password, u.password_changed_at, u.totp_confirmed_at, g.id, g.role,
    g.division_prefix, g.modules, g.purposes, u.organisation_id, s.county
  from sessions s join users u on u.id = s.user_id and u.status = 'active'
  left join grants g on g.user_id = u.id and g.withdrawn_at is null and (g.valid_until is null or g.valid_until > $2)
  where s.id = $1 and s.revoked_at is null and s.expires_at > $2`

export function whoIsSignedIn(sessionId: string, now: Date): Standing['question'] {
  return { name: 'signed-in', text: signedIn, values: [sessionId, now.toISOString()] }
}

export type SignedIn = {
  userId: string
  displayName: string
  mustChangePassword: boolean
  passwordChangedAt: Date
  secondFactor: boolean
  organisationId: string | null
  /** Of all her grants, wherever they count. */
  roles: Role[]
  /** Those that count in the county of the session. */
  grants: { id: string; role: Role; prefix: string; modules: Module[]; purposes: Purpose[] }[]
}

export function signedInOf(lines: Lines): SignedIn | null {
  const [first] = lines as Line[]
  if (!first) return null
  const [userId, displayName, mustChange, changedAt, confirmedAt, , , , , , organisationId, chosen] = first
  const grants = (lines as Line[]).flatMap(grantsIn).sort((one, other) => (one.id < other.id ? -1 : 1))
  const counties = countiesIn(grants.map(({ prefix }) => prefix))
  const county = countyAmong(counties, chosen === null ? null : Number(chosen))
  return {
    userId,
    displayName,
    mustChangePassword: mustChange === 't',
    passwordChangedAt: momentOf(changedAt),
    secondFactor: confirmedAt !== null,
    organisationId,
    roles: grants.map(({ role }) => role),
    grants: grants.filter(({ prefix }) => countsIn(county, prefix)),
  }
}

type Grant = [id: string, role: Role, prefix: string, modules: string, purposes: string]
type NoGrant = [null, null, null, null, null]
type Line = [
  userId: string,
  displayName: string,
  mustChange: 't' | 'f',
  changedAt: string,
  confirmedAt: string | null,
  ...grant: Grant | NoGrant,
  organisationId: string | null,
  county: string | null,
]

function grantsIn(line: Line) {
  const [, , , , , id, role, prefix, modules, purposes] = line
  if (id === null) return []
  return { id, role, prefix, modules: listOf<Module>(modules), purposes: listOf<Purpose>(purposes) }
}

const momentOf = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (cell: string) => Date

/** Words of value sets: none of them needs the quotes of an array's cell. */
function listOf<Word>(cell: string): Word[] {
  return cell.slice(1, -1).split(',').filter(Boolean) as Word[]
}

export async function findCredentials(db: Statements, username: string) {
  const [row] = await db.select().from(users).where(eq(users.username, username))
  return row
}

export async function insertSession(db: Statements, session: typeof sessions.$inferInsert): Promise<void> {
  await db.insert(sessions).values(session)
}

/** Where somebody worked when she was last signed in. */
export async function findLastCounty(db: Statements, userId: string): Promise<number | null> {
  const [row] = await db
    .select({ county: sessions.county })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt))
    .limit(1)
  return row?.county ?? null
}

export async function setCounty(db: Statements, id: string, county: number): Promise<void> {
  await db.update(sessions).set({ county }).where(eq(sessions.id, id))
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
