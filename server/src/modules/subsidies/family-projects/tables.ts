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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/** “三结合”家庭帮扶项目: with a partner, a fund and a result; not a recurring benefit. */
export const familyProjects = pgTable(
  'family_projects',
  {
    countyCode: countyCode(),
    id: id(),
    number: text('number').notNull(),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    partner: text('partner').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    /** Whose family it helps; a project may help several. */
    personId: uuid('person_id'),
    families: integer('families').notNull(),
    fundFen: bigint('fund_fen', { mode: 'number' }).notNull(),
    fundSource: text('fund_source').notNull(),
    startedOn: civilDate('started_on').notNull(),
    endedOn: civilDate('ended_on'),
    result: text('result').notNull(),
    resultNote: text('result_note'),
    /** What the families earned of it in the first year. */
    incomeFen: bigint('income_fen', { mode: 'number' }),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    updatedAt: instant('updated_at').notNull(),
    voidedAt: instant('voided_at'),
    voidReason: text('void_reason'),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'family_projects_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'family_projects_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('family_projects_number')
      .on(table.countyCode, table.number)
      .where(sql`${table.voidedAt} is null`),
    index('family_projects_by_day').on(table.countyCode, table.startedOn, table.id),
    check('family_projects_kind', sql`${table.kind} in ('PROJECT', 'FUND', 'TECHNOLOGY', 'WELFARE')`),
    check('family_projects_source', sql`${table.fundSource} in ('FISCAL', 'PARTNER', 'LOAN', 'MIXED')`),
    check('family_projects_result', sql`${table.result} in ('RUNNING', 'SUCCEEDED', 'PARTLY', 'FAILED')`),
    check('family_projects_ended', sql`(${table.result} = 'RUNNING') = (${table.endedOn} is null)`),
    check('family_projects_span', sql`${table.endedOn} is null or ${table.endedOn} >= ${table.startedOn}`),
    check('family_projects_fund', sql`${table.fundFen} >= 0 and ${table.families} > 0`),
    check(
      'family_projects_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
