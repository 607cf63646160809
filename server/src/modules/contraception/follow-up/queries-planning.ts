import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** What a planning changed: tasks made, given another day or place, taken back, and told as an offer. */
export type Planned = { made: number; redated: number; ended: number; offered: number }

/** Of the whole county where no client is named. */
export async function planTasks(
  tx: Asking,
  { county, actorId }: Access,
  clients: readonly Id[] | null,
  asOf: CivilDate,
  at: Date,
): Promise<Planned> {
  const [planned] = await ask<Planned>(
    tx,
    'select made, redated, ended, offered from app.plan_follow_up($1, $2::uuid[], $3::date, $4::uuid, $5)',
    [county, clients, asOf, actorId, at],
  )
  return planned!
}

/** Counties that keep people; the night begins with them. */
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
    'insert into follow_up_runs (county_code, day_on, started_at) values ($1, $2, $3) on conflict do nothing returning day_on',
    [county, day, at],
  )
  return rows.length > 0
}

export async function finishRun(
  tx: Asking,
  { county }: Access,
  day: CivilDate,
  { made, redated, ended, offered }: Planned,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into follow_up_runs as r (county_code, day_on, started_at, finished_at, made, redated, ended, offered)
     values ($1, $2, $3, $3, $4, $5, $6, $7)
     on conflict (county_code, day_on) do update set finished_at = excluded.finished_at, made = coalesce(r.made, 0) + excluded.made,
       redated = coalesce(r.redated, 0) + excluded.redated, ended = coalesce(r.ended, 0) + excluded.ended,
       offered = coalesce(r.offered, 0) + excluded.offered`,
    [county, day, at, made, redated, ended, offered],
  )
}

export type KeptRun = {
  dayOn: CivilDate
  startedAt: Date
  finishedAt: Date | null
  made: number | null
  redated: number | null
  ended: number | null
  offered: number | null
}

export async function selectRuns(tx: Asking, { county }: Access): Promise<KeptRun[]> {
  return await ask(
    tx,
    `select day_on as "dayOn", started_at as "startedAt", finished_at as "finishedAt", made, redated, ended, offered
     from follow_up_runs where county_code = $1 order by day_on desc limit 31`,
    [county],
  )
}
