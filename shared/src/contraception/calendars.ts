import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CheckCategory } from './check-codes.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })
const params = z.strictObject({ id: Id })
const reading = { permission: 'check-up.read', dataClass: 'L0' } as const
const planning = { permission: 'check-up.plan', dataClass: 'L0' } as const
const tags = ['check-ups'] as [string]

export const CalendarStatus = z.enum(['PLANNING', 'PROPOSED', 'PUBLISHED', 'DISCARDED', 'FAILED'])
export type CalendarStatus = z.infer<typeof CalendarStatus>

/** 查体年度计划 */
export const CheckCalendar = z.object({
  id: Id,
  division: PlaceName,
  year: z.int(),
  fromOn: CivilDate,
  toOn: CivilDate,
  status: CalendarStatus,
  villages: z.int(),
  sessions: z.int(),
  /** Villages and categories that found no day. */
  unplaced: z.int(),
  jobId: Id.nullable(),
  recordedAt: Instant,
  publishedAt: Instant.nullable(),
  version: z.int(),
})
export type CheckCalendar = z.infer<typeof CheckCalendar>
export const listCheckCalendars = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-calendars',
  schema: {
    summary: 'Year’s calendars of the county, the latest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      year: z.coerce.number().int().min(2000).max(2100).optional(),
      status: CalendarStatus.optional(),
    }),
    response: { 200: Page(CheckCalendar) },
  },
  config: reading,
})
export const NewCheckCalendar = z.strictObject({
  year: z.int().min(2000).max(2100),
  /** The first day that may be planned; otherwise tomorrow, or the first day of the year. */
  fromOn: CivilDate.optional(),
})
export type NewCheckCalendar = z.infer<typeof NewCheckCalendar>
export const proposeCheckCalendar = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-calendars',
  schema: {
    summary: 'Propose a year’s calendar: long work, see the job',
    tags,
    body: NewCheckCalendar,
    response: { 202: CheckCalendar },
  },
  config: { ...planning, idempotent: true },
})
export const getCheckCalendar = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-calendars/:id',
  schema: { summary: 'One calendar', tags, params, response: { 200: CheckCalendar } },
  config: reading,
})

/** What stood in the way of a day. */
export const hindrances = {
  UNREACHABLE: ['没有站点能够到达', 'No station reaches it'],
  STATION_CLOSED: ['站点停办', 'The station is closed'],
  NOT_WORKED: ['节假日或站点不出诊的日子', 'Holidays and days without teams'],
  BUSY: ['农忙或停办时段', 'Busy period of the village'],
  NO_TEAM: ['队伍已排满', 'All teams are out'],
  NO_VEHICLE: ['车辆已排满', 'All vehicles are out'],
  OTHER_CATEGORY: ['当天已有其他类别的查体', 'Another session is in the village on that day'],
  ROTATION: ['与上一周期在同一时节', 'The same time of the year as in the last cycle'],
  OUT_OF_SEASON: ['不在服务季节', 'Out of the programme’s season'],
} as const
export const Hindrance = z.enum(
  Object.keys(hindrances) as [keyof typeof hindrances, ...(keyof typeof hindrances)[]],
)
export type Hindrance = z.infer<typeof Hindrance>

export const Unplaced = z.object({
  village: PlaceName,
  category: CheckCategory,
  /** Session days that found no place. */
  days: z.int(),
  reason: Hindrance,
  /** By hindrance, the station days it took. */
  hindrances: z.partialRecord(Hindrance, z.int()),
})
export type Unplaced = z.infer<typeof Unplaced>
export const listUnplaced = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-calendars/:id/unplaced',
  schema: {
    summary: 'What the calendar could not place, and why',
    tags,
    params,
    querystring: z.strictObject({ ...PageQuery, reason: Hindrance.optional() }),
    response: { 200: Page(Unplaced) },
  },
  config: planning,
})
export const publishCheckCalendar = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-calendars/:id/publication',
  schema: {
    summary: 'Publish a proposed calendar: its sessions are planned from now on',
    tags,
    params,
    response: { 200: CheckCalendar },
  },
  config: { ...planning, conditional: true },
})
export const discardCheckCalendar = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-calendars/:id/discarding',
  schema: { summary: 'Put a proposal away', tags, params, response: { 200: CheckCalendar } },
  config: { ...planning, conditional: true },
})

const Moved = z.object({
  sessionId: Id,
  village: PlaceName,
  category: CheckCategory,
  fromOn: CivilDate,
  /** Null: cancelled, for what stands in `reason`. */
  toOn: CivilDate.nullable(),
  fromStation: Id,
  toStation: Id.nullable(),
  reason: z.enum([...Hindrance.options, 'VILLAGE_GONE', 'VILLAGE_MERGED', 'NOT_NEEDED']),
})
export const Replanning = z.object({
  kept: z.int(),
  moved: z.array(Moved),
  cancelled: z.array(Moved),
  /** New session days. */
  added: z.int(),
  unplaced: z.array(Unplaced),
})
export type Replanning = z.infer<typeof Replanning>
export const replanCheckCalendar = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-calendars/:id/replanning',
  schema: {
    summary: 'Plan again after a change: what is held stays, as few sessions as possible move',
    tags,
    params,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: z.strictObject({
      reason: Text(200),
      /** Sessions from this day on may move; otherwise from tomorrow. */
      fromOn: CivilDate.optional(),
    }),
    response: { 200: Replanning },
  },
  config: { ...planning, idempotent: true },
})

/** 计划执行: held on the planned day, moved, cancelled; slots and who came. */
export const PlanExecution = z.object({
  stationId: Id,
  station: z.string(),
  planned: z.int(),
  /** Planned for a day that is over. */
  due: z.int(),
  heldOnDay: z.int(),
  heldMoved: z.int(),
  cancelled: z.int(),
  slots: z.int(),
  attended: z.int(),
})
export type PlanExecution = z.infer<typeof PlanExecution>
export const getPlanExecution = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-calendars/:id/execution',
  schema: {
    summary: 'How the calendar is carried out, by station',
    tags,
    params,
    response: { 200: z.object({ on: CivilDate, items: z.array(PlanExecution) }) },
  },
  config: planning,
})
