import type { Channel } from '@youyu/shared/subsidies/payment-values'
import type { Submission } from '@youyu/shared/subsidies/payment-batches'
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, countyCode, id, instant } from '../../../database/columns.ts'
import { paymentBatches } from '../payment-batches/tables.ts'

/** 送盘: a batch on its way to the bank, once; a lease tells a live worker from a dead one. */
export const bankSubmissions = pgTable(
  'bank_submissions',
  {
    countyCode: countyCode(),
    id: id(),
    batchId: uuid('batch_id').notNull(),
    channel: text('channel').$type<Channel>().notNull(),
    state: text('state').$type<Submission['state']>().notNull(),
    fileName: text('file_name'),
    sha256: bytes('sha256'),
    bytes: integer('bytes'),
    rows: integer('rows'),
    fen: bigint('fen', { mode: 'number' }),
    bankReference: text('bank_reference'),
    failure: text('failure'),
    attempts: integer('attempts').notNull(),
    leaseOwner: uuid('lease_owner'),
    leaseUntil: instant('lease_until'),
    /** When it is looked at again: a failed delivery, an answer that is awaited. */
    nextAt: instant('next_at').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    deliveredAt: instant('delivered_at'),
    acceptedAt: instant('accepted_at'),
  },
  (table) => [
    primaryKey({ name: 'bank_submissions_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('bank_submissions_once').on(table.countyCode, table.batchId),
    index('bank_submissions_open')
      .on(table.nextAt)
      .where(sql`${table.state} <> 'REFUSED'`),
    foreignKey({
      name: 'bank_submissions_batch',
      columns: [table.countyCode, table.batchId],
      foreignColumns: [paymentBatches.countyCode, paymentBatches.id],
    }),
    check('bank_submissions_channel', sql`${table.channel} in ('FILE', 'FOLDER', 'HTTP', 'API')`),
    check(
      'bank_submissions_state',
      sql`${table.state} in ('PREPARING', 'WAITING', 'DELIVERED', 'ACCEPTED', 'REFUSED')`,
    ),
    check(
      'bank_submissions_file',
      sql`${table.state} in ('PREPARING', 'REFUSED') or (${table.fileName} is not null and ${table.sha256} is not null and ${table.bytes} is not null)`,
    ),
  ],
)
