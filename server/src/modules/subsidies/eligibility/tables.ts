import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'

/** 资格测算: the rules in force run once over everybody in the register. */
export const eligibilityRuns = pgTable(
  'eligibility_runs',
  {
    countyCode: countyCode(),
    id: id(),
    /** The day of the facts and of the rules. */
    asOf: civilDate('as_of').notNull(),
    programmes: text('programmes').array().notNull(),
    requestedBy: uuid('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull(),
    finishedAt: instant('finished_at'),
    jobId: uuid('job_id'),
    /** People who meet a rule, each once per programme. */
    entitled: integer('entitled'),
    /** New proposals of this run. */
    proposed: integer('proposed'),
  },
  (table) => [
    primaryKey({ name: 'eligibility_runs_pk', columns: [table.countyCode, table.id] }),
    index('eligibility_runs_finished')
      .on(table.countyCode, table.asOf, table.id)
      .where(sql`${table.finishedAt} is not null`),
    check('eligibility_runs_result', sql`(${table.finishedAt} is null) = (${table.entitled} is null)`),
  ],
)

/** Who met the rule in a run, by programme, level and village of hukou: the denominator of coverage, and what came of it. */
export const eligibilityCounts = pgTable(
  'eligibility_counts',
  {
    countyCode: countyCode(),
    runId: uuid('run_id').notNull(),
    programme: text('programme').notNull(),
    level: text('level').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    versionId: uuid('version_id').notNull(),
    entitled: integer('entitled').notNull(),
    /** Of them: drawing the benefit. */
    drawing: integer('drawing').notNull(),
    /** Of them: not drawing, with a case under way or awaiting its decision. */
    applied: integer('applied').notNull(),
    /** Of them: neither, and declined for the cycle. */
    declined: integer('declined').notNull(),
    /** Not of them: would be, if what only a person can establish were so. */
    unproven: integer('unproven').notNull(),
    /** What a year of it costs for the entitled, at the rates of the day. */
    yearFen: bigint('year_fen', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({
      name: 'eligibility_counts_pk',
      columns: [table.countyCode, table.runId, table.programme, table.level, table.divisionCode],
    }),
    foreignKey({
      name: 'eligibility_counts_run',
      columns: [table.countyCode, table.runId],
      foreignColumns: [eligibilityRuns.countyCode, eligibilityRuns.id],
    }),
    check(
      'eligibility_counts_parts',
      sql`${table.drawing} >= 0 and ${table.applied} >= 0 and ${table.declined} >= 0 and ${table.unproven} >= 0
        and ${table.drawing} + ${table.applied} + ${table.declined} <= ${table.entitled}`,
    ),
  ],
)
