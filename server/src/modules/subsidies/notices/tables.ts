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
import { bytes, civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'

/** 公示: the list of one programme and step in one village (or township), frozen when it is put up. */
export const publicNotices = pgTable(
  'public_notices',
  {
    countyCode: countyCode(),
    id: id(),
    number: text('number').notNull(),
    programme: text('programme').notNull(),
    versionId: uuid('version_id'),
    step: text('step').notNull(),
    /** The village, or the township of a township's notice. */
    divisionCode: divisionCode('division_code').notNull(),
    profile: text('profile').notNull(),
    workingDays: smallint('working_days').notNull(),
    state: text('state').notNull(),
    entries: integer('entries').notNull(),
    /** SHA-256 over the frozen list: what was put up, to the letter. */
    contentHash: bytes('content_hash'),
    drawnOn: civilDate('drawn_on').notNull(),
    drawnBy: uuid('drawn_by').notNull(),
    postedOn: civilDate('posted_on'),
    postedBy: uuid('posted_by'),
    /** The last day of the list; after it, it is taken down by itself. */
    untilOn: civilDate('until_on'),
    closedOn: civilDate('closed_on'),
    voidReason: text('void_reason'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ name: 'public_notices_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('public_notices_number').on(table.countyCode, table.number),
    uniqueIndex('public_notices_one_draft')
      .on(table.countyCode, table.programme, table.step, table.divisionCode)
      .where(sql`${table.state} = 'DRAFT'`),
    index('public_notices_by_place').on(table.countyCode, table.divisionCode, table.id),
    index('public_notices_open')
      .on(table.countyCode, table.untilOn)
      .where(sql`${table.state} in ('POSTED', 'OBJECTION_OPEN')`),
    check('public_notices_step', sql`${table.step} in ('VILLAGE_NOTICE', 'TOWN_NOTICE')`),
    check('public_notices_profile', sql`${table.profile} in ('STANDARD', 'COUNT_ONLY')`),
    check(
      'public_notices_state',
      sql`${table.state} in ('DRAFT', 'POSTED', 'OBJECTION_OPEN', 'CLOSED_CLEAN', 'CLOSED_WITH_OBJECTION', 'VOID')`,
    ),
    check(
      'public_notices_posted',
      sql`${table.state} in ('DRAFT', 'VOID') or (${table.postedOn} is not null and ${table.untilOn} is not null and ${table.contentHash} is not null)`,
    ),
    check(
      'public_notices_closed',
      sql`(${table.state} like 'CLOSED%') = (${table.closedOn} is not null) and ${table.closedOn} > ${table.untilOn}`,
    ),
    check('public_notices_void', sql`(${table.state} = 'VOID') = (${table.voidReason} is not null)`),
    check('public_notices_days', sql`${table.workingDays} between 1 and 60`),
  ],
)

/** One line of a list. What the public sees of it is frozen here; a count-only list freezes no name. */
export const noticeEntries = pgTable(
  'notice_entries',
  {
    countyCode: countyCode(),
    noticeId: uuid('notice_id').notNull(),
    seq: integer('seq').notNull(),
    applicationId: uuid('application_id').notNull(),
    /** The village of hukou. */
    divisionCode: divisionCode('division_code').notNull(),
    maskedName: text('masked_name'),
    level: text('level').notNull(),
    outcome: text('outcome').notNull(),
    outcomeOn: civilDate('outcome_on'),
  },
  (table) => [
    primaryKey({ name: 'notice_entries_pk', columns: [table.countyCode, table.noticeId, table.seq] }),
    uniqueIndex('notice_entries_once_open')
      .on(table.countyCode, table.applicationId)
      .where(sql`${table.outcome} = 'OPEN'`),
    index('notice_entries_open')
      .on(table.countyCode, table.noticeId)
      .where(sql`${table.outcome} = 'OPEN'`),
    index('notice_entries_by_application').on(table.countyCode, table.applicationId),
    foreignKey({
      name: 'notice_entries_notice',
      columns: [table.countyCode, table.noticeId],
      foreignColumns: [publicNotices.countyCode, publicNotices.id],
    }),
    check('notice_entries_outcome', sql`${table.outcome} in ('OPEN', 'PASSED', 'RETURNED', 'LEFT')`),
    check('notice_entries_outcome_day', sql`(${table.outcome} = 'OPEN') = (${table.outcomeOn} is null)`),
  ],
)

/** 张贴记录: where and when the list was seen on the wall, with a photograph as attachment. */
export const noticePostings = pgTable(
  'notice_postings',
  {
    countyCode: countyCode(),
    id: id(),
    noticeId: uuid('notice_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    place: text('place').notNull(),
    seenOn: civilDate('seen_on').notNull(),
    photoId: uuid('photo_id'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'notice_postings_pk', columns: [table.countyCode, table.id] }),
    index('notice_postings_by_notice').on(table.countyCode, table.noticeId, table.seenOn),
    foreignKey({
      name: 'notice_postings_notice',
      columns: [table.countyCode, table.noticeId],
      foreignColumns: [publicNotices.countyCode, publicNotices.id],
    }),
  ],
)
