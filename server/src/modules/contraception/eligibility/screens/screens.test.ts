import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  Evaluation,
  Override,
  Reevaluation,
  Screen,
  ScreenRow,
} from '@youyu/shared/contraception/eligibility'
import type { Problem } from '@youyu/shared/errors'
import { openClinic, type Clinic } from '../../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, places } from '../../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/eligibility-screens'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const yes = (...findings: string[]) => findings.map((finding) => ({ finding, isPresent: true }))
const no = (...findings: string[]) => findings.map((finding) => ({ finding, isPresent: false }))
const aScreen = (clientId: string, given: object = {}) => ({
  ...{ clientId, occurredOn: today, answers: yes('HYPERTENSION_160') },
  ...given,
})
const screen = (clientId: string, given: object = {}, query = '') =>
  clinic.clinician.post(`${url}${query}`, aScreen(clientId, given))
const screened = async (clientId: string, given: object = {}) =>
  bodyOf<Screen>(await screen(clientId, given), 201)
const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])
const methodOf = ({ methods }: Evaluation, method: string) => methods.find((each) => each.method === method)!

describe('a screening', () => {
  test('judges every method at once and tells why', async () => {
    const client = await clinic.woman()

    const { evaluation, stopped, edition } = await screened(client.id, {
      answers: [...yes('HYPERTENSION_160', 'ANAEMIA_IRON'), ...no('MIGRAINE_AURA')],
      circumstances: { parity: 0, cavityDepthMillimetres: 95 },
      note: '建议心内科复查',
    })

    expect(edition).toBe('WHO-MEC-5-2015')
    expect(evaluation).toMatchObject({ age: 31, removal: 'OPEN' })
    expect(evaluation.conditions).toEqual(['NULLIPAROUS', 'HYPERTENSION_160', 'ANAEMIA_IRON'])
    expect(methodOf(evaluation, 'COC')).toMatchObject({ initiation: 4, continuation: 4, isStopped: true })
    expect(methodOf(evaluation, 'CU_IUD')).toMatchObject({
      ...{ initiation: 2, continuation: 2, isStopped: true },
      local: [{ code: 'CAVITY_DEPTH', effect: 'STOP' }],
    })
    expect(methodOf(evaluation, 'COC').reasons[0]).toMatchObject({
      condition: 'HYPERTENSION_160',
      reasonZh: expect.stringContaining('脑卒中') as string,
    })
    expect(evaluation.unanswered).not.toContain('MIGRAINE_AURA')
    expect(evaluation.unanswered).toContain('DVT_ACUTE')
    expect(stopped.sort()).toEqual(['CIC', 'COC', 'CU_IUD', 'DMPA', 'LNG_IUS'])
  })

  test('keeps its note where only care reads it, and counts nobody', async () => {
    const client = await clinic.woman()
    const { id } = await screened(client.id, { note: '绝密的备注' })
    const [row] = await office.sql<{ note: string; division_code: string }>(
      `select encode(note_cipher, 'escape') as note, division_code from mec_screens where id = $1`,
      [id],
    )

    expect(row!.note).not.toContain('绝密')
    expect(row!.division_code).toBe(places.village)
    const counts = await office.sql(
      `select item, tally from care_tallies where measure = 'screen' and facility_id = $1 order by item`,
      [clinic.station.id],
    )
    expect(counts).toEqual([
      expect.objectContaining({ item: 'ALL' }),
      expect.objectContaining({ item: 'STOPPED' }),
    ])
  })

  test('is foretold without a trace', async () => {
    const client = await clinic.woman()

    expect(bodyOf<Evaluation>(await screen(client.id, {}, '?dryRun=true'), 200).removal).toBe('OPEN')
    expect(await office.sql('select id from mec_screens where client_id = $1', [client.id])).toEqual([])
  })

  test('is recorded once under a key, and its answer is not kept there', async () => {
    const client = await clinic.woman()
    const first = await clinic.clinician.post(url, aScreen(client.id), { key: 'screen-1' })
    const second = await clinic.clinician.post(url, aScreen(client.id), { key: 'screen-1' })

    expect(second.body).toEqual(first.body)
    expect(await office.sql('select id from mec_screens where client_id = $1', [client.id])).toHaveLength(1)
    const kept = await office.sql<{ kept: string }>(`select k::text as kept from idempotency_keys k`)
    expect(kept.map((row) => row.kept).join()).not.toContain('HYPERTENSION')
  })

  test('asks once: what still holds is offered before and counted again', async () => {
    const client = await clinic.woman()
    await screened(client.id, {
      occurredOn: '2026-01-10',
      answers: [...yes('DVT_HISTORY', 'PID_CURRENT'), ...no('THALASSAEMIA')],
      circumstances: { parity: 2 },
    })

    const prefill = bodyOf<Evaluation>(
      await clinic.clinician.get(`${url}/prefill?clientId=${client.id}`),
      200,
    )
    const { evaluation } = await screened(client.id, { answers: yes('ANAEMIA_IRON') })

    expect(prefill.answers).toEqual([
      { finding: 'DVT_HISTORY', isPresent: true, answeredOn: '2026-01-10', isReused: true },
      { finding: 'THALASSAEMIA', isPresent: false, answeredOn: '2026-01-10', isReused: true },
    ])
    expect(prefill.circumstances.parity).toBe(2)
    expect(evaluation.conditions).toEqual(['DVT_HISTORY', 'ANAEMIA_IRON'])
  })

  test('knows a birth that the facility itself recorded', async () => {
    const client = await clinic.woman()
    await clinic.clerk.post('/api/v1/births', {
      ...{ motherId: client.id, occurredOn: '2026-08-01', sex: '1', place: 'HOSPITAL', child: {} },
      facilityId: clinic.station.id,
    })

    const mine = bodyOf<Evaluation>(await clinic.clinician.get(`${url}/prefill?clientId=${client.id}`), 200)
    const theirs = bodyOf<Evaluation>(await clinic.neighbour.get(`${url}/prefill?clientId=${client.id}`), 200)

    expect(mine.circumstances).toMatchObject({ deliveredOn: '2026-08-01', parity: 1 })
    expect(mine.conditions).toContain('POSTPARTUM_IUD_48H_4W')
    expect(theirs.circumstances).toMatchObject({ deliveredOn: null, parity: null })
  })

  test.each([
    ['the future', { occurredOn: '2026-08-21' }, '/occurredOn', 'invalid-date'],
    ['before her birth', { occurredOn: '1990-01-01' }, '/occurredOn', 'invalid-date'],
    ['an unknown finding', { answers: yes('NOTHING') }, '/answers/0/finding', 'invalid-code-value'],
    [
      'a contradiction',
      { answers: yes('HYPERTENSION_140_159', 'HYPERTENSION_160') },
      '/answers/1/finding',
      'finding-conflict',
    ],
    [
      'a birth to come',
      { circumstances: { deliveredOn: '2026-09-01' } },
      '/circumstances/deliveredOn',
      'invalid-date',
    ],
    [
      'a birth without births',
      { circumstances: { deliveredOn: '2026-08-01', parity: 0 } },
      '/circumstances/parity',
      'finding-conflict',
    ],
    ['nobody', { clientId: '01900000-0000-7000-8000-0000000000ff' }, '/clientId', 'not-found'],
  ])('with %s is refused by name', async (_title, given, pointer, code) => {
    const client = await clinic.woman()

    const answer = await screen(client.id, given)

    expect(answer.status).toBe(400)
    expect(faultsOf(answer)).toContainEqual([pointer, code])
  })

  test('is the facility’s own: no other facility, no other county, no bureau, no village', async () => {
    const client = await clinic.woman()
    const { id } = await screened(client.id)
    const county = await office.officer('county_mch', places.county)
    const village = await office.officer('village_worker', places.village)

    expect((await clinic.neighbour.get(`${url}/${id}`)).status).toBe(404)
    expect((await clinic.stranger.get(`${url}/${id}`)).status).toBe(404)
    expect((await county.get(`${url}/${id}`)).status).toBe(403)
    expect((await village.get(`${url}/${id}`)).status).toBe(403)
    expect(
      bodyOf<{ items: [] }>(await clinic.neighbour.get(`${url}?clientId=${client.id}`), 200).items,
    ).toEqual([])
    expect((await clinic.neighbour.post(`${url}/${id}/void`, { reason: '误录' })).status).toBe(404)
    expect((await clinic.stranger.post(url, aScreen(client.id))).status).toBe(400)
  })

  test('is read on the record', async () => {
    const client = await clinic.woman()
    const { id } = await screened(client.id)
    const before = await office.sql(
      `select id from access_log where entity = 'mec-screen' and action = 'view'`,
    )
    await clinic.clinician.get(`${url}/${id}`)
    const after = await office.sql<{ purpose: string }>(
      `select purpose from access_log where entity = 'mec-screen' and action = 'view'`,
    )

    expect(after).toHaveLength(before.length + 1)
    expect(after.every(({ purpose }) => purpose === 'SERVICE')).toBe(true)
  })

  test('is corrected by a new one that names it', async () => {
    const client = await clinic.woman()
    const wrong = await screened(client.id, { note: '初诊' })

    const foretold = await clinic.clinician.post(`${url}/${wrong.id}/corrections?dryRun=true`, {
      set: { answers: yes('HYPERTENSION_140_159') },
      reason: '误录',
    })
    const right = bodyOf<Screen>(
      await clinic.clinician.post(`${url}/${wrong.id}/corrections`, {
        set: { answers: yes('HYPERTENSION_140_159') },
        reason: '误录',
      }),
      201,
    )
    const old = bodyOf<Screen>(await clinic.clinician.get(`${url}/${wrong.id}`), 200)

    expect(bodyOf<Evaluation>(foretold, 200).conditions).toEqual(['HYPERTENSION_140_159'])
    expect(right).toMatchObject({ replaces: wrong.id, conditions: ['HYPERTENSION_140_159'], note: '初诊' })
    expect(old).toMatchObject({ replacedBy: right.id, voidReason: '误录' })
    const { items } = bodyOf<{ items: ScreenRow[] }>(
      await clinic.clinician.get(`${url}?clientId=${client.id}`),
      200,
    )
    expect(items.map(({ id }) => id)).toEqual([right.id])
    expect((await clinic.clinician.post(`${url}/${wrong.id}/void`, { reason: '再次' })).status).toBe(409)
  })

  test('that is taken back is no answer of hers any more', async () => {
    const client = await clinic.woman()
    const { id } = await screened(client.id, { answers: yes('DVT_HISTORY') })
    bodyOf<Screen>(await clinic.clinician.post(`${url}/${id}/void`, { reason: '认错人' }), 200)

    const prefill = bodyOf<Evaluation>(
      await clinic.clinician.get(`${url}/prefill?clientId=${client.id}`),
      200,
    )
    expect(prefill.answers).toEqual([])
  })
})

describe('a stop', () => {
  test('is overridden by a senior clinician with her reason, and by nobody else', async () => {
    const client = await clinic.woman()
    const { id } = await screened(client.id)
    const body = { method: 'LNG_IUS', reason: '无其他可用方法，已充分告知' }

    const clear = await clinic.chief.post(`${url}/${id}/overrides`, body)
    const forbidden = await clinic.clinician.post(`${url}/${id}/overrides`, { ...body, method: 'COC' })
    const made = bodyOf<Override>(
      await clinic.chief.post(`${url}/${id}/overrides`, { ...body, method: 'COC' }),
      201,
    )
    const [kept] = await office.sql<{ reason: string }>(
      `select encode(reason_cipher, 'escape') as reason from mec_overrides where id = $1`,
      [made.id],
    )

    expect(clear).toMatchObject({ status: 409, body: { code: 'not-stopped' } })
    expect(forbidden.status).toBe(403)
    expect(made).toMatchObject({ category: 4, phase: 'INITIATION', reason: body.reason })
    expect(kept!.reason).not.toContain('告知')
    expect(bodyOf<Screen>(await clinic.clinician.get(`${url}/${id}`), 200).overrides).toHaveLength(1)
    expect((await clinic.chief.post(`${url}/${id}/overrides`, { method: 'COC' })).status).toBe(400)
  })

  test('of going on is another one', async () => {
    const client = await clinic.woman()
    const { id } = await screened(client.id, { answers: yes('PID_CURRENT') })
    const override = (phase: string) =>
      clinic.chief.post(`${url}/${id}/overrides`, { method: 'CU_IUD', phase, reason: '专家会诊' })

    expect((await override('CONTINUATION')).status).toBe(409)
    expect(bodyOf<Override>(await override('INITIATION'), 201).category).toBe(4)
  })

  test('is not overridden from another facility', async () => {
    const client = await clinic.woman()
    const { id } = await screened(client.id)
    const elsewhere = await office.officer('chief_clinician', places.otherTownship, { organisation: 'ST-2' })

    const answer = await elsewhere.post(`${url}/${id}/overrides`, { method: 'COC', reason: '越权' })

    expect(answer.status).toBe(404)
  })
})

describe('a screening judged again', () => {
  test('says what it said, and what it would say under the edition that came later', async () => {
    const client = await clinic.woman()
    const { id } = await screened(client.id, { occurredOn: '2026-08-01', answers: yes('STROKE') })
    const county = await office.officer('county_mch', places.county)
    const made = await county.post('/api/v1/mec-editions', {
      ...{
        code: 'LATER',
        nameZh: '更正',
        nameEn: 'Corrected',
        basedOn: 'WHO-MEC-5-2015',
        effectiveFrom: today,
      },
      ...{ source: '核对', reviewer: '李主任', reviewedOn: today, reason: '核对' },
      cells: [{ condition: 'STROKE', method: 'LNG_IUS', initiation: 3, continuation: 2 }],
    })

    expect(made.status).toBe(201)
    const today_ = bodyOf<Reevaluation>(await clinic.clinician.get(`${url}/${id}/reevaluation`), 200)
    const same = bodyOf<Reevaluation>(
      await clinic.clinician.get(`${url}/${id}/reevaluation?edition=WHO-MEC-5-2015`),
      200,
    )
    expect(today_).toMatchObject({ isThenAsRecorded: true, now: { edition: 'LATER' } })
    expect(today_.changes).toEqual([{ method: 'LNG_IUS', phase: 'INITIATION', then: 2, now: 3 }])
    expect(same.changes).toEqual([])
    expect((await clinic.clinician.get(`${url}/${id}/reevaluation?edition=NONE-SUCH`)).status).toBe(400)
    expect((await clinic.neighbour.get(`${url}/${id}/reevaluation`)).status).toBe(404)
  })
})
