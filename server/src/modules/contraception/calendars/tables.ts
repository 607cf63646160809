import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { organisations } from '../../organisations/tables.ts'

/** 节假日与调休: days that are free or worked against the week, as announced or as expected. */
export const holidays = pgTable(
  'holidays',
  {
    day: civilDate('day').notNull(),
    /** A weekend day that is worked in exchange. */
    isWorkday: boolean('is_workday').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    /** The year's notice has not come yet; worked out from the rule on public holidays. */
    isExpected: boolean('is_expected').notNull(),
    basis: text('basis').notNull(),
  },
  (table) => [primaryKey({ name: 'holidays_pk', columns: [table.day] })],
)

/** 查体站点: who goes out to the villages, with how many teams and vehicles, seeing how many people a day. */
export const checkStations = pgTable(
  'check_stations',
  {
    countyCode: countyCode(),
    id: id(),
    organisationId: uuid('organisation_id').notNull(),
    name: text('name').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    capacityPerDay: integer('capacity_per_day').notNull(),
    teams: integer('teams').notNull(),
    vehicles: integer('vehicles').notNull(),
    /** ISO weekdays on which teams go out. */
    weekdays: integer('weekdays').array().notNull(),
    openedOn: civilDate('opened_on').notNull(),
    closedOn: civilDate('closed_on'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'check_stations_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('check_stations_once').on(table.countyCode, table.organisationId),
    foreignKey({
      name: 'check_stations_organisation',
      columns: [table.organisationId],
      foreignColumns: [organisations.id],
    }),
    check(
      'check_stations_capacity',
      sql`${table.capacityPerDay} > 0 and ${table.teams} > 0 and ${table.vehicles} >= 0`,
    ),
    check('check_stations_in_order', sql`${table.closedOn} > ${table.openedOn}`),
  ],
)

/** 村到站距离: how a station reaches a village. Without a row, its own township's station does. */
export const villageDistances = pgTable(
  'village_distances',
  {
    countyCode: countyCode(),
    divisionCode: divisionCode('division_code').notNull(),
    stationId: uuid('station_id').notNull(),
    distanceClass: text('distance_class').notNull(),
    transport: text('transport').notNull(),
    minutes: integer('minutes').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({
      name: 'village_distances_pk',
      columns: [table.countyCode, table.divisionCode, table.stationId],
    }),
    foreignKey({
      name: 'village_distances_station',
      columns: [table.countyCode, table.stationId],
      foreignColumns: [checkStations.countyCode, checkStations.id],
    }),
    check('village_distances_class', sql`${table.distanceClass} in ('NEAR', 'MIDDLE', 'FAR')`),
    check('village_distances_transport', sql`${table.transport} in ('WALK', 'BUS', 'CAR', 'BOAT')`),
  ],
)

/** 农忙与停办时段: days on which a part of the county has no time for check-ups. */
export const busyPeriods = pgTable(
  'busy_periods',
  {
    countyCode: countyCode(),
    id: id(),
    divisionCode: divisionCode('division_code').notNull(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    fromOn: civilDate('from_on').notNull(),
    toOn: civilDate('to_on').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'busy_periods_pk', columns: [table.countyCode, table.id] }),
    index('busy_periods_by_day').on(table.countyCode, table.fromOn),
    check('busy_periods_kind', sql`${table.kind} in ('HARVEST', 'SOWING', 'FESTIVAL', 'WEATHER', 'OTHER')`),
    check('busy_periods_in_order', sql`${table.toOn} >= ${table.fromOn}`),
  ],
)

/** 查体年度计划 */
export const checkCalendars = pgTable(
  'check_calendars',
  {
    countyCode: countyCode(),
    id: id(),
    divisionCode: divisionCode('division_code').notNull(),
    year: integer('year').notNull(),
    fromOn: civilDate('from_on').notNull(),
    toOn: civilDate('to_on').notNull(),
    status: text('status').notNull(),
    villages: integer('villages').notNull(),
    sessions: integer('sessions').notNull(),
    unplaced: integer('unplaced').notNull(),
    jobId: uuid('job_id'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    publishedAt: instant('published_at'),
    publishedBy: uuid('published_by'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'check_calendars_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('check_calendars_one_published')
      .on(table.countyCode, table.year)
      .where(sql`${table.status} = 'PUBLISHED'`),
    check(
      'check_calendars_status',
      sql`${table.status} in ('PLANNING', 'PROPOSED', 'PUBLISHED', 'DISCARDED', 'FAILED')`,
    ),
  ],
)

/** What a calendar could not place, and what stood in the way on how many days. */
export const checkUnplaced = pgTable(
  'check_unplaced',
  {
    countyCode: countyCode(),
    id: id(),
    calendarId: uuid('calendar_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    category: text('category').notNull(),
    days: integer('days').notNull(),
    reason: text('reason').notNull(),
    hindrances: jsonb('hindrances').notNull(),
  },
  (table) => [
    primaryKey({ name: 'check_unplaced_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('check_unplaced_once').on(
      table.countyCode,
      table.calendarId,
      table.divisionCode,
      table.category,
    ),
    foreignKey({
      name: 'check_unplaced_calendar',
      columns: [table.countyCode, table.calendarId],
      foreignColumns: [checkCalendars.countyCode, checkCalendars.id],
    }),
  ],
)
