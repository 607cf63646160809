import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { ComplicationType, ProcedureType, Severity } from './care-value-sets.ts'

export const Complication = z.object({
  id: Id,
  clientId: Id,
  procedureId: Id.nullable(),
  procedureType: ProcedureType,
  type: ComplicationType,
  onsetOn: CivilDate,
  severity: Severity,
  description: z.string().nullable(),
  /** 并发症鉴定: what the hardship programme for complications rests on. */
  assessment: z
    .object({
      grade: z.int().min(1).max(3),
      certificateNumber: z.string(),
      assessedOn: CivilDate,
      level: z.enum(['CITY', 'PROVINCE']),
    })
    .nullable(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
})
export type Complication = z.infer<typeof Complication>

const params = z.strictObject({ id: Id })
const keep = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const
const read = { permission: 'care.read', dataClass: 'L4' } as const

export const complicationFields = {
  type: ComplicationType,
  onsetOn: CivilDate,
  severity: Severity,
  description: Text(1000).nullable().optional(),
}
/** Of a procedure kept here, or of one done elsewhere, of which the type alone is told. */
export const NewComplication = z
  .strictObject({
    clientId: Id,
    procedureId: Id.nullable().optional(),
    procedureType: ProcedureType.optional(),
    ...complicationFields,
  })
  .refine((body) => body.procedureId || body.procedureType, { path: ['procedureType'] })
export type NewComplication = z.output<typeof NewComplication>

export const listComplications = defineEndpoint({
  method: 'GET',
  url: '/api/v1/complications',
  schema: {
    summary: 'Complications recorded at my facility, latest onset first',
    tags: ['complications'],
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      type: ComplicationType.optional(),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(Complication.extend({ clientName: z.string() })) },
  },
  config: read,
})

export const recordComplication = defineEndpoint({
  method: 'POST',
  url: '/api/v1/complications',
  schema: {
    summary: 'Record a complication',
    tags: ['complications'],
    body: NewComplication,
    response: { 201: Complication },
  },
  config: keep,
})

export const assessComplication = defineEndpoint({
  method: 'POST',
  url: '/api/v1/complications/:id/assessment',
  schema: {
    summary: 'The expert assessment of a complication: grade and certificate',
    tags: ['complications'],
    params,
    body: z.strictObject({
      grade: z.int().min(1).max(3),
      certificateNumber: Text(40),
      assessedOn: CivilDate,
      level: z.enum(['CITY', 'PROVINCE']),
    }),
    response: { 201: Complication },
  },
  config: keep,
})

export const voidComplication = defineEndpoint({
  method: 'POST',
  url: '/api/v1/complications/:id/void',
  schema: {
    summary: 'Void a complication recorded wrongly',
    tags: ['complications'],
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: Complication },
  },
  config: keep,
})
