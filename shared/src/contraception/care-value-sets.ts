import type { z } from 'zod'
import { codesOf } from '../code-tables.ts'

/** Domain §9.3. */
export const consentKinds = {
  PROCEDURE: ['手术（操作）知情同意', 'Procedure'],
  FOLLOW_UP: ['随访联系', 'Follow-up contact'],
  REMINDERS: ['服务提醒', 'Reminders'],
  SHARING: ['机构间共享记录', 'My facility may read what other facilities recorded'],
  RECORDING: ['咨询录音录像', 'Sound or video recording'],
} as const
export const ConsentKind = codesOf(consentKinds)
export type ConsentKind = z.infer<typeof ConsentKind>

export const consentGivers = {
  SELF: ['本人', 'The client'],
  GUARDIAN: ['监护人', 'A guardian'],
} as const
export const ConsentGiver = codesOf(consentGivers)
export type ConsentGiver = z.infer<typeof ConsentGiver>

export const consentEvidences = {
  SIGNED: ['书面签字', 'Signed on paper'],
  ELECTRONIC: ['电子签名', 'Signed electronically'],
  RECORDED: ['录音录像', 'Recorded'],
  VERBAL: ['口头并有见证', 'Spoken, with a witness'],
} as const
export const ConsentEvidence = codesOf(consentEvidences)
export type ConsentEvidence = z.infer<typeof ConsentEvidence>

export const startContexts = {
  INTERVAL: ['月经间期', 'Interval'],
  POSTPARTUM: ['产后', 'Postpartum'],
  POSTABORTION: ['流产后', 'Post-abortion'],
  SWITCH: ['更换方法', 'Switched from another method'],
  EC: ['紧急避孕后', 'After emergency contraception'],
} as const
export const StartContext = codesOf(startContexts)
export type StartContext = z.infer<typeof StartContext>

export const ownSources = {
  FREE: ['免费药具（项目）', 'Free programme'],
  PURCHASED: ['自购', 'Bought'],
  UNKNOWN: ['不详', 'Not known'],
} as const
export const OwnSource = codesOf(ownSources)
export type OwnSource = z.infer<typeof OwnSource>

export const endReasons = {
  PLANS_PREGNANCY: ['计划怀孕', 'Plans a pregnancy'],
  EXPIRED: ['到期', 'Expired'],
  SWITCHED: ['更换方法', 'Switched'],
  SIDE_EFFECT: ['副作用', 'Side effect'],
  METHOD_FAILURE: ['避孕失败', 'Method failure'],
  EXPULSION: ['脱落', 'Expulsion'],
  MEDICAL: ['医学原因', 'Medical reason'],
  MENOPAUSE: ['绝经', 'Menopause'],
  NO_NEED: ['不再需要', 'No longer needed'],
  PREFERENCE: ['个人意愿', 'Her own wish'],
  DEATH: ['死亡', 'Death'],
  MOVED: ['迁出', 'Moved away'],
  UNKNOWN: ['不详', 'Not known'],
} as const
export const EndReason = codesOf(endReasons)
export type EndReason = z.infer<typeof EndReason>

export const procedureTypes = {
  P01: ['放置宫内节育器', 'IUD insertion'],
  P02: ['取出宫内节育器', 'IUD removal'],
  P03: ['更换宫内节育器', 'IUD exchange'],
  P04: ['放置皮下埋植剂', 'Implant insertion'],
  P05: ['取出皮下埋植剂', 'Implant removal'],
  P06: ['输卵管绝育术', 'Tubal occlusion'],
  P07: ['输精管绝育术', 'Vasectomy'],
  P08: ['输卵管复通术', 'Tubal reversal'],
  P09: ['输精管复通术', 'Vas reversal'],
  P10: ['负压吸宫术', 'Aspiration abortion'],
  P11: ['钳刮术', 'Dilatation and curettage'],
  P12: ['药物流产', 'Medical abortion'],
  P13: ['中期引产', 'Late induction'],
} as const
export const ProcedureType = codesOf(procedureTypes)
export type ProcedureType = z.infer<typeof ProcedureType>

/** What puts a method into use; needs informed choice and consent before (E12). */
export const providing = ['P01', 'P03', 'P04', 'P06', 'P07'] as const satisfies readonly ProcedureType[]
/** Done at her request alone; no category and no rule blocks it. */
export const removals = ['P02', 'P05'] as const satisfies readonly ProcedureType[]
/** Readable at the facility alone (E8). */
export const abortions = ['P10', 'P11', 'P12', 'P13'] as const satisfies readonly ProcedureType[]

export function isOneOf<const Code extends string>(set: readonly Code[], code: string): code is Code {
  return (set as readonly string[]).includes(code)
}

export const procedureStatuses = {
  REQUESTED: ['已申请', 'Requested'],
  SCREENED: ['已筛查', 'Screened'],
  CONSENTED: ['已同意', 'Consented'],
  PERFORMED: ['已施行', 'Performed'],
  CANCELLED: ['已取消（本人）', 'Cancelled by the client'],
  DEFERRED: ['暂缓（医学原因）', 'Deferred for a medical reason'],
} as const
export const ProcedureStatus = codesOf(procedureStatuses)
export type ProcedureStatus = z.infer<typeof ProcedureStatus>

export const indications = {
  REQUEST: ['本人要求', 'On request'],
  EXPIRED: ['到期', 'Expired'],
  SIDE_EFFECT: ['副作用', 'Side effect'],
  MENOPAUSE: ['绝经', 'Menopause'],
  PREGNANCY_DESIRED: ['计划怀孕', 'Wants a pregnancy'],
  FAILURE: ['避孕失败', 'Method failure'],
  MEDICAL: ['医学原因', 'Medical reason'],
} as const
export const Indication = codesOf(indications)
export type Indication = z.infer<typeof Indication>

export const payments = {
  FREE_PROGRAMME: ['免费项目', 'Free programme'],
  INSURANCE: ['医保', 'Insurance'],
  SELF: ['自费', 'Paid by herself'],
} as const
export const Payment = codesOf(payments)
export type Payment = z.infer<typeof Payment>

/** CV06.00.104 放置时期. */
export const iudTimings = {
  '01': ['月经后', 'After menses'],
  '02': ['哺乳期闭经', 'Lactational amenorrhoea'],
  '03': ['人工流产后', 'After aspiration abortion'],
  '04': ['药物流产后', 'After medical abortion'],
  '05': ['引产后', 'After induction'],
  '06': ['产后', 'Postpartum'],
  '07': ['剖宫产后', 'After caesarean'],
  '08': ['紧急避孕', 'Emergency contraception'],
  '09': ['更换', 'Exchange'],
  '99': ['其他', 'Other'],
} as const
export const IudTiming = codesOf(iudTimings)
export type IudTiming = z.infer<typeof IudTiming>

export const removalResults = {
  WHOLE: ['完整取出', 'Removed whole'],
  INCOMPLETE: ['取出不全', 'Removed in part'],
  NOT_REMOVED: ['未取出', 'Not removed'],
  NOT_FOUND: ['未见（疑脱落或异位）', 'Not found (expelled or displaced)'],
} as const
export const RemovalResult = codesOf(removalResults)
export type RemovalResult = z.infer<typeof RemovalResult>

export const complicationTypes = {
  BLEEDING: ['出血', 'Bleeding'],
  INFECTION: ['感染', 'Infection'],
  PERFORATION: ['穿孔', 'Perforation'],
  EXPULSION: ['脱落', 'Expulsion'],
  MIGRATION: ['异位、下移', 'Displacement'],
  FAILURE_PREGNANCY: ['带器（失败）妊娠', 'Pregnancy by failure'],
  PAIN: ['疼痛', 'Pain'],
  ANAESTHESIA: ['麻醉意外', 'Of anaesthesia'],
  HAEMATOMA: ['血肿', 'Haematoma'],
  OTHER: ['其他', 'Other'],
} as const
export const ComplicationType = codesOf(complicationTypes)
export type ComplicationType = z.infer<typeof ComplicationType>

export const severities = {
  MILD: ['轻', 'Mild'],
  MODERATE: ['中', 'Moderate'],
  SEVERE: ['重', 'Severe'],
} as const
export const Severity = codesOf(severities)
export type Severity = z.infer<typeof Severity>

export const encounterPlaces = {
  STATION: ['门诊', 'At the facility'],
  OUTREACH: ['下乡巡回', 'Outreach'],
  HOME: ['上门', 'At home'],
  PHONE: ['电话', 'By phone'],
  HOTLINE: ['热线', 'Hotline'],
  ONLINE: ['网络', 'Online'],
} as const
export const EncounterPlace = codesOf(encounterPlaces)
export type EncounterPlace = z.infer<typeof EncounterPlace>
