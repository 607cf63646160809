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
import type {
  FollowUpMode,
  OfferService,
  ProtocolSubject,
  ProtocolTrigger,
} from '@youyu/shared/contraception/protocols'
import { civilDate, instant, plainText } from '../../../database/columns.ts'

/** 随访方案: one version of what follows an event of care; the defaults are of county 0, a county adds its own versions. */
export const followUpProtocols = pgTable(
  'follow_up_protocols',
  {
    ownerCounty: integer('owner_county').notNull(),
    code: plainText('code').notNull(),
    version: integer('version').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    trigger: text('trigger').$type<ProtocolTrigger>().notNull(),
    /** Methods, or types of procedure, that the trigger means. */
    items: text('items').array().notNull(),
    /** What the steps are about: a decline silences the same service about the same subject. */
    subject: text('subject').$type<ProtocolSubject>().notNull(),
    isActive: boolean('is_active').notNull(),
    /** Document, and how sure it is (domain §0.1). */
    source: text('source').notNull(),
    noteZh: text('note_zh'),
    noteEn: text('note_en'),
    reason: text('reason'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'follow_up_protocols_pk', columns: [table.ownerCounty, table.code, table.version] }),
    check(
      'follow_up_protocols_trigger',
      sql`${table.trigger} in ('EPISODE', 'PROCEDURE', 'EXPIRY', 'MENOPAUSE', 'DOSE', 'SUPPLY')`,
    ),
    check(
      'follow_up_protocols_subject',
      sql`${table.subject} in ('IUD', 'IMPLANT', 'STERILISATION', 'ABORTION', 'PILL_INJECTION', 'DOSE', 'SUPPLY')`,
    ),
    check('follow_up_protocols_items', sql`cardinality(${table.items}) > 0`),
    check('follow_up_protocols_version', sql`${table.version} > 0`),
  ],
)

/** 随访步骤: when a visit, call or reminder is offered after the event. */
export const followUpSteps = pgTable(
  'follow_up_steps',
  {
    ownerCounty: integer('owner_county').notNull(),
    protocolCode: plainText('protocol_code').notNull(),
    version: integer('version').notNull(),
    step: plainText('step').notNull(),
    position: smallint('position').notNull(),
    /** Due from: the event plus months plus days, or the share of the period that a supply lasts. */
    months: smallint('months').notNull(),
    days: smallint('days').notNull(),
    percent: smallint('percent'),
    windowDays: smallint('window_days').notNull(),
    /** How long it stays on the list unanswered after its window. */
    keepDays: smallint('keep_days').notNull(),
    everyMonths: smallint('every_months'),
    service: text('service').$type<OfferService>().notNull(),
    mode: text('mode').$type<FollowUpMode>().notNull(),
    /** Only of clients who consented to be contacted. */
    needsConsent: boolean('needs_consent').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'follow_up_steps_pk',
      columns: [table.ownerCounty, table.protocolCode, table.version, table.step],
    }),
    foreignKey({
      name: 'follow_up_steps_protocol',
      columns: [table.ownerCounty, table.protocolCode, table.version],
      foreignColumns: [followUpProtocols.ownerCounty, followUpProtocols.code, followUpProtocols.version],
    }),
    index('follow_up_steps_in_order').on(
      table.ownerCounty,
      table.protocolCode,
      table.version,
      table.position,
    ),
    check(
      'follow_up_steps_service',
      sql`${table.service} in ('FOLLOW_UP', 'CHECK_UP', 'SUPPLY', 'COUNSELLING', 'APPOINTMENT')`,
    ),
    check(
      'follow_up_steps_mode',
      sql`${table.mode} in ('CLINIC', 'HOME', 'PHONE', 'MESSAGE', 'ONLINE', 'OTHER')`,
    ),
    check('follow_up_steps_window', sql`${table.windowDays} >= 0 and ${table.keepDays} between 0 and 400`),
    check('follow_up_steps_repeats', sql`${table.everyMonths} between 1 and 120`),
    check('follow_up_steps_percent', sql`${table.percent} between 1 and 100`),
  ],
)
