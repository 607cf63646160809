import { and, asc, eq, gt, gte, isNull, lt, or, sql, type SQL } from 'drizzle-orm'
import type { ApiClient } from '@youyu/shared/accounts'
import { rangeOf } from '@youyu/shared/values'
import { prepared, type Statements, type Transaction } from '../../../database/connect.ts'
import { apiClients, apiClientSecrets } from '../tables.ts'

function clientsInside(prefixes: readonly string[]): SQL {
  const ranges = prefixes.map((prefix) => {
    const { lo, hi } = rangeOf(prefix)
    return and(gte(apiClients.divisionPrefix, lo), lt(apiClients.divisionPrefix, hi))
  })
  return or(...ranges) ?? sql`false`
}

const iso = (column: SQL | typeof apiClientSecrets.createdAt | typeof apiClientSecrets.expiresAt) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Secrets that are good at this moment. */
function secretsOf(now: Date): SQL<ApiClient['secrets']> {
  const good = or(isNull(apiClientSecrets.expiresAt), gt(apiClientSecrets.expiresAt, now))
  return sql`coalesce((
    select json_agg(json_build_object(
      'id', ${apiClientSecrets.id}, 'createdAt', ${iso(apiClientSecrets.createdAt)},
      'expiresAt', ${iso(apiClientSecrets.expiresAt)}, 'lastUsedAt', ${iso(apiClientSecrets.lastUsedAt)}
    ) order by ${apiClientSecrets.id})
    from ${apiClientSecrets} where ${and(eq(apiClientSecrets.clientId, apiClients.id), good)}
  ), '[]')`
}

function select(db: Statements, now: Date) {
  const {
    id,
    name,
    scopes,
    purposes,
    divisionPrefix,
    organisationId,
    allowedAddresses,
    requestsPerMinute,
    expiresAt,
    status,
    version,
  } = apiClients
  const columns = {
    id,
    name,
    scopes,
    purposes,
    divisionPrefix,
    organisationId,
    allowedAddresses,
    requestsPerMinute,
    expiresAt,
    status,
    version,
  }
  return db
    .select({ ...columns, secrets: secretsOf(now) })
    .from(apiClients)
    .$dynamic()
}
type ClientRow = Awaited<ReturnType<typeof select>>[number]

export function toClient({ scopes, expiresAt, ...row }: ClientRow): ApiClient {
  return { ...row, scopes: scopes as ApiClient['scopes'], expiresAt: expiresAt?.toISOString() ?? null }
}

export async function listClients(
  db: Statements,
  prefixes: readonly string[],
  after: string | null,
  limit: number,
  now: Date,
) {
  return await select(db, now)
    .where(
      and(
        clientsInside(prefixes),
        after === null ? undefined : gt(sql`${apiClients.name} collate "C"`, after),
      ),
    )
    .orderBy(asc(sql`${apiClients.name} collate "C"`))
    .limit(limit)
}

export async function findClient(
  db: Statements,
  prefixes: readonly string[],
  id: string,
  now: Date,
): Promise<ClientRow | undefined> {
  const [row] = await select(db, now).where(and(eq(apiClients.id, id), clientsInside(prefixes)))
  return row
}

export async function lockClient(tx: Transaction, prefixes: readonly string[], id: string) {
  const [row] = await tx
    .select({ version: apiClients.version, divisionPrefix: apiClients.divisionPrefix })
    .from(apiClients)
    .where(and(eq(apiClients.id, id), clientsInside(prefixes)))
    .for('update')
  return row
}

export async function insertClient(tx: Transaction, client: typeof apiClients.$inferInsert): Promise<void> {
  await tx.insert(apiClients).values(client)
}

export async function updateClient(
  tx: Transaction,
  id: string,
  change: Partial<typeof apiClients.$inferInsert>,
): Promise<void> {
  await tx
    .update(apiClients)
    .set({ ...change, version: sql`${apiClients.version} + 1` })
    .where(eq(apiClients.id, id))
}

export async function insertSecret(
  tx: Transaction,
  secret: typeof apiClientSecrets.$inferInsert,
): Promise<void> {
  await tx.insert(apiClientSecrets).values(secret)
}

/** Ends secrets at a moment, unless they end earlier: one, or all that are good now. Answers how many. */
export async function endSecrets(
  tx: Transaction,
  clientId: string,
  only: string | null,
  at: Date,
  now: Date,
): Promise<number> {
  const rows = await tx
    .update(apiClientSecrets)
    .set({ expiresAt: sql`least(${apiClientSecrets.expiresAt}, ${at.toISOString()}::timestamptz)` })
    .where(
      and(
        eq(apiClientSecrets.clientId, clientId),
        or(isNull(apiClientSecrets.expiresAt), gt(apiClientSecrets.expiresAt, now)),
        only === null ? undefined : eq(apiClientSecrets.id, only),
      ),
    )
    .returning({ id: apiClientSecrets.id })
  return rows.length
}

/** A client that may work at this moment; looked up at every request of hers. */
export const findWorkingClient = prepared('working-client', (db) =>
  db
    .select()
    .from(apiClients)
    .where(
      and(
        eq(apiClients.id, sql.placeholder('id')),
        eq(apiClients.status, 'active'),
        or(isNull(apiClients.expiresAt), gt(apiClients.expiresAt, sql.placeholder('now'))),
      ),
    ),
)

/** Uses a secret of a client: false where it is not one of her good ones. Looked up by hash, so no comparison takes time. */
export async function useSecret(
  db: Statements,
  clientId: string,
  secretHash: Buffer,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(apiClientSecrets)
    .set({ lastUsedAt: now })
    .where(
      and(
        eq(apiClientSecrets.clientId, clientId),
        eq(apiClientSecrets.secretHash, secretHash),
        or(isNull(apiClientSecrets.expiresAt), gt(apiClientSecrets.expiresAt, now)),
      ),
    )
    .returning({ id: apiClientSecrets.id })
  return rows.length > 0
}
