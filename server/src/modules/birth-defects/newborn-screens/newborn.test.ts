import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BloodSpot, NewbornRecall, WardChild } from '@youyu/shared/birth-defects/newborn'
import type { CchdScreen } from '@youyu/shared/birth-defects/cchd-screens'
import type { HearingScreen } from '@youyu/shared/birth-defects/hearing-screens'
import type { Page } from '@youyu/shared/values'
import { openLaboratory, type Laboratory } from '../../../../test/laboratory.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'

let office: TestOffice
let site: Laboratory
let nurse: Officer
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  site = await openLaboratory(office, today)
  nurse = site.clinic.clinician
})
afterAll(() => office.close())

async function newborn(bornOn = '2026-08-16', more: object = {}) {
  const mother = await site.clinic.woman()
  const birth = bodyOf<{ child: { id: string } }>(
    await site.clinic.clerk.post('/api/v1/births', {
      ...{
        motherId: mother.id,
        occurredOn: bornOn,
        sex: '1',
        place: 'HOSPITAL',
        facilityId: site.clinic.station.id,
      },
      ...{ child: { name: '王小宝' }, ...more },
    }),
    201,
  )
  return { childId: birth.child.id, motherId: mother.id }
}
const send = async <Body>(path: string, body: object, status = 201) =>
  bodyOf<Body>(await nurse.post(`/api/v1/${path}`, body), status)
const spotStep = async (of: BloodSpot, body: object) =>
  await nurse.post(`/api/v1/blood-spots/${of.id}/steps`, body, { ifMatch: of.version })
const linkOf = async (childId: string, item: string) =>
  (
    await office.sql<{ state: string; positive: string | null; followed: string | null }>(
      `select state, positive_on::text as positive, followed_on::text as followed from chain_links where subject_id = $1 and item = $2`,
      [childId, item],
    )
  )[0]

describe('a blood spot', () => {
  test('suspect is recalled, confirmed, treated and followed; the chain knows', async () => {
    const { childId } = await newborn()
    const sampled = await send<BloodSpot>('blood-spots', {
      childId,
      sampledOn: '2026-08-19',
      hoursAfterBirth: 80,
      feeds: 10,
    })
    expect(sampled).toMatchObject({ state: 'SAMPLED', findings: [], sequence: 1 })

    const values = { PKU: 80, CH: 21.5 }
    let spot = bodyOf<BloodSpot>(await spotStep(sampled, { to: 'RESULT', on: today, values }), 201)
    expect(spot).toMatchObject({
      ...{
        state: 'SUSPECT',
        dueBy: '2026-09-09',
        flags: { PKU: 'NEG', CH: 'SUSPECT', G6PD: null, CAH: null },
        values,
      },
    })
    expect(await linkOf(childId, 'BLOOD_SPOT')).toEqual({ state: 'DONE', positive: today, followed: null })
    expect((await spotStep(spot, { to: 'TREATED', on: today })).status).toBe(409)
    spot = bodyOf(await spotStep(spot, { to: 'RECALL', on: today }), 201)
    spot = bodyOf(await spotStep(spot, { to: 'CONFIRMED_POS', on: today, diagnosisCodes: ['E03.1'] }), 201)
    expect(spot.dueBy).toBe('2026-09-19')
    spot = bodyOf(await spotStep(spot, { to: 'TREATED', on: today }), 201)
    expect(await linkOf(childId, 'BLOOD_SPOT')).toMatchObject({ followed: today })
    spot = bodyOf<BloodSpot>(await spotStep(spot, { to: 'FOLLOWED', on: today }), 201)
    expect(spot.next).toEqual([])

    const correction = { set: { sampledOn: '2026-08-18', feeds: 5 }, reason: '抄错日期' }
    const late = { set: { sampledOn: '2026-08-21' }, reason: '抄错日期' }
    expect((await nurse.post(`/api/v1/blood-spots/${spot.id}/corrections`, late)).status).toBe(400)
    const right = await send<BloodSpot>(`blood-spots/${spot.id}/corrections`, correction)

    expect(right).toMatchObject({ sampledOn: '2026-08-18', sequence: 1, state: 'FOLLOWED', values })
    expect(right.findings).toContain('FEW_FEEDS')
    expect(await linkOf(childId, 'BLOOD_SPOT')).toEqual({ state: 'DONE', positive: today, followed: today })
    const former = bodyOf<BloodSpot>(await nurse.get(`/api/v1/blood-spots/${spot.id}`), 200)
    expect(former.voidReason).toBe('抄错日期')
  })

  test('unsatisfactory is taken again; the first one then waits for nothing', async () => {
    const { childId } = await newborn()
    const first = await send<BloodSpot>('blood-spots', { childId, sampledOn: '2026-08-18', feeds: 4 })
    expect(first.findings).toEqual(['EARLY', 'FEW_FEEDS'])
    const unsat = bodyOf<BloodSpot>(await spotStep(first, { to: 'UNSAT', on: '2026-08-19' }), 201)
    expect(
      (await nurse.post('/api/v1/blood-spots', { childId, noSampleReason: 'LEFT_EARLY', on: today })).status,
    ).toBe(409)

    const second = await send<BloodSpot>('blood-spots', { childId, sampledOn: today })

    expect(second.sequence).toBe(2)
    const former = bodyOf<BloodSpot>(await nurse.get(`/api/v1/blood-spots/${unsat.id}`), 200)
    expect(former).toMatchObject({ state: 'RECALL_SAMPLE', dueBy: null })
    await send('blood-spots/' + second.id + '/void', { reason: '录错' })
    expect(bodyOf<BloodSpot>(await nurse.get(`/api/v1/blood-spots/${unsat.id}`), 200)).toMatchObject({
      state: 'UNSAT',
    })
  })

  test('not taken is reminded of twice at most, and not at all where the parents declined', async () => {
    const { childId } = await newborn()
    let none = await send<BloodSpot>('blood-spots', {
      childId,
      noSampleReason: 'LEFT_EARLY',
      on: '2026-08-18',
    })
    const remind = async (of: BloodSpot) =>
      await nurse.post(`/api/v1/blood-spots/${of.id}/reminders`, { on: today }, { ifMatch: of.version })
    none = bodyOf(await remind(none), 201)
    none = bodyOf(await remind(none), 201)
    expect((await remind(none)).body).toMatchObject({ code: 'reminded-twice' })

    const other = await newborn()
    const refused = await send<BloodSpot>('blood-spots', {
      childId: other.childId,
      noSampleReason: 'REFUSED',
      on: today,
    })
    expect((await remind(refused)).status).toBe(409)
    expect(await linkOf(other.childId, 'BLOOD_SPOT')).toMatchObject({ state: 'DECLINED' })
  })

  test('is answered by a laboratory’s batch, and answered again when it corrects itself', async () => {
    const { childId } = await newborn()
    const waiting = await send<BloodSpot>('blood-spots', { childId, sampledOn: '2026-08-19' })
    const { barcode } = bodyOf<{ barcode: string }>(
      await nurse.post('/api/v1/lab-orders', {
        ...{ clientId: childId, labId: site.lab.id, panelCode: 'BLOOD_SPOT', orderedOn: '2026-08-19' },
      }),
      201,
    )
    const row = (analyte: string, flag: string) => ({ barcode, analyte, flag, measuredOn: today })

    await site.post([row('PKU', 'NEG'), row('CH', 'POS')])

    const read = async () => bodyOf<BloodSpot>(await nurse.get(`/api/v1/blood-spots/${waiting.id}`), 200)
    expect(await read()).toMatchObject({
      state: 'SUSPECT',
      flags: { PKU: 'NEG', CH: 'POS' },
      reportedOn: today,
    })
    expect(await linkOf(childId, 'BLOOD_SPOT')).toMatchObject({ positive: today })
  })
})

describe('a hearing screen', () => {
  test('referred is rescreened, diagnosed by three months and helped by six', async () => {
    const { childId } = await newborn('2026-06-01')
    const first = {
      childId,
      stage: 'FIRST',
      occurredOn: '2026-06-03',
      method: 'OAE',
      left: 'PASS',
      right: 'REFER',
    }
    expect((await nurse.post('/api/v1/hearing-screens', { ...first, right: undefined })).body).toMatchObject({
      errors: [{ pointer: '/right', code: 'required' }],
    })
    expect(await send<HearingScreen>('hearing-screens', first)).toMatchObject({
      outcome: 'REFER',
      dueBy: '2026-07-13',
      ageDays: 2,
    })
    const again = await send<HearingScreen>('hearing-screens', {
      ...first,
      stage: 'RESCREEN',
      occurredOn: '2026-07-10',
    })
    expect(again.dueBy).toBe('2026-09-01')
    const found = await send<HearingScreen>('hearing-screens', {
      ...{
        childId,
        stage: 'DIAGNOSIS',
        occurredOn: '2026-08-10',
        method: 'ABR',
        finding: 'LOSS',
        diagnosisCodes: ['H90.5'],
      },
    })
    expect(found).toMatchObject({ outcome: 'LOSS', dueBy: '2026-12-01' })
    const recalls = bodyOf<Page<NewbornRecall>>(
      await nurse.get('/api/v1/newborn-recalls?limit=200'),
      200,
    ).items
    expect(recalls.filter(({ child }) => child.id === childId).map(({ kind }) => kind)).toEqual([
      'INTERVENTION',
    ])
    const right = await send<HearingScreen>(`hearing-screens/${found.id}/corrections`, {
      ...{ set: { finding: 'NORMAL', diagnosisCodes: [] }, reason: '复核' },
    })
    expect(right).toMatchObject({ outcome: 'NORMAL', dueBy: null, replaces: found.id })
    expect(await linkOf(childId, 'HEARING')).toMatchObject({
      state: 'DONE',
      positive: '2026-06-03',
      followed: '2026-08-10',
    })
  })
})

describe('a heart screen', () => {
  test('in between is measured again, positive is seen by echo within seven days', async () => {
    const { childId } = await newborn()
    const first = {
      childId,
      occurredOn: '2026-08-17',
      hoursAfterBirth: 24,
      murmurGrade: 0,
      hand: 93,
      foot: 93,
    }
    const open = await send<CchdScreen>('cchd-screens', first)
    expect(open).toMatchObject({ outcome: 'REPEAT', reasons: ['BELOW_NORMAL'], echoBy: null })
    expect((await linkOf(childId, 'CCHD'))?.state).not.toBe('DONE')
    const change = async (of: CchdScreen, body: object) =>
      await nurse.patch(`/api/v1/cchd-screens/${of.id}`, body, { ifMatch: of.version })

    const positive = bodyOf<CchdScreen>(
      await change(open, { repeat: { minutes: 180, hand: 94, foot: 94 } }),
      200,
    )

    expect(positive).toMatchObject({
      outcome: 'POSITIVE',
      reasons: ['TWICE_BELOW_NORMAL'],
      echoBy: '2026-08-24',
    })
    expect(await linkOf(childId, 'CCHD')).toMatchObject({ state: 'DONE', positive: '2026-08-17' })
    const seen = bodyOf<CchdScreen>(
      await change(positive, { echo: { on: today, result: 'DEFECT', diagnosisCodes: ['Q21.0'] } }),
      200,
    )
    expect(seen).toMatchObject({ echoOn: today, echoResult: 'DEFECT', diagnosisCodes: ['Q21.0'] })
    expect((await site.clinic.neighbour.get(`/api/v1/cchd-screens/${seen.id}`)).status).toBe(404)
    await send(`cchd-screens/${seen.id}/void`, { reason: '录错人' })
    expect((await linkOf(childId, 'CCHD'))?.state).not.toBe('DONE')
  })
})

test('the ward shows its newborns with their day and their three screens, and nobody else’s', async () => {
  const { childId } = await newborn('2026-08-18', { gestation: { weeks: 35, days: 5 } })
  await send('cchd-screens', {
    childId,
    occurredOn: '2026-08-19',
    hoursAfterBirth: 30,
    murmurGrade: 0,
    hand: 98,
    foot: 98,
  })
  const url = '/api/v1/ward-newborns?from=2026-08-18&to=2026-08-20'

  const ward = bodyOf<Page<WardChild>>(await nurse.get(url), 200).items

  expect(ward.find(({ child }) => child.id === childId)).toMatchObject({
    ...{
      ageDays: 2,
      isPreterm: true,
      bloodSpot: null,
      hearing: null,
      cchd: { state: 'NEGATIVE', dueBy: null },
    },
  })
  expect(bodyOf<Page<WardChild>>(await site.clinic.neighbour.get(url), 200).items).toEqual([])
  expect((await site.clinic.clerk.get(url)).status).toBe(403)
})
