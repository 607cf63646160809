import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { ErrorCode } from '@youyu/shared/errors'
import type { JobKind, JobState } from '@youyu/shared/jobs'
import { bytes, countyCode, id, instant } from '../database/columns.ts'

/** 任务: long work with progress; a lease tells a live worker from a dead one. */
export const jobs = pgTable(
  'jobs',
  {
    countyCode: countyCode(),
    id: id(),
    kind: text('kind').$type<JobKind>().notNull(),
    title: text('title').notNull(),
    state: text('state').$type<JobState>().notNull(),
    /** The record the work is about: an import, an export. */
    subjectId: uuid('subject_id').notNull(),
    createdBy: uuid('created_by').notNull(),
    /** Rights of the maker, frozen when the work was asked for. */
    access: jsonb('access').notNull(),
    rowsExpected: integer('rows_expected'),
    rowsRead: integer('rows_read').notNull().default(0),
    rowsAccepted: integer('rows_accepted').notNull().default(0),
    rowsRejected: integer('rows_rejected').notNull().default(0),
    bytesTotal: integer('bytes_total'),
    bytesRead: integer('bytes_read').notNull().default(0),
    failureCode: text('failure_code').$type<ErrorCode>(),
    failureDetail: text('failure_detail'),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    leaseOwner: text('lease_owner'),
    leaseUntil: instant('lease_until'),
    attempts: integer('attempts').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    primaryKey({ name: 'jobs_pk', columns: [table.countyCode, table.id] }),
    index('jobs_by_maker').on(table.createdBy, table.id),
    index('jobs_open')
      .on(table.createdAt)
      .where(sql`${table.state} in ('queued', 'running')`),
    check('jobs_state', sql`${table.state} in ('queued', 'running', 'succeeded', 'failed', 'cancelled')`),
  ],
)

/** 幂等键: the stored answer of a creating request, written in its transaction. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    countyCode: countyCode(),
    actorId: uuid('actor_id').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of method, path and body. */
    requestHash: bytes('request_hash').notNull(),
    /** The result of the action as JSON; null until it commits. */
    body: text('body'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'idempotency_keys_pk', columns: [table.countyCode, table.actorId, table.key] }),
    index('idempotency_keys_by_age').on(table.createdAt),
  ],
)
