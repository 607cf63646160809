import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { BusyKind, DistanceClass, Transport } from './check-codes.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })
const params = z.strictObject({ id: Id })
const reading = { permission: 'check-up.read', dataClass: 'L0' } as const
const planning = { permission: 'check-up.plan', dataClass: 'L0' } as const
const tags = ['check-ups'] as [string]

/** 节假日与调休 */
export const Holiday = z.object({
  day: CivilDate,
  isWorkday: z.boolean(),
  nameZh: z.string(),
  nameEn: z.string(),
  /** The notice of the year has not come yet. */
  isExpected: z.boolean(),
  basis: z.string(),
})
export type Holiday = z.infer<typeof Holiday>
export const listHolidays = defineEndpoint({
  method: 'GET',
  url: '/api/v1/holidays',
  schema: {
    summary: 'Public holidays and the days worked in exchange',
    tags,
    querystring: z.strictObject({ year: z.coerce.number().int().min(2020).max(2100) }),
    response: { 200: z.object({ items: z.array(Holiday) }) },
  },
  config: reading,
})

const stationFields = {
  organisationId: Id,
  name: Text(60),
  divisionCode: DivisionCode,
  /** Persons whom a team sees in a near village in a day. */
  capacityPerDay: z.int().min(1).max(500),
  teams: z.int().min(1).max(20),
  vehicles: z.int().min(0).max(20),
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  openedOn: CivilDate,
  closedOn: CivilDate.nullable(),
}

/** 查体站点 */
export const CheckStation = z
  .object(stationFields)
  .omit({ divisionCode: true })
  .extend({ id: Id, division: PlaceName, updatedAt: Instant, version: z.int() })
export type CheckStation = z.infer<typeof CheckStation>
export const listCheckStations = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-stations',
  schema: {
    summary: 'Stations whose teams go to the villages of the county',
    tags,
    response: { 200: z.object({ items: z.array(CheckStation) }) },
  },
  config: reading,
})
export const NewCheckStation = z
  .strictObject(stationFields)
  .partial({ teams: true, vehicles: true, weekdays: true, closedOn: true })
export type NewCheckStation = z.infer<typeof NewCheckStation>
export const createCheckStation = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-stations',
  schema: { summary: 'Add a station', tags, body: NewCheckStation, response: { 201: CheckStation } },
  config: { ...planning, idempotent: true },
})
export const ChangedCheckStation = z.strictObject(stationFields).omit({ organisationId: true }).partial()
export type ChangedCheckStation = z.infer<typeof ChangedCheckStation>
export const changeCheckStation = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/check-stations/:id',
  schema: {
    summary: 'Change a station, or close it from a day on; re-plan afterwards',
    tags,
    params,
    body: ChangedCheckStation,
    response: { 200: CheckStation },
  },
  config: { ...planning, conditional: true },
})

/** 村到站距离 */
export const VillageDistance = z.object({
  village: PlaceName,
  stationId: Id,
  distanceClass: DistanceClass,
  transport: Transport,
  minutes: z.int(),
})
export type VillageDistance = z.infer<typeof VillageDistance>
export const listVillageDistances = defineEndpoint({
  method: 'GET',
  url: '/api/v1/village-distances',
  schema: {
    summary: 'How stations reach villages; a village without a row is reached by its own township’s station',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      stationId: Id.optional(),
      division: DivisionCode.optional(),
    }),
    response: { 200: Page(VillageDistance) },
  },
  config: reading,
})
export const NewVillageDistance = z.strictObject({
  divisionCode: DivisionCode,
  stationId: Id,
  distanceClass: DistanceClass,
  transport: Transport,
  minutes: z.int().min(0).max(600),
})
export type NewVillageDistance = z.infer<typeof NewVillageDistance>
export const setVillageDistances = defineEndpoint({
  method: 'POST',
  url: '/api/v1/village-distances',
  schema: {
    summary: 'Set how stations reach villages, many at once',
    tags,
    body: z.strictObject({ rows: z.array(NewVillageDistance).min(1).max(2000) }),
    response: { 200: z.object({ rows: z.int() }) },
  },
  config: { ...planning, idempotent: true },
})

/** 农忙与停办时段 */
export const BusyPeriod = z.object({
  id: Id,
  division: PlaceName,
  kind: BusyKind,
  name: z.string(),
  fromOn: CivilDate,
  toOn: CivilDate,
})
export type BusyPeriod = z.infer<typeof BusyPeriod>
export const listBusyPeriods = defineEndpoint({
  method: 'GET',
  url: '/api/v1/busy-periods',
  schema: {
    summary: 'Days on which villages have no time for check-ups',
    tags,
    querystring: z.strictObject({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
    response: { 200: z.object({ items: z.array(BusyPeriod) }) },
  },
  config: reading,
})
export const NewBusyPeriod = z.strictObject({
  divisionCode: DivisionCode,
  kind: BusyKind,
  name: Text(60),
  fromOn: CivilDate,
  toOn: CivilDate,
})
export type NewBusyPeriod = z.infer<typeof NewBusyPeriod>
export const createBusyPeriod = defineEndpoint({
  method: 'POST',
  url: '/api/v1/busy-periods',
  schema: {
    summary: 'Keep days free of check-ups',
    tags,
    body: NewBusyPeriod,
    response: { 201: BusyPeriod },
  },
  config: { ...planning, idempotent: true },
})
export const removeBusyPeriod = defineEndpoint({
  method: 'DELETE',
  url: '/api/v1/busy-periods/:id',
  schema: { summary: 'Take a busy period back', tags, params, response: { 204: z.null() } },
  config: planning,
})
