import { z } from 'zod'
import { CareText } from '../birth-defects/fetal-sex.ts'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { Month } from './book.ts'
import { EventPreview } from './event-preview.ts'
import {
  Conception,
  ExpectedBasis,
  PregnancyChannel,
  PregnancyEnd,
  PregnancyIntention,
  PregnancyStatus,
  RiskColour,
} from './value-sets.ts'

const Place = z.object({ code: DivisionCode, name: z.string() })
const Named = z.object({ id: Id, name: z.string() })

/** Art. 39: what a fetus might be is written nowhere, not even in a reason (E7). */
export const CareReason = CareText(200)

export const PregnancyRow = z.object({
  id: Id,
  woman: Named,
  status: PregnancyStatus,
  riskColour: RiskColour,
  expectedOn: CivilDate,
  registeredOn: CivilDate,
  /** Completed days of gestation at registration, from the expected day. */
  registerGestationDays: z.int(),
  division: Place,
  version: z.int(),
})
export type PregnancyRow = z.infer<typeof PregnancyRow>

/** Class L4: enciphered at rest, told only to clearance L4, every telling recorded. */
export const PregnancySensitive = z.object({
  isPurple: z.boolean().nullable(),
  intention: PregnancyIntention.nullable(),
  /** How it ended where it did not end in a delivery. */
  endType: PregnancyEnd.nullable(),
  /** Whereto her care was transferred with her consent. */
  transferredTo: z.string().nullable(),
})
export type PregnancySensitive = z.infer<typeof PregnancySensitive>

export const Pregnancy = PregnancyRow.extend({
  gravida: z.int().nullable(),
  parityBefore: z.int().nullable(),
  lastMenstruationOn: CivilDate.nullable(),
  expectedBasis: ExpectedBasis,
  registeredOrganisation: Named.nullable(),
  channel: PregnancyChannel,
  conception: Conception,
  /** 3 stands for three or more; null where unknown. */
  plurality: z.int().nullable(),
  endedOn: CivilDate.nullable(),
  contactConsent: z.boolean(),
  births: z.array(
    z.object({ id: Id, occurredOn: CivilDate, outcome: z.enum(['LIVE', 'STILLBIRTH', 'FETAL_DEATH']) }),
  ),
  /** Null for who may not read it. */
  sensitive: PregnancySensitive.nullable(),
  recordedAt: Instant,
  updatedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  findings: z.array(z.string()),
})
export type Pregnancy = z.infer<typeof Pregnancy>

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })
const care = { permission: 'pregnancy.record', dataClass: 'L4' } as const

export const listPregnancies = defineEndpoint({
  method: 'GET',
  url: '/api/v1/pregnancies',
  schema: {
    summary: 'Pregnancies in care in my area, the latest expected day first',
    tags: ['pregnancies'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      status: PregnancyStatus.optional(),
      riskColour: RiskColour.optional(),
      womanId: Id.optional(),
      /** Expected on. */
      from: CivilDate.optional(),
      to: CivilDate.optional(),
    }),
    response: { 200: Page(PregnancyRow) },
  },
  config: { permission: 'pregnancy.read', dataClass: 'L2' },
})

/** Five weeks past the expected day and nothing heard: the hospital is asked, nobody is visited (domain §6.2). */
export const DueForOutcome = PregnancyRow.extend({
  registeredOrganisation: Named.nullable(),
  lastVisitOn: CivilDate.nullable(),
  dueSince: CivilDate,
})
export const listDueForOutcome = defineEndpoint({
  method: 'GET',
  url: '/api/v1/pregnancies/due-for-outcome',
  schema: {
    summary: 'Pregnancies 35 days past the expected day without an outcome: to be asked of the hospital',
    tags: ['pregnancies'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      organisationId: Id.optional(),
    }),
    response: { 200: Page(DueForOutcome) },
  },
  config: { permission: 'pregnancy.read', dataClass: 'L2' },
})

/** One township in one month; null where 1–4 (`suppressed`). */
export const PregnancyMonth = z.object({
  division: Place,
  month: Month,
  registered: z.int().nullable(),
  delivered: z.int().nullable(),
  suppressed: z.boolean(),
})
export type PregnancyMonth = z.infer<typeof PregnancyMonth>

export const getPregnancyMonths = defineEndpoint({
  method: 'GET',
  url: '/api/v1/pregnancies/monthly',
  schema: {
    summary: 'Pregnancies registered and delivered by township and month: counts only, small ones withheld',
    tags: ['pregnancies'],
    querystring: z.strictObject({ from: Month, to: Month, division: DivisionCode.optional() }),
    response: { 200: z.object({ items: z.array(PregnancyMonth) }) },
  },
  config: { permission: 'indicator.read', dataClass: 'L0' },
})

export const getPregnancy = defineEndpoint({
  method: 'GET',
  url: '/api/v1/pregnancies/:id',
  schema: { summary: 'One pregnancy', tags: ['pregnancies'], params, response: { 200: Pregnancy } },
  config: { permission: 'pregnancy.read', dataClass: 'L4' },
})

const fields = {
  gravida: z.int().min(1).max(20).nullable(),
  parityBefore: z.int().min(0).max(15).nullable(),
  lastMenstruationOn: CivilDate.nullable(),
  /** By ultrasound or assisted reproduction; otherwise it follows from the last menstruation. */
  expectedOn: CivilDate,
  expectedBasis: ExpectedBasis,
  registeredOn: CivilDate,
  registeredOrganisationId: Id.nullable(),
  channel: PregnancyChannel,
  conception: Conception,
  plurality: z.int().min(1).max(3).nullable(),
  riskColour: RiskColour,
  isPurple: z.boolean().nullable(),
  intention: PregnancyIntention.nullable(),
  /** She agrees to be contacted about this pregnancy. */
  contactConsent: z.boolean(),
}

export const NewPregnancy = z
  .strictObject({ womanId: Id, ...fields })
  .partial()
  .required({ womanId: true, channel: true, contactConsent: true })
export type NewPregnancy = z.infer<typeof NewPregnancy>

export const registerPregnancy = defineEndpoint({
  method: 'POST',
  url: '/api/v1/pregnancies',
  schema: {
    summary: 'Register a pregnancy because the woman wishes it',
    tags: ['pregnancies'],
    querystring: dryRun,
    body: NewPregnancy,
    response: { 200: EventPreview, 201: Pregnancy },
  },
  config: { ...care, idempotent: true },
})

export const ChangedPregnancy = z.strictObject(fields).partial()
export type ChangedPregnancy = z.infer<typeof ChangedPregnancy>

export const changePregnancy = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/pregnancies/:id',
  schema: {
    summary: 'Change a pregnancy’s record: dates, risk, consent',
    tags: ['pregnancies'],
    params,
    body: ChangedPregnancy,
    response: { 200: Pregnancy },
  },
  config: { ...care, conditional: true },
})

/** DELIVERED needs a birth that names the pregnancy; a loss says how (L4). */
export const PregnancyOutcome = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('DELIVERED'), endedOn: CivilDate }),
  z.strictObject({
    status: z.literal('ENDED_LOSS'),
    endedOn: CivilDate,
    endType: PregnancyEnd.exclude(['P01', 'P98', 'P99']),
  }),
  z.strictObject({ status: z.literal('LOST'), endedOn: CivilDate }),
])
export type PregnancyOutcome = z.infer<typeof PregnancyOutcome>

export const endPregnancy = defineEndpoint({
  method: 'POST',
  url: '/api/v1/pregnancies/:id/outcome',
  schema: {
    summary: 'Record how the pregnancy ended',
    tags: ['pregnancies'],
    params,
    querystring: dryRun,
    body: PregnancyOutcome,
    response: { 200: EventPreview, 201: Pregnancy },
  },
  config: { ...care, conditional: true },
})

export const transferPregnancy = defineEndpoint({
  method: 'POST',
  url: '/api/v1/pregnancies/:id/transfer',
  schema: {
    summary: 'Hand her care over to another place, with her consent',
    tags: ['pregnancies'],
    params,
    body: z.strictObject({
      transferredOn: CivilDate,
      /** The place that takes over; any county of the country. */
      toDivision: DivisionCode,
      toName: Text(100).optional(),
      consent: z.literal(true),
    }),
    response: { 200: Pregnancy },
  },
  config: { ...care, conditional: true },
})

export const voidPregnancy = defineEndpoint({
  method: 'POST',
  url: '/api/v1/pregnancies/:id/void',
  schema: {
    summary: 'Take back a pregnancy entered by mistake',
    tags: ['pregnancies'],
    params,
    body: z.strictObject({ reason: CareReason }),
    response: { 200: Pregnancy },
  },
  config: { ...care, conditional: true },
})
