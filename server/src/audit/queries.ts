import { sql, type SQL } from 'drizzle-orm'
import type pg from 'pg'
import type { AccessEntry } from '@youyu/shared/audit'
import { prefixOf, rangeOf, type DivisionCode } from '@youyu/shared/values'
import type { Access } from '../access/access.ts'
import type { Statements, Transaction } from '../database/connect.ts'
import type { accessLog } from './tables.ts'

type EntryFilter = {
  actor?: string | undefined
  action?: string | undefined
  entity?: string | undefined
  entityId?: string | undefined
  division?: DivisionCode | undefined
  result?: string | undefined
  from?: string | undefined
  to?: string | undefined
}
type Wanted = EntryFilter & { before: string | null; limit: number }

/** The one door to the log: entries that belong to the area. */
function inArea({ prefixes }: Access): SQL {
  const ranges = prefixes.map((prefix) => inRange(prefix))
  return ranges.length === 0 ? sql`false` : sql`(${sql.join(ranges, sql` or `)})`
}

function inRange(prefix: string): SQL {
  const { lo, hi } = rangeOf(prefix)
  return sql`l.division_code >= ${lo} and l.division_code < ${hi}`
}

/** The counties whose part of the log is read, 0 for what belongs to none; each by its own index. */
function countiesOf({ county, prefixes }: Access): SQL {
  if (county !== 0) return sql`select unnest(array[0, ${county}]::int[]) as county_code`
  const { lo, hi } = rangeOf(prefixes[0] ?? '')
  return sql`select 0 as county_code
    union select left(code, 6)::int from divisions where level >= 2 and code >= ${lo} and code < ${hi}
    union select left(division_prefix, 6)::int from grants where length(division_prefix) >= 6`
}

const shown = sql`
  e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
  coalesce(u.display_name || ' (' || u.username || ')', c.name, '系统') as actor,
  e.action, e.entity, e.entity_id as "entityId", e.fields, e.purpose, e.reason, e.rows, e.result, e.address,
  exists (select from access_seal_rows s where s.county_code = e.county_code and s.entry_id = e.id) as sealed`

const named = sql`left join users u on u.id = e.actor_id left join api_clients c on c.id = e.actor_id`

/** Newest first. */
export async function listEntries(tx: Transaction, access: Access, wanted: Wanted): Promise<AccessEntry[]> {
  const { actor, action, entity, entityId, division, result, from, to, before, limit } = wanted
  const conditions = [
    inArea(access),
    before !== null && sql`l.id < ${before}::uuid`,
    actor !== undefined &&
      sql`l.actor_id in (
        select id from users where position(lower(${actor}) in lower(username)) > 0 or position(${actor} in display_name) > 0
        union select id from api_clients where position(${actor} in name) > 0)`,
    action !== undefined && sql`l.action = ${action}`,
    entity !== undefined && sql`l.entity = ${entity}`,
    entityId !== undefined && sql`l.entity_id = ${entityId}::uuid`,
    division !== undefined && inRange(prefixOf(division)),
    result !== undefined && sql`l.result = ${result}`,
    from !== undefined && sql`l.at >= ${from}::timestamptz`,
    to !== undefined && sql`l.at < ${to}::timestamptz`,
  ].filter((condition) => condition !== false)
  const { rows } = await tx.execute<AccessEntry>(sql`
    with counties as (${countiesOf(access)})
    select ${shown}
    from (
      select found.* from counties cross join lateral (
        select * from access_log l
        where l.county_code = counties.county_code and ${sql.join(conditions, sql` and `)}
        order by l.id desc limit ${limit + 1}
      ) as found
      order by id desc limit ${limit + 1}
    ) as e ${named}
    order by e.id desc`)
  return rows
}

/** Whether the person lives or is registered in the area. */
export async function seesPerson(
  tx: Transaction,
  { county, prefixes }: Access,
  personId: string,
): Promise<boolean> {
  const ranges = prefixes.map((prefix) => {
    const { lo, hi } = rangeOf(prefix)
    return sql`residence_division >= ${lo} and residence_division < ${hi} or hukou_division >= ${lo} and hukou_division < ${hi}`
  })
  if (ranges.length === 0) return false
  const { rows } = await tx.execute(sql`
    select from persons where county_code = ${county} and id = ${personId}::uuid and (${sql.join(ranges, sql` or `)})`)
  return rows.length > 0
}

/** Everybody who opened or changed the record of a person, newest first. */
export async function listViewers(
  tx: Transaction,
  { county }: Access,
  wanted: { personId: string; before: string | null; limit: number },
): Promise<AccessEntry[]> {
  const { personId, before, limit } = wanted
  const { rows } = await tx.execute<AccessEntry>(sql`
    select ${shown}
    from access_log e ${named}
    where e.county_code = ${county} and e.entity_id = ${personId}::uuid ${before === null ? sql`` : sql`and e.id < ${before}::uuid`}
    order by e.id desc limit ${limit + 1}`)
  return rows
}

const entryColumns = `county_code, id, at, actor_id, actor_kind, role, action, entity, entity_id, division_code,
  fields, purpose, reason, rows, result, address, request_id`

const cellsOf = (entry: typeof accessLog.$inferInsert): unknown[] => [
  ...[entry.countyCode, entry.id, entry.at, entry.actorId, entry.actorKind, entry.role, entry.action],
  ...[entry.entity, entry.entityId, entry.divisionCode, entry.fields, entry.purpose, entry.reason],
  ...[entry.rows, entry.result, entry.address, entry.requestId],
]

const deedColumns = {
  id: 'uuid',
  action: 'text',
  entity: 'text',
  entityId: 'uuid',
  divisionCode: 'text',
  fields: 'text[]',
  purpose: 'text',
  reason: 'text',
  rows: 'integer',
  result: 'text',
} as const

/** Entries of one moment and actor, as a part of their deeds' own statement: each once for a row of `from`. */
export function insertingEntries(
  bound: { bind(value: unknown): string },
  entries: readonly (typeof accessLog.$inferInsert)[],
  from: string,
): string {
  const { countyCode, at, actorId, actorKind, role, address, requestId } = entries[0]!
  const shared = [countyCode, at, actorId, actorKind, role, address, requestId].map((cell) =>
    bound.bind(cell),
  )
  const columns = Object.entries(deedColumns) as [keyof typeof deedColumns, string][]
  const rows = entries.map((entry) => columns.map(([field, type]) => `${bound.bind(entry[field])}::${type}`))
  return `insert into access_log (county_code, at, actor_id, actor_kind, role, address, request_id,
      id, action, entity, entity_id, division_code, fields, purpose, reason, rows, result)
    select ${shared.join(', ')}, entry.* from ${from}, (values ${rows.map((row) => `(${row.join(', ')})`).join(', ')}) as entry`
}

/** One entry, in the transaction of its deed. */
export async function insertEntry(db: Statements, entry: typeof accessLog.$inferInsert): Promise<void> {
  const { $client } = db as Statements & { $client: pg.Pool | pg.PoolClient }
  await $client.query({
    name: 'insert_entry',
    text: `insert into access_log (${entryColumns})
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    values: cellsOf(entry),
  })
}

/** Many entries as one value: a parameter for each of their cells would cost more than the looks they tell of. */
export async function insertEntries(
  db: Statements,
  entries: readonly (typeof accessLog.$inferInsert)[],
): Promise<void> {
  await db.execute(sql`
    insert into access_log (${sql.raw(entryColumns)})
    select "countyCode", id, at, "actorId", "actorKind", role, action, entity, "entityId", "divisionCode",
      fields, purpose, reason, rows, result, address, "requestId"
    from json_to_recordset(${JSON.stringify(entries)}::json) as entry (
      "countyCode" int, id uuid, at timestamptz, "actorId" uuid, "actorKind" text, role text, action text, entity text,
      "entityId" uuid, "divisionCode" text, fields text[], purpose text, reason text, rows int, result text,
      address text, "requestId" text)
    on conflict do nothing`)
}
