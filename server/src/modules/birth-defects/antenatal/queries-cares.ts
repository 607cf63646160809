import type { CareNeed } from '@youyu/shared/birth-defects/antenatal-care'
import type { RiskColour } from '@youyu/shared/population/value-sets'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

export type CareRow = {
  id: Id
  womanId: Id
  name: string
  birthDate: CivilDate
  expectedOn: CivilDate
  endedOn: CivilDate | null
  status: string
  riskColour: RiskColour
  isPurple: boolean
  firstOn: CivilDate
  lastOn: CivilDate
  nextOn: CivilDate | null
  contacts: number
  planDueSince: CivilDate | null
  planId: Id | null
}

const columns = `k.pregnancy_id as id, g.woman_id as "womanId", c.name, c.birth_date as "birthDate", g.expected_on as "expectedOn",
  g.ended_on as "endedOn", g.status, k.risk_colour as "riskColour", k.is_purple as "isPurple", k.first_on as "firstOn", k.last_on as "lastOn",
  k.next_on as "nextOn", k.contacts, k.plan_due_since as "planDueSince", k.plan_id as "planId"`
const noDay = `coalesce(k.next_on, 'infinity')`

export type CareQuestion = {
  need?: CareNeed | undefined
  colour?: RiskColour | undefined
  ended?: boolean | undefined
  after: readonly [string, string] | null
  limit: number
}

/** The facility's own, the next day first; those without one last. */
export async function selectCares(
  tx: Transaction,
  { county, facility }: Access,
  today: CivilDate,
  { need, colour, ended, after, limit }: CareQuestion,
): Promise<CareRow[]> {
  const bound = new Bound()
  const conditions = [
    `k.county_code = ${bound.bind(county)} and k.facility_id = ${bound.bind(facility)} and k.contacts > 0`,
  ]
  if (need === 'PLAN') conditions.push('k.plan_due_since is not null')
  if (need === 'LATE') conditions.push(`k.next_on < ${bound.bind(today)}::date`)
  if (need === 'HIGH') conditions.push(`(k.is_purple or k.risk_colour in ('ORANGE', 'RED'))`)
  if (colour) conditions.push(`k.risk_colour = ${bound.bind(colour)}`)
  if (need === 'POSTNATAL') {
    const day = `${bound.bind(today)}::date`
    conditions.push(`g.status = 'DELIVERED' and g.ended_on between ${day} - 42 and ${day}
      and not exists (select from postnatal_contacts p where p.county_code = k.county_code and p.pregnancy_id = k.pregnancy_id and p.voided_at is null)`)
  } else if (!ended) conditions.push(`g.status in ('REGISTERED', 'ONGOING')`)
  if (after)
    conditions.push(
      `(${noDay}, k.pregnancy_id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`,
    )
  const text = `select ${columns} from antenatal_cares k
    join pregnancies g on g.county_code = k.county_code and g.id = k.pregnancy_id and g.voided_at is null
    cross join lateral app.client_of(k.county_code, g.woman_id) c
    where ${conditions.join(' and ')} order by ${noDay}, k.pregnancy_id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findCare(
  tx: Transaction,
  { county, facility }: Access,
  pregnancyId: Id,
): Promise<
  { planDueSince: CivilDate | null; planId: Id | null; riskColour: RiskColour; isPurple: boolean } | undefined
> {
  const [found] = await ask<{
    planDueSince: CivilDate | null
    planId: Id | null
    riskColour: RiskColour
    isPurple: boolean
  }>(
    tx,
    `select plan_due_since as "planDueSince", plan_id as "planId", risk_colour as "riskColour", is_purple as "isPurple" from antenatal_cares
     where county_code = $1 and facility_id = $2 and pregnancy_id = $3 and contacts > 0`,
    [county, facility, pregnancyId],
  )
  return found
}

/** Brings the line of a pregnancy to what its contacts and plans at the facility say. */
export async function settleCare(
  tx: Transaction,
  { county, facility }: Access,
  pregnancyId: Id,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into antenatal_cares as kept (county_code, pregnancy_id, facility_id, first_on, last_on, next_on,
       contacts, risk_colour, is_purple, plan_due_since, plan_id, updated_at)
     select $1, $3, $2, n.first_on, l.occurred_on, l.next_on, n.contacts, l.risk_colour, l.is_purple,
       case when p.id is null and (l.is_purple or l.risk_colour in ('ORANGE', 'RED')) then n.due_on end, p.id, $4
     from (select * from antenatal_contacts v where v.county_code = $1 and v.facility_id = $2 and v.pregnancy_id = $3
         order by (v.voided_at is null) desc, v.occurred_on desc, v.recorded_at desc, v.id desc limit 1) l
     cross join (select coalesce(min(v.occurred_on), min(o.occurred_on)) as first_on, count(v.id)::int as contacts,
         min(v.occurred_on) filter (where (v.is_purple or v.risk_colour in ('ORANGE', 'RED')) and v.occurred_on > coalesce(
           (select max(e.closed_on) from high_risk_plans e where e.county_code = $1 and e.facility_id = $2 and e.pregnancy_id = $3 and e.voided_at is null),
           '-infinity')) as due_on
       from antenatal_contacts o left join antenatal_contacts v on v.county_code = $1 and v.id = o.id and v.voided_at is null
       where o.county_code = $1 and o.facility_id = $2 and o.pregnancy_id = $3) n
     left join high_risk_plans p on p.county_code = $1 and p.facility_id = $2 and p.pregnancy_id = $3 and p.closed_on is null and p.voided_at is null
     on conflict (county_code, pregnancy_id, facility_id) do update set
       first_on = excluded.first_on, last_on = excluded.last_on, next_on = excluded.next_on, contacts = excluded.contacts,
       risk_colour = excluded.risk_colour, is_purple = excluded.is_purple, plan_due_since = excluded.plan_due_since, plan_id = excluded.plan_id,
       updated_at = excluded.updated_at`,
    [county, facility, pregnancyId, at],
  )
}

export type StandingCare = {
  chainId: Id
  womanId: Id
  divisionCode: DivisionCode
  firstOn: CivilDate
  riskColour: RiskColour
  isPurple: boolean
  riskItems: string[]
  planId: Id | null
}

/** Where a pregnancy stands at the facility, with the items of its latest contact. */
export async function findStanding(
  tx: Transaction,
  { county, facility }: Access,
  pregnancyId: Id,
): Promise<StandingCare | undefined> {
  const [found] = await ask<StandingCare>(
    tx,
    `select l.chain_id as "chainId", l.woman_id as "womanId", l.division_code as "divisionCode", l.risk_items as "riskItems",
       k.first_on as "firstOn", k.risk_colour as "riskColour", k.is_purple as "isPurple", k.plan_id as "planId"
     from antenatal_cares k
     cross join lateral (select v.chain_id, v.woman_id, v.division_code, v.risk_items from antenatal_contacts v
       where v.county_code = $1 and v.facility_id = $2 and v.pregnancy_id = $3 and v.voided_at is null
       order by v.occurred_on desc, v.recorded_at desc, v.id desc limit 1) l
     where k.county_code = $1 and k.facility_id = $2 and k.pregnancy_id = $3 and k.contacts > 0`,
    [county, facility, pregnancyId],
  )
  return found
}
