import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Text } from '../values.ts'
import {
  ContactTier,
  FamilyConsentEvidence,
  FamilyServiceKind,
  OfferAnswer,
  OfferedProgramme,
} from './family-values.ts'
import { SpecialFamily } from './special-families.ts'

const tags = ['special-families'] as [string]
const params = z.strictObject({ id: Id })
const manages = { permission: 'beneficiary.manage', dataClass: 'L3', idempotent: true } as const

const change = { 201: SpecialFamily }
export const assignContact = defineEndpoint({
  method: 'POST',
  url: '/api/v1/special-families/:id/contacts',
  schema: {
    summary: 'Assign the contact of a tier; whoever was it before ends the day before',
    tags,
    params,
    body: z.strictObject({ tier: ContactTier, userId: Id, fromOn: CivilDate }),
    response: change,
  },
  config: manages,
})
export const consentToContact = defineEndpoint({
  method: 'POST',
  url: '/api/v1/special-families/:id/consents',
  schema: {
    summary: 'The family agrees to be contacted: after the day of the first visit, never on it',
    tags,
    params,
    body: z.strictObject({ consentOn: CivilDate, evidence: FamilyConsentEvidence }),
    response: change,
  },
  config: manages,
})
export const openSupportFile = defineEndpoint({
  method: 'POST',
  url: '/api/v1/special-families/:id/openings',
  schema: {
    summary: 'Open the file of a family that agreed to be contacted',
    tags,
    params,
    body: z.strictObject({ openedOn: CivilDate }),
    response: change,
  },
  config: manages,
})
export const addFamilyMember = defineEndpoint({
  method: 'POST',
  url: '/api/v1/special-families/:id/members',
  schema: {
    summary: 'Somebody joins the family, or leaves it',
    tags,
    params,
    body: z.strictObject({ personId: Id, joinedOn: CivilDate.optional(), leftOn: CivilDate.optional() }),
    response: change,
  },
  config: manages,
})
export const NewFamilyService = z.strictObject({
  personId: Id,
  kind: FamilyServiceKind,
  isDeclined: z.boolean(),
  organisationId: Id.nullable().optional(),
  provider: Text(60).nullable().optional(),
  cardNumber: Text(40).nullable().optional(),
  fromOn: CivilDate,
})
export type NewFamilyService = z.infer<typeof NewFamilyService>
export const giveFamilyService = defineEndpoint({
  method: 'POST',
  url: '/api/v1/special-families/:id/services',
  schema: {
    summary:
      'A family doctor or the green channel of a member, or that she does not want it; the one before ends',
    tags,
    params,
    body: NewFamilyService,
    response: change,
  },
  config: manages,
})
export const offerBenefit = defineEndpoint({
  method: 'POST',
  url: '/api/v1/special-families/:id/offers',
  schema: {
    summary: 'Tell a member what she may apply for; never on the day of the first visit',
    tags,
    params,
    body: z.strictObject({ programme: OfferedProgramme, personId: Id, offeredOn: CivilDate }),
    response: change,
  },
  config: manages,
})
export const answerFamilyOffer = defineEndpoint({
  method: 'POST',
  url: '/api/v1/special-families/:id/offers/:offerId/answers',
  schema: {
    summary: 'Her answer; where she wants to apply, the application is made from what is known',
    tags,
    params: z.strictObject({ id: Id, offerId: Id }),
    body: z.strictObject({
      answer: OfferAnswer.exclude(['OPEN']),
      answeredOn: CivilDate,
      /** Of the re-birth subsidy: that she agrees to data being exchanged with the hospital. */
      consentOn: CivilDate.optional(),
    }),
    response: change,
  },
  config: manages,
})
