import { sql } from 'drizzle-orm'
import {
  boolean,
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
import type { PlanOutcome } from '@youyu/shared/birth-defects/care-plans'
import type { RiskColour } from '@youyu/shared/population/value-sets'
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
} from '../../../database/columns.ts'
import { pregnancies } from '../../population/pregnancies/tables.ts'
import { chains } from '../chains/tables.ts'

/** 高危妊娠专案: goals, measures and closing words are enciphered. L4. */
export const highRiskPlans = pgTable(
  'high_risk_plans',
  {
    countyCode: countyCode(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    chainId: uuid('chain_id').notNull(),
    pregnancyId: uuid('pregnancy_id').notNull(),
    womanId: uuid('woman_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    openedOn: civilDate('opened_on').notNull(),
    riskColour: text('risk_colour').$type<RiskColour>().notNull(),
    isPurple: boolean('is_purple').notNull(),
    riskItems: text('risk_items').array().notNull(),
    responsible: text('responsible').notNull(),
    deliveryAt: text('delivery_at'),
    planCipher: bytes('plan_cipher').notNull(),
    closedOn: civilDate('closed_on'),
    outcome: text('outcome').$type<PlanOutcome>(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'high_risk_plans_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'high_risk_plans_chain',
      columns: [table.countyCode, table.chainId],
      foreignColumns: [chains.countyCode, chains.id],
    }),
    foreignKey({
      name: 'high_risk_plans_pregnancy',
      columns: [table.countyCode, table.pregnancyId],
      foreignColumns: [pregnancies.countyCode, pregnancies.id],
    }),
    uniqueIndex('high_risk_plans_one_open')
      .on(table.countyCode, table.pregnancyId, table.facilityId)
      .where(sql`${table.closedOn} is null and ${table.voidedAt} is null`),
    index('high_risk_plans_by_facility').on(table.countyCode, table.facilityId, table.openedOn, table.id),
    index('high_risk_plans_by_chain').on(table.countyCode, table.chainId),
    check('high_risk_plans_colour', sql`${table.riskColour} in ('GREEN', 'YELLOW', 'ORANGE', 'RED')`),
    check('high_risk_plans_outcome', sql`(${table.closedOn} is null) = (${table.outcome} is null)`),
    check('high_risk_plans_in_order', sql`${table.closedOn} >= ${table.openedOn}`),
    check(
      'high_risk_plans_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 专案随访: planned, and what came of it. L4. */
export const highRiskPlanContacts = pgTable(
  'high_risk_plan_contacts',
  {
    countyCode: countyCode(),
    id: id(),
    planId: uuid('plan_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    chainId: uuid('chain_id').notNull(),
    dueOn: civilDate('due_on').notNull(),
    mode: text('mode').notNull(),
    state: text('state').notNull(),
    doneOn: civilDate('done_on'),
    wordsCipher: bytes('words_cipher').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'high_risk_plan_contacts_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'high_risk_plan_contacts_plan',
      columns: [table.countyCode, table.planId],
      foreignColumns: [highRiskPlans.countyCode, highRiskPlans.id],
    }),
    index('high_risk_plan_contacts_of_plan').on(table.countyCode, table.planId, table.dueOn),
    check('high_risk_plan_contacts_mode', sql`${table.mode} in ('CLINIC', 'HOME', 'PHONE', 'HOSPITAL')`),
    check(
      'high_risk_plan_contacts_state',
      sql`${table.state} in ('PLANNED', 'DONE', 'DECLINED', 'UNREACHABLE', 'CANCELLED')`,
    ),
    check('high_risk_plan_contacts_done', sql`(${table.state} = 'PLANNED') = (${table.doneOn} is null)`),
  ],
)
