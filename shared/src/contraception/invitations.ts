import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery } from '../values.ts'
import { InvitationChannel, InvitationStatus } from './check-codes.ts'
import { ProgrammeCode } from './programmes.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })
const params = z.strictObject({ id: Id })
const tags = ['check-ups'] as [string]
const recording = { permission: 'care.record', dataClass: 'L4' } as const

/** 查体邀请: an offer that may be declined without consequence (E3). */
export const CheckInvitation = z.object({
  id: Id,
  client: z.object({ id: Id, name: z.string(), sex: z.string(), birthDate: CivilDate }),
  village: PlaceName,
  programme: ProgrammeCode,
  cycleFrom: CivilDate,
  cycleTo: CivilDate,
  session: z.object({ id: Id, on: CivilDate }).nullable(),
  channel: InvitationChannel,
  origin: z.enum(['PLAN', 'REQUEST']),
  status: InvitationStatus,
  sentAt: Instant.nullable(),
  reminders: z.int(),
  remindedAt: Instant.nullable(),
  answeredOn: CivilDate.nullable(),
  version: z.int(),
})
export type CheckInvitation = z.infer<typeof CheckInvitation>

export const listCheckInvitations = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-invitations',
  schema: {
    summary: 'Invitations of my facility',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      status: InvitationStatus.optional(),
      programme: ProgrammeCode.optional(),
      clientId: Id.optional(),
    }),
    response: { 200: Page(CheckInvitation) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

/** What inviting did; only numbers. */
export const Inviting = z.object({
  invited: z.int(),
  /** Had an invitation of the cycle already, whatever became of it. */
  already: z.int(),
  /** Asked never to be contacted for this. */
  optedOut: z.int(),
  /** Had the check within the cycle. */
  seen: z.int(),
})
export type Inviting = z.infer<typeof Inviting>

export const inviteToSession = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-sessions/:id/invitations',
  schema: {
    summary:
      'Invite to a session everybody whom its programmes are for; who declined in the cycle is left alone',
    tags,
    params,
    body: z.strictObject({ channel: InvitationChannel }),
    response: { 200: Inviting },
  },
  config: { ...recording, idempotent: true },
})
export const NewCheckInvitation = z.strictObject({
  clientId: Id,
  programme: ProgrammeCode,
  channel: InvitationChannel,
  sessionId: Id.optional(),
})
export type NewCheckInvitation = z.infer<typeof NewCheckInvitation>
/** On request: premarital, preconception, returnees, or anybody who asks. */
export const inviteClient = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-invitations',
  schema: {
    summary: 'Note that somebody asks for a check-up',
    tags,
    body: NewCheckInvitation,
    response: { 201: CheckInvitation },
  },
  config: { ...recording, idempotent: true },
})
/** DECLINED ends it for the cycle, OPTED_OUT for ever after; staff cannot open it again. */
export const answerCheckInvitation = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-invitations/:id/answer',
  schema: {
    summary: 'What the invited person answered',
    tags,
    params,
    body: z.strictObject({ answer: z.enum(['ACCEPTED', 'DECLINED', 'OPTED_OUT', 'NOT_ELIGIBLE']) }),
    response: { 200: CheckInvitation },
  },
  config: { ...recording, conditional: true },
})
/** At most two, at least seven days apart, not between 21:00 and 08:00. */
export const remindCheckInvitation = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-invitations/:id/reminders',
  schema: {
    summary: 'Note that the person was reminded',
    tags,
    params,
    body: z.strictObject({ channel: InvitationChannel }),
    response: { 200: CheckInvitation },
  },
  config: { ...recording, conditional: true },
})
