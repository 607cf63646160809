import { villageDeltas } from '../queries-deltas.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { correctPlanner } from '../posting.ts'
import type { ImportRow } from '../queries.ts'

export async function openHouseholdStaging(tx: Transaction): Promise<void> {
  await tx.client.query(`
    set local work_mem = '64MB';
    create temp table incoming (row int, id uuid, number text collate "C", type text, division_code text collate "C", head_hash bytea, address text) on commit drop;
    ${villageDeltas}`)
}

export async function clearHouseholdStaging(tx: Transaction): Promise<void> {
  await tx.client.query('truncate incoming')
}

export type HouseholdOutcome = { accepted: number; matched: number; withoutHead: number; taken: number[] }

/** Opens households, overwrites those that are there if that was chosen, seats heads who are registered and belong to no household yet. */
export async function mergeHouseholds(
  tx: Transaction,
  { countyCode, id, createdBy, onMatch }: ImportRow,
  now: Date,
): Promise<HouseholdOutcome> {
  const run = (text: string, values: unknown[] = []) => tx.client.query(text, values)
  const { rows: matched } = await run(
    `select i.row, h.source_ref is not distinct from $2 or i.row <> min(i.row) over (partition by i.number) as again
     from incoming i join households h on h.county_code = $1 and h.number = i.number`,
    [countyCode, id],
  )
  const met = (matched as { row: number; again: boolean }[])
    .filter(({ again }) => !again)
    .map(({ row }) => row)
  if (onMatch === 'overwrite' && met.length > 0) {
    const delta = (sign: string) =>
      run(
        `insert into village_deltas select h.division_code, 0, 0, 0, 0, ${sign}count(*), 0, 0 from households h join incoming i on i.number = h.number
        where h.county_code = $1 and i.row = any($2::int[]) group by h.division_code`,
        [countyCode, met],
      )
    // Nobody else changes them until the import ends: what is taken from the counts is what they count for.
    await run(
      `select from households h join incoming i on i.number = h.number
       where h.county_code = $1 and i.row = any($2::int[]) order by h.id for no key update of h`,
      [countyCode, met],
    )
    await delta('-')
    await run(
      `update households h set type = i.type, division_code = i.division_code, address = coalesce(i.address, h.address), updated_at = $2, version = h.version + 1
       from incoming i where h.county_code = $1 and h.number = i.number and i.row = any($3::int[])`,
      [countyCode, now, met],
    )
    await delta('')
  }
  const { rowCount: accepted } = await run(
    `with opened as (
       insert into households (county_code, id, number, type, division_code, address, source, source_ref, recorded_at, recorded_by, updated_at, version)
       select $1, i.id, i.number, i.type, i.division_code, i.address, 'IMPORT', $2, $3, $4, $3, 1 from incoming i order by i.row
       on conflict (county_code, number) do nothing
       returning id, division_code
     ), noted as (
       insert into village_deltas select division_code, 0, 0, 0, 0, count(*), 0, 0 from opened group by division_code
     ) select id from opened`,
    [countyCode, id, now, createdBy],
  )
  await correctPlanner(tx)
  const { rows: taken } = await run(
    `select i.row from incoming i where not (i.row = any($3::int[]))
       and not exists (select from households h where h.county_code = $1 and h.id = i.id and h.source_ref = $2)`,
    [countyCode, id, met],
  )
  await seatHeads(tx, { countyCode, id, createdBy }, now)
  const { rows: alone } = await run(
    `select count(*) as count from incoming i join households h on h.county_code = $1 and h.id = i.id where h.head_person_id is null`,
    [countyCode],
  )
  return {
    accepted: accepted ?? 0,
    matched: met.length,
    withoutHead: (alone[0] as { count: number }).count,
    taken: (taken as { row: number }[]).map(({ row }) => row),
  }
}

async function seatHeads(
  tx: Transaction,
  { countyCode, id, createdBy }: Pick<ImportRow, 'countyCode' | 'id' | 'createdBy'>,
  now: Date,
): Promise<void> {
  const heads = `incoming i
    join households h on h.county_code = $1 and h.number = i.number and h.head_person_id is null
    join persons p on p.county_code = $1 and p.id_number_hash = i.head_hash and p.status in ('ACTIVE', 'SUSPECT_DUP')`
  await tx.client.query(
    `with seated as (
       select distinct on (p.id) p.id as person_id, h.id as household_id from ${heads} where p.household_id is null order by p.id, i.row
     ), joined as (
       insert into household_members (county_code, id, household_id, person_id, relation, recorded_at, recorded_by, source, source_ref)
       select $1, app.derived_id($2 || ':head:' || person_id), household_id, person_id, '0', $3, $4, 'IMPORT', $2 from seated
     )
     update persons p set household_id = seated.household_id, relation_to_head = '0', updated_at = $3, version = p.version + 1
     from seated where p.county_code = $1 and p.id = seated.person_id`,
    [countyCode, id, now, createdBy],
  )
  await tx.client.query(
    `update households h set head_person_id = p.id from incoming i, persons p
     where h.county_code = $1 and h.number = i.number and h.head_person_id is null
       and p.county_code = $1 and p.id_number_hash = i.head_hash and p.household_id = h.id and p.relation_to_head = '0'`,
    [countyCode],
  )
}
