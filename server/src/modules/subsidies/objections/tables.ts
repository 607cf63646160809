import { sql } from 'drizzle-orm'
import {
  boolean,
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
import { bytes, civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { publicNotices } from '../notices/tables.ts'

/** 异议: against one line of a list or the whole of it, under a name or without one. */
export const objections = pgTable(
  'objections',
  {
    countyCode: countyCode(),
    id: id(),
    number: text('number').notNull(),
    noticeId: uuid('notice_id').notNull(),
    /** The line; none: the whole list. */
    seq: integer('seq'),
    applicationId: uuid('application_id'),
    programme: text('programme').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    channel: text('channel').notNull(),
    isAnonymous: boolean('is_anonymous').notNull(),
    /** Text, name and phone of the objector, enciphered under the row. */
    contentCipher: bytes('content_cipher').notNull(),
    /** Of the code with which the objector reads the reply. */
    receiptHash: bytes('receipt_hash'),
    state: text('state').notNull(),
    receivedOn: civilDate('received_on').notNull(),
    dueOn: civilDate('due_on').notNull(),
    findingCipher: bytes('finding_cipher'),
    investigatedOn: civilDate('investigated_on'),
    investigatedBy: uuid('investigated_by'),
    replyCipher: bytes('reply_cipher'),
    decidedOn: civilDate('decided_on'),
    decidedBy: uuid('decided_by'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ name: 'objections_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('objections_number').on(table.countyCode, table.number),
    index('objections_by_notice').on(table.countyCode, table.noticeId),
    index('objections_by_due').on(table.countyCode, table.state, table.dueOn, table.id),
    foreignKey({
      name: 'objections_notice',
      columns: [table.countyCode, table.noticeId],
      foreignColumns: [publicNotices.countyCode, publicNotices.id],
    }),
    check('objections_state', sql`${table.state} in ('RECEIVED', 'INVESTIGATED', 'UPHELD', 'NOT_UPHELD')`),
    check(
      'objections_channel',
      sql`${table.channel} in ('PUBLIC_PAGE', 'WINDOW', 'PHONE', 'LETTER', 'VISIT')`,
    ),
    check(
      'objections_investigated',
      sql`(${table.state} = 'RECEIVED') = (${table.investigatedBy} is null) and (${table.state} = 'RECEIVED') = (${table.findingCipher} is null)`,
    ),
    check(
      'objections_decided',
      sql`(${table.state} in ('UPHELD', 'NOT_UPHELD')) = (${table.decidedBy} is not null and ${table.decidedOn} is not null and ${table.replyCipher} is not null)`,
    ),
    check('objections_two_people', sql`${table.decidedBy} <> ${table.investigatedBy}`),
  ],
)
