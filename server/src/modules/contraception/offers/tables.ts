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
import type {
  ContactChannel,
  OfferClosing,
  OfferOrigin,
  PreferenceKind,
  PreferenceService,
} from '@youyu/shared/contraception/offers'
import type { OfferService } from '@youyu/shared/contraception/protocols'
import { civilDate, countyCode, divisionCode, factColumns, id, instant } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/** 应服务名单: a service that somebody asked for or that is due, by its type only; no method, no result, no programme. */
export const serviceOffers = pgTable(
  'service_offers',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    /** The village where she lived when it was opened; who moves has it closed there and opened here. */
    divisionCode: divisionCode('division_code').notNull(),
    facilityId: uuid('facility_id'),
    service: text('service').$type<OfferService>().notNull(),
    origin: text('origin').$type<OfferOrigin>().notNull(),
    openedOn: civilDate('opened_on').notNull(),
    dueOn: civilDate('due_on').notNull(),
    /** The first day of the next cycle. */
    cycleTo: civilDate('cycle_to').notNull(),
    /** Since when the village sees it: she asked there, accepted, or consented to be contacted there. */
    shownOn: civilDate('shown_on'),
    channel: text('channel').$type<ContactChannel>(),
    acceptedOn: civilDate('accepted_on'),
    bookedOn: civilDate('booked_on'),
    reminders: smallint('reminders').notNull().default(0),
    closedOn: civilDate('closed_on'),
    closing: text('closing').$type<OfferClosing>(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ name: 'service_offers_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'service_offers_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('service_offers_one_open')
      .on(table.countyCode, table.clientId, table.service)
      .where(sql`${table.closedOn} is null`),
    index('service_offers_by_client').on(table.countyCode, table.clientId, table.openedOn),
    index('service_offers_of_village')
      .on(table.countyCode, table.divisionCode, table.dueOn, table.id)
      .where(sql`${table.closedOn} is null and ${table.shownOn} is not null`),
    index('service_offers_closed').on(table.countyCode, table.closedOn),
    check(
      'service_offers_service',
      sql`${table.service} in ('FOLLOW_UP', 'CHECK_UP', 'SUPPLY', 'COUNSELLING', 'APPOINTMENT')`,
    ),
    check('service_offers_origin', sql`${table.origin} in ('REQUESTED', 'DUE', 'INVITED')`),
    check(
      'service_offers_closing',
      sql`${table.closing} in ('DONE', 'DECLINED', 'MOVED', 'NOT_NEEDED', 'UNREACHABLE', 'DIED', 'EXPIRED')`,
    ),
    check('service_offers_closed_has_reason', sql`(${table.closedOn} is null) = (${table.closing} is null)`),
    check('service_offers_in_order', sql`${table.closedOn} >= ${table.openedOn}`),
    check('service_offers_shown_in_order', sql`${table.shownOn} >= ${table.openedOn}`),
    check('service_offers_reminders', sql`${table.reminders} between 0 and 2`),
  ],
)

/** 提醒: at most two of an offer, a week apart, never at night. */
export const offerReminders = pgTable(
  'offer_reminders',
  {
    countyCode: countyCode(),
    id: id(),
    offerId: uuid('offer_id').notNull(),
    clientId: uuid('client_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    number: smallint('number').notNull(),
    sentAt: instant('sent_at').notNull(),
    sentOn: civilDate('sent_on').notNull(),
    channel: text('channel').$type<ContactChannel>().notNull(),
    wasReached: boolean('was_reached').notNull(),
    sentBy: uuid('sent_by'),
  },
  (table) => [
    primaryKey({ name: 'offer_reminders_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'offer_reminders_offer',
      columns: [table.countyCode, table.offerId],
      foreignColumns: [serviceOffers.countyCode, serviceOffers.id],
    }),
    uniqueIndex('offer_reminders_numbered').on(table.countyCode, table.offerId, table.number),
    check('offer_reminders_at_most_two', sql`${table.number} between 1 and 2`),
    check(
      'offer_reminders_not_at_night',
      sql`(${table.sentAt} at time zone 'Asia/Shanghai')::time >= '08:00' and (${table.sentAt} at time zone 'Asia/Shanghai')::time < '21:00'`,
    ),
  ],
)

/** 联系意愿: what she said about being contacted; an opt-out holds until she herself takes it back. */
export const contactPreferences = pgTable(
  'contact_preferences',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    kind: text('kind').$type<PreferenceKind>().notNull(),
    service: text('service').$type<PreferenceService>().notNull(),
    /** How she told it. */
    channel: text('channel').$type<ContactChannel>().notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    endedOn: civilDate('ended_on'),
    endedBy: uuid('ended_by'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'contact_preferences_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'contact_preferences_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('contact_preferences_once')
      .on(table.countyCode, table.clientId, table.kind, table.service)
      .where(sql`${table.endedOn} is null and ${table.voidedAt} is null`),
    check('contact_preferences_kind', sql`${table.kind} in ('OPT_OUT', 'CONSENT')`),
    check(
      'contact_preferences_service',
      sql`${table.service} in ('ALL', 'FOLLOW_UP', 'CHECK_UP', 'SUPPLY', 'COUNSELLING', 'APPOINTMENT')`,
    ),
    check('contact_preferences_in_order', sql`${table.endedOn} >= ${table.occurredOn}`),
    check(
      'contact_preferences_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 应服务月账: opening + opened − closed = closing, of a village's list or of a facility's by township. */
export const dueServiceMonths = pgTable(
  'due_service_months',
  {
    countyCode: countyCode(),
    id: id(),
    month: civilDate('month').notNull(),
    list: text('list').$type<'VILLAGE' | 'FACILITY'>().notNull(),
    /** The village, or the township of a facility's clients. */
    divisionCode: divisionCode('division_code').notNull(),
    facilityId: uuid('facility_id'),
    service: text('service').$type<OfferService>().notNull(),
    opening: integer('opening').notNull(),
    opened: integer('opened').notNull(),
    done: integer('done').notNull(),
    declined: integer('declined').notNull(),
    moved: integer('moved').notNull(),
    notNeeded: integer('not_needed').notNull(),
    unreachable: integer('unreachable').notNull(),
    died: integer('died').notNull(),
    expired: integer('expired').notNull(),
    closing: integer('closing').notNull(),
    closedAt: instant('closed_at').notNull(),
    closedBy: uuid('closed_by'),
  },
  (table) => [
    primaryKey({ name: 'due_service_months_pk', columns: [table.countyCode, table.id] }),
    index('due_service_months_by_month').on(table.countyCode, table.month, table.list, table.divisionCode),
    check('due_service_months_list', sql`${table.list} in ('VILLAGE', 'FACILITY')`),
    check('due_service_months_first_day', sql`extract(day from ${table.month}) = 1`),
    check(
      'due_service_months_closes',
      sql`${table.opening} + ${table.opened} = ${table.closing} + ${table.done} + ${table.declined} + ${table.moved} + ${table.notNeeded} + ${table.unreachable} + ${table.died} + ${table.expired}`,
    ),
    check('due_service_months_not_negative', sql`${table.opening} >= 0 and ${table.closing} >= 0`),
  ],
)

/** 已结月份: from here on the month's counts are read, not taken again. */
export const dueServiceClosings = pgTable(
  'due_service_closings',
  {
    countyCode: countyCode(),
    month: civilDate('month').notNull(),
    closedAt: instant('closed_at').notNull(),
    closedBy: uuid('closed_by'),
  },
  (table) => [primaryKey({ name: 'due_service_closings_pk', columns: [table.countyCode, table.month] })],
)
