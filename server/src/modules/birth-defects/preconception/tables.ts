import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
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
import { coupleChecks } from '../couple-checks/tables.ts'

/** 早孕和妊娠结局跟踪随访 (L4): contacts that a preconception check leads to; she may decline them (E3). */
export const preconceptionFollowUps = pgTable(
  'preconception_follow_ups',
  {
    countyCode: countyCode(),
    id: id(),
    checkId: uuid('check_id').notNull(),
    chainId: uuid('chain_id'),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    contact: text('contact').notNull(),
    ordinal: integer('ordinal').notNull(),
    dueFrom: civilDate('due_from').notNull(),
    dueTo: civilDate('due_to').notNull(),
    state: text('state').notNull(),
    contactedOn: civilDate('contacted_on'),
    isPregnant: boolean('is_pregnant'),
    lastMenstruationOn: civilDate('last_menstruation_on'),
    tookFolicAcid: boolean('took_folic_acid'),
    outcome: text('outcome'),
    outcomeOn: civilDate('outcome_on'),
    noteCipher: bytes('note_cipher'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'preconception_follow_ups_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'preconception_follow_ups_check',
      columns: [table.countyCode, table.checkId],
      foreignColumns: [coupleChecks.countyCode, coupleChecks.id],
    }),
    index('preconception_follow_ups_due')
      .on(table.countyCode, table.facilityId, table.dueFrom, table.id)
      .where(sql`${table.state} = 'PLANNED'`),
    index('preconception_follow_ups_by_facility').on(
      table.countyCode,
      table.facilityId,
      table.dueFrom,
      table.id,
    ),
    index('preconception_follow_ups_by_check').on(table.countyCode, table.checkId),
    index('preconception_follow_ups_by_client').on(table.countyCode, table.clientId),
    check('preconception_follow_ups_contact', sql`${table.contact} in ('EARLY_PREGNANCY', 'OUTCOME')`),
    check(
      'preconception_follow_ups_state',
      sql`${table.state} in ('PLANNED', 'DONE', 'DECLINED', 'LOST', 'CANCELLED')`,
    ),
    check('preconception_follow_ups_window', sql`${table.dueTo} >= ${table.dueFrom}`),
    check(
      'preconception_follow_ups_contacted',
      sql`(${table.state} in ('DONE', 'DECLINED', 'LOST')) = (${table.contactedOn} is not null)`,
    ),
    check(
      'preconception_follow_ups_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
