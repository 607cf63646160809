import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BirthRegistration, BirthRegistrationRow } from '@youyu/shared/population/birth-registrations'
import type { Problem } from '@youyu/shared/errors'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import { openOffice, type Answer, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'

let office: TestOffice
let clerk: Officer
let agent: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  office.setNow(new Date('2026-11-20T09:00:00+08:00'))
  clerk = await office.officer('county_population', places.county)
  agent = await office.officer('village_worker', places.village)
})
afterAll(async () => await office.close())

const url = '/api/v1/birth-registrations'
const nobody = '01900000-0000-7000-8000-0000000000ff'
const pointersOf = (answer: Answer) => (answer.body as Problem).errors?.map(({ pointer }) => pointer)
const itemsOf = <Item>(answer: Answer) => bodyOf<{ items: Item[] }>(answer, 200).items
const read = async (id: string) => bodyOf<BirthRegistration>(await clerk.get(`${url}/${id}`), 200)
const personId = async (given: Parameters<typeof register>[1] = {}) =>
  (await register(clerk, { name: '李秀英', ...given })).id

async function file(given: object = {}): Promise<BirthRegistration> {
  const registrantId = await personId()
  const body = {
    registrantId,
    purpose: 'PREGNANT',
    expectedOn: '2027-03-08',
    channel: 'SELF_ONLINE',
    ...given,
  }
  return bodyOf<BirthRegistration>(await clerk.post(url, body), 201)
}

async function insertBirth(motherId: string, occurredOn: string): Promise<string> {
  const child = await register(clerk, { name: '李宝', birthDate: occurredOn })
  const [birth] = await office.sql<{ id: string }>(
    `insert into births (county_code, id, child_id, mother_id, occurred_on, outcome, sex, plurality, sequence, place, division_code, hukou_division, recorded_at, source)
     values (371121, gen_random_uuid(), $1, $2, $3, 'LIVE', '2', 1, 1, 'HOSPITAL', $4, $4, now(), 'MANUAL') returning id`,
    [child.id, motherId, occurredOn, places.village],
  )
  return birth!.id
}

describe('a birth registration', () => {
  test('is registered in the same request, with a number and with offers', async () => {
    await clerk.post('/api/v1/organisations', {
      code: 'H-1',
      type: 'ORG-H',
      name: '五莲县人民医院',
      divisionCode: places.county,
      midwiferyLicence: true,
    })

    const made = await file()

    expect(made).toMatchObject({
      status: 'REGISTERED',
      missing: [],
      registrant: { name: '李秀英' },
      offers: ['ANTENATAL_BOOKING', 'FOLIC_ACID', 'HOSPITALS', 'CHILDCARE_SUBSIDY'],
      hospitals: [{ name: '五莲县人民医院' }],
      version: 1,
    })
    expect(made.number).toMatch(/^3711212026[0-9A-Z]{10}$/)
    expect(itemsOf<BirthRegistrationRow>(await clerk.get(`${url}?number=${made.number}`))).toMatchObject([
      { id: made.id },
    ])
  })

  test.each([
    ['an unmarried woman', { maritalStatus: '10' }, {}],
    ['a woman whose hukou is elsewhere', { hukouDivision: places.capital, residenceStatus: '3' }, {}],
    ['a father', { sex: '1' }, {}],
    ['somebody without a number', { idNumber: null }, {}],
    ['a ninth child', {}, { childOrder: 9 }],
    ['a child born nine years ago', {}, { purpose: 'BORN', bornOn: '2017-01-01' }],
  ] as const)('is registered for %s', async (_, person, given) => {
    expect((await file({ registrantId: await personId(person), ...given })).status).toBe('REGISTERED')
  })

  test('knows no permit, no policy and no refusal', async () => {
    const { id, version } = await file()
    const registrantId = await personId()

    for (const field of [
      'permitNumber',
      'policy',
      'isWithinPolicy',
      'marriageCertificate',
      'fine',
      'expiresOn',
    ]) {
      const answer = await clerk.post(url, {
        registrantId,
        purpose: 'PLANNING',
        channel: 'STATION',
        [field]: '1',
      })
      expect([field, answer.status]).toEqual([field, 400])
    }
    for (const deed of ['void', 'refusal', 'refuse', 'reject', 'approval', 'expiry', 'revocation'])
      expect([deed, (await clerk.post(`${url}/${id}/${deed}`, {}, { ifMatch: version })).status]).toEqual([
        deed,
        404,
      ])
    expect((await clerk.delete(`${url}/${id}`, { ifMatch: version })).status).toBe(405)
    await expect(
      office.sql(`update birth_registrations set status = 'REJECTED' where id = $1`, [id]),
    ).rejects.toThrow(/birth_registrations_status/)
    const columns = await office.sql(
      `select column_name from information_schema.columns where table_name = 'birth_registrations' and column_name ~ 'permit|policy|fine|refus|expir|marri'`,
    )
    expect(columns).toEqual([])
  })

  test('is returned with everything that is missing, and registered once completed', async () => {
    const body = { purpose: 'PREGNANT', channel: 'VILLAGE_AGENT' }

    const without = await agent.post(url, body)
    const returned = bodyOf<BirthRegistration>(
      await agent.post(url, { ...body, divisionCode: places.village }),
      201,
    )
    const completion = {
      registrantId: await personId(),
      expectedOn: '2027-03-08',
      authorisation: '本人书面委托',
      authorisedOn: '2026-11-19',
    }
    const complete = (ifMatch: number) =>
      agent.post(`${url}/${returned.id}/completion`, completion, { ifMatch })
    const half = bodyOf<BirthRegistration>(
      await agent.post(`${url}/${returned.id}/completion`, { expectedOn: '2027-03-08' }, { ifMatch: 1 }),
      200,
    )
    const registered = bodyOf<BirthRegistration>(await complete(2), 200)

    expect(pointersOf(without)).toEqual(['/divisionCode'])
    expect(returned).toMatchObject({
      status: 'RETURNED_FOR_COMPLETION',
      missing: ['registrant', 'authorisation', 'date'],
      number: null,
      offers: [],
    })
    expect(half).toMatchObject({
      status: 'RETURNED_FOR_COMPLETION',
      missing: ['registrant', 'authorisation'],
    })
    expect(registered).toMatchObject({ status: 'REGISTERED', missing: [], version: 3 })
    expect((await complete(2)).status).toBe(412)
    expect((await complete(3)).status).toBe(409)
  })

  test.each([
    ['/registrantId', { registrantId: nobody }],
    ['/partnerId', { partnerId: nobody }],
    ['/bornOn', { purpose: 'BORN', bornOn: '2026-11-21' }],
    ['/divisionCode', { divisionCode: places.otherCountyVillage }],
    ['/purpose', { purpose: 'SECOND_CHILD' }],
  ])('names the wrong field: %s', async (pointer, given) => {
    const answer = await clerk.post(url, {
      registrantId: await personId(),
      purpose: 'PREGNANT',
      expectedOn: '2027-03-08',
      channel: 'STATION',
      ...given,
    })

    expect([answer.status, pointersOf(answer)]).toEqual([400, [pointer]])
  })

  test('registered a second time, by either of the couple, is answered with the first', async () => {
    const [registrantId, partnerId] = [await personId(), await personId({ sex: '1' })]
    const first = await file({ registrantId, partnerId })

    const second = await clerk.post(url, {
      registrantId: partnerId,
      purpose: 'PREGNANT',
      expectedOn: '2027-03-20',
      channel: 'STATION',
    })

    expect(bodyOf<BirthRegistration>(second, 200)).toMatchObject({ id: first.id, number: first.number })
  })

  test('is made once under its key', async () => {
    const body = { registrantId: await personId(), purpose: 'PLANNING', channel: 'STATION' }
    const key = 'registration-once-1'

    const first = bodyOf<BirthRegistration>(await clerk.post(url, body, { key }), 201)
    const second = bodyOf<BirthRegistration>(await clerk.post(url, body, { key }), 201)

    expect(second).toEqual(first)
  })

  test('is corrected at the registrant’s wish, and how it came to be is kept', async () => {
    const { id } = await file({ expectedOn: null, lastMenstruationOn: '2026-06-01' })
    const correct = (body: object, ifMatch: number) =>
      clerk.post(`${url}/${id}/correction`, body, { ifMatch })

    const corrected = bodyOf<BirthRegistration>(
      await correct({ lastMenstruationOn: '2026-06-08', childOrder: 2, reason: '本人更正' }, 1),
      200,
    )
    const blanked = await correct({ expectedOn: null, lastMenstruationOn: null }, 2)

    expect(corrected).toMatchObject({
      status: 'REGISTERED',
      expectedOn: '2027-03-15',
      childOrder: 2,
      version: 2,
    })
    expect(pointersOf(blanked)).toEqual(['/expectedOn'])
    expect((await correct({ childOrder: 1 }, 1)).status).toBe(412)
    expect(itemsOf(await clerk.get(`${url}/${id}/versions`))).toMatchObject([
      { version: 2, event: 'CORRECT', fields: ['lastMenstruationOn', 'childOrder'], reason: '本人更正' },
      { version: 1, event: 'SUBMIT' },
    ])
  })

  test('is withdrawn without a reason, and may be made anew', async () => {
    const made = await file()
    const withdraw = (ifMatch: number) => clerk.post(`${url}/${made.id}/withdrawal`, {}, { ifMatch })

    expect(bodyOf<BirthRegistration>(await withdraw(1), 200)).toMatchObject({
      status: 'WITHDRAWN',
      offers: [],
    })
    expect((await withdraw(2)).status).toBe(409)
    expect((await file({ registrantId: made.registrant!.id })).id).not.toBe(made.id)
  })

  test('is joined with the birth it announced, by hand only with a birth of the couple', async () => {
    const made = await file({ expectedOn: '2026-10-08' })
    const [own, strangers] = [
      await insertBirth(made.registrant!.id, '2026-10-01'),
      await insertBirth(await personId(), '2026-10-01'),
    ]
    const link = (birthId: string) => clerk.post(`${url}/${made.id}/link`, { birthId }, { ifMatch: 1 })

    expect(pointersOf(await link(strangers))).toEqual(['/birthId'])
    expect(bodyOf<BirthRegistration>(await link(own), 200)).toMatchObject({
      status: 'LINKED_TO_BIRTH',
      birthId: own,
      offers: ['CHILDCARE_SUBSIDY', 'CHILDCARE_PLACES'],
    })
  })

  test('is joined by itself when the birth is recorded, and follows its correction and its voiding', async () => {
    const motherId = await personId()
    const near = await file({ registrantId: motherId, expectedOn: '2026-10-08' })
    const planned = await file({ registrantId: motherId, purpose: 'PLANNING', expectedOn: null })
    const birth = { motherId, occurredOn: '2026-10-01', sex: '2', place: 'HOSPITAL', child: {} }
    const idOf = (answer: Answer) => bodyOf<{ id: string }>(answer, 201).id

    const preview = bodyOf<EventPreview>(await clerk.post('/api/v1/births?dryRun=true', birth), 200)
    expect(preview.changes).toContainEqual({
      ...{ entity: 'registration', id: near.id, label: near.number, field: 'status' },
      ...{ before: 'REGISTERED', after: 'LINKED_TO_BIRTH' },
    })
    const birthId = idOf(await clerk.post('/api/v1/births', birth))
    expect(await read(near.id)).toMatchObject({ status: 'LINKED_TO_BIRTH', birthId, version: 2 })
    expect((await read(planned.id)).status).toBe('REGISTERED')

    const correction = { set: { weightGrams: 3200 }, reason: '补录' }
    const rightId = idOf(await clerk.post(`/api/v1/births/${birthId}/corrections`, correction))
    expect((await read(near.id)).birthId).toBe(rightId)
    await clerk.post(`/api/v1/births/${rightId}/void`, { reason: '误录' })
    expect(await read(near.id)).toMatchObject({ status: 'REGISTERED', birthId: null, version: 4 })
    expect(itemsOf(await clerk.get(`${url}/${near.id}/versions`))).toHaveLength(4)
  })

  test('of a child known already is joined at once', async () => {
    const motherId = await personId()
    const birthId = await insertBirth(motherId, '2026-09-01')

    const made = await file({
      registrantId: motherId,
      purpose: 'BORN',
      bornOn: '2026-09-01',
      expectedOn: null,
    })

    expect(made).toMatchObject({ status: 'LINKED_TO_BIRTH', birthId })
  })

  test('is seen in its area alone, and filed with the permission alone', async () => {
    const { id } = await file()
    const elsewhere = await office.officer('county_population', places.otherCounty)
    const nextTownship = await office.officer('township_worker', places.otherTownship)
    const reader = await office.officer('county_manager', places.county)
    const body = { registrantId: await personId(), purpose: 'PLANNING', channel: 'STATION' }

    for (const officer of [elsewhere, nextTownship]) {
      expect((await officer.get(`${url}/${id}`)).status).toBe(404)
      expect((await officer.get(`${url}/${id}/versions`)).status).toBe(404)
      expect((await officer.post(`${url}/${id}/withdrawal`, {}, { ifMatch: 1 })).status).toBe(404)
      expect(itemsOf(await officer.get(url))).toEqual([])
    }
    expect((await reader.get(`${url}/${id}`)).status).toBe(200)
    expect((await reader.post(url, body)).status).toBe(403)
    expect((await (await office.officer('county_assess', places.county)).get(url)).status).toBe(403)
  })

  test('is listed the latest first, page by page, by what it is', async () => {
    const first = bodyOf<{ items: BirthRegistrationRow[]; nextCursor: string }>(
      await clerk.get(`${url}?limit=3&from=2026-11-20&to=2026-11-20`),
      200,
    )
    const next = itemsOf<BirthRegistrationRow>(await clerk.get(`${url}?limit=3&cursor=${first.nextCursor}`))

    expect(new Set([...first.items, ...next].map(({ id }) => id)).size).toBe(6)
    expect(itemsOf<BirthRegistrationRow>(await clerk.get(`${url}?status=WITHDRAWN`))).toMatchObject([
      { status: 'WITHDRAWN' },
    ])
    expect(itemsOf(await clerk.get(`${url}?division=${places.otherTownship}`))).toEqual([])
  })
})
