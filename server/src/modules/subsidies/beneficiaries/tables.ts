import type {
  BeneficiaryEventKind,
  BeneficiaryState,
  StopReason,
  SuspendReason,
} from '@youyu/shared/subsidies/beneficiaries'
import { sql } from 'drizzle-orm'
import {
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

/** 扶助对象: one person's standing in one programme, as the facts and decisions below make it. */
export const beneficiaries = pgTable(
  'beneficiaries',
  {
    countyCode: countyCode(),
    id: id(),
    /** The latest confirmed application; null for history that was taken over. */
    applicationId: uuid('application_id'),
    programme: text('programme').notNull(),
    versionId: uuid('version_id').notNull(),
    personId: uuid('person_id').notNull(),
    payeeId: uuid('payee_id').notNull(),
    /** The level in force now; '' where the programme has none. Its history is in beneficiary_levels. */
    level: text('level').notNull(),
    confirmedOn: civilDate('confirmed_on').notNull(),
    filedOn: civilDate('filed_on'),
    /** First days of months, as all months are. */
    fromMonth: civilDate('from_month').notNull(),
    suspendedFrom: civilDate('suspended_from'),
    suspendReason: text('suspend_reason').$type<SuspendReason>(),
    /** The last month, where it is known, ahead of it too: a third birthday. */
    toMonth: civilDate('to_month'),
    stopReason: text('stop_reason').$type<StopReason>(),
    /** A stop that a person decided; what the register says may end it earlier. */
    decidedTo: civilDate('decided_to'),
    decidedReason: text('decided_reason').$type<StopReason>(),
    state: text('state').$type<BeneficiaryState>().notNull(),
    /** Of programmes that are claimed each year: the years that were; of births since 2025 the years in which the claimed years of life begin. */
    claimedYears: integer('claimed_years').array(),
    nextVerificationOn: civilDate('next_verification_on'),
    /** Village of the hukou. */
    divisionCode: divisionCode('division_code').notNull(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'beneficiaries_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'beneficiaries_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('beneficiaries_one_standing')
      .on(table.countyCode, table.personId, table.programme)
      .where(sql`${table.state} in ('ACTIVE', 'SUSPENDED')`),
    index('beneficiaries_by_person').on(table.countyCode, table.personId),
    index('beneficiaries_by_payee').on(table.countyCode, table.payeeId),
    index('beneficiaries_by_programme').on(table.countyCode, table.programme, table.state, table.id),
    index('beneficiaries_by_place').on(table.countyCode, table.divisionCode, table.id),
    index('beneficiaries_by_application')
      .on(table.countyCode, table.applicationId)
      .where(sql`${table.applicationId} is not null`),
    index('beneficiaries_to_verify')
      .on(table.countyCode, table.nextVerificationOn)
      .where(sql`${table.nextVerificationOn} is not null and ${table.state} = 'ACTIVE'`),
    check('beneficiaries_state', sql`${table.state} in ('ACTIVE', 'SUSPENDED', 'STOPPED', 'TRANSFERRED')`),
    check(
      'beneficiaries_suspension',
      sql`(${table.state} = 'SUSPENDED') <= (${table.suspendedFrom} is not null and ${table.suspendReason} is not null)`,
    ),
    check(
      'beneficiaries_end',
      sql`(${table.state} in ('STOPPED', 'TRANSFERRED')) <= (${table.stopReason} is not null) and (${table.toMonth} is null) = (${table.stopReason} is null)`,
    ),
    check('beneficiaries_decided', sql`(${table.decidedTo} is null) = (${table.decidedReason} is null)`),
    check(
      'beneficiaries_months',
      sql`extract(day from ${table.fromMonth}) = 1 and extract(day from ${table.suspendedFrom}) = 1 and extract(day from ${table.toMonth}) = 1`,
    ),
  ],
)

/** Levels over time: the latest that begins in or before a month is that month's. */
export const beneficiaryLevels = pgTable(
  'beneficiary_levels',
  {
    countyCode: countyCode(),
    id: id(),
    beneficiaryId: uuid('beneficiary_id').notNull(),
    fromMonth: civilDate('from_month').notNull(),
    level: text('level').notNull(),
    cause: text('cause').notNull(),
    /** The death or circumstance that it follows from; null where a person decided it. */
    groundId: uuid('ground_id'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    voidedAt: instant('voided_at'),
    voidReason: text('void_reason'),
  },
  (table) => [
    primaryKey({ name: 'beneficiary_levels_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'beneficiary_levels_beneficiary',
      columns: [table.countyCode, table.beneficiaryId],
      foreignColumns: [beneficiaries.countyCode, beneficiaries.id],
    }),
    uniqueIndex('beneficiary_levels_standing')
      .on(table.countyCode, table.beneficiaryId, table.fromMonth)
      .where(sql`${table.voidedAt} is null`),
    check('beneficiary_levels_month', sql`extract(day from ${table.fromMonth}) = 1`),
    check('beneficiary_levels_void', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** What happened to a beneficiary, appended: decisions of people and what followed from the register. */
export const beneficiaryEvents = pgTable(
  'beneficiary_events',
  {
    countyCode: countyCode(),
    id: id(),
    beneficiaryId: uuid('beneficiary_id').notNull(),
    kind: text('kind').$type<BeneficiaryEventKind>().notNull(),
    /** The first month of which it holds; of a stop the last month. */
    month: civilDate('month').notNull(),
    /** StopReason, SuspendReason, a level, an application's year … */
    reason: text('reason'),
    /** The application, death, move or verification that it rests on. */
    groundType: text('ground_type'),
    groundId: uuid('ground_id'),
    document: text('document'),
    note: text('note'),
    /** REGISTER where it followed by itself. */
    source: text('source').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'beneficiary_events_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'beneficiary_events_beneficiary',
      columns: [table.countyCode, table.beneficiaryId],
      foreignColumns: [beneficiaries.countyCode, beneficiaries.id],
    }),
    index('beneficiary_events_by_beneficiary').on(table.countyCode, table.beneficiaryId, table.recordedAt),
    check(
      'beneficiary_events_kind',
      sql`${table.kind} in ('ACTIVATED', 'CLAIMED', 'SUSPENDED', 'RESUMED', 'STOPPED', 'REINSTATED', 'LEVEL', 'PAYEE', 'ESTATE', 'TRANSFER_SENT', 'TRANSFERRED', 'TRANSFER_REFUSED', 'MOVED', 'VERIFIED')`,
    ),
    check('beneficiary_events_source', sql`${table.source} in ('REGISTER', 'MANUAL', 'API', 'IMPORT')`),
  ],
)

/** 跨县转移: months end here and go on in the receiving county. */
export const beneficiaryTransfers = pgTable(
  'beneficiary_transfers',
  {
    countyCode: countyCode(),
    id: id(),
    beneficiaryId: uuid('beneficiary_id').notNull(),
    personId: uuid('person_id').notNull(),
    programme: text('programme').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    toCounty: integer('to_county').notNull(),
    /** The last month that this county pays. */
    lastMonth: civilDate('last_month').notNull(),
    state: text('state').$type<'SENT' | 'CONFIRMED' | 'REFUSED'>().notNull(),
    document: text('document').notNull(),
    sentAt: instant('sent_at').notNull(),
    sentBy: uuid('sent_by').notNull(),
    answeredAt: instant('answered_at'),
    answeredBy: uuid('answered_by'),
    answerDocument: text('answer_document'),
  },
  (table) => [
    primaryKey({ name: 'beneficiary_transfers_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'beneficiary_transfers_beneficiary',
      columns: [table.countyCode, table.beneficiaryId],
      foreignColumns: [beneficiaries.countyCode, beneficiaries.id],
    }),
    uniqueIndex('beneficiary_transfers_one_open')
      .on(table.countyCode, table.beneficiaryId)
      .where(sql`${table.state} = 'SENT'`),
    check('beneficiary_transfers_state', sql`${table.state} in ('SENT', 'CONFIRMED', 'REFUSED')`),
    check('beneficiary_transfers_elsewhere', sql`${table.toCounty} <> ${table.countyCode}`),
  ],
)
