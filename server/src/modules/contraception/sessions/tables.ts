import { sql } from 'drizzle-orm'
import {
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
import { civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { checkCalendars, checkStations } from '../calendars/tables.ts'

/** 查体场次: a team of a station in a village for a day, for one category. It names no method and no finding. */
export const checkSessions = pgTable(
  'check_sessions',
  {
    countyCode: countyCode(),
    id: id(),
    calendarId: uuid('calendar_id').notNull(),
    stationId: uuid('station_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    category: text('category').notNull(),
    team: integer('team').notNull(),
    /** The day first published; plan execution compares with it. */
    publishedOn: civilDate('published_on'),
    onDay: civilDate('on_day').notNull(),
    slots: integer('slots').notNull(),
    expected: integer('expected').notNull(),
    distanceClass: text('distance_class').notNull(),
    transport: text('transport').notNull(),
    status: text('status').notNull(),
    heldOn: civilDate('held_on'),
    /** Persons who came; counted with each visit. */
    attended: integer('attended').notNull(),
    reason: text('reason'),
    changedAt: instant('changed_at').notNull(),
    changedBy: uuid('changed_by'),
    recordedAt: instant('recorded_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'check_sessions_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'check_sessions_calendar',
      columns: [table.countyCode, table.calendarId],
      foreignColumns: [checkCalendars.countyCode, checkCalendars.id],
    }),
    foreignKey({
      name: 'check_sessions_station',
      columns: [table.countyCode, table.stationId],
      foreignColumns: [checkStations.countyCode, checkStations.id],
    }),
    uniqueIndex('check_sessions_team_once')
      .on(table.countyCode, table.calendarId, table.stationId, table.onDay, table.team)
      .where(sql`${table.status} <> 'CANCELLED'`),
    uniqueIndex('check_sessions_village_once')
      .on(table.countyCode, table.calendarId, table.divisionCode, table.onDay)
      .where(sql`${table.status} <> 'CANCELLED'`),
    index('check_sessions_by_day').on(table.countyCode, table.onDay, table.id),
    index('check_sessions_by_village').on(table.countyCode, table.divisionCode, table.category, table.onDay),
    check('check_sessions_status', sql`${table.status} in ('PROPOSED', 'PLANNED', 'HELD', 'CANCELLED')`),
    check('check_sessions_held_on', sql`(${table.status} = 'HELD') = (${table.heldOn} is not null)`),
    check('check_sessions_cancelled_why', sql`${table.status} <> 'CANCELLED' or ${table.reason} is not null`),
    check(
      'check_sessions_counts',
      sql`${table.slots} > 0 and ${table.expected} >= 0 and ${table.attended} >= 0`,
    ),
  ],
)

/** 场次变动: every move, cancellation and holding, with its reason. */
export const checkSessionChanges = pgTable(
  'check_session_changes',
  {
    countyCode: countyCode(),
    id: id(),
    sessionId: uuid('session_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    kind: text('kind').notNull(),
    fromOn: civilDate('from_on'),
    toOn: civilDate('to_on'),
    fromStation: uuid('from_station'),
    toStation: uuid('to_station'),
    reason: text('reason').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'check_session_changes_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'check_session_changes_session',
      columns: [table.countyCode, table.sessionId],
      foreignColumns: [checkSessions.countyCode, checkSessions.id],
    }),
    index('check_session_changes_by_session').on(table.countyCode, table.sessionId, table.recordedAt),
    check('check_session_changes_kind', sql`${table.kind} in ('MOVED', 'CANCELLED', 'HELD', 'PLANNED')`),
  ],
)
