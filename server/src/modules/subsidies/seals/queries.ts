import type pg from 'pg'
import type { Database } from '../../../database/connect.ts'
import { canonical } from './canonical.ts'
import type { SealHead, SealSubject } from './seals.ts'

type Owner = Database['owner'] | pg.PoolClient

const instantText = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** Every county with a ledger, a batch or a seal. */
export async function countiesOfLedger(owner: Owner): Promise<number[]> {
  const { rows } = await owner.query<{ county: number }>(
    `select county_code as county from ledger_heads union select distinct county_code from ledger_entries
     union select distinct county_code from payment_batches union select distinct county_code from ledger_seals order by 1`,
  )
  return rows.map(({ county }) => county)
}

export type LastSeal = { sequence: number; root: Buffer }

export async function lastSeal(owner: Owner, county: number): Promise<LastSeal | undefined> {
  const { rows } = await owner.query<LastSeal>(
    'select sequence, root from ledger_seals where county_code = $1 order by sequence desc limit 1',
    [county],
  )
  return rows[0]
}

export type Due = {
  subject: SealSubject
  scopeId: string | null
  fromNumber: number
  toNumber: number
}

/**
 * What is to be sealed: entries after the last sealed number, the items of batches whose roster is frozen, and the
 * outcomes of batches that have had more answers since theirs were sealed (their number stands as the seal's number).
 */
export async function dueOf(owner: Owner, county: number, batch: number): Promise<Due[]> {
  const { rows } = await owner.query<Due>(
    `with entries as (
       select coalesce((select max(to_number) from ledger_seals where county_code = $1 and subject = 'ENTRIES'), 0) as sealed,
         coalesce((select last_number from ledger_heads where county_code = $1), 0) as last
     )
     select 'ENTRIES' as subject, null::uuid as "scopeId", n as "fromNumber", least(n + $2, e.last) as "toNumber"
     from entries e, generate_series(e.sealed, e.last - 1, $2) n
     union all
     select 'ITEMS', b.id, 0, 0 from payment_batches b
     where b.county_code = $1 and b.roster_hash is not null
       and not exists (select from ledger_seals s where s.county_code = $1 and s.scope_id = b.id and s.subject = 'ITEMS')
     union all
     select 'OUTCOMES', r.batch_id, 0, r.answers from (
       select batch_id, sum(paid_count + failed_count + returned_count)::int as answers from bank_returns where county_code = $1 group by batch_id
     ) r
     where r.answers > 0
       and not exists (select from ledger_seals s where s.county_code = $1 and s.scope_id = r.batch_id and s.subject = 'OUTCOMES' and s.to_number >= r.answers)`,
    [county, batch],
  )
  return rows
}

function scopeOf({ subject, scopeId, fromNumber, toNumber }: Due): unknown[] {
  return subject === 'ENTRIES' ? [fromNumber, toNumber] : [scopeId]
}

/** The hashes of the rows, made where the rows are: a batch of 50,000 is one statement. */
export async function hashesOf(
  owner: Owner,
  county: number,
  due: Due,
): Promise<{ rows: number; hashes: Buffer }> {
  const { from, text, order } = canonical[due.subject]
  const { rows } = await owner.query<{ rows: number; hashes: Buffer | null }>(
    `select count(*)::int as rows, string_agg(sha256(convert_to(${text}, 'UTF8')), ''::bytea order by ${order}) as hashes from ${from}`,
    [county, ...scopeOf(due)],
  )
  return { rows: rows[0]!.rows, hashes: rows[0]!.hashes ?? Buffer.alloc(0) }
}

export async function insertSeal(
  owner: Owner,
  { county, sequence, subject, scopeId, fromNumber, toNumber, rows, sealedAt, keyId }: SealHead,
  rowHashes: Buffer,
  { root, signature }: { root: Buffer; signature: Buffer },
): Promise<void> {
  await owner.query(
    `insert into ledger_seals (county_code, sequence, subject, scope_id, from_number, to_number, rows, row_hashes, root, signature, key_id, sealed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      county,
      sequence,
      subject,
      scopeId,
      fromNumber,
      toNumber,
      rows,
      rowHashes,
      root,
      signature,
      keyId,
      sealedAt,
    ],
  )
}

export type KeptSeal = SealHead & { rowHashes: Buffer; root: Buffer; signature: Buffer }

export async function sealsAfter(
  owner: Owner,
  county: number,
  sequence: number,
  limit: number,
): Promise<KeptSeal[]> {
  const { rows } = await owner.query<KeptSeal>(
    `select county_code as county, sequence, subject, scope_id as "scopeId", from_number::int as "fromNumber", to_number::int as "toNumber", rows,
       row_hashes as "rowHashes", root, signature, key_id as "keyId", ${instantText('sealed_at')} as "sealedAt"
     from ledger_seals where county_code = $1 and sequence > $2 order by sequence limit $3`,
    [county, sequence, limit],
  )
  return rows
}

/** Rows as they are now: their own number in the scope, and what is hashed. Read in one go, as arrays. */
export async function rowsOf(owner: Owner, county: number, due: Due): Promise<[key: number, text: string][]> {
  const { from, text, order, key } = canonical[due.subject]
  const { rows } = await owner.query<[number, string]>({
    text: `select ${key}::int, ${text} from ${from} order by ${order}`,
    values: [county, ...scopeOf(due)],
    rowMode: 'array',
  })
  return rows
}

/** How many answers the return files of a batch brought. */
export async function answersOf(owner: Owner, county: number, batchId: string): Promise<number> {
  const { rows } = await owner.query<{ answers: number }>(
    `select coalesce(sum(paid_count + failed_count + returned_count), 0)::int as answers from bank_returns where county_code = $1 and batch_id = $2`,
    [county, batchId],
  )
  return rows[0]!.answers
}
