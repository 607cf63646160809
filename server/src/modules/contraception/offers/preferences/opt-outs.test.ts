import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ContactPreference } from '@youyu/shared/contraception/offers'
import type { Facility } from '../../../../../test/facility.ts'
import { openOffersOf, type Offers } from '../../../../../test/offers.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import { transaction } from '../../../../database/transaction.ts'
import { openOffers } from '../index.ts'

const noon = new Date('2026-06-15T04:00:00Z')
let office: TestOffice
let offers: Offers
let station: Facility
let village: Officer
let nextVillage: Officer
beforeAll(async () => {
  office = await openOffice()
  office.setNow(noon)
  offers = await openOffersOf(office)
  ;({ station, village, nextVillage } = offers)
})
afterAll(() => office.close())
beforeEach(() => office.setNow(noon))

describe('an opt-out', () => {
  test('closes what stands and holds for ever after, until she takes it back', async () => {
    const { client, offer } = await offers.dueAndWilling()
    bodyOf(await offers.answer(offer, { answer: 'OPT_OUT' }), 201)
    await offers.plan()
    expect(await offers.listed(client)).toEqual([])
    expect(new Set(await offers.statuses(client))).toEqual(new Set(['DECLINED', 'CANCELLED']))
    expect((await offers.request(client, { service: 'FOLLOW_UP' })).body).toMatchObject({
      status: 409,
      code: 'opted-out',
    })

    bodyOf(await offers.request(client, { service: 'FOLLOW_UP', resume: true }), 201)

    expect(await offers.listed(client)).toMatchObject([{ service: 'FOLLOW_UP', origin: 'REQUESTED' }])
    const { items } = bodyOf<{ items: ContactPreference[] }>(
      await village.get(`/api/v1/persons/${client}/contact-preferences`),
      200,
    )
    expect(items.find(({ kind }) => kind === 'OPT_OUT')).toMatchObject({ endedOn: '2026-06-15' })
  })

  test('of everything keeps every invitation away', async () => {
    const client = await offers.somebody()
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
    const client = await offers.somebody()
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
    const client = await offers.somebody()
    const [opened] = await invite(client)

    expect(await offers.listed(client)).toEqual([])
    expect(await invite(client)).toEqual([opened])
    const offer = await offers.requested(client, { service: 'CHECK_UP' })
    expect(offer).toMatchObject({ id: opened!.offerId, origin: 'INVITED', acceptedOn: '2026-06-15' })
  })

  test('declined is not opened again by staff in the cycle', async () => {
    const client = await offers.somebody()
    await invite(client)
    const offer = await offers.requested(client, { service: 'CHECK_UP' })
    bodyOf(await offers.answer(offer, { answer: 'DECLINE' }), 201)

    expect(await invite(client)).toEqual([])
    expect((await offers.answer(offer, { answer: 'ACCEPT' })).status).toBe(409)
  })
})
