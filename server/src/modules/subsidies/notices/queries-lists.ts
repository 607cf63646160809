import type { NoticeStep } from '@youyu/shared/subsidies/notices'
import {
  prefixOf,
  type CivilDate,
  type DivisionCode,
  type DivisionPrefix,
  type Id,
} from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { partsInside, within } from '../../population/index.ts'

export type Run = { notices: number; entries: number }
type Which = { programme: string; step: NoticeStep; division?: DivisionCode | undefined }

/** The part of the area that was asked for. */
const partsAsked = ({ prefixes }: Access, division: DivisionCode | undefined): readonly DivisionPrefix[] =>
  division === undefined ? prefixes : partsInside(prefixes, prefixOf(division))

/** The village of a case, or its township. */
const placeFor = (step: string, column: string) =>
  `case ${step} when 'TOWN_NOTICE' then left(${column}, 9) || '000' else ${column} end`

/** The mask of a name as shared/population/masking has it. */
const masked = (name: string) =>
  `case when char_length(${name}) > 2 then left(${name}, 1) || repeat('*', char_length(${name}) - 2) || right(${name}, 1)
     when char_length(${name}) = 2 then left(${name}, 1) || '*' else '*' end`

/** On no open list. A set that is read once: a join looks through all that are open for each, while the table is young. */
const standsOnNone = (county: string) =>
  `a.id not in (select o.application_id from notice_entries o where o.county_code = ${county} and o.outcome = 'OPEN')`

/** What the hash of a list is taken over: every line to the letter. */
export const LINES = `string_agg(concat_ws('|', l.seq, l.application_id, l.division_code, coalesce(l.masked_name, ''), l.level), E'\\n' order by l.seq)`
export const hashOf = (lines: string) => `sha256(convert_to(${lines}, 'UTF8'))`

/** Applications at the step that stand on no list. */
function waiting(bound: Bound, access: Access, { programme, step, division }: Which): string {
  return `a.county_code = ${bound.bind(access.county)} and a.programme = ${bound.bind(programme)} and a.state = ${bound.bind(step)}
    and ${within(bound, 'a.division_code', partsAsked(access, division))}
    and ${standsOnNone(bound.bind(access.county))}`
}

/** One draft for every place with applications that wait; where there is one, they join it. */
export async function drawLists(tx: Transaction, access: Access, which: Which, on: CivilDate): Promise<Run> {
  const bound = new Bound()
  const gate = waiting(bound, access, which)
  const [county, step, day, actor] = [access.county, which.step, on, access.actorId].map((value) =>
    bound.bind(value),
  )
  const [row] = await ask<Run>(
    tx,
    `with terms as (
       select t.code, t.version_id, t.terms #>> '{notice,profile}' as profile,
         (t.terms #>> (case ${step}::text when 'TOWN_NOTICE' then '{notice,townDays}' else '{notice,villageDays}' end)::text[])::int as days
       from app.programme_terms(${county}, ${day}) t where t.code = ${bound.bind(which.programme)}
     ),
     counted as (
       select ${placeFor(`${step}::text`, 'a.division_code')} as place, count(*)::int as entries from applications a where ${gate} group by 1
     ),
     numbered as (
       select c.place, c.entries, t.*,
         t.code || '-' || left(${day}::text, 4) || '-' || case ${step}::text when 'TOWN_NOTICE' then left(c.place, 9) || '-T' else c.place || '-V' end
           || (1 + (select count(*) from public_notices n where n.county_code = ${county} and n.programme = t.code and n.step = ${step}
                and n.division_code = c.place and extract(year from n.drawn_on) = extract(year from ${day}::date))) as number
       from counted c cross join terms t where t.profile in ('STANDARD', 'COUNT_ONLY') and t.days > 0
     ),
     drawn as (
       insert into public_notices (county_code, id, number, programme, version_id, step, division_code, profile, working_days, state,
         entries, drawn_on, drawn_by)
       select ${county}, app.derived_id('notice/' || ${county}::text || '/' || q.number), q.number, q.code, q.version_id, ${step}, q.place,
         q.profile, q.days, 'DRAFT', q.entries, ${day}, ${actor}
       from numbered q
       on conflict (county_code, programme, step, division_code) where state = 'DRAFT'
         do update set entries = excluded.entries, version = public_notices.version + 1
       returning entries
     )
     select count(*)::int as notices, coalesce(sum(entries), 0)::int as entries from drawn`,
    bound.values,
  )
  return row!
}

/** Freezes drafts and puts them up: lines, masks, hash, last day. A draft that nobody waits for any more stays one. */
export async function postLists(
  tx: Transaction,
  access: Access,
  which: Partial<Which> & { id?: Id },
  on: CivilDate,
): Promise<Run> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const drafts = [
    `n.county_code = ${county}`,
    `n.state = 'DRAFT'`,
    within(bound, 'n.division_code', partsAsked(access, which.division)),
  ]
  if (which.programme) drafts.push(`n.programme = ${bound.bind(which.programme)}`)
  if (which.step) drafts.push(`n.step = ${bound.bind(which.step)}`)
  if (which.id) drafts.push(`n.id = ${bound.bind(which.id)}`)
  const [day, actor] = [on, access.actorId].map((value) => bound.bind(value))
  const [row] = await ask<Run>(
    tx,
    `with drafts as materialized (
       select n.id, n.programme, n.step, n.profile, case n.step when 'TOWN_NOTICE' then left(n.division_code, 9) else n.division_code end as place
       from public_notices n where ${drafts.join(' and ')} for update
     ),
     lines as materialized (
       select d.id as notice_id, (row_number() over (partition by d.id order by a.division_code, a.number))::int as seq,
         a.id as application_id, a.division_code,
         case d.profile when 'STANDARD' then ${masked(`coalesce(p.name, '')`)} end as masked_name,
         case d.profile when 'STANDARD' then a.level else '' end as level
       from drafts d
       cross join lateral (
         select a.county_code, a.id, a.division_code, a.number, a.level, a.subject_id from applications a
         where a.county_code = ${county} and a.programme = d.programme and a.state = d.step
           and a.division_code >= d.place and a.division_code < d.place || ':'
         offset 0
       ) a
       left join persons p on p.county_code = a.county_code and p.id = a.subject_id
       where ${standsOnNone(county)}
     ),
     sums as materialized (
       select l.notice_id, count(*)::int as entries, ${hashOf(LINES)} as hash from lines l group by l.notice_id
     ),
     posted as (
       update public_notices n set state = 'POSTED', posted_on = ${day}, posted_by = ${actor}, entries = s.entries, content_hash = s.hash,
         until_on = app.add_working_days(${day}::date, n.working_days), version = n.version + 1
       from sums s where n.county_code = ${county} and n.id = s.notice_id
       returning n.entries
     ),
     frozen as (
       insert into notice_entries (county_code, notice_id, seq, application_id, division_code, masked_name, level, outcome)
       select ${county}, l.notice_id, l.seq, l.application_id, l.division_code, l.masked_name, l.level, 'OPEN' from lines l
     )
     select count(*)::int as notices, coalesce(sum(entries), 0)::int as entries from posted`,
    bound.values,
  )
  return row!
}

type Due = { division?: DivisionCode | undefined; id?: Id; on: CivilDate }

/** Lists that have been up for their time and are still what was put up. */
export async function selectDue(tx: Transaction, access: Access, { division, id, on }: Due): Promise<Id[]> {
  const bound = new Bound()
  const conditions = [
    `n.county_code = ${bound.bind(access.county)} and n.state in ('POSTED', 'OBJECTION_OPEN') and n.until_on < ${bound.bind(on)}`,
    within(bound, 'n.division_code', partsAsked(access, division)),
  ]
  if (id) conditions.push(`n.id = ${bound.bind(id)}`)
  const rows = await ask<{ id: Id }>(
    tx,
    `with over as materialized (
       select n.county_code, n.id, n.content_hash from public_notices n where ${conditions.join(' and ')} for update
     )
     select o.id from over o
     where o.content_hash = (select ${hashOf(LINES)} from notice_entries l where l.county_code = o.county_code and l.notice_id = o.id)`,
    bound.values,
  )
  return rows.map((row) => row.id)
}

/** What becomes of the lines still open: gone elsewhere meanwhile, or past; those under an objection are left as they are. */
export async function selectSettled(
  tx: Transaction,
  access: Access,
  notices: readonly Id[],
): Promise<{ step: NoticeStep; outcome: 'LEFT' | 'PASSED'; applicationIds: Id[] }[]> {
  return await ask(
    tx,
    `select q.step, q.outcome, array_agg(q.application_id) as "applicationIds"
     from (
       select n.step, e.application_id, case when a.state = n.step then 'PASSED' else 'LEFT' end as outcome
       from (select * from public_notices where county_code = $1 and id = any ($2) offset 0) n
       cross join lateral (
         select l.seq, l.application_id from notice_entries l
         where l.county_code = $1 and l.notice_id = n.id and l.outcome = 'OPEN' and not exists (
           select from objections o where o.county_code = $1 and o.notice_id = n.id and o.state in ('RECEIVED', 'INVESTIGATED')
             and (o.seq is null or o.seq = l.seq))
         offset 0
       ) e
       cross join lateral (select x.state from applications x where x.county_code = $1 and x.id = e.application_id offset 0) a
     ) q
     group by q.step, q.outcome`,
    [access.county, notices],
  )
}

export async function settleLines(
  tx: Transaction,
  access: Access,
  applicationIds: readonly Id[],
  outcome: 'LEFT' | 'PASSED',
  on: CivilDate,
): Promise<void> {
  await ask(
    tx,
    `update notice_entries set outcome = $3, outcome_on = $4
     where county_code = $1 and outcome = 'OPEN' and application_id = any ($2)`,
    [access.county, applicationIds, outcome, on],
  )
}

/** Lists with no line left open: clean where nobody ever objected. */
export async function closeLists(
  tx: Transaction,
  access: Access,
  notices: readonly Id[],
  on: CivilDate,
): Promise<number> {
  const rows = await ask(
    tx,
    `update public_notices n set closed_on = $3, version = n.version + 1,
       state = case when exists (select from objections o where o.county_code = n.county_code and o.notice_id = n.id)
         then 'CLOSED_WITH_OBJECTION' else 'CLOSED_CLEAN' end
     where n.county_code = $1 and n.id = any ($2)
       and (select count(*) from notice_entries e where e.county_code = n.county_code and e.notice_id = n.id and e.outcome = 'OPEN') = 0
       and (select count(*) from objections o where o.county_code = n.county_code and o.notice_id = n.id and o.state in ('RECEIVED', 'INVESTIGATED')) = 0
     returning n.id`,
    [access.county, notices, on],
  )
  return rows.length
}

export type DueRow = {
  programme: string
  step: NoticeStep
  places: number
  applications: number
  drafts: number
}

/** What waits for a list in the area, by programme and step. */
export async function selectWaiting(tx: Transaction, access: Access): Promise<DueRow[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  return await ask(
    tx,
    `select a.programme, a.state as step, count(distinct ${placeFor('a.state', 'a.division_code')})::int as places,
       count(*)::int as applications,
       (select count(*)::int from public_notices n where n.county_code = ${county} and n.programme = a.programme and n.step = a.state
          and n.state = 'DRAFT' and ${within(bound, 'n.division_code', access.prefixes)}) as drafts
     from applications a
     where a.county_code = ${county} and a.state in ('VILLAGE_NOTICE', 'TOWN_NOTICE') and ${within(bound, 'a.division_code', access.prefixes)}
       and ${standsOnNone(county)}
     group by a.programme, a.state order by a.programme, a.state desc`,
    bound.values,
  )
}
