import { tiers, type FenByTier } from '@youyu/shared/subsidies/shares'
import type { Officer } from './office.ts'
import { bodyOf } from './register.ts'

/** Budgets and funds of a programme's year, entered by the finance office. */
export async function fundProgramme(
  finance: Officer,
  programme: string,
  year: number,
  byTier: Partial<FenByTier>,
): Promise<void> {
  for (const tier of tiers) {
    const amountFen = byTier[tier] ?? 0
    if (amountFen === 0) continue
    const day = `${year}-01-01`
    const line = { programme, year, tier, amountFen }
    bodyOf(
      await finance.post('/api/v1/budget-changes', { ...line, decidedOn: day, document: '预算批复' }),
      201,
    )
    bodyOf(
      await finance.post('/api/v1/fund-arrivals', { ...line, arrivedOn: day, voucher: `拨款 ${year}-1` }),
      201,
    )
  }
}
