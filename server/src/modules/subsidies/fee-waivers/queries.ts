import type { WaiverUse } from '@youyu/shared/subsidies/fee-waivers'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type WaiverRecord = {
  id: Id
  personId: Id
  name: string
  hospitalId: Id
  hospital: string
  item: string
  usedOn: CivilDate
  normalFen: number
  waivedFen: number
  receipt: string
  settlementId: Id | null
}

export async function selectWaivers(
  tx: Transaction,
  access: Access,
  filter: { month?: string | undefined; organisationId?: Id | undefined },
  after: readonly [string, string] | null,
  limit: number,
): Promise<WaiverRecord[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const conditions = [
    `w.county_code = ${county}`,
    within(bound, 'w.division_code', access.prefixes),
    'w.voided_at is null',
  ]
  if (filter.month) {
    const month = bound.bind(filter.month)
    conditions.push(`w.used_on >= ${month}::date and w.used_on < (${month}::date + interval '1 month')::date`)
  }
  if (filter.organisationId) conditions.push(`w.organisation_id = ${bound.bind(filter.organisationId)}`)
  if (after)
    conditions.push(`(w.used_on, w.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select w.id, w.person_id as "personId", p.name, w.organisation_id as "hospitalId", g.name as hospital, w.item, w.used_on as "usedOn",
      w.normal_fen as "normalFen", w.waived_fen as "waivedFen", w.receipt, w.settlement_id as "settlementId"
    from fee_waivers w join persons p on p.county_code = ${county} and p.id = w.person_id join organisations g on g.id = w.organisation_id
    where ${conditions.join(' and ')} order by w.used_on desc, w.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

/** Members in the order in which they joined: her place is part of what the hospital knows her by. */
const numbered = `select x.person_id, x.family_id, x.left_on, f.number, f.event_on, f.division_code, f.opened_on, f.closed_on,
    row_number() over (partition by x.family_id order by x.joined_on, x.id) as place
  from family_members x join special_families f on f.county_code = $1 and f.id = x.family_id where x.county_code = $1`

export type Entitled = {
  entitlement: string
  name: string
  sex: string
  birthMonth: string
  card: string | null
}
export async function selectEntitled(tx: Transaction, county: number): Promise<Entitled[]> {
  return await ask(
    tx,
    `select n.number || '#' || n.place as entitlement, p.name, p.sex, to_char(p.birth_date, 'YYYY-MM') as "birthMonth", s.card_number as card
     from (${numbered}) n join persons p on p.county_code = $1 and p.id = n.person_id and p.status in ('ACTIVE', 'SUSPECT_DUP')
     left join family_services s on s.county_code = $1 and s.person_id = n.person_id and s.kind = 'GREEN_CHANNEL' and s.to_on is null and not s.is_declined
     where n.left_on is null and n.closed_on is null and n.opened_on is not null order by 1`,
    [county],
  )
}

export type Judged = {
  row: number
  personId: Id | null
  familyId: Id | null
  divisionCode: DivisionCode | null
  waivedFen: number | null
  item: string
  usedOn: CivilDate
  normalFen: number
  receipt: string
  isKnown: boolean
  isTwice: boolean
}

/** Every row of a hospital's list beside the family, the share of its day, and what is recorded already. */
export async function judge(
  tx: Transaction,
  access: Access,
  organisationId: Id,
  rows: readonly WaiverUse[],
): Promise<Judged[]> {
  const bound = new Bound()
  bound.bind(access.county)
  const given = bound.bind(JSON.stringify(rows))
  const hospital = bound.bind(organisationId)
  const area = within(bound, 'n.division_code', access.prefixes)
  return await ask(
    tx,
    `with given as (
       select (g.nth - 1)::integer as row, r.* from jsonb_array_elements(${given}::jsonb) with ordinality as g (body, nth)
       cross join lateral jsonb_to_record(g.body) as r (entitlement text, item text, "usedOn" date, "normalFen" bigint, receipt text)
     ), member as materialized (${numbered})
     select g.row, g.item, g."usedOn", g."normalFen", g.receipt, n.person_id as "personId", n.family_id as "familyId", n.division_code as "divisionCode",
       round(g."normalFen" * t.waived_percent / 100)::bigint as "waivedFen",
       exists (select from fee_waivers w where w.county_code = $1 and w.organisation_id = ${hospital} and w.receipt = g.receipt and w.item = g.item and w.voided_at is null) as "isKnown",
       count(*) over (partition by g.receipt, g.item) > 1 as "isTwice"
     from given g
     left join member n on n.number || '#' || n.place = g.entitlement and n.opened_on <= g."usedOn" and coalesce(n.left_on, g."usedOn") >= g."usedOn"
       and coalesce(n.closed_on, g."usedOn") >= g."usedOn" and ${area}
     left join lateral (
       select s.waived_percent from service_tariffs s where s.programme = 'P11' and s.item = g.item and s.owner_county in (0, $1) and s.from_on <= g."usedOn"
         and (s.to_on is null or s.to_on >= g."usedOn") and s.waived_percent is not null order by s.owner_county desc, s.from_on desc limit 1) t on true
     order by g.row`,
    bound.values,
  )
}

export async function insertWaivers(
  tx: Transaction,
  access: Access,
  organisationId: Id,
  rows: readonly (Judged & { id: Id })[],
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into fee_waivers (county_code, id, person_id, family_id, division_code, organisation_id, item, used_on, normal_fen, waived_fen, receipt, recorded_at, recorded_by, source)
     select $1, r.id, r."personId", r."familyId", r."divisionCode", $2, r.item, r."usedOn", r."normalFen", r."waivedFen", r.receipt, $3, $4, 'IMPORT'
     from jsonb_to_recordset($5::jsonb) as r (id uuid, "personId" uuid, "familyId" uuid, "divisionCode" text, item text, "usedOn" date, "normalFen" bigint, "waivedFen" bigint, receipt text)`,
    [access.county, organisationId, at, access.actorId, JSON.stringify(rows)],
  )
}

export async function isHospital(tx: Transaction, county: number, id: Id): Promise<boolean> {
  const text =
    "select id from organisations where id = $1 and status = 'active' and left(division_code, 6) = $2"
  return (await ask(tx, text, [id, String(county).padStart(6, '0')])).length > 0
}

/** Whoever loads a list need not see what the county settles. */
export async function settledMonths(
  tx: Transaction,
  county: number,
  organisationId: Id,
  days: readonly CivilDate[],
): Promise<CivilDate[]> {
  const text = 'select period from app.settled_waiver_months($1, $2, $3::date[]) as s (period)'
  return (await ask<{ period: CivilDate }>(tx, text, [county, organisationId, days])).map(
    ({ period }) => period,
  )
}
