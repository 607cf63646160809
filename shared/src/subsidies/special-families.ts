import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, Purpose, Text } from '../values.ts'
import {
  ContactTier,
  FamilyCloseReason,
  FamilyConsentEvidence,
  FamilyKind,
  FamilyNeed,
  FamilyServiceKind,
  FamilySource,
  FamilyState,
  OfferAnswer,
  OfferedProgramme,
  VisitForm,
  VisitManner,
  VisitOccasion,
  VisitOutcome,
} from './family-values.ts'

const Place = z.object({ code: DivisionCode, name: z.string() })
const tags = ['special-families'] as [string]
const params = z.strictObject({ id: Id })

const row = {
  id: Id,
  number: z.string(),
  kind: FamilyKind,
  eventOn: CivilDate,
  place: Place,
  state: FamilyState,
  /** Names of the members, masked: that a family is special is nobody's to read in passing. */
  members: z.array(z.string()),
  hasTownshipContact: z.boolean(),
  hasVillageContact: z.boolean(),
  /** Members with a family doctor, the green channel, insurance of today. */
  withDoctor: z.int(),
  withChannel: z.int(),
  insured: z.int(),
  lastVisitOn: CivilDate.nullable(),
  version: z.int(),
}
export const SpecialFamilyRow = z.object(row)
export type SpecialFamilyRow = z.infer<typeof SpecialFamilyRow>

export const FamilyMember = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  sex: z.string(),
  birthMonth: z.string(),
  joinedOn: CivilDate,
  leftOn: CivilDate.nullable(),
})
export type FamilyMember = z.infer<typeof FamilyMember>
export const SupportContact = z.object({
  id: Id,
  tier: ContactTier,
  userId: Id,
  name: z.string(),
  fromOn: CivilDate,
  toOn: CivilDate.nullable(),
})
export type SupportContact = z.infer<typeof SupportContact>
export const FamilyVisit = z.object({
  id: Id,
  visitedOn: CivilDate,
  tier: ContactTier,
  contact: z.string(),
  manner: VisitManner,
  occasion: VisitOccasion,
  outcome: VisitOutcome,
  forms: z.array(VisitForm),
  needs: z.array(FamilyNeed),
  hasNote: z.boolean(),
  voidedAt: Instant.nullable(),
})
export type FamilyVisit = z.infer<typeof FamilyVisit>
export const FamilyService = z.object({
  id: Id,
  personId: Id,
  kind: FamilyServiceKind,
  isDeclined: z.boolean(),
  provider: z.string().nullable(),
  cardNumber: z.string().nullable(),
  fromOn: CivilDate,
  toOn: CivilDate.nullable(),
})
export type FamilyService = z.infer<typeof FamilyService>
export const FamilyOffer = z.object({
  id: Id,
  programme: OfferedProgramme,
  personId: Id,
  offeredOn: CivilDate,
  answer: OfferAnswer,
  answeredOn: CivilDate.nullable(),
  applicationId: Id.nullable(),
  consentOn: CivilDate.nullable(),
})
export type FamilyOffer = z.infer<typeof FamilyOffer>

export const SpecialFamily = z.object({
  ...row,
  source: FamilySource,
  identifiedOn: CivilDate,
  firstVisitOn: CivilDate.nullable(),
  consentOn: CivilDate.nullable(),
  consentEvidence: FamilyConsentEvidence.nullable(),
  openedOn: CivilDate.nullable(),
  closedOn: CivilDate.nullable(),
  closeReason: FamilyCloseReason.nullable(),
  people: z.array(FamilyMember),
  contacts: z.array(SupportContact),
  visits: z.array(FamilyVisit),
  services: z.array(FamilyService),
  offers: z.array(FamilyOffer),
})
export type SpecialFamily = z.infer<typeof SpecialFamily>

const reads = { permission: 'family.read', dataClass: 'L3' } as const
const manages = { permission: 'beneficiary.manage', dataClass: 'L3', idempotent: true } as const
const supports = { permission: 'family.support', dataClass: 'L3', idempotent: true } as const

export const listSpecialFamilies = defineEndpoint({
  method: 'GET',
  url: '/api/v1/special-families',
  schema: {
    summary: 'Special families in my area, names masked',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      kind: FamilyKind.optional(),
      state: FamilyState.optional(),
      /** What is wanting: a contact, a doctor, the channel, insurance, or a visit in the last 31 days. */
      lacking: z.enum(['CONTACT', 'DOCTOR', 'CHANNEL', 'INSURANCE', 'VISIT']).optional(),
      q: Text(30).optional(),
    }),
    response: { 200: Page(SpecialFamilyRow) },
  },
  config: reads,
})
export const getSpecialFamily = defineEndpoint({
  method: 'GET',
  url: '/api/v1/special-families/:id',
  schema: {
    summary: 'A family with members, contacts, visits, services and what it was offered; looking is recorded',
    tags,
    params,
    response: { 200: SpecialFamily },
  },
  config: reads,
})

export const NewSpecialFamily = z.strictObject({
  kind: FamilyKind,
  eventOn: CivilDate,
  childId: Id.nullable().optional(),
  source: FamilySource,
  identifiedOn: CivilDate,
  /** Whom the care is for: the parents, or whoever bears the complication. */
  people: z.array(Id).min(1).max(6),
})
export type NewSpecialFamily = z.infer<typeof NewSpecialFamily>
export const FamilyNumber = z.object({ id: Id, number: z.string() })
export const identifyFamily = defineEndpoint({
  method: 'POST',
  url: '/api/v1/special-families',
  schema: {
    summary: 'Tell of a family that has become special; nobody is asked to sign anything',
    tags,
    body: NewSpecialFamily,
    response: { 201: FamilyNumber },
  },
  config: supports,
})

const change = { 201: SpecialFamily }
export const closeFamily = defineEndpoint({
  method: 'POST',
  url: '/api/v1/special-families/:id/closings',
  schema: {
    summary: 'The care ends: the last member died, they opted out, or they moved',
    tags,
    params,
    body: z.strictObject({ closedOn: CivilDate, reason: FamilyCloseReason }),
    response: change,
  },
  config: manages,
})
export const RevealedFamily = z.object({
  people: z.array(
    z.object({
      personId: Id,
      name: z.string(),
      phone: z.string().nullable(),
      address: z.string().nullable(),
    }),
  ),
  notes: z.array(z.object({ visitId: Id, visitedOn: CivilDate, note: z.string() })),
})
export type RevealedFamily = z.infer<typeof RevealedFamily>
export const revealFamily = defineEndpoint({
  method: 'POST',
  url: '/api/v1/special-families/:id/reveals',
  schema: {
    summary: 'Names, telephones and visit notes in full, for a stated purpose; recorded, and limited per day',
    tags,
    params,
    body: z.strictObject({ purpose: Purpose, reason: Text(200) }),
    response: { 200: RevealedFamily },
  },
  config: { permission: 'family.read', dataClass: 'L3' },
})

export const ContactCandidate = z.object({ userId: Id, name: z.string(), place: Place, families: z.int() })
export type ContactCandidate = z.infer<typeof ContactCandidate>
export const listContactCandidates = defineEndpoint({
  method: 'GET',
  url: '/api/v1/special-families/:id/contact-candidates',
  schema: {
    summary: 'Who may be a contact of this family, and of how many she is one already',
    tags,
    params,
    querystring: z.strictObject({ tier: ContactTier }),
    response: { 200: z.object({ items: z.array(ContactCandidate) }) },
  },
  config: reads,
})

/** SUB-11 … SUB-13 by township, as numbers over numbers. */
export const FamilyCoverage = z.object({
  place: Place,
  families: z.int(),
  bothContacts: z.int(),
  visited: z.int(),
  persons: z.int(),
  withDoctor: z.int(),
  withChannel: z.int(),
  insured: z.int(),
  premiumFen: Fen,
})
export type FamilyCoverage = z.infer<typeof FamilyCoverage>
export const getFamilyCoverage = defineEndpoint({
  method: 'GET',
  url: '/api/v1/special-family-coverage',
  schema: {
    summary: 'Contacts, visits, doctors, green channel and insurance by township',
    tags,
    response: { 200: z.object({ on: CivilDate, items: z.array(FamilyCoverage), total: FamilyCoverage }) },
  },
  config: { permission: 'family.read', dataClass: 'L1' },
})
