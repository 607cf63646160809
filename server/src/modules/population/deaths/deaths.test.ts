import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { Death, DeathRow } from '@youyu/shared/population/deaths'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import { postingsOf } from '../../../../test/book.ts'
import { faultsOf, openBureau, type Bureau } from '../../../../test/bureau.ts'
import type { Officer } from '../../../../test/office.ts'
import { bodyOf, places, register } from '../../../../test/register.ts'

let bureau: Bureau
let clinician: Officer
beforeAll(async () => {
  bureau = await openBureau()
  clinician = await bureau.office.officer('station_clinician', places.county)
})
afterAll(() => bureau.close())

const cause = 'C53.900'

const somebodyOld = (given: object = {}) =>
  register(bureau.officer, {
    name: '孙桂英',
    birthDate: '1940-02-03',
    residenceSince: '1960-01-01',
    ...given,
  })
const aDeath = (personId: string, given: object = {}) => ({
  ...{ personId, occurredOn: '2026-08-10', place: 'HOME', reporter: 'VILLAGE' },
  ...given,
})
const record = (personId: string, given: object = {}, query = '') =>
  bureau.officer.post(`/api/v1/deaths${query}`, aDeath(personId, given))
const recorded = async (personId: string, given: object = {}) =>
  bodyOf<Death>(await record(personId, given), 201)

describe('recording a death', () => {
  test('takes the person out of the living and out of her village on the day', async () => {
    const person = await somebodyOld()

    const death = await recorded(person.id)

    expect(death).toMatchObject({
      ...{ age: 86, infantAgeDays: null, division: { code: places.village }, hasCause: false },
      ...{ findings: [], isLate: false },
    })
    expect(await bureau.read(person.id)).toMatchObject({ status: 'DECEASED', version: 2 })
    expect(await postingsOf(bureau.office, person.id)).toMatchObject([
      { kind: 'OPENING', residence: 1, registered: 1 },
      { kind: 'DEATH', day: '2026-08-10', village: places.village, residence: -1, registered: -1 },
    ])
    await bureau.closes()
  })

  test('counts where she lived on the day, however late it is told', async () => {
    const person = await somebodyOld({ residenceDivision: places.nextVillage, residenceStatus: '3' })
    await bureau.officer.post(
      `/api/v1/persons/${person.id}/residence-episodes`,
      { divisionCode: places.farVillage, from: '2026-07-01', status: '3' },
      { ifMatch: 1 },
    )

    const death = await recorded(person.id, { occurredOn: '2026-05-20' })

    expect(death).toMatchObject({
      ...{ division: { code: places.nextVillage }, hukou: { code: places.village } },
      ...{ findings: ['V2', 'LATE'], isLate: true },
    })
    await bureau.closes()
  })

  test('is told first and changes nothing', async () => {
    const person = await somebodyOld()

    const answer = await record(person.id, { causeIcd10: cause }, '?dryRun=true')
    const preview = bodyOf<EventPreview>(answer, 200)

    expect(preview.book).toMatchObject([
      { month: '2026-08-01', kind: 'DEATH', residence: -1, registered: -1 },
    ])
    expect(preview.changes).toContainEqual(
      expect.objectContaining({ entity: 'person', field: 'status', before: 'ACTIVE', after: 'DECEASED' }),
    )
    expect(answer.text).not.toContain(cause)
    expect(await bureau.read(person.id)).toEqual(person)
    await bureau.closes()
  })

  test('proposes the widowhood of the spouse and does nothing about it', async () => {
    const [wife, husband] = [
      await somebodyOld({ maritalStatus: '21' }),
      await somebodyOld({ sex: '1', maritalStatus: '21' }),
    ]
    await bureau.office.sql(
      `insert into marriage_events (county_code, id, event, occurred_on, party_a, party_b, age_a, age_b, sex_a, sex_b, division_a, recorded_at, source)
       values (371121, gen_random_uuid(), 'MARRY', '1962-01-01', $1, $2, 22, 22, '2', '1', $3, now(), 'MANUAL')`,
      [wife.id, husband.id, places.village],
    )

    const death = await recorded(husband.id)

    expect(death.findings).toEqual(['WIDOW'])
    expect(await bureau.read(wife.id)).toMatchObject({ maritalStatus: '21', version: 1 })
  })

  test('happens once for one key, and once for one person', async () => {
    const person = await somebodyOld()
    const body = aDeath(person.id)

    const first = await bureau.officer.post('/api/v1/deaths', body, { key: 'death-once' })
    const second = await bureau.officer.post('/api/v1/deaths', body, { key: 'death-once' })

    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
    expect(faultsOf(await record(person.id))).toEqual([['/personId', 'already-exists']])
  })

  test.each([
    ['a day to come', { occurredOn: '2026-08-21' }, '/occurredOn', 'invalid-date'],
    ['a day before the birth', { occurredOn: '1940-02-02' }, '/occurredOn', 'invalid-date'],
    ['a maternal death at 86', { maternal: 'DIRECT' }, '/maternal', 'invalid-value'],
    ['a cause that is no code', { causeIcd10: '癌症' }, '/causeIcd10', 'invalid-value'],
    ['nobody', { personId: '018f0000-0000-7000-8000-00000000000b' }, '/personId', 'not-found'],
  ])('refuses %s', async (_, given, pointer, code) => {
    const person = await somebodyOld()

    const answer = await record(person.id, given)

    expect([answer.status, faultsOf(answer)]).toEqual([400, [[pointer, code]]])
  })

  test('needs the permission, and a person inside the area', async () => {
    const person = await somebodyOld()
    const manager = await bureau.office.officer('county_manager', places.county)
    const elsewhere = await bureau.office.officer('township_worker', places.otherTownship)

    expect((await manager.post('/api/v1/deaths', aDeath(person.id))).status).toBe(403)
    expect(faultsOf(await elsewhere.post('/api/v1/deaths', aDeath(person.id)))).toEqual([
      ['/personId', 'not-found'],
    ])
  })
})

describe('the cause of a death', () => {
  const ask = (who: Officer, id: string) =>
    who.post(`/api/v1/deaths/${id}/cause`, { purpose: 'SERVICE', reason: '随访' })

  test('is read by who treats, each look logged, and by nobody else', async () => {
    const death = await recorded((await somebodyOld()).id, { causeIcd10: cause })

    const known = await ask(clinician, death.id)
    const refused = await ask(bureau.officer, death.id)

    expect(known.body).toEqual({ causeIcd10: cause })
    expect(refused.status).toBe(403)
    const log = await bureau.office.sql(
      `select action, entity, fields, purpose from access_log where entity_id = $1 and action = 'reveal'`,
      [death.id],
    )
    expect(log).toEqual([{ action: 'reveal', entity: 'death', fields: ['cause'], purpose: 'SERVICE' }])
  })

  test('is in no answer to the bureau, in no list, and not plain in the database', async () => {
    const death = await recorded((await somebodyOld()).id, { causeIcd10: cause })

    const answers = [
      await bureau.officer.get(`/api/v1/deaths/${death.id}`),
      await bureau.officer.get('/api/v1/deaths'),
      await bureau.officer.get(`/api/v1/persons/${death.person.id}/history`),
    ]

    expect(death.hasCause).toBe(true)
    for (const { text } of answers) expect(text).not.toContain(cause)
    const rows = await bureau.office.sql<{ kept: string }>(
      `select d::text as kept from deaths d union all select f::text from person_facts f union all select a::text from access_log a
       union all select k::text from idempotency_keys k`,
    )
    const inHex = Buffer.from(cause).toString('hex')
    for (const { kept } of rows) {
      expect(kept).not.toContain(cause)
      expect(kept).not.toContain(inHex)
    }
  })

  test('moves along when the death is corrected', async () => {
    const death = await recorded((await somebodyOld()).id, { causeIcd10: cause })

    const right = bodyOf<Death>(
      await bureau.officer.post(`/api/v1/deaths/${death.id}/corrections`, {
        set: { place: 'HOSPITAL' },
        reason: '核实',
      }),
      201,
    )

    expect((await ask(clinician, right.id)).body).toEqual({ causeIcd10: cause })
  })

  test('needs a purpose that the role has', async () => {
    const death = await recorded((await somebodyOld()).id, { causeIcd10: cause })

    const answer = await clinician.post(`/api/v1/deaths/${death.id}/cause`, {
      purpose: 'AUDIT',
      reason: '看',
    })

    expect((answer.body as Problem).code).toBe('purpose-required')
  })
})

describe('correcting and voiding a death', () => {
  test('moves it to the right month', async () => {
    const death = await recorded((await somebodyOld()).id, { occurredOn: '2026-07-31' })
    const body = { set: { occurredOn: '2026-08-01', reporter: 'HEALTH' }, reason: '死亡证明' }

    const preview = bodyOf<EventPreview>(
      await bureau.officer.post(`/api/v1/deaths/${death.id}/corrections?dryRun=true`, body),
      200,
    )
    const right = bodyOf<Death>(
      await bureau.officer.post(`/api/v1/deaths/${death.id}/corrections`, body),
      201,
    )

    expect(preview.book.map(({ month, residence }) => [month, residence])).toEqual([
      ['2026-07-01', 1],
      ['2026-08-01', -1],
    ])
    expect(right).toMatchObject({ occurredOn: '2026-08-01', reporter: 'HEALTH', replaces: death.id })
    expect(bodyOf<Death>(await bureau.officer.get(`/api/v1/deaths/${death.id}`), 200)).toMatchObject({
      ...{ voidReason: '死亡证明', replacedBy: right.id },
    })
    await bureau.closes()
  })

  test('brings the person back to where she lived', async () => {
    const person = await somebodyOld()
    const death = await recorded(person.id)

    bodyOf(await bureau.officer.post(`/api/v1/deaths/${death.id}/void`, { reason: '同名误登' }), 201)

    expect(await bureau.read(person.id)).toMatchObject({ status: 'ACTIVE', residence: person.residence })
    expect(await postingsOf(bureau.office, person.id)).toMatchObject([{ kind: 'OPENING', residence: 1 }])
    await bureau.closes()
    expect((await record(person.id)).status).toBe(201)
  })

  test('names the wrong field, needs the permission, and happens to what still stands', async () => {
    const death = await recorded((await somebodyOld()).id)
    const village = await bureau.office.officer('village_worker', places.village)
    const correct = (who: Officer, set: object) =>
      who.post(`/api/v1/deaths/${death.id}/corrections`, { set, reason: '试' })

    expect(faultsOf(await correct(bureau.officer, { occurredOn: '2027-01-01' }))).toEqual([
      ['/set/occurredOn', 'invalid-date'],
    ])
    expect((await correct(village, { place: 'HOME' })).status).toBe(403)
    await bureau.officer.post(`/api/v1/deaths/${death.id}/void`, { reason: '误' })
    expect((await correct(bureau.officer, { place: 'HOME' })).status).toBe(409)
  })
})

describe('the deaths of an area', () => {
  test('are listed the latest first, filtered, and invisible elsewhere', async () => {
    const infant = await register(bureau.officer, {
      ...{ birthDate: '2026-08-01', residenceDivision: places.farVillage, hukouDivision: places.farVillage },
    })
    const death = await recorded(infant.id, { occurredOn: '2026-08-04' })
    const near = await bureau.office.officer('township_worker', places.street)
    const far = await bureau.office.officer('village_worker', places.farVillage)

    const { items } = (await far.get('/api/v1/deaths?infant=true')).body as { items: DeathRow[] }

    expect(items).toMatchObject([{ id: death.id, age: 0, infantAgeDays: 3 }])
    expect((await near.get(`/api/v1/deaths/${death.id}`)).status).toBe(404)
    expect((await near.get('/api/v1/deaths?infant=true')).body).toMatchObject({ items: [] })
  })
})
