import { z } from 'zod'
import { codesOf } from '../code-tables.ts'

/** Coded answers of laboratories; which of them an analyte may have is data. */
export const labFlags = {
  NEG: ['阴性', 'Negative'],
  POS: ['阳性', 'Positive'],
  GREY: ['灰区', 'Equivocal'],
  SUSPECT: ['可疑', 'Suspect'],
  UNSAT_SAMPLE: ['标本不合格', 'Unsatisfactory sample'],
  LOW: ['低', 'Low'],
  CRITICAL: ['临界', 'Borderline'],
  HIGH: ['高', 'High'],
  NO_CALL: ['检测失败', 'No call'],
  NORMAL: ['正常', 'Normal'],
  ABNORMAL: ['异常', 'Abnormal'],
  A_POS: ['A型 Rh+', 'A Rh+'],
  A_NEG: ['A型 Rh−', 'A Rh−'],
  B_POS: ['B型 Rh+', 'B Rh+'],
  B_NEG: ['B型 Rh−', 'B Rh−'],
  O_POS: ['O型 Rh+', 'O Rh+'],
  O_NEG: ['O型 Rh−', 'O Rh−'],
  AB_POS: ['AB型 Rh+', 'AB Rh+'],
  AB_NEG: ['AB型 Rh−', 'AB Rh−'],
} as const
export const LabFlag = codesOf(labFlags)
export type LabFlag = z.infer<typeof LabFlag>

export const LabPanelCode = z.enum([
  'TORCH',
  'BLOOD_SPOT',
  'SERUM',
  'NIPT',
  'OGTT',
  'PREMARITAL',
  'PRECONCEPTION',
])
export type LabPanelCode = z.infer<typeof LabPanelCode>

export const labOrderStates = {
  ORDERED: ['已申请', 'Ordered'],
  RECEIVED: ['已接收', 'Received'],
  REJECTED: ['已拒收', 'Rejected'],
  RESULTED: ['已出结果', 'Resulted'],
  CANCELLED: ['已取消', 'Cancelled'],
} as const
export const LabOrderState = z.enum(['ORDERED', 'RECEIVED', 'REJECTED', 'RESULTED', 'CANCELLED'])
export type LabOrderState = z.infer<typeof LabOrderState>

export const labRejectReasons = {
  INSUFFICIENT: ['标本量不足', 'Not enough sample'],
  HAEMOLYSED: ['溶血', 'Haemolysed'],
  CLOTTED: ['凝血', 'Clotted'],
  CONTAMINATED: ['污染', 'Contaminated'],
  UNLABELLED: ['标识不清', 'Label missing or unreadable'],
  TOO_EARLY: ['采集过早', 'Collected too early'],
  TOO_OLD: ['超过保存时限', 'Too old'],
  NOT_RECEIVED: ['标本未送达', 'Sample did not arrive'],
  OTHER: ['其他', 'Other'],
} as const
export const LabRejectReason = z.enum(
  Object.keys(labRejectReasons) as [keyof typeof labRejectReasons, ...(keyof typeof labRejectReasons)[]],
)

/** As printed on the sample: a scanner types it. */
export const Barcode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-Z-]{4,30}$/)

/** `(120,)` more than 120, `[0,270]` up to and with 270. */
export const NumberRange = z
  .string()
  .regex(/^[[(](?:-?\d{1,9}(?:\.\d{1,6})?)?,(?:-?\d{1,9}(?:\.\d{1,6})?)?[\])]$/)

/** What a sequencing laboratory may send of sex chromosomes; such answers are dropped at the door (E7). */
export function tellsOfSexChromosomes(analyte: string): boolean {
  return /^(?:SEX|GENDER|SCA|SRY|CHR_?[XY]|[XY](?:_|$)|X{1,3}Y{0,2}$|4[5-9],?X)/i.test(analyte.trim())
}
