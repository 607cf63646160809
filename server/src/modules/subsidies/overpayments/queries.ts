import { OverpaymentStepKind } from '@youyu/shared/subsidies/overpayments'
import type {
  listOverpayments,
  OverpaymentCause,
  OverpaymentState,
  RepaymentManner,
} from '@youyu/shared/subsidies/overpayments'
import type { FundingShares, Tier } from '@youyu/shared/subsidies/shares'
import { prefixOf, type CivilDate, type DivisionCode, type Fen, type Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type ListedOverpayment = {
  id: Id
  number: string
  programme: string
  personId: Id
  personName: string | null
  divisionCode: DivisionCode
  placeName: string | null
  cause: OverpaymentCause
  amountFen: Fen
  returnedFen: Fen
  writtenOffFen: Fen
  state: OverpaymentState
  identifiedOn: CivilDate
  replyDueOn: CivilDate | null
  version: number
}

export type KeptOverpayment = ListedOverpayment & {
  beneficiaryId: Id | null
  eventId: Id | null
  manner: RepaymentManner | null
  instalmentFen: Fen | null
  notifiedOn: CivilDate | null
  repliedOn: CivilDate | null
  decidedOn: CivilDate | null
  decidedBy: Id | null
  decisionNumber: string | null
  isReported: boolean
  closedOn: CivilDate | null
  months: { month: CivilDate; paidFen: Fen; entitledFen: Fen; amountFen: Fen }[]
  offsets: { month: CivilDate; amountFen: Fen }[]
  steps: {
    id: Id
    kind: OverpaymentStepKind
    on: CivilDate
    amountFen: Fen | null
    document: string | null
    noteCipher: string | null
    recordedAt: string
    recordedById: Id | null
    recordedBy: string | null
  }[]
}

/** The first gate: overpayments of the area. */
function ofArea(bound: Bound, access: Access): string {
  return `o.county_code = ${bound.bind(access.county)} and ${within(bound, 'o.division_code', access.prefixes)}`
}

/** Steps of one moment, in the order of the process. */
const inTurn = `array_position('{${OverpaymentStepKind.options.join(',')}}'::text[], s.kind)`

const listed = `o.id, o.number, o.programme, o.person_id as "personId", p.name as "personName", o.division_code as "divisionCode",
  d.name as "placeName", o.cause, o.amount_fen::float8 as "amountFen", o.returned_fen::float8 as "returnedFen",
  o.written_off_fen::float8 as "writtenOffFen", o.state, o.identified_on as "identifiedOn", o.reply_due_on as "replyDueOn", o.version`
const around = `left join persons p on p.county_code = o.county_code and p.id = o.person_id
  left join lateral (select name from divisions d where d.code = o.division_code order by valid_from desc limit 1) d on true`

type Filter = Omit<z.output<(typeof listOverpayments)['schema']['querystring']>, 'limit' | 'cursor'> & {
  awaitsFinance?: boolean
}

export async function selectOverpayments(
  tx: Asking,
  access: Access,
  { state, programme, personId, division, awaitsFinance }: Filter,
  after: readonly [string, string] | null,
  limit: number,
): Promise<ListedOverpayment[]> {
  const bound = new Bound()
  const conditions = [ofArea(bound, access)]
  if (state) conditions.push(`o.state = ${bound.bind(state)}`)
  if (programme) conditions.push(`o.programme = ${bound.bind(programme)}`)
  if (personId) conditions.push(`o.person_id = ${bound.bind(personId)}`)
  if (division) conditions.push(within(bound, 'o.division_code', [prefixOf(division)]))
  if (awaitsFinance) conditions.push(`o.state = 'CONFIRMED' and ${lastWriteOffStep} = 'WRITE_OFF_OFFICE'`)
  if (after)
    conditions.push(
      `(o.identified_on, o.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`,
    )
  const text = `select ${listed} from (
    select o.* from overpayments o where ${conditions.join(' and ')} order by o.identified_on desc, o.id desc limit ${pageLimit(limit)}
  ) o ${around} order by o.identified_on desc, o.id desc`
  return await ask(tx, text, bound.values)
}

const lastWriteOffStep = `(select s.kind from overpayment_steps s where s.county_code = o.county_code and s.overpayment_id = o.id
  and s.kind like 'WRITE_OFF%' order by s.recorded_at desc, ${inTurn} desc limit 1)`

export async function findOverpayment(
  tx: Asking,
  access: Access,
  id: Id,
  lock = false,
): Promise<KeptOverpayment | undefined> {
  const bound = new Bound()
  const gate = ofArea(bound, access)
  if (lock)
    await ask(tx, 'select id from overpayments where county_code = $1 and id = $2 for no key update', [
      access.county,
      id,
    ])
  const text = `select ${listed}, o.beneficiary_id as "beneficiaryId", o.event_id as "eventId", o.manner, o.instalment_fen::float8 as "instalmentFen",
    o.notified_on as "notifiedOn", o.replied_on as "repliedOn", o.decided_on as "decidedOn", o.decided_by as "decidedBy",
    o.decision_number as "decisionNumber", o.is_reported as "isReported", o.closed_on as "closedOn",
    coalesce((select json_agg(json_build_object('month', m.month, 'paidFen', m.paid_fen, 'entitledFen', m.entitled_fen, 'amountFen', m.amount_fen) order by m.month)
      from overpayment_months m where m.county_code = o.county_code and m.overpayment_id = o.id), '[]') as months,
    coalesce((select json_agg(json_build_object('month', f.month, 'amountFen', f.amount_fen) order by f.month)
      from overpayment_offsets f where f.county_code = o.county_code and f.overpayment_id = o.id), '[]') as offsets,
    coalesce((select json_agg(json_build_object('id', s.id, 'kind', s.kind, 'on', s.step_on, 'amountFen', s.amount_fen, 'document', s.document,
        'noteCipher', encode(s.note_cipher, 'base64'), 'recordedAt', to_char(s.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'recordedById', s.recorded_by, 'recordedBy', u.display_name) order by s.recorded_at, ${inTurn})
      from overpayment_steps s left join users u on u.id = s.recorded_by
      where s.county_code = o.county_code and s.overpayment_id = o.id), '[]') as steps
  from (select o.* from overpayments o where ${gate} and o.id = ${bound.bind(id)}) o ${around}`
  const [found] = await ask<KeptOverpayment>(tx, text, bound.values)
  return found
}

type Changes = Partial<{
  state: OverpaymentState
  notifiedOn: CivilDate
  replyDueOn: CivilDate
  repliedOn: CivilDate
  decidedOn: CivilDate
  decidedBy: Id
  decisionNumber: string
  manner: RepaymentManner
  instalmentFen: Fen | null
  returnedFen: Fen
  writtenOffFen: Fen
  isReported: boolean
  closedOn: CivilDate
}>

export async function updateOverpayment(
  tx: Transaction,
  { county }: Access,
  id: Id,
  changes: Changes,
  at: Date,
): Promise<void> {
  const bound = new Bound()
  const sets = Object.entries(changes).map(
    ([field, value]) =>
      `${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} = ${bound.bind(value)}`,
  )
  const text = `update overpayments set ${[...sets, `updated_at = ${bound.bind(at)}`, 'version = version + 1'].join(', ')}
    where county_code = ${bound.bind(county)} and id = ${bound.bind(id)}`
  await ask(tx, text, bound.values)
}

export type NewStep = {
  kind: OverpaymentStepKind
  on: CivilDate
  amountFen?: Fen | null
  document?: string | null | undefined
}

export async function insertStep(
  tx: Transaction,
  access: Access,
  overpaymentId: Id,
  { kind, on, amountFen = null, document = null }: NewStep,
  note: { id: Id; cipher: Buffer } | null,
  at: Date,
): Promise<Id> {
  const id = note?.id ?? newId(at.getTime())
  await insertRow(tx, 'overpayment_steps', {
    ...{ countyCode: access.county, id, overpaymentId, kind, stepOn: on, amountFen, document },
    ...{ noteCipher: note?.cipher ?? null, recordedAt: at, recordedBy: access.actorId },
  })
  return id
}

export async function findTerms(
  tx: Asking,
  county: number,
  on: CivilDate,
): Promise<{ replyWorkingDays: number; writeOffLimitFen: Fen }> {
  const text = `select reply_working_days as "replyWorkingDays", write_off_limit_fen::float8 as "writeOffLimitFen" from overpayment_terms
    where owner_county in (0, $1) and from_on <= $2 order by owner_county desc, from_on desc limit 1`
  const [terms] = await ask<{ replyWorkingDays: number; writeOffLimitFen: Fen }>(tx, text, [county, on])
  return terms!
}

export async function insertOffsets(
  tx: Transaction,
  { county }: Access,
  overpaymentId: Id,
  beneficiaryId: Id,
  offsets: readonly { month: CivilDate; amountFen: Fen }[],
): Promise<void> {
  const text = `insert into overpayment_offsets (county_code, overpayment_id, beneficiary_id, month, amount_fen)
    select $1, $2, $3, u.month, u.fen from unnest($4::date[], $5::bigint[]) as u (month, fen)`
  const months = offsets.map(({ month }) => month)
  const parts = offsets.map(({ amountFen }) => amountFen)
  await ask(tx, text, [county, overpaymentId, beneficiaryId, months, parts])
}

/** The coming months of the same programme that are in no payment yet. */
export async function openMonths(
  tx: Transaction,
  { county }: Access,
  beneficiaryId: Id,
  fromMonth: CivilDate,
): Promise<{ month: CivilDate; amountFen: Fen }[]> {
  const text = `select month, (amount_fen - allocated)::float8 as "amountFen" from app.months_of_beneficiary($1, $2)
    where month >= $3 and amount_fen > allocated order by month`
  return await ask(tx, text, [county, beneficiaryId, fromMonth])
}

/** Who bears the programme on a day, in per cent. */
export async function sharesOn(
  tx: Transaction,
  county: number,
  programme: string,
  on: CivilDate,
): Promise<FundingShares> {
  const text = 'select tier, pct::float8 as pct from app.funding_shares_of($1, $2::date) where code = $3'
  const rows = await ask<{ tier: Tier; pct: number }>(tx, text, [county, on, programme])
  return Object.fromEntries(rows.map(({ tier, pct }) => [tier, pct]))
}
