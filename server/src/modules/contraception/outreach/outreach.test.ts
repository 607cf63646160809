import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Outreach, OutreachRow } from '@youyu/shared/contraception/outreach'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import type { Officer, TestOffice } from '../../../../test/office.ts'
import { openOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/outreach-sessions'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const aRound = (given: object = {}) => ({
  ...{ facilityId: clinic.station.id, kind: 'ROUND', occurredOn: '2026-08-10', sites: [places.village] },
  ...{ minutes: 360, team: ['李医生', '赵护士'], vehicle: '鲁L-09A', kit: ['STETHOSCOPE', 'ULTRASOUND'] },
  ...given,
})
const recorded = async (given: object = {}) =>
  bodyOf<Outreach>(await clinic.clinician.post(url, aRound(given)), 201)
const read = async (id: string, officer: Officer = clinic.clinician) =>
  bodyOf<Outreach>(await officer.get(`${url}/${id}`), 200)

describe('an outreach session', () => {
  test('takes the figures of the seed: 604 items for 600 clients are no mistake', async () => {
    const counters = { clients: 600, ultrasound: 300, gynaecology: 120, breast: 87, laboratory: 80 }

    const session = await recorded({
      ...{ days: 27, workUnits: 12, ...counters, treated: 100, iudIn: 5, iudOut: 12 },
    })

    expect(session).toMatchObject({ ...counters, items: 604, isLinked: false, findings: [], days: 27 })
    expect(session.checks.every(({ linked }) => linked === null)).toBe(true)
  })

  test('shows its counters beside what is recorded under it, and flags a part that is more than the whole', async () => {
    const session = await recorded({ clients: 2, gynaecology: 0, ultrasound: 4 })
    for (const items of [['GYN'], ['GYN', 'ULTRASOUND']]) {
      const { id: clientId } = await clinic.woman()
      const visit = { clientId, occurredOn: '2026-08-10', place: 'VILLAGE', outreachId: session.id, items }
      bodyOf(await clinic.clinician.post('/api/v1/check-visits', visit), 201)
    }

    const mine = await read(session.id)
    const planner = await office.officer('county_mch', places.county)

    const of = (name: string) => mine.checks.find(({ counter }) => counter === name)
    expect(of('clients')).toEqual({ counter: 'clients', stated: 2, linked: 2, difference: 0 })
    expect(of('ultrasound')).toMatchObject({ linked: 1, difference: 3 })
    expect(of('gynaecology')).toMatchObject({ linked: 2, difference: -2 })
    expect(of('leaflets')).toMatchObject({ linked: null })
    expect(mine.findings).toEqual(['A5'])
    expect(
      (await read(session.id, planner)).checks.every(({ linked }) => linked === null || linked === 0),
    ).toBe(true)
  })

  test('is completed later, and voided with a reason', async () => {
    const session = await recorded()
    const change = (body: object, version = session.version) =>
      clinic.clinician.patch(`${url}/${session.id}`, body, { ifMatch: version })

    const changed = bodyOf<Outreach>(
      await change({ leaflets: 4000, consultations: 300, audience: 1000 }),
      200,
    )

    expect(changed).toMatchObject({
      leaflets: 4000,
      consultations: 300,
      audience: 1000,
      team: ['李医生', '赵护士'],
    })
    expect((await change({ leaflets: 1 })).status).toBe(412)
    const voided = await clinic.clinician.post(`${url}/${session.id}/void`, { reason: '重复' })
    expect(bodyOf<Outreach>(voided, 200).voidedAt).not.toBeNull()
    expect((await change({ leaflets: 1 }, changed.version + 1)).status).toBe(409)
    const { items } = bodyOf<Page<OutreachRow>>(await clinic.clinician.get(url), 200)
    expect(items.some(({ id }) => id === session.id)).toBe(false)
  })

  test('names what is wrong, and is for those who go out', async () => {
    const fault = async (given: object) =>
      ((await clinic.clinician.post(url, aRound(given))).body as { errors: unknown[] }).errors[0]

    expect(await fault({ occurredOn: '2026-08-21' })).toMatchObject({ pointer: '/occurredOn' })
    expect(await fault({ sites: [places.farVillage] })).toMatchObject({
      pointer: '/sites',
      code: 'out-of-area',
    })
    expect(await fault({ sites: ['371121001999'] })).toMatchObject({
      pointer: '/sites',
      code: 'unknown-division',
    })
    expect(await fault({ facilityId: clinic.farStation.id })).toMatchObject({ pointer: '/facilityId' })
    expect(await fault({ clients: -1 })).toMatchObject({ pointer: '/clients' })
    const village = await office.officer('village_worker', places.village)
    expect((await village.post(url, aRound())).status).toBe(403)
    const session = await recorded()
    expect((await clinic.stranger.get(`${url}/${session.id}`)).status).toBe(404)
  })

  test('is recorded once, however often it is sent', async () => {
    const send = () => clinic.clinician.post(url, aRound(), { key: 'round-1' })

    expect((await send()).body).toEqual((await send()).body)
  })
})
