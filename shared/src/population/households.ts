import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { ChangePreview } from './persons.ts'
import { HouseholdType, Relation, Sex } from './value-sets.ts'

const HouseholdNumber = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{1,20}$/)

export const HouseholdRow = z.object({
  id: Id,
  number: z.string(),
  type: HouseholdType,
  division: z.object({ code: DivisionCode, name: z.string() }),
  head: z.object({ id: Id, name: z.string() }).nullable(),
  members: z.int(),
})
export const Household = HouseholdRow.extend({
  address: z.string().nullable(),
  memberList: z.array(
    z.object({
      membershipId: Id,
      personId: Id,
      name: z.string(),
      sex: Sex,
      birthDate: z.string(),
      relation: Relation,
      from: CivilDate.nullable(),
      to: CivilDate.nullable(),
    }),
  ),
  /** F6 household with no head and the like. */
  findings: z.array(z.string()),
  version: z.int(),
})
export type HouseholdRow = z.infer<typeof HouseholdRow>
export type Household = z.infer<typeof Household>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })

export const listHouseholds = defineEndpoint({
  method: 'GET',
  url: '/api/v1/households',
  schema: {
    summary: 'Households in my area',
    tags: ['households'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      number: HouseholdNumber.optional(),
      type: HouseholdType.optional(),
    }),
    response: { 200: Page(HouseholdRow) },
  },
  config: { permission: 'household.read', dataClass: 'L2' },
})
export const getHousehold = defineEndpoint({
  method: 'GET',
  url: '/api/v1/households/:id',
  schema: {
    summary: 'One household with its members, former ones included',
    tags: ['households'],
    params,
    response: { 200: Household },
  },
  config: { permission: 'household.read', dataClass: 'L2' },
})
export const createHousehold = defineEndpoint({
  method: 'POST',
  url: '/api/v1/households',
  schema: {
    summary: 'Open a household',
    tags: ['households'],
    body: z.strictObject({
      number: HouseholdNumber,
      type: HouseholdType,
      divisionCode: DivisionCode,
      address: Text(200).optional(),
      headPersonId: Id.optional(),
    }),
    response: { 201: Household },
  },
  config: { permission: 'household.change', dataClass: 'L2', idempotent: true },
})
export const changeHousehold = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/households/:id',
  schema: {
    summary: 'Change number, type, place or address',
    tags: ['households'],
    params,
    body: z
      .strictObject({
        number: HouseholdNumber,
        type: HouseholdType,
        divisionCode: DivisionCode,
        address: Text(200).nullable(),
      })
      .partial(),
    response: { 200: Household },
  },
  config: { permission: 'household.change', dataClass: 'L2', conditional: true },
})
export const splitHousehold = defineEndpoint({
  method: 'POST',
  url: '/api/v1/households/:id/split',
  schema: {
    summary: 'Members leave to found a household of their own',
    tags: ['households'],
    params,
    querystring: dryRun,
    body: z.strictObject({
      number: HouseholdNumber,
      divisionCode: DivisionCode.optional(),
      members: z
        .array(z.strictObject({ personId: Id, relation: Relation }))
        .min(1)
        .max(50),
      on: CivilDate,
      reason: Text(200).optional(),
    }),
    response: { 200: ChangePreview, 201: Household },
  },
  config: { permission: 'household.change', dataClass: 'L2', idempotent: true, conditional: true },
})
export const addMember = defineEndpoint({
  method: 'POST',
  url: '/api/v1/households/:id/members',
  schema: {
    summary: 'A person joins the household; she leaves the one she was in',
    tags: ['households'],
    params,
    querystring: dryRun,
    body: z.strictObject({ personId: Id, relation: Relation, on: CivilDate, reason: Text(200).optional() }),
    response: { 200: ChangePreview, 201: Household },
  },
  config: { permission: 'household.change', dataClass: 'L2', idempotent: true, conditional: true },
})
export const changeHead = defineEndpoint({
  method: 'POST',
  url: '/api/v1/households/:id/head',
  schema: {
    summary: 'Another member becomes head; relations are restated to the new head',
    tags: ['households'],
    params,
    querystring: dryRun,
    body: z.strictObject({
      personId: Id,
      relations: z
        .array(z.strictObject({ personId: Id, relation: Relation }))
        .max(50)
        .default([]),
      on: CivilDate,
      reason: Text(200).optional(),
    }),
    response: { 200: ChangePreview, 201: Household },
  },
  config: { permission: 'household.change', dataClass: 'L2', idempotent: true, conditional: true },
})
