import { z } from 'zod'
import { codesOf } from '../code-tables.ts'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, Purpose, Text } from '../values.ts'

export const familyKinds = {
  DEATH: ['独生子女死亡', 'Death of the only child'],
  DISABILITY: ['独生子女伤残', 'Disability of the only child'],
  COMPLICATION: ['手术并发症', 'Complication of a procedure'],
} as const
export const FamilyKind = codesOf(familyKinds)
export type FamilyKind = z.infer<typeof FamilyKind>

export const familySources = {
  VILLAGE: ['村（社区）发现', 'Found by the village'],
  FEED: ['部门数据', 'From another department'],
  APPLICATION: ['本人申请', 'Her own application'],
  IMPORT: ['历史资料', 'Old records'],
} as const
export const FamilySource = codesOf(familySources)
export type FamilySource = z.infer<typeof FamilySource>

/** §6.11, in its order; it follows from what is recorded and is never set. */
export const familyStates = {
  IDENTIFIED: ['已发现', 'Identified'],
  CONSENTED: ['已同意联系', 'Consented to contact'],
  FILE_OPENED: ['已建档', 'File opened'],
  CONTACTS_ASSIGNED: ['双岗已落实', 'Both contacts assigned'],
  IN_CARE: ['持续关怀', 'In care'],
  CLOSED: ['已结束', 'Closed'],
} as const
export const FamilyState = codesOf(familyStates)
export type FamilyState = z.infer<typeof FamilyState>

export const contactTiers = {
  TOWNSHIP: ['乡镇（街道）联系人', 'Township contact'],
  VILLAGE: ['村（社区）联系人', 'Village contact'],
} as const
export const ContactTier = codesOf(contactTiers)
export type ContactTier = z.infer<typeof ContactTier>

export const visitManners = {
  IN_PERSON: ['上门', 'In person'],
  PHONE: ['电话', 'By telephone'],
  VIDEO: ['视频', 'By video'],
} as const
export const VisitManner = codesOf(visitManners)
export const visitOccasions = {
  FIRST: ['首次走访', 'First visit'],
  MONTHLY: ['每月联系', 'Monthly'],
  FESTIVAL: ['节日慰问', 'Festival'],
  NEED: ['应需走访', 'On request'],
} as const
export const VisitOccasion = codesOf(visitOccasions)
export const visitOutcomes = {
  MET: ['已见面（通话）', 'Met or spoke'],
  NOT_AT_HOME: ['未遇', 'Not at home'],
  DECLINED: ['不愿被打扰', 'Wished to be left alone'],
} as const
export const VisitOutcome = codesOf(visitOutcomes)

/** 生活、养老、医疗、社会关怀 (S4-38) and what stands beside them. */
export const familyNeeds = {
  LIVELIHOOD: ['生活困难', 'Livelihood'],
  ELDERLY_CARE: ['养老照料', 'Care in old age'],
  MEDICAL: ['就医', 'Medical care'],
  COMPANY: ['精神慰藉', 'Company and consolation'],
  LEGAL: ['法律与手续', 'Legal matters'],
  REBIRTH: ['再生育咨询', 'Advice on having another child'],
  OTHER: ['其他', 'Other'],
} as const
export const FamilyNeed = codesOf(familyNeeds)
export const visitForms = {
  CONSENT: ['同意联系书', 'Consent to contact'],
  APPLICATION: ['待遇申请表', 'Application for a benefit'],
  NEEDS: ['需求调查表', 'Survey of needs'],
  CONTRACT: ['家庭医生协议', 'Family doctor contract'],
} as const
export const VisitForm = codesOf(visitForms)

export const familyServiceKinds = {
  FAMILY_DOCTOR: ['家庭医生签约', 'Family doctor'],
  GREEN_CHANNEL: ['就医绿色通道', 'Green channel'],
} as const
export const FamilyServiceKind = codesOf(familyServiceKinds)
export type FamilyServiceKind = z.infer<typeof FamilyServiceKind>

export const offerAnswers = {
  OPEN: ['待答复', 'Open'],
  ACCEPTED: ['同意申请', 'Wants to apply'],
  DECLINED: ['不申请', 'Does not'],
  LATER: ['以后再说', 'Later'],
} as const
export const OfferAnswer = codesOf(offerAnswers)
export const offeredProgrammes = {
  P01: ['农村奖励扶助', 'Rural reward assistance'],
  P02: ['特别扶助', 'Special assistance'],
  P07: ['一次性抚慰金', 'One-off consolation'],
  P08: ['再生育补贴', 'Re-birth subsidy'],
} as const
export const OfferedProgramme = codesOf(offeredProgrammes)

export const familyCloseReasons = {
  LAST_MEMBER_DIED: ['成员均已去世', 'The last member died'],
  OPTED_OUT: ['本人要求结束', 'They wished it to end'],
  MOVED_OUT: ['迁出本县', 'Moved out of the county'],
  NO_LONGER_SPECIAL: ['不再符合', 'No longer a special family'],
  ERROR: ['录入有误', 'Entered by mistake'],
} as const
export const FamilyCloseReason = codesOf(familyCloseReasons)

export const consentEvidences = {
  SIGNED: ['书面签字', 'Signed'],
  SPOKEN: ['口头同意（两人见证）', 'Spoken before two witnesses'],
} as const
export const FamilyConsentEvidence = codesOf(consentEvidences)

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
