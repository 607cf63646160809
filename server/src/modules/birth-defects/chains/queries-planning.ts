import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** What a planning did: chains opened, links that changed. */
export type Planned = { opened: number; changed: number }

export async function planChains(
  tx: Asking,
  { county }: Access,
  today: CivilDate,
  at: Date,
): Promise<Planned> {
  const [planned] = await ask<Planned>(tx, 'select opened, changed from app.plan_chains($1, null, $2, $3)', [
    county,
    today,
    at,
  ])
  return planned!
}

/** What the day alone changes, and what the village was told. */
export async function advanceChains(
  tx: Asking,
  { county }: Access,
  today: CivilDate,
  at: Date,
): Promise<number> {
  const [advanced] = await ask<{ changed: number }>(tx, 'select app.advance_chains($1, $2, $3) as changed', [
    county,
    today,
    at,
  ])
  return advanced!.changed
}

export async function selectCounties(tx: Asking): Promise<number[]> {
  const rows = await ask<{ county: number }>(
    tx,
    'select distinct county_code as county from village_counts order by 1',
    [],
  )
  return rows.map(({ county }) => county)
}

/** Whether the day's planning of the county is ours to do. */
export async function beginRun(tx: Asking, { county }: Access, day: CivilDate, at: Date): Promise<boolean> {
  const rows = await ask(
    tx,
    'insert into chain_runs (county_code, day_on, started_at) values ($1, $2, $3) on conflict do nothing returning day_on',
    [county, day, at],
  )
  return rows.length > 0
}

export async function finishRun(
  tx: Asking,
  { county }: Access,
  day: CivilDate,
  { opened, changed }: Planned,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into chain_runs as r (county_code, day_on, started_at, finished_at, opened, changed) values ($1, $2, $3, $3, $4, $5)
     on conflict (county_code, day_on) do update set finished_at = excluded.finished_at, opened = coalesce(r.opened, 0) + excluded.opened,
       changed = coalesce(r.changed, 0) + excluded.changed`,
    [county, day, at, opened, changed],
  )
}

export type KeptRun = {
  dayOn: CivilDate
  startedAt: Date
  finishedAt: Date | null
  opened: number | null
  changed: number | null
}

export async function selectRuns(tx: Asking, { county }: Access): Promise<KeptRun[]> {
  return await ask(
    tx,
    `select day_on as "dayOn", started_at as "startedAt", finished_at as "finishedAt", opened, changed
     from chain_runs where county_code = $1 order by day_on desc limit 31`,
    [county],
  )
}
