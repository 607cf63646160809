import type { z } from 'zod'
import type {
  listReferrals,
  NewReferral,
  Referral,
  ReferralMove,
  ReferralRow,
} from '@youyu/shared/birth-defects/referrals'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction, keepClient } from '../../contraception/index.ts'
import * as queries from './queries.ts'
import { assertMove, mayMove } from './rules.ts'
import { sendIn } from './sending.ts'

function shownRow(row: queries.ReferralKept, today: CivilDate): ReferralRow {
  const { id, pregnancyId, childId, purpose, urgency, status, occurredOn, answerDueOn, version } = row
  const { receivedOn, answeredOn, closedOn } = row
  return {
    ...{ id, pregnancyId, childId, purpose, urgency, status, occurredOn, answerDueOn, version },
    ...{ receivedOn, answeredOn, closedOn },
    woman: { id: row.womanId, name: row.name, birthDate: row.birthDate },
    from: { id: row.fromId, name: row.fromName },
    to: { id: row.toId, name: row.toName },
    box: row.isSender ? 'OUT' : row.isReceiver ? 'IN' : 'CHAIN',
    isOverdue: closedOn === null && answeredOn === null && answerDueOn < today,
  }
}

/** A cell of its own for each text of a referral, whichever facility wrote it. */
const words = ({ ciphers }: Office, { county }: Access, id: Id) => ({
  seal: (text: string | undefined) =>
    text === undefined ? null : ciphers.clinical.encipher(text, { county, id }),
  open: (cipher: Buffer | null) => cipher && ciphers.clinical.decipher(cipher, { county, id }),
})

function shown(office: Office, access: Access, row: queries.ReferralKept): Referral {
  const { open } = words(office, access, row.id)
  return {
    ...shownRow(row, todayOf(office.now())),
    letter: open(row.letterCipher)!,
    answer: open(row.answerCipher),
    closing: open(row.closingCipher),
    result: row.result,
    recordedAt: row.recordedAt.toISOString(),
  }
}

export async function referralsOf(
  tx: Transaction,
  access: Access,
  subject: { pregnancyId: Id },
  today: CivilDate,
): Promise<ReferralRow[]> {
  return (await queries.findReferrals(tx, access, subject)).map((row) => shownRow(row, today))
}

type Asked = z.output<(typeof listReferrals)['schema']['querystring']>

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<ReferralRow>> {
  const today = todayOf(office.now())
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectReferrals(tx, access, today, { ...filter, after, limit: limit + 1 }),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shownRow(row, today),
    (row) => [row.answerDueOn, row.id],
  )
  for (const { woman } of page.items)
    office.views.note(access, careDeed(office, woman.id, 'view', 'referral', { fields: ['list'] }))
  return page
}

async function find(tx: Transaction, access: Access, id: Id): Promise<queries.ReferralKept> {
  const [row] = await queries.findReferrals(tx, access, { id })
  if (!row) throw new Refused('not-found')
  return row
}

export async function readReferral(office: Office, access: Access, id: Id): Promise<Referral> {
  return await transaction(office.db, access, async (tx) => {
    const row = await find(tx, access, id)
    await record(tx, access, careDeed(office, row.womanId, 'view', 'referral'), office.now())
    return shown(office, access, row)
  })
}

export async function send(office: Office, access: Access, body: NewReferral): Promise<Referral> {
  return await careTransaction(office, access, async (tx) => {
    const id = await sendIn(tx, office, access, body, office.now())
    return shown(office, access, await find(tx, access, id))
  })
}

/** Received, answered, closed: each by the facility whose turn it is. */
export async function move(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  body: ReferralMove,
): Promise<Referral> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await queries.lockReferral(tx, access, id)
    const row = await find(tx, access, id)
    const { isSender, isReceiver } = row
    if (!isSender && !isReceiver) throw new Refused('not-found')
    if (!mayMove({ isSender, isReceiver, isOutside: row.toId === null }, body.to))
      throw new Refused('forbidden')
    assertVersion(version, row.version)
    assertMove(row, body, todayOf(at))
    await queries.updateReferral(tx, access, moved(office, access, row, body), at)
    if (body.to === 'RECEIVED')
      await keepClient(tx, access, { clientId: row.womanId, on: body.on, encounters: 0 })
    const fields = [body.to]
    await record(tx, access, careDeed(office, row.womanId, 'change', 'referral', { fields }), at)
    return shown(office, access, await find(tx, access, id))
  })
}

function moved(
  office: Office,
  access: Access,
  row: queries.ReferralKept,
  body: ReferralMove,
): queries.MovedReferral {
  const { seal } = words(office, access, row.id)
  const { to: status, on } = body
  const standing = { ...row, status }
  if (status === 'RECEIVED') return { ...standing, receivedOn: on, closedOn: null, closingCipher: null }
  if (body.to === 'ANSWERED')
    return { ...standing, answeredOn: on, result: body.result, answerCipher: seal(body.answer) }
  return { ...standing, closedOn: on, closingCipher: seal(body.note) }
}
