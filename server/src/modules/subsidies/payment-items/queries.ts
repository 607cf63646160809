import type { PaymentItem } from '@youyu/shared/subsidies/payment-rosters'
import type { Confirmation } from '@youyu/shared/subsidies/payment-confirmations'
import type { PersonPayment } from '@youyu/shared/subsidies/payment-items'
import type { ItemState, ReturnCode } from '@youyu/shared/subsidies/payment-values'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { personOfCounty, within } from '../../population/index.ts'
import { byTierOf } from '../payment-batches/index.ts'

/** What a frozen item amounts to now: paid by its outcome, else as its batch stands. */
const stateNow = `case when i.state <> 'OPEN' then i.state when o.code = '00' then 'PAID'
  when b.state in ('SENT', 'PARTIAL', 'CLOSED') then 'SENT' else 'PENDING' end`

const joined = `payment_items i
  join payment_batches b on b.county_code = i.county_code and b.id = i.batch_id
  left join lateral (select p.code, p.bank_reference, p.value_date, p.message, p.nth from payment_outcomes p
    where p.county_code = i.county_code and p.batch_id = i.batch_id and p.seq = i.seq order by p.nth desc limit 1) o on true`

const nameOf = (
  id: string,
) => `coalesce((select p.name from persons p where p.county_code = i.county_code and p.id = ${id}),
  (select g.name from organisations g where g.id = ${id}), '')`

export type ItemRecord = Omit<PaymentItem, 'byTier'> & { tiers: number[]; batchState: string }

const columns = `i.id, i.batch_id as "batchId", b.state as "batchState", i.seq, i.payee_id as "payeeId", ${nameOf('i.payee_id')} as "payeeName",
  i.person_id as "personId", ${nameOf('i.person_id')} as "personName", i.division_code as "divisionCode", i.account_mask as "accountMask",
  coalesce((select v.bank_name from payment_account_versions v where v.county_code = i.county_code and v.account_id = i.account_id
    and v.version = i.account_version), '') as "bankName",
  i.amount_fen as "amountFen", array[i.central_fen, i.province_fen, i.city_fen, i.county_fen, i.township_fen, i.other_fen]::float8[] as tiers,
  i.from_month as "fromMonth", i.to_month as "toMonth", i.months::int as months, ${stateNow} as state, o.code, o.bank_reference as "bankReference",
  o.value_date as "valueDate", coalesce(o.message, i.state_reason) as message,
  (select r.id from payment_items r where r.county_code = i.county_code and r.reissue_of = i.id and r.state <> 'VOID' limit 1) as "reissueId"`

/** The first gate: items of people whose village lies in the area. */
const ofArea = (bound: Bound, access: Access) =>
  `i.county_code = ${bound.bind(access.county)} and ${within(bound, 'i.division_code', access.prefixes)}`

export function itemOf({ tiers, batchState: _, ...item }: ItemRecord): PaymentItem {
  return { ...item, byTier: byTierOf(tiers) }
}

export async function selectItems(
  tx: Transaction,
  access: Access,
  batchId: Id,
  filter: {
    state?: ItemState | undefined
    division?: DivisionCode | undefined
    personId?: Id | undefined
  },
  after: number,
  limit: number,
): Promise<ItemRecord[]> {
  const bound = new Bound()
  const conditions = [
    ofArea(bound, access),
    `i.batch_id = ${bound.bind(batchId)} and i.seq > ${bound.bind(after)}::int`,
  ]
  if (filter.state) conditions.push(`${stateNow} = ${bound.bind(filter.state)}`)
  if (filter.division) conditions.push(within(bound, 'i.division_code', [prefixOf(filter.division)]))
  if (filter.personId) conditions.push(`${bound.bind(filter.personId)}::uuid in (i.person_id, i.payee_id)`)
  const text = `select ${columns} from ${joined} where ${conditions.join(' and ')} order by i.seq limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findItem(tx: Transaction, access: Access, id: Id): Promise<ItemRecord | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from ${joined} where ${ofArea(bound, access)} and i.id = ${bound.bind(id)}`
  const [row] = await ask<ItemRecord>(tx, text, bound.values)
  return row
}

/** Whether she is somebody of the area at all. */
export async function isPersonOfArea(tx: Transaction, access: Access, personId: Id): Promise<boolean> {
  const bound = new Bound()
  const text = `select p.id from persons p where p.id = ${bound.bind(personId)} and ${personOfCounty(bound, access, 'p')}`
  return (await ask(tx, text, bound.values)).length > 0
}

export async function selectOfPerson(
  tx: Transaction,
  access: Access,
  personId: Id,
  after: Id | null,
  limit: number,
): Promise<PersonPayment[]> {
  const bound = new Bound()
  const conditions = [ofArea(bound, access), `i.person_id = ${bound.bind(personId)}`]
  if (after)
    conditions.push(
      `(b.pay_on, i.id) < (select c.pay_on, j.id from payment_items j join payment_batches c on c.county_code = j.county_code and c.id = j.batch_id
        where j.county_code = i.county_code and j.id = ${bound.bind(after)}::uuid)`,
    )
  return await ask(
    tx,
    `select i.id, b.number as "batchNumber", b.programme, b.pay_on as "payOn", i.from_month as "fromMonth", i.to_month as "toMonth",
       i.amount_fen as "amountFen", i.account_mask as "accountMask", i.division_code as "divisionCode", ${stateNow} as state, o.code,
       o.value_date as "valueDate"
     from ${joined} where ${conditions.join(' and ')} order by b.pay_on desc, i.id desc limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export async function selectTrace(tx: Transaction, access: Access, id: Id) {
  const key = [access.county, id]
  const [item] = await ask<{
    beneficiaryId: Id | null
    eventId: Id | null
    applicationId: Id | null
    reissueOf: Id | null
  }>(
    tx,
    `select beneficiary_id as "beneficiaryId", event_id as "eventId", application_id as "applicationId", reissue_of as "reissueOf"
     from payment_items where county_code = $1 and id = $2`,
    key,
  )
  const months = await ask<{ month: CivilDate; amountFen: number; reason: string | null }>(
    tx,
    `select m.month, m.amount_fen as "amountFen", e.reason
     from payment_items i
     join payment_item_months m on m.county_code = i.county_code and m.beneficiary_id = i.beneficiary_id and m.item_id = i.id
     left join entitlement_months e on e.county_code = m.county_code and e.beneficiary_id = m.beneficiary_id and e.month = m.month
     where i.county_code = $1 and i.id = $2 order by m.month`,
    key,
  )
  const [event] = await ask<{ id: Id; occurredOn: CivilDate; groundType: string }>(
    tx,
    `select id, occurred_on as "occurredOn", ground_type as "groundType" from event_entitlements where county_code = $1 and id = $2`,
    [access.county, item?.eventId ?? null],
  )
  const [beneficiary] = await ask<{ id: Id; level: string; fromMonth: CivilDate; versionId: Id | null }>(
    tx,
    `select id, level, from_month as "fromMonth", version_id as "versionId" from beneficiaries where county_code = $1 and id = $2`,
    [access.county, item?.beneficiaryId ?? null],
  )
  const [application] = await ask<{
    id: Id
    number: string
    state: string
    filedOn: CivilDate | null
    decidedOn: CivilDate | null
    versionId: Id | null
  }>(
    tx,
    `select id, number, state, filed_on as "filedOn", decided_on as "decidedOn", version_id as "versionId" from applications
     where county_code = $1 and id = $2`,
    [access.county, item?.applicationId ?? null],
  )
  const notices = await ask<{ id: Id; step: string; from: CivilDate; to: CivilDate | null }>(
    tx,
    `select n.id, n.step, n.posted_on as from, n.until_on as to
     from notice_entries e join public_notices n on n.county_code = e.county_code and n.id = e.notice_id
     where e.county_code = $1 and e.application_id = $2 and n.posted_on is not null order by n.posted_on`,
    [access.county, item?.applicationId ?? null],
  )
  const outcomes = await ask<{
    code: ReturnCode
    bankCode: string
    bankReference: string | null
    valueDate: CivilDate | null
    message: string | null
    fileNo: number
    fileName: string | null
    receivedAt: Date
  }>(
    tx,
    `select o.code, o.bank_code as "bankCode", o.bank_reference as "bankReference", o.value_date as "valueDate", o.message, o.file_no::int as "fileNo",
       r.name as "fileName", r.received_at as "receivedAt"
     from payment_items i
     join payment_outcomes o on o.county_code = i.county_code and o.batch_id = i.batch_id and o.seq = i.seq
     join bank_returns r on r.county_code = o.county_code and r.batch_id = o.batch_id and r.file_no = o.file_no
     where i.county_code = $1 and i.id = $2 order by o.nth`,
    key,
  )
  return { item: item!, months, event, beneficiary, application, notices, outcomes }
}

export async function drawSample(
  tx: Transaction,
  access: Access,
  batchId: Id,
  size: number,
  seed: string,
  at: Date,
): Promise<number> {
  const rows = await ask(
    tx,
    `insert into payment_confirmations (county_code, id, batch_id, item_id, division_code, drawn_at, drawn_by)
     select $1, app.derived_id('confirmation ' || q.id), $2, q.id, q.division_code, $5, $6
     from (
       select i.id, i.division_code, row_number() over (partition by left(i.division_code, 9) order by md5($4 || i.id)) as turn, md5($4 || i.id) as draw
       from payment_items i
       where i.county_code = $1 and i.batch_id = $2 and i.state = 'OPEN'
         and exists (select from payment_outcomes o where o.county_code = $1 and o.batch_id = $2 and o.seq = i.seq and o.code = '00')
         and not exists (select from payment_confirmations c where c.county_code = $1 and c.batch_id = $2 and c.item_id = i.id)
       order by turn, draw limit $3) q
     returning id`,
    [access.county, batchId, size, seed, at, access.actorId],
  )
  return rows.length
}

export type ConfirmationRecord = {
  id: Id
  batchId: Id
  itemId: Id
  seq: number
  payeeName: string
  divisionCode: DivisionCode
  amountFen: number
  drawnAt: Date
  result: Confirmation['result']
  recheck: Confirmation['recheck']
  note: string | null
  answeredBy: string | null
  answeredAt: Date | null
}

export async function selectConfirmations(
  tx: Transaction,
  access: Access,
  which: { batchId: Id } | { id: Id },
): Promise<ConfirmationRecord[]> {
  const bound = new Bound()
  const key = 'id' in which ? `c.id = ${bound.bind(which.id)}` : `c.batch_id = ${bound.bind(which.batchId)}`
  return await ask(
    tx,
    `select c.id, c.batch_id as "batchId", c.item_id as "itemId", i.seq, ${nameOf('i.payee_id')} as "payeeName", i.division_code as "divisionCode",
       i.amount_fen as "amountFen", c.drawn_at as "drawnAt", c.result, c.recheck, c.note, u.display_name as "answeredBy", c.answered_at as "answeredAt"
     from payment_confirmations c join payment_items i on i.county_code = c.county_code and i.id = c.item_id
     left join users u on u.id = c.answered_by
     where ${ofArea(bound, access)} and ${key} order by i.seq limit 5000`,
    bound.values,
  )
}

export async function answerConfirmation(
  tx: Transaction,
  access: Access,
  id: Id,
  { result, recheck, note }: { result: string; recheck: string | null; note: string | null },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update payment_confirmations set result = $3, recheck = $4, note = $5, answered_by = $6, answered_at = $7 where county_code = $1 and id = $2`,
    [access.county, id, result, recheck, note, access.actorId, at],
  )
}

/** One line entered by hand, posted as if the bank had sent it. */
export async function enterReversal(
  tx: Transaction,
  {
    seq,
    amountFen,
    accountMask,
    bankReference,
    valueDate,
    message,
  }: {
    seq: number
    amountFen: number
    accountMask: string
    bankReference: string
    valueDate: CivilDate
    message: string
  },
): Promise<void> {
  await tx.client
    .query(`create temp table returned (line integer, seq integer, amount_fen bigint, account_mask text, code text, bank_code text,
    bank_reference text, value_date date, message text, is_repeated boolean) on commit drop`)
  await tx.client.query(
    `insert into pg_temp.returned values (1, $1, $2, $3, 'RV', 'RV', $4, $5, $6, false)`,
    [...[seq, amountFen, accountMask, bankReference, valueDate, message]],
  )
}
