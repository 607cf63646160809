import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PrenatalScreen } from '@youyu/shared/birth-defects/prenatal'
import type {
  Diagnosis,
  PositiveCase,
  PositiveCaseRow,
  Termination,
} from '@youyu/shared/birth-defects/prenatal-cases'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

/** Expected on 2027-01-07: 2026-08-20 is day 140. */
async function expecting(lastMenstruationOn = '2026-04-02') {
  const { id } = await clinic.woman()
  const pregnancy = bodyOf<{ id: string }>(
    await clinic.clinician.post('/api/v1/pregnancies', {
      ...{ womanId: id, lastMenstruationOn, registeredOn: '2026-06-01' },
      ...{ channel: 'STATION', contactConsent: true },
    }),
    201,
  )
  return { womanId: id, pregnancyId: pregnancy.id }
}

const serum = (womanId: string, t21OneIn: number) => ({
  ...{
    womanId,
    kind: 'SERUM',
    offeredOn: '2026-08-03',
    counsellor: '李医生',
    understood: true,
    decision: 'AGREED',
  },
  takenOn: '2026-08-03',
  report: { reportedOn: '2026-08-07', values: { t21OneIn, t18OneIn: 90000, afpMom: 1.1 } },
})

async function highRisk() {
  const her = await expecting()
  const screen = bodyOf<PrenatalScreen>(
    await clinic.clinician.post('/api/v1/prenatal-screens', serum(her.womanId, 120)),
    201,
  )
  return { ...her, screen, case: await caseOf(screen.caseId!) }
}
const caseOf = async (id: string) =>
  bodyOf<PositiveCase>(await clinic.clinician.get(`/api/v1/screen-positives/${id}`), 200)
const step = async (of: { id: string; version: number }, body: object) =>
  await clinic.clinician.post(`/api/v1/screen-positives/${of.id}/steps`, body, { ifMatch: of.version })
const linkOf = async (womanId: string, item: string) =>
  (
    await office.sql<{ state: string; positive: string | null; dropped: string | null }>(
      `select l.state, l.positive_on::text as positive, l.drop_reason as dropped from chain_links l join chains c on c.county_code = l.county_code and c.id = l.chain_id
       where c.woman_id = $1 and l.item = $2`,
      [womanId, item],
    )
  )[0]

const counselling = {
  counsellor: '李医生',
  options: ['CONTINUE_WITH_SUPPORT', 'DIAGNOSIS', 'NO_FURTHER_TEST'],
}

describe('a prenatal screen', () => {
  test('is judged by the cut-offs in force and tells the chain', async () => {
    const { womanId } = await expecting()

    const screen = bodyOf<PrenatalScreen>(
      await clinic.clinician.post('/api/v1/prenatal-screens', serum(womanId, 270)),
      201,
    )

    expect(screen).toMatchObject({
      ...{ result: 'HIGH', flagged: ['T21'], gestationDays: 123, inWindow: true },
      values: { t21OneIn: 270, t18OneIn: 90000, afpMom: 1.1 },
    })
    expect(screen.parameters).toContain('T21_RISK=270/1000')
    expect(await linkOf(womanId, 'SERUM')).toMatchObject({ state: 'DONE', positive: '2026-08-07' })
    expect(await linkOf(womanId, 'DIAGNOSIS')).toMatchObject({ state: 'DUE' })
    const [row] = await office.sql<{ text: string }>(
      `select encode(values_cipher, 'escape') as text from prenatal_screens where id = $1`,
      [screen.id],
    )
    expect(row!.text).not.toContain('t21')
  })

  test('entered late goes into the chain of its day, though that was closed since', async () => {
    const { womanId, pregnancyId } = await expecting('2025-09-01')
    const late = { offeredOn: '2025-12-28', takenOn: '2025-12-28' }
    const report = { reportedOn: '2025-12-31', values: { t21OneIn: 9000, t18OneIn: 90000, afpMom: 1.1 } }

    bodyOf(
      await clinic.clinician.post('/api/v1/prenatal-screens', { ...serum(womanId, 9000), ...late, report }),
      201,
    )

    const chains = await office.sql('select pregnancy_id, close_reason from chains where woman_id = $1', [
      womanId,
    ])
    expect(chains).toEqual([{ pregnancy_id: pregnancyId, close_reason: 'LOST' }])
    expect(await linkOf(womanId, 'SERUM')).toMatchObject({ state: 'DONE' })
  })

  test('that she declined stays declined, and nothing is taken', async () => {
    const { womanId } = await expecting()
    const declined = { ...serum(womanId, 500), decision: 'DECLINED' }

    expect((await clinic.clinician.post('/api/v1/prenatal-screens', declined)).body).toMatchObject({
      errors: [{ pointer: '/decision', code: 'not-agreed' }],
    })
    const { takenOn: _, report: __, ...offer } = declined
    bodyOf(await clinic.clinician.post('/api/v1/prenatal-screens', { ...offer, declineReason: 'FEAR' }), 201)

    expect(await linkOf(womanId, 'SERUM')).toMatchObject({ state: 'DECLINED', dropped: 'FEAR' })
  })

  test('goes on step by step, is corrected with a reason and voided', async () => {
    const { womanId } = await expecting()
    const { report, takenOn, ...offered } = serum(womanId, 100)
    const open = bodyOf<PrenatalScreen>(
      await clinic.clinician.post('/api/v1/prenatal-screens', { ...offered, decision: 'UNDECIDED' }),
      201,
    )
    const url = `/api/v1/prenatal-screens/${open.id}`
    const taken = bodyOf<PrenatalScreen>(
      await clinic.clinician.patch(url, { decision: 'AGREED', takenOn, report }, { ifMatch: open.version }),
      200,
    )

    expect(taken).toMatchObject({ decision: 'AGREED', result: 'HIGH' })
    expect(
      (await clinic.clinician.patch(url, { takenOn: '2026-08-04' }, { ifMatch: taken.version })).body,
    ).toMatchObject({
      errors: [{ pointer: '/takenOn', code: 'conflict' }],
    })
    const corrected = bodyOf<PrenatalScreen>(
      await clinic.clinician.post(`${url}/corrections`, {
        set: { report: { ...report, values: { t21OneIn: 1001 } } },
        reason: '录入错误',
      }),
      201,
    )
    expect(corrected).toMatchObject({ result: 'LOW', replaces: open.id, caseId: null })
    expect((await clinic.clinician.get(`/api/v1/screen-positives/${taken.caseId}`)).status).toBe(404)
    bodyOf(
      await clinic.clinician.post(`/api/v1/prenatal-screens/${corrected.id}/void`, { reason: '录错人' }),
      201,
    )
    expect((await linkOf(womanId, 'SERUM'))?.state).not.toBe('DONE')
  })

  test('of cell-free DNA tells of those chromosomes the group alone, and only on an indication', async () => {
    const { womanId } = await expecting()
    const nipt = { ...serum(womanId, 1), kind: 'NIPT' }
    const send = async (report: object) =>
      await clinic.clinician.post('/api/v1/prenatal-screens', {
        ...nipt,
        report: { reportedOn: '2026-08-07', ...report },
      })
    const calls = { t21Call: 'LOW', t18Call: 'LOW', t13Call: 'LOW' }
    const group = { group: 'Q96-Q99', isMedicallyIndicated: true, indication: '颈部水囊瘤' }

    expect((await send({ values: { ...calls, sexChromosomes: 'XXY' } })).body).toMatchObject({
      errors: [{ pointer: '/report/values/sexChromosomes', code: 'unknown-field' }],
    })
    expect(
      (await send({ values: calls, chromosomeGroup: { ...group, isMedicallyIndicated: false } })).status,
    ).toBe(400)
    expect(
      (await send({ values: calls, chromosomeGroup: { ...group, indication: '胎儿为男' } })).body,
    ).toMatchObject({
      errors: [{ code: 'fetal-sex' }],
    })
    const told = bodyOf<PrenatalScreen>(await send({ values: calls, chromosomeGroup: group }), 201)
    expect(told).toMatchObject({ result: 'HIGH', flagged: ['Q96-Q99'] })
  })

  test('is the facility’s and the chain’s, and names the wrong field', async () => {
    const { screen, womanId } = await highRisk()
    const url = `/api/v1/prenatal-screens/${screen.id}`

    expect((await clinic.neighbour.get(url)).status).toBe(404)
    expect((await clinic.stranger.get(url)).status).toBe(404)
    expect((await clinic.clerk.get(url)).status).toBe(403)
    await office.sql(
      `insert into chain_facilities (county_code, id, chain_id, facility_id, ground, from_on, recorded_at, source)
       select county_code, gen_random_uuid(), $1, $2, 'CONSENT', $3, now(), 'MANUAL' from chains where id = $1`,
      [screen.chainId, clinic.otherStation.id, today],
    )
    expect(bodyOf<PrenatalScreen>(await clinic.neighbour.get(url), 200).isOurs).toBe(false)
    expect((await clinic.neighbour.post(`${url}/void`, { reason: '误录' })).status).toBe(404)
    const wrong = await clinic.clinician.post('/api/v1/prenatal-screens', {
      ...serum(womanId, 500),
      takenOn: '2026-09-01',
    })
    expect(wrong.body).toMatchObject({ errors: [{ pointer: '/takenOn' }, { pointer: '/report/reportedOn' }] })
  })
})

describe('a positive screen', () => {
  test('is followed to its end, by her decisions, with a day for each step', async () => {
    // Expected on 2026-07-02; the report came on a Friday.
    const her = await expecting('2025-09-25')
    const screen = bodyOf<PrenatalScreen>(
      await clinic.clinician.post('/api/v1/prenatal-screens', {
        ...{ ...serum(her.womanId, 120), offeredOn: '2026-01-20', takenOn: '2026-01-20' },
        report: { reportedOn: '2026-01-23', values: { t21OneIn: 120 } },
      }),
      201,
    )
    const begun = await caseOf(screen.caseId!)
    expect(begun).toMatchObject({
      state: 'RESULT_HIGH',
      dueBy: '2026-01-28',
      isOverdue: true,
      next: ['CONTACTED'],
    })

    expect((await step(begun, { to: 'DX_OFFERED', on: today, ...counselling })).status).toBe(409)
    let now = bodyOf<PositiveCase>(
      await step(begun, { to: 'CONTACTED', on: '2026-01-26', mode: 'PHONE' }),
      201,
    )
    expect(
      (
        await step(now, {
          to: 'COUNSELLED',
          on: today,
          ...counselling,
          options: ['DIAGNOSIS', 'TERMINATION'],
        })
      ).body,
    ).toMatchObject({ errors: [{ pointer: '/options', code: 'support-not-told' }] })
    now = bodyOf(await step(now, { to: 'COUNSELLED', on: '2026-01-27', ...counselling }), 201)
    now = bodyOf(await step(now, { to: 'DX_OFFERED', on: '2026-01-28', ...counselling }), 201)
    expect(now.dueBy).toBe('2026-02-25')
    const declined = bodyOf<PositiveCase>(await step(now, { to: 'DX_DECLINED', on: '2026-01-29' }), 201)
    expect(await linkOf(her.womanId, 'DIAGNOSIS')).toMatchObject({ state: 'DECLINED' })
    const back = bodyOf<PositiveCase>(
      await clinic.clinician.post(
        `/api/v1/screen-positives/${declined.id}/corrections`,
        { reason: '录错' },
        { ifMatch: declined.version },
      ),
      201,
    )
    expect(back).toMatchObject({ state: 'DX_OFFERED', dueBy: '2026-02-25' })
    const again = bodyOf<PositiveCase>(
      await step(back, { to: 'DX_DECLINED', on: '2026-01-30', reason: 'FEAR' }),
      201,
    )
    now = bodyOf(await step(again, { to: 'CONTINUE', on: '2026-01-30' }), 201)
    expect(now.dueBy).toBe('2026-08-13')
    expect(
      (await step(now, { to: 'OUTCOME_RECORDED', on: '2026-08-12', outcome: 'HEALTHY_CHILD' })).body,
    ).toMatchObject({
      errors: [{ pointer: '/on', code: 'too-early-for-outcome' }],
    })
    const ended = bodyOf<PositiveCase>(
      await step(now, { to: 'OUTCOME_RECORDED', on: '2026-08-13', outcome: 'HEALTHY_CHILD' }),
      201,
    )
    expect(ended).toMatchObject({ state: 'OUTCOME_RECORDED', closedOn: '2026-08-13', next: [], dueBy: null })
    expect(ended.steps.filter(({ voidedAt }) => voidedAt)).toHaveLength(1)
  })

  test('stands on the worklist by the day of its next step', async () => {
    const { case: mine } = await highRisk()

    const overdue = bodyOf<Page<PositiveCaseRow>>(
      await clinic.clinician.get('/api/v1/screen-positives?overdue=true'),
      200,
    )

    expect(overdue.items.map(({ id }) => id)).toContain(mine.id)
    expect(
      bodyOf<Page<unknown>>(await clinic.neighbour.get('/api/v1/screen-positives?open=true'), 200).items,
    ).toEqual([])
  })

  test('leads to a diagnosis, whose karyotype is kept without what tells the fetus', async () => {
    const her = await highRisk()
    const base = {
      womanId: her.womanId,
      caseId: her.case.id,
      indications: ['HIGH_RISK'],
      offeredOn: '2026-08-12',
    }
    const young = await clinic.clinician.post('/api/v1/prenatal-diagnoses', {
      ...{ ...base, indications: ['AGE_35'], decision: 'UNDECIDED' },
    })
    expect(young.body).toMatchObject({ errors: [{ pointer: '/indications' }] })
    const offered = bodyOf<Diagnosis>(
      await clinic.clinician.post('/api/v1/prenatal-diagnoses', { ...base, decision: 'UNDECIDED' }),
      201,
    )
    const url = `/api/v1/prenatal-diagnoses/${offered.id}`
    const change = async (body: object, version: number) =>
      await clinic.clinician.patch(url, body, { ifMatch: version })
    const done = bodyOf<Diagnosis>(
      await change(
        { decision: 'AGREED', method: 'AMNIO', performedOn: '2026-08-13', tests: ['KARYOTYPE'] },
        offered.version,
      ),
      200,
    )
    expect(done).toMatchObject({ gestationDays: 133, inWindow: true })
    expect(
      (await change({ result: 'ABNORMAL', reportedOn: today, defectCodes: ['Q98.0'] }, done.version)).body,
    ).toMatchObject({
      errors: [{ pointer: '/groupIndication', code: 'group-needs-indication' }],
    })
    const found = bodyOf<Diagnosis>(
      await change(
        { result: 'ABNORMAL', reportedOn: today, defectCodes: ['Q90.9', 'Q54.1'], karyotype: '47,XY,+21' },
        done.version,
      ),
      200,
    )
    expect(found).toMatchObject({ karyotype: '47,+21', defectCodes: ['Q90.9', 'Q50-Q56'] })
    expect(await linkOf(her.womanId, 'DIAGNOSIS')).toMatchObject({ state: 'DONE', positive: today })
  })
})

describe('a medically indicated termination', () => {
  test('rests on her consent and two different physicians, and on nobody’s permission', async () => {
    const { womanId } = await expecting()
    const county = await office.officer('county_mch', clinic.station.divisionCode.slice(0, 6).padEnd(12, '0'))
    const licence = async (name: string) =>
      bodyOf<{ id: string }>(
        await county.post('/api/v1/operator-licences', {
          ...{ organisationId: clinic.station.id, name, certificateNumber: `T-${name}`, procedures: ['P13'] },
          validFrom: '2020-01-01',
        }),
        201,
      ).id
    const [one, other] = [await licence('甲'), await licence('乙')]
    const asked = bodyOf<{ id: string; version: number }>(
      await clinic.clinician.post('/api/v1/procedures', {
        ...{ clientId: womanId, type: 'P13', requestedOn: '2026-08-18', indication: 'MEDICAL' },
      }),
      201,
    )
    const grounds = {
      ...{
        procedureId: asked.id,
        indicatedOn: '2026-08-17',
        defectCodes: ['Q00.0'],
        counselledOn: '2026-08-17',
      },
      ...{
        counsellor: '李医生',
        first: { physicianId: one, on: '2026-08-17', opinion: '无脑畸形，不能存活' },
      },
      second: { physicianId: other, on: '2026-08-18', opinion: '同意诊断' },
    }
    const record = async (body: object) => await clinic.clinician.post('/api/v1/medical-terminations', body)

    expect((await record(grounds)).body).toMatchObject({
      errors: [{ pointer: '/procedureId', code: 'not-agreed' }],
    })
    const consent = bodyOf<{ id: string }>(
      await clinic.clinician.post('/api/v1/care-consents', {
        ...{
          clientId: womanId,
          kind: 'PROCEDURE',
          procedureType: 'P13',
          givenOn: '2026-08-18',
          evidence: 'SIGNED',
        },
      }),
      201,
    )
    bodyOf(
      await clinic.clinician.post(
        `/api/v1/procedures/${asked.id}/steps`,
        { to: 'CONSENTED', on: '2026-08-18', consentId: consent.id },
        { ifMatch: asked.version },
      ),
      201,
    )
    expect(
      (await record({ ...grounds, second: { ...grounds.second, physicianId: one } })).body,
    ).toMatchObject({
      errors: [{ pointer: '/second/physicianId', code: 'two-physicians' }],
    })
    expect((await record({ ...grounds, approvalNumber: '批-1' })).body).toMatchObject({
      errors: [{ pointer: '/approvalNumber', code: 'unknown-field' }],
    })
    expect(
      (await record({ ...grounds, first: { ...grounds.first, opinion: '胎儿为女' } })).body,
    ).toMatchObject({
      errors: [{ pointer: '/first/opinion', code: 'fetal-sex' }],
    })
    const kept = bodyOf<Termination>(await record(grounds), 201)
    expect(kept).toMatchObject({ gestationDays: 137, performedOn: null, consentId: consent.id })
    expect((await clinic.neighbour.get(`/api/v1/medical-terminations/${kept.id}`)).status).toBe(404)
    expect((await clinic.clinician.post(`/api/v1/medical-terminations/${kept.id}/performance`)).status).toBe(
      409,
    )
    await expect(
      office.sql('update medical_terminations set second_physician_id = first_physician_id where id = $1', [
        kept.id,
      ]),
    ).rejects.toThrow('medical_terminations_two_physicians')
  })
})
