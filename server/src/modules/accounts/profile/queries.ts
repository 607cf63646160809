import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Statements } from '../../../database/connect.ts'
import { divisions } from '../../divisions/tables.ts'
import { organisations } from '../../organisations/tables.ts'
import { grantsOfUser, isActive } from '../grants/queries.ts'
import { grants, users } from '../tables.ts'

export async function findProfile(db: Statements, userId: string, now: Date) {
  const [row] = await db
    .select({
      id: users.id,
      username: users.username,
      displayName: users.displayName,
      organisation: { id: organisations.id, name: organisations.name },
      mustChangePassword: users.mustChangePassword,
      passwordChangedAt: users.passwordChangedAt,
      totpConfirmedAt: users.totpConfirmedAt,
      grants: grantsOfUser(isActive(now)),
    })
    .from(users)
    .leftJoin(organisations, eq(organisations.id, users.organisationId))
    .where(eq(users.id, userId))
  return row
}

export async function findDivisionNames(
  db: Statements,
  codes: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .select({ code: divisions.code, name: divisions.name })
    .from(divisions)
    .where(and(inArray(divisions.code, [...codes]), isNull(divisions.validTo)))
  return new Map(rows.map(({ code, name }) => [code, name]))
}

/** The name of the county, where all officers work in one. */
export async function findOnlyCounty(db: Statements): Promise<string | null> {
  const codes = db
    .selectDistinct({ code: sql<string>`rpad(left(${grants.divisionPrefix}, 6), 12, '0')` })
    .from(grants)
    .where(and(isNull(grants.withdrawnAt), sql`length(${grants.divisionPrefix}) >= 6`))
  const rows = await db
    .select({ name: divisions.name })
    .from(divisions)
    .where(and(inArray(divisions.code, codes), isNull(divisions.validTo)))
    .limit(2)
  return rows.length === 1 ? (rows[0]?.name ?? null) : null
}

/** Where the demo's accounts work: the name of the division, its code where it has no name here, or nothing. */
export async function listDemoPlaces(db: Statements, usernames: readonly string[]) {
  const code = sql`rpad(${grants.divisionPrefix}, 12, '0')`
  return await db
    .selectDistinctOn([users.username], {
      username: users.username,
      division: sql<string>`coalesce(${divisions.name}, ${grants.divisionPrefix})`,
    })
    .from(users)
    .innerJoin(grants, and(eq(grants.userId, users.id), isNull(grants.withdrawnAt)))
    .leftJoin(divisions, and(sql`${divisions.code} = ${code}`, isNull(divisions.validTo)))
    .where(and(inArray(users.username, [...usernames]), eq(users.status, 'active')))
    .orderBy(users.username)
}
