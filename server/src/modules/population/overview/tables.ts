import { integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { countyCode, divisionCode, instant } from '../../../database/columns.ts'

/** 村级人口计数: what the overview shows, kept in the transaction that changes it. */
export const villageCounts = pgTable(
  'village_counts',
  {
    countyCode: countyCode(),
    divisionCode: divisionCode('division_code').notNull(),
    /** 常住: residence statuses 1, 3, 4 living here. */
    residents: integer('residents').notNull().default(0),
    /** 户籍: hukou here. */
    registered: integer('registered').notNull().default(0),
    /** 流入: statuses 3 and 4 living here. */
    inflow: integer('inflow').notNull().default(0),
    /** 外出: status 2 with hukou here. */
    away: integer('away').notNull().default(0),
    households: integer('households').notNull().default(0),
    male: integer('male').notNull().default(0),
    female: integer('female').notNull().default(0),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [primaryKey({ name: 'village_counts_pk', columns: [table.countyCode, table.divisionCode] })],
)
