import type { z } from 'zod'
import { codesOf } from '../code-tables.ts'

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
