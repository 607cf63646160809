import type { HighRiskPlanRow, PlanContact, PlanOutcome } from '@youyu/shared/birth-defects/care-plans'
import type { RiskColour } from '@youyu/shared/population/value-sets'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'

export type PlanRow = Omit<HighRiskPlanRow, 'woman' | 'colour' | 'isLate'> & {
  womanId: Id
  name: string
  birthDate: CivilDate
  chainId: Id
  riskColour: RiskColour
  riskItems: string[]
  deliveryAt: string | null
  planCipher: Buffer
  recordedAt: Date
}

function columnsOf(mine: string): string {
  return `p.id, p.pregnancy_id as "pregnancyId", p.woman_id as "womanId", c.name, c.birth_date as "birthDate", p.chain_id as "chainId",
  g.expected_on as "expectedOn", p.opened_on as "openedOn", p.risk_colour as "riskColour", p.is_purple as "isPurple", p.risk_items as "riskItems",
  p.responsible, p.delivery_at as "deliveryAt", p.plan_cipher as "planCipher", p.closed_on as "closedOn", p.outcome, p.version,
  p.recorded_at as "recordedAt", p.facility_id = ${mine} as "isMine", n.due_on as "nextDueOn"`
}
const around = `cross join lateral app.client_of(p.county_code, p.woman_id) c
  cross join lateral (select g.expected_on from app.pregnancies_in_care(p.county_code, p.pregnancy_id, null) g) g
  cross join lateral (select min(k.due_on) as due_on from high_risk_plan_contacts k
    where k.county_code = p.county_code and k.plan_id = p.id and k.state = 'PLANNED' and p.closed_on is null) n`

export type PlanQuestion = {
  closed?: boolean | undefined
  late?: boolean | undefined
  after: readonly [string, string] | null
  limit: number
}

/** Own plans, those whose next contact is soonest first. */
export async function selectPlans(
  tx: Transaction,
  { county, facility }: Access,
  today: CivilDate,
  { closed, late, after, limit }: PlanQuestion,
): Promise<PlanRow[]> {
  const bound = new Bound()
  const mine = bound.bind(facility)
  const conditions = [
    `p.county_code = ${bound.bind(county)} and p.facility_id = ${mine} and p.voided_at is null and p.closed_on is ${closed ? 'not ' : ''}null`,
  ]
  const day = `coalesce(n.due_on, 'infinity')`
  if (late) conditions.push(`n.due_on < ${bound.bind(today)}::date`)
  if (after)
    conditions.push(`(${day}, p.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columnsOf(mine)} from high_risk_plans p ${around} where ${conditions.join(' and ')}
    order by ${day}, p.id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

/** An own plan, or one of a chain that the facility takes part in. */
export async function findPlan(
  tx: Transaction,
  { county, facility }: Access,
  id: Id,
): Promise<PlanRow | undefined> {
  const bound = new Bound()
  const mine = bound.bind(facility)
  const text = `select ${columnsOf(mine)} from high_risk_plans p ${around}
    where p.county_code = ${bound.bind(county)} and p.id = ${bound.bind(id)} and p.voided_at is null
      and (p.facility_id = ${mine} or app.joins(p.county_code, p.chain_id))`
  return (await ask<PlanRow>(tx, text, bound.values))[0]
}

export async function lockPlan(tx: Transaction, { county }: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from high_risk_plans where county_code = $1 and id = $2 for no key update', [
    county,
    id,
  ])
}

export type PlanContactRow = Pick<PlanContact, 'id' | 'dueOn' | 'mode' | 'state' | 'doneOn'> & {
  wordsCipher: Buffer
}

export async function selectPlanContacts(
  tx: Transaction,
  { county }: Access,
  planId: Id,
): Promise<PlanContactRow[]> {
  return await ask(
    tx,
    `select k.id, k.due_on as "dueOn", k.mode, k.state, k.done_on as "doneOn", k.words_cipher as "wordsCipher" from high_risk_plan_contacts k
     where k.county_code = $1 and k.plan_id = $2 order by k.due_on, k.id`,
    [county, planId],
  )
}

export type NewPlanRow = {
  id: Id
  chainId: Id
  pregnancyId: Id
  womanId: Id
  divisionCode: DivisionCode
  openedOn: CivilDate
  riskColour: RiskColour
  isPurple: boolean
  riskItems: string[]
  responsible: string
  deliveryAt: string | null
  planCipher: Buffer
}

export async function insertPlan(
  tx: Transaction,
  { county, facility, actorId }: Access,
  row: NewPlanRow,
  at: Date,
): Promise<void> {
  await insertRow(tx, 'high_risk_plans', {
    ...{ countyCode: county, facilityId: facility, ...row, updatedAt: at, version: 1 },
    ...{ recordedAt: at, recordedBy: actorId, source: 'MANUAL' },
  })
}

export type NewPlanContact = { id: Id; dueOn: CivilDate; mode: string; words: string }

export async function insertPlanContacts(
  tx: Transaction,
  { county, facility, actorId }: Access,
  plan: { id: Id; chainId: Id },
  contacts: readonly NewPlanContact[],
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into high_risk_plan_contacts (county_code, id, plan_id, facility_id, chain_id, due_on, mode, state, words_cipher, recorded_at, recorded_by)
     select $1, n.id, $2, $3, $4, n."dueOn", n.mode, 'PLANNED', decode(n.words, 'base64'), $6, $7
     from jsonb_to_recordset($5::jsonb) as n (id uuid, "dueOn" date, mode text, words text)`,
    [county, plan.id, facility, plan.chainId, JSON.stringify(contacts), at, actorId],
  )
}

export type ChangedPlan = {
  id: Id
  responsible: string
  deliveryAt: string | null
  planCipher: Buffer
  closedOn: CivilDate | null
  outcome: PlanOutcome | null
}

export async function updatePlan(
  tx: Transaction,
  { county, facility }: Access,
  { id, responsible, deliveryAt, planCipher, closedOn, outcome }: ChangedPlan,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update high_risk_plans set responsible = $4, delivery_at = $5, plan_cipher = $6, closed_on = $7, outcome = $8, updated_at = $9, version = version + 1
     where county_code = $1 and facility_id = $2 and id = $3`,
    [county, facility, id, responsible, deliveryAt, planCipher, closedOn, outcome, at],
  )
}

export async function updatePlanContact(
  tx: Transaction,
  { county, facility }: Access,
  { id, state, doneOn, wordsCipher }: { id: Id; state: string; doneOn: CivilDate; wordsCipher: Buffer },
): Promise<void> {
  await ask(
    tx,
    `update high_risk_plan_contacts set state = $4, done_on = $5, words_cipher = $6 where county_code = $1 and facility_id = $2 and id = $3`,
    [county, facility, id, state, doneOn, wordsCipher],
  )
}

/** The contacts that a closed plan no longer asks for. */
export async function cancelPlanned(
  tx: Transaction,
  { county, facility }: Access,
  planId: Id,
  on: CivilDate,
): Promise<void> {
  await ask(
    tx,
    `update high_risk_plan_contacts set state = 'CANCELLED', done_on = $4 where county_code = $1 and facility_id = $2 and plan_id = $3 and state = 'PLANNED'`,
    [county, facility, planId, on],
  )
}
