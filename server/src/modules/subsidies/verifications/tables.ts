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
import type { VerificationChecks } from '@youyu/shared/subsidies/verifications'
import { bytes, civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'

/** 年审: one beneficiary's check of one year. */
export const annualVerifications = pgTable(
  'annual_verifications',
  {
    countyCode: countyCode(),
    id: id(),
    year: smallint('year').notNull(),
    beneficiaryId: uuid('beneficiary_id').notNull(),
    programme: text('programme').notNull(),
    personId: uuid('person_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    openedOn: civilDate('opened_on').notNull(),
    dueOn: civilDate('due_on').notNull(),
    state: text('state').notNull(),
    method: text('method'),
    /** What the register, or whoever visited, found of each question. */
    checks: jsonb('checks').$type<VerificationChecks>().notNull(),
    result: text('result'),
    doneOn: civilDate('done_on'),
    doneBy: uuid('done_by'),
    noteCipher: bytes('note_cipher'),
    suspendedOn: civilDate('suspended_on'),
    recordedAt: instant('recorded_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ name: 'annual_verifications_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('annual_verifications_once').on(table.countyCode, table.beneficiaryId, table.year),
    index('annual_verifications_by_place').on(
      table.countyCode,
      table.year,
      table.state,
      table.divisionCode,
      table.id,
    ),
    index('annual_verifications_by_due')
      .on(table.countyCode, table.dueOn)
      .where(sql`${table.state} = 'DUE'`),
    check('annual_verifications_state', sql`${table.state} in ('DUE', 'OVERDUE', 'DONE')`),
    check(
      'annual_verifications_method',
      sql`${table.method} in ('FEED_MATCH', 'HOME_VISIT', 'FACE', 'SELF_DECLARE')`,
    ),
    check('annual_verifications_result', sql`${table.result} in ('CONTINUE', 'ADJUST', 'SUSPEND', 'STOP')`),
    check(
      'annual_verifications_done',
      sql`(${table.state} = 'DONE') = (${table.method} is not null and ${table.result} is not null and ${table.doneOn} is not null)`,
    ),
  ],
)
