import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
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
import { organisations } from '../../organisations/tables.ts'
import { persons } from '../../population/persons/tables.ts'
import { informedChoices } from '../choices/tables.ts'
import { careConsents } from '../consents/tables.ts'
import { operatorLicences } from './licences/tables.ts'

/** 节育手术/操作 P01–P13 (WS 377.3): asked for, screened, agreed to, done. L4; abortions never leave the facility (E8). */
export const procedures = pgTable(
  'procedures',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    type: text('type').notNull(),
    status: text('status').notNull(),
    indication: text('indication').notNull(),
    requestedOn: civilDate('requested_on').notNull(),
    scheduledOn: civilDate('scheduled_on'),
    screenedOn: civilDate('screened_on'),
    consentedOn: civilDate('consented_on'),
    deferredOn: civilDate('deferred_on'),
    deferralReason: text('deferral_reason'),
    cancelledOn: civilDate('cancelled_on'),
    cancelReason: text('cancel_reason'),
    performedOn: civilDate('performed_on'),
    operatorId: uuid('operator_id'),
    screenId: uuid('screen_id'),
    choiceId: uuid('choice_id'),
    /** Day of the choice, through the key: it cannot be later than the procedure (E12). */
    choiceOn: civilDate('choice_on'),
    consentId: uuid('consent_id'),
    consentOn: civilDate('consent_on'),
    deviceType: text('device_type'),
    lotId: uuid('lot_id'),
    payment: text('payment'),
    iudTiming: text('iud_timing'),
    cavityDepthMillimetres: smallint('cavity_depth_millimetres'),
    bloodLossMillilitres: smallint('blood_loss_millilitres'),
    gestationDays: smallint('gestation_days'),
    isSmooth: boolean('is_smooth'),
    removalResult: text('removal_result'),
    /** The further elements of WS 377.3, enciphered; which they are, the form's version says. */
    formVersion: text('form_version'),
    formCipher: bytes('form_cipher'),
    outreachId: uuid('outreach_id'),
    findings: text('findings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'procedures_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'procedures_person',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'procedures_facility',
      columns: [table.facilityId],
      foreignColumns: [organisations.id],
    }),
    foreignKey({
      name: 'procedures_operator',
      columns: [table.operatorId],
      foreignColumns: [operatorLicences.id],
    }),
    foreignKey({
      name: 'procedures_choice',
      columns: [table.countyCode, table.choiceId, table.clientId, table.choiceOn],
      foreignColumns: [
        informedChoices.countyCode,
        informedChoices.id,
        informedChoices.clientId,
        informedChoices.occurredOn,
      ],
    }),
    foreignKey({
      name: 'procedures_consent',
      columns: [table.countyCode, table.consentId, table.clientId, table.consentOn],
      foreignColumns: [careConsents.countyCode, careConsents.id, careConsents.clientId, careConsents.givenOn],
    }),
    index('procedures_by_client').on(table.countyCode, table.clientId, table.requestedOn),
    index('procedures_by_facility').on(table.countyCode, table.facilityId, table.requestedOn, table.id),
    index('procedures_open')
      .on(table.countyCode, table.facilityId, table.scheduledOn)
      .where(
        sql`${table.performedOn} is null and ${table.cancelledOn} is null and ${table.voidedAt} is null`,
      ),
    index('procedures_performed').on(table.countyCode, table.performedOn, table.type),
    index('procedures_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    check('procedures_type', sql`${table.type} ~ '^P(0[1-9]|1[0-3])$'`),
    check(
      'procedures_status',
      sql`${table.status} in ('REQUESTED', 'SCREENED', 'CONSENTED', 'PERFORMED', 'CANCELLED', 'DEFERRED')`,
    ),
    check(
      'procedures_performed_on',
      sql`(${table.status} = 'PERFORMED') = (${table.performedOn} is not null)`,
    ),
    check(
      'procedures_cancelled_on',
      sql`(${table.status} = 'CANCELLED') = (${table.cancelledOn} is not null)`,
    ),
    check(
      'procedures_deferred_with_reason',
      sql`${table.status} <> 'DEFERRED' or (${table.deferredOn} is not null and ${table.deferralReason} is not null)`,
    ),
    check('procedures_requested_before', sql`${table.requestedOn} <= ${table.performedOn}`),
    // Art. 20 of the law and E12: what puts a method into use rests on her choice and consent, made before. What is taken
    // over from old registers may lack them and is told as finding V9.
    check(
      'procedures_choice_first',
      sql`${table.status} <> 'PERFORMED' or ${table.type} not in ('P01', 'P03', 'P04', 'P06', 'P07') or ${table.source} = 'IMPORT' or (${table.choiceId} is not null and ${table.choiceOn} <= ${table.performedOn})`,
    ),
    check(
      'procedures_consent_first',
      sql`${table.status} <> 'PERFORMED' or ${table.source} = 'IMPORT' or (${table.consentId} is not null and ${table.consentOn} <= ${table.performedOn})`,
    ),
    check(
      'procedures_choice_is_whole',
      sql`(${table.choiceId} is null) = (${table.choiceOn} is null) and (${table.consentId} is null) = (${table.consentOn} is null)`,
    ),
    check(
      'procedures_operator_known',
      sql`${table.status} <> 'PERFORMED' or ${table.source} = 'IMPORT' or ${table.operatorId} is not null`,
    ),
    // A removal on request has its day within a week (domain §6.3); only a medical deferral moves it.
    check(
      'procedures_removal_in_a_week',
      sql`${table.type} not in ('P02', 'P05') or ${table.source} = 'IMPORT' or ${table.deferredOn} is not null or (${table.scheduledOn} is not null and ${table.scheduledOn} <= ${table.requestedOn} + 7)`,
    ),
    check('procedures_form_is_whole', sql`(${table.formVersion} is null) = (${table.formCipher} is null)`),
    check('procedures_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
