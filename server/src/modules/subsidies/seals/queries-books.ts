import type { Database } from '../../../database/connect.ts'

type Owner = Database['owner']

/** Entries that no seal covers yet, and numbers among them that are gone. */
export async function entriesAfter(
  owner: Owner,
  county: number,
  sealed: number,
): Promise<{ waiting: number; missing: number[] }> {
  const { rows } = await owner.query<{ waiting: number; missing: number[] }>(
    `select (select count(*)::int from ledger_entries where county_code = $1 and number > $2) as waiting,
       coalesce((select array_agg(n) from generate_series($2 + 1, (
         select greatest(coalesce(max(h.last_number), 0), coalesce((select max(number) from ledger_entries where county_code = $1), 0))
         from ledger_heads h where h.county_code = $1)::int) n
         where not exists (select from ledger_entries e where e.county_code = $1 and e.number = n)), '{}') as missing`,
    [county, sealed],
  )
  return rows[0]!
}

const shareColumns = ['central', 'province', 'city', 'county', 'township', 'other'] as const
const sums = (alias: string) => shareColumns.map((tier) => `sum(${alias}.${tier}_fen)`).join(', ')

/** Of every batch: what its items say is bound, paid and come back, and what its entries say. */
const ofBatches = `with items as (
    select i.batch_id, sum(i.amount_fen) filter (where i.state in ('OPEN', 'RETURNED') or i.state = 'REISSUED' and r.code is not null) as bound,
      sum(i.amount_fen) filter (where o.code = '00') as paid, sum(i.amount_fen) filter (where r.code is not null) as returned
    from payment_items i
    left join payment_outcomes o on o.county_code = i.county_code and o.batch_id = i.batch_id and o.seq = i.seq and o.nth = 0
    left join payment_outcomes r on r.county_code = i.county_code and r.batch_id = i.batch_id and r.seq = i.seq and r.nth = 1
    where i.county_code = $1 group by i.batch_id
  ), posted as (
    select t.batch_id, sum(case e.kind when 'COMMITMENT' then e.total_fen when 'RELEASE' then -e.total_fen else 0 end) as committed,
      sum(e.total_fen) filter (where e.kind = 'PAYMENT') as paid, sum(e.total_fen) filter (where e.kind = 'BANK_RETURN') as returned
    from ledger_entries e join lateral (
      select e.ref_id as batch_id where e.ref_type in ('PAYMENT_BATCH', 'PAYMENT_STOPS')
      union all select r.batch_id from bank_returns r where e.ref_type = 'BANK_RETURN' and r.county_code = e.county_code and r.id = e.ref_id
      union all select i.batch_id from payment_items i where e.ref_type = 'PAYMENT_ITEM' and i.county_code = e.county_code and i.id = e.ref_id
    ) t on true
    where e.county_code = $1 group by t.batch_id
  )`

/** Books that do not agree, by name; none is as it should be. */
const checks: readonly [name: string, text: string][] = [
  [
    'debit and credit of an entry',
    `select e.number::text as what from ledger_entries e join ledger_lines l on l.county_code = e.county_code and l.entry_id = e.id
     where e.county_code = $1 group by e.number, e.total_fen
     having sum(l.debit_fen) <> sum(l.credit_fen) or sum(l.debit_fen) <> e.total_fen`,
  ],
  [
    'kept balance',
    `select concat_ws(' ', programme, year, account, tier) as what from (
       select programme, year, account, tier, debit_fen::numeric as debit, credit_fen::numeric as credit from ledger_balances where county_code = $1
       union all
       select e.programme, e.year, l.account, l.tier, -sum(l.debit_fen), -sum(l.credit_fen) from ledger_lines l
       join ledger_entries e on e.county_code = l.county_code and e.id = l.entry_id where l.county_code = $1 group by 1, 2, 3, 4
     ) b group by programme, year, account, tier having sum(debit) <> 0 or sum(credit) <> 0`,
  ],
  [
    'budget and its decisions',
    `select concat_ws(' ', b.programme, b.year, b.tier) as what from budgets b where b.county_code = $1 and b.amount_fen <> (
       select coalesce(sum(c.amount_fen), 0) from budget_changes c
       where c.county_code = $1 and c.programme = b.programme and c.year = b.year and c.tier = b.tier)`,
  ],
  [
    'fund arrival and its entry',
    `select a.voucher as what from fund_arrivals a left join ledger_entries e on e.county_code = a.county_code and e.id = a.entry_id
     where a.county_code = $1 and (e.id is null or e.total_fen <> a.amount_fen or e.kind <> 'FUND_ARRIVAL')`,
  ],
  [
    'batch and its items',
    `select b.number as what from payment_batches b where b.county_code = $1 and b.roster_hash is not null and b.state <> 'VOID'
       and (b.item_count, b.total_fen::numeric, b.central_fen::numeric, b.province_fen::numeric, b.city_fen::numeric, b.county_fen::numeric, b.township_fen::numeric, b.other_fen::numeric)
         is distinct from (select (count(*)::int, sum(i.amount_fen), ${sums('i')}) from payment_items i where i.county_code = $1 and i.batch_id = b.id)`,
  ],
  [
    'batch and its commitment in the ledger',
    `${ofBatches} select b.number as what from payment_batches b
     left join items i on i.batch_id = b.id left join posted p on p.batch_id = b.id
     where b.county_code = $1 and b.approved_at is not null and coalesce(p.committed, 0) <> coalesce(i.bound, 0)`,
  ],
  [
    'batch and what was paid of it in the ledger',
    `${ofBatches} select b.number as what from payment_batches b
     left join items i on i.batch_id = b.id left join posted p on p.batch_id = b.id
     where b.county_code = $1 and b.approved_at is not null
       and (coalesce(p.paid, 0), coalesce(p.returned, 0)) is distinct from (coalesce(i.paid, 0), coalesce(i.returned, 0))`,
  ],
  [
    'item and its outcome',
    `select concat_ws(' ', b.number, i.seq) as what from payment_items i
     join payment_batches b on b.county_code = i.county_code and b.id = i.batch_id
     left join payment_outcomes o on o.county_code = i.county_code and o.batch_id = i.batch_id and o.seq = i.seq and o.nth = 0
     left join payment_outcomes r on r.county_code = i.county_code and r.batch_id = i.batch_id and r.seq = i.seq and r.nth = 1
     where i.county_code = $1 and b.sent_at is not null and (
       i.state = 'OPEN' and (o.code <> '00' or r.code is not null) or i.state = 'FAILED' and coalesce(o.code, '00') = '00'
       or i.state = 'RETURNED' and r.code is null or i.state in ('STOPPED', 'VOID') and o.code is not null)
     order by 1 limit 1000`,
  ],
  [
    'return file and its outcomes',
    `select concat_ws(' ', b.number, r.file_no) as what from bank_returns r join payment_batches b on b.county_code = r.county_code and b.id = r.batch_id
     where r.county_code = $1 and r.paid_count + r.failed_count + r.returned_count <> (
       select count(*) from payment_outcomes o where o.county_code = $1 and o.batch_id = r.batch_id and o.file_no = r.file_no)`,
  ],
]

export async function differences(owner: Owner, county: number): Promise<string[]> {
  const found: string[] = []
  for (const [name, text] of checks) {
    const { rows } = await owner.query<{ what: string }>(text, [county])
    found.push(...rows.map(({ what }) => `${name}: ${what}`))
  }
  return found
}
