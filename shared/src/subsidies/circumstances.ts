import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Source } from '../population/value-sets.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Purpose, QueryFlag, Text } from '../values.ts'
import { CircumstanceKind } from './circumstance-values.ts'
import { EvidenceType } from './programmes.ts'

const tags = ['circumstances'] as [string]
const params = z.strictObject({ id: Id })

export const CircumstanceRow = z.object({
  id: Id,
  person: z.object({ id: Id, name: z.string() }),
  kind: CircumstanceKind,
  /** Null also where it is masked: a reveal shows it. */
  grade: z.int().nullable(),
  detail: z.string().nullable(),
  isMasked: z.boolean(),
  from: CivilDate,
  /** The last day. */
  to: CivilDate.nullable(),
  documentType: EvidenceType,
  documentMask: z.string().nullable(),
  division: DivisionCode,
  divisionName: z.string().nullable(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
})
export type CircumstanceRow = z.infer<typeof CircumstanceRow>

export const Circumstance = CircumstanceRow.extend({
  recordedBy: z.string().nullable(),
  source: Source,
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Circumstance = z.infer<typeof Circumstance>

const fields = {
  personId: Id,
  kind: CircumstanceKind,
  grade: z.int().min(1).max(4).nullable(),
  detail: z
    .string()
    .regex(/^[A-Z_]{1,20}$/)
    .nullable(),
  from: CivilDate,
  to: CivilDate.nullable(),
  documentType: EvidenceType,
  documentNumber: Text(60).nullable(),
}
export const NewCircumstance = z
  .strictObject(fields)
  .partial({ grade: true, detail: true, to: true, documentNumber: true })
export type NewCircumstance = z.output<typeof NewCircumstance>

export const CircumstanceCorrection = z.strictObject({
  set: z
    .strictObject(fields)
    .omit({ personId: true, kind: true })
    .partial()
    .refine((set) => Object.keys(set).length > 0),
  reason: Text(200),
})
export type CircumstanceCorrection = z.output<typeof CircumstanceCorrection>

export const listCircumstances = defineEndpoint({
  method: 'GET',
  url: '/api/v1/circumstances',
  schema: {
    summary: 'Certificates, disabilities, complications, low income … of people in my area, newest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      person: Id.optional(),
      kind: CircumstanceKind.optional(),
      division: DivisionCode.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(CircumstanceRow) },
  },
  config: { permission: 'circumstance.read', dataClass: 'L2' },
})
export const getCircumstance = defineEndpoint({
  method: 'GET',
  url: '/api/v1/circumstances/:id',
  schema: { summary: 'One circumstance, voided ones too', tags, params, response: { 200: Circumstance } },
  config: { permission: 'circumstance.read', dataClass: 'L2' },
})
export const recordCircumstance = defineEndpoint({
  method: 'POST',
  url: '/api/v1/circumstances',
  schema: {
    summary: 'Enter what a document says of a person, from its true day',
    tags,
    body: NewCircumstance,
    response: { 201: Circumstance },
  },
  config: { permission: 'circumstance.record', dataClass: 'L2', idempotent: true },
})
/** Ending, regrading and putting right are corrections: what was there stays, voided. */
export const correctCircumstance = defineEndpoint({
  method: 'POST',
  url: '/api/v1/circumstances/:id/corrections',
  schema: {
    summary: 'Correct a circumstance, or say until when it holds',
    tags,
    params,
    body: CircumstanceCorrection,
    response: { 201: Circumstance },
  },
  config: { permission: 'circumstance.record', dataClass: 'L2', idempotent: true },
})
export const voidCircumstance = defineEndpoint({
  method: 'POST',
  url: '/api/v1/circumstances/:id/void',
  schema: {
    summary: 'Void a circumstance that never was',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: Circumstance },
  },
  config: { permission: 'circumstance.record', dataClass: 'L2', idempotent: true },
})
export const revealCircumstance = defineEndpoint({
  method: 'POST',
  url: '/api/v1/circumstances/:id/reveal',
  schema: {
    summary: 'Grade, detail and document number for a stated purpose; recorded',
    tags,
    params,
    body: z.strictObject({ purpose: Purpose, reason: Text(200) }),
    response: {
      200: z.object({
        grade: z.int().nullable(),
        detail: z.string().nullable(),
        documentNumber: z.string().nullable(),
        expiresAt: Instant,
      }),
    },
  },
  config: { permission: 'circumstance.read', dataClass: 'L3' },
})
