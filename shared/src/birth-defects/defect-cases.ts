import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery } from '../values.ts'
import { CardContent } from './defect-card.ts'
import { CardDecision, CardStatus, CardTier } from './defect-card-values.ts'
import { DefectCategory } from './defect-categories.ts'
import { CareText } from './fetal-sex.ts'

const tags = ['defect-surveillance'] as [string]
const params = z.strictObject({ id: Id })
const reporting = { permission: 'care.report', dataClass: 'L4' } as const

/** One step of a card: who did what, when, and what was to be set right. */
export const CardStep = z.object({
  id: Id,
  edition: z.int(),
  tier: CardTier,
  decision: CardDecision,
  fields: z.array(z.string()),
  note: z.string().nullable(),
  documentNumber: z.string().nullable(),
  decidedOn: CivilDate,
  recordedAt: Instant,
  by: z.string().nullable(),
})
export type CardStep = z.infer<typeof CardStep>

const Windows = z.object({ hospital: z.boolean(), population: z.boolean(), extended: z.boolean() })

export const CardRow = z.object({
  id: Id,
  cardNumber: z.string().nullable(),
  status: CardStatus,
  edition: z.int(),
  facility: z.object({ id: Id, name: z.string() }),
  categories: z.array(DefectCategory),
  diagnosedOn: CivilDate,
  bornOn: CivilDate.nullable(),
  motherName: z.string().nullable(),
  submittedOn: CivilDate.nullable(),
  /** By when the next step is due; null where none is. */
  dueOn: CivilDate.nullable(),
  isLate: z.boolean(),
  isTimely: z.boolean().nullable(),
  isComplete: z.boolean(),
  proposedFrom: z.string().nullable(),
  windows: Windows,
  returnedFields: z.array(z.string()),
  version: z.int(),
})
export type CardRow = z.infer<typeof CardRow>

/** 出生缺陷儿登记卡 */
export const DefectCard = CardRow.extend({
  content: CardContent,
  missingFields: z.array(z.string()),
  returnedFrom: CardTier.nullable(),
  mergedInto: Id.nullable(),
  steps: z.array(CardStep),
  /** Whether whoever asks wrote in the card, and so may not review it. */
  isMine: z.boolean(),
  recordedAt: Instant,
})
export type DefectCard = z.infer<typeof DefectCard>

export const CardVersion = z.object({
  edition: z.int(),
  kind: z.enum(['SUBMITTED', 'RESUBMITTED', 'CORRECTED']),
  reason: z.string().nullable(),
  madeAt: Instant,
  by: z.string().nullable(),
  content: CardContent,
  /** Fields that differ from the version before. */
  changed: z.array(z.string()),
})
export type CardVersion = z.infer<typeof CardVersion>

export const listDefectCards = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-cards',
  schema: {
    summary: 'Defect cards of my facility, newest diagnosis first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      status: CardStatus.optional(),
      category: DefectCategory.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
    }),
    response: { 200: Page(CardRow) },
  },
  config: reporting,
})

export const prefillDefectCard = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-card-prefills',
  schema: {
    summary: 'What the register knows for a card, of the mother or by the child',
    tags,
    querystring: z.strictObject({ motherId: Id.optional(), childId: Id.optional() }),
    response: { 200: CardContent },
  },
  config: reporting,
})

export const createDefectCard = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-cards',
  schema: { summary: 'Begin a defect card (draft)', tags, body: CardContent, response: { 201: DefectCard } },
  config: { ...reporting, idempotent: true },
})

export const getDefectCard = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-cards/:id',
  schema: { summary: 'One defect card of my facility', tags, params, response: { 200: DefectCard } },
  config: reporting,
})

export const changeDefectCard = defineEndpoint({
  method: 'PUT',
  url: '/api/v1/defect-cards/:id',
  schema: {
    summary: 'Change a card that is a draft or was returned',
    tags,
    params,
    body: CardContent,
    response: { 200: DefectCard },
  },
  config: { ...reporting, conditional: true },
})

export const submitDefectCard = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-cards/:id/submissions',
  schema: { summary: 'Submit a card for review', tags, params, response: { 201: DefectCard } },
  config: { ...reporting, idempotent: true, conditional: true },
})

export const withdrawDefectCard = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-cards/:id/withdrawals',
  schema: {
    summary: 'Withdraw a draft, or a returned card that is no case',
    tags,
    params,
    body: z.strictObject({ reason: CareText(200) }),
    response: { 201: DefectCard },
  },
  config: { ...reporting, idempotent: true, conditional: true },
})

export const CardCorrection = z.strictObject({ content: CardContent, reason: CareText(200) })
export const correctDefectCard = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-cards/:id/corrections',
  schema: {
    summary: 'Correct a final card: a new version, which is reviewed again',
    tags,
    params,
    body: CardCorrection,
    response: { 201: DefectCard },
  },
  config: { ...reporting, idempotent: true, conditional: true },
})

export const listDefectCardVersions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-cards/:id/versions',
  schema: {
    summary: 'Versions of a card of my facility',
    tags,
    params,
    response: { 200: z.object({ items: z.array(CardVersion) }) },
  },
  config: reporting,
})
