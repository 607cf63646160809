import { z } from 'zod'
import { codesOf } from '../code-tables.ts'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { Child } from './newborn.ts'
import { correctionOf, voidingOf } from './record-corrections.ts'

const params = z.strictObject({ id: Id })
const read = { permission: 'care.read', dataClass: 'L4' } as const
const keep = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const
const tags = ['newborn-screening'] as [string]

export const hearingStages = {
  FIRST: ['初筛', 'First screen'],
  RESCREEN: ['复筛', 'Rescreen'],
  DIAGNOSIS: ['听力诊断', 'Diagnosis'],
  INTERVENTION: ['干预', 'Intervention'],
} as const
export const HearingStage = codesOf(hearingStages)
export type HearingStage = z.infer<typeof HearingStage>
export const hearingMethods = {
  OAE: ['耳声发射（OAE）', 'Otoacoustic emissions (OAE)'],
  AABR: ['自动听性脑干反应（AABR）', 'Automated brainstem response (AABR)'],
  OAE_AABR: ['OAE + AABR', 'OAE and AABR'],
  ABR: ['诊断型 ABR', 'Diagnostic ABR'],
  OTHER: ['其他', 'Other'],
} as const
export const HearingMethod = codesOf(hearingMethods)
export const earResults = {
  PASS: ['通过', 'Pass'],
  REFER: ['未通过', 'Refer'],
  NOT_TESTED: ['未查', 'Not tested'],
} as const
export const EarResult = codesOf(earResults)
export const hearingOutcomes = {
  PASS: ['通过', 'Pass'],
  REFER: ['未通过', 'Refer'],
  NORMAL: ['诊断正常', 'Normal hearing'],
  LOSS: ['听力损失', 'Hearing loss'],
  UNCERTAIN: ['待定', 'Uncertain'],
  STARTED: ['已开始干预', 'Intervention begun'],
} as const
export const HearingOutcome = codesOf(hearingOutcomes)
export type HearingOutcome = z.infer<typeof HearingOutcome>

const hearing = {
  stage: HearingStage,
  occurredOn: CivilDate,
  method: HearingMethod,
  left: EarResult.nullable().optional(),
  right: EarResult.nullable().optional(),
  /** Of a diagnosis. */
  finding: z.enum(['NORMAL', 'LOSS', 'UNCERTAIN']).nullable().optional(),
  diagnosisCodes: z
    .array(z.string().regex(/^H90(\.[0-9])?$/))
    .max(3)
    .optional(),
  note: Text(500).nullable().optional(),
}
export const NewHearingScreen = z.strictObject({ childId: Id, ...hearing })
export type NewHearingScreen = z.output<typeof NewHearingScreen>
export const HearingScreen = z.object({
  id: Id,
  child: Child,
  chainId: Id.nullable(),
  stage: HearingStage,
  occurredOn: CivilDate,
  ageDays: z.int(),
  method: HearingMethod,
  left: EarResult.nullable(),
  right: EarResult.nullable(),
  outcome: HearingOutcome,
  /** By when the next stage is due. */
  dueBy: CivilDate.nullable(),
  diagnosisCodes: z.array(z.string()),
  note: z.string().nullable(),
  isOurs: z.boolean(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
})
export type HearingScreen = z.infer<typeof HearingScreen>

export const listHearingScreens = defineEndpoint({
  method: 'GET',
  url: '/api/v1/hearing-screens',
  schema: {
    summary: 'Hearing screens of my facility, the latest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      childId: Id.optional(),
      stage: HearingStage.optional(),
      outcome: HearingOutcome.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(HearingScreen) },
  },
  config: read,
})
export const getHearingScreen = defineEndpoint({
  method: 'GET',
  url: '/api/v1/hearing-screens/:id',
  schema: { summary: 'One hearing screen', tags, params, response: { 200: HearingScreen } },
  config: read,
})
export const recordHearingScreen = defineEndpoint({
  method: 'POST',
  url: '/api/v1/hearing-screens',
  schema: {
    summary: 'Record a hearing screen, a rescreen, the diagnosis or the intervention',
    tags,
    body: NewHearingScreen,
    response: { 201: HearingScreen },
  },
  config: keep,
})
const hearingRecord = {
  url: '/api/v1/hearing-screens',
  tag: 'newborn-screening',
  shown: HearingScreen,
  reason: Text(200),
} as const
export const correctHearingScreen = correctionOf(
  hearingRecord,
  'Correct a hearing screen: voids it with the reason and appends its replacement',
  z.strictObject(hearing).partial(),
)
export const voidHearingScreen = voidingOf(hearingRecord, 'Void a hearing screen')
