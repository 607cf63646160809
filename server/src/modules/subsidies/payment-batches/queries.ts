import type { BatchKind, Submission } from '@youyu/shared/subsidies/payment-batches'
import type { BatchState } from '@youyu/shared/subsidies/payment-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'

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
