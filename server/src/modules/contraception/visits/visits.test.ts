import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RtiCase, RtiCaseRow } from '@youyu/shared/contraception/cases'
import type { CheckVisit, CheckVisitRow } from '@youyu/shared/contraception/visits'
import type { Problem } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/check-visits'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const aVisit = (clientId: string, given: object = {}) => ({
  ...{ clientId, occurredOn: today, place: 'STATION', programme: 'WOMEN_CHECK', items: ['GYN', 'BP'] },
  ...given,
})
const record = (clientId: string, given: object = {}, options = {}) =>
  clinic.clinician.post(url, aVisit(clientId, given), options)
const recorded = async (clientId: string, given: object = {}) =>
  bodyOf<CheckVisit>(await record(clientId, given), 201)
const faultOf = async (clientId: string, given: object) => {
  const { errors } = (await record(clientId, given)).body as unknown as Problem
  return (errors ?? []).map(({ pointer, code }) => [pointer, code])[0]
}
const tallies = async () =>
  Object.fromEntries(
    (
      await office.sql<{ key: string; tally: number }>(
        `select measure || ' ' || item as key, tally from care_tallies where tally <> 0 and (measure like 'check%' or measure like 'rti%')`,
      )
    ).map(({ key, tally }) => [key, tally]),
  )

describe('a check-up', () => {
  test('is kept with what was done and found; words and results are enciphered', async () => {
    const { id } = await clinic.woman()

    const visit = await recorded(id, {
      result: { systolic: 120, diastolic: 80, ultrasound: '子宫前位，大小正常' },
      findings: [{ icd10: 'N76', treatment: 'TREATED', note: '白带增多一周' }],
    })

    expect(visit).toMatchObject({
      ...{ items: ['GYN', 'BP'], hasFinding: true, isTreated: true, isMine: true },
      result: { systolic: 120, ultrasound: '子宫前位，大小正常' },
      findings: [{ icd10: 'N76', kind: 'RTI', treatment: 'TREATED', treatedOn: today, note: '白带增多一周' }],
    })
    const [row] = await office.sql<{ text: string }>(
      `select encode(v.result_cipher, 'escape') || encode(f.note_cipher, 'escape') as text from check_visits v join check_findings f on f.visit_id = v.id where v.id = $1`,
      [visit.id],
    )
    expect(row!.text).not.toMatch(/systolic|前位|白带/)
    expect(await tallies()).toEqual({
      ...{ 'check WOMEN_CHECK': 1, 'check-sex 2': 1, 'check-item BP': 1, 'check-item GYN': 1 },
      ...{ 'check-found ANY': 1, 'check-found RTI': 1, 'check-treated ANY': 1, 'check-treated RTI': 1 },
      'rti-case OPENED': 1,
    })
  })

  test('is recorded once, however often it is sent', async () => {
    const { id } = await clinic.woman()

    const [first, second] = [await record(id, {}, { key: 'v-1' }), await record(id, {}, { key: 'v-1' })]

    expect((first.body as CheckVisit).id).toBe((second.body as CheckVisit).id)
  })

  test('names what is wrong', async () => {
    const woman = await clinic.woman()
    const man = await clinic.woman({ sex: '1', name: '王强' })

    expect(await faultOf(woman.id, { occurredOn: '2026-08-21' })).toEqual(['/occurredOn', 'invalid-date'])
    expect(await faultOf(man.id, { items: ['GYN'] })).toEqual(['/items', 'invalid-value'])
    expect(await faultOf(woman.id, { items: ['SEMEN'] })).toEqual(['/items', 'invalid-value'])
    expect(await faultOf(woman.id, { items: ['HIV'] })).toEqual(['/infectionConsent', 'consent-required'])
    expect(await faultOf(woman.id, { sessionId: woman.id })).toEqual(['/sessionId', 'not-found'])
    expect(await faultOf(woman.id, { outreachId: woman.id })).toEqual(['/outreachId', 'not-found'])
    expect(await faultOf(woman.id, { programme: 'NO_SUCH' })).toEqual(['/programme', 'invalid-code-value'])
    expect(await faultOf(woman.id, { items: [] })).toEqual(['/items', 'invalid-value'])
    expect(await faultOf(woman.id, { findings: [{ icd10: 'xx', treatment: 'NONE' }] })).toEqual([
      '/findings/0/icd10',
      'invalid-value',
    ])
    expect((await record(woman.id, { items: ['HIV', 'HBSAG'], infectionConsent: true })).status).toBe(201)
  })

  test('is seen by the facility that treats, by another only where she shares it, by nobody else', async () => {
    const { id } = await clinic.woman()
    const visit = await recorded(id, { findings: [{ icd10: 'D25', treatment: 'WATCHED' }] })
    const see = (who: 'neighbour' | 'stranger') => clinic[who].get(`${url}/${visit.id}`)

    expect((await see('neighbour')).status).toBe(404)
    expect((await see('stranger')).status).toBe(404)
    await office.sql(
      `insert into care_consents (county_code, id, client_id, facility_id, division_code, kind, given_on, given_by, evidence, language, is_confidential, recorded_at, source)
       values (371121, gen_random_uuid(), $1, $2, '371121001001', 'SHARING', '2026-08-20', 'SELF', 'VERBAL', 'zh', false, now(), 'MANUAL')`,
      [id, clinic.otherStation.id],
    )

    expect(bodyOf<CheckVisit>(await see('neighbour'), 200)).toMatchObject({
      isMine: false,
      findings: [{ icd10: 'D25' }],
    })
    expect((await see('stranger')).status).toBe(404)
    expect((await clinic.neighbour.post(`${url}/${visit.id}/void`, { reason: '不是我' })).status).toBe(404)
    const county = await office.officer('county_mch', '371121000000')
    expect((await county.get(`${url}/${visit.id}`)).status).toBe(403)
    const [{ looks } = { looks: 0 }] = await office.sql<{ looks: number }>(
      `select count(*)::int as looks from access_log where entity = 'check-visit' and action = 'view' and 'findings' = any(fields)`,
    )
    expect(looks).toBe(1)
  })

  test('is listed newest first, of the facility or of one client', async () => {
    const { id } = await clinic.woman()
    await recorded(id, { occurredOn: '2026-08-01' })
    await recorded(id, { occurredOn: '2026-08-10' })

    const { items } = bodyOf<Page<CheckVisitRow>>(await clinic.clinician.get(`${url}?clientId=${id}`), 200)

    expect(items.map(({ occurredOn }) => occurredOn)).toEqual(['2026-08-10', '2026-08-01'])
    expect(bodyOf<Page<CheckVisitRow>>(await clinic.neighbour.get(url), 200).items).toEqual([])
  })

  test('is voided with its counts, findings and case', async () => {
    const before = await tallies()
    const { id } = await clinic.woman()
    const visit = await recorded(id, { findings: [{ icd10: 'N72', treatment: 'WATCHED' }] })

    const voided = bodyOf<CheckVisit>(
      await clinic.clinician.post(`${url}/${visit.id}/void`, { reason: '录错人' }),
      200,
    )

    expect(voided).toMatchObject({ voidReason: '录错人' })
    expect(await tallies()).toEqual(before)
    expect(
      bodyOf<Page<RtiCaseRow>>(await clinic.clinician.get(`/api/v1/rti-cases?clientId=${id}`), 200).items,
    ).toEqual([])
    expect((await clinic.clinician.post(`${url}/${visit.id}/void`, { reason: '再来' })).status).toBe(409)
  })
})

describe('an infection case', () => {
  const cases = '/api/v1/rti-cases'
  const caseOf = async (clientId: string) =>
    bodyOf<Page<RtiCaseRow>>(await clinic.clinician.get(`${cases}?clientId=${clientId}`), 200).items[0]!

  test('goes from the diagnosis to the cure, the partner only as she wishes', async () => {
    const { id } = await clinic.woman()
    await recorded(id, { occurredOn: '2026-08-01', findings: [{ icd10: 'A59.0', treatment: 'TREATED' }] })
    const opened = await caseOf(id)

    const cured = bodyOf<RtiCase>(
      await clinic.clinician.patch(
        `${cases}/${opened.id}`,
        { status: 'CURED', reviewedOn: today, note: '复查阴性' },
        { ifMatch: opened.version },
      ),
      200,
    )

    expect(opened).toMatchObject({ status: 'TREATED', treatedOn: '2026-08-01', partnerNotified: null })
    expect(cured).toMatchObject({
      status: 'CURED',
      closedOn: today,
      partnerNotified: null,
      note: '复查阴性',
    })
  })

  test('is opened once while it lasts, and refuses a course that cannot be', async () => {
    const { id } = await clinic.woman()
    const open = () => clinic.clinician.post(cases, { clientId: id, diagnosedOn: today, icd10: 'B37.3' })
    const opened = bodyOf<RtiCase>(await open(), 201)
    const change = (body: object) =>
      clinic.clinician.patch(`${cases}/${opened.id}`, body, { ifMatch: opened.version })

    expect((await open()).status).toBe(409)
    expect((await change({ status: 'CURED' })).body).toMatchObject({ errors: [{ pointer: '/treatedOn' }] })
    expect((await change({ treatedOn: '2026-08-01' })).body).toMatchObject({
      errors: [{ pointer: '/treatedOn' }],
    })
    expect((await clinic.neighbour.get(`${cases}/${opened.id}`)).status).toBe(404)
    expect((await clinic.clerk.get(cases)).status).toBe(403)
  })
})
