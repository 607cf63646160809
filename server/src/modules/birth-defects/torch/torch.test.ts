import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cellOf, type TorchCase, type TorchMatrix, type TorchTest } from '@youyu/shared/birth-defects/torch'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { wrongField } from '../../../../test/supplies.ts'

let office: TestOffice
let clinic: Clinic
let matrix: TorchMatrix
const today = '2026-08-20'
const url = '/api/v1/torch-tests'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  matrix = bodyOf<TorchMatrix>(await clinic.clinician.get('/api/v1/torch-matrix'), 200)
})
afterAll(() => office.close())

const result = (agent: string, igg: string | null, igm: string | null, more: object = {}) => ({
  ...{ agent, igg, igm },
  ...more,
})
const aTest = async (given: object = {}) => ({
  ...{ clientId: (await clinic.woman()).id, occurredOn: '2026-07-20', stage: 'PRECONCEPTION' },
  results: [result('TOX', 'NEG', 'POS'), result('RUB', 'POS', 'NEG')],
  ...given,
})
const recorded = async (given: object = {}) =>
  bodyOf<TorchTest>(await clinic.clinician.post(url, await aTest(given)), 201)
const caseOf = async (id: string | null | undefined) =>
  bodyOf<TorchCase>(await clinic.clinician.get(`/api/v1/torch-cases/${id}`), 200)
const step = (id: string, body: object) => clinic.clinician.post(`/api/v1/torch-cases/${id}/steps`, body)
const firstCase = (test: TorchTest) => test.results.find(({ caseId }) => caseId !== null)!.caseId!
const eventsOf = async (recordId: string) =>
  (
    await office.sql<{ event: string }>(
      'select event from chain_events where record_id = $1 and voided_at is null order by 1',
      [recordId],
    )
  ).map(({ event }) => event)

/** IgG, IgM, avidity → meaning and follow-up, before pregnancy and in it. */
const readings = [
  ['NEG', 'NEG', null, 'SUSCEPTIBLE', false, false],
  ['POS', 'NEG', null, 'IMMUNE', false, false],
  ['POS', 'POS', null, 'POSSIBLE_RECENT', true, true],
  ['POS', 'POS', 'LOW', 'RECENT_LIKELY', true, true],
  ['POS', 'POS', 'HIGH', 'PAST_LIKELY', false, true],
  ['POS', 'POS', 'GREY', 'POSSIBLE_RECENT', true, true],
  ['NEG', 'POS', null, 'POSSIBLE_ACUTE', true, true],
  ['GREY', 'POS', null, 'POSSIBLE_ACUTE', true, true],
  ['GREY', 'NEG', null, 'UNCLEAR', false, false],
  ['POS', 'GREY', null, 'UNCLEAR', true, true],
  ['NEG', 'GREY', null, 'UNCLEAR', true, true],
  ['GREY', 'GREY', null, 'UNCLEAR', true, true],
  [null, 'POS', null, 'POSSIBLE_ACUTE', true, true],
  [null, 'GREY', null, 'UNCLEAR', true, true],
  [null, 'NEG', null, 'NO_ACUTE_SIGN', false, false],
  ['POS', null, null, 'IMMUNE', false, false],
  ['NEG', null, null, 'SUSCEPTIBLE', false, false],
  ['GREY', null, null, 'UNCLEAR', false, false],
] as const

describe('the interpretation matrix', () => {
  test.each(readings)(
    'reads IgG %s IgM %s avidity %s as %s',
    (igg, igm, avidity, meaning, before, during) => {
      for (const agent of ['TOX', 'RUB', 'CMV', 'HSV'] as const)
        for (const isPregnant of [false, true]) {
          const cell = cellOf(matrix.cells, { agent, igg, igm, avidity, isPregnant })
          expect(cell).toMatchObject({ meaning, isActionable: isPregnant ? during : before })
          if (cell!.isActionable) expect([cell!.retestFromDays, cell!.retestToDays]).toEqual([14, 21])
          expect(cell!.adviceZh.length * cell!.adviceEn.length).toBeGreaterThan(0)
        }
    },
  )

  test('offers the rubella vaccine before pregnancy and never in it', () => {
    const advice = (isPregnant: boolean) =>
      cellOf(matrix.cells, { agent: 'RUB', igg: 'NEG', igm: 'NEG', avidity: null, isPregnant })!.adviceZh

    expect(advice(false)).toMatch(/接种风疹疫苗.*避孕 1–3 个月/)
    expect(advice(true)).toMatch(/孕期不能接种/)
  })

  test('has every combination once', () => {
    expect(matrix.cells).toHaveLength(4 * 2 * (15 + 2))
  })
})

describe('a TORCH test', () => {
  test('opens a case of what the matrix calls for, and tells the chain', async () => {
    const test = await recorded({
      results: [result('TOX', 'NEG', 'POS', { igmTitre: '1:64' }), result('RUB', 'POS', 'NEG')],
    })

    expect(test.results).toMatchObject([
      { agent: 'TOX', meaning: 'POSSIBLE_ACUTE', isActionable: true, igmTitre: '1:64' },
      { agent: 'RUB', meaning: 'IMMUNE', isActionable: false, caseId: null },
    ])
    expect(await caseOf(firstCase(test))).toMatchObject({
      ...{ agent: 'TOX', state: 'FOUND', retestFrom: '2026-08-03', retestTo: '2026-08-10', isOverdue: true },
      ...{ days: 31, steps: [{ state: 'FOUND' }] },
    })
    expect(await eventsOf(test.id)).toEqual(['DONE', 'POSITIVE'])
    const counted = await office.sql(
      `select count(distinct t.client_id)::int as persons, count(*)::int as tests from torch_tests t
         join torch_results r on r.test_id = t.id where t.id = $1`,
      [test.id],
    )
    expect(counted).toEqual([{ persons: 1, tests: 2 }])
  })

  test('is confirmed by a clinician, in her own words where she has some', async () => {
    const test = await recorded()

    const confirmed = await clinic.clinician.post(`${url}/${test.id}/confirmation`, {
      ...{ confirmedOn: today, advice: [{ agent: 'TOX', words: '两周后来复查，不必害怕。' }] },
    })

    expect(bodyOf<TorchTest>(confirmed, 201)).toMatchObject({ confirmedOn: today })
    expect((confirmed.body as TorchTest).results[0]!.adviceZh).toBe('两周后来复查，不必害怕。')
    expect((confirmed.body as TorchTest).results[1]!.adviceZh).toMatch(/免疫/)
  })

  test('names what is wrong', async () => {
    const faultOf = async (given: object) =>
      wrongField(await clinic.clinician.post(url, await aTest(given))).slice(1)

    expect(await faultOf({ occurredOn: '2026-08-21' })).toEqual(['/occurredOn', 'invalid-date'])
    expect(await faultOf({ results: [result('TOX', null, null)] })).toEqual(['/results/0/igm', 'required'])
    expect(await faultOf({ results: [result('TOX', 'NEG', 'POS', { avidity: 'LOW' })] })).toEqual([
      '/results/0/avidity',
      'invalid-value',
    ])
    expect(await faultOf({ results: [result('TOX', 'NEG', null), result('TOX', 'POS', null)] })).toEqual([
      '/results',
      'already-exists',
    ])
    expect(await faultOf({ note: '彩超医生说是男孩' })).toEqual(['/note', 'fetal-sex'])
    expect(await faultOf({ clientId: (await clinic.woman({ sex: '1', name: '王强' })).id })).toEqual([
      '/clientId',
      'invalid-value',
    ])
  })

  test('is invisible to another facility, needs the permission, and counts once', async () => {
    const body = await aTest()
    const first = bodyOf<TorchTest>(await clinic.clinician.post(url, body, { key: 'torch-1' }), 201)
    const again = bodyOf<TorchTest>(await clinic.clinician.post(url, body, { key: 'torch-1' }), 201)

    expect(again.id).toBe(first.id)
    expect((await clinic.neighbour.get(`${url}/${first.id}`)).status).toBe(404)
    expect((await clinic.neighbour.get(`/api/v1/torch-cases/${firstCase(first)}`)).status).toBe(404)
    expect((await clinic.stranger.post(`${url}/${first.id}/void`, { reason: '不是我' })).status).toBe(404)
    expect((await clinic.clerk.get(url)).status).toBe(403)
  })

  test('takes its cases along when it is corrected or voided', async () => {
    const test = await recorded()
    const id = firstCase(test)
    await step(id, { state: 'NOTIFIED', occurredOn: '2026-07-21' })
    const correct = (set: object, of: string) =>
      clinic.clinician.post(`${url}/${of}/corrections`, { set, reason: '误录' })

    const still = bodyOf<TorchTest>(await correct({ results: [result('TOX', 'POS', 'POS')] }, test.id), 201)
    expect(await caseOf(id)).toMatchObject({
      state: 'NOTIFIED',
      meaning: 'POSSIBLE_RECENT',
      testId: still.id,
    })
    const none = bodyOf<TorchTest>(await correct({ results: [result('TOX', 'POS', 'NEG')] }, still.id), 201)
    expect((await clinic.clinician.get(`/api/v1/torch-cases/${id}`)).status).toBe(404)
    expect(await eventsOf(none.id)).toEqual(['DONE'])
    expect((await clinic.clinician.post(`${url}/${none.id}/void`, { reason: '误录' })).status).toBe(201)
    expect(await eventsOf(none.id)).toEqual([])
  })
})

describe('a positive case', () => {
  test('goes from the finding through its retest to its end, and the chain hears of it', async () => {
    const test = await recorded()
    const id = firstCase(test)
    const clientId = test.client.id

    expect((await step(id, { state: 'NOTIFIED', occurredOn: '2026-07-21' })).status).toBe(201)
    expect((await step(id, { state: 'COUNSELLED', occurredOn: '2026-07-22' })).status).toBe(201)
    const retest = await recorded({
      clientId,
      occurredOn: '2026-08-05',
      results: [result('TOX', 'POS', 'NEG')],
    })
    expect(retest.isRetest).toBe(true)
    expect(await caseOf(id)).toMatchObject({ state: 'RETESTED', retestedOn: '2026-08-05', retestTo: null })
    const closed = await step(id, { state: 'CLOSED', occurredOn: '2026-08-06', closing: 'CLEARED' })
    expect(closed.body).toMatchObject({ state: 'CLOSED', closing: 'CLEARED', days: 17, isOverdue: false })
    const steps = (closed.body as TorchCase).steps
    expect(await eventsOf(steps.at(-1)!.id)).toEqual(['FOLLOWED'])
    expect((await step(id, { state: 'TREATED', occurredOn: today })).status).toBe(409)
  })

  test('takes the next step only, in the order of days, and closes for a reason that is open', async () => {
    const id = firstCase(await recorded())
    const faultOf = async (body: object) => wrongField(await step(id, body)).slice(1)

    expect(await faultOf({ state: 'TREATED', occurredOn: today })).toEqual(['/state', 'invalid-value'])
    expect(await faultOf({ state: 'NOTIFIED', occurredOn: '2026-07-19' })).toEqual([
      '/occurredOn',
      'invalid-date',
    ])
    expect(await faultOf({ state: 'CLOSED', occurredOn: today })).toEqual(['/closing', 'required'])
    expect(await faultOf({ state: 'CLOSED', occurredOn: today, closing: 'CLEARED' })).toEqual([
      '/closing',
      'invalid-value',
    ])
    const declined = await step(id, { state: 'CLOSED', occurredOn: today, closing: 'DECLINED' })
    expect(declined.body).toMatchObject({ closing: 'DECLINED' })
  })

  test('steps back only by taking back the last step', async () => {
    const id = firstCase(await recorded())
    await step(id, { state: 'NOTIFIED', occurredOn: '2026-07-21' })
    const back = () => clinic.clinician.post(`/api/v1/torch-cases/${id}/steps/void`, { reason: '误录' })

    expect((await back()).body).toMatchObject({ state: 'FOUND', stateOn: '2026-07-20' })
    expect((await back()).status).toBe(409)
  })

  test('shows in the worklist, the oldest first, and which are late', async () => {
    const test = await recorded({ occurredOn: '2026-05-01' })

    const late = await clinic.clinician.get('/api/v1/torch-cases?isOpen=true&isOverdue=true')

    expect((late.body as { items: { id: string }[] }).items[0]!.id).toBe(firstCase(test))
  })
})
