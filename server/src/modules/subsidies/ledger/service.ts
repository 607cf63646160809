import type {
  getLedgerBalances,
  getLedgerHead,
  LedgerEntry,
  listLedgerEntries,
} from '@youyu/shared/subsidies/ledger'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { reverseEntry } from './posting.ts'
import * as queries from './queries.ts'

type Asked = z.output<(typeof listLedgerEntries)['schema']['querystring']>
type BalancesAsked = z.output<(typeof getLedgerBalances)['schema']['querystring']>
type Balances = z.output<(typeof getLedgerBalances)['schema']['response'][200]>
type Head = z.output<(typeof getLedgerHead)['schema']['response'][200]>

function shown({ recordedAt, ...entry }: queries.KeptEntry): LedgerEntry {
  return { ...entry, recordedAt: recordedAt.toISOString() }
}

export async function listEntries(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<LedgerEntry>> {
  const before = keyIn(cursor, ['number'])?.[0] ?? null
  const rows = await reading(db, access, (tx) =>
    queries.selectEntries(tx, access.county, { ...filter, before, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shown, (row) => [row.number])
}

export async function entryOf({ db }: Office, access: Access, id: string): Promise<LedgerEntry> {
  const entry = await reading(db, access, (tx) => queries.findEntry(tx, access.county, id))
  if (!entry) throw new Refused('not-found')
  return shown(entry)
}

/** What the finance office entered itself it may take back; all else follows from a batch, a return or a decision. */
const reversible = new Set<LedgerEntry['kind']>(['FUND_ARRIVAL', 'FUND_SURRENDER'])

export async function takeBack(
  { db, now }: Office,
  access: Access,
  id: string,
  reason: string,
): Promise<LedgerEntry> {
  const at = now()
  return await transaction(db, access, async (tx) => {
    const entry = await queries.findEntry(tx, access.county, id)
    if (!entry) throw new Refused('not-found')
    if (!reversible.has(entry.kind)) throw new Refused('entry-not-reversible')
    await record(tx, access, { action: 'change', entity: 'ledger-entry', entityId: id, reason }, at)
    const mirror = await reverseEntry(tx, access, entry, { on: todayOf(at), reason }, at)
    return shown((await queries.findEntry(tx, access.county, mirror.id))!)
  })
}

export async function balancesOf({ db }: Office, access: Access, asked: BalancesAsked): Promise<Balances> {
  const items = await reading(db, access, (tx) => queries.selectBalances(tx, access.county, asked))
  const debitFen = items.reduce((sum, item) => sum + item.debitFen, 0)
  const creditFen = items.reduce((sum, item) => sum + item.creditFen, 0)
  return { items, debitFen, creditFen, isBalanced: debitFen === creditFen }
}

export async function headOf(
  { db }: Office,
  access: Access,
  { batchId }: { batchId?: string | undefined },
): Promise<Head> {
  return await reading(db, access, (tx) => headIn(tx, access.county, batchId))
}

/** The newest seal, of the county or over a batch's items, and how far the numbers have come. */
export async function headIn(tx: Transaction, county: number, batchId?: string): Promise<Head> {
  const [seal, numbers] = await Promise.all([
    queries.findSeal(tx, county, batchId),
    queries.lastNumbers(tx, county),
  ])
  if (!seal) return { seal: null, ...numbers }
  const { sealedAt, toNumber: _, ...rest } = seal
  return { seal: { ...rest, sealedAt: sealedAt.toISOString() }, ...numbers }
}
