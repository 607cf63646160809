import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Job } from '../jobs.ts'
import { CivilDate, Instant, Text } from '../values.ts'
import { ChainAnchor, ChainItem } from './chain-values.ts'

const tags = ['birth-defect-chains'] as [string]
const reading = { permission: 'care-rule.read', dataClass: 'L0' } as const
const managing = { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true } as const
const day = z.int().min(-400).max(3000)

/** When an item is due: days from its anchor, inclusive at both ends. */
export const ChainScheduleItem = z.strictObject({
  item: ChainItem,
  anchor: ChainAnchor,
  fromDays: day,
  toDays: day,
  /** While the anchor is not known: due for so many days from the opening of the chain. */
  openingDays: z.int().min(0).max(730).nullable(),
  endsWithPregnancy: z.boolean(),
  isPerChild: z.boolean(),
  /** ALWAYS: part of every chain. INDICATED: only where a record says so. */
  condition: z.enum(['ALWAYS', 'INDICATED']),
  servedBy: z.array(ChainItem).max(5),
  source: Text(200),
})
export type ChainScheduleItem = z.infer<typeof ChainScheduleItem>

export const ChainSchedule = z.object({
  version: z.int(),
  /** The default of the platform, or this county's own. */
  isDefault: z.boolean(),
  status: z.enum(['DRAFT', 'IN_FORCE', 'WITHDRAWN']),
  effectiveFrom: CivilDate,
  reason: z.string(),
  draftedAt: Instant,
  draftedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
  approvedBy: z.string().nullable(),
  isCurrent: z.boolean(),
  items: z.array(ChainScheduleItem.extend({ link: z.int() })),
})
export type ChainSchedule = z.infer<typeof ChainSchedule>

export const listChainSchedules = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-defect-schedules',
  schema: {
    summary: 'The windows of the chain: the default and the versions of my county, newest first',
    tags,
    response: { 200: z.object({ items: z.array(ChainSchedule) }) },
  },
  config: reading,
})
export const NewChainSchedule = z.strictObject({
  effectiveFrom: CivilDate,
  reason: Text(300),
  /** Those that differ; all others stay as they are in force. */
  items: z.array(ChainScheduleItem).min(1).max(40),
})
export type NewChainSchedule = z.output<typeof NewChainSchedule>
export const draftChainSchedule = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-defect-schedules',
  schema: {
    summary: 'Draft a version of the windows for my county',
    tags,
    body: NewChainSchedule,
    response: { 201: ChainSchedule },
  },
  config: managing,
})
const params = z.strictObject({ version: z.coerce.number().int().min(1) })
export const settleChainSchedule = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-defect-schedules/:version/decisions',
  schema: {
    summary:
      'Put a draft in force, by another person than who drafted it, or withdraw it; chains are planned anew',
    tags,
    params,
    body: z.strictObject({ decision: z.enum(['IN_FORCE', 'WITHDRAWN']) }),
    response: { 201: z.object({ schedule: ChainSchedule, job: Job.nullable() }) },
  },
  config: managing,
})

export const ChainRun = z.object({
  dayOn: CivilDate,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  opened: z.int().nullable(),
  changed: z.int().nullable(),
})
export type ChainRun = z.infer<typeof ChainRun>
export const listChainPlans = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-defect-plans',
  schema: {
    summary: 'When the chains of the county were last planned, and what changed',
    tags,
    response: { 200: z.object({ items: z.array(ChainRun) }) },
  },
  config: reading,
})
/** The same happens every night. */
export const startChainPlan = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-defect-plans',
  schema: {
    summary: 'Plan all chains of the county now; answers a job',
    tags,
    response: { 202: Job },
  },
  config: managing,
})
