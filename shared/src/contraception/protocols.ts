import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Job } from '../jobs.ts'
import { CivilDate, Instant, QueryFlag, Text } from '../values.ts'

/** What a service offer says of the service: its type, and nothing else. A requested removal is an appointment like any other. */
export const offerServiceNames = {
  FOLLOW_UP: ['随访服务', 'Follow-up'],
  CHECK_UP: ['健康检查', 'Check-up'],
  SUPPLY: ['药具领取', 'Supplies'],
  COUNSELLING: ['咨询服务', 'Counselling'],
  APPOINTMENT: ['预约服务', 'Appointment'],
} as const satisfies Record<string, readonly [string, string]>
export const OfferService = z.enum(
  Object.keys(offerServiceNames) as [keyof typeof offerServiceNames, ...(keyof typeof offerServiceNames)[]],
)
export type OfferService = z.infer<typeof OfferService>

/** CV06.00.207 随访方式: code → [Chinese, English]. */
export const followUpModeNames = {
  CLINIC: ['门诊', 'At the clinic'],
  HOME: ['家庭', 'At home'],
  PHONE: ['电话', 'By phone'],
  MESSAGE: ['短信', 'By message'],
  ONLINE: ['网络', 'Online'],
  OTHER: ['其他', 'Other'],
} as const satisfies Record<string, readonly [string, string]>
export const FollowUpMode = z.enum(
  Object.keys(followUpModeNames) as [keyof typeof followUpModeNames, ...(keyof typeof followUpModeNames)[]],
)
export type FollowUpMode = z.infer<typeof FollowUpMode>

export const protocolTriggerNames = {
  EPISODE: ['方法使用期间', 'While a method is in use'],
  PROCEDURE: ['手术操作后', 'After a procedure'],
  EXPIRY: ['器具到期', 'When a device expires'],
  MENOPAUSE: ['闭经后', 'After the menses have stopped'],
  DOSE: ['上一次用药后', 'After the last dose'],
  SUPPLY: ['上一次领取后', 'After the last supply'],
} as const satisfies Record<string, readonly [string, string]>
export const ProtocolTrigger = z.enum(
  Object.keys(protocolTriggerNames) as [
    keyof typeof protocolTriggerNames,
    ...(keyof typeof protocolTriggerNames)[],
  ],
)
export type ProtocolTrigger = z.infer<typeof ProtocolTrigger>

export const ProtocolSubject = z.enum([
  'IUD',
  'IMPLANT',
  'STERILISATION',
  'ABORTION',
  'PILL_INJECTION',
  'DOSE',
  'SUPPLY',
])
export type ProtocolSubject = z.infer<typeof ProtocolSubject>

export const ProtocolStep = z.strictObject({
  /** Names the step for good: what was declined or done under it stays declined or done. */
  step: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/),
  nameZh: Text(60),
  nameEn: Text(60),
  /** Due from: the event plus these months and days; before the event where negative. */
  months: z.int().min(-24).max(240),
  days: z.int().min(-366).max(366),
  /** Of the time that a supply lasts; only where a supply is the trigger. */
  percent: z.int().min(1).max(100).nullable(),
  windowDays: z.int().min(0).max(366),
  /** Days for which it stays on the list after its window, unanswered. */
  keepDays: z.int().min(0).max(400),
  /** Comes again after so many months, as long as the method is in use. */
  everyMonths: z.int().min(1).max(120).nullable(),
  service: OfferService,
  mode: FollowUpMode,
  /** Only where she consented to be contacted. */
  needsConsent: z.boolean(),
})
export type ProtocolStep = z.infer<typeof ProtocolStep>

const ProtocolVersion = z.object({
  version: z.int(),
  effectiveFrom: CivilDate,
  /** Set aside by the county: nothing is offered under it. */
  isActive: z.boolean(),
  items: z.array(z.string()),
  steps: z.array(ProtocolStep),
  source: z.string(),
  noteZh: z.string().nullable(),
  noteEn: z.string().nullable(),
  reason: z.string().nullable(),
  recordedBy: z.string().nullable(),
  recordedAt: Instant,
  /** The default of the platform, or this county's own. */
  isDefault: z.boolean(),
})

export const FollowUpProtocol = ProtocolVersion.extend({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  trigger: ProtocolTrigger,
  subject: ProtocolSubject,
  /** A version that comes into force later. */
  next: z.object({ version: z.int(), effectiveFrom: CivilDate }).nullable(),
})
export type FollowUpProtocol = z.infer<typeof FollowUpProtocol>

const params = z.strictObject({ code: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/) })

export const listFollowUpProtocols = defineEndpoint({
  method: 'GET',
  url: '/api/v1/follow-up-protocols',
  schema: {
    summary: 'Follow-up protocols in force in my county, with their steps and sources',
    tags: ['follow-up'],
    querystring: z.strictObject({ on: CivilDate.optional() }),
    response: { 200: z.object({ on: CivilDate, items: z.array(FollowUpProtocol) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})
export const listProtocolVersions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/follow-up-protocols/:code/versions',
  schema: {
    summary: 'The default and all versions of my county, newest first',
    tags: ['follow-up'],
    params,
    response: { 200: z.object({ items: z.array(FollowUpProtocol.omit({ next: true })) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

export const NewProtocolVersion = z.strictObject({
  /** Today or later; tasks already done, declined or not reached stay what they are. */
  effectiveFrom: CivilDate,
  isActive: z.boolean().default(true),
  steps: z.array(ProtocolStep).min(1).max(30),
  reason: Text(300),
})
export type NewProtocolVersion = z.output<typeof NewProtocolVersion>

export const ProtocolPreview = z.object({
  /** Open tasks of the county under this protocol: made, given another day, and taken back. */
  made: z.int(),
  redated: z.int(),
  ended: z.int(),
})
export type ProtocolPreview = z.infer<typeof ProtocolPreview>

export const addProtocolVersion = defineEndpoint({
  method: 'POST',
  url: '/api/v1/follow-up-protocols/:code/versions',
  schema: {
    summary: 'Change a protocol for my county by a new version; a dry run tells which tasks would change',
    tags: ['follow-up'],
    params,
    querystring: z.strictObject({ dryRun: QueryFlag.optional() }),
    body: NewProtocolVersion,
    response: { 200: ProtocolPreview, 201: FollowUpProtocol },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true },
})

/** Plans the whole county anew; the same happens every night. */
export const startFollowUpPlan = defineEndpoint({
  method: 'POST',
  url: '/api/v1/follow-up-plans',
  schema: {
    summary: 'Plan the follow-up of the whole county now; answers a job',
    tags: ['follow-up'],
    response: { 202: Job },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true },
})

export const FollowUpRun = z.object({
  dayOn: CivilDate,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  made: z.int().nullable(),
  redated: z.int().nullable(),
  ended: z.int().nullable(),
  offered: z.int().nullable(),
})
export type FollowUpRun = z.infer<typeof FollowUpRun>
export const listFollowUpPlans = defineEndpoint({
  method: 'GET',
  url: '/api/v1/follow-up-plans',
  schema: {
    summary: 'When the county was last planned, and what changed',
    tags: ['follow-up'],
    response: { 200: z.object({ items: z.array(FollowUpRun) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})
