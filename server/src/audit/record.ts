import type { AccessAction } from '@youyu/shared/audit'
import type { Purpose } from '@youyu/shared/values'
import type { Access } from '../access/access.ts'
import { newId } from '../crypto/ids.ts'
import type { Statements } from '../database/connect.ts'
import { insertEntry, insertingEntries } from './queries.ts'
import type { accessLog } from './tables.ts'

export type Deed = {
  action: AccessAction
  /** Kind of record: `person`, `household`, `user` … */
  entity: string
  entityId?: string | null
  /** Division that the record belongs to; its area may read the entry. */
  division?: string
  fields?: readonly string[]
  purpose?: Purpose
  reason?: string
  rows?: number
  result?: 'allowed' | 'refused'
}

export function entryOf(access: Access, deed: Deed, at: Date): typeof accessLog.$inferInsert {
  return {
    countyCode: access.county,
    id: newId(at.getTime()),
    at,
    actorId: access.actorId,
    actorKind: access.actorKind,
    role: access.role,
    action: deed.action,
    entity: deed.entity,
    entityId: deed.entityId ?? null,
    divisionCode: deed.division ?? (access.prefixes[0] ?? '').padEnd(12, '0'),
    fields: [...(deed.fields ?? [])],
    purpose: deed.purpose ?? null,
    reason: deed.reason ?? null,
    rows: deed.rows ?? 1,
    result: deed.result ?? 'allowed',
    address: access.address,
    requestId: access.requestId,
  }
}

/** Writes a deed into the access log, in the transaction of the deed. */
export async function record(tx: Statements, access: Access, deed: Deed, at: Date): Promise<void> {
  await insertEntry(tx, entryOf(access, deed, at))
}

/** The same as a part of the deeds' own statement: a text for a WITH, each written once if `from` has a row. */
export function recording(
  bound: { bind(value: unknown): string },
  access: Access,
  deeds: readonly Deed[],
  { at, from }: { at: Date; from: string },
): string {
  const entries = deeds.map((deed) => entryOf(access, deed, at))
  return insertingEntries(bound, entries, from)
}
