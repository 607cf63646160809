import type {
  listNoticeEntries,
  listNotices,
  NewNotices,
  Notice,
  NoticeDetail,
  NoticeDue,
  NoticeEntry,
  NoticePosting,
  NoticeRun,
} from '@youyu/shared/subsidies/notices'
import { CivilDate, levelOf, type DivisionCode, type Id, type Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longRehearsal } from '../../../database/rehearsal.ts'
import { longCommand, reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { attach, type Received } from '../attachments/index.ts'
import { closeDue } from './closing.ts'
import * as lists from './queries-lists.ts'
import * as queries from './queries.ts'
import { noticeSteps } from './rules.ts'

type Listing = z.output<(typeof listNotices)['schema']['querystring']>

export async function listOf(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<Notice>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectNotices(tx, access, filter, after, limit + 1),
  )
  return pageOf(
    rows,
    limit,
    (row) => row,
    ({ drawnOn, id }) => [drawnOn, id],
  )
}

async function detailOf(tx: Transaction, access: Access, id: Id): Promise<NoticeDetail> {
  const [notice, postingList] = await Promise.all([
    queries.findNotice(tx, access, id),
    queries.selectPostings(tx, access, id),
  ])
  if (!notice) throw new Refused('not-found')
  return { ...notice, postingList }
}

export async function readNotice(office: Office, access: Access, id: Id): Promise<NoticeDetail> {
  return await reading(office.db, access, (tx) => detailOf(tx, access, id))
}

type Lines = z.output<(typeof listNoticeEntries)['schema']['querystring']>

export async function listEntries(
  office: Office,
  access: Access,
  id: Id,
  { limit, cursor, outcome }: Lines,
): Promise<Page<NoticeEntry>> {
  const after = keyIn(cursor, ['number'])?.[0] ?? 0
  const { notice, rows } = await reading(office.db, access, async (tx) => ({
    notice: await queries.findNotice(tx, access, id),
    rows: await queries.selectEntries(tx, access, id, { outcome }, after, limit + 1),
  }))
  if (!notice) throw new Refused('not-found')
  office.views.note(access, { ...deed('view', notice), rows: Math.min(rows.length, limit) })
  return pageOf(
    rows,
    limit,
    (row) => row,
    ({ seq }) => [seq],
  )
}

const deed = (
  action: 'view' | 'create' | 'change',
  { id, division }: { id: Id; division: DivisionCode },
  fields: readonly string[] = [],
) => ({ action, entity: 'public-notice', entityId: id, division, fields, purpose: 'BENEFIT' }) as const

export async function listDue(office: Office, access: Access): Promise<{ items: NoticeDue[] }> {
  return { items: await reading(office.db, access, (tx) => lists.selectWaiting(tx, access)) }
}

/** A township's list is drawn by the township or above it, and for whole townships. */
function assertPlace(access: Access, { step, division }: z.output<typeof NewNotices>): void {
  if (step !== 'TOWN_NOTICE') return
  if (access.prefixes.every((prefix) => prefix.length > 9)) throw new Refused('forbidden')
  if (division !== undefined && levelOf(division) > 4) throw Refused.field('/division', 'invalid-value')
}

/** Draws the lists of a step and puts them up: one or seven hundred, the same two statements. */
export async function draw(
  office: Office,
  access: Access,
  wanted: z.output<typeof NewNotices>,
  { isRehearsal }: { isRehearsal: boolean },
): Promise<NoticeRun> {
  assertPlace(access, wanted)
  const at = office.now()
  const on = todayOf(at)
  const run = async (tx: Transaction) => {
    const drawn = await lists.drawLists(tx, access, wanted, on)
    if (drawn.notices === 0) throw new Refused('nothing-to-notice')
    const done = wanted.isPosted ? await lists.postLists(tx, access, wanted, on) : drawn
    const noted = {
      action: 'create',
      entity: 'public-notice',
      rows: done.entries,
      purpose: 'BENEFIT',
    } as const
    await record(tx, access, { ...noted, fields: [wanted.programme, wanted.step] }, at)
    return done
  }
  return isRehearsal ? await longRehearsal(office.db, access, run) : await longCommand(office.db, access, run)
}

async function locked(
  tx: Transaction,
  access: Access,
  id: Id,
  { version, step }: { version: number; step: keyof typeof noticeSteps },
): Promise<queries.FullNotice> {
  await queries.lockNotice(tx, access, id)
  const notice = await queries.findNotice(tx, access, id)
  if (!notice) throw new Refused('not-found')
  assertVersion(version, notice.version)
  if (!(noticeSteps[step].from as readonly string[]).includes(notice.state)) throw new Refused('notice-state')
  return notice
}

export async function post(office: Office, access: Access, id: Id, version: number): Promise<NoticeDetail> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const notice = await locked(tx, access, id, { version, step: 'post' })
    const { notices } = await lists.postLists(tx, access, { id }, todayOf(at))
    if (notices === 0) throw new Refused('nothing-to-notice')
    await record(tx, access, deed('change', notice, ['state']), at)
    return await detailOf(tx, access, id)
  })
}

export async function takeDown(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  reason: string,
): Promise<NoticeDetail> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const notice = await locked(tx, access, id, { version, step: 'void' })
    await queries.takeDown(tx, access, id, reason, todayOf(at))
    await record(tx, access, { ...deed('change', notice, ['state']), reason }, at)
    return await detailOf(tx, access, id)
  })
}

/** 张贴留痕: where, when, and a photograph of the list on the wall. */
export async function recordPosting(
  office: Office,
  access: Access,
  noticeId: Id,
  { fields, file }: Received,
): Promise<NoticePosting> {
  const at = office.now()
  const place = fields['place']?.trim() ?? ''
  const seenOn = CivilDate.safeParse(fields['seenOn'])
  if (place === '' || place.length > 100) throw Refused.field('/place', place ? 'invalid-value' : 'required')
  if (!seenOn.success || seenOn.data > todayOf(at)) throw Refused.field('/seenOn', 'invalid-date')
  return await transaction(office.db, access, async (tx) => {
    const notice = await queries.findNotice(tx, access, noticeId)
    if (!notice) throw new Refused('not-found')
    if (notice.postedOn === null) throw new Refused('notice-state')
    if (seenOn.data < notice.postedOn) throw Refused.field('/seenOn', 'invalid-date')
    const kept = { subjectType: 'NOTICE', subjectId: noticeId, kind: 'NOTICE_PHOTO', file } as const
    const photo = await attach(tx, office, access, { ...kept, divisionCode: notice.division })
    if (!photo.mediaType.startsWith('image/')) throw new Refused('attachment-type')
    const posting = { id: newId(at.getTime()), place, seenOn: seenOn.data, photoId: photo.id }
    const where = { countyCode: access.county, noticeId, divisionCode: notice.division }
    await queries.insertPosting(tx, { ...posting, ...where, recordedAt: at, recordedBy: access.actorId })
    await record(tx, access, deed('change', notice, ['postings']), at)
    return posting
  })
}

export async function close(
  office: Office,
  access: Access,
  division: DivisionCode | undefined,
): Promise<NoticeRun> {
  const at = office.now()
  return await longCommand(office.db, access, (tx) => closeDue(tx, access, { division, on: todayOf(at) }, at))
}
