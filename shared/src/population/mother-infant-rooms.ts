import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { RoomSite } from './value-sets.ts'

const fields = {
  site: Text(100),
  siteKind: RoomSite,
  /** The site is one that should have a room. */
  required: z.boolean(),
  areaSquareMetres: z.int().min(1).max(1000).nullable(),
  standardMet: z.boolean(),
  /** Null where a room is wanted but not yet there. */
  openedOn: CivilDate.nullable(),
  divisionCode: DivisionCode,
}

/** 母婴设施 */
export const MotherInfantRoom = z
  .object(fields)
  .omit({ divisionCode: true })
  .extend({
    id: Id,
    division: z.object({ code: DivisionCode, name: z.string() }),
    updatedAt: Instant,
    version: z.int(),
  })
export type MotherInfantRoom = z.infer<typeof MotherInfantRoom>

const params = z.strictObject({ id: Id })
const managing = { permission: 'childcare.manage', dataClass: 'L0' } as const

export const listMotherInfantRooms = defineEndpoint({
  method: 'GET',
  url: '/api/v1/mother-infant-rooms',
  schema: {
    summary: 'Mother-infant rooms and the sites that should have one',
    tags: ['childcare'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      siteKind: RoomSite.optional(),
      required: QueryFlag.optional(),
      standardMet: QueryFlag.optional(),
    }),
    response: { 200: Page(MotherInfantRoom) },
  },
  config: { permission: 'childcare.read', dataClass: 'L0' },
})
export const getMotherInfantRoom = defineEndpoint({
  method: 'GET',
  url: '/api/v1/mother-infant-rooms/:id',
  schema: { summary: 'One room', tags: ['childcare'], params, response: { 200: MotherInfantRoom } },
  config: { permission: 'childcare.read', dataClass: 'L0' },
})
export const NewMotherInfantRoom = z
  .strictObject(fields)
  .partial({ required: true, areaSquareMetres: true, standardMet: true, openedOn: true })
export type NewMotherInfantRoom = z.infer<typeof NewMotherInfantRoom>
export const createMotherInfantRoom = defineEndpoint({
  method: 'POST',
  url: '/api/v1/mother-infant-rooms',
  schema: {
    summary: 'Add a room or a site that should have one',
    tags: ['childcare'],
    body: NewMotherInfantRoom,
    response: { 201: MotherInfantRoom },
  },
  config: { ...managing, idempotent: true },
})
export const ChangedMotherInfantRoom = z.strictObject(fields).partial()
export type ChangedMotherInfantRoom = z.infer<typeof ChangedMotherInfantRoom>
export const changeMotherInfantRoom = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/mother-infant-rooms/:id',
  schema: {
    summary: 'Change a room',
    tags: ['childcare'],
    params,
    body: ChangedMotherInfantRoom,
    response: { 200: MotherInfantRoom },
  },
  config: { ...managing, conditional: true },
})
export const removeMotherInfantRoom = defineEndpoint({
  method: 'DELETE',
  url: '/api/v1/mother-infant-rooms/:id',
  schema: {
    summary: 'Remove a room entered by mistake',
    tags: ['childcare'],
    params,
    response: { 204: z.null() },
  },
  config: { ...managing, conditional: true },
})
