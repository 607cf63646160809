import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { ClientScope, Module, Permission, Role } from './permissions.ts'
import { DivisionCode, DivisionPrefix, Id, Instant, Page, PageQuery, Purpose, Text } from './values.ts'

export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)
const Password = z.string().min(1).max(200)
const TotpCode = z.string().regex(/^\d{6}$|^[a-z0-9]{4}-[a-z0-9]{4}$/)

export const Grant = z.object({
  id: Id,
  role: Role,
  divisionPrefix: DivisionPrefix,
  modules: z.array(Module),
  purposes: z.array(Purpose),
  validUntil: Instant.nullable(),
  grantedBy: z.string().nullable(),
  grantedAt: Instant,
})
export type Grant = z.infer<typeof Grant>

/** What a session must do before anything else. */
export const Pending = z.enum(['password-change', 'second-factor-enrolment'])

export const CurrentUser = z.object({
  id: Id,
  username: z.string(),
  displayName: z.string(),
  organisation: z.object({ id: Id, name: z.string() }).nullable(),
  secondFactor: z.boolean(),
  pending: z.array(Pending),
  permissions: z.array(Permission),
  grants: z.array(Grant),
  /** The division the user works in: the widest of her grants in the county of this session. */
  division: z.object({ code: DivisionCode, name: z.string() }).nullable(),
  /** The counties of her grants. A session works in one of them; of the others it sees nothing. */
  counties: z.array(z.object({ code: DivisionCode, name: z.string(), current: z.boolean() })),
})
export type CurrentUser = z.infer<typeof CurrentUser>

export const SignedIn = z.object({ accessToken: z.string(), expiresAt: Instant, user: CurrentUser })
export type SignedIn = z.infer<typeof SignedIn>

export const createSession = defineEndpoint({
  method: 'POST',
  url: '/api/v1/sessions',
  schema: {
    summary: 'Sign in',
    tags: ['accounts'],
    body: z.strictObject({
      username: z.string().trim().min(1).max(80),
      password: Password,
      code: TotpCode.optional(),
    }),
    response: { 201: SignedIn },
  },
  config: { permission: 'public', dataClass: 'L1' },
})

export const refreshSession = defineEndpoint({
  method: 'POST',
  url: '/api/v1/sessions/refresh',
  schema: {
    summary: 'Exchange the refresh cookie for a new access token',
    tags: ['accounts'],
    response: { 200: SignedIn },
  },
  config: { permission: 'public', dataClass: 'L1' },
})

export const endSession = defineEndpoint({
  method: 'DELETE',
  url: '/api/v1/sessions/current',
  schema: { summary: 'Sign out', tags: ['accounts'], response: { 204: z.null() } },
  config: { permission: 'signed-in', dataClass: 'L0', beforeReady: true },
})

export const switchCounty = defineEndpoint({
  method: 'PUT',
  url: '/api/v1/sessions/current/county',
  schema: {
    summary: 'Work in another of my counties; effective on the next request of this session',
    tags: ['accounts'],
    body: z.strictObject({ code: DivisionCode }),
    response: { 200: CurrentUser },
  },
  config: { permission: 'signed-in', dataClass: 'L1' },
})

export const Session = z.object({
  id: Id,
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  address: z.string(),
  userAgent: z.string(),
  current: z.boolean(),
})
export type Session = z.infer<typeof Session>

export const listSessions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/sessions',
  schema: {
    summary: 'My sessions',
    tags: ['accounts'],
    response: { 200: z.object({ items: z.array(Session) }) },
  },
  config: { permission: 'signed-in', dataClass: 'L1' },
})

export const revokeSession = defineEndpoint({
  method: 'DELETE',
  url: '/api/v1/sessions/:id',
  schema: {
    summary: 'End one of my sessions',
    tags: ['accounts'],
    params: z.strictObject({ id: Id }),
    response: { 204: z.null() },
  },
  config: { permission: 'signed-in', dataClass: 'L0' },
})

export const DemoAccount = z.object({
  username: z.string(),
  password: z.string(),
  role: Role,
  division: z.string(),
})

/** Everything the sign-in page needs before anybody is known. */
export const signInOptions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/sign-in-options',
  schema: {
    summary: 'What the sign-in page shows',
    tags: ['accounts'],
    response: {
      200: z.object({ county: z.string().nullable(), demo: z.boolean(), accounts: z.array(DemoAccount) }),
    },
  },
  config: { permission: 'public', dataClass: 'L0' },
})

export const getMe = defineEndpoint({
  method: 'GET',
  url: '/api/v1/me',
  schema: { summary: 'Who I am and what I may', tags: ['accounts'], response: { 200: CurrentUser } },
  config: { permission: 'signed-in', dataClass: 'L1', beforeReady: true },
})

export const changePassword = defineEndpoint({
  method: 'POST',
  url: '/api/v1/me/password',
  schema: {
    summary: 'Change my password; every other session ends',
    tags: ['accounts'],
    body: z.strictObject({ currentPassword: Password, newPassword: Password }),
    response: { 204: z.null() },
  },
  config: { permission: 'signed-in', dataClass: 'L0', beforeReady: true },
})

export const enrolSecondFactor = defineEndpoint({
  method: 'POST',
  url: '/api/v1/me/second-factor',
  schema: {
    summary: 'Begin to enrol an authenticator',
    tags: ['accounts'],
    body: z.strictObject({ password: Password }),
    response: { 201: z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() }) },
  },
  config: { permission: 'signed-in', dataClass: 'L1', beforeReady: true },
})

export const confirmSecondFactor = defineEndpoint({
  method: 'POST',
  url: '/api/v1/me/second-factor/confirmation',
  schema: {
    summary: 'Prove the authenticator; answers one-time recovery codes, shown once',
    tags: ['accounts'],
    body: z.strictObject({ code: TotpCode }),
    response: { 200: z.object({ recoveryCodes: z.array(z.string()) }) },
  },
  config: { permission: 'signed-in', dataClass: 'L1', beforeReady: true },
})

export const removeSecondFactor = defineEndpoint({
  method: 'POST',
  url: '/api/v1/me/second-factor/removal',
  schema: {
    summary: 'Remove my authenticator',
    tags: ['accounts'],
    body: z.strictObject({ password: Password, code: TotpCode }),
    response: { 204: z.null() },
  },
  config: { permission: 'signed-in', dataClass: 'L0' },
})

/** Saved views and column settings: small JSON that only its owner reads. */
export const PreferenceKey = z.string().regex(/^[a-z][a-z0-9.-]{0,60}$/)
export const getPreferences = defineEndpoint({
  method: 'GET',
  url: '/api/v1/me/preferences',
  schema: {
    summary: 'My saved views and settings',
    tags: ['accounts'],
    response: { 200: z.object({ preferences: z.record(z.string(), z.json()) }) },
  },
  config: { permission: 'signed-in', dataClass: 'L0', beforeReady: true },
})
export const setPreference = defineEndpoint({
  method: 'PUT',
  url: '/api/v1/me/preferences/:key',
  schema: {
    summary: 'Keep one of my settings; null forgets it',
    tags: ['accounts'],
    params: z.strictObject({ key: PreferenceKey }),
    body: z.strictObject({ value: z.json() }),
    response: { 204: z.null() },
  },
  config: { permission: 'signed-in', dataClass: 'L0', beforeReady: true },
})

export const RoleDescription = z.object({
  role: Role,
  zh: z.string(),
  en: z.string(),
  levels: z.array(z.int()),
  permissions: z.array(Permission),
  purposes: z.array(Purpose),
  secondFactor: z.boolean(),
  /** Whether the asking user may give this role at all. */
  grantable: z.boolean(),
})
export const listRoles = defineEndpoint({
  method: 'GET',
  url: '/api/v1/roles',
  schema: {
    summary: 'The role table and the pairs kept apart',
    tags: ['accounts'],
    response: {
      200: z.object({ roles: z.array(RoleDescription), separated: z.array(z.tuple([Role, Role])) }),
    },
  },
  config: { permission: 'account.read', dataClass: 'L0' },
})

export const User = z.object({
  id: Id,
  username: z.string(),
  displayName: z.string(),
  status: z.enum(['active', 'disabled']),
  locked: z.boolean(),
  secondFactor: z.boolean(),
  mustChangePassword: z.boolean(),
  organisation: z.object({ id: Id, name: z.string() }).nullable(),
  lastSignInAt: Instant.nullable(),
  grants: z.array(Grant),
  version: z.int(),
})
export type User = z.infer<typeof User>
const userParams = z.strictObject({ id: Id })

export const listUsers = defineEndpoint({
  method: 'GET',
  url: '/api/v1/users',
  schema: {
    summary: 'Accounts in my area',
    tags: ['accounts'],
    querystring: z.strictObject({
      ...PageQuery,
      q: Text(80).optional(),
      role: Role.optional(),
      division: DivisionCode.optional(),
      status: z.enum(['active', 'disabled']).optional(),
    }),
    response: { 200: Page(User) },
  },
  config: { permission: 'account.read', dataClass: 'L1' },
})
export const getUser = defineEndpoint({
  method: 'GET',
  url: '/api/v1/users/:id',
  schema: { summary: 'One account', tags: ['accounts'], params: userParams, response: { 200: User } },
  config: { permission: 'account.read', dataClass: 'L1' },
})

export const NewGrant = z.strictObject({
  role: Role,
  divisionPrefix: DivisionPrefix,
  modules: z.array(Module).min(1).optional(),
  purposes: z.array(Purpose).optional(),
  validUntil: Instant.optional(),
})
export type NewGrant = z.infer<typeof NewGrant>

export const createUser = defineEndpoint({
  method: 'POST',
  url: '/api/v1/users',
  schema: {
    summary: 'Open an account; the first password is answered once and must be changed',
    tags: ['accounts'],
    body: z.strictObject({
      username: Username,
      displayName: Text(60),
      organisationId: Id.optional(),
      grants: z.array(NewGrant).min(1).max(20),
    }),
    response: { 201: z.object({ user: User, firstPassword: z.string() }) },
  },
  config: { permission: 'grant.give', dataClass: 'L1' },
})
export const changeUser = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/users/:id',
  schema: {
    summary: 'Change name, organisation or status of an account',
    tags: ['accounts'],
    params: userParams,
    body: z.strictObject({
      displayName: Text(60).optional(),
      organisationId: Id.nullable().optional(),
      status: z.enum(['active', 'disabled']).optional(),
    }),
    response: { 200: User },
  },
  config: { permission: 'grant.give', dataClass: 'L1', conditional: true },
})
export const resetPassword = defineEndpoint({
  method: 'POST',
  url: '/api/v1/users/:id/password-reset',
  schema: {
    summary: 'Give a new first password, unlock, and end all sessions of an account',
    tags: ['accounts'],
    params: userParams,
    response: { 200: z.object({ firstPassword: z.string() }) },
  },
  config: { permission: 'grant.give', dataClass: 'L1' },
})
export const resetSecondFactor = defineEndpoint({
  method: 'DELETE',
  url: '/api/v1/users/:id/second-factor',
  schema: {
    summary: 'Remove a lost authenticator',
    tags: ['accounts'],
    params: userParams,
    response: { 204: z.null() },
  },
  config: { permission: 'account.manage', dataClass: 'L0' },
})
export const endUserSessions = defineEndpoint({
  method: 'DELETE',
  url: '/api/v1/users/:id/sessions',
  schema: {
    summary: 'End all sessions of an account',
    tags: ['accounts'],
    params: userParams,
    response: { 204: z.null() },
  },
  config: { permission: 'grant.give', dataClass: 'L0' },
})
export const giveGrant = defineEndpoint({
  method: 'POST',
  url: '/api/v1/users/:id/grants',
  schema: {
    summary: 'Grant a role in an area',
    tags: ['accounts'],
    params: userParams,
    body: NewGrant,
    response: { 201: Grant },
  },
  config: { permission: 'grant.give', dataClass: 'L1' },
})
export const withdrawGrant = defineEndpoint({
  method: 'DELETE',
  url: '/api/v1/users/:id/grants/:grantId',
  schema: {
    summary: 'Withdraw a grant; effective on the next request',
    tags: ['accounts'],
    params: z.strictObject({ id: Id, grantId: Id }),
    response: { 204: z.null() },
  },
  config: { permission: 'grant.give', dataClass: 'L1' },
})

export const ApiClient = z.object({
  id: Id,
  name: z.string(),
  scopes: z.array(ClientScope),
  purposes: z.array(Purpose),
  divisionPrefix: DivisionPrefix,
  /** For whom it works; needed for every scope of care. */
  organisationId: Id.nullable(),
  /** CIDR blocks or single addresses; empty allows any. */
  allowedAddresses: z.array(z.string()),
  requestsPerMinute: z.int(),
  expiresAt: Instant.nullable(),
  status: z.enum(['active', 'disabled']),
  secrets: z.array(
    z.object({ id: Id, createdAt: Instant, expiresAt: Instant.nullable(), lastUsedAt: Instant.nullable() }),
  ),
  version: z.int(),
})
export type ApiClient = z.infer<typeof ApiClient>
const clientFields = {
  name: Text(80),
  scopes: z.array(ClientScope).min(1),
  purposes: z.array(Purpose),
  divisionPrefix: DivisionPrefix,
  organisationId: Id.nullable(),
  allowedAddresses: z.array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()])).max(50),
  requestsPerMinute: z.int().min(1).max(100_000),
  expiresAt: Instant.nullable(),
}
export const listApiClients = defineEndpoint({
  method: 'GET',
  url: '/api/v1/api-clients',
  schema: {
    summary: 'Machine clients',
    tags: ['api-clients'],
    querystring: z.strictObject(PageQuery),
    response: { 200: Page(ApiClient) },
  },
  config: { permission: 'client.manage', dataClass: 'L1' },
})
export const createApiClient = defineEndpoint({
  method: 'POST',
  url: '/api/v1/api-clients',
  schema: {
    summary: 'Register a machine client; the secret is answered once',
    tags: ['api-clients'],
    body: z.strictObject(clientFields).partial({
      purposes: true,
      organisationId: true,
      allowedAddresses: true,
      requestsPerMinute: true,
      expiresAt: true,
    }),
    response: { 201: z.object({ client: ApiClient, secret: z.string() }) },
  },
  config: { permission: 'client.manage', dataClass: 'L1' },
})
export const changeApiClient = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/api-clients/:id',
  schema: {
    summary: 'Change a machine client',
    tags: ['api-clients'],
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ ...clientFields, status: z.enum(['active', 'disabled']) }).partial(),
    response: { 200: ApiClient },
  },
  config: { permission: 'client.manage', dataClass: 'L1', conditional: true },
})
export const rotateClientSecret = defineEndpoint({
  method: 'POST',
  url: '/api/v1/api-clients/:id/secrets',
  schema: {
    summary: 'A new secret; the old ones stay good for the overlap',
    tags: ['api-clients'],
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ overlapHours: z.int().min(0).max(720).default(24) }),
    response: { 201: z.object({ secretId: Id, secret: z.string() }) },
  },
  config: { permission: 'client.manage', dataClass: 'L1' },
})
export const withdrawClientSecret = defineEndpoint({
  method: 'DELETE',
  url: '/api/v1/api-clients/:id/secrets/:secretId',
  schema: {
    summary: 'Withdraw a secret at once',
    tags: ['api-clients'],
    params: z.strictObject({ id: Id, secretId: Id }),
    response: { 204: z.null() },
  },
  config: { permission: 'client.manage', dataClass: 'L1' },
})

/** RFC 6749 §4.4; errors of this one route have the shape of §5.2 of the RFC. */
export const issueToken = defineEndpoint({
  method: 'POST',
  url: '/oauth/token',
  schema: {
    summary: 'OAuth 2 client credentials',
    tags: ['api-clients'],
    consumes: ['application/x-www-form-urlencoded'],
    body: z.strictObject({
      grant_type: z.string(),
      client_id: z.string().optional(),
      client_secret: z.string().optional(),
      scope: z.string().optional(),
    }),
    response: {
      200: z.object({
        access_token: z.string(),
        token_type: z.literal('Bearer'),
        expires_in: z.int(),
        scope: z.string(),
      }),
      400: z.object({ error: z.string(), error_description: z.string().optional() }),
      401: z.object({ error: z.string(), error_description: z.string().optional() }),
    },
  },
  config: { permission: 'public', dataClass: 'L0' },
})
