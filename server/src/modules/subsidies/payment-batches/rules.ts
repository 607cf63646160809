import type { Reconciliation } from '@youyu/shared/subsidies/payment-batches'
import type { BatchState } from '@youyu/shared/subsidies/payment-values'
import { tiers, type FenByTier } from '@youyu/shared/subsidies/shares'

/** Domain §6.8: which step leads from where. */
const steps = {
  lock: { from: ['DRAFT'], to: 'LOCKED' },
  approve: { from: ['LOCKED'], to: 'APPROVED' },
  refuse: { from: ['LOCKED'], to: 'VOID' },
  void: { from: ['DRAFT', 'LOCKED', 'APPROVED'], to: 'VOID' },
  send: { from: ['APPROVED'], to: 'SENT' },
  answer: { from: ['SENT', 'PARTIAL'], to: 'PARTIAL' },
  reverse: { from: ['SENT', 'PARTIAL', 'CLOSED'], to: null },
  close: { from: ['SENT', 'PARTIAL'], to: 'CLOSED' },
  reissue: { from: ['SENT', 'PARTIAL', 'CLOSED'], to: null },
} as const satisfies Record<string, { from: readonly BatchState[]; to: BatchState | null }>
export type Step = keyof typeof steps

export const mayTake = (step: Step, state: BatchState): boolean =>
  (steps[step].from as readonly BatchState[]).includes(state)

/** The six share columns, in the order of the tiers. */
export function byTierOf(amounts: readonly number[]): FenByTier {
  return Object.fromEntries(tiers.map((tier, place) => [tier, Number(amounts[place] ?? 0)])) as FenByTier
}

type Sums = Pick<Reconciliation, 'sent' | 'paid' | 'failed' | 'returned' | 'stopped' | 'open'>

/** Σ sent = Σ paid + Σ failed + Σ returned + Σ open; the ledger has what the items say; nothing waits to be looked into. */
export function hindrancesOf(
  state: BatchState,
  { sent, paid, failed, returned, open }: Sums,
  {
    unresolvedLines,
    ledgerDifferenceFen,
    isAsKept,
  }: {
    unresolvedLines: number
    ledgerDifferenceFen: number
    isAsKept: boolean
  },
): Reconciliation['hindrances'] {
  const answered = [paid, failed, returned, open]
  const sumsAgree =
    isAsKept &&
    sent.fen === answered.reduce((sum, { fen }) => sum + fen, 0) &&
    sent.count === answered.reduce((sum, { count }) => sum + count, 0)
  return [
    ...(mayTake('close', state) ? [] : (['NOT_SENT'] as const)),
    ...(open.count > 0 ? (['OPEN_ITEMS'] as const) : []),
    ...(unresolvedLines > 0 ? (['UNRESOLVED_LINES'] as const) : []),
    ...(ledgerDifferenceFen !== 0 ? (['LEDGER_DIFFERS'] as const) : []),
    ...(sumsAgree ? [] : (['SUMS_DIFFER'] as const)),
  ]
}
