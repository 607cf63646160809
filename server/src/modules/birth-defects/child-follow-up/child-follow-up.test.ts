import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChildFollowUp, ChildFollowUpRow } from '@youyu/shared/birth-defects/child-follow-up'
import type { FamilyFile, FamilyFileRow } from '@youyu/shared/birth-defects/family-files'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/child-follow-ups'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const newborn = (birthDate = '2026-07-10') => clinic.woman({ name: '小宝', sex: '1', birthDate })
const agreed = { consent: 'GIVEN', on: today, by: 'MOTHER' }

/** A child in follow-up whose chain the clinic has. */
async function start(given: object = {}, birthDate?: string): Promise<ChildFollowUp> {
  const { id: childId } = await newborn(birthDate)
  return bodyOf<ChildFollowUp>(await clinic.clinician.post(url, { childId, on: today, ...given }), 201)
}
const say = (found: { id: string; version: number }, given: object, officer: Officer = clinic.clinician) =>
  officer.put(`${url}/${found.id}/consent`, { ...agreed, ...given }, { ifMatch: found.version })
const settle = (found: ChildFollowUp, item: string, given: object) => {
  const visit = found.visits.find((each) => each.item === item)!
  const body = { state: 'DONE', on: today, outcome: 'IMPROVED', ...given }
  return clinic.clinician.put(`/api/v1/child-visits/${visit.id}/outcome`, body, { ifMatch: visit.version })
}
const states = ({ visits }: ChildFollowUp) => visits.map(({ item, state }) => `${item} ${state}`)

describe('the follow-up of a child', () => {
  test('plans nothing before the family agrees, and then from 42 days to seven years', async () => {
    const found = await start()
    expect(found).toMatchObject({ consent: 'NOT_ASKED', visits: [], next: null })

    const heard = bodyOf<ChildFollowUp>(await say(found, {}), 200)

    expect(heard.visits).toHaveLength(10)
    expect(heard.next).toMatchObject({ item: 'CHILD_42D', dueOn: '2026-08-21', state: 'DUE' })
    expect(heard.visits.at(-1)).toMatchObject({ item: 'CHILD_7Y', dueOn: '2033-07-10', state: 'NOT_DUE' })
    const due = bodyOf<Page<ChildFollowUpRow>>(await clinic.clinician.get(`${url}?isDue=true`), 200)
    expect(due.items.map(({ id }) => id)).toContain(found.id)
  })

  test('refused stays refused: nothing planned, nobody on the list', async () => {
    const found = await start({ consent: { consent: 'REFUSED', on: today, by: 'FATHER' } })

    expect(found).toMatchObject({ consent: 'REFUSED', closeReason: 'DECLINED', visits: [] })
    const list = bodyOf<Page<ChildFollowUpRow>>(await clinic.clinician.get(`${url}?isDue=true`), 200)
    expect(list.items.map(({ id }) => id)).not.toContain(found.id)
    expect((await say(found, { consent: 'WITHDRAWN' })).status).toBe(400)
    expect(bodyOf<ChildFollowUp>(await say(found, {}), 200)).toMatchObject({ closedOn: null })
  })

  test('records what became of a visit, corrects it, and ends contact when the family wants none', async () => {
    const found = await start({ consent: agreed })

    const done = bodyOf<ChildFollowUp>(
      await settle(found, 'CHILD_42D', { mode: 'PHONE', isOnTreatment: true, note: '复查心超' }),
      200,
    )
    expect(done.visits[0]).toMatchObject({ state: 'DONE', outcome: 'IMPROVED', note: '复查心超' })
    expect((await settle(found, 'CHILD_42D', {})).status).toBe(412)
    const corrected = bodyOf<ChildFollowUp>(await settle(done, 'CHILD_42D', { state: 'LOST' }), 200)
    expect(corrected.visits[0]).toMatchObject({ state: 'LOST', outcome: null })
    expect((await settle(corrected, 'CHILD_3M', {})).body).toMatchObject({ errors: [{ pointer: '/on' }] })

    const other = await start({ consent: agreed }, '2026-05-25')
    const ended = bodyOf<ChildFollowUp>(
      await settle(other, 'CHILD_3M', { state: 'DECLINED', endsContact: true }),
      200,
    )
    expect(ended).toMatchObject({
      consent: 'WITHDRAWN',
      closedOn: today,
      closeReason: 'DECLINED',
      next: null,
    })
    expect(states(ended).slice(0, 2)).toEqual(['CHILD_3M DECLINED', 'CHILD_6M CANCELLED'])
    expect((await settle(ended, 'CHILD_6M', {})).body).toMatchObject({ code: 'no-consent' })
  })

  test('of a child that died is closed, and asks nobody any more', async () => {
    const found = await start({ consent: agreed })

    const closed = bodyOf<ChildFollowUp>(await settle(found, 'CHILD_42D', { state: 'DECEASED' }), 200)

    expect(closed).toMatchObject({ closeReason: 'DECEASED', next: null })
    expect(closed.visits[0]).toMatchObject({ state: 'DECEASED', outcome: 'DIED' })
    expect((await say(closed, { consent: 'GIVEN' })).status).toBe(409)
  })

  test('keeps treatment, surgery, fund and certificate, and voids what was a mistake', async () => {
    const found = await start({ consent: agreed })
    const add = (body: object) =>
      clinic.clinician.post(`${url}/${found.id}/supports`, { occurredOn: today, ...body })

    await add({ kind: 'SURGERY', result: 'DONE', note: '室间隔缺损修补' })
    const kept = bodyOf<ChildFollowUp>(
      await add({ kind: 'FUND', result: 'GRANTED', amountFen: 3_000_000 }),
      201,
    )

    expect(kept.supports).toMatchObject([
      { kind: 'FUND', amountFen: 3_000_000 },
      { kind: 'SURGERY', note: '室间隔缺损修补' },
    ])
    expect((await add({ kind: 'SURGERY', result: 'GRANTED' })).body).toMatchObject({
      errors: [{ pointer: '/result' }],
    })
    expect((await add({ kind: 'SURGERY', amountFen: 1 })).status).toBe(400)
    const voided = await clinic.clinician.post(`/api/v1/child-supports/${kept.supports[0]!.id}/void`, {
      reason: '误录',
    })
    expect(bodyOf<ChildFollowUp>(voided, 200).supports[0]).toMatchObject({ voidReason: '误录' })
  })

  test('is the facility’s own, once, and makes the family known', async () => {
    const found = await start()

    expect((await clinic.neighbour.get(`${url}/${found.id}`)).status).toBe(404)
    expect((await say(found, {}, clinic.neighbour)).status).toBe(404)
    const again = await clinic.clinician.post(url, { childId: found.child.id, on: today })
    expect(again.status).toBe(409)
    const elsewhere = await clinic.neighbour.post(url, { childId: found.child.id, on: today })
    expect(elsewhere.status).toBe(409)
    const village = await office.officer('village_worker', places.village)
    expect((await village.get(url)).status).toBe(403)
    const files = bodyOf<Page<FamilyFileRow>>(
      await clinic.clinician.get(`/api/v1/family-files?childId=${found.child.id}`),
      200,
    )
    expect(files.items).toMatchObject([{ openedOn: null, contact: 'NOT_ASKED' }])
  })

  test('stands in the chain: due with consent, done, declined for good', async () => {
    const { id: womanId } = await clinic.woman()
    const { id: childId } = await newborn()
    await office.sql('update persons set mother_id = $2 where id = $1', [childId, womanId])
    const opened = await clinic.clinician.post('/api/v1/birth-defect-chains', {
      ...{ womanId, ground: 'PRECONCEPTION', on: today },
    })
    const chainId = bodyOf<{ id: string }>(opened, 201).id
    const found = bodyOf<ChildFollowUp>(
      await clinic.clinician.post(url, { childId, on: today, chainId, consent: agreed }),
      201,
    )
    const links = () =>
      office.sql<{ item: string; state: string }>(
        `select item, state from chain_links where chain_id = $1 and item in ('CHILD_42D', 'CHILD_3M', 'CHILD_7Y') order by item desc`,
        [chainId],
      )

    expect(await links()).toMatchObject([
      { item: 'CHILD_7Y', state: 'NOT_DUE' },
      { item: 'CHILD_42D', state: 'DUE' },
      { item: 'CHILD_3M', state: 'NOT_DUE' },
    ])
    const done = bodyOf<ChildFollowUp>(await settle(found, 'CHILD_42D', {}), 200)
    await say(done, { consent: 'WITHDRAWN' })
    expect((await links()).map(({ state }) => state)).toEqual(['DECLINED', 'DONE', 'DECLINED'])
  })
})

describe('a family file', () => {
  const files = '/api/v1/family-files'

  test('is open only for a family that agrees, and holds its counselling under the cipher', async () => {
    const { id: childId } = await newborn('2024-03-01')
    const open = (given: object = {}) =>
      clinic.clinician.post(files, { childId, knownBy: 'FAMILY', knownOn: today, ...given })

    expect((await open({ openedOn: today })).body).toMatchObject({ errors: [{ code: 'no-consent' }] })
    const file = bodyOf<FamilyFile>(
      await open({ openedOn: today, contact: 'AGREED', wish: 'ANOTHER_CHILD' }),
      201,
    )
    expect((await open()).status).toBe(409)
    const counselled = await clinic.clinician.post(`${files}/${file.id}/counsellings`, {
      ...{ occurredOn: today, inheritance: 'AUTOSOMAL_RECESSIVE', recurrence: 'HIGH' },
      ...{ pedigree: '舅舅有同样的病', explained: '再发风险 25%' },
    })

    const { counsellings } = bodyOf<FamilyFile>(counselled, 201)
    expect(counsellings).toMatchObject([{ pedigree: '舅舅有同样的病', recurrence: 'HIGH' }])
    const [kept] = await office.sql<{ plain: boolean }>(
      `select bool_or(position('舅舅'::bytea in note_cipher) > 0) as plain from genetic_counsellings`,
    )
    expect(kept).toEqual({ plain: false })
    const refused = await clinic.clinician.post(`${files}/${file.id}/counsellings`, {
      ...{ occurredOn: today, inheritance: 'X_LINKED', recurrence: 'HIGH', explained: '建议选择生女孩' },
    })
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/explained', code: 'fetal-sex' }] })
    const voided = await clinic.clinician.post(`/api/v1/genetic-counsellings/${counsellings[0]!.id}/void`, {
      reason: '误录',
    })
    expect(bodyOf<FamilyFile>(voided, 200).counsellings[0]).toMatchObject({ voidReason: '误录' })
    expect((await clinic.neighbour.get(`${files}/${file.id}`)).status).toBe(404)
  })

  test('has no field for the approval of another birth', async () => {
    const { id: childId } = await newborn('2024-03-01')

    for (const field of ['approval', 'secondBirth', 'permit'])
      expect(
        (await clinic.clinician.post(files, { childId, knownBy: 'FAMILY', knownOn: today, [field]: true }))
          .status,
      ).toBe(400)
  })

  test('follows from a survey that found something; children above seven are not surveyed', async () => {
    const { id: childId } = await newborn('2020-08-21')
    const survey = (given: object = {}) =>
      clinic.clinician.post('/api/v1/child-surveys', {
        ...{ childId, surveyedOn: today, familyHistory: 'PRESENT', icd10: 'Q90.9', condition: '唐氏综合征' },
        ...given,
      })

    const found = bodyOf<{ fileId: string }>(await survey(), 201)

    expect(found).toMatchObject({ condition: '唐氏综合征', familyHistory: 'PRESENT' })
    const file = bodyOf<FamilyFile>(await clinic.clinician.get(`${files}/${found.fileId}`), 200)
    expect(file).toMatchObject({ knownBy: 'SURVEY', openedOn: null, surveys: [{ icd10: 'Q90.9' }] })
    const { id: older } = await newborn('2018-08-20')
    expect((await survey({ childId: older })).body).toMatchObject({ errors: [{ pointer: '/surveyedOn' }] })
  })
})

describe('education', () => {
  test('is counted by sessions and person-times, and stands in the chain of a client who came', async () => {
    const session = await clinic.clinician.post('/api/v1/outreach-sessions', {
      ...{
        facilityId: clinic.station.id,
        kind: 'EDUCATION',
        occurredOn: '2026-08-10',
        sites: [places.village],
      },
      ...{ minutes: 60, team: ['李医生'], audience: 15_000 },
    })
    const { id: sessionId } = bodyOf<{ id: string }>(session, 201)
    const { id: clientId } = await clinic.woman()
    const attend = () => clinic.clinician.post('/api/v1/education-attendances', { sessionId, clientId })

    expect((await attend()).status).toBe(201)
    expect((await attend()).status).toBe(409)

    const counted = await clinic.clinician.get('/api/v1/education-counters?from=2026-08-01&to=2026-08-31')
    expect(counted.body).toEqual({ items: [{ kind: 'EDUCATION', sessions: 1, audience: 15_000 }] })
  })
})
