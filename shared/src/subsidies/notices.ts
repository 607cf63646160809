import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { Level, ProgrammeCode } from './programmes.ts'

const tags = ['public-notices'] as [string]
const params = z.strictObject({ id: Id })
const reading = { permission: 'application.read', dataClass: 'L2' } as const
const managing = { permission: 'notice.manage', dataClass: 'L2' } as const

export const NoticeStep = z.enum(['VILLAGE_NOTICE', 'TOWN_NOTICE'])
export type NoticeStep = z.infer<typeof NoticeStep>
export const noticeSteps = {
  VILLAGE_NOTICE: ['村级公示', 'Village notice'],
  TOWN_NOTICE: ['乡镇公示', 'Township notice'],
} as const

export const NoticeState = z.enum([
  'DRAFT',
  'POSTED',
  'OBJECTION_OPEN',
  'CLOSED_CLEAN',
  'CLOSED_WITH_OBJECTION',
  'VOID',
])
export type NoticeState = z.infer<typeof NoticeState>
export const noticeStates = {
  DRAFT: ['待张贴', 'To be posted'],
  POSTED: ['公示中', 'On display'],
  OBJECTION_OPEN: ['公示中，有异议', 'Objected to'],
  CLOSED_CLEAN: ['无异议结束', 'Closed, no objection'],
  CLOSED_WITH_OBJECTION: ['有异议结束', 'Closed, with objections'],
  VOID: ['已撤销', 'Withdrawn'],
} as const

/** STANDARD: masked name, village, programme, level. COUNT_ONLY: number of the list and how many. */
export const ShownProfile = z.enum(['STANDARD', 'COUNT_ONLY'])
export type ShownProfile = z.infer<typeof ShownProfile>
export const noticeProfiles = {
  STANDARD: ['掩码姓名', 'Masked names'],
  COUNT_ONLY: ['仅公示人数', 'Count only'],
} as const

export const EntryOutcome = z.enum(['OPEN', 'PASSED', 'RETURNED', 'LEFT'])
export type EntryOutcome = z.infer<typeof EntryOutcome>
export const entryOutcomes = {
  OPEN: ['公示中', 'On the list'],
  PASSED: ['无异议通过', 'Passed'],
  RETURNED: ['异议成立，已退回', 'Objection upheld, returned'],
  LEFT: ['已不在此步骤', 'No longer at this step'],
} as const

/** 公示名单 */
export const Notice = z.object({
  id: Id,
  number: z.string(),
  programme: z.string(),
  step: NoticeStep,
  division: DivisionCode,
  place: z.string().nullable(),
  profile: ShownProfile,
  workingDays: z.int(),
  state: NoticeState,
  entries: z.int(),
  drawnOn: CivilDate,
  postedOn: CivilDate.nullable(),
  untilOn: CivilDate.nullable(),
  closedOn: CivilDate.nullable(),
  postings: z.int(),
  objections: z.int(),
  openObjections: z.int(),
  version: z.int(),
})
export type Notice = z.infer<typeof Notice>

export const NoticeEntry = z.object({
  seq: z.int(),
  applicationId: Id,
  applicationNumber: z.string().nullable(),
  /** As the public sees it; a count-only list shows nobody, also here. */
  maskedName: z.string().nullable(),
  division: DivisionCode,
  place: z.string().nullable(),
  level: Level,
  outcome: EntryOutcome,
  outcomeOn: CivilDate.nullable(),
})
export type NoticeEntry = z.infer<typeof NoticeEntry>

export const NoticePosting = z.object({
  id: Id,
  place: z.string(),
  seenOn: CivilDate,
  photoId: Id.nullable(),
})
export type NoticePosting = z.infer<typeof NoticePosting>

export const NoticeDetail = Notice.extend({
  contentHash: z.string().nullable(),
  /** The frozen list is still what was put up. */
  isIntact: z.boolean(),
  voidReason: z.string().nullable(),
  postingList: z.array(NoticePosting),
})
export type NoticeDetail = z.infer<typeof NoticeDetail>

const filter = {
  programme: ProgrammeCode.optional(),
  step: NoticeStep.optional(),
  division: DivisionCode.optional(),
}

export const listNotices = defineEndpoint({
  method: 'GET',
  url: '/api/v1/public-notices',
  schema: {
    summary: 'Notices of the area, the latest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      ...filter,
      state: NoticeState.optional(),
      isOpen: QueryFlag.optional(),
    }),
    response: { 200: Page(Notice) },
  },
  config: reading,
})

export const getNotice = defineEndpoint({
  method: 'GET',
  url: '/api/v1/public-notices/:id',
  schema: { summary: 'One notice', tags, params, response: { 200: NoticeDetail } },
  config: reading,
})

export const listNoticeEntries = defineEndpoint({
  method: 'GET',
  url: '/api/v1/public-notices/:id/entries',
  schema: {
    summary: 'The lines of a notice',
    tags,
    params,
    querystring: z.strictObject({ ...PageQuery, outcome: EntryOutcome.optional() }),
    response: { 200: Page(NoticeEntry) },
  },
  config: reading,
})

/** What waits for a list: applications at a step of notice that stand in none. */
export const NoticeDue = z.object({
  programme: z.string(),
  step: NoticeStep,
  places: z.int(),
  applications: z.int(),
  drafts: z.int(),
})
export type NoticeDue = z.infer<typeof NoticeDue>
export const listNoticesDue = defineEndpoint({
  method: 'GET',
  url: '/api/v1/public-notices-due',
  schema: {
    summary: 'Applications of the area that wait to be put up',
    tags,
    response: { 200: z.object({ items: z.array(NoticeDue) }) },
  },
  config: managing,
})

export const NoticeRun = z.object({
  /** Lists and lines drawn, posted or closed. */
  notices: z.int(),
  entries: z.int(),
})
export type NoticeRun = z.infer<typeof NoticeRun>

export const NewNotices = z.strictObject({
  programme: ProgrammeCode,
  step: NoticeStep,
  /** A part of the area; none: all of it. */
  division: DivisionCode.optional(),
  /** Puts the lists up at once; else they wait as drafts. */
  isPosted: z.boolean().default(true),
})
export const drawNotices = defineEndpoint({
  method: 'POST',
  url: '/api/v1/public-notices',
  schema: {
    summary:
      'Draw one list for each village (or township) from the applications at the step, and put them up',
    tags,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: NewNotices,
    response: { 200: NoticeRun, 201: NoticeRun },
  },
  config: { ...managing, idempotent: true },
})

export const postNotice = defineEndpoint({
  method: 'POST',
  url: '/api/v1/public-notices/:id/publications',
  schema: {
    summary: 'Put up a draft: the list is frozen and its clock starts',
    tags,
    params,
    response: { 201: NoticeDetail },
  },
  config: { ...managing, idempotent: true, conditional: true },
})

/** multipart: `place`, `seenOn`, `file` (a photograph of the list on the wall). */
export const recordPosting = defineEndpoint({
  method: 'POST',
  url: '/api/v1/public-notices/:id/postings',
  schema: {
    summary: 'Evidence that a list was put up on a wall',
    tags,
    params,
    consumes: ['multipart/form-data'],
    response: { 201: NoticePosting },
  },
  config: { ...managing, multipart: true, idempotent: true },
})

export const voidNotice = defineEndpoint({
  method: 'POST',
  url: '/api/v1/public-notices/:id/void',
  schema: {
    summary: 'Take a list down before its time, with a reason; its lines wait for the next one',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: NoticeDetail },
  },
  config: { ...managing, idempotent: true, conditional: true },
})

export const closeNotices = defineEndpoint({
  method: 'POST',
  url: '/api/v1/public-notice-closings',
  schema: {
    summary: 'Close what has been up for its time; happens every night by itself',
    tags,
    body: z.strictObject({ division: DivisionCode.optional() }),
    response: { 201: NoticeRun },
  },
  config: { ...managing, idempotent: true },
})
