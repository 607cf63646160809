import type { z } from 'zod'
import { linesOf } from '@youyu/shared/subsidies/ledger'
import type {
  listServiceTariffs,
  listSettlements,
  NewServiceTariff,
  NewSettlement,
  ServiceTariff,
  Settlement,
  SettlementRow,
} from '@youyu/shared/subsidies/settlements'
import { tiers, type FenByTier } from '@youyu/shared/subsidies/shares'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { assertFunds, postLedger } from '../ledger/index.ts'
import { drawUp } from './drawing-up.ts'
import * as owed from './queries-owed.ts'
import * as tariffs from './queries-tariffs.ts'
import * as queries from './queries.ts'
import { borneBy, sumOf } from './rules.ts'

function shownRow(access: Access, settlement: queries.SettlementRecord): SettlementRow {
  const { id, number, programme, kind, year, period, payee, claimedFen, amountFen, state } = settlement
  const { madeAt, madeBy, paidOn, bankReference, voidReason, version } = settlement
  return {
    ...{ id, number, programme, kind, year, period, payee, claimedFen, amountFen, state },
    ...{ madeAt: madeAt.toISOString(), isMine: madeBy === access.actorId },
    ...{ paidOn, bankReference, voidReason, version },
  }
}

type Asked = z.output<(typeof listSettlements)['schema']['querystring']>

export async function list(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<SettlementRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectSettlements(tx, access, filter, after, limit + 1),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownRow(access, row),
    (row) => [row.period, row.id],
  )
}

const summaryLines: Record<string, readonly [string, string]> = {
  PREMIUM: ['保险费（人）', 'Premium, by the head'],
  PEOPLE: ['代发人员', 'People paid'],
}

const storedTiers = (settlement: queries.SettlementRecord): FenByTier => ({
  ...{ CENTRAL: settlement.centralFen, PROVINCE: settlement.provinceFen, CITY: settlement.cityFen },
  ...{ COUNTY: settlement.countyFen, TOWNSHIP: settlement.townshipFen, OTHER: settlement.otherFen },
})

async function told(tx: Transaction, access: Access, id: Id): Promise<Settlement> {
  const settlement = await queries.findSettlement(tx, access, id)
  if (!settlement) throw new Refused('not-found')
  const lines = await queries.selectLines(tx, access, settlement)
  const byTier =
    settlement.state === 'APPROVED' || settlement.state === 'PAID'
      ? storedTiers(settlement)
      : await bearers(tx, access, settlement)
  return {
    ...shownRow(access, settlement),
    lines: lines.map(({ nameZh, nameEn, ...line }) => ({
      ...line,
      nameZh: nameZh ?? summaryLines[line.item]?.[0] ?? line.item,
      nameEn: nameEn ?? summaryLines[line.item]?.[1] ?? line.item,
    })),
    byTier: tiers.filter((tier) => byTier[tier] > 0).map((tier) => ({ tier, amountFen: byTier[tier] })),
  }
}

async function bearers(
  tx: Transaction,
  access: Access,
  { programme, period, amountFen }: queries.SettlementRecord,
): Promise<FenByTier> {
  return borneBy(amountFen, await queries.sharesOf(tx, access.county, programme, period))
}

export async function read(office: Office, access: Access, id: Id): Promise<Settlement> {
  return await reading(office.db, access, (tx) => told(tx, access, id))
}

const deed = (action: 'create' | 'change', entityId: Id, fields: string[] = []) => ({
  ...{ action, entity: 'benefit-settlement', entityId, fields },
})

export async function make(office: Office, access: Access, body: NewSettlement): Promise<Settlement> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const id = newId(at.getTime())
    const { lines, ...settlement } = await drawUp(tx, access, body, { today: todayOf(at) })
    const sums = sumOf(lines)
    if (sums.amountFen === 0) throw new Refused('nothing-to-settle')
    const number = `JS${settlement.period.slice(0, 7).replace('-', '')}-${id.slice(-8).toUpperCase()}`
    const year = Number(settlement.period.slice(0, 4))
    const numbered = lines.map((line) => ({ ...line, id: newId(at.getTime()) }))
    await queries.insertSettlement(tx, access, { ...settlement, ...sums, id, number, year }, numbered, at)
    if (body.kind === 'WAIVER') await owed.bindWaivers(tx, access.county, { ...body, settlementId: id })
    await record(tx, access, deed('create', id), at)
    return await told(tx, access, id)
  })
}

async function changing(
  office: Office,
  access: Access,
  id: Id,
  { from, field }: { from: 'LOCKED' | 'APPROVED'; field: string },
  work: (tx: Transaction, settlement: queries.SettlementRecord, at: Date) => Promise<void>,
): Promise<Settlement> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const settlement = await queries.findSettlement(tx, access, id, { locked: true })
    if (!settlement) throw new Refused('not-found')
    if (settlement.state !== from) throw new Refused('settlement-not-at-this-step')
    await record(tx, access, deed('change', id, [field]), at)
    await work(tx, settlement, at)
    return await told(tx, access, id)
  })
}

const reference = (id: Id) => ({ refType: 'benefit-settlement', refId: id })

/** 审批: by somebody else, within the funds that have arrived; who bears it is fixed with it. */
export async function approve(office: Office, access: Access, id: Id): Promise<Settlement> {
  return await changing(
    office,
    access,
    id,
    { from: 'LOCKED', field: 'approval' },
    async (tx, settlement, at) => {
      if (settlement.madeBy === access.actorId) throw new Refused('maker-is-checker')
      const { programme, year } = settlement
      const byTier = await bearers(tx, access, settlement)
      await assertFunds(tx, access, { programme, year, byTier })
      await queries.approve(tx, access, id, byTier, at)
      const posting = { programme, year, on: todayOf(at), ...reference(id), memo: settlement.number }
      await postLedger(
        tx,
        access,
        { ...posting, kind: 'COMMITMENT', lines: linesOf('COMMITMENT', byTier) },
        at,
      )
    },
  )
}

export async function pay(
  office: Office,
  access: Access,
  id: Id,
  body: { paidOn: CivilDate; bankReference: string },
): Promise<Settlement> {
  return await changing(
    office,
    access,
    id,
    { from: 'APPROVED', field: 'payment' },
    async (tx, settlement, at) => {
      if (body.paidOn > todayOf(at)) throw Refused.field('/paidOn', 'invalid-date')
      await queries.pay(tx, access, id, body)
      const { programme, year } = settlement
      const lines = linesOf('PAYMENT', storedTiers(settlement))
      const memo = body.bankReference
      await postLedger(
        tx,
        access,
        { kind: 'PAYMENT', programme, year, on: body.paidOn, ...reference(id), memo, lines },
        at,
      )
    },
  )
}

export async function cancel(office: Office, access: Access, id: Id, reason: string): Promise<Settlement> {
  return await changing(office, access, id, { from: 'LOCKED', field: 'void' }, async (tx) => {
    await queries.cancel(tx, access, id, reason)
  })
}

type AskedTariffs = z.output<(typeof listServiceTariffs)['schema']['querystring']>

export async function listTariffs(
  office: Office,
  access: Access,
  { on, county }: AskedTariffs,
): Promise<{ items: ServiceTariff[] }> {
  const of = access.county || (county ?? 0)
  if (!covers(access.prefixes, String(of))) throw Refused.field('?county', 'out-of-area')
  const items = await reading(office.db, access, (tx) =>
    tariffs.selectTariffs(tx, of, on ?? todayOf(office.now())),
  )
  return { items }
}

/** A county's own figure for an item that is known, from today on at the earliest: settled months keep theirs. */
export async function setTariff(
  office: Office,
  access: Access,
  body: NewServiceTariff,
): Promise<ServiceTariff> {
  const at = office.now()
  if (body.fromOn < todayOf(at)) throw Refused.field('/fromOn', 'invalid-date')
  const isWaived = body.programme === 'P11'
  const { priceFen = null, waivedPercent = null } = body
  const [given, other] = isWaived ? [waivedPercent, priceFen] : [priceFen, waivedPercent]
  const pointer = isWaived ? '/waivedPercent' : '/priceFen'
  if (given === null) throw Refused.field(pointer, 'required')
  if (other !== null) throw Refused.field(isWaived ? '/priceFen' : '/waivedPercent', 'invalid-value')
  return await transaction(office.db, access, async (tx) => {
    const tariff = await tariffs.insertTariff(tx, access.county, body)
    if (!tariff) throw Refused.field('/item', 'not-found')
    await record(tx, access, { action: 'configure', entity: 'service-tariff', fields: [body.item] }, at)
    return tariff
  })
}
