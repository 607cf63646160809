import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import {
  RegistrationChannel,
  RegistrationGap,
  RegistrationOffer,
  RegistrationPurpose,
  RegistrationStatus,
} from './value-sets.ts'

const Place = z.object({ code: DivisionCode, name: z.string() })
const Named = z.object({ id: Id, name: z.string() })

/** 生育登记: a notification. Nothing here asks for a marriage, a number of children or a permit (E2, E9). */
export const BirthRegistrationRow = z.object({
  id: Id,
  number: z.string().nullable(),
  /** Null while the registrant is not yet identified. */
  registrant: Named.nullable(),
  purpose: RegistrationPurpose,
  status: RegistrationStatus,
  expectedOn: CivilDate.nullable(),
  bornOn: CivilDate.nullable(),
  channel: RegistrationChannel,
  division: Place,
  recordedAt: Instant,
  registeredAt: Instant.nullable(),
  version: z.int(),
})
export type BirthRegistrationRow = z.infer<typeof BirthRegistrationRow>

export const BirthRegistration = BirthRegistrationRow.extend({
  partner: Named.nullable(),
  lastMenstruationOn: CivilDate.nullable(),
  birthId: Id.nullable(),
  /** As the registrant says it; no rule reads it. */
  childOrder: z.int().nullable(),
  authorisation: z.string().nullable(),
  authorisedOn: CivilDate.nullable(),
  /** Everything still to be completed, at once. */
  missing: z.array(RegistrationGap),
  servicePackSent: z.boolean(),
  /** What the family is offered now; nothing happens to who declines. */
  offers: z.array(RegistrationOffer),
  /** Organisations licensed for midwifery, the nearest first. */
  hospitals: z.array(z.object({ id: Id, name: z.string(), division: Place })),
  updatedAt: Instant,
})
export type BirthRegistration = z.infer<typeof BirthRegistration>

const params = z.strictObject({ id: Id })
const filing = { permission: 'registration.file', dataClass: 'L2' } as const

export const listBirthRegistrations = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-registrations',
  schema: {
    summary: 'Birth registrations in my area, the latest first',
    tags: ['birth-registrations'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      status: RegistrationStatus.optional(),
      purpose: RegistrationPurpose.optional(),
      channel: RegistrationChannel.optional(),
      /** Registrant or partner. */
      personId: Id.optional(),
      number: z
        .string()
        .trim()
        .regex(/^[0-9A-Z]{1,20}$/)
        .optional(),
      /** Recorded on. */
      from: CivilDate.optional(),
      to: CivilDate.optional(),
    }),
    response: { 200: Page(BirthRegistrationRow) },
  },
  config: { permission: 'registration.read', dataClass: 'L2' },
})

export const getBirthRegistration = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-registrations/:id',
  schema: {
    summary: 'One birth registration with what is offered',
    tags: ['birth-registrations'],
    params,
    response: { 200: BirthRegistration },
  },
  config: { permission: 'registration.read', dataClass: 'L2' },
})

export const RegistrationVersion = z.object({
  version: z.int(),
  event: z.enum(['SUBMIT', 'COMPLETE', 'CORRECT', 'WITHDRAW', 'LINK']),
  /** Names of the fields that changed. */
  fields: z.array(z.string()),
  reason: z.string().nullable(),
  recordedAt: Instant,
})
export const listRegistrationVersions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-registrations/:id/versions',
  schema: {
    summary: 'How a registration came to be what it is',
    tags: ['birth-registrations'],
    params,
    response: { 200: z.object({ items: z.array(RegistrationVersion) }) },
  },
  config: { permission: 'registration.read', dataClass: 'L2' },
})

const said = {
  partnerId: Id.nullable(),
  purpose: RegistrationPurpose,
  lastMenstruationOn: CivilDate.nullable(),
  expectedOn: CivilDate.nullable(),
  bornOn: CivilDate.nullable(),
  childOrder: z.int().min(1).max(20).nullable(),
}
const filed = {
  registrantId: Id.nullable(),
  /** Where the registrant wishes to be served; her residence where left out. */
  divisionCode: DivisionCode,
  /** By what the registrant authorised the agent. */
  authorisation: Text(200).nullable(),
  authorisedOn: CivilDate.nullable(),
}

export const NewBirthRegistration = z
  .strictObject({ ...said, ...filed, channel: RegistrationChannel })
  .partial()
  .required({ purpose: true, channel: true })
export type NewBirthRegistration = z.infer<typeof NewBirthRegistration>

export const fileBirthRegistration = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-registrations',
  schema: {
    summary: 'Register a birth or the wish for one: registered at once, or told all that is missing',
    tags: ['birth-registrations'],
    body: NewBirthRegistration,
    /** 200 where the same was registered before. */
    response: { 200: BirthRegistration, 201: BirthRegistration },
  },
  config: { ...filing, idempotent: true },
})

export const RegistrationCompletion = z.strictObject({ ...said, ...filed }).partial()
export type RegistrationCompletion = z.infer<typeof RegistrationCompletion>
export const completeBirthRegistration = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-registrations/:id/completion',
  schema: {
    summary: 'Give what was missing and submit again',
    tags: ['birth-registrations'],
    params,
    body: RegistrationCompletion,
    response: { 200: BirthRegistration },
  },
  config: { ...filing, conditional: true },
})

export const RegistrationCorrection = z
  .strictObject({ ...said, servicePackSent: z.boolean() })
  .partial()
  .extend({ reason: Text(200).optional() })
export type RegistrationCorrection = z.infer<typeof RegistrationCorrection>
export const correctBirthRegistration = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-registrations/:id/correction',
  schema: {
    summary: 'Correct a registration at the registrant’s wish',
    tags: ['birth-registrations'],
    params,
    body: RegistrationCorrection,
    response: { 200: BirthRegistration },
  },
  config: { ...filing, conditional: true },
})

export const withdrawBirthRegistration = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-registrations/:id/withdrawal',
  schema: {
    summary: 'The registrant takes her registration back; she need not say why',
    tags: ['birth-registrations'],
    params,
    body: z.strictObject({ reason: Text(200).optional() }),
    response: { 200: BirthRegistration },
  },
  config: { ...filing, conditional: true },
})

export const linkBirthRegistration = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-registrations/:id/link',
  schema: {
    summary: 'Join a registration with the birth it announced',
    tags: ['birth-registrations'],
    params,
    body: z.strictObject({ birthId: Id }),
    response: { 200: BirthRegistration },
  },
  config: { ...filing, conditional: true },
})
