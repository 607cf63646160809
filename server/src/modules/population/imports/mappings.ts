import type { ColumnMapping, ImportKind } from '@youyu/shared/population/imports'
import type { Access } from '../../../access/access.ts'
import { transaction } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { listMappings, saveMapping } from './queries.ts'
import { importFields } from './rules-fields.ts'

type Kept = { source: string; kind: ImportKind; mapping: ColumnMapping }

export async function mappingsFor(office: Office, access: Access, kind: ImportKind | undefined) {
  const rows = await listMappings(office.db.statements, access, kind)
  return {
    items: rows.map(({ source, kind: of, mapping, savedAt }) => ({
      source,
      kind: of,
      mapping,
      savedAt: savedAt.toISOString(),
    })),
  }
}

export async function keepMapping(office: Office, access: Access, { kind, source, mapping }: Kept) {
  const keys = new Set(importFields[kind].map(({ key }) => key))
  const wrong = Object.entries(mapping).filter(([, key]) => key !== null && !keys.has(key))
  if (wrong.length > 0)
    throw new Refused('invalid-request', {
      errors: wrong.map(([header]) => ({ pointer: `/mapping/${header}`, code: 'invalid-value' })),
    })
  const now = office.now()
  await transaction(office.db, access, (tx) => saveMapping(tx, access, { kind, source, mapping }, now))
  return { source, kind, mapping, savedAt: now.toISOString() }
}
