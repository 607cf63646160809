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
import { civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'

/** 出生缺陷季报: frozen when filed; what changes afterwards is listed beside it. */
export const defectReturns = pgTable(
  'defect_returns',
  {
    countyCode: countyCode(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    facilityDivision: divisionCode('facility_division').notNull(),
    /** A facility's own, or the county's by whoever reviews. */
    scope: text('scope').notNull(),
    /** 监测年度: 1 October of the year before to 30 September. */
    reportingYear: smallint('reporting_year').notNull(),
    quarter: smallint('quarter').notNull(),
    periodFrom: civilDate('period_from').notNull(),
    periodTo: civilDate('period_to').notNull(),
    dueOn: civilDate('due_on').notNull(),
    figures: jsonb('figures').notNull(),
    cards: integer('cards').notNull(),
    filedOn: civilDate('filed_on').notNull(),
    filedAt: instant('filed_at').notNull(),
    filedBy: uuid('filed_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'defect_returns_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('defect_returns_of_facility')
      .on(table.countyCode, table.facilityId, table.reportingYear, table.quarter)
      .where(sql`${table.scope} = 'FACILITY'`),
    uniqueIndex('defect_returns_of_county')
      .on(table.countyCode, table.reportingYear, table.quarter)
      .where(sql`${table.scope} = 'COUNTY'`),
    index('defect_returns_by_period').on(table.countyCode, table.reportingYear, table.quarter),
    check('defect_returns_scope', sql`${table.scope} in ('FACILITY', 'COUNTY')`),
    check('defect_returns_quarter', sql`${table.quarter} between 1 and 4`),
  ],
)
