import type {
  ServiceTariff,
  SettlementKind,
  SettlementState,
  NewServiceTariff,
} from '@youyu/shared/subsidies/settlements'
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

export type Tariff = { item: string; priceFen: number; procedureTypes: string[] }
export async function selectPrices(
  tx: Transaction,
  county: number,
  programme: string,
  on: CivilDate,
): Promise<Map<string, Tariff>> {
  const rows = await ask<Tariff>(
    tx,
    `select item, price_fen as "priceFen", procedure_types as "procedureTypes" from app.service_tariffs_of($1, $2::date)
     where programme = $3 and price_fen is not null`,
    [county, on, programme],
  )
  return new Map(rows.map((row) => [row.item, row]))
}

/** What the facility's own records bear out of a claim; no count of anything comes back. */
export async function borneOut(
  tx: Transaction,
  county: number,
  { facility, month }: { facility: Id; month: CivilDate },
  lines: readonly { item: string; claimed: number; procedureTypes: readonly string[] }[],
): Promise<Map<string, number>> {
  const types = Object.fromEntries(lines.map(({ item, procedureTypes }) => [item, procedureTypes]))
  const rows = await ask<{ item: string; accepted: number }>(
    tx,
    'select item, accepted from app.borne_out($1, $2, $3::date, $4::text[], $5::jsonb, $6::integer[])',
    [
      ...[county, facility, month, lines.map(({ item }) => item), JSON.stringify(types)],
      lines.map(({ claimed }) => claimed),
    ],
  )
  return new Map(rows.map(({ item, accepted }) => [item, accepted]))
}

export async function findOrganisation(
  tx: Transaction,
  county: number,
  id: Id,
): Promise<{ id: Id; name: string } | undefined> {
  const text = `select id, name from organisations where id = $1 and status = 'active' and left(division_code, 6) = $2`
  return (await ask<{ id: Id; name: string }>(tx, text, [id, String(county).padStart(6, '0')]))[0]
}

export type WaivedSum = { item: string; count: number; fen: number }
/** Locks and sums what a hospital waived in a month and nobody has settled. */
export async function sumWaivers(
  tx: Transaction,
  county: number,
  { organisationId, month }: { organisationId: Id; month: CivilDate },
): Promise<WaivedSum[]> {
  const open = `county_code = $1 and organisation_id = $2 and used_on >= $3::date and used_on < ($3::date + interval '1 month')::date and settlement_id is null and voided_at is null`
  await ask(tx, `select id from fee_waivers where ${open} order by id for no key update`, [
    county,
    organisationId,
    month,
  ])
  return await ask(
    tx,
    `select item, count(*)::integer as count, sum(waived_fen)::bigint as fen from fee_waivers where ${open} group by item order by item`,
    [county, organisationId, month],
  )
}

export async function bindWaivers(
  tx: Transaction,
  county: number,
  { organisationId, month, settlementId }: { organisationId: Id; month: CivilDate; settlementId: Id },
): Promise<void> {
  await ask(
    tx,
    `update fee_waivers set settlement_id = $4 where county_code = $1 and organisation_id = $2 and used_on >= $3::date
       and used_on < ($3::date + interval '1 month')::date and settlement_id is null and voided_at is null`,
    [county, organisationId, month, settlementId],
  )
}

export type PolicyOwed = {
  number: string
  insurerId: Id
  insurer: string
  fromOn: CivilDate
  insured: number
  premiumFen: number
}
export async function findPremium(tx: Transaction, county: number, id: Id): Promise<PolicyOwed | undefined> {
  const text = `select o.number, o.insurer_id as "insurerId", g.name as insurer, o.from_on as "fromOn", o.insured, o.premium_fen as "premiumFen"
    from insurance_policies o join organisations g on g.id = o.insurer_id where o.county_code = $1 and o.id = $2 and o.voided_at is null for update of o`
  return (await ask<PolicyOwed>(tx, text, [county, id]))[0]
}

export type RosterOwed = {
  number: string
  programme: string
  department: string
  period: CivilDate
  people: number
  paid: number
  totalFen: number
  paidFen: number
}
export async function findRosterOwed(
  tx: Transaction,
  county: number,
  id: Id,
): Promise<RosterOwed | undefined> {
  const text = `select r.number, r.programme, r.department, r.period, r.people, r.total_fen as "totalFen", r.paid_fen as "paidFen",
      (select count(*)::integer from benefit_roster_lines l where l.county_code = $1 and l.roster_id = r.id and l.outcome = 'PAID') as paid
    from benefit_rosters r where r.county_code = $1 and r.id = $2 and r.state = 'RETURNED'`
  return (await ask<RosterOwed>(tx, text, [county, id]))[0]
}

const tariffColumns = `t.programme, t.item, t.name_zh as "nameZh", t.name_en as "nameEn", t.from_on as "fromOn", t.to_on as "toOn", t.price_fen as "priceFen",
  t.waived_percent::float8 as "waivedPercent", t.document, t.confidence, t.owner_county = 0 as "isStandard"`

export async function selectTariffs(
  tx: Transaction,
  county: number,
  on: CivilDate,
): Promise<ServiceTariff[]> {
  return await ask(
    tx,
    `select ${tariffColumns} from app.service_tariffs_of($1, $2::date) t order by t.programme, t.item`,
    [county, on],
  )
}

/** The item as it stands, so that a county's own keeps its name and what is counted behind it. */
export async function insertTariff(
  tx: Transaction,
  county: number,
  { programme, item, fromOn, priceFen = null, waivedPercent = null, document }: NewServiceTariff,
): Promise<ServiceTariff | undefined> {
  await ask(
    tx,
    `update service_tariffs set to_on = $4::date - 1 where owner_county = $1 and programme = $2 and item = $3 and to_on is null and from_on < $4::date`,
    [county, programme, item, fromOn],
  )
  const rows = await ask<ServiceTariff>(
    tx,
    `insert into service_tariffs as t (owner_county, programme, item, from_on, name_zh, name_en, price_fen, waived_percent, procedure_types, document, confidence)
     select $1::integer, $2, $3, $4::date, s.name_zh, s.name_en, $5, $6, s.procedure_types, $7, 'LOCAL'
     from (select * from service_tariffs where programme = $2 and item = $3 and owner_county in (0, $1::integer) order by owner_county, from_on desc limit 1) s
     returning ${tariffColumns}`,
    [county, programme, item, fromOn, priceFen, waivedPercent, document],
  )
  return rows[0]
}
