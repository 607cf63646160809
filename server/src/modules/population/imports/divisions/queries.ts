import type { Transaction } from '../../../../database/connect.ts'
import type { ErrorCode } from '@youyu/shared/errors'

export async function openDivisionStaging(tx: Transaction): Promise<void> {
  await tx.client.query(`
    set local work_mem = '64MB';
    create temp table incoming (
      row int, code text collate "C", name text, pinyin text collate "C", initials text collate "C", level smallint, parent_code text collate "C",
      urban_rural text, fault text, outcome text
    ) on commit drop`)
}

type Merge = {
  today: string
  now: Date
  firstDay: string
  mayRename: boolean
  ranges: readonly { lo: string; hi: string }[]
}
export type DivisionOutcome = {
  accepted: number
  matched: number
  rejected: { row: number; key: string; code: ErrorCode }[]
}

/**
 * Parents may stand anywhere in the file. A code that is in force is kept or, inside the loader's area and if she
 * chose so, renamed: the row in force ends and a new one begins. Everything else is new since before the records.
 */
export async function mergeDivisions(
  tx: Transaction,
  { today, now, firstDay, mayRename, ranges }: Merge,
): Promise<DivisionOutcome> {
  const run = (text: string, values: unknown[] = []) => tx.client.query(text, values)
  await run('create index on incoming (code); analyze incoming')
  await run(`update incoming i set fault = 'code-taken' from (select code, min(row) as row from incoming group by code having count(*) > 1) as first
    where i.code = first.code and i.row <> first.row`)
  for (let level = 1; level <= 5; level += 1) {
    // Whoever hangs on a refused or missing parent is refused too; greater divisions come first.
    await run(
      `update incoming i set fault = 'unknown-division'
       where i.fault is null and i.level = $1 and i.parent_code is not null
         and not exists (select from incoming p where p.code = i.parent_code and p.fault is null and p.level < i.level)
         and not exists (select from divisions d where d.code = i.parent_code and d.valid_to is null and d.level < i.level)`,
      [level],
    )
  }
  await run(
    `update incoming i set outcome = case
       when d.name = i.name and d.parent_code is not distinct from i.parent_code and d.urban_rural is not distinct from coalesce(i.urban_rural, d.urban_rural) then 'same'
       when $1 and exists (select from unnest($2::text[], $3::text[]) as area (lo, hi) where i.code >= lo and i.code < hi) then 'rename'
       else 'kept' end
     from divisions d where i.fault is null and d.code = i.code and d.valid_to is null`,
    [mayRename, ranges.map(({ lo }) => lo), ranges.map(({ hi }) => hi)],
  )
  await run(
    `delete from divisions d using incoming i where i.outcome = 'rename' and d.code = i.code and d.valid_to is null and d.valid_from = $1`,
    [today],
  )
  await run(
    `update divisions d set valid_to = $1 from incoming i where i.outcome = 'rename' and d.code = i.code and d.valid_to is null`,
    [today],
  )
  await run(
    `insert into divisions (code, valid_from, name, pinyin, initials, level, parent_code, urban_rural, recorded_at)
     select code, case when outcome = 'rename' or exists (select from divisions d where d.code = i.code) then $1::date else $2::date end,
       name, pinyin, initials, level, parent_code, urban_rural, $3
     from incoming i where fault is null and (outcome is null or outcome = 'rename')`,
    [today, firstDay, now],
  )
  const { rows } = await run(`select
    count(*) filter (where fault is null and (outcome is null or outcome = 'rename')) as accepted,
    count(*) filter (where fault is null and outcome in ('same', 'kept')) as matched from incoming`)
  const { rows: rejected } = await run(
    `select row, case fault when 'code-taken' then 'code' else 'parentCode' end as key, fault as code from incoming where fault is not null order by row`,
  )
  const [counts] = rows as { accepted: number; matched: number }[]
  return {
    accepted: counts?.accepted ?? 0,
    matched: counts?.matched ?? 0,
    rejected: rejected as DivisionOutcome['rejected'],
  }
}
