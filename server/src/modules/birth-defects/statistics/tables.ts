import { date, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, instant } from '../../../database/columns.ts'

/**
 * What the records of the chain add up to by month and township: counted over them as a set, nobody is in it, so the bureau
 * reads counts and nothing else (E8). A month is replaced whole when it is counted anew.
 */
export const birthDefectTallies = pgTable(
  'birth_defect_tallies',
  {
    countyCode: countyCode(),
    measure: text('measure').notNull(),
    month: date('month', { mode: 'string' }).notNull(),
    /** Township; the county itself for whoever lives outside it. */
    divisionCode: divisionCode('division_code').notNull(),
    /** Only of what hospitals are compared by; else all zeros. */
    facilityId: uuid('facility_id').notNull(),
    item: text('item').notNull(),
    tally: integer('tally').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'birth_defect_tallies_pk',
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

/** When a month was last counted. */
export const birthDefectMonths = pgTable(
  'birth_defect_months',
  {
    countyCode: countyCode(),
    month: date('month', { mode: 'string' }).notNull(),
    countedOn: civilDate('counted_on').notNull(),
    countedAt: instant('counted_at').notNull(),
  },
  (table) => [primaryKey({ name: 'birth_defect_months_pk', columns: [table.countyCode, table.month] })],
)
