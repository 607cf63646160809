import { sql } from 'drizzle-orm'
import {
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
import type { ReferralPurpose, ReferralStatus } from '@youyu/shared/birth-defects/referrals'
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
import { chains } from '../chains/tables.ts'

/** 优生监测网络: which facility sends people to which, for what. Names nobody. */
export const referralLinks = pgTable(
  'referral_links',
  {
    countyCode: countyCode(),
    id: id(),
    fromId: uuid('from_id').notNull(),
    toId: uuid('to_id').notNull(),
    purposes: text('purposes').array().$type<ReferralPurpose[]>().notNull(),
    answerDays: smallint('answer_days').notNull(),
    phone: text('phone'),
    validFrom: civilDate('valid_from').notNull(),
    validTo: civilDate('valid_to'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'referral_links_pk', columns: [table.countyCode, table.id] }),
    foreignKey({ name: 'referral_links_from', columns: [table.fromId], foreignColumns: [organisations.id] }),
    foreignKey({ name: 'referral_links_to', columns: [table.toId], foreignColumns: [organisations.id] }),
    index('referral_links_by_from').on(table.countyCode, table.fromId, table.validFrom),
    check('referral_links_two_facilities', sql`${table.fromId} <> ${table.toId}`),
    check('referral_links_purposes', sql`cardinality(${table.purposes}) > 0`),
    check('referral_links_in_order', sql`${table.validTo} >= ${table.validFrom}`),
  ],
)

/** 转诊: from one facility to another with her agreement, until the loop is closed. Letter and answer are enciphered. L4. */
export const referrals = pgTable(
  'referrals',
  {
    countyCode: countyCode(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    toFacilityId: uuid('to_facility_id'),
    /** A facility outside the platform. */
    toName: text('to_name'),
    chainId: uuid('chain_id').notNull(),
    womanId: uuid('woman_id').notNull(),
    pregnancyId: uuid('pregnancy_id'),
    childId: uuid('child_id'),
    /** The contact at which it was written. */
    contactId: uuid('contact_id'),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    purpose: text('purpose').$type<ReferralPurpose>().notNull(),
    urgency: text('urgency').notNull(),
    agreedOn: civilDate('agreed_on').notNull(),
    answerDueOn: civilDate('answer_due_on').notNull(),
    status: text('status').$type<ReferralStatus>().notNull(),
    receivedOn: civilDate('received_on'),
    answeredOn: civilDate('answered_on'),
    result: text('result'),
    closedOn: civilDate('closed_on'),
    letterCipher: bytes('letter_cipher').notNull(),
    answerCipher: bytes('answer_cipher'),
    closingCipher: bytes('closing_cipher'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'referrals_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'referrals_chain',
      columns: [table.countyCode, table.chainId],
      foreignColumns: [chains.countyCode, chains.id],
    }),
    foreignKey({
      name: 'referrals_woman',
      columns: [table.countyCode, table.womanId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({ name: 'referrals_to', columns: [table.toFacilityId], foreignColumns: [organisations.id] }),
    index('referrals_sent').on(table.countyCode, table.facilityId, table.answerDueOn, table.id),
    index('referrals_got').on(table.countyCode, table.toFacilityId, table.answerDueOn, table.id),
    index('referrals_by_chain').on(table.countyCode, table.chainId),
    index('referrals_by_contact').on(table.countyCode, table.contactId),
    check('referrals_somewhere', sql`num_nonnulls(${table.toFacilityId}, ${table.toName}) = 1`),
    check('referrals_elsewhere', sql`${table.toFacilityId} <> ${table.facilityId}`),
    check('referrals_urgency', sql`${table.urgency} in ('EMERGENCY', 'SOON', 'ROUTINE')`),
    check(
      'referrals_status',
      sql`${table.status} in ('SENT', 'RECEIVED', 'ANSWERED', 'CLOSED', 'NOT_COME', 'CANCELLED')`,
    ),
    check('referrals_answered', sql`(${table.answeredOn} is null) = (${table.answerCipher} is null)`),
    check(
      'referrals_closed',
      sql`(${table.closedOn} is null) = (${table.status} in ('SENT', 'RECEIVED', 'ANSWERED'))`,
    ),
    check(
      'referrals_in_order',
      sql`${table.receivedOn} >= ${table.occurredOn} and ${table.answeredOn} >= ${table.receivedOn} and ${table.closedOn} >= ${table.occurredOn}`,
    ),
    check('referrals_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
