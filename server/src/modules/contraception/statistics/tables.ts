import { boolean, date, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode } from '../../../database/columns.ts'

/** What was done in a month, counted as it is recorded: no person in it, so the bureau reads counts and nothing else (E8). */
export const careTallies = pgTable(
  'care_tallies',
  {
    countyCode: countyCode(),
    month: date('month', { mode: 'string' }).notNull(),
    facilityId: uuid('facility_id').notNull(),
    /** Township of the client. */
    divisionCode: divisionCode('division_code').notNull(),
    measure: text('measure').notNull(),
    item: text('item').notNull(),
    tally: integer('tally').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'care_tallies_pk',
      columns: [
        table.countyCode,
        table.measure,
        table.month,
        table.divisionCode,
        table.facilityId,
        table.item,
      ],
    }),
  ],
)

/** Method episodes begun and ended by month, township and year of birth: users at a month's end are a sum. */
export const methodMonths = pgTable(
  'method_months',
  {
    countyCode: countyCode(),
    divisionCode: divisionCode('division_code').notNull(),
    month: date('month', { mode: 'string' }).notNull(),
    method: text('method').notNull(),
    birthYear: smallint('birth_year').notNull(),
    inUnion: boolean('in_union').notNull(),
    started: integer('started').notNull(),
    ended: integer('ended').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'method_months_pk',
      columns: [
        table.countyCode,
        table.divisionCode,
        table.month,
        table.method,
        table.birthYear,
        table.inUnion,
      ],
    }),
  ],
)

/** Methods in use now: what `method_months` adds up to, kept beside it so that the county's page sums no history. */
export const methodUsers = pgTable(
  'method_users',
  {
    countyCode: countyCode(),
    divisionCode: divisionCode('division_code').notNull(),
    method: text('method').notNull(),
    birthYear: smallint('birth_year').notNull(),
    inUnion: boolean('in_union').notNull(),
    users: integer('users').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'method_users_pk',
      columns: [table.countyCode, table.divisionCode, table.method, table.birthYear, table.inUnion],
    }),
  ],
)

/**
 * Women in union by the register, counted at most once a day; a month keeps its last count. What prevalence is a share of:
 * the register keeps no history of marital status, so a month in which nobody counted has no denominator.
 */
export const unionWomen = pgTable(
  'union_women',
  {
    countyCode: countyCode(),
    month: date('month', { mode: 'string' }).notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    birthYear: smallint('birth_year').notNull(),
    women: integer('women').notNull(),
    countedOn: civilDate('counted_on').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'union_women_pk',
      columns: [table.countyCode, table.month, table.divisionCode, table.birthYear],
    }),
  ],
)
