import type { listBeneficiaries } from '@youyu/shared/subsidies/beneficiaries'
import type {
  BeneficiaryEventKind,
  BeneficiaryState,
  StopReason,
  SuspendReason,
} from '@youyu/shared/subsidies/beneficiaries'
import type { OverpaymentState } from '@youyu/shared/subsidies/overpayments'
import { prefixOf, type CivilDate, type DivisionCode, type Fen, type Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type ListedBeneficiary = {
  id: Id
  programme: string
  personId: Id
  personName: string | null
  divisionCode: DivisionCode
  placeName: string | null
  state: BeneficiaryState
  fromMonth: CivilDate
  toMonth: CivilDate | null
  stopReason: StopReason | null
  suspendedFrom: CivilDate | null
  suspendReason: SuspendReason | null
  nextVerificationOn: CivilDate | null
  monthFen: Fen
  version: number
}

export type KeptBeneficiary = ListedBeneficiary & {
  payeeId: Id
  payeeName: string | null
  applicationId: Id | null
  versionId: Id
  level: string
  confirmedOn: CivilDate
  claimedYears: number[] | null
  decidedTo: CivilDate | null
  levels: { fromMonth: CivilDate; level: string; cause: string }[]
  overpayments: { id: Id; number: string; state: OverpaymentState; amountFen: Fen }[]
  transfer: { id: Id; toCounty: number; lastMonth: CivilDate; state: 'SENT' | 'CONFIRMED' | 'REFUSED' } | null
  events: {
    id: Id
    kind: BeneficiaryEventKind
    month: CivilDate
    reason: string | null
    document: string | null
    note: string | null
    source: string
    recordedAt: string
    recordedBy: string | null
  }[]
}

/** The first gate: beneficiaries of the area. */
function beneficiariesOfArea(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and ${within(bound, `${alias}.division_code`, access.prefixes)}`
}

const listed = `b.id, b.programme, b.person_id as "personId", p.name as "personName", b.division_code as "divisionCode", d.name as "placeName",
  b.state, b.from_month as "fromMonth", b.to_month as "toMonth", b.stop_reason as "stopReason", b.suspended_from as "suspendedFrom",
  b.suspend_reason as "suspendReason", b.next_verification_on as "nextVerificationOn", coalesce(m.amount_fen, 0)::float8 as "monthFen", b.version`

const around = (month: string) => `left join persons p on p.county_code = b.county_code and p.id = b.person_id
  left join lateral (select name from divisions d where d.code = b.division_code order by valid_from desc limit 1) d on true
  left join entitlement_months m on m.county_code = b.county_code and m.beneficiary_id = b.id and m.month = date_trunc('month', ${month}::date)::date`

type Filter = Omit<z.output<(typeof listBeneficiaries)['schema']['querystring']>, 'limit' | 'cursor'>

export async function selectBeneficiaries(
  tx: Asking,
  access: Access,
  filter: Filter,
  { after, limit, today }: { after: readonly [string] | null; limit: number; today: CivilDate },
): Promise<ListedBeneficiary[]> {
  const bound = new Bound()
  const conditions = [beneficiariesOfArea(bound, access, 'b'), ...conditionsOf(bound, filter, access)]
  if (after) conditions.push(`b.id > ${bound.bind(after[0])}::uuid`)
  const text = `select ${listed} from (
    select b.* from beneficiaries b where ${conditions.join(' and ')} order by b.id limit ${pageLimit(limit)}
  ) b ${around(bound.bind(today))} order by b.id`
  return await ask(tx, text, bound.values)
}

function conditionsOf(
  bound: Bound,
  { programme, state, suspendReason, division, personId, name, verificationBefore }: Filter,
  { county }: Access,
): string[] {
  return [
    programme && `b.programme = ${bound.bind(programme)}`,
    state && `b.state = ${bound.bind(state)}`,
    suspendReason && `b.state = 'SUSPENDED' and b.suspend_reason = ${bound.bind(suspendReason)}`,
    division && within(bound, 'b.division_code', [prefixOf(division)]),
    personId && `(b.person_id = ${bound.bind(personId)} or b.payee_id = ${bound.bind(personId)})`,
    name &&
      `b.person_id in (select s.id from persons s where s.county_code = ${bound.bind(county)} and s.name >= ${bound.bind(name)} and s.name < ${bound.bind(`${name}\u{10ffff}`)})`,
    verificationBefore &&
      `b.state = 'ACTIVE' and b.next_verification_on <= ${bound.bind(verificationBefore)}::date`,
  ].filter((condition) => typeof condition === 'string')
}

export async function findBeneficiary(
  tx: Asking,
  access: Access,
  id: Id,
  today: CivilDate,
): Promise<KeptBeneficiary | undefined> {
  const bound = new Bound()
  const gate = beneficiariesOfArea(bound, access, 'b')
  const text = `select ${listed}, b.payee_id as "payeeId", y.name as "payeeName", b.application_id as "applicationId", b.version_id as "versionId",
    b.level, b.confirmed_on as "confirmedOn", b.claimed_years as "claimedYears", b.decided_to as "decidedTo",
    coalesce((select json_agg(json_build_object('fromMonth', l.from_month, 'level', l.level, 'cause', l.cause) order by l.from_month)
      from beneficiary_levels l where l.county_code = b.county_code and l.beneficiary_id = b.id and l.voided_at is null), '[]') as levels,
    coalesce((select json_agg(json_build_object('id', o.id, 'number', o.number, 'state', o.state, 'amountFen', o.amount_fen) order by o.recorded_at desc)
      from overpayments o where o.county_code = b.county_code and o.beneficiary_id = b.id), '[]') as overpayments,
    (select json_build_object('id', t.id, 'toCounty', t.to_county, 'lastMonth', t.last_month, 'state', t.state)
      from beneficiary_transfers t where t.county_code = b.county_code and t.beneficiary_id = b.id order by t.sent_at desc limit 1) as transfer,
    coalesce((select json_agg(json_build_object('id', e.id, 'kind', e.kind, 'month', e.month, 'reason', e.reason, 'document', e.document,
        'note', e.note, 'source', e.source, 'recordedAt', to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'recordedBy', u.display_name) order by e.recorded_at desc, e.kind)
      from beneficiary_events e left join users u on u.id = e.recorded_by
      where e.county_code = b.county_code and e.beneficiary_id = b.id), '[]') as events
  from (select b.* from beneficiaries b where ${gate} and b.id = ${bound.bind(id)}) b ${around(bound.bind(today))}
  left join persons y on y.county_code = b.county_code and y.id = b.payee_id`
  const [found] = await ask<KeptBeneficiary>(tx, text, bound.values)
  return found
}

export type Standing = {
  id: Id
  personId: Id
  payeeId: Id
  programme: string
  divisionCode: DivisionCode
  state: BeneficiaryState
  level: string
  fromMonth: CivilDate
  toMonth: CivilDate | null
  stopReason: StopReason | null
  decidedTo: CivilDate | null
  version: number
}

/** One that is to be changed: nobody else does so meanwhile. */
export async function lockBeneficiary(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<Standing | undefined> {
  const bound = new Bound()
  const text = `select b.id, b.person_id as "personId", b.payee_id as "payeeId", b.programme, b.division_code as "divisionCode", b.state, b.level,
    b.from_month as "fromMonth", b.to_month as "toMonth", b.stop_reason as "stopReason", b.decided_to as "decidedTo", b.version
  from beneficiaries b where ${beneficiariesOfArea(bound, access, 'b')} and b.id = ${bound.bind(id)} for no key update`
  const [standing] = await ask<Standing>(tx, text, bound.values)
  return standing
}
