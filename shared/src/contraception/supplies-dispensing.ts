import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { ItemCode, StoreName } from './supplies.ts'

/** What a client shows instead of a name: eight letters and digits without look-alikes. */
export const ClientToken = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[2-9A-HJ-NP-Z]{8}$/)

/** Going beyond the yearly allowance, or handing out the last usable unit, stops nothing. */
export const DispensingWarning = z.enum(['BEYOND_ALLOWANCE', 'LAST_OF_STOCK'])

export const Dispensing = z.object({
  id: Id,
  store: StoreName,
  division: z.object({ code: DivisionCode, name: z.string() }),
  itemCode: z.string(),
  method: z.string(),
  quantity: z.int(),
  returned: z.int(),
  occurredOn: CivilDate,
  clientToken: z.string().nullable(),
  isFirstUse: z.boolean(),
  byClinician: z.boolean(),
  isBeyondAllowance: z.boolean(),
  /** The lots it was taken from, first expiring first. */
  lots: z.array(z.object({ id: Id, lotNumber: z.string(), expiresOn: CivilDate, quantity: z.int() })),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
})
export type Dispensing = z.infer<typeof Dispensing>

const params = z.strictObject({ id: Id })
const dispensing = { permission: 'supply.dispense', dataClass: 'L1', idempotent: true } as const

export const listDispensings = defineEndpoint({
  method: 'GET',
  url: '/api/v1/dispensings',
  schema: {
    summary: 'What was handed out, the latest first; quantity and token, never a name',
    tags: ['supplies'],
    querystring: z.strictObject({
      ...PageQuery,
      storeId: Id.optional(),
      itemCode: ItemCode.optional(),
      clientToken: ClientToken.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
    }),
    response: { 200: Page(Dispensing) },
  },
  config: { permission: 'supply.read', dataClass: 'L1' },
})
export const getDispensing = defineEndpoint({
  method: 'GET',
  url: '/api/v1/dispensings/:id',
  schema: {
    summary: 'One dispensing',
    tags: ['supplies'],
    params,
    response: { 200: Dispensing },
  },
  config: { permission: 'supply.read', dataClass: 'L1' },
})

/** The part of an encounter, or of a dispensing at the counter. */
export const dispensePart = {
  storeId: Id,
  itemCode: ItemCode,
  quantity: z.int().min(1).max(10_000),
  /** Chosen by first expiry where left out. */
  lotId: Id.optional(),
  /** First time with this method; found from the token's history where left out. */
  isFirstUse: z.boolean().optional(),
}
export const NewDispensing = z.strictObject({
  ...dispensePart,
  occurredOn: CivilDate,
  /** Without one it is anonymous. */
  clientToken: ClientToken.optional(),
  /** Gives the client a token for her next visits. */
  newToken: z.literal(true).optional(),
})
export type NewDispensing = z.infer<typeof NewDispensing>

export const Dispensed = Dispensing.extend({
  warnings: z.array(DispensingWarning),
  /** Given to this token this year, this time included. */
  givenThisYear: z.int().nullable(),
  yearlyAllowance: z.int().nullable(),
  /** Usable units left at the store. */
  left: z.int(),
})
export type Dispensed = z.infer<typeof Dispensed>

export const dispenseSupplies = defineEndpoint({
  method: 'POST',
  url: '/api/v1/dispensings',
  schema: {
    summary: 'Hand out a product: the lot that expires first, with a token or without',
    tags: ['supplies'],
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: NewDispensing,
    response: { 200: Dispensed, 201: Dispensed },
  },
  config: dispensing,
})
export const voidDispensing = defineEndpoint({
  method: 'POST',
  url: '/api/v1/dispensings/:id/void',
  schema: {
    summary: 'Take back a dispensing entered by mistake: the units were never given out',
    tags: ['supplies'],
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: Dispensing },
  },
  config: dispensing,
})
export const NewReturn = z.strictObject({
  quantity: z.int().min(1),
  occurredOn: CivilDate,
  /** Unopened and fit to be handed out again; medicines never are. */
  toShelf: z.boolean(),
  reason: Text(200),
})
export type NewReturn = z.infer<typeof NewReturn>
export const returnDispensed = defineEndpoint({
  method: 'POST',
  url: '/api/v1/dispensings/:id/returns',
  schema: {
    summary: 'Take back units that a client returns',
    tags: ['supplies'],
    params,
    body: NewReturn,
    response: { 201: Dispensing },
  },
  config: dispensing,
})
