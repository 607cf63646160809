import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, QueryFlag } from '../values.ts'
import { EventPreview } from './event-preview.ts'
import { CareReason } from './pregnancies.ts'
import { RiskColour, UrineProtein } from './value-sets.ts'

const Named = z.object({ id: Id, name: z.string() })

const measures = {
  organisationId: Id.nullable(),
  systolic: z.int().min(40).max(260).nullable(),
  diastolic: z.int().min(20).max(200).nullable(),
  weightKilograms: z.number().min(25).max(250).multipleOf(0.1).nullable(),
  fundalHeightCentimetres: z.number().min(5).max(60).multipleOf(0.1).nullable(),
  fetalHeartRate: z.int().min(60).max(220).nullable(),
  haemoglobin: z.int().min(30).max(250).nullable(),
  urineProtein: UrineProtein.nullable(),
  nextOn: CivilDate.nullable(),
  referredToId: Id.nullable(),
}

/** 产前检查: an offer she took up; whoever did not come is nowhere listed. */
export const AntenatalVisit = z.object({
  id: Id,
  pregnancyId: Id,
  occurredOn: CivilDate,
  gestationDays: z.int(),
  trimester: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  organisation: Named.nullable(),
  systolic: z.int().nullable(),
  diastolic: z.int().nullable(),
  weightKilograms: z.number().nullable(),
  fundalHeightCentimetres: z.number().nullable(),
  fetalHeartRate: z.int().nullable(),
  haemoglobin: z.int().nullable(),
  urineProtein: UrineProtein.nullable(),
  riskColour: RiskColour,
  nextOn: CivilDate.nullable(),
  referredTo: Named.nullable(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  /** V4 gestation outside 4–44 weeks, found when read. */
  findings: z.array(z.string()),
})
export type AntenatalVisit = z.infer<typeof AntenatalVisit>

const params = z.strictObject({ id: Id })
const visitParams = z.strictObject({ id: Id, visitId: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })

export const listAntenatalVisits = defineEndpoint({
  method: 'GET',
  url: '/api/v1/pregnancies/:id/visits',
  schema: {
    summary: 'The antenatal visits of a pregnancy, the latest first',
    tags: ['pregnancies'],
    params,
    querystring: z.strictObject({ voided: QueryFlag.optional() }),
    response: { 200: z.object({ items: z.array(AntenatalVisit) }) },
  },
  config: { permission: 'pregnancy.read', dataClass: 'L4' },
})

export const NewAntenatalVisit = z
  .strictObject({ occurredOn: CivilDate, riskColour: RiskColour, ...measures })
  .partial()
  .required({ occurredOn: true })
export type NewAntenatalVisit = z.infer<typeof NewAntenatalVisit>

export const recordAntenatalVisit = defineEndpoint({
  method: 'POST',
  url: '/api/v1/pregnancies/:id/visits',
  schema: {
    summary: 'Record an antenatal visit',
    tags: ['pregnancies'],
    params,
    querystring: dryRun,
    body: NewAntenatalVisit,
    response: { 200: EventPreview, 201: AntenatalVisit },
  },
  config: { permission: 'pregnancy.record', dataClass: 'L4', idempotent: true },
})

export const correctAntenatalVisit = defineEndpoint({
  method: 'POST',
  url: '/api/v1/pregnancies/:id/visits/:visitId/corrections',
  schema: {
    summary: 'Correct a visit: the wrong one is voided, the right one appended',
    tags: ['pregnancies'],
    params: visitParams,
    querystring: dryRun,
    body: z.strictObject({ set: NewAntenatalVisit.partial(), reason: CareReason }),
    response: { 200: EventPreview, 201: AntenatalVisit },
  },
  config: { permission: 'pregnancy.record', dataClass: 'L4', idempotent: true },
})

export const voidAntenatalVisit = defineEndpoint({
  method: 'POST',
  url: '/api/v1/pregnancies/:id/visits/:visitId/void',
  schema: {
    summary: 'Void a visit that did not take place',
    tags: ['pregnancies'],
    params: visitParams,
    querystring: dryRun,
    body: z.strictObject({ reason: CareReason }),
    response: { 200: EventPreview, 201: AntenatalVisit },
  },
  config: { permission: 'pregnancy.record', dataClass: 'L4', idempotent: true },
})
