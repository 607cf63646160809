import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { ProgrammeCode } from './programmes.ts'

const tags = ['public-notices'] as [string]
const params = z.strictObject({ id: Id })
const managing = { permission: 'notice.manage', dataClass: 'L3' } as const

export const ObjectionState = z.enum(['RECEIVED', 'INVESTIGATED', 'UPHELD', 'NOT_UPHELD'])
export type ObjectionState = z.infer<typeof ObjectionState>
export const objectionStates = {
  RECEIVED: ['待核查', 'To be investigated'],
  INVESTIGATED: ['已核查，待答复', 'Investigated'],
  UPHELD: ['异议成立', 'Upheld'],
  NOT_UPHELD: ['异议不成立', 'Not upheld'],
} as const

export const ObjectionChannel = z.enum(['PUBLIC_PAGE', 'WINDOW', 'PHONE', 'LETTER', 'VISIT'])
export type ObjectionChannel = z.infer<typeof ObjectionChannel>
export const objectionChannels = {
  PUBLIC_PAGE: ['公示网页', 'Public page'],
  WINDOW: ['窗口', 'Counter'],
  PHONE: ['电话', 'Telephone'],
  LETTER: ['来信', 'Letter'],
  VISIT: ['走访', 'Visit'],
} as const

export const Objector = z.strictObject({ name: Text(50), phone: Text(30).optional() })

/** 异议; who objected and what was said is read from the one objection alone, and every read is recorded. */
export const ObjectionRow = z.object({
  id: Id,
  number: z.string(),
  noticeId: Id,
  noticeNumber: z.string(),
  seq: z.int().nullable(),
  applicationId: Id.nullable(),
  programme: z.string(),
  division: DivisionCode,
  place: z.string().nullable(),
  channel: ObjectionChannel,
  isAnonymous: z.boolean(),
  state: ObjectionState,
  receivedOn: CivilDate,
  dueOn: CivilDate,
  isOverdue: z.boolean(),
  decidedOn: CivilDate.nullable(),
  version: z.int(),
})
export type ObjectionRow = z.infer<typeof ObjectionRow>

export const Objection = ObjectionRow.extend({
  text: z.string(),
  objector: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
  finding: z.string().nullable(),
  investigatedOn: CivilDate.nullable(),
  /** Whoever investigated does not decide. */
  isMine: z.boolean(),
  reply: z.string().nullable(),
})
export type Objection = z.infer<typeof Objection>

export const listObjections = defineEndpoint({
  method: 'GET',
  url: '/api/v1/objections',
  schema: {
    summary: 'Objections of the area, by deadline',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      noticeId: Id.optional(),
      state: ObjectionState.optional(),
      programme: ProgrammeCode.optional(),
      division: DivisionCode.optional(),
      isOpen: QueryFlag.optional(),
    }),
    response: { 200: Page(ObjectionRow) },
  },
  config: { ...managing, dataClass: 'L1' },
})

export const getObjection = defineEndpoint({
  method: 'GET',
  url: '/api/v1/objections/:id',
  schema: {
    summary: 'One objection in full; the read is recorded',
    tags,
    params,
    response: { 200: Objection },
  },
  config: managing,
})

export const NewObjection = z.strictObject({
  noticeId: Id,
  /** A line of the list; none: the whole list. */
  seq: z.int().min(1).optional(),
  channel: ObjectionChannel.exclude(['PUBLIC_PAGE']),
  receivedOn: CivilDate,
  text: Text(2000),
  /** None: anonymous. */
  objector: Objector.optional(),
})
export const recordObjection = defineEndpoint({
  method: 'POST',
  url: '/api/v1/objections',
  schema: {
    summary: 'Record an objection, under a name or without one; late ones hold payment too',
    tags,
    body: NewObjection,
    response: { 201: Objection },
  },
  config: { ...managing, idempotent: true },
})

export const investigateObjection = defineEndpoint({
  method: 'POST',
  url: '/api/v1/objections/:id/investigations',
  schema: {
    summary: 'What was found out, within ten working days',
    tags,
    params,
    body: z.strictObject({ finding: Text(2000) }),
    response: { 201: Objection },
  },
  config: { ...managing, idempotent: true, conditional: true },
})

export const decideObjection = defineEndpoint({
  method: 'POST',
  url: '/api/v1/objections/:id/decisions',
  schema: {
    summary: 'Uphold it (the application goes back) or not, with a reply; never by whoever investigated',
    tags,
    params,
    body: z.strictObject({ isUpheld: z.boolean(), reply: Text(1000) }),
    response: { 201: Objection },
  },
  config: { ...managing, idempotent: true, conditional: true },
})
