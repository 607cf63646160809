import type { HospitalStay, StayPart } from '@youyu/shared/subsidies/hospital-stays'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import { prefixOf } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'
import type { DayRate } from './rules.ts'

export type StayRecord = Omit<HospitalStay, 'person' | 'place' | 'hospital' | 'recordedAt' | 'isMine'> & {
  personId: Id
  name: string
  divisionCode: DivisionCode
  placeName: string | null
  hospitalId: Id
  hospitalName: string
  recordedAt: Date
  recordedBy: Id
}

const columns = `h.id, h.person_id as "personId", p.name, h.division_code as "divisionCode", d.name as "placeName", h.hospital_id as "hospitalId", g.name as "hospitalName",
  h.admitted_on as "admittedOn", h.discharged_on as "dischargedOn", h.receipt, h.days, h.paid_days as "paidDays", h.parts, h.amount_fen as "amountFen", h.payer,
  h.cover_id as "policyId", h.state, h.reason, h.event_id as "eventId", h.settled_fen as "settledFen", h.settled_on as "settledOn",
  h.recorded_at as "recordedAt", h.recorded_by as "recordedBy", h.version`

function fromStays(bound: Bound, access: Access): string {
  const county = bound.bind(access.county)
  return `from hospital_stays h join persons p on p.county_code = ${county} and p.id = h.person_id
    join organisations g on g.id = h.hospital_id left join divisions d on d.code = h.division_code and d.valid_to is null
    where h.county_code = ${county} and ${within(bound, 'h.division_code', access.prefixes)}`
}

export async function selectStays(
  tx: Transaction,
  access: Access,
  filter: { division?: DivisionCode | undefined; state?: string | undefined; payer?: string | undefined },
  after: readonly [string, string] | null,
  limit: number,
): Promise<StayRecord[]> {
  const bound = new Bound()
  const from = fromStays(bound, access)
  const conditions: string[] = []
  if (filter.division) conditions.push(within(bound, 'h.division_code', [prefixOf(filter.division)]))
  if (filter.state) conditions.push(`h.state = ${bound.bind(filter.state)}`)
  if (filter.payer) conditions.push(`h.payer = ${bound.bind(filter.payer)}`)
  if (after)
    conditions.push(
      `(h.discharged_on, h.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`,
    )
  const text = `select ${columns} ${from} ${conditions.map((each) => `and ${each}`).join(' ')} order by h.discharged_on desc, h.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findStay(tx: Transaction, access: Access, id: Id): Promise<StayRecord | undefined> {
  const bound = new Bound()
  const text = `select ${columns} ${fromStays(bound, access)} and h.id = ${bound.bind(id)}`
  return (await ask<StayRecord>(tx, text, bound.values))[0]
}

export async function lockStay(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from hospital_stays where county_code = $1 and id = $2 for no key update', [
    access.county,
    id,
  ])
}

/** Rates by the day, in force at any time. */
export async function selectRates(tx: Transaction, county: number): Promise<DayRate[]> {
  return await ask(
    tx,
    `select amount_fen as "fenPerDay", from_on as "from", to_on as "to" from app.programme_rates_of($1) where code = 'P06' and unit = 'PER_DAY' order by from_on`,
    [county],
  )
}

export type Limits = { perStay: number | null; perYear: number | null }
export async function findLimits(tx: Transaction, county: number, on: CivilDate): Promise<Limits> {
  const [row] = await ask<Limits>(
    tx,
    `select (terms -> 'flags' ->> 'capDaysPerStay')::integer as "perStay", (terms -> 'flags' ->> 'capDaysPerYear')::integer as "perYear"
     from app.programme_terms($1, $2::date) where code = 'P06'`,
    [county, on],
  )
  return row ?? { perStay: null, perYear: null }
}

/** The policy that covers nursing of a person on a day. */
export async function findCover(
  tx: Transaction,
  county: number,
  personId: Id,
  on: CivilDate,
): Promise<({ id: Id } & Limits) | undefined> {
  const text = `select o.id, o.days_per_stay as "perStay", o.days_per_year as "perYear" from insured_persons i
    join insurance_policies o on o.county_code = $1 and o.id = i.cover_id and o.voided_at is null and 'NURSING' = any(o.covers) and $3::date between o.from_on and o.to_on
    where i.county_code = $1 and i.person_id = $2 order by o.from_on desc limit 1`
  return (await ask<{ id: Id } & Limits>(tx, text, [county, personId, on]))[0]
}

export async function sumDaysOfYear(
  tx: Transaction,
  county: number,
  { personId, payer, on }: { personId: Id; payer: string; on: CivilDate },
): Promise<number> {
  const text = `select coalesce(sum(paid_days), 0)::integer as days from hospital_stays
    where county_code = $1 and person_id = $2 and payer = $3 and state <> 'REFUSED' and extract(year from admitted_on) = extract(year from $4::date)`
  return (await ask<{ days: number }>(tx, text, [county, personId, payer, on]))[0]!.days
}

/** One person's stays are entered one after the other: the days of her year are counted once. */
export async function lockPerson(tx: Transaction, county: number, personId: Id): Promise<void> {
  await ask(
    tx,
    'select id from family_members where county_code = $1 and person_id = $2 and left_on is null for no key update',
    [county, personId],
  )
}

export async function insertStay(
  tx: Transaction,
  access: Access,
  { parts, ...stay }: Readonly<Record<string, unknown>> & { parts: StayPart[] },
  at: Date,
): Promise<void> {
  await insertRow(tx, 'hospital_stays', {
    ...{ countyCode: access.county, ...stay, parts: JSON.stringify(parts), state: 'RECORDED' },
    ...{ recordedAt: at, recordedBy: access.actorId, version: 1 },
  })
}

export async function settleCheck(
  tx: Transaction,
  access: Access,
  id: Id,
  { state, reason, eventId }: { state: 'PASSED' | 'REFUSED'; reason: string | null; eventId: Id | null },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update hospital_stays set state = $3, reason = $4, event_id = $5, checked_by = $6, checked_at = $7, version = version + 1 where county_code = $1 and id = $2`,
    [access.county, id, state, reason, eventId, access.actorId, at],
  )
}

export async function isHospital(tx: Transaction, id: Id): Promise<boolean> {
  const rows = await ask(tx, "select id from organisations where id = $1 and status = 'active'", [id])
  return rows.length > 0
}
