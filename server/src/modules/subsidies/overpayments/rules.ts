import type { OverpaymentState } from '@youyu/shared/subsidies/overpayments'
import {
  areWhole,
  splitShares,
  tiers,
  type FenByTier,
  type FundingShares,
} from '@youyu/shared/subsidies/shares'
import type { CivilDate, Fen } from '@youyu/shared/values'

type Step =
  | 'notify'
  | 'reply'
  | 'decide'
  | 'settle'
  | 'return'
  | 'write-off'
  | 'approve-in-office'
  | 'approve-in-finance'
  | 'report'

/** Domain §6.7: told in writing, time to answer, a written decision; only then may money come back. */
const at: Record<Step, readonly OverpaymentState[]> = {
  notify: ['IDENTIFIED'],
  reply: ['NOTIFIED'],
  decide: ['NOTIFIED'],
  settle: ['CONFIRMED'],
  return: ['CONFIRMED'],
  'write-off': ['CONFIRMED'],
  'approve-in-office': ['CONFIRMED'],
  'approve-in-finance': ['CONFIRMED'],
  report: ['NOTIFIED', 'CONFIRMED', 'CLOSED'],
}

export function mayTake(step: Step, state: OverpaymentState): boolean {
  return at[step].includes(state)
}

/** She has answered, or her time is over: the day after the last of it. */
export function mayDecide(
  { replyDueOn, repliedOn }: { replyDueOn: CivilDate | null; repliedOn: CivilDate | null },
  on: CivilDate,
): boolean {
  return repliedOn !== null || (replyDueOn !== null && on > replyDueOn)
}

/** Equal parts of the coming months that she agreed to leave, until nothing is open; never more than a month brings. */
export function offsetsOf(
  openFen: Fen,
  monthlyFen: Fen,
  months: readonly { month: CivilDate; amountFen: Fen }[],
): { month: CivilDate; amountFen: Fen }[] {
  let left = openFen
  return months.flatMap(({ month, amountFen }) => {
    const part = Math.min(left, monthlyFen, amountFen)
    left -= part
    return part > 0 ? [{ month, amountFen: part }] : []
  })
}

/** Whose money it was: the tiers as they bear the programme; the county's where nobody said. */
export function borneBy(amountFen: Fen, shares: FundingShares): FenByTier {
  return splitShares(amountFen, areWhole(shares) ? shares : { COUNTY: 100 })
}

/** A part of what is open between the tiers that bear it, by largest remainder; never more of a tier than it has open. */
export function partOf(amountFen: Fen, open: FenByTier): FenByTier {
  const whole = BigInt(tiers.reduce((sum, tier) => sum + open[tier], 0))
  const parts = tiers.map((tier) => {
    const product = BigInt(amountFen) * BigInt(open[tier])
    return { tier, fen: Number(product / whole), rest: product % whole }
  })
  let left = amountFen - parts.reduce((sum, { fen }) => sum + fen, 0)
  for (const part of [...parts].sort((a, b) => (a.rest < b.rest ? 1 : a.rest > b.rest ? -1 : 0))) {
    if (left === 0) break
    part.fen += 1
    left -= 1
  }
  return Object.fromEntries(parts.map(({ tier, fen }) => [tier, fen])) as FenByTier
}

/** What is still open of each tier after these amounts came back, in their order. */
export function openAfter(borne: FenByTier, amounts: readonly Fen[]): FenByTier {
  return amounts.reduce((open, amount) => {
    const part = partOf(amount, open)
    return Object.fromEntries(tiers.map((tier) => [tier, open[tier] - part[tier]])) as FenByTier
  }, borne)
}
