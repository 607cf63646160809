import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PrenatalScreen } from '@youyu/shared/birth-defects/prenatal'
import type { Clinic } from '../../../../test/clinic.ts'
import type { TestOffice } from '../../../../test/office.ts'
import { openPrenatalRoom, serum, today, type PrenatalRoom } from '../../../../test/prenatal.ts'
import { bodyOf } from '../../../../test/register.ts'

let room: PrenatalRoom
let office: TestOffice
let clinic: Clinic

beforeAll(async () => {
  room = await openPrenatalRoom()
  office = room.office
  clinic = room.clinic
})
afterAll(() => room.office.close())

describe('a prenatal screen', () => {
  test('is judged by the cut-offs in force and tells the chain', async () => {
    const { womanId } = await room.expecting()

    const screen = bodyOf<PrenatalScreen>(
      await clinic.clinician.post('/api/v1/prenatal-screens', serum(womanId, 270)),
      201,
    )

    expect(screen).toMatchObject({
      ...{ result: 'HIGH', flagged: ['T21'], gestationDays: 123, inWindow: true },
      values: { t21OneIn: 270, t18OneIn: 90000, afpMom: 1.1 },
    })
    expect(screen.parameters).toContain('T21_RISK=270/1000')
    expect(await room.linkOf(womanId, 'SERUM')).toMatchObject({ state: 'DONE', positive: '2026-08-07' })
    expect(await room.linkOf(womanId, 'DIAGNOSIS')).toMatchObject({ state: 'DUE' })
    const [row] = await office.sql<{ text: string }>(
      `select encode(values_cipher, 'escape') as text from prenatal_screens where id = $1`,
      [screen.id],
    )
    expect(row!.text).not.toContain('t21')
  })

  test('entered late goes into the chain of its day, though that was closed since', async () => {
    const { womanId, pregnancyId } = await room.expecting('2025-09-01')
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
    expect(await room.linkOf(womanId, 'SERUM')).toMatchObject({ state: 'DONE' })
  })

  test('that she declined stays declined, and nothing is taken', async () => {
    const { womanId } = await room.expecting()
    const declined = { ...serum(womanId, 500), decision: 'DECLINED' }

    expect((await clinic.clinician.post('/api/v1/prenatal-screens', declined)).body).toMatchObject({
      errors: [{ pointer: '/decision', code: 'not-agreed' }],
    })
    const { takenOn: _, report: __, ...offer } = declined
    bodyOf(await clinic.clinician.post('/api/v1/prenatal-screens', { ...offer, declineReason: 'FEAR' }), 201)

    expect(await room.linkOf(womanId, 'SERUM')).toMatchObject({ state: 'DECLINED', dropped: 'FEAR' })
  })

  test('goes on step by step, is corrected with a reason and voided', async () => {
    const { womanId } = await room.expecting()
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
    expect((await room.linkOf(womanId, 'SERUM'))?.state).not.toBe('DONE')
  })

  test('of cell-free DNA tells of those chromosomes the group alone, and only on an indication', async () => {
    const { womanId } = await room.expecting()
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
    const { screen, womanId } = await room.highRisk()
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
