import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { ProgrammeCode } from './programmes.ts'

const tags = ['claims'] as [string]
const params = z.strictObject({ id: Id })
const County = z.int().min(110000).max(999999)

export const MatchState = z.enum(['POSSIBLE', 'SUSPECTED', 'NOTIFIED', 'RESOLVED', 'DISMISSED'])
export type MatchState = z.infer<typeof MatchState>
export const matchStates = {
  POSSIBLE: ['可能相同，待人工核对', 'Possibly the same person'],
  SUSPECTED: ['疑似重复享受', 'Suspected double claim'],
  NOTIFIED: ['已通知双方县', 'Both counties notified'],
  RESOLVED: ['已认定', 'Resolved'],
  DISMISSED: ['不是同一人', 'Not the same person'],
} as const

export const MatchSource = z.enum(['INSTALLATION', 'EXCHANGE', 'NATIONAL_LIST'])
export type MatchSource = z.infer<typeof MatchSource>
export const matchSources = {
  INSTALLATION: ['本平台其他县', 'Another county of this platform'],
  EXCHANGE: ['外县比对服务', 'Another county’s exchange'],
  NATIONAL_LIST: ['全国名单', 'National list'],
} as const

/** 疑似重复享受 */
export const ClaimMatch = z.object({
  id: Id,
  programme: z.string(),
  personId: Id,
  /** Masked. */
  personName: z.string(),
  idNumber: z.string().nullable(),
  division: DivisionCode,
  place: z.string().nullable(),
  source: MatchSource,
  /** NUMBER: the same identity number; NAME: the same name, birth date and sex. */
  keyKind: z.enum(['NUMBER', 'NAME']),
  otherCounty: z.int(),
  otherCountyName: z.string().nullable(),
  state: MatchState,
  foundOn: CivilDate,
  notifiedOn: CivilDate.nullable(),
  letterNumber: z.string().nullable(),
  ownerCounty: z.int().nullable(),
  stopFrom: CivilDate.nullable(),
  resolvedOn: CivilDate.nullable(),
  reason: z.string().nullable(),
  version: z.int(),
})
export type ClaimMatch = z.infer<typeof ClaimMatch>

export const listClaimMatches = defineEndpoint({
  method: 'GET',
  url: '/api/v1/claim-matches',
  schema: {
    summary: 'People of the area who may draw the same benefit in another county',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      state: MatchState.optional(),
      programme: ProgrammeCode.optional(),
      division: DivisionCode.optional(),
    }),
    response: { 200: Page(ClaimMatch) },
  },
  config: { permission: 'application.read', dataClass: 'L2' },
})

export const getClaimMatch = defineEndpoint({
  method: 'GET',
  url: '/api/v1/claim-matches/:id',
  schema: { summary: 'One match', tags, params, response: { 200: ClaimMatch } },
  config: { permission: 'application.read', dataClass: 'L2' },
})

const deciding = { permission: 'application.confirm', dataClass: 'L2' } as const
const deed = { ...deciding, idempotent: true, conditional: true } as const

export const judgeClaimMatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/claim-matches/:id/judgements',
  schema: {
    summary: 'Say whether a possible match is the same person',
    tags,
    params,
    body: z.strictObject({ isSame: z.boolean(), reason: Text(500) }),
    response: { 201: ClaimMatch },
  },
  config: deed,
})

export const notifyCounties = defineEndpoint({
  method: 'POST',
  url: '/api/v1/claim-matches/:id/notifications',
  schema: {
    summary: 'Both counties have been told, by a letter with a number',
    tags,
    params,
    body: z.strictObject({ letterNumber: Text(60) }),
    response: { 201: ClaimMatch },
  },
  config: deed,
})

/** The county of hukou in the month owns the claim; the other stops, and recovers what was paid twice. */
export const Resolution = z.strictObject({
  ownerCounty: County,
  /** First month that is the owner’s; required where the claim here ends. */
  stopFrom: CivilDate.regex(/-01$/).optional(),
  reason: Text(500),
})
export const resolveClaimMatch = defineEndpoint({
  method: 'POST',
  url: '/api/v1/claim-matches/:id/resolutions',
  schema: {
    summary: 'Which county the claim belongs to; where not this one, the benefit here stops from that month',
    tags,
    params,
    body: Resolution,
    response: { 201: ClaimMatch },
  },
  config: deed,
})

export const searchClaims = defineEndpoint({
  method: 'POST',
  url: '/api/v1/claim-searches',
  schema: {
    summary: 'Compare all claimants of a programme with the other counties and the lists',
    tags,
    body: z.strictObject({ programme: ProgrammeCode }),
    response: { 201: z.object({ people: z.int(), found: z.int(), open: z.int() }) },
  },
  config: { ...deciding, idempotent: true },
})

export const ClaimList = z.object({
  id: Id,
  title: z.string(),
  rows: z.int(),
  refused: z.int(),
  found: z.int(),
  recordedAt: Instant,
})
export type ClaimList = z.infer<typeof ClaimList>

/** multipart: `title`, `file` (CSV: id_number or key, programme, county, from, to). Numbers are hashed as they are read. */
export const loadClaimList = defineEndpoint({
  method: 'POST',
  url: '/api/v1/claim-lists',
  schema: {
    summary: 'Load a national list of claimants',
    tags,
    consumes: ['multipart/form-data'],
    response: { 201: ClaimList },
  },
  config: { ...deciding, multipart: true, idempotent: true },
})

export const listClaimLists = defineEndpoint({
  method: 'GET',
  url: '/api/v1/claim-lists',
  schema: { summary: 'The lists loaded', tags, response: { 200: z.object({ items: z.array(ClaimList) }) } },
  config: deciding,
})

/** Another county that compares nobody of a programme, as it said when it was asked last. */
export const ClaimRefusal = z.object({
  otherCounty: z.int(),
  otherCountyName: z.string().nullable(),
  programme: z.string(),
  /** Its own error code. */
  code: z.string(),
  refusedAt: Instant,
})
export type ClaimRefusal = z.infer<typeof ClaimRefusal>

export const listClaimRefusals = defineEndpoint({
  method: 'GET',
  url: '/api/v1/claim-refusals',
  schema: {
    summary: 'What other counties would not be asked about, and which of them do not answer at all',
    tags,
    response: {
      200: z.object({
        items: z.array(ClaimRefusal),
        silent: z.array(
          z.object({ otherCounty: z.int(), otherCountyName: z.string().nullable(), since: Instant }),
        ),
      }),
    },
  },
  config: { permission: 'application.confirm', dataClass: 'L1' },
})

const Key = z.string().regex(/^[0-9a-f]{64}$/)

/** Keyed hashes under the national salt; what they stand for cannot be asked. */
export const ClaimQuestion = z.strictObject({
  number: Key.nullable(),
  name: Key.nullable(),
  kin: Key.nullable(),
})
export const ClaimAnswer = z.object({
  answer: z.enum(['NONE', 'SAME_PROGRAM', 'OTHER', 'POSSIBLE']),
  ownerCounty: z.int().nullable(),
})
export type ClaimAnswer = z.infer<typeof ClaimAnswer>

export const checkClaims = defineEndpoint({
  method: 'POST',
  url: '/api/v1/exchange/claims/check',
  schema: {
    summary: 'Another county asks about its claimants by keyed hash: match or no match, nothing else',
    tags,
    body: z.strictObject({ programme: ProgrammeCode, claims: z.array(ClaimQuestion).min(1).max(1000) }),
    response: { 200: z.object({ answers: z.array(ClaimAnswer) }) },
  },
  config: { permission: 'claim.check', dataClass: 'L1' },
})
