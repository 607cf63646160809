import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ServiceOffer, TownshipMonth, VillageMonth } from '@youyu/shared/contraception/offers'
import type { Page } from '@youyu/shared/values'
import { consentsToContact, usesMethod } from '../../../../test/care.ts'
import type { Facility } from '../../../../test/facility.ts'
import { openOffersOf, type Offers } from '../../../../test/offers.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'

const noon = new Date('2026-06-15T04:00:00Z')
let office: TestOffice
let offers: Offers
let station: Facility
let village: Officer
let nextVillage: Officer
let planner: Officer
let clinician: Officer
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  office.setNow(noon)
  offers = await openOffersOf(office)
  ;({ station, village, nextVillage, planner } = offers)
  clinician = await office.officer('station_clinician', places.county, { organisation: 'ST-1' })
  bureau = await office.officer('county_manager', places.county)
})
afterAll(() => office.close())
beforeEach(() => office.setNow(noon))

const remind = (offer: ServiceOffer, body: object = {}) =>
  village.post(`/api/v1/service-offers/${offer.id}/reminders`, { channel: 'PHONE', ...body })

describe('a service asked for', () => {
  test('stands on the list of her village, by its type', async () => {
    const client = await offers.somebody({ name: '王秀英' })

    const offer = await offers.requested(client, { service: 'APPOINTMENT', dueOn: '2026-06-20' })

    expect(offer).toMatchObject({
      service: 'APPOINTMENT',
      origin: 'REQUESTED',
      dueOn: '2026-06-20',
      acceptedOn: '2026-06-15',
      client: { name: '王秀英' },
    })
    expect(await offers.listed(client)).toEqual([offer])
  })

  test('is asked for once: the second time the same stands', async () => {
    const client = await offers.somebody()

    const [first, second] = [await offers.requested(client), await offers.requested(client)]

    expect(second.id).toBe(first.id)
  })

  test('is invisible to the next village, and not asked for from there', async () => {
    const client = await offers.somebody()
    const offer = await offers.requested(client)

    expect(await offers.listed(client, nextVillage)).toEqual([])
    expect((await nextVillage.get(`/api/v1/service-offers/${offer.id}`)).status).toBe(404)
    expect((await offers.answer(offer, { answer: 'DECLINE' }, nextVillage)).status).toBe(404)
    expect((await offers.request(client, {}, nextVillage)).body).toMatchObject({
      errors: [{ pointer: '/clientId' }],
    })
  })

  test.each([
    ['removal cannot be said', { service: 'REMOVAL' }, '/service'],
    ['a method cannot be said', { method: 'M30' }, '/method'],
    ['a day gone by', { dueOn: '2026-06-14' }, '/dueOn'],
  ])('names the wrong field: %s', async (_what, body, pointer) => {
    expect((await offers.request(await offers.somebody(), body)).body).toMatchObject({
      status: 400,
      errors: [{ pointer }],
    })
  })

  test('is closed with its reason and leaves the list', async () => {
    const offer = await offers.requested(await offers.somebody())

    expect(bodyOf(await offers.answer(offer, { answer: 'NOT_NEEDED' }), 201)).toMatchObject({
      closing: 'NOT_NEEDED',
      closedOn: '2026-06-15',
    })
    expect(await offers.listed(offer.client.id)).toEqual([])
    expect((await offers.answer(offer, { answer: 'ACCEPT' })).body).toMatchObject({ code: 'task-answered' })
  })

  test('needs the permission', async () => {
    const client = await offers.somebody()

    expect((await offers.request(client, {}, bureau)).status).toBe(403)
    expect((await bureau.get('/api/v1/service-offers')).status).toBe(403)
  })
})

describe('a service that is due', () => {
  test('is told to the village only of those who consented to the village', async () => {
    const [silent, facilityOnly] = [await offers.somebody(), await offers.somebody()]
    for (const client of [silent, facilityOnly])
      await usesMethod(office, { client, facility: station, startedOn: '2026-05-10' })
    await consentsToContact(office, facilityOnly, station)
    await offers.plan()
    const { client: willing, offer } = await offers.dueAndWilling()

    expect(await offers.listed(silent)).toEqual([])
    expect(await offers.listed(facilityOnly)).toEqual([])
    expect(offer).toMatchObject({
      service: 'FOLLOW_UP',
      origin: 'DUE',
      acceptedOn: null,
      client: { id: willing },
    })
    expect(await offers.statuses(silent)).toEqual(['PLANNED', 'PLANNED', 'PLANNED', 'PLANNED'])
    expect((await offers.statuses(facilityOnly))[0]).toBe('OFFERED')
  })

  test('tells no method, no result, no programme', async () => {
    const { offer } = await offers.dueAndWilling()

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
    const { client, offer } = await offers.dueAndWilling()
    const before = await office.sql(
      `select count(*)::int as rows from access_log where entity not in ('service-offer', 'person', 'follow-up-plan', 'operation', 'session')`,
    )

    bodyOf(await offers.answer(offer, { answer: 'DECLINE' }), 201)
    await offers.plan()

    expect((await offers.statuses(client))[0]).toBe('DECLINED')
    expect(await offers.listed(client)).toEqual([])
    expect(
      await office.sql(
        `select count(*)::int as rows from access_log where entity not in ('service-offer', 'person', 'follow-up-plan', 'operation', 'session')`,
      ),
    ).toEqual(before)
  })

  test('accepted with a day is booked', async () => {
    const { client, offer } = await offers.dueAndWilling()

    expect(
      bodyOf(await offers.answer(offer, { answer: 'ACCEPT', bookedOn: '2026-06-18' }), 201),
    ).toMatchObject({
      bookedOn: '2026-06-18',
      acceptedOn: '2026-06-15',
    })
    expect((await offers.statuses(client))[0]).toBe('BOOKED')
  })

  test('done at the facility leaves the list as done; the village cannot say so', async () => {
    const { client, offer } = await offers.dueAndWilling()
    expect((await offers.answer(offer, { answer: 'DONE' })).body).toMatchObject({ code: 'told-by-facility' })
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
    const { client, offer } = await offers.dueAndWilling()
    await office.sql(`update persons set residence_division = $2 where id = $1`, [client, places.nextVillage])

    await offers.plan()

    expect(bodyOf(await village.get(`/api/v1/service-offers/${offer.id}`), 200)).toMatchObject({
      closing: 'MOVED',
    })
    expect(await offers.listed(client, nextVillage)).toMatchObject([{ service: 'FOLLOW_UP', origin: 'DUE' }])
  })
})

describe('a reminder', () => {
  test('comes twice at most, a week apart', async () => {
    const { offer } = await offers.dueAndWilling()

    expect(bodyOf(await remind(offer), 201)).toMatchObject({ reminders: 1, remindFrom: '2026-06-22' })
    expect((await remind(offer)).body).toMatchObject({ code: 'reminder-too-soon' })
    await office.sql(`update offer_reminders set sent_on = '2026-06-08' where offer_id = $1`, [offer.id])
    expect(bodyOf(await remind(offer), 201)).toMatchObject({ reminders: 2, remindFrom: null })
    await office.sql(`update offer_reminders set sent_on = '2026-06-01' where offer_id = $1`, [offer.id])
    expect((await remind(offer)).body).toMatchObject({ status: 409, code: 'reminder-limit' })
  })

  test('a third one is refused by the database itself', async () => {
    const { offer } = await offers.dueAndWilling()
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
    const { offer } = await offers.dueAndWilling()
    office.setNow(new Date(instant))

    expect((await remind(offer)).status).toBe(status)
  })

  test('the second in vain ends it as not reached, and the task with it', async () => {
    const { client, offer } = await offers.dueAndWilling()
    bodyOf(await remind(offer, { wasReached: false }), 201)
    await office.sql(`update offer_reminders set sent_on = '2026-06-08' where offer_id = $1`, [offer.id])

    expect(bodyOf(await remind(offer, { wasReached: false }), 201)).toMatchObject({ closing: 'UNREACHABLE' })
    expect((await offers.statuses(client))[0]).toBe('UNREACHABLE')
  })
})

describe('the month’s account', () => {
  test('closes for every village, and a closed month stays as it was', async () => {
    const [one, two, three] = [await offers.somebody(), await offers.somebody(), await offers.somebody()]
    for (const client of [one, two, three]) await offers.requested(client, { service: 'SUPPLY' })
    bodyOf(await offers.answer((await offers.listed(one))[0]!, { answer: 'DECLINE' }), 201)
    bodyOf(await offers.answer((await offers.listed(two))[0]!, { answer: 'DONE' }), 201)
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
    for (let n = 0; n < 6; n += 1) await offers.requested(await offers.somebody(), { service: 'COUNSELLING' })
    const far = await office.officer('village_worker', places.farVillage)
    const client = await offers.somebody({
      hukouDivision: places.farVillage,
      residenceDivision: places.farVillage,
    })
    bodyOf(await offers.request(client, {}, far), 201)

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
