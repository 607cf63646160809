import type { MonthReason, RunKind } from '@youyu/shared/subsidies/entitlements'
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/**
 * 应享月份: what a person is entitled to for a month; a month that ceased to be hers stays with nothing and the reason.
 * Written by `app.recompute_months` alone, from the beneficiaries themselves: a foreign key would look each of millions up.
 */
export const entitlementMonths = pgTable(
  'entitlement_months',
  {
    countyCode: countyCode(),
    beneficiaryId: uuid('beneficiary_id').notNull(),
    month: civilDate('month').notNull(),
    programme: text('programme').notNull(),
    personId: uuid('person_id').notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
    rateId: uuid('rate_id'),
    level: text('level').notNull(),
    reason: text('reason').$type<MonthReason>().notNull(),
    /** Village of the hukou when the month was written. */
    divisionCode: divisionCode('division_code').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'entitlement_months_pk',
      columns: [table.countyCode, table.beneficiaryId, table.month],
    }),
    check('entitlement_months_first_day', sql`extract(day from ${table.month}) = 1`),
    check('entitlement_months_amount', sql`${table.amountFen} >= 0`),
    uniqueIndex('entitlement_months_once').on(table.countyCode, table.programme, table.personId, table.month),
  ],
)

/** 重算: one recomputation and what came of it. */
export const entitlementRuns = pgTable(
  'entitlement_runs',
  {
    countyCode: countyCode(),
    id: id(),
    kind: text('kind').$type<RunKind>().notNull(),
    programme: text('programme'),
    cause: text('cause').notNull(),
    beneficiaries: integer('beneficiaries').notNull(),
    monthsAdded: integer('months_added').notNull(),
    monthsChanged: integer('months_changed').notNull(),
    /** Of the changed months: what they rose by, what they fell by. */
    risenFen: bigint('risen_fen', { mode: 'number' }).notNull(),
    fallenFen: bigint('fallen_fen', { mode: 'number' }).notNull(),
    overpayments: integer('overpayments').notNull(),
    dayOn: civilDate('day_on').notNull(),
    startedAt: instant('started_at').notNull(),
    startedBy: uuid('started_by'),
  },
  (table) => [
    primaryKey({ name: 'entitlement_runs_pk', columns: [table.countyCode, table.id] }),
    index('entitlement_runs_by_moment').on(table.countyCode, table.startedAt),
    uniqueIndex('entitlement_runs_once_a_night')
      .on(table.countyCode, table.dayOn)
      .where(sql`${table.kind} = 'NIGHT'`),
    check(
      'entitlement_runs_kind',
      sql`${table.kind} in ('NIGHT', 'ACTIVATION', 'FACTS', 'RATE', 'DECISION', 'ASKED')`,
    ),
  ],
)

/** What a recomputation changed, appended: the month before and after. */
export const entitlementChanges = pgTable(
  'entitlement_changes',
  {
    countyCode: countyCode(),
    beneficiaryId: uuid('beneficiary_id').notNull(),
    month: civilDate('month').notNull(),
    runId: uuid('run_id').notNull(),
    programme: text('programme').notNull(),
    personId: uuid('person_id').notNull(),
    beforeFen: bigint('before_fen', { mode: 'number' }).notNull(),
    afterFen: bigint('after_fen', { mode: 'number' }).notNull(),
    beforeRate: uuid('before_rate'),
    afterRate: uuid('after_rate'),
    beforeReason: text('before_reason').$type<MonthReason>().notNull(),
    afterReason: text('after_reason').$type<MonthReason>().notNull(),
    cause: text('cause').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'entitlement_changes_pk',
      columns: [table.countyCode, table.beneficiaryId, table.month, table.runId],
    }),
  ],
)

/** 一次性、按次给付: what an event entitles to. */
export const eventEntitlements = pgTable(
  'event_entitlements',
  {
    countyCode: countyCode(),
    id: id(),
    programme: text('programme').notNull(),
    personId: uuid('person_id').notNull(),
    payeeId: uuid('payee_id').notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    /** The record that it rests on: APPLICATION, HOSPITAL_STAY, … */
    groundType: text('ground_type').notNull(),
    groundId: uuid('ground_id').notNull(),
    /** How the amount came about: rates, days, parts. */
    basis: jsonb('basis').$type<Record<string, unknown>>().notNull(),
    applicationId: uuid('application_id'),
    level: text('level').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    voidedAt: instant('voided_at'),
    voidedBy: uuid('voided_by'),
    voidReason: text('void_reason'),
  },
  (table) => [
    primaryKey({ name: 'event_entitlements_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'event_entitlements_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('event_entitlements_once')
      .on(table.countyCode, table.groundId, table.programme, table.personId, table.groundType)
      .where(sql`${table.voidedAt} is null`),
    index('event_entitlements_by_programme').on(
      table.countyCode,
      table.programme,
      table.occurredOn,
      table.id,
    ),
    index('event_entitlements_by_person').on(table.countyCode, table.personId),
    check('event_entitlements_amount', sql`${table.amountFen} >= 0`),
    check('event_entitlements_void', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
