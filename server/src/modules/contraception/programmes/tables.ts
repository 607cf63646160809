import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, id, instant } from '../../../database/columns.ts'

/**
 * 查体项目: what is offered to whom in which cycle, from a day on. A later row of the same code takes its place; county
 * 0 holds what holds everywhere, a county's own row comes before it.
 */
export const checkProgrammes = pgTable(
  'check_programmes',
  {
    countyCode: countyCode(),
    id: id(),
    code: text('code').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
    /** Whether it is offered at all: a county may stop a programme from a day on. */
    isOffered: boolean('is_offered').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    category: text('category').notNull(),
    audience: text('audience').notNull(),
    sex: text('sex'),
    ageFrom: integer('age_from').notNull(),
    ageTo: integer('age_to').notNull(),
    cycleMonths: integer('cycle_months').notNull(),
    venue: text('venue').notNull(),
    /** `MM-DD`; a season may pass the turn of the year. */
    seasonFrom: text('season_from'),
    seasonTo: text('season_to'),
    items: text('items').array().notNull(),
    /** Codes of programmes that this package joins in one visit. */
    combines: text('combines').array().notNull(),
    /** Of a hundred invited, how many are expected to come; for planning only. */
    uptakePercent: integer('uptake_percent').notNull(),
    basis: text('basis').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'check_programmes_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('check_programmes_once').on(table.countyCode, table.code, table.effectiveFrom),
    index('check_programmes_by_category').on(table.countyCode, table.category),
    check(
      'check_programmes_category',
      sql`${table.category} in ('WOMEN', 'TWO_CANCER', 'MIDLIFE', 'MEN', 'COUPLES', 'RETURNEES')`,
    ),
    check(
      'check_programmes_audience',
      sql`${table.audience} in ('RESIDENTS', 'IUD_USERS', 'ON_REQUEST', 'RETURNEES')`,
    ),
    check('check_programmes_sex', sql`${table.sex} in ('1', '2')`),
    check('check_programmes_ages', sql`0 <= ${table.ageFrom} and ${table.ageFrom} <= ${table.ageTo}`),
    check('check_programmes_cycle', sql`${table.cycleMonths} between 1 and 60`),
    check('check_programmes_venue', sql`${table.venue} in ('VILLAGE', 'STATION')`),
    check('check_programmes_uptake', sql`${table.uptakePercent} between 0 and 100`),
  ],
)
