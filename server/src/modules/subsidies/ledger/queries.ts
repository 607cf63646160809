import type { LedgerBalance, LedgerEntry, LedgerLine, LedgerSeal } from '@youyu/shared/subsidies/ledger'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

export type KeptEntry = Omit<LedgerEntry, 'recordedAt' | 'lines'> & { recordedAt: Date; lines: LedgerLine[] }

const columns = `e.id, e.number, e.kind, e.programme, e.year, e.occurred_on as "occurredOn", e.total_fen as "totalFen", e.ref_type as "refType",
  e.ref_id as "refId", e.memo, e.reverses, e.recorded_at as "recordedAt", u.display_name as "recordedBy",
  exists (select from ledger_entries r where r.county_code = e.county_code and r.reverses = e.id) as "isReversed",
  e.number <= coalesce((select max(s.to_number) from ledger_seals s where s.county_code = e.county_code and s.subject = 'ENTRIES'), 0) as "isSealed",
  (select json_agg(json_build_object('account', l.account, 'tier', l.tier, 'debitFen', l.debit_fen, 'creditFen', l.credit_fen) order by l.line)
   from ledger_lines l where l.county_code = e.county_code and l.entry_id = e.id) as lines`

type ListQuestion = {
  programme?: string | undefined
  year?: number | undefined
  kind?: string | undefined
  account?: string | undefined
  tier?: string | undefined
  refId?: string | undefined
  batchId?: string | undefined
  from?: string | undefined
  to?: string | undefined
  before: number | null
  limit: number
}

export async function selectEntries(
  tx: Transaction,
  county: number,
  { programme, year, kind, account, tier, refId, batchId, from, to, before, limit }: ListQuestion,
): Promise<KeptEntry[]> {
  const bound = new Bound()
  const conditions = [`e.county_code = ${bound.bind(county)}`]
  if (programme) conditions.push(`e.programme = ${bound.bind(programme)}`)
  if (year) conditions.push(`e.year = ${bound.bind(year)}`)
  if (kind) conditions.push(`e.kind = ${bound.bind(kind)}`)
  if (refId) conditions.push(`e.ref_id = ${bound.bind(refId)}::uuid`)
  if (batchId) {
    const batch = `${bound.bind(batchId)}::uuid`
    conditions.push(`e.ref_id = any(array(
      select ${batch} union all select r.id from bank_returns r where r.county_code = $1 and r.batch_id = ${batch}
      union all select i.id from payment_items i where i.county_code = $1 and i.batch_id = ${batch} and i.state = 'STOPPED'))`)
  }
  if (from) conditions.push(`e.occurred_on >= ${bound.bind(from)}::date`)
  if (to) conditions.push(`e.occurred_on <= ${bound.bind(to)}::date`)
  if (before !== null) conditions.push(`e.number < ${bound.bind(before)}`)
  if (account || tier) {
    const sides = ['l.county_code = e.county_code', 'l.entry_id = e.id']
    if (account) sides.push(`l.account = ${bound.bind(account)}`)
    if (tier) sides.push(`l.tier = ${bound.bind(tier)}`)
    conditions.push(`exists (select from ledger_lines l where ${sides.join(' and ')})`)
  }
  const page = `(select * from ledger_entries e where ${conditions.join(' and ')} order by e.number desc limit ${pageLimit(limit)}) e`
  return await ask(
    tx,
    `select ${columns} from ${page} left join users u on u.id = e.recorded_by order by e.number desc`,
    bound.values,
  )
}

export async function findEntry(tx: Transaction, county: number, id: string): Promise<KeptEntry | undefined> {
  const [row] = await ask<KeptEntry>(
    tx,
    `select ${columns} from ledger_entries e left join users u on u.id = e.recorded_by where e.county_code = $1 and e.id = $2`,
    [county, id],
  )
  return row
}

export async function selectBalances(
  tx: Transaction,
  county: number,
  { programme, year }: { programme?: string | undefined; year?: number | undefined },
): Promise<LedgerBalance[]> {
  return await ask(
    tx,
    `select programme, year, account, tier, debit_fen as "debitFen", credit_fen as "creditFen" from ledger_balances
     where county_code = $1 and ($2::text is null or programme = $2) and ($3::int is null or year = $3)
     order by year desc, programme, account, array_position(array['CENTRAL','PROVINCE','CITY','COUNTY','TOWNSHIP','OTHER'], tier)`,
    [county, programme ?? null, year ?? null],
  )
}

type KeptSeal = Omit<LedgerSeal, 'sealedAt'> & { sealedAt: Date; toNumber: number }

/** The newest seal of the county, or that over the items of a batch. */
export async function findSeal(
  tx: Transaction,
  county: number,
  batchId: string | undefined,
): Promise<KeptSeal | undefined> {
  const bound = new Bound()
  const conditions = [`county_code = ${bound.bind(county)}`]
  if (batchId) conditions.push(`scope_id = ${bound.bind(batchId)}::uuid`, `subject = 'ITEMS'`)
  const [row] = await ask<KeptSeal>(
    tx,
    `select sequence, subject, scope_id as "scopeId", rows, encode(root, 'hex') as root, encode(signature, 'hex') as signature, key_id as "keyId",
       sealed_at as "sealedAt", to_number as "toNumber" from ledger_seals where ${conditions.join(' and ')} order by sequence desc limit 1`,
    bound.values,
  )
  return row
}

export async function lastNumbers(
  tx: Transaction,
  county: number,
): Promise<{ lastNumber: number; sealedNumber: number }> {
  const [row] = await ask<{ lastNumber: number; sealedNumber: number }>(
    tx,
    `select coalesce((select last_number from ledger_heads where county_code = $1), 0) as "lastNumber",
       coalesce((select max(to_number) from ledger_seals where county_code = $1 and subject = 'ENTRIES'), 0) as "sealedNumber"`,
    [county],
  )
  return row!
}
