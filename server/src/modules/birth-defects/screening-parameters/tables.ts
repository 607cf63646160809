import { sql } from 'drizzle-orm'
import { check, integer, numeric, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { civilDate, id, instant } from '../../../database/columns.ts'

/** 筛查参数与切值: cut-offs, hours, days; the defaults are of county 0, a county or one laboratory adds its own, never in place of a former one. */
export const screeningParameters = pgTable(
  'screening_parameters',
  {
    id: id(),
    ownerCounty: integer('owner_county').notNull(),
    programme: text('programme').notNull(),
    item: text('item').notNull(),
    /** Of one laboratory alone. */
    laboratoryId: uuid('laboratory_id'),
    validFrom: civilDate('valid_from').notNull(),
    value: numeric('value', { mode: 'number' }).notNull(),
    /** Where the grey zone begins. */
    criticalValue: numeric('critical_value', { mode: 'number' }),
    unit: text('unit').notNull(),
    source: text('source').notNull(),
    reason: text('reason'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'screening_parameters_pk', columns: [table.id] }),
    uniqueIndex('screening_parameters_once').on(
      table.ownerCounty,
      table.item,
      sql`coalesce(${table.laboratoryId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
      table.validFrom,
    ),
    check(
      'screening_parameters_programme',
      sql`${table.programme} in ('PRENATAL', 'DIAGNOSIS', 'FOLLOW_UP', 'BLOOD_SPOT', 'HEARING', 'CCHD')`,
    ),
    check('screening_parameters_value', sql`${table.value} >= 0 and ${table.value} <= 100000`),
  ],
)
