import type { MonthReason, RunKind } from '@youyu/shared/subsidies/entitlements'
import type { CivilDate, Fen, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { citation } from '../../../citation.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { personOfCounty, within } from '../../population/index.ts'

export type KeptRate = {
  id: Id
  unit: string
  amountFen: Fen
  fromOn: CivilDate
  document: string | null
}

export async function ratesOf(tx: Asking, ids: readonly Id[]): Promise<KeptRate[]> {
  if (ids.length === 0) return []
  const text = `select id, unit, amount_fen::float8 as "amountFen", from_on as "fromOn", source as document from programme_rates
    where id = any($1::uuid[])`
  const rates = await ask<KeptRate>(tx, text, [ids])
  return rates.map(({ document, ...rate }) => ({ ...rate, document: document && citation(document).source }))
}

export type KeptChange = {
  month: CivilDate
  changedAt: Date
  beforeFen: Fen
  afterFen: Fen
  beforeReason: MonthReason
  afterReason: MonthReason
  cause: string
}

/** Of a beneficiary that the reader may see. */
export async function changesOf(tx: Asking, { county }: Access, id: Id): Promise<KeptChange[]> {
  const text = `select month, changed_at as "changedAt", before_fen::float8 as "beforeFen", after_fen::float8 as "afterFen",
    before_reason as "beforeReason", after_reason as "afterReason", cause
  from entitlement_changes where county_code = $1 and beneficiary_id = $2 order by month, changed_at`
  return await ask(tx, text, [county, id])
}

export async function maySee(tx: Asking, access: Access, id: Id): Promise<boolean> {
  const bound = new Bound()
  const text = `select 1 from beneficiaries b where b.county_code = ${bound.bind(access.county)} and b.id = ${bound.bind(id)}
    and ${within(bound, 'b.division_code', access.prefixes)}`
  return (await ask(tx, text, bound.values)).length > 0
}

export type KeptRun = {
  id: Id
  kind: RunKind
  programme: string | null
  cause: string
  beneficiaries: number
  monthsAdded: number
  monthsChanged: number
  risenFen: Fen
  fallenFen: Fen
  overpayments: number
  startedAt: Date
  startedBy: string | null
}

export async function selectRuns(
  tx: Asking,
  { county }: Access,
  after: readonly [string, string] | null,
  limit: number,
): Promise<KeptRun[]> {
  const bound = new Bound()
  const conditions = [`r.county_code = ${bound.bind(county)}`]
  if (after)
    conditions.push(
      `(r.started_at, r.id) < (${bound.bind(after[0])}::timestamptz, ${bound.bind(after[1])}::uuid)`,
    )
  const text = `select r.id, r.kind, r.programme, r.cause, r.beneficiaries, r.months_added as "monthsAdded", r.months_changed as "monthsChanged",
    r.risen_fen::float8 as "risenFen", r.fallen_fen::float8 as "fallenFen", r.overpayments, r.started_at as "startedAt", u.display_name as "startedBy"
  from entitlement_runs r left join users u on u.id = r.started_by
  where ${conditions.join(' and ')} order by r.started_at desc, r.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export type LargestChange = {
  beneficiaryId: Id
  name: string | null
  programme: string
  months: number
  changeFen: Fen
}

/** What a run changed most, person by person. */
export async function largestOf(tx: Asking, { county }: Access, runId: Id): Promise<LargestChange[]> {
  const text = `select q.beneficiary_id as "beneficiaryId", p.name, q.programme, q.months, q.change::float8 as "changeFen" from (
    select c.beneficiary_id, c.programme, c.person_id, count(*)::int as months, sum(c.after_fen - c.before_fen) as change
    from entitlement_changes c where c.county_code = $1 and c.run_id = $2
    group by 1, 2, 3 order by abs(sum(c.after_fen - c.before_fen)) desc limit 20
  ) q left join persons p on p.county_code = $1 and p.id = q.person_id order by abs(q.change) desc`
  return await ask(tx, text, [county, runId])
}

export async function personSeen(
  tx: Asking,
  access: Access,
  id: Id,
): Promise<{ divisionCode: string } | undefined> {
  const bound = new Bound()
  const text = `select p.hukou_division as "divisionCode" from persons p where ${personOfCounty(bound, access, 'p')} and p.id = ${bound.bind(id)}`
  const [found] = await ask<{ divisionCode: string }>(tx, text, bound.values)
  return found
}

export type ProgrammeName = { code: string; zh: string; en: string }

export async function programmeNames(tx: Asking, { county }: Access): Promise<Map<string, ProgrammeName>> {
  const text = `select distinct on (code) code, name_zh as zh, name_en as en from programmes where owner_county in (0, $1)
    order by code, owner_county desc`
  const rows = await ask<ProgrammeName>(tx, text, [county])
  return new Map(rows.map((row) => [row.code, row]))
}

export type Benefit = {
  beneficiaryId: Id
  programme: string
  state: string
  level: string
  fromMonth: CivilDate
  toMonth: CivilDate | null
  stopReason: string | null
  suspendReason: string | null
  suspendedFrom: CivilDate | null
  payeeId: Id
  payeeName: string | null
  applicationId: Id | null
  applicationNumber: string | null
  confirmedOn: CivilDate
  nextVerificationOn: CivilDate | null
  claimedYears: number[] | null
}

/** What a person is, or was, entitled to; as a child, also what a parent is paid for. */
export async function benefitsOf(tx: Asking, access: Access, personId: Id): Promise<Benefit[]> {
  const bound = new Bound()
  const text = `select b.id as "beneficiaryId", b.programme, b.state, b.level, b.from_month as "fromMonth", b.to_month as "toMonth",
    b.stop_reason as "stopReason", b.suspend_reason as "suspendReason", b.suspended_from as "suspendedFrom", b.payee_id as "payeeId",
    y.name as "payeeName", b.application_id as "applicationId", a.number as "applicationNumber", b.confirmed_on as "confirmedOn",
    b.next_verification_on as "nextVerificationOn", b.claimed_years as "claimedYears"
  from beneficiaries b
  left join persons y on y.county_code = b.county_code and y.id = b.payee_id
  left join applications a on a.county_code = b.county_code and a.id = b.application_id
  where b.county_code = ${bound.bind(access.county)} and ${within(bound, 'b.division_code', access.prefixes)}
    and (b.person_id = ${bound.bind(personId)} or b.payee_id = ${bound.bind(personId)})
  order by b.state, b.from_month desc`
  return await ask(tx, text, bound.values)
}

export type MonthMoney = {
  month: CivilDate
  amountFen: Fen
  level: string
  reason: string
  rateId: Id | null
  allocatedFen: Fen
  paidFen: Fen
}

/** Of a beneficiary that row-level security lets the reader see. */
export async function monthsOf(tx: Asking, { county }: Access, id: Id): Promise<MonthMoney[]> {
  const text = `select month, amount_fen::float8 as "amountFen", level, reason, rate_id as "rateId", allocated::float8 as "allocatedFen",
    paid::float8 as "paidFen" from app.months_of_beneficiary($1, $2)`
  return await ask(tx, text, [county, id])
}
