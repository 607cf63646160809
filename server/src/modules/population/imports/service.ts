import type { Import, ImportKind } from '@youyu/shared/population/imports'
import type { Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { reading } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findShownImport, listShownImports, type ShownImport } from './queries.ts'

export function importOf(row: ShownImport): Import {
  const { import: kept, createdBy, state, rowsRead, rowsAccepted, rowsRejected, finishedAt } = row
  const {
    id,
    jobId,
    kind,
    fileName,
    fileSha256,
    encoding,
    format,
    dryRun,
    onMatch,
    rowsMatched,
    rowsForReview,
    findings,
    notes,
    mapping,
    createdAt,
  } = kept
  return {
    ...{ id, jobId, kind, fileName, fileSha256, encoding, format, dryRun, onMatch, state },
    ...{ rowsRead, rowsAccepted, rowsRejected, rowsMatched, rowsForReview, findings, notes, mapping },
    errorsUrl: state === 'succeeded' && rowsRejected > 0 ? `/api/v1/imports/${id}/errors.csv` : null,
    createdBy,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}

export async function importFor(office: Office, access: Access, id: string): Promise<Import> {
  const row = await reading(office.db, access, (tx) => findShownImport(tx, access, id))
  if (!row) throw new Refused('not-found')
  return importOf(row)
}

export async function importsFor(
  office: Office,
  access: Access,
  asked: { limit: number; cursor?: string | undefined; kind?: ImportKind | undefined },
): Promise<Page<Import>> {
  const before = keyIn(asked.cursor, ['string'])?.[0]
  const rows = await reading(office.db, access, (tx) =>
    listShownImports(tx, access, { kind: asked.kind, before, limit: asked.limit + 1 }),
  )
  return pageOf(rows, asked.limit, importOf, (row) => [row.import.id])
}
