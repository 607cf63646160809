import type { ObjectionChannel, ObjectionState } from '@youyu/shared/subsidies/objections'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type ObjectionRecord = {
  id: Id
  number: string
  noticeId: Id
  noticeNumber: string
  seq: number | null
  applicationId: Id | null
  programme: string
  division: DivisionCode
  place: string | null
  channel: ObjectionChannel
  isAnonymous: boolean
  state: ObjectionState
  receivedOn: CivilDate
  dueOn: CivilDate
  decidedOn: CivilDate | null
  investigatedOn: CivilDate | null
  investigatedBy: Id | null
  content: Buffer
  finding: Buffer | null
  reply: Buffer | null
  version: number
}

/** The first gate: objections to lists of the area. */
function ofCounty(bound: Bound, access: Access): string {
  return `o.county_code = ${bound.bind(access.county)} and ${within(bound, 'o.division_code', access.prefixes)}`
}

const day = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`

const columns = `o.id, o.number, o.notice_id as "noticeId", n.number as "noticeNumber", o.seq, o.application_id as "applicationId",
  o.programme, o.division_code as division,
  (select d.name from divisions d where d.code = o.division_code and d.valid_to is null limit 1) as place,
  o.channel, o.is_anonymous as "isAnonymous", o.state, ${day('o.received_on')} as "receivedOn", ${day('o.due_on')} as "dueOn",
  ${day('o.decided_on')} as "decidedOn", ${day('o.investigated_on')} as "investigatedOn", o.investigated_by as "investigatedBy",
  o.content_cipher as content, o.finding_cipher as finding, o.reply_cipher as reply, o.version`

export type ObjectionFilter = {
  id?: Id
  noticeId?: Id | undefined
  state?: ObjectionState | undefined
  programme?: string | undefined
  division?: DivisionCode | undefined
  isOpen?: boolean | undefined
}

export async function selectObjections(
  tx: Transaction,
  access: Access,
  filter: ObjectionFilter,
  after: readonly [string, string] | null,
  limit: number,
): Promise<ObjectionRecord[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access)]
  if (filter.id) conditions.push(`o.id = ${bound.bind(filter.id)}`)
  if (filter.noticeId) conditions.push(`o.notice_id = ${bound.bind(filter.noticeId)}`)
  if (filter.state) conditions.push(`o.state = ${bound.bind(filter.state)}`)
  if (filter.programme) conditions.push(`o.programme = ${bound.bind(filter.programme)}`)
  if (filter.isOpen) conditions.push(`o.state in ('RECEIVED', 'INVESTIGATED')`)
  if (filter.division) conditions.push(within(bound, 'o.division_code', [prefixOf(filter.division)]))
  if (after)
    conditions.push(`(o.due_on, o.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from objections o
    left join public_notices n on n.county_code = o.county_code and n.id = o.notice_id
    where ${conditions.join(' and ')} order by o.due_on, o.id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export type NewRow = {
  id: Id
  number: string
  noticeId: Id
  seq: number | null
  applicationId: Id | null
  programme: string
  divisionCode: DivisionCode
  channel: ObjectionChannel
  isAnonymous: boolean
  content: Buffer
  receivedOn: CivilDate
}

export async function insertObjection(
  tx: Transaction,
  access: Access,
  row: NewRow,
  { dueAfter, at }: { dueAfter: number; at: Date },
): Promise<void> {
  await ask(
    tx,
    `insert into objections (county_code, id, number, notice_id, seq, application_id, programme, division_code, channel, is_anonymous,
       content_cipher, state, received_on, due_on, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'RECEIVED', $12, app.add_working_days($12::date, $13), $14, $15)`,
    [
      ...[access.county, row.id, row.number, row.noticeId, row.seq, row.applicationId, row.programme],
      ...[
        row.divisionCode,
        row.channel,
        row.isAnonymous,
        row.content,
        row.receivedOn,
        dueAfter,
        at,
        access.actorId,
      ],
    ],
  )
}

export async function lockObjection(tx: Transaction, access: Access, id: Id): Promise<void> {
  await ask(tx, 'select id from objections where county_code = $1 and id = $2 for update', [
    access.county,
    id,
  ])
}

export async function noteFinding(
  tx: Transaction,
  access: Access,
  id: Id,
  finding: Buffer,
  on: CivilDate,
): Promise<void> {
  await ask(
    tx,
    `update objections set state = 'INVESTIGATED', finding_cipher = $3, investigated_on = $4, investigated_by = $5, version = version + 1
     where county_code = $1 and id = $2`,
    [access.county, id, finding, on, access.actorId],
  )
}

export async function noteDecision(
  tx: Transaction,
  access: Access,
  id: Id,
  { isUpheld, reply, on }: { isUpheld: boolean; reply: Buffer; on: CivilDate },
): Promise<void> {
  await ask(
    tx,
    `update objections set state = $3, reply_cipher = $4, decided_on = $5, decided_by = $6, version = version + 1
     where county_code = $1 and id = $2`,
    [access.county, id, isUpheld ? 'UPHELD' : 'NOT_UPHELD', reply, on, access.actorId],
  )
}

export type Standing = { state: string; isUnderWay: boolean; beneficiaryId: Id | null }

/** Where the application objected to has come to meanwhile. */
export async function findStanding(
  tx: Transaction,
  access: Access,
  applicationId: Id,
): Promise<Standing | null> {
  const [row] = await ask<Standing>(
    tx,
    `select a.state, a.state = any (a.steps) as "isUnderWay",
       (select b.id from beneficiaries b where b.county_code = a.county_code and b.application_id = a.id and b.state = 'ACTIVE' limit 1) as "beneficiaryId"
     from applications a where a.county_code = $1 and a.id = $2`,
    [access.county, applicationId],
  )
  return row ?? null
}
