import type { InsuredStay, InsurancePolicy, NewInsurancePolicy } from '@youyu/shared/subsidies/insurance'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type PolicyRecord = Omit<
  InsurancePolicy,
  'insurer' | 'perHeadFen' | 'settlement' | 'madeAt' | 'voidedAt'
> & {
  insurerId: Id
  insurer: string
  settlementId: Id | null
  settlementState: string | null
  madeAt: Date
  voidedAt: Date | null
}

const columns = `o.id, o.number, o.insurer_id as "insurerId", g.name as insurer, o.year, o.from_on as "fromOn", o.to_on as "toOn", o.covers, o.insured,
  o.premium_fen as "premiumFen", o.days_per_stay as "daysPerStay", o.days_per_year as "daysPerYear", o.document, o.made_at as "madeAt",
  o.voided_at as "voidedAt", o.version, s.id as "settlementId", s.state as "settlementState"`
const joins = `join organisations g on g.id = o.insurer_id
  left join benefit_settlements s on s.county_code = $1 and s.subject_id = o.id and s.state <> 'VOID'`

export async function selectPolicies(
  tx: Transaction,
  access: Access,
  after: readonly [string, string] | null,
  limit: number,
): Promise<PolicyRecord[]> {
  const bound = new Bound()
  const conditions = [`o.county_code = ${bound.bind(access.county)}`]
  if (after)
    conditions.push(`(o.from_on, o.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from insurance_policies o ${joins} where ${conditions.join(' and ')} order by o.from_on desc, o.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findPolicy(tx: Transaction, access: Access, id: Id): Promise<PolicyRecord | undefined> {
  const text = `select ${columns} from insurance_policies o ${joins} where o.county_code = $1 and o.id = $2`
  return (await ask<PolicyRecord>(tx, text, [access.county, id]))[0]
}

/** Living members of the families that have a file, of these kinds. */
const insurable = (kinds: string) => `select x.person_id, x.family_id, f.division_code
  from special_families f
  join family_members x on x.county_code = $1 and x.family_id = f.id and x.left_on is null
  join persons p on p.county_code = $1 and p.id = x.person_id and p.status in ('ACTIVE', 'SUSPECT_DUP')
  where f.county_code = $1 and f.closed_on is null and f.opened_on is not null and f.kind = any(${kinds}::text[])`

export async function countInsurable(
  tx: Transaction,
  county: number,
  kinds: readonly string[],
): Promise<number> {
  const text = `select count(*)::integer as people from (${insurable('$2')}) i`
  return (await ask<{ people: number }>(tx, text, [county, kinds]))[0]!.people
}

export async function insertPolicy(
  tx: Transaction,
  access: Access,
  policy: NewInsurancePolicy & { id: Id; insured: number },
  at: Date,
): Promise<void> {
  const { id, number, insurerId, fromOn, toOn, covers, insured, premiumFen, document } = policy
  await insertRow(tx, 'insurance_policies', {
    ...{ countyCode: access.county, id, number, insurerId, year: Number(fromOn.slice(0, 4)), fromOn, toOn },
    ...{
      covers,
      insured,
      premiumFen,
      daysPerStay: policy.daysPerStay ?? null,
      daysPerYear: policy.daysPerYear ?? null,
    },
    ...{ document, madeAt: at, madeBy: access.actorId, version: 1 },
  })
}

/** Everybody at once; what each costs is cut from the running sum, so that no fen is lost or made. */
export async function insertInsured(
  tx: Transaction,
  county: number,
  {
    id,
    kinds,
    premiumFen,
    insured,
  }: { id: Id; kinds: readonly string[]; premiumFen: number; insured: number },
): Promise<number> {
  const rows = await ask<{ seq: number }>(
    tx,
    `insert into insured_persons (county_code, cover_id, person_id, family_id, division_code, seq, premium_fen)
     select $1, $3, i.person_id, i.family_id, i.division_code, i.seq, $4::bigint * i.seq / $5::bigint - $4::bigint * (i.seq - 1) / $5::bigint
     from (select n.*, row_number() over (order by n.division_code, n.family_id, n.person_id)::integer as seq from (${insurable('$2')}) n) i returning seq`,
    [county, kinds, id, premiumFen, insured],
  )
  return rows.length
}

export async function cancelPolicy(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const rows = await ask<{ id: Id }>(
    tx,
    `update insurance_policies o set voided_at = $3, void_reason = $4, version = version + 1
     where o.county_code = $1 and o.id = $2 and o.voided_at is null
       and not exists (select from benefit_settlements s where s.county_code = $1 and s.subject_id = o.id and s.state <> 'VOID')
       and not exists (select from hospital_stays h where h.county_code = $1 and h.cover_id = o.id and h.state <> 'REFUSED') returning o.id`,
    [access.county, id, at, reason],
  )
  return rows.length > 0
}

export type InsuredRecord = {
  seq: number
  personId: Id
  name: string
  code: DivisionCode
  place: string | null
  premiumFen: number
}
export async function selectInsured(
  tx: Transaction,
  access: Access,
  id: Id,
  after: readonly [number] | null,
  limit: number,
): Promise<InsuredRecord[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const text = `select i.seq, i.person_id as "personId", p.name, i.division_code as code, d.name as place, i.premium_fen as "premiumFen"
    from insured_persons i join persons p on p.county_code = ${county} and p.id = i.person_id
    left join divisions d on d.code = i.division_code and d.valid_to is null
    where i.county_code = ${county} and i.cover_id = ${bound.bind(id)} and ${within(bound, 'i.division_code', access.prefixes)}
      and i.seq > ${bound.bind(after?.[0] ?? 0)} order by i.seq limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export type Identified = {
  seq: number
  personId: Id
  name: string
  sex: string
  birthDate: CivilDate
  idNumber: Buffer | null
  premiumFen: number
}
export async function selectIdentified(tx: Transaction, county: number, id: Id): Promise<Identified[]> {
  return await ask(
    tx,
    `select i.seq, p.id as "personId", p.name, p.sex, p.birth_date as "birthDate", p.id_number_cipher as "idNumber", i.premium_fen as "premiumFen"
     from insured_persons i join persons p on p.county_code = $1 and p.id = i.person_id where i.county_code = $1 and i.cover_id = $2 order by i.seq`,
    [county, id],
  )
}

type StayRow = Omit<InsuredStay, 'name'> & { name: string }
/** The first gate of an insurer: stays under policies of the company that she works for. */
export async function selectStays(
  tx: Transaction,
  access: Access,
  filter: { state?: string | undefined; id?: Id },
  after: readonly [string, string] | null,
  limit: number,
): Promise<StayRow[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const conditions = [
    `h.county_code = ${county}`,
    within(bound, 'h.division_code', access.prefixes),
    `h.payer = 'INSURER' and h.state in ('PASSED', 'SETTLED')`,
    `o.insurer_id = (select u.organisation_id from users u where u.id = ${bound.bind(access.actorId)})`,
  ]
  if (filter.state) conditions.push(`h.state = ${bound.bind(filter.state)}`)
  if (filter.id) conditions.push(`h.id = ${bound.bind(filter.id)}`)
  if (after)
    conditions.push(
      `(h.discharged_on, h.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`,
    )
  const text = `select h.id, o.number as "policyNumber", i.seq, p.name, g.name as hospital, h.admitted_on as "admittedOn", h.discharged_on as "dischargedOn", h.receipt,
      h.paid_days as "paidDays", h.amount_fen as "amountFen", h.state, h.settled_fen as "settledFen", h.settled_on as "settledOn"
    from hospital_stays h
    join insurance_policies o on o.county_code = ${county} and o.id = h.cover_id
    join insured_persons i on i.county_code = ${county} and i.cover_id = o.id and i.person_id = h.person_id
    join persons p on p.county_code = ${county} and p.id = h.person_id
    join organisations g on g.id = h.hospital_id
    where ${conditions.join(' and ')} order by h.discharged_on desc, h.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function settleStay(
  tx: Transaction,
  county: number,
  id: Id,
  { settledFen, settledOn, reference }: { settledFen: number; settledOn: CivilDate; reference: string },
): Promise<void> {
  await ask(
    tx,
    `update hospital_stays set state = 'SETTLED', settled_fen = $3, settled_on = $4, settled_reference = $5, version = version + 1
     where county_code = $1 and id = $2 and state = 'PASSED'`,
    [county, id, settledFen, settledOn, reference],
  )
}
