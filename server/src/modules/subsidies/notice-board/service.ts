import type {
  BoardLine,
  BoardNotice,
  BoardNoticeDetail,
  listBoardNotices,
  ObjectionReceipt,
  ObjectionReply,
  PublicObjection,
} from '@youyu/shared/subsidies/notice-board'
import type { Id, Page } from '@youyu/shared/values'
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import { sha256 } from '../../../crypto/keys.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { systemAccess } from '../../accounts/index.ts'
import { objectionNumber, receiptCode, type Said } from '../objections/index.ts'
import * as queries from './queries.ts'

/** Whoever reads the board has no area: row-level security shows her nothing but what the board's functions answer. */
const everybody: Access = { ...systemAccess, prefixes: [], county: 0, clearance: 'L0' }

const LINES = 200

const shown = ({
  programme,
  nameZh,
  nameEn,
  contentHash: _,
  workingDays: _d,
  ...row
}: queries.BoardRecord): BoardNotice => ({
  ...row,
  programme: { code: programme, zh: nameZh, en: nameEn },
})

const today = (office: Office) => todayOf(office.now())

export async function listCounties(office: Office) {
  return { items: await reading(office.db, everybody, (tx) => queries.selectCounties(tx, today(office))) }
}

export async function listPlaces(office: Office, county: number) {
  return {
    items: await reading(office.db, everybody, (tx) => queries.selectPlaces(tx, county, today(office))),
  }
}

type Listing = z.output<(typeof listBoardNotices)['schema']['querystring']>

export async function listNotices(
  office: Office,
  county: number,
  { limit, cursor, division, programme }: Listing,
): Promise<Page<BoardNotice>> {
  const after = keyIn(cursor, ['string', 'string'])
  const which = { county, division: division, programme, after, limit: limit + 1 }
  const rows = await reading(office.db, everybody, (tx) => queries.selectBoard(tx, which, today(office)))
  return pageOf(rows, limit, shown, ({ postedOn, id }) => [postedOn, id])
}

export async function readNotice(
  office: Office,
  county: number,
  id: Id,
  cursor: string | undefined,
): Promise<BoardNoticeDetail> {
  const after = keyIn(cursor, ['number'])?.[0] ?? 0
  const on = today(office)
  const [[notice], lines] = await reading(office.db, everybody, (tx) =>
    Promise.all([
      queries.selectBoard(tx, { county, id, limit: 1 }, on),
      queries.selectLines(tx, { county, id, after, limit: LINES + 1 }, on),
    ]),
  )
  if (!notice) throw new Refused('not-found')
  const page = pageOf(lines, LINES, lineOf, ({ seq }) => [seq])
  const { contentHash, workingDays } = notice
  return { ...shown(notice), contentHash, workingDays, lines: page.items, nextCursor: page.nextCursor }
}

const lineOf = ({ levelNames, ...line }: queries.LineRecord): BoardLine => ({
  ...line,
  levelName: levelNames && { zh: levelNames.zh, en: levelNames.en },
})

/** What is said reaches the office alone; the objector keeps a number and a code to read the reply with. */
export async function lodge(
  office: Office,
  county: number,
  noticeId: Id,
  { seq, text, objector }: z.output<typeof PublicObjection>,
): Promise<ObjectionReceipt> {
  const at = office.now()
  const on = todayOf(at)
  const id = newId(at.getTime())
  const code = receiptCode(randomBytes(12))
  const number = objectionNumber(on, randomBytes(12))
  const said: Said = { text, name: objector?.name ?? null, phone: objector?.phone ?? null }
  const content = office.ciphers.objection.encipher(JSON.stringify(said), { county, id })
  const dueOn = await transaction(office.db, everybody, (tx) =>
    queries.lodge(
      tx,
      {
        ...{ county, noticeId, seq: seq ?? null, id, number, content },
        ...{ isAnonymous: objector === undefined, receipt: sha256(`${number} ${code}`) },
      },
      on,
      at,
    ),
  )
  if (dueOn === null) throw new Refused('not-found')
  return { number, code, dueOn }
}

export async function readReply(
  office: Office,
  county: number,
  { number, code }: { number: string; code: string },
): Promise<ObjectionReply> {
  const receipt = sha256(`${number} ${code.trim().toUpperCase()}`)
  const found = await reading(office.db, everybody, (tx) => queries.findReply(tx, county, number, receipt))
  if (!found) throw new Refused('not-found')
  const { id, reply, ...row } = found
  return { ...row, reply: reply && office.ciphers.objection.decipher(reply, { county, id }) }
}
