import type { SettlementKind, SettlementState } from '@youyu/shared/subsidies/settlements'
import type { FenByTier, Tier } from '@youyu/shared/subsidies/shares'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import type { Line, Shares } from './rules.ts'

export type SettlementRecord = {
  id: Id
  number: string
  programme: string
  kind: SettlementKind
  year: number
  period: CivilDate
  payeeId: Id | null
  payee: string
  subjectId: Id | null
  claimedFen: number
  amountFen: number
  state: SettlementState
  madeAt: Date
  madeBy: Id
  paidOn: CivilDate | null
  bankReference: string | null
  voidReason: string | null
  version: number
} & Record<'centralFen' | 'provinceFen' | 'cityFen' | 'countyFen' | 'townshipFen' | 'otherFen', number>

const columns = `s.id, s.number, s.programme, s.kind, s.year, s.period, s.payee_id as "payeeId", s.payee, s.subject_id as "subjectId",
  s.claimed_fen as "claimedFen", s.amount_fen as "amountFen", s.state, s.made_at as "madeAt", s.made_by as "madeBy", s.paid_on as "paidOn",
  s.bank_reference as "bankReference", s.void_reason as "voidReason", s.version, s.central_fen as "centralFen", s.province_fen as "provinceFen",
  s.city_fen as "cityFen", s.county_fen as "countyFen", s.township_fen as "townshipFen", s.other_fen as "otherFen"`

export async function selectSettlements(
  tx: Transaction,
  access: Access,
  filter: { year?: number | undefined; programme?: string | undefined; state?: string | undefined },
  after: readonly [string, string] | null,
  limit: number,
): Promise<SettlementRecord[]> {
  const bound = new Bound()
  const conditions = [`s.county_code = ${bound.bind(access.county)}`]
  if (filter.year) conditions.push(`s.year = ${bound.bind(filter.year)}`)
  if (filter.programme) conditions.push(`s.programme = ${bound.bind(filter.programme)}`)
  if (filter.state) conditions.push(`s.state = ${bound.bind(filter.state)}`)
  if (after)
    conditions.push(`(s.period, s.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from benefit_settlements s where ${conditions.join(' and ')} order by s.period desc, s.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findSettlement(
  tx: Transaction,
  access: Access,
  id: Id,
  { locked = false } = {},
): Promise<SettlementRecord | undefined> {
  const text = `select ${columns} from benefit_settlements s where s.county_code = $1 and s.id = $2${locked ? ' for no key update' : ''}`
  return (await ask<SettlementRecord>(tx, text, [access.county, id]))[0]
}

export async function selectLines(
  tx: Transaction,
  access: Access,
  { id, programme, period }: Pick<SettlementRecord, 'id' | 'programme' | 'period'>,
): Promise<(Line & { nameZh: string | null; nameEn: string | null })[]> {
  return await ask(
    tx,
    `select l.item, l.unit_fen as "unitFen", l.claimed, l.accepted, l.claimed_fen as "claimedFen", l.amount_fen as "amountFen", l.is_covered as "isCovered",
       t.name_zh as "nameZh", t.name_en as "nameEn"
     from settlement_lines l left join app.service_tariffs_of($1, $4) t on t.programme = $3 and t.item = l.item
     where l.county_code = $1 and l.settlement_id = $2 order by l.item`,
    [access.county, id, programme, period],
  )
}

export type NewRecord = Pick<
  SettlementRecord,
  'id' | 'number' | 'programme' | 'kind' | 'year' | 'period' | 'payeeId' | 'payee' | 'subjectId'
> & { claimedFen: number; amountFen: number }

export async function insertSettlement(
  tx: Transaction,
  access: Access,
  settlement: NewRecord,
  lines: readonly (Line & { id: Id })[],
  at: Date,
): Promise<void> {
  await insertRow(tx, 'benefit_settlements', {
    ...{
      countyCode: access.county,
      ...settlement,
      state: 'LOCKED',
      madeBy: access.actorId,
      madeAt: at,
      version: 1,
    },
  })
  await ask(
    tx,
    `insert into settlement_lines (county_code, id, settlement_id, item, unit_fen, claimed, accepted, claimed_fen, amount_fen, is_covered)
     select $1, l.id, $2, l.item, l."unitFen", l.claimed, l.accepted, l."claimedFen", l."amountFen", l."isCovered"
     from jsonb_to_recordset($3::jsonb) as l (id uuid, item text, "unitFen" bigint, claimed integer, accepted integer, "claimedFen" bigint, "amountFen" bigint, "isCovered" boolean)`,
    [access.county, settlement.id, JSON.stringify(lines)],
  )
}

export async function approve(
  tx: Transaction,
  access: Access,
  id: Id,
  byTier: FenByTier,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update benefit_settlements set state = 'APPROVED', approved_by = $3, approved_at = $4, version = version + 1, central_fen = $5, province_fen = $6,
       city_fen = $7, county_fen = $8, township_fen = $9, other_fen = $10 where county_code = $1 and id = $2`,
    [
      ...[access.county, id, access.actorId, at, byTier.CENTRAL, byTier.PROVINCE, byTier.CITY],
      ...[byTier.COUNTY, byTier.TOWNSHIP, byTier.OTHER],
    ],
  )
}

export async function pay(
  tx: Transaction,
  access: Access,
  id: Id,
  { paidOn, bankReference }: { paidOn: CivilDate; bankReference: string },
): Promise<void> {
  await ask(
    tx,
    `update benefit_settlements set state = 'PAID', paid_on = $3, bank_reference = $4, version = version + 1 where county_code = $1 and id = $2`,
    [access.county, id, paidOn, bankReference],
  )
}

export async function cancel(tx: Transaction, access: Access, id: Id, reason: string): Promise<void> {
  await ask(
    tx,
    `update benefit_settlements set state = 'VOID', void_reason = $3, version = version + 1 where county_code = $1 and id = $2`,
    [access.county, id, reason],
  )
  await ask(tx, 'update fee_waivers set settlement_id = null where county_code = $1 and settlement_id = $2', [
    access.county,
    id,
  ])
}

/** Who bears a programme on a day. */
export async function sharesOf(
  tx: Transaction,
  county: number,
  programme: string,
  on: CivilDate,
): Promise<Shares> {
  const rows = await ask<{ tier: Tier; pct: string }>(
    tx,
    'select tier, pct from app.funding_shares_of($1, $2::date) where code = $3',
    [county, on, programme],
  )
  return Object.fromEntries(rows.map(({ tier, pct }) => [tier, Number(pct)]))
}
