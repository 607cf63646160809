import type {
  AccountState,
  AlertKind,
  CardType,
  IdentityCheck,
  Verification,
  VersionState,
} from '@youyu/shared/subsidies/payment-accounts'
import type { PayeeKind } from '@youyu/shared/subsidies/payment-values'
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
import { bytes, civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'

/** 收款账户: the one account a payee is paid to, under her own name (E10). What is paid to is the current version. */
export const paymentAccounts = pgTable(
  'payment_accounts',
  {
    countyCode: countyCode(),
    id: id(),
    payeeKind: text('payee_kind').$type<PayeeKind>().notNull(),
    payeeId: uuid('payee_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    state: text('state').$type<AccountState>().notNull(),
    heldReason: text('held_reason'),
    /** 0 while none is verified. */
    currentVersion: integer('current_version').notNull(),
    /** Of the current version. */
    numberMask: text('number_mask'),
    numberHash: bytes('number_hash'),
    version: integer('version').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'payment_accounts_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('payment_accounts_of_payee')
      .on(table.countyCode, table.payeeId)
      .where(sql`${table.state} <> 'CLOSED'`),
    index('payment_accounts_by_number')
      .on(table.countyCode, table.numberHash)
      .where(sql`${table.numberHash} is not null`),
    index('payment_accounts_by_place').on(table.countyCode, table.divisionCode, table.id),
    check('payment_accounts_kind', sql`${table.payeeKind} in ('PERSON', 'INSTITUTION')`),
    check('payment_accounts_state', sql`${table.state} in ('UNVERIFIED', 'ACTIVE', 'HELD', 'CLOSED')`),
    check('payment_accounts_held', sql`(${table.state} = 'HELD') = (${table.heldReason} is not null)`),
    check(
      'payment_accounts_verified',
      sql`(${table.currentVersion} > 0) = (${table.numberHash} is not null and ${table.numberMask} is not null) and (${table.state} = 'ACTIVE') <= (${table.currentVersion} > 0)`,
    ),
  ],
)

/** 账户版本: what was asked for, by whom it was entered and by whom checked; the number enciphered under the row. */
export const paymentAccountVersions = pgTable(
  'payment_account_versions',
  {
    countyCode: countyCode(),
    accountId: uuid('account_id').notNull(),
    version: integer('version').notNull(),
    /** The cell of the cipher. */
    id: id(),
    bankName: text('bank_name').notNull(),
    numberCipher: bytes('number_cipher').notNull(),
    numberHash: bytes('number_hash').notNull(),
    numberMask: text('number_mask').notNull(),
    holderName: text('holder_name').notNull(),
    cardType: text('card_type').$type<CardType>().notNull(),
    identityCheck: text('identity_check').$type<IdentityCheck>().notNull(),
    requestedOn: civilDate('requested_on').notNull(),
    reason: text('reason'),
    state: text('state').$type<VersionState>().notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    verification: text('verification').$type<Verification>(),
    note: text('note'),
  },
  (table) => [
    primaryKey({
      name: 'payment_account_versions_pk',
      columns: [table.countyCode, table.accountId, table.version],
    }),
    foreignKey({
      name: 'payment_account_versions_account',
      columns: [table.countyCode, table.accountId],
      foreignColumns: [paymentAccounts.countyCode, paymentAccounts.id],
    }),
    uniqueIndex('payment_account_versions_one_open')
      .on(table.countyCode, table.accountId)
      .where(sql`${table.state} = 'PROPOSED'`),
    index('payment_account_versions_by_maker').on(table.countyCode, table.proposedBy, table.proposedAt),
    check(
      'payment_account_versions_state',
      sql`${table.state} in ('PROPOSED', 'VERIFIED', 'REFUSED', 'SUPERSEDED')`,
    ),
    check(
      'payment_account_versions_decided',
      sql`(${table.state} = 'PROPOSED') = (${table.decidedBy} is null) and (${table.decidedBy} is null) = (${table.decidedAt} is null)`,
    ),
    check('payment_account_versions_maker_not_checker', sql`${table.decidedBy} <> ${table.proposedBy}`),
  ],
)

/** 账户异动提示: a change that looks like a redirection, until the checker has looked into it. */
export const paymentAccountAlerts = pgTable(
  'payment_account_alerts',
  {
    countyCode: countyCode(),
    id: id(),
    accountId: uuid('account_id').notNull(),
    version: integer('version').notNull(),
    kind: text('kind').$type<AlertKind>().notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    /** Who made the change. */
    madeBy: uuid('made_by'),
    batchId: uuid('batch_id'),
    foundAt: instant('found_at').notNull(),
    resolvedAt: instant('resolved_at'),
    resolvedBy: uuid('resolved_by'),
    resolution: text('resolution'),
  },
  (table) => [
    primaryKey({ name: 'payment_account_alerts_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'payment_account_alerts_account',
      columns: [table.countyCode, table.accountId],
      foreignColumns: [paymentAccounts.countyCode, paymentAccounts.id],
    }),
    index('payment_account_alerts_of_account').on(table.countyCode, table.accountId),
    uniqueIndex('payment_account_alerts_once').on(
      table.countyCode,
      table.accountId,
      table.version,
      table.kind,
    ),
    check(
      'payment_account_alerts_kind',
      sql`${table.kind} in ('SHARED_NUMBER', 'CHANGED_AFTER_FREEZE', 'MANY_BY_ONE_OFFICER', 'CHANGED_TWICE_A_MONTH')`,
    ),
    check(
      'payment_account_alerts_resolved',
      sql`(${table.resolvedAt} is null) = (${table.resolvedBy} is null) and (${table.resolvedAt} is null) = (${table.resolution} is null) and ${table.resolvedBy} <> ${table.madeBy}`,
    ),
  ],
)
