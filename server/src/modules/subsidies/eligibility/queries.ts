import type { CivilDate, DivisionPrefix, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type RunRecord = {
  id: Id
  asOf: CivilDate
  programmes: string[]
  requestedAt: Date
  finishedAt: Date | null
  jobId: Id | null
  entitled: number | null
  proposed: number | null
}

const columns = `r.id, r.as_of as "asOf", r.programmes, r.requested_at as "requestedAt", r.finished_at as "finishedAt", r.job_id as "jobId",
  r.entitled, r.proposed`

export async function selectRuns(
  tx: Transaction,
  { county }: Access,
  after: string | undefined,
  limit: number,
): Promise<RunRecord[]> {
  const bound = new Bound()
  const before = after ? `and r.id < ${bound.bind(after)}::uuid` : ''
  return await ask(
    tx,
    `select ${columns} from eligibility_runs r where r.county_code = ${bound.bind(county)} ${before} order by r.id desc limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export async function findRun(
  tx: Transaction,
  { county }: Access,
  /** Or `latest`. */
  id: string,
): Promise<RunRecord | undefined> {
  const [row] =
    id === 'latest'
      ? await ask<RunRecord>(
          tx,
          `select ${columns} from eligibility_runs r where r.county_code = $1 and r.finished_at is not null order by r.as_of desc, r.id desc limit 1`,
          [county],
        )
      : await ask<RunRecord>(
          tx,
          `select ${columns} from eligibility_runs r where r.county_code = $1 and r.id = $2`,
          [county, id],
        )
  return row
}

export async function insertRun(
  tx: Transaction,
  { county, actorId }: Access,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  await insertRow(tx, 'eligibility_runs', { countyCode: county, requestedBy: actorId, ...row })
}

/** The run of a night, once for a county and a day; null where somebody else makes it. */
export async function insertNightRun(
  tx: Transaction,
  { county, actorId }: Access,
  { asOf, programmes, at }: { asOf: CivilDate; programmes: readonly string[]; at: Date },
): Promise<Id | null> {
  const text = `insert into eligibility_runs (county_code, id, as_of, programmes, requested_by, requested_at)
    values ($1::integer, app.derived_id('eligibility night ' || $1::integer || ' ' || $2::date), $2::date, $3, $4, $5)
    on conflict do nothing returning id`
  const [row] = await ask<{ id: Id }>(tx, text, [county, asOf, programmes, actorId, at])
  return row?.id ?? null
}

export async function forgetNightRuns(tx: Transaction, { county }: Access, before: Date): Promise<void> {
  await ask(tx, 'select app.forget_night_runs($1, $2::date)', [county, before.toISOString().slice(0, 10)])
}

export async function finishRun(
  tx: Transaction,
  { county }: Access,
  id: Id,
  { entitled, proposed }: { entitled: number; proposed: number },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update eligibility_runs set finished_at = $3, entitled = $4, proposed = $5 where county_code = $1 and id = $2`,
    [county, id, at, entitled, proposed],
  )
}

export type CountRecord = {
  programme: string
  level: string
  part: string
  entitled: number
  drawing: number
  applied: number
  declined: number
  unproven: number
  yearFen: number
}

/** What a run found in an area, by programme, level and part of the area. */
export async function selectCounts(
  tx: Transaction,
  { county }: Access,
  runId: Id,
  { prefixes, partLength }: { prefixes: readonly DivisionPrefix[]; partLength: number },
): Promise<CountRecord[]> {
  const bound = new Bound()
  const rows = await ask<CountRecord>(
    tx,
    `select c.programme, c.level, left(c.division_code, ${bound.bind(partLength)}) as part, sum(c.entitled)::integer as entitled,
       sum(c.drawing)::integer as drawing, sum(c.applied)::integer as applied, sum(c.declined)::integer as declined,
       sum(c.unproven)::integer as unproven, sum(c.year_fen)::bigint as "yearFen"
     from eligibility_counts c
     where c.county_code = ${bound.bind(county)} and c.run_id = ${bound.bind(runId)} and ${within(bound, 'c.division_code', prefixes)}
     group by 1, 2, 3 order by 1, 2, 3`,
    bound.values,
  )
  return rows.map((row) => ({ ...row, yearFen: Number(row.yearFen) }))
}

type ProgrammeName = { code: string; zh: string; en: string }

export async function selectProgrammeNames(
  tx: Transaction,
  { county }: Access,
): Promise<Map<string, [string, string]>> {
  const rows = await ask<ProgrammeName>(
    tx,
    `select distinct on (p.code) p.code, p.name_zh as zh, p.name_en as en from programmes p
     where p.owner_county in (0, $1) order by p.code, p.owner_county desc`,
    [county],
  )
  return new Map(rows.map(({ code, zh, en }) => [code, [zh, en]]))
}
