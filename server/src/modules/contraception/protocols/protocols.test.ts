import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FollowUpProtocol, ProtocolStep } from '@youyu/shared/contraception/protocols'
import { planTheCounty, usesMethod } from '../../../../test/care.ts'
import { openFacility } from '../../../../test/facility.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'

let office: TestOffice
let planner: Officer
let clinician: Officer
let otherPlanner: Officer
let client: string
beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  office.setNow(new Date('2026-06-15T02:00:00Z'))
  const station = await openFacility(office, places.county)
  planner = await office.officer('county_mch', places.county)
  otherPlanner = await office.officer('county_mch', places.otherCounty)
  clinician = await office.officer('station_clinician', places.county, { organisation: 'ST-1' })
  client = (await register(await office.officer('county_population', places.county))).id
  await usesMethod(office, { client, facility: station, startedOn: '2026-06-01' })
  await planTheCounty(office, planner)
})
afterAll(() => office.close())

const step = (given: Partial<ProtocolStep> = {}): ProtocolStep => ({
  ...{ step: 'm1', nameZh: '两个月', nameEn: '2 months', months: 2, days: 0, percent: null, windowDays: 30 },
  ...{ keepDays: 60, everyMonths: null, service: 'FOLLOW_UP', mode: 'CLINIC', needsConsent: false },
  ...given,
})
const version = (given: object = {}) => ({
  effectiveFrom: '2026-06-15',
  steps: [step()],
  reason: '本县路远',
  ...given,
})
const add = (body: object, officer = planner, question = '') =>
  officer.post(`/api/v1/follow-up-protocols/iud-use/versions${question}`, body)
const inForce = async (officer = planner, on = '2026-06-15') =>
  bodyOf<{ items: FollowUpProtocol[] }>(await officer.get(`/api/v1/follow-up-protocols?on=${on}`), 200).items
const iudUse = async (officer = planner, on?: string) =>
  (await inForce(officer, on)).find(({ code }) => code === 'iud-use')!

describe('the protocol table', () => {
  test('begins with the defaults, each with its source', async () => {
    const protocols = await inForce(clinician)

    expect(protocols.map(({ code }) => code).sort()).toEqual([
      ...[
        'abortion',
        'dose-monthly',
        'dose-three-months',
        'free-supplies',
        'implant-one-rod',
        'implant-removal',
      ],
      ...['implant-six-rods', 'implant-station-visit', 'implant-two-rods', 'iud-expiry', 'iud-menopause'],
      ...['iud-station-visit', 'iud-use', 'pill-injection-start', 'tubal-occlusion', 'vasectomy'],
    ])
    expect(
      protocols.every(
        ({ isDefault, source, steps }) => isDefault && /^[^[\]]{5,}$/.test(source) && steps.length > 0,
      ),
    ).toBe(true)
    const kept = await office.sql<{ source: string }>(
      'select source from follow_up_protocols where owner_county = 0',
    )
    expect(kept.every(({ source }) => /\[.+\]/.test(source))).toBe(true)
  })

  test('tells what a version would change, and changes nothing by telling', async () => {
    const before = await office.sql('select id, due_from, version from follow_up_tasks order by id')

    expect(bodyOf(await add(version(), planner, '?dryRun=true'), 200)).toEqual({
      made: 0,
      redated: 1,
      ended: 3,
    })

    expect(await office.sql('select id, due_from, version from follow_up_tasks order by id')).toEqual(before)
    expect((await iudUse()).isDefault).toBe(true)
  })

  test('takes a county’s version from its day on, and leaves other counties theirs', async () => {
    const later = bodyOf<FollowUpProtocol>(await add(version({ effectiveFrom: '2026-07-01' })), 201)

    expect(later).toMatchObject({ version: 1, isDefault: false, reason: '本县路远' })
    expect(await iudUse()).toMatchObject({
      isDefault: true,
      next: { version: 1, effectiveFrom: '2026-07-01' },
    })
    expect((await iudUse(planner, '2026-07-01')).isDefault).toBe(false)
    expect((await iudUse(otherPlanner, '2026-07-01')).isDefault).toBe(true)
    const { items } = bodyOf<{ items: FollowUpProtocol[] }>(
      await planner.get('/api/v1/follow-up-protocols/iud-use/versions'),
      200,
    )
    expect(items.map(({ isDefault }) => isDefault)).toEqual([false, true])
  })

  test('set aside, offers nothing', async () => {
    bodyOf(await add(version({ isActive: false })), 201)

    await planTheCounty(office, planner)

    expect(
      await office.sql(`select distinct status, ended_by from follow_up_tasks where client_id = $1`, [
        client,
      ]),
    ).toEqual([{ status: 'CANCELLED', ended_by: 'RULE' }])
  })

  test.each([
    ['/effectiveFrom', version({ effectiveFrom: '2026-06-14' })],
    ['/steps/1/step', version({ steps: [step(), step()] })],
    ['/steps/0/percent', version({ steps: [step({ percent: 80 })] })],
    ['/steps/0/windowDays', version({ steps: [step({ windowDays: -1 })] })],
    ['/reason', version({ reason: '' })],
  ])('names the wrong field %s', async (pointer, body) => {
    expect((await add(body)).body).toMatchObject({ status: 400, errors: [{ pointer }] })
  })

  test('is changed by who keeps the rules of care', async () => {
    expect((await add(version(), clinician)).status).toBe(403)
    expect((await planner.post('/api/v1/follow-up-protocols/none/versions', version())).status).toBe(404)
  })
})
