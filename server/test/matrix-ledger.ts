import type { Officer } from './office.ts'
import { bodyOf } from './register.ts'

export type LedgerRecords = { ledgerEntry: string; fundFinding: string }

export const ledgerNouns = { 'ledger-entries': 'ledgerEntry', 'fund-findings': 'fundFinding' } as const

const line = { programme: 'P17', year: 2026, tier: 'COUNTY', amountFen: 100 } as const
const finding = {
  ...{ year: 2026, kind: 'OTHER', amountFen: 100, foundOn: '2026-02-01' },
  ...{ document: '审计报告', narrative: '拨付不及时' },
}

/** Funds that arrived and something an audit found, entered by the finance office. */
export async function ledgerOf(finance: Officer): Promise<LedgerRecords> {
  const arrival = { ...line, arrivedOn: '2026-01-05', voucher: 'M-1' }
  const { entryId } = bodyOf<{ entryId: string }>(await finance.post('/api/v1/fund-arrivals', arrival), 201)
  const { id } = bodyOf<{ id: string }>(await finance.post('/api/v1/fund-findings', finding), 201)
  return { ledgerEntry: entryId, fundFinding: id }
}

export const ledgerBodies: Record<string, () => unknown> = {
  reverseLedgerEntry: () => ({ reason: '重复录入' }),
  changeBudget: () => ({ ...line, decidedOn: '2026-01-05', document: '预算批复' }),
  recordFundArrival: () => ({ ...line, arrivedOn: '2026-01-05', voucher: 'M-2' }),
  closeFundYear: () => ({
    ...{ programme: 'P17', year: 2025, manner: 'CARRY', occurredOn: '2026-01-05', document: '结转文件' },
  }),
  recordFundFinding: () => finding,
  putFindingRight: () => ({ putRightOn: '2026-02-02', how: '已归还' }),
  recordCountyRevenue: () => ({ year: 2025, revenueFen: 100, document: '决算' }),
}
