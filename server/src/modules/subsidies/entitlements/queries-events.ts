import type { CivilDate, DivisionCode, Fen, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { todayOf } from '../../../office.ts'
import { within } from '../../population/index.ts'

export type EventRow = {
  id: Id
  programme: string
  personId: Id
  personName: string | null
  amountFen: Fen
  occurredOn: CivilDate
  groundType: string
  level: string
  basis: Record<string, unknown>
  divisionCode: DivisionCode
  allocatedFen: Fen
  paidFen: Fen
  recordedAt: Date
  voidedAt: Date | null
  voidReason: string | null
}

/** The first gate: events of the area. */
function ofArea(bound: Bound, access: Access): string {
  return `e.county_code = ${bound.bind(access.county)} and ${within(bound, 'e.division_code', access.prefixes)}`
}

export type EventFilter = {
  programme?: string | undefined
  personId?: Id | undefined
  voided?: boolean | undefined
  id?: Id
}

export async function selectEvents(
  tx: Asking,
  access: Access,
  { programme, personId, voided, id }: EventFilter,
  after: readonly [string, string] | null,
  limit: number,
): Promise<EventRow[]> {
  const bound = new Bound()
  const conditions = [ofArea(bound, access)]
  if (programme) conditions.push(`e.programme = ${bound.bind(programme)}`)
  if (personId) conditions.push(`e.person_id = ${bound.bind(personId)}`)
  if (id) conditions.push(`e.id = ${bound.bind(id)}`)
  else conditions.push(`e.voided_at is ${voided ? 'not ' : ''}null`)
  if (after)
    conditions.push(`(e.occurred_on, e.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select e.id, e.programme, e.person_id as "personId", p.name as "personName", e.amount_fen::float8 as "amountFen",
    e.occurred_on as "occurredOn", e.ground_type as "groundType", e.level, e.basis, e.division_code as "divisionCode",
    coalesce(m.allocated, 0)::float8 as "allocatedFen", coalesce(m.paid, 0)::float8 as "paidFen", e.recorded_at as "recordedAt",
    e.voided_at as "voidedAt", e.void_reason as "voidReason"
  from (select * from event_entitlements e where ${conditions.join(' and ')} order by e.occurred_on desc, e.id desc limit ${pageLimit(limit)}) e
  left join persons p on p.county_code = e.county_code and p.id = e.person_id
  left join lateral app.money_of_event(e.county_code, e.id) m on true
  order by e.occurred_on desc, e.id desc`
  return await ask(tx, text, bound.values)
}

export async function markVoid(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const bound = new Bound()
  const gate = ofArea(bound, access)
  const text = `update event_entitlements e set voided_at = ${bound.bind(at)}, voided_by = ${bound.bind(access.actorId)},
    void_reason = ${bound.bind(reason)} where ${gate} and e.id = ${bound.bind(id)} and e.voided_at is null returning e.id`
  return (await ask(tx, text, bound.values)).length > 0
}

/** What was paid on an event that was not so. */
export async function overpaidEvent(
  tx: Transaction,
  { county, actorId }: Access,
  id: Id,
  at: Date,
): Promise<void> {
  await ask(tx, 'select app.identify_overpaid_event($1, $2, $3, $4, $5)', [
    county,
    id,
    todayOf(at),
    actorId,
    at,
  ])
}
