import { z } from 'zod'
import { codesOf } from '../code-tables.ts'
import { Icd10 } from '../contraception/check-codes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { Child } from './newborn.ts'
import { correctionOf, voidingOf } from './record-corrections.ts'

const params = z.strictObject({ id: Id })
const read = { permission: 'care.read', dataClass: 'L4' } as const
const keep = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const
const tags = ['newborn-screening'] as [string]

export const cchdOutcomes = {
  NEGATIVE: ['阴性', 'Negative'],
  REPEAT: ['2–4 小时后复测', 'Measure again in 2–4 hours'],
  POSITIVE: ['阳性，7 日内心脏超声', 'Positive: echocardiogram within 7 days'],
} as const
export const CchdOutcome = codesOf(cchdOutcomes)
export const cchdReasons = {
  MURMUR: ['心脏杂音 2 级及以上', 'Murmur of grade 2 or more'],
  LOW_SATURATION: ['血氧饱和度低于 90%', 'Saturation below 90 %'],
  TWICE_BELOW_NORMAL: ['两次均低于 95%', 'Below 95 % twice'],
  DIFFERENCE: ['右手与足相差大于 3%', 'Hand and foot differ by more than 3 %'],
  BELOW_NORMAL: ['90%–94%，需复测', '90–94 %: to be measured again'],
  NORMAL: ['均在正常范围', 'All in the normal range'],
} as const
export const CchdReason = codesOf(cchdReasons)
export const echoResults = {
  NORMAL: ['未见异常', 'Normal'],
  MINOR: ['轻微，待复查', 'Minor, to be seen again'],
  DEFECT: ['先天性心脏病', 'Congenital heart disease'],
} as const
export const EchoResult = codesOf(echoResults)

const Saturation = z.int().min(0).max(100)
const cchd = {
  occurredOn: CivilDate,
  hoursAfterBirth: z.int().min(0).max(2000),
  murmurGrade: z.int().min(0).max(6),
  hand: Saturation,
  foot: Saturation,
  repeat: z
    .strictObject({ minutes: z.int().min(1).max(1440), hand: Saturation, foot: Saturation })
    .nullable()
    .optional(),
  note: Text(500).nullable().optional(),
}
export const NewCchdScreen = z.strictObject({ childId: Id, ...cchd })
export type NewCchdScreen = z.output<typeof NewCchdScreen>
export const CchdProgress = z.strictObject({
  repeat: cchd.repeat,
  echo: z
    .strictObject({ on: CivilDate, result: EchoResult, diagnosisCodes: z.array(Icd10).max(4).default([]) })
    .optional(),
})
export type CchdProgress = z.output<typeof CchdProgress>
export const CchdScreen = z.object({
  id: Id,
  child: Child,
  chainId: Id.nullable(),
  occurredOn: CivilDate,
  hoursAfterBirth: z.int(),
  murmurGrade: z.int(),
  hand: z.int(),
  foot: z.int(),
  repeat: z.object({ minutes: z.int(), hand: z.int(), foot: z.int() }).nullable(),
  outcome: CchdOutcome,
  reasons: z.array(CchdReason),
  findings: z.array(z.string()),
  echoBy: CivilDate.nullable(),
  echoOn: CivilDate.nullable(),
  echoResult: EchoResult.nullable(),
  diagnosisCodes: z.array(z.string()),
  note: z.string().nullable(),
  isOurs: z.boolean(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  version: z.int(),
})
export type CchdScreen = z.infer<typeof CchdScreen>

export const listCchdScreens = defineEndpoint({
  method: 'GET',
  url: '/api/v1/cchd-screens',
  schema: {
    summary: 'Heart defect screens of my facility, the latest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      childId: Id.optional(),
      outcome: CchdOutcome.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(CchdScreen) },
  },
  config: read,
})
export const getCchdScreen = defineEndpoint({
  method: 'GET',
  url: '/api/v1/cchd-screens/:id',
  schema: { summary: 'One heart defect screen', tags, params, response: { 200: CchdScreen } },
  config: read,
})
export const recordCchdScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/cchd-screens',
  schema: {
    summary: 'Record murmur and saturations of a newborn; the answer comes with its reasons',
    tags,
    body: NewCchdScreen,
    response: { 201: CchdScreen },
  },
  config: keep,
})
export const continueCchdScreen = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/cchd-screens/:id',
  schema: {
    summary: 'Add the second measurement, or the echocardiogram',
    tags,
    params,
    body: CchdProgress,
    response: { 200: CchdScreen },
  },
  config: { permission: 'care.record', dataClass: 'L4', conditional: true },
})
const cchdRecord = {
  url: '/api/v1/cchd-screens',
  tag: 'newborn-screening',
  shown: CchdScreen,
  reason: Text(200),
} as const
export const correctCchdScreen = correctionOf(
  cchdRecord,
  'Correct a heart defect screen: voids it with the reason and appends its replacement',
  z.strictObject(cchd).partial(),
)
export const voidCchdScreen = voidingOf(cchdRecord, 'Void a heart defect screen')
