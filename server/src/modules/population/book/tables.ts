import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { BookFigures } from '@youyu/shared/population/book'
import { civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'

/** 人口账簿: from which day a county keeps its book, and up to which year start its structure is kept. */
export const populationBooks = pgTable(
  'population_books',
  {
    countyCode: countyCode(),
    startsOn: civilDate('starts_on').notNull(),
    structuredUntil: smallint('structured_until').notNull(),
  },
  (table) => [primaryKey({ name: 'population_books_pk', columns: [table.countyCode] })],
)

/**
 * ±1 of one village by one fact: at its true day, recorded when it became known. Never changed: what a later fact
 * makes untrue is posted again with the opposite sign. `residence` counts who lives there, `registered` whose hukou
 * is there.
 */
export const populationPostings = pgTable(
  'population_postings',
  {
    countyCode: countyCode(),
    id: id(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    kind: text('kind').notNull(),
    residence: smallint('residence').notNull(),
    registered: smallint('registered').notNull(),
    personId: uuid('person_id').notNull(),
    sex: text('sex').notNull(),
    /** First day of the month of birth: who was how old at a month's end follows from it exactly. */
    birthMonth: civilDate('birth_month').notNull(),
    factId: uuid('fact_id').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'population_postings_pk', columns: [table.countyCode, table.id] }),
    index('population_postings_by_place').on(table.countyCode, table.divisionCode, table.occurredOn),
    index('population_postings_by_person').on(table.countyCode, table.personId),
    check(
      'population_postings_kind',
      sql`${table.kind} in ('OPENING', 'BIRTH', 'DEATH', 'IN', 'OUT', 'ENTRY', 'EXIT', 'BOUNDARY')`,
    ),
  ],
)

/** Sums of postings by village, month and kind. */
export const villageMonths = pgTable(
  'village_months',
  {
    countyCode: countyCode(),
    divisionCode: divisionCode('division_code').notNull(),
    month: civilDate('month').notNull(),
    kind: text('kind').notNull(),
    residence: integer('residence').notNull(),
    registered: integer('registered').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'village_months_pk',
      columns: [table.countyCode, table.divisionCode, table.month, table.kind],
    }),
  ],
)

/** The same by township and sex: what the home page shows at every visit. */
export const townshipMonths = pgTable(
  'township_months',
  {
    countyCode: countyCode(),
    divisionCode: divisionCode('division_code').notNull(),
    month: civilDate('month').notNull(),
    kind: text('kind').notNull(),
    sex: text('sex').notNull(),
    residence: integer('residence').notNull(),
    registered: integer('registered').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'township_months_pk',
      columns: [table.countyCode, table.month, table.divisionCode, table.kind, table.sex],
    }),
  ],
)

/** How the population of a township changed in a month, by sex and month of birth. */
export const structureChanges = pgTable(
  'structure_changes',
  {
    countyCode: countyCode(),
    divisionCode: divisionCode('division_code').notNull(),
    month: civilDate('month').notNull(),
    sex: text('sex').notNull(),
    birthMonth: civilDate('birth_month').notNull(),
    residence: integer('residence').notNull(),
    registered: integer('registered').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'structure_changes_pk',
      columns: [table.countyCode, table.divisionCode, table.month, table.sex, table.birthMonth],
    }),
  ],
)

/** The population of a township at the start of a year: a month's end is this and the changes since. */
export const structures = pgTable(
  'structures',
  {
    countyCode: countyCode(),
    divisionCode: divisionCode('division_code').notNull(),
    year: smallint('year').notNull(),
    sex: text('sex').notNull(),
    birthMonth: civilDate('birth_month').notNull(),
    residence: integer('residence').notNull(),
    registered: integer('registered').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'structures_pk',
      columns: [table.countyCode, table.year, table.divisionCode, table.sex, table.birthMonth],
    }),
  ],
)

/** 月结: a village confirms, a township signs, the county closes; with the figures as they stood. */
export const bookSignatures = pgTable(
  'book_signatures',
  {
    countyCode: countyCode(),
    id: id(),
    divisionCode: divisionCode('division_code').notNull(),
    month: civilDate('month').notNull(),
    act: text('act').notNull(),
    /** As signed, by basis. */
    figures: jsonb('figures').$type<{ residence: BookFigures; registered: BookFigures }>().notNull(),
    note: text('note'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawReason: text('withdraw_reason'),
  },
  (table) => [
    primaryKey({ name: 'book_signatures_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('book_signatures_once')
      .on(table.countyCode, table.month, table.divisionCode)
      .where(sql`${table.withdrawnAt} is null`),
    index('book_signatures_latest').on(table.countyCode, table.recordedAt),
    check('book_signatures_act', sql`${table.act} in ('CONFIRM', 'SIGN', 'CLOSE')`),
    check(
      'book_signatures_withdrawal_has_reason',
      sql`(${table.withdrawnAt} is null) = (${table.withdrawReason} is null)`,
    ),
  ],
)
