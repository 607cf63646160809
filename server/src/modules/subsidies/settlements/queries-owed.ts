import type { CivilDate, Id } from '@youyu/shared/values'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

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
