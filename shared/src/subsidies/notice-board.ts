import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Cursor, DivisionCode, Id, Page, PageQuery, Text } from '../values.ts'
import { NoticeStep, ShownProfile } from './notices.ts'
import { ObjectionState, Objector } from './objections.ts'
import { Level, ProgrammeCode } from './programmes.ts'

const tags = ['public-notices'] as [string]
const County = z.coerce.number().int().min(110000).max(999999)
const params = z.strictObject({ county: County, id: Id })
const open = { permission: 'public', dataClass: 'L0' } as const

const Name = z.object({ zh: z.string(), en: z.string() })

/** What everybody may see of a list while it is up; there is nothing behind it. */
export const BoardNotice = z.object({
  id: Id,
  number: z.string(),
  programme: z.object({ code: z.string(), ...Name.shape }),
  step: NoticeStep,
  division: DivisionCode,
  place: z.string(),
  township: z.string().nullable(),
  profile: ShownProfile,
  postedOn: CivilDate,
  untilOn: CivilDate,
  /** How many; null where so few that it would tell of persons. */
  count: z.int().nullable(),
})
export type BoardNotice = z.infer<typeof BoardNotice>

export const listBoardCounties = defineEndpoint({
  method: 'GET',
  url: '/api/v1/notice-board/counties',
  schema: {
    summary: 'Counties with lists on display',
    tags,
    response: {
      200: z.object({ items: z.array(z.object({ county: z.int(), name: z.string(), notices: z.int() })) }),
    },
  },
  config: open,
})

export const listBoardNotices = defineEndpoint({
  method: 'GET',
  url: '/api/v1/notice-board/:county/notices',
  schema: {
    summary: 'Lists on display today',
    tags,
    params: z.strictObject({ county: County }),
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      programme: ProgrammeCode.optional(),
    }),
    response: { 200: Page(BoardNotice) },
  },
  config: open,
})

export const listBoardPlaces = defineEndpoint({
  method: 'GET',
  url: '/api/v1/notice-board/:county/places',
  schema: {
    summary: 'Townships with lists on display',
    tags,
    params: z.strictObject({ county: County }),
    response: {
      200: z.object({ items: z.array(z.object({ code: DivisionCode, name: z.string(), notices: z.int() })) }),
    },
  },
  config: open,
})

export const BoardLine = z.object({
  seq: z.int(),
  name: z.string(),
  place: z.string(),
  level: Level,
  levelName: Name.nullable(),
})
export type BoardLine = z.infer<typeof BoardLine>
export const BoardNoticeDetail = BoardNotice.extend({
  /** SHA-256 of the frozen list, as on the printed sheet. */
  contentHash: z.string(),
  workingDays: z.int(),
  lines: z.array(BoardLine),
  nextCursor: z.string().nullable(),
})
export type BoardNoticeDetail = z.infer<typeof BoardNoticeDetail>

export const getBoardNotice = defineEndpoint({
  method: 'GET',
  url: '/api/v1/notice-board/:county/notices/:id',
  schema: {
    summary: 'One list on display; after its last day it is gone',
    tags,
    params,
    querystring: z.strictObject({ cursor: Cursor.optional() }),
    response: { 200: BoardNoticeDetail },
  },
  config: open,
})

export const PublicObjection = z.strictObject({
  seq: z.int().min(1).optional(),
  text: Text(2000),
  objector: Objector.optional(),
})
export const ObjectionReceipt = z.object({
  number: z.string(),
  /** Shown once: with it the reply is read. */
  code: z.string(),
  dueOn: CivilDate,
})
export type ObjectionReceipt = z.infer<typeof ObjectionReceipt>

export const lodgeObjection = defineEndpoint({
  method: 'POST',
  url: '/api/v1/notice-board/:county/notices/:id/objections',
  schema: {
    summary: 'Object to a line or a list, under a name or without one',
    tags,
    params,
    body: PublicObjection,
    response: { 201: ObjectionReceipt },
  },
  config: open,
})

export const ObjectionReply = z.object({
  number: z.string(),
  state: ObjectionState,
  receivedOn: CivilDate,
  dueOn: CivilDate,
  decidedOn: CivilDate.nullable(),
  reply: z.string().nullable(),
})
export type ObjectionReply = z.infer<typeof ObjectionReply>

export const readObjectionReply = defineEndpoint({
  method: 'POST',
  url: '/api/v1/notice-board/:county/objection-replies',
  schema: {
    summary: 'How an objection stands, by its number and code',
    tags,
    params: z.strictObject({ county: County }),
    body: z.strictObject({ number: Text(40), code: z.string().min(6).max(40) }),
    response: { 200: ObjectionReply },
  },
  config: open,
})
