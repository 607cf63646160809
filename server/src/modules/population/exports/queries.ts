import { and, desc, eq, gt, gte, lt, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { ExportState } from '@youyu/shared/population/exports'
import { RevealField } from '@youyu/shared/population/persons'
import { rangeOf } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Statements, Transaction } from '../../../database/connect.ts'
import { apiClients, users } from '../../accounts/tables.ts'
import type { KeptExport, Reader } from './rules.ts'
import { personExports } from './tables.ts'

const deciders = alias(users, 'deciders')

const shown = {
  id: personExports.id,
  divisionCode: personExports.divisionCode,
  format: personExports.format,
  columns: personExports.columns,
  unmasked: personExports.unmasked,
  filter: personExports.filter,
  purpose: personExports.purpose,
  reason: personExports.reason,
  rows: personExports.rows,
  state: personExports.state,
  requestedById: personExports.requestedBy,
  requestedBy: sql<string>`coalesce(${users.displayName}, ${apiClients.name}, '')`,
  requestedAt: personExports.requestedAt,
  decidedBy: deciders.displayName,
  decidedAt: personExports.decidedAt,
  decisionReason: personExports.decisionReason,
  expiresAt: personExports.expiresAt,
  downloads: personExports.downloads,
}

/** The door: one's own exports, and those of the area in which one decides. */
function inSight({ county }: Access, { actorId, approvesIn }: Reader): SQL {
  const areas = (approvesIn ?? []).map((prefix) => {
    const { lo, hi } = rangeOf(prefix)
    return and(gte(personExports.divisionCode, lo), lt(personExports.divisionCode, hi))
  })
  return and(eq(personExports.countyCode, county), or(eq(personExports.requestedBy, actorId), ...areas))!
}

function isIn(state: ExportState, now: Date): SQL {
  const isOpen = sql`${personExports.state} in ('approved', 'awaiting-approval')`
  if (state === 'expired')
    return or(eq(personExports.state, 'expired'), and(isOpen, sql`${personExports.expiresAt} <= ${now}`))!
  if (state === 'refused') return eq(personExports.state, state)
  return and(eq(personExports.state, state), gt(personExports.expiresAt, now))!
}

function kept(db: Statements) {
  return db
    .select(shown)
    .from(personExports)
    .leftJoin(users, eq(users.id, personExports.requestedBy))
    .leftJoin(apiClients, eq(apiClients.id, personExports.requestedBy))
    .leftJoin(deciders, eq(deciders.id, personExports.decidedBy))
}

type Wanted = { state: ExportState | undefined; before: string | null; limit: number }

/** Newest first: one's own, and what waits for or had one's decision. */
export async function listExports(
  tx: Transaction,
  access: Access,
  reader: Reader,
  { state, before, limit }: Wanted,
): Promise<KeptExport[]> {
  const concerns = or(
    eq(personExports.requestedBy, reader.actorId),
    eq(personExports.decidedBy, reader.actorId),
    eq(personExports.state, 'awaiting-approval'),
  )
  const rows = await kept(tx)
    .where(
      and(
        inSight(access, reader),
        concerns,
        state && isIn(state, reader.now),
        before === null ? undefined : lt(personExports.id, before),
      ),
    )
    .orderBy(desc(personExports.id))
    .limit(limit + 1)
  return rows.map(asKept)
}

export async function findExport(
  tx: Transaction,
  access: Access,
  reader: Reader,
  id: string,
): Promise<KeptExport | undefined> {
  const [row] = await kept(tx).where(and(inSight(access, reader), eq(personExports.id, id)))
  return row && asKept(row)
}

/** Whoever decides or downloads at the same time waits. */
export async function lockExport(tx: Transaction, { county }: Access, id: string): Promise<void> {
  await tx.execute(sql`select from person_exports where county_code = ${county} and id = ${id} for update`)
}

function asKept(row: Omit<KeptExport, 'unmasked'> & { unmasked: string[] }): KeptExport {
  return { ...row, unmasked: RevealField.array().parse(row.unmasked) }
}

export async function insertExport(tx: Transaction, row: typeof personExports.$inferInsert): Promise<void> {
  await tx.insert(personExports).values(row)
}

type Decision = {
  state: 'approved' | 'refused'
  decidedBy: string
  decidedAt: Date
  decisionReason: string
  expiresAt: Date
}

export async function decide(
  tx: Transaction,
  { county }: Access,
  id: string,
  decision: Decision,
): Promise<void> {
  await tx
    .update(personExports)
    .set(decision)
    .where(and(eq(personExports.countyCode, county), eq(personExports.id, id)))
}

export async function countDownload(tx: Transaction, { county }: Access, id: string): Promise<void> {
  await tx
    .update(personExports)
    .set({ downloads: sql`${personExports.downloads} + 1` })
    .where(and(eq(personExports.countyCode, county), eq(personExports.id, id)))
}
