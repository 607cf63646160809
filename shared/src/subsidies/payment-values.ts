import { z } from 'zod'
import { Fen } from '../values.ts'

export const PayeeKind = z.enum(['PERSON', 'INSTITUTION'])
export type PayeeKind = z.infer<typeof PayeeKind>

/** Programmes P01 …, as the county keeps them. */
export const ProgrammeCode = z.string().regex(/^[A-Z][A-Z0-9_]{1,19}$/)

/** First day of a month. */
export const MonthStart = z.iso.date().regex(/-01$/)

export const BatchState = z.enum(['DRAFT', 'LOCKED', 'APPROVED', 'SENT', 'PARTIAL', 'CLOSED', 'VOID'])
export type BatchState = z.infer<typeof BatchState>
export const batchStates: Record<BatchState, readonly [string, string]> = {
  DRAFT: ['草稿', 'Draft'],
  LOCKED: ['名册已锁定', 'Roster locked'],
  APPROVED: ['已审批', 'Approved'],
  SENT: ['已送银行', 'With the bank'],
  PARTIAL: ['已回盘，未结清', 'Answered, not closed'],
  CLOSED: ['已结清', 'Closed'],
  VOID: ['已作废', 'Void'],
}

export const ItemState = z.enum([
  'PENDING',
  'SENT',
  'PAID',
  'FAILED',
  'RETURNED',
  'REISSUED',
  'STOPPED',
  'VOID',
])
export type ItemState = z.infer<typeof ItemState>
export const itemStates: Record<ItemState, readonly [string, string]> = {
  PENDING: ['待发放', 'Pending'],
  SENT: ['已送银行', 'With the bank'],
  PAID: ['已发放', 'Paid'],
  FAILED: ['发放失败', 'Failed'],
  RETURNED: ['退回', 'Returned after payment'],
  REISSUED: ['已重发', 'Issued again'],
  STOPPED: ['已停发', 'Stopped'],
  VOID: ['已作废', 'Void'],
}

/** Why somebody entitled is not in the roster. */
export const ExclusionReason = z.enum([
  'NO_ACCOUNT',
  'ACCOUNT_UNVERIFIED',
  'ACCOUNT_HELD',
  'ACCOUNT_SHARED',
  'PAYEE_UNKNOWN',
  'PAYEE_DIED',
  'BENEFICIARY_SUSPENDED',
  'NOTICE_OPEN',
  'CLAIMED_ELSEWHERE',
])
export type ExclusionReason = z.infer<typeof ExclusionReason>
export const exclusionReasons: Record<ExclusionReason, readonly [string, string]> = {
  NO_ACCOUNT: ['没有收款账户', 'No account'],
  ACCOUNT_UNVERIFIED: ['账户未核验', 'The account is not verified'],
  ACCOUNT_HELD: ['账户已冻结待查', 'The account is held'],
  ACCOUNT_SHARED: ['同一账号登记在多人名下', 'Several people have the same account number'],
  PAYEE_UNKNOWN: ['查无收款人', 'The payee is not in the register'],
  PAYEE_DIED: ['收款人已故（按遗属程序发放）', 'The payee has died; the estate is paid separately'],
  BENEFICIARY_SUSPENDED: ['资格暂停', 'The entitlement is suspended'],
  NOTICE_OPEN: ['公示未结束或异议未处理', 'A public notice or an objection is open'],
  CLAIMED_ELSEWHERE: ['疑似重复领取，待核实', 'Possibly claimed twice; to be resolved'],
}

/** What became of one instruction, in the house’s own codes (domain §6.8); layouts map a bank’s codes to these. */
export const ReturnCode = z.enum(['00', '01', '02', '03', '04', '05', '06', '99', 'RV'])
export type ReturnCode = z.infer<typeof ReturnCode>
export const returnCodes: Record<ReturnCode, readonly [string, string]> = {
  '00': ['已入账', 'Paid'],
  '01': ['账号不存在', 'Account not found'],
  '02': ['户名不符', 'Name differs'],
  '03': ['销户、冻结或睡眠户', 'Account closed, frozen or dormant'],
  '04': ['超限额', 'Over a limit'],
  '05': ['重复指令', 'Duplicate instruction'],
  '06': ['银行系统原因', 'The bank’s system'],
  '99': ['其他原因', 'Other'],
  RV: ['入账后退汇', 'Sent back after payment'],
}

export const Channel = z.enum(['FILE', 'FOLDER', 'HTTP', 'API'])
export type Channel = z.infer<typeof Channel>
export const channels: Record<Channel, readonly [string, string]> = {
  FILE: ['人工下载与上传', 'Carried by an officer'],
  FOLDER: ['交换目录', 'Exchange folder'],
  HTTP: ['推送银行接口', 'Sent to the bank’s service'],
  API: ['银行自取', 'Fetched by the bank'],
}

/** One amount over the tiers that bear it. */
export const TierAmounts = z.object({
  CENTRAL: Fen,
  PROVINCE: Fen,
  CITY: Fen,
  COUNTY: Fen,
  TOWNSHIP: Fen,
  OTHER: Fen,
})
export type TierAmounts = z.infer<typeof TierAmounts>

export const CountAndFen = z.object({ count: z.int(), fen: Fen })
