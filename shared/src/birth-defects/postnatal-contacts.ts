import { z } from 'zod'
import { codesOf } from '../code-tables.ts'
import { CivilDate, Id, Instant } from '../values.ts'
import { contactCorrection, contactReading, contactRecording, contactVoiding } from './contact-endpoints.ts'
import {
  contactFields,
  ContactPlace,
  ContactValues,
  CounsellingTopic,
  newContactFields,
  WomanOfContact,
} from './contact-values.ts'
import { Sign } from './decision-facts.ts'
import { Finding, TableCode, Urgency } from './decision-support.ts'

export const postnatalKinds = {
  VISIT: ['产后访视', 'Postnatal visit'],
  CHECK_42D: ['产后42天检查', 'Check at 42 days'],
} as const
export const PostnatalKind = z.enum(['VISIT', 'CHECK_42D'])
export type PostnatalKind = z.infer<typeof PostnatalKind>

export const breastfeedings = {
  EXCLUSIVE: ['纯母乳', 'Breast milk only'],
  MIXED: ['混合喂养', 'Mixed'],
  FORMULA: ['人工喂养', 'Formula'],
} as const

const breastfeeding = codesOf(breastfeedings).nullable()

export const NewPostnatalContact = z.strictObject({
  pregnancyId: Id,
  kind: PostnatalKind.default('VISIT'),
  ...newContactFields,
  /** Where the register does not know the birth yet. */
  bornOn: CivilDate.optional(),
  breastfeeding: breastfeeding.default(null),
})
export type NewPostnatalContact = z.output<typeof NewPostnatalContact>

export const PostnatalContact = z.object({
  id: Id,
  pregnancyId: Id,
  woman: WomanOfContact,
  kind: PostnatalKind,
  bornOn: CivilDate,
  occurredOn: CivilDate,
  daysAfterBirth: z.int(),
  place: ContactPlace,
  values: ContactValues,
  signs: z.array(Sign),
  breastfeeding,
  counselling: z.array(CounsellingTopic),
  advice: z.array(Finding),
  urgency: Urgency.nullable(),
  medications: z.string().nullable(),
  note: z.string().nullable(),
  adviceTable: TableCode,
  isMine: z.boolean(),
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
})
export type PostnatalContact = z.infer<typeof PostnatalContact>

export const PostnatalPreview = z.object({
  daysAfterBirth: z.int(),
  advice: z.array(Finding),
  urgency: Urgency.nullable(),
})
export type PostnatalPreview = z.infer<typeof PostnatalPreview>

const contact = {
  url: '/api/v1/postnatal-contacts',
  shown: PostnatalContact,
  preview: PostnatalPreview,
} as const

export const recordPostnatalContact = contactRecording(
  contact,
  'A postnatal visit of the mother, or her check at 42 days',
  NewPostnatalContact,
)

export const getPostnatalContact = contactReading(contact, 'One postnatal contact')

export const correctPostnatalContact = contactCorrection(
  contact,
  'Correct a postnatal contact: the wrong one is voided, the right one appended and judged anew',
  z.strictObject({ ...contactFields, kind: PostnatalKind, bornOn: CivilDate, breastfeeding }).partial(),
)

export const voidPostnatalContact = contactVoiding(
  contact,
  'Void a postnatal contact that did not take place',
)
