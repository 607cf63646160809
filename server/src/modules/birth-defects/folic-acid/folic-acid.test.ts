import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FolicAcidCourse, FolicAcidGiven, FolicAcidSurvey } from '@youyu/shared/birth-defects/folic-acid'
import type { SupplyStore } from '@youyu/shared/contraception/supplies'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'
import { openStore, residuals, takeIn, wrongField } from '../../../../test/supplies.ts'

let office: TestOffice
let clinic: Clinic
let store: SupplyStore
const today = '2026-09-15'
const url = '/api/v1/folic-acid-issues'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  const keeper = await office.officer('pharmacist', places.street)
  store = await openStore(keeper, { kind: 'OUTLET', divisionCode: places.village })
  await takeIn(keeper, store.id, { itemCode: 'YS401', quantity: 60 })
  await takeIn(keeper, store.id, { itemCode: 'YS402', quantity: 3 })
})
afterAll(() => office.close())

const anIssue = async (given: object = {}) => ({
  ...{
    clientId: (await clinic.woman()).id,
    occurredOn: today,
    storeId: store.id,
    itemCode: 'YS401',
    boxes: 3,
  },
  ...given,
})
const issued = async (given: object = {}) =>
  bodyOf<FolicAcidGiven>(await clinic.clinician.post(url, await anIssue(given)), 201)
const onHand = async (itemCode = 'YS401') => {
  const [row] = await office.sql<{ n: number }>(
    'select sum(on_hand)::int as n from supply_stocks where store_id = $1 and item_code = $2',
    [store.id, itemCode],
  )
  return row!.n
}
const prescription = { prescriber: '李医生', prescribedOn: today, indication: 'PREVIOUS_NTD' }

describe('folic acid', () => {
  test('leaves the stock and becomes hers in one transaction; the stock does not know who she is', async () => {
    const before = await onHand()

    const given = await issued()

    expect(given).toMatchObject({
      ...{ boxes: 3, startedOn: today, coversUntil: '2026-12-16', refillDueOn: '2026-12-09' },
      ...{ adherence: 'NOT_YET', isHighDose: false, warnings: [] },
      issues: [{ tablets: 93, microgramsPerDay: 400, tabletsPerDay: 1 }],
    })
    expect(await onHand()).toBe(before - 3)
    expect(await residuals(office)).toEqual([])
    const [link] = await office.sql<{ client_id: string; facility_id: string }>(
      'select client_id, facility_id from dispensing_clients where dispensing_id = $1',
      [given.issues[0]!.dispensingId],
    )
    expect(link).toEqual({ client_id: given.client.id, facility_id: clinic.station.id })
    const [state] = await office.sql(
      `select state from chain_links where chain_id = $1 and item = 'FOLIC_ACID'`,
      [given.chainId],
    )
    expect(state).toEqual({ state: 'DONE' })
  })

  test('begins where the last box ends, and warns beyond six boxes without stopping', async () => {
    const { client } = await issued()

    const more = await issued({ clientId: client.id, boxes: 4 })

    expect(more).toMatchObject({ boxes: 7, warnings: ['BEYOND_SIX_BOXES', 'STOCK_AT_HOME'] })
    expect(more.issues.map(({ startsOn }) => startsOn)).toEqual([today, '2026-12-17'])
  })

  test('is given in a high dose only by prescription', async () => {
    const faultOf = async (given: object) =>
      wrongField(await clinic.clinician.post(url, await anIssue(given))).slice(1)

    expect(await faultOf({ itemCode: 'YS402', boxes: 1 })).toEqual(['/prescription', 'prescription-required'])
    expect(await faultOf({ tabletsPerDay: 10 })).toEqual(['/prescription', 'prescription-required'])
    expect(await faultOf({ itemCode: 'YS402', boxes: 1, tabletsPerDay: 2, prescription })).toEqual([
      '/tabletsPerDay',
      'invalid-value',
    ])
    const high = await issued({ itemCode: 'YS402', boxes: 1, prescription })
    expect(high).toMatchObject({ isHighDose: true, issues: [{ prescription, microgramsPerDay: 5000 }] })
    const [row] = await office.sql<{ text: string }>(
      `select encode(prescription_cipher, 'escape') as text from folic_acid_issues where id = $1`,
      [high.issueId],
    )
    expect(row!.text).not.toMatch(/医生|PREVIOUS/)
  })

  test('names what is wrong, and takes nothing from the stock', async () => {
    const before = await onHand()
    const faultOf = async (given: object) =>
      wrongField(await clinic.clinician.post(url, await anIssue(given))).slice(1)

    expect(await faultOf({ occurredOn: '2026-09-16' })).toEqual(['/occurredOn', 'invalid-date'])
    expect(await faultOf({ itemCode: 'YJ701' })).toEqual(['/itemCode', 'invalid-code-value'])
    expect(await faultOf({ itemCode: 'YS402', boxes: 12, prescription })).toEqual(['/boxes', 'out-of-stock'])
    expect(await faultOf({ startsOn: '2026-09-01' })).toEqual(['/startsOn', 'invalid-date'])
    expect(await onHand()).toBe(before)
  })

  test('goes back to the shelf when the issue is voided, and follows a correction', async () => {
    const before = await onHand()
    const given = await issued()

    const corrected = await clinic.clinician.post(`${url}/${given.issueId}/corrections`, {
      ...{ set: { boxes: 2 }, reason: '数量有误' },
    })

    expect(bodyOf<FolicAcidGiven>(corrected, 201)).toMatchObject({ id: given.id, boxes: 2 })
    expect(await onHand()).toBe(before - 2)
    const { issueId } = corrected.body as FolicAcidGiven
    const voided = await clinic.clinician.post(`${url}/${issueId}/void`, { reason: '录错人' })
    expect(voided.status, voided.text).toBe(201)
    expect(await onHand()).toBe(before)
    expect((await clinic.clinician.get(`/api/v1/folic-acid-courses/${given.id}`)).status).toBe(404)
    expect(await residuals(office)).toEqual([])
  })

  test('is followed to the end of the first trimester, and judged there', async () => {
    const given = await issued({ occurredOn: '2026-03-01', boxes: 6 })
    const follow = (body: object) =>
      clinic.clinician.post(`/api/v1/folic-acid-courses/${given.id}/follow-ups`, {
        ...{
          occurredOn: today,
          fromDay: '2026-03-01',
          toDay: '2026-07-30',
          daysTaken: 140,
          sideEffects: false,
        },
        ...body,
      })

    expect(wrongField(await follow({ daysTaken: 153 })).slice(1)).toEqual(['/daysTaken', 'invalid-value'])
    const told = await follow({
      ...{
        lastMenstruationOn: '2026-05-01',
        ended: { endedOn: '2026-07-30', reason: 'FIRST_TRIMESTER_OVER' },
      },
    })
    expect(bodyOf<FolicAcidCourse>(told, 201)).toMatchObject({
      ...{ adherence: 'ADHERENT', daysTaken: 140, daysAsked: 152, endReason: 'FIRST_TRIMESTER_OVER' },
      refillDueOn: null,
    })
    expect(wrongField(await follow({})).slice(1)).toEqual(['/fromDay', 'invalid-date'])
    const { followUps } = told.body as FolicAcidCourse
    const back = await clinic.clinician.post(`/api/v1/folic-acid-courses/${given.id}/follow-ups/void`, {
      ...{ followUpId: followUps[0]!.id, reason: '误录' },
    })
    expect(back.body).toMatchObject({ adherence: 'UNKNOWN', daysTaken: 0 })
  })

  test('has a list of those who need a refill, and is invisible to other facilities', async () => {
    const given = await issued({ occurredOn: '2026-08-20', boxes: 1 })
    const list = async (by: string) =>
      bodyOf<Page<FolicAcidCourse>>(
        await clinic.clinician.get(`/api/v1/folic-acid-courses?isOpen=true&refillBy=${by}`),
        200,
      ).items.map(({ id }) => id)

    expect(await list('2026-09-11')).not.toContain(given.id)
    expect(await list('2026-09-12')).toContain(given.id)
    expect((await clinic.neighbour.get(`/api/v1/folic-acid-courses/${given.id}`)).status).toBe(404)
    expect((await clinic.neighbour.post(`${url}/${given.issueId}/void`, { reason: 'x' })).status).toBe(404)
    expect((await clinic.clerk.get('/api/v1/folic-acid-courses')).status).toBe(403)
  })

  test('is handed out once under one key, and not at all by a dry run', async () => {
    const body = await anIssue({ boxes: 1 })
    const before = await onHand()

    expect((await clinic.clinician.post(`${url}?dryRun=true`, body)).status).toBe(200)
    expect(await onHand()).toBe(before)
    await clinic.clinician.post(url, body, { key: 'folic-1' })
    await clinic.clinician.post(url, body, { key: 'folic-1' })
    expect(await onHand()).toBe(before - 1)
  })
})

test('a survey counts who knows, and says when too few were asked', async () => {
  const body = { occurredOn: today, divisionCode: places.street, mothers: 500, surveyed: 49, aware: 40 }
  const surveys = '/api/v1/folic-acid-surveys'

  const small = bodyOf<FolicAcidSurvey>(await clinic.clinician.post(surveys, body), 201)
  const wrong = await clinic.clinician.post(surveys, { ...body, aware: 50 })
  const enough = await clinic.clinician.post(surveys, { ...body, surveyed: 50 })
  const voided = await clinic.clinician.post(`${surveys}/${small.id}/void`, { reason: '误录' })

  expect(small.isTooSmall).toBe(true)
  expect(wrongField(wrong).slice(1)).toEqual(['/aware', 'invalid-value'])
  expect(bodyOf<FolicAcidSurvey>(enough, 201).isTooSmall).toBe(false)
  expect(bodyOf<FolicAcidSurvey>(voided, 201).voidedAt).not.toBeNull()
})
