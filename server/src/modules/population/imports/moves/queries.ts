import type { Transaction } from '../../../../database/connect.ts'
import type { HukouMove } from '../../moves/rules.ts'
import type { ImportRow } from '../queries.ts'

const movedColumns = {
  person_id: 'uuid',
  kind: 'text',
  occurred_on: 'date',
  from_division: 'text collate "C"',
  to_division: 'text collate "C"',
  reason: 'text',
  distance: 'text',
  episode_id: 'uuid',
  expected_return: 'date',
  acknowledgement: 'text',
} as const
const facts = Object.keys(movedColumns).join(', ')

export async function openMoveStaging(tx: Transaction): Promise<void> {
  const columns = Object.entries(movedColumns).map(([name, type]) => `${name} ${type}`)
  await tx.client.query(`
    set local work_mem = '64MB';
    create temp table moved (id uuid, ${columns.join(', ')}) on commit drop`)
}

export const movedCopy = `moved (id, ${facts})`

export async function insertMoves(
  tx: Transaction,
  { countyCode, id, createdBy }: ImportRow,
  now: Date,
): Promise<void> {
  await tx.client.query(
    `insert into migration_events (county_code, id, ${facts}, recorded_at, recorded_by, source, source_ref)
     select $1, id, ${facts}, $3, $4, 'IMPORT', $2 from moved`,
    [countyCode, id, now, createdBy],
  )
}

/** A departure to another county stands as a transfer, which the other county sees and answers where it can. */
export async function openTransfers(
  tx: Transaction,
  { countyCode, createdBy }: ImportRow,
  now: Date,
): Promise<void> {
  await tx.client.query(
    `insert into county_transfers (county_code, id, to_county, person_id, departure_id, from_division, to_division, occurred_on,
       reason, with_residence, state, recorded_at, recorded_by, source)
     select $1, app.derived_id(id || ':transfer'), left(to_division, 6)::int, person_id, id, from_division, to_division, occurred_on,
       reason, false, acknowledgement, $2, $3, 'IMPORT'
     from moved where kind = 'HUKOU_OUT' and left(to_division, 6)::int <> $1`,
    [countyCode, now, createdBy],
  )
}

/** Those of the counties that keep their register here. */
export async function registersAmong(tx: Transaction, counties: readonly number[]): Promise<Set<number>> {
  const { rows } = await tx.client.query<{ county: number }>(
    'select county from unnest($1::int[]) as c (county) where app.keeps_register(county)',
    [counties],
  )
  return new Set(rows.map(({ county }) => county))
}

/** People about whom another county was asked and has not answered. */
export async function awaitedAmong(
  tx: Transaction,
  county: number,
  people: readonly string[],
): Promise<Set<string>> {
  const { rows } = await tx.client.query<{ id: string }>(
    `select x.id from unnest($2::uuid[]) as x (id)
     join county_transfers t on t.county_code = $1 and t.person_id = x.id and t.state = 'SENT'`,
    [county, people],
  )
  return new Set(rows.map(({ id }) => id))
}

export type KnownMove = HukouMove & { personId: string; kind: string }

export async function movesOf(
  tx: Transaction,
  county: number,
  people: readonly string[],
): Promise<KnownMove[]> {
  const { rows } = await tx.client.query<KnownMove>(
    `select m.person_id as "personId", m.kind, m.id, m.occurred_on as "occurredOn", m.recorded_at as "recordedAt",
       m.from_division as "fromDivision", m.to_division as "toDivision"
     from unnest($2::uuid[]) as x (id) join migration_events m on m.county_code = $1 and m.person_id = x.id and m.voided_at is null`,
    [county, people],
  )
  return rows
}

/** The state of each mover, and where her hukou was before any move was recorded. */
export async function originsOf(
  tx: Transaction,
  county: number,
  people: readonly string[],
): Promise<Map<string, { status: string; origin: string }>> {
  const { rows } = await tx.client.query<{ id: string; status: string; origin: string }>(
    `select p.id, p.status, coalesce(f.before ->> 'hukouDivision', p.hukou_division) as origin
     from unnest($2::uuid[]) as x (id) join persons p on p.county_code = $1 and p.id = x.id
     left join lateral (select f.before from person_facts f where f.county_code = $1 and f.person_id = p.id
       and f.kind = 'hukou-moved' and f.before ? 'hukouDivision' order by f.recorded_at, f.id limit 1) f on true`,
    [county, people],
  )
  return new Map(rows.map(({ id, ...known }) => [id, known]))
}
