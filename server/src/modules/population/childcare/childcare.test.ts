import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChildcareEnrolment, ChildcareInstitution } from '@youyu/shared/population/childcare'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Problem } from '@youyu/shared/errors'
import type { MotherInfantRoom } from '@youyu/shared/population/mother-infant-rooms'
import { openOffice, type Answer, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'
import { enrolmentFindings, monthsOld } from './enrolments/rules.ts'

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  office.setNow(new Date('2026-11-20T09:00:00+08:00'))
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const url = '/api/v1/childcare-institutions'
const rooms = '/api/v1/mother-infant-rooms'
const pointersOf = (answer: Answer) => (answer.body as Problem).errors?.map(({ pointer }) => pointer)
const itemsOf = <Item>(answer: Answer) => bodyOf<{ items: Item[] }>(answer, 200).items
const read = async (id: string) => bodyOf<ChildcareInstitution>(await officer.get(`${url}/${id}`), 200)

const garden = (given: object = {}) => ({
  name: '小苗托育园',
  kind: 'COMMUNITY',
  filingNumber: 'TY-371121-001',
  inclusive: true,
  places1: 1,
  feeMonthFen: 120_000,
  openedOn: '2024-03-01',
  divisionCode: places.village,
  ...given,
})
const open = async (given: object = {}) =>
  bodyOf<ChildcareInstitution>(await officer.post(url, garden(given)), 201)
const child = async (birthDate = '2025-01-15') => (await register(officer, { name: '赵小宝', birthDate })).id
const enrol = (id: string, body: object, query = '') => officer.post(`${url}/${id}/enrolments${query}`, body)

describe('a childcare institution', () => {
  test('is opened, changed against its version, and closed', async () => {
    const made = await open()
    const patch = (ifMatch: number, body: object) => officer.patch(`${url}/${made.id}`, body, { ifMatch })

    const changed = bodyOf<ChildcareInstitution>(await patch(1, { places2: 10, closedOn: '2026-10-01' }), 200)

    expect(made).toMatchObject({ places: 1, enrolled: 0, division: { name: '洪凝社区' }, findings: [] })
    expect(changed).toMatchObject({ places: 11, closedOn: '2026-10-01', version: 2 })
    expect((await patch(1, { staff: 3 })).status).toBe(412)
    const openNow = itemsOf<ChildcareInstitution>(await officer.get(`${url}?isOpen=true`))
    expect(openNow.map(({ id }) => id)).not.toContain(made.id)
  })

  test.each([
    ['/divisionCode', { divisionCode: places.otherCountyVillage }],
    ['/divisionCode', { divisionCode: '371121001999' }],
    ['/closedOn', { closedOn: '2024-03-01' }],
    ['/organisationId', { organisationId: '01900000-0000-7000-8000-0000000000ff' }],
    ['/kind', { kind: 'UNKNOWN' }],
    ['/feeMonthFen', { feeMonthFen: 12.5 }],
  ])('names the wrong field: %s', async (pointer, given) => {
    const answer = await officer.post(url, garden(given))

    expect([answer.status, pointersOf(answer)]).toEqual([400, [pointer]])
  })

  test('is made once under its key, and removed while nobody was enrolled', async () => {
    const key = 'institution-once-1'
    const first = bodyOf<ChildcareInstitution>(await officer.post(url, garden(), { key }), 201)
    const second = bodyOf<ChildcareInstitution>(await officer.post(url, garden(), { key }), 201)
    const used = await open()
    await enrol(used.id, { childId: await child(), fromOn: '2026-09-01' })

    expect(second).toEqual(first)
    expect((await officer.delete(`${url}/${first.id}`, { ifMatch: 1 })).status).toBe(204)
    expect((await officer.get(`${url}/${first.id}`)).status).toBe(404)
    expect((await officer.delete(`${url}/${used.id}`, { ifMatch: 1 })).status).toBe(409)
  })

  test('is seen in its area, and managed with the permission alone', async () => {
    const { id } = await open()
    const elsewhere = await office.officer('county_population', places.otherCounty)
    const village = await office.officer('village_worker', places.village)
    const far = await office.officer('village_worker', places.farVillage)

    expect((await elsewhere.get(`${url}/${id}`)).status).toBe(404)
    expect((await far.get(`${url}/${id}`)).status).toBe(404)
    expect((await village.get(`${url}/${id}`)).status).toBe(200)
    expect((await village.post(url, garden())).status).toBe(403)
    expect((await elsewhere.patch(`${url}/${id}`, { staff: 1 }, { ifMatch: 1 })).status).toBe(404)
    expect((await elsewhere.delete(`${url}/${id}`, { ifMatch: 1 })).status).toBe(404)
  })

  test('pages through all once', async () => {
    const far = { divisionCode: places.farVillage }
    const made = [await open(far), await open(far), await open(far)].map(({ id }) => id)

    const address = `${url}?limit=2&division=${places.otherTownship}`
    const first = bodyOf<{ items: ChildcareInstitution[]; nextCursor: string }>(
      await officer.get(address),
      200,
    )
    const rest = itemsOf<ChildcareInstitution>(await officer.get(`${address}&cursor=${first.nextCursor}`))

    expect([...first.items, ...rest].map(({ id }) => id).sort()).toEqual(made.sort())
  })
})

describe('an enrolment', () => {
  test('counts while the child comes; places, age and another place are findings', async () => {
    const [one, other] = [await open(), await open({ places1: 9 })]
    const childId = await child()
    const first = bodyOf<ChildcareEnrolment>(await enrol(one.id, { childId, fromOn: '2026-09-01' }), 201)

    const second = bodyOf<ChildcareEnrolment>(
      await enrol(one.id, { childId: await child('2023-08-01'), fromOn: '2026-09-02' }),
      201,
    )
    const elsewhere = bodyOf<ChildcareEnrolment>(
      await enrol(other.id, { childId, fromOn: '2026-10-01' }),
      201,
    )

    expect(first).toMatchObject({ ageMonthsAtEntry: 19, findings: [], child: { name: '赵小宝' } })
    expect(second).toMatchObject({ ageMonthsAtEntry: 37, findings: ['T1', 'T2'] })
    expect(elsewhere.findings).toEqual(['T3'])
    expect(await read(one.id)).toMatchObject({ enrolled: 2, findings: ['T1'] })
  })

  test('is ended by a correction that replaces it, and voided when it never was', async () => {
    const { id } = await open()
    const made = bodyOf<ChildcareEnrolment>(
      await enrol(id, { childId: await child(), fromOn: '2026-09-01' }),
      201,
    )
    const address = `/api/v1/childcare-enrolments/${made.id}`
    const correction = { set: { toOn: '2026-10-01' }, reason: '已离园' }

    const preview = bodyOf<EventPreview>(
      await officer.post(`${address}/corrections?dryRun=true`, correction),
      200,
    )
    expect(preview.changes).toMatchObject([{ after: '2026-09-01 – 2026-10-01' }])
    expect((await read(id)).enrolled).toBe(1)

    const ended = bodyOf<ChildcareEnrolment>(await officer.post(`${address}/corrections`, correction), 201)
    expect(ended).toMatchObject({ replaces: made.id, toOn: '2026-10-01' })
    expect((await officer.post(`${address}/void`, { reason: '误录' })).status).toBe(409)
    expect((await read(id)).enrolled).toBe(0)
    expect(itemsOf(await officer.get(`${url}/${id}/enrolments?current=true`))).toEqual([])

    const voided = await officer.post(`/api/v1/childcare-enrolments/${ended.id}/void`, { reason: '误录' })
    expect(bodyOf<ChildcareEnrolment>(voided, 201)).toMatchObject({ voidReason: '误录', findings: [] })
    expect(itemsOf(await officer.get(`${url}/${id}/enrolments`))).toEqual([])
  })

  test('names the wrong field, and is refused twice at the same place', async () => {
    const { id } = await open()
    const childId = await child()
    await enrol(id, { childId, fromOn: '2026-09-01' })

    expect(pointersOf(await enrol(id, { childId, fromOn: '2026-12-01' }))).toEqual(['/fromOn'])
    expect(pointersOf(await enrol(id, { childId, fromOn: '2024-12-01' }))).toEqual(['/fromOn'])
    expect(pointersOf(await enrol(id, { childId, fromOn: '2026-09-01', toOn: '2026-09-01' }))).toEqual([
      '/toOn',
    ])
    expect(
      pointersOf(await enrol(id, { childId: '01900000-0000-7000-8000-0000000000ff', fromOn: '2026-09-01' })),
    ).toEqual(['/childId'])
    expect((await enrol(id, { childId, fromOn: '2026-10-01' })).status).toBe(409)
  })

  test('is rehearsed without a trace, and made once under its key', async () => {
    const { id } = await open()
    const body = { childId: await child(), fromOn: '2026-09-01' }
    const key = 'enrolment-once-01'

    const preview = bodyOf<EventPreview>(await enrol(id, body, '?dryRun=true'), 200)
    expect(preview).toMatchObject({ book: [], findings: [] })
    expect((await read(id)).enrolled).toBe(0)

    const first = await officer.post(`${url}/${id}/enrolments`, body, { key })
    const second = await officer.post(`${url}/${id}/enrolments`, body, { key })
    expect(second.body).toEqual(first.body)
    expect((await read(id)).enrolled).toBe(1)
  })

  test('names no child to who may not see people', async () => {
    const { id } = await open()

    expect(
      (await (await office.officer('supervisor', places.county)).get(`${url}/${id}/enrolments`)).status,
    ).toBe(403)
    const elsewhere = await office.officer('county_population', places.otherCounty)
    expect((await elsewhere.get(`${url}/${id}/enrolments`)).status).toBe(404)
    expect(
      (await elsewhere.post(`${url}/${id}/enrolments`, { childId: id, fromOn: '2026-09-01' })).status,
    ).toBe(404)
  })

  test.each([
    ['2024-01-31', '2026-12-31', 35],
    ['2024-01-31', '2027-01-30', 35],
    ['2024-01-31', '2027-01-31', 36],
  ])('of a child born %s on %s is at %i months', (born, day, months) => {
    expect(monthsOld(born, day)).toBe(months)
    expect(enrolmentFindings({ places: 1, coming: 1, ageMonths: months, elsewhere: 0 })).toEqual(
      months >= 36 ? ['T2'] : [],
    )
  })
})

describe('a mother-infant room', () => {
  const room = (given: object = {}) => ({
    site: '五莲汽车站',
    siteKind: 'STATION',
    required: true,
    divisionCode: places.village,
    ...given,
  })
  const add = async (given: object = {}) =>
    bodyOf<MotherInfantRoom>(await officer.post(rooms, room(given)), 201)

  test('is wanted, opened, counted by kind and standard, and removed', async () => {
    const made = await add()
    const opening = { areaSquareMetres: 10, standardMet: true, openedOn: '2026-05-01' }

    const opened = bodyOf<MotherInfantRoom>(
      await officer.patch(`${rooms}/${made.id}`, opening, { ifMatch: 1 }),
      200,
    )

    expect(made).toMatchObject({ openedOn: null, standardMet: false, version: 1 })
    expect(opened).toMatchObject({ ...opening, version: 2 })
    const met = itemsOf<MotherInfantRoom>(await officer.get(`${rooms}?standardMet=true&siteKind=STATION`))
    expect(met.map(({ id }) => id)).toEqual([made.id])
    expect((await officer.patch(`${rooms}/${made.id}`, {}, { ifMatch: 1 })).status).toBe(412)
    expect((await officer.delete(`${rooms}/${made.id}`, { ifMatch: 2 })).status).toBe(204)
    expect((await officer.get(`${rooms}/${made.id}`)).status).toBe(404)
  })

  test('names the wrong field, and needs the area and the permission', async () => {
    const { id } = await add()
    const elsewhere = await office.officer('county_population', places.otherCounty)
    const village = await office.officer('village_worker', places.village)
    const key = 'room-once-000001'

    expect(pointersOf(await officer.post(rooms, room({ standardMet: true })))).toEqual(['/openedOn'])
    expect(pointersOf(await officer.post(rooms, room({ openedOn: '2027-01-01' })))).toEqual(['/openedOn'])
    expect((await elsewhere.get(`${rooms}/${id}`)).status).toBe(404)
    expect((await elsewhere.delete(`${rooms}/${id}`, { ifMatch: 1 })).status).toBe(404)
    expect((await village.post(rooms, room())).status).toBe(403)
    expect((await village.get(`${rooms}/${id}`)).status).toBe(200)
    const first = await officer.post(rooms, room(), { key })
    expect((await officer.post(rooms, room(), { key })).body).toEqual(first.body)
  })
})

test('the ten life stages are told to everybody who is signed in, as the project’s own list', async () => {
  const { body } = await (await office.officer('support_contact', places.village)).get('/api/v1/life-stages')
  const { isOwnList, items } = body as { isOwnList: boolean; items: { code: string; services: unknown[] }[] }

  expect(isOwnList).toBe(true)
  expect(items.map(({ code }) => code)).toEqual(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'])
  expect(items.every(({ services }) => services.length > 0)).toBe(true)
  expect((await office.stranger.get('/api/v1/life-stages')).status).toBe(401)
})
