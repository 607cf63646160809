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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, id, instant, plainText } from '../../../database/columns.ts'
import { persons } from '../persons/tables.ts'

/** 生育登记: a notification, registered in the same session; it is never refused, voided as a sanction or expired (E2). */
export const birthRegistrations = pgTable(
  'birth_registrations',
  {
    countyCode: countyCode(),
    id: id(),
    number: plainText('number'),
    /** Null until it is known who registers. */
    registrantId: uuid('registrant_id'),
    partnerId: uuid('partner_id'),
    purpose: text('purpose').notNull(),
    lastMenstruationOn: civilDate('last_menstruation_on'),
    expectedOn: civilDate('expected_on'),
    bornOn: civilDate('born_on'),
    birthId: uuid('birth_id'),
    /** As the registrant says it; no rule reads it. */
    childOrder: smallint('child_order'),
    channel: text('channel').notNull(),
    /** Who files for the registrant, with what authorisation; null where she files herself. */
    agentId: uuid('agent_id'),
    authorisation: text('authorisation'),
    authorisedOn: civilDate('authorised_on'),
    status: text('status').notNull(),
    missing: text('missing')
      .array()
      .notNull()
      .default(sql`'{}'`),
    servicePackSent: boolean('service_pack_sent').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    registeredAt: instant('registered_at'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    source: text('source').notNull(),
    sourceRef: text('source_ref'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'birth_registrations_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'birth_registrations_person',
      columns: [table.countyCode, table.registrantId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'birth_registrations_partner',
      columns: [table.countyCode, table.partnerId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('birth_registrations_number')
      .on(table.countyCode, table.number)
      .where(sql`${table.number} is not null`),
    index('birth_registrations_by_person').on(table.countyCode, table.registrantId),
    index('birth_registrations_by_partner')
      .on(table.countyCode, table.partnerId)
      .where(sql`${table.partnerId} is not null`),
    index('birth_registrations_by_birth')
      .on(table.countyCode, table.birthId)
      .where(sql`${table.birthId} is not null`),
    index('birth_registrations_by_day').on(table.countyCode, table.recordedAt, table.id),
    index('birth_registrations_by_place').on(
      table.countyCode,
      table.divisionCode,
      table.recordedAt,
      table.id,
    ),
    check('birth_registrations_purpose', sql`${table.purpose} in ('PREGNANT', 'PLANNING', 'BORN')`),
    check(
      'birth_registrations_channel',
      sql`${table.channel} in ('SELF_ONLINE', 'VILLAGE_AGENT', 'STATION', 'ONE_THING')`,
    ),
    check(
      'birth_registrations_status',
      sql`${table.status} in ('SUBMITTED', 'REGISTERED', 'RETURNED_FOR_COMPLETION', 'WITHDRAWN', 'LINKED_TO_BIRTH')`,
    ),
    check(
      'birth_registrations_agent_authorised',
      sql`${table.channel} <> 'VILLAGE_AGENT' or ${table.authorisation} is not null or ${table.status} not in ('REGISTERED', 'LINKED_TO_BIRTH')`,
    ),
  ],
)

/** Every version of a registration as it stood, with who changed it and why. */
export const birthRegistrationVersions = pgTable(
  'birth_registration_versions',
  {
    countyCode: countyCode(),
    registrationId: uuid('registration_id').notNull(),
    version: integer('version').notNull(),
    event: text('event').notNull(),
    changes: text('changes').notNull(),
    reason: text('reason'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({
      name: 'birth_registration_versions_pk',
      columns: [table.countyCode, table.registrationId, table.version],
    }),
  ],
)
