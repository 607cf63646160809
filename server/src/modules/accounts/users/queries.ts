import { and, asc, eq, gt, gte, lt, sql, type SQL } from 'drizzle-orm'
import type { User } from '@youyu/shared/accounts'
import type { Role } from '@youyu/shared/permissions'
import { prefixOf, rangeOf } from '@youyu/shared/values'
import type { Statements, Transaction } from '../../../database/connect.ts'
import { organisations } from '../../organisations/tables.ts'
import { grantInside, grantsOfUser, isOpen, usersInside } from '../grants/queries.ts'
import { grants, users } from '../tables.ts'

type Filter = {
  q?: string | undefined
  role?: Role | undefined
  division?: string | undefined
  status?: 'active' | 'disabled' | undefined
}

const holds = (which: SQL | undefined) =>
  sql`exists (select from ${grants} where ${and(eq(grants.userId, users.id), isOpen, which)})`

/** Accounts seen from an area, with those of their grants that lie in it. */
function select(db: Statements, prefixes: readonly string[]) {
  return db
    .select({
      id: users.id,
      username: users.username,
      displayName: users.displayName,
      status: users.status,
      lockedUntil: users.lockedUntil,
      totpConfirmedAt: users.totpConfirmedAt,
      mustChangePassword: users.mustChangePassword,
      lastSignInAt: users.lastSignInAt,
      organisation: { id: organisations.id, name: organisations.name },
      grants: grantsOfUser(and(isOpen, grantInside(prefixes)) as SQL),
      version: users.version,
    })
    .from(users)
    .leftJoin(organisations, eq(organisations.id, users.organisationId))
    .$dynamic()
}
type UserRow = Awaited<ReturnType<typeof select>>[number]

export async function listUsers(
  db: Statements,
  prefixes: readonly string[],
  { q, role, division, status }: Filter,
  after: string | null,
  limit: number,
) {
  const inside = grantInside(prefixes)
  const range = division === undefined ? undefined : rangeOf(prefixOf(division))
  const asked = q?.toLowerCase()
  return await select(db, prefixes)
    .where(
      and(
        usersInside(prefixes),
        after === null ? undefined : gt(users.username, after),
        status && eq(users.status, status),
        role && holds(and(eq(grants.role, role), inside)),
        range &&
          holds(and(gte(grants.divisionPrefix, range.lo), lt(grants.divisionPrefix, range.hi), inside)),
        asked === undefined
          ? undefined
          : sql`(strpos(${users.username}, ${asked}) > 0 or strpos(lower(${users.displayName}), ${asked}) > 0)`,
      ),
    )
    .orderBy(asc(users.username))
    .limit(limit)
}

export async function findUser(
  db: Statements,
  prefixes: readonly string[],
  id: string,
): Promise<UserRow | undefined> {
  const [row] = await select(db, prefixes).where(and(eq(users.id, id), usersInside(prefixes)))
  return row
}

export function toUser({ lockedUntil, totpConfirmedAt, lastSignInAt, ...row }: UserRow, now: Date): User {
  return {
    ...row,
    locked: lockedUntil !== null && lockedUntil > now,
    secondFactor: totpConfirmedAt !== null,
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
  }
}

export async function insertUser(tx: Transaction, user: typeof users.$inferInsert): Promise<void> {
  await tx.insert(users).values(user)
}

type Change = Partial<
  Pick<
    typeof users.$inferInsert,
    | 'displayName'
    | 'organisationId'
    | 'status'
    | 'passwordHash'
    | 'passwordChangedAt'
    | 'mustChangePassword'
    | 'failedAttempts'
    | 'lockedUntil'
  >
>

export async function updateUser(tx: Transaction, id: string, change: Change): Promise<void> {
  await tx
    .update(users)
    .set({ ...change, version: sql`${users.version} + 1` })
    .where(eq(users.id, id))
}

export async function isOrganisationInside(
  tx: Transaction,
  id: string,
  prefixes: readonly string[],
): Promise<boolean> {
  const [row] = await tx
    .select({ divisionCode: organisations.divisionCode })
    .from(organisations)
    .where(eq(organisations.id, id))
  return row !== undefined && prefixes.some((prefix) => row.divisionCode.startsWith(prefix))
}
