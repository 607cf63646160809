import type {
  BudgetChange,
  closeFundYear,
  CountyRevenue,
  FundArrival,
  FundFinding,
  FundLine,
  listFundArrivals,
  NewBudgetChange,
  NewCarryOver,
  NewFundArrival,
  NewFundFinding,
} from '@youyu/shared/subsidies/funds'
import { linesOf } from '@youyu/shared/subsidies/ledger'
import { sumOfTiers } from '@youyu/shared/subsidies/shares'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { insertRow } from '../../../database/statements.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { postLedger, type Posted } from '../ledger/index.ts'
import * as queries from './queries.ts'

type Asked = z.output<(typeof listFundArrivals)['schema']['querystring']>
type Closed = z.output<(typeof closeFundYear)['schema']['response'][201]>

function shown<Item>({ recordedAt, ...rest }: queries.Kept<Item>): Item {
  return { ...rest, recordedAt: recordedAt.toISOString() } as Item
}

function notInFuture(pointer: string, day: string, at: Date): void {
  if (day > todayOf(at)) throw Refused.field(pointer, 'invalid-date')
}

export async function fundsOf(
  { db }: Office,
  access: Access,
  asked: { programme?: string | undefined; year?: number | undefined },
): Promise<{ items: FundLine[] }> {
  return { items: await reading(db, access, (tx) => queries.selectFunds(tx, access.county, asked)) }
}

export async function listBudgetChanges(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<BudgetChange>> {
  const before = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    queries.selectBudgetChanges(tx, access.county, { ...filter, before, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shown<BudgetChange>, (row) => [row.decidedOn, row.id])
}

export async function changeBudget(
  { db, now }: Office,
  access: Access,
  body: NewBudgetChange,
): Promise<BudgetChange> {
  const at = now()
  if (body.amountFen === 0) throw Refused.field('/amountFen', 'invalid-value')
  notInFuture('/decidedOn', body.decidedOn, at)
  const id = newId(at.getTime())
  return await transaction(db, access, async (tx) => {
    await queries.addToBudget(tx, access.county, body, body.amountFen)
    const kept = { countyCode: access.county, id, ...body, recordedAt: at, recordedBy: access.actorId }
    await insertRow(tx, 'budget_changes', kept)
    await record(tx, access, { action: 'change', entity: 'budget', entityId: id }, at)
    return { id, ...body, recordedAt: at.toISOString(), recordedBy: access.actorName }
  })
}

export async function listArrivals(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<FundArrival>> {
  const before = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    queries.selectArrivals(tx, access.county, { ...filter, before, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shown<FundArrival>, (row) => [row.arrivedOn, row.id])
}

/** 资金到位: the slip and its entry together. */
export async function recordArrival(
  { db, now }: Office,
  access: Access,
  body: NewFundArrival,
): Promise<FundArrival> {
  const at = now()
  notInFuture('/arrivedOn', body.arrivedOn, at)
  const id = newId(at.getTime())
  const { programme, year, tier, amountFen, arrivedOn, voucher, document = null } = body
  return await transaction(db, access, async (tx) => {
    await record(tx, access, { action: 'create', entity: 'fund-arrival', entityId: id }, at)
    const entry = await postLedger(
      tx,
      access,
      {
        ...{ kind: 'FUND_ARRIVAL', programme, year, on: arrivedOn, memo: voucher },
        ...{ refType: 'fund-arrival', refId: id, lines: linesOf('FUND_ARRIVAL', { [tier]: amountFen }) },
      },
      at,
    )
    const arrival = { id, programme, year, tier, amountFen, arrivedOn, voucher, document, entryId: entry.id }
    await insertRow(tx, 'fund_arrivals', {
      ...{ countyCode: access.county, ...arrival },
      ...{ recordedAt: at, recordedBy: access.actorId },
    })
    return { ...arrival, isReversed: false, recordedAt: at.toISOString(), recordedBy: access.actorName }
  })
}

/** 年终结转: what is left of every tier goes to the next year, or back to the tier. */
export async function closeYear(
  { db, now }: Office,
  access: Access,
  { programme, year, manner, occurredOn, document }: NewCarryOver,
): Promise<Closed> {
  const at = now()
  notInFuture('/occurredOn', occurredOn, at)
  return await transaction(db, access, async (tx) => {
    await record(tx, access, { action: 'change', entity: 'fund-year', reason: document }, at)
    const left = await queries.leftOf(tx, access.county, programme, year)
    const totalFen = sumOfTiers(left)
    if (totalFen === 0) throw new Refused('funds-short')
    const memo = document
    const posting = { programme, year, on: occurredOn, memo }
    const entries: Posted[] = []
    if (manner === 'SURRENDER') {
      const lines = linesOf('FUND_SURRENDER', left)
      entries.push(await postLedger(tx, access, { ...posting, kind: 'FUND_SURRENDER', lines }, at))
    } else {
      const out = linesOf('CARRY_OUT', left)
      const into = linesOf('CARRY_IN', left)
      entries.push(await postLedger(tx, access, { ...posting, kind: 'CARRY_OUT', lines: out }, at))
      const next = { ...posting, year: year + 1, kind: 'CARRY_IN', lines: into } as const
      entries.push(await postLedger(tx, access, next, at))
    }
    return { entries: entries.map(({ id }) => id), totalFen }
  })
}

export async function listFindings(
  { db }: Office,
  access: Access,
  { limit, cursor, year }: { limit: number; cursor?: string | undefined; year?: number | undefined },
): Promise<Page<FundFinding>> {
  const before = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    queries.selectFindings(tx, access.county, { year, before, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shown<FundFinding>, (row) => [row.foundOn, row.id])
}

export async function recordFinding(
  { db, now }: Office,
  access: Access,
  body: NewFundFinding,
): Promise<FundFinding> {
  const at = now()
  notInFuture('/foundOn', body.foundOn, at)
  const id = newId(at.getTime())
  return await transaction(db, access, async (tx) => {
    const kept = { id, ...body, programme: body.programme ?? null }
    await insertRow(tx, 'fund_findings', {
      ...{ countyCode: access.county, ...kept, recordedAt: at, recordedBy: access.actorId },
    })
    await record(tx, access, { action: 'create', entity: 'fund-finding', entityId: id }, at)
    return { ...kept, putRightOn: null, putRightHow: null, recordedAt: at.toISOString(), version: 1 }
  })
}

export async function putRight(
  { db, now }: Office,
  access: Access,
  id: string,
  body: { putRightOn: string; how: string },
): Promise<FundFinding> {
  const at = now()
  notInFuture('/putRightOn', body.putRightOn, at)
  return await transaction(db, access, async (tx) => {
    const settled = await queries.settleFinding(tx, access.county, id, body)
    if (!settled) {
      const known = await queries.findFinding(tx, access.county, id)
      throw new Refused(known ? 'conflict' : 'not-found')
    }
    await record(tx, access, { action: 'change', entity: 'fund-finding', entityId: id }, at)
    return shown<FundFinding>(settled)
  })
}

export async function revenuesOf({ db }: Office, access: Access): Promise<{ items: CountyRevenue[] }> {
  const rows = await reading(db, access, (tx) => queries.selectRevenues(tx, access.county))
  return { items: rows.map(shown<CountyRevenue>) }
}

export async function recordRevenue(
  { db, now }: Office,
  access: Access,
  body: { year: number; revenueFen: number; document: string },
): Promise<CountyRevenue> {
  const at = now()
  const id = newId(at.getTime())
  return await transaction(db, access, async (tx) => {
    await insertRow(tx, 'county_revenues', {
      ...{ countyCode: access.county, id, ...body, recordedAt: at, recordedBy: access.actorId },
    })
    await record(tx, access, { action: 'create', entity: 'county-revenue', entityId: id }, at)
    return { ...body, recordedAt: at.toISOString() }
  })
}
