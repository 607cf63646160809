import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { DivisionCode, Id, Instant, Page, PageQuery, Purpose, Text } from './values.ts'

export const AccessAction = z.enum([
  'view',
  'reveal',
  'create',
  'correct',
  'change',
  'merge',
  'import',
  'export',
  'sign-in',
  'sign-out',
  'grant',
  'configure',
  'refused',
])
export type AccessAction = z.infer<typeof AccessAction>

export const AccessEntry = z.object({
  id: Id,
  at: Instant,
  /** Name of the account or machine client. */
  actor: z.string(),
  action: AccessAction,
  entity: z.string(),
  entityId: Id.nullable(),
  fields: z.array(z.string()),
  purpose: Purpose.nullable(),
  reason: z.string().nullable(),
  rows: z.int(),
  result: z.enum(['allowed', 'refused']),
  address: z.string().nullable(),
  sealed: z.boolean(),
})
export type AccessEntry = z.infer<typeof AccessEntry>

export const listAccessLog = defineEndpoint({
  method: 'GET',
  url: '/api/v1/access-log',
  schema: {
    summary: 'Who did what',
    tags: ['audit'],
    querystring: z.strictObject({
      ...PageQuery,
      actor: Text(80).optional(),
      action: AccessAction.optional(),
      entity: Text(40).optional(),
      entityId: Id.optional(),
      division: DivisionCode.optional(),
      result: z.enum(['allowed', 'refused']).optional(),
      from: Instant.optional(),
      to: Instant.optional(),
    }),
    response: { 200: Page(AccessEntry) },
  },
  config: { permission: 'audit.read', dataClass: 'L1' },
})

export const listPersonViewers = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/:id/access-log',
  schema: {
    summary: 'Who looked at this record',
    tags: ['audit'],
    params: z.strictObject({ id: Id }),
    querystring: z.strictObject(PageQuery),
    response: { 200: Page(AccessEntry) },
  },
  config: { permission: 'person.viewers', dataClass: 'L1' },
})
