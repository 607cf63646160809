import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ProposalState } from '@youyu/shared/subsidies/proposals'
import { civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/** 应享未享建议: somebody meets the rule and has not applied; an offer that can be declined for the cycle. */
export const benefitProposals = pgTable(
  'benefit_proposals',
  {
    countyCode: countyCode(),
    id: id(),
    programme: text('programme').notNull(),
    versionId: uuid('version_id').notNull(),
    /** The year for which is claimed, or '' where one application lasts. */
    cycle: text('cycle').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Who would be paid: herself, or a parent or guardian of the child; null while nobody is known. */
    payeeId: uuid('payee_id'),
    level: text('level').notNull(),
    /** Village of the subject's hukou on the day of the run. */
    divisionCode: divisionCode('division_code').notNull(),
    asOf: civilDate('as_of').notNull(),
    runId: uuid('run_id').notNull(),
    state: text('state').$type<ProposalState>().notNull(),
    /** MET: the register says so. UNPROVEN: all but what only a person can establish. */
    basis: text('basis').notNull(),
    /** Types of evidence that the register does not hold already. */
    missing: text('missing').array().notNull(),
    /** What a year of it is worth at the rates of the day. */
    yearFen: bigint('year_fen', { mode: 'number' }).notNull(),
    proposedAt: instant('proposed_at').notNull(),
    settledOn: civilDate('settled_on'),
    settledBy: uuid('settled_by'),
    /** What she said when she declined, if she wished to say anything. */
    note: text('note'),
    applicationId: uuid('application_id'),
  },
  (table) => [
    primaryKey({ name: 'benefit_proposals_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('benefit_proposals_once').on(table.countyCode, table.programme, table.subjectId, table.cycle),
    foreignKey({
      name: 'benefit_proposals_subject',
      columns: [table.countyCode, table.subjectId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('benefit_proposals_open')
      .on(table.countyCode, table.divisionCode, table.id)
      .where(sql`${table.state} = 'PROPOSED'`),
    index('benefit_proposals_of_programme').on(
      table.countyCode,
      table.programme,
      table.state,
      table.divisionCode,
      table.id,
    ),
    index('benefit_proposals_by_subject').on(table.countyCode, table.subjectId),
    check('benefit_proposals_state', sql`${table.state} in ('PROPOSED', 'FILED', 'DECLINED', 'LAPSED')`),
    check('benefit_proposals_basis', sql`${table.basis} in ('MET', 'UNPROVEN')`),
    check('benefit_proposals_settled', sql`(${table.state} = 'PROPOSED') = (${table.settledOn} is null)`),
  ],
)
