import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export async function ledgerPaid(tx: Transaction, access: Access, batchId: Id): Promise<number> {
  const [row] = await ask<{ fen: number }>(
    tx,
    `select coalesce(sum(case e.kind when 'PAYMENT' then e.total_fen when 'BANK_RETURN' then -e.total_fen end), 0)::bigint as fen
     from bank_returns r join ledger_entries e on e.county_code = r.county_code and e.ref_id = r.id and e.ref_type = 'BANK_RETURN'
     where r.county_code = $1 and r.batch_id = $2 and e.kind in ('PAYMENT', 'BANK_RETURN')`,
    [access.county, batchId],
  )
  return row!.fen
}

/** What the items and their outcomes themselves sum to, against what the batch keeps. */
export async function recountItems(
  tx: Transaction,
  access: Access,
  batchId: Id,
): Promise<Record<'paid' | 'failed' | 'returned' | 'stopped' | 'open', { count: number; fen: number }>> {
  const rows = await ask<{ kind: string; count: number; fen: number }>(
    tx,
    `select case when i.state = 'OPEN' then case when o.seq is null then 'open' else 'paid' end
         when i.state = 'RETURNED' or i.state = 'REISSUED' and o.nth > 0 then 'returned'
         when i.state in ('FAILED', 'REISSUED') then 'failed' else 'stopped' end as kind,
       count(*)::int as count, sum(i.amount_fen)::bigint as fen
     from payment_items i
     left join lateral (select p.seq, p.nth from payment_outcomes p where p.county_code = i.county_code and p.batch_id = i.batch_id and p.seq = i.seq
       order by p.nth desc limit 1) o on true
     where i.county_code = $1 and i.batch_id = $2 group by 1`,
    [access.county, batchId],
  )
  const of = (kind: string) => {
    const row = rows.find((each) => each.kind === kind)
    return { count: row?.count ?? 0, fen: row?.fen ?? 0 }
  }
  return {
    ...{ paid: of('paid'), failed: of('failed'), returned: of('returned') },
    ...{ stopped: of('stopped'), open: of('open') },
  }
}

export async function countUnresolved(tx: Transaction, access: Access, batchId: Id): Promise<number> {
  const [row] = await ask<{ n: number }>(
    tx,
    'select count(*)::int as n from bank_return_unmatched where county_code = $1 and batch_id = $2 and resolution is null',
    [access.county, batchId],
  )
  return row!.n
}
