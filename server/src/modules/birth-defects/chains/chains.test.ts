import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  chainsOf,
  gaveBirth,
  linkOf,
  plan,
  pregnantWoman,
  stateOf,
  talliesAndRecount,
} from '../../../../test/chains.ts'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
let today = '2026-08-20'
const be = (day: string) => {
  today = day
  office.setNow(new Date(`${day}T09:00:00+08:00`))
}

beforeAll(async () => {
  office = await openOffice()
  be('2026-08-20')
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const open = async (womanId: string, more: object = {}, officer: Officer = clinic.clinician) =>
  bodyOf<{ id: string }>(
    await officer.post('/api/v1/birth-defect-chains', {
      ...{ womanId, ground: 'PRECONCEPTION', on: today },
      ...more,
    }),
    201,
  ).id
const say = (chainId: string, body: object, officer: Officer = clinic.clinician) =>
  officer.post(`/api/v1/birth-defect-chains/${chainId}/links`, { on: today, ...body })
const said = async (chainId: string, body: object) =>
  bodyOf<{ id: string; link: { state: string } }>(await say(chainId, body), 201)
const first = async (id: string, officer: Officer = clinic.clinician) => (await chainsOf(officer, id))[0]

describe('a chain', () => {
  test('opens with every link that is always part of it, once', async () => {
    const { id } = await clinic.woman()

    const chainId = await open(id)
    const again = await open(id, { ground: 'PREMARITAL' })

    expect(again).toBe(chainId)
    const chain = await first(id)
    expect(chain!.links).toHaveLength(17)
    expect(
      ['EDUCATION', 'PRECONCEPTION', 'TORCH', 'FOLIC_ACID'].map((item) => stateOf(chain, item as never)),
    ).toEqual(['DUE', 'DUE', 'DUE', 'DUE'])
    expect([stateOf(chain, 'PREMARITAL'), stateOf(chain, 'NT'), stateOf(chain, 'DELIVERY')]).toEqual([
      'NOT_APPLICABLE',
      'NOT_DUE',
      'NOT_DUE',
    ])
  })

  test('takes the pregnancy that comes, and its birth', async () => {
    be('2026-01-10')
    const { id } = await clinic.woman({ residenceSince: '2015-01-01' })
    const chainId = await open(id)
    be('2026-03-01')
    bodyOf(
      await clinic.clinician.post('/api/v1/pregnancies', {
        ...{ womanId: id, lastMenstruationOn: '2026-01-15', registeredOn: '2026-03-01', channel: 'STATION' },
        contactConsent: true,
      }),
      201,
    )
    be('2026-08-20')
    const childId = await gaveBirth(clinic.clerk, id, '2026-08-15', { child: {}, weightGrams: 1900 })
    await plan(office, today)

    const [chain, ...others] = await chainsOf(clinic.clinician, id)

    expect(others).toEqual([])
    expect(chain).toMatchObject({
      id: chainId,
      expectedOn: '2026-10-22',
      bornOn: '2026-08-15',
      gestationDays: 212,
    })
    expect(stateOf(chain, 'DELIVERY')).toBe('DONE')
    expect(linkOf(chain, 'BLOOD_SPOT')).toMatchObject({
      childId,
      state: 'DUE',
      windowFrom: '2026-08-18',
      windowTo: '2026-08-22',
    })
    expect(linkOf(chain, 'ANC_37')).toMatchObject({ state: 'NOT_APPLICABLE', dropReason: 'ENDED' })
    expect((await first(childId))?.id).toBe(chainId)
  })

  test('of a birth that nobody knew before has all that went before as too late', async () => {
    const { id } = await clinic.woman({ residenceSince: '2015-01-01' })
    await gaveBirth(clinic.clerk, id, '2026-08-10', { facilityId: clinic.station.id })
    await plan(office, today)

    const chain = await first(id)

    expect(chain?.ground).toBe('BIRTH')
    expect(linkOf(chain, 'ANC_FIRST')).toMatchObject({ state: 'OVERDUE', dropReason: 'TOO_LATE' })
    expect(linkOf(chain, 'BLOOD_SPOT')).toMatchObject({ state: 'OVERDUE', dropReason: null })
  })

  test('ends with a loss: what is still open is not applicable, what went by stays', async () => {
    be('2026-06-01')
    const { womanId, pregnancyId } = await pregnantWoman(clinic, '2026-03-01', '2026-06-01')
    await plan(office, today)
    be('2026-07-10')
    await office.sql(`update pregnancies set status = 'ENDED_LOSS', ended_on = '2026-07-01' where id = $1`, [
      pregnancyId,
    ])
    await plan(office, today)

    const chain = await first(womanId)

    expect(chain).toMatchObject({ closedOn: '2026-07-01', closeReason: 'ENDED' })
    expect(stateOf(chain, 'ANC_FIRST')).toBe('OVERDUE')
    expect(linkOf(chain, 'OGTT')).toMatchObject({ state: 'NOT_APPLICABLE', dropReason: 'ENDED' })
    be('2026-08-20')
  })

  test('that came to nothing takes no birth of a later one', async () => {
    be('2025-06-01')
    const { id } = await clinic.woman({ residenceSince: '2015-01-01' })
    const earlier = await open(id)
    await clinic.clinician.post(`/api/v1/birth-defect-chains/${earlier}/departures`, {
      on: today,
      womanLeaves: true,
    })
    be('2026-08-20')
    await gaveBirth(clinic.clerk, id, '2026-08-12', { facilityId: clinic.station.id })
    await plan(office, today)

    const found = await chainsOf(clinic.clinician, id)

    expect(found.map(({ ground, bornOn, closeReason }) => [ground, bornOn, closeReason])).toEqual([
      ['BIRTH', '2026-08-12', null],
      ['PRECONCEPTION', null, 'LEFT'],
    ])
  })

  test('takes what is entered late of its days, though it was closed since; today another begins', async () => {
    const { id } = await clinic.woman({ residenceSince: '2015-01-01' })
    const former = await open(id, { ground: 'PREMARITAL', on: '2024-05-01' })

    const late = await open(id, { on: '2024-06-10' })
    const present = await open(id)

    expect(late).toBe(former)
    expect(present).not.toBe(former)
    expect((await chainsOf(clinic.clinician, id)).map(({ closeReason }) => closeReason)).toEqual([
      null,
      'COMPLETED',
    ])
  })

  test('is planned the second time without a change', async () => {
    await plan(office, today)

    expect(await plan(office, today)).toEqual({ opened: 0, changed: 0 })
    const [kept, counted] = await talliesAndRecount(office)
    expect(kept).toEqual(counted)
  })
})

describe('an item', () => {
  test('declined stays declined: no offer, no planning and no day brings it back', async () => {
    const { id } = await clinic.woman()
    const chainId = await open(id)
    await said(chainId, { item: 'TORCH', event: 'OFFERED' })
    expect((await said(chainId, { item: 'TORCH', event: 'DECLINED', reason: 'FEAR' })).link.state).toBe(
      'DECLINED',
    )

    const again = await say(chainId, { item: 'TORCH', event: 'OFFERED' })
    await plan(office, '2027-06-01')
    await plan(office, today)

    expect([again.status, (again.body as { code: string }).code]).toEqual([409, 'link-settled'])
    expect(linkOf(await first(id), 'TORCH')).toMatchObject({
      state: 'DECLINED',
      dropReason: 'FEAR',
      settledOn: today,
    })
  })

  test('falls back to what else is known when its record is taken back', async () => {
    const { id } = await clinic.woman()
    const chainId = await open(id)
    await said(chainId, { item: 'EDUCATION', event: 'OFFERED' })
    const done = await said(chainId, { item: 'EDUCATION', event: 'DONE' })
    expect(done.link.state).toBe('DONE')

    const back = await clinic.clinician.post(`/api/v1/birth-defect-chains/${chainId}/links/${done.id}/void`, {
      reason: '误录',
    })

    expect(back.status).toBe(201)
    expect(stateOf(await first(id), 'EDUCATION')).toBe('OFFERED')
  })

  test.each([
    [{ item: 'TORCH', event: 'OFFERED', on: '2026-08-21' }, '/on', 'invalid-date'],
    [{ item: 'BLOOD_SPOT', event: 'OFFERED' }, '/childId', 'required'],
    [{ item: 'TORCH', event: 'DONE' }, '/reason', 'required'],
    [{ item: 'TORCH', event: 'NOT_APPLICABLE' }, '/reason', 'required'],
  ])('says which field is wrong: %j', async (body, pointer, code) => {
    const { id } = await clinic.woman()
    const chainId = await open(id)

    const { status, body: problem } = await say(chainId, body)

    expect([status, (problem as { errors: unknown[] }).errors]).toEqual([
      400,
      [expect.objectContaining({ pointer, code })],
    ])
  })

  test('told to the village tells the type of service, and only where she agreed to be contacted', async () => {
    const [asked, silent] = [await clinic.woman(), await clinic.woman()]
    const village = await office.officer('village_worker', places.village)
    bodyOf(
      await village.post(`/api/v1/persons/${asked.id}/contact-preferences`, {
        kind: 'CONSENT',
        service: 'ALL',
        channel: 'VILLAGE',
      }),
      201,
    )
    for (const { id } of [asked, silent])
      await said(await open(id), { item: 'TORCH', event: 'OFFERED', tellVillage: true })

    const offersOf = async (id: string) =>
      bodyOf<{ items: object[] }>(await village.get(`/api/v1/service-offers?clientId=${id}`), 200).items

    expect(await offersOf(asked.id)).toMatchObject([{ service: 'CHECK_UP', closedOn: null }])
    expect(JSON.stringify(await offersOf(asked.id))).not.toContain('TORCH')
    expect(await offersOf(silent.id)).toEqual([])
    await said((await first(asked.id))!.id, { item: 'TORCH', event: 'DECLINED' })
    expect(
      (await offersOf(asked.id)).filter((offer) => (offer as { closedOn: unknown }).closedOn === null),
    ).toEqual([])
  })
})

describe('another facility', () => {
  test('sees nothing until she lets it in, and not after it has left', async () => {
    const { id } = await clinic.woman()
    const chainId = await open(id)
    expect(await chainsOf(clinic.neighbour, id)).toEqual([])
    expect((await say(chainId, { item: 'TORCH', event: 'OFFERED' }, clinic.neighbour)).status).toBe(404)

    const joined = await clinic.neighbour.post('/api/v1/birth-defect-chain-facilities', {
      ...{ ground: 'CONSENT', womanId: id, on: today, hasConsented: true },
    })

    expect(joined.status).toBe(201)
    expect(await chainsOf(clinic.neighbour, id)).toMatchObject([{ id: chainId, isCaseManager: false }])
    await clinic.neighbour.post(`/api/v1/birth-defect-chains/${chainId}/departures`, { on: today })
    expect(await chainsOf(clinic.neighbour, id)).toEqual([])
  })

  test('takes her over as case manager with her consent; another county finds nobody', async () => {
    const { id } = await clinic.woman()
    await open(id)
    const body = { ground: 'OWNER', womanId: id, on: today, hasConsented: true }

    bodyOf(await clinic.neighbour.post('/api/v1/birth-defect-chain-facilities', body), 201)

    expect((await chainsOf(clinic.neighbour, id))[0]?.isCaseManager).toBe(true)
    expect((await first(id))?.isCaseManager).toBe(false)
    expect((await clinic.stranger.post('/api/v1/birth-defect-chain-facilities', body)).status).toBe(400)
    expect((await clinic.stranger.get(`/api/v1/persons/${id}/birth-defect-chain`)).status).toBe(404)
  })

  test('is brought in by a referral of one that takes part', async () => {
    const { id } = await clinic.woman()
    await open(id)
    const body = {
      ground: 'REFERRAL',
      womanId: id,
      on: today,
      hasConsented: true,
      facilityId: clinic.otherStation.id,
    }

    expect((await clinic.neighbour.post('/api/v1/birth-defect-chain-facilities', body)).status).toBe(400)
    bodyOf(await clinic.clinician.post('/api/v1/birth-defect-chain-facilities', body), 201)

    expect((await chainsOf(clinic.neighbour, id)).length).toBe(1)
  })

  test('nobody without care reads it, and every look is kept', async () => {
    const { id } = await clinic.woman()
    await open(id)
    const village = await office.officer('village_worker', places.village)

    expect((await village.get(`/api/v1/persons/${id}/birth-defect-chain`)).status).toBe(403)
    await chainsOf(clinic.clinician, id)
    await office.office.views.flush?.()
    const looks = await office.sql(
      `select action from access_log where entity = 'birth-defect-chain' and action = 'view'`,
    )
    expect(looks.length).toBeGreaterThan(0)
  })
})
