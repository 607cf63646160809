import type {
  OverpaymentCause,
  OverpaymentState,
  OverpaymentStepKind,
  RepaymentManner,
} from '@youyu/shared/subsidies/overpayments'
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
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'
import { beneficiaries } from '../beneficiaries/tables.ts'

/** 多发处理办法: how long a person has to answer and what may be written off; 0 the standard, else a county's own. */
export const overpaymentTerms = pgTable(
  'overpayment_terms',
  {
    ownerCounty: integer('owner_county').notNull(),
    fromOn: civilDate('from_on').notNull(),
    replyWorkingDays: smallint('reply_working_days').notNull(),
    writeOffLimitFen: bigint('write_off_limit_fen', { mode: 'number' }).notNull(),
    document: text('document').notNull(),
  },
  (table) => [
    primaryKey({ name: 'overpayment_terms_pk', columns: [table.ownerCounty, table.fromOn] }),
    check(
      'overpayment_terms_values',
      sql`${table.replyWorkingDays} between 1 and 90 and ${table.writeOffLimitFen} >= 0`,
    ),
  ],
)

/** 多发: what was paid beyond what facts now entitle to; nothing is taken back without a decision. */
export const overpayments = pgTable(
  'overpayments',
  {
    countyCode: countyCode(),
    id: id(),
    number: text('number').notNull(),
    beneficiaryId: uuid('beneficiary_id'),
    eventId: uuid('event_id'),
    programme: text('programme').notNull(),
    personId: uuid('person_id').notNull(),
    payeeId: uuid('payee_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    cause: text('cause').$type<OverpaymentCause>().notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
    returnedFen: bigint('returned_fen', { mode: 'number' }).notNull(),
    writtenOffFen: bigint('written_off_fen', { mode: 'number' }).notNull(),
    state: text('state').$type<OverpaymentState>().notNull(),
    manner: text('manner').$type<RepaymentManner>(),
    instalmentFen: bigint('instalment_fen', { mode: 'number' }),
    identifiedOn: civilDate('identified_on').notNull(),
    notifiedOn: civilDate('notified_on'),
    replyDueOn: civilDate('reply_due_on'),
    repliedOn: civilDate('replied_on'),
    decidedOn: civilDate('decided_on'),
    decidedBy: uuid('decided_by'),
    decisionNumber: text('decision_number'),
    /** Reported to the authority for false evidence. */
    isReported: boolean('is_reported').notNull(),
    closedOn: civilDate('closed_on'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'overpayments_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('overpayments_number').on(table.countyCode, table.number),
    foreignKey({
      name: 'overpayments_beneficiary',
      columns: [table.countyCode, table.beneficiaryId],
      foreignColumns: [beneficiaries.countyCode, beneficiaries.id],
    }),
    foreignKey({
      name: 'overpayments_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('overpayments_one_identified')
      .on(table.countyCode, table.beneficiaryId)
      .where(sql`${table.state} = 'IDENTIFIED' and ${table.beneficiaryId} is not null`),
    index('overpayments_by_state').on(table.countyCode, table.state, table.identifiedOn, table.id),
    index('overpayments_by_person').on(table.countyCode, table.personId),
    index('overpayments_by_beneficiary').on(table.countyCode, table.beneficiaryId),
    check(
      'overpayments_state',
      sql`${table.state} in ('IDENTIFIED', 'NOTIFIED', 'CONFIRMED', 'WITHDRAWN', 'CLOSED')`,
    ),
    check(
      'overpayments_manner',
      sql`${table.manner} in ('VOLUNTARY_RETURN', 'INSTALMENTS', 'OFFSET_WITH_CONSENT', 'WRITTEN_OFF')`,
    ),
    check('overpayments_one_ground', sql`(${table.beneficiaryId} is null) <> (${table.eventId} is null)`),
    check(
      'overpayments_amounts',
      sql`${table.amountFen} > 0 and ${table.returnedFen} >= 0 and ${table.writtenOffFen} >= 0 and ${table.returnedFen} + ${table.writtenOffFen} <= ${table.amountFen}`,
    ),
    // E10: nothing comes back before a written decision, and no decision before she was told and could answer.
    check(
      'overpayments_decision_first',
      sql`(${table.state} in ('CONFIRMED', 'CLOSED')) <= (${table.decidedOn} is not null and ${table.decisionNumber} is not null and ${table.notifiedOn} is not null)`,
    ),
    check(
      'overpayments_back_after_decision',
      sql`${table.returnedFen} + ${table.writtenOffFen} = 0 or ${table.state} in ('CONFIRMED', 'CLOSED')`,
    ),
    check(
      'overpayments_closed_whole',
      sql`(${table.state} = 'CLOSED') <= (${table.returnedFen} + ${table.writtenOffFen} = ${table.amountFen})`,
    ),
  ],
)

/** The months of an overpayment and by how much each was paid too high. */
export const overpaymentMonths = pgTable(
  'overpayment_months',
  {
    countyCode: countyCode(),
    overpaymentId: uuid('overpayment_id').notNull(),
    beneficiaryId: uuid('beneficiary_id').notNull(),
    month: civilDate('month').notNull(),
    paidFen: bigint('paid_fen', { mode: 'number' }).notNull(),
    entitledFen: bigint('entitled_fen', { mode: 'number' }).notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({
      name: 'overpayment_months_pk',
      columns: [table.countyCode, table.overpaymentId, table.month],
    }),
    foreignKey({
      name: 'overpayment_months_overpayment',
      columns: [table.countyCode, table.overpaymentId],
      foreignColumns: [overpayments.countyCode, overpayments.id],
    }),
    index('overpayment_months_by_beneficiary').on(table.countyCode, table.beneficiaryId, table.month),
    check('overpayment_months_amount', sql`${table.amountFen} > 0`),
  ],
)

/** Every step of the process, appended; what the person wrote is enciphered. */
export const overpaymentSteps = pgTable(
  'overpayment_steps',
  {
    countyCode: countyCode(),
    id: id(),
    overpaymentId: uuid('overpayment_id').notNull(),
    kind: text('kind').$type<OverpaymentStepKind>().notNull(),
    on: civilDate('step_on').notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }),
    document: text('document'),
    noteCipher: bytes('note_cipher'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'overpayment_steps_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'overpayment_steps_overpayment',
      columns: [table.countyCode, table.overpaymentId],
      foreignColumns: [overpayments.countyCode, overpayments.id],
    }),
    index('overpayment_steps_by_overpayment').on(table.countyCode, table.overpaymentId, table.recordedAt),
    check(
      'overpayment_steps_kind',
      sql`${table.kind} in ('IDENTIFIED', 'CHANGED', 'NOTIFIED', 'REPLIED', 'CONFIRMED', 'WITHDRAWN', 'MANNER', 'RETURNED', 'OFFSET', 'WRITE_OFF_PROPOSED', 'WRITE_OFF_OFFICE', 'WRITE_OFF_FINANCE', 'WRITE_OFF_REFUSED', 'REPORTED', 'CLOSED')`,
    ),
  ],
)

/** 同项目经本人同意抵扣: parts of coming months of the same programme that she agreed to leave. */
export const overpaymentOffsets = pgTable(
  'overpayment_offsets',
  {
    countyCode: countyCode(),
    overpaymentId: uuid('overpayment_id').notNull(),
    beneficiaryId: uuid('beneficiary_id').notNull(),
    month: civilDate('month').notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({
      name: 'overpayment_offsets_pk',
      columns: [table.countyCode, table.beneficiaryId, table.month, table.overpaymentId],
    }),
    foreignKey({
      name: 'overpayment_offsets_overpayment',
      columns: [table.countyCode, table.overpaymentId],
      foreignColumns: [overpayments.countyCode, overpayments.id],
    }),
    check('overpayment_offsets_amount', sql`${table.amountFen} > 0`),
  ],
)
