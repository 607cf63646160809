import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CardField } from './defect-card.ts'
import { CardStatus } from './defect-card-values.ts'
import { CardRow, CardVersion, DefectCard } from './defect-cases.ts'
import { CareText } from './fetal-sex.ts'

const tags = ['defect-surveillance'] as [string]
const params = z.strictObject({ id: Id })
const reviewing = { permission: 'care.review', dataClass: 'L4' } as const
const deed = { idempotent: true, conditional: true } as const

/** Passed, or returned with the fields that are to be set right. */
export const Review = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('APPROVED'), note: CareText(500).optional() }),
  z.strictObject({
    decision: z.literal('RETURNED'),
    fields: z.array(CardField).min(1).max(60),
    note: CareText(500).optional(),
  }),
])
export type Review = z.infer<typeof Review>

export const reviewInHospital = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-cards/:id/hospital-reviews',
  schema: {
    summary: 'The hospital’s review: a second signature of the same facility',
    tags,
    params,
    body: Review,
    response: { 201: DefectCard },
  },
  config: { permission: 'care.override', dataClass: 'L4', ...deed },
})

export const listCardsToReview = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-reviews',
  schema: {
    summary: 'Submitted cards of the area, by deadline',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      status: CardStatus.optional(),
      facilityId: Id.optional(),
      isOpen: QueryFlag.optional(),
    }),
    response: { 200: Page(CardRow) },
  },
  config: reviewing,
})

export const getCardToReview = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-reviews/:id',
  schema: { summary: 'One submitted card of the area', tags, params, response: { 200: DefectCard } },
  config: reviewing,
})

export const listVersionsToReview = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-reviews/:id/versions',
  schema: {
    summary: 'Versions of a submitted card',
    tags,
    params,
    response: { 200: z.object({ items: z.array(CardVersion) }) },
  },
  config: reviewing,
})

export const reviewInCounty = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-reviews/:id/county-reviews',
  schema: { summary: 'The county’s review', tags, params, body: Review, response: { 201: DefectCard } },
  config: { ...reviewing, ...deed },
})

const answer = { documentNumber: Text(60), decidedOn: CivilDate }
export const ProvinceAnswer = z.discriminatedUnion('decision', [
  z.strictObject({ ...answer, decision: z.literal('APPROVED'), note: CareText(500).optional() }),
  z.strictObject({
    ...answer,
    decision: z.literal('RETURNED'),
    fields: z.array(CardField).min(1).max(60),
    note: CareText(500).optional(),
  }),
])
export type ProvinceAnswer = z.infer<typeof ProvinceAnswer>

export const enterProvinceReview = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-reviews/:id/province-reviews',
  schema: {
    summary: 'Enter the province’s answer with its document number',
    tags,
    params,
    body: ProvinceAnswer,
    response: { 201: DefectCard },
  },
  config: { ...reviewing, ...deed },
})

export const closeDefectCard = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-reviews/:id/closings',
  schema: { summary: 'Close a card as final', tags, params, response: { 201: DefectCard } },
  config: { ...reviewing, ...deed },
})

export const DuplicateState = z.enum(['OPEN', 'MERGED', 'DISMISSED'])
export type DuplicateState = z.infer<typeof DuplicateState>
export const duplicateStates = {
  OPEN: ['待核对', 'To be decided'],
  MERGED: ['已合并', 'Merged'],
  DISMISSED: ['不是同一儿', 'Not the same child'],
} as const

/** 疑似重卡: the same mother, day of birth and place in a multiple birth, reported by two facilities. */
export const CaseDuplicate = z.object({
  id: Id,
  state: DuplicateState,
  foundAt: Instant,
  reason: z.string().nullable(),
  keptId: Id.nullable(),
  cards: z.array(CardRow).length(2),
})
export type CaseDuplicate = z.infer<typeof CaseDuplicate>

export const listCaseDuplicates = defineEndpoint({
  method: 'GET',
  url: '/api/v1/case-duplicates',
  schema: {
    summary: 'Cards of two facilities that may be the same child',
    tags,
    querystring: z.strictObject({ ...PageQuery, state: DuplicateState.optional() }),
    response: { 200: Page(CaseDuplicate) },
  },
  config: reviewing,
})

export const DuplicateDecision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('MERGE'), keptId: Id, reason: CareText(200) }),
  z.strictObject({ decision: z.literal('DISMISS'), reason: CareText(200) }),
])
export type DuplicateDecision = z.infer<typeof DuplicateDecision>

export const decideCaseDuplicate = defineEndpoint({
  method: 'POST',
  url: '/api/v1/case-duplicates/:id/decisions',
  schema: {
    summary: 'Merge two cards, or say that they are two children',
    tags,
    params,
    body: DuplicateDecision,
    response: { 201: CaseDuplicate },
  },
  config: { ...reviewing, idempotent: true },
})
