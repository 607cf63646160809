import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Id, Instant, Text } from '../values.ts'
import { CountyQuery } from './applications.ts'
import type { EvidenceType } from './programmes.ts'

const tags = ['attachments'] as [string]

/** What a file belongs to. */
export const AttachmentSubject = z.enum([
  'APPLICATION',
  'CIRCUMSTANCE',
  'NOTICE',
  'OBJECTION',
  'VERIFICATION',
  'CLAIM_MATCH',
  'OVERPAYMENT',
  'BENEFICIARY',
])
export type AttachmentSubject = z.infer<typeof AttachmentSubject>

/** 材料种类: the evidence of programmes, and what the office adds to a case itself. */
export const attachmentKinds = {
  ID_CARD: ['身份证件', 'Identity document'],
  HUKOU_BOOK: ['户口簿', 'Household register'],
  MARRIAGE_CERTIFICATE: ['婚姻证明', 'Marriage certificate'],
  BIRTH_CERTIFICATE: ['出生医学证明', 'Birth certificate'],
  CHILDREN_STATEMENT: ['子女情况证明', 'Statement on the children'],
  ONLY_CHILD_CERTIFICATE: ['独生子女父母光荣证', 'Only-child certificate'],
  DEATH_CERTIFICATE: ['死亡证明', 'Death certificate'],
  DISABILITY_CARD: ['残疾人证', 'Disability card'],
  COMPLICATION_CERTIFICATE: ['并发症鉴定结论', 'Certificate of a complication'],
  GUARDIANSHIP_PROOF: ['监护证明', 'Proof of guardianship'],
  DIVORCE_AGREEMENT: ['离婚协议或判决', 'Divorce agreement'],
  ADOPTION_CERTIFICATE: ['收养登记证', 'Adoption certificate'],
  LOW_INCOME_CERTIFICATE: ['低保证明', 'Proof of minimum living allowance'],
  PENSION_PROOF: ['养老保险证明', 'Proof of the pension scheme'],
  HISTORIC_RECORD: ['历史档案', 'Historic record'],
  SETTLEMENT_LIST: ['出院结算单', 'Discharge settlement'],
  INSURANCE_POLICY: ['保险单', 'Insurance policy'],
  ACCOUNT_PROOF: ['银行账户证明', 'Proof of the bank account'],
  PHOTO: ['照片', 'Photograph'],
  AUTHORISATION: ['授权委托书', 'Authorisation of the agent'],
  NOTICE_PHOTO: ['公示张贴照片', 'Photograph of the posted list'],
  VISIT_RECORD: ['入户核查记录', 'Record of a visit'],
  DECLARATION: ['本人声明', 'Own declaration'],
  LETTER: ['函件', 'Letter'],
  OTHER: ['其他材料', 'Other'],
} as const satisfies Record<EvidenceType, readonly [string, string]> &
  Record<string, readonly [string, string]>
export const AttachmentKind = z.enum(
  Object.keys(attachmentKinds) as [keyof typeof attachmentKinds, ...(keyof typeof attachmentKinds)[]],
)
export type AttachmentKind = z.infer<typeof AttachmentKind>

export const MAX_ATTACHMENT_BYTES = 5 * 1024 * 1024
export const attachmentTypes = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const

export const Attachment = z.object({
  id: Id,
  subjectType: AttachmentSubject,
  subjectId: Id,
  kind: AttachmentKind,
  fileName: z.string(),
  mediaType: z.enum(attachmentTypes),
  size: z.int(),
  sha256: z.string(),
  recordedAt: Instant,
  recordedBy: Id,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
})
export type Attachment = z.infer<typeof Attachment>

/** multipart: `subjectType`, `subjectId`, `kind`, `file` (JPEG, PNG, WebP or PDF, at most 5 MiB). */
export const addAttachment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/attachments',
  schema: {
    summary: 'Attach a file to a case',
    tags,
    consumes: ['multipart/form-data'],
    response: { 201: Attachment },
  },
  config: { permission: 'application.file', dataClass: 'L3', multipart: true, idempotent: true },
})

export const listAttachments = defineEndpoint({
  method: 'GET',
  url: '/api/v1/attachments',
  schema: {
    summary: 'The files of a case, voided ones too',
    tags,
    querystring: z.strictObject({ subjectType: AttachmentSubject, subjectId: Id, ...CountyQuery }),
    response: { 200: z.object({ items: z.array(Attachment) }) },
  },
  config: { permission: 'application.read', dataClass: 'L2' },
})

export const readAttachment = defineEndpoint({
  method: 'GET',
  url: '/api/v1/attachments/:id/content',
  schema: {
    summary: 'A file itself; every read is recorded',
    tags,
    params: z.strictObject({ id: Id }),
    querystring: z.strictObject({ ...CountyQuery }),
    response: { 200: z.string() },
  },
  config: { permission: 'application.read', dataClass: 'L3', raw: true },
})

export const voidAttachment = defineEndpoint({
  method: 'POST',
  url: '/api/v1/attachments/:id/void',
  schema: {
    summary: 'Take a file back, with a reason; it stays readable',
    tags,
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: Attachment },
  },
  config: { permission: 'application.file', dataClass: 'L2', idempotent: true },
})
