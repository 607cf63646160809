import { and, eq, gt, gte, isNull, lt, or, sql, type SQL } from 'drizzle-orm'
import type { Grant } from '@youyu/shared/accounts'
import { rangeOf } from '@youyu/shared/values'
import type { Transaction } from '../../../database/connect.ts'
import { grants, users } from '../tables.ts'
import type { RoleInArea } from './rules.ts'

/** Inside one of the areas; the empty list is no area. */
export function grantInside(prefixes: readonly string[]): SQL {
  const ranges = prefixes.map((prefix) => {
    const { lo, hi } = rangeOf(prefix)
    return and(gte(grants.divisionPrefix, lo), lt(grants.divisionPrefix, hi))
  })
  return or(...ranges) ?? sql`false`
}

export const isOpen = isNull(grants.withdrawnAt)

export function isActive(now: Date): SQL {
  return and(isOpen, or(isNull(grants.validUntil), gt(grants.validUntil, now))) as SQL
}

const iso = (column: SQL | typeof grants.grantedAt | typeof grants.validUntil) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The grants of each row of `users`, as JSON in the shape of the contract. */
export function grantsOfUser(which: SQL): SQL<Grant[]> {
  return sql<Grant[]>`coalesce((
    select json_agg(json_build_object(
      'id', ${grants.id}, 'role', ${grants.role}, 'divisionPrefix', ${grants.divisionPrefix}, 'modules', ${grants.modules},
      'purposes', ${grants.purposes}, 'validUntil', ${iso(grants.validUntil)}, 'grantedAt', ${iso(grants.grantedAt)},
      'grantedBy', (select giver.display_name from users giver where giver.id = ${grants.grantedBy})
    ) order by ${grants.id})
    from ${grants} where ${eq(grants.userId, users.id)} and ${which}
  ), '[]')`
}

/**
 * Accounts of an area: somebody holds a grant inside it, or held one and holds none any more. The whole country also
 * sees accounts that never had a grant.
 */
export function usersInside(prefixes: readonly string[]): SQL {
  const inside = grantInside(prefixes)
  const everywhere = prefixes.includes('') ? sql`true` : sql`false`
  return sql`(${everywhere}
    or exists (select from ${grants} where ${eq(grants.userId, users.id)} and ${isOpen} and ${inside})
    or (exists (select from ${grants} where ${eq(grants.userId, users.id)} and ${inside})
      and not exists (select from ${grants} where ${eq(grants.userId, users.id)} and ${isOpen})))`
}

export async function lockUser(tx: Transaction, id: string, prefixes: readonly string[]) {
  const [user] = await tx
    .select({ id: users.id, username: users.username, status: users.status, version: users.version })
    .from(users)
    .where(and(eq(users.id, id), usersInside(prefixes)))
    .for('update')
  return user
}

/** What somebody holds at this moment, anywhere. */
export async function listHeld(tx: Transaction, userId: string, now: Date): Promise<RoleInArea[]> {
  return await tx
    .select({ role: grants.role, divisionPrefix: grants.divisionPrefix })
    .from(grants)
    .where(and(eq(grants.userId, userId), isActive(now)))
}

export async function insertGrants(tx: Transaction, rows: (typeof grants.$inferInsert)[]): Promise<void> {
  await tx.insert(grants).values(rows)
}

export async function findGrant(
  tx: Transaction,
  userId: string,
  id: string,
  prefixes: readonly string[] = [''],
): Promise<Grant | undefined> {
  const which = and(eq(grants.id, id), isOpen, grantInside(prefixes)) as SQL
  const [row] = await tx
    .select({ grants: grantsOfUser(which) })
    .from(users)
    .where(eq(users.id, userId))
  return row?.grants[0]
}

export async function withdraw(tx: Transaction, id: string, by: string, at: Date): Promise<void> {
  await tx.update(grants).set({ withdrawnAt: at, withdrawnBy: by }).where(eq(grants.id, id))
}

/** Grants belong to the account's representation: they change its version. */
export async function markChanged(tx: Transaction, userId: string): Promise<void> {
  await tx
    .update(users)
    .set({ version: sql`${users.version} + 1` })
    .where(eq(users.id, userId))
}
