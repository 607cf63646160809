import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type { Encounter, RecordedEncounter } from '@youyu/shared/contraception/encounters'
import type { Episode } from '@youyu/shared/contraception/episodes'
import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import type { Procedure } from '@youyu/shared/contraception/procedures'
import type { Problem } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { choosing, consenting, insertion, licenseOperator } from '../../../../test/visits.ts'

let office: TestOffice
let clinic: Clinic
let operator: OperatorLicence
const today = '2026-08-20'
const url = '/api/v1/encounters'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  operator = await licenseOperator(office, clinic.station.id)
})
afterAll(() => office.close())

const visit = (body: object, query = '', options = {}) =>
  clinic.clinician.post(`${url}${query}`, body, options)
const recorded = async (body: object) => bodyOf<RecordedEncounter>(await visit(body), 201)
const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])
const rowsOf = async (clientId: string) => {
  const tables = [
    'encounters',
    'informed_choices',
    'mec_screens',
    'care_consents',
    'procedures',
    'method_episodes',
  ]
  const counts = await Promise.all(
    tables.map((table) =>
      office.sql<{ n: number }>(`select count(*)::int as n from ${table} where client_id = $1`, [clientId]),
    ),
  )
  return counts.map(([row]) => row!.n)
}

describe('an encounter', () => {
  test('holds choice, screening, consent, insertion, the method begun and its follow-up as one whole', async () => {
    const client = await clinic.woman()

    const encounter = await recorded({
      ...insertion(client.id, today, operator.id),
      screen: { answers: [], circumstances: { cavityDepthMillimetres: 72 } },
      checklist: ['CHOICE_FREE', 'CONVENIENCE_REMOVAL'],
      note: '本人要求下午来',
      nextContact: { on: '2026-09-20' },
    })

    const { parts } = encounter
    expect(parts).toMatchObject({
      choiceId: expect.any(String) as string,
      screenId: expect.any(String) as string,
      consentId: expect.any(String) as string,
      episodeId: expect.any(String) as string,
      procedureId: expect.any(String) as string,
    })
    expect(encounter.findings).toEqual([])
    const procedure = bodyOf<Procedure>(
      await clinic.clinician.get(`/api/v1/procedures/${parts.procedureId}`),
      200,
    )
    expect(procedure).toMatchObject({
      ...{ status: 'PERFORMED', type: 'P01', performedOn: today, operatorName: '李医生' },
      ...{ choiceId: parts.choiceId, consentId: parts.consentId, episodeId: parts.episodeId },
    })
    const episode = bodyOf<Episode>(
      await clinic.clinician.get(`/api/v1/method-episodes/${parts.episodeId}`),
      200,
    )
    expect(episode).toMatchObject({
      method: 'M30',
      startedOn: today,
      endedOn: null,
      isLarcWho: true,
      findings: [],
    })
    const [planned] = await office.sql<{ n: number }>(
      'select count(*)::int as n from follow_up_tasks where client_id = $1',
      [client.id],
    )
    expect(planned!.n).toBeGreaterThan(0)
    const read = bodyOf<Encounter>(await clinic.clinician.get(`${url}/${encounter.id}`), 200)
    const { changes: _, findings: __, ...told } = encounter
    expect(read).toEqual(told)
  })

  test('is everything or nothing', async () => {
    const client = await clinic.woman()
    const licenceOfAnother = await licenseOperator(office, clinic.station.id, { procedures: ['P10'] })

    const refused = await visit(insertion(client.id, today, licenceOfAnother.id))

    expect(refused.status).toBe(400)
    expect(faultsOf(refused)).toEqual([['/procedure/operatorId', 'operator-not-licensed']])
    expect(await rowsOf(client.id)).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('tells beforehand what it would do, and does nothing', async () => {
    const client = await clinic.woman()

    const preview = bodyOf<CarePreview>(
      await visit(insertion(client.id, today, operator.id), '?dryRun=true'),
      200,
    )

    expect(preview.changes.map(({ entity }) => entity)).toEqual([
      ...['encounter', 'choice', 'consent', 'procedure', 'episode'],
    ])
    expect(await rowsOf(client.id)).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('is recorded once under one key, and the second answer is the first', async () => {
    const client = await clinic.woman()
    const body = insertion(client.id, today, operator.id)

    const first = await visit(body, '', { key: 'visit-1' })
    const second = await visit(body, '', { key: 'visit-1' })

    expect(first.status).toBe(201)
    expect(second.body).toEqual(first.body)
    expect((await rowsOf(client.id))[0]).toBe(1)
    const [kept] = await office.sql<{ body: string }>(
      `select body from idempotency_keys where key = 'visit-1'`,
    )
    expect(kept!.body).not.toMatch(/"M30"|"P01"|procedure/)
  })

  test('begins a method without a procedure and ends the one before', async () => {
    const client = await clinic.woman()
    await recorded({
      ...{ clientId: client.id, occurredOn: '2026-03-01' },
      episode: { do: 'START', method: 'M60' },
    })

    const encounter = await recorded({
      ...{ clientId: client.id, occurredOn: today },
      episode: { do: 'START', method: 'M70', startContext: 'SWITCH' },
    })

    expect(encounter.changes).toContainEqual(
      expect.objectContaining({ entity: 'episode', field: 'endedOn', before: null, after: today }),
    )
    const { items } = bodyOf<Page<Episode>>(
      await clinic.clinician.get(`/api/v1/method-episodes?clientId=${client.id}`),
      200,
    )
    expect(items.map(({ method, endedOn, endReason }) => [method, endedOn, endReason])).toEqual([
      ['M70', null, null],
      ['M60', today, 'SWITCHED'],
    ])
  })

  test('ends the method in use with its reason', async () => {
    const client = await clinic.woman()
    await recorded({ clientId: client.id, occurredOn: '2026-03-01', episode: { do: 'START', method: 'M60' } })

    const encounter = await recorded({
      ...{ clientId: client.id, occurredOn: today },
      episode: { do: 'END', endReason: 'PLANS_PREGNANCY' },
    })

    const episode = bodyOf<Episode>(
      await clinic.clinician.get(`/api/v1/method-episodes/${encounter.parts.episodeId}`),
      200,
    )
    expect(episode).toMatchObject({ endedOn: today, endReason: 'PLANS_PREGNANCY' })
  })

  test('serves a woman who lives outside the facility’s area, without asking for marriage or children', async () => {
    const client = await clinic.woman({
      ...{ residenceDivision: '371121102201', hukouDivision: '371121102201', maritalStatus: '10' },
    })

    const encounter = await recorded(insertion(client.id, today, operator.id))

    expect(encounter.clientName).toBe('王芳')
    expect((await clinic.clinician.get(`${url}/${encounter.id}`)).status).toBe(200)
  })

  test.each([
    ['a day to come', { occurredOn: '2026-08-21' }, ['/occurredOn', 'invalid-date']],
    [
      'a next contact in the past',
      { nextContact: { on: '2026-08-01' } },
      ['/nextContact/on', 'invalid-date'],
    ],
    ['an outreach at the station', { outreachId: crypto.randomUUID() }, ['/outreachId', 'invalid-value']],
    [
      'an override without screening',
      { override: { method: 'COC', reason: '…' } },
      ['/override', 'invalid-value'],
    ],
    [
      'a choice told badly',
      { choice: { ...choosing('M30'), methodsExplained: ['M00', 'M30'] } },
      ['/choice/methodsExplained', 'methods-explained'],
    ],
    ['an insertion without a choice', { choice: undefined }, ['/procedure/choiceId', 'choice-required']],
    [
      'an insertion without consent',
      { consent: undefined },
      ['/procedure/consentId', 'procedure-consent-missing'],
    ],
  ])('names the field of %s', async (_, wrong, fault) => {
    const client = await clinic.woman()

    const refused = await clinic['override' in wrong ? 'chief' : 'clinician'].post(url, {
      ...insertion(client.id, today, operator.id),
      ...wrong,
    })

    expect(refused.status).toBe(400)
    expect(faultsOf(refused)).toContainEqual(fault)
    expect((await rowsOf(client.id))[0]).toBe(0)
  })

  test('knows nobody of another county', async () => {
    const client = await clinic.woman()

    const refused = await clinic.stranger.post(url, { clientId: client.id, occurredOn: today })

    expect(faultsOf(refused)).toEqual([['/clientId', 'not-found']])
  })

  test('is refused to whoever may not record care', async () => {
    const client = await clinic.woman()
    const village = await office.officer('village_worker', '371121001001')

    const refused = await village.post(url, { clientId: client.id, occurredOn: today })

    expect(refused.status).toBe(403)
  })

  test('is no other facility’s business, whatever she shares', async () => {
    const client = await clinic.woman()
    const encounter = await recorded(insertion(client.id, today, operator.id))
    await clinic.neighbour.post('/api/v1/care-consents', {
      ...{ clientId: client.id, kind: 'SHARING', givenOn: today, evidence: 'SIGNED' },
    })

    expect((await clinic.neighbour.get(`${url}/${encounter.id}`)).status).toBe(404)
    expect(bodyOf<Page<Encounter>>(await clinic.neighbour.get(url), 200).items).toEqual([])
  })

  test('is listed by day, newest first, page by page', async () => {
    const client = await clinic.woman()
    for (const occurredOn of ['2026-01-05', '2026-01-06', '2026-01-07'])
      await recorded({ clientId: client.id, occurredOn, place: 'PHONE' })

    const query = `?clientId=${client.id}&place=PHONE&limit=2`
    const first = bodyOf<Page<Encounter>>(await clinic.clinician.get(`${url}${query}`), 200)
    const second = bodyOf<Page<Encounter>>(
      await clinic.clinician.get(`${url}${query}&cursor=${first.nextCursor}`),
      200,
    )

    expect([...first.items, ...second.items].map(({ occurredOn }) => occurredOn)).toEqual([
      ...['2026-01-07', '2026-01-06', '2026-01-05'],
    ])
  })

  test('may be held by a visiting expert from elsewhere with her own licence', async () => {
    const client = await clinic.woman()
    const expert = await licenseOperator(office, clinic.farStation.id, { name: '赵教授', isExpert: true })

    const encounter = await recorded({ clientId: client.id, occurredOn: today, expertId: expert.id })

    expect(encounter.expert).toMatchObject({ id: expert.id, name: '赵教授', organisationName: '卫生院 ST-9' })
  })

  test('offers the checklist of the six dimensions', async () => {
    const { items } = bodyOf<{ items: { dimension: string }[] }>(
      await clinic.clinician.get('/api/v1/encounter-checklist'),
      200,
    )

    expect(new Set(items.map(({ dimension }) => dimension)).size).toBe(6)
  })
})

describe('a method that the screening stops', () => {
  const screen = { answers: [{ finding: 'PID_CURRENT', isPresent: true }] }

  test('is begun by nobody without a senior clinician’s override', async () => {
    const client = await clinic.woman()
    const body = { ...insertion(client.id, today, operator.id), screen }

    const refused = await visit(body)
    const forbidden = await visit({ ...body, override: { method: 'CU_IUD', reason: '已治疗' } })
    const done = await clinic.chief.post(url, { ...body, override: { method: 'CU_IUD', reason: '已治疗' } })

    expect(refused.body).toMatchObject({ code: 'method-stopped' })
    expect(forbidden.status).toBe(403)
    expect(done.status).toBe(201)
    expect(consenting.kind).toBe('PROCEDURE')
  })
})
