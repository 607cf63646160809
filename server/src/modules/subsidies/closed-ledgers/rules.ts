import type { ClosedProgramme, OldRow } from '@youyu/shared/subsidies/closed-ledgers'
import { linesOf, type LedgerKind, type LedgerLine } from '@youyu/shared/subsidies/ledger'
import type { FenByTier, Tier } from '@youyu/shared/subsidies/shares'
import type { ErrorCode } from '@youyu/shared/errors'
import type { CivilDate } from '@youyu/shared/values'

type Span = { programme: ClosedProgramme; fromOn: CivilDate; toOn: CivilDate }

const outcomesOf: Record<ClosedProgramme, readonly OldRow['outcome'][]> = {
  P03: ['PAID'],
  P05: ['PAID'],
  // 只退不收: money goes back to whoever paid it in; nothing is ever taken in again (§1.6).
  P15: ['REFUNDED', 'UNREACHABLE'],
  P16: ['WITHDRAWN'],
}

/** What is wrong with a row of an old list, if anything. */
export function wrongOf(
  row: OldRow,
  { programme, fromOn, toOn }: Span,
): { field: string; code: ErrorCode } | null {
  if (!outcomesOf[programme].includes(row.outcome)) return { field: 'outcome', code: 'invalid-value' }
  if (row.period < fromOn || row.period > toOn) return { field: 'period', code: 'invalid-date' }
  const isSettled = row.outcome === 'PAID' || row.outcome === 'REFUNDED'
  if (isSettled !== Boolean(row.settledOn))
    return { field: 'settledOn', code: isSettled ? 'required' : 'invalid-value' }
  if (row.outcome === 'WITHDRAWN' && row.amountFen !== 0) return { field: 'amountFen', code: 'invalid-value' }
  return null
}

/** Who bore it: what an employer or a village paid never was the county's. */
export function tierOf(payer: OldRow['payer']): Tier {
  return payer === 'EMPLOYER' || payer === 'VILLAGE' ? 'OTHER' : 'COUNTY'
}

type Kind = Exclude<LedgerKind, 'REVERSAL'>

/** An old payment as it went: the money was there, it was bound and paid, or it was given back. */
export function postingsOf(
  programme: ClosedProgramme,
  byTier: Partial<FenByTier>,
): { kind: Kind; lines: LedgerLine[] }[] {
  const kinds: Kind[] =
    programme === 'P15' ? ['FUND_ARRIVAL', 'DEPOSIT_REFUND'] : ['FUND_ARRIVAL', 'COMMITMENT', 'PAYMENT']
  return kinds.map((kind) => ({ kind, lines: linesOf(kind, byTier) })).filter(({ lines }) => lines.length > 0)
}
