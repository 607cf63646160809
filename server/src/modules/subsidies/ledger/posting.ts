import type { LedgerKind, LedgerLine } from '@youyu/shared/subsidies/ledger'
import { tiers, type FenByTier, type Tier } from '@youyu/shared/subsidies/shares'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import * as queries from './queries-posting.ts'

type Posting = {
  kind: Exclude<LedgerKind, 'REVERSAL'>
  programme: string
  /** The year whose money it is. */
  year: number
  on: string
  /** What it is posted for: the same kind is posted once for it. */
  refType?: string | null
  refId?: string | null
  memo?: string | null
  /** Of `linesOf(kind, byTier)`. */
  lines: readonly LedgerLine[]
}

export type Posted = { id: string; number: number }

/**
 * Posts one entry. Postings of a county stand in a row until their transactions end, so it comes last in its own. What
 * does not balance, what has not arrived and what was not approved is refused by the database.
 */
export async function postLedger(
  tx: Transaction,
  access: Access,
  posting: Posting,
  at: Date,
): Promise<Posted> {
  const { kind, programme, year, on, refType = null, refId = null, memo = null, lines } = posting
  const id = newId(at.getTime())
  const entry = { id, kind, programme, year, occurredOn: on, refType, refId, memo }
  return { id, number: await queries.post(tx, access, entry, lines, at) }
}

/** Takes an entry back by its mirror; an entry is taken back once. */
export async function reverseEntry(
  tx: Transaction,
  access: Access,
  entry: { id: string; programme: string; year: number },
  { on, reason }: { on: string; reason: string },
  at: Date,
): Promise<Posted> {
  const id = newId(at.getTime())
  const { programme, year } = entry
  const mirror = { id, kind: 'REVERSAL', programme, year, occurredOn: on, memo: reason, reverses: entry.id }
  return { id, number: await queries.post(tx, access, mirror, [], at) }
}

type FundsAsked = { programme: string; year: number; byTier: Readonly<Partial<FenByTier>> }
/** How much a tier may still bind, and how much of what is asked it cannot. */
type FundsAnswer = { tier: Tier; askedFen: number; availableFen: number; shortFen: number }

/** What the tiers have for an amount: arrived, within the budget, and not bound yet. */
async function checkFunds(
  tx: Transaction,
  access: Access,
  { programme, year, byTier }: FundsAsked,
): Promise<FundsAnswer[]> {
  const available = await queries.available(tx, access.county, programme, year)
  return tiers
    .filter((tier) => (byTier[tier] ?? 0) > 0)
    .map((tier) => {
      const askedFen = byTier[tier]!
      const availableFen = available.get(tier) ?? 0
      return { tier, askedFen, availableFen, shortFen: Math.max(0, askedFen - availableFen) }
    })
}

/** Locks the budgets of the programme and year, and refuses what their funds do not cover. */
export async function assertFunds(tx: Transaction, access: Access, asked: FundsAsked): Promise<void> {
  await queries.lockBudgets(tx, access.county, asked.programme, asked.year)
  const short = (await checkFunds(tx, access, asked)).filter(({ shortFen }) => shortFen > 0)
  if (short.length === 0) return
  throw new Refused('funds-short', {
    detail: short.map(({ tier, shortFen }) => `${tier} ${(shortFen / 100).toFixed(2)}`).join(', '),
    errors: short.map(({ tier, shortFen }) => ({
      pointer: `/funds/${tier}`,
      code: 'funds-short',
      detail: (shortFen / 100).toFixed(2),
    })),
  })
}
