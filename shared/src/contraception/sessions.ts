import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { CheckCategory, CheckItem, DistanceClass, InvitationStatus, Transport } from './check-codes.ts'
import { ProgrammeCode } from './programmes.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })
const params = z.strictObject({ id: Id })
const tags = ['check-ups'] as [string]

export const checkSessionStatuses = {
  PROPOSED: ['拟定', 'Proposed'],
  PLANNED: ['已公布', 'Planned'],
  HELD: ['已举行', 'Held'],
  CANCELLED: ['已取消', 'Cancelled'],
} as const
export const CheckSessionStatus = z.enum(['PROPOSED', 'PLANNED', 'HELD', 'CANCELLED'])
export type CheckSessionStatus = z.infer<typeof CheckSessionStatus>

/** 查体场次. Nobody reads a method from it. */
export const CheckSession = z.object({
  id: Id,
  calendarId: Id,
  station: z.object({ id: Id, name: z.string() }),
  village: PlaceName,
  /** Null for those who only see that there is a health check. */
  category: CheckCategory.nullable(),
  team: z.int(),
  /** The day first published. */
  publishedOn: CivilDate.nullable(),
  on: CivilDate,
  slots: z.int(),
  expected: z.int(),
  distanceClass: DistanceClass,
  transport: Transport,
  status: CheckSessionStatus,
  heldOn: CivilDate.nullable(),
  /** Null where it is too few to tell (1–4) and the reader does not treat. */
  attended: z.int().nullable(),
  reason: z.string().nullable(),
  version: z.int(),
})
export type CheckSession = z.infer<typeof CheckSession>

export const listCheckSessions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-sessions',
  schema: {
    summary: 'Sessions of my area by day; of a proposal with its `calendarId`',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      limit: z.coerce.number().int().min(1).max(2000).default(200),
      calendarId: Id.optional(),
      stationId: Id.optional(),
      division: DivisionCode.optional(),
      category: CheckCategory.optional(),
      status: CheckSessionStatus.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
    }),
    response: { 200: Page(CheckSession) },
  },
  config: { permission: 'check-up.read', dataClass: 'L0' },
})

export const CheckSessionChange = z.object({
  kind: z.enum(['PLANNED', 'MOVED', 'CANCELLED', 'HELD']),
  fromOn: CivilDate.nullable(),
  toOn: CivilDate.nullable(),
  reason: z.string(),
  at: Instant,
})
export type CheckSessionChange = z.infer<typeof CheckSessionChange>
export const CheckSessionDetail = CheckSession.extend({ changes: z.array(CheckSessionChange) })
export type CheckSessionDetail = z.infer<typeof CheckSessionDetail>
export const getCheckSession = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-sessions/:id',
  schema: { summary: 'One session with its changes', tags, params, response: { 200: CheckSessionDetail } },
  config: { permission: 'check-up.read', dataClass: 'L0' },
})

export const moveCheckSession = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-sessions/:id/move',
  schema: {
    summary: 'Move a session to another day, with the reason',
    tags,
    params,
    body: z.strictObject({ on: CivilDate, team: z.int().min(1).max(20).optional(), reason: Text(200) }),
    response: { 200: CheckSessionDetail },
  },
  config: { permission: 'check-up.plan', dataClass: 'L0', conditional: true },
})
export const cancelCheckSession = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-sessions/:id/cancellation',
  schema: {
    summary: 'Cancel a session, with the reason; the next re-planning finds the village another day',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: CheckSessionDetail },
  },
  config: { permission: 'check-up.plan', dataClass: 'L0', conditional: true },
})
/** Invitations without an answer become NO_RESPONSE, accepted ones NO_SHOW; nobody is asked again in the cycle. */
export const holdCheckSession = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-sessions/:id/holding',
  schema: {
    summary: 'Say that a session was held, and close its list',
    tags,
    params,
    body: z.strictObject({ heldOn: CivilDate, note: Text(200).optional() }),
    response: { 200: CheckSessionDetail },
  },
  config: { permission: 'outreach.record', dataClass: 'L0', conditional: true },
})

/** One person on the list of a session: for those who treat. */
export const Attendance = z.object({
  invitationId: Id.nullable(),
  clientId: Id,
  name: z.string(),
  sex: z.string(),
  birthDate: CivilDate,
  village: PlaceName,
  programme: ProgrammeCode.nullable(),
  status: InvitationStatus,
  version: z.int().nullable(),
  visitId: Id.nullable(),
  items: z.array(CheckItem),
})
export type Attendance = z.infer<typeof Attendance>
export const listAttendance = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-sessions/:id/attendance',
  schema: {
    summary: 'Who is invited to a session of my facility and who came',
    tags,
    params,
    querystring: z.strictObject({ ...PageQuery, status: InvitationStatus.optional() }),
    response: { 200: Page(Attendance) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})
