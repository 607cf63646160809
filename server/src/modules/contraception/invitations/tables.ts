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
import { checkSessions } from '../sessions/tables.ts'

/** 查体邀请 (L4: the programme may tell a method): an offer, never a duty (E3). The village sees the offer only. */
export const checkInvitations = pgTable(
  'check_invitations',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    programme: text('programme').notNull(),
    /** First day of the cycle: one invitation in it, whatever becomes of it. */
    cycleFrom: civilDate('cycle_from').notNull(),
    cycleTo: civilDate('cycle_to').notNull(),
    sessionId: uuid('session_id'),
    offerId: uuid('offer_id'),
    channel: text('channel').notNull(),
    origin: text('origin').notNull(),
    status: text('status').notNull(),
    sentAt: instant('sent_at'),
    reminders: integer('reminders').notNull(),
    remindedAt: instant('reminded_at'),
    answeredOn: civilDate('answered_on'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'check_invitations_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'check_invitations_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'check_invitations_session',
      columns: [table.countyCode, table.sessionId],
      foreignColumns: [checkSessions.countyCode, checkSessions.id],
    }),
    uniqueIndex('check_invitations_once_a_cycle').on(
      table.countyCode,
      table.clientId,
      table.programme,
      table.cycleFrom,
    ),
    index('check_invitations_by_session').on(table.countyCode, table.sessionId, table.id),
    index('check_invitations_by_facility').on(table.countyCode, table.facilityId, table.status, table.id),
    check(
      'check_invitations_status',
      sql`${table.status} in ('PLANNED', 'SENT', 'ACCEPTED', 'ATTENDED', 'NO_SHOW', 'DECLINED', 'NO_RESPONSE', 'OPTED_OUT', 'NOT_ELIGIBLE')`,
    ),
    check('check_invitations_reminders', sql`${table.reminders} between 0 and 2`),
    check('check_invitations_origin', sql`${table.origin} in ('PLAN', 'REQUEST')`),
    check(
      'check_invitations_channel',
      sql`${table.channel} in ('VISIT', 'PHONE', 'SMS', 'ONLINE', 'LETTER', 'NOTICE')`,
    ),
  ],
)
