import { z } from 'zod'
import { RiskColour } from '../population/value-sets.ts'
import { CivilDate, Id, Instant } from '../values.ts'
import { contactCorrection, contactReading, contactRecording, contactVoiding } from './contact-endpoints.ts'
import {
  contactFields,
  ContactPlace,
  ContactValues,
  CounsellingTopic,
  KnownValue,
  newContactFields,
  WomanOfContact,
} from './contact-values.ts'
import { Sign } from './decision-facts.ts'
import { Finding, RowCode, TableCode, Urgency } from './decision-support.ts'
import { NewReferralPart } from './referrals.ts'

/** The antenatal visits among the items of the chain. */
export const AntenatalStep = z.enum(['ANC_FIRST', 'ANC_16', 'ANC_21', 'ANC_28', 'ANC_37'])
export type AntenatalStep = z.infer<typeof AntenatalStep>

/** Days' supply handed out. */
const ironDays = z.int().min(0).max(200).nullable()
/** All risk items that hold now; left out, those of the last contact still do. */
const items = z.array(RowCode).max(120)

export const NewAntenatalContact = z.strictObject({
  pregnancyId: Id,
  ...newContactFields,
  ironDays: ironDays.default(null),
  items: items.optional(),
  /** Left out, the schedule says when. */
  nextOn: CivilDate.nullable().optional(),
  referral: NewReferralPart.optional(),
})
export type NewAntenatalContact = z.output<typeof NewAntenatalContact>

/** What the rules make of a contact. */
export const ContactAssessment = z.object({
  gestationDays: z.int(),
  /** The item of the schedule that it settles; null between two of them. */
  step: AntenatalStep.nullable(),
  colour: RiskColour,
  isPurple: z.boolean(),
  reasons: z.array(Finding),
  advice: z.array(Finding),
  urgency: Urgency.nullable(),
  /** Orange, red, purple: a plan of her own is due. */
  needsPlan: z.boolean(),
  /** From yellow on: a hospital of the second level or above is advised. */
  needsHospital: z.boolean(),
  nextOn: CivilDate.nullable(),
})
export type ContactAssessment = z.infer<typeof ContactAssessment>

export const ContactPreview = ContactAssessment.extend({
  before: z.object({ colour: RiskColour, isPurple: z.boolean() }).nullable(),
  /** V4 gestation outside 4–44 weeks. */
  findings: z.array(z.string()),
})
export type ContactPreview = z.infer<typeof ContactPreview>

export const AntenatalContactRow = z.object({
  id: Id,
  pregnancyId: Id,
  woman: WomanOfContact,
  occurredOn: CivilDate,
  place: ContactPlace,
  gestationDays: z.int(),
  step: AntenatalStep.nullable(),
  colour: RiskColour,
  isPurple: z.boolean(),
  urgency: Urgency.nullable(),
  nextOn: CivilDate.nullable(),
  isMine: z.boolean(),
  voidedAt: Instant.nullable(),
})
export type AntenatalContactRow = z.infer<typeof AntenatalContactRow>

export const AntenatalContact = AntenatalContactRow.extend({
  visitId: Id,
  reasons: z.array(Finding),
  advice: z.array(Finding),
  needsPlan: z.boolean(),
  needsHospital: z.boolean(),
  values: ContactValues,
  /** From earlier contacts, still holding on the day. */
  known: z.array(KnownValue),
  signs: z.array(Sign),
  items: z.array(RowCode),
  counselling: z.array(CounsellingTopic),
  ironDays: z.int().nullable(),
  medications: z.string().nullable(),
  note: z.string().nullable(),
  riskTable: TableCode,
  adviceTable: TableCode,
  /** The stored versions, asked again, answer what was told on the day. */
  isReproduced: z.boolean(),
  recordedAt: Instant,
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
})
export type AntenatalContact = z.infer<typeof AntenatalContact>

const contact = {
  url: '/api/v1/antenatal-contacts',
  shown: AntenatalContact,
  preview: ContactPreview,
} as const

export const getAntenatalContact = contactReading(
  contact,
  'One antenatal contact, with what the rules made of it then and make of it now',
)

export const recordAntenatalContact = contactRecording(
  contact,
  'An antenatal contact as a whole: visit, assessment, advice, referral; a dry run shows colour and advice',
  NewAntenatalContact,
)

export const correctAntenatalContact = contactCorrection(
  contact,
  'Correct a contact: the wrong one is voided, the right one appended and judged anew',
  z.strictObject({ ...contactFields, ironDays, items, nextOn: CivilDate.nullable() }).partial(),
)

export const voidAntenatalContact = contactVoiding(contact, 'Void a contact that did not take place')
