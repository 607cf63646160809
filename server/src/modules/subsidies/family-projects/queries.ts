import type { FamilyProject, NewFamilyProject, ProjectSums } from '@youyu/shared/subsidies/family-projects'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import { prefixOf } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type ProjectRecord = Omit<FamilyProject, 'place'> & {
  code: DivisionCode
  place: string | null
  voidedAt: Date | null
}

const columns = `j.id, j.number, j.kind, j.title, j.partner, j.division_code as code, d.name as place, j.families, j.fund_fen as "fundFen", j.fund_source as "fundSource",
  j.started_on as "startedOn", j.ended_on as "endedOn", j.result, j.result_note as "resultNote", j.income_fen as "incomeFen", j.version, j.voided_at as "voidedAt"`

function ofArea(bound: Bound, access: Access): string {
  return `j.county_code = ${bound.bind(access.county)} and ${within(bound, 'j.division_code', access.prefixes)}`
}
const from = 'family_projects j left join divisions d on d.code = j.division_code and d.valid_to is null'

export async function selectProjects(
  tx: Transaction,
  access: Access,
  filter: { division?: DivisionCode | undefined; kind?: string | undefined; result?: string | undefined },
  after: readonly [string, string] | null,
  limit: number,
): Promise<ProjectRecord[]> {
  const bound = new Bound()
  const conditions = [ofArea(bound, access), 'j.voided_at is null']
  if (filter.division) conditions.push(within(bound, 'j.division_code', [prefixOf(filter.division)]))
  if (filter.kind) conditions.push(`j.kind = ${bound.bind(filter.kind)}`)
  if (filter.result) conditions.push(`j.result = ${bound.bind(filter.result)}`)
  if (after)
    conditions.push(`(j.started_on, j.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from ${from} where ${conditions.join(' and ')} order by j.started_on desc, j.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findProject(
  tx: Transaction,
  access: Access,
  id: Id,
  { locked = false } = {},
): Promise<ProjectRecord | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from ${from} where ${ofArea(bound, access)} and j.id = ${bound.bind(id)}${locked ? ' for no key update of j' : ''}`
  return (await ask<ProjectRecord>(tx, text, bound.values))[0]
}

export async function sumProjects(
  tx: Transaction,
  access: Access,
  year: number | undefined,
): Promise<ProjectSums> {
  const bound = new Bound()
  const conditions = [ofArea(bound, access), 'j.voided_at is null']
  if (year) conditions.push(`extract(year from j.started_on) = ${bound.bind(year)}`)
  const text = `select count(*)::integer as projects, coalesce(sum(families), 0)::integer as families, coalesce(sum(fund_fen), 0)::bigint as "fundFen",
      coalesce(round(avg(fund_fen)), 0)::bigint as "averageFen", (count(*) filter (where result = 'SUCCEEDED'))::integer as succeeded,
      (count(*) filter (where result <> 'RUNNING'))::integer as ended
    from family_projects j where ${conditions.join(' and ')}`
  return (await ask<ProjectSums>(tx, text, bound.values))[0]!
}

export async function placesKnown(tx: Transaction, codes: readonly string[]): Promise<Set<string>> {
  const text = 'select code from divisions where code = any($1) and valid_to is null'
  return new Set((await ask<{ code: string }>(tx, text, [[...new Set(codes)]])).map(({ code }) => code))
}

export async function insertProjects(
  tx: Transaction,
  access: Access,
  projects: readonly (NewFamilyProject & { id: Id })[],
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into family_projects (county_code, id, number, kind, title, partner, division_code, families, fund_fen, fund_source, started_on, result, recorded_at, recorded_by, updated_at, version)
     select $1, j.id, j.number, j.kind, j.title, j.partner, j.division, j.families, j."fundFen", j."fundSource", j."startedOn", 'RUNNING', $2, $3, $2, 1
     from jsonb_to_recordset($4::jsonb) as j (id uuid, number text, kind text, title text, partner text, division text, families integer, "fundFen" bigint, "fundSource" text, "startedOn" date)`,
    [access.county, at, access.actorId, JSON.stringify(projects)],
  )
}

export async function endProject(
  tx: Transaction,
  county: number,
  id: Id,
  set: { result: string; endedOn: CivilDate; note: string | null; incomeFen: number | null },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update family_projects set result = $3, ended_on = $4, result_note = $5, income_fen = $6, updated_at = $7, version = version + 1 where county_code = $1 and id = $2`,
    [county, id, set.result, set.endedOn, set.note, set.incomeFen, at],
  )
}

export async function voidProject(
  tx: Transaction,
  county: number,
  id: Id,
  reason: string,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update family_projects set voided_at = $3, void_reason = $4, updated_at = $3, version = version + 1 where county_code = $1 and id = $2`,
    [county, id, at, reason],
  )
}
