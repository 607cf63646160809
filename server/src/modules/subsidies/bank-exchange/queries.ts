import type { Channel } from '@youyu/shared/subsidies/payment-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Statements, Transaction } from '../../../database/connect.ts'
import { ask, insertRow } from '../../../database/statements.ts'
import { sql } from 'drizzle-orm'

export type Work = { countyCode: number; id: Id }

/** The next submission to work on, under a lease of this process. */
export async function claimWork(
  db: Statements,
  owner: Id,
  at: Date,
  leaseSeconds: number,
): Promise<Work | undefined> {
  const { rows } = await db.execute<{ county_code: number; id: Id }>(
    sql`select county_code, id from app.claim_bank_work(${owner}::uuid, ${at.toISOString()}::timestamptz, make_interval(secs => ${leaseSeconds}::int))`,
  )
  const [row] = rows
  return row && { countyCode: row.county_code, id: row.id }
}

export type Held = {
  id: Id
  batchId: Id
  batchNumber: string
  batchState: string
  programme: string
  throughMonth: CivilDate
  payOn: CivilDate
  layoutId: Id
  channel: Channel
  state: 'PREPARING' | 'WAITING' | 'DELIVERED' | 'ACCEPTED' | 'REFUSED'
  fileName: string | null
  sha256: Buffer | null
  bytes: number | null
  attempts: number
  createdBy: Id
}

/** A submission that this process holds; nothing where the lease went to another. */
export async function findHeld(
  tx: Transaction,
  access: Access,
  id: Id,
  owner: Id,
): Promise<Held | undefined> {
  const [row] = await ask<Held>(
    tx,
    `select s.id, s.batch_id as "batchId", b.number as "batchNumber", b.state as "batchState", b.programme, b.through_month as "throughMonth",
       b.pay_on as "payOn", b.layout_id as "layoutId", s.channel, s.state, s.file_name as "fileName", s.sha256, s.bytes, s.attempts,
       s.created_by as "createdBy"
     from bank_submissions s join payment_batches b on b.county_code = s.county_code and b.id = s.batch_id
     where s.county_code = $1 and s.id = $2 and s.lease_owner = $3 for update of s`,
    [access.county, id, owner],
  )
  return row
}

export async function insertSubmission(
  tx: Transaction,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  await insertRow(tx, 'bank_submissions', row)
}

export type Instruction = {
  seq: number
  accountVersionId: Id
  numberCipher: Buffer
  holderName: string
  bankName: string
  idLast4: string
  amountFen: number
}

/** Items in their order, a few at a time: the next after a number. */
export async function nextInstructions(
  tx: Transaction,
  access: Access,
  batchId: Id,
  after: number,
  limit: number,
): Promise<Instruction[]> {
  return await ask(
    tx,
    `select i.seq, v.id as "accountVersionId", v.number_cipher as "numberCipher", v.holder_name as "holderName", v.bank_name as "bankName",
       coalesce(right(p.id_number_mask, 4), '') as "idLast4", i.amount_fen as "amountFen"
     from payment_items i
     join payment_account_versions v on v.county_code = i.county_code and v.account_id = i.account_id and v.version = i.account_version
     left join persons p on p.county_code = i.county_code and p.id = i.payee_id
     where i.county_code = $1 and i.batch_id = $2 and i.seq > $3 and i.state = 'OPEN' order by i.seq limit ${limit}`,
    [access.county, batchId, after],
  )
}

export async function sumOfInstructions(
  tx: Transaction,
  access: Access,
  batchId: Id,
): Promise<{ rows: number; fen: number }> {
  const [row] = await ask<{ rows: number; fen: number }>(
    tx,
    `select count(*)::int as rows, coalesce(sum(amount_fen), 0)::bigint as fen from payment_items
     where county_code = $1 and batch_id = $2 and state = 'OPEN'`,
    [access.county, batchId],
  )
  return row!
}

export async function filePrepared(
  tx: Transaction,
  access: Access,
  id: Id,
  file: { name: string; sha256: Buffer; bytes: number; rows: number; fen: number },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update bank_submissions set state = 'WAITING', file_name = $3, sha256 = $4, bytes = $5, rows = $6, fen = $7, lease_owner = null, lease_until = null,
       next_at = $8, failure = null, attempts = 0 where county_code = $1 and id = $2`,
    [access.county, id, file.name, file.sha256, file.bytes, file.rows, file.fen, at],
  )
}

/** How a piece of work ended for now; the lease is given back. */
export async function setDown(
  tx: Transaction,
  access: Access,
  id: Id,
  owner: Id,
  change: {
    state?: Held['state']
    failure?: string | null
    bankReference?: string | null
    deliveredAt?: Date
    acceptedAt?: Date
    nextAt: Date
  },
): Promise<void> {
  await ask(
    tx,
    `update bank_submissions set state = coalesce($4, state), failure = $5, bank_reference = coalesce($6, bank_reference),
       delivered_at = coalesce(delivered_at, $7), accepted_at = coalesce(accepted_at, $8), next_at = $9, lease_owner = null, lease_until = null
     where county_code = $1 and id = $2 and lease_owner = $3`,
    [
      ...[
        access.county,
        id,
        owner,
        change.state ?? null,
        change.failure ?? null,
        change.bankReference ?? null,
      ],
      ...[change.deliveredAt ?? null, change.acceptedAt ?? null, change.nextAt],
    ],
  )
}

/** The bank says that it has the file. */
export async function accepted(
  tx: Transaction,
  access: Access,
  batchId: Id,
  reference: string | null,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update bank_submissions set state = 'ACCEPTED', bank_reference = coalesce(bank_reference, $3), delivered_at = coalesce(delivered_at, $4),
       accepted_at = coalesce(accepted_at, $4) where county_code = $1 and batch_id = $2 and state in ('WAITING', 'DELIVERED', 'ACCEPTED')`,
    [access.county, batchId, reference, at],
  )
}

export async function selectWaiting(tx: Transaction, access: Access) {
  return await ask<{
    number: string
    fileName: string
    sha256: Buffer
    bytes: number
    rows: number
    totalFen: number
    payOn: CivilDate
    createdAt: Date
    acceptedAt: Date | null
  }>(
    tx,
    `select b.number, s.file_name as "fileName", s.sha256, s.bytes, s.rows, s.fen as "totalFen", b.pay_on as "payOn", s.created_at as "createdAt",
       s.accepted_at as "acceptedAt"
     from bank_submissions s join payment_batches b on b.county_code = s.county_code and b.id = s.batch_id
     where s.county_code = $1 and s.channel = 'API' and s.state in ('WAITING', 'DELIVERED', 'ACCEPTED') and b.state in ('SENT', 'PARTIAL')
     order by s.created_at limit 200`,
    [access.county],
  )
}
