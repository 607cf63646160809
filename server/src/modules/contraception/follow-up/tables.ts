import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { TaskEnd, TaskStatus } from '@youyu/shared/contraception/follow-up'
import type { FollowUpMode, OfferService, ProtocolSubject } from '@youyu/shared/contraception/protocols'
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
  plainText,
} from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/** 随访任务: a visit, call or reminder to be offered; a record of care. Its id follows from what it names. */
export const followUpTasks = pgTable(
  'follow_up_tasks',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    /** The fact that it follows: an episode, a procedure, a dispensing, a note. */
    originId: uuid('origin_id').notNull(),
    episodeId: uuid('episode_id'),
    procedureId: uuid('procedure_id'),
    protocolCode: plainText('protocol_code').notNull(),
    step: plainText('step').notNull(),
    ordinal: integer('ordinal').notNull(),
    subject: text('subject').$type<ProtocolSubject>().notNull(),
    service: text('service').$type<OfferService>().notNull(),
    mode: text('mode').$type<FollowUpMode>().notNull(),
    dueFrom: civilDate('due_from').notNull(),
    dueTo: civilDate('due_to').notNull(),
    /** The first day of the next cycle: declined means silence until then. */
    cycleTo: civilDate('cycle_to').notNull(),
    status: text('status').$type<TaskStatus>().notNull(),
    /** Why it is MOVED or CANCELLED. */
    endedBy: text('ended_by').$type<TaskEnd>(),
    tries: smallint('tries').notNull().default(0),
    lastTryOn: civilDate('last_try_on'),
    bookedOn: civilDate('booked_on'),
    doneOn: civilDate('done_on'),
    doneMode: text('done_mode').$type<FollowUpMode>(),
    /** The offer that tells of it, on the list of due services. */
    offerId: uuid('offer_id'),
    resultCipher: bytes('result_cipher'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    updatedAt: instant('updated_at').notNull(),
    updatedBy: uuid('updated_by'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ name: 'follow_up_tasks_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'follow_up_tasks_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('follow_up_tasks_once').on(
      table.countyCode,
      table.originId,
      table.protocolCode,
      table.step,
      table.ordinal,
    ),
    index('follow_up_tasks_by_client').on(table.countyCode, table.clientId, table.dueFrom),
    index('follow_up_tasks_worklist')
      .on(table.countyCode, table.facilityId, table.dueFrom, table.id)
      .where(sql`${table.status} in ('PLANNED', 'OFFERED', 'BOOKED')`),
    index('follow_up_tasks_booked')
      .on(table.countyCode, table.facilityId, table.bookedOn)
      .where(sql`${table.status} = 'BOOKED'`),
    index('follow_up_tasks_by_offer')
      .on(table.countyCode, table.offerId)
      .where(sql`${table.offerId} is not null`),
    check(
      'follow_up_tasks_status',
      sql`${table.status} in ('PLANNED', 'OFFERED', 'BOOKED', 'DONE', 'DECLINED', 'UNREACHABLE', 'MOVED', 'CANCELLED')`,
    ),
    check('follow_up_tasks_tries', sql`${table.tries} between 0 and 2`),
    check(
      'follow_up_tasks_window',
      sql`${table.dueTo} >= ${table.dueFrom} and ${table.cycleTo} > ${table.dueFrom}`,
    ),
    check('follow_up_tasks_done_has_day', sql`${table.status} <> 'DONE' or ${table.doneOn} is not null`),
    check(
      'follow_up_tasks_booked_has_day',
      sql`${table.status} <> 'BOOKED' or ${table.bookedOn} is not null`,
    ),
    check(
      'follow_up_tasks_end_has_reason',
      sql`(${table.status} in ('MOVED', 'CANCELLED')) = (${table.endedBy} is not null)`,
    ),
  ],
)

/** 闭经记录: since when the menses are absent, as she told it in care. */
export const menopauseNotes = pgTable(
  'menopause_notes',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    lastMensesOn: civilDate('last_menses_on').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'menopause_notes_pk', columns: [table.countyCode, table.id] }),
    index('menopause_notes_by_client').on(table.countyCode, table.clientId, table.occurredOn),
    check('menopause_notes_in_order', sql`${table.lastMensesOn} <= ${table.occurredOn}`),
    check(
      'menopause_notes_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 夜间随访编排: once a county and day, whichever process comes first. */
export const followUpRuns = pgTable(
  'follow_up_runs',
  {
    countyCode: countyCode(),
    dayOn: civilDate('day_on').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    made: integer('made'),
    redated: integer('redated'),
    ended: integer('ended'),
    offered: integer('offered'),
  },
  (table) => [primaryKey({ name: 'follow_up_runs_pk', columns: [table.countyCode, table.dayOn] })],
)
