import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { DivisionCode, Id, Text } from '../values.ts'
import { Application } from './application-case.ts'
import { CountyQuery } from './applications.ts'
import { EvidenceType, ProgrammeCode } from './programmes.ts'

const tags = ['applications'] as [string]
const params = z.strictObject({ id: Id })
const deed = { dataClass: 'L3', idempotent: true, conditional: true } as const
const county = z.strictObject({ ...CountyQuery })

/** Accepted, or told once of everything that is missing. */
export const Acceptance = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('ACCEPT') }),
  z.strictObject({
    decision: z.literal('NOT_ACCEPT'),
    items: z.array(EvidenceType).min(1).max(20),
    reason: Text(500).optional(),
  }),
])
export type Acceptance = z.infer<typeof Acceptance>
export const acceptApplication = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/acceptances',
  schema: {
    summary: 'Accept an application, or tell once all that is missing',
    tags,
    params,
    body: Acceptance,
    response: { 201: Application },
  },
  config: { permission: 'application.review', ...deed },
})

/** 村级评议: advice for the township, never a ground of its own. */
export const VillageOpinion = z.strictObject({
  opinion: z.enum(['AGREE', 'DISAGREE', 'ABSTAIN']),
  reason: Text(500).optional(),
})
export type VillageOpinion = z.infer<typeof VillageOpinion>
export const giveVillageOpinion = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/village-opinions',
  schema: {
    summary: 'The village’s opinion; it goes on whatever it is',
    tags,
    params,
    body: VillageOpinion,
    response: { 201: Application },
  },
  config: { permission: 'application.opine', ...deed },
})

export const lapseVillageOpinion = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/opinion-lapses',
  schema: {
    summary: 'The village gave no opinion in time: the case goes on without one',
    tags,
    params,
    response: { 201: Application },
  },
  config: { permission: 'application.review', ...deed },
})

/** Passed, returned with what is to be set right, or refused in writing. */
export const TierReview = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('PASS'), reason: Text(500).optional() }),
  z.strictObject({
    decision: z.literal('RETURN'),
    items: z.array(EvidenceType).max(20),
    reason: Text(500),
  }),
  z.strictObject({ decision: z.literal('REJECT'), reason: Text(500) }),
])
export type TierReview = z.infer<typeof TierReview>

const tier = { params, body: TierReview, querystring: county, response: { 201: Application } }
export const reviewInTownship = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/town-reviews',
  schema: { summary: 'The township’s review', tags, ...tier },
  config: { permission: 'application.review', ...deed },
})
export const confirmInCounty = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/county-confirmations',
  schema: { summary: 'The county’s confirmation', tags, ...tier },
  config: { permission: 'application.confirm', ...deed },
})
export const approveInCity = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/city-approvals',
  schema: { summary: 'The city’s approval, where the programme asks for one', tags, ...tier },
  config: { permission: 'application.approve', ...deed },
})

/** 复核: upheld, or reversed; either way in writing. */
export const Reconsideration = z.strictObject({ result: z.enum(['UPHOLD', 'REVERSE']), reply: Text(1000) })
export type Reconsideration = z.infer<typeof Reconsideration>
const reconsidering = { params, body: Reconsideration, querystring: county, response: { 201: Application } }
export const reconsiderApplication = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/reconsiderations',
  schema: {
    summary: 'The answer to an appeal, by somebody who had no hand in the case',
    tags,
    ...reconsidering,
  },
  config: { permission: 'application.confirm', ...deed },
})
export const reconsiderInCity = defineEndpoint({
  method: 'POST',
  url: '/api/v1/applications/:id/city-reconsiderations',
  schema: { summary: 'The same of what the city refused', tags, ...reconsidering },
  config: { permission: 'application.approve', ...deed },
})

/**
 * 批量办理: passes only what is complete, meets the rule and conflicts with nothing; all else is left to be decided one by
 * one. Nothing is ever refused or returned together.
 */
export const TogetherRequest = z
  .strictObject({
    /** These; else all that wait at the step, of the programme and place. */
    ids: z.array(Id).min(1).max(1000).optional(),
    programme: ProgrammeCode.optional(),
    division: DivisionCode.optional(),
  })
  .refine(({ ids, programme }) => ids !== undefined || programme !== undefined, {
    message: 'required',
    path: ['programme'],
  })
export type TogetherRequest = z.infer<typeof TogetherRequest>
export const LeftReason = z.enum([
  'NOT_AT_THIS_STEP',
  'MISSING',
  'NOT_MET',
  'CONFLICT',
  'STACKING',
  'OWN_HAND',
  'OTHER_APPLICANT',
  'NOT_TOGETHER',
])
export type LeftReason = z.infer<typeof LeftReason>
export const leftReasons: Record<LeftReason, readonly [string, string]> = {
  NOT_AT_THIS_STEP: ['不在本环节', 'Not at this step'],
  MISSING: ['材料不齐', 'Evidence is missing'],
  NOT_MET: ['不符合条件', 'The rule is not met'],
  CONFLICT: ['疑似重复享受', 'Possibly claimed elsewhere'],
  STACKING: ['与其他项目不能同享，须逐件核对', 'Does not go with another benefit; to be looked at'],
  OWN_HAND: ['本人已经手，须由他人办理', 'You had a hand in it; somebody else decides'],
  OTHER_APPLICANT: ['同一对象另有申请在先', 'Another applicant was first'],
  NOT_TOGETHER: ['该项目须逐件办理', 'Decided one by one only'],
}
export const TogetherAnswer = z.object({
  batchId: Id,
  passed: z.int(),
  left: z.array(z.object({ id: Id, number: z.string(), reason: LeftReason })),
  leftCount: z.int(),
})
export type TogetherAnswer = z.infer<typeof TogetherAnswer>

const together = { body: TogetherRequest, querystring: county, response: { 200: TogetherAnswer } }
const batch = { dataClass: 'L2', idempotent: true } as const
export const acceptTogether = defineEndpoint({
  method: 'POST',
  url: '/api/v1/application-batches/acceptances',
  schema: { summary: 'Accept all that are complete', tags, ...together },
  config: { permission: 'application.review', ...batch },
})
export const opineTogether = defineEndpoint({
  method: 'POST',
  url: '/api/v1/application-batches/village-opinions',
  schema: { summary: 'The village agrees to these', tags, ...together },
  config: { permission: 'application.opine', ...batch },
})
export const reviewTogether = defineEndpoint({
  method: 'POST',
  url: '/api/v1/application-batches/town-reviews',
  schema: { summary: 'The township passes all that meet the rule', tags, ...together },
  config: { permission: 'application.review', ...batch },
})
export const confirmTogether = defineEndpoint({
  method: 'POST',
  url: '/api/v1/application-batches/county-confirmations',
  schema: { summary: 'The county confirms all that meet the rule', tags, ...together },
  config: { permission: 'application.confirm', ...batch },
})
export const approveTogether = defineEndpoint({
  method: 'POST',
  url: '/api/v1/application-batches/city-approvals',
  schema: { summary: 'The city approves all that meet the rule', tags, ...together },
  config: { permission: 'application.approve', ...batch },
})
