import type { ClosedPeriod } from '@youyu/shared/birth-defects/cascades'
import type { ChainItem } from '@youyu/shared/birth-defects/chain-values'
import type { Month } from '@youyu/shared/population/book'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'
import type { Tallied } from './rules.ts'

const sums = ['links', 'offered', 'accepted', 'positive', 'followed']
  .map((count) => `sum(t.${count})::integer as ${count}`)
  .join(', ')

/** Kept counts of the months, by township. */
export async function selectTallies(tx: Asking, county: number, from: Month, to: Month): Promise<Tallied[]> {
  return await ask(
    tx,
    `select t.division_code as "divisionCode", t.item, t.state, t.reason, ${sums} from chain_tallies t
     where t.county_code = $1 and t.cohort_month >= $2 and t.cohort_month <= $3
     group by 1, 2, 3, 4 having sum(t.links) <> 0 or sum(t.offered) <> 0`,
    [county, from, to],
  )
}

/** What changes with every change of the counts of these months. */
export async function selectStamps(tx: Asking, county: number, from: Month, to: Month): Promise<string> {
  const rows = await ask<{ month: Month; changes: number }>(
    tx,
    `select cohort_month as month, changes from chain_tally_stamps
     where county_code = $1 and cohort_month >= $2 and cohort_month <= $3 order by 1`,
    [county, from, to],
  )
  return rows.map(({ month, changes }) => `${month} ${changes}`).join()
}

export async function selectClosedTallies(tx: Asking, county: number, periodId: Id): Promise<Tallied[]> {
  return await ask(
    tx,
    `select t.division_code as "divisionCode", t.item, t.state, t.reason, t.links, t.offered, t.accepted, t.positive, t.followed
     from chain_period_tallies t where t.county_code = $1 and t.period_id = $2`,
    [county, periodId],
  )
}

export async function selectPeriods(tx: Asking, county: number): Promise<ClosedPeriod[]> {
  return await ask(
    tx,
    `select p.id, p.from_month as "from", p.to_month as "to", p.closed_on as "closedOn", p.note from chain_periods p
     where p.county_code = $1 order by p.closed_at desc limit 100`,
    [county],
  )
}

export async function insertPeriod(
  tx: Asking,
  { county, actorId }: Access,
  { id, from, to, note }: { id: Id; from: Month; to: Month; note: string | null },
  today: CivilDate,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into chain_periods (county_code, id, from_month, to_month, closed_on, closed_at, closed_by, note)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [county, id, from, to, today, at, actorId, note],
  )
  await ask(
    tx,
    `insert into chain_period_tallies (county_code, period_id, division_code, item, state, reason, links, offered, accepted, positive, followed)
     select $1, $2, t.division_code, t.item, t.state, t.reason, ${sums.replaceAll(/ as \w+/g, '')} from chain_tallies t
     where t.county_code = $1 and t.cohort_month >= $3 and t.cohort_month <= $4
     group by 3, 4, 5, 6 having sum(t.links) <> 0`,
    [county, id, from, to],
  )
}

export type Amended = {
  divisionCode: DivisionCode
  item: ChainItem
  wasCohort: number
  wasDone: number
  nowCohort: number
  nowDone: number
}

/** What has become known of a closed period since: places and items whose cohort or number done is another one. */
export async function selectAmendments(
  tx: Asking,
  county: number,
  { id, from, to }: { id: Id; from: Month; to: Month },
): Promise<Amended[]> {
  return await ask(
    tx,
    `select * from (
       select coalesce(w.division_code, n.division_code) as "divisionCode", coalesce(w.item, n.item) as item,
         coalesce(w.cohort, 0)::integer as "wasCohort", coalesce(w.done, 0)::integer as "wasDone",
         coalesce(n.cohort, 0)::integer as "nowCohort", coalesce(n.done, 0)::integer as "nowDone"
       from (select t.division_code, t.item, sum(t.links) as cohort, sum(t.links) filter (where t.state = 'DONE') as done
         from chain_period_tallies t where t.county_code = $1 and t.period_id = $2 group by 1, 2) w
       full join (select t.division_code, t.item, sum(t.links) as cohort, sum(t.links) filter (where t.state = 'DONE') as done
         from chain_tallies t where t.county_code = $1 and t.cohort_month >= $3 and t.cohort_month <= $4 group by 1, 2) n
         on n.division_code = w.division_code and n.item = w.item) a
     where ("wasCohort", "wasDone") <> ("nowCohort", "nowDone") order by "divisionCode", item`,
    [county, id, from, to],
  )
}

export async function selectTownships(
  tx: Asking,
  county: DivisionCode,
): Promise<{ code: DivisionCode; name: string }[]> {
  return await ask(
    tx,
    'select code, name from divisions where parent_code = $1 and valid_to is null order by code',
    [county],
  )
}
