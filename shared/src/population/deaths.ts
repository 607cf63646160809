import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Purpose, QueryFlag, Text } from '../values.ts'
import { PopulationBasis } from './book.ts'
import { EventPreview } from './event-preview.ts'
import { DeathPlace, DeathReporter, MaternalDeath, Sex, Source } from './value-sets.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })

/** A code of ICD-10, national extensions included. */
export const CauseOfDeath = z
  .string()
  .trim()
  .regex(/^[A-Z]\d{2}(\.\d{1,3}(x\d{3})?)?$/)

/** A death as a list shows it; the cause is in no list (L4). */
export const DeathRow = z.object({
  id: Id,
  person: z.object({ id: Id, name: z.string() }),
  sex: Sex,
  /** Masked to the month below L2, as all days here. */
  birthDate: z.string(),
  occurredOn: z.string(),
  /** Completed years. */
  age: z.int(),
  /** Days lived, where under a year. */
  infantAgeDays: z.int().nullable(),
  place: DeathPlace,
  reporter: DeathReporter,
  division: PlaceName,
  hukou: PlaceName,
  findings: z.array(z.string()),
  recordedAt: Instant,
  /** First known more than thirty days after the death. */
  isLate: z.boolean(),
  voidedAt: Instant.nullable(),
})
export type DeathRow = z.infer<typeof DeathRow>

export const Death = DeathRow.extend({
  certificateNumber: z.string().nullable(),
  maternal: MaternalDeath,
  /** Whether a cause is kept; which, only the treating facility reads. */
  hasCause: z.boolean(),
  recordedBy: z.string().nullable(),
  source: Source,
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Death = z.infer<typeof Death>

const deathFields = {
  occurredOn: CivilDate,
  place: DeathPlace,
  causeIcd10: CauseOfDeath.nullable().optional(),
  certificateNumber: Text(40).nullable().optional(),
  maternal: MaternalDeath.default('NO'),
  reporter: DeathReporter,
}

export const NewDeath = z.strictObject({ personId: Id, ...deathFields })
export type NewDeath = z.infer<typeof NewDeath>

export const DeathCorrection = z.strictObject({
  set: z
    .strictObject({ ...deathFields, maternal: MaternalDeath })
    .partial()
    .refine((fields) => Object.keys(fields).length > 0),
  reason: Text(200),
})
export type DeathCorrection = z.infer<typeof DeathCorrection>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })

export const listDeaths = defineEndpoint({
  method: 'GET',
  url: '/api/v1/deaths',
  schema: {
    summary: 'Deaths counted in my area, newest first',
    tags: ['deaths'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      basis: PopulationBasis.default('residence'),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      sex: Sex.optional(),
      /** Younger than a year. */
      infant: QueryFlag.optional(),
      late: QueryFlag.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(DeathRow) },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

export const getDeath = defineEndpoint({
  method: 'GET',
  url: '/api/v1/deaths/:id',
  schema: {
    summary: 'One death, voided ones too; without its cause',
    tags: ['deaths'],
    params,
    response: { 200: Death },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

export const revealCauseOfDeath = defineEndpoint({
  method: 'POST',
  url: '/api/v1/deaths/:id/cause',
  schema: {
    summary: 'Read the cause of a death; every look is logged with its purpose',
    tags: ['deaths'],
    params,
    body: z.strictObject({ purpose: Purpose, reason: Text(200) }),
    response: { 200: z.object({ causeIcd10: z.string().nullable() }) },
  },
  config: { permission: 'cause.read', dataClass: 'L4' },
})

/** With `dryRun=true` answers 200 and what it would do, and changes nothing. */
export const recordDeath = defineEndpoint({
  method: 'POST',
  url: '/api/v1/deaths',
  schema: {
    summary: 'Record a death at its true day, however late',
    tags: ['deaths'],
    querystring: dryRun,
    body: NewDeath,
    response: { 200: EventPreview, 201: Death },
  },
  config: { permission: 'event.record', dataClass: 'L2', idempotent: true },
})

export const correctDeath = defineEndpoint({
  method: 'POST',
  url: '/api/v1/deaths/:id/corrections',
  schema: {
    summary: 'Correct a death: voids it with the reason and appends its replacement',
    tags: ['deaths'],
    params,
    querystring: dryRun,
    body: DeathCorrection,
    response: { 200: EventPreview, 201: Death },
  },
  config: { permission: 'event.correct', dataClass: 'L2', idempotent: true },
})

export const voidDeath = defineEndpoint({
  method: 'POST',
  url: '/api/v1/deaths/:id/void',
  schema: {
    summary: 'Void a death that did not happen: the person lives again where she lived',
    tags: ['deaths'],
    params,
    querystring: dryRun,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: EventPreview, 201: Death },
  },
  config: { permission: 'event.correct', dataClass: 'L2', idempotent: true },
})
