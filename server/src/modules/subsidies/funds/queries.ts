import type {
  BudgetChange,
  CountyRevenue,
  FundArrival,
  FundFinding,
  FundLine,
} from '@youyu/shared/subsidies/funds'
import type { FenByTier, Tier } from '@youyu/shared/subsidies/shares'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

type Budget = { programme: string; year: number; tier: Tier }
type Filter = {
  programme?: string | undefined
  year?: number | undefined
  tier?: Tier | undefined
  before: readonly [string, string] | null
  limit: number
}

function conditionsOf(bound: Bound, county: number, day: string, { programme, year, tier, before }: Filter) {
  const conditions = [`x.county_code = ${bound.bind(county)}`]
  if (programme) conditions.push(`x.programme = ${bound.bind(programme)}`)
  if (year) conditions.push(`x.year = ${bound.bind(year)}`)
  if (tier) conditions.push(`x.tier = ${bound.bind(tier)}`)
  if (before)
    conditions.push(`(x.${day}, x.id) < (${bound.bind(before[0])}::date, ${bound.bind(before[1])}::uuid)`)
  return conditions.join(' and ')
}

/** Adds to a budget under its lock, and says what it has become. */
export async function addToBudget(
  tx: Transaction,
  county: number,
  { programme, year, tier }: Budget,
  amountFen: number,
): Promise<void> {
  const key = [county, programme, year, tier]
  await ask(
    tx,
    'insert into budgets (county_code, programme, year, tier, amount_fen) values ($1, $2, $3, $4, 0) on conflict do nothing',
    key,
  )
  await ask(
    tx,
    'update budgets set amount_fen = amount_fen + $5 where county_code = $1 and programme = $2 and year = $3 and tier = $4',
    [...key, amountFen],
  )
}

const balance = (expression: string, accounts: string) =>
  `coalesce(sum(${expression}) filter (where l.account in (${accounts})), 0)::bigint`

export async function selectFunds(
  tx: Transaction,
  county: number,
  { programme, year }: { programme?: string | undefined; year?: number | undefined },
): Promise<FundLine[]> {
  return await ask(
    tx,
    `with asked as (
       select programme, year, tier from budgets where county_code = $1 and ($2::text is null or programme = $2) and ($3::int is null or year = $3)
       union
       select programme, year, tier from ledger_balances where county_code = $1 and ($2::text is null or programme = $2) and ($3::int is null or year = $3)
     )
     select a.programme, a.year, a.tier, coalesce(max(b.amount_fen), 0)::bigint as "budgetFen",
       ${balance('l.debit_fen - l.credit_fen', `'RECEIVED'`)} + ${balance('l.debit_fen - l.credit_fen', `'CARRIED'`)} as "receivedFen",
       ${balance('l.credit_fen - l.debit_fen', `'PROGRAM_PAYABLE', 'PAID', 'DEPOSIT_REFUND'`)} as "committedFen",
       ${balance('l.credit_fen - l.debit_fen', `'PAID', 'DEPOSIT_REFUND'`)} as "paidFen",
       ${balance('l.debit_fen - l.credit_fen', `'RETURNED'`)} as "returnedFen",
       ${balance('l.debit_fen - l.credit_fen', `'RECOVERED'`)} as "recoveredFen",
       ${balance('l.credit_fen - l.debit_fen', `'BUDGET'`)} as "availableFen"
     from asked a
     left join budgets b on b.county_code = $1 and b.programme = a.programme and b.year = a.year and b.tier = a.tier
     left join ledger_balances l on l.county_code = $1 and l.programme = a.programme and l.year = a.year and l.tier = a.tier
     group by a.programme, a.year, a.tier
     order by a.year desc, a.programme, array_position(array['CENTRAL','PROVINCE','CITY','COUNTY','TOWNSHIP','OTHER'], a.tier)`,
    [county, programme ?? null, year ?? null],
  )
}

export type Kept<Item> = Omit<Item, 'recordedAt'> & { recordedAt: Date }

export async function selectBudgetChanges(
  tx: Transaction,
  county: number,
  filter: Filter,
): Promise<Kept<BudgetChange>[]> {
  const bound = new Bound()
  const conditions = conditionsOf(bound, county, 'decided_on', filter)
  return await ask(
    tx,
    `select x.id, x.programme, x.year, x.tier, x.amount_fen as "amountFen", x.decided_on as "decidedOn", x.document, x.recorded_at as "recordedAt",
       u.display_name as "recordedBy"
     from budget_changes x left join users u on u.id = x.recorded_by where ${conditions} order by x.decided_on desc, x.id desc limit ${pageLimit(filter.limit)}`,
    bound.values,
  )
}

const arrivalColumns = `x.id, x.programme, x.year, x.tier, x.amount_fen as "amountFen", x.arrived_on as "arrivedOn", x.voucher, x.document,
  x.entry_id as "entryId", exists (select from ledger_entries r where r.county_code = x.county_code and r.reverses = x.entry_id) as "isReversed",
  x.recorded_at as "recordedAt", u.display_name as "recordedBy"`

export async function selectArrivals(
  tx: Transaction,
  county: number,
  filter: Filter,
): Promise<Kept<FundArrival>[]> {
  const bound = new Bound()
  const conditions = conditionsOf(bound, county, 'arrived_on', filter)
  return await ask(
    tx,
    `select ${arrivalColumns} from fund_arrivals x left join users u on u.id = x.recorded_by where ${conditions}
     order by x.arrived_on desc, x.id desc limit ${pageLimit(filter.limit)}`,
    bound.values,
  )
}

const findingColumns = `f.id, f.programme, f.year, f.kind, f.amount_fen as "amountFen", f.found_on as "foundOn", f.document, f.narrative,
  f.put_right_on as "putRightOn", f.put_right_how as "putRightHow", f.recorded_at as "recordedAt", f.version`

export async function selectFindings(
  tx: Transaction,
  county: number,
  { year, before, limit }: Pick<Filter, 'year' | 'before' | 'limit'>,
): Promise<Kept<FundFinding>[]> {
  const bound = new Bound()
  const conditions = [`f.county_code = ${bound.bind(county)}`]
  if (year) conditions.push(`f.year = ${bound.bind(year)}`)
  if (before)
    conditions.push(`(f.found_on, f.id) < (${bound.bind(before[0])}::date, ${bound.bind(before[1])}::uuid)`)
  return await ask(
    tx,
    `select ${findingColumns} from fund_findings f where ${conditions.join(' and ')} order by f.found_on desc, f.id desc limit ${pageLimit(limit)}`,
    bound.values,
  )
}

/** Says when and how a finding was put right; none where it was said before. */
export async function settleFinding(
  tx: Transaction,
  county: number,
  id: string,
  { putRightOn, how }: { putRightOn: string; how: string },
): Promise<Kept<FundFinding> | undefined> {
  const [row] = await ask<Kept<FundFinding>>(
    tx,
    `update fund_findings f set put_right_on = $3, put_right_how = $4, version = f.version + 1
     where f.county_code = $1 and f.id = $2 and f.put_right_on is null returning ${findingColumns}`,
    [county, id, putRightOn, how],
  )
  return row
}

export async function findFinding(
  tx: Transaction,
  county: number,
  id: string,
): Promise<Kept<FundFinding> | undefined> {
  const [row] = await ask<Kept<FundFinding>>(
    tx,
    `select ${findingColumns} from fund_findings f where f.county_code = $1 and f.id = $2`,
    [county, id],
  )
  return row
}

export async function selectRevenues(tx: Transaction, county: number): Promise<Kept<CountyRevenue>[]> {
  return await ask(
    tx,
    `select distinct on (year) year, revenue_fen as "revenueFen", document, recorded_at as "recordedAt" from county_revenues
     where county_code = $1 order by year desc, recorded_at desc, id desc`,
    [county],
  )
}

/** What each tier has left of a programme's year, under the lock of its budgets. */
export async function leftOf(
  tx: Transaction,
  county: number,
  programme: string,
  year: number,
): Promise<Partial<FenByTier>> {
  const rows = await ask<{ tier: Tier; fen: number }>(
    tx,
    `select tier, credit_fen - debit_fen as fen from ledger_balances
     where county_code = $1 and programme = $2 and year = $3 and account = 'BUDGET' and credit_fen > debit_fen order by tier`,
    [county, programme, year],
  )
  return Object.fromEntries(rows.map(({ tier, fen }) => [tier, fen]))
}
