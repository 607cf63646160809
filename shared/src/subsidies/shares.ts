import { z } from 'zod'

/** Who pays a part of a benefit, from the centre down; the order of the six share columns everywhere. */
export const Tier = z.enum(['CENTRAL', 'PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'OTHER'])
export type Tier = z.infer<typeof Tier>
export const tiers: readonly Tier[] = Tier.options

export const tierNames: Record<Tier, readonly [string, string]> = {
  CENTRAL: ['中央', 'Central'],
  PROVINCE: ['省级', 'Province'],
  CITY: ['市级', 'City'],
  COUNTY: ['县级', 'County'],
  TOWNSHIP: ['乡镇', 'Township'],
  OTHER: ['其他', 'Other'],
}

/** Per cent by tier, up to three decimals; what is left out is nothing. They sum to 100. */
export type FundingShares = Readonly<Partial<Record<Tier, number>>>
export type FenByTier = Record<Tier, number>

const WHOLE = 100_000n

/** In thousandths of a per cent, which are integers. */
function thousandths(shares: FundingShares): bigint[] {
  return tiers.map((tier) => BigInt(Math.round((shares[tier] ?? 0) * 1000)))
}

export function areWhole(shares: FundingShares): boolean {
  const parts = thousandths(shares)
  return parts.every((part) => part >= 0n) && parts.reduce((sum, part) => sum + part, 0n) === WHOLE
}

/**
 * An amount between the tiers by largest remainder: the parts sum to it exactly. Of equal remainders the county's comes
 * first, so that the last fen is the county's. `app.split_shares` in the database says the same.
 */
export function splitShares(amountFen: number, shares: FundingShares): FenByTier {
  if (!areWhole(shares)) throw new RangeError('Funding shares sum to 100 per cent')
  if (!Number.isSafeInteger(amountFen) || amountFen < 0) throw new RangeError('An amount is whole fen')
  const parts = thousandths(shares).map((part, place) => {
    const product = BigInt(amountFen) * part
    return { tier: tiers[place]!, place, base: product / WHOLE, remainder: product % WHOLE }
  })
  let left = BigInt(amountFen) - parts.reduce((sum, { base }) => sum + base, 0n)
  const inTurn = [...parts].sort(
    (a, b) =>
      Number(b.remainder - a.remainder) ||
      Number(b.tier === 'COUNTY') - Number(a.tier === 'COUNTY') ||
      a.place - b.place,
  )
  for (const part of inTurn) {
    if (left === 0n) break
    part.base += 1n
    left -= 1n
  }
  return Object.fromEntries(parts.map(({ tier, base }) => [tier, Number(base)])) as FenByTier
}

export function sumOfTiers(byTier: Partial<FenByTier>): number {
  return tiers.reduce((sum, tier) => sum + (byTier[tier] ?? 0), 0)
}
