import type { Acknowledgement, MoveReason } from '@youyu/shared/population/value-sets'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { within } from '../../area.ts'
import { sourceOf } from '../../persons/queries-changes.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'

export type KeptTransfer = {
  id: Id
  countyCode: number
  toCounty: number
  personId: Id
  departureId: Id
  fromDivision: DivisionCode
  toDivision: DivisionCode
  occurredOn: CivilDate
  reason: MoveReason
  withResidence: boolean
  note: string | null
  state: Acknowledgement
  answer: string | null
  answeredAt: Date | null
  arrivalId: Id | null
  recordedAt: Date
}
export type ReadTransfer = KeptTransfer & {
  fromName: string | null
  toName: string | null
  name: string | null
  sex: string | null
  birthDate: CivilDate | null
  idNumber: string | null
}

const kept = `x.id, x.county_code as "countyCode", x.to_county as "toCounty", x.person_id as "personId", x.departure_id as "departureId",
  x.from_division as "fromDivision", x.to_division as "toDivision", x.occurred_on as "occurredOn", x.reason, x.with_residence as "withResidence",
  x.note, x.state, x.answer, x.answered_at as "answeredAt", x.arrival_id as "arrivalId", x.recorded_at as "recordedAt"`
const around = `left join persons p on p.county_code = x.county_code and p.id = x.person_id
  left join divisions f on f.code = x.from_division and f.valid_to is null
  left join divisions t on t.code = x.to_division and t.valid_to is null`
const read = `${kept}, f.name as "fromName", t.name as "toName", p.name, p.sex, p.birth_date as "birthDate", p.id_number_mask as "idNumber"`

/** The first gate: transfers out of the area, and those into it. */
const leaving = (bound: Bound, access: Access) =>
  `x.county_code = ${bound.bind(access.county)} and ${within(bound, 'x.from_division', access.prefixes)}`
const arriving = (bound: Bound, access: Access) =>
  `x.to_county = ${bound.bind(access.county)} and ${within(bound, 'x.to_division', access.prefixes)}`

export async function findTransfer(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<ReadTransfer | undefined> {
  const bound = new Bound()
  const text = `select ${read} from county_transfers x ${around}
  where x.id = ${bound.bind(id)} and (${leaving(bound, access)} or ${arriving(bound, access)})`
  const [transfer] = await ask<ReadTransfer>(tx, text, bound.values)
  return transfer
}

/** A transfer into the area, to be answered once. */
export async function lockArriving(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<KeptTransfer | undefined> {
  const bound = new Bound()
  const text = `select ${kept} from county_transfers x where x.id = ${bound.bind(id)} and ${arriving(bound, access)} for no key update of x`
  const [transfer] = await ask<KeptTransfer>(tx, text, bound.values)
  return transfer
}

type ListQuestion = {
  state: Acknowledgement | undefined
  direction: 'IN' | 'OUT' | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectTransfers(
  tx: Transaction,
  access: Access,
  { state, direction, after, limit }: ListQuestion,
): Promise<ReadTransfer[]> {
  const bound = new Bound()
  const conditions = [
    state && `x.state = ${bound.bind(state)}`,
    after && `(x.recorded_at, x.id) < (${bound.bind(after[0])}::timestamptz, ${bound.bind(after[1])}::uuid)`,
  ].filter((condition) => typeof condition === 'string')
  const inOrder = `order by x.recorded_at desc, x.id desc limit ${pageLimit(limit)}`
  const sides = [
    ...(direction === 'IN' ? [] : [leaving(bound, access)]),
    ...(direction === 'OUT' ? [] : [arriving(bound, access)]),
  ]
  const branches = sides.map(
    (side) => `(select x.* from county_transfers x where ${[side, ...conditions].join(' and ')} ${inOrder})`,
  )
  const text = `select ${read} from (${branches.join(' union all ')}) x ${around} ${inOrder}`
  return await ask(tx, text, bound.values)
}

type Departure = Pick<
  KeptTransfer,
  | 'personId'
  | 'departureId'
  | 'fromDivision'
  | 'toDivision'
  | 'occurredOn'
  | 'reason'
  | 'withResidence'
  | 'note'
  | 'state'
  | 'toCounty'
>

export async function insertTransfer(
  tx: Transaction,
  access: Access,
  departure: Departure,
  at: Date,
): Promise<void> {
  const text = `insert into county_transfers (county_code, id, to_county, person_id, departure_id, from_division, to_division, occurred_on,
    reason, with_residence, note, state, recorded_at, recorded_by, source)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`
  const { toCounty, personId, departureId, fromDivision, toDivision, occurredOn } = departure
  await ask(tx, text, [
    ...[
      access.county,
      newId(at.getTime()),
      toCounty,
      personId,
      departureId,
      fromDivision,
      toDivision,
      occurredOn,
    ],
    ...[
      departure.reason,
      departure.withResidence,
      departure.note,
      departure.state,
      at,
      access.actorId,
      sourceOf(access),
    ],
  ])
}

type Answer = { state: Acknowledgement; answer: string | null; arrivalId: Id | null; arrivedAs: Id | null }

/** By the departure, of which one transfer at most stands. */
export async function answerTransferOf(
  tx: Transaction,
  access: Access,
  departureId: Id,
  { state, answer, arrivalId, arrivedAs }: Answer,
  at: Date,
): Promise<void> {
  const text = `update county_transfers set state = $3, answer = $4, arrival_id = $5, arrived_as = $6, answered_at = $7, answered_by = $8
  where county_code = $1 and departure_id = $2 and state in ('NONE', 'SENT')`
  await ask(tx, text, [access.county, departureId, state, answer, arrivalId, arrivedAs, at, access.actorId])
}

export type Traveller = {
  id: Id
  name: string
  idType: string
  idNumberCipher: Buffer | null
  idNumberHash: Buffer | null
  phoneCipher: Buffer | null
  residenceDivision: DivisionCode
}

/** The person as the county that she leaves keeps her. */
export async function findTraveller(tx: Transaction, county: number, id: Id): Promise<Traveller | undefined> {
  const text = `select id, name, id_type as "idType", id_number_cipher as "idNumberCipher", id_number_hash as "idNumberHash",
    phone_cipher as "phoneCipher", residence_division as "residenceDivision" from persons where county_code = $1 and id = $2`
  const [traveller] = await ask<Traveller>(tx, text, [county, id])
  return traveller
}

/** As whom the receiving county knows her already: under the same id, or by the same number. */
export async function findKnownAs(
  tx: Transaction,
  county: number,
  { id, idNumberHash }: Traveller,
): Promise<{ id: Id; status: string } | undefined> {
  const text = `select id, status from persons where county_code = $1 and (id = $2 or (id_number_hash = $3 and status <> 'MERGED'))
  order by (id = $2) desc limit 1`
  const [known] = await ask<{ id: Id; status: string }>(tx, text, [county, id, idNumberHash])
  return known
}

type Copy = {
  county: number
  traveller: Traveller
  idNumberCipher: Buffer | null
  phoneCipher: Buffer | null
  fromDivision: DivisionCode
  residenceDivision: DivisionCode
  episodeId: Id
  at: Date
}

/**
 * Puts the person into the receiving register as she stood before her arrival, with hukou and residence elsewhere:
 * the arrival then is a move like any other. Her parents are named where they stand in that register.
 */
export async function copyPerson(
  tx: Transaction,
  access: Access,
  toCounty: number,
  copy: Copy,
): Promise<void> {
  const { county, traveller, idNumberCipher, phoneCipher, fromDivision, residenceDivision, episodeId, at } =
    copy
  const text = `with person as (
    insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type,
      id_number_cipher, id_number_hash, id_number_mask, ethnicity, education, marital_status, hukou_division, hukou_type,
      residence_division, residence_status, residence_since, phone_cipher, phone_hash, phone_mask, mother_id, father_id,
      status, findings, source, recorded_at, recorded_by, updated_at, version)
    select $3, p.id, p.name, p.name_pinyin, p.name_initials, p.sex, p.birth_date, p.birth_date_precision, p.id_type,
      $4, p.id_number_hash, p.id_number_mask, p.ethnicity, p.education, p.marital_status, $6, p.hukou_type,
      $7, case when $6 = $7 then '1' else '2' end, null, $5, p.phone_hash, p.phone_mask,
      (select m.id from persons m where m.county_code = $3 and m.id = p.mother_id),
      (select f.id from persons f where f.county_code = $3 and f.id = p.father_id),
      'MOVED_OUT', p.findings, $8, $9, $10, $9, 1
    from persons p where p.county_code = $1 and p.id = $2
    returning county_code, id, residence_division, residence_status)
  insert into residence_episodes (county_code, id, person_id, division_code, status, recorded_at, recorded_by, source)
  select county_code, $11, id, residence_division, residence_status, $9, $10, $8 from person`
  await ask(tx, text, [
    ...[county, traveller.id, toCounty, idNumberCipher, phoneCipher, fromDivision, residenceDivision],
    ...[sourceOf(access), at, access.actorId, episodeId],
  ])
}
