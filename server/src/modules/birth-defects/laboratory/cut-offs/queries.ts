import type { LabCutOff, NewLabCutOff } from '@youyu/shared/birth-defects/laboratory'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

export async function selectCutOffs(tx: Asking, { county, facility }: Access): Promise<LabCutOff[]> {
  const text = `select panel_code as "panelCode", analyte_code as "analyteCode", valid_from as "validFrom", min(source) as source,
    json_agg(json_build_object('range', range::text, 'flag', flag) order by ordinal) as ranges
  from lab_cut_offs where county_code = $1 and facility_id = $2 group by 1, 2, 3 order by 1, 2, 3 desc`
  return await ask(tx, text, [county, facility])
}

/** The coded answers of an analyte, or none where it has no number to judge. */
export async function flagsOf(tx: Asking, panelCode: string, analyteCode: string): Promise<string[]> {
  const text = 'select flags from lab_analytes where panel_code = $1 and code = $2 and has_number'
  return (await ask<{ flags: string[] }>(tx, text, [panelCode, analyteCode]))[0]?.flags ?? []
}

/** Whether ranges leave no number to two answers and none is empty. */
export async function areDisjoint(tx: Asking, ranges: readonly string[]): Promise<boolean> {
  const text = `with r as (select range::numrange, n from unnest($1::text[]) with ordinality as u (range, n))
    select not exists (select from r a join r b on a.n < b.n and a.range && b.range) and not exists (select from r where isempty(range)) as disjoint`
  return (await ask<{ disjoint: boolean }>(tx, text, [ranges]))[0]!.disjoint
}

export async function insertCutOff(
  tx: Asking,
  { county, facility, actorId }: Access,
  { panelCode, analyteCode, validFrom, source, ranges }: z.output<typeof NewLabCutOff>,
  at: Date,
): Promise<void> {
  const text = `insert into lab_cut_offs (county_code, facility_id, panel_code, analyte_code, valid_from, ordinal, range, flag, source, recorded_at, recorded_by)
  select $1, $2, $3, $4, $5, n, (r ->> 'range')::numrange, r ->> 'flag', $6, $8, $9 from jsonb_array_elements($7::jsonb) with ordinality as g (r, n)`
  await ask(tx, text, [
    ...[county, facility, panelCode, analyteCode, validFrom, source, JSON.stringify(ranges), at, actorId],
  ])
}
