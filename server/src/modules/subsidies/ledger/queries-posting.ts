import type { LedgerLine } from '@youyu/shared/subsidies/ledger'
import type { Tier } from '@youyu/shared/subsidies/shares'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export async function post(
  tx: Transaction,
  access: Access,
  entry: Readonly<Record<string, unknown>>,
  lines: readonly LedgerLine[],
  at: Date,
): Promise<number> {
  const [row] = await ask<{ number: number }>(
    tx,
    'select app.post_ledger($1, $2::jsonb, $3::jsonb, $4, $5) as number',
    [access.county, JSON.stringify(entry), JSON.stringify(lines), at, access.actorId],
  )
  return row!.number
}

/** In the order of their key, so that two approvals wait for each other and never cross. */
export async function lockBudgets(
  tx: Transaction,
  county: number,
  programme: string,
  year: number,
): Promise<void> {
  await ask(
    tx,
    'select tier from budgets where county_code = $1 and programme = $2 and year = $3 order by tier for update',
    [county, programme, year],
  )
}

/** Payable, paid and refunded, less what came back. */
const binding = `'PROGRAM_PAYABLE', 'PAID', 'DEPOSIT_REFUND', 'RETURNED', 'RECOVERED'`

/** What has arrived, and of it what the budget allows, less what is bound. */
export async function available(
  tx: Transaction,
  county: number,
  programme: string,
  year: number,
): Promise<Map<Tier, number>> {
  const rows = await ask<{ tier: Tier; fen: number }>(
    tx,
    `select b.tier, least(
         coalesce(sum(l.credit_fen - l.debit_fen) filter (where l.account = 'BUDGET'), 0),
         b.amount_fen - coalesce(sum(l.credit_fen - l.debit_fen) filter (where l.account in (${binding})), 0)
       )::bigint as fen
     from budgets b
     left join ledger_balances l on l.county_code = $1 and l.programme = b.programme and l.year = b.year and l.tier = b.tier
     where b.county_code = $1 and b.programme = $2 and b.year = $3
     group by b.tier, b.amount_fen`,
    [county, programme, year],
  )
  return new Map(rows.map(({ tier, fen }) => [tier, fen]))
}
