import type { UnmatchedReason } from '@youyu/shared/subsidies/bank-returns'
import type { Channel, ReturnCode } from '@youyu/shared/subsidies/payment-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'

/** Where the lines go first: nothing of the county is touched before they have been matched as a whole. */
export async function openLines(tx: Transaction): Promise<CopyStreamQuery> {
  await tx.client
    .query(`create temp table returned (line integer, seq integer, amount_fen bigint, account_mask text, code text, bank_code text,
    bank_reference text, value_date date, message text, is_repeated boolean) on commit drop`)
  return tx.client.query(copyFrom('copy pg_temp.returned from stdin'))
}

export type Posted = {
  repeated: number
  unmatched: number
  paid: number[]
  failed: number[]
  returned: number[]
}

export async function postReturn(
  tx: Transaction,
  access: Access,
  batchId: Id,
  fileNo: number,
  today: CivilDate,
  at: Date,
): Promise<Posted> {
  const [row] = await ask<Posted>(
    tx,
    `select repeated, unmatched, paid::float8[], failed::float8[], returned::float8[] from app.post_return($1, $2, $3::smallint, $4, $5)`,
    [access.county, batchId, fileNo, today, at],
  )
  return row!
}

export type ReturnRecord = {
  id: Id
  fileNo: number
  name: string
  sha256: Buffer
  channel: Channel
  lines: number
  paidCount: number
  paidFen: number
  failedCount: number
  failedFen: number
  returnedCount: number
  returnedFen: number
  repeated: number
  unmatched: number
  unresolved: number
  receivedById: Id
  receivedAt: Date
}

export async function selectReturns(
  tx: Transaction,
  access: Access,
  batchId: Id,
  sha256: Buffer | null = null,
): Promise<ReturnRecord[]> {
  return await ask(
    tx,
    `select r.id, r.file_no::int as "fileNo", r.name, r.sha256, r.channel, r.lines, r.paid_count as "paidCount", r.paid_fen as "paidFen",
       r.failed_count as "failedCount", r.failed_fen as "failedFen", r.returned_count as "returnedCount", r.returned_fen as "returnedFen", r.repeated,
       r.unmatched, (select count(*)::int from bank_return_unmatched u where u.county_code = r.county_code and u.batch_id = r.batch_id
         and u.file_no = r.file_no and u.resolution is null) as unresolved, r.received_by as "receivedById", r.received_at as "receivedAt"
     from bank_returns r where r.county_code = $1 and r.batch_id = $2 and ($3::bytea is null or r.sha256 = $3) order by r.file_no`,
    [access.county, batchId, sha256],
  )
}

export async function nextFileNo(tx: Transaction, access: Access, batchId: Id): Promise<number> {
  const [row] = await ask<{ last: number }>(
    tx,
    'select coalesce(max(file_no), 0)::int as last from bank_returns where county_code = $1 and batch_id = $2',
    [access.county, batchId],
  )
  return row!.last + 1
}

export async function insertReturn(tx: Transaction, row: Readonly<Record<string, unknown>>): Promise<void> {
  await insertRow(tx, 'bank_returns', row)
}

export type UnmatchedRecord = {
  fileNo: number
  line: number
  seq: number
  amountFen: number
  accountMask: string
  code: ReturnCode
  reason: UnmatchedReason
  resolution: string | null
  resolvedBy: string | null
}

export async function selectUnmatched(
  tx: Transaction,
  access: Access,
  batchId: Id,
  after: readonly [number, number] | null,
  limit: number,
  only: { fileNo: number; line: number } | null = null,
): Promise<UnmatchedRecord[]> {
  const bound = new Bound()
  const conditions = [`u.county_code = ${bound.bind(access.county)} and u.batch_id = ${bound.bind(batchId)}`]
  if (after)
    conditions.push(`(u.file_no, u.line) > (${bound.bind(after[0])}::int, ${bound.bind(after[1])}::int)`)
  if (only) conditions.push(`u.file_no = ${bound.bind(only.fileNo)} and u.line = ${bound.bind(only.line)}`)
  return await ask(
    tx,
    `select u.file_no::int as "fileNo", u.line, u.seq, u.amount_fen as "amountFen", u.account_mask as "accountMask", u.code, u.reason, u.resolution,
       n.display_name as "resolvedBy"
     from bank_return_unmatched u left join users n on n.id = u.resolved_by
     where ${conditions.join(' and ')} order by u.file_no, u.line limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export async function resolveUnmatched(
  tx: Transaction,
  access: Access,
  batchId: Id,
  { fileNo, line, resolution }: { fileNo: number; line: number; resolution: string },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update bank_return_unmatched set resolution = $5, resolved_by = $6, resolved_at = $7
     where county_code = $1 and batch_id = $2 and file_no = $3 and line = $4`,
    [access.county, batchId, fileNo, line, resolution, access.actorId, at],
  )
}
