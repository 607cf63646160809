import type { VerificationMethod } from '@youyu/shared/subsidies/programmes'
import type {
  VerificationChecks,
  VerificationCount,
  VerificationResult,
  VerificationState,
} from '@youyu/shared/subsidies/verifications'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type VerificationRecord = {
  id: Id
  year: number
  beneficiaryId: Id
  programme: string
  personId: Id
  name: string
  division: DivisionCode
  place: string | null
  dueOn: CivilDate
  state: VerificationState
  method: VerificationMethod | null
  checks: VerificationChecks
  result: VerificationResult | null
  doneOn: CivilDate | null
  suspendedOn: CivilDate | null
  version: number
}

/** The first gate: beneficiaries registered in the area. */
function ofCounty(bound: Bound, access: Access): string {
  return `v.county_code = ${bound.bind(access.county)} and ${within(bound, 'v.division_code', access.prefixes)}`
}

const day = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`

export type VerificationFilter = {
  id?: Id
  year?: number | undefined
  programme?: string | undefined
  state?: VerificationState | undefined
  division?: DivisionCode | undefined
  beneficiaryId?: Id | undefined
  hasDoubt?: boolean | undefined
}

export async function selectVerifications(
  tx: Transaction,
  access: Access,
  filter: VerificationFilter,
  after: readonly [number, string, string] | null,
  limit: number,
): Promise<VerificationRecord[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access)]
  if (filter.id) conditions.push(`v.id = ${bound.bind(filter.id)}`)
  if (filter.year) conditions.push(`v.year = ${bound.bind(filter.year)}`)
  if (filter.programme) conditions.push(`v.programme = ${bound.bind(filter.programme)}`)
  if (filter.state) conditions.push(`v.state = ${bound.bind(filter.state)}`)
  if (filter.beneficiaryId) conditions.push(`v.beneficiary_id = ${bound.bind(filter.beneficiaryId)}`)
  if (filter.division) conditions.push(within(bound, 'v.division_code', [prefixOf(filter.division)]))
  if (filter.hasDoubt)
    conditions.push(`v.state <> 'DONE' and jsonb_path_exists(v.checks, '$.* ? (@ == "NO")')`)
  if (after)
    conditions.push(
      `(v.year < ${bound.bind(after[0])} or v.year = ${bound.bind(after[0])} and (v.division_code, v.id) > (${bound.bind(after[1])}, ${bound.bind(after[2])}::uuid))`,
    )
  return await ask(
    tx,
    `select v.id, v.year, v.beneficiary_id as "beneficiaryId", v.programme, v.person_id as "personId", coalesce(p.name, '') as name,
       v.division_code as division, (select d.name from divisions d where d.code = v.division_code and d.valid_to is null limit 1) as place,
       ${day('v.due_on')} as "dueOn", v.state, v.method, v.checks, v.result, ${day('v.done_on')} as "doneOn",
       ${day('v.suspended_on')} as "suspendedOn", v.version
     from annual_verifications v left join persons p on p.county_code = v.county_code and p.id = v.person_id
     where ${conditions.join(' and ')} order by v.year desc, v.division_code, v.id limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export async function selectCounts(
  tx: Transaction,
  access: Access,
  year: number,
): Promise<VerificationCount[]> {
  const bound = new Bound()
  const gate = ofCounty(bound, access)
  return await ask(
    tx,
    `select v.programme, count(*)::int as due, (count(*) filter (where v.state = 'DONE'))::int as done,
       (count(*) filter (where v.method = 'FEED_MATCH'))::int as "byFeed", (count(*) filter (where v.state = 'OVERDUE'))::int as overdue,
       ${day('max(v.due_on)')} as "dueOn"
     from annual_verifications v where ${gate} and v.year = ${bound.bind(year)} group by v.programme order by v.programme`,
    bound.values,
  )
}

export type Opened = { id: Id; beneficiaryId: Id; isNew: boolean; passed: boolean; doubtful: boolean }

export async function openVerifications(
  tx: Transaction,
  access: Access,
  { programme, year }: { programme: string; year: number },
  { on, at }: { on: CivilDate; at: Date },
): Promise<Opened[]> {
  return await ask(
    tx,
    `select id, beneficiary_id as "beneficiaryId", is_new as "isNew", passed, doubtful
     from app.open_verifications($1, $2, $3, $4, $5, $6)`,
    [access.county, programme, year, on, access.actorId, at],
  )
}

export type Terms = { dueOn: string; methods: VerificationMethod[] }

export async function findTerms(
  tx: Transaction,
  access: Access,
  programme: string,
  on: CivilDate,
): Promise<Terms | null> {
  const [row] = await ask<{ terms: Terms | null }>(
    tx,
    `select nullif(t.terms -> 'verification', 'null') as terms from app.programme_terms($1, $2) t where t.code = $3`,
    [access.county, on, programme],
  )
  return row?.terms ?? null
}

export async function lockVerification(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from annual_verifications where county_code = $1 and id = $2 for update', [
    access.county,
    id,
  ])
}

export async function noteResult(
  tx: Transaction,
  access: Access,
  id: Id,
  result: {
    method: VerificationMethod
    checks: VerificationChecks
    result: VerificationResult
    doneOn: CivilDate
    note: Buffer | null
  },
): Promise<void> {
  await ask(
    tx,
    `update annual_verifications set state = 'DONE', method = $3, checks = $4, result = $5, done_on = $6, done_by = $7, note_cipher = $8,
       version = version + 1
     where county_code = $1 and id = $2`,
    [
      ...[access.county, id, result.method, JSON.stringify(result.checks), result.result, result.doneOn],
      ...[access.actorId, result.note],
    ],
  )
}

/** Those whose day has passed without a result; by that day. */
export async function markOverdue(
  tx: Transaction,
  access: Access,
  on: CivilDate,
): Promise<{ dueOn: CivilDate; beneficiaryIds: Id[] }[]> {
  const bound = new Bound()
  const gate = ofCounty(bound, access)
  const today = bound.bind(on)
  return await ask(
    tx,
    `with late as (
       update annual_verifications v set state = 'OVERDUE', suspended_on = ${today}, version = v.version + 1
       where ${gate} and v.state = 'DUE' and v.due_on < ${today}
       returning v.due_on, v.beneficiary_id
     )
     select ${day('due_on')} as "dueOn", array_agg(beneficiary_id) as "beneficiaryIds" from late group by due_on`,
    bound.values,
  )
}

export async function selectCountiesLate(tx: Transaction, on: CivilDate): Promise<number[]> {
  const rows = await ask<{ county: number }>(
    tx,
    `select distinct county_code as county from annual_verifications where state = 'DUE' and due_on < $1 order by 1`,
    [on],
  )
  return rows.map(({ county }) => county)
}
