import type { Manner } from '@youyu/shared/subsidies/programmes'
import type { BatchKind, Submission } from '@youyu/shared/subsidies/payment-batches'
import type { BatchState, ExclusionReason } from '@youyu/shared/subsidies/payment-values'
import type { FenByTier } from '@youyu/shared/subsidies/shares'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { byTierOf } from './rules.ts'

export type BatchRecord = {
  id: Id
  number: string
  programme: string
  kind: BatchKind
  ofBatchId: Id | null
  throughMonth: CivilDate
  payOn: CivilDate
  year: number
  state: BatchState
  layoutId: Id
  itemCount: number
  totalFen: number
  tiers: number[]
  excludedCount: number
  excludedFen: number
  paidCount: number
  paidFen: number
  failedCount: number
  failedFen: number
  returnedCount: number
  returnedFen: number
  stoppedCount: number
  stoppedFen: number
  rosterHash: Buffer | null
  madeBy: Id
  madeAt: Date
  lockedBy: Id | null
  lockedAt: Date | null
  approvedBy: Id | null
  approvedAt: Date | null
  sentBy: Id | null
  sentAt: Date | null
  closedBy: Id | null
  closedAt: Date | null
  voidedBy: Id | null
  voidedAt: Date | null
  voidReason: string | null
  version: number
}

const columns = `b.id, b.number, b.programme, b.kind, b.of_batch_id as "ofBatchId", b.through_month as "throughMonth", b.pay_on as "payOn",
  b.year::int as year, b.state, b.layout_id as "layoutId", b.item_count as "itemCount", b.total_fen as "totalFen",
  array[b.central_fen, b.province_fen, b.city_fen, b.county_fen, b.township_fen, b.other_fen]::float8[] as tiers,
  b.excluded_count as "excludedCount", b.excluded_fen as "excludedFen", b.paid_count as "paidCount", b.paid_fen as "paidFen",
  b.failed_count as "failedCount", b.failed_fen as "failedFen", b.returned_count as "returnedCount", b.returned_fen as "returnedFen",
  b.stopped_count as "stoppedCount", b.stopped_fen as "stoppedFen", b.roster_hash as "rosterHash", b.made_by as "madeBy", b.made_at as "madeAt",
  b.locked_by as "lockedBy", b.locked_at as "lockedAt", b.approved_by as "approvedBy", b.approved_at as "approvedAt", b.sent_by as "sentBy",
  b.sent_at as "sentAt", b.closed_by as "closedBy", b.closed_at as "closedAt", b.voided_by as "voidedBy", b.voided_at as "voidedAt",
  b.void_reason as "voidReason", b.version`

/** The first gate: batches are the county's, for whoever answers for the whole of it. */
const ofCounty = (bound: Bound, access: Access) => `b.county_code = ${bound.bind(access.county)}`

export async function findBatch(
  tx: Transaction,
  access: Access,
  which: { id: Id } | { number: string },
  { lock = false } = {},
): Promise<BatchRecord | undefined> {
  const bound = new Bound()
  const key = 'id' in which ? `b.id = ${bound.bind(which.id)}` : `b.number = ${bound.bind(which.number)}`
  const text = `select ${columns} from payment_batches b where ${ofCounty(bound, access)} and ${key}${lock ? ' for update' : ''}`
  const [row] = await ask<BatchRecord>(tx, text, bound.values)
  return row
}

export async function selectBatches(
  tx: Transaction,
  access: Access,
  filter: { programme?: string | undefined; state?: BatchState | undefined; ofBatchId?: Id },
  after: string | null,
  limit: number,
): Promise<BatchRecord[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access)]
  if (filter.programme) conditions.push(`b.programme = ${bound.bind(filter.programme)}`)
  if (filter.state) conditions.push(`b.state = ${bound.bind(filter.state)}`)
  if (filter.ofBatchId) conditions.push(`b.of_batch_id = ${bound.bind(filter.ofBatchId)}`)
  if (after) conditions.push(`b.id < ${bound.bind(after)}::uuid`)
  return await ask(
    tx,
    `select ${columns} from payment_batches b where ${conditions.join(' and ')} order by b.id desc limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export async function nextNumber(tx: Transaction, access: Access, year: number): Promise<string> {
  const [row] = await ask<{ n: number }>(
    tx,
    `insert into payment_batch_numbers (county_code, year, last_number) values ($1, $2, 1)
     on conflict (county_code, year) do update set last_number = payment_batch_numbers.last_number + 1 returning last_number as n`,
    [access.county, year],
  )
  return `B${access.county}${year}${String(row!.n).padStart(4, '0')}`
}

export async function insertBatch(tx: Transaction, row: Readonly<Record<string, unknown>>): Promise<void> {
  await insertRow(tx, 'payment_batches', row)
}

export async function sharesSum(
  tx: Transaction,
  access: Access,
  programme: string,
  on: CivilDate,
): Promise<number> {
  const [row] = await ask<{ whole: string | null }>(
    tx,
    'select sum(pct)::text as whole from app.funding_shares_of($1, $2) s where s.code = $3',
    [access.county, on, programme],
  )
  return Number(row?.whole ?? 0)
}

/** How a programme gives what it gives, by the terms of a day. */
export async function mannerOf(
  tx: Transaction,
  { county }: Access,
  programme: string,
  on: CivilDate,
): Promise<Manner | null> {
  const text = `select t.terms ->> 'manner' as manner from app.programme_terms($1, $2) t where t.code = $3`
  const [row] = await ask<{ manner: Manner }>(tx, text, [county, on, programme])
  return row?.manner ?? null
}

export async function freeze(tx: Transaction, access: Access, id: Id, at: Date): Promise<number> {
  const [row] = await ask<{ n: number }>(tx, 'select app.freeze_roster($1, $2, $3, $4) as n', [
    access.county,
    id,
    access.actorId,
    at,
  ])
  return row!.n
}

/** Counts and sums by tier of what was ended. */
export type Ended = { count: number; fen: number; byTier: FenByTier }
const endedOf = (parts: readonly (number | string)[]): Ended => {
  const [count, fen, ...tiers] = parts.map(Number)
  return { count: count!, fen: fen!, byTier: byTierOf(tiers) }
}

export async function stopItems(
  tx: Transaction,
  access: Access,
  batchId: Id,
  { items = null, ended, why }: { items?: readonly Id[] | null; ended: 'STOPPED' | 'VOID'; why: string },
  at: Date,
): Promise<Ended> {
  const [row] = await ask<{ parts: number[] }>(
    tx,
    'select app.stop_items($1, $2, $3::uuid[], $4, $5, $6)::float8[] as parts',
    [access.county, batchId, items, ended, why, at],
  )
  return endedOf(row!.parts)
}

/** Takes out what must not be paid any more: accounts changed since the roster was frozen, payees who have died. */
export async function stopChanged(
  tx: Transaction,
  access: Access,
  batchId: Id,
  today: CivilDate,
  at: Date,
): Promise<Ended> {
  const [row] = await ask<{ parts: number[] }>(
    tx,
    'select app.stop_changed_items($1, $2, $3, $4)::float8[] as parts',
    [access.county, batchId, today, at],
  )
  return endedOf(row!.parts)
}

export async function isAsFrozen(tx: Transaction, access: Access, batchId: Id): Promise<boolean> {
  const [row] = await ask<{ same: boolean }>(
    tx,
    'select roster_hash = app.roster_hash($1, $2) as same from payment_batches where county_code = $1 and id = $2',
    [access.county, batchId],
  )
  return row?.same ?? false
}

/** What is still to be paid of a batch, by tier. */
export async function sumOpen(tx: Transaction, access: Access, batchId: Id): Promise<Ended> {
  const [row] = await ask<{ parts: number[] }>(
    tx,
    `select array[count(*), coalesce(sum(amount_fen), 0), coalesce(sum(central_fen), 0), coalesce(sum(province_fen), 0), coalesce(sum(city_fen), 0),
       coalesce(sum(county_fen), 0), coalesce(sum(township_fen), 0), coalesce(sum(other_fen), 0)]::float8[] as parts
     from payment_items where county_code = $1 and batch_id = $2 and state = 'OPEN'`,
    [access.county, batchId],
  )
  return endedOf(row!.parts)
}

const moves = {
  APPROVED: ['approved_by', 'approved_at'],
  SENT: ['sent_by', 'sent_at'],
  CLOSED: ['closed_by', 'closed_at'],
  VOID: ['voided_by', 'voided_at'],
} as const

export async function moveBatch(
  tx: Transaction,
  access: Access,
  id: Id,
  state: keyof typeof moves,
  at: Date,
  reason: string | null = null,
): Promise<void> {
  const [by, when] = moves[state]
  await ask(
    tx,
    `update payment_batches set state = $3, ${by} = $4, ${when} = $5, void_reason = coalesce($6, void_reason), version = version + 1
     where county_code = $1 and id = $2`,
    [access.county, id, state, access.actorId, at, reason],
  )
}

export async function selectNames(tx: Transaction, ids: readonly Id[]): Promise<Map<Id, string>> {
  const rows = await ask<{ id: Id; name: string }>(
    tx,
    `select id, display_name as name from users where id = any($1::uuid[])
     union all select id, name from api_clients where id = any($1::uuid[])`,
    [ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export type SubmissionRecord = Omit<Submission, 'createdAt' | 'deliveredAt' | 'sha256'> & {
  batchId: Id
  sha256: Buffer | null
  createdAt: Date
  deliveredAt: Date | null
  acceptedAt: Date | null
  leaseOwner: Id | null
}

export async function findSubmission(
  tx: Transaction,
  access: Access,
  batchId: Id,
): Promise<SubmissionRecord | undefined> {
  const [row] = await ask<SubmissionRecord>(
    tx,
    `select id, batch_id as "batchId", channel, state, file_name as "fileName", sha256, bytes, rows, fen, bank_reference as "bankReference", failure,
       attempts, created_at as "createdAt", delivered_at as "deliveredAt", accepted_at as "acceptedAt", lease_owner as "leaseOwner"
     from bank_submissions where county_code = $1 and batch_id = $2`,
    [access.county, batchId],
  )
  return row
}

export async function exclusionsByReason(
  tx: Transaction,
  access: Access,
  batchId: Id,
): Promise<{ reason: ExclusionReason; count: number; fen: number }[]> {
  return await ask(
    tx,
    `select reason, count(*)::int as count, sum(amount_fen)::bigint as fen from payment_exclusions
     where county_code = $1 and batch_id = $2 group by reason order by reason`,
    [access.county, batchId],
  )
}

export async function townshipsOf(
  tx: Transaction,
  access: Access,
  batchId: Id,
): Promise<{ divisionCode: DivisionCode; name: string; count: number; fen: number }[]> {
  return await ask(
    tx,
    `select t.code as "divisionCode", coalesce((select d.name from divisions d where d.code = t.code order by d.valid_from desc limit 1), '') as name,
       t.count, t.fen
     from (select rpad(left(division_code, 9), 12, '0') collate "C" as code, count(*)::int as count, sum(amount_fen)::bigint as fen
       from payment_items where county_code = $1 and batch_id = $2 group by 1) t
     order by t.code`,
    [access.county, batchId],
  )
}

/** Months before the one the batch pays through: what was left. */
export async function arrearsOf(
  tx: Transaction,
  access: Access,
  batchId: Id,
  before: CivilDate,
): Promise<{ count: number; fen: number }> {
  const [row] = await ask<{ count: number; fen: number }>(
    tx,
    `select count(*)::int as count, coalesce(sum(m.amount_fen), 0)::bigint as fen
     from payment_items i join payment_item_months m on m.county_code = i.county_code and m.beneficiary_id = i.beneficiary_id and m.item_id = i.id
     where i.county_code = $1 and i.batch_id = $2 and m.month < $3`,
    [access.county, batchId, before],
  )
  return row!
}

export async function selectExclusions(
  tx: Transaction,
  access: Access,
  batchId: Id,
  reason: ExclusionReason | undefined,
  after: number | null,
  limit: number,
) {
  const bound = new Bound()
  const conditions = [
    `e.county_code = ${bound.bind(access.county)} and e.batch_id = ${bound.bind(batchId)}`,
    `e.seq > ${bound.bind(after ?? 0)}`,
  ]
  if (reason) conditions.push(`e.reason = ${bound.bind(reason)}`)
  return await ask<{
    seq: number
    beneficiaryId: Id | null
    eventId: Id | null
    personId: Id
    personName: string
    payeeId: Id
    payeeName: string
    divisionCode: DivisionCode
    reason: ExclusionReason
    amountFen: number
  }>(
    tx,
    `select e.seq, e.beneficiary_id as "beneficiaryId", e.event_id as "eventId", e.person_id as "personId",
       coalesce((select p.name from persons p where p.county_code = e.county_code and p.id = e.person_id), '') as "personName", e.payee_id as "payeeId",
       coalesce((select p.name from persons p where p.county_code = e.county_code and p.id = e.payee_id),
         (select o.name from organisations o where o.id = e.payee_id), '') as "payeeName",
       e.division_code as "divisionCode", e.reason, e.amount_fen as "amountFen"
     from payment_exclusions e where ${conditions.join(' and ')} order by e.seq limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export async function ledgerPaid(tx: Transaction, access: Access, batchId: Id): Promise<number> {
  const [row] = await ask<{ fen: number }>(
    tx,
    `select coalesce(sum(case e.kind when 'PAYMENT' then e.total_fen when 'BANK_RETURN' then -e.total_fen end), 0)::bigint as fen
     from bank_returns r join ledger_entries e on e.county_code = r.county_code and e.ref_id = r.id and e.ref_type = 'BANK_RETURN'
     where r.county_code = $1 and r.batch_id = $2 and e.kind in ('PAYMENT', 'BANK_RETURN')`,
    [access.county, batchId],
  )
  return row!.fen
}

/** What the items and their outcomes themselves sum to, against what the batch keeps. */
export async function recountItems(
  tx: Transaction,
  access: Access,
  batchId: Id,
): Promise<Record<'paid' | 'failed' | 'returned' | 'stopped' | 'open', { count: number; fen: number }>> {
  const rows = await ask<{ kind: string; count: number; fen: number }>(
    tx,
    `select case when i.state = 'OPEN' then case when o.seq is null then 'open' else 'paid' end
         when i.state = 'RETURNED' or i.state = 'REISSUED' and o.nth > 0 then 'returned'
         when i.state in ('FAILED', 'REISSUED') then 'failed' else 'stopped' end as kind,
       count(*)::int as count, sum(i.amount_fen)::bigint as fen
     from payment_items i
     left join lateral (select p.seq, p.nth from payment_outcomes p where p.county_code = i.county_code and p.batch_id = i.batch_id and p.seq = i.seq
       order by p.nth desc limit 1) o on true
     where i.county_code = $1 and i.batch_id = $2 group by 1`,
    [access.county, batchId],
  )
  const of = (kind: string) => {
    const row = rows.find((each) => each.kind === kind)
    return { count: row?.count ?? 0, fen: row?.fen ?? 0 }
  }
  return {
    ...{ paid: of('paid'), failed: of('failed'), returned: of('returned') },
    ...{ stopped: of('stopped'), open: of('open') },
  }
}

export async function countUnresolved(tx: Transaction, access: Access, batchId: Id): Promise<number> {
  const [row] = await ask<{ n: number }>(
    tx,
    'select count(*)::int as n from bank_return_unmatched where county_code = $1 and batch_id = $2 and resolution is null',
    [access.county, batchId],
  )
  return row!.n
}
