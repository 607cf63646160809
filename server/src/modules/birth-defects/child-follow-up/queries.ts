import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import type { Step, Window } from './rules.ts'

export type FollowUpRow = {
  id: Id
  childId: Id
  chainId: Id | null
  caseId: Id | null
  facilityId: Id
  divisionCode: DivisionCode
  bornOn: CivilDate
  openedOn: CivilDate
  consent: string
  consentOn: CivilDate | null
  consentBy: string | null
  closedOn: CivilDate | null
  closeReason: string | null
  version: number
  name: string
  sex: string
  birthDate: CivilDate
  next: { id: Id; item: string; dueFrom: CivilDate; dueOn: CivilDate; dueTo: CivilDate; state: string } | null
}

const columns = `f.id, f.child_id as "childId", f.chain_id as "chainId", f.case_id as "caseId", f.facility_id as "facilityId", f.division_code as "divisionCode",
  f.born_on as "bornOn", f.opened_on as "openedOn", f.consent, f.consent_on as "consentOn", f.consent_by as "consentBy", f.closed_on as "closedOn",
  f.close_reason as "closeReason", f.version, c.name, c.sex, c.birth_date as "birthDate",
  (select json_build_object('id', v.id, 'item', v.item, 'dueFrom', v.due_from, 'dueOn', v.due_on, 'dueTo', v.due_to, 'state', v.state)
    from child_visits v where v.county_code = f.county_code and v.follow_up_id = f.id and v.state = 'PLANNED' order by v.due_on limit 1) as next`
const from = 'child_follow_ups f cross join lateral app.client_of(f.county_code, f.child_id) c'

/** The first gate: children whom the facility follows. */
function ofFacility(bound: Bound, access: Access): string {
  return `f.county_code = ${bound.bind(access.county)} and f.facility_id = ${bound.bind(access.facility)} and f.voided_at is null`
}

export async function selectFollowUps(
  tx: Asking,
  access: Access,
  filter: {
    childId?: Id | undefined
    consent?: string | undefined
    isDue?: boolean | undefined
    isOpen?: boolean | undefined
  },
  today: CivilDate,
  after: readonly [string, string] | null,
  limit: number,
): Promise<FollowUpRow[]> {
  const bound = new Bound()
  const conditions = [ofFacility(bound, access)]
  if (filter.childId) conditions.push(`f.child_id = ${bound.bind(filter.childId)}`)
  if (filter.consent) conditions.push(`f.consent = ${bound.bind(filter.consent)}`)
  if (filter.isOpen !== undefined) conditions.push(`f.closed_on is ${filter.isOpen ? '' : 'not '}null`)
  if (filter.isDue !== undefined) {
    const due = `exists (select from child_visits v where v.county_code = f.county_code and v.follow_up_id = f.id and v.state = 'PLANNED' and v.due_from <= ${bound.bind(today)}::date)`
    conditions.push(filter.isDue ? `c.status <> 'DECEASED' and ${due}` : `not ${due}`)
  }
  if (after)
    conditions.push(`(f.opened_on, f.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from ${from} where ${conditions.join(' and ')} order by f.opened_on desc, f.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

/** As far as row-level security shows it: the facility's own, and of chains that it joins. */
export async function findFollowUp(tx: Asking, { county }: Access, id: Id): Promise<FollowUpRow | undefined> {
  const text = `select ${columns} from ${from} where f.county_code = $1 and f.id = $2 and f.voided_at is null`
  return (await ask<FollowUpRow>(tx, text, [county, id]))[0]
}

/** The standing follow-up of a child at my facility. */
export async function findOfChild(
  tx: Asking,
  { county }: Access,
  childId: Id,
): Promise<{ id: Id } | undefined> {
  const text =
    'select id from child_follow_ups where county_code = $1 and child_id = $2 and voided_at is null'
  return (await ask<{ id: Id }>(tx, text, [county, childId]))[0]
}

export async function lockFollowUp(tx: Asking, { county, facility }: Access, id: Id): Promise<boolean> {
  const text =
    'select id from child_follow_ups where county_code = $1 and id = $2 and facility_id = $3 for no key update'
  return (await ask(tx, text, [county, id, facility])).length > 0
}

/** False where the child is in follow-up already, at whatever facility. */
export async function insertFollowUp(
  tx: Asking,
  access: Access,
  row: Pick<FollowUpRow, 'id' | 'childId' | 'chainId' | 'caseId' | 'divisionCode' | 'bornOn' | 'openedOn'>,
  at: Date,
): Promise<boolean> {
  const text = `insert into child_follow_ups (county_code, id, child_id, chain_id, case_id, facility_id, division_code, born_on, opened_on, consent,
      recorded_at, recorded_by, source, updated_at, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'NOT_ASKED', $10, $11, 'MANUAL', $10, 1)
    on conflict do nothing returning id`
  const { id, childId, chainId, caseId, divisionCode, bornOn, openedOn } = row
  const rows = await ask(tx, text, [
    ...[access.county, id, childId, chainId, caseId, access.facility, divisionCode, bornOn, openedOn, at],
    access.actorId,
  ])
  return rows.length > 0
}

export async function updateFollowUp(
  tx: Asking,
  { county }: Access,
  row: FollowUpRow,
  at: Date,
): Promise<void> {
  const text = `update child_follow_ups set consent = $3, consent_on = $4, consent_by = $5, closed_on = $6, close_reason = $7, case_id = $8, chain_id = $9,
    updated_at = $10, version = version + 1 where county_code = $1 and id = $2`
  const { id, consent, consentOn, consentBy, closedOn, closeReason, caseId, chainId } = row
  await ask(tx, text, [
    ...[county, id, consent, consentOn, consentBy, closedOn, closeReason, caseId, chainId, at],
  ])
}

/** The steps in force on a day. */
export async function selectSteps(tx: Asking, on: CivilDate): Promise<Step[]> {
  const text = `select distinct on (item) item, months, days, days_before as "daysBefore", days_after as "daysAfter"
    from child_follow_up_steps where valid_from <= $1 order by item, valid_from desc`
  return (await ask<Step>(tx, text, [on])).sort(
    (left, right) => left.months - right.months || left.days - right.days,
  )
}

/** Plans visits that are not there yet, and takes up those that were cancelled. Answers the visits planned now. */
export async function planVisits(
  tx: Asking,
  access: Access,
  { id, childId, chainId, divisionCode }: FollowUpRow,
  windows: readonly (Window & { id: Id })[],
  at: Date,
): Promise<{ id: Id; item: string; dueFrom: CivilDate; dueTo: CivilDate; wasCancelled: boolean }[]> {
  const text = `insert into child_visits as v (county_code, id, follow_up_id, child_id, chain_id, facility_id, division_code, item, due_from, due_on, due_to, state,
      recorded_at, recorded_by, source, updated_at, version)
    select $1, w.id, $2, $3, $4, $5, $6, w.item, w."dueFrom", w."dueOn", w."dueTo", 'PLANNED', $8, $9, 'RULE', $8, 1
    from jsonb_to_recordset($7::jsonb) as w (id uuid, item text, "dueFrom" date, "dueOn" date, "dueTo" date)
    on conflict (county_code, follow_up_id, item) do update set state = 'PLANNED', settled_on = null, reason = null, updated_at = $8, version = v.version + 1
      where v.state = 'CANCELLED'
    returning id, item, due_from as "dueFrom", due_to as "dueTo", version > 1 as "wasCancelled"`
  return await ask(tx, text, [
    ...[access.county, id, childId, chainId, access.facility, divisionCode, JSON.stringify(windows), at],
    access.actorId,
  ])
}

/** What is still planned is no more. */
export async function cancelVisits(
  tx: Asking,
  { county }: Access,
  followUpId: Id,
  { on, reason, at }: { on: CivilDate; reason: string; at: Date },
): Promise<{ id: Id; item: string }[]> {
  const text = `update child_visits set state = 'CANCELLED', settled_on = $3, reason = $4, updated_at = $5, version = version + 1
    where county_code = $1 and follow_up_id = $2 and state = 'PLANNED' returning id, item`
  return await ask(tx, text, [county, followUpId, on, reason, at])
}

export type VisitRow = {
  id: Id
  followUpId: Id
  item: string
  dueFrom: CivilDate
  dueOn: CivilDate
  dueTo: CivilDate
  state: string
  settledOn: CivilDate | null
  mode: string | null
  outcome: string | null
  isOnTreatment: boolean | null
  isOnRehabilitation: boolean | null
  reason: string | null
  noteCipher: Buffer | null
  version: number
}
const visitColumns = `v.id, v.follow_up_id as "followUpId", v.item, v.due_from as "dueFrom", v.due_on as "dueOn", v.due_to as "dueTo", v.state, v.settled_on as "settledOn",
  v.mode, v.outcome, v.is_on_treatment as "isOnTreatment", v.is_on_rehabilitation as "isOnRehabilitation", v.reason, v.note_cipher as "noteCipher", v.version`

export async function selectVisits(tx: Asking, { county }: Access, followUpId: Id): Promise<VisitRow[]> {
  const text = `select ${visitColumns} from child_visits v where v.county_code = $1 and v.follow_up_id = $2 order by v.due_on`
  return await ask(tx, text, [county, followUpId])
}

export async function findVisit(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
): Promise<VisitRow | undefined> {
  const text = `select ${visitColumns} from child_visits v where v.county_code = $1 and v.id = $2 and v.facility_id = $3`
  return (await ask<VisitRow>(tx, text, [county, id, facility]))[0]
}

export async function updateVisit(tx: Asking, { county }: Access, row: VisitRow, at: Date): Promise<void> {
  const text = `update child_visits set state = $3, settled_on = $4, mode = $5, outcome = $6, is_on_treatment = $7, is_on_rehabilitation = $8, reason = $9, note_cipher = $10,
    updated_at = $11, version = version + 1 where county_code = $1 and id = $2`
  const { id, state, settledOn, mode, outcome, isOnTreatment, isOnRehabilitation, reason, noteCipher } = row
  await ask(tx, text, [
    ...[
      county,
      id,
      state,
      settledOn,
      mode,
      outcome,
      isOnTreatment,
      isOnRehabilitation,
      reason,
      noteCipher,
      at,
    ],
  ])
}
