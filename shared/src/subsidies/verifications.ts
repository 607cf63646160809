import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { ProgrammeCode, VerificationMethod } from './programmes.ts'

const tags = ['verifications'] as [string]
const params = z.strictObject({ id: Id })
const managing = { permission: 'beneficiary.manage', dataClass: 'L2' } as const
const reading = { permission: 'beneficiary.read', dataClass: 'L2' } as const

/** What a check found: it holds, it does not, or nobody knows yet. */
export const Finding = z.enum(['YES', 'NO', 'UNKNOWN'])
export type Finding = z.infer<typeof Finding>
export const findings = {
  YES: ['属实', 'Holds'],
  NO: ['不符', 'Does not hold'],
  UNKNOWN: ['未核', 'Not known'],
} as const

export const VerificationChecks = z.strictObject({
  alive: Finding,
  hukou: Finding,
  children: Finding,
  disability: Finding,
  account: Finding,
})
export type VerificationChecks = z.infer<typeof VerificationChecks>
export type VerificationCheck = keyof VerificationChecks

export const VerificationState = z.enum(['DUE', 'OVERDUE', 'DONE'])
export type VerificationState = z.infer<typeof VerificationState>
export const verificationStates = {
  DUE: ['待年审', 'Due'],
  OVERDUE: ['逾期已暂停', 'Overdue, suspended'],
  DONE: ['已年审', 'Done'],
} as const
export const verificationMethods = {
  FEED_MATCH: ['数据比对', 'Match with the register'],
  HOME_VISIT: ['入户核查', 'Home visit'],
  FACE: ['当面核验', 'In person'],
  SELF_DECLARE: ['本人申报', 'Own declaration'],
} as const

export const VerificationResult = z.enum(['CONTINUE', 'ADJUST', 'SUSPEND', 'STOP'])
export type VerificationResult = z.infer<typeof VerificationResult>
export const verificationResults = {
  CONTINUE: ['继续享受', 'Continues'],
  ADJUST: ['调整档次', 'Adjusted'],
  SUSPEND: ['暂停', 'Suspended'],
  STOP: ['终止', 'Stopped'],
} as const

/** 年审 */
export const Verification = z.object({
  id: Id,
  year: z.int(),
  beneficiaryId: Id,
  programme: z.string(),
  personId: Id,
  /** Masked. */
  personName: z.string(),
  division: DivisionCode,
  place: z.string().nullable(),
  dueOn: CivilDate,
  state: VerificationState,
  method: VerificationMethod.nullable(),
  checks: VerificationChecks,
  result: VerificationResult.nullable(),
  doneOn: CivilDate.nullable(),
  suspendedOn: CivilDate.nullable(),
  version: z.int(),
})
export type Verification = z.infer<typeof Verification>

export const listVerifications = defineEndpoint({
  method: 'GET',
  url: '/api/v1/verifications',
  schema: {
    summary: 'Annual verifications of the area',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      year: z.coerce.number().int().min(2000).max(2200).optional(),
      programme: ProgrammeCode.optional(),
      state: VerificationState.optional(),
      division: DivisionCode.optional(),
      beneficiaryId: Id.optional(),
      /** Only those whose register facts do not fit. */
      hasDoubt: QueryFlag.optional(),
    }),
    response: { 200: Page(Verification) },
  },
  config: reading,
})

export const getVerification = defineEndpoint({
  method: 'GET',
  url: '/api/v1/verifications/:id',
  schema: { summary: 'One verification', tags, params, response: { 200: Verification } },
  config: reading,
})

export const VerificationCount = z.object({
  programme: z.string(),
  due: z.int(),
  done: z.int(),
  byFeed: z.int(),
  overdue: z.int(),
  dueOn: CivilDate,
})
export type VerificationCount = z.infer<typeof VerificationCount>
export const countVerifications = defineEndpoint({
  method: 'GET',
  url: '/api/v1/verification-counts',
  schema: {
    summary: 'How far the verification of a year is, by programme',
    tags,
    querystring: z.strictObject({ year: z.coerce.number().int().min(2000).max(2200) }),
    response: { 200: z.object({ items: z.array(VerificationCount) }) },
  },
  config: reading,
})

export const VerificationRun = z.object({
  opened: z.int(),
  passed: z.int(),
  doubtful: z.int(),
  toVisit: z.int(),
})
export type VerificationRun = z.infer<typeof VerificationRun>
export const openVerifications = defineEndpoint({
  method: 'POST',
  url: '/api/v1/verification-runs',
  schema: {
    summary: 'Open the verification of a year and match everybody with the register',
    tags,
    body: z.strictObject({ programme: ProgrammeCode, year: z.int().min(2000).max(2200) }),
    response: { 201: VerificationRun },
  },
  config: { ...managing, idempotent: true },
})

export const VerificationRecord = z.strictObject({
  method: VerificationMethod.exclude(['FEED_MATCH']),
  checks: VerificationChecks,
  result: VerificationResult,
  doneOn: CivilDate,
  note: Text(500).optional(),
})
export const recordVerification = defineEndpoint({
  method: 'POST',
  url: '/api/v1/verifications/:id/results',
  schema: {
    summary: 'What a visit, a meeting or a declaration found; a late one resumes with arrears',
    tags,
    params,
    body: VerificationRecord,
    response: { 201: Verification },
  },
  config: { ...managing, idempotent: true, conditional: true },
})

export const suspendOverdue = defineEndpoint({
  method: 'POST',
  url: '/api/v1/verification-suspensions',
  schema: {
    summary: 'Suspend whoever was not verified in time; happens every night by itself',
    tags,
    body: z.strictObject({}),
    response: { 201: z.object({ suspended: z.int() }) },
  },
  config: { ...managing, idempotent: true },
})
