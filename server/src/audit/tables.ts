import { check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import type { AccessAction } from '@youyu/shared/audit'
import type { Purpose } from '@youyu/shared/values'
import { bytes, countyCode, divisionCode, id, instant } from '../database/columns.ts'

/** 访问日志: who did what; ids and salted hashes only, no personal value; rows are only ever added. */
export const accessLog = pgTable(
  'access_log',
  {
    countyCode: countyCode(),
    id: id(),
    at: instant('at').notNull(),
    actorId: uuid('actor_id'),
    /** `user`, `client` or `system`. */
    actorKind: text('actor_kind').notNull(),
    role: text('role'),
    action: text('action').$type<AccessAction>().notNull(),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id'),
    divisionCode: divisionCode('division_code').notNull(),
    fields: text('fields')
      .array()
      .notNull()
      .default(sql`'{}'`),
    purpose: text('purpose').$type<Purpose>(),
    reason: text('reason'),
    rows: integer('rows').notNull().default(1),
    result: text('result').$type<'allowed' | 'refused'>().notNull(),
    address: text('address'),
    requestId: text('request_id'),
  },
  (table) => [
    primaryKey({ name: 'access_log_pk', columns: [table.countyCode, table.id] }),
    index('access_log_by_entity').on(table.countyCode, table.entityId, table.id),
    index('access_log_by_actor').on(table.actorId, table.id),
    check('access_log_result', sql`${table.result} in ('allowed', 'refused')`),
  ],
)

/** 封存: a batch of log rows hashed and signed; the root carries the one before it. */
export const accessSeals = pgTable(
  'access_seals',
  {
    countyCode: countyCode(),
    sequence: integer('sequence').notNull(),
    firstId: uuid('first_id').notNull(),
    lastId: uuid('last_id').notNull(),
    rows: integer('rows').notNull(),
    root: bytes('root').notNull(),
    signature: bytes('signature').notNull(),
    keyId: text('key_id').notNull(),
    sealedAt: instant('sealed_at').notNull(),
  },
  (table) => [primaryKey({ name: 'access_seals_pk', columns: [table.countyCode, table.sequence] })],
)

/** Which rows a seal covers, in their order; kept apart because log rows are never updated. */
export const accessSealRows = pgTable(
  'access_seal_rows',
  {
    countyCode: countyCode(),
    entryId: uuid('entry_id').notNull(),
    sequence: integer('sequence').notNull(),
    position: integer('position').notNull(),
    /** SHA-256 of the row as it was sealed: names the row that was changed. */
    rowHash: bytes('row_hash').notNull(),
  },
  (table) => [
    primaryKey({ name: 'access_seal_rows_pk', columns: [table.countyCode, table.entryId] }),
    index('access_seal_rows_by_sequence').on(table.countyCode, table.sequence, table.position),
  ],
)
