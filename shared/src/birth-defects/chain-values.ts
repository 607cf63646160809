import type { z } from 'zod'
import { codesOf } from '../code-tables.ts'

/** The items of the chain in the order of its links (domain §3.4): code → [Chinese, English]. */
export const chainItemNames = {
  EDUCATION: ['优生科普', 'Health education'],
  PREMARITAL: ['婚前医学检查', 'Premarital check'],
  PRECONCEPTION: ['孕前优生健康检查', 'Preconception check'],
  TORCH: ['病毒监测', 'Virus monitoring (TORCH)'],
  FOLIC_ACID: ['叶酸补服', 'Folic acid'],
  ANC_FIRST: ['早孕建册', 'First antenatal visit'],
  ANC_16: ['孕16—20周产检', 'Antenatal visit, weeks 16–20'],
  ANC_21: ['孕21—24周产检', 'Antenatal visit, weeks 21–24'],
  ANC_28: ['孕28—36周产检', 'Antenatal visit, weeks 28–36'],
  ANC_37: ['孕37—40周产检', 'Antenatal visit, weeks 37–40'],
  HIGH_RISK_PLAN: ['高危妊娠专案', 'High-risk management plan'],
  NT: ['NT 超声', 'Nuchal translucency scan'],
  SERUM: ['血清学筛查', 'Serum screening'],
  NIPT: ['无创产前检测', 'NIPT'],
  ANOMALY_SCAN: ['系统超声筛查', 'Anomaly scan'],
  OGTT: ['糖耐量试验', 'Glucose tolerance test'],
  DIAGNOSIS: ['产前诊断', 'Prenatal diagnosis'],
  MEDICAL_TERMINATION: ['医学指征引产', 'Medically indicated termination'],
  DELIVERY: ['住院分娩', 'Hospital delivery'],
  POSTNATAL_VISIT: ['产后访视', 'Postnatal visit'],
  BLOOD_SPOT: ['新生儿足跟血筛查', 'Newborn blood spot'],
  HEARING: ['新生儿听力筛查', 'Newborn hearing screening'],
  CCHD: ['先天性心脏病筛查', 'Critical heart defect screening'],
  DEFECT_CARD: ['出生缺陷登记', 'Defect card'],
  CHILD_42D: ['42天随访', 'Follow-up at 42 days'],
  CHILD_3M: ['3月龄随访', 'Follow-up at 3 months'],
  CHILD_6M: ['6月龄随访', 'Follow-up at 6 months'],
  CHILD_12M: ['12月龄随访', 'Follow-up at 12 months'],
  CHILD_2Y: ['2岁随访', 'Follow-up at 2 years'],
  CHILD_3Y: ['3岁随访', 'Follow-up at 3 years'],
  CHILD_4Y: ['4岁随访', 'Follow-up at 4 years'],
  CHILD_5Y: ['5岁随访', 'Follow-up at 5 years'],
  CHILD_6Y: ['6岁随访', 'Follow-up at 6 years'],
  CHILD_7Y: ['7岁随访', 'Follow-up at 7 years'],
} as const satisfies Record<string, readonly [string, string]>
export const ChainItem = codesOf(chainItemNames)
export type ChainItem = z.infer<typeof ChainItem>

/** The thirteen links (环节): number → [Chinese, English]. */
export const chainLinkNames = {
  1: ['优生科普', 'Health education'],
  2: ['婚前保健', 'Premarital care'],
  3: ['孕前优生健康检查', 'Preconception check'],
  4: ['病毒监测', 'Virus monitoring'],
  5: ['叶酸', 'Folic acid'],
  6: ['孕情保健', 'Pregnancy care'],
  7: ['产前筛查', 'Prenatal screening'],
  8: ['产前诊断', 'Prenatal diagnosis'],
  9: ['医学指征引产', 'Medically indicated termination'],
  10: ['住院分娩', 'Hospital delivery'],
  11: ['新生儿筛查', 'Newborn screening'],
  12: ['缺陷监测', 'Defect surveillance'],
  13: ['救治随访', 'Treatment and follow-up'],
} as const satisfies Record<number, readonly [string, string]>

export const linkOfItem: Record<ChainItem, keyof typeof chainLinkNames> = {
  EDUCATION: 1,
  PREMARITAL: 2,
  PRECONCEPTION: 3,
  TORCH: 4,
  FOLIC_ACID: 5,
  ANC_FIRST: 6,
  ANC_16: 6,
  ANC_21: 6,
  ANC_28: 6,
  ANC_37: 6,
  HIGH_RISK_PLAN: 6,
  NT: 7,
  SERUM: 7,
  NIPT: 7,
  ANOMALY_SCAN: 7,
  OGTT: 7,
  DIAGNOSIS: 8,
  MEDICAL_TERMINATION: 9,
  DELIVERY: 10,
  POSTNATAL_VISIT: 10,
  BLOOD_SPOT: 11,
  HEARING: 11,
  CCHD: 11,
  DEFECT_CARD: 12,
  CHILD_42D: 13,
  CHILD_3M: 13,
  CHILD_6M: 13,
  CHILD_12M: 13,
  CHILD_2Y: 13,
  CHILD_3Y: 13,
  CHILD_4Y: 13,
  CHILD_5Y: 13,
  CHILD_6Y: 13,
  CHILD_7Y: 13,
}

/** Domain §6.4. */
export const chainStateNames = {
  NOT_DUE: ['未到期', 'Not due'],
  DUE: ['应提供', 'Due'],
  OFFERED: ['已告知', 'Offered'],
  DONE: ['已完成', 'Done'],
  DECLINED: ['本人谢绝', 'Declined'],
  NOT_APPLICABLE: ['不适用', 'Not applicable'],
  OVERDUE: ['已过期', 'Overdue'],
} as const satisfies Record<string, readonly [string, string]>
export const ChainState = codesOf(chainStateNames)
export type ChainState = z.infer<typeof ChainState>

/**
 * What is appended to a chain. ACCEPTED, POSITIVE, FOLLOWED and MISSED do not settle a link: she said yes; what was done
 * found something; that was followed to its end; its window went by, and this is why. INDICATED makes an item due.
 */
export const chainEventNames = {
  INDICATED: ['列为应提供', 'Indicated'],
  OFFERED: ['已告知', 'Offered'],
  ACCEPTED: ['已接受', 'Accepted'],
  DONE: ['已完成', 'Done'],
  POSITIVE: ['结果阳性', 'Positive'],
  FOLLOWED: ['阳性已随访', 'Followed up'],
  DECLINED: ['本人谢绝', 'Declined'],
  NOT_APPLICABLE: ['不适用', 'Not applicable'],
  MISSED: ['未做（已记原因）', 'Missed, reason known'],
} as const satisfies Record<string, readonly [string, string]>
export const ChainEvent = codesOf(chainEventNames)
export type ChainEvent = z.infer<typeof ChainEvent>

/** Why she dropped out of an item: asked, never demanded (NOT_SAID). */
export const dropReasonNames = {
  TOO_LATE: ['来得太晚', 'Came too late'],
  NOT_REACHED: ['联系不上', 'Not reached'],
  MOVED: ['外出或迁出', 'Away or moved'],
  TRANSPORT: ['交通不便', 'Transport'],
  COST: ['费用', 'Cost'],
  WORK: ['没有时间', 'Work'],
  FEAR: ['担心或害怕', 'Fear'],
  ELSEWHERE: ['在别处做', 'Elsewhere'],
  NOT_INTERESTED: ['不需要', 'Not interested'],
  MEDICAL: ['医学原因', 'Medical reasons'],
  OTHER: ['其他', 'Other'],
  NOT_SAID: ['未说明', 'Not said'],
} as const satisfies Record<string, readonly [string, string]>
export const DropReason = codesOf(dropReasonNames)
export type DropReason = z.infer<typeof DropReason>

/** Why a link came to nothing without anybody's word: the planner's own reasons. */
export const planReasonNames = {
  ENDED: ['妊娠已结束', 'The pregnancy ended'],
  DIED: ['已故', 'Died'],
  LEFT: ['本人退出', 'She left the chain'],
  LOST: ['失访', 'Lost to follow-up'],
  ALTERNATIVE: ['已由其他项目替代', 'Another item served'],
  NOT_MARRIED: ['无婚姻登记', 'No marriage registered'],
} as const satisfies Record<string, readonly [string, string]>
export const LinkReason = codesOf({ ...dropReasonNames, ...planReasonNames })
export type LinkReason = z.infer<typeof LinkReason>

export const chainGroundNames = {
  PREMARITAL: ['婚前', 'Before marriage'],
  PRECONCEPTION: ['孕前', 'Before pregnancy'],
  PREGNANCY: ['孕期', 'Pregnancy'],
  BIRTH: ['出生', 'Birth'],
} as const satisfies Record<string, readonly [string, string]>
export const ChainGround = codesOf(chainGroundNames)
export type ChainGround = z.infer<typeof ChainGround>

export const joinGroundNames = {
  OWNER: ['主管机构', 'Case manager'],
  REFERRAL: ['转诊接收', 'Referral'],
  LAB: ['检验', 'Laboratory'],
  CONSENT: ['本人同意共享', 'Her consent'],
} as const satisfies Record<string, readonly [string, string]>
export const JoinGround = codesOf(joinGroundNames)
export type JoinGround = z.infer<typeof JoinGround>

export const chainCloseNames = {
  DIED: ['已故', 'Died'],
  MOVED: ['迁出本县', 'Moved out of the county'],
  ENDED: ['妊娠已结束', 'The pregnancy ended'],
  COMPLETED: ['各环节已完结', 'Completed'],
  LEFT: ['本人退出', 'She left'],
  LOST: ['失访', 'Lost to follow-up'],
  MERGED: ['并入另一档案', 'Went into another chain'],
} as const satisfies Record<string, readonly [string, string]>
export const ChainClose = codesOf(chainCloseNames)
export type ChainClose = z.infer<typeof ChainClose>

/** From what a window is counted. LMP: 280 days before the expected day; CASE: the day on which it was indicated. */
export const chainAnchorNames = {
  MARRIAGE: ['婚姻登记', 'Marriage registration'],
  OPENING: ['建档', 'Opening of the chain'],
  LMP: ['末次月经', 'Last menstruation'],
  BIRTH: ['出生', 'Birth'],
  CASE: ['列为应提供之日', 'The day it was indicated'],
} as const satisfies Record<string, readonly [string, string]>
export const ChainAnchor = codesOf(chainAnchorNames)
export type ChainAnchor = z.infer<typeof ChainAnchor>
