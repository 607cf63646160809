import type {
  NewReferralPart,
  Referral,
  ReferralPurpose,
  ReferralStatus,
} from '@youyu/shared/birth-defects/referrals'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'

export type ReferralKept = {
  id: Id
  womanId: Id
  name: string
  birthDate: CivilDate
  pregnancyId: Id | null
  childId: Id | null
  chainId: Id
  purpose: ReferralPurpose
  urgency: NewReferralPart['urgency']
  fromId: Id
  fromName: string
  toId: Id | null
  toName: string
  isSender: boolean
  isReceiver: boolean
  status: ReferralStatus
  occurredOn: CivilDate
  answerDueOn: CivilDate
  receivedOn: CivilDate | null
  answeredOn: CivilDate | null
  closedOn: CivilDate | null
  result: Referral['result']
  letterCipher: Buffer
  answerCipher: Buffer | null
  closingCipher: Buffer | null
  recordedAt: Date
  version: number
}

function columnsOf(facility: string): string {
  return `r.id, r.woman_id as "womanId", c.name, c.birth_date as "birthDate", r.pregnancy_id as "pregnancyId", r.child_id as "childId",
  r.chain_id as "chainId", r.purpose, r.urgency, r.facility_id as "fromId", f.name as "fromName", r.to_facility_id as "toId",
  coalesce(t.name, r.to_name) as "toName", r.facility_id = ${facility} as "isSender", r.to_facility_id is not distinct from ${facility} as "isReceiver",
  r.status, r.occurred_on as "occurredOn", r.answer_due_on as "answerDueOn", r.received_on as "receivedOn", r.answered_on as "answeredOn",
  r.closed_on as "closedOn", r.result, r.letter_cipher as "letterCipher", r.answer_cipher as "answerCipher", r.closing_cipher as "closingCipher",
  r.recorded_at as "recordedAt", r.version`
}
const around = `join organisations f on f.id = r.facility_id left join organisations t on t.id = r.to_facility_id
  cross join lateral app.client_of(r.county_code, r.woman_id) c`

export type ReferralQuestion = {
  box: 'IN' | 'OUT'
  status?: ReferralStatus | undefined
  open?: boolean | undefined
  overdue?: boolean | undefined
  after: readonly [string, string] | null
  limit: number
}

/** The longest waiting first. */
export async function selectReferrals(
  tx: Transaction,
  { county, facility }: Access,
  today: CivilDate,
  { box, status, open, overdue, after, limit }: ReferralQuestion,
): Promise<ReferralKept[]> {
  const bound = new Bound()
  const mine = bound.bind(facility)
  const conditions = [
    `r.county_code = ${bound.bind(county)} and r.voided_at is null and r.${box === 'OUT' ? 'facility_id' : 'to_facility_id'} = ${mine}`,
  ]
  if (status) conditions.push(`r.status = ${bound.bind(status)}`)
  if (open !== undefined) conditions.push(`r.closed_on is ${open ? '' : 'not '}null`)
  if (overdue)
    conditions.push(
      `r.closed_on is null and r.answered_on is null and r.answer_due_on < ${bound.bind(today)}::date`,
    )
  if (after)
    conditions.push(
      `(r.answer_due_on, r.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`,
    )
  const text = `select ${columnsOf(mine)} from referrals r ${around} where ${conditions.join(' and ')}
    order by r.answer_due_on, r.id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

/** One by its id, or those of a pregnancy; of the two facilities, and of a chain that the asking one takes part in. */
export async function findReferrals(
  tx: Transaction,
  { county, facility }: Access,
  { id, pregnancyId }: { id?: Id; pregnancyId?: Id },
): Promise<ReferralKept[]> {
  const bound = new Bound()
  const mine = bound.bind(facility)
  const one = id ? `r.id = ${bound.bind(id)}` : `r.pregnancy_id = ${bound.bind(pregnancyId)}`
  const text = `select ${columnsOf(mine)} from referrals r ${around}
    where r.county_code = ${bound.bind(county)} and r.voided_at is null and ${one}
      and (r.facility_id = ${mine} or r.to_facility_id = ${mine} or app.joins(r.county_code, r.chain_id))
    order by r.occurred_on desc, r.id desc limit 50`
  return await ask(tx, text, bound.values)
}

export async function lockReferral(tx: Transaction, { county }: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from referrals where county_code = $1 and id = $2 for no key update', [county, id])
}

export type NewReferralRow = {
  id: Id
  toFacilityId: Id | null
  toName: string | null
  chainId: Id
  womanId: Id
  pregnancyId: Id | null
  childId: Id | null
  contactId: Id | null
  divisionCode: DivisionCode
  occurredOn: CivilDate
  purpose: ReferralPurpose
  urgency: string
  agreedOn: CivilDate
  answerDueOn: CivilDate
  letterCipher: Buffer
}

export async function insertReferral(
  tx: Transaction,
  { county, facility, actorId }: Access,
  row: NewReferralRow,
  at: Date,
): Promise<void> {
  await insertRow(tx, 'referrals', {
    ...{ countyCode: county, facilityId: facility, ...row, status: 'SENT', updatedAt: at, version: 1 },
    ...{ recordedAt: at, recordedBy: actorId, source: 'MANUAL' },
  })
}

export type MovedReferral = {
  id: Id
  status: ReferralStatus
  receivedOn: CivilDate | null
  answeredOn: CivilDate | null
  closedOn: CivilDate | null
  result: string | null
  answerCipher: Buffer | null
  closingCipher: Buffer | null
}

export async function updateReferral(
  tx: Transaction,
  { county }: Access,
  { id, status, receivedOn, answeredOn, closedOn, result, answerCipher, closingCipher }: MovedReferral,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update referrals set status = $3, received_on = $4, answered_on = $5, closed_on = $6, result = $7, answer_cipher = $8, closing_cipher = $9,
       updated_at = $10, version = version + 1 where county_code = $1 and id = $2`,
    [county, id, status, receivedOn, answeredOn, closedOn, result, answerCipher, closingCipher, at],
  )
}

/** A facility of the platform that may be referred to, and what the network agreed with it. */
export async function findReceiver(
  tx: Transaction,
  { county, facility }: Access,
  id: Id,
  purpose: ReferralPurpose,
  on: CivilDate,
): Promise<{ id: Id; answerDays: number | null } | undefined> {
  const [found] = await ask<{ id: Id; answerDays: number | null }>(
    tx,
    `select o.id, (select min(l.answer_days) from referral_links l where l.county_code = $1 and l.from_id = $2 and l.to_id = o.id
         and $4 = any(l.purposes) and l.valid_from <= $5 and (l.valid_to is null or l.valid_to >= $5)) as "answerDays"
     from organisations o where o.id = $3 and o.id <> $2 and left(o.division_code, 6) = lpad($1::text, 6, '0')`,
    [county, facility, id, purpose, on],
  )
  return found
}
