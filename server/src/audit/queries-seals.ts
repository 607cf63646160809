import type pg from 'pg'
import type { Database } from '../database/connect.ts'
import type { SealedEntry } from './seals.ts'

type Owner = Database['owner']
/** One of the owner's connections, inside a transaction. */
type OwnerConnection = pg.PoolClient

const instantText = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

const entryColumns = `l.county_code as county, l.id, ${instantText('l.at')} as at, l.actor_id as "actorId", l.actor_kind as "actorKind", l.role,
  l.action, l.entity, l.entity_id as "entityId", l.division_code as division, l.fields, l.purpose, l.reason, l.rows, l.result, l.address,
  l.request_id as "requestId"`

const unsealed =
  'not exists (select from access_seal_rows r where r.county_code = l.county_code and r.entry_id = l.id)'

/** Every county that the log or its seals know, by hops over the index. */
export async function countiesInLog(owner: Owner): Promise<number[]> {
  const hops = (table: string) => `(with recursive hop as (
      select min(county_code) as county from ${table}
      union all
      select (select min(county_code) from ${table} where county_code > hop.county) from hop where hop.county is not null
    ) select county from hop where county is not null)`
  const { rows } = await owner.query<{ county: number }>(
    `${hops('access_log')} union ${hops('access_seals')} union ${hops('access_seal_rows')} order by county`,
  )
  return rows.map((row) => row.county)
}

export type LastSeal = { sequence: number; root: Buffer }

export async function lastSeal(connection: OwnerConnection, county: number): Promise<LastSeal | undefined> {
  const { rows } = await connection.query<LastSeal>(
    'select sequence, root from access_seals where county_code = $1 order by sequence desc limit 1',
    [county],
  )
  return rows[0]
}

export async function unsealedEntries(
  connection: OwnerConnection,
  county: number,
  sinceId: string,
  limit: number,
): Promise<SealedEntry[]> {
  const { rows } = await connection.query<SealedEntry>(
    `select ${entryColumns} from access_log l where l.county_code = $1 and l.id >= $2 and ${unsealed} order by l.id limit $3`,
    [county, sinceId, limit],
  )
  return rows
}

export type Seal = {
  sequence: number
  firstId: string
  lastId: string
  rows: number
  root: Buffer
  signature: Buffer
  keyId: string
  /** To the microsecond, as it was signed. */
  sealedAt: string
}

export async function insertSeal(
  connection: OwnerConnection,
  county: number,
  seal: Seal,
  entries: readonly { id: string; hash: Buffer }[],
): Promise<void> {
  const { sequence, firstId, lastId, rows, root, signature, keyId, sealedAt } = seal
  await connection.query(
    `insert into access_seals (county_code, sequence, first_id, last_id, rows, root, signature, key_id, sealed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [county, sequence, firstId, lastId, rows, root, signature, keyId, sealedAt],
  )
  await connection.query(
    `insert into access_seal_rows (county_code, sequence, entry_id, position, row_hash)
     select $1, $2, entry, position - 1, decode(hash, 'hex') from unnest($3::uuid[], $4::text[]) with ordinality as sealed (entry, hash, position)`,
    [county, sequence, entries.map(({ id }) => id), entries.map(({ hash }) => hash.toString('hex'))],
  )
}

export async function sealsAfter(
  owner: Owner,
  county: number,
  sequence: number,
  limit: number,
): Promise<Seal[]> {
  const { rows } = await owner.query<Seal>(
    `select sequence, first_id as "firstId", last_id as "lastId", rows, root, signature, key_id as "keyId", ${instantText('sealed_at')} as "sealedAt"
     from access_seals where county_code = $1 and sequence > $2 order by sequence limit $3`,
    [county, sequence, limit],
  )
  return rows
}

/** A row under a seal; `id` is null where the entry itself is gone. */
export type RowUnderSeal = Omit<SealedEntry, 'id'> & {
  id: string | null
  entryId: string
  position: number
  rowHash: Buffer
}

export async function rowsUnder(owner: Owner, county: number, sequence: number): Promise<RowUnderSeal[]> {
  const { rows } = await owner.query<RowUnderSeal>(
    `select ${entryColumns}, r.entry_id as "entryId", r.position, r.row_hash as "rowHash"
     from access_seal_rows r left join access_log l on l.county_code = r.county_code and l.id = r.entry_id
     where r.county_code = $1 and r.sequence = $2 order by r.position`,
    [county, sequence],
  )
  return rows
}

/** Rows that name a seal which is not there. */
export async function rowsWithoutSeal(
  owner: Owner,
  county: number,
): Promise<{ sequence: number; rows: number }[]> {
  const { rows } = await owner.query<{ sequence: number; rows: number }>(
    `select r.sequence, count(*)::int as rows from access_seal_rows r
     where r.county_code = $1 and not exists (select from access_seals s where s.county_code = r.county_code and s.sequence = r.sequence)
     group by r.sequence order by r.sequence`,
    [county],
  )
  return rows
}

/** Entries under no seal, apart by whether they are older than a moment. */
export async function entriesWithoutSeal(
  owner: Owner,
  county: number,
  before: string,
): Promise<{ waiting: number; late: string[] }> {
  const { rows } = await owner.query<{ waiting: number; late: string[] }>(
    `select count(*) filter (where l.at >= $2)::int as waiting, coalesce(array_agg(l.id::text) filter (where l.at < $2), '{}') as late
     from access_log l where l.county_code = $1 and ${unsealed}`,
    [county, before],
  )
  return rows[0]!
}
