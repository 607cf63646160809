import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type {
  BoardNotice,
  BoardNoticeDetail,
  ObjectionReceipt,
  ObjectionReply,
} from '@youyu/shared/subsidies/notice-board'
import type { Notice, NoticeDetail, NoticeEntry } from '@youyu/shared/subsidies/notices'
import type { Objection, ObjectionRow } from '@youyu/shared/subsidies/objections'
import { waitingFor, type Waiting } from '../../../../test/notices.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { device, plainPng, telephonePng } from '../../../../test/pictures.ts'
import { bodyOf, codeOf, furnishPlaces, places } from '../../../../test/register.ts'
import { closeNoticesOfNight } from './index.ts'

let office: TestOffice
let clerk: Officer
let town: Officer
let otherTown: Officer
let village: Officer
let farTown: Officer
let subsidy: Officer
let foreign: Officer

const monday = new Date('2026-06-08T02:00:00Z')
beforeAll(async () => {
  office = await openOffice({ SESSION_HOURS: '720' })
  office.setNow(monday)
  await furnishPlaces(office)
  clerk = await office.officer('county_population', places.county)
  town = await office.officer('township_worker', places.street)
  otherTown = await office.officer('township_worker', places.street)
  village = await office.officer('village_worker', places.village)
  farTown = await office.officer('township_worker', places.otherTownship)
  subsidy = await office.officer('county_subsidy', places.county)
  foreign = await office.officer('county_subsidy', places.otherCounty)
})
afterEach(cleared)
afterAll(() => office.close())

const url = '/api/v1/public-notices'
const board = '/api/v1/notice-board'
type Items<Item> = { items: Item[] }

/** A list of these people in a village, put up on Monday 8 June 2026. */
async function postedList(programme: string, names: string[], inVillage: string = places.village) {
  office.setNow(monday)
  const people: Waiting[] = []
  for (const name of names)
    people.push(await waitingFor(office, clerk, { programme, name, village: inVillage }))
  bodyOf(await subsidy.post(url, { programme, step: 'VILLAGE_NOTICE', division: inVillage }), 201)
  const [notice] = bodyOf<Items<Notice>>(
    await subsidy.get(`${url}?programme=${programme}&division=${inVillage}&state=POSTED&limit=1`),
    200,
  ).items
  return { notice: notice!, people }
}
const readNotice = async (id: string) => bodyOf<NoticeDetail>(await subsidy.get(`${url}/${id}`), 200)
const stateOf = async ({ application }: Waiting) =>
  (await office.sql<{ state: string }>('select state from applications where id = $1', [application]))[0]!
    .state
const boardOf = async () =>
  bodyOf<Items<BoardNotice>>(await office.stranger.get(`${board}/371121/notices`), 200).items
/** Leaves nothing on display and nobody waiting for the next test. */
async function cleared() {
  await office.sql(
    `update public_notices set state = 'VOID', void_reason = 'x' where state in ('DRAFT', 'POSTED', 'OBJECTION_OPEN')`,
  )
  await office.sql(
    `update notice_entries set outcome = 'LEFT', outcome_on = '2026-06-08' where outcome = 'OPEN'`,
  )
  await office.sql(
    `update applications set state = 'WITHDRAWN' where state in ('VILLAGE_NOTICE', 'TOWN_NOTICE')`,
  )
}

describe('a public notice', () => {
  it('is drawn for all villages at once, frozen with a hash, and its clock counts working days', async () => {
    await waitingFor(office, clerk, { name: '李秀英' })
    await waitingFor(office, clerk, { name: '欧阳建国' })
    await waitingFor(office, clerk, { name: '王芳', village: places.farVillage })

    const told = bodyOf(
      await subsidy.post(`${url}?dryRun=true`, { programme: 'P01', step: 'VILLAGE_NOTICE' }),
      200,
    )
    const done = bodyOf(await subsidy.post(url, { programme: 'P01', step: 'VILLAGE_NOTICE' }), 201)

    expect([told, done]).toEqual([
      { notices: 2, entries: 3 },
      { notices: 2, entries: 3 },
    ])
    const { items } = bodyOf<Items<Notice>>(await town.get(url), 200)
    // Seven working days after 8 June 2026, a Monday.
    expect(items).toMatchObject([
      { state: 'POSTED', entries: 2, postedOn: '2026-06-08', untilOn: '2026-06-17', profile: 'STANDARD' },
    ])
    const notice = await readNotice(items[0]!.id)
    expect(notice.contentHash).toMatch(/^[0-9a-f]{64}$/)
    expect(notice.isIntact).toBe(true)
    const lines = bodyOf<Items<NoticeEntry>>(await village.get(`${url}/${notice.id}/entries`), 200).items
    expect(lines.map(({ maskedName }) => maskedName).sort()).toEqual(['李*英', '欧**国'])
    expect(bodyOf<Items<Notice>>(await farTown.get(url), 200).items).toHaveLength(1)
    expect(bodyOf<Items<Notice>>(await foreign.get(url), 200).items).toEqual([])
    expect((await foreign.get(`${url}/${notice.id}`)).status).toBe(404)
    expect(codeOf(await subsidy.post(url, { programme: 'P01', step: 'VILLAGE_NOTICE' }))).toBe(
      'nothing-to-notice',
    )
  })

  it('waits as a draft until it is put up; one draft for a village', async () => {
    await waitingFor(office, clerk, { programme: 'P02', village: places.nextVillage })
    const body = { programme: 'P02', step: 'VILLAGE_NOTICE', division: places.nextVillage, isPosted: false }
    bodyOf(await subsidy.post(url, body), 201)
    await waitingFor(office, clerk, { programme: 'P02', village: places.nextVillage })
    bodyOf(await subsidy.post(url, body), 201)
    const { items } = bodyOf<Items<Notice>>(await subsidy.get(`${url}?state=DRAFT`), 200)
    expect(items).toMatchObject([{ entries: 2, postedOn: null }])

    const stale = await subsidy.post(`${url}/${items[0]!.id}/publications`, undefined, { ifMatch: 1 })
    const posted = bodyOf<NoticeDetail>(
      await subsidy.post(`${url}/${items[0]!.id}/publications`, undefined, { ifMatch: items[0]!.version }),
      201,
    )

    expect(stale.status).toBe(412)
    expect(posted).toMatchObject({ state: 'POSTED', entries: 2, profile: 'COUNT_ONLY' })
  })

  it('is closed after its last day by itself, and its applications go on; not a day before', async () => {
    const { notice, people } = await postedList('P01', ['张伟', '刘洋'])

    office.setNow(new Date('2026-06-17T15:00:00Z'))
    expect(await closeNoticesOfNight(office.office)).toBe(0)
    office.setNow(new Date('2026-06-17T16:30:00Z'))
    expect(await closeNoticesOfNight(office.office)).toBeGreaterThan(0)

    expect(await readNotice(notice.id)).toMatchObject({ state: 'CLOSED_CLEAN', closedOn: '2026-06-18' })
    expect(await Promise.all(people.map(stateOf))).toEqual(['TOWN_REVIEW', 'TOWN_REVIEW'])
    expect(await closeNoticesOfNight(office.office)).toBe(0)
  })

  it('lets those pass whom nobody objects to, and holds the one until it is decided', async () => {
    const { notice, people } = await postedList('P01', ['张一', '张二'])
    const objection = bodyOf<Objection>(
      await town.post('/api/v1/objections', {
        ...{ noticeId: notice.id, seq: 1, channel: 'WINDOW', receivedOn: '2026-06-08', text: '此人另有一子' },
      }),
      201,
    )
    expect(objection).toMatchObject({
      isAnonymous: true,
      objector: null,
      dueOn: '2026-06-23',
      state: 'RECEIVED',
    })
    const lines = bodyOf<Items<NoticeEntry>>(await subsidy.get(`${url}/${notice.id}/entries`), 200).items
    const held = people.find(({ application }) => application === lines[0]!.applicationId)!
    const free = people.find((each) => each !== held)!

    office.setNow(new Date('2026-06-18T02:00:00Z'))
    await closeNoticesOfNight(office.office)
    expect([await stateOf(held), await stateOf(free)]).toEqual(['VILLAGE_NOTICE', 'TOWN_REVIEW'])
    expect((await readNotice(notice.id)).state).toBe('OBJECTION_OPEN')

    const at = `/api/v1/objections/${objection.id}`
    const early = await otherTown.post(
      `${at}/decisions`,
      { isUpheld: true, reply: 'x' },
      { ifMatch: objection.version },
    )
    expect(codeOf(early)).toBe('objection-state')
    expect(
      (await village.post(`${at}/investigations`, { finding: 'x' }, { ifMatch: objection.version })).status,
    ).toBe(403)
    const found = bodyOf<Objection>(
      await town.post(`${at}/investigations`, { finding: '走访三户，属实' }, { ifMatch: objection.version }),
      201,
    )
    const own = await town.post(
      `${at}/decisions`,
      { isUpheld: true, reply: '属实' },
      { ifMatch: found.version },
    )
    expect(codeOf(own)).toBe('maker-is-checker')
    bodyOf(
      await otherTown.post(
        `${at}/decisions`,
        { isUpheld: true, reply: '属实，退回' },
        { ifMatch: found.version },
      ),
      201,
    )

    expect(await stateOf(held)).toBe('VILLAGE_OPINION')
    expect((await readNotice(notice.id)).state).toBe('CLOSED_WITH_OBJECTION')
  })

  it('goes on when an objection is not upheld, and is drawn anew when the whole list was wrong', async () => {
    const one = await postedList('P01', ['赵一'])
    const objected = async (noticeId: string, seq?: number) =>
      bodyOf<Objection>(
        await town.post('/api/v1/objections', {
          ...{
            noticeId,
            channel: 'PHONE',
            receivedOn: '2026-06-08',
            text: '不实',
            objector: { name: '孙某' },
            ...(seq && { seq }),
          },
        }),
        201,
      )
    async function decided(objection: Objection, isUpheld: boolean) {
      const at = `/api/v1/objections/${objection.id}`
      const found = bodyOf<Objection>(
        await town.post(`${at}/investigations`, { finding: '已核' }, { ifMatch: objection.version }),
        201,
      )
      return bodyOf<Objection>(
        await subsidy.post(`${at}/decisions`, { isUpheld, reply: '答复' }, { ifMatch: found.version }),
        201,
      )
    }
    const first = await objected(one.notice.id, 1)
    office.setNow(new Date('2026-06-18T02:00:00Z'))
    await closeNoticesOfNight(office.office)
    await decided(first, false)
    expect(await stateOf(one.people[0]!)).toBe('TOWN_REVIEW')
    expect((await readNotice(one.notice.id)).state).toBe('CLOSED_WITH_OBJECTION')

    const two = await postedList('P01', ['钱一'])
    await decided(await objected(two.notice.id), true)
    expect((await readNotice(two.notice.id)).state).toBe('VOID')
    expect(await stateOf(two.people[0]!)).toBe('VILLAGE_NOTICE')
    expect(
      bodyOf(
        await subsidy.post(url, { programme: 'P01', step: 'VILLAGE_NOTICE', division: places.village }),
        201,
      ),
    ).toEqual({
      notices: 1,
      entries: 1,
    })
  })

  it('is not closed when somebody changed the frozen list behind it', async () => {
    const { notice, people } = await postedList('P01', ['周一'], places.farVillage)
    await office.sql(`update notice_entries set masked_name = '他*' where notice_id = $1`, [notice.id])

    office.setNow(new Date('2026-06-18T02:00:00Z'))
    await closeNoticesOfNight(office.office)

    expect(await readNotice(notice.id)).toMatchObject({ state: 'POSTED', isIntact: false })
    expect(await stateOf(people[0]!)).toBe('VILLAGE_NOTICE')
  })

  it('keeps a photograph of the wall, and no other file', async () => {
    const { notice } = await postedList('P01', ['吴一'])
    const at = `${url}/${notice.id}/postings`
    const fields = { place: '村务公开栏', seenOn: '2026-06-08' }

    const text = await village.upload(at, fields, { name: 'a.png', content: 'not a picture' })
    const late = await village.upload(
      at,
      { ...fields, seenOn: '2026-06-09' },
      { name: 'a.png', content: plainPng },
    )
    bodyOf(await village.upload(at, fields, { name: '../../x.exe', content: telephonePng() }), 201)

    expect([codeOf(text), late.status]).toEqual(['attachment-type', 400])
    const { postingList } = await readNotice(notice.id)
    expect(postingList).toMatchObject([{ place: '村务公开栏' }])
    const photo = await village.get(`/api/v1/attachments/${postingList[0]!.photoId}/content`)
    expect(photo.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename*=UTF-8''x.png`,
    })
    expect(photo.text).not.toContain(device)
    const [kept] = await office.sql<{ plain: boolean; reads: number }>(
      `select position($1::bytea in content_cipher) > 0 as plain,
         (select count(*)::int from access_log where entity = 'attachment' and action = 'reveal' and entity_id = a.id) as reads
       from attachments a where id = $2`,
      [plainPng.subarray(0, 32), postingList[0]!.photoId],
    )
    expect(kept).toEqual({ plain: false, reads: 1 })
  })
})

describe('the notice board', () => {
  const secrets = ['idNumber', 'personId', 'applicationId', 'subject', 'phone', 'address', 'birth']

  it('shows everybody a masked list, and nothing that is not on it', async () => {
    const { notice, people } = await postedList('P01', ['郑小明'])

    const { text } = await office.stranger.get(`${board}/371121/notices/${notice.id}`)
    const shown = JSON.parse(text) as BoardNoticeDetail

    expect(shown.lines).toEqual([{ seq: 1, name: '郑*明', place: '洪凝社区', level: '', levelName: null }])
    expect(shown).toMatchObject({ count: 1, township: '洪凝街道', untilOn: '2026-06-17' })
    for (const secret of [...secrets, '郑小明', people[0]!.person, people[0]!.application])
      expect(text).not.toContain(secret)
    office.setNow(new Date('2026-06-17T16:30:00Z'))
    expect((await office.stranger.get(`${board}/371121/notices/${notice.id}`)).status).toBe(404)
    expect(await boardOf()).toEqual([])
  })

  it('names nobody of a bereaved family, and hides so few that it would tell of one', async () => {
    const few = await postedList('P02', ['冯一', '冯二'])
    const many = await postedList('P02', ['陈一', '陈二', '陈三', '陈四', '陈五'], places.nextVillage)

    const shown = await boardOf()

    expect(shown.map(({ id, count }) => [id, count]).sort()).toEqual(
      [
        [few.notice.id, null],
        [many.notice.id, 5],
      ].sort(),
    )
    const { text } = await office.stranger.get(`${board}/371121/notices/${many.notice.id}`)
    expect((JSON.parse(text) as BoardNoticeDetail).lines).toEqual([])
    expect(text).not.toMatch(/陈|A_DEATH|B_DISABILITY/)
    expect(
      await office.sql('select distinct masked_name, level from notice_entries where notice_id = any($1)', [
        [few.notice.id, many.notice.id],
      ]),
    ).toEqual([{ masked_name: null, level: '' }])
    const line = await office.stranger.post(`${board}/371121/notices/${many.notice.id}/objections`, {
      seq: 1,
      text: 'x',
    })
    expect(line.status).toBe(404)
  })

  it.each([
    ['drafts and past lists by id', (id: string) => `${board}/371121/notices/${id}`, 404],
    ['another county', (id: string) => `${board}/370321/notices/${id}`, 404],
    ['a filter it does not know', () => `${board}/371121/notices?state=DRAFT`, 400],
    ['a name', () => `${board}/371121/notices?q=%E6%9D%8E`, 400],
    ['a cursor of one’s own', () => `${board}/371121/notices?cursor=e30`, 400],
    [
      'what is said in a cursor',
      () =>
        `${board}/371121/notices?cursor=${Buffer.from(`["2026-06-08","' or true --"]`).toString('base64url')}`,
      400,
    ],
    ['the list inside', () => url, 401],
    ['the objections', () => '/api/v1/objections', 401],
    ['the lines inside', (id: string) => `${url}/${id}/entries`, 401],
  ])('gives no stranger %s', async (_, at, status) => {
    const [old] = await office.sql<{ id: string }>(
      `select id from public_notices where state = 'VOID' limit 1`,
    )

    expect((await office.stranger.get(at(old!.id))).status).toBe(status)
  })

  it('takes an objection from anybody, and shows the reply to who holds the code alone', async () => {
    const { notice } = await postedList('P01', ['褚一'])
    const said = { seq: 1, text: '不符合条件', objector: { name: '卫某', phone: '13800001234' } }

    const receipt = bodyOf<ObjectionReceipt>(
      await office.stranger.post(`${board}/371121/notices/${notice.id}/objections`, said),
      201,
    )

    expect(receipt.dueOn).toBe('2026-06-23')
    const [row] = bodyOf<Items<ObjectionRow>>(
      await town.get(`/api/v1/objections?noticeId=${notice.id}`),
      200,
    ).items
    expect(row).toMatchObject({ number: receipt.number, channel: 'PUBLIC_PAGE', isAnonymous: false })
    const full = bodyOf<Objection>(await town.get(`/api/v1/objections/${row!.id}`), 200)
    expect(full).toMatchObject({ text: said.text, objector: said.objector })
    expect((await farTown.get(`/api/v1/objections/${row!.id}`)).status).toBe(404)
    const ask = (code: string, county = 371121) =>
      office.stranger.post(`${board}/${county}/objection-replies`, { number: receipt.number, code })
    expect([(await ask('AAAAAAAAAAAA')).status, (await ask(receipt.code, 370321)).status]).toEqual([404, 404])
    expect(bodyOf<ObjectionReply>(await ask(receipt.code.toLowerCase()), 200)).toMatchObject({
      state: 'RECEIVED',
      reply: null,
    })
    const [kept] = await office.sql<{ plain: boolean }>(
      `select position(convert_to('卫某', 'UTF8') in content_cipher) > 0 as plain from objections where number = $1`,
      [receipt.number],
    )
    expect(kept!.plain).toBe(false)
  })
})
