import type {
  listObjections,
  NewObjection,
  Objection,
  ObjectionRow,
} from '@youyu/shared/subsidies/objections'
import type { Id, Page } from '@youyu/shared/values'
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { returnFromNotice } from '../applications/index.ts'
import { suspendBeneficiaries } from '../beneficiaries/index.ts'
import {
  closeDue,
  findEntry,
  findNotice,
  INVESTIGATION_DAYS,
  lockNotice,
  markObjected,
  mayDecide,
  returnEntry,
  takeDown,
} from '../notices/index.ts'
import * as queries from './queries.ts'
import { objectionNumber, steps, type Said, type Step } from './rules.ts'

function rowOf(record: queries.ObjectionRecord, today: string): ObjectionRow {
  const { content: _, finding: _f, reply: _r, investigatedBy: _b, investigatedOn: _o, ...row } = record
  return { ...row, isOverdue: row.decidedOn === null && row.dueOn < today }
}

function shown(office: Office, access: Access, found: queries.ObjectionRecord): Objection {
  const cell = { county: access.county, id: found.id }
  const open = (bytes: Buffer | null) => bytes && office.ciphers.objection.decipher(bytes, cell)
  const { text, name, phone } = JSON.parse(open(found.content)!) as Said
  return {
    ...rowOf(found, todayOf(office.now())),
    ...{ text, objector: name === null ? null : { name, phone } },
    ...{ finding: open(found.finding), investigatedOn: found.investigatedOn },
    isMine: found.investigatedBy === access.actorId,
    reply: open(found.reply),
  }
}

const deed = (
  action: 'create' | 'reveal' | 'change',
  { id, division }: { id: Id; division: string },
  fields: readonly string[],
) => ({ action, entity: 'objection', entityId: id, division, fields, purpose: 'BENEFIT' }) as const

type Listing = z.output<(typeof listObjections)['schema']['querystring']>

export async function listOf(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<ObjectionRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) =>
    queries.selectObjections(tx, access, filter, after, limit + 1),
  )
  return pageOf(
    rows,
    limit,
    (row) => rowOf(row, today),
    ({ dueOn, id }) => [dueOn, id],
  )
}

async function objectionAt(tx: Transaction, access: Access, id: Id): Promise<queries.ObjectionRecord> {
  const [found] = await queries.selectObjections(tx, access, { id }, null, 1)
  if (!found) throw new Refused('not-found')
  return found
}

/** Who objected and what was said is opened under the reader's name. */
export async function readObjection(office: Office, access: Access, id: Id): Promise<Objection> {
  return await transaction(office.db, access, async (tx) => {
    const found = await objectionAt(tx, access, id)
    await record(tx, access, deed('reveal', found, ['text', 'objector']), office.now())
    return shown(office, access, found)
  })
}

/** An objection that reached the office: while the list is up, or later, when it holds what would be paid. */
export async function recordObjection(
  office: Office,
  access: Access,
  { noticeId, seq, channel, receivedOn, text, objector }: z.output<typeof NewObjection>,
): Promise<Objection> {
  const at = office.now()
  if (receivedOn > todayOf(at)) throw Refused.field('/receivedOn', 'invalid-date')
  return await transaction(office.db, access, async (tx) => {
    await lockNotice(tx, access, noticeId)
    const notice = await findNotice(tx, access, noticeId)
    if (!notice) throw Refused.field('/noticeId', 'not-found')
    if (notice.postedOn === null || notice.state === 'VOID') throw new Refused('notice-state')
    if (receivedOn < notice.postedOn) throw Refused.field('/receivedOn', 'invalid-date')
    const entry = seq === undefined ? null : await findEntry(tx, access, noticeId, seq)
    if (seq !== undefined && !entry) throw Refused.field('/seq', 'not-found')
    const id = newId(at.getTime())
    const said: Said = { text, name: objector?.name ?? null, phone: objector?.phone ?? null }
    const row: queries.NewRow = {
      ...{
        id,
        number: objectionNumber(receivedOn, randomBytes(12)),
        noticeId,
        seq: seq ?? null,
        channel,
        receivedOn,
      },
      ...{
        applicationId: entry?.applicationId ?? null,
        programme: notice.programme,
        divisionCode: notice.division,
      },
      isAnonymous: objector === undefined,
      content: office.ciphers.objection.encipher(JSON.stringify(said), { county: access.county, id }),
    }
    await queries.insertObjection(tx, access, row, { dueAfter: INVESTIGATION_DAYS, at })
    await markObjected(tx, access, noticeId)
    await record(tx, access, deed('create', { id, division: notice.division }, [channel]), at)
    return shown(office, access, await objectionAt(tx, access, id))
  })
}

async function step(
  office: Office,
  access: Access,
  { id, version, step: name }: { id: Id; version: number; step: Step },
  run: (tx: Transaction, found: queries.ObjectionRecord, at: Date) => Promise<void>,
): Promise<Objection> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await queries.lockObjection(tx, access, id)
    const found = await objectionAt(tx, access, id)
    assertVersion(version, found.version)
    if (found.state !== steps[name].from) throw new Refused('objection-state')
    if (!mayDecide(access.prefixes, found.division)) throw new Refused('forbidden')
    await run(tx, found, at)
    await record(tx, access, deed('change', found, ['state']), at)
    return shown(office, access, await objectionAt(tx, access, id))
  })
}

export async function investigate(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  finding: string,
): Promise<Objection> {
  const cipher = office.ciphers.objection.encipher(finding, { county: access.county, id })
  return await step(office, access, { id, version, step: 'investigate' }, (tx, _found, at) =>
    queries.noteFinding(tx, access, id, cipher, todayOf(at)),
  )
}

/** Decided by another than who investigated; whatever it is, the list may be closed by it. */
export async function decide(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { isUpheld, reply }: { isUpheld: boolean; reply: string },
): Promise<Objection> {
  const cipher = office.ciphers.objection.encipher(reply, { county: access.county, id })
  return await step(office, access, { id, version, step: 'decide' }, async (tx, found, at) => {
    if (found.investigatedBy === access.actorId) throw new Refused('maker-is-checker')
    await lockNotice(tx, access, found.noticeId)
    await queries.noteDecision(tx, access, id, { isUpheld, reply: cipher, on: todayOf(at) })
    if (isUpheld) await uphold(tx, office, access, found, { reply, at })
    await closeDue(tx, access, { id: found.noticeId, on: todayOf(at) }, at)
  })
}

/** The application goes back; a benefit that runs already is suspended; a whole list is taken down and drawn anew. */
async function uphold(
  tx: Transaction,
  office: Office,
  access: Access,
  { id, noticeId, seq, applicationId }: queries.ObjectionRecord,
  { reply, at }: { reply: string; at: Date },
): Promise<void> {
  const on = todayOf(at)
  if (seq === null || applicationId === null) {
    const notice = await findNotice(tx, access, noticeId)
    if (notice?.state === 'OBJECTION_OPEN') await takeDown(tx, access, noticeId, reply.slice(0, 200), on)
    return
  }
  await returnEntry(tx, access, noticeId, seq, on)
  const standing = await queries.findStanding(tx, access, applicationId)
  if (standing?.isUnderWay)
    await returnFromNotice(tx, office, access, { applicationId, items: [], reason: reply, on, at })
  if (!standing?.beneficiaryId) return
  const told = {
    fromMonth: `${on.slice(0, 7)}-01`,
    reason: 'OBJECTION' as const,
    ground: { type: 'OBJECTION', id },
  }
  await suspendBeneficiaries(tx, access, [standing.beneficiaryId], told, at)
}
