import { sql } from 'drizzle-orm'
import {
  bigint,
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
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
} from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/** 随访节点表: at which age a child is seen, by calendar months, and how long before and after the day it may be. */
export const childFollowUpSteps = pgTable(
  'child_follow_up_steps',
  {
    item: text('item').notNull(),
    validFrom: civilDate('valid_from').notNull(),
    months: integer('months').notNull(),
    days: integer('days').notNull(),
    daysBefore: integer('days_before').notNull(),
    daysAfter: integer('days_after').notNull(),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({ name: 'child_follow_up_steps_pk', columns: [table.item, table.validFrom] }),
    check(
      'child_follow_up_steps_age',
      sql`${table.months} >= 0 and ${table.days} >= 0 and ${table.daysBefore} >= 0 and ${table.daysAfter} >= 0`,
    ),
  ],
)

/** 出生缺陷儿随访 (L4): a child in follow-up, as its family agrees. Without consent nothing is planned. */
export const childFollowUps = pgTable(
  'child_follow_ups',
  {
    countyCode: countyCode(),
    id: id(),
    childId: uuid('child_id').notNull(),
    chainId: uuid('chain_id'),
    caseId: uuid('case_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    bornOn: civilDate('born_on').notNull(),
    openedOn: civilDate('opened_on').notNull(),
    consent: text('consent').notNull(),
    consentOn: civilDate('consent_on'),
    consentBy: text('consent_by'),
    closedOn: civilDate('closed_on'),
    closeReason: text('close_reason'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'child_follow_ups_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'child_follow_ups_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('child_follow_ups_standing')
      .on(table.countyCode, table.childId)
      .where(sql`${table.voidedAt} is null`),
    index('child_follow_ups_by_facility').on(table.countyCode, table.facilityId, table.openedOn, table.id),
    check(
      'child_follow_ups_consent',
      sql`${table.consent} in ('NOT_ASKED', 'GIVEN', 'REFUSED', 'WITHDRAWN')`,
    ),
    check(
      'child_follow_ups_consent_on',
      sql`(${table.consent} = 'NOT_ASKED') = (${table.consentOn} is null)`,
    ),
    check(
      'child_follow_ups_closed',
      sql`(${table.closedOn} is null) = (${table.closeReason} is null) and ${table.closeReason} in ('COMPLETED', 'DECLINED', 'LOST', 'DECEASED', 'MOVED')`,
    ),
    check(
      'child_follow_ups_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 随访节点: 42 days, 3, 6, 12 months and every year to the seventh; planned only with consent. */
export const childVisits = pgTable(
  'child_visits',
  {
    countyCode: countyCode(),
    id: id(),
    followUpId: uuid('follow_up_id').notNull(),
    childId: uuid('child_id').notNull(),
    chainId: uuid('chain_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    /** An item of the chain: CHILD_42D … CHILD_7Y. */
    item: text('item').notNull(),
    dueFrom: civilDate('due_from').notNull(),
    dueOn: civilDate('due_on').notNull(),
    dueTo: civilDate('due_to').notNull(),
    state: text('state').notNull(),
    settledOn: civilDate('settled_on'),
    mode: text('mode'),
    outcome: text('outcome'),
    isOnTreatment: boolean('is_on_treatment'),
    isOnRehabilitation: boolean('is_on_rehabilitation'),
    reason: text('reason'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'child_visits_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'child_visits_follow_up',
      columns: [table.countyCode, table.followUpId],
      foreignColumns: [childFollowUps.countyCode, childFollowUps.id],
    }),
    uniqueIndex('child_visits_once').on(table.countyCode, table.followUpId, table.item),
    index('child_visits_open')
      .on(table.countyCode, table.facilityId, table.dueFrom, table.id)
      .where(sql`${table.state} = 'PLANNED'`),
    check(
      'child_visits_state',
      sql`${table.state} in ('PLANNED', 'DONE', 'DECLINED', 'LOST', 'DECEASED', 'CANCELLED')`,
    ),
    check('child_visits_settled', sql`(${table.state} = 'PLANNED') = (${table.settledOn} is null)`),
    check(
      'child_visits_window',
      sql`${table.dueFrom} <= ${table.dueOn} and ${table.dueOn} <= ${table.dueTo}`,
    ),
    check('child_visits_outcome', sql`${table.outcome} in ('CURED', 'IMPROVED', 'STABLE', 'WORSE', 'DIED')`),
  ],
)

/** 治疗、手术、康复、救助申请、残疾证: facts of a child in follow-up. */
export const childSupports = pgTable(
  'child_supports',
  {
    countyCode: countyCode(),
    id: id(),
    followUpId: uuid('follow_up_id').notNull(),
    childId: uuid('child_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    chainId: uuid('chain_id'),
    kind: text('kind').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    result: text('result'),
    amountFen: bigint('amount_fen', { mode: 'number' }),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'child_supports_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'child_supports_follow_up',
      columns: [table.countyCode, table.followUpId],
      foreignColumns: [childFollowUps.countyCode, childFollowUps.id],
    }),
    index('child_supports_by_follow_up').on(table.countyCode, table.followUpId, table.occurredOn),
    check(
      'child_supports_kind',
      sql`${table.kind} in ('TREATMENT', 'SURGERY', 'REHABILITATION', 'FUND', 'DISABILITY_CERTIFICATE')`,
    ),
    check(
      'child_supports_result',
      sql`${table.result} in ('PLANNED', 'UNDER_WAY', 'DONE', 'APPLIED', 'GRANTED', 'NOT_GRANTED', 'ISSUED')`,
    ),
    check(
      'child_supports_amount',
      sql`${table.amountFen} is null or (${table.amountFen} >= 0 and ${table.kind} = 'FUND')`,
    ),
    check('child_supports_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
