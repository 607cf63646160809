import type { BatchState, ItemState } from '@youyu/shared/subsidies/payment-values'
import { tiers, type Tier } from '@youyu/shared/subsidies/shares'

export type TagKind = 'plain' | 'good' | 'warn' | 'bad' | 'note' | 'accent'

export const batchLooks: Record<BatchState, TagKind> = {
  DRAFT: 'plain',
  LOCKED: 'note',
  APPROVED: 'accent',
  SENT: 'accent',
  PARTIAL: 'warn',
  CLOSED: 'good',
  VOID: 'plain',
}

export const itemLooks: Record<ItemState, TagKind> = {
  PENDING: 'plain',
  SENT: 'accent',
  PAID: 'good',
  FAILED: 'bad',
  RETURNED: 'bad',
  REISSUED: 'note',
  STOPPED: 'warn',
  VOID: 'plain',
}

/** Where a batch stands on its way: roster, approval, file, return, closed. */
export const stages = ['roster', 'approval', 'file', 'return', 'closed'] as const
export function stageOf(state: BatchState): number {
  const places: Record<BatchState, number> = {
    DRAFT: 0,
    LOCKED: 1,
    APPROVED: 2,
    SENT: 3,
    PARTIAL: 3,
    CLOSED: 4,
    VOID: 0,
  }
  return places[state]
}

/** The tiers that bear something of an amount. */
export function bearing(byTier: Readonly<Record<Tier, number>>): { tier: Tier; fen: number }[] {
  return tiers.map((tier) => ({ tier, fen: byTier[tier] })).filter(({ fen }) => fen !== 0)
}

/** 2026-03-01 → 2026-03. */
export const monthOf = (day: string): string => day.slice(0, 7)

/** The months an item pays for: one, or from and to. */
export function spanOf(from: string | null, to: string | null): string {
  if (from === null) return '—'
  return to === null || to === from ? monthOf(from) : `${monthOf(from)} – ${monthOf(to)}`
}

/** The last four digits, without a row of stars. */
export const tailOf = (mask: string): string => `**** ${mask.slice(-4)}`
