import type { NoticeStep, ShownProfile } from '@youyu/shared/subsidies/notices'
import type { ObjectionState } from '@youyu/shared/subsidies/objections'
import { prefixOf, rangeOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

const day = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`

export type BoardRecord = {
  id: Id
  number: string
  programme: string
  nameZh: string
  nameEn: string
  step: NoticeStep
  division: DivisionCode
  place: string
  township: string | null
  profile: ShownProfile
  postedOn: CivilDate
  untilOn: CivilDate
  count: number | null
  contentHash: string
  workingDays: number
}

export async function selectCounties(
  tx: Transaction,
  on: CivilDate,
): Promise<{ county: number; name: string; notices: number }[]> {
  return await ask(tx, 'select county, name, notices from app.board_counties($1)', [on])
}

export async function selectPlaces(
  tx: Transaction,
  county: number,
  on: CivilDate,
): Promise<{ code: DivisionCode; name: string; notices: number }[]> {
  return await ask(tx, 'select code, name, notices from app.board_places($1, $2)', [county, on])
}

type Which = {
  county: number
  division?: DivisionCode | undefined
  programme?: string | undefined
  id?: Id
  after?: readonly [string, string] | null
  limit: number
}

export async function selectBoard(tx: Transaction, which: Which, on: CivilDate): Promise<BoardRecord[]> {
  const range = which.division === undefined ? null : rangeOf(prefixOf(which.division))
  return await ask(
    tx,
    `select id, number, programme, name_zh as "nameZh", name_en as "nameEn", step, division_code as division, place, township, profile,
       ${day('posted_on')} as "postedOn", ${day('until_on')} as "untilOn", entries as count, content_hash as "contentHash",
       working_days as "workingDays"
     from app.board_notices($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[which.county, on, range?.lo ?? null, range?.hi ?? null, which.programme ?? null, which.id ?? null],
      ...[which.after?.[0] ?? null, which.after?.[1] ?? null, which.limit],
    ],
  )
}

export type LineRecord = {
  seq: number
  name: string
  place: string
  level: string
  levelNames: { zh: string; en: string } | null
}

export async function selectLines(
  tx: Transaction,
  { county, id, after, limit }: { county: number; id: Id; after: number; limit: number },
  on: CivilDate,
): Promise<LineRecord[]> {
  return await ask(
    tx,
    'select seq, name, place, level, level_names as "levelNames" from app.board_lines($1, $2, $3, $4, $5)',
    [county, id, on, after, limit],
  )
}

export type Lodged = {
  county: number
  noticeId: Id
  seq: number | null
  id: Id
  number: string
  isAnonymous: boolean
  content: Buffer
  receipt: Buffer
}

/** Null where no such list or line is on display. */
export async function lodge(
  tx: Transaction,
  { county, noticeId, seq, id, number, isAnonymous, content, receipt }: Lodged,
  on: CivilDate,
  at: Date,
): Promise<CivilDate | null> {
  const [row] = await ask<{ dueOn: CivilDate }>(
    tx,
    `select ${day('due_on')} as "dueOn" from app.lodge_objection($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [county, noticeId, seq, id, number, isAnonymous, content, receipt, on, at],
  )
  return row?.dueOn ?? null
}

export type ReplyRecord = {
  id: Id
  number: string
  state: ObjectionState
  receivedOn: CivilDate
  dueOn: CivilDate
  decidedOn: CivilDate | null
  reply: Buffer | null
}

export async function findReply(
  tx: Transaction,
  county: number,
  number: string,
  receipt: Buffer,
): Promise<ReplyRecord | null> {
  const [row] = await ask<ReplyRecord>(
    tx,
    `select id, number, state, ${day('received_on')} as "receivedOn", ${day('due_on')} as "dueOn", ${day('decided_on')} as "decidedOn", reply
     from app.board_reply($1, $2, $3)`,
    [county, number, receipt],
  )
  return row ?? null
}
