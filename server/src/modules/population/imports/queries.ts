import { and, desc, eq, gte, lt, or, sql, type SQL } from 'drizzle-orm'
import type { ColumnMapping, Import, ImportKind, ImportNote } from '@youyu/shared/population/imports'
import { rangeOf } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Statements, Transaction } from '../../../database/connect.ts'
import { jobs } from '../../../jobs/tables.ts'
import { apiClients, users } from '../../accounts/tables.ts'
import { importMappings, imports } from './tables.ts'

export type ImportRow = typeof imports.$inferSelect
export type NewImport = typeof imports.$inferInsert

/** The one door to imports: those made inside the area of the access. */
function ofArea(access: Access): SQL {
  const inside = access.prefixes
    .map(rangeOf)
    .map(({ lo, hi }) => and(gte(imports.divisionCode, lo), lt(imports.divisionCode, hi)))
  return and(eq(imports.countyCode, access.county), or(...inside) ?? sql`false`)!
}

const shown = {
  import: imports,
  state: jobs.state,
  rowsRead: jobs.rowsRead,
  rowsAccepted: jobs.rowsAccepted,
  rowsRejected: jobs.rowsRejected,
  finishedAt: jobs.finishedAt,
  createdBy: sql<string>`coalesce(${users.displayName}, ${apiClients.name}, '')`,
}
export type ShownImport = { import: ImportRow; createdBy: string } & Pick<
  Import,
  'state' | 'rowsRead' | 'rowsAccepted' | 'rowsRejected'
> & { finishedAt: Date | null }

const shownImports = (tx: Transaction) =>
  tx
    .select(shown)
    .from(imports)
    .innerJoin(jobs, and(eq(jobs.countyCode, imports.countyCode), eq(jobs.id, imports.jobId)))
    .leftJoin(users, eq(users.id, imports.createdBy))
    .leftJoin(apiClients, eq(apiClients.id, imports.createdBy))

export async function findShownImport(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<ShownImport | undefined> {
  const [row] = await shownImports(tx).where(and(ofArea(access), eq(imports.id, id)))
  return row
}

export async function listShownImports(
  tx: Transaction,
  access: Access,
  wanted: { kind: ImportKind | undefined; before: string | undefined; limit: number },
): Promise<ShownImport[]> {
  const { kind, before, limit } = wanted
  return await shownImports(tx)
    .where(and(ofArea(access), kind && eq(imports.kind, kind), before ? lt(imports.id, before) : undefined))
    .orderBy(desc(imports.id))
    .limit(limit)
}

export async function findImport(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<ImportRow | undefined> {
  const [row] = await tx
    .select()
    .from(imports)
    .where(and(ofArea(access), eq(imports.id, id)))
  return row
}

export async function insertImport(tx: Transaction, row: NewImport): Promise<ImportRow> {
  const [inserted] = await tx.insert(imports).values(row).returning()
  return inserted!
}

type SameFile = { kind: ImportKind; sha256: string; division: string }

/** Earlier loads of the same content into the same area: applied, or under way. */
export async function earlierLoads(
  tx: Transaction,
  access: Access,
  { kind, sha256, division }: SameFile,
): Promise<{ id: string; createdAt: Date; applied: boolean }[]> {
  return await tx
    .select({ id: imports.id, createdAt: imports.createdAt, applied: imports.applied })
    .from(imports)
    .innerJoin(jobs, and(eq(jobs.countyCode, imports.countyCode), eq(jobs.id, imports.jobId)))
    .where(
      and(
        ofArea(access),
        eq(imports.kind, kind),
        eq(imports.fileSha256, sha256),
        eq(imports.divisionCode, division),
        eq(imports.dryRun, false),
        or(eq(imports.applied, true), sql`${jobs.state} in ('queued', 'running')`),
      ),
    )
    .orderBy(desc(imports.id))
}

type Outcome = {
  rowsMatched: number
  rowsForReview: number
  findings: Record<string, number>
  notes: ImportNote[]
  applied: boolean
}

export async function closeImport(tx: Transaction, row: ImportRow, outcome: Outcome): Promise<void> {
  await tx
    .update(imports)
    .set(outcome)
    .where(and(eq(imports.countyCode, row.countyCode), eq(imports.id, row.id)))
}

/** Whether an upload still waits for its work. */
export async function isAwaited(db: Statements, subjectId: string): Promise<boolean> {
  const open = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.subjectId, subjectId), sql`${jobs.state} in ('queued', 'running')`))
    .limit(1)
  return open.length > 0
}

export async function findMapping(
  db: Statements,
  access: Access,
  kind: ImportKind,
  source: string,
): Promise<ColumnMapping | undefined> {
  const [row] = await db
    .select({ mapping: importMappings.mapping })
    .from(importMappings)
    .where(
      and(
        eq(importMappings.countyCode, access.county),
        eq(importMappings.kind, kind),
        eq(importMappings.source, source),
      ),
    )
  return row?.mapping
}

export async function listMappings(db: Statements, access: Access, kind: ImportKind | undefined) {
  return await db
    .select()
    .from(importMappings)
    .where(and(eq(importMappings.countyCode, access.county), kind && eq(importMappings.kind, kind)))
    .orderBy(importMappings.kind, importMappings.source)
    .limit(500)
}

export async function saveMapping(
  db: Statements,
  access: Access,
  kept: { kind: ImportKind; source: string; mapping: ColumnMapping },
  now: Date,
): Promise<void> {
  const saved = { mapping: kept.mapping, savedBy: access.actorId, savedAt: now }
  await db
    .insert(importMappings)
    .values({ countyCode: access.county, kind: kept.kind, source: kept.source, ...saved })
    .onConflictDoUpdate({
      target: [importMappings.countyCode, importMappings.kind, importMappings.source],
      set: saved,
    })
}
