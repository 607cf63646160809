import type { FenByTier, FundingShares, Tier } from '@youyu/shared/subsidies/shares'
import { areWhole, splitShares } from '@youyu/shared/subsidies/shares'
import type { CivilDate } from '@youyu/shared/values'

export type Line = {
  item: string
  unitFen: number | null
  claimed: number
  accepted: number
  claimedFen: number
  amountFen: number
  isCovered: boolean
}

/** A claim at its price: what the facility's records do not bear out is not paid. */
export function pricedLine(item: string, unitFen: number, claimed: number, accepted: number): Line {
  return {
    ...{ item, unitFen, claimed, accepted, isCovered: accepted === claimed },
    ...{ claimedFen: unitFen * claimed, amountFen: unitFen * accepted },
  }
}

export function sumOf(lines: readonly Line[]): { claimedFen: number; amountFen: number } {
  return {
    claimedFen: lines.reduce((sum, line) => sum + line.claimedFen, 0),
    amountFen: lines.reduce((sum, line) => sum + line.amountFen, 0),
  }
}

/** Who bears an amount; the county alone, where nobody said otherwise. */
export function borneBy(amountFen: number, shares: FundingShares): FenByTier {
  return splitShares(amountFen, areWhole(shares) ? shares : { COUNTY: 100 })
}

export function isMonthOver(month: CivilDate, today: CivilDate): boolean {
  return month.slice(0, 7) < today.slice(0, 7)
}

export const isFirstOfMonth = (day: CivilDate): boolean => day.endsWith('-01')

export type Shares = Partial<Record<Tier, number>>
