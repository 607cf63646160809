import type {
  EntryOutcome,
  NoticeEntry,
  NoticePosting,
  NoticeState,
  NoticeStep,
  ShownProfile,
} from '@youyu/shared/subsidies/notices'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'
import { hashOf, LINES } from './queries-lists.ts'

export type NoticeRecord = {
  id: Id
  number: string
  programme: string
  step: NoticeStep
  division: DivisionCode
  place: string | null
  profile: ShownProfile
  workingDays: number
  state: NoticeState
  entries: number
  drawnOn: CivilDate
  postedOn: CivilDate | null
  untilOn: CivilDate | null
  closedOn: CivilDate | null
  postings: number
  objections: number
  openObjections: number
  version: number
}

/** The first gate: lists of villages and townships of the area. */
function ofCounty(bound: Bound, access: Access): string {
  return `n.county_code = ${bound.bind(access.county)} and ${within(bound, 'n.division_code', access.prefixes)}`
}

const day = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`
const placeOf = (code: string) =>
  `(select d.name from divisions d where d.code = ${code} and d.valid_to is null limit 1)`
const countOf = (table: string, more = '') =>
  `(select count(*)::int from ${table} x where x.county_code = n.county_code and x.notice_id = n.id ${more})`

const columns = `n.id, n.number, n.programme, n.step, n.division_code as division, ${placeOf('n.division_code')} as place, n.profile,
  n.working_days as "workingDays", n.state, n.entries, ${day('n.drawn_on')} as "drawnOn", ${day('n.posted_on')} as "postedOn",
  ${day('n.until_on')} as "untilOn", ${day('n.closed_on')} as "closedOn", ${countOf('notice_postings')} as postings,
  ${countOf('objections')} as objections, ${countOf('objections', `and x.state in ('RECEIVED', 'INVESTIGATED')`)} as "openObjections",
  n.version`

export type NoticeFilter = {
  programme?: string | undefined
  step?: NoticeStep | undefined
  division?: DivisionCode | undefined
  state?: NoticeState | undefined
  isOpen?: boolean | undefined
}

export async function selectNotices(
  tx: Transaction,
  access: Access,
  filter: NoticeFilter,
  after: readonly [string, string] | null,
  limit: number,
): Promise<NoticeRecord[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access)]
  if (filter.programme) conditions.push(`n.programme = ${bound.bind(filter.programme)}`)
  if (filter.step) conditions.push(`n.step = ${bound.bind(filter.step)}`)
  if (filter.state) conditions.push(`n.state = ${bound.bind(filter.state)}`)
  if (filter.isOpen) conditions.push(`n.state in ('DRAFT', 'POSTED', 'OBJECTION_OPEN')`)
  if (filter.division) conditions.push(within(bound, 'n.division_code', [prefixOf(filter.division)]))
  if (after)
    conditions.push(`(n.drawn_on, n.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from public_notices n where ${conditions.join(' and ')}
    order by n.drawn_on desc, n.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export type FullNotice = NoticeRecord & {
  contentHash: string | null
  isIntact: boolean
  voidReason: string | null
}

export async function findNotice(tx: Transaction, access: Access, id: Id): Promise<FullNotice | null> {
  const bound = new Bound()
  const [row] = await ask<FullNotice>(
    tx,
    `select ${columns}, encode(n.content_hash, 'hex') as "contentHash", n.void_reason as "voidReason",
       n.content_hash is null or n.content_hash = (select ${hashOf(LINES)} from notice_entries l
         where l.county_code = n.county_code and l.notice_id = n.id) as "isIntact"
     from public_notices n where ${ofCounty(bound, access)} and n.id = ${bound.bind(id)}`,
    bound.values,
  )
  return row ?? null
}

export async function lockNotice(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from public_notices where county_code = $1 and id = $2 for update', [
    access.county,
    id,
  ])
}

export async function selectEntries(
  tx: Transaction,
  access: Access,
  noticeId: Id,
  filter: { outcome?: EntryOutcome | undefined },
  after: number,
  limit: number,
): Promise<NoticeEntry[]> {
  const bound = new Bound()
  const conditions = [
    ofCounty(bound, access),
    `n.id = ${bound.bind(noticeId)}`,
    within(bound, 'e.division_code', access.prefixes),
    `e.seq > ${bound.bind(after)}::int`,
  ]
  if (filter.outcome) conditions.push(`e.outcome = ${bound.bind(filter.outcome)}`)
  return await ask(
    tx,
    `select e.seq, e.application_id as "applicationId", a.number as "applicationNumber", e.masked_name as "maskedName",
       e.division_code as division, ${placeOf('e.division_code')} as place, e.level, e.outcome, ${day('e.outcome_on')} as "outcomeOn"
     from public_notices n join notice_entries e on e.county_code = n.county_code and e.notice_id = n.id
     left join applications a on a.county_code = e.county_code and a.id = e.application_id
     where ${conditions.join(' and ')} order by e.seq limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export async function findEntry(
  tx: Transaction,
  access: Access,
  noticeId: Id,
  seq: number,
): Promise<{ applicationId: Id; division: DivisionCode; outcome: EntryOutcome } | null> {
  const [row] = await ask<{ applicationId: Id; division: DivisionCode; outcome: EntryOutcome }>(
    tx,
    `select application_id as "applicationId", division_code as division, outcome from notice_entries
     where county_code = $1 and notice_id = $2 and seq = $3`,
    [access.county, noticeId, seq],
  )
  return row ?? null
}

export async function selectPostings(
  tx: Transaction,
  access: Access,
  noticeId: Id,
): Promise<NoticePosting[]> {
  return await ask(
    tx,
    `select id, place, ${day('seen_on')} as "seenOn", photo_id as "photoId" from notice_postings
     where county_code = $1 and notice_id = $2 order by seen_on, id`,
    [access.county, noticeId],
  )
}

export async function insertPosting(tx: Transaction, row: Record<string, unknown>): Promise<void> {
  await insertRow(tx, 'notice_postings', row)
}

/** The list is taken down; what stood on it waits for the next. */
export async function takeDown(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  on: CivilDate,
): Promise<void> {
  await Promise.all([
    ask(
      tx,
      `update public_notices set state = 'VOID', void_reason = $3, version = version + 1 where county_code = $1 and id = $2`,
      [access.county, id, reason],
    ),
    ask(
      tx,
      `update notice_entries set outcome = 'LEFT', outcome_on = $3 where county_code = $1 and notice_id = $2 and outcome = 'OPEN'`,
      [access.county, id, on],
    ),
  ])
}

/** From now on it has been objected to. */
export async function markObjected(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(
    tx,
    `update public_notices set state = 'OBJECTION_OPEN', version = version + 1 where county_code = $1 and id = $2 and state = 'POSTED'`,
    [access.county, id],
  )
}

export async function returnEntry(
  tx: Transaction,
  access: Access,
  noticeId: Id,
  seq: number,
  on: CivilDate,
): Promise<void> {
  await ask(
    tx,
    `update notice_entries set outcome = 'RETURNED', outcome_on = $4 where county_code = $1 and notice_id = $2 and seq = $3 and outcome = 'OPEN'`,
    [access.county, noticeId, seq, on],
  )
}

/** Counties with lists whose time is over. */
export async function selectCountiesDue(tx: Transaction, on: CivilDate): Promise<number[]> {
  const rows = await ask<{ county: number }>(
    tx,
    `select distinct county_code as county from public_notices where state in ('POSTED', 'OBJECTION_OPEN') and until_on < $1 order by 1`,
    [on],
  )
  return rows.map(({ county }) => county)
}
