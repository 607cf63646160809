import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type {
  ContactPreference,
  ServiceOffer,
  TownshipMonth,
  VillageMonth,
} from '@youyu/shared/contraception/offers'
import type { Page } from '@youyu/shared/values'
import { consentsToContact, planTheCounty, usesMethod } from '../../../../test/care.ts'
import { openFacility, type Facility } from '../../../../test/facility.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'
import { transaction } from '../../../database/transaction.ts'
import { openOffers } from './index.ts'

const noon = new Date('2026-06-15T04:00:00Z')
let office: TestOffice
let station: Facility
let registrar: Officer
let village: Officer
let nextVillage: Officer
let clinician: Officer
let planner: Officer
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  office.setNow(noon)
  station = await openFacility(office, places.county)
  registrar = await office.officer('county_population', places.county)
  village = await office.officer('village_worker', places.village)
  nextVillage = await office.officer('village_worker', places.nextVillage)
  clinician = await office.officer('station_clinician', places.county, { organisation: 'ST-1' })
  planner = await office.officer('county_mch', places.county)
  bureau = await office.officer('county_manager', places.county)
})
afterAll(() => office.close())
beforeEach(() => office.setNow(noon))

const somebody = async (given = {}) => (await register(registrar, given)).id
const request = (clientId: string, body: object = {}, officer = village) =>
  officer.post('/api/v1/service-offers', { clientId, service: 'COUNSELLING', channel: 'VILLAGE', ...body })
const requested = async (clientId: string, body: object = {}) =>
  bodyOf<ServiceOffer>(await request(clientId, body), 201)
const answer = (offer: ServiceOffer, body: object, officer = village) =>
  officer.post(`/api/v1/service-offers/${offer.id}/answers`, { channel: 'VILLAGE', ...body })
const remind = (offer: ServiceOffer, body: object = {}) =>
  village.post(`/api/v1/service-offers/${offer.id}/reminders`, { channel: 'PHONE', ...body })
const listed = async (clientId: string, officer = village) =>
  bodyOf<Page<ServiceOffer>>(await officer.get(`/api/v1/service-offers?clientId=${clientId}`), 200).items
const plan = () => planTheCounty(office, planner)
const statuses = async (client: string) =>
  (
    await office.sql<{ status: string }>(
      `select status from follow_up_tasks where client_id = $1 order by due_from`,
      [client],
    )
  ).map(({ status }) => status)

/** A woman with an IUD whose visit at a month is due, and who lets the village contact her. */
async function dueAndWilling(): Promise<{ client: string; offer: ServiceOffer }> {
  const client = await somebody()
  await usesMethod(office, { client, facility: station, startedOn: '2026-05-10' })
  bodyOf(
    await village.post(`/api/v1/persons/${client}/contact-preferences`, {
      kind: 'CONSENT',
      service: 'ALL',
      channel: 'VILLAGE',
    }),
    201,
  )
  const [offer] = await listed(client)
  return { client, offer: offer! }
}

describe('a service asked for', () => {
  test('stands on the list of her village, by its type', async () => {
    const client = await somebody({ name: '王秀英' })

    const offer = await requested(client, { service: 'APPOINTMENT', dueOn: '2026-06-20' })

    expect(offer).toMatchObject({
      service: 'APPOINTMENT',
      origin: 'REQUESTED',
      dueOn: '2026-06-20',
      acceptedOn: '2026-06-15',
      client: { name: '王秀英' },
    })
    expect(await listed(client)).toEqual([offer])
  })

  test('is asked for once: the second time the same stands', async () => {
    const client = await somebody()

    const [first, second] = [await requested(client), await requested(client)]

    expect(second.id).toBe(first.id)
  })

  test('is invisible to the next village, and not asked for from there', async () => {
    const client = await somebody()
    const offer = await requested(client)

    expect(await listed(client, nextVillage)).toEqual([])
    expect((await nextVillage.get(`/api/v1/service-offers/${offer.id}`)).status).toBe(404)
    expect((await answer(offer, { answer: 'DECLINE' }, nextVillage)).status).toBe(404)
    expect((await request(client, {}, nextVillage)).body).toMatchObject({
      errors: [{ pointer: '/clientId' }],
    })
  })

  test.each([
    ['removal cannot be said', { service: 'REMOVAL' }, '/service'],
    ['a method cannot be said', { method: 'M30' }, '/method'],
    ['a day gone by', { dueOn: '2026-06-14' }, '/dueOn'],
  ])('names the wrong field: %s', async (_what, body, pointer) => {
    expect((await request(await somebody(), body)).body).toMatchObject({ status: 400, errors: [{ pointer }] })
  })

  test('is closed with its reason and leaves the list', async () => {
    const offer = await requested(await somebody())

    expect(bodyOf(await answer(offer, { answer: 'NOT_NEEDED' }), 201)).toMatchObject({
      closing: 'NOT_NEEDED',
      closedOn: '2026-06-15',
    })
    expect(await listed(offer.client.id)).toEqual([])
    expect((await answer(offer, { answer: 'ACCEPT' })).body).toMatchObject({ code: 'task-answered' })
  })

  test('needs the permission', async () => {
    const client = await somebody()

    expect((await request(client, {}, bureau)).status).toBe(403)
    expect((await bureau.get('/api/v1/service-offers')).status).toBe(403)
  })
})

describe('a service that is due', () => {
  test('is told to the village only of those who consented to the village', async () => {
    const [silent, facilityOnly] = [await somebody(), await somebody()]
    for (const client of [silent, facilityOnly])
      await usesMethod(office, { client, facility: station, startedOn: '2026-05-10' })
    await consentsToContact(office, facilityOnly, station)
    await plan()
    const { client: willing, offer } = await dueAndWilling()

    expect(await listed(silent)).toEqual([])
    expect(await listed(facilityOnly)).toEqual([])
    expect(offer).toMatchObject({
      service: 'FOLLOW_UP',
      origin: 'DUE',
      acceptedOn: null,
      client: { id: willing },
    })
    expect(await statuses(silent)).toEqual(['PLANNED', 'PLANNED', 'PLANNED', 'PLANNED'])
    expect((await statuses(facilityOnly))[0]).toBe('OFFERED')
  })

  test('tells no method, no result, no programme', async () => {
    const { offer } = await dueAndWilling()

    const text = JSON.stringify(offer)

    expect(Object.keys(offer).sort()).toEqual([
      'acceptedOn',
      'bookedOn',
      'client',
      'closedOn',
      'closing',
      'dueOn',
      'facility',
      'id',
      'openedOn',
      'origin',
      'remindFrom',
      'reminders',
      'service',
      'version',
    ])
    expect(text).not.toMatch(/M30|IUD|iud|环|episode|protocol|result/)
  })

  test('declined at the door is declined in care, and nothing else follows', async () => {
    const { client, offer } = await dueAndWilling()
    const before = await office.sql(
      `select count(*)::int as rows from access_log where entity not in ('service-offer', 'person', 'follow-up-plan', 'operation', 'session')`,
    )

    bodyOf(await answer(offer, { answer: 'DECLINE' }), 201)
    await plan()

    expect((await statuses(client))[0]).toBe('DECLINED')
    expect(await listed(client)).toEqual([])
    expect(
      await office.sql(
        `select count(*)::int as rows from access_log where entity not in ('service-offer', 'person', 'follow-up-plan', 'operation', 'session')`,
      ),
    ).toEqual(before)
  })

  test('accepted with a day is booked', async () => {
    const { client, offer } = await dueAndWilling()

    expect(bodyOf(await answer(offer, { answer: 'ACCEPT', bookedOn: '2026-06-18' }), 201)).toMatchObject({
      bookedOn: '2026-06-18',
      acceptedOn: '2026-06-15',
    })
    expect((await statuses(client))[0]).toBe('BOOKED')
  })

  test('done at the facility leaves the list as done; the village cannot say so', async () => {
    const { client, offer } = await dueAndWilling()
    expect((await answer(offer, { answer: 'DONE' })).body).toMatchObject({ code: 'told-by-facility' })
    const [task] = bodyOf<Page<{ id: string }>>(
      await clinician.get(`/api/v1/follow-up-tasks?clientId=${client}`),
      200,
    ).items
    bodyOf(
      await clinician.post(`/api/v1/follow-up-tasks/${task!.id}/outcomes`, {
        outcome: 'DONE',
        on: '2026-06-15',
        mode: 'CLINIC',
      }),
      201,
    )

    expect(bodyOf(await village.get(`/api/v1/service-offers/${offer.id}`), 200)).toMatchObject({
      closing: 'DONE',
    })
  })

  test('goes with her to the village where she lives now', async () => {
    const { client, offer } = await dueAndWilling()
    await office.sql(`update persons set residence_division = $2 where id = $1`, [client, places.nextVillage])

    await plan()

    expect(bodyOf(await village.get(`/api/v1/service-offers/${offer.id}`), 200)).toMatchObject({
      closing: 'MOVED',
    })
    expect(await listed(client, nextVillage)).toMatchObject([{ service: 'FOLLOW_UP', origin: 'DUE' }])
  })
})

describe('a reminder', () => {
  test('comes twice at most, a week apart', async () => {
    const { offer } = await dueAndWilling()

    expect(bodyOf(await remind(offer), 201)).toMatchObject({ reminders: 1, remindFrom: '2026-06-22' })
    expect((await remind(offer)).body).toMatchObject({ code: 'reminder-too-soon' })
    await office.sql(`update offer_reminders set sent_on = '2026-06-08' where offer_id = $1`, [offer.id])
    expect(bodyOf(await remind(offer), 201)).toMatchObject({ reminders: 2, remindFrom: null })
    await office.sql(`update offer_reminders set sent_on = '2026-06-01' where offer_id = $1`, [offer.id])
    expect((await remind(offer)).body).toMatchObject({ status: 409, code: 'reminder-limit' })
  })

  test('a third one is refused by the database itself', async () => {
    const { offer } = await dueAndWilling()
    const insert = (number: number, at: string) =>
      office.sql(
        `insert into offer_reminders (county_code, id, offer_id, client_id, division_code, number, sent_at, sent_on, channel, was_reached)
         values (371121, gen_random_uuid(), $1, $2, $3, $4, $5, '2026-06-15', 'PHONE', true)`,
        [offer.id, offer.client.id, places.village, number, at],
      )

    await expect(insert(3, '2026-06-15T04:00:00Z')).rejects.toThrow('offer_reminders_at_most_two')
    await expect(insert(1, '2026-06-15T15:00:00Z')).rejects.toThrow('offer_reminders_not_at_night')
    await expect(
      office.sql(`update service_offers set reminders = 3 where id = $1`, [offer.id]),
    ).rejects.toThrow('service_offers_reminders')
  })

  test.each([
    ['before eight', '2026-06-14T23:59:00Z', 409],
    ['at eight', '2026-06-15T00:00:00Z', 201],
    ['before nine at night', '2026-06-15T12:59:00Z', 201],
    ['at nine at night', '2026-06-15T13:00:00Z', 409],
  ])('%s', async (_when, instant, status) => {
    const { offer } = await dueAndWilling()
    office.setNow(new Date(instant))

    expect((await remind(offer)).status).toBe(status)
  })

  test('the second in vain ends it as not reached, and the task with it', async () => {
    const { client, offer } = await dueAndWilling()
    bodyOf(await remind(offer, { wasReached: false }), 201)
    await office.sql(`update offer_reminders set sent_on = '2026-06-08' where offer_id = $1`, [offer.id])

    expect(bodyOf(await remind(offer, { wasReached: false }), 201)).toMatchObject({ closing: 'UNREACHABLE' })
    expect((await statuses(client))[0]).toBe('UNREACHABLE')
  })
})

describe('an opt-out', () => {
  test('closes what stands and holds for ever after, until she takes it back', async () => {
    const { client, offer } = await dueAndWilling()
    bodyOf(await answer(offer, { answer: 'OPT_OUT' }), 201)
    await plan()
    expect(await listed(client)).toEqual([])
    expect(new Set(await statuses(client))).toEqual(new Set(['DECLINED', 'CANCELLED']))
    expect((await request(client, { service: 'FOLLOW_UP' })).body).toMatchObject({
      status: 409,
      code: 'opted-out',
    })

    bodyOf(await request(client, { service: 'FOLLOW_UP', resume: true }), 201)

    expect(await listed(client)).toMatchObject([{ service: 'FOLLOW_UP', origin: 'REQUESTED' }])
    const { items } = bodyOf<{ items: ContactPreference[] }>(
      await village.get(`/api/v1/persons/${client}/contact-preferences`),
      200,
    )
    expect(items.find(({ kind }) => kind === 'OPT_OUT')).toMatchObject({ endedOn: '2026-06-15' })
  })

  test('of everything keeps every invitation away', async () => {
    const client = await somebody()
    bodyOf(
      await village.post(`/api/v1/persons/${client}/contact-preferences`, {
        kind: 'OPT_OUT',
        service: 'ALL',
        channel: 'VILLAGE',
      }),
      201,
    )

    expect(await invite(client)).toEqual([])
    expect(
      (
        await village.post(`/api/v1/persons/${client}/contact-preferences`, {
          kind: 'CONSENT',
          service: 'ALL',
          channel: 'VILLAGE',
        })
      ).body,
    ).toMatchObject({ code: 'opted-out' })
  })

  test('is stated and ended once, and unknown outside the area', async () => {
    const client = await somebody()
    const url = `/api/v1/persons/${client}/contact-preferences`
    const stated = bodyOf<ContactPreference>(
      await village.post(url, { kind: 'OPT_OUT', service: 'SUPPLY', channel: 'PHONE' }),
      201,
    )

    expect((await nextVillage.get(url)).status).toBe(404)
    expect(bodyOf(await village.post(`${url}/${stated.id}/end`, { channel: 'PHONE' }), 201)).toMatchObject({
      endedOn: '2026-06-15',
    })
    expect((await village.post(`${url}/${stated.id}/end`, { channel: 'PHONE' })).status).toBe(404)
  })
})

/** As the check-ups of a programme invite. */
async function invite(clientId: string) {
  const access = {
    actorId: station.id,
    actorKind: 'user' as const,
    actorName: '',
    role: null,
    prefixes: ['371121'],
    county: 371121,
    clearance: 'L4' as const,
    purposes: [],
    facility: null,
    address: null,
    requestId: null,
  }
  return await transaction(office.db, access, (tx) =>
    openOffers(
      tx,
      access,
      [{ clientId, service: 'CHECK_UP', dueOn: '2026-07-01', cycleTo: '2027-06-01', facilityId: station.id }],
      noon,
    ),
  )
}

describe('an invitation', () => {
  test('is not seen by the village before she accepts or asks', async () => {
    const client = await somebody()
    const [opened] = await invite(client)

    expect(await listed(client)).toEqual([])
    expect(await invite(client)).toEqual([opened])
    const offer = await requested(client, { service: 'CHECK_UP' })
    expect(offer).toMatchObject({ id: opened!.offerId, origin: 'INVITED', acceptedOn: '2026-06-15' })
  })

  test('declined is not opened again by staff in the cycle', async () => {
    const client = await somebody()
    await invite(client)
    const offer = await requested(client, { service: 'CHECK_UP' })
    bodyOf(await answer(offer, { answer: 'DECLINE' }), 201)

    expect(await invite(client)).toEqual([])
    expect((await answer(offer, { answer: 'ACCEPT' })).status).toBe(409)
  })
})

describe('the month’s account', () => {
  test('closes for every village, and a closed month stays as it was', async () => {
    const [one, two, three] = [await somebody(), await somebody(), await somebody()]
    for (const client of [one, two, three]) await requested(client, { service: 'SUPPLY' })
    bodyOf(await answer((await listed(one))[0]!, { answer: 'DECLINE' }), 201)
    bodyOf(await answer((await listed(two))[0]!, { answer: 'DONE' }), 201)
    const account = async () =>
      bodyOf<{ isClosed: boolean; items: VillageMonth[] }>(
        await village.get('/api/v1/due-service-months?month=2026-06-01'),
        200,
      )
    const { items } = await account()
    const supply = items.find(({ service }) => service === 'SUPPLY')!

    expect(supply).toMatchObject({ opening: 0, opened: 3, done: 1, declined: 1, closing: 1 })
    expect((await planner.post('/api/v1/due-service-months/2026-06-01/closings')).body).toMatchObject({
      code: 'month-not-over',
    })

    await office.sql(
      `update service_offers set opened_on = opened_on - 45, shown_on = shown_on - 45, closed_on = closed_on - 45`,
    )
    bodyOf(await planner.post('/api/v1/due-service-months/2026-05-01/closings'), 201)
    await office.sql(`update service_offers set closing = 'DONE' where closing is not null`)
    const { isClosed, items: kept } = bodyOf<{ isClosed: boolean; items: VillageMonth[] }>(
      await village.get('/api/v1/due-service-months?month=2026-05-01'),
      200,
    )
    expect(isClosed).toBe(true)
    expect(kept.find(({ service }) => service === 'SUPPLY')).toMatchObject({
      opened: 3,
      done: 1,
      declined: 1,
      closing: 1,
    })
  })

  test('shows the county townships without small numbers', async () => {
    await office.sql('truncate service_offers, offer_reminders')
    for (let n = 0; n < 6; n += 1) await requested(await somebody(), { service: 'COUNSELLING' })
    const far = await office.officer('village_worker', places.farVillage)
    const client = await somebody({ hukouDivision: places.farVillage, residenceDivision: places.farVillage })
    bodyOf(await request(client, {}, far), 201)

    const { items, totals } = bodyOf<{ items: TownshipMonth[]; totals: TownshipMonth[] }>(
      await bureau.get('/api/v1/due-service-statistics?month=2026-06-01'),
      200,
    )

    const counselling = items.filter(({ service }) => service === 'COUNSELLING')
    expect(counselling.map(({ suppressed }) => suppressed)).toEqual([true, true])
    expect(totals.find(({ service }) => service === 'COUNSELLING')!.equation?.opened).toBeGreaterThanOrEqual(
      7,
    )
    expect((await village.get('/api/v1/due-service-statistics?month=2026-06-01')).status).toBe(403)
  })
})
