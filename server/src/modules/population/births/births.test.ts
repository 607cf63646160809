import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Birth, BirthRow } from '@youyu/shared/population/births'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import { aBirth, openBirthDesk, type BirthDesk } from '../../../../test/births.ts'
import { postingsOf } from '../../../../test/book.ts'
import { faultsOf } from '../../../../test/bureau.ts'
import { bodyOf, idNumberFor, openHousehold, places, recounted, register } from '../../../../test/register.ts'

let desk: BirthDesk
beforeAll(async () => {
  desk = await openBirthDesk()
})
afterAll(() => desk.close())

describe('recording a birth', () => {
  test('registers the child where the mother lived, in her household, after her until there is a name', async () => {
    const mother = await desk.aWoman({ ethnicity: '03' })
    const father = await register(desk.officer, { name: '李强', sex: '1', birthDate: '1993-01-01' })
    const household = await openHousehold(desk.officer, { number: 'H-birth-1', headPersonId: father.id })
    await desk.officer.post(
      `/api/v1/households/${household.id}/members`,
      { personId: mother.id, relation: '1', on: '2016-01-01' },
      { ifMatch: household.version },
    )

    const birth = await desk.recorded({
      motherId: mother.id,
      fatherId: father.id,
      gestation: { weeks: 39, days: 2 },
    })
    const child = await desk.read(birth.child!.id)

    expect(birth).toMatchObject({
      orderOfMother: 1,
      motherAge: 31,
      gestationDays: 275,
      division: { code: places.village },
      hukou: { code: places.village },
      findings: [],
      isLate: false,
    })
    expect(child).toMatchObject({
      name: '王芳之子',
      birthDate: '2026-08-01',
      ethnicity: '03',
      residence: { code: places.village },
      residenceStatus: '1',
      householdId: household.id,
      relationToHead: '2',
      mother: { id: mother.id },
      father: { id: father.id },
    })
    expect(await postingsOf(desk.office, child.id)).toEqual([
      { village: places.village, day: '2026-08-01', kind: 'BIRTH', residence: 1, registered: 1 },
    ])
    const posted = await desk.office.sql('select kind from population_postings where person_id = $1', [
      child.id,
    ])
    expect(posted).toEqual([{ kind: 'BIRTH' }])
    const log = await desk.office.sql('select action, entity from access_log where entity_id = $1', [
      birth.id,
    ])
    expect(log).toEqual([{ action: 'create', entity: 'birth' }])
    await desk.closes()
  })

  test('sent eight times at once under one key is one birth, and one answer', async () => {
    const mother = await desk.aWoman()
    const send = () =>
      desk.officer.post('/api/v1/births', aBirth({ motherId: mother.id }), { key: 'a-birth-sent-at-once' })

    const answers = await Promise.all(Array.from({ length: 8 }, send))
    const again = await send()

    for (const { status } of answers) expect([201, 409]).toContain(status)
    const taken = answers.filter(({ status }) => status === 201)
    expect(taken.length).toBeGreaterThan(0)
    for (const { body } of taken) expect(body).toEqual(again.body)
    expect(await desk.office.sql('select from births where mother_id = $1', [mother.id])).toHaveLength(1)
    await desk.closes()
  })

  test('posts into its own month, however late, and says that it is late', async () => {
    const mother = await desk.aWoman()

    const birth = await desk.recorded({ motherId: mother.id, occurredOn: '2026-05-11' })

    expect(birth).toMatchObject({ isLate: true, findings: ['LATE'] })
    expect(await postingsOf(desk.office, birth.child!.id)).toMatchObject([
      { day: '2026-05-11', kind: 'BIRTH' },
    ])
    const [month] = await desk.office.sql<{ residence: number }>(
      `select residence from village_months where division_code = $1 and month = '2026-05-01' and kind = 'BIRTH'`,
      [places.village],
    )
    expect(month?.residence).toBe(1)
    await desk.closes()
  })

  test('takes the place from where the mother lived on the day, not from where she lives now', async () => {
    const mother = await desk.aWoman({ residenceDivision: places.farVillage, residenceStatus: '3' })
    await desk.officer.post(
      `/api/v1/persons/${mother.id}/residence-episodes`,
      { divisionCode: places.nextVillage, from: '2026-07-01', status: '3' },
      { ifMatch: 1 },
    )

    const birth = await desk.recorded({ motherId: mother.id, occurredOn: '2026-06-15' })

    expect(birth.division.code).toBe(places.farVillage)
    expect((await desk.read(birth.child!.id)).residenceStatus).toBe('3')
    await desk.closes()
  })

  test('is told first and changes nothing', async () => {
    const mother = await desk.aWoman()
    const before = await desk.office.sql('select count(*)::int as n from persons')

    const preview = bodyOf<EventPreview>(await desk.record({ motherId: mother.id }, '?dryRun=true'), 200)

    expect(preview.book).toEqual([
      {
        division: { code: places.village, name: '洪凝社区' },
        ...{ month: '2026-08-01', kind: 'BIRTH', residence: 1, registered: 1, isClosed: false },
      },
    ])
    expect(preview.changes).toContainEqual(
      expect.objectContaining({ entity: 'person', field: 'name', before: null, after: '王芳之子' }),
    )
    expect(await desk.office.sql('select count(*)::int as n from persons')).toEqual(before)
    expect(await desk.office.sql('select id from births where mother_id = $1', [mother.id])).toEqual([])
  })

  test('counts the order of the children, twins by their sequence', async () => {
    const mother = await desk.aWoman()
    const first = await register(desk.officer, { birthDate: '2020-01-01', motherId: mother.id })
    const one = await desk.recorded({ motherId: mother.id, plurality: 2, sequence: 1 })
    const two = await desk.recorded({ motherId: mother.id, plurality: 2, sequence: 2, sex: '2' })
    const late = await desk.recorded({
      childId: first.id,
      child: undefined,
      motherId: mother.id,
      occurredOn: '2020-01-01',
      sex: '2',
    })

    expect([one, two, late].map(({ orderOfMother, findings }) => [orderOfMother, findings])).toEqual([
      [2, []],
      [3, []],
      [1, ['LATE']],
    ])
    expect(two.child?.name).toBe('王芳之女')
    await desk.closes()
  })

  test('links a child who is registered already: her record follows and the entry becomes a birth', async () => {
    const mother = await desk.aWoman()
    const child = await register(desk.officer, {
      name: '小明',
      sex: '1',
      birthDate: '2026-08-02',
      residenceDivision: places.nextVillage,
      idNumber: null,
    })

    const birth = await desk.recorded({ motherId: mother.id, childId: child.id, child: undefined })

    expect(birth).toMatchObject({ child: { id: child.id, name: '小明' }, findings: ['B09'] })
    expect(await desk.read(child.id)).toMatchObject({
      birthDate: '2026-08-01',
      mother: { id: mother.id },
      residence: { code: places.village },
      version: 2,
    })
    expect(await postingsOf(desk.office, child.id)).toEqual([
      { village: places.village, day: '2026-08-01', kind: 'BIRTH', residence: 1, registered: 1 },
    ])
    await desk.closes()
  })

  test('counts nobody for a child who was not born alive', async () => {
    const mother = await desk.aWoman()
    const before = await recounted(desk.office)

    const birth = await desk.recorded({ motherId: mother.id, outcome: 'STILLBIRTH', child: undefined })

    expect(birth).toMatchObject({ child: null, orderOfMother: null })
    expect(await recounted(desk.office)).toEqual(before)
    await desk.closes()
  })

  test('happens once for one key', async () => {
    const mother = await desk.aWoman()
    const body = aBirth({ motherId: mother.id })

    const first = await desk.officer.post('/api/v1/births', body, { key: 'birth-once' })
    const second = await desk.officer.post('/api/v1/births', body, { key: 'birth-once' })

    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
  })

  test.each([
    ['a day to come', { occurredOn: '2026-08-21' }, '/occurredOn', 'invalid-date'],
    ['a mother of eleven', { occurredOn: '2006-09-01' }, '/motherId', 'mother-age-impossible'],
    ['more children than the delivery had', { sequence: 2 }, '/sequence', 'invalid-value'],
    [
      'a certificate from before the birth',
      { certificateIssuedOn: '2026-07-01' },
      '/certificateIssuedOn',
      'invalid-date',
    ],
    ['a live birth without a child', { child: undefined }, '/child', 'required'],
    ['a stillbirth with a child', { outcome: 'STILLBIRTH' }, '/child', 'invalid-value'],
    ['a wrong number', { child: { idNumber: '991121202608010000' } }, '/child/idNumber', 'invalid-id-number'],
    ['an unknown place', { divisionCode: '371121999999' }, '/divisionCode', 'unknown-division'],
    ['an unknown father', { fatherId: '018f0000-0000-7000-8000-00000000000b' }, '/fatherId', 'not-found'],
    [
      'an unknown facility',
      { facilityId: '018f0000-0000-7000-8000-00000000000b' },
      '/facilityId',
      'not-found',
    ],
    [
      'an unknown pregnancy',
      { pregnancyId: '018f0000-0000-7000-8000-00000000000b' },
      '/pregnancyId',
      'not-found',
    ],
    ['a weight that nobody has', { weightGrams: 250 }, '/weightGrams', 'invalid-value'],
    ['a word on policy', { inPolicy: true }, '/inPolicy', 'unknown-field'],
  ])('refuses %s', async (_, given, pointer, code) => {
    const mother = await desk.aWoman()

    const answer = await desk.record({ motherId: mother.id, ...given })

    expect([answer.status, faultsOf(answer)]).toEqual([400, [[pointer, code]]])
  })

  test('refuses a child with two births, a certificate used twice and a place unknown without a mother', async () => {
    const mother = await desk.aWoman()
    const certificate = { certificateNumber: 'x320101001' }
    const birth = await desk.recorded({ motherId: mother.id, ...certificate })

    const again = await desk.record({ childId: birth.child!.id, child: undefined })
    const twice = await desk.record({ motherId: (await desk.aWoman()).id, ...certificate })
    const nowhere = await desk.record({})

    expect(faultsOf(again)).toContainEqual(['/childId', 'already-exists'])
    expect(faultsOf(twice)).toEqual([['/certificateNumber', 'already-exists']])
    expect(faultsOf(nowhere)).toEqual([['/divisionCode', 'required']])
    expect(faultsOf(await desk.record({ motherId: mother.id }))).toEqual([['/sequence', 'already-exists']])
  })

  test('keeps what is odd and says it', async () => {
    const mother = await desk.aWoman()
    await desk.recorded({ motherId: mother.id, occurredOn: '2026-03-01' })

    const birth = await desk.recorded({
      motherId: mother.id,
      orderOfMother: 4,
      gestation: { weeks: 40 },
      weightGrams: 700,
      child: { idNumber: idNumberFor('2026-08-02', '1') },
    })

    expect(birth.findings).toEqual(['F2', 'B10', 'V3', 'V5'])
    expect((await desk.read(birth.child!.id)).findings).toEqual(['I2'])
  })

  test('needs the permission, and a mother inside the area', async () => {
    const mother = await desk.aWoman()
    const viewer = await desk.office.officer('county_manager', places.county)
    const elsewhere = await desk.office.officer('township_worker', places.otherTownship)
    const body = aBirth({ motherId: mother.id })

    expect((await viewer.post('/api/v1/births', body)).status).toBe(403)
    expect(faultsOf(await elsewhere.post('/api/v1/births', body))).toContainEqual(['/motherId', 'not-found'])
  })
})

describe('the births of an area', () => {
  test('are listed the latest first, by place, page for page, and invisible elsewhere', async () => {
    const mother = await desk.aWoman({
      residenceDivision: places.farVillage,
      hukouDivision: places.farVillage,
    })
    for (const occurredOn of ['2019-05-01', '2021-05-01', '2024-05-01'])
      await desk.recorded({ motherId: mother.id, occurredOn })
    const far = await desk.office.officer('village_worker', places.farVillage)
    const near = await desk.office.officer('township_worker', places.street)
    const abroad = await desk.office.officer('county_population', places.otherCounty)

    const url = `/api/v1/births?motherId=${mother.id}`
    const first = bodyOf<{ items: BirthRow[]; nextCursor: string }>(await far.get(`${url}&limit=2`), 200)
    const second = bodyOf<{ items: BirthRow[] }>(
      await far.get(`${url}&limit=2&cursor=${first.nextCursor}`),
      200,
    )
    const ofPlace = await desk.officer.get(
      `/api/v1/births?division=${places.farVillage}&to=2021-12-31&from=2021-01-01`,
    )

    const days = (items: BirthRow[]) => items.map(({ occurredOn }) => occurredOn)
    expect([days(first.items), days(second.items)]).toEqual([['2024-05-01', '2021-05-01'], ['2019-05-01']])
    expect(days((ofPlace.body as { items: BirthRow[] }).items)).toEqual(['2021-05-01'])
    expect((await near.get(url)).body).toMatchObject({ items: [] })
    const [{ id } = { id: '' }] = first.items
    expect((await near.get(`/api/v1/births/${id}`)).status).toBe(404)
    expect((await abroad.get(`/api/v1/births/${id}`)).status).toBe(404)
    expect((await far.get(`/api/v1/births/${id}`)).status).toBe(200)
  })

  test('are masked for a reporter who is not cleared', async () => {
    const mother = await desk.aWoman()
    const reporter = await desk.office.officer('midwifery_reporter', places.county)

    const birth = bodyOf<Birth>(await reporter.post('/api/v1/births', aBirth({ motherId: mother.id })), 201)

    expect(birth).toMatchObject({ mother: { name: '王*' }, occurredOn: '2026-08' })
    expect((await reporter.get('/api/v1/births')).status).toBe(403)
  })
})
