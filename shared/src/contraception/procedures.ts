import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { CarePreview } from './care-preview.ts'
import { Complication } from './complications.ts'
import {
  Indication,
  IudTiming,
  OwnSource,
  Payment,
  ProcedureStatus,
  ProcedureType,
  RemovalResult,
  StartContext,
} from './care-value-sets.ts'
import { EpisodeMethod } from './episodes.ts'
import { FormValues, NewForm } from './procedure-form.ts'

/** Between the request of a removal and the day offered for it (domain §6.3). */
export const REMOVAL_WITHIN_DAYS = 7

export const ProcedureRow = z.object({
  id: Id,
  clientId: Id,
  clientName: z.string(),
  type: ProcedureType,
  status: ProcedureStatus,
  requestedOn: CivilDate,
  scheduledOn: CivilDate.nullable(),
  performedOn: CivilDate.nullable(),
  operatorName: z.string().nullable(),
  hasComplication: z.boolean(),
  /** A removal not yet done, and not deferred, more than seven days after the request. */
  isOverdue: z.boolean(),
  findings: z.array(z.string()),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  version: z.int(),
})
export type ProcedureRow = z.infer<typeof ProcedureRow>

export const Procedure = ProcedureRow.extend({
  /** Done or asked for at my facility; others' are seen where she consented, abortions never. */
  isOurs: z.boolean(),
  indication: Indication,
  screenId: Id.nullable(),
  choiceId: Id.nullable(),
  consentId: Id.nullable(),
  operatorId: Id.nullable(),
  screenedOn: CivilDate.nullable(),
  consentedOn: CivilDate.nullable(),
  deferredOn: CivilDate.nullable(),
  deferralReason: z.string().nullable(),
  cancelledOn: CivilDate.nullable(),
  deviceType: z.string().nullable(),
  lotId: Id.nullable(),
  payment: Payment.nullable(),
  iudTiming: IudTiming.nullable(),
  cavityDepthMillimetres: z.int().nullable(),
  bloodLossMillilitres: z.int().nullable(),
  gestationDays: z.int().nullable(),
  isSmooth: z.boolean().nullable(),
  removalResult: RemovalResult.nullable(),
  form: z.object({ version: z.string(), values: FormValues }).nullable(),
  complications: z.array(Complication),
  episodeId: Id.nullable(),
  outreachId: Id.nullable(),
  recordedBy: z.string().nullable(),
  source: z.string(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Procedure = z.infer<typeof Procedure>

export const requestFields = {
  type: ProcedureType,
  requestedOn: CivilDate,
  indication: Indication.default('REQUEST'),
  /** Of a removal: at most seven days after the request; the day of the request plus seven where left out. */
  scheduledOn: CivilDate.nullable().optional(),
  screenId: Id.nullable().optional(),
  choiceId: Id.nullable().optional(),
}
export const NewProcedure = z.strictObject({ clientId: Id, ...requestFields })
export type NewProcedure = z.output<typeof NewProcedure>

/** What is told of the operation itself; method and device where it puts a method into use. */
export const performanceFields = {
  performedOn: CivilDate,
  operatorId: Id,
  payment: Payment.default('FREE_PROGRAMME'),
  choiceId: Id.nullable().optional(),
  consentId: Id.nullable().optional(),
  screenId: Id.nullable().optional(),
  /** Of the device put in: M30 or M31, M40, M41 or M42; from the device type where left out. */
  method: EpisodeMethod.optional(),
  deviceType: Text(30).nullable().optional(),
  lotId: Id.nullable().optional(),
  startContext: StartContext.optional(),
  ownSource: OwnSource.optional(),
  iudTiming: IudTiming.nullable().optional(),
  cavityDepthMillimetres: z.int().min(20).max(200).nullable().optional(),
  bloodLossMillilitres: z.int().min(0).max(5000).nullable().optional(),
  gestationDays: z.int().min(21).max(200).nullable().optional(),
  isSmooth: z.boolean().default(true),
  removalResult: RemovalResult.nullable().optional(),
  outreachId: Id.nullable().optional(),
  form: NewForm.nullable().optional(),
}

/** One step of its way: REQUESTED → SCREENED → CONSENTED → PERFORMED, or CANCELLED by her at any time, or DEFERRED. */
export const ProcedureStep = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('SCREENED'), on: CivilDate, screenId: Id }),
  z.strictObject({
    to: z.literal('CONSENTED'),
    on: CivilDate,
    consentId: Id,
    choiceId: Id.nullable().optional(),
  }),
  z.strictObject({ to: z.literal('SCHEDULED'), scheduledOn: CivilDate }),
  z.strictObject({ to: z.literal('DEFERRED'), on: CivilDate, reason: Text(300) }),
  /** After a deferral. */
  z.strictObject({ to: z.literal('RESUMED'), scheduledOn: CivilDate.nullable().optional() }),
  z.strictObject({ to: z.literal('CANCELLED'), on: CivilDate, reason: Text(300).optional() }),
  z.strictObject({ to: z.literal('PERFORMED'), ...performanceFields }),
])
export type ProcedureStep = z.output<typeof ProcedureStep>

export const ProcedureCorrection = z.strictObject({
  set: z
    .strictObject({
      ...performanceFields,
      requestedOn: CivilDate,
      indication: Indication,
      payment: Payment,
      isSmooth: z.boolean(),
    })
    .partial()
    .refine((fields) => Object.keys(fields).length > 0),
  reason: Text(200),
})
export type ProcedureCorrection = z.output<typeof ProcedureCorrection>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })
const keep = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const
const read = { permission: 'care.read', dataClass: 'L4' } as const

export const listProcedures = defineEndpoint({
  method: 'GET',
  url: '/api/v1/procedures',
  schema: {
    summary: 'Procedures of my facility, latest request first',
    tags: ['procedures'],
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      type: ProcedureType.optional(),
      status: ProcedureStatus.optional(),
      /** Neither performed nor cancelled. */
      open: QueryFlag.optional(),
      /** Days of the request. */
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      scheduledOn: CivilDate.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(ProcedureRow) },
  },
  config: read,
})

export const getProcedure = defineEndpoint({
  method: 'GET',
  url: '/api/v1/procedures/:id',
  schema: {
    summary: 'One procedure with its form and complications, voided ones too',
    tags: ['procedures'],
    params,
    response: { 200: Procedure },
  },
  config: read,
})

export const requestProcedure = defineEndpoint({
  method: 'POST',
  url: '/api/v1/procedures',
  schema: {
    summary: 'She asks for a procedure; a removal is given a day within seven',
    tags: ['procedures'],
    body: NewProcedure,
    response: { 201: Procedure },
  },
  config: keep,
})

/** With `dryRun=true` answers 200 and what it would do, and changes nothing. */
export const stepProcedure = defineEndpoint({
  method: 'POST',
  url: '/api/v1/procedures/:id/steps',
  schema: {
    summary: 'The next step of a procedure: screened, consented, scheduled, deferred, cancelled, performed',
    tags: ['procedures'],
    params,
    querystring: dryRun,
    body: ProcedureStep,
    response: { 200: CarePreview, 201: Procedure },
  },
  config: { ...keep, conditional: true },
})

export const correctProcedure = defineEndpoint({
  method: 'POST',
  url: '/api/v1/procedures/:id/corrections',
  schema: {
    summary: 'Correct a performed procedure: voids it with the reason and appends its replacement',
    tags: ['procedures'],
    params,
    querystring: dryRun,
    body: ProcedureCorrection,
    response: { 200: CarePreview, 201: Procedure },
  },
  config: keep,
})

export const voidProcedure = defineEndpoint({
  method: 'POST',
  url: '/api/v1/procedures/:id/void',
  schema: {
    summary: 'Void a procedure that never was; the method it began or ended follows',
    tags: ['procedures'],
    params,
    querystring: dryRun,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: CarePreview, 201: Procedure },
  },
  config: keep,
})
