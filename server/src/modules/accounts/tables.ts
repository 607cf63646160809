import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Module, Role } from '@youyu/shared/permissions'
import type { Purpose } from '@youyu/shared/values'
import { bytes, divisionCode, instant, plainText } from '../../database/columns.ts'
import { organisations } from '../organisations/tables.ts'

/** 账号. */
export const users = pgTable(
  'users',
  {
    id: uuid('id').notNull(),
    username: plainText('username').notNull(),
    displayName: text('display_name').notNull(),
    organisationId: uuid('organisation_id'),
    status: text('status').$type<'active' | 'disabled'>().notNull(),
    passwordHash: text('password_hash').notNull(),
    passwordChangedAt: instant('password_changed_at').notNull(),
    mustChangePassword: boolean('must_change_password').notNull(),
    failedAttempts: integer('failed_attempts').notNull().default(0),
    lastFailedAt: instant('last_failed_at'),
    lockedUntil: instant('locked_until'),
    /** TOTP secret under the field cipher; pending until confirmed. */
    totpSecret: bytes('totp_secret'),
    totpConfirmedAt: instant('totp_confirmed_at'),
    /** The last time step that was accepted: a code is good once. */
    totpLastStep: bigint('totp_last_step', { mode: 'number' }),
    recoveryCodeHashes: text('recovery_code_hashes')
      .array()
      .notNull()
      .default(sql`'{}'`),
    lastSignInAt: instant('last_sign_in_at'),
    version: integer('version').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'users_pk', columns: [table.id] }),
    uniqueIndex('users_username').on(table.username),
    foreignKey({
      name: 'users_organisation',
      columns: [table.organisationId],
      foreignColumns: [organisations.id],
    }),
    check('users_status', sql`${table.status} in ('active', 'disabled')`),
  ],
)

/** Hashes of former passwords, for the policy that forbids their reuse. */
export const formerPasswords = pgTable(
  'former_passwords',
  {
    userId: uuid('user_id').notNull(),
    replacedAt: instant('replaced_at').notNull(),
    passwordHash: text('password_hash').notNull(),
  },
  (table) => [
    primaryKey({ name: 'former_passwords_pk', columns: [table.userId, table.replacedAt] }),
    foreignKey({ name: 'former_passwords_user', columns: [table.userId], foreignColumns: [users.id] }),
  ],
)

/** 登录会话: one row per sign-in, checked on every request. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    /** SHA-256 of the refresh token now valid; the one before it, to recognise theft. */
    refreshHash: bytes('refresh_hash').notNull(),
    formerRefreshHash: bytes('former_refresh_hash'),
    rotatedAt: instant('rotated_at').notNull(),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedReason: text('revoked_reason'),
    address: text('address').notNull(),
    userAgent: text('user_agent').notNull(),
    /** The county chosen to work in; without one the first that her grants name. */
    county: integer('county'),
  },
  (table) => [
    primaryKey({ name: 'sessions_pk', columns: [table.id] }),
    index('sessions_by_user').on(table.userId),
    uniqueIndex('sessions_refresh_hash').on(table.refreshHash),
    index('sessions_former_refresh_hash').on(table.formerRefreshHash),
    foreignKey({ name: 'sessions_user', columns: [table.userId], foreignColumns: [users.id] }),
  ],
)

/** 授权: role × area × modules × purposes; withdrawn, never deleted. */
export const grants = pgTable(
  'grants',
  {
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    role: text('role').$type<Role>().notNull(),
    divisionPrefix: divisionCode('division_prefix').notNull(),
    modules: text('modules').array().$type<Module[]>().notNull(),
    purposes: text('purposes').array().$type<Purpose[]>().notNull(),
    validUntil: instant('valid_until'),
    grantedBy: uuid('granted_by'),
    grantedAt: instant('granted_at').notNull(),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [
    primaryKey({ name: 'grants_pk', columns: [table.id] }),
    uniqueIndex('grants_once')
      .on(table.userId, table.role, table.divisionPrefix)
      .where(sql`${table.withdrawnAt} is null`),
    index('grants_by_area').on(table.divisionPrefix),
    foreignKey({ name: 'grants_user', columns: [table.userId], foreignColumns: [users.id] }),
    check(
      'grants_prefix_shape',
      sql`${table.divisionPrefix} ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})?$'`,
    ),
    check('grants_not_to_oneself', sql`${table.grantedBy} <> ${table.userId}`),
  ],
)

/** 个人设置: saved views and column settings. */
export const preferences = pgTable(
  'preferences',
  { userId: uuid('user_id').notNull(), key: text('key').notNull(), value: jsonb('value').notNull() },
  (table) => [
    primaryKey({ name: 'preferences_pk', columns: [table.userId, table.key] }),
    foreignKey({ name: 'preferences_user', columns: [table.userId], foreignColumns: [users.id] }),
  ],
)

/** 第三方系统客户端. */
export const apiClients = pgTable(
  'api_clients',
  {
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    scopes: text('scopes').array().notNull(),
    purposes: text('purposes').array().$type<Purpose[]>().notNull(),
    divisionPrefix: divisionCode('division_prefix').notNull(),
    /** For whom it works: without one it touches no records of care. */
    organisationId: uuid('organisation_id'),
    allowedAddresses: text('allowed_addresses').array().notNull(),
    requestsPerMinute: integer('requests_per_minute').notNull(),
    expiresAt: instant('expires_at'),
    status: text('status').$type<'active' | 'disabled'>().notNull(),
    version: integer('version').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'api_clients_pk', columns: [table.id] }),
    uniqueIndex('api_clients_name').on(table.name),
    foreignKey({
      name: 'api_clients_organisation',
      columns: [table.organisationId],
      foreignColumns: [organisations.id],
    }),
    check('api_clients_status', sql`${table.status} in ('active', 'disabled')`),
  ],
)

export const apiClientSecrets = pgTable(
  'api_client_secrets',
  {
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    /** SHA-256: the secret is 256 random bits, so a slow hash adds nothing. */
    secretHash: bytes('secret_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [
    primaryKey({ name: 'api_client_secrets_pk', columns: [table.id] }),
    index('api_client_secrets_by_client').on(table.clientId),
    foreignKey({
      name: 'api_client_secrets_client',
      columns: [table.clientId],
      foreignColumns: [apiClients.id],
    }),
  ],
)
