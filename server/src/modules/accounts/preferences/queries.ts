import { and, count, eq, ne } from 'drizzle-orm'
import type { Statements } from '../../../database/connect.ts'
import { preferences } from '../tables.ts'

export async function listPreferences(db: Statements, userId: string): Promise<Record<string, unknown>> {
  const rows = await db
    .select()
    .from(preferences)
    .where(eq(preferences.userId, userId))
    .orderBy(preferences.key)
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

export async function countOtherKeys(db: Statements, userId: string, key: string): Promise<number> {
  const [row] = await db
    .select({ keys: count() })
    .from(preferences)
    .where(and(eq(preferences.userId, userId), ne(preferences.key, key)))
  return row?.keys ?? 0
}

export async function keepPreference(
  db: Statements,
  userId: string,
  key: string,
  value: unknown,
): Promise<void> {
  await db
    .insert(preferences)
    .values({ userId, key, value })
    .onConflictDoUpdate({ target: [preferences.userId, preferences.key], set: { value } })
}

export async function forgetPreference(db: Statements, userId: string, key: string): Promise<void> {
  await db.delete(preferences).where(and(eq(preferences.userId, userId), eq(preferences.key, key)))
}
