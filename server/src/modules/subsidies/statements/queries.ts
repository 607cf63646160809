import type { FinanceStatement, StatementRow } from '@youyu/shared/subsidies/finance-statements'
import type { Tier } from '@youyu/shared/subsidies/shares'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

type Question = {
  year: number
  from: string
  to: string
  tier?: Tier | undefined
  programme?: string | undefined
}

const moved = (expression: string, accounts: string, period = 'm.occurred_on between $3 and $4') =>
  `coalesce(sum(${expression}) filter (where m.account in (${accounts}) and ${period}), 0)::bigint`
const credit = 'm.credit_fen - m.debit_fen'
const debit = 'm.debit_fen - m.credit_fen'

/** Movements of a year's money inside a period, by programme and tier. */
export async function selectRows(
  tx: Transaction,
  county: number,
  { year, from, to, tier, programme }: Question,
): Promise<StatementRow[]> {
  return await ask(
    tx,
    `with moves as (
       select e.programme, l.tier, l.account, e.occurred_on, l.debit_fen, l.credit_fen from ledger_entries e
       join ledger_lines l on l.county_code = e.county_code and l.entry_id = e.id
       where e.county_code = $1 and e.year = $2 and e.occurred_on <= $4 and ($5::text is null or l.tier = $5) and ($6::text is null or e.programme = $6)
     ), asked as (
       select programme, tier from moves
       union select programme, tier from budgets
       where county_code = $1 and year = $2 and ($5::text is null or tier = $5) and ($6::text is null or programme = $6)
     )
     select a.programme, a.tier,
       coalesce((select b.amount_fen from budgets b where b.county_code = $1 and b.programme = a.programme and b.year = $2 and b.tier = a.tier), 0)::bigint as "budgetFen",
       ${moved(credit, `'BUDGET'`, 'm.occurred_on < $3')} as "openingFen",
       ${moved(debit, `'RECEIVED'`)} as "receivedFen",
       ${moved(debit, `'CARRIED'`)} as "carriedFen",
       ${moved(credit, `'PROGRAM_PAYABLE', 'PAID', 'DEPOSIT_REFUND'`)} as "committedFen",
       ${moved(credit, `'PAID', 'DEPOSIT_REFUND'`)} as "paidFen",
       ${moved(debit, `'RETURNED'`)} as "returnedFen",
       ${moved(debit, `'RECOVERED'`)} as "recoveredFen",
       ${moved(credit, `'BUDGET'`, 'true')} as "closingFen",
       ${moved(credit, `'PROGRAM_PAYABLE'`, 'true')} as "payableFen"
     from asked a left join moves m on m.programme = a.programme and m.tier = a.tier
     group by a.programme, a.tier
     order by a.programme, array_position(array['CENTRAL','PROVINCE','CITY','COUNTY','TOWNSHIP','OTHER'], a.tier)`,
    [county, year, from, to, tier ?? null, programme ?? null],
  )
}

/** Batches that were approved in the period, with what the tier bears of them. */
export async function selectBatches(
  tx: Transaction,
  county: number,
  { year, from, to, tier, programme }: Question,
): Promise<FinanceStatement['batches']> {
  const amount = tier ? `b.${tier.toLowerCase()}_fen` : 'b.total_fen'
  return await ask(
    tx,
    `select b.id, b.number, b.programme, (b.approved_at at time zone 'Asia/Shanghai')::date as "approvedOn", b.state, b.item_count as items,
       ${amount} as "amountFen"
     from payment_batches b
     where b.county_code = $1 and b.year = $2 and b.state <> 'VOID' and ($5::text is null or b.programme = $5)
       and (b.approved_at at time zone 'Asia/Shanghai')::date between $3 and $4
     order by b.approved_at, b.id limit 500`,
    [county, year, from, to, programme ?? null],
  )
}
